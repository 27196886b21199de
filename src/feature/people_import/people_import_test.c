/* Rules of staff lists, on the back end that TEST_DATABASE names (an own SQLite file when it is absent; another database is only added to). */
#include "feature/people_import/people_import.h"
#include "app/features.h"
#include "feature/check/check.h"
#include "feature/org/org.h"
#include "feature/people_import/seen.h"
#include "feature/person/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#include <ftw.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEAD "Employee Code,Name,Email,Mobile No,Office,Designation,Reporting Officer,Date of Posting,Left on\n"

static struct {
	struct arena *arena;
	struct app app;
	struct ctx cx;
	struct db_pool *pool;
	char folder[64], url[400], tag[8];
	int64_t ministry, office, other;
} w;

/* ── helpers ── */

static void change(db_fn *fn, void *arg)
{
	w.cx.now = w.app.fixed_now;
	w.cx.n_failures = 0;
	enum err e = db_write(&w.cx, w.pool, fn, arg);
	if (e != OK)
		print_error("%s: %s\n", err_slug(e), w.cx.n_failures ? w.cx.failures[0].text : w.cx.trouble);
	assert_int_equal(e, OK);
}

static enum err make_world(struct ctx *cx, void *arg)
{
	(void)arg;
	struct org_add o = { .code = str_fmt(cx->arena, "m%s", w.tag), .kind = S("ministry"), .name_en = str_fmt(cx->arena, "Ministry %s", w.tag), .name_hi = S("मंत्रालय"),
			     .short_name = S("M"), .parent_id = NONE };
	TRY(org_add(cx, &o, &w.ministry));
	o.code = str_fmt(cx->arena, "x%s", w.tag);
	o.name_en = str_fmt(cx->arena, "Other %s", w.tag);
	TRY(org_add(cx, &o, &w.other));
	o = (struct org_add){ .code = str_fmt(cx->arena, "o%s", w.tag), .kind = S("office"), .name_en = str_fmt(cx->arena, "Office %s", w.tag), .name_hi = S("कार्यालय"),
			      .short_name = S("O"), .parent_id = w.ministry };
	TRY(org_add(cx, &o, &w.office));
	TRY(person_sql_add_designation(cx, new_id(cx), str_fmt(cx->arena, "so%s", w.tag), str_fmt(cx->arena, "Section Officer %s", w.tag), S("अनुभाग अधिकारी"), S("CSS"), S("B"), 8, 2, NULL));
	return person_sql_add_designation(cx, new_id(cx), str_fmt(cx->arena, "as%s", w.tag), str_fmt(cx->arena, "Assistant %s", w.tag), S("सहायक"), S("CSS"), S("B"), 7, 1, NULL);
}

/* $ in a list stands for the tag of this run, so that a database that is used again has other codes. */
static const char *list_file(const char *text, size_t n)
{
	const char *path = str_fmt(w.arena, "%s/list", w.folder).p;
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	for (size_t i = 0; i < n; i++)
		text[i] == '$' ? fputs(w.tag, f) : fputc(text[i], f);
	fclose(f);
	return path;
}

struct bringing {
	const char *path;
	const char *columns;
	bool complete, all;
	int64_t org_id, id;
	struct people_import_one_row row;
};
static enum err bring_in(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	struct people_import_add in = { .org_id = b->org_id, .path = b->path, .file_name = S("list.csv") };
	struct staff_map m;
	struct strs head;
	bool found;
	TRY(people_import_add(cx, &in, &b->id));
	TRY(people_import_sql_one(cx, b->id, &b->row, &found));
	assert_true(people_import_kept_head(cx, b->row.head, &head));
	TRY(people_import_columns(cx, b->org_id, &head, &m));
	return people_import_check(cx, b->id, &m, b->complete);
}

static enum err look_in(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	bool found;
	return people_import_sql_one(cx, b->id, &b->row, &found);
}

