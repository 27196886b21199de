/* Adaptive examinations: the next question follows from the answers alone, the blueprint is kept, and what theta says of marks and levels is what the pool
 * says. */
#include "bank.h"
#include "feature/adaptive/adaptive.h"
#include "feature/item/parameters.h"
#include "psychometrics/simulate.h"

#include <math.h>
#include <string.h>

static struct fixture *f;
static struct world w;
static int64_t drafting;

struct one {
	struct exam_one_row exam;
	int64_t form_id, items[200];
};

static void read_exam(struct one *o, int64_t id)
{
	assert_int_equal(exam_find(&f->cx, w.ministry, id, &o->exam), OK);
}

/* An open adaptive examination: two parts of six and four, out of n items. */
static struct one an_adaptive(const char *code, size_t n, size_t plain, const char *rules)
{
	struct one o = { 0 };
	char name[60];
	int64_t id = an_exam(f, w.ministry, code, "standalone");
	tamper(f, "UPDATE exam SET mode = 'adaptive', %s WHERE id = %lld", rules, (long long)id);
	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof name, "%s-%zu", code, i);
		o.items[i] = an_item(f, w.ministry, name, drafting, 2 + (int64_t)(i % 2));
	}
	a_part(f, w.ministry, id, drafting, 2, 6);
	a_part(f, w.ministry, id, drafting, 3, 4);
	o.form_id = a_pool(f, id, o.items, n, plain);
	open_exam(f, w.ministry, id);
	read_exam(&o, id);
	return o;
}

static const struct adaptive_pool *pool_of(const struct one *o)
{
	const struct adaptive_pool *p;
	assert_int_equal(adaptive_pool(&f->cx, &o->exam, o->form_id, &p), OK);
	return p;
}

struct sitting {
	struct adaptive_given v[200];
	size_t n;
	struct adaptive_stand last;
};
/* theta answers; beyond 10 all right, below -10 all wrong. */
static struct sitting sit(const struct adaptive_pool *p, int64_t seed, double theta)
{
	struct sitting s = { 0 };
	struct simulation chance = { (uint64_t)seed };
	while ((s.last = adaptive_stand(f->cx.arena, p, seed, s.v, s.n, INT64_MAX)).stop == ADAPTIVE_GOES_ON) {
		size_t at = 0;
		while (p->place[at] != s.last.next)
			at++;
		s.v[s.n++] = (struct adaptive_given){ s.last.next, fabs(theta) > 10 ? theta > 0 : simulate_answer(&chance, &p->bank.items[at], theta) };
	}
	return s;
}

/* ── the next question ── */

static void the_same_answers_bring_the_same_next_question_whoever_asks(void **state)
{
	struct one o = an_adaptive("again", 80, 0, "least = 5, most = 20, target_se = 0.1");
	const struct adaptive_pool *p = pool_of(&o), *other;
	struct app elsewhere = *f->cx.app, *here = f->cx.app;
	(void)state;
	struct sitting s = sit(p, 77, 0.4);
	assert_int_equal(s.n, 20);
	assert_int_equal(s.last.stop, ADAPTIVE_LONGEST);
	elsewhere.pools = NULL;
	f->cx.app = &elsewhere;
	other = pool_of(&o);
	f->cx.app = here;
	assert_true(other != p);
	for (size_t n = 0; n < s.n; n++) {
		struct adaptive_given turned[20], twice[40];
		for (size_t i = 0; i < n; i++) {
			turned[i] = s.v[n - 1 - i];
			twice[2 * i] = twice[2 * i + 1] = s.v[i];
		}
		struct adaptive_stand a = adaptive_stand(f->cx.arena, other, 77, turned, n, INT64_MAX),
				      b = adaptive_stand(f->cx.arena, p, 77, twice, 2 * n, INT64_MAX);
		assert_int_equal(a.next, s.v[n].n);
		assert_int_equal(b.next, s.v[n].n);
	}
	assert_int_equal(adaptive_stand(f->cx.arena, p, 77, (struct adaptive_given[]){ { 9999, 1 } }, 1, INT64_MAX).next, s.v[0].n);
}

