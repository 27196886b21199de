/* Signals of examinations over HTTP: copying that was planted is found, an honest hall gives no more than was said, no mark depends on them, a human decides
 * and the person reads it. */
#include "bank.h"
#include "draw.h"
#include "feature/attempt/attempt.h"
#include "feature/integrity/integrity.h"
#include "feature/integrity/signals.h"

#include <math.h>
#include <string.h>

enum { ITEMS = 40, PEOPLE = 44 };

static struct fixture *f;
static struct world w;
static int64_t drafting, house, exam, form, item[ITEMS], room[2], sitter[PEOPLE], paper[PEOPLE];
static struct client *admin;

/* ── a sitting that was ── */

/* Who copied from whom, who rushed, whose page was left. */
enum { SOURCE = 0, COPIER = 2, RUSHER = 5, LEAVER = 6 };

static double normal(struct draw *by)
{
	double u = draw_unit(by), v = draw_unit(by);
	return sqrt(-2 * log(u > 0 ? u : 1e-12)) * cos(2 * 3.14159265358979323846 * v);
}

struct written {
	char option[PEOPLE][ITEMS];
	int64_t spent_ms[PEOPLE][ITEMS];
};

static void write_papers(struct written *v)
{
	struct draw by = { 20261129 };
	double difficulty[ITEMS];
	for (int i = 0; i < ITEMS; i++)
		difficulty[i] = normal(&by);
	for (int p = 0; p < PEOPLE; p++) {
		double theta = p == SOURCE ? -0.2 : normal(&by);
		for (int i = 0; i < ITEMS; i++) {
			bool right = draw_unit(&by) < 1 / (1 + exp(-1.2 * (theta - difficulty[i])));
			v->option[p][i] = right ? 'a' : draw_unit(&by) < 0.6 ? 'b' : 'c';
			v->spent_ms[p][i] = (int64_t)(1000 * exp(3.5 + 0.35 * normal(&by)));
		}
	}
	for (int i = 0; i < ITEMS; i++) {
		v->option[COPIER][i] = v->option[SOURCE][i];
		v->spent_ms[RUSHER][i] = i % 2 ? v->spent_ms[RUSHER][i] : 1500;
	}
}

static enum err keep_paper(struct ctx *cx, const struct written *v, int p)
{
	int64_t id = new_id(cx), at = cx->now - 20 * MINUTE;
	paper[p] = id;
	TRY(attempt_sql_add(cx, sitter[p], id, exam, form, 1, S("en"), 7, S("00ff"), S("device"), at, at, cx->now + 10 * MINUTE, 0, ITEMS, NULL));
	for (int i = 0; i < ITEMS; i++)
		TRY(attempt_sql_save(cx, sitter[p], id, i + 1, item[i], 1, str_fmt(cx->arena, "[\"%c\"]", v->option[p][i]), cx->now, cx->now, i + 1,
				     p == LEAVER && i == 3, v->spent_ms[p][i], NULL));
	for (int k = 0; k < (p == LEAVER ? LEFT_TIMES : p == 7 ? LEFT_TIMES - 1 : 0); k++)
		TRY(attempt_sql_note(cx, sitter[p], id, k + 1, S("left"), cx->now, 9000, NULL));
	return attempt_close(cx, sitter[p], id, "room");
}

static enum err keep_papers(struct ctx *cx, void *arg)
{
	for (int p = 0; p < PEOPLE; p++)
		TRY(keep_paper(cx, arg, p));
	return OK;
}

static void a_sitting(void)
{
	static struct written v;
	char name[40];
	exam = an_exam(f, house, "sitting", "proctored");
	a_part(f, house, exam, drafting, 2, ITEMS);
	for (int i = 0; i < ITEMS; i++) {
		snprintf(name, sizeof name, "item-%d", i);
		item[i] = an_item(f, house, name, drafting, 2);
	}
	form = a_form(f, exam, item, ITEMS);
	open_exam(f, house, exam);
	for (int k = 0; k < 2; k++) {
		room[k] = new_id(&f->cx);
		tamper(f,
		       "INSERT INTO exam_room (id, exam_id, name, place, begins_at, invigilator_id, opened_at, made_at) VALUES (%lld, %lld, 'Room %d', '', 1, "
		       "%lld, 1, 1)",
		       (long long)room[k], (long long)exam, k + 1, (long long)w.boss);
	}
	for (int p = 0; p < PEOPLE; p++) {
		snprintf(name, sizeof name, "hall%d", p);
		sitter[p] = a_person(f, name, name, house, 0);
		tamper(f,
		       "INSERT INTO exam_seat (exam_id, person_id, room_id, seat, extra_minutes, extra_order, checked_at, document) VALUES (%lld, %lld, %lld, "
		       "'A%d', 0, '', 1, 'pan')",
		       (long long)exam, (long long)sitter[p], (long long)room[p % 2], p / 2 + 1);
	}
	write_papers(&v);
	in_tx(f, keep_papers, &v);
}

