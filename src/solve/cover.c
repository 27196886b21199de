/* Plans of learning: gaps and needs become rows that courses cover; see cover.h. */
#include "solve/cover_search.h"

#include <math.h>

#define WORTH_UNITS 1e6

struct planning {
	struct arena *a;
	const struct cover_problem *p;
	uint8_t *usable; /* its needs can be met, it is not done and fits into the limit */
	double *reachable;
	struct cover_row *rows; /* with the numbers of the problem's courses */
	size_t n_rows;
	uint8_t *relevant;
	uint32_t *queue, n_queue;
	uint32_t *course_of, *number_of; /* courses that the search knows: from its numbers to the problem's, and back */
	struct cover_rows search;
};

/* ── input ── */

static enum err fault(struct ctx *cx, const char *what, uint32_t i, const char *text)
{
	return fail_msg(cx, ERR_INVALID, str_fmt(cx->arena, "%s[%u]", what, i), text, 0, NULL);
}

static enum err check_course(struct ctx *cx, const struct cover_problem *p, uint32_t i, size_t *links)
{
	const struct cover_course *c = &p->courses[i];
	*links += (size_t)c->n_raises + c->n_needs;
	if (*links > COVER_LINKS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("The courses raise and need more than can be worked on at once."));
	if (c->minutes < 0 || c->minutes > COVER_MINUTES_MAX || c->penalty < 0 || c->penalty > COVER_MINUTES_MAX)
		return fault(cx, "courses", i, N_("must take between 0 and 1,000,000 minutes, and so must its penalty"));
	for (uint32_t k = 0; k < c->n_raises; k++)
		if (c->raises[k].competency >= p->n_competencies || !isfinite(c->raises[k].level))
			return fault(cx, "courses", i, N_("raises a competency that is not there, or to a level that is no number"));
	for (uint32_t k = 0; k < c->n_needs; k++) {
		const struct cover_need *n = &c->needs[k];
		if (n->which >= (n->kind == NEED_COURSE ? p->n_courses : p->n_competencies) || (n->kind == NEED_LEVEL && !isfinite(n->level)))
			return fault(cx, "courses", i, N_("needs what is not there, or a level that is no number"));
	}
	return OK;
}

static enum err check_input(struct ctx *cx, const struct cover_problem *p)
{
	double worth = 0;
	size_t links = 0;
	if (p->n_competencies > COVER_COMPETENCIES_MAX || p->n_courses > COVER_COURSES_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("There are more competencies or courses than can be worked on at once."));
	for (uint32_t i = 0; i < p->n_competencies; i++) {
		const struct cover_competency *k = &p->competencies[i];
		bool gap = k->required > k->held;
		if (!isfinite(k->held) || !isfinite(k->required) || (gap && p->limit >= 0 && !(k->priority > 0)))
			return fault(cx, "competencies", i, N_("needs levels that are numbers, and a priority above 0 where there is a gap and a limit"));
		if (gap && p->limit >= 0)
			worth += k->priority * (k->required - k->held);
		if (!(worth <= COVER_WORTH_MAX))
			return fault(cx, "competencies", i, N_("makes all gaps together worth more than 1,000,000"));
	}
	for (uint32_t i = 0; i < p->n_courses; i++)
		TRY(check_course(cx, p, i, &links));
	return OK;
}

/* ── what can be done at all ── */

static bool needs_met(const struct planning *g, const struct cover_course *c)
{
	for (uint32_t k = 0; k < c->n_needs; k++) {
		const struct cover_need *n = &c->needs[k];
		if (n->kind == NEED_COURSE ? !g->p->courses[n->which].done && !g->usable[n->which] : g->reachable[n->which] < n->level)
			return false;
	}
	return true;
}

static void find_usable(struct planning *g)
{
	const struct cover_problem *p = g->p;
	for (uint32_t i = 0; i < p->n_competencies; i++)
		g->reachable[i] = p->competencies[i].held;
	for (bool again = true; again;) {
		again = false;
		for (uint32_t i = 0; i < p->n_courses; i++) {
			const struct cover_course *c = &p->courses[i];
			if (g->usable[i] || c->done || (p->limit >= 0 && c->minutes > p->limit) || !needs_met(g, c))
				continue;
			g->usable[i] = 1;
			again = true;
			for (uint32_t k = 0; k < c->n_raises; k++)
				g->reachable[c->raises[k].competency] = fmax(g->reachable[c->raises[k].competency], c->raises[k].level);
		}
	}
}

/* ── rows ── */