static enum err apply_in(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	return people_import_apply(cx, b->id, b->all);
}

static enum err undo_in(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	return people_import_undo(cx, b->id);
}

static enum err stop_in(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	return people_import_stop(cx, b->id);
}

static void work(void)
{
	struct job_options o = { .kinds = feature_jobs, .pool = w.pool, .app = &w.app };
	struct ctx cx = { .arena = arena_new(), .app = &w.app, .db = w.cx.db };
	unsigned n;
	assert_int_equal(job_run_due(&cx, &o, &n), OK);
	arena_free(cx.arena);
}

static void look(struct bringing *b)
{
	assert_int_equal(db_read(&w.cx, look_in, b), OK);
}

static struct bringing checked(int64_t org_id, const char *text, bool complete)
{
	struct bringing b = { .path = list_file(text, strlen(text)), .org_id = org_id, .complete = complete };
	change(bring_in, &b);
	work();
	look(&b);
	return b;
}

static struct bringing applied(const char *text, bool complete)
{
	struct bringing b = checked(w.ministry, text, complete);
	assert_string_equal(b.row.state.p, "checked");
	change(apply_in, &b);
	work();
	look(&b);
	return b;
}

static void undo(struct bringing *b)
{
	change(undo_in, b);
	work();
	look(b);
}

struct asking {
	const char *number;
	struct people_import_person_row p;
	bool found;
};
static enum err person_in(struct ctx *cx, void *arg)
{
	struct asking *a = arg;
	return people_import_sql_person(cx, w.ministry, str_fmt(cx->arena, "%s%s", a->number, w.tag), &a->p, &a->found);
}

static struct people_import_person_row person(const char *number)
{
	struct asking a = { .number = number };
	assert_int_equal(db_read(&w.cx, person_in, &a), OK);
	assert_true(a.found);
	return a.p;
}

static bool known(const char *number)
{
	struct asking a = { .number = number };
	assert_int_equal(db_read(&w.cx, person_in, &a), OK);
	return a.found;
}

static enum err postings_in(struct ctx *cx, void *arg)
{
	struct { int64_t id; size_t n; } *q = arg;
	struct person_postings_row *rows;
	return person_sql_postings(cx, q->id, &rows, &q->n);
}

static size_t postings(int64_t id)
{
	struct { int64_t id; size_t n; } q = { id, 0 };
	assert_int_equal(db_read(&w.cx, postings_in, &q), OK);
	return q.n;
}

static const char *kept_file(const struct bringing *b, const char *what)
{
	static char text[1 << 16];
	FILE *f = fopen(people_import_file(&w.cx, b->id, what), "rb");
	assert_non_null(f);
	text[fread(text, 1, sizeof text - 1, f)] = 0;
	fclose(f);
	return text;
}

static void next_day(void)
{
	w.app.fixed_now += DAY;
	w.cx.now = w.app.fixed_now;
}

#define COUNTS(b, n, c, m, l, u, x)                \
	assert_int_equal((b).row.n_new, n);        \
	assert_int_equal((b).row.n_changed, c);    \
	assert_int_equal((b).row.n_moved, m);      \
	assert_int_equal((b).row.n_left, l);       \
	assert_int_equal((b).row.n_unchanged, u);  \
	assert_int_equal((b).row.n_refused, x)

/* ── rules ── */

static const char two[] = HEAD "A1$,Asha Kumari,a1$@gov.in,,o$,so$,,01-04-2024,\nA2$,सुनीता देवी,,98000 00001,Office $,Assistant $,A1$,2024-04-01,\n";

static void the_check_changes_nothing(void **state)
{
	struct bringing b = checked(w.ministry, two, false);
	(void)state;
	assert_string_equal(b.row.state.p, "checked");
	COUNTS(b, 2, 0, 0, 0, 0, 0);
	assert_false(known("A1"));
	assert_non_null(strstr(kept_file(&b, "changes.csv"), "सुनीता देवी"));
}

