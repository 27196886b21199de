/* After a sitting: how items did is shown without their texts to who may not read them; a ruling is looked at before it changes anything, is carried out only
 * as it was seen, and taken back leaves all as it was to the bit; who asks for a recheck gets an answer. */
#include "feature/attempt/attempt.h"
#include "feature/ruling/ruling.h"
#include "sitting.h"

#include <string.h>

enum { ITEMS = 5, TAKERS = 12 };
static struct fixture *f;
static struct world w;
static int64_t drafting, exam, item[ITEMS], taker[TAKERS], paper[TAKERS];

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static const char *of_exam(const char *what)
{
	return base_of("/orgs/%lld/exams/%lld%s", (long long)w.ministry, (long long)exam, what);
}

/* Item 3 has the wrong key: those who are good answer "b". Three of five are needed. Rows: what each taker answers. */
static const char *const given[TAKERS] = { "aabaa", "aabaa", "aabab", "abbaa", "aabbb", "aabbb", "abbab", "bbabb", "bbabb", "bacba", "b-a--", "bbcbb" };

static void sit(void)
{
	char login[20];
	exam = an_exam(f, w.ministry, "sitting", "standalone");
	for (size_t i = 0; i < ITEMS; i++)
		item[i] = an_item(f, w.ministry, base_of("sitting-%zu", i + 1), drafting, 2);
	a_part(f, w.ministry, exam, drafting, 2, ITEMS);
	a_form(f, exam, item, ITEMS);
	open_exam(f, w.ministry, exam);
	for (int i = 0; i < TAKERS; i++) {
		snprintf(login, sizeof login, "sitter-%d", i);
		taker[i] = a_person(f, login, base_of("Sitter %d", i), w.office, 0);
		paper[i] = a_paper_of(f, taker[i], exam, given[i]);
	}
}

/* ── all that follows from papers, as text ── */

static char *append(char *to, char *end, const char *what, const char *columns, const char *from)
{
	char row[4000];
	int64_t n = query_int(f, "SELECT count(*) FROM %s", from);
	for (int64_t i = 0; i < n && to < end; i++) {
		query_text(f, row, sizeof row, "SELECT %s FROM %s ORDER BY 1 LIMIT 1 OFFSET %lld", columns, from, (long long)i);
		to += snprintf(to, (size_t)(end - to), "%s %s\n", what, row);
	}
	return to;
}

/* A real number with all its digits: equal texts are equal bits. */
static const char *bits(const char *column)
{
	return base_of(fixture_sqlite(f) ? "COALESCE(printf('%%!.17g', %s), '')" : "COALESCE(CAST(%s AS TEXT), '')", column);
}

static const char *standing(void)
{
	static char text[2][200000];
	static int at;
	char *to = text[at ^= 1], *end = to + sizeof text[0], columns[1000];
	*to = 0;
	snprintf(columns, sizeof columns,
		 "CAST(id AS TEXT) || ' ' || state || CASE WHEN passed THEN ' passed ' ELSE ' ' END || %s || ' ' || %s || ' ' || %s || ' ' || %s",
		 bits("marks"), bits("max_marks"), bits("theta"), bits("se"));
	to = append(to, end, "attempt", columns, "exam_attempt");
	snprintf(columns, sizeof columns, "CAST(attempt_id AS TEXT) || ' ' || CAST(n AS TEXT) || ' ' || %s", bits("marks"));
	to = append(to, end, "answer", columns, "exam_answer");
	snprintf(columns, sizeof columns,
		 "CAST(attempt_id AS TEXT) || ' ' || CAST(competency_id AS TEXT) || ' ' || CAST(items AS TEXT) || ' ' || CAST(value AS TEXT) || ' ' || %s || ' "
		 "' || %s",
		 bits("marks"), bits("max_marks"));
	to = append(to, end, "result", columns, "exam_result");
	to = append(to, end, "evidence",
		    "CAST(person_id AS TEXT) || ' ' || CAST(competency_id AS TEXT) || ' ' || kind || ' ' || CAST(value AS TEXT) || ' ' || CAST(at AS TEXT) || "
		    "' ' || "
		    "CAST(source_id AS TEXT) || ' ' || note",
		    "evidence WHERE withdrawn_at IS NULL");
	append(to, end, "level",
	       "CAST(person_id AS TEXT) || ' ' || CAST(competency_id AS TEXT) || ' ' || CAST(weight AS TEXT) || ' ' || CAST(weighted AS TEXT) || ' ' || CAST(n "
	       "AS TEXT) || ' ' || "
	       "CAST(n_self AS TEXT) || ' ' || CAST(last_at AS TEXT)",
	       "proficiency");
	return text[at];
}

