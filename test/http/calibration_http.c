/* The calibration of a bank, from answers to parameters in force and back: what was planted is found again, nothing changes before somebody accepts it, and
 * the card of an item says in words and pictures what is to be done. */
#include "bank.h"
#include "feature/calibration/calibration.h"
#include "psychometrics/simulate.h"

#include <math.h>
#include <string.h>

enum { ITEMS = 14, FORM = 10, SHIFTED = 4, PAPERS = 700, GRADED = 3, FAVOURS = 5, SAME_FOR_ALL = 12, WRONG_KEY = 13 };

static struct fixture *f;
static struct world w;
static int64_t drafting, item[ITEMS], exam, form[2], first_run;
static struct irt_item truth[ITEMS];

static int answer(struct simulation *s, int i, double theta, bool hindi)
{
	struct irt_item of = truth[i];
	if (i == SAME_FOR_ALL)
		return 1;
	if (i == FAVOURS && hindi)
		of.b[0] += 1;
	return simulate_answer(s, &of, theta);
}

/* A marked first attempt of a person with a form. Some leave one question empty. */
static void a_paper(struct buf *b, struct simulation *s, int64_t person, int64_t attempt, int which, int row)
{
	double theta = simulate_normal(s);
	bool hindi = row % 2;
	int64_t at = f->app.fixed_now - (row % 3) * 31 * DAY;
	buf_fmt(b,
		"INSERT INTO exam_attempt (taker_id, id, exam_id, form_id, n, state, lang, seed, secret, device, device_at, opened_at, ends_at, extended_ms, submitted_at, closed_by, "
		"marks, max_marks, passed) VALUES (%lld, %lld, %lld, %lld, 1, 'marked', '%s', 1, '', '', 1, %lld, %lld, 0, %lld, 'taker', 5, 10, FALSE);\n",
		(long long)person, (long long)attempt, (long long)exam, (long long)form[which], hindi ? "hi" : "en", (long long)at, (long long)at + 3600000, (long long)at + 60000);
	for (int n = 0; n < FORM; n++) {
		int i = n + which * SHIFTED, x = answer(s, i, theta, hindi);
		if (x == 0 && row % 7 == n % 7)
			continue; /* left empty, which is as good as wrong */
		const char *option = x ? "a" : simulate_uniform(s) < 0.7 ? "b" : "c";
		buf_fmt(b,
			"INSERT INTO exam_answer (taker_id, attempt_id, n, item_id, version, given, saved_at, seq, late, spent_ms, marks) VALUES (%lld, %lld, %d, %lld, 1, '[\"%s\"]', %lld, 1, "
			"FALSE, 1000, %d);\n",
			(long long)person, (long long)attempt, n + 1, (long long)item[i], option, (long long)at, x);
	}
}

static void people_with_papers(void)
{
	struct simulation s = { 20261129 };
	struct buf b;
	int64_t field = new_id(&f->cx);
	buf_init(&b, f->cx.arena, 32 << 20);
	buf_fmt(&b, "INSERT INTO profile_field (id, org_id, name_en, name_hi, kind, choices, said_by, made_at) VALUES (%lld, %lld, 'Gender', 'लिंग', 'choice', 'Female\nMale', 'self', 1);\n",
		(long long)field, (long long)w.ministry);
	for (int row = 0; row < 2 * PAPERS; row++) {
		int64_t person = new_id(&f->cx), attempt = new_id(&f->cx);
		buf_fmt(&b, "INSERT INTO person (id, name, sort_key, lang, zone, state, created_at) VALUES (%lld, 'Taker %d', 'taker', 'en', 'Asia/Kolkata', 'active', 1);\n",
			(long long)person, row);
		buf_fmt(&b, "INSERT INTO profile_value (id, person_id, field_id, value, said_at) VALUES (%lld, %lld, %lld, '%s', 1);\n", (long long)new_id(&f->cx), (long long)person,
			(long long)field, row / 2 % 2 ? "Female" : "Male");
		a_paper(&b, &s, person, attempt, row >= PAPERS, row);
	}
	assert_false(b.full);
	tamper_all(f, buf_get(&b).p);
}