static void people_arrive_with_posting_and_supervisor_of_the_same_list(void **state)
{
	struct bringing b = applied(two, false);
	struct people_import_person_row boss = person("A1"), p = person("A2");
	(void)state;
	assert_string_equal(b.row.state.p, "applied");
	assert_int_equal(p.at_org_id, w.office);
	assert_int_equal(p.supervisor_id, boss.id);
	assert_string_equal(p.mobile.p, "+919800000001");
	assert_int_equal(p.from_day, clock_day_of(2024, 4, 1));
}

static void the_same_list_again_changes_nothing(void **state)
{
	struct bringing b = applied(two, false);
	(void)state;
	COUNTS(b, 0, 0, 0, 0, 2, 0);
	assert_int_equal(b.row.n_applied, 0);
	assert_int_equal(postings(person("A2").id), 1);
}

static void a_supervisor_further_down_is_found_and_the_order_does_not_matter(void **state)
{
	struct bringing b = applied("Office;Designation;Reporting Officer;EMP ID;Employee Name\r\no$;as$;B2$;B1$;First\r\no$;so$;;B2$;Boss\r\n", false);
	(void)state;
	COUNTS(b, 2, 0, 0, 0, 0, 0);
	assert_int_equal(person("B1").supervisor_id, person("B2").id);
	assert_int_equal(postings(person("B1").id), 1);
}

static void a_move_is_a_new_posting_and_nothing_of_the_past_is_lost(void **state)
{
	(void)state;
	next_day();
	struct bringing b = applied(HEAD "B1$,First,,,m$,as$,,,\n", false);
	COUNTS(b, 0, 0, 1, 0, 0, 0);
	struct people_import_person_row p = person("B1");
	assert_int_equal(p.at_org_id, w.ministry);
	assert_int_equal(postings(p.id), 2);
	undo(&b);
	assert_string_equal(b.row.state.p, "undone");
	p = person("B1");
	assert_int_equal(p.at_org_id, w.office);
	assert_int_equal(p.supervisor_id, person("B2").id);
	assert_int_equal(postings(p.id), 1);
}

static void each_fault_is_told_by_row_and_column_and_the_rest_goes_in(void **state)
{
	static const char text[] = HEAD "C1$,Good One,c1$@gov.in,,o$,so$,,,\n"
					",No Number,,,o$,so$,,,\n"
					"C2$,,,,o$,so$,,,\n"
					"C3$,Bad Mail,not a mail,,o$,so$,,,\n"
					"C4$,Bad Mobile,,12345,o$,so$,,,\n"
					"C5$,Bad Place,,,nowhere,so$,,,\n"
					"C6$,Bad Designation,,,o$,emperor,,,\n"
					"C7$,Bad Date,,,o$,so$,,31-02-2024,\n"
					"C8$,Future,,,o$,so$,,2999-01-01,\n"
					"C1$,Twice,,,o$,so$,,,\n"
					"C9$,Taken,a1$@gov.in,,o$,so$,,,\n"
					"C10$,Own Boss,,,o$,so$,C10$,,\n"
					"C11$,Boss Of Nobody,,,o$,so$,Z9$,,\n"
					"C12$,Boss Refused,,,o$,so$,C11$,,\n"
					"C13$,Other Ministry,,,x$,so$,,,\n"
					"C14$,Invalid \xff UTF-8,,,o$,so$,,,\n"
					"\n"
					"C15$,=Good Two,,,o$,so$,C1$,,\n";
	struct bringing b = applied(text, false);
	const char *refused = kept_file(&b, "refused.csv");
	(void)state;
	COUNTS(b, 2, 0, 0, 0, 0, 15);
	assert_true(known("C1") && known("C15") && !known("C12"));
	static const char *const told[] = {
		"\"3\",\"employee_no\",\"is needed\"", "\"4\",\"name\",\"is needed\"", "\"5\",\"email\"", "\"6\",\"mobile\"", "\"7\",\"organisation\"",
		"\"8\",\"designation\"", "\"9\",\"from\"", "\"10\",\"from\",\"lies in the future\"", "\"11\",\"employee_no\",\"stands in an earlier row",
		"\"12\",\"email\",\"belongs to somebody else\"", "\"13\",\"supervisor\",\"cannot be the person itself\"",
		"\"14\",\"supervisor\",\"is the employee number of nobody", "\"15\",\"supervisor\",\"is the employee number of a row that is refused itself\"",
		"\"16\",\"organisation\"", "\"17\",\"name\",\"is not text in UTF-8\"",
	};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (!strstr(refused, told[i])) {
			print_error("not told: %s\n%s", told[i], refused);
			assert_true(false);
		}
	assert_non_null(strstr(kept_file(&b, "changes.csv"), "\"'=Good Two\""));
}

