/* Files of what is there, and out of people who hold no post; see establishment.h. */
#include "feature/establishment/est_look.h"
#include "feature/establishment/establishment.h"
#include "feature/person/person.h"

extern const struct migration samples[]; /* made of doc/guide by the build */

struct str establishment_sample(void)
{
	return str_of(samples[0].text);
}

/* ── all that is there ── */

struct writing {
	struct est *e;
	struct buf b;
	int64_t n;
};

static void put(struct writing *w, const struct est_row *row)
{
	est_write(&w->b, row);
	w->n++;
}

static bool in_use(const struct est *e, int64_t until_day)
{
	return until_day == NONE || until_day > e->today;
}

/* Only what the file of this organisation may say; roles above are used, not written. */
static bool written(struct est *e, int64_t org_id)
{
	const struct est_office *o = est_book_find(&e->office_ids, est_id_key(&org_id));
	return o && o->below;
}

static void put_roles(struct writing *w)
{
	struct est *e = w->e;
	for (size_t i = 0; i < e->all[EST_ROLE].n; i++) {
		const struct est_role *r = e->all[EST_ROLE].v[i];
		if (in_use(e, r->until_day) && written(e, r->org_id))
			put(w, &(struct est_row){ .kind = EST_ROLE, .office = r->office, .code = r->code, .name_en = r->name_en, .name_hi = r->name_hi });
	}
}

static void put_activities(struct writing *w)
{
	struct est *e = w->e;
	for (size_t i = 0; i < e->all[EST_ACTIVITY].n; i++) {
		const struct est_activity *a = e->all[EST_ACTIVITY].v[i];
		if (!in_use(e, a->until_day) || !in_use(e, a->role->until_day))
			continue;
		put(w, &(struct est_row){ .kind = EST_ACTIVITY,
					  .office = a->role->office,
					  .role = a->role->code,
					  .code = a->code,
					  .name_en = a->name_en,
					  .name_hi = a->name_hi });
		for (size_t k = 0; k < a->n_was; k++) {
			const struct est_competency *c = a->was[k].competency;
			put(w, &(struct est_row){ .kind = EST_NEED,
						  .office = a->role->office,
						  .role = a->role->code,
						  .activity = a->code,
						  .competency = str_fmt(e->arena, "%.*s:%.*s", STR_ARG(c->framework), STR_ARG(c->code)),
						  .level = a->was[k].level });
		}
	}
}

static struct str roles_of(struct est *e, const struct est_post *p)
{
	const struct est_office *o = est_book_find(&e->office_ids, est_id_key(&p->org_id));
	struct buf b;
	buf_init(&b, e->arena, 8000);
	for (size_t i = 0; i < p->n_was; i++) {
		const struct est_role *r = p->was[i];
		if (!in_use(e, r->until_day))
			continue;
		buf_fmt(&b, "%s", b.n ? " " : "");
		if (est_role_near(e, o, r->code) != r)
			buf_fmt(&b, "%.*s:", STR_ARG(r->office));
		buf_str(&b, r->code);
	}
	return buf_get(&b);
}

static void put_posts(struct writing *w)
{
	struct est *e = w->e;
	for (size_t i = 0; i < e->all[EST_POST].n; i++) {
		const struct est_post *p = e->all[EST_POST].v[i];
		const struct est_designation *d = est_book_find(&e->designation_ids, est_id_key(&p->designation_id));
		if (!in_use(e, p->until_day))
			continue;
		put(w, &(struct est_row){ .kind = EST_POST,
					  .office = p->office,
					  .code = p->code,
					  .name_en = p->title_en,
					  .name_hi = p->title_hi,
					  .designation = d ? d->code : S(""),
					  .sanctioned = p->sanctioned,
					  .place = p->place,
					  .roles = roles_of(e, p),
					  .service = p->service,
					  .least_pay_level = p->least_pay_level,
					  .least_years = p->least_years,
					  .tenure_months = p->tenure_months,
					  .from_day = p->from_day,
					  .until_day = p->until_day });
	}
}

/* By what a holder is known; empty: he has left, or has neither number nor address. */
static enum err called(struct est *e, const struct est_holding *h, struct str *ret)
{
	struct establishment_called_row r;
	bool found = false;
	*ret = h->person && h->person->called.n ? h->person->called : S("");
	if (ret->n)
		return OK;
	TRY(establishment_sql_called(e->cx, h->person_id, &r, &found));
	if (found)
		*ret = r.employee_no.n ? r.employee_no : r.email.n ? r.email : r.mobile.n ? r.mobile : S("");
	return OK;
}

