/* Examinations: nothing that has begun is changed under who sits it, who may sit is said with its reason, and a form reads its items once. */
#include "bank.h"
#include "feature/exam/exam.h"
#include "feature/exam/exam_build.h"
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

/* ── out of the bank ── */

static int64_t communication;

/* So many items of a competency at level 3. */
static void a_bank(int64_t competency, const char *prefix, size_t n, int64_t *ret)
{
	char code[60];
	for (size_t i = 0; i < n; i++) {
		snprintf(code, sizeof code, "%s-%zu", prefix, i);
		ret[i] = an_item(f, w.other_ministry, code, competency, 3);
	}
}

static int64_t times_in(const struct exam_built_form *form, int64_t item_id)
{
	int64_t n = 0;
	for (size_t i = 0; i < form->n; i++)
		n += form->v[i].item_id == item_id;
	return n;
}

/* The same number of each row in every form, nothing twice but what all have in common, enemies apart, cases whole; and the same again. */
static void forms_are_parallel(void **state)
{
	int64_t v[24], u[12], id = an_exam(f, w.other_ministry, "parallel", "standalone"), of = a_case(f, w.other_ministry, "parallel-case");
	struct exam_built b, again;
	(void)state;
	a_bank(drafting, "draft-item", 24, v);
	a_bank(communication, "talk-item", 12, u);
	enemies(f, v[0], v[1]);
	for (int i = 0; i < 3; i++)
		a_question_of(f, of, v[5 + i], i + 1);
	a_part(f, w.other_ministry, id, drafting, 3, 6);
	a_part(f, w.other_ministry, id, communication, 3, 3);
	const struct exam_build in = { w.other_ministry, id, 3, 2, 7 };
	assert_int_equal(exam_build(&f->cx, &in, &b), OK);
	assert_int_equal(b.state, ASSEMBLY_FOUND);
	assert_int_equal(b.n_forms, 3);
	assert_int_equal(b.cells[0].has, 24);
	int64_t common = 0, cased = 0;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(b.forms[i].n, 9);
		assert_int_equal(b.forms[i].cells[0], 6);
		assert_int_equal(b.forms[i].cells[1], 3);
		assert_true(times_in(&b.forms[i], v[0]) + times_in(&b.forms[i], v[1]) < 2);
		assert_int_equal(times_in(&b.forms[i], v[5]), times_in(&b.forms[i], v[6]));
		assert_int_equal(times_in(&b.forms[i], v[5]), times_in(&b.forms[i], v[7]));
		cased += times_in(&b.forms[i], v[5]);
		for (size_t k = 0; k < b.forms[i].n; k++)
			common += i == 0 && times_in(&b.forms[1], b.forms[0].v[k].item_id) && times_in(&b.forms[2], b.forms[0].v[k].item_id);
	}
	assert_true(cased <= 1);
	assert_int_equal(common, 2);
	assert_int_equal(exam_build(&f->cx, &in, &again), OK);
	assert_true(str_eq(b.digest, again.digest));
}

/* What is missing is said with its figures, and nothing is made. */
static void a_short_bank_is_told(void **state)
{
	int64_t v[5], id = an_exam(f, w.office, "short", "standalone"), theme = competency_named(f, "behavioural.collaboration");
	struct exam_built b;
	(void)state;
	for (int i = 0; i < 5; i++) {
		char code[40];
		snprintf(code, sizeof code, "short-%d", i);
		v[i] = an_item(f, w.office, code, theme, 1);
	}
	a_part(f, w.office, id, theme, 1, 4);
	const struct exam_build in = { w.office, id, 2, NONE, 1 };
	assert_int_equal(exam_build(&f->cx, &in, &b), OK);
	assert_int_equal(b.state, ASSEMBLY_SHORT);
	assert_true(b.cells[0].is_short);
	assert_int_equal(b.cells[0].has, 5);
	assert_int_equal(b.cells[0].needed, 8);
	/* Retired ones do not count. */
	tamper(f, "UPDATE item SET status = 'retired' WHERE id = %lld", (long long)v[0]);
	assert_int_equal(exam_build(&f->cx, &in, &b), OK);
	assert_int_equal(b.cells[0].has, 4);
}

