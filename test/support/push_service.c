/* A push service and its browsers; see push_service.h. */
#include "push_service.h"

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CALLS_KEPT = 64 };

struct push_service {
	int fd;
	unsigned port;
	bool stop;
	enum service_mood mood;
	size_t calls, connections;
	struct push_call kept[CALLS_KEPT]; /* the newest */
	pthread_t thread;
	pthread_mutex_t lock;
};

/* ── the service ── */

static bool stopping(struct push_service *s)
{
	pthread_mutex_lock(&s->lock);
	bool stop = s->stop;
	pthread_mutex_unlock(&s->lock);
	return stop;
}

static enum service_mood mood_of(struct push_service *s)
{
	pthread_mutex_lock(&s->lock);
	enum service_mood mood = s->mood;
	pthread_mutex_unlock(&s->lock);
	return mood;
}

/* False: gone, or the test is over. */
static bool hear(struct push_service *s, int c, void *p, size_t n)
{
	while (n && !stopping(s)) {
		struct pollfd w = { .fd = c, .events = POLLIN };
		if (poll(&w, 1, 50) <= 0)
			continue;
		ssize_t got = read(c, p, n);
		if (got <= 0)
			return false;
		p = (char *)p + got;
		n -= (size_t)got;
	}
	return n == 0;
}

static bool hear_head(struct push_service *s, int c, struct push_call *call)
{
	size_t n = 0;
	while (n + 1 < sizeof call->head && hear(s, c, call->head + n, 1)) {
		if (call->head[n] != '\r')
			n++;
		call->head[n] = 0;
		if (n > 1 && strcmp(call->head + n - 2, "\n\n") == 0)
			return sscanf(call->head, "POST %199s HTTP/1.1", call->path) == 1;
	}
	return false;
}

static void answer(struct push_service *s, int c)
{
	static const char *const answers[] = { [SERVICE_GOOD] = "201 Created",
					       [SERVICE_BUSY] = "503 Busy",
					       [SERVICE_SLOWER] = "429 Too Many Requests\r\nRetry-After: 7200",
					       [SERVICE_UNKNOWN] = "404 Not Found",
					       [SERVICE_GONE] = "410 Gone",
					       [SERVICE_REFUSES] = "400 Bad Request",
					       [SERVICE_UNTRUSTED] = "403 Forbidden",
					       [SERVICE_ELSEWHERE] = "307 Temporary Redirect\r\nLocation: /elsewhere" };
	char text[300], length[20];
	struct push_call *call = calloc(1, sizeof *call);
	if (call && hear_head(s, c, call)) {
		call->n = strtoul(push_call_header(call, "Content-Length", length, sizeof length), NULL, 10);
		if (call->n <= sizeof call->body && hear(s, c, call->body, call->n)) {
			pthread_mutex_lock(&s->lock);
			s->kept[s->calls++ % CALLS_KEPT] = *call;
			pthread_mutex_unlock(&s->lock);
			snprintf(text, sizeof text, "HTTP/1.1 %s\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwords", answers[mood_of(s)]);
			(void)!send(c, text, strlen(text), MSG_NOSIGNAL);
		}
	}
	free(call);
}

static void *work(void *arg)
{
	struct push_service *s = arg;
	char byte;
	while (!stopping(s)) {
		struct pollfd w = { .fd = s->fd, .events = POLLIN };
		int c = poll(&w, 1, 50) <= 0 ? -1 : accept(s->fd, NULL, NULL);
		if (c < 0)
			continue;
		pthread_mutex_lock(&s->lock);
		s->connections++;
		pthread_mutex_unlock(&s->lock);
		if (mood_of(s) == SERVICE_SILENT)
			while (!stopping(s) && mood_of(s) == SERVICE_SILENT && recv(c, &byte, 1, MSG_DONTWAIT) != 0)
				usleep(10000);
		else
			answer(s, c);
		close(c);
	}
	return NULL;
}

struct push_service *push_service_start(void)
{
	struct push_service *s = calloc(1, sizeof *s);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	if (!s)
		abort();
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(s->fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(s->fd, 80) != 0 || getsockname(s->fd, (struct sockaddr *)&a, &n) != 0)
		abort();
	s->port = ntohs(a.sin_port);
	pthread_mutex_init(&s->lock, NULL);
	if (pthread_create(&s->thread, NULL, work, s) != 0)
		abort();
	return s;
}

