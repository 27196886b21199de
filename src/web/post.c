/* Posting; see post.h. */
#include "web/post.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 64 * 1024, WORDS_MAX = 200 };

struct sending {
	struct ctx *cx;
	struct post *post;
	CURL *curl;
	struct curl_slist *headers;
	char error[CURL_ERROR_SIZE];
	size_t heard;
	bool refused; /* the address lies where we do not go */
};

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct sending *s = arg;
	(void)purpose;
	if (!outbound_allowed(s->cx->app->private_networks, &to->addr)) {
		s->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* What is said beside the status does not matter, but who says too much is left. */
static size_t hear(char *p, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	(void)p;
	s->heard += size * n;
	return s->heard > ANSWER_MAX ? 0 : size * n;
}

static void set_headers(struct sending *s)
{
	for (size_t i = 0; i < s->post->n_headers; i++) {
		const struct post_header *h = &s->post->headers[i];
		struct curl_slist *more = curl_slist_append(s->headers, str_fmt(s->cx->arena, "%s: %.*s", h->name, STR_ARG(h->value)).p);
		s->headers = more ? more : s->headers;
	}
	struct curl_slist *more = curl_slist_append(s->headers, "Expect:");
	s->headers = more ? more : s->headers;
	curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
}

static void prepare(struct ctx *cx, struct sending *s, struct post *p, unsigned seconds)
{
	s->cx = cx;
	s->post = p;
	s->curl = curl_easy_init();
	p->status = NONE;
	p->took = 0;
	p->retry_after = 0;
	p->words = S("no memory for a request");
	if (!s->curl)
		return;
	set_headers(s);
	curl_easy_setopt(s->curl, CURLOPT_PRIVATE, s);
	curl_easy_setopt(s->curl, CURLOPT_URL, str_c(cx->arena, p->address));
	curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(s->curl, CURLOPT_PROXY, ""); /* or the address judged would be that of the proxy */
	curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(s->curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(s->curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, (long)seconds / 3);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)seconds);
	curl_easy_setopt(s->curl, CURLOPT_USERAGENT, "Karmayogi");
	curl_easy_setopt(s->curl, CURLOPT_POSTFIELDSIZE, (long)p->body.n);
	curl_easy_setopt(s->curl, CURLOPT_POSTFIELDS, str_c(cx->arena, p->body));
	curl_easy_setopt(s->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(s->curl, CURLOPT_OPENSOCKETDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, hear);
	curl_easy_setopt(s->curl, CURLOPT_WRITEDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->error);
}

static struct str words_of(struct ctx *cx, const struct sending *s, CURLcode r)
{
	if (s->refused)
		return S("The name leads to an address in the network of this installation; connections are not made there.");
	const char *text = s->error[0] ? s->error : curl_easy_strerror(r);
	size_t n = strlen(text);
	return str_dup(cx->arena, (struct str){ text, n < WORDS_MAX ? n : WORDS_MAX });
}

static void note(struct ctx *cx, struct sending *s, CURLcode r)
{
	curl_off_t took = 0, later = 0;
	long status = 0;
	curl_easy_getinfo(s->curl, CURLINFO_TOTAL_TIME_T, &took);
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(s->curl, CURLINFO_RETRY_AFTER, &later);
	s->post->took = took / 1000;
	s->post->retry_after = later;
	s->post->status = status ? status : NONE;
	/* With the status everything is said, also when the rest was too long or too slow. */
	s->post->words = status ? STR_NONE : words_of(cx, s, r);
}

/* A process that runs out of sockets or memory leaves the rest for the next round. */
static void run(struct ctx *cx, CURLM *m)
{
	int running = 1, left;
	while (running && curl_multi_perform(m, &running) == CURLM_OK) {
		const CURLMsg *said;
		while ((said = curl_multi_info_read(m, &left))) {
			struct sending *s = NULL;
			curl_easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, (char **)&s);
			if (s && said->msg == CURLMSG_DONE)
				note(cx, s, said->data.result);
		}
		if (running && curl_multi_poll(m, NULL, 0, 1000, NULL) != CURLM_OK)
			return;
	}
}

void post_all(struct ctx *cx, struct post *v, size_t n, unsigned seconds)
{
	struct sending *s = ARENA_ARRAY(cx->arena, struct sending, n);
	CURLM *m = curl_multi_init();
	for (size_t i = 0; i < n; i++) {
		prepare(cx, &s[i], &v[i], seconds);
		if (m && s[i].curl)
			curl_multi_add_handle(m, s[i].curl);
	}
	if (m)
		run(cx, m);
	for (size_t i = 0; i < n; i++) {
		if (m && s[i].curl)
			curl_multi_remove_handle(m, s[i].curl);
		curl_easy_cleanup(s[i].curl);
		curl_slist_free_all(s[i].headers);
	}
	curl_multi_cleanup(m);
}