struct parting {
	struct exam_part part;
};
static enum err part_fn(struct ctx *cx, void *arg)
{
	struct parting *a = arg;
	return exam_part_put(cx, &a->part);
}

/* An item belongs to one row of a blueprint. */
static void rows_do_not_overlap(void **state)
{
	int64_t id = an_exam(f, w.ministry, "rows", "standalone");
	(void)state;
	struct parting a = { { w.ministry, id, drafting, 2, S("apply"), 5 } };
	assert_int_equal(tried(part_fn, &a), OK);
	a.part.bloom = S("");
	assert_int_equal(tried(part_fn, &a), ERR_CONFLICT);
	a.part.level = 0;
	assert_int_equal(tried(part_fn, &a), ERR_CONFLICT);
	a.part.level = 1;
	assert_int_equal(tried(part_fn, &a), OK);
	a.part.items = 196;
	assert_int_equal(tried(part_fn, &a), ERR_INVALID);
	a.part.items = 7;
	assert_int_equal(tried(part_fn, &a), OK);
	assert_int_equal(query_int(f, "SELECT sum(items) FROM exam_part WHERE exam_id = %lld", (long long)id), 12);
}

/* ── over HTTP ── */

static const char *of_exam(int64_t org, int64_t id, const char *rest)
{
	return base_of("/orgs/%lld/exams/%lld%s", (long long)org, (long long)id, rest);
}

