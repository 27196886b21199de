/* gaps: measures levels and gaps of many people, on a data folder that holds the demonstration.
 *
 *   gaps DATA settle N REQUESTS   N people in 200 offices below one ministry, with a post that asks 35 competencies of each (in one office 8): settles them; then pieces of evidence
 *                                 on their own; writes requests of gap pages and of the ministry's map
 *   gaps DATA rebuild N           N people with three pieces of evidence each: makes their levels anew
 *
 * A line a figure. */
#include "app/features.h"
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/credential/credential.h"
#include "feature/gap/gap.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/post/post.h"
#include "feature/proficiency/proficiency.h"
#include "web/session.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPARTMENTS = 20, OFFICES = 200, COMPETENCIES = 35, FEW = 8, PER_TX = 1000, SESSIONS = 4000, PIECES = 50000, IN_FLIGHT = 256 };

struct measure {
	struct ctx *cx;
	struct db_pool *pool;
	int64_t ministry, department[DEPARTMENTS], office[OFFICES], post[OFFICES], designation, role, few_role, admin, from, to;
	int64_t competency[COMPETENCIES];
	int64_t *person;
	const char *out;
	FILE *pages, *few, *map;
};

static void must(struct ctx *cx, enum err e, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "%s: %s %s %s\n", what, err_slug(e), cx->n_failures ? cx->failures[0].text : "", cx->trouble);
	exit(1);
}

static void change(struct measure *m, db_fn *fn, const char *what)
{
	arena_reset(m->cx->arena);
	m->cx->now = clock_now();
	must(m->cx, db_write(m->cx, m->pool, fn, m), what);
}

static double since(int64_t begun)
{
	return (double)(clock_monotonic() - begun) / 1e9;
}

/* ── places, posts and what they ask ── */

static enum err find_competencies(struct ctx *cx, struct measure *m)
{
	struct framework_kept kept;
	bool found = false;
	int n = 0;
	TRY(framework_load(cx, S("kcm"), person_today(cx), false, &kept, &found));
	BUG_IF(!found);
	for (size_t i = 0; i < kept.fw.n && n < COMPETENCIES; i++)
		if (kept.fw.v[i].kind == ENTRY_THEME)
			m->competency[n++] = kept.ids[i];
	BUG_IF(n < COMPETENCIES);
	return OK;
}

static enum err add_org(struct ctx *cx, const char *kind, const char *code, int64_t parent, int64_t *ret)
{
	struct org_add o = { str_of(code), str_of(kind), str_of(code), str_of(code), str_of(code), parent };
	return org_add(cx, &o, ret);
}

static enum err make_places(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	TRY(find_competencies(cx, m));
	TRY(add_org(cx, "ministry", "measured", NONE, &m->ministry));
	for (int i = 0; i < DEPARTMENTS; i++)
		TRY(add_org(cx, "department", str_fmt(cx->arena, "measured-d%d", i).p, m->ministry, &m->department[i]));
	for (int i = 0; i < OFFICES; i++)
		TRY(add_org(cx, "office", str_fmt(cx->arena, "measured-o%d", i).p, m->department[i % DEPARTMENTS], &m->office[i]));
	m->designation = new_id(cx);
	TRY(person_sql_add_designation(cx, m->designation, S("measured"), S("Measured"), S("मापित"), S("CSS"), S("B"), 8, 1, NULL));
	TRY(work_role_set(cx, &(struct work_role_set){ m->ministry, S("all"), S("Everything"), S("") }, &m->role));
	TRY(work_role_set(cx, &(struct work_role_set){ m->ministry, S("few"), S("A few things"), S("") }, &m->few_role));
	for (int i = 0; i < COMPETENCIES + FEW; i++) {
		int64_t role = i < COMPETENCIES ? m->role : m->few_role;
		struct activity_need need = { m->competency[i % COMPETENCIES], 1 + i % 3 };
		int64_t id;
		TRY(activity_set(cx, &(struct activity_set){ role, str_fmt(cx->arena, "a%d", i), S("Activity"), S(""), &need, 1 }, &id));
	}
	for (int i = 0; i < OFFICES; i++) {
		struct post_set p = { .org_id = m->office[i], .code = S("all"), .title_en = S("Everything"), .title_hi = S(""), .place = S(""), .designation_id = m->designation,
				      .sanctioned = 100000, .service = S(""), .from_day = person_today(cx) - 1000, .roles = i ? &m->role : &m->few_role, .n_roles = 1 };
		TRY(post_set(cx, &p, &m->post[i]));
	}
	TRY(person_add(cx, &(struct person_add){ .name = S("Administrator of measures"), .lang = S("en") }, &m->admin));
	return access_grant(cx, m->admin, S("mdo_admin"), m->ministry, 0);
}

