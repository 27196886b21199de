/* From gap to plan: what is proposed and why, what never is, and the plan that a person and the supervisor agree. */
#include "http_test.h"
#include "course_sql.h"
#include "feature/competency/competency.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/merge/merge.h"
#include "feature/plan/plan.h"
#include "feature/post/post.h"

static struct fixture *f;
static struct world w;
static int64_t role, work_post, today, only_drafting, both, only_speaking, half_ethics, short_one, twin;

/* ── builders ── */

struct made_course {
	const char *code, *lang;
	int64_t minutes, translation_of;
	struct teaches teaches[2];
	size_t n;
	int64_t id, lesson;
};

static enum err course_fn(struct ctx *cx, void *arg)
{
	struct made_course *c = arg;
	int64_t module = new_id(cx);
	c->id = new_id(cx);
	c->lesson = new_id(cx);
	TRY(course_sql_add(cx, c->id, str_of(c->code), str_of(c->code), S(""), S(""), str_of(c->lang), S("Institute"), w.institute, c->translation_of, S(""),
			   S("[]"), c->minutes * 60000, 1000, 1, cx->now, NULL));
	TRY(course_sql_put_module(cx, module, c->id, 1, S("m"), S("Module"), S(""), NULL));
	TRY(course_sql_put_resource(cx, c->lesson, c->id, module, 1, S("r"), S("lesson"), S("Lesson"), c->minutes * 60000, 0, 1000, S(""), S(""), S("[]"),
				    STR_NONE, STR_NONE, S("[]"), NONE, NULL));
	return teaches_set(cx, c->id, c->teaches, c->n);
}

static struct made_course a_short_course(const char *code, const char *lang, int64_t minutes, int64_t translation_of, const char *first, int64_t first_level,
					 const char *second, int64_t second_level)
{
	struct made_course c = { .code = code, .lang = lang, .minutes = minutes, .translation_of = translation_of };
	c.teaches[c.n++] = (struct teaches){ S("kcm"), str_of(first), first_level };
	if (second)
		c.teaches[c.n++] = (struct teaches){ S("kcm"), str_of(second), second_level };
	in_tx(f, course_fn, &c);
	return c;
}

struct activity_arg {
	const char *code, *name_en, *name_hi;
	struct activity_need needs[2];
	size_t n;
};

static enum err activity_fn(struct ctx *cx, void *arg)
{
	const struct activity_arg *a = arg;
	int64_t id;
	return activity_set(cx, &(struct activity_set){ role, str_of(a->code), str_of(a->name_en), str_of(a->name_hi), a->needs, a->n }, &id);
}

struct completing {
	int64_t person, course, lesson;
};

static enum err complete_fn(struct ctx *cx, void *arg)
{
	const struct completing *c = arg;
	struct completion done;
	TRY(enrolment_add(cx, c->person, c->course));
	return completion_credit(cx, c->person, c->lesson, "review", &done);
}

static void completes(int64_t person, int64_t course)
{
	struct completing c = { person, course, query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)course) };
	in_tx(f, complete_fn, &c);
}

static enum err assign_fn(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.boss;
	enum err e = enrolment_assign(cx, arg);
	cx->actor.person_id = 0;
	return e;
}

static enum err withdraw_fn(struct ctx *cx, void *arg)
{
	return enrolment_withdraw(cx, w.learner, *(int64_t *)arg);
}

/* Whether a course is among those that the API lists. */
static bool lists(struct client *c, int64_t course)
{
	return body_has(c, base_of("\"course_id\":\"%lld\"", (long long)course));
}

/* Through the page's form, so that token and address are those of the page. */
static long does(struct client *c, const char *what, const char *form)
{
	NEED(get(c, "/me/plan/individual") == 200, "no page: %ld", c->status);
	return post(c, base_of("/me/plan/%s", what), form);
}