/* ── rulings ── */

static long look(struct client *c, int i, const char *kind, const char *more)
{
	char form[300];
	get(c, "%s", of_exam("/review"));
	snprintf(form, sizeof form, "item_id=%lld&version=1&kind=%s&why=The+key+was+wrong&%s", (long long)item[i], kind, more);
	return post(c, of_exam("/rulings"), form);
}

static int64_t newest(void)
{
	return query_int(f, "SELECT max(id) FROM exam_ruling");
}

static const char *ruling_path(int64_t id, const char *what)
{
	return base_of("/orgs/%lld/exams/%lld/rulings/%lld%s", (long long)w.ministry, (long long)exam, (long long)id, what);
}

/* What stands behind a name in the last answer. */
static void read_digest(struct client *c, int64_t id, char *ret, size_t n)
{
	NEED(get(c, "/api/v1%s", ruling_path(id, "")) == 200, "no ruling");
	const char *at = strstr(buf_get(&c->body).p, "\"digest\":\"");
	NEED(at, "no digest");
	snprintf(ret, n, "%.16s", at + 10);
}

static int64_t looked(int i, const char *kind, const char *more)
{
	struct client *c = client_as(f, w.admin);
	assert_int_equal(look(c, i, kind, more), 303);
	client_free(c);
	return newest();
}

static long carry_out(int64_t id)
{
	struct client *c = client_as(f, w.admin);
	char digest[20];
	read_digest(c, id, digest, sizeof digest);
	get(c, "%s", ruling_path(id, ""));
	long status = post(c, ruling_path(id, "/do"), base_of("seen=%s", digest));
	client_free(c);
	work_now(f);
	return status;
}

static long take_back(int64_t id)
{
	struct client *c = client_as(f, w.admin);
	get(c, "%s", ruling_path(id, ""));
	long status = post(c, ruling_path(id, "/undo"), "why=It+was+right+after+all");
	client_free(c);
	work_now(f);
	return status;
}

static int64_t figure(int64_t id, const char *column)
{
	return query_int(f, "SELECT %s FROM exam_ruling WHERE id = %lld", column, (long long)id);
}

static int64_t n_passed(void)
{
	return query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld AND passed", (long long)exam);
}

/* ── how items did ── */

static void figures_are_those_of_the_papers_and_a_wrong_key_is_seen(void **state)
{
	struct client *c = client_as(f, w.admin);
	char text[200];
	(void)state;
	assert_int_equal(get(c, "/api/v1%s", of_exam("/review")), 200);
	/* Item 1: seven of twelve. */
	assert_true(body_has(c, "\"code\":\"sitting-1\"") && body_has(c, "0.5833333333333"));
	assert_int_equal(get(c, "%s", of_exam("/review")), 200);
	snprintf(text, sizeof text, "%s/%lld/1", of_exam("/review"), (long long)item[2]);
	assert_true(body_has(c, "Look at it") && body_has(c, text));
	assert_int_equal(get(c, "/api/v1%s", text), 200);
	/* "a" by three (two of them weak), "b" by seven, "c" by two. */
	assert_true(body_has(c, "{\"id\":\"a\",\"n\":3,\"right\":true,\"doubtful\":true}") &&
		    body_has(c, "{\"id\":\"b\",\"n\":7,\"right\":false,\"doubtful\":true}"));
	client_free(c);
}

static void texts_are_only_for_who_writes_items(void **state)
{
	struct client *c = client_as(f, w.admin);
	const char *one = base_of("%s/%lld/1", of_exam("/review"), (long long)item[0]),
		   *with = base_of("%s/%lld/1", of_exam("/item-review"), (long long)item[0]);
	(void)state;
	assert_int_equal(get(c, "%s", one), 200);
	assert_false(body_has(c, "also wrong"));
	assert_int_equal(get(c, "%s", with), 403);
	client_free(c);
	c = client_as(f, w.author);
	assert_int_equal(get(c, "%s", with), 200);
	assert_true(body_has(c, "also wrong"));
	assert_false(body_has(c, "Rule on it"));
	assert_int_equal(get(c, "%s", one), 403);
	client_free(c);
	c = client_as(f, w.other_admin);
	assert_int_equal(get(c, "%s", one), 403);
	assert_int_equal(get(c, "/orgs/%lld/exams/%lld/review", (long long)w.other_ministry, (long long)exam), 404);
	client_free(c);
}

/* ── looking, carrying out, taking back ── */

