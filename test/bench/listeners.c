/* listeners: many people who listen at one place, and a poll among them.
 *
 *   listeners make DATA N REQUESTS    N people admitted to a batch with one session and one open poll, on a data folder that holds the demonstration; writes
 * the requests "vote" (one of each) and the file "lines" for below
 *   listeners hold PORT LINES FILE    holds so many lines to the server, from several addresses of this machine, and says so as a JSON object; then does what
 * lines of its standard input ask, each answered by a JSON object: "heard" (how many states of the poll the first line heard since it was last asked), "show"
 * (a moderator shows the result: how many ms later the first, the middle and the last line have it) */
#include "app/features.h"
#include "base/clock.h"
#include "feature/credential/credential.h"
#include "feature/person/person.h"
#include "web/session.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PER_TX = 500, ADDRESSES = 10, OPENING = 200 };

/* ── making ── */

struct making {
	struct ctx *cx;
	sqlite3 *db;
	int64_t org, designation, batch, session, poll, from, to;
	FILE *vote, *lines;
	struct {
		int64_t id;
		struct str cookie;
	} v[PER_TX];
};

static void run(struct making *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void run(struct making *m, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *sql = sqlite3_vmprintf(fmt, ap);
	va_end(ap);
	if (sqlite3_exec(m->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s\n%s\n", sqlite3_errmsg(m->db), sql);
		exit(1);
	}
	sqlite3_free(sql);
}

static int64_t number(struct making *m, const char *sql)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(m->db, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
		BUG(sqlite3_errmsg(m->db));
	int64_t n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void put_place(struct making *m)
{
	struct ctx *cx = m->cx;
	int64_t programme = new_id(cx), now = clock_now();
	m->batch = new_id(cx);
	m->session = new_id(cx);
	m->poll = new_id(cx);
	run(m,
	    "INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, "
	    "made_at, changed_at) "
	    "VALUES (%lld, %lld, 'BENCH', 'Bench', '', '', '', 'live', 60, 'none', 0, 0, 0, 1, 1)",
	    (long long)programme, (long long)m->org);
	run(m,
	    "INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, place, fee_paise, "
	    "made_at, changed_at, "
	    "cancelled_why) VALUES (%lld, %lld, %lld, 1, 'A', 'open', 5000, 0, 0, 1, 0, 0, 2, 3, '', 0, 1, 1, '')",
	    (long long)m->batch, (long long)programme, (long long)m->org);
	run(m, "INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (%lld, %lld, 1, 'Bench', '', %lld, %lld, '')",
	    (long long)m->session, (long long)m->batch, (long long)now, (long long)(now + HOUR));
	run(m,
	    "INSERT INTO live_poll (id, kind, thing_id, words, many, state, shown, voters, made_at, opened_at) VALUES (%lld, 'session', %lld, 'Which one?', 0, "
	    "'open', 1, 0, 1, "
	    "1)",
	    (long long)m->poll, (long long)m->session);
	for (int n = 0; n < 4; n++)
		run(m, "INSERT INTO live_option (poll_id, n, words, votes) VALUES (%lld, %d, 'Option %d', 0)", (long long)m->poll, n, n);
}

static enum err add_people(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	for (int64_t n = m->from; n < m->to; n++) {
		struct person_add in = { .name = str_fmt(cx->arena, "Listener %lld", (long long)n),
					 .email = str_fmt(cx->arena, "l%lld@bench.example", (long long)n),
					 .lang = S("en") };
		struct person_post post = { .org_id = m->org, .designation_id = m->designation, .supervisor_id = NONE, .from_day = person_today(cx) - 100 };
		TRY(person_add(cx, &in, &m->v[n - m->from].id));
		post.person_id = m->v[n - m->from].id;
		TRY(person_post(cx, &post));
		TRY(session_open(cx, post.person_id, S("bench"), &m->v[n - m->from].cookie));
	}
	return OK;
}

static void admit(struct making *m)
{
	struct ctx *cx = m->cx;
	run(m, "BEGIN");
	for (int64_t i = 0; i < m->to - m->from; i++) {
		struct str cookie = m->v[i].cookie, csrf = session_csrf(cx, cookie), body = str_fmt(cx->arena, "{\"choice\":[\"%d\"]}", (int)(i % 4));
		run(m,
		    "INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) VALUES (%lld, %lld, %lld, "
		    "'admitted', "
		    "'asked', 0, %lld, 0, 0, 1, 1)",
		    (long long)new_id(cx), (long long)m->batch, (long long)m->v[i].id, (long long)m->org);
		if (m->from + i == 0) {
			run(m, "INSERT INTO programme_coordinator (programme_id, person_id) SELECT programme_id, %lld FROM batch WHERE id = %lld",
			    (long long)m->v[i].id, (long long)m->batch);
			fprintf(m->lines, "%lld %lld %s\n", (long long)m->session, (long long)m->poll, csrf.p);
		}
		fprintf(m->lines, "%.*s\n", STR_ARG(cookie));
		struct str vote =
			str_fmt(cx->arena,
				"POST /api/v1/live/session/%lld/polls/%lld/vote HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\nX-CSRF-Token: %s\r\n"
				"Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
				(long long)m->session, (long long)m->poll, cookie.p, csrf.p, body.n, body.p);
		fprintf(m->vote, "!vote %zu\n%s", vote.n, vote.p);
	}
	run(m, "COMMIT");
}

static int make(const char *data, int64_t people, const char *requests)
{
	struct app app = { .person_changed = features_person_changed };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now(), .address = S("127.0.0.1"), .agent = S("bench") };
	struct making *m = calloc(1, sizeof *m);
	struct db_pool *pool;
	struct str message = STR_NONE;
	BUG_IF(!m || sodium_init() < 0);
	m->cx = &cx;
	app.ids = id_source_new(1);
	app.data_dir = str_of(data);
	const char *path = str_fmt(cx.arena, "%s/karmayogi.db", data).p;
	if (credential_keys(&cx, &app, &message) != OK || db_pool_open(&cx, str_fmt(cx.arena, "sqlite:%s", path).p, &pool, &message) != OK ||
	    db_connect(pool, &cx.db) != OK || sqlite3_open(path, &m->db) != SQLITE_OK) {
		fprintf(stderr, "%s\n", message.p ? message.p : cx.trouble);
		return 1;
	}
	run(m, "PRAGMA busy_timeout=10000");
	m->org = number(m, "SELECT id FROM org WHERE name_en = 'Establishment I Section'");
	m->designation = number(m, "SELECT id FROM designation WHERE code = 'assistant-section-officer'");
	m->vote = fopen(str_fmt(cx.arena, "%s/vote", requests).p, "wb");
	m->lines = fopen(str_fmt(cx.arena, "%s/lines", requests).p, "wb");
	BUG_IF(!m->vote || !m->lines);
	put_place(m);
	for (; m->from < people; m->from = m->to) {
		struct arena_mark mark = arena_mark(cx.arena);
		m->to = m->from + PER_TX < people ? m->from + PER_TX : people;
		if (db_write(&cx, pool, add_people, m) != OK) {
			fprintf(stderr, "%s\n", cx.trouble);
			return 1;
		}
		admit(m);
		arena_back(cx.arena, mark);
	}
	fclose(m->vote);
	fclose(m->lines);
	sqlite3_close(m->db);
	db_close(cx.db);
	db_pool_close(pool);
	return 0;
}

/* ── holding ── */

struct ear {
	int fd;
	bool opened, asked, held, has;
	int64_t at; /* when it had the result */
};
struct holding {
	int ep;
	struct sockaddr_in server;
	struct ear *v;
	size_t n, begun, held, has, broken;
	char (*cookie)[80];
	size_t n_cookies;
	long long session, poll;
	char csrf[80];
	unsigned states;
};

static int64_t now_ns(void)
{
	return clock_monotonic();
}

static void read_lines(struct holding *h, const char *path)
{
	char line[200];
	FILE *f = fopen(path, "r");
	BUG_IF(!f || !fgets(line, sizeof line, f));
	char *rest = line;
	h->session = strtoll(rest, &rest, 10);
	h->poll = strtoll(rest, &rest, 10);
	snprintf(h->csrf, sizeof h->csrf, "%.*s", (int)strcspn(rest + 1, "\n"), rest + 1);
	while (fgets(line, sizeof line, f)) {
		h->cookie = realloc(h->cookie, (h->n_cookies + 1) * sizeof *h->cookie);
		BUG_IF(!h->cookie);
		snprintf(h->cookie[h->n_cookies++], sizeof *h->cookie, "%.*s", (int)strcspn(line, "\n"), line);
	}
	fclose(f);
}

static void begin(struct holding *h)
{
	struct ear *e = &h->v[h->begun];
	struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (uint32_t)(h->begun % ADDRESSES)) };
	int one = 1, small = 4096;
	e->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (e->fd < 0) {
		perror("socket");
		exit(1);
	}
	setsockopt(e->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
	setsockopt(e->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	if (bind(e->fd, (struct sockaddr *)&from, sizeof from) != 0 ||
	    (connect(e->fd, (struct sockaddr *)&h->server, sizeof h->server) != 0 && errno != EINPROGRESS)) {
		perror("connect");
		exit(1);
	}
	struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT, .data.ptr = e };
	epoll_ctl(h->ep, EPOLL_CTL_ADD, e->fd, &ev);
	h->begun++;
}

static void ask(struct holding *h, struct ear *e)
{
	char text[400];
	int n = snprintf(text, sizeof text, "GET /live/session/%lld/stream HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\n\r\n", h->session,
			 h->cookie[(size_t)(e - h->v) % h->n_cookies]);
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = e };
	if (send(e->fd, text, (size_t)n, MSG_NOSIGNAL) != n)
		return;
	e->asked = true;
	epoll_ctl(h->ep, EPOLL_CTL_MOD, e->fd, &ev);
}

