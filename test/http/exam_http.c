/* Examinations: nothing that has begun is changed under who sits it, who may sit is said with its reason, and a form reads its items once. */
#include "bank.h"
#include "feature/exam/exam.h"
#include "feature/exam/form.h"

#include <math.h>
#include <string.h>

static struct fixture *f;
static struct world w;
static int64_t drafting;

/* Runs and gives back what came of it, with the sentences in f->cx. */
static enum err tried(db_fn *fn, void *arg)
{
	f->cx.n_failures = 0;
	return db_write(&f->cx, f->pool, fn, arg);
}

static bool failed_with(const char *part)
{
	for (size_t i = 0; i < f->cx.n_failures; i++)
		if (strstr(f->cx.failures[i].text, part))
			return true;
	return false;
}

static struct exam_stand stand(int64_t exam, int64_t taker)
{
	struct exam_stand s;
	f->cx.n_failures = 0;
	assert_int_equal(exam_of(&f->cx, exam, taker, &s), OK);
	return s;
}

static void items(int64_t *ret, size_t n, const char *prefix)
{
	char code[40];
	for (size_t i = 0; i < n; i++) {
		snprintf(code, sizeof code, "%s-%zu", prefix, i);
		ret[i] = an_item(f, w.ministry, code, drafting, 2);
	}
}

/* Open, with one form of five items. */
static int64_t open_one(const char *code, const char *kind)
{
	int64_t v[5], id = an_exam(f, w.ministry, code, kind);
	items(v, 5, code);
	a_part(f, w.ministry, id, drafting, 2, 5);
	a_form(f, id, v, 5);
	open_exam(f, w.ministry, id);
	return id;
}

/* ── who may sit ── */

static void theirs_only(void **state)
{
	int64_t id = open_one("posted", "standalone");
	(void)state;
	assert_int_equal(stand(id, w.learner).why, EXAM_MAY);
	assert_true(stand(id, w.learner).known);
	assert_int_equal(stand(id, w.other_learner).why, EXAM_NOT_POSTED);
	assert_false(stand(id, w.other_learner).known);
	int64_t draft = an_exam(f, w.ministry, "still-a-draft", "standalone");
	assert_int_equal(stand(draft, w.learner).why, EXAM_DRAFT);
	assert_false(stand(draft, w.learner).known);
	assert_int_equal(stand(open_one("for-all", "public"), w.other_learner).why, EXAM_MAY);
}

static void its_time(void **state)
{
	int64_t id = open_one("timed", "standalone");
	(void)state;
	int64_t now = f->cx.now;
	f->cx.now = now - 1;
	assert_int_equal(stand(id, w.learner).why, EXAM_NOT_YET);
	f->cx.now = now + DAY;
	assert_int_equal(stand(id, w.learner).why, EXAM_OVER);
	f->cx.now = now;
}

static enum err need_fn(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	return exam_need_put(cx, w.ministry, a[0], a[1]);
}

static void courses_first(void **state)
{
	int64_t v[5], id = an_exam(f, w.ministry, "yearly", "comprehensive");
	(void)state;
	items(v, 5, "yearly");
	a_part(f, w.ministry, id, drafting, 2, 5);
	a_form(f, id, v, 5);
	in_tx(f, need_fn, (int64_t[]){ id, w.course });
	open_exam(f, w.ministry, id);
	struct exam_stand s = stand(id, w.learner);
	assert_int_equal(s.why, EXAM_COURSES_FIRST);
	assert_int_equal(s.n_asked, 1);
	tamper(f, "INSERT INTO enrolment (person_id, course_id, kind, state, enrolled_at, completed_at, resources_done) VALUES (%lld, %lld, 'self', 'completed', 1, 2, 0)",
	       (long long)w.learner, (long long)w.course);
	assert_int_equal(stand(id, w.learner).why, EXAM_MAY);
	assert_int_equal(exam_needs_asked(6, 50), 3);
	assert_int_equal(exam_needs_asked(5, 50), 3);
	assert_int_equal(exam_needs_asked(5, 0), 0);
}

