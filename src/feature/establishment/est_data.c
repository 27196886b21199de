/* What is there, read into memory; see est_look.h. Only what rows of the kinds in the file need. */
#include "establishment_sql.h"
#include "feature/establishment/est_look.h"
#include "feature/person/person.h"

static struct str kept(struct est *e, struct str s)
{
	return str_dup(e->arena, s);
}

struct str est_key(struct est *e, int64_t id, struct str code)
{
	return str_fmt(e->arena, "%lld/%.*s", (long long)id, STR_ARG(code));
}

void est_add(struct est *e, enum est_kind kind, void *thing)
{
	struct est_list *l = &e->all[kind];
	*ARENA_PUSH(e->arena, l->v, l->n) = thing;
}

/* ── offices, competencies, designations ── */

static void put_office(struct est *e, int64_t id, struct str code, int64_t parent_id, bool below)
{
	struct est_office *o = ARENA_NEW(e->arena, struct est_office);
	*o = (struct est_office){ id, parent_id, kept(e, code), below };
	est_book_put(&e->offices, o->code, o);
	est_book_put(&e->office_ids, est_id_key(&o->id), o);
}

static enum err office(struct ctx *cx, void *arg, const void *row)
{
	const struct establishment_offices_row *r = row;
	(void)cx;
	put_office(arg, r->id, r->code, r->parent_id, true);
	return OK;
}

