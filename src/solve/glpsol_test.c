/* The optimisation floor beside another program: glpsol (GLPK, Debian's glpk-utils) gets the same problems as linear programs in CPLEX's LP format,
 * and must come to the same sums. */
#include "base/base_check.h"
#include "draw.h"
#include "solve/cover.h"
#include "solve/shortage.h"

#include <fcntl.h>
#include <math.h>
#include <spawn.h>

extern char **environ;

struct lp {
	char dir[64], model[96], answer[96];
	FILE *file;
};

static void lp_begin(struct lp *l)
{
	snprintf(l->dir, sizeof l->dir, "/tmp/karmayogi-lp-XXXXXX");
	assert_non_null(mkdtemp(l->dir));
	snprintf(l->model, sizeof l->model, "%s/model.lp", l->dir);
	snprintf(l->answer, sizeof l->answer, "%s/answer", l->dir);
}

static void lp_end(const struct lp *l)
{
	unlink(l->model);
	unlink(l->answer);
	rmdir(l->dir);
}

static void lp_open(struct lp *l)
{
	l->file = fopen(l->model, "w");
	assert_non_null(l->file);
}

/* Runs glpsol on what was written and gives the value of the optimum. */
static double lp_solve(struct lp *l)
{
	char *argv[] = { "glpsol", "--lp", l->model, "-w", l->answer, NULL };
	posix_spawn_file_actions_t to_nowhere;
	pid_t pid;
	int status = -1;
	char kind[8] = "";
	double value = NAN;
	assert_int_equal(fclose(l->file), 0);
	posix_spawn_file_actions_init(&to_nowhere);
	posix_spawn_file_actions_addopen(&to_nowhere, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawnp(&pid, "glpsol", &to_nowhere, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&to_nowhere);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	FILE *f = fopen(l->answer, "r");
	char line[256];
	assert_non_null(f);
	while (fgets(line, sizeof line, f))
		if (sscanf(line, "s %7s", kind) == 1) {
			bool mip = strcmp(kind, "mip") == 0;
			char one = 0, two = 'f';
			assert_int_equal(mip ? sscanf(line, "s mip %*d %*d %c %lf", &one, &value) : sscanf(line, "s bas %*d %*d %c %c %lf", &one, &two, &value),
					 mip ? 2 : 3);
			assert_int_equal(one, mip ? 'o' : 'f');
			assert_int_equal(two, 'f');
		}
	fclose(f);
	assert_true(value == value); /* it was there */
	return value;
}

/* ── assignment ── */

enum { PLACES = 60, EACH = 7 };

static void term(FILE *f, double factor, const char *name, uint32_t i)
{
	fprintf(f, " %+.10g %s%u\n", factor, name, i);
}

/* Everybody at most once; and with placed >= 0 exactly so many pairs. */
static void write_assignment(struct lp *l, const struct assignment_problem *p, bool scores, long placed)
{
	lp_open(l);
	fprintf(l->file, "Maximize\n obj:\n");
	for (uint32_t k = 0; k < p->n_pairs; k++)
		term(l->file, scores ? p->pairs[k].score : 1, "x", k);
	fprintf(l->file, "Subject To\n");
	for (uint32_t i = 0; i < p->n_officers + p->n_posts; i++) {
		bool post = i >= p->n_officers;
		fprintf(l->file, " r%u: 0 none\n", i);
		for (uint32_t k = 0; k < p->n_pairs; k++)
			if (post ? p->pairs[k].post == i - p->n_officers : p->pairs[k].officer == i)
				term(l->file, 1, "x", k);
		fprintf(l->file, " <= 1\n");
	}
	fprintf(l->file, " all: 0 none\n");
	for (uint32_t k = 0; k < p->n_pairs && placed >= 0; k++)
		term(l->file, 1, "x", k);
	fprintf(l->file, placed >= 0 ? " = %ld\nEnd\n" : " <= 1\nEnd\n", placed);
}

static void assignments(void **state)
{
	(void)state;
	struct lp l;
	struct draw d = { 77 };
	lp_begin(&l);
	for (int round = 0; round < 8; round++) {
		struct ctx cx = { .arena = arena_new() };
		struct assignment_pair pairs[PLACES * EACH];
		struct assignment_problem p = { PLACES, round % 3 ? PLACES - 10 : PLACES + 5, COUNT(pairs), pairs, false };
		struct assignment r;
		struct shortage s;
		for (uint32_t k = 0; k < COUNT(pairs); k++)
			pairs[k] =
				(struct assignment_pair){ k / EACH, draw_below(&d, (uint32_t)p.n_posts), (double)draw_below(&d, 20000) / 100 - 100, PAIR_OPEN };
		assert_int_equal(assignment_solve(&cx, &p, NULL, &r), OK);
		write_assignment(&l, &p, true, -1);
		assert_true(fabs(lp_solve(&l) - r.total) < 1e-6);
		p.fill = true;
		assert_int_equal(assignment_solve(&cx, &p, NULL, &r), OK);
		shortage_find(cx.arena, &p, &s);
		write_assignment(&l, &p, false, -1);
		double most = lp_solve(&l);
		assert_true(fabs(most - (double)r.n_placed) < 1e-6);
		assert_int_equal(s.n_fillable, r.n_placed);
		write_assignment(&l, &p, true, lround(most));
		assert_true(fabs(lp_solve(&l) - r.total) < 1e-6);
		arena_free(cx.arena);
	}
	lp_end(&l);
}

/* ── plans ── */

enum { COURSES = 60, GAPS = 14, RAISES = 3, LEVELS = 5 };

struct made {
	struct cover_competency competencies[GAPS];
	struct cover_course courses[COURSES];
	struct cover_raise raises[COURSES][RAISES];
	struct cover_need needs[COURSES];
	struct cover_problem p;
};

/* Courses need earlier ones only, so that no order has to be told to the other program. */
static void draw_plan(struct draw *d, struct made *m)
{
	for (uint32_t i = 0; i < GAPS; i++)
		m->competencies[i] = (struct cover_competency){ draw_below(d, 2), 2 + draw_below(d, 3), 1 + draw_below(d, 9) };
	for (uint32_t c = 0; c < COURSES; c++) {
		m->courses[c] = (struct cover_course){ .minutes = 20 + draw_below(d, 200),
						       .penalty = draw_below(d, 20),
						       .raises = m->raises[c],
						       .needs = &m->needs[c],
						       .n_raises = RAISES,
						       .n_needs = c > 0 && draw_below(d, 3) == 0 };
		for (uint32_t i = 0; i < RAISES; i++)
			m->raises[c][i] = (struct cover_raise){ draw_below(d, GAPS), 1 + draw_below(d, LEVELS) };
		m->needs[c] = (struct cover_need){ NEED_COURSE, c ? draw_below(d, c) : 0, 0 };
	}
	m->p = (struct cover_problem){ m->competencies, m->courses, GAPS, COURSES, -1, 0 };
}

static bool brings(const struct made *m, uint32_t c, uint32_t competency, double level)
{
	for (uint32_t i = 0; i < RAISES; i++)
		if (m->raises[c][i].competency == competency && m->raises[c][i].level >= level)
			return true;
	return false;
}

/* y of a gap and a level: it is reached. All must be when worth is NaN; else so much worth. */
static void write_plan(struct lp *l, const struct made *m, bool most_worth, double worth)
{
	lp_open(l);
	fprintf(l->file, most_worth ? "Maximize\n obj: 0 none\n" : "Minimize\n obj: 0 none\n");
	for (uint32_t c = 0; c < COURSES && !most_worth; c++)
		term(l->file, (double)(m->courses[c].minutes + m->courses[c].penalty), "x", c);
	for (int part = 0; part < 2; part++) {
		if (part == 1)
			fprintf(l->file, "Subject To\n worth: 0 none\n");
		for (uint32_t i = 0; i < GAPS && (part == 1 || most_worth); i++)
			for (double level = m->competencies[i].held + 1; level <= m->competencies[i].required; level++)
				term(l->file, m->competencies[i].priority, "y", i * 10 + (uint32_t)level);
	}
	fprintf(l->file, " >= %.10g\n", isnan(worth) ? 0 : worth);
	for (uint32_t i = 0; i < GAPS; i++)
		for (double level = m->competencies[i].held + 1; level <= m->competencies[i].required; level++) {
			fprintf(l->file, " g%u: -1 y%u\n", i * 10 + (uint32_t)level, i * 10 + (uint32_t)level);
			for (uint32_t c = 0; c < COURSES; c++)
				if (brings(m, c, i, level))
					term(l->file, 1, "x", c);
			fprintf(l->file, " >= 0\n");
		}
	for (uint32_t c = 0; c < COURSES; c++)
		if (m->courses[c].n_needs)
			fprintf(l->file, " n%u: x%u - x%u >= 0\n", c, m->needs[c].which, c);
	fprintf(l->file, " limit: 0 none\n");
	for (uint32_t c = 0; c < COURSES; c++)
		term(l->file, (double)m->courses[c].minutes, "x", c);
	fprintf(l->file, " <= %lld\nBounds\n", m->p.limit < 0 ? 1000000LL : (long long)m->p.limit);
	for (uint32_t i = 0; i < GAPS; i++)
		for (double level = m->competencies[i].held + 1; level <= m->competencies[i].required; level++)
			fprintf(l->file, isnan(worth) ? " y%u = 1\n" : " 0 <= y%u <= 1\n", i * 10 + (uint32_t)level);
	fprintf(l->file, "Binary\n");
	for (uint32_t c = 0; c < COURSES; c++)
		fprintf(l->file, " x%u\n", c);
	fprintf(l->file, "End\n");
}

static bool closes_all(const struct made *m, const struct cover_plan *r)
{
	for (uint32_t i = 0; i < GAPS; i++)
		if (r->reachable[i] < m->competencies[i].required)
			return false;
	return true;
}

static void plans(void **state)
{
	(void)state;
	struct lp l;
	struct draw d = { 78 };
	int all = 0;
	lp_begin(&l);
	for (int round = 0; round < 8; round++) {
		struct ctx cx = { .arena = arena_new() };
		struct made m;
		struct cover_plan r;
		draw_plan(&d, &m);
		assert_int_equal(cover_solve(&cx, &m.p, &r), OK);
		assert_true(r.proved);
		if (closes_all(&m, &r)) {
			write_plan(&l, &m, false, NAN);
			assert_true(fabs(lp_solve(&l) - (double)r.cost) < 1e-6);
			all++;
		}
		m.p.limit = 150 + 60 * round;
		assert_int_equal(cover_solve(&cx, &m.p, &r), OK);
		assert_true(r.proved);
		write_plan(&l, &m, true, 0);
		assert_true(fabs(lp_solve(&l) - r.worth) < 1e-6);
		write_plan(&l, &m, false, r.worth);
		assert_true(fabs(lp_solve(&l) - (double)r.cost) < 1e-6);
		arena_free(cx.arena);
	}
	assert_true(all > 2);
	lp_end(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(assignments), cmocka_unit_test(plans) };
	return cmocka_run_group_tests_name("solve/glpsol", tests, NULL, NULL);
}