static void no_seat_no_sitting(void **state)
{
	int64_t id = open_one("in-a-room", "proctored"), room = new_id(&f->cx);
	(void)state;
	assert_int_equal(stand(id, w.learner).why, EXAM_NO_SEAT);
	tamper(f, "INSERT INTO exam_room (id, exam_id, name, place, begins_at, invigilator_id, made_at) VALUES (%lld, %lld, 'One', 'Here', 1, %lld, 1)", (long long)room,
	       (long long)id, (long long)w.boss);
	tamper(f, "INSERT INTO exam_seat (exam_id, person_id, room_id, seat, extra_minutes, extra_order, document) VALUES (%lld, %lld, %lld, '1', 0, '', '')", (long long)id,
	       (long long)w.learner, (long long)room);
	assert_int_equal(stand(id, w.learner).why, EXAM_ROOM_SHUT);
	tamper(f, "UPDATE exam_room SET opened_at = 2 WHERE id = %lld", (long long)room);
	assert_int_equal(stand(id, w.learner).why, EXAM_NOT_CHECKED);
	tamper(f, "UPDATE exam_seat SET checked_at = 3 WHERE exam_id = %lld", (long long)id);
	assert_int_equal(stand(id, w.learner).why, EXAM_MAY);
	tamper(f, "UPDATE exam_seat SET refused_why = 'no document' WHERE exam_id = %lld", (long long)id);
	assert_int_equal(stand(id, w.learner).why, EXAM_REFUSED);
}

static void attempts_are_counted(void **state)
{
	int64_t id = open_one("twice", "standalone");
	(void)state;
	for (int i = 0; i < 2; i++) {
		tamper(f, "INSERT INTO exam_attempt (taker_id, id, exam_id, form_id, n, state, lang, seed, secret, device, device_at, opened_at, ends_at, extended_ms, max_marks, passed) "
			  "SELECT %lld, %lld, %lld, id, %d, 'open', 'en', 1, '', '', 1, 1, 2, 0, 5, FALSE FROM exam_form WHERE exam_id = %lld",
		       (long long)w.learner, (long long)new_id(&f->cx), (long long)id, i + 1, (long long)id);
		struct exam_stand s = stand(id, w.learner);
		assert_int_equal(s.why, EXAM_GOES_ON);
		assert_int_equal(s.left, 1 - i);
		tamper(f, "UPDATE exam_attempt SET state = 'marked' WHERE id = %lld", (long long)s.open_id);
	}
	assert_int_equal(stand(id, w.learner).why, EXAM_NONE_LEFT);
}

/* ── laying down ── */

struct changing {
	struct exam_rules rules;
};
static enum err change_fn(struct ctx *cx, void *arg)
{
	struct changing *a = arg;
	return exam_change(cx, &a->rules);
}

static struct exam_rules rules_of(int64_t id)
{
	struct exam_one_row e;
	assert_int_equal(exam_find(&f->cx, w.ministry, id, &e), OK);
	return (struct exam_rules){ .org_id = e.org_id, .exam_id = id, .code = e.code, .title = e.title, .about = e.about, .kind = e.kind, .mode = e.mode, .langs = e.langs, .minutes = e.minutes,
				    .grace_s = e.grace_s, .attempts = e.attempts, .pass = e.pass, .feedback = e.feedback, .opens_at = e.opens_at, .closes_at = e.closes_at, .year = e.year,
				    .need_share = e.need_share, .course_id = e.course_id, .resource_id = e.resource_id, .least = e.least, .most = e.most, .target_se = e.target_se,
				    .decide = e.decide };
}