static void all_or_nothing_brings_nothing_when_a_row_is_refused(void **state)
{
	struct bringing b = checked(w.ministry, HEAD "D1$,Good,,,o$,so$,,,\nD2$,,,,o$,so$,,,\n", false);
	(void)state;
	b.all = true;
	w.cx.n_failures = 0;
	assert_int_equal(db_write(&w.cx, w.pool, apply_in, &b), ERR_CONFLICT);
	work();
	assert_false(known("D1"));
}

static void all_or_nothing_takes_back_what_was_done_when_a_row_comes_too_late(void **state)
{
	struct bringing b = checked(w.ministry, HEAD "E1$,Good,,,o$,so$,,,\nE2$,Late,e2$@gov.in,,o$,so$,,,\n", false);
	(void)state;
	applied(HEAD "E3$,Faster,e2$@gov.in,,o$,so$,,,\n", false);
	b.all = true;
	change(apply_in, &b);
	work();
	look(&b);
	assert_string_equal(b.row.state.p, "undone");
	assert_string_equal(person("E1").state.p, "left");
	assert_false(known("E2"));
}

static void who_is_not_in_a_complete_list_has_left_and_may_be_taken_back(void **state)
{
	(void)state;
	next_day();
	struct bringing b = applied(HEAD "A1$,Asha Kumari,a1$@gov.in,,o$,so$,,01-04-2024,\n", true);
	assert_true(b.row.n_left >= 5);
	assert_string_equal(person("A2").state.p, "left");
	assert_int_equal(person("A2").posting_id, NONE);
	assert_string_equal(person("A1").state.p, "active");
	undo(&b);
	assert_int_equal(b.row.n_late, 0);
	assert_string_equal(person("A2").state.p, "active");
	assert_int_equal(person("A2").supervisor_id, person("A1").id);
}

static void who_left_and_comes_back_is_the_same_person(void **state)
{
	(void)state;
	int64_t id = person("A2").id;
	struct str yesterday = str_fmt(w.arena, HEAD "A2$,सुनीता देवी,,9800000001,o$,as$,A1$,01-04-2024,%04d-%02d-%02d\n", clock_date(person_today(&w.cx) - 1).year,
				       clock_date(person_today(&w.cx) - 1).month, clock_date(person_today(&w.cx) - 1).day);
	struct bringing b = applied(yesterday.p, false);
	COUNTS(b, 0, 0, 0, 1, 0, 0);
	assert_string_equal(person("A2").state.p, "left");
	next_day();
	b = applied(HEAD "A2$,सुनीता देवी,,9800000001,o$,as$,A1$,,\n", false);
	COUNTS(b, 0, 0, 1, 0, 0, 0);
	assert_int_equal(person("A2").id, id);
	assert_string_equal(person("A2").state.p, "active");
	assert_int_equal(postings(id), 2);
}