static void a_pool_is_read_once(void **state)
{
	struct one o = an_adaptive("kept", 40, 0, "least = 5, most = 10");
	const struct adaptive_pool *p = pool_of(&o);
	unsigned before = f->cx.statements;
	(void)state;
	assert_true(pool_of(&o) == p);
	assert_int_equal(f->cx.statements, before);
	/* What is gone from memory is made again. */
	for (int i = 0; i < POOL_KEEP_MAX; i++) {
		char code[20];
		snprintf(code, sizeof code, "more-%d", i);
		struct one more = an_adaptive(code, 20, 0, "least = 5, most = 10");
		(void)pool_of(&more);
	}
	before = f->cx.statements;
	assert_int_equal(pool_of(&o)->bank.n, 40);
	assert_true(f->cx.statements > before);
}

static void the_blueprint_is_kept_and_enemies_do_not_meet(void **state)
{
	struct one o = an_adaptive("blueprint", 60, 0, "least = 5, most = 20, target_se = 0.1");
	(void)state;
	for (size_t i = 0; i + 1 < 60; i += 2)
		enemies(f, o.items[i], o.items[i + 1]);
	const struct adaptive_pool *p = pool_of(&o);
	for (int64_t seed = 1; seed <= 10; seed++) {
		struct sitting s = sit(p, seed, 0);
		size_t hard = 0;
		bool given[61] = { false };
		assert_int_equal(s.n, 20);
		for (size_t i = 0; i < s.n; i++) {
			hard += s.v[i].n % 2 == 0;
			given[s.v[i].n] = true;
		}
		assert_int_equal(hard, 8);
		for (size_t n = 1; n < 60; n += 2)
			assert_false(given[n] && given[n + 1]);
	}
}

static void without_enough_parameters_a_pool_is_not_ready(void **state)
{
	struct one whole = an_adaptive("enough", 40, 0, "least = 5, most = 30"), half = an_adaptive("not-enough", 40, 20, "least = 5, most = 30");
	(void)state;
	assert_true(pool_of(&whole)->ready);
	/* Of thirty, eighteen and twelve are asked; ten of each part have parameters. */
	assert_false(pool_of(&half)->ready);
	assert_int_equal(pool_of(&half)->lacking, 8 + 2);
	assert_int_equal(pool_of(&half)->bank.n, 20);
}

/* ── the end ── */

static void its_rules_end_it(void **state)
{
	struct one decides = an_adaptive("decides", 120, 0, "least = 5, most = 40, target_se = 0.1, decide = TRUE");
	struct one measures = an_adaptive("measures", 120, 0, "least = 5, most = 40, target_se = 0.4");
	struct sitting s = sit(pool_of(&decides), 1, 99);
	(void)state;
	assert_int_equal(s.last.stop, ADAPTIVE_PASSED);
	assert_true(s.last.passed && s.n >= 5 && s.n < 40);
	s = sit(pool_of(&decides), 1, -99);
	assert_int_equal(s.last.stop, ADAPTIVE_FAILED);
	assert_true(!s.last.passed && s.n >= 5 && s.n < 40);
	s = sit(pool_of(&measures), 3, 0.2);
	assert_int_equal(s.last.stop, ADAPTIVE_PRECISE);
	assert_true(s.last.se <= 0.4 && s.n < 40);
	assert_int_equal(adaptive_stand(f->cx.arena, pool_of(&measures), 3, s.v, 3, 0).stop, ADAPTIVE_TIME);
	/* Nobody who answered nothing has passed. */
	tamper(f, "UPDATE exam SET pass = 1 WHERE id = %lld", (long long)decides.exam.id);
	assert_false(adaptive_stand(f->cx.arena, pool_of(&decides), 3, NULL, 0, 0).passed);
}

/* ── what theta says ── */

static void marks_are_those_that_the_pool_lets_expect(void **state)
{
	struct one o = an_adaptive("marks", 40, 0, "least = 5, most = 10, pass = 70");
	const struct adaptive_pool *p = pool_of(&o);
	double easy = 0, hard = 0;
	(void)state;
	for (size_t i = 0; i < 40; i++)
		*(i % 2 ? &hard : &easy) += irt_expected(&p->bank.items[i], p->pass) / 20;
	/* Six of ten questions are easy ones. */
	assert_true(fabs(0.6 * easy + 0.4 * hard - 0.7) < 1e-6);
	struct sitting s = sit(p, 5, 99);
	assert_true(s.last.passed && s.last.theta > p->pass && s.last.share > 0.7);
	s = sit(p, 5, -99);
	assert_true(!s.last.passed && s.last.theta < p->pass && s.last.share < 0.7);
}

