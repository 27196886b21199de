/* An OpenID provider on loopback; see issuer.h. */
#include "issuer.h"

#include <arpa/inet.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <poll.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TEXT = 16384, PATHS = 8 };

struct issuer {
	int fd;
	char url[64];
	bool stop, names_itself;
	enum issuer_mood mood;
	char other[100], jwks[TEXT], code[100], challenge[100], id_token[TEXT], access[200], userinfo[2000], metadata[TEXT];
	struct {
		char path[60];
		unsigned n;
	} calls[PATHS];
	pthread_t thread;
	pthread_mutex_t lock;
};

/* ── keys and tokens ── */

static void base64(const void *p, size_t n, char *ret, size_t size)
{
	if (sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING) > size)
		abort();
	sodium_bin2base64(ret, size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

EVP_PKEY *issuer_key(const char *alg)
{
	EVP_PKEY *key = alg[0] == 'R' || alg[0] == 'P' ? EVP_RSA_gen(2048)
			: strcmp(alg, "ES256") == 0    ? EVP_EC_gen("P-256")
						       : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (!key)
		abort();
	return key;
}

static void number(EVP_PKEY *key, const char *name, char *ret, size_t size)
{
	unsigned char bytes[600];
	BIGNUM *n = NULL;
	if (EVP_PKEY_get_bn_param(key, name, &n) != 1)
		abort();
	base64(bytes, (size_t)BN_bn2bin(n, bytes), ret, size);
	BN_free(n);
}

void issuer_jwk(EVP_PKEY *key, const char *alg, const char *kid, char *ret, size_t n)
{
	unsigned char raw[100];
	char a[800], b[800];
	size_t n_raw = sizeof raw;
	if (alg[0] == 'R' || alg[0] == 'P') {
		number(key, OSSL_PKEY_PARAM_RSA_N, a, sizeof a);
		number(key, OSSL_PKEY_PARAM_RSA_E, b, sizeof b);
		snprintf(ret, n, "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"%s\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}", alg, kid, a, b);
	} else if (strcmp(alg, "ES256") == 0) {
		if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, raw, sizeof raw, &n_raw) != 1 || n_raw != 65)
			abort();
		base64(raw + 1, 32, a, sizeof a);
		base64(raw + 33, 32, b, sizeof b);
		snprintf(ret, n, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}", kid, a, b);
	} else {
		if (EVP_PKEY_get_raw_public_key(key, raw, &n_raw) != 1)
			abort();
		base64(raw, n_raw, a, sizeof a);
		snprintf(ret, n, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}", kid, a);
	}
}

/* DER → r and s of 32 bytes each. */
static void side_by_side(const unsigned char *der, size_t n, unsigned char *ret)
{
	const unsigned char *p = der;
	ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &p, (long)n);
	if (!s || BN_bn2binpad(ECDSA_SIG_get0_r(s), ret, 32) != 32 || BN_bn2binpad(ECDSA_SIG_get0_s(s), ret + 32, 32) != 32)
		abort();
	ECDSA_SIG_free(s);
}

size_t issuer_sign(EVP_PKEY *key, const char *alg, const char *text, unsigned char *ret, size_t size)
{
	unsigned char der[600];
	size_t n = sizeof der;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_PKEY_CTX *k = NULL;
	bool good = EVP_DigestSignInit(c, &k, strcmp(alg, "EdDSA") == 0 ? NULL : EVP_sha256(), NULL, key) == 1;
	if (strcmp(alg, "PS256") == 0)
		good = good && EVP_PKEY_CTX_set_rsa_padding(k, RSA_PKCS1_PSS_PADDING) > 0 && EVP_PKEY_CTX_set_rsa_pss_saltlen(k, RSA_PSS_SALTLEN_DIGEST) > 0;
	if (!good || EVP_DigestSign(c, der, &n, (const unsigned char *)text, strlen(text)) != 1 || n > size)
		abort();
	EVP_MD_CTX_free(c);
	if (strcmp(alg, "ES256") == 0) {
		side_by_side(der, n, ret);
		return 64;
	}
	memcpy(ret, der, n);
	return n;
}