static int64_t plan_in_state(int64_t person, const char *state)
{
	return query_int(f, "SELECT id FROM learning_plan WHERE person_id = %lld AND state = '%s'", (long long)person, state);
}

static long decides(struct client *c, int64_t person, int64_t plan, int64_t n_sent, const char *answer)
{
	char form[200];
	snprintf(form, sizeof form, "plan_id=%lld&n_sent=%lld&answer=%s", (long long)plan, (long long)n_sent, answer);
	NEED(get(c, "/people/%lld", (long long)person) > 0, "no answer");
	NEED(get(c, "/me") == 200, "no page");
	return post(c, base_of("/people/%lld/plan", (long long)person), form);
}

/* ── what is proposed ── */

static void who_has_learned_it_needs_evidence_and_not_another_course(void **state)
{
	struct client *c = client_as(f, w.learner), *boss = client_as(f, w.boss);
	int64_t drafting = competency_named(f, "functional.noting-and-drafting");
	(void)state;
	assert_int_equal(get(c, "/api/v1/me/plan"), 200);
	assert_true(lists(c, short_one) && lists(c, only_speaking) && !lists(c, both));
	completes(w.learner, short_one);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "You have completed a course for it. What is missing is evidence"));
	assert_int_equal(get(c, "/api/v1/me/plan"), 200);
	assert_true(lists(c, only_speaking) && !lists(c, short_one) && !lists(c, only_drafting) && !lists(c, both));
	/* When the supervisor says that it is not there, a course may bring it. */
	assert_int_equal(get(boss, "/people/%lld/competencies/%lld", (long long)w.learner, (long long)drafting), 200);
	assert_int_equal(post(boss, base_of("/people/%lld/competencies/%lld", (long long)w.learner, (long long)drafting), "level=1&note=Not+yet"), 303);
	client_free(c);
	client_free(boss);
}

static void the_cheapest_set_that_closes_is_proposed_and_a_course_done_never(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/api/v1/me/plan"), 200);
	assert_true(lists(c, both) && lists(c, half_ethics));
	assert_false(lists(c, only_drafting) || lists(c, only_speaking) || lists(c, short_one));
	/* Nor its translation: who has done the one knows the other. */
	assert_false(lists(c, twin));
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "2 courses, 3 h 50 min") && body_has(c, "No other choice closes more"));
	assert_true(c->statements <= 12);
	client_free(c);
}

static void each_course_has_its_reason_with_activity_and_levels_in_both_languages(void **state)
{
	struct client *c = client_as(f, w.learner);
	char name_hi[200];
	(void)state;
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "Closes Noting &amp; Drafting from 1.3 to 2: required by your activity “Put up files”."));
	/* What is not known has no figure. */
	assert_true(body_has(c, "Closes Communication, where nothing is known of you yet, up to level 2: required by your activity “Speak in meetings”."));
	assert_true(body_has(c, "Brings Conduct Rules, where nothing is known of you yet, to level 2, towards what your activity “Put up files” requires."));
	query_text(f, name_hi, sizeof name_hi,
		   "SELECT name_hi FROM competency_text x JOIN competency c ON c.id = x.competency_id WHERE c.code = 'behavioural.communication'");
	assert_int_equal(get(c, "/language/hi?to=/me/plan"), 303);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "मिसिल प्रस्तुत करना") && body_has(c, name_hi) && body_has(c, "1.3"));
	assert_false(body_has(c, "Put up files"));
	assert_int_equal(get(c, "/language/en?to=/me/plan"), 303);
	client_free(c);
}

static void what_no_course_closes_is_said_and_a_certificate_is_not_taken_for_the_level(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "Courses here teach it up to level 2 only."));
	assert_true(body_has(c, "No course here teaches it."));
	assert_true(body_has(c, "you will need a test or your supervisor&#39;s word to show the level") ||
		    body_has(c, "you will need a test or your supervisor's word to show the level"));
	client_free(c);
}