/* ── people ── */

static enum err make_people(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	cx->bulk = true;
	for (int64_t n = m->from; n < m->to; n++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct person_add in = { .name = str_fmt(cx->arena, "Person %lld", (long long)n), .lang = S("en") };
		struct person_post post = { .org_id = m->office[n % OFFICES], .designation_id = m->designation, .supervisor_id = NONE, .from_day = person_today(cx) - 300 };
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		TRY(post_sql_hold(cx, new_id(cx), m->post[n % OFFICES], post.person_id, S("substantive"), post.from_day, NONE, S(""), cx->now, NULL));
		m->person[n] = post.person_id;
		arena_back(cx->arena, mark);
	}
	cx->bulk = false;
	return OK;
}

static void people(struct measure *m, int64_t n)
{
	m->person = calloc((size_t)n, sizeof *m->person);
	for (m->from = 0; m->from < n; m->from = m->to) {
		m->to = m->from + PER_TX < n ? m->from + PER_TX : n;
		change(m, make_people, "people");
	}
}

static enum err sweep(struct ctx *cx, void *arg)
{
	(void)arg;
	return gap_sweep_soon(cx);
}

static void work(struct measure *m, const char *what)
{
	struct job_options o = { .kinds = feature_jobs, .pool = m->pool, .app = m->cx->app };
	struct ctx cx = { .arena = arena_new(), .app = m->cx->app, .db = m->cx->db };
	int64_t begun = clock_monotonic();
	unsigned n;
	must(&cx, job_run_due(&cx, &o, &n), what);
	printf("%-60s %9.1f s\n", what, since(begun));
	fflush(stdout);
	arena_free(cx.arena);
}

/* ── evidence, piece by piece, many at once as a server has them ── */

struct flight {
	pthread_mutex_t lock;
	pthread_cond_t landed;
	unsigned n;
	int64_t refused;
};
struct piece {
	struct db_piece piece;
	struct ctx cx;
	struct evidence_add in;
	struct flight *flight;
	bool busy;
};

static enum err add_piece(struct ctx *cx, void *arg)
{
	struct piece *p = arg;
	int64_t id;
	return evidence_add(cx, &p->in, &id);
}

static void landed(struct db_piece *piece, enum err e)
{
	struct piece *p = (struct piece *)piece;
	pthread_mutex_lock(&p->flight->lock);
	p->busy = false;
	p->flight->n--;
	p->flight->refused += e != OK;
	pthread_cond_signal(&p->flight->landed);
	pthread_mutex_unlock(&p->flight->lock);
}

static struct piece *free_one(struct piece *v, struct flight *f)
{
	pthread_mutex_lock(&f->lock);
	while (f->n == IN_FLIGHT)
		pthread_cond_wait(&f->landed, &f->lock);
	struct piece *p = v;
	while (p->busy)
		p++;
	p->busy = true;
	f->n++;
	pthread_mutex_unlock(&f->lock);
	return p;
}

static void pieces(struct measure *m, int64_t n_people)
{
	static struct piece v[IN_FLIGHT];
	struct flight f = { .n = 0 };
	static const enum evidence_kind kinds[] = { EVIDENCE_supervisor, EVIDENCE_peer, EVIDENCE_course_test, EVIDENCE_certificate };
	int64_t begun = clock_monotonic();
	pthread_mutex_init(&f.lock, NULL);
	pthread_cond_init(&f.landed, NULL);
	for (int64_t i = 0; i < PIECES; i++) {
		struct piece *p = free_one(v, &f);
		struct arena *arena = p->cx.arena ? p->cx.arena : arena_new();
		arena_reset(arena);
		p->flight = &f;
		p->cx = (struct ctx){ .arena = arena, .app = m->cx->app, .db = m->cx->db, .now = clock_now() };
		p->in = (struct evidence_add){ m->person[(i * 7919) % n_people], m->competency[i % COMPETENCIES], kinds[i % 4], 1000 * (i % 4), m->admin, NONE, S("") };
		p->piece = (struct db_piece){ .cx = &p->cx, .run = add_piece, .arg = p, .done = landed };
		db_write_start(m->pool, &p->piece);
	}
	pthread_mutex_lock(&f.lock);
	while (f.n)
		pthread_cond_wait(&f.landed, &f.lock);
	pthread_mutex_unlock(&f.lock);
	BUG_IF(f.refused);
	printf("%-60s %9.1f /s\n", "evidence, durable, with level, gap and figures", PIECES / since(begun));
	for (int i = 0; i < IN_FLIGHT; i++)
		if (v[i].cx.arena)
			arena_free(v[i].cx.arena);
}