static double level_by(const struct cover_course *c, uint32_t competency)
{
	double level = -INFINITY;
	for (uint32_t k = 0; k < c->n_raises; k++)
		if (c->raises[k].competency == competency)
			level = fmax(level, c->raises[k].level);
	return level;
}

static void add_to_row(struct planning *g, struct cover_row *row, size_t *n, uint32_t course)
{
	*ARENA_PUSH(g->a, row->courses, *n) = course;
	row->n = (uint32_t)*n;
	if (!g->relevant[course]) {
		g->relevant[course] = 1;
		g->queue[g->n_queue++] = course;
	}
}

/* A row of all courses that bring the competency to the level, or of one course. */
static void add_row(struct planning *g, struct cover_row row, const struct cover_need *need)
{
	size_t n = 0;
	if (need->kind == NEED_COURSE)
		add_to_row(g, &row, &n, need->which);
	for (uint32_t i = 0; i < g->p->n_courses && need->kind == NEED_LEVEL; i++)
		if (g->usable[i] && level_by(&g->p->courses[i], need->which) >= need->level)
			add_to_row(g, &row, &n, i);
	*ARENA_PUSH(g->a, g->rows, g->n_rows) = row;
}

static int by_level(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return a < b ? -1 : a > b;
}

/* A gap is closed in steps: one for each level that some course brings. */
static void add_steps(struct planning *g, uint32_t competency)
{
	const struct cover_competency *k = &g->p->competencies[competency];
	double *levels = NULL, from = k->held;
	size_t n = 0;
	for (uint32_t i = 0; i < g->p->n_courses; i++) {
		double level = g->usable[i] ? fmin(level_by(&g->p->courses[i], competency), k->required) : -INFINITY;
		if (level > k->held)
			*ARENA_PUSH(g->a, levels, n) = level;
	}
	if (n)
		qsort(levels, n, sizeof *levels, by_level);
	for (size_t i = 0; i < n; i++) {
		int64_t worth = llround(k->priority * (levels[i] - from) * WORTH_UNITS);
		if (levels[i] <= from || worth == 0)
			continue;
		add_row(g, (struct cover_row){ .owner = NO_OWNER, .worth = worth }, &(struct cover_need){ NEED_LEVEL, competency, levels[i] });
		from = levels[i];
	}
}

static void add_rows(struct planning *g)
{
	const struct cover_problem *p = g->p;
	for (uint32_t i = 0; i < p->n_competencies; i++) {
		const struct cover_competency *k = &p->competencies[i];
		double target = fmin(k->required, g->reachable[i]);
		if (!(target > k->held))
			continue;
		if (p->limit >= 0)
			add_steps(g, i);
		else
			add_row(g, (struct cover_row){ .owner = NO_OWNER, .worth = NEED_ALWAYS }, &(struct cover_need){ NEED_LEVEL, i, target });
	}
	for (uint32_t at = 0; at < g->n_queue; at++) {
		const struct cover_course *c = &p->courses[g->queue[at]];
		for (uint32_t k = 0; k < c->n_needs; k++) {
			const struct cover_need *n = &c->needs[k];
			if (n->kind == NEED_COURSE ? !p->courses[n->which].done : p->competencies[n->which].held < n->level)
				add_row(g, (struct cover_row){ .owner = g->queue[at] }, n);
		}
	}
}

/* ── leaving out what another course makes needless ── */

struct course_rows {
	uint32_t *v;
	size_t n;
	bool owns;
};

static int64_t cost_of(const struct cover_course *c)
{
	return c->minutes + c->penalty;
}

/* Whether everything that x is good for y is good for too, y costs no more, and needs nothing. */
static bool makes_needless(const struct planning *g, const struct course_rows *rows, uint32_t y, uint32_t x)
{
	const struct cover_course *a = &g->p->courses[x], *b = &g->p->courses[y];
	if (rows[y].owns || rows[y].n < rows[x].n || b->minutes > a->minutes || cost_of(b) > cost_of(a))
		return false;
	for (size_t i = 0, k = 0; i < rows[x].n; i++) {
		while (k < rows[y].n && rows[y].v[k] < rows[x].v[i])
			k++;
		if (k == rows[y].n || rows[y].v[k] != rows[x].v[i])
			return false;
	}
	bool alike = rows[x].n == rows[y].n && b->minutes == a->minutes && cost_of(b) == cost_of(a) && !rows[x].owns;
	return !alike || y < x;
}

