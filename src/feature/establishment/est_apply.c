/* Writing what was looked at, in the order in which things refer to each other; see est_apply.h. */
#include "feature/establishment/est_apply.h"

typedef struct post_rows_work_role_by_id_row role_row;
typedef struct post_rows_activity_by_id_row activity_row;
typedef struct post_rows_activity_competency_by_activity_id_row need_row;
typedef struct post_rows_post_by_id_row post_row;
typedef struct post_rows_post_role_by_post_id_row post_role_row;
typedef struct post_rows_holding_by_id_row holding_row;

static enum err write_role(struct est *e, struct post_bulk *b, struct est_role *r)
{
	role_row was, row;
	bool is_new = r->id == NONE;
	if (!is_new)
		TRY(post_bulk_read(e->cx, "work_role", r->id, &was));
	else
		r->id = new_id(e->cx);
	row = is_new ? (role_row){ .id = r->id, .org_id = r->org_id, .code = r->code, .created_at = e->cx->now } : was;
	row.name_en = r->name_en;
	row.name_hi = r->name_hi;
	row.until_day = r->until_day;
	return post_bulk_put(e->cx, b, "work_role", is_new ? NULL : &was, &row);
}

static enum err write_activity(struct est *e, struct post_bulk *b, struct est_activity *a)
{
	activity_row was, row;
	bool is_new = a->id == NONE;
	if (!is_new)
		TRY(post_bulk_read(e->cx, "activity", a->id, &was));
	else
		a->id = new_id(e->cx);
	row = is_new ? (activity_row){ .id = a->id, .role_id = a->role->id, .code = a->code, .n = a->n } : was;
	row.name_en = a->name_en;
	row.name_hi = a->name_hi;
	row.until_day = a->until_day;
	return post_bulk_put(e->cx, b, "activity", is_new ? NULL : &was, &row);
}

static const struct est_need *among(const struct est_need *v, size_t n, const struct est_need *x)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].competency == x->competency)
			return &v[i];
	return NULL;
}

static enum err write_needs(struct est *e, struct post_bulk *b, const struct est_activity *a)
{
	for (size_t i = 0; i < a->n_was; i++) {
		const need_row was = { .activity_id = a->id, .competency_id = a->was[i].competency->id, .level = a->was[i].level };
		need_row row = was;
		const struct est_need *stays = among(a->needs, a->n_needs, &a->was[i]);
		if (stays && stays->level == was.level)
			continue;
		row.level = stays ? stays->level : 0;
		TRY(post_bulk_put(e->cx, b, "activity_competency", &was, stays ? &row : NULL));
	}
	for (size_t i = 0; i < a->n_needs; i++) {
		const need_row row = { .activity_id = a->id, .competency_id = a->needs[i].competency->id, .level = a->needs[i].level };
		if (!among(a->was, a->n_was, &a->needs[i]))
			TRY(post_bulk_put(e->cx, b, "activity_competency", NULL, &row));
	}
	return OK;
}

static enum err write_post(struct est *e, struct post_bulk *b, struct est_post *p)
{
	post_row was, row;
	bool is_new = p->id == NONE;
	if (!is_new)
		TRY(post_bulk_read(e->cx, "post", p->id, &was));
	else
		p->id = new_id(e->cx);
	row = is_new ? (post_row){ .id = p->id, .org_id = p->org_id, .code = p->code, .from_day = p->from_day, .created_at = e->cx->now } : was;
	row.title_en = p->title_en;
	row.title_hi = p->title_hi;
	row.designation_id = p->designation_id;
	row.place = p->place;
	row.sanctioned = p->sanctioned;
	row.service = p->service;
	row.least_pay_level = p->least_pay_level;
	row.least_years = p->least_years;
	row.tenure_months = p->tenure_months;
	row.until_day = p->until_day;
	return post_bulk_put(e->cx, b, "post", is_new ? NULL : &was, &row);
}

static bool has(struct est_role *const *v, size_t n, const struct est_role *r)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == r)
			return true;
	return false;
}

static enum err write_post_roles(struct est *e, struct post_bulk *b, const struct est_post *p)
{
	for (size_t i = 0; i < p->n_was; i++) {
		const post_role_row was = { .post_id = p->id, .role_id = p->was[i]->id };
		if (!has(p->roles, p->n_roles, p->was[i]))
			TRY(post_bulk_put(e->cx, b, "post_role", &was, NULL));
	}
	for (size_t i = 0; i < p->n_roles; i++) {
		const post_role_row row = { .post_id = p->id, .role_id = p->roles[i]->id };
		if (!has(p->was, p->n_was, p->roles[i]))
			TRY(post_bulk_put(e->cx, b, "post_role", NULL, &row));
	}
	return OK;
}

static enum err write_holding(struct est *e, struct post_bulk *b, struct est_holding *h)
{
	holding_row was, row;
	bool is_new = h->id == NONE;
	if (!is_new)
		TRY(post_bulk_read(e->cx, "holding", h->id, &was));
	else
		h->id = new_id(e->cx);
	row = is_new ? (holding_row){ .id = h->id,
				      .post_id = h->post->id,
				      .person_id = h->person_id,
				      .kind = str_of(holding_kinds[h->kind].code),
				      .from_day = h->from_day,
				      .created_at = e->cx->now }
		     : was;
	row.until_day = h->until_day;
	row.order_no = h->order_no;
	return post_bulk_put(e->cx, b, "holding", is_new ? NULL : &was, &row);
}

enum err est_apply(struct est *e, struct post_bulk *b)
{
	struct est_list *all = e->all;
	for (size_t i = 0; i < all[EST_ROLE].n; i++)
		if (((struct est_role *)all[EST_ROLE].v[i])->change)
			TRY(write_role(e, b, all[EST_ROLE].v[i]));
	for (size_t i = 0; i < all[EST_ACTIVITY].n; i++) {
		struct est_activity *a = all[EST_ACTIVITY].v[i];
		if (a->change & ~(unsigned)EST_NEEDS)
			TRY(write_activity(e, b, a));
		if (a->change & EST_NEEDS)
			TRY(write_needs(e, b, a));
	}
	for (size_t i = 0; i < all[EST_POST].n; i++) {
		struct est_post *p = all[EST_POST].v[i];
		if (p->change & ~(unsigned)EST_ROLES)
			TRY(write_post(e, b, p));
		if (p->change & EST_ROLES)
			TRY(write_post_roles(e, b, p));
	}
	for (size_t i = 0; i < all[EST_HOLDER].n; i++)
		if (((struct est_holding *)all[EST_HOLDER].v[i])->change)
			TRY(write_holding(e, b, all[EST_HOLDER].v[i]));
	return post_bulk_end(e->cx, b);
}
