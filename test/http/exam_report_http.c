/* What an examination says: to who took it, in words and with what is uncertain; to the office, of groups that are large enough, from which no smaller one can
 * be told. */
#include "feature/exam_report/exam_report.h"
#include "sitting.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

enum { ITEMS = 6 };
static struct fixture *f;
static struct world w;
static int64_t drafting, communication, exam, offices[3], first_of[3];
static const int people_of[3] = { 14, 9, 12 };

static const char *of_exam(const char *what)
{
	return base_of("/orgs/%lld/exams/%lld%s", (long long)w.ministry, (long long)exam, what);
}

/* Six items: four of drafting at level 2, two of communication at level 1. */
static int64_t an_exam_of_six(const char *code)
{
	int64_t v[ITEMS], id = an_exam(f, w.ministry, code, "standalone");
	for (size_t i = 0; i < ITEMS; i++)
		v[i] = an_item(f, w.ministry, base_of("%s-%zu", code, i + 1), i < 4 ? drafting : communication, i < 4 ? 2 : 1);
	a_part(f, w.ministry, id, drafting, 2, 4);
	a_part(f, w.ministry, id, communication, 1, 2);
	int64_t form = a_form(f, id, v, ITEMS);
	for (int64_t n = 5; n <= 6; n++)
		tamper(f, "UPDATE exam_form_item SET part = 2 WHERE form_id = %lld AND n = %lld", (long long)form, (long long)n);
	open_exam(f, w.ministry, id);
	return id;
}

/* The first `right` answers are right. */
static const char *with_right(int right)
{
	static char text[ITEMS + 1];
	for (int i = 0; i < ITEMS; i++)
		text[i] = i < right ? 'a' : 'b';
	return text;
}

static void everybody_sits(void)
{
	char login[20];
	exam = an_exam_of_six("yearly");
	for (int o = 0; o < 3; o++) {
		offices[o] = an_org(f, base_of("report-office-%d", o), base_of("Report Office %d", o), w.ministry);
		for (int i = 0; i < people_of[o]; i++) {
			snprintf(login, sizeof login, "sitter-%d-%d", o, i);
			int64_t id = a_person(f, login, base_of("Sitter %d of %d", i, o), offices[o], 0);
			first_of[o] = i ? first_of[o] : id;
			a_paper_of(f, id, exam, with_right(2 + (i + o) % 5));
		}
	}
}

static json_t *answer(struct client *c)
{
	json_t *o = json_loads(buf_get(&c->body).p, 0, NULL);
	NEED(o, "no JSON: %s", buf_get(&c->body).p);
	return o;
}

/* ── to the office ── */

static void figures_are_of_groups_and_no_small_one_can_be_told_by_subtraction(void **state)
{
	struct client *c = client_as(f, w.admin);
	size_t i, hidden = 0, shown = 0;
	int64_t all = 0, sum = 0;
	json_t *row;
	(void)state;
	assert_int_equal(get(c, "/api/v1%s", of_exam("/report")), 200);
	json_t *o = answer(c);
	json_array_foreach(json_object_get(o, "items"), i, row)
	{
		const char *by = json_string_value(json_object_get(row, "by"));
		bool out = json_is_true(json_object_get(row, "hidden"));
		int64_t n = json_integer_value(json_object_get(row, "n"));
		assert_true(out == json_is_null(json_object_get(row, "n")) && out == json_is_null(json_object_get(row, "mean_percent")));
		assert_true(out || n >= GROUP_LEAST);
		if (strcmp(by, "all") == 0)
			all = n;
		if (strcmp(by, "office") == 0) {
			hidden += out;
			shown++;
			sum += out ? 0 : n;
		}
	}
	json_decref(o);
	/* Nine alone would be 35 less 14 less 12: so the twelve are left out with them. */
	assert_int_equal(all, 35);
	assert_int_equal(shown, 3);
	assert_int_equal(hidden, 2);
	assert_int_equal(all - sum, 21);
	assert_int_equal(get(c, "%s", of_exam("/report")), 200);
	assert_true(body_has(c, "Report Office 0") && body_has(c, "too few") && body_has(c, "<svg"));
	assert_false(body_has(c, "Sitter"));
	assert_int_equal(get(c, "%s", of_exam("/report/csv")), 200);
	assert_true(body_has(c, "\"office\",\"Report Office 0\",\"no\",\"14\"") && body_has(c, "\"office\",\"Report Office 1\",\"yes\",\"\",\"\""));
	assert_false(body_has(c, "\"9\"") || body_has(c, "\"12\""));
	client_free(c);
}