static enum err put_holders(struct writing *w)
{
	struct est *e = w->e;
	for (size_t i = 0; i < e->all[EST_HOLDER].n; i++) {
		const struct est_holding *h = e->all[EST_HOLDER].v[i];
		struct str who;
		if (!in_use(e, h->until_day) || !in_use(e, h->post->until_day))
			continue;
		TRY(called(e, h, &who));
		if (who.n)
			put(w, &(struct est_row){ .kind = EST_HOLDER,
						  .office = h->post->office,
						  .post = h->post->code,
						  .person = who,
						  .holding = str_of(holding_kinds[h->kind].code),
						  .from_day = h->from_day,
						  .until_day = h->until_day,
						  .order_no = h->order_no });
	}
	return OK;
}

static void begin(struct writing *w, struct est *e)
{
	*w = (struct writing){ .e = e };
	buf_init(&w->b, e->cx->arena, ESTABLISHMENT_BYTES_MAX);
	est_write_head(&w->b);
}

static enum err end(struct writing *w, struct str *ret)
{
	*ret = buf_get(&w->b);
	if (w->n > ESTABLISHMENT_ROWS_MAX || w->b.full)
		return fail(w->e->cx, ERR_TOO_LARGE, "", N_("This is more than one file holds (1,00,000 rows). Take the organisations below one by one."));
	return OK;
}

static enum err load_all(struct ctx *cx, int64_t org_id, struct est *e)
{
	*e = (struct est){ .cx = cx, .arena = arena_new(), .org_id = org_id, .today = person_today(cx) };
	e->faults.arena = e->arena;
	for (int k = 0; k < EST_KINDS; k++)
		e->has[k] = true;
	return est_load(e);
}

enum err establishment_export(struct ctx *cx, int64_t org_id, struct str *ret)
{
	struct writing w;
	struct est e;
	enum err r = load_all(cx, org_id, &e);
	if (r == OK) {
		begin(&w, &e);
		put_roles(&w);
		put_activities(&w);
		put_posts(&w);
		r = put_holders(&w);
	}
	if (r == OK)
		r = end(&w, ret);
	arena_free(e.arena);
	return r;
}

/* ── out of people ── */

struct waiting {
	int64_t org_id, designation_id, from_day;
	struct str person, office, designation, name_en, name_hi;
};
struct gathering {
	struct est *e;
	struct waiting *v;
	size_t n;
};

static enum err gather(struct ctx *cx, void *arg, const void *row)
{
	struct gathering *g = arg;
	const struct establishment_strength_row *r = row;
	struct arena *a = g->e->arena;
	struct str person = r->employee_no.n ? r->employee_no : r->email.n ? r->email : r->mobile;
	(void)cx;
	if (person.n)
		*ARENA_PUSH(a, g->v, g->n) = (struct waiting){ r->org_id,
							       r->designation_id,
							       r->held_until != NONE && r->held_until > r->from_day ? r->held_until : r->from_day,
							       str_dup(a, person),
							       str_dup(a, r->office),
							       str_dup(a, r->designation),
							       str_dup(a, r->name_en),
							       str_dup(a, r->name_hi) };
	return OK;
}

static size_t group_end(const struct gathering *g, size_t i)
{
	size_t k = i;
	while (k < g->n && g->v[k].org_id == g->v[i].org_id && g->v[k].designation_id == g->v[i].designation_id)
		k++;
	return k;
}

/* The designation's code, or with a number behind it, so that no post of the office has it. */
static struct str free_code(struct est *e, const struct waiting *x)
{
	struct str stem = work_code_good(x->designation) ? str_sub(x->designation, 0, x->designation.n < 50 ? x->designation.n : 50) : S("post"), code = stem;
	for (int n = 2; est_book_find(&e->posts, est_key(e, x->org_id, code)); n++)
		code = str_fmt(e->arena, "%.*s-%d", STR_ARG(stem), n);
	struct est_post *taken = ARENA_NEW(e->arena, struct est_post);
	est_book_put(&e->posts, est_key(e, x->org_id, code), taken);
	return code;
}

