/* Career paths; see career.h. */
#include "feature/placement/career.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

/* ── circles ── */

struct walk {
	const struct career_edge *edges;
	size_t n;
	int64_t *node, goal; /* in the order in which they were reached */
	size_t *came_from, n_nodes;
};

static bool reached(const struct walk *w, int64_t node)
{
	for (size_t i = 0; i < w->n_nodes; i++)
		if (w->node[i] == node)
			return true;
	return false;
}

/* Breadth first, so that the circle named is the shortest. */
static bool walk_to(struct walk *w, size_t *ret_at)
{
	for (size_t at = 0; at < w->n_nodes; at++) {
		if (w->node[at] == w->goal) {
			*ret_at = at;
			return true;
		}
		for (size_t k = 0; k < w->n; k++) {
			if (w->edges[k].from != w->node[at] || reached(w, w->edges[k].to))
				continue;
			w->node[w->n_nodes] = w->edges[k].to;
			w->came_from[w->n_nodes++] = at;
		}
	}
	return false;
}

bool career_circle(struct arena *a, const struct career_edge *edges, size_t n, struct career_edge more, int64_t **ret_path, size_t *ret_n)
{
	struct walk w = { edges, n, ARENA_ARRAY(a, int64_t, n + 1), more.from, ARENA_ARRAY(a, size_t, n + 1), 0 };
	size_t at, len = 2;
	w.node[w.n_nodes++] = more.to;
	if (!walk_to(&w, &at))
		return false;
	for (size_t i = at; i != 0; i = w.came_from[i])
		len++;
	*ret_path = ARENA_ARRAY(a, int64_t, len);
	*ret_n = len;
	for (size_t i = len; i > 1; i--, at = w.came_from[at])
		(*ret_path)[i - 1] = w.node[at];
	(*ret_path)[0] = more.from;
	return true;
}

/* ── steps ── */

static enum err designation_of(struct ctx *cx, struct str called, const char *field, int64_t *ret)
{
	struct person_designation_called_row *r;
	size_t n;
	TRY(person_sql_designation_called(cx, called.n ? str_trim(called) : S(""), &r, &n));
	if (n != 1)
		return fail(cx, ERR_INVALID, field,
			    n ? N_("is the name of several; give the code") : N_("is not known; give the code, or the name exactly as it is written here"));
	*ret = r[0].id;
	return OK;
}

static enum err circle_words(struct ctx *cx, const int64_t *path, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, 4000);
	for (size_t i = 0; i < n; i++) {
		struct career_designation_name_row r;
		bool found = false;
		TRY(career_sql_designation_name(cx, path[i], &r, &found));
		if (i)
			buf_lit(&b, " → ");
		buf_str(&b, found ? org_name(cx, r.name_en, r.name_hi) : S("?"));
	}
	return fail_msg(cx, ERR_CONFLICT, S("to"), N_("would close a circle of steps upwards: {path}"), 1, (struct msg_arg[]){ { "path", buf_get(&b) } });
}

static enum err no_circle(struct ctx *cx, int64_t org_id, struct career_edge more)
{
	struct career_ladders_row *r;
	int64_t *path;
	size_t n, n_path;
	TRY(career_sql_ladders(cx, org_id, more.from, more.to, &r, &n));
	struct career_edge *edges = ARENA_ARRAY(cx->arena, struct career_edge, n + 1);
	for (size_t i = 0; i < n; i++)
		edges[i] = (struct career_edge){ r[i].from_id, r[i].to_id };
	return career_circle(cx->arena, edges, n, more, &path, &n_path) ? circle_words(cx, path, n_path) : OK;
}

enum err career_set(struct ctx *cx, const struct career_set *in)
{
	struct career_step_count_row count;
	struct career_edge more;
	TRY(designation_of(cx, in->from, "from", &more.from));
	TRY(designation_of(cx, in->to, "to", &more.to));
	if (more.from == more.to)
		return fail(cx, ERR_INVALID, "to", N_("must be another designation"));
	TRY(career_sql_step_count(cx, in->org_id, &count));
	if (count.n >= CAREER_STEPS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("An organisation lays down at most 500 steps."));
	if (in->ladder)
		TRY(no_circle(cx, in->org_id, more));
	return career_sql_step_put(cx, in->org_id, more.from, more.to, in->ladder ? S("ladder") : S("lattice"), in->least_years, cx->now, NULL);
}

enum err career_end(struct ctx *cx, int64_t org_id, int64_t from_id, int64_t to_id)
{
	int64_t changed = 0;
	TRY(career_sql_step_end(cx, org_id, from_id, to_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "from_id", N_("There is no such step here."));
}