static void plant(void)
{
	char code[40];
	exam = an_exam(f, w.ministry, "planted", "standalone");
	a_part(f, w.ministry, exam, drafting, 2, FORM);
	for (int i = 0; i < ITEMS; i++) {
		snprintf(code, sizeof code, "planted-%02d", i);
		item[i] = an_item(f, w.ministry, code, drafting, 2);
		truth[i] = (struct irt_item){ IRT_GRM, 2, 0.9 + 0.1 * (i % 5), { -1.3 + 0.2 * i }, 0 };
	}
	truth[GRADED] = (struct irt_item){ IRT_GRM, 3, 1.3, { -0.8, 0.6 }, 0 };
	truth[FAVOURS].b[0] = 0;
	truth[WRONG_KEY].a = -1;
	truth[WRONG_KEY].b[0] = 0;
	tamper(f, "UPDATE item_version SET steps = 2, points = 2 WHERE item_id = %lld", (long long)item[GRADED]);
	form[0] = a_form(f, exam, item, FORM);
	form[1] = a_form(f, exam, item + SHIFTED, FORM);
	people_with_papers();
}

/* ── doing it as people do ── */

static int64_t newest_run(int64_t org_id)
{
	return query_int(f, "SELECT max(id) FROM calibration_run WHERE org_id = %lld", (long long)org_id);
}

static int64_t calibrated_by(struct client *c, int64_t org_id)
{
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations", (long long)org_id), ""), 303);
	work_now(f);
	return newest_run(org_id);
}

static int64_t in_force(void)
{
	return query_int(f, "SELECT count(*) FROM item_parameter WHERE in_force");
}

static bool has_flag(int64_t run, int i, const char *word)
{
	char flags[300];
	query_text(f, flags, sizeof flags, "SELECT flags FROM item_parameter WHERE run_id = %lld AND item_id = %lld", (long long)run, (long long)item[i]);
	return strstr(flags, word) != NULL;
}

static void parameters_are_found_again(void **state)
{
	struct client *c = client_as(f, w.operator);
	struct calibration_of_run_row *r;
	size_t n, seen = 0;
	double worst_a = 0, worst_b = 0;
	(void)state;
	first_run = calibrated_by(c, w.ministry);
	char why[300];
	query_text(f, why, sizeof why, "SELECT state || ' ' || why FROM calibration_run WHERE id = %lld", (long long)first_run);
	assert_string_equal(why, "ready ");
	assert_int_equal(calibration_sql_of_run(&f->cx, first_run, 100, &r, &n), OK);
	assert_int_equal(n, ITEMS);
	for (size_t k = 0; k < n; k++) {
		struct irt_item got;
		int i = 0;
		while (item[i] != r[k].item_id)
			i++;
		if (i == SAME_FOR_ALL || i == WRONG_KEY) {
			assert_false(r[k].model.n > 0);
			continue;
		}
		assert_true(calibration_item(r[k].categories, r[k].a, r[k].b, &got));
		assert_int_equal(got.categories, truth[i].categories);
		seen++;
		if (i == FAVOURS)
			continue;
		worst_a = fmax(worst_a, fabs(got.a - truth[i].a));
		for (int b = 0; b < got.categories - 1; b++)
			worst_b = fmax(worst_b, fabs(got.b[b] - truth[i].b[b]));
	}
	print_message("%zu items found again: slopes within %.2f, difficulties within %.2f\n", seen, worst_a, worst_b);
	assert_int_equal(seen, ITEMS - 2);
	assert_true(worst_a < 0.45 && worst_b < 0.35);
	client_free(c);
}

static void what_is_wrong_with_an_item_is_said(void **state)
{
	char why[300];
	int flagged = 0;
	(void)state;
	assert_true(has_flag(first_run, WRONG_KEY, "negative"));
	assert_true(has_flag(first_run, SAME_FOR_ALL, "easy"));
	query_text(f, why, sizeof why, "SELECT why FROM item_parameter WHERE run_id = %lld AND item_id = %lld", (long long)first_run, (long long)item[SAME_FOR_ALL]);
	assert_string_equal(why, "Everybody has the same mark, so there is nothing to be learnt of it. Make it harder or easier, or leave it out.");
	for (int i = 0; i < ITEMS; i++)
		flagged += i != WRONG_KEY && i != SAME_FOR_ALL && i != FAVOURS && (has_flag(first_run, i, "negative") || has_flag(first_run, i, "dif") || has_flag(first_run, i, "easy"));
	assert_int_equal(flagged, 0);
}

