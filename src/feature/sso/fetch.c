/* HTTP to a provider; see fetch.h. */
#include "feature/sso/fetch.h"

#include <curl/curl.h>

static bool is_loopback(struct str host)
{
	static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str name = str_of(names[i]);
		if (str_starts(host, name) && (host.n == name.n || host.p[name.n] == ':' || host.p[name.n] == '/'))
			return true;
	}
	return false;
}

bool fetch_allowed(const struct ctx *cx, struct str url)
{
	bool tls = str_starts(url, S("https://"));
	struct str rest = str_sub(url, tls ? 8 : url.n < 7 ? url.n : 7, url.n);
	if (!rest.n || rest.p[0] == '/' || url.n > FETCH_ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < rest.n; i++)
		if ((unsigned char)rest.p[i] <= ' ' || (unsigned char)rest.p[i] > '~' || rest.p[i] == '@' || rest.p[i] == '\\' || rest.p[i] == '#')
			return false;
	return tls || (str_starts(url, S("http://")) && str_starts(cx->app->base_url, S("http://")) && is_loopback(rest));
}

static size_t take(char *p, size_t size, size_t n, void *arg)
{
	struct buf *b = arg;
	buf_add(b, p, size * n);
	return b->full ? 0 : size * n;
}

static void set_limits(CURL *c, struct buf *body, char *error)
{
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)FETCH_SECONDS / 2);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
	curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long)FETCH_MAX);
	curl_easy_setopt(c, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1");
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, body);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error);
}

static struct curl_slist *set_request(struct ctx *cx, CURL *c, const struct fetch *f)
{
	struct curl_slist *headers = curl_slist_append(NULL, f->xml ? "Accept: application/samlmetadata+xml, application/xml, text/xml" : "Accept: application/json");
	curl_easy_setopt(c, CURLOPT_URL, str_c(cx->arena, f->url));
	if (f->form.p) {
		curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)f->form.n);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, str_c(cx->arena, f->form));
	}
	if (f->user.p) {
		curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(c, CURLOPT_USERNAME, str_c(cx->arena, f->user));
		curl_easy_setopt(c, CURLOPT_PASSWORD, str_c(cx->arena, f->password));
	}
	if (f->bearer.p && headers)
		headers = curl_slist_append(headers, str_fmt(cx->arena, "Authorization: Bearer %.*s", STR_ARG(f->bearer)).p);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	return headers;
}

static const char *outcome(struct ctx *cx, CURLcode r, long status, const struct buf *body, const char *error)
{
	if (body->full || r == CURLE_FILESIZE_EXCEEDED)
		return "the answer is larger than a megabyte";
	if (r != CURLE_OK)
		return str_fmt(cx->arena, "%s", error[0] ? error : curl_easy_strerror(r)).p;
	return status == 200 ? NULL : str_fmt(cx->arena, "the answer has status %ld", status).p;
}

const char *fetch(struct ctx *cx, const struct fetch *f, struct str *ret_body)
{
	char error[CURL_ERROR_SIZE] = "";
	struct buf body;
	long status = 0;
	*ret_body = STR_NONE;
	if (!fetch_allowed(cx, f->url))
		return "the address is not one of https";
	CURL *c = curl_easy_init();
	if (!c)
		return "no memory for a request";
	buf_init(&body, cx->arena, FETCH_MAX);
	set_limits(c, &body, error);
	struct curl_slist *headers = set_request(cx, c, f);
	CURLcode r = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	const char *fault = outcome(cx, r, status, &body, error);
	if (r == CURLE_OK && !body.full)
		*ret_body = buf_get(&body);
	curl_slist_free_all(headers);
	curl_easy_cleanup(c);
	return fault;
}
