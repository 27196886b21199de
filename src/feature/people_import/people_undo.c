/* Taking back a staff list, the last change first; see people_import.h. What somebody has changed since stays and is counted. */
#include "base/utf8.h"
#include "feature/admission/admission.h"
#include "feature/group/group.h"
#include "feature/names/names.h"
#include "feature/people_import/people_import.h"
#include "feature/person/person.h"
#include "feature/post/post.h"

enum { CHANGES_A_STEP = 400 };

typedef struct people_import_changes_before_row change_row;

/* Still as the import left it? */
static bool same(struct str now_of_import, struct str is)
{
	return !now_of_import.p || str_eq(now_of_import, is);
}

static enum err undo_details(struct ctx *cx, const change_row *c, const struct person_one_row *p, bool *ret_late)
{
	if (!c->now_name.p && !c->now_email.p && !c->now_mobile.p)
		return OK;
	if (!same(c->now_name, p->name) || !same(c->now_email, p->email) || !same(c->now_mobile, p->mobile)) {
		*ret_late = true;
		return OK;
	}
	TRY(names_change(cx, "person", c->person_id, &c->was_name, 1));
	return person_sql_set_details(cx, c->was_name, utf8_fold(cx->arena, c->was_name), c->was_email, c->was_mobile, c->person_id, NULL);
}

static enum err undo_posting(struct ctx *cx, const change_row *c, bool *ret_late)
{
	struct person_posting_row p;
	bool found = false;
	if (c->posting_id == NONE)
		return OK;
	TRY(person_sql_posting(cx, c->posting_id, &p, &found));
	if (!found || p.until_day != NONE) {
		*ret_late = true;
		return OK;
	}
	return person_unpost(cx, c->posting_id);
}

static enum err undo_leaving(struct ctx *cx, const change_row *c, bool *ret_late)
{
	struct person_open_posting_row open;
	bool found = false;
	TRY(person_sql_open_posting(cx, c->person_id, &open, &found));
	*ret_late = *ret_late || found;
	if (found)
		return OK;
	TRY(person_return(cx, c->person_id));
	return c->ended_id == NONE ? OK : person_reopen(cx, c->ended_id);
}

static enum err undo_supervisor(struct ctx *cx, const change_row *c, bool *ret_late)
{
	struct person_open_posting_row open;
	bool found = false;
	if (c->posting_id != NONE)
		return undo_posting(cx, c, ret_late);
	TRY(person_sql_open_posting(cx, c->person_id, &open, &found));
	*ret_late = *ret_late || !found;
	return found ? person_sql_set_supervisor(cx, c->was_supervisor_id, open.id, NULL) : OK;
}

static enum err undo_one(struct ctx *cx, const change_row *c, bool *ret_late)
{
	struct person_one_row p;
	bool found = false, active;
	int64_t ended;
	TRY(person_sql_one(cx, person_today(cx), c->person_id, &p, &found));
	if (!found)
		return ERR_INTERNAL;
	active = str_is(p.state, "active");
	if (str_is(c->what, "left")) {
		*ret_late = active || p.merged_into_id != NONE;
		return *ret_late ? OK : undo_leaving(cx, c, ret_late);
	}
	if (str_is(c->what, "supervisor"))
		return undo_supervisor(cx, c, ret_late);
	*ret_late = !active;
	if (!active)
		return OK;
	/* Nobody is ever removed: who was new stays, as having left. */
	if (str_is(c->what, "new"))
		return person_leave(cx, c->person_id, person_today(cx) - 1, &ended);
	TRY(undo_details(cx, c, &p, ret_late));
	TRY(undo_posting(cx, c, ret_late));
	return str_is(c->what, "returned") ? person_leave(cx, c->person_id, person_today(cx) - 1, &ended) : OK;
}

static enum err undo_some(struct ctx *cx, const change_row *rows, size_t n, int64_t *late)
{
	for (size_t i = 0; i < n; i++) {
		bool is_late = false;
		TRY(undo_one(cx, &rows[i], &is_late));
		*late += is_late;
	}
	return OK;
}

enum err people_undo_step(struct ctx *cx, struct job *j)
{
	struct people_import_last_change_row last;
	change_row *rows;
	size_t n;
	int64_t id, before, late = 0;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(people_import_sql_last_change(cx, id, &last));
	if (!str_int(j->at, &before))
		before = last.n + 1;
	TRY(people_import_sql_changes_before(cx, id, before, CHANGES_A_STEP, &rows, &n));
	cx->bulk = true;
	enum err e = undo_some(cx, rows, n, &late);
	cx->bulk = false;
	TRY(e);
	before = n ? rows[n - 1].n : before;
	if (late)
		TRY(people_import_sql_applied_some(cx, 0, late, id, NULL));
	j->total = last.n;
	j->done = last.n - before + 1;
	j->at = str_fmt(cx->arena, "%lld", (long long)before);
	j->ended = n < CHANGES_A_STEP;
	if (!j->ended)
		return OK;
	TRY(people_import_tell(cx, id, S("undone")));
	TRY(group_sweep_soon(cx));
	TRY(post_sweep_soon(cx));
	TRY(admission_sweep_soon(cx));
	return people_import_sql_undone(cx, cx->now, id, NULL);
}
