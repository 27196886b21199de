/* Judged rows of a staff list become people and postings; see staff_apply.h. */
#include "feature/people_import/staff_apply.h"
#include "feature/person/person.h"

static enum err post(struct ctx *cx, int64_t person_id, const struct staff_judgement *g, int64_t *ret_posting)
{
	struct person_open_posting_row open;
	bool found = false;
	TRY(person_post(cx, &(struct person_post){ .person_id = person_id,
						   .org_id = g->org_id,
						   .designation_id = g->designation_id,
						   .supervisor_id = g->supervisor_id == person_id ? NONE : g->supervisor_id,
						   .from_day = g->from_day }));
	TRY(person_sql_open_posting(cx, person_id, &open, &found));
	*ret_posting = open.id;
	return OK;
}

static enum err add_new(struct ctx *cx, const struct staff_row *r, const struct staff_judgement *g, struct staff_done *ret)
{
	struct person_add in = { .employee_no = r->employee_no, .name = r->name, .email = r->email, .mobile = r->mobile, .lang = r->lang };
	ret->what = "new";
	TRY(person_add(cx, &in, &ret->person_id));
	return post(cx, ret->person_id, g, &ret->posting_id);
}

static enum err change(struct ctx *cx, const struct staff_row *r, const struct staff_judgement *g, struct staff_done *ret)
{
	struct person_add in = { .name = r->name, .email = r->email, .mobile = r->mobile };
	bool place = g->new_place || g->verdict == STAFF_RETURNED;
	if (g->verdict == STAFF_RETURNED)
		TRY(person_return(cx, g->was.id));
	if (g->new_details)
		TRY(person_change(cx, g->was.id, &in));
	if (place)
		TRY(post(cx, g->was.id, g, &ret->posting_id));
	if (place || g->new_details)
		ret->what = g->verdict == STAFF_RETURNED ? "returned" : place ? "moved" : "changed";
	return OK;
}

enum err staff_apply(struct ctx *cx, const struct staff_row *row, const struct staff_judgement *g, struct staff_done *ret)
{
	*ret = (struct staff_done){ .person_id = g->known ? g->was.id : NONE, .posting_id = NONE, .ended_id = NONE };
	switch (g->verdict) {
	case STAFF_NEW: return add_new(cx, row, g, ret);
	case STAFF_CHANGED:
	case STAFF_MOVED:
	case STAFF_RETURNED: return change(cx, row, g, ret);
	case STAFF_GONE: ret->what = "left"; return person_leave(cx, g->was.id, row->left_day, &ret->ended_id);
	case STAFF_SAME:
	case STAFF_REFUSED: return OK;
	}
	BUG("verdict");
}

enum err staff_supervise(struct ctx *cx, const struct staff_judgement *g, int64_t *ret_posting, bool *ret_known)
{
	*ret_posting = NONE;
	*ret_known = g->supervisor_id != NONE && g->supervisor_id != g->was.id;
	return *ret_known ? person_supervise(cx, g->was.id, g->supervisor_id, person_today(cx), ret_posting) : OK;
}