static void looking_changes_nothing_and_says_what_it_comes_to(void **state)
{
	const char *before = standing();
	struct client *c = client_as(f, w.admin);
	(void)state;
	int64_t id = looked(2, "rekey", "right=b");
	assert_string_equal(standing(), before);
	/* Marks before: 4 4 3 3 2 2 2 1 1 2 1 0; after: 5 5 4 4 3 3 3 0 0 2 0 0. */
	assert_int_equal(n_passed(), 4);
	assert_int_equal(figure(id, "n_attempts"), TAKERS);
	assert_int_equal(figure(id, "n_changed"), 10);
	assert_int_equal(figure(id, "n_pass"), 3);
	assert_int_equal(figure(id, "n_fail"), 0);
	assert_int_equal(get(c, "%s?show=pass", ruling_path(id, "")), 200);
	assert_true(body_has(c, "Sitter 4") && body_has(c, "2.00 / 5.00 (40%)") && body_has(c, "3.00 / 5.00 (60%)"));
	assert_false(body_has(c, "Sitter 0"));
	assert_true(query_int(f, "SELECT count(*) FROM audit WHERE action = 'ruling.look'") >= 1);
	client_free(c);
}

/* Whatever is decided, on whatever day it is taken back. */
static void a_ruling_does_what_was_seen_and_taken_back_leaves_all_as_it_was_to_the_bit(void **state)
{
	static const struct {
		int item;
		const char *kind, *more;
	} rulings[] = { { 2, "rekey", "right=a%0Ab" }, { 2, "drop", "" }, { 0, "drop", "" }, { 2, "full", "" }, { 4, "rekey", "right=b" } };
	(void)state;
	for (size_t i = 0; i < sizeof rulings / sizeof *rulings; i++) {
		const char *before = str_dup(f->cx.arena, str_of(standing())).p;
		int64_t id = looked(rulings[i].item, rulings[i].kind, rulings[i].more);
		int64_t changed = figure(id, "n_changed"), pass = figure(id, "n_pass"), fail = figure(id, "n_fail"), passed = n_passed();
		pass_time(3 * DAY);
		assert_int_equal(carry_out(id), 303);
		assert_int_equal(query_int(f, "SELECT count(*) FROM exam_ruling WHERE id = %lld AND state = 'done'", (long long)id), 1);
		assert_int_equal(figure(id, "n_changed"), changed);
		assert_int_equal(figure(id, "n_pass"), pass);
		assert_int_equal(figure(id, "n_fail"), fail);
		assert_int_equal(n_passed(), passed + pass - fail);
		assert_string_not_equal(standing(), before);
		assert_int_equal(check_findings(f), 0);
		pass_time(400 * DAY);
		assert_int_equal(take_back(id), 303);
		assert_string_equal(standing(), before);
		assert_int_equal(check_findings(f), 0);
	}
}

static void rulings_on_several_items_are_taken_back_one_by_one(void **state)
{
	const char *none = str_dup(f->cx.arena, str_of(standing())).p;
	int64_t first = looked(0, "drop", "");
	(void)state;
	assert_int_equal(carry_out(first), 303);
	const char *one = str_dup(f->cx.arena, str_of(standing())).p;
	int64_t second = looked(2, "rekey", "right=b");
	assert_int_equal(carry_out(second), 303);
	assert_int_equal(take_back(second), 303);
	assert_string_equal(standing(), one);
	assert_int_equal(take_back(first), 303);
	assert_string_equal(standing(), none);
}

static void only_what_was_seen_is_carried_out(void **state)
{
	struct client *c = client_as(f, w.admin);
	char digest[20];
	int64_t id = looked(2, "full", "");
	(void)state;
	read_digest(c, id, digest, sizeof digest);
	get(c, "%s", ruling_path(id, ""));
	a_paper_of(f, w.colleague, exam, "abcab"); /* handed in in between */
	const char *before = standing();
	assert_int_equal(post(c, ruling_path(id, "/do"), base_of("seen=%s", digest)), 409);
	assert_true(body_has(c, "Papers have changed since you looked"));
	work_now(f);
	assert_string_equal(standing(), before);
	assert_int_equal(carry_out(id), 303);
	assert_int_equal(post(c, ruling_path(id, "/do"), base_of("seen=%s", digest)), 409);
	assert_int_equal(look(c, 2, "drop", ""), 409); /* one is in force */
	assert_int_equal(take_back(id), 303);
	client_free(c);
}