static void put_holder(struct writing *w, const struct waiting *x, struct str post, int64_t from_day)
{
	put(w, &(struct est_row){ .kind = EST_HOLDER,
				  .office = x->office,
				  .post = post,
				  .person = x->person,
				  .holding = S("substantive"),
				  .from_day = from_day,
				  .until_day = NONE,
				  .order_no = S("") });
}

static void put_group(struct writing *w, const struct waiting *v, size_t n)
{
	struct str code = free_code(w->e, v);
	put(w, &(struct est_row){ .kind = EST_POST,
				  .office = v->office,
				  .code = code,
				  .name_en = v->name_en,
				  .name_hi = v->name_hi,
				  .designation = v->designation,
				  .sanctioned = (int64_t)n,
				  .place = S(""),
				  .roles = S(""),
				  .service = S(""),
				  .least_pay_level = NONE,
				  .least_years = NONE,
				  .tenure_months = NONE,
				  .from_day = NONE,
				  .until_day = NONE });
	for (size_t i = 0; i < n; i++)
		put_holder(w, &v[i], code, v[i].from_day);
}

static enum err people_in(struct est *e, struct writing *w, int64_t *ret_n_posts, int64_t *ret_n_people)
{
	struct gathering g = { .e = e };
	TRY(establishment_sql_strength(e->cx, e->org_id, e->today, gather, &g));
	begin(w, e);
	*ret_n_posts = 0;
	for (size_t i = 0, k; i < g.n; i = k, ++*ret_n_posts) {
		k = group_end(&g, i);
		put_group(w, &g.v[i], k - i);
	}
	*ret_n_people = (int64_t)g.n;
	return OK;
}

enum err establishment_of_people(struct ctx *cx, int64_t org_id, struct str *ret, int64_t *ret_n_posts, int64_t *ret_n_people)
{
	struct writing w;
	struct est e;
	enum err r = load_all(cx, org_id, &e);
	if (r == OK)
		r = people_in(&e, &w, ret_n_posts, ret_n_people);
	if (r == OK)
		r = end(&w, ret);
	arena_free(e.arena);
	return r;
}

/* ── out of vacancies ── */

/* The posts of an office and designation with a vacancy. */
struct vacancy {
	struct str code;
	int64_t n_posts, free;
};
struct vacancies {
	struct est *e;
	struct est_book book;
};

static struct str place_key(struct est *e, int64_t org_id, int64_t designation_id)
{
	return str_fmt(e->arena, "%lld/%lld", (long long)org_id, (long long)designation_id);
}

static enum err vacancy(struct ctx *cx, void *arg, const void *row)
{
	struct vacancies *all = arg;
	const struct establishment_vacancies_row *r = row;
	struct vacancy *v = ARENA_NEW(all->e->arena, struct vacancy), *there;
	(void)cx;
	*v = (struct vacancy){ str_dup(all->e->arena, r->code), 1, r->free };
	there = est_book_put(&all->book, place_key(all->e, r->org_id, r->designation_id), v);
	if (there)
		there->n_posts++;
	return OK;
}

static enum err vacancies_in(struct est *e, struct writing *w, int64_t *ret_n_people)
{
	struct gathering g = { .e = e };
	struct vacancies all = { .e = e };
	est_book_begin(&all.book, e->arena);
	TRY(establishment_sql_strength(e->cx, e->org_id, e->today, gather, &g));
	TRY(establishment_sql_vacancies(e->cx, e->today, e->org_id, vacancy, &all));
	begin(w, e);
	*ret_n_people = 0;
	for (size_t i = 0, k; i < g.n; i = k) {
		const struct vacancy *v = est_book_find(&all.book, place_key(e, g.v[i].org_id, g.v[i].designation_id));
		k = group_end(&g, i);
		if (!v || v->n_posts != 1 || v->free < (int64_t)(k - i))
			continue;
		for (size_t x = i; x < k; x++)
			put_holder(w, &g.v[x], v->code, e->today);
		*ret_n_people += (int64_t)(k - i);
	}
	return OK;
}

enum err establishment_of_vacancies(struct ctx *cx, int64_t org_id, struct str *ret, int64_t *ret_n_people)
{
	struct writing w;
	struct est e = { .cx = cx, .arena = arena_new(), .org_id = org_id, .today = person_today(cx) };
	enum err r = vacancies_in(&e, &w, ret_n_people);
	if (r == OK)
		r = end(&w, ret);
	arena_free(e.arena);
	return r;
}