static void what_somebody_changed_since_is_not_taken_back(void **state)
{
	(void)state;
	next_day();
	struct bringing b = applied(HEAD "A1$,Asha K.,a1$@gov.in,,o$,so$,,,\nB2$,Boss Two,,,o$,so$,,,\n", false);
	COUNTS(b, 0, 2, 0, 0, 0, 0);
	applied(HEAD "A1$,Asha Kumari Singh,a1$@gov.in,,o$,so$,,,\n", false);
	undo(&b);
	assert_int_equal(b.row.n_late, 1);
	assert_string_equal(person("A1").name.p, "Asha Kumari Singh");
	assert_string_equal(person("B2").name.p, "Boss");
}

static void nobody_outside_the_organisation_is_touched(void **state)
{
	struct bringing b = checked(w.other, HEAD "A1$,Stolen,,,x$,so$,,,\n", false);
	(void)state;
	COUNTS(b, 0, 0, 0, 0, 0, 1);
	assert_non_null(strstr(kept_file(&b, "refused.csv"), "a transfer has to be asked for"));
}

static void thirty_days_later_nothing_is_taken_back(void **state)
{
	struct bringing b = applied(HEAD "F1$,Stays,,,o$,so$,,,\n", false);
	(void)state;
	w.app.fixed_now += 30 * DAY + SECOND;
	w.cx.now = w.app.fixed_now;
	w.cx.n_failures = 0;
	assert_int_equal(db_write(&w.cx, w.pool, undo_in, &b), ERR_CONFLICT);
	assert_string_equal(person("F1").state.p, "active");
}