static size_t authenticate(const char *shared, const char *text, unsigned char *ret)
{
	crypto_auth_hmacsha256_state s;
	crypto_auth_hmacsha256_init(&s, (const unsigned char *)shared, strlen(shared));
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)text, strlen(text));
	crypto_auth_hmacsha256_final(&s, ret);
	return crypto_auth_hmacsha256_BYTES;
}

void issuer_token(EVP_PKEY *key, const char *alg, const char *kid, const char *shared, const char *claims, char *ret, size_t n)
{
	char header[200], h[400], body[TEXT], s[900];
	unsigned char signature[600];
	size_t n_signature = 0;
	if (kid)
		snprintf(header, sizeof header, "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}", alg, kid);
	else
		snprintf(header, sizeof header, "{\"alg\":\"%s\"}", alg);
	base64(header, strlen(header), h, sizeof h);
	base64(claims, strlen(claims), body, sizeof body);
	snprintf(ret, n, "%s.%s", h, body);
	if (strcmp(alg, "HS256") == 0)
		n_signature = authenticate(shared, ret, signature);
	else if (strcmp(alg, "none") != 0)
		n_signature = issuer_sign(key, alg, ret, signature, sizeof signature);
	base64(signature, n_signature, s, sizeof s);
	snprintf(ret + strlen(ret), n - strlen(ret), ".%s", s);
}

/* ── what it is told ── */

void issuer_mood(struct issuer *p, enum issuer_mood mood)
{
	pthread_mutex_lock(&p->lock);
	p->mood = mood;
	pthread_mutex_unlock(&p->lock);
}

void issuer_says(struct issuer *p, bool names_itself, const char *other_issuer)
{
	pthread_mutex_lock(&p->lock);
	p->names_itself = names_itself;
	snprintf(p->other, sizeof p->other, "%s", other_issuer ? other_issuer : "");
	pthread_mutex_unlock(&p->lock);
}

void issuer_publish(struct issuer *p, const char *jwks)
{
	pthread_mutex_lock(&p->lock);
	snprintf(p->jwks, sizeof p->jwks, "%s", jwks);
	pthread_mutex_unlock(&p->lock);
}

void issuer_metadata(struct issuer *p, const char *xml)
{
	pthread_mutex_lock(&p->lock);
	snprintf(p->metadata, sizeof p->metadata, "%s", xml);
	pthread_mutex_unlock(&p->lock);
}

void issuer_code(struct issuer *p, const char *code, const char *challenge, const char *id_token, const char *access, const char *userinfo)
{
	pthread_mutex_lock(&p->lock);
	snprintf(p->code, sizeof p->code, "%s", code);
	snprintf(p->challenge, sizeof p->challenge, "%s", challenge);
	snprintf(p->id_token, sizeof p->id_token, "%s", id_token);
	snprintf(p->access, sizeof p->access, "%s", access ? access : "");
	snprintf(p->userinfo, sizeof p->userinfo, "%s", userinfo ? userinfo : "");
	pthread_mutex_unlock(&p->lock);
}

unsigned issuer_calls(struct issuer *p, const char *path)
{
	unsigned n = 0;
	pthread_mutex_lock(&p->lock);
	for (int i = 0; i < PATHS; i++)
		if (strcmp(p->calls[i].path, path) == 0)
			n = p->calls[i].n;
	pthread_mutex_unlock(&p->lock);
	return n;
}

const char *issuer_url(const struct issuer *p)
{
	return p->url;
}

/* ── the server ── */

static bool stopping(struct issuer *p)
{
	pthread_mutex_lock(&p->lock);
	bool stop = p->stop;
	pthread_mutex_unlock(&p->lock);
	return stop;
}