/* ── asking ── */

static const char *of_exam(const char *what)
{
	return base_of("/orgs/%lld/exams/%lld%s", (long long)house, (long long)exam, what);
}

static void look(void)
{
	assert_int_equal(post(admin, of_exam("/signals"), ""), 303);
	work_now(f);
}

static int64_t signal_of(const char *kind, int p)
{
	return query_int(f, "SELECT COALESCE(max(id), 0) FROM exam_signal WHERE exam_id = %lld AND kind = '%s' AND taker_id = %lld", (long long)exam, kind,
			 (long long)sitter[p]);
}

/* All that an examination has brought about. */
static uint64_t results(void)
{
	char text[300];
	uint64_t h = 1469598103934665603u;
	static const char *const asked[] = {
		"SELECT sum(marks * (id %% 1000003)) || ' ' || count(*) || ' ' || sum(CASE WHEN passed THEN id %% 1009 ELSE 0 END) FROM exam_attempt WHERE "
		"exam_id = %lld",
		"SELECT sum(r.marks * (r.attempt_id %% 1009)) || ' ' || sum(r.value) || ' ' || count(*) FROM exam_result r JOIN exam_attempt a ON a.id = "
		"r.attempt_id "
		"WHERE a.exam_id = %lld",
		"SELECT sum(value * (person_id %% 1009)) || ' ' || count(*) FROM evidence WHERE source_id = %lld",
		"SELECT sum(w.marks * (w.attempt_id %% 1009 + w.n)) || ' ' || count(*) FROM exam_answer w JOIN exam_attempt a ON a.id = w.attempt_id WHERE "
		"a.exam_id = %lld",
	};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		query_text(f, text, sizeof text, asked[i], (long long)exam);
		for (const char *p = text; *p; p++)
			h = (h ^ (uint64_t)(unsigned char)*p) * 1099511628211u;
	}
	return h;
}

/* ── what is found ── */

static void copying_that_was_planted_is_found_with_its_chance(void **state)
{
	(void)state;
	look();
	int64_t a = signal_of("alike", SOURCE), b = signal_of("alike", COPIER);
	assert_true(a && b);
	assert_int_equal(get(admin, "/api/v1%s", of_exam(base_of("/signals/%lld", (long long)b))), 200);
	assert_int_equal(json_number(admin, "of_n"), ITEMS);
	assert_int_equal(
		query_int(
			f,
			"SELECT count(*) FROM exam_signal WHERE id = %lld AND value = %d AND chance < threshold AND expected = 0.05 AND other_taker_id = %lld",
			(long long)b, ITEMS, (long long)sitter[SOURCE]),
		1);
	assert_int_equal(get(admin, "%s", of_exam("/signals")), 200);
	assert_true(body_has(admin, "Answers alike") && body_has(admin, "less than once in a million") && body_has(admin, "False alarms expected"));
	assert_true(signal_of("rapid", RUSHER) != 0);
}

static void the_others_give_no_more_signals_than_was_said(void **state)
{
	char expected[40];
	(void)state;
	int64_t honest = query_int(f, "SELECT count(*) FROM exam_signal WHERE exam_id = %lld AND chance IS NOT NULL AND taker_id NOT IN (%lld, %lld, %lld)",
				   (long long)exam, (long long)sitter[SOURCE], (long long)sitter[COPIER], (long long)sitter[RUSHER]);
	query_text(f, expected, sizeof expected, "SELECT sum(k.expected) FROM exam_look_kind k JOIN exam_look l ON l.id = k.look_id WHERE l.exam_id = %lld",
		   (long long)exam);
	print_message("%d honest papers: %lld signals by chance, %.5s were expected\n", PEOPLE - 3, (long long)honest, expected);
	assert_true(strtod(expected, NULL) > 0.05 && strtod(expected, NULL) < 0.5);
	assert_true(honest <= 2); /* more than two with a mean of a fifth: less than twice in a thousand halls */
}

