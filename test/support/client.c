/* A browser without a screen: cookies, forms, JSON; see http_test.h. */
#include "http_test.h"
#include "web/session.h"

#include <pthread.h>
#include <strings.h>
#include <unistd.h>

/* ── the server's log: the linker hands us its write() ── */

ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char log_last[500];

ssize_t __wrap_write(int fd, const void *p, size_t n)
{
	if (fd != STDERR_FILENO || n < 8 || memcmp(p, "request=", 8) != 0)
		return __real_write(fd, p, n);
	pthread_mutex_lock(&log_lock);
	snprintf(log_last, sizeof log_last, "%.*s", (int)n, (const char *)p);
	pthread_mutex_unlock(&log_lock);
	return (ssize_t)n;
}

static unsigned logged_statements(void)
{
	pthread_mutex_lock(&log_lock);
	const char *p = strstr(log_last, " statements=");
	unsigned n = p ? (unsigned)strtoul(p + 12, NULL, 10) : 0;
	pthread_mutex_unlock(&log_lock);
	return n;
}

/* ── beginning and end ── */

static size_t take(char *p, size_t size, size_t n, void *arg)
{
	buf_add(arg, p, size * n);
	return size * n;
}

struct client *client_new(struct fixture *f)
{
	struct client *c = calloc(1, sizeof *c);
	NEED(c, "memory");
	c->f = f;
	c->arena = arena_new();
	c->curl = curl_easy_init();
	NEED(c->curl, "curl");
	curl_easy_setopt(c->curl, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(c->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c->curl, CURLOPT_HEADERFUNCTION, take);
	curl_easy_setopt(c->curl, CURLOPT_WRITEDATA, &c->body);
	curl_easy_setopt(c->curl, CURLOPT_HEADERDATA, &c->head);
	curl_easy_setopt(c->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c->curl, CURLOPT_TIMEOUT, 60L);
	curl_easy_setopt(c->curl, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(c->curl, CURLOPT_USERAGENT, "test");
	return c;
}

void client_free(struct client *c)
{
	curl_easy_cleanup(c->curl);
	arena_free(c->arena);
	free(c);
}

struct opening {
	int64_t person_id;
	struct str cookie;
};

static enum err open_in_tx(struct ctx *cx, void *arg)
{
	struct opening *o = arg;
	return session_open(cx, o->person_id, S("test"), &o->cookie);
}

struct client *client_as(struct fixture *f, int64_t person_id)
{
	struct client *c = client_new(f);
	struct opening o = { .person_id = person_id };
	if (!person_id)
		return c;
	in_tx(f, open_in_tx, &o);
	char line[200];
	snprintf(line, sizeof line, "Set-Cookie: session=%.*s; Path=/; domain=127.0.0.1", STR_ARG(o.cookie));
	curl_easy_setopt(c->curl, CURLOPT_COOKIELIST, line);
	snprintf(c->csrf, sizeof c->csrf, "%s", session_csrf(&f->cx, o.cookie).p);
	return c;
}

struct client *client_acting(struct fixture *f, const char *kind, int64_t for_id, int64_t by_id)
{
	struct client *c = client_as(f, by_id);
	int64_t id = new_id(&f->cx);
	tamper(f, "INSERT INTO acting (id, kind, person_id, by_id, reason, from_at, until_at, created_at) VALUES (%lld, '%s', %lld, %lld, 'test', 1, %lld, 1)",
	       (long long)id, kind, (long long)for_id, (long long)by_id, (long long)(f->app.fixed_now + DAY));
	tamper(f, "UPDATE session SET acting_id = %lld WHERE id = (SELECT max(id) FROM session WHERE person_id = %lld)", (long long)id, (long long)by_id);
	query_end();
	return c;
}

/* ── requests ── */

static void note_csrf(struct client *c)
{
	static const char mark[] = "name=\"csrf\" value=\"";
	const char *p = strstr(buf_get(&c->body).p, mark);
	if (p && p[sizeof mark - 1] != '"')
		snprintf(c->csrf, sizeof c->csrf, "%.*s", (int)strcspn(p + sizeof mark - 1, "\""), p + sizeof mark - 1);
}

long send_raw(struct client *c, const char *method, const char *path, const char *type, const char *body, size_t n)
{
	char line[200];
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");
	snprintf(line, sizeof line, "Content-Type:%s%s", type ? " " : "", type ? type : "");
	list = curl_slist_append(list, line);
	for (size_t i = 0; i < sizeof c->header / sizeof *c->header && c->header[i]; i++)
		list = curl_slist_append(list, c->header[i]);
	memset(c->header, 0, sizeof c->header);
	/* The body may lie in our own arena. */
	char *copy = malloc(n + 1), *url = malloc(strlen(path) + 100);
	NEED(copy && url, "memory");
	memcpy(copy, body ? body : "", n);
	snprintf(url, strlen(path) + 100, "%s%s", c->f->base, path);
	arena_reset(c->arena);
	buf_init(&c->body, c->arena, 64 << 20);
	buf_init(&c->head, c->arena, 1 << 20);
	curl_easy_setopt(c->curl, CURLOPT_URL, url);
	curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(c->curl, CURLOPT_NOBODY, strcmp(method, "HEAD") == 0 ? 1L : 0L);
	if (strcmp(method, "GET") == 0) {
		curl_easy_setopt(c->curl, CURLOPT_HTTPGET, 1L);
	} else if (strcmp(method, "HEAD") != 0) {
		curl_easy_setopt(c->curl, CURLOPT_POST, 1L);
		curl_easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE, (long)n);
		curl_easy_setopt(c->curl, CURLOPT_POSTFIELDS, copy);
	}
	curl_easy_setopt(c->curl, CURLOPT_CUSTOMREQUEST, strcmp(method, "HEAD") == 0 ? NULL : method);
	CURLcode r = curl_easy_perform(c->curl);
	c->status = 0;
	if (r == CURLE_OK)
		curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &c->status);
	c->statements = logged_statements();
	curl_slist_free_all(list);
	free(copy);
	free(url);
	if (c->status && strcmp(method, "HEAD") != 0)
		note_csrf(c);
	return c->status;
}