void push_service_end(struct push_service *s)
{
	pthread_mutex_lock(&s->lock);
	s->stop = true;
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	close(s->fd);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

unsigned push_service_port(const struct push_service *s)
{
	return s->port;
}

void push_service_mood(struct push_service *s, enum service_mood mood)
{
	pthread_mutex_lock(&s->lock);
	s->mood = mood;
	pthread_mutex_unlock(&s->lock);
}

size_t push_service_calls(struct push_service *s)
{
	pthread_mutex_lock(&s->lock);
	size_t n = s->calls;
	pthread_mutex_unlock(&s->lock);
	return n;
}

size_t push_service_connections(struct push_service *s)
{
	pthread_mutex_lock(&s->lock);
	size_t n = s->connections;
	pthread_mutex_unlock(&s->lock);
	return n;
}

bool push_service_last(struct push_service *s, const char *path, struct push_call *ret)
{
	bool found = false;
	pthread_mutex_lock(&s->lock);
	for (size_t i = s->calls; !found && i > 0 && s->calls - i < CALLS_KEPT; i--) {
		const struct push_call *c = &s->kept[(i - 1) % CALLS_KEPT];
		if ((found = strcmp(c->path, path) == 0))
			*ret = *c;
	}
	pthread_mutex_unlock(&s->lock);
	return found;
}

const char *push_call_header(const struct push_call *c, const char *name, char *ret, size_t n)
{
	size_t len = strlen(name);
	ret[0] = 0;
	for (const char *line = strchr(c->head, '\n'); line; line = strchr(line + 1, '\n'))
		if (strncasecmp(line + 1, name, len) == 0 && strncmp(line + 1 + len, ": ", 2) == 0)
			snprintf(ret, n, "%.*s", (int)strcspn(line + 3 + len, "\n"), line + 3 + len);
	return ret;
}

/* ── base64url ── */

static void encode(const unsigned char *p, size_t n, char *ret)
{
	EVP_EncodeBlock((unsigned char *)ret, p, (int)n);
	for (char *c = ret; *c; c++)
		*c = *c == '+' ? '-' : *c == '/' ? '_' : *c == '=' ? 0 : *c;
}

/* How many bytes; 0: it is none. */
static size_t decode(const char *text, size_t n, unsigned char *ret, size_t max)
{
	unsigned char block[4000];
	char padded[4000];
	size_t whole = (n + 3) / 4 * 4;
	if (!n || whole + 1 > sizeof padded)
		return 0;
	for (size_t i = 0; i < whole; i++)
		padded[i] = i >= n ? '=' : text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i];
	int got = EVP_DecodeBlock(block, (const unsigned char *)padded, (int)whole);
	if (got < 0 || (size_t)got - (whole - n) > max)
		return 0;
	memcpy(ret, block, (size_t)got - (whole - n));
	return (size_t)got - (whole - n);
}

/* ── browsers ── */

void browser_new(struct browser *b, const struct push_service *s, const char *path)
{
	size_t n = 0;
	*b = (struct browser){ .key = EVP_EC_gen("P-256") };
	if (!b->key || EVP_PKEY_get_octet_string_param(b->key, OSSL_PKEY_PARAM_PUB_KEY, b->point, sizeof b->point, &n) != 1 || n != sizeof b->point ||
	    RAND_bytes(b->auth, sizeof b->auth) != 1)
		abort();
	snprintf(b->path, sizeof b->path, "%s", path);
	snprintf(b->endpoint, sizeof b->endpoint, "http://127.0.0.1:%u%s", push_service_port(s), path);
	encode(b->point, sizeof b->point, b->p256dh);
	encode(b->auth, sizeof b->auth, b->secret);
}

void browser_free(struct browser *b)
{
	EVP_PKEY_free(b->key);
	b->key = NULL;
}

/* A key of P-256 out of its point. */
static EVP_PKEY *public_key(unsigned char *point, size_t n)
{
	static char group[] = "P-256";
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
				OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, n), OSSL_PARAM_construct_end() };
	EVP_PKEY *key = NULL;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	if (!c || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(c);
	return key;
}

static bool agree(EVP_PKEY *own, EVP_PKEY *other, unsigned char ret[32])
{
	size_t n = 32;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(own, NULL);
	bool good = c && other && EVP_PKEY_derive_init(c) == 1 && EVP_PKEY_derive_set_peer(c, other) == 1 && EVP_PKEY_derive(c, ret, &n) == 1 && n == 32;
	EVP_PKEY_CTX_free(c);
	return good;
}

static bool hkdf(unsigned char *salt, size_t n_salt, unsigned char *key, size_t n_key, const void *info, size_t n_info, unsigned char *ret, size_t n)
{
	static char digest[] = "SHA256";
	unsigned char copy[200];
	memcpy(copy, info, n_info);
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
				OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key, n_key),
				OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt, n_salt),
				OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, copy, n_info), OSSL_PARAM_construct_end() };
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *c = EVP_KDF_CTX_new(kdf);
	bool good = c && EVP_KDF_derive(c, ret, n, params) == 1;
	EVP_KDF_CTX_free(c);
	EVP_KDF_free(kdf);
	return good;
}