static void what_is_no_list_is_refused_with_a_sentence(void **state)
{
	static const struct { const char *text; size_t n; const char *says; } bad[] = {
		{ "", 0, "empty" }, { "\xff\xfe" "a\0b\0", 6, "UTF-16" }, { "a\0b\0", 4, "UTF-16" }, { "\"name", 5, "first row" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct bringing b = { .path = list_file(bad[i].text, bad[i].n), .org_id = w.ministry };
		w.cx.n_failures = 0;
		assert_int_equal(db_write(&w.cx, w.pool, bring_in, &b), ERR_INVALID);
		assert_non_null(strstr(w.cx.failures[0].text, bad[i].says));
	}
}

/* Four gigabytes of which nobody reads more than the size. */
static void a_file_of_four_gigabytes_is_refused_with_a_sentence(void **state)
{
	struct bringing b = { .path = list_file(HEAD, strlen(HEAD)), .org_id = w.ministry };
	(void)state;
	assert_int_equal(truncate(b.path, INT64_C(4) << 30), 0);
	w.cx.n_failures = 0;
	assert_int_equal(db_write(&w.cx, w.pool, bring_in, &b), ERR_INVALID);
	assert_non_null(strstr(w.cx.failures[0].text, "larger than 1 GB"));
	unlink(b.path);
}

static void a_list_that_breaks_off_names_the_line_and_nothing_goes_in(void **state)
{
	struct bringing b = checked(w.ministry, HEAD "G1$,Good,,,o$,so$,,,\nG2$,\"never closed,,,o$,so$,,,\n", false);
	(void)state;
	assert_string_equal(b.row.state.p, "unreadable");
	assert_int_equal(b.row.line, 3);
	w.cx.n_failures = 0;
	assert_int_equal(db_write(&w.cx, w.pool, apply_in, &b), ERR_CONFLICT);
	assert_false(known("G1"));
}

static void a_needed_column_without_a_place_is_asked_for(void **state)
{
	const char text[] = "Employee Code,Name\nH1$,Somebody\n";
	struct bringing b = { .path = list_file(text, strlen(text)), .org_id = w.ministry };
	(void)state;
	w.cx.n_failures = 0;
	assert_int_equal(db_write(&w.cx, w.pool, bring_in, &b), ERR_INVALID);
	assert_true(str_is(w.cx.failures[0].field, "organisation"));
}

static void a_stopped_list_takes_back_what_was_carried_out(void **state)
{
	struct bringing b = checked(w.ministry, HEAD "I1$,Stopped,,,o$,so$,,,\n", false);
	(void)state;
	change(apply_in, &b);
	change(stop_in, &b);
	work();
	look(&b);
	assert_string_equal(b.row.state.p, "undone");
	assert_false(known("I1"));
}

static enum err sweep_in(struct ctx *cx, void *arg)
{
	(void)arg;
	return job_add(cx, &(struct job_add){ .kind = "people_import.sweep", .asked_by = NONE }, NULL);
}

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static void sweep(int64_t later)
{
	w.app.fixed_now += later;
	change(sweep_in, NULL);
	work();
}

/* Lists hold names and numbers of people: after 30 days they are gone, and one that waited so long is carried out no more. */
static void files_of_a_list_stay_thirty_days_and_no_longer(void **state)
{
	struct bringing b = checked(w.ministry, HEAD "S1$,Swept,,,o$,so$,,,\n", false), later;
	const char *stray = str_fmt(w.arena, "%s/upload/stray", w.folder).p, *list = str_dup(w.arena, str_of(people_import_file(&w.cx, b.id, "list"))).p;
	int64_t now = w.app.fixed_now;
	(void)state;
	mkdir(str_fmt(w.arena, "%s/upload", w.folder).p, 0700);
	FILE *f = fopen(stray, "wb");
	assert_non_null(f);
	fclose(f);
	assert_true(is_there(list));
	sweep(2 * DAY);
	assert_true(is_there(list));
	assert_false(is_there(stray));
	sweep(29 * DAY);
	assert_false(is_there(list));
	look(&b);
	assert_string_equal(b.row.state.p, "stopped");
	w.cx.n_failures = 0;
	assert_int_equal(db_write(&w.cx, w.pool, apply_in, &b), ERR_CONFLICT);
	later = checked(w.ministry, HEAD "S2$,Not swept,,,o$,so$,,,\n", false);
	sweep(DAY);
	assert_true(is_there(people_import_file(&w.cx, later.id, "list")));
	w.app.fixed_now = now;
}

/* A thousand people, the worker killed again and again. */
static void killed_at_any_moment_the_list_goes_in_whole_and_once(void **state)
{
	struct buf t;
	(void)state;
	buf_init(&t, w.arena, 1 << 20);
	buf_lit(&t, HEAD);
	for (int i = 0; i < 3000; i++)
		buf_fmt(&t, "K%d$,Person %d,,,o$,as$,K%d$,,\n", i, i, i == 2999 ? 0 : 2999);
	struct bringing b = { .path = list_file(buf_get(&t).p, t.n), .org_id = w.ministry };
	change(bring_in, &b);
	for (int i = 0; i < 25; i++) {
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
					struct ctx cx = { .arena = arena_new(), .app = &w.app, .now = w.app.fixed_now };
			struct db_pool *pool;
			struct str message;
			unsigned n;
			if (db_pool_open(&cx, w.url, &pool, &message) != OK || db_connect(pool, &cx.db) != OK)
				_exit(1);
			struct job_options o = { .kinds = feature_jobs, .pool = pool, .app = &w.app };
			_exit(job_run_due(&cx, &o, &n) != OK);
		}
		usleep((unsigned)(5000 + 13000 * i));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		w.app.fixed_now += JOB_LEASE + SECOND;
		look(&b);
		if (str_is(b.row.state, "checked"))
			change(apply_in, &b);
	}
	work();
	look(&b);
	if (str_is(b.row.state, "checked")) {
		change(apply_in, &b);
		work();
		look(&b);
	}
	assert_string_equal(b.row.state.p, "applied");
	COUNTS(b, 3000, 0, 0, 0, 0, 0);
	assert_int_equal(b.row.n_late, 0);
	assert_int_equal(person("K17").supervisor_id, person("K2999").id);
	assert_int_equal(postings(person("K17").id), 1);
	next_day();
	b = applied(buf_get(&t).p, false);
	COUNTS(b, 0, 0, 0, 0, 3000, 0);
}