/* A step is kept whole or not at all, and another worker goes on where it ended. */
static void a_ruling_that_is_cut_off_goes_on(void **state)
{
	const char *before = str_dup(f->cx.arena, str_of(standing())).p;
	int64_t id = looked(2, "rekey", "right=b"), pass = figure(id, "n_pass"), passed = n_passed();
	struct client *c = client_as(f, w.admin);
	char digest[20];
	(void)state;
	read_digest(c, id, digest, sizeof digest);
	get(c, "%s", ruling_path(id, ""));
	assert_int_equal(post(c, ruling_path(id, "/do"), base_of("seen=%s", digest)), 303);
	client_free(c);
	for (unsigned at = 3; at < 60; at += 7) {
		f->app.fail_at = at;
		work_now(f);
		f->app.fail_at = 0;
		pass_time(HOUR);
	}
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_ruling WHERE id = %lld AND state = 'done'", (long long)id), 1);
	assert_int_equal(n_passed(), passed + pass);
	assert_int_equal(take_back(id), 303);
	assert_string_equal(standing(), before);
}

static void what_was_credited_stays_and_is_listed(void **state)
{
	int64_t id = looked(0, "drop", "");
	struct client *c = client_as(f, w.admin);
	(void)state;
	/* Two had three of five; of the other four they have two. */
	assert_int_equal(figure(id, "n_fail"), 2);
	int64_t credits = query_int(f, "SELECT count(*) FROM credit"), certificates = query_int(f, "SELECT count(*) FROM credential");
	assert_int_equal(get(c, "%s?show=fail", ruling_path(id, "")), 200);
	assert_true(body_has(c, "What was credited or certified") && body_has(c, "not any more"));
	assert_int_equal(carry_out(id), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit"), credits);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credential"), certificates);
	assert_int_equal(get(c, "%s?show=fail", ruling_path(id, "")), 200);
	assert_true(body_has(c, "What was credited or certified") && body_has(c, "not any more"));
	assert_true(query_int(f, "SELECT count(*) FROM notice WHERE text LIKE '%%your marks have changed%%'") > 0);
	assert_int_equal(take_back(id), 303);
	client_free(c);
}

static void what_is_no_ruling_is_refused_by_name(void **state)
{
	struct client *c = client_as(f, w.admin);
	uint64_t before = database_hash(f, false);
	(void)state;
	assert_int_equal(look(c, 2, "rekey", ""), 422);
	assert_int_equal(look(c, 2, "rekey", "right=z"), 422);
	assert_int_equal(look(c, 2, "melt", ""), 422);
	assert_int_equal(post(c, of_exam("/rulings"), base_of("item_id=%lld&version=2&kind=drop&why=x", (long long)item[0])), 404);
	assert_int_equal(post(c, of_exam("/rulings"), base_of("item_id=%lld&version=1&kind=drop&why=+", (long long)item[0])), 422);
	assert_true(database_hash(f, false) == before);
	client_free(c);
	int64_t strangers[] = { w.learner, w.author, w.other_admin };
	for (size_t i = 0; i < 3; i++) {
		c = client_as(f, strangers[i]);
		assert_int_equal(post_json(c, base_of("/api/v1%s", of_exam("/rulings")), "{}"), 403);
		client_free(c);
	}
}

/* ── appeals ── */

static long ask(int64_t person, int64_t attempt, const char *form)
{
	struct client *c = client_as(f, person);
	const char *path = base_of("/exam-attempts/%lld/appeals", (long long)attempt);
	get(c, "%s", path);
	long status = post(c, path, form);
	client_free(c);
	return status;
}

static int64_t fresh_exam, fresh_paper;

/* Of today, so that its time to appeal runs. */
static void sit_today(const char *code)
{
	int64_t v[2];
	fresh_exam = an_exam(f, w.ministry, code, "standalone");
	for (size_t i = 0; i < 2; i++)
		v[i] = an_item(f, w.ministry, base_of("%s-%zu", code, i), drafting, 2);
	a_part(f, w.ministry, fresh_exam, drafting, 2, 2);
	a_form(f, fresh_exam, v, 2);
	open_exam(f, w.ministry, fresh_exam);
	fresh_paper = a_paper_of(f, w.learner, fresh_exam, "ab");
}

static long answer_appeal(int64_t person, int64_t appeal, const char *form)
{
	struct client *c = client_as(f, person);
	const char *path = base_of("/orgs/%lld/exams/%lld/appeals/%lld", (long long)w.ministry, (long long)fresh_exam, (long long)appeal);
	get(c, "%s", path);
	long status = post(c, path, form);
	client_free(c);
	return status;
}