/* What has begun is not made harder or shorter. */
static void an_open_one_stays(void **state)
{
	int64_t id = open_one("stays", "standalone");
	(void)state;
	struct changing c = { rules_of(id) };
	c.rules.title = S("Another title");
	c.rules.closes_at += DAY;
	c.rules.attempts = 3;
	assert_int_equal(tried(change_fn, &c), OK);
	c.rules.minutes = 20;
	assert_int_equal(tried(change_fn, &c), ERR_CONFLICT);
	c.rules = rules_of(id);
	c.rules.closes_at -= HOUR;
	assert_int_equal(tried(change_fn, &c), ERR_CONFLICT);
	c.rules = rules_of(id);
	c.rules.pass = 90;
	assert_int_equal(tried(change_fn, &c), ERR_CONFLICT);
	assert_int_equal(query_int(f, "SELECT pass FROM exam WHERE id = %lld", (long long)id), 60);
}

static enum err open_fn(struct ctx *cx, void *arg)
{
	return exam_open(cx, w.ministry, *(int64_t *)arg);
}

static void opens_with_blueprint_and_form_only(void **state)
{
	int64_t v[5], id = an_exam(f, w.ministry, "bare", "standalone");
	(void)state;
	assert_int_equal(tried(open_fn, &id), ERR_CONFLICT);
	assert_true(failed_with("blueprint is empty") && failed_with("no form"));
	items(v, 5, "bare");
	a_part(f, w.ministry, id, drafting, 2, 5);
	assert_int_equal(tried(open_fn, &id), ERR_CONFLICT);
	a_form(f, id, v, 5);
	assert_int_equal(tried(open_fn, &id), OK);
	assert_int_equal(tried(open_fn, &id), ERR_CONFLICT);
	/* A form follows the blueprint it was made by. */
	int64_t other = an_exam(f, w.ministry, "changed", "standalone");
	a_part(f, w.ministry, other, drafting, 2, 5);
	a_form(f, other, v, 5);
	a_part(f, w.ministry, other, drafting, 2, 4);
	assert_int_equal(tried(open_fn, &other), ERR_CONFLICT);
	assert_true(failed_with("no form"));
}

/* ── forms ── */

struct forming {
	int64_t exam, *items, id;
	size_t n;
};
static enum err form_fn(struct ctx *cx, void *arg)
{
	struct forming *a = arg;
	struct exam_pick v[40];
	for (size_t i = 0; i < a->n; i++)
		v[i] = (struct exam_pick){ .item_id = a->items[i], .version = 1, .part = 1 };
	return exam_form_add(cx, &(struct exam_form_add){ .exam_id = a->exam, .v = v, .n = a->n, .expected = (double)NAN }, &a->id);
}

static void forms_hold_what_may_be_together(void **state)
{
	int64_t v[6], id = an_exam(f, w.ministry, "together", "standalone");
	(void)state;
	items(v, 6, "together");
	struct forming a = { id, v, 0, 4 };
	enemies(f, v[1], v[3]);
	assert_int_equal(tried(form_fn, &a), ERR_INVALID);
	assert_true(failed_with("never in one paper"));
	a.n = 3;
	assert_int_equal(tried(form_fn, &a), OK);
	int64_t twice[] = { v[0], v[2], v[0] };
	a.items = twice;
	assert_int_equal(tried(form_fn, &a), ERR_INVALID);
	int64_t foreign[] = { v[0], an_item(f, w.other_ministry, "foreign", drafting, 2) };
	a = (struct forming){ id, foreign, 0, 2 };
	assert_int_equal(tried(form_fn, &a), ERR_INVALID);
	int64_t above[] = { v[0], an_item(f, w.root, "above", drafting, 2) };
	a = (struct forming){ id, above, 0, 2 };
	assert_int_equal(tried(form_fn, &a), OK);
	tamper(f, "UPDATE item SET status = 'retired' WHERE id = %lld", (long long)v[5]);
	int64_t gone[] = { v[0], v[5] };
	a = (struct forming){ id, gone, 0, 2 };
	assert_int_equal(tried(form_fn, &a), ERR_INVALID);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_form WHERE exam_id = %lld", (long long)id), 2);
}