static void leave_out(struct planning *g)
{
	struct course_rows *rows = ARENA_ARRAY(g->a, struct course_rows, g->p->n_courses);
	uint8_t *needless = ARENA_ARRAY(g->a, uint8_t, g->p->n_courses);
	for (uint32_t r = 0; r < g->n_rows; r++) {
		for (uint32_t k = 0; k < g->rows[r].n; k++) {
			struct course_rows *c = &rows[g->rows[r].courses[k]];
			*ARENA_PUSH(g->a, c->v, c->n) = r;
		}
		if (g->rows[r].owner != NO_OWNER)
			rows[g->rows[r].owner].owns = true;
	}
	for (uint32_t i = 0; i < g->n_queue; i++)
		for (uint32_t k = 0; k < g->n_queue && !needless[g->queue[i]]; k++)
			if (i != k && makes_needless(g, rows, g->queue[k], g->queue[i]))
				needless[g->queue[i]] = 1;
	for (uint32_t i = 0; i < g->p->n_courses; i++)
		g->relevant[i] = g->relevant[i] && !needless[i];
}

/* ── the search ── */

static void number_courses(struct planning *g)
{
	struct cover_rows *s = &g->search;
	g->course_of = ARENA_ARRAY(g->a, uint32_t, g->n_queue);
	g->number_of = ARENA_ARRAY(g->a, uint32_t, g->p->n_courses);
	s->cost = ARENA_ARRAY(g->a, int64_t, g->n_queue);
	s->minutes = ARENA_ARRAY(g->a, int64_t, g->n_queue);
	for (uint32_t i = 0; i < g->p->n_courses; i++) {
		if (!g->relevant[i])
			continue;
		g->number_of[i] = s->n_courses;
		s->cost[s->n_courses] = cost_of(&g->p->courses[i]);
		s->minutes[s->n_courses] = g->p->courses[i].minutes;
		g->course_of[s->n_courses++] = i;
	}
}

static void push_row(struct planning *g, uint32_t **list, uint32_t *n, uint32_t r)
{
	size_t have = *n;
	*ARENA_PUSH(g->a, *list, have) = r;
	*n = (uint32_t)have;
}

static void number_rows(struct planning *g)
{
	struct cover_rows *s = &g->search;
	s->rows = ARENA_ARRAY(g->a, struct cover_row, g->n_rows);
	s->rows_of = ARENA_ARRAY(g->a, uint32_t *, s->n_courses);
	s->n_rows_of = ARENA_ARRAY(g->a, uint32_t, s->n_courses);
	s->own = ARENA_ARRAY(g->a, uint32_t *, s->n_courses);
	s->n_own = ARENA_ARRAY(g->a, uint32_t, s->n_courses);
	for (uint32_t r = 0; r < g->n_rows; r++) {
		struct cover_row row = g->rows[r];
		uint32_t n = 0;
		if (row.owner != NO_OWNER && !g->relevant[row.owner])
			continue;
		for (uint32_t k = 0; k < row.n; k++) {
			if (!g->relevant[row.courses[k]])
				continue;
			row.courses[n] = g->number_of[row.courses[k]];
			push_row(g, &s->rows_of[row.courses[n]], &s->n_rows_of[row.courses[n]], s->n_rows);
			n++;
		}
		row.n = n;
		if (row.owner != NO_OWNER) {
			row.owner = g->number_of[row.owner];
			push_row(g, &s->own[row.owner], &s->n_own[row.owner], s->n_rows);
		}
		s->rows[s->n_rows++] = row;
	}
}

static int64_t worth_of(const struct planning *g, const uint8_t *taken)
{
	int64_t worth = 0;
	for (uint32_t r = 0; r < g->search.n_rows; r++) {
		const struct cover_row *row = &g->search.rows[r];
		bool covered = false;
		for (uint32_t k = 0; k < row->n && row->owner == NO_OWNER; k++)
			covered = covered || taken[row->courses[k]];
		worth += covered && row->worth != NEED_ALWAYS ? row->worth : 0;
	}
	return worth;
}

static int64_t cost_of_taken(const struct planning *g, const uint8_t *taken)
{
	int64_t cost = 0;
	for (uint32_t c = 0; c < g->search.n_courses; c++)
		cost += taken[c] ? g->search.cost[c] : 0;
	return cost;
}

/* A node takes as long as rows are wide: of wide ones fewer are looked at. */
static uint32_t nodes_most(const struct planning *g)
{
	uint64_t links = 0;
	for (uint32_t r = 0; r < g->search.n_rows; r++)
		links += g->search.rows[r].n;
	uint64_t most = links <= COVER_ROWS_LINKS ? COVER_NODES : (uint64_t)COVER_NODES * COVER_ROWS_LINKS / links + 1;
	return g->p->nodes_max ? g->p->nodes_max : (uint32_t)most;
}