/* From the kind to an open examination that a learner sees, by pages alone. */
static void laid_down_by_pages(void **state)
{
	struct client *c = client_as(f, w.admin);
	char form[800], path[200];
	(void)state;
	struct civil d = clock_date(clock_day_in_india(f->cx.now));
	struct civil t = clock_date(clock_day_in_india(f->cx.now) + 3);
	assert_int_equal(get(c, "/orgs/%lld/exams", (long long)w.ministry), 200);
	assert_int_equal(get(c, "/orgs/%lld/exams/new", (long long)w.ministry), 200);
	assert_true(body_has(c, "Yearly comprehensive assessment"));
	assert_int_equal(get(c, "/orgs/%lld/exams/new?kind=standalone", (long long)w.ministry), 200);
	snprintf(form, sizeof form, "kind=standalone&title=Noting&code=noting-page&minutes=30&opens_day=%04d-%02d-%02d&closes_day=%04d-%02d-%02d&closes_time=99", d.year, d.month, d.day,
		 t.year, t.month, t.day);
	assert_int_equal(post(c, base_of("/orgs/%lld/exams", (long long)w.ministry), form), 422);
	assert_true(body_has(c, "must be a time of day") && body_has(c, "Make the draft"));
	snprintf(form, sizeof form, "kind=standalone&title=Noting&code=noting-page&minutes=30&opens_day=%04d-%02d-%02d&opens_time=0:00&closes_day=%04d-%02d-%02d&closes_time=18:00", d.year,
		 d.month, d.day, t.year, t.month, t.day);
	assert_int_equal(post(c, base_of("/orgs/%lld/exams", (long long)w.ministry), form), 303);
	int64_t id = query_int(f, "SELECT id FROM exam WHERE code = 'noting-page'");
	for (int i = 0; i < 12; i++) {
		char code[40];
		snprintf(code, sizeof code, "page-%d", i);
		an_item(f, w.ministry, code, communication, 3);
	}
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "")), 200);
	assert_true(body_has(c, "The blueprint is empty"));
	assert_int_equal(post(c, of_exam(w.ministry, id, "/parts"), "competency=behavioural.communication&level=3&bloom=&items=5"), 303);
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "")), 200);
	assert_true(body_has(c, "There is no form yet."));
	assert_int_equal(post(c, of_exam(w.ministry, id, "/open"), ""), 409);
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "/forms/look?forms=3&common=&seed=1")), 200);
	assert_true(body_has(c, "too few questions"));
	assert_int_equal(get(c, "/api/v1%s", of_exam(w.ministry, id, "/forms/look?forms=2&common=1&seed=1")), 200);
	char digest[80] = "";
	const char *at = strstr(buf_get(&c->body).p, "\"digest\":\"");
	assert_non_null(at);
	sscanf(at, "\"digest\":\"%32[0-9a-f]", digest);
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "/forms/look?forms=2&common=1&seed=1")), 200);
	assert_true(body_has(c, "Nothing is kept yet") && body_has(c, digest));
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_form WHERE exam_id = %lld", (long long)id), 0);
	assert_int_equal(post(c, of_exam(w.ministry, id, "/forms"), "forms=2&common=1&seed=1&digest=0000"), 409);
	snprintf(form, sizeof form, "forms=2&common=1&seed=1&digest=%s", digest);
	assert_int_equal(post(c, of_exam(w.ministry, id, "/forms"), form), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_form WHERE exam_id = %lld AND items = 5", (long long)id), 2);
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "/forms")), 200);
	assert_true(body_has(c, "Questions also in another form"));
	int64_t form_id = query_int(f, "SELECT min(id) FROM exam_form WHERE exam_id = %lld", (long long)id);
	snprintf(path, sizeof path, "/forms/%lld", (long long)form_id);
	/* Who lays down examinations sees codes, not texts or keys. */
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, path)), 200);
	assert_true(body_has(c, "page-") && !body_has(c, "right</td>") && !body_has(c, "KEY"));
	assert_true(body_has(c, "shown only to those who write the item bank"));
	assert_int_equal(post(c, of_exam(w.ministry, id, "/open"), ""), 303);
	struct client *l = client_as(f, w.learner);
	assert_int_equal(get(l, "/exams"), 200);
	assert_true(body_has(l, "Noting"));
	assert_int_equal(get(l, "/exams/%lld", (long long)id), 200);
	assert_true(body_has(l, "Begin now") && body_has(l, "What is recorded") && body_has(l, "5 questions"));
	struct client *o = client_as(f, w.other_learner);
	assert_int_equal(get(o, "/exams/%lld", (long long)id), 404);
	assert_int_equal(get(o, "%s", of_exam(w.ministry, id, "")), 403);
	client_free(o);
	client_free(l);
	/* A copy is a draft of its own, without forms. */
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "")), 200);
	assert_int_equal(post(c, of_exam(w.ministry, id, "/copy"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam e JOIN exam_part p ON p.exam_id = e.id WHERE e.code = 'noting-page-2' AND e.state = 'draft'"), 1);
	/* The settings page brings back what is there. */
	assert_int_equal(get(c, "%s", of_exam(w.ministry, id, "/change")), 200);
	assert_true(body_has(c, "value=\"18:00\""));
	assert_int_equal(post(c, of_exam(w.ministry, id, "/close"), ""), 303);
	assert_int_equal(stand(id, w.learner).why, EXAM_CLOSED);
	client_free(c);
}

/* The state of the courses that come first is told as figures. */
static void told_which_courses_are_done(void **state)
{
	int64_t v[5], id = an_exam(f, w.ministry, "yearly-page", "comprehensive");
	(void)state;
	items(v, 5, "yearly-page");
	a_part(f, w.ministry, id, drafting, 2, 5);
	a_form(f, id, v, 5);
	in_tx(f, need_fn, (int64_t[]){ id, w.course });
	in_tx(f, need_fn, (int64_t[]){ id, w.hindi });
	open_exam(f, w.ministry, id);
	struct client *c = client_as(f, w.colleague);
	assert_int_equal(get(c, "/exams/%lld", (long long)id), 200);
	assert_true(body_has(c, "0 of 2 courses are done; 1 must be.") && body_has(c, "Some courses come first") && !body_has(c, "Begin now"));
	tamper(f, "INSERT INTO enrolment (person_id, course_id, kind, state, enrolled_at, completed_at, resources_done) VALUES (%lld, %lld, 'self', 'completed', 1, 2, 0)",
	       (long long)w.colleague, (long long)w.hindi);
	assert_int_equal(get(c, "/exams/%lld", (long long)id), 200);
	assert_true(body_has(c, "1 of 2 courses are done; 1 must be.") && body_has(c, "Begin now"));
	client_free(c);
}

/* What is wrong with an open examination is found. */
static void found_by_check(void **state)
{
	int64_t id = open_one("checked", "standalone");
	(void)state;
	size_t before = check_findings(f);
	tamper(f, "UPDATE item SET status = 'retired' WHERE id = (SELECT min(i.item_id) FROM exam_form x JOIN exam_form_item i ON i.form_id = x.id WHERE x.exam_id = %lld)", (long long)id);
	assert_int_equal(check_findings(f), before + 1);
	tamper(f, "UPDATE exam_form SET ended_at = 1 WHERE exam_id = %lld", (long long)id);
	assert_int_equal(check_findings(f), before + 1); /* the item does not matter any more, the missing form does */
	tamper(f, "UPDATE exam SET state = 'closed' WHERE id = %lld", (long long)id);
	assert_int_equal(check_findings(f), before);
}

struct pairing {
	struct exam_rules rules;
	int64_t id;
};
static enum err add_fn(struct ctx *cx, void *arg)
{
	struct pairing *a = arg;
	return exam_add(cx, &a->rules, &a->id);
}

/* Tests of a course are for those who learn it, and stand on its page. */
static void tests_of_a_course(void **state)
{
	static const char *const kinds[] = { "pre", "post" };
	int64_t ids[2], v[5];
	(void)state;
	items(v, 5, "of-course");
	for (int i = 0; i < 2; i++) {
		struct pairing a = { .rules = { .org_id = w.ministry, .code = str_of(kinds[i]), .title = str_of(i ? "After it" : "Before it"), .kind = str_of(kinds[i]), .minutes = 10, .grace_s = NONE,
						.attempts = NONE, .pass = NONE, .opens_at = f->cx.now, .closes_at = f->cx.now + DAY, .year = NONE, .need_share = NONE, .course_id = NONE,
						.resource_id = NONE, .least = NONE, .most = NONE, .target_se = (double)NAN } };
		assert_int_equal(tried(add_fn, &a), ERR_INVALID);
		a.rules.course_id = w.course;
		a.rules.resource_id = w.quiz;
		assert_int_equal(tried(add_fn, &a), i ? OK : ERR_INVALID); /* what is known before credits nothing */
		a.rules.resource_id = NONE;
		if (!i)
			assert_int_equal(tried(add_fn, &a), OK);
		ids[i] = a.id;
		a_part(f, w.ministry, ids[i], drafting, 2, 5);
		a_form(f, ids[i], v, 5);
		open_exam(f, w.ministry, ids[i]);
	}
	assert_int_equal(stand(ids[0], w.boss).why, EXAM_NOT_ENROLLED);
	struct client *c = client_as(f, w.boss);
	assert_int_equal(get(c, "/courses/%lld", (long long)w.course), 200);
	assert_false(body_has(c, "Tests of this course"));
	assert_int_equal(post(c, base_of("/courses/%lld/enrolment", (long long)w.course), ""), 303);
	assert_int_equal(get(c, "/courses/%lld", (long long)w.course), 200);
	assert_true(body_has(c, "Tests of this course") && body_has(c, "Before it") && body_has(c, "After it"));
	assert_int_equal(stand(ids[1], w.boss).why, EXAM_MAY);
	assert_int_equal(get(c, "/exams"), 200);
	assert_true(body_has(c, "Before it"));
	client_free(c);
}

static int start(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	communication = competency_named(f, "behavioural.communication");
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
		cmocka_unit_test(forms_are_parallel),
		cmocka_unit_test(a_short_bank_is_told),
		cmocka_unit_test(rows_do_not_overlap),
		cmocka_unit_test(laid_down_by_pages),
		cmocka_unit_test(told_which_courses_are_done),
		cmocka_unit_test(found_by_check),
		cmocka_unit_test(tests_of_a_course),
	};
	return cmocka_run_group_tests(tests, start, end);
}