/* Two offices send their lists in the same minute, and half of the people stand in both. */
static void two_lists_at_once_bring_everybody_once(void **state)
{
	struct bringing b[2];
	struct job_runner *workers;
	struct job_options o = { .kinds = feature_jobs, .pool = w.pool, .app = &w.app, .threads = 2 };
	(void)state;
	next_day();
	for (int k = 0; k < 2; k++) {
		struct buf t;
		buf_init(&t, w.arena, 1 << 20);
		buf_lit(&t, HEAD);
		for (int i = 0; i < 600; i++)
			buf_fmt(&t, "T%d$,Person %d,,,o$,as$,,,\n", i + 300 * k, i + 300 * k);
		b[k] = (struct bringing){ .path = list_file(buf_get(&t).p, t.n), .org_id = w.ministry };
		change(bring_in, &b[k]);
		work();
		look(&b[k]);
		assert_string_equal(b[k].row.state.p, "checked");
	}
	change(apply_in, &b[0]);
	change(apply_in, &b[1]);
	assert_int_equal(job_start(&w.cx, &o, &workers), OK);
	for (int i = 0; i < 1200 && (!str_is(b[0].row.state, "applied") || !str_is(b[1].row.state, "applied")); i++) {
		usleep(50000);
		look(&b[0]);
		look(&b[1]);
	}
	job_stop(workers);
	assert_string_equal(b[0].row.state.p, "applied");
	assert_string_equal(b[1].row.state.p, "applied");
	/* Who stands in both is brought by one of them; the other finds him there as it says. */
	assert_int_equal(b[0].row.n_applied + b[1].row.n_applied, 900);
	assert_int_equal(b[0].row.n_late + b[1].row.n_late, 0);
	for (int i = 0; i < 900; i += 100)
		assert_int_equal(postings(person(str_fmt(w.arena, "T%d", i).p).id), 1);
}

static enum err check_in(struct ctx *cx, void *arg)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	TRY(check_all(cx, &b, arg));
	if (*(size_t *)arg)
		print_error("%s\n", buf_get(&b).p);
	return OK;
}

static void after_all_of_this_the_data_holds(void **state)
{
	size_t n = 0;
	(void)state;
	assert_int_equal(db_read(&w.cx, check_in, &n), OK);
	assert_int_equal(n, 0);
}

static void columns_are_known_by_the_names_offices_use(void **state)
{
	static const char *const names[] = { "  EMPLOYEE NO. ", "कर्मचारी का नाम", "E-mail ID", "something else", "पदनाम", "Org Code" };
	struct strs head = { 0 };
	(void)state;
	for (size_t i = 0; i < 6; i++)
		*ARENA_PUSH(w.arena, head.v, head.n) = str_of(names[i]);
	struct staff_map m = staff_guess(w.arena, &head), back;
	assert_string_equal(staff_map_text(w.arena, &m).p, "employee_no=0,name=1,email=2,organisation=5,designation=4");
	assert_true(staff_map_parse(staff_map_text(w.arena, &m), 6, &back));
	assert_memory_equal(&m, &back, sizeof m);
	assert_false(staff_map_parse(S("employee_no=6"), 6, &back));
	assert_false(staff_map_parse(S("employee_no=1,name=1"), 6, &back));
	assert_false(staff_map_parse(S("salary=1"), 6, &back));
}

static void among_a_million_texts_each_is_seen_once(void **state)
{
	struct seen s;
	char text[24];
	(void)state;
	seen_begin(&s);
	for (uint32_t i = 1; i <= 300000; i++)
		assert_int_equal(seen_put(&s, (struct str){ text, (size_t)snprintf(text, sizeof text, "E%u", i) }, i), 0);
	for (uint32_t i = 1; i <= 300000; i += 7)
		assert_int_equal(seen_put(&s, (struct str){ text, (size_t)snprintf(text, sizeof text, "E%u", i) }, 9), i);
	assert_false(seen_has(&s, S("E0")));
	seen_end(&s);
}