/* With a limit: first the most worth, where courses cost nothing; then the least cost at which it is reached. */
static void search(struct planning *g, struct cover_found *f, struct cover_plan *r)
{
	struct cover_rows *s = &g->search;
	int64_t *cost = s->cost, all = 0;
	bool worth_proved = true;
	s->nodes_max = nodes_most(g);
	s->limit = g->p->limit < 0 ? INT64_MAX : g->p->limit;
	f->taken = ARENA_ARRAY(g->a, uint8_t, s->n_courses);
	f->value = INT64_MAX;
	if (g->p->limit >= 0) {
		for (uint32_t k = 0; k < s->n_rows; k++)
			all += s->rows[k].worth;
		s->cost = ARENA_ARRAY(g->a, int64_t, s->n_courses);
		cover_search(g->a, s, f);
		s->cost = cost;
		worth_proved = f->proved;
		r->nodes = f->nodes;
		r->worth = (double)(all - f->value) / WORTH_UNITS;
		r->worth_bound = (double)(all - f->bound) / WORTH_UNITS;
		s->floor = worth_of(g, f->taken);
		f->value = cost_of_taken(g, f->taken);
	}
	if (g->p->limit < 0 || s->floor > 0)
		cover_search(g->a, s, f);
	else
		f->bound = f->value = 0;
	r->nodes += g->p->limit < 0 || s->floor > 0 ? f->nodes : 0;
	r->proved = f->proved && worth_proved;
	r->cost_bound = f->bound;
}

static void write_plan(struct planning *g, const struct cover_found *f, struct cover_plan *r)
{
	uint32_t n = 0;
	r->courses = ARENA_ARRAY(g->a, uint32_t, g->search.n_courses);
	BUG_IF(!cover_order(g->a, &g->search, f->taken, r->courses, &n));
	r->n_courses = n;
	r->reached = ARENA_ARRAY(g->a, double, g->p->n_competencies);
	r->reachable = g->reachable;
	for (uint32_t i = 0; i < g->p->n_competencies; i++)
		r->reached[i] = g->p->competencies[i].held;
	for (uint32_t i = 0; i < n; i++) {
		const struct cover_course *c = &g->p->courses[g->course_of[r->courses[i]]];
		r->courses[i] = g->course_of[r->courses[i]];
		r->minutes += c->minutes;
		r->cost += cost_of(c);
		for (uint32_t k = 0; k < c->n_raises; k++)
			r->reached[c->raises[k].competency] = fmax(r->reached[c->raises[k].competency], c->raises[k].level);
	}
}

static void plan(struct ctx *cx, const struct cover_problem *p, struct cover_plan *ret)
{
	struct planning g = { .a = cx->arena, .p = p };
	struct cover_found found = { 0 };
	g.usable = ARENA_ARRAY(g.a, uint8_t, p->n_courses);
	g.relevant = ARENA_ARRAY(g.a, uint8_t, p->n_courses);
	g.queue = ARENA_ARRAY(g.a, uint32_t, p->n_courses);
	g.reachable = ARENA_ARRAY(g.a, double, p->n_competencies);
	*ret = (struct cover_plan){ 0 };
	find_usable(&g);
	add_rows(&g);
	leave_out(&g);
	number_courses(&g);
	number_rows(&g);
	search(&g, &found, ret);
	write_plan(&g, &found, ret);
}

/* A plan that closes all, and fits, is worth the most there is and costs the least of those. */
static bool closes_all_within(struct ctx *cx, const struct cover_problem *p, struct cover_plan *ret)
{
	struct cover_problem all = *p;
	all.limit = -1;
	plan(cx, &all, ret);
	if (!ret->proved || ret->minutes > p->limit)
		return false;
	for (uint32_t i = 0; i < p->n_competencies; i++) {
		const struct cover_competency *k = &p->competencies[i];
		if (k->required > k->held)
			ret->worth += k->priority * (fmin(ret->reached[i], k->required) - k->held);
	}
	ret->worth = ret->worth_bound = round(ret->worth * WORTH_UNITS) / WORTH_UNITS;
	return true;
}

enum err cover_solve(struct ctx *cx, const struct cover_problem *p, struct cover_plan *ret)
{
	TRY(check_input(cx, p));
	if (p->limit < 0 || !closes_all_within(cx, p, ret))
		plan(cx, p, ret);
	return OK;
}