/* 35 people with two to six of six right; four and more pass (60 per cent). */
static void the_mean_and_the_pass_share_are_those_of_the_papers(void **state)
{
	struct client *c = client_as(f, w.admin);
	struct scores t = { 0 };
	(void)state;
	for (int o = 0; o < 3; o++)
		for (int i = 0; i < people_of[o]; i++)
			scores_add(&t, 100.0 * (2 + (i + o) % 5) / ITEMS, 2 + (i + o) % 5 >= 4);
	assert_int_equal(get(c, "/api/v1%s", of_exam("/report")), 200);
	json_t *o = answer(c), *row = json_array_get(json_object_get(o, "items"), 0);
	assert_true(fabs(json_number_value(json_object_get(row, "mean_percent")) - scores_mean(&t)) < 1e-9);
	assert_true(fabs(json_number_value(json_object_get(row, "pass_share")) - (double)t.passed / 35) < 1e-12);
	assert_true(fabs(json_number_value(json_object_get(row, "pass_low")) - scores_pass_span(&t).low) < 1e-12);
	json_decref(o);
	assert_int_equal(get(c, "%s", of_exam("/report")), 200);
	assert_true(body_has(c, "How reliable the papers are") && body_has(c, str_fmt(f->cx.arena, "%.1f %%", scores_mean(&t)).p));
	client_free(c);
}

static void a_person_counts_once_with_the_best_paper(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	a_paper_of(f, first_of[0], exam, "bbbbbb");
	assert_int_equal(get(c, "/api/v1%s", of_exam("/report")), 200);
	json_t *o = answer(c), *row = json_array_get(json_object_get(o, "items"), 0);
	assert_int_equal(json_integer_value(json_object_get(row, "n")), 35);
	json_decref(o);
	client_free(c);
}

static void of_few_people_nothing_is_told(void **state)
{
	int64_t was = exam;
	struct client *c = client_as(f, w.admin);
	(void)state;
	exam = an_exam_of_six("few");
	a_paper_of(f, w.learner, exam, "aaaaaa");
	assert_int_equal(get(c, "%s", of_exam("/report")), 200);
	assert_true(body_has(c, "Figures are told from 10 people on"));
	assert_false(body_has(c, "100.0 %") || body_has(c, "<svg class=\"chart"));
	assert_int_equal(get(c, "%s", of_exam("/report/csv")), 200);
	assert_false(body_has(c, "100.0000"));
	exam = was;
	client_free(c);
}

static void who_has_sat_is_listed_for_who_may_see_people(void **state)
{
	struct client *c = client_as(f, w.admin);
	char row[200];
	(void)state;
	assert_int_equal(get(c, "%s?show=open", of_exam("/people")), 200);
	assert_true(body_has(c, "Bala Iyer") && body_has(c, "not registered"));
	assert_false(body_has(c, "Sitter 1 of 0"));
	assert_int_equal(get(c, "%s?show=done", of_exam("/people")), 200);
	assert_true(body_has(c, "Sitter 1 of 0") && !body_has(c, "Bala Iyer"));
	assert_int_equal(get(c, "%s?show=done", of_exam("/people/csv")), 200);
	snprintf(row, sizeof row, "\"Sitter 0 of 0\",\"Report Office 0\",\"yes\",\"yes\",");
	assert_true(body_has(c, row));
	size_t rows = 0;
	for (const char *at = buf_get(&c->body).p; (at = strstr(at, "\r\n")); at += 2)
		rows++;
	assert_int_equal(rows, 36); /* 35 and the head */
	client_free(c);
	int64_t strangers[] = { w.learner, w.author, w.other_admin };
	for (size_t i = 0; i < 3; i++) {
		c = client_as(f, strangers[i]);
		assert_int_equal(get(c, "%s", of_exam("/people")), 403);
		assert_int_equal(get(c, "%s", of_exam("/people/csv")), 403);
		assert_int_equal(get(c, "%s", of_exam("/report")), 403);
		client_free(c);
	}
}

/* A role that an organisation composed: it rules on examinations and sees nobody. */
static void who_may_not_see_people_sees_figures_and_no_names(void **state)
{
	int64_t role = new_id(&f->cx);
	(void)state;
	tamper(f, "INSERT INTO custom_role (id, org_id, name, created_at) VALUES (%lld, %lld, 'Examiner', 1)", (long long)role, (long long)w.ministry);
	tamper(f, "INSERT INTO custom_role_permission (role_id, permission) VALUES (%lld, 'EXAM_MANAGE')", (long long)role);
	tamper(f, "INSERT INTO custom_grant (id, person_id, role_id, org_id, granted_at) VALUES (%lld, %lld, %lld, %lld, 1)", (long long)new_id(&f->cx), (long long)w.colleague,
	       (long long)role, (long long)w.ministry);
	struct client *c = client_as(f, w.colleague);
	assert_int_equal(get(c, "%s", of_exam("/report")), 200);
	assert_false(body_has(c, "Who has sat"));
	assert_int_equal(get(c, "%s", of_exam("/people")), 403);
	assert_int_equal(get(c, "%s", of_exam("/people/csv")), 403);
	client_free(c);
}

/* ── to the person ── */

