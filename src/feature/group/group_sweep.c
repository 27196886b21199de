/* Going through everybody: the jobs that bring members and rules together, the check, the rebuild; see group.h.
 *
 * Where to go on: "REVISION PERSON". .act looks, on a reading connection, for the next range of people in which something differs; the
 * step tries that range again in its own transaction and writes. So an hour without changes costs the writer nothing. */
#include "feature/group/group.h"
#include "feature/person/person.h"

/* RANGE_TRIES: people times groups in a range, so that a step never writes more than that many rows. */
enum { RANGE_TRIES = 20000, RANGE_LEAST = 100, RANGE_MOST = 2000, LOOKED_AT_A_STEP = 200000 };
#define DRAFTS_KEPT (90 * DAY)

struct sweep {
	int64_t group_id, org_id; /* NONE: all groups */
	int64_t revision;
	int64_t after, upto; /* the range of the step; upto NONE: nobody is left */
	int64_t passed;	     /* people until there */
	int64_t total;
	bool differs;
	bool gone; /* there is no such group */
};

static bool read_at(struct str at, int64_t *ret_revision, int64_t *ret_after)
{
	struct str word;
	*ret_revision = *ret_after = 0;
	return !at.n || (str_cut(&at, ' ', &word) && str_int(word, ret_revision) && str_int(at, ret_after));
}

/* The rules of this sweep. */
static enum err load(struct ctx *cx, struct sweep *s, struct pass *p, bool *ret_found)
{
	struct group_live_row *rows;
	struct group_one_row one;
	size_t n;
	*ret_found = true;
	if (s->group_id == NONE) {
		TRY(group_sql_live(cx, &rows, &n));
		for (size_t i = 0; i < n; i++)
			TRY(pass_add(cx, p, rows[i].id, rows[i].org_id, rows[i].rule, false));
		*ret_found = n > 0;
		return OK;
	}
	TRY(group_sql_one(cx, s->group_id, &one, ret_found));
	s->revision = one.revision;
	return *ret_found ? pass_add(cx, p, one.id, one.org_id, one.rule, one.ended_at != NONE) : OK;
}

static int64_t range_most(const struct pass *p)
{
	int64_t most = RANGE_TRIES / (int64_t)(pass_groups(p) ? pass_groups(p) : 1);
	return most < RANGE_LEAST ? RANGE_LEAST : most > RANGE_MOST ? RANGE_MOST : most;
}

/* ── looking ── */

static enum err look_on(struct ctx *cx, struct sweep *s, struct pass *p)
{
	struct group_people_upto_row next;
	struct changes c;
	int64_t looked = 0;
	while (!s->differs && looked < LOOKED_AT_A_STEP) {
		TRY(group_sql_people_upto(cx, s->after, range_most(p), &next));
		s->upto = next.upto;
		if (next.upto == NONE)
			return OK;
		TRY(pass_range(cx, p, s->after, next.upto, s->group_id, &c));
		s->passed += next.n;
		looked += next.n;
		s->differs = c.n > 0;
		if (!s->differs)
			s->after = next.upto;
	}
	return OK;
}

static enum err look(struct ctx *cx, void *arg)
{
	struct job *j = arg;
	struct sweep *s = j->state;
	struct group_n_people_row people;
	struct pass *p = pass_new(person_today(cx));
	int64_t revision;
	bool found = false;
	s->upto = NONE;
	enum err e = read_at(j->at, &revision, &s->after) ? load(cx, s, p, &found) : ERR_INTERNAL;
	/* The rule has changed since: from the beginning. */
	if (s->group_id != NONE && revision != s->revision) {
		s->after = 0;
		s->passed = 0;
	}
	if (e == OK && found && !j->total)
		e = group_sql_n_people(cx, &people);
	s->gone = e == OK && s->group_id != NONE && !found;
	s->total = e == OK && found && !j->total ? people.n : j->total;
	if (e == OK && found)
		e = look_on(cx, s, p);
	pass_free(p);
	return e;
}

enum err group_sweep_act(struct ctx *cx, struct job *j)
{
	struct sweep *s = ARENA_NEW(cx->arena, struct sweep);
	*s = (struct sweep){ .group_id = NONE, .passed = j->done };
	if (j->input.n && !str_int(j->input, &s->group_id))
		return ERR_INTERNAL;
	j->state = s;
	return db_read(cx, look, j);
}

/* ── writing ── */

/* Tries a range by the data of this transaction and writes what differs. ret_same: the rule is still the one that was looked at. */
static enum err write_range(struct ctx *cx, const struct sweep *seen, bool *ret_same)
{
	struct sweep s = *seen;
	struct pass *p = pass_new(person_today(cx));
	struct changes c;
	bool found = false;
	enum err e = load(cx, &s, p, &found);
	*ret_same = found && s.revision == seen->revision;
	if (e == OK && *ret_same && s.differs)
		e = pass_range(cx, p, s.after, s.upto, s.group_id, &c);
	if (e == OK && *ret_same && s.differs)
		e = pass_write(cx, &c);
	pass_free(p);
	return e;
}