long get(struct client *c, const char *fmt, ...)
{
	char path[6000];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(path, sizeof path, fmt, ap);
	va_end(ap);
	return send_raw(c, "GET", path, NULL, NULL, 0);
}

long head_of(struct client *c, const char *path)
{
	return send_raw(c, "HEAD", path, NULL, NULL, 0);
}

long post(struct client *c, const char *path, const char *form)
{
	size_t n = strlen(form) + 100;
	char *body = malloc(n);
	NEED(body, "memory");
	snprintf(body, n, "%s%scsrf=%s", form, form[0] ? "&" : "", c->csrf);
	long status = send_raw(c, "POST", path, "application/x-www-form-urlencoded", body, strlen(body));
	free(body);
	return status;
}

long post_json(struct client *c, const char *path, const char *json)
{
	char line[120];
	size_t i = 0;
	snprintf(line, sizeof line, "X-CSRF-Token: %s", c->csrf);
	while (c->header[i])
		i++;
	if (c->csrf[0])
		c->header[i] = line;
	return send_raw(c, "POST", path, "application/json", json, strlen(json));
}

/* ── answers ── */

const char *answer_header(struct client *c, const char *name)
{
	static _Thread_local char value[1000];
	struct str rest = buf_get(&c->head), line;
	size_t n = strlen(name);
	while (str_cut(&rest, '\n', &line))
		if (line.n > n && line.p[n] == ':' && strncasecmp(line.p, name, n) == 0) {
			struct str v = str_trim(str_sub(line, n + 1, line.n));
			snprintf(value, sizeof value, "%.*s", STR_ARG(v));
			return value;
		}
	return NULL;
}

bool body_has(struct client *c, const char *text)
{
	bool has = str_find(buf_get(&c->body), str_of(text)) >= 0;
	if (!has && getenv("SHOW"))
		fprintf(stderr, "no “%s” in (%ld):\n%s\n", text, c->status, buf_get(&c->body).p);
	return has;
}

static const char *json_at(struct client *c, const char *key)
{
	char mark[80];
	snprintf(mark, sizeof mark, "\"%s\":", key);
	const char *p = strstr(buf_get(&c->body).p, mark);
	return p ? p + strlen(mark) : NULL;
}

int64_t json_number(struct client *c, const char *key)
{
	const char *p = json_at(c, key);
	NEED(p, "no %s in (%ld) %s", key, c->status, buf_get(&c->body).p);
	return strtoll(p + (*p == '"'), NULL, 10);
}

bool answer_true(struct client *c, const char *key)
{
	const char *p = json_at(c, key);
	NEED(p, "no %s in (%ld) %s", key, c->status, buf_get(&c->body).p);
	return strncmp(p, "true", 4) == 0;
}

const char *base_of(const char *path, ...)
{
	static _Thread_local char ring[8][2000];
	static _Thread_local unsigned at;
	char *p = ring[at++ % 8];
	va_list ap;
	va_start(ap, path);
	vsnprintf(p, sizeof ring[0], path, ap);
	va_end(ap);
	return p;
}