static void within_few_hours_the_plan_stays_within_them(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/me/plan?hours=1&months=1"), 200);
	assert_true(body_has(c, "1 course, 50 min") && body_has(c, "no room within your hours"));
	assert_int_equal(get(c, "/api/v1/me/plan?hours=1&months=1"), 200);
	assert_true(lists(c, half_ethics));
	assert_false(lists(c, both));
	assert_int_equal(get(c, "/api/v1/me/plan?hours=1"), 422);
	assert_true(body_has(c, "\"field\":\"months\""));
	client_free(c);
}

static void what_was_asked_with_a_day_comes_first_and_counts_as_chosen(void **state)
{
	struct client *c = client_as(f, w.learner);
	struct assign in = { w.learner, only_drafting, today + 30, S("for the audit") };
	(void)state;
	in_tx(f, assign_fn, &in);
	assert_int_equal(get(c, "/api/v1/me/plan"), 200);
	/* Drafting is closed by it, so the long course for both is not needed. */
	assert_true(lists(c, only_drafting) && lists(c, only_speaking));
	assert_false(lists(c, both));
	const char *body = buf_get(&c->body).p;
	const char *asked = strstr(body, base_of("\"course_id\":\"%lld\"", (long long)only_drafting)),
		   *other = strstr(body, base_of("\"course_id\":\"%lld\"", (long long)only_speaking));
	assert_true(asked && other && asked < other);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "Asked of you by Meera Nair: for the audit") && body_has(c, "Due in 30 days"));
	/* It stands there even where it alone is more than the hours. */
	assert_int_equal(get(c, "/me/plan?hours=1&months=1"), 200);
	assert_true(body_has(c, "1 course, 2 h") && body_has(c, "alone more than these hours"));
	in_tx(f, withdraw_fn, &only_drafting);
	client_free(c);
}

static void of_a_course_under_way_only_what_is_left_counts(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	/* The assignment enrolled him; three quarters are learned by now. */
	tamper(f,
	       "INSERT INTO progress (person_id, resource_id, intervals, covered_ms, position_ms, position_key, updated_at) SELECT %lld, id, '[]', 5400000, 0, "
	       "0, 0 FROM resource WHERE "
	       "course_id = %lld",
	       (long long)w.learner, (long long)only_drafting);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "3 courses, 3 h"));
	assert_true(lists(c, only_drafting) || body_has(c, base_of("/courses/%lld", (long long)only_drafting)));
	tamper(f, "DELETE FROM progress WHERE person_id = %lld", (long long)w.learner);
	client_free(c);
}

static void a_plan_leads_to_another_post_by_what_that_one_asks(void **state)
{
	struct client *c = client_as(f, w.learner);
	int64_t next_role = a_work_role(f, w.root, "head", "Head the section", competency_named(f, "behavioural.team-leadership"), 3);
	int64_t next = a_post(f, w.other_office, "section-head", 1, next_role);
	int64_t leading = a_short_course("leading", "en", 200, NONE, "behavioural.team-leadership", 3, NULL, 0).id;
	(void)state;
	assert_int_equal(get(c, "/me/plan?post_id=%lld", (long long)next), 200);
	assert_true(
		body_has(c, "Closes Team Leadership, where nothing is known of you yet, up to level 3: required there by the activity “Head the section”."));
	assert_true(body_has(c, "section-head") && !body_has(c, "Put up files"));
	assert_int_equal(get(c, "/api/v1/me/plan?post_id=%lld", (long long)next), 200);
	assert_true(lists(c, leading) && !lists(c, both));
	assert_int_equal(get(c, "/api/v1/me/plan"), 200);
	assert_true(!lists(c, leading) && lists(c, both));
	assert_int_equal(get(c, "/me/plan?post_id=4711"), 404);
	client_free(c);
}

/* ── what others like him learned ── */

static int64_t peers[6];