enum err group_sweep_step(struct ctx *cx, struct job *j)
{
	const struct sweep *s = j->state;
	bool same = true;
	j->total = s->total;
	if (s->gone) {
		j->ended = true;
		return OK;
	}
	if (s->group_id != NONE || s->differs)
		TRY(write_range(cx, s, &same));
	if (!same && s->group_id != NONE) {
		j->at = S("0 0");
		j->done = 0;
		return OK;
	}
	j->done = s->passed;
	if (s->upto != NONE) {
		j->at = str_fmt(cx->arena, "%lld %lld", (long long)s->revision, (long long)s->upto);
		return OK;
	}
	j->ended = true;
	j->at = STR_NONE;
	if (s->group_id != NONE)
		return group_sql_settle(cx, s->revision, s->group_id, NULL);
	return group_sql_drafts_old(cx, cx->now - DRAFTS_KEPT, NULL);
}

enum err group_sweep_soon(struct ctx *cx)
{
	return job_add(cx, &(struct job_add){ .kind = "group.sweep", .once = S("all"), .asked_by = NONE }, NULL);
}

/* ── all at once ── */

typedef enum err each_fn(struct ctx *cx, void *arg, const struct changes *c);

static enum err everybody(struct ctx *cx, each_fn *each, void *arg)
{
	struct sweep s = { .group_id = NONE };
	struct pass *p = pass_new(person_today(cx));
	struct group_people_upto_row next;
	struct changes c;
	bool found = false;
	enum err e = load(cx, &s, p, &found);
	while (e == OK && found) {
		struct arena_mark mark = arena_mark(cx->arena);
		e = group_sql_people_upto(cx, s.after, RANGE_MOST, &next);
		if (e != OK || next.upto == NONE)
			break;
		e = pass_range(cx, p, s.after, next.upto, NONE, &c);
		if (e == OK)
			e = each(cx, arg, &c);
		s.after = next.upto;
		arena_back(cx->arena, mark);
	}
	pass_free(p);
	return e;
}

static enum err write_changes(struct ctx *cx, void *arg, const struct changes *c)
{
	(void)arg;
	return pass_write(cx, c);
}

enum err group_rebuild(struct ctx *cx)
{
	TRY(everybody(cx, write_changes, NULL));
	TRY(group_sql_count_clear(cx, NULL));
	return group_sql_count_all(cx, NULL);
}

struct wrong {
	group_wrong_fn *call;
	void *arg;
	struct pass *then; /* the rules on the day of the last pass; NULL: none, or today */
};

static bool among(const struct changes *c, const struct change *one)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].group_id == one->group_id && c->v[i].person_id == one->person_id && c->v[i].enters == one->enters)
			return true;
	return false;
}

/* What only the passing of days has changed since the last pass is no mistake; the next pass finds it. */
static enum err tell(struct ctx *cx, void *arg, const struct changes *c)
{
	struct wrong *w = arg;
	for (size_t i = 0; i < c->n; i++) {
		struct changes then = *c;
		int64_t person = c->v[i].person_id;
		if (w->then)
			TRY(pass_range(cx, w->then, person - 1, person, NONE, &then));
		if (among(&then, &c->v[i]))
			w->call(w->arg, c->v[i].group_id, person,
				c->v[i].enters ? "fits the rule of a group but is not in it (group, person)"
					       : "is in a group without fitting its rule (group, person)");
	}
	return OK;
}

static enum err tell_count(struct ctx *cx, void *arg, const void *row)
{
	const struct group_count_wrong_row *r = row;
	const struct wrong *w = arg;
	(void)cx;
	w->call(w->arg, r->id, 0, "the counter of a group is not the number of its members (group)");
	return OK;
}

enum err group_check(struct ctx *cx, group_wrong_fn *wrong, void *arg)
{
	struct wrong w = { .call = wrong, .arg = arg };
	struct sweep s = { .group_id = NONE };
	struct group_last_pass_row last;
	bool found = false;
	TRY(group_sql_last_pass(cx, &last));
	int64_t day = last.ended_at == NONE ? person_today(cx) : clock_day(S("Asia/Kolkata"), last.ended_at);
	if (day < person_today(cx))
		w.then = pass_new(day);
	enum err e = w.then ? load(cx, &s, w.then, &found) : OK;
	if (e == OK)
		e = everybody(cx, tell, &w);
	pass_free(w.then);
	return e == OK ? group_sql_count_wrong(cx, tell_count, &w) : e;
}