/* ── requests ── */

static void put_request(FILE *f, struct ctx *cx, const char *class, const char *path, struct str cookie)
{
	struct str r = str_fmt(cx->arena, "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: session=%.*s\r\n\r\n", path, STR_ARG(cookie));
	fprintf(f, "%s %zu\n%.*s", class, r.n, STR_ARG(r));
}

static enum err sessions(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	struct str cookie;
	for (int64_t i = m->from; i < m->to; i++) {
		TRY(session_open(cx, m->person[i], S("bench"), &cookie));
		/* Of those of the first office a few are asked. */
		put_request(i % OFFICES ? m->pages : m->few, cx, i % OFFICES ? "gaps" : "few", "/me/gaps", cookie);
	}
	if (m->from)
		return OK;
	TRY(session_open(cx, m->admin, S("bench"), &cookie));
	for (int i = 0; i < 500; i++)
		put_request(m->map, cx, "map", str_fmt(cx->arena, "/orgs/%lld/gaps", (long long)m->ministry).p, cookie);
	return OK;
}

static void requests(struct measure *m, int64_t n)
{
	m->pages = fopen(str_fmt(m->cx->arena, "%s/gaps", m->out).p, "wb");
	m->few = fopen(str_fmt(m->cx->arena, "%s/few", m->out).p, "wb");
	m->map = fopen(str_fmt(m->cx->arena, "%s/map", m->out).p, "wb");
	BUG_IF(!m->pages || !m->few || !m->map);
	for (m->from = 0; m->from < n && m->from < SESSIONS; m->from = m->to) {
		m->to = m->from + 500;
		change(m, sessions, "sessions");
	}
	fclose(m->pages);
	fclose(m->few);
	fclose(m->map);
}

static void settle(struct measure *m, int64_t n)
{
	change(m, make_places, "places");
	people(m, n);
	change(m, sweep, "sweep");
	work(m, "what a post asks, settled for all");
	pieces(m, n);
	requests(m, n);
}

/* ── levels anew ── */

static enum err make_evidence(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	static const char *const kinds[] = { "supervisor", "certificate", "course-test" };
	for (int64_t n = m->from; n < m->to; n++) {
		struct arena_mark mark = arena_mark(cx->arena);
		for (int i = 0; i < 3; i++)
			TRY(proficiency_sql_add(cx, new_id(cx), m->person[n], m->competency[(n + i) % COMPETENCIES], str_of(kinds[i]), 1000 * ((n + i) % 4), cx->now - n % 1000 * DAY, NONE,
						NONE, S(""), NONE, NONE, NULL));
		arena_back(cx->arena, mark);
	}
	return OK;
}

static enum err anew(struct ctx *cx, void *arg)
{
	(void)arg;
	return proficiency_rebuild(cx);
}

static void rebuild(struct measure *m, int64_t n)
{
	change(m, make_places, "places");
	people(m, n);
	for (m->from = 0; m->from < n; m->from = m->to) {
		m->to = m->from + PER_TX < n ? m->from + PER_TX : n;
		change(m, make_evidence, "evidence");
	}
	int64_t begun = clock_monotonic();
	change(m, anew, "anew");
	printf("%-60s %9.1f s\n", "levels anew, three pieces of evidence a person", since(begun));
}

int main(int argc, char **argv)
{
	struct app app = { .person_changed = features_person_changed };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now(), .address = S("127.0.0.1"), .agent = S("bench") };
	struct measure m = { .cx = &cx };
	struct str message = STR_NONE;
	if (argc < 4)
		return 2;
	BUG_IF(sodium_init() < 0);
	app.ids = id_source_new(1);
	app.data_dir = str_of(argv[1]);
	if (credential_keys(&cx, &app, &message) != OK || db_pool_open(&cx, str_fmt(cx.arena, "sqlite:%s/karmayogi.db", argv[1]).p, &m.pool, &message) != OK) {
		fprintf(stderr, "%s\n", message.p);
		return 1;
	}
	struct arena *kept = cx.arena;
	cx.arena = arena_new();
	must(&cx, db_connect(m.pool, &cx.db), "database");
	if (argc > 4) {
		m.out = argv[4];
		settle(&m, strtol(argv[3], NULL, 10));
	} else {
		rebuild(&m, strtol(argv[3], NULL, 10));
	}
	db_close(cx.db);
	db_pool_close(m.pool);
	free(m.person);
	arena_free(cx.arena);
	arena_free(kept);
	return 0;
}