/* A case stands before its questions, and they stand together. */
static void cases_come_with_their_questions(void **state)
{
	int64_t v[4], id = an_exam(f, w.ministry, "with-a-case", "standalone"), of = a_case(f, w.ministry, "the-case");
	const struct exam_form *form;
	(void)state;
	items(v, 4, "with-a-case");
	a_question_of(f, of, v[1], 1);
	a_question_of(f, of, v[2], 2);
	int64_t apart[] = { v[1], v[0], v[2] };
	struct forming a = { id, apart, 0, 3 };
	assert_int_equal(tried(form_fn, &a), ERR_INVALID);
	assert_true(failed_with("together"));
	a = (struct forming){ id, v, 0, 4 };
	assert_int_equal(tried(form_fn, &a), OK);
	assert_int_equal(exam_form_load(&f->cx, a.id, S("en"), &form), OK);
	assert_int_equal(form->n, 4);
	assert_null(form->v[0].of);
	assert_null(form->v[3].of);
	assert_ptr_equal(form->v[1].of, form->v[2].of);
	assert_true(str_is(form->v[1].of->text, "What happened in the-case"));
	assert_int_equal(form->v[1].of->n, 2);
	assert_int_equal(form->v[1].n, 3);
	assert_true(fabs(form->points - 4) < 1e-9);
	assert_ptr_equal(exam_form_item(form, 4), &form->v[2]);
	assert_null(exam_form_item(form, 2));
	assert_null(exam_form_item(form, 6));
}

/* What is not there in the language is shown in that it was written in, and says so. */
static void languages(void **state)
{
	int64_t v[2], id = an_exam(f, w.ministry, "spoken", "standalone");
	const struct exam_form *form;
	(void)state;
	items(v, 2, "spoken");
	an_item_text(f, v[0], "hi", "हिन्दी");
	a_part(f, w.ministry, id, drafting, 2, 2);
	int64_t form_id = a_form(f, id, v, 2);
	assert_int_equal(exam_form_load(&f->cx, form_id, S("hi"), &form), OK);
	assert_true(form->mixed);
	assert_true(str_is(form->v[0].asked.text, "हिन्दी") && str_is(form->v[0].lang, "hi"));
	assert_true(str_is(form->v[1].asked.text, "spoken-1") && str_is(form->v[1].lang, "en"));
	assert_int_equal(form->v[1].level, 2);
	assert_int_equal(form->v[1].competency_id, drafting);
	assert_int_equal(exam_form_load(&f->cx, form_id, S("en"), &form), OK);
	assert_false(form->mixed);
}

/* However many papers are opened, a form is read once. */
static void a_form_is_read_once(void **state)
{
	int64_t v[30], id = an_exam(f, w.ministry, "kept", "standalone");
	const struct exam_form *form, *again;
	(void)state;
	items(v, 30, "kept");
	int64_t form_id = a_form(f, id, v, 30);
	assert_int_equal(exam_form_load(&f->cx, form_id, S("en"), &form), OK);
	unsigned before = f->cx.statements;
	for (int i = 0; i < 10000; i++) {
		struct arena_mark m = arena_mark(f->cx.arena);
		assert_int_equal(exam_form_load(&f->cx, form_id, S("en"), &again), OK);
		assert_ptr_equal(again, form);
		arena_back(f->cx.arena, m);
	}
	assert_int_equal(f->cx.statements, before);
	assert_true(str_is(form->v[29].asked.text, "kept-29"));
	assert_int_equal(exam_form_load(&f->cx, 4711, S("en"), &form), ERR_NOT_FOUND);
}

static int start(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(theirs_only),
		cmocka_unit_test(its_time),
		cmocka_unit_test(courses_first),
		cmocka_unit_test(no_seat_no_sitting),
		cmocka_unit_test(attempts_are_counted),
		cmocka_unit_test(an_open_one_stays),
		cmocka_unit_test(opens_with_blueprint_and_form_only),
		cmocka_unit_test(forms_hold_what_may_be_together),
		cmocka_unit_test(cases_come_with_their_questions),
		cmocka_unit_test(languages),
		cmocka_unit_test(a_form_is_read_once),
	};
	return cmocka_run_group_tests(tests, start, end);
}