static void send_all(int c, const char *s, size_t n)
{
	while (n) {
		ssize_t k = send(c, s, n, MSG_NOSIGNAL);
		if (k <= 0)
			return;
		s += k;
		n -= (size_t)k;
	}
}

static void answer(int c, const char *status, const char *more, const char *body)
{
	char head[500];
	snprintf(head, sizeof head, "HTTP/1.1 %s\r\n%sContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", status, more,
		 strlen(body));
	send_all(c, head, strlen(head));
	send_all(c, body, strlen(body));
}

static void huge(int c)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"keys\":[\"";
	char piece[65536];
	memset(piece, 'x', sizeof piece);
	send_all(c, head, sizeof head - 1);
	for (int i = 0; i < 160; i++)
		send_all(c, piece, sizeof piece);
	send_all(c, "\"]}", 3);
}

/* The whole request: head, and as much body as it names. False: gone. */
static bool hear(struct issuer *p, int c, char *ret, size_t n)
{
	size_t have = 0;
	ret[0] = 0;
	while (!stopping(p) && have + 1 < n) {
		struct pollfd w = { .fd = c, .events = POLLIN };
		if (poll(&w, 1, 50) <= 0)
			continue;
		ssize_t k = read(c, ret + have, n - 1 - have);
		if (k <= 0)
			return false;
		have += (size_t)k;
		ret[have] = 0;
		const char *end = strstr(ret, "\r\n\r\n"), *length = strstr(ret, "Content-Length: ");
		if (end && have >= (size_t)(end + 4 - ret) + (length && length < end ? strtoul(length + 16, NULL, 10) : 0))
			return true;
	}
	return false;
}

/* Name and password as RFC 6749, 2.3.1, says; the code once; the verifier of its challenge (RFC 7636). */
static bool token_allowed(struct issuer *p, const char *request)
{
	static const char client[] = ISSUER_CLIENT ":a%20secret%3A%20with/odd%2Bletters";
	char basic[200], want[300], verifier[200] = "", challenge[100];
	unsigned char h[crypto_hash_sha256_BYTES];
	sodium_bin2base64(basic, sizeof basic, (const unsigned char *)client, sizeof client - 1, sodium_base64_VARIANT_ORIGINAL);
	snprintf(want, sizeof want, "Authorization: Basic %s\r\n", basic);
	const char *v = strstr(request, "&code_verifier="), *code = strstr(request, "&code=");
	if (!v || !code || !p->code[0] || !strstr(request, want) || !strstr(request, "grant_type=authorization_code"))
		return false;
	snprintf(verifier, sizeof verifier, "%.*s", (int)strcspn(v + 15, "&"), v + 15);
	crypto_hash_sha256(h, (const unsigned char *)verifier, strlen(verifier));
	base64(h, sizeof h, challenge, sizeof challenge);
	return strncmp(code + 6, p->code, strlen(p->code)) == 0 && strcmp(challenge, p->challenge) == 0;
}

static void give_tokens(struct issuer *p, int c, const char *request)
{
	static char body[TEXT + 500];
	char access[300] = "";
	if (!token_allowed(p, request)) {
		answer(c, "400 Bad Request", "", "{\"error\":\"invalid_grant\"}");
		return;
	}
	p->code[0] = 0;
	if (p->access[0])
		snprintf(access, sizeof access, ",\"access_token\":\"%s\",\"token_type\":\"Bearer\"", p->access);
	snprintf(body, sizeof body, "{\"expires_in\":300,\"id_token\":\"%s\"%s}", p->id_token, access);
	answer(c, "200 OK", "", body);
}

static void give_discovery(struct issuer *p, int c)
{
	char body[2000];
	snprintf(body, sizeof body,
		 "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/authorize\",\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s/"
		 "keys\",\"userinfo_endpoint\":\"%s/userinfo\","
		 "\"end_session_endpoint\":\"%s/logout\",\"authorization_response_iss_parameter_supported\":%s}",
		 p->other[0] ? p->other : p->url, p->url, p->url, p->url, p->url, p->url, p->names_itself ? "true" : "false");
	answer(c, "200 OK", "", body);
}