/* ── the run ── */

static int set_up(void **state)
{
	const char *url = getenv("TEST_DATABASE");
	struct str message = STR_NONE;
	unsigned applied_n;
	(void)state;
	BUG_IF(sodium_init() < 0);
	w.arena = arena_new();
	w.app.ids = id_source_new(7);
	w.app.fixed_now = clock_now();
	crypto_sign_keypair(w.app.sign_pk, w.app.sign_sk);
	w.cx = (struct ctx){ .arena = w.arena, .app = &w.app, .now = w.app.fixed_now };
	(void)snprintf(w.folder, sizeof w.folder, "/tmp/people_import_test.XXXXXX");
	if (!mkdtemp(w.folder))
		return 1;
	w.app.data_dir = str_of(w.folder);
	(void)snprintf(w.tag, sizeof w.tag, "%.6s", random_hex(&w.cx, 3).p);
	(void)snprintf(w.url, sizeof w.url, "%s", url && *url ? url : str_fmt(w.arena, "sqlite:%s/test.db", w.folder).p);
	if (db_pool_open(&w.cx, w.url, &w.pool, &message) || db_migrate(&w.cx, w.pool, migrations, &applied_n, &message) || db_connect(w.pool, &w.cx.db)) {
		print_error("%.*s\n", STR_ARG(message));
		return 1;
	}
	change(make_world, NULL);
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *f)
{
	(void)st;
	(void)kind;
	(void)f;
	return remove(path);
}

static int tear_down(void **state)
{
	(void)state;
	db_close(w.cx.db);
	db_pool_close(w.pool);
	int code = nftw(w.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	id_source_free(w.app.ids);
	arena_free(w.arena);
	return code;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_known_by_the_names_offices_use),
		cmocka_unit_test(among_a_million_texts_each_is_seen_once),
		cmocka_unit_test(the_check_changes_nothing),
		cmocka_unit_test(people_arrive_with_posting_and_supervisor_of_the_same_list),
		cmocka_unit_test(the_same_list_again_changes_nothing),
		cmocka_unit_test(a_supervisor_further_down_is_found_and_the_order_does_not_matter),
		cmocka_unit_test(a_move_is_a_new_posting_and_nothing_of_the_past_is_lost),
		cmocka_unit_test(each_fault_is_told_by_row_and_column_and_the_rest_goes_in),
		cmocka_unit_test(all_or_nothing_brings_nothing_when_a_row_is_refused),
		cmocka_unit_test(all_or_nothing_takes_back_what_was_done_when_a_row_comes_too_late),
		cmocka_unit_test(who_is_not_in_a_complete_list_has_left_and_may_be_taken_back),
		cmocka_unit_test(who_left_and_comes_back_is_the_same_person),
		cmocka_unit_test(what_somebody_changed_since_is_not_taken_back),
		cmocka_unit_test(nobody_outside_the_organisation_is_touched),
		cmocka_unit_test(thirty_days_later_nothing_is_taken_back),
		cmocka_unit_test(what_is_no_list_is_refused_with_a_sentence),
		cmocka_unit_test(a_file_of_four_gigabytes_is_refused_with_a_sentence),
		cmocka_unit_test(a_list_that_breaks_off_names_the_line_and_nothing_goes_in),
		cmocka_unit_test(a_needed_column_without_a_place_is_asked_for),
		cmocka_unit_test(a_stopped_list_takes_back_what_was_carried_out),
		cmocka_unit_test(files_of_a_list_stay_thirty_days_and_no_longer),
		cmocka_unit_test(killed_at_any_moment_the_list_goes_in_whole_and_once),
		cmocka_unit_test(two_lists_at_once_bring_everybody_once),
		cmocka_unit_test(after_all_of_this_the_data_holds),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