static void who_asks_gets_an_answer_and_is_told(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	sit_today("appealed");
	assert_int_equal(ask(w.learner, fresh_paper, "kind=recheck&question=2&words=I+think+b+is+right"), 303);
	int64_t appeal = query_int(f, "SELECT max(id) FROM exam_appeal");
	assert_int_equal(ask(w.learner, fresh_paper, "kind=appeal&question=2&words=Again"), 409); /* one at a time */
	assert_int_equal(ask(w.learner, fresh_paper, "kind=appeal&words=All+of+it"), 303);
	assert_int_equal(answer_appeal(w.admin, appeal, "state=dismissed&answer=The+rule+says+a"), 303);
	assert_int_equal(answer_appeal(w.admin, appeal, "state=upheld&answer=No"), 409);
	assert_int_equal(get(c, "/exam-attempts/%lld/appeals", (long long)fresh_paper), 200);
	assert_true(body_has(c, "The rule says a") && body_has(c, "not upheld") && body_has(c, "waits for an answer"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND text LIKE '%%was not upheld%%'", (long long)w.learner), 1);
	assert_int_equal(ask(w.learner, fresh_paper, "kind=appeal&question=2&words=Again"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'appeal.answer'"), 1);
	client_free(c);
}

static void what_cannot_be_asked_is_refused(void **state)
{
	(void)state;
	sit_today("refused");
	assert_int_equal(ask(w.colleague, fresh_paper, "kind=recheck&words=Not+mine"), 404);
	assert_int_equal(ask(w.learner, fresh_paper, "kind=recheck&question=3&words=There+is+none"), 422);
	assert_int_equal(ask(w.learner, fresh_paper, "kind=recheck&words="), 422);
	pass_time(30 * DAY - MINUTE);
	assert_int_equal(ask(w.learner, fresh_paper, "kind=recheck&question=1&words=In+time"), 303);
	pass_time(2 * MINUTE);
	assert_int_equal(ask(w.learner, fresh_paper, "kind=recheck&question=2&words=Too+late"), 409);
	f->app.appeal_days = 31;
	assert_int_equal(ask(w.learner, fresh_paper, "kind=recheck&question=2&words=By+the+setting"), 303);
	f->app.appeal_days = 0;
}

static void nobody_answers_the_own_appeal(void **state)
{
	(void)state;
	sit_today("own");
	a_role(f, w.colleague, "mdo_admin", w.ministry);
	fresh_paper = a_paper_of(f, w.colleague, fresh_exam, "bb");
	assert_int_equal(ask(w.colleague, fresh_paper, "kind=appeal&words=Mine"), 303);
	int64_t appeal = query_int(f, "SELECT max(id) FROM exam_appeal");
	assert_int_equal(answer_appeal(w.colleague, appeal, "state=upheld&answer=Of+course"), 403);
	assert_int_equal(answer_appeal(w.author, appeal, "state=upheld&answer=No"), 403);
	assert_int_equal(answer_appeal(w.admin, appeal, "state=upheld&answer=Yes"), 303);
}

static enum err join_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	TRY(attempt_merge(cx, a[0], a[1]));
	return ruling_merge(cx, a[0], a[1]);
}

static void appeals_follow_who_has_one_account_of_two(void **state)
{
	struct client *c = client_as(f, w.boss);
	(void)state;
	sit_today("joined");
	assert_int_equal(ask(w.learner, fresh_paper, "kind=appeal&words=Mine"), 303);
	in_tx(f, join_in_tx, (int64_t[]){ w.boss, w.learner });
	assert_int_equal(get(c, "/exam-attempts/%lld/appeals", (long long)fresh_paper), 200);
	assert_true(body_has(c, "Mine"));
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	a_role(f, w.author, "author", w.ministry);
	sit();
	return 0;
}

static int end(void **state)
{
	(void)state;
	query_end();
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_those_of_the_papers_and_a_wrong_key_is_seen),
		cmocka_unit_test(texts_are_only_for_who_writes_items),
		cmocka_unit_test(looking_changes_nothing_and_says_what_it_comes_to),
		cmocka_unit_test(only_what_was_seen_is_carried_out),
		cmocka_unit_test(rulings_on_several_items_are_taken_back_one_by_one),
		cmocka_unit_test(a_ruling_that_is_cut_off_goes_on),
		cmocka_unit_test(what_was_credited_stays_and_is_listed),
		cmocka_unit_test(what_is_no_ruling_is_refused_by_name),
		cmocka_unit_test(a_ruling_does_what_was_seen_and_taken_back_leaves_all_as_it_was_to_the_bit),
		cmocka_unit_test(who_asks_gets_an_answer_and_is_told),
		cmocka_unit_test(what_cannot_be_asked_is_refused),
		cmocka_unit_test(nobody_answers_the_own_appeal),
		cmocka_unit_test(appeals_follow_who_has_one_account_of_two),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
