/* exams: many people before papers of forty questions, on a data folder that holds the demonstration.
 *
 *   exams DATA N REQUESTS   N people, one examination that all of them may open and one of which all have an open paper; writes the requests "opening" (the
 * form that opens a paper; load goes on to the page that it is sent to) and "answer" (one answer each, none twice)
 *
 * Questions are of the length that questions have here: some 120 letters, four options of some 45. */
#include "app/features.h"
#include "base/clock.h"
#include "feature/credential/credential.h"
#include "feature/person/person.h"
#include "web/session.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEMS = 40, PER_TX = 500, ANSWERS = 12, FORMS = 3 };

struct making {
	struct ctx *cx;
	sqlite3 *db;
	int64_t org, designation, competency, exam[2], form[2], from, to;
	FILE *opening, *answer;
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

/* ── the examinations ── */

static void put_item(struct making *m, int64_t id, int i)
{
	static const char *const words[] = { "a reply that has been asked for by a member and is due before the session ends",
					     "a file that came from another ministry without its annexures",
					     "an application which names no authority and is signed by somebody else" };
	run(m,
	    "INSERT INTO item (id, org_id, code, kind, status, version, live_version, competency_id, level, bloom, source, n, created_at, changed_at) "
	    "VALUES (%lld, %lld, 'bench-%lld', 'single', 'live', 1, 1, %lld, 2, '', '', 0, 1, 1)",
	    (long long)id, (long long)m->org, (long long)id, (long long)m->competency);
	run(m,
	    "INSERT INTO item_version (item_id, version, answer_key, points, steps, made_at, why) VALUES (%lld, 1, "
	    "'{\"options\":[{\"id\":\"a\",\"weight\":100}]}', 1, 1, 1, '')",
	    (long long)id);
	run(m,
	    "INSERT INTO item_text (item_id, version, lang, base, asked, feedback) VALUES (%lld, 1, 'en', 1, '{\"text\":\"Question %d: what is done first with "
	    "%s?\",\"options\":["
	    "{\"id\":\"a\",\"text\":\"It is entered in the register %d and marked\"},{\"id\":\"b\",\"text\":\"It is put up to the section officer %d\"},"
	    "{\"id\":\"c\",\"text\":\"It is returned with a reasoned note %d\"},{\"id\":\"d\",\"text\":\"It is kept until the next meeting of %d\"}]}', '{}')",
	    (long long)id, i, words[i % 3], i, i * 7, i * 3, i * 11);
}

static void put_exam(struct making *m, int which)
{
	struct ctx *cx = m->cx;
	int64_t id = m->exam[which] = new_id(cx), now = clock_now();
	run(m,
	    "INSERT INTO exam VALUES (%lld, %lld, 'bench-%d', 'Examination of the bench', '', 'standalone', 'forms', 'open', 'en', 120, 60, 20, 60, 'marks', "
	    "%lld, %lld, NULL, 0, NULL, NULL, "
	    "5, 30, 0.3, 0, NULL, %lld, %lld, NULL)",
	    (long long)id, (long long)m->org, which, (long long)now - 1000, (long long)(now + DAY), (long long)now, (long long)now);
	run(m, "INSERT INTO exam_part VALUES (%lld, 1, %lld, 2, '', %d)", (long long)id, (long long)m->competency, ITEMS);
	for (int f = 1; f <= FORMS; f++) {
		m->form[which] = new_id(cx);
		run(m, "INSERT INTO exam_form (id, exam_id, n, pool, items, points, made_at) VALUES (%lld, %lld, %d, 0, %d, %d, 1)", (long long)m->form[which],
		    (long long)id, f, ITEMS, ITEMS);
		for (int i = 1; i <= ITEMS; i++) {
			int64_t item = new_id(cx);
			put_item(m, item, i);
			run(m, "INSERT INTO exam_form_item (form_id, n, item_id, version, part) VALUES (%lld, %d, %lld, 1, 1)", (long long)m->form[which], i,
			    (long long)item);
		}
	}
}

/* ── the people ── */

static void put(FILE *f, const char *class, struct str text)
{
	fprintf(f, "%s %zu\n%s", class, text.n, text.p);
}

static void write_opening(struct making *m, struct str cookie)
{
	struct ctx *cx = m->cx;
	struct str body = str_fmt(cx->arena, "csrf=%s", session_csrf(cx, cookie).p);
	put(m->opening, "!+opening",
	    str_fmt(cx->arena,
		    "POST /exams/%lld/attempts HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\nAccept-Encoding: gzip\r\n"
		    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
		    (long long)m->exam[0], cookie.p, body.n, body.p));
}

static void write_answer(struct making *m, struct str cookie, int64_t attempt, int n)
{
	struct ctx *cx = m->cx;
	struct str body =
		str_fmt(cx->arena, "{\"answers\":[{\"n\":%d,\"seq\":%d,\"elapsed_ms\":1000,\"spent_ms\":900,\"given\":[\"%c\"]}]}", n, 1000 + n, 'a' + n % 4);
	put(m->answer, "!answer",
	    str_fmt(cx->arena,
		    "PUT /api/v1/exam-attempts/%lld/answers HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\nX-CSRF-Token: %s\r\n"
		    "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
		    (long long)attempt, cookie.p, session_csrf(cx, cookie).p, body.n, body.p));
}

struct person {
	int64_t id, session;
	struct str cookie;
};
struct group {
	struct making *m;
	struct person v[PER_TX];
};

static enum err add_people(struct ctx *cx, void *arg)
{
	struct group *g = arg;
	struct making *m = g->m;
	for (int64_t n = m->from; n < m->to; n++) {
		struct person *p = &g->v[n - m->from];
		struct person_add in = { .name = str_fmt(cx->arena, "Taker %lld", (long long)n),
					 .email = str_fmt(cx->arena, "t%lld@bench.example", (long long)n),
					 .lang = S("en") };
		struct person_post post = { .org_id = m->org, .designation_id = m->designation, .supervisor_id = NONE, .from_day = person_today(cx) - 100 };
		TRY(person_add(cx, &in, &p->id));
		post.person_id = p->id;
		TRY(person_post(cx, &post));
		TRY(session_open(cx, p->id, S("bench"), &p->cookie));
	}
	return OK;
}

/* Behind their backs, since the program opens papers only for who asks. */
static void open_papers(struct group *g, int64_t n)
{
	struct making *m = g->m;
	int64_t now = clock_now();
	run(m, "BEGIN");
	for (int64_t i = 0; i < n; i++) {
		struct person *p = &g->v[i];
		int64_t attempt = new_id(m->cx);
		run(m,
		    "INSERT INTO exam_attempt (taker_id, id, exam_id, form_id, n, state, lang, seed, secret, device, device_at, opened_at, ends_at, "
		    "extended_ms, max_marks, passed) "
		    "SELECT %lld, %lld, %lld, %lld, 1, 'open', 'en', %lld, '00ff', 'session ' || id, %lld, %lld, %lld, 0, %d, 0 FROM session WHERE person_id = "
		    "%lld",
		    (long long)p->id, (long long)attempt, (long long)m->exam[1], (long long)m->form[1], (long long)attempt, (long long)now, (long long)now,
		    (long long)(now + 2 * HOUR), ITEMS, (long long)p->id);
		write_opening(m, p->cookie);
		for (int k = 1; k <= ANSWERS; k++)
			write_answer(m, p->cookie, attempt, k);
	}
	run(m, "COMMIT");
}

static FILE *file_in(struct ctx *cx, const char *folder, const char *name)
{
	FILE *f = fopen(str_fmt(cx->arena, "%s/%s", folder, name).p, "wb");
	BUG_IF(!f);
	return f;
}

int main(int argc, char **argv)
{
	struct app app = { .person_changed = features_person_changed };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now(), .address = S("127.0.0.1"), .agent = S("bench") };
	struct making m = { .cx = &cx };
	struct group g = { .m = &m };
	struct db_pool *pool;
	struct str message = STR_NONE;
	if (argc != 4)
		return 2;
	BUG_IF(sodium_init() < 0);
	app.ids = id_source_new(1);
	app.data_dir = str_of(argv[1]);
	const char *path = str_fmt(cx.arena, "%s/karmayogi.db", argv[1]).p;
	if (credential_keys(&cx, &app, &message) != OK || db_pool_open(&cx, str_fmt(cx.arena, "sqlite:%s", path).p, &pool, &message) != OK ||
	    db_connect(pool, &cx.db) != OK || sqlite3_open(path, &m.db) != SQLITE_OK) {
		fprintf(stderr, "%s\n", message.p ? message.p : cx.trouble);
		return 1;
	}
	run(&m, "PRAGMA busy_timeout=10000");
	m.org = number(&m, "SELECT id FROM org WHERE name_en = 'Establishment I Section'");
	m.designation = number(&m, "SELECT id FROM designation WHERE code = 'assistant-section-officer'");
	m.competency = number(&m, "SELECT id FROM competency WHERE kind = 'theme' ORDER BY id LIMIT 1");
	run(&m, "BEGIN");
	put_exam(&m, 0);
	put_exam(&m, 1);
	run(&m, "COMMIT");
	m.opening = file_in(&cx, argv[3], "opening");
	m.answer = file_in(&cx, argv[3], "answer");
	for (int64_t n = strtol(argv[2], NULL, 10); m.from < n; m.from = m.to) {
		struct arena_mark mark = arena_mark(cx.arena);
		m.to = m.from + PER_TX < n ? m.from + PER_TX : n;
		if (db_write(&cx, pool, add_people, &g) != OK) {
			fprintf(stderr, "%s\n", cx.trouble);
			return 1;
		}
		open_papers(&g, m.to - m.from);
		arena_back(cx.arena, mark);
	}
	fclose(m.opening);
	fclose(m.answer);
	sqlite3_close(m.db);
	db_close(cx.db);
	db_pool_close(pool);
	return 0;
}