static void what_the_device_noticed_is_shown_from_its_threshold_on(void **state)
{
	(void)state;
	assert_true(signal_of("left", LEAVER) && signal_of("late", LEAVER));
	assert_false(signal_of("left", 7));
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM exam_signal WHERE exam_id = %lld AND kind IN ('left', 'late') AND chance IS NULL AND expected IS NULL",
				   (long long)exam),
			 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_signal WHERE exam_id = %lld AND kind = 'left' AND value = %d AND of_n = 27", (long long)exam,
				   LEFT_TIMES),
			 1);
}

/* ── what follows from them: nothing ── */

static enum err settle_all(struct ctx *cx, void *arg)
{
	(void)arg;
	for (int p = 0; p < PEOPLE; p++)
		TRY(attempt_settle(cx, sitter[p], paper[p]));
	return OK;
}

static enum err forget_all(struct ctx *cx, void *arg)
{
	(void)arg;
	return integrity_sql_drop_old(cx, exam, 0, NULL);
}

static void marks_are_the_same_with_signals_and_without(void **state)
{
	(void)state;
	uint64_t with = results();
	in_tx(f, settle_all, NULL);
	assert_true(results() == with);
	in_tx(f, forget_all, NULL);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_signal WHERE exam_id = %lld", (long long)exam), 0);
	in_tx(f, settle_all, NULL);
	assert_true(results() == with);
	look();
	assert_true(signal_of("alike", COPIER) != 0);
	assert_int_equal(post(admin, of_exam(base_of("/signals/%lld", (long long)signal_of("alike", COPIER))), "found=incident&note=The+same+paper"), 303);
	in_tx(f, settle_all, NULL);
	assert_true(results() == with);
}

/* No statement of the program outside of this feature reads signals, so that no rule can. */
static void nothing_else_reads_signals(void **state)
{
	size_t own = 0;
	(void)state;
	for (const struct db_stmt *const *const *list = feature_statements; *list; list++)
		for (const struct db_stmt *const *s = *list; *s; s++) {
			if (!strstr((*s)->reads, "exam_signal") && !strstr((*s)->writes, "exam_signal"))
				continue;
			own++;
			if (strncmp((*s)->name, "integrity.", 10) != 0)
				print_error("%s reads signals\n", (*s)->name);
			assert_true(strncmp((*s)->name, "integrity.", 10) == 0);
		}
	assert_true(own > 5);
}

/* ── deciding ── */