static void an_item_that_favours_a_language_is_found(void **state)
{
	const char *of = "FROM item_dif WHERE run_id = %lld AND grouped = 'lang' AND focal = 'hi' AND item_id = %lld";
	char sql[300];
	(void)state;
	/* Of both languages there are as many; the first by its name is the reference. */
	snprintf(sql, sizeof sql, "SELECT count(*) %s AND size = 'large' AND sids < -0.1 AND delta < -1.5 AND ets = 'C' AND p < 0.001", of);
	assert_int_equal(query_int(f, sql, (long long)first_run, (long long)item[FAVOURS]), 1);
	assert_true(has_flag(first_run, FAVOURS, "dif"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_dif WHERE run_id = %lld AND grouped = 'gender' AND size = 'large'", (long long)first_run), 0);
	assert_true(query_int(f, "SELECT count(*) FROM item_dif WHERE run_id = %lld AND grouped = 'gender'", (long long)first_run) > 5);
	assert_int_equal(query_int(f, "SELECT people FROM calibration_group WHERE run_id = %lld AND grouped = 'lang' AND value = 'hi'", (long long)first_run), PAPERS);
	assert_int_equal(query_int(f, "SELECT count(*) FROM calibration_group WHERE run_id = %lld AND grouped = 'service'", (long long)first_run), 0);
}

static void nothing_changes_before_it_is_accepted(void **state)
{
	struct client *c = client_as(f, w.operator), *author = client_as(f, w.author);
	(void)state;
	assert_int_equal(in_force(), 0);
	assert_int_equal(get(c, "/orgs/%lld/calibrations/%lld", (long long)w.ministry, (long long)first_run), 200);
	assert_true(body_has(c, "items newly calibrated") && body_has(c, "planted-03") && body_has(c, "Works backwards"));
	assert_int_equal(get(c, "/orgs/%lld/calibrations/%lld?shown=left", (long long)w.ministry, (long long)first_run), 200);
	assert_true(body_has(c, "planted-12") && !body_has(c, "planted-03"));
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations", (long long)w.ministry), ""), 409);
	assert_true(body_has(c, "waits to be accepted or withdrawn first"));
	assert_int_equal(get(author, "/orgs/%lld/calibrations", (long long)w.ministry), 403);
	assert_int_equal(get(c, "/orgs/%lld/calibrations/%lld", (long long)w.other_ministry, (long long)first_run), 404);
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/accept", (long long)w.ministry, (long long)first_run), ""), 303);
	assert_int_equal(in_force(), ITEMS - 2);
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/accept", (long long)w.ministry, (long long)first_run), ""), 409);
	client_free(c);
	client_free(author);
}

static void the_card_says_what_to_do(void **state)
{
	struct client *c = client_as(f, w.operator);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/items/%lld/card", (long long)w.ministry, (long long)item[FAVOURS]), 200);
	assert_true(body_has(c, "id=\"curve\"") && body_has(c, "id=\"information\"") && body_has(c, "id=\"options\"") && body_has(c, "id=\"exposure\""));
	assert_true(body_has(c, "Favours a group") && body_has(c, "Have it read by people of both groups") && body_has(c, "हिन्दी"));
	assert_true(body_has(c, "On 1,400 papers"));
	assert_int_equal(get(c, "/orgs/%lld/items/%lld/card", (long long)w.ministry, (long long)item[GRADED]), 200);
	assert_true(body_has(c, "at least 1 of 2 steps"));
	assert_int_equal(get(c, "/orgs/%lld/items/%lld/card", (long long)w.ministry, (long long)item[WRONG_KEY]), 200);
	assert_true(body_has(c, "a wrong key does this") && !body_has(c, "id=\"curve\""));
	int64_t untouched = an_item(f, w.ministry, "never-asked", drafting, 2);
	assert_int_equal(get(c, "/orgs/%lld/items/%lld/card", (long long)w.ministry, (long long)untouched), 200);
	assert_true(body_has(c, "No calibration has looked at it yet."));
	assert_int_equal(get(c, "/orgs/%lld/items/%lld/card", (long long)w.other_ministry, (long long)item[0]), 404);
	client_free(c);
}

static void who_had_an_item_is_known_to_its_keepers_alone(void **state)
{
	struct client *c = client_as(f, w.operator), *reviewer = client_as(f, w.reviewer), *admin = client_as(f, w.admin);
	size_t names = 0, pages = 0;
	char path[200];
	(void)state;
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/items/%lld/seen", (long long)w.ministry, (long long)item[0]);
	for (int64_t next = -1; next; pages++) {
		assert_int_equal(next > 0 ? get(c, "%s?before=%lld", path, (long long)next) : get(c, "%s", path), 200);
		for (const char *p = buf_get(&c->body).p; (p = strstr(p, "\"Taker ")); p++)
			names++;
		next = json_number(c, "next");
	}
	assert_int_equal(names, PAPERS);
	assert_int_equal(pages, PAPERS / 100);
	assert_int_equal(get(c, "/orgs/%lld/items/%lld/seen", (long long)w.ministry, (long long)item[0]), 200);
	assert_true(body_has(c, "Taker 699") && body_has(c, "rel=\"next\""));
	assert_int_equal(get(reviewer, "/orgs/%lld/items/%lld/seen", (long long)w.ministry, (long long)item[0]), 403);
	assert_int_equal(get(admin, "/orgs/%lld/items/%lld/card", (long long)w.ministry, (long long)item[0]), 403);
	client_free(c);
	client_free(reviewer);
	client_free(admin);
}

static void the_scale_stays_and_an_undone_run_gives_way_to_the_one_before(void **state)
{
	struct client *c = client_as(f, w.operator);
	char b[100], was[100];
	(void)state;
	/* As if the first had been on another scale: theta was 1 + 2 × ours. */
	query_text(f, was, sizeof was, "SELECT b FROM item_parameter WHERE in_force AND item_id = %lld", (long long)item[0]);
	double old = strtod(was + 1, NULL);
	struct calibration_of_run_row *r;
	size_t n;
	assert_int_equal(calibration_sql_of_run(&f->cx, first_run, 100, &r, &n), OK);
	for (size_t k = 0; k < n; k++) {
		struct irt_item i;
		if (!r[k].model.n || !calibration_item(r[k].categories, r[k].a, r[k].b, &i))
			continue;
		for (int m = 0; m < i.categories - 1; m++)
			i.b[m] = 1 + 2 * i.b[m];
		tamper(f, "UPDATE item_parameter SET a = %.17g, b = '%s' WHERE run_id = %lld AND item_id = %lld", i.a / 2, calibration_list(f->cx.arena, i.b, (size_t)i.categories - 1).p,
		       (long long)first_run, (long long)r[k].item_id);
	}
	int64_t second = calibrated_by(c, w.ministry);
	assert_int_equal(query_int(f, "SELECT n_common FROM calibration_run WHERE id = %lld", (long long)second), ITEMS - 2);
	assert_int_equal(query_int(f, "SELECT linked_id FROM calibration_run WHERE id = %lld", (long long)second), first_run);
	query_text(f, b, sizeof b, "SELECT b FROM item_parameter WHERE run_id = %lld AND item_id = %lld", (long long)second, (long long)item[0]);
	assert_true(fabs(strtod(b + 1, NULL) - (1 + 2 * old)) < 0.05);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_parameter WHERE in_force AND run_id = %lld", (long long)first_run), ITEMS - 2);
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/accept", (long long)w.ministry, (long long)second), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_parameter WHERE in_force AND run_id = %lld", (long long)second), ITEMS - 2);
	assert_int_equal(in_force(), ITEMS - 2);
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/undo", (long long)w.ministry, (long long)second), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_parameter WHERE in_force AND run_id = %lld", (long long)first_run), ITEMS - 2);
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/undo", (long long)w.ministry, (long long)second), ""), 409);
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/undo", (long long)w.ministry, (long long)first_run), ""), 303);
	assert_int_equal(in_force(), 0);
	client_free(c);
}