static void a_taker_is_told_levels_with_what_is_uncertain(void **state)
{
	int64_t id = an_exam_of_six("mine"), paper = a_paper_of(f, w.learner, id, "aaabaa");
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/exam-attempts/%lld/report", (long long)paper), 200);
	assert_true(body_has(c, "in 9 of 10 cases") && body_has(c, "class=\"scale\"") && body_has(c, "5.00 of 6.00 marks"));
	assert_true(body_has(c, "So few questions say little")); /* two of communication */
	assert_int_equal(get(c, "/api/v1/exam-attempts/%lld/report", (long long)paper), 200);
	json_t *o = answer(c), *row;
	size_t i;
	json_array_foreach(json_object_get(o, "items"), i, row)
	{
		double sd = json_number_value(json_object_get(row, "sd")), level = json_number_value(json_object_get(row, "level"));
		int64_t sure = json_integer_value(json_object_get(row, "sure"));
		assert_true(sd > 0.2 && level > 0 && level < 3);
		assert_true(sure == 0 || estimate_reaches((struct estimate){ level, sd }, (double)sure) >= REPORT_SURE);
	}
	assert_int_equal(i, 2);
	json_decref(o);
	assert_int_equal(get(c, "/exam-attempts/%lld/report/pdf", (long long)paper), 200);
	assert_true(strncmp(buf_get(&c->body).p, "%PDF-", 5) == 0);
	client_free(c);
	int64_t strangers[] = { w.colleague, w.boss, w.admin };
	for (size_t k = 0; k < 3; k++) {
		c = client_as(f, strangers[k]);
		assert_int_equal(get(c, "/exam-attempts/%lld/report", (long long)paper), 404);
		assert_int_equal(get(c, "/exam-attempts/%lld/report/pdf", (long long)paper), 404);
		client_free(c);
	}
}

static void what_the_rules_do_not_tell_is_not_told(void **state)
{
	int64_t id = an_exam_of_six("silent"), paper = a_paper_of(f, w.learner, id, "aaabaa");
	struct client *c = client_as(f, w.learner);
	(void)state;
	tamper(f, "UPDATE exam SET feedback = 'none' WHERE id = %lld", (long long)id);
	assert_int_equal(get(c, "/exam-attempts/%lld/report", (long long)paper), 200);
	assert_true(body_has(c, "its result is not told here"));
	assert_false(body_has(c, "5.00") || body_has(c, "Passed") || body_has(c, "class=\"scale\""));
	assert_int_equal(get(c, "/api/v1/exam-attempts/%lld/report", (long long)paper), 200);
	assert_false(body_has(c, "competency_id"));
	client_free(c);
}

/* 2 of 6 before, 6 of 6 after: 67 points; the error of 2 of 6 is sqrt(2/9 / 5) = 21 points, that of 6 of 6 none; so give or take 42. */
static void the_gain_of_a_pair_has_its_error(void **state)
{
	struct client *c = client_as(f, w.learner);
	int64_t pre = an_exam_of_six("before"), post = an_exam_of_six("after");
	(void)state;
	NEED(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200, "not enrolled: %ld", c->status);
	tamper(f, "UPDATE exam SET kind = 'pre', course_id = %lld WHERE id = %lld", (long long)w.course, (long long)pre);
	tamper(f, "UPDATE exam SET kind = 'post', course_id = %lld WHERE id = %lld", (long long)w.course, (long long)post);
	a_paper_of(f, w.learner, pre, "aabbbb");
	int64_t paper = a_paper_of(f, w.learner, post, "aaaaaa");
	assert_int_equal(get(c, "/exam-attempts/%lld/report", (long long)paper), 200);
	assert_true(body_has(c, "+67 percentage points, give or take 42: more than chance explains."));
	assert_true(fabs(report_error(1.0 / 3, 6) - 100 * sqrt(2.0 / 9 / 5)) < 1e-9);
	int64_t weak = a_paper_of(f, w.learner, post, "aaabbb");
	assert_int_equal(get(c, "/exam-attempts/%lld/report", (long long)weak), 200);
	assert_true(body_has(c, "chance alone could explain it"));
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	communication = competency_named(f, "behavioural.communication");
	everybody_sits();
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
		cmocka_unit_test(figures_are_of_groups_and_no_small_one_can_be_told_by_subtraction),
		cmocka_unit_test(the_mean_and_the_pass_share_are_those_of_the_papers),
		cmocka_unit_test(a_person_counts_once_with_the_best_paper),
		cmocka_unit_test(of_few_people_nothing_is_told),
		cmocka_unit_test(who_has_sat_is_listed_for_who_may_see_people),
		cmocka_unit_test(who_may_not_see_people_sees_figures_and_no_names),
		cmocka_unit_test(a_taker_is_told_levels_with_what_is_uncertain),
		cmocka_unit_test(what_the_rules_do_not_tell_is_not_told),
		cmocka_unit_test(the_gain_of_a_pair_has_its_error),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