static bool gcm_opens(const unsigned char *key, const unsigned char *nonce, unsigned char *sealed, size_t n, unsigned char *ret)
{
	int got = 0, rest = 0;
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	bool good = c && EVP_DecryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, nonce) == 1 && EVP_DecryptUpdate(c, ret, &got, sealed, (int)n - 16) == 1 &&
		    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, 16, sealed + n - 16) == 1 && EVP_DecryptFinal_ex(c, ret + got, &rest) == 1;
	EVP_CIPHER_CTX_free(c);
	return good;
}

/* RFC 8291, 3.3 and 3.4: what the content is encrypted by. */
static bool material_of(const struct browser *b, unsigned char *sender, unsigned char ret[32])
{
	unsigned char secret[32], info[14 + 65 + 65] = "WebPush: info", auth[16];
	EVP_PKEY *other = public_key(sender, 65);
	memcpy(info + 14, b->point, 65);
	memcpy(info + 79, sender, 65);
	memcpy(auth, b->auth, sizeof auth);
	bool good = agree(b->key, other, secret) && hkdf(auth, sizeof auth, secret, sizeof secret, info, sizeof info, ret, 32);
	EVP_PKEY_free(other);
	return good;
}

bool browser_opens(const struct browser *b, const struct push_call *call, char *ret, size_t n)
{
	unsigned char body[sizeof call->body], plain[sizeof call->body], material[32], key[16], nonce[12];
	enum { HEAD = 16 + 4 + 1 + 65 };
	char coding[40];
	memcpy(body, call->body, call->n);
	/* A record of at least 18 bytes, a key id that is a point, and no more than push services take (RFC 8291, 4). */
	if (strcmp(push_call_header(call, "Content-Encoding", coding, sizeof coding), "aes128gcm") != 0 || call->n < HEAD + 18 || call->n > 4096 ||
	    body[20] != 65)
		return false;
	size_t record = (size_t)body[16] << 24 | (size_t)body[17] << 16 | (size_t)body[18] << 8 | body[19], sealed = call->n - HEAD;
	if (sealed > record || !material_of(b, body + 21, material) || !hkdf(body, 16, material, 32, "Content-Encoding: aes128gcm", 28, key, 16) ||
	    !hkdf(body, 16, material, 32, "Content-Encoding: nonce", 24, nonce, 12) || !gcm_opens(key, nonce, body + HEAD, sealed, plain))
		return false;
	size_t text = sealed - 16;
	while (text && plain[text - 1] == 0)
		text--;
	if (!text || plain[text - 1] != 2)
		return false;
	snprintf(ret, n, "%.*s", (int)text - 1, (char *)plain);
	return true;
}

/* ── tokens ── */

/* The two numbers of ES256 as the library reads them. */
static size_t der_of(const unsigned char s[64], unsigned char **ret)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	if (!sig || ECDSA_SIG_set0(sig, BN_bin2bn(s, 32, NULL), BN_bin2bn(s + 32, 32, NULL)) != 1)
		abort();
	int n = i2d_ECDSA_SIG(sig, ret);
	ECDSA_SIG_free(sig);
	return n < 0 ? 0 : (size_t)n;
}

bool token_holds(const char *token, size_t token_n, const char *key, char *ret, size_t n)
{
	unsigned char point[65], head[200], claims[3000], signature[64], *der = NULL;
	const char *first = memchr(token, '.', token_n), *second = first ? memchr(first + 1, '.', token_n - (size_t)(first + 1 - token)) : NULL;
	if (!second || decode(key, strlen(key), point, sizeof point) != sizeof point)
		return false;
	size_t n_head = decode(token, (size_t)(first - token), head, sizeof head),
	       n_claims = decode(first + 1, (size_t)(second - first - 1), claims, sizeof claims);
	if (decode(second + 1, token_n - (size_t)(second + 1 - token), signature, sizeof signature) != sizeof signature ||
	    !memmem(head, n_head, "\"ES256\"", 7))
		return false;
	size_t n_der = der_of(signature, &der);
	EVP_PKEY *k = public_key(point, sizeof point);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	bool good = k && c && EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, k) == 1 &&
		    EVP_DigestVerify(c, der, n_der, (const unsigned char *)token, (size_t)(second - token)) == 1;
	snprintf(ret, n, "%.*s", (int)n_claims, (char *)claims);
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(k);
	OPENSSL_free(der);
	return good;
}

bool push_call_is_from(const struct push_call *c, const char *key, char *ret, size_t n)
{
	char text[3000];
	push_call_header(c, "Authorization", text, sizeof text);
	const char *comma = strchr(text, ',');
	return strncmp(text, "vapid t=", 8) == 0 && comma && strncmp(comma, ", k=", 4) == 0 && strcmp(comma + 4, key) == 0 &&
	       token_holds(text + 8, (size_t)(comma - text - 8), key, ret, n);
}