static enum err load_offices(struct est *e)
{
	struct establishment_offices_above_row *r;
	size_t n;
	TRY(establishment_sql_offices(e->cx, e->org_id, office, e));
	TRY(establishment_sql_offices_above(e->cx, e->org_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		put_office(e, r[i].id, r[i].code, r[i].parent_id, false);
	return OK;
}

static enum err competency(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_competencies_row *r = row;
	struct est_competency *c = ARENA_NEW(e->arena, struct est_competency);
	(void)cx;
	*c = (struct est_competency){ .id = r->id,
				      .n_levels = r->n_levels,
				      .framework = kept(e, r->framework),
				      .code = kept(e, r->code),
				      .replaced_by = r->replaced_by.p ? kept(e, r->replaced_by) : STR_NONE,
				      .measured = str_is(r->kind, "theme") || str_is(r->kind, "sub-theme"),
				      .ended = !est_on(e->today, r->from_day, r->until_day) };
	est_book_put(&e->competencies, str_fmt(e->arena, "%.*s:%.*s", STR_ARG(c->framework), STR_ARG(c->code)), c);
	est_book_put(&e->competency_ids, est_id_key(&c->id), c);
	return OK;
}

static void called(struct est *e, struct str name, struct est_designation *d)
{
	struct est_designation *other = name.n ? est_book_put(&e->designations, name, d) : NULL;
	if (other && other != d && !str_eq(other->code, name))
		other->twice = true;
}

static enum err designation(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_designations_row *r = row;
	struct est_designation *d = ARENA_NEW(e->arena, struct est_designation);
	(void)cx;
	*d = (struct est_designation){ r->id, kept(e, r->code), kept(e, r->name_en), kept(e, r->name_hi), false };
	est_book_put(&e->designation_ids, est_id_key(&d->id), d);
	*ARENA_PUSH(e->arena, e->called.v, e->called.n) = d;
	return OK;
}

/* Codes first: a name that is another one's code does not hide it. */
static enum err load_designations(struct est *e)
{
	TRY(establishment_sql_designations(e->cx, designation, e));
	for (size_t i = 0; i < e->called.n; i++)
		est_book_put(&e->designations, ((struct est_designation *)e->called.v[i])->code, e->called.v[i]);
	for (size_t i = 0; i < e->called.n; i++) {
		struct est_designation *d = e->called.v[i];
		called(e, d->name_en, d);
		called(e, d->name_hi, d);
	}
	return OK;
}

/* ── roles, activities, needs ── */

static enum err role(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_roles_row *r = row;
	struct est_role *x = ARENA_NEW(e->arena, struct est_role);
	const struct est_office *o = est_book_find(&e->office_ids, est_id_key(&r->org_id));
	(void)cx;
	*x = (struct est_role){ .id = r->id,
				.org_id = r->org_id,
				.until_day = r->until_day,
				.code = kept(e, r->code),
				.name_en = kept(e, r->name_en),
				.name_hi = kept(e, r->name_hi),
				.office = o ? o->code : S("") };
	est_book_put(&e->roles, est_key(e, x->org_id, x->code), x);
	est_book_put(&e->role_ids, est_id_key(&x->id), x);
	est_add(e, EST_ROLE, x);
	return OK;
}

static enum err activity(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_activities_row *r = row;
	struct est_role *of = est_book_find(&e->role_ids, est_id_key(&r->role_id));
	struct est_activity *x = ARENA_NEW(e->arena, struct est_activity);
	(void)cx;
	if (!of)
		return ERR_INTERNAL;
	*x = (struct est_activity){ .id = r->id,
				    .n = r->n,
				    .until_day = r->until_day,
				    .role = of,
				    .code = kept(e, r->code),
				    .name_en = kept(e, r->name_en),
				    .name_hi = kept(e, r->name_hi) };
	of->n_activities += r->until_day == NONE || r->until_day > e->today;
	of->last_n = r->n > of->last_n ? r->n : of->last_n;
	est_book_put(&e->activities, str_fmt(e->arena, "%lld/%.*s/%.*s", (long long)of->org_id, STR_ARG(of->code), STR_ARG(x->code)), x);
	est_book_put(&e->activity_ids, est_id_key(&x->id), x);
	est_add(e, EST_ACTIVITY, x);
	return OK;
}

static enum err need(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_needs_row *r = row;
	struct est_activity *of = est_book_find(&e->activity_ids, est_id_key(&r->activity_id));
	const struct est_competency *c = est_book_find(&e->competency_ids, est_id_key(&r->competency_id));
	(void)cx;
	if (!of || !c)
		return ERR_INTERNAL;
	*ARENA_PUSH(e->arena, of->was, of->n_was) = (struct est_need){ c, r->level, NULL };
	return OK;
}

/* ── posts and people ── */

static enum err post(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_posts_row *r = row;
	struct est_post *x = ARENA_NEW(e->arena, struct est_post);
	const struct est_office *o = est_book_find(&e->office_ids, est_id_key(&r->org_id));
	(void)cx;
	*x = (struct est_post){ .id = r->id,
				.org_id = r->org_id,
				.designation_id = r->designation_id,
				.sanctioned = r->sanctioned,
				.least_pay_level = r->least_pay_level,
				.least_years = r->least_years,
				.tenure_months = r->tenure_months,
				.from_day = r->from_day,
				.until_day = r->until_day,
				.code = kept(e, r->code),
				.title_en = kept(e, r->title_en),
				.title_hi = kept(e, r->title_hi),
				.place = kept(e, r->place),
				.service = kept(e, r->service),
				.office = o ? o->code : S("") };
	est_book_put(&e->posts, est_key(e, x->org_id, x->code), x);
	est_book_put(&e->post_ids, est_id_key(&x->id), x);
	est_add(e, EST_POST, x);
	return OK;
}

static enum err post_role(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_post_roles_row *r = row;
	struct est_post *p = est_book_find(&e->post_ids, est_id_key(&r->post_id));
	struct est_role *x = est_book_find(&e->role_ids, est_id_key(&r->role_id));
	(void)cx;
	if (p && x)
		*ARENA_PUSH(e->arena, p->was, p->n_was) = x;
	return OK;
}

static struct est_person *put_person(struct est *e, int64_t id, struct str name)
{
	struct est_person *p = ARENA_NEW(e->arena, struct est_person);
	*p = (struct est_person){ .id = id, .name = kept(e, name) };
	est_book_put(&e->person_ids, est_id_key(&p->id), p);
	return p;
}

static enum err posted(struct ctx *cx, void *arg, const void *row)
{
	struct est *e = arg;
	const struct establishment_people_row *r = row;
	struct est_person *p = est_book_find(&e->person_ids, est_id_key(&r->id));
	(void)cx;
	if (!p) {
		p = put_person(e, r->id, r->name);
		const struct str names[] = { r->employee_no, r->email, r->mobile };
		for (size_t i = 3; i-- > 0;)
			if (names[i].n) {
				p->called = kept(e, names[i]);
				est_book_put(&e->people, p->called, p);
			}
	}
	*ARENA_PUSH(e->arena, p->postings, p->n_postings) = (struct est_posting){ r->org_id, r->from_day, r->until_day };
	return OK;
}

struct holding_read {
	int64_t id, post_id, person_id, from_day, until_day;
	struct str kind, order_no;
};

static void put_holding(struct est *e, const struct holding_read *r)
{
	struct est_holding *h = ARENA_NEW(e->arena, struct est_holding);
	*h = (struct est_holding){ .id = r->id,
				   .post_id = r->post_id,
				   .person_id = r->person_id,
				   .from_day = r->from_day,
				   .until_day = r->until_day,
				   .kind = holding_kind_of(r->kind),
				   .order_no = kept(e, r->order_no),
				   .post = est_book_find(&e->post_ids, est_id_key(&r->post_id)),
				   .person = est_book_find(&e->person_ids, est_id_key(&r->person_id)) };
	if (h->post) {
		*ARENA_PUSH(e->arena, h->post->held, h->post->n_held) = h;
		est_add(e, EST_HOLDER, h);
		est_book_put(&e->holdings,
			     str_fmt(e->arena, "%lld/%lld/%d/%lld", (long long)h->post_id, (long long)h->person_id, (int)h->kind, (long long)h->from_day), h);
	}
	if (h->person && h->kind == HOLDING_SUBSTANTIVE)
		*ARENA_PUSH(e->arena, h->person->held, h->person->n_held) = h;
}

static enum err holding(struct ctx *cx, void *arg, const void *row)
{
	const struct establishment_holdings_row *r = row;
	(void)cx;
	put_holding(arg, &(struct holding_read){ r->id, r->post_id, r->person_id, r->from_day, r->until_day, r->kind, r->order_no });
	return OK;
}

static enum err holding_elsewhere(struct ctx *cx, void *arg, const void *row)
{
	const struct establishment_holdings_elsewhere_row *r = row;
	(void)cx;
	put_holding(arg, &(struct holding_read){ r->id, r->post_id, r->person_id, r->from_day, r->until_day, r->kind, r->order_no });
	return OK;
}

enum err est_load(struct est *e)
{
	struct ctx *cx = e->cx;
	struct est_book *const books[] = { &e->offices,	     &e->office_ids,   &e->roles,	   &e->role_ids,     &e->activities,
					   &e->activity_ids, &e->competencies, &e->competency_ids, &e->designations, &e->designation_ids,
					   &e->posts,	     &e->post_ids,     &e->people,	   &e->person_ids,   &e->holdings };
	bool posts = e->has[EST_POST] || e->has[EST_HOLDER], work = e->has[EST_ROLE] || e->has[EST_ACTIVITY] || e->has[EST_NEED] || e->has[EST_POST];
	for (size_t i = 0; i < sizeof books / sizeof *books; i++)
		est_book_begin(books[i], e->arena);
	TRY(load_offices(e));
	if (work) {
		TRY(establishment_sql_competencies(cx, competency, e));
		TRY(establishment_sql_roles(cx, e->org_id, role, e));
		TRY(establishment_sql_activities(cx, e->org_id, activity, e));
		TRY(establishment_sql_needs(cx, e->org_id, need, e));
	}
	if (!posts)
		return OK;
	TRY(load_designations(e));
	TRY(establishment_sql_posts(cx, e->org_id, post, e));
	TRY(establishment_sql_post_roles(cx, e->org_id, post_role, e));
	TRY(establishment_sql_people(cx, e->org_id, posted, e));
	TRY(establishment_sql_holdings(cx, e->org_id, holding, e));
	return establishment_sql_holdings_elsewhere(cx, e->org_id, holding_elsewhere, e);
}

/* ── single questions ── */

enum err est_person_called(struct est *e, struct str typed, struct est_person **ret)
{
	struct person_called_row r;
	struct establishment_posted_row *o;
	bool found = false;
	size_t n;
	*ret = est_book_find(&e->people, typed);
	if (*ret)
		return OK;
	struct arena_mark here = arena_mark(e->cx->arena);
	struct str login = person_login(e->cx, typed);
	*ret = login.n ? est_book_find(&e->people, login) : NULL;
	if (!*ret) {
		TRY(person_called(e->cx, typed, &r, &found));
		if (found) {
			*ret = est_book_find(&e->person_ids, est_id_key(&r.id));
			if (!*ret) {
				*ret = put_person(e, r.id, r.name);
				TRY(establishment_sql_posted(e->cx, r.id, &o, &n));
				for (size_t i = 0; i < n; i++)
					*ARENA_PUSH(e->arena, (*ret)->postings, (*ret)->n_postings) =
						(struct est_posting){ o[i].org_id, o[i].from_day, o[i].until_day };
			}
			est_book_put(&e->people, typed, *ret);
		}
	}
	arena_back(e->cx->arena, here);
	return OK;
}

struct est_office *est_office_of(struct est *e, const struct est_row *row)
{
	struct est_office *o = row->office.n ? est_book_find(&e->offices, row->office) : est_book_find(&e->office_ids, est_id_key(&e->org_id));
	if (o && o->below)
		return o;
	est_wrong(&e->faults, row->line,
		  o ? N_("“{what}” stands above the organisation of this file, and is not changed by it")
		    : N_("there is no organisation with the code “{what}” here or below"),
		  row->office, S(""), NONE);
	return NULL;
}

struct est_role *est_role_near(struct est *e, const struct est_office *o, struct str code)
{
	while (o) {
		struct arena_mark here = arena_mark(e->arena);
		struct est_role *r = est_book_find(&e->roles, est_key(e, o->id, code));
		arena_back(e->arena, here);
		if (r && (r->row || r->until_day == NONE || r->until_day > e->today))
			return r;
		o = o->parent_id == NONE ? NULL : est_book_find(&e->office_ids, est_id_key(&o->parent_id));
	}
	return NULL;
}

bool est_take(struct str cell, struct str *what)
{
	if (!cell.n || str_eq(cell, *what))
		return false;
	*what = cell;
	return true;
}

bool est_take_number(int64_t cell, int64_t *what)
{
	if (cell == NONE || cell == *what)
		return false;
	*what = cell;
	return true;
}