static void too_few_answers_give_a_sentence_and_change_nothing(void **state)
{
	struct client *c = client_as(f, w.operator);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/calibrations", (long long)w.other_ministry), 200);
	int64_t run = calibrated_by(c, w.other_ministry);
	assert_int_equal(get(c, "/orgs/%lld/calibrations/%lld", (long long)w.other_ministry, (long long)run), 200);
	assert_true(body_has(c, "No item has enough answers yet: it takes 100 people who answered it for the first time in an examination."));
	assert_int_equal(post(c, base_of("/orgs/%lld/calibrations/%lld/accept", (long long)w.other_ministry, (long long)run), ""), 409);
	client_free(c);
}

/* ── more items than one block holds ── */

enum { MANY = 190, WINDOW = 60, SITTINGS = 5, EACH = 260 };

/* 190 items in five forms that overlap by half or more: the later block comes out on the scale of the first. */
static void a_bank_of_more_than_one_block_has_one_scale(void **state)
{
	struct client *c = client_as(f, w.operator);
	struct simulation s = { 77 };
	struct buf b;
	int64_t *id = ARENA_ARRAY(f->cx.arena, int64_t, MANY), sitting = an_exam(f, w.other_ministry, "many", "standalone"), theirs[SITTINGS];
	struct irt_item *many = ARENA_ARRAY(f->cx.arena, struct irt_item, MANY);
	char code[40];
	(void)state;
	a_part(f, w.other_ministry, sitting, drafting, 2, WINDOW);
	for (int i = 0; i < MANY; i++) {
		snprintf(code, sizeof code, "many-%03d", i);
		id[i] = an_item(f, w.other_ministry, code, drafting, 2);
		many[i] = (struct irt_item){ IRT_GRM, 2, 1.1, { -1.2 + 2.4 * (i * 37 % MANY) / MANY }, 0 };
	}
	buf_init(&b, f->cx.arena, 64 << 20);
	for (int k = 0; k < SITTINGS; k++) {
		int from = k * (MANY - WINDOW) / (SITTINGS - 1);
		theirs[k] = a_form(f, sitting, id + from, WINDOW);
		for (int row = 0; row < EACH; row++) {
			int64_t taker = new_id(&f->cx), attempt = new_id(&f->cx);
			double theta = simulate_normal(&s);
			buf_fmt(&b,
				"INSERT INTO exam_attempt (taker_id, id, exam_id, form_id, n, state, lang, seed, secret, device, device_at, opened_at, ends_at, extended_ms, submitted_at, "
				"closed_by, marks, max_marks, passed) VALUES (%lld, %lld, %lld, %lld, 1, 'marked', 'en', 1, '', '', 1, 1, 2, 0, 2, 'taker', 5, 10, FALSE);\n"
				"INSERT INTO exam_answer (taker_id, attempt_id, n, item_id, version, given, saved_at, seq, late, spent_ms, marks) VALUES ",
				(long long)taker, (long long)attempt, (long long)sitting, (long long)theirs[k]);
			for (int n = 0; n < WINDOW; n++) {
				int x = simulate_answer(&s, &many[from + n], theta);
				buf_fmt(&b, "%s(%lld, %lld, %d, %lld, 1, '[\"%s\"]', 1, 1, FALSE, 1, %d)", n ? "," : "", (long long)taker, (long long)attempt, n + 1,
					(long long)id[from + n], x ? "a" : "b", x);
			}
			buf_lit(&b, ";\n");
		}
	}
	assert_false(b.full);
	tamper_all(f, buf_get(&b).p);
	int64_t run = calibrated_by(c, w.other_ministry);
	struct calibration_of_run_row *r;
	size_t n, known = 0;
	double bias = 0, square = 0;
	assert_int_equal(calibration_sql_of_run(&f->cx, run, 1000, &r, &n), OK);
	assert_int_equal(n, MANY);
	for (size_t k = 0; k < n; k++) {
		struct irt_item got;
		int i = 0;
		while (id[i] != r[k].item_id)
			i++;
		if (!r[k].model.n || !calibration_item(r[k].categories, r[k].a, r[k].b, &got))
			continue;
		known++;
		bias += got.b[0] - many[i].b[0];
		square += (got.b[0] - many[i].b[0]) * (got.b[0] - many[i].b[0]);
	}
	print_message("%zu of %d items on one scale: bias %.3f, root mean square %.3f\n", known, MANY, bias / (double)known, sqrt(square / (double)known));
	assert_true(known > MANY - 5);
	assert_true(fabs(bias / (double)known) < 0.1 && sqrt(square / (double)known) < 0.25);
	client_free(c);
}

static int start(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	plant();
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
		cmocka_unit_test(parameters_are_found_again),
		cmocka_unit_test(what_is_wrong_with_an_item_is_said),
		cmocka_unit_test(an_item_that_favours_a_language_is_found),
		cmocka_unit_test(nothing_changes_before_it_is_accepted),
		cmocka_unit_test(the_card_says_what_to_do),
		cmocka_unit_test(who_had_an_item_is_known_to_its_keepers_alone),
		cmocka_unit_test(the_scale_stays_and_an_undone_run_gives_way_to_the_one_before),
		cmocka_unit_test(too_few_answers_give_a_sentence_and_change_nothing),
		cmocka_unit_test(a_bank_of_more_than_one_block_has_one_scale),
	};
	return cmocka_run_group_tests(tests, start, end);
}