static void others_count_from_five_people_on(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	for (size_t i = 0; i < 6; i++) {
		peers[i] = a_person(f, base_of("peer%zu", i), base_of("Peer %zu", i), w.office, w.boss);
		a_holding(f, work_post, peers[i], today);
		if (i < 4)
			completes(peers[i], w.hindi);
	}
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "Nothing yet that five people or more have completed."));
	completes(peers[4], w.hindi);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "5 people") && body_has(c, base_of("/courses/%lld", (long long)w.hindi)));
	completes(w.learner, w.hindi);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_true(body_has(c, "Nothing yet that five people or more have completed."));
	client_free(c);
}

/* ── the individual plan ── */

static void a_proposal_becomes_a_plan_that_nobody_else_sees_until_it_is_sent(void **state)
{
	struct client *c = client_as(f, w.learner), *boss = client_as(f, w.boss), *other = client_as(f, w.other_boss);
	(void)state;
	int64_t enrolments = query_int(f, "SELECT count(*) FROM enrolment");
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_int_equal(post(c, "/me/plan", "hours=5&months=10"), 303);
	int64_t plan = plan_in_state(w.learner, "draft");
	assert_int_equal(query_int(f, "SELECT minutes FROM learning_plan WHERE id = %lld", (long long)plan), 3000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment"), enrolments);
	assert_int_equal(get(c, "/me/plan/individual"), 200);
	assert_true(body_has(c, "Being made") && body_has(c, "required by your activity “Put up files”"));
	/* Its days lie within its months, in the measure of the hours. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM learning_plan_course WHERE plan_id = %lld AND (due_day < %lld OR due_day > %lld)", (long long)plan,
				   (long long)today, (long long)today + 310),
			 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM learning_plan_course WHERE plan_id = %lld AND reason_hi LIKE '%%मिसिल%%'", (long long)plan), 2);
	assert_int_equal(get(boss, "/people/%lld/plan", (long long)w.learner), 200);
	assert_true(body_has(boss, "No plan yet"));
	assert_int_equal(get(boss, "/people/%lld/plan/versions/%lld", (long long)w.learner, (long long)plan), 404);
	assert_int_equal(get(other, "/people/%lld/plan", (long long)w.learner), 403);
	/* Only one at a time. */
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_int_equal(post(c, "/me/plan", ""), 409);
	client_free(c);
	client_free(boss);
	client_free(other);
}

static void the_person_changes_the_courses_and_their_days(void **state)
{
	struct client *c = client_as(f, w.learner);
	char form[100];
	(void)state;
	struct civil d = clock_date(today + 60);
	assert_int_equal(does(c, "courses", "course=only-speaking"), 303);
	assert_int_equal(does(c, "courses", "course=no-such-course"), 404);
	assert_int_equal(does(c, "courses", "course=short-one"), 409); /* completed */
	assert_int_equal(does(c, "courses", ""), 422);
	snprintf(form, sizeof form, "due_day=%04d-%02d-%02d", d.year, d.month, d.day);
	assert_int_equal(does(c, base_of("courses/%lld", (long long)only_speaking), form), 303);
	assert_int_equal(query_int(f, "SELECT due_day FROM learning_plan_course WHERE course_id = %lld", (long long)only_speaking), today + 60);
	/* What is there stays as it is when it is added again, here by its id as the buttons do. */
	assert_int_equal(does(c, "courses", base_of("course=%lld", (long long)only_speaking)), 303);
	assert_int_equal(query_int(f, "SELECT due_day FROM learning_plan_course WHERE course_id = %lld", (long long)only_speaking), today + 60);
	assert_int_equal(does(c, base_of("courses/%lld", (long long)only_speaking), "due_day=2020-01-01"), 422);
	assert_int_equal(does(c, base_of("courses/%lld/remove", (long long)half_ethics), ""), 303);
	assert_int_equal(does(c, base_of("courses/%lld/remove", (long long)half_ethics), ""), 404);
	client_free(c);
}

static void the_supervisor_is_told_and_sends_it_back_with_words(void **state)
{
	struct client *c = client_as(f, w.learner), *boss = client_as(f, w.boss);
	(void)state;
	assert_int_equal(does(c, "send", ""), 303);
	int64_t plan = plan_in_state(w.learner, "sent");
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'plan'", (long long)w.boss), 1);
	/* Before the supervisor nothing of it changes. */
	assert_int_equal(does(c, "courses", "course=only-drafting"), 409);
	assert_int_equal(get(boss, "/people/%lld/plan", (long long)w.learner), 200);
	assert_true(body_has(boss, "Before the supervisor") && body_has(boss, "Your word"));
	assert_int_equal(decides(boss, w.learner, plan, 1, "return"), 422);
	assert_int_equal(decides(boss, w.learner, plan, 1, "return&words=Add+drafting+first"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'plan'", (long long)w.learner), 1);
	assert_int_equal(get(c, "/me/plan/individual"), 200);
	assert_true(body_has(c, "Came back") && body_has(c, "Add drafting first"));
	client_free(c);
	client_free(boss);
}

static void nobody_agrees_to_what_he_has_not_seen_nor_to_the_own_plan(void **state)
{
	struct client *c = client_as(f, w.learner), *boss = client_as(f, w.boss), *other = client_as(f, w.other_boss), *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(does(c, "courses", "course=only-drafting"), 303);
	assert_int_equal(does(c, "send", ""), 303);
	int64_t plan = plan_in_state(w.learner, "sent");
	/* What the supervisor still has open was taken back, changed and sent anew. */
	assert_int_equal(does(c, "take-back", ""), 303);
	assert_int_equal(decides(boss, w.learner, plan, 2, "agree"), 409);
	assert_int_equal(does(c, base_of("courses/%lld/remove", (long long)only_speaking), ""), 303);
	assert_int_equal(does(c, "send", ""), 303);
	assert_int_equal(decides(boss, w.learner, plan, 2, "agree"), 409);
	assert_int_equal(decides(other, w.learner, plan, 3, "agree"), 403);
	assert_int_equal(decides(admin, w.learner, plan, 3, "agree"), 403);
	assert_int_equal(decides(c, w.learner, plan, 3, "agree"), 403);
	assert_int_equal(decides(boss, w.learner, plan, 3, "agree"), 303);
	assert_int_equal(plan_in_state(w.learner, "agreed"), plan);
	client_free(c);
	client_free(boss);
	client_free(other);
	client_free(admin);
}

static void an_agreed_plan_changes_only_by_a_new_version(void **state)
{
	struct client *c = client_as(f, w.learner), *boss = client_as(f, w.boss);
	(void)state;
	int64_t agreed = plan_in_state(w.learner, "agreed"),
		n = query_int(f, "SELECT count(*) FROM learning_plan_course WHERE plan_id = %lld", (long long)agreed);
	assert_int_equal(does(c, "courses", "course=only-speaking"), 409);
	assert_true(body_has(c, "An agreed plan changes only by a new version."));
	assert_int_equal(does(c, base_of("courses/%lld/remove", (long long)only_drafting), ""), 409);
	assert_int_equal(does(c, "versions", ""), 303);
	int64_t draft = plan_in_state(w.learner, "draft");
	assert_int_equal(does(c, "courses", "course=only-speaking"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM learning_plan_course WHERE plan_id = %lld", (long long)agreed), n);
	assert_int_equal(query_int(f, "SELECT count(*) FROM learning_plan_course WHERE plan_id = %lld", (long long)draft), n + 1);
	/* The agreed one holds, and is what the supervisor sees, until the new one is agreed. */
	assert_int_equal(get(boss, "/people/%lld/plan", (long long)w.learner), 200);
	assert_true(body_has(boss, "Individual plan 1") && body_has(boss, "Agreed"));
	assert_int_equal(does(c, "send", ""), 303);
	assert_int_equal(decides(boss, w.learner, draft, 1, "agree"), 303);
	assert_int_equal(plan_in_state(w.learner, "agreed"), draft);
	assert_int_equal(plan_in_state(w.learner, "past"), agreed);
	/* The one before stays to be read, by both. */
	assert_int_equal(get(c, "/me/plan/versions/%lld", (long long)agreed), 200);
	assert_true(body_has(c, "A later one holds"));
	assert_int_equal(get(boss, "/people/%lld/plan/versions/%lld", (long long)w.learner, (long long)agreed), 200);
	/* But nobody else's under his name. */
	assert_int_equal(get(boss, "/people/%lld/plan/versions/%lld", (long long)w.colleague, (long long)agreed), 404);
	client_free(c);
	client_free(boss);
}

static void one_act_enrols_in_all_and_both_see_how_far_it_is(void **state)
{
	struct client *c = client_as(f, w.learner), *boss = client_as(f, w.boss);
	(void)state;
	int64_t plan = plan_in_state(w.learner, "agreed");
	assert_int_equal(get(c, "/me/plan/individual"), 200);
	assert_int_equal(post_json(c, "/api/v1/me/plan/enrolments", "{}"), 200);
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM learning_plan_course i LEFT JOIN enrolment e ON e.person_id = i.person_id AND e.course_id = "
				   "i.course_id WHERE i.plan_id = %lld AND "
				   "COALESCE(e.state, 'none') <> 'active'",
				   (long long)plan),
			 0);
	assert_int_equal(post_json(c, "/api/v1/me/plan/enrolments", "{}"), 200);
	assert_int_equal(json_number(c, "n"), 0);
	completes(w.learner, only_speaking);
	assert_int_equal(get(c, "/me/plan/individual"), 200);
	assert_true(body_has(c, "1 of 3 completed"));
	assert_int_equal(get(boss, "/people/%lld/plan", (long long)w.learner), 200);
	assert_true(body_has(boss, "1 of 3 completed"));
	client_free(c);
	client_free(boss);
}

/* ── the command, and everything else ── */

static void the_command_prints_the_plan_as_json_and_refusals_as_sentences(void **state)
{
	char out[60000];
	(void)state;
	const char *const args[] = { "plan", "--person", "learner@example.gov.in", NULL };
	assert_int_equal(program_run(f, out, sizeof out, args), 0);
	assert_non_null(strstr(out, "\"proved\":true"));
	assert_non_null(strstr(out, "\"limit_minutes\":3000"));
	assert_non_null(strstr(out, "\"stays_open\":\"too-low\""));
	assert_non_null(strstr(out, "required by your activity “Put up files”"));
	assert_null(strstr(out, "\"title\":\"short-one\""));
	const char *const few[] = { "plan", "--person", "learner@example.gov.in", "--hours", "1", "--hindi", NULL };
	assert_int_equal(program_run(f, out, sizeof out, few), 0);
	assert_non_null(strstr(out, "\"limit_minutes\":60"));
	assert_non_null(strstr(out, "मिसिल प्रस्तुत करना"));
	const char *const nobody[] = { "plan", "--person", "nobody@example.gov.in", NULL };
	assert_int_equal(program_run(f, out, sizeof out, nobody), 1);
	assert_non_null(strstr(out, "Nobody signs in with this"));
	const char *const never[] = { "plan", "--person", "learner@example.gov.in", "--hours", "-1", NULL };
	assert_int_equal(program_run(f, out, sizeof out, never), 1);
	assert_non_null(strstr(out, "must be from 1 to 2,400 in all"));
}

static enum err join_fn(struct ctx *cx, void *arg)
{
	struct merge_join in = { w.ministry, w.colleague, w.learner };
	cx->actor.person_id = w.operator;
	return merge_join(cx, &in, arg);
}

static enum err undo_fn(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.operator;
	return merge_undo(cx, w.ministry, *(int64_t *)arg);
}

static void two_accounts_of_one_person_have_one_plan(void **state)
{
	int64_t merge, agreed = plan_in_state(w.learner, "agreed");
	struct client *c = client_as(f, w.colleague);
	struct assign in = { w.colleague, only_speaking, today + 9, S("") };
	(void)state;
	in_tx(f, assign_fn, &in);
	assert_int_equal(get(c, "/me/plan"), 200);
	assert_int_equal(post(c, "/me/plan", ""), 303);
	int64_t draft = plan_in_state(w.colleague, "draft");
	in_tx(f, join_fn, &merge);
	assert_int_equal(plan_in_state(w.colleague, "agreed"), agreed);
	assert_int_equal(plan_in_state(w.colleague, "draft"), draft);
	assert_int_equal(query_int(f, "SELECT count(*) FROM learning_plan_course WHERE person_id = %lld", (long long)w.learner), 0);
	in_tx(f, undo_fn, &merge);
	assert_int_equal(plan_in_state(w.learner, "agreed"), agreed);
	assert_int_equal(plan_in_state(w.colleague, "agreed"), 0);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

/* ── in a large catalogue ── */

enum { MANY = 10000, PIECE = 500 };

struct many {
	int64_t from;
	struct str *codes;
	size_t n_codes;
};

static enum err many_fn(struct ctx *cx, void *arg)
{
	const struct many *m = arg;
	for (int64_t i = m->from; i < m->from + PIECE; i++) {
		int64_t id = new_id(cx);
		struct str code = str_fmt(cx->arena, "many-%lld", (long long)i);
		struct teaches t[2];
		for (int64_t k = 0; k < 2; k++)
			t[k] = (struct teaches){ S("kcm"), m->codes[(size_t)(i * 37 + k * 11) % m->n_codes], 1 + (i / 7 + k) % 3 };
		TRY(course_sql_add(cx, id, code, code, S(""), S(""), i % 3 ? S("en") : S("hi"), S("Institute"), NONE, NONE, S(""), S("[]"),
				   (30 + i % 271) * 60000, 1000, 1, cx->now, NULL));
		TRY(teaches_set(cx, id, t, 2));
	}
	return OK;
}

static enum err propose_fn(struct ctx *cx, void *arg)
{
	return plan_propose(cx, &(struct plan_ask){ w.other_learner, NONE, NONE, NONE, NONE }, arg);
}

static void ten_thousand_courses_take_milliseconds(void **state)
{
	struct many m = { .codes = ARENA_ARRAY(f->cx.arena, struct str, 200) };
	struct plan_proposal p;
	char code[100];
	(void)state;
	for (int64_t n = query_int(f, "SELECT count(*) FROM competency WHERE kind IN ('theme', 'sub-theme')"); (int64_t)m.n_codes < n;) {
		query_text(f, code, sizeof code, "SELECT code FROM competency WHERE kind IN ('theme', 'sub-theme') ORDER BY code LIMIT 1 OFFSET %zu",
			   m.n_codes);
		m.codes[m.n_codes++] = str_dup(f->cx.arena, str_of(code));
	}
	for (m.from = 0; m.from < MANY; m.from += PIECE)
		in_tx(f, many_fn, &m);
	/* Twelve activities, each with a competency of its own at level 2 or 3. */
	for (size_t i = 0; i < 12; i++) {
		struct activity_arg a = {
			base_of("a%zu", i), base_of("Activity %zu", i), "", { { competency_named(f, m.codes[i * 10].p), 2 + (int64_t)i % 2 } }, 1
		};
		in_tx(f, activity_fn, &a);
	}
	a_holding(f, a_post(f, w.other_office, "many", 1, role), w.other_learner, today);
	int64_t best = INT64_MAX;
	for (int i = 0; i < 5; i++) {
		int64_t begun = clock_monotonic();
		assert_int_equal(db_read(&f->cx, propose_fn, &p), OK);
		best = clock_monotonic() - begun < best ? clock_monotonic() - begun : best;
	}
	print_message("%d courses, %zu gaps, %zu courses looked at, %zu chosen, %s: %.1f ms\n", MANY, p.n_gaps, p.n_courses, p.choice.n_picks,
		      p.choice.proved ? "proved" : "not proved", (double)best / 1e6);
	assert_true(p.choice.proved && p.n_gaps >= 12 && p.n_courses > 500);
	/* Generous, since sanitizers slow it down many times over. */
	assert_true(best < INT64_C(5000000000));
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	today = clock_day_in_india(f->app.fixed_now);
	int64_t drafting = competency_named(f, "functional.noting-and-drafting"), speaking = competency_named(f, "behavioural.communication");
	int64_t rules = competency_named(f, "functional.conduct-rules"), budget = competency_named(f, "functional.court-case-management");
	role = a_work_role(f, w.root, "desk", "Put up files", drafting, 2);
	struct activity_arg files = { "desk", "Put up files", "मिसिल प्रस्तुत करना", { { drafting, 2 }, { rules, 3 } }, 2 };
	struct activity_arg meetings = { "meetings", "Speak in meetings", "बैठकों में बोलना", { { speaking, 2 }, { budget, 2 } }, 2 };
	in_tx(f, activity_fn, &files);
	in_tx(f, activity_fn, &meetings);
	work_post = a_post(f, w.office, "so-desk", 20, role);
	a_holding(f, work_post, w.learner, today);
	only_drafting = a_short_course("only-drafting", "en", 120, NONE, "functional.noting-and-drafting", 2, NULL, 0).id;
	both = a_short_course("both", "en", 180, NONE, "functional.noting-and-drafting", 2, "behavioural.communication", 2).id;
	only_speaking = a_short_course("only-speaking", "en", 100, NONE, "behavioural.communication", 2, NULL, 0).id;
	half_ethics = a_short_course("half-ethics", "en", 50, NONE, "functional.conduct-rules", 2, NULL, 0).id;
	short_one = a_short_course("short-one", "en", 30, NONE, "functional.noting-and-drafting", 2, NULL, 0).id;
	twin = a_short_course("short-one-hi", "hi", 28, short_one, "functional.noting-and-drafting", 2, NULL, 0).id;
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
		cmocka_unit_test(who_has_learned_it_needs_evidence_and_not_another_course),
		cmocka_unit_test(the_cheapest_set_that_closes_is_proposed_and_a_course_done_never),
		cmocka_unit_test(each_course_has_its_reason_with_activity_and_levels_in_both_languages), /* after the one before, as all that follow */
		cmocka_unit_test(what_no_course_closes_is_said_and_a_certificate_is_not_taken_for_the_level),
		cmocka_unit_test(within_few_hours_the_plan_stays_within_them),
		cmocka_unit_test(what_was_asked_with_a_day_comes_first_and_counts_as_chosen),
		cmocka_unit_test(of_a_course_under_way_only_what_is_left_counts),
		cmocka_unit_test(a_plan_leads_to_another_post_by_what_that_one_asks),
		cmocka_unit_test(others_count_from_five_people_on),
		cmocka_unit_test(a_proposal_becomes_a_plan_that_nobody_else_sees_until_it_is_sent),
		cmocka_unit_test(the_person_changes_the_courses_and_their_days),
		cmocka_unit_test(the_supervisor_is_told_and_sends_it_back_with_words),
		cmocka_unit_test(nobody_agrees_to_what_he_has_not_seen_nor_to_the_own_plan),
		cmocka_unit_test(an_agreed_plan_changes_only_by_a_new_version),
		cmocka_unit_test(one_act_enrols_in_all_and_both_see_how_far_it_is),
		cmocka_unit_test(the_command_prints_the_plan_as_json_and_refusals_as_sentences),
		cmocka_unit_test(two_accounts_of_one_person_have_one_plan),
		cmocka_unit_test(ten_thousand_courses_take_milliseconds),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