static void hear(struct holding *h, struct ear *e)
{
	char text[16384];
	ssize_t n = recv(e->fd, text, sizeof text - 1, 0);
	if (n <= 0) {
		if (n == 0 || errno != EAGAIN) {
			h->broken++;
			close(e->fd);
		}
		return;
	}
	text[n] = 0;
	if (!e->held && strstr(text, "HTTP/1.1 ")) {
		/* A line has no length. */
		e->held = strstr(text, "HTTP/1.1 200") && strstr(text, "retry: ") && !strstr(text, "Content-Length");
		*(e->held ? &h->held : &h->broken) += 1;
	}
	if (!e->has && strstr(text, "\"shown\":false")) {
		e->has = true;
		e->at = now_ns();
		h->has++;
	}
	for (const char *p = e == h->v ? text : ""; (p = strstr(p, "event: counts")); p++)
		h->states++;
}

static void turn(struct holding *h, int ms)
{
	struct epoll_event ev[512];
	int n = epoll_wait(h->ep, ev, 512, ms);
	for (int i = 0; i < n; i++) {
		struct ear *e = ev[i].data.ptr;
		if (!e)
			continue;
		if (!e->asked && (ev[i].events & EPOLLOUT))
			ask(h, e);
		if (ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
			hear(h, e);
	}
}

static int by_time(const void *a, const void *b)
{
	int64_t x = ((const struct ear *)a)->at, y = ((const struct ear *)b)->at;
	return (x > y) - (x < y);
}

/* The moderator changes what all see of the poll. */
static void show(struct holding *h)
{
	char text[800], body[] = "{\"act\":\"unshow\"}";
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	BUG_IF(fd < 0 || connect(fd, (struct sockaddr *)&h->server, sizeof h->server) != 0);
	int n = snprintf(text, sizeof text,
			 "POST /api/v1/live/session/%lld/polls/%lld/act HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\nX-CSRF-Token: %s\r\n"
			 "Content-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
			 h->session, h->poll, h->cookie[0], h->csrf, strlen(body), body);
	int64_t begun = now_ns();
	BUG_IF(send(fd, text, (size_t)n, MSG_NOSIGNAL) != n);
	int64_t answered = 0;
	n = 0;
	while ((h->has < h->held || !answered) && now_ns() - begun < 20 * INT64_C(1000000000)) {
		turn(h, 10);
		if (!answered && (n = (int)recv(fd, text, sizeof text - 1, MSG_DONTWAIT)) > 0)
			answered = now_ns();
	}
	text[n > 0 ? n : 0] = 0;
	close(fd);
	/* Only those that have it are looked at; the others were counted. */
	size_t k = 0;
	struct ear *v = calloc(h->n, sizeof *v);
	BUG_IF(!v);
	for (size_t i = 0; i < h->n; i++)
		if (h->v[i].has)
			v[k++] = h->v[i];
	qsort(v, k, sizeof *v, by_time);
	printf("{\"status\":%.3s,\"answered\":%.1f,\"has\":%zu,\"first\":%.1f,\"middle\":%.1f,\"last\":%.1f}\n", n > 12 ? text + 9 : "0",
	       (double)(answered - begun) / 1e6, k, k ? (double)(v[0].at - begun) / 1e6 : 0, k ? (double)(v[k / 2].at - begun) / 1e6 : 0,
	       k ? (double)(v[k - 1].at - begun) / 1e6 : 0);
	free(v);
}

static void command(struct holding *h, const char *word)
{
	if (strncmp(word, "heard", 5) == 0)
		printf("{\"states\":%u,\"broken\":%zu}\n", h->states, h->broken);
	else if (strncmp(word, "show", 4) == 0)
		show(h);
	h->states = 0;
	fflush(stdout);
}

static int hold(uint16_t port, size_t n, const char *path)
{
	struct holding h = { .ep = epoll_create1(EPOLL_CLOEXEC), .n = n, .v = calloc(n, sizeof *h.v) };
	struct rlimit r;
	BUG_IF(!h.v || getrlimit(RLIMIT_NOFILE, &r) != 0);
	r.rlim_cur = r.rlim_max;
	BUG_IF(setrlimit(RLIMIT_NOFILE, &r) != 0);
	h.server = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	read_lines(&h, path);
	int64_t begun = now_ns();
	while (h.held + h.broken < n && now_ns() - begun < 120 * INT64_C(1000000000)) {
		while (h.begun < n && h.begun < h.held + h.broken + OPENING)
			begin(&h);
		turn(&h, 100);
	}
	printf("{\"held\":%zu,\"broken\":%zu,\"seconds\":%.2f}\n", h.held, h.broken, (double)(now_ns() - begun) / 1e9);
	fflush(stdout);
	struct epoll_event ev = { .events = EPOLLIN };
	epoll_ctl(h.ep, EPOLL_CTL_ADD, STDIN_FILENO, &ev);
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	for (char word[100];;) {
		turn(&h, 200);
		ssize_t k = read(STDIN_FILENO, word, sizeof word - 1);
		if (k == 0)
			return 0;
		if (k > 0) {
			word[k] = 0;
			command(&h, word);
		}
	}
}

int main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "make") == 0)
		return make(argv[2], strtol(argv[3], NULL, 10), argv[4]);
	if (argc == 5 && strcmp(argv[1], "hold") == 0)
		return hold((uint16_t)strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), argv[4]);
	return 2;
}