static void a_level_is_reached_where_its_items_are_expected_right(void **state)
{
	struct one o = an_adaptive("levels", 40, 0, "least = 5, most = 10, pass = 70");
	const struct adaptive_pool *p = pool_of(&o);
	(void)state;
	assert_int_equal(p->n_cuts, 2);
	for (size_t k = 0; k < 2; k++) {
		double share = 0;
		assert_int_equal(p->cuts[k].competency_id, drafting);
		assert_int_equal(p->cuts[k].level, 2 + (int64_t)k);
		assert_int_equal(p->cuts[k].items, 20);
		for (size_t i = k; i < 40; i += 2)
			share += irt_expected(&p->bank.items[i], p->cuts[k].theta) / 20;
		assert_true(fabs(share - 0.7) < 1e-6);
	}
	double two = p->cuts[0].theta, three = p->cuts[1].theta;
	assert_true(two < three);
	assert_int_equal(adaptive_value(p, drafting, two - 0.01), 1000);
	assert_int_equal(adaptive_value(p, drafting, two + 0.01), 2000);
	assert_int_equal(adaptive_value(p, drafting, three + 0.01), 3000);
	assert_int_equal(adaptive_value(p, drafting + 1, three), -1);
	assert_true(fabs(adaptive_sure(p, drafting, 2, two, 0.3) - 0.5) < 1e-9);
	assert_true(adaptive_sure(p, drafting, 1, two, 0.3) == adaptive_sure(p, drafting, 2, two, 0.3));
	assert_true(adaptive_sure(p, drafting, 3, three + 0.6, 0.3) > 0.97);
	/* What is not asked is not shown. */
	assert_true(adaptive_sure(p, drafting, 4, 6, 0.1) == 0 && adaptive_sure(p, drafting + 1, 1, 6, 0.1) == 0);
}

static void parameters_are_read_or_refused(void **state)
{
	static const char *const bad[] = { "",
					   "{",
					   "[]",
					   "{}",
					   "{\"model\":\"2pl\",\"categories\":2,\"a\":0,\"b\":1}",
					   "{\"model\":\"2pl\",\"categories\":2,\"a\":-1,\"b\":1}",
					   "{\"model\":\"2pl\",\"categories\":3,\"a\":1,\"b\":[0,1]}",
					   "{\"model\":\"grm\",\"categories\":3,\"a\":1,\"b\":[1,0]}",
					   "{\"model\":\"grm\",\"categories\":3,\"a\":1,\"b\":[1]}",
					   "{\"model\":\"grm\",\"categories\":99,\"a\":1,\"b\":[1]}",
					   "{\"model\":\"2pl\",\"categories\":2,\"a\":1,\"b\":\"1\"}",
					   "{\"model\":\"5pl\",\"categories\":2,\"a\":1,\"b\":1}",
					   "{\"model\":\"3pl\",\"categories\":2,\"a\":1,\"b\":1,\"c\":1}",
					   "{\"model\":\"2pl\",\"categories\":2,\"a\":1e300,\"b\":1}" };
	struct irt_item i;
	(void)state;
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
		assert_false(item_parameters_read(str_of(bad[k]), &i));
	assert_false(item_parameters_read(STR_NONE, &i));
	assert_true(item_parameters_read(S("{\"model\":\"gpcm\",\"categories\":3,\"a\":1.5,\"b\":[1,0]}"), &i));
	assert_true(i.model == IRT_GPCM && i.categories == 3 && i.a == 1.5 && i.b[1] == 0);
	assert_true(item_parameters_read(S("{\"model\":\"3pl\",\"categories\":2,\"a\":1,\"b\":1,\"c\":0.2}"), &i));
	assert_true(i.c == 0.2);
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
		cmocka_unit_test(the_same_answers_bring_the_same_next_question_whoever_asks),
		cmocka_unit_test(a_pool_is_read_once),
		cmocka_unit_test(the_blueprint_is_kept_and_enemies_do_not_meet),
		cmocka_unit_test(without_enough_parameters_a_pool_is_not_ready),
		cmocka_unit_test(its_rules_end_it),
		cmocka_unit_test(marks_are_those_that_the_pool_lets_expect),
		cmocka_unit_test(a_level_is_reached_where_its_items_are_expected_right),
		cmocka_unit_test(parameters_are_read_or_refused),
	};
	return cmocka_run_group_tests(tests, start, end);
}