static void give_userinfo(struct issuer *p, int c, const char *request)
{
	char want[300];
	snprintf(want, sizeof want, "Authorization: Bearer %s\r\n", p->access);
	if (!p->userinfo[0] || !p->access[0] || !strstr(request, want))
		answer(c, "401 Unauthorized", "", "{}");
	else
		answer(c, "200 OK", "", p->userinfo);
}

static void count(struct issuer *p, const char *path)
{
	for (int i = 0; i < PATHS; i++)
		if (!p->calls[i].n || strcmp(p->calls[i].path, path) == 0) {
			snprintf(p->calls[i].path, sizeof p->calls[i].path, "%s", path);
			p->calls[i].n++;
			return;
		}
}

static void in_good_mood(struct issuer *p, int c, const char *path, const char *request)
{
	if (strcmp(path, "/.well-known/openid-configuration") == 0)
		give_discovery(p, c);
	else if (strcmp(path, "/keys") == 0)
		answer(c, "200 OK", "", p->jwks);
	else if (strcmp(path, "/metadata") == 0 && p->metadata[0])
		answer(c, "200 OK", "", p->metadata);
	else if (strcmp(path, "/token") == 0)
		give_tokens(p, c, request);
	else if (strcmp(path, "/userinfo") == 0)
		give_userinfo(p, c, request);
	else
		answer(c, "404 Not Found", "", "{}");
}

static void serve(struct issuer *p, int c)
{
	char request[16384], path[60] = "", more[200];
	enum issuer_mood mood;
	if (!hear(p, c, request, sizeof request))
		return;
	sscanf(request, "%*9s %59s", path);
	pthread_mutex_lock(&p->lock);
	count(p, path);
	mood = p->mood;
	snprintf(more, sizeof more, "Location: %s%s?again\r\n", p->url, path);
	if (mood == ISSUER_GOOD)
		in_good_mood(p, c, path, request);
	pthread_mutex_unlock(&p->lock);
	if (mood == ISSUER_FAILS)
		answer(c, "500 Internal Server Error", "", "{}");
	else if (mood == ISSUER_REDIRECT)
		answer(c, "302 Found", more, "{}");
	else if (mood == ISSUER_GARBAGE)
		answer(c, "200 OK", "", "<html>Hello</html>");
	else if (mood == ISSUER_DENIES)
		answer(c, "400 Bad Request", "", "{\"error\":\"invalid_grant\"}");
	else if (mood == ISSUER_HUGE)
		huge(c);
	char byte;
	while (mood == ISSUER_SILENT && !stopping(p) && recv(c, &byte, 1, MSG_DONTWAIT) != 0)
		usleep(10000);
}

static void *work(void *arg)
{
	struct issuer *p = arg;
	while (!stopping(p)) {
		struct pollfd w = { .fd = p->fd, .events = POLLIN };
		if (poll(&w, 1, 50) <= 0)
			continue;
		int c = accept(p->fd, NULL, NULL);
		if (c < 0)
			continue;
		serve(p, c);
		close(c);
	}
	return NULL;
}

struct issuer *issuer_start(void)
{
	struct issuer *p = calloc(1, sizeof *p);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	if (!p)
		abort();
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(p->fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(p->fd, 20) != 0 || getsockname(p->fd, (struct sockaddr *)&a, &n) != 0)
		abort();
	snprintf(p->url, sizeof p->url, "http://127.0.0.1:%u", ntohs(a.sin_port));
	pthread_mutex_init(&p->lock, NULL);
	if (pthread_create(&p->thread, NULL, work, p) != 0)
		abort();
	return p;
}

void issuer_end(struct issuer *p)
{
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	close(p->fd);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