static void a_human_decides_with_a_note_and_the_person_reads_it(void **state)
{
	struct client *c = client_as(f, sitter[RUSHER]);
	char path[200];
	(void)state;
	snprintf(path, sizeof path, "%s", of_exam(base_of("/signals/%lld", (long long)signal_of("rapid", RUSHER))));
	assert_int_equal(get(c, "/me/exam-signals"), 200);
	assert_true(body_has(c, "Answers too fast to have read") && body_has(c, "not decided"));
	assert_int_equal(post(admin, path, "found=cleared&note="), 422);
	assert_int_equal(post(admin, path, "found=guilty&note=x"), 422);
	assert_int_equal(post(admin, path, "found=look&note="), 303);
	int64_t before = query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld", (long long)sitter[RUSHER]);
	assert_int_equal(post(admin, path, "found=cleared&note=Told+us+that+the+mouse+stuck"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld", (long long)sitter[RUSHER]), before + 1);
	assert_int_equal(get(c, "/me/exam-signals"), 200);
	assert_true(body_has(c, "Told us that the mouse stuck") && body_has(c, "cleared"));
	client_free(c);
}

static void one_of_a_pair_is_not_told_who_the_other_is(void **state)
{
	struct client *c = client_as(f, sitter[COPIER]);
	(void)state;
	assert_int_equal(get(c, "/me/exam-signals"), 200);
	assert_true(body_has(c, "Answers alike"));
	assert_false(body_has(c, "hall0"));
	assert_int_equal(get(c, "/api/v1/me/exam-signals"), 200);
	assert_false(body_has(c, "hall0") || body_has(c, base_of("%lld", (long long)sitter[SOURCE])));
	client_free(c);
}

static void only_who_lays_down_examinations_sees_and_decides(void **state)
{
	const int64_t others[] = { sitter[COPIER], w.boss, w.learner, w.other_admin };
	char path[200];
	(void)state;
	snprintf(path, sizeof path, "%s", of_exam(base_of("/signals/%lld", (long long)signal_of("alike", SOURCE))));
	uint64_t before = database_hash(f, true);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct client *c = client_as(f, others[i]);
		assert_int_equal(get(c, "%s", of_exam("/signals")), 403);
		assert_int_equal(get(c, "%s", path), 403);
		assert_int_equal(post(c, path, "found=cleared&note=x"), 403);
		client_free(c);
	}
	assert_true(database_hash(f, true) == before);
}

static void nobody_decides_about_himself(void **state)
{
	(void)state;
	a_role(f, sitter[SOURCE], "mdo_admin", house);
	struct client *c = client_as(f, sitter[SOURCE]);
	const char *path = of_exam(base_of("/signals/%lld", (long long)signal_of("alike", SOURCE)));
	assert_int_equal(get(c, "%s", path), 200);
	assert_true(body_has(c, "somebody else decides"));
	assert_int_equal(post(c, path, "found=cleared&note=x"), 403);
	client_free(c);
}

static void looking_again_keeps_what_was_decided_and_drops_what_is_none_any_more(void **state)
{
	(void)state;
	int64_t decided = signal_of("rapid", RUSHER), kept = signal_of("alike", COPIER), gone = signal_of("left", LEAVER);
	tamper(f, "DELETE FROM exam_event WHERE attempt_id = %lld AND seq = 1", (long long)paper[LEAVER]);
	look();
	assert_int_equal(signal_of("rapid", RUSHER), decided);
	assert_int_equal(signal_of("alike", COPIER), kept);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_signal WHERE id = %lld AND found = 'cleared' AND note <> ''", (long long)decided), 1);
	assert_true(gone && !signal_of("left", LEAVER));
	/* Decided ones stay even when they would be none now. */
	tamper(f, "DELETE FROM exam_event WHERE attempt_id = %lld AND seq = 2", (long long)paper[LEAVER]);
	int64_t late = signal_of("late", LEAVER);
	assert_int_equal(post(admin, of_exam(base_of("/signals/%lld", (long long)late)), "found=cleared&note=The+line+was+down"), 303);
	tamper(f, "UPDATE exam_answer SET late = FALSE WHERE attempt_id = %lld AND n = 4", (long long)paper[LEAVER]);
	look();
	assert_int_equal(signal_of("late", LEAVER), late);
}

static void when_all_time_is_over_it_is_looked_at_by_itself_once(void **state)
{
	(void)state;
	int64_t before = query_int(f, "SELECT count(*) FROM exam_look WHERE exam_id = %lld", (long long)exam);
	schedule_work(f);
	f->app.fixed_now += DAY + LATE_HOURS * HOUR - HOUR;
	f->cx.now = f->app.fixed_now;
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_look WHERE exam_id = %lld", (long long)exam), before);
	for (int i = 0; i < 3; i++) {
		f->app.fixed_now += 3 * HOUR;
		f->cx.now = f->app.fixed_now;
		work_now(f);
		assert_int_equal(query_int(f, "SELECT count(*) FROM exam_look WHERE exam_id = %lld AND by_id IS NULL", (long long)exam), 1);
	}
}

/* ── beginning and end ── */

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	house = an_org(f, "house", "House of Papers", w.ministry);
	admin = client_as(f, w.admin);
	a_sitting();
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(admin);
	query_end();
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copying_that_was_planted_is_found_with_its_chance),
		cmocka_unit_test(the_others_give_no_more_signals_than_was_said),
		cmocka_unit_test(what_the_device_noticed_is_shown_from_its_threshold_on),
		cmocka_unit_test(marks_are_the_same_with_signals_and_without),
		cmocka_unit_test(nothing_else_reads_signals),
		cmocka_unit_test(a_human_decides_with_a_note_and_the_person_reads_it),
		cmocka_unit_test(one_of_a_pair_is_not_told_who_the_other_is),
		cmocka_unit_test(only_who_lays_down_examinations_sees_and_decides),
		cmocka_unit_test(nobody_decides_about_himself),
		cmocka_unit_test(looking_again_keeps_what_was_decided_and_drops_what_is_none_any_more),
		cmocka_unit_test(when_all_time_is_over_it_is_looked_at_by_itself_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
