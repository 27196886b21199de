/* Orders as they stand; see order.h. */
#include "feature/allocation/order.h"
#include "base/json.h"
#include "feature/person/person.h"

#include <sodium.h>
#include <stdlib.h>

enum err order_head(struct ctx *cx, int64_t org_id, int64_t id, struct allocation_one_row *ret)
{
	bool found = false;
	TRY(allocation_sql_one(cx, id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "allocation_id", N_("There is no such order of this office."));
}

/* ── officers and what they have ── */

/* The first place of a person in rows that are in the order of persons. */
static size_t work_of(const struct allocation_allotments_row *v, size_t n, int64_t person_id)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (v[middle].person_id < person_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void put_officer(struct order *o, struct order_officer *f, const struct allocation_allotments_row *work, size_t n)
{
	int64_t id = f->rows->person_id;
	size_t at = work_of(work, n, id);
	f->work = work + at;
	for (; at + f->n_work < n && f->work[f->n_work].person_id == id; f->n_work++)
		f->minutes += f->work[f->n_work].minutes;
	o->n_more += load_state_of(f->minutes) == LOAD_MORE;
	o->n_less += load_state_of(f->minutes) == LOAD_LESS;
	if (!o->stranger && (!f->rows->works_here || !str_is(f->rows->state, "active")))
		o->stranger = f;
}

static int by_activity(const void *pa, const void *pb)
{
	const struct allocation_allotments_row *const *a = pa, *const *b = pb;
	return (*a)->activity_id < (*b)->activity_id ? -1 : (*a)->activity_id > (*b)->activity_id;
}

static void put_twice(struct ctx *cx, struct order *o, const struct allocation_allotments_row *work, size_t n)
{
	const struct allocation_allotments_row **v = ARENA_ARRAY(cx->arena, const struct allocation_allotments_row *, n + 1);
	for (size_t i = 0; i < n; i++) {
		v[i] = &work[i];
		if (work[i].ended && !o->ended)
			o->ended = &work[i];
	}
	qsort(v, n, sizeof *v, by_activity);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && v[k]->activity_id == v[i]->activity_id;)
			k++;
		if (k - i > 1)
			*ARENA_PUSH(cx->arena, o->twice, o->n_twice) = (struct order_twice){ v[i], (int64_t)(k - i) };
	}
}

enum err order_read(struct ctx *cx, int64_t org_id, int64_t id, struct order *ret)
{
	struct allocation_officers_row *rows;
	struct allocation_allotments_row *work;
	size_t n_rows;
	*ret = (struct order){ 0 };
	TRY(order_head(cx, org_id, id, &ret->head));
	TRY(allocation_sql_officers(cx, org_id, ret->head.from_day, id, &rows, &n_rows));
	TRY(allocation_sql_allotments(cx, ret->head.from_day, id, &work, &ret->n_allotted));
	for (size_t i = 0; i < n_rows; i++) {
		if (!i || rows[i].person_id != rows[i - 1].person_id)
			ARENA_PUSH(cx->arena, ret->officers, ret->n_officers)->rows = &rows[i];
		ret->officers[ret->n_officers - 1].n_rows++;
	}
	for (size_t i = 0; i < ret->n_officers; i++)
		put_officer(ret, &ret->officers[i], work, ret->n_allotted);
	put_twice(cx, ret, work, ret->n_allotted);
	return OK;
}

/* ── competence ── */

static enum err put_fits(struct ctx *cx, struct order *o)
{
	struct allocation_fits_row *r;
	int64_t today = person_today(cx);
	size_t n;
	TRY(allocation_sql_fits(cx, o->head.id, today, &r, &n));
	for (size_t i = 0; i < o->n_officers; i++) {
		struct order_officer *f = &o->officers[i];
		size_t at = 0, high = n;
		f->fits = ARENA_ARRAY(cx->arena, enum fit, f->n_work + 1);
		while (at < high) {
			size_t middle = (at + high) / 2;
			if (r[middle].person_id < f->rows->person_id)
				at = middle + 1;
			else
				high = middle;
		}
		for (; at < n && r[at].person_id == f->rows->person_id; at++)
			for (size_t k = 0; k < f->n_work; k++)
				if (f->work[k].activity_id == r[at].activity_id)
					f->fits[k] = fit_both(f->fits[k],
							      fit_of(r[at].level, r[at].n_levels, r[at].weight, r[at].weighted, r[at].n, r[at].n_self, today));
	}
	return OK;
}

static enum err put_missing(struct ctx *cx, struct order *o)
{
	struct allocation_missing_row *r;
	size_t n;
	TRY(allocation_sql_missing(cx, o->head.from_day, o->head.org_id, o->head.id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (!i || r[i].id != r[i - 1].id)
			*ARENA_PUSH(cx->arena, o->missing, o->n_missing) = (struct order_missing){ &r[i], 0, o->n_officers };
		o->missing[o->n_missing - 1].n_rows++;
	}
	return OK;
}

/* Fits of all officers for the first missing activities, filled from rows that come one by one. */
struct table {
	const struct order *o;
	size_t n; /* activities looked at */
	int64_t day;
	struct spot {
		enum fit fit;
		size_t known; /* needs of which something is known */
	} * spots;	      /* by officer, then by activity */
	const int64_t *ids;   /* of the officers, ascending, with their places */
	const size_t *places;
};

static int by_id(const void *pa, const void *pb)
{
	const int64_t *a = pa, *b = pb;
	return *a < *b ? -1 : *a > *b;
}

static enum err see_level(struct ctx *cx, void *arg, const void *row)
{
	struct table *t = arg;
	const struct allocation_levels_row *r = row;
	const int64_t *id = bsearch(&r->person_id, t->ids, t->o->n_officers, sizeof *id, by_id);
	(void)cx;
	if (!id)
		return OK;
	struct spot *spots = t->spots + t->places[id - t->ids] * t->n;
	for (size_t i = 0; i < t->n; i++) {
		const struct order_missing *m = &t->o->missing[i];
		for (size_t k = 0; k < m->n_rows; k++)
			if (m->rows[k].competency_id == r->competency_id) {
				spots[i].fit =
					fit_both(spots[i].fit, fit_of(m->rows[k].level, m->rows[k].n_levels, r->weight, r->weighted, r->n, r->n_self, t->day));
				spots[i].known++;
			}
	}
	return OK;
}

static size_t needs_of(const struct order_missing *m)
{
	size_t n = 0;
	for (size_t k = 0; k < m->n_rows; k++)
		n += m->rows[k].competency_id != NONE;
	return n;
}

struct place {
	int64_t id;
	size_t at;
};

static void put_ids(struct ctx *cx, struct table *t)
{
	struct place *v = ARENA_ARRAY(cx->arena, struct place, t->o->n_officers + 1);
	int64_t *ids = ARENA_ARRAY(cx->arena, int64_t, t->o->n_officers + 1);
	size_t *places = ARENA_ARRAY(cx->arena, size_t, t->o->n_officers + 1);
	for (size_t i = 0; i < t->o->n_officers; i++)
		v[i] = (struct place){ t->o->officers[i].rows->person_id, i };
	qsort(v, t->o->n_officers, sizeof *v, by_id);
	for (size_t i = 0; i < t->o->n_officers; i++) {
		ids[i] = v[i].id;
		places[i] = v[i].at;
	}
	t->ids = ids;
	t->places = places;
}

static enum err put_takers(struct ctx *cx, struct order *o)
{
	struct table t = { .o = o, .n = o->n_missing < SUGGESTED_MAX ? o->n_missing : SUGGESTED_MAX, .day = person_today(cx) };
	struct taker *v = ARENA_ARRAY(cx->arena, struct taker, o->n_officers + 1);
	t.spots = ARENA_ARRAY(cx->arena, struct spot, o->n_officers * t.n + 1);
	put_ids(cx, &t);
	TRY(allocation_sql_levels(cx, o->head.id, o->head.org_id, o->head.from_day, see_level, &t));
	for (size_t i = 0; i < o->n_officers; i++)
		v[i].minutes = o->officers[i].minutes;
	for (size_t k = 0; k < t.n; k++) {
		size_t needs = needs_of(&o->missing[k]);
		for (size_t i = 0; i < o->n_officers; i++) {
			const struct spot *s = &t.spots[i * t.n + k];
			v[i].fit = s->known < needs ? fit_both(s->fit, FIT_UNKNOWN) : s->fit;
		}
		size_t taker = load_taker(v, o->n_officers, ALLOT_USUAL);
		o->missing[k].taker = taker;
		if (taker < o->n_officers)
			v[taker].minutes += ALLOT_USUAL;
	}
	return OK;
}

enum err order_judge(struct ctx *cx, struct order *o, bool suggest)
{
	TRY(put_fits(cx, o));
	TRY(put_missing(cx, o));
	return suggest && o->n_missing && o->n_officers ? put_takers(cx, o) : OK;
}

/* ── the document ── */

static void pair(struct json_out *j, const char *key, struct str value)
{
	jw_key(j, key);
	jw_str(j, value.p ? value : S(""));
}

static void put_work(struct json_out *j, const struct order_officer *f)
{
	jw_key(j, "work");
	jw_open(j, '[');
	for (size_t i = 0; i < f->n_work; i++) {
		jw_open(j, '{');
		pair(j, "en", f->work[i].name_en);
		pair(j, "hi", f->work[i].name_hi);
		pair(j, "role_en", f->work[i].role_en);
		pair(j, "role_hi", f->work[i].role_hi);
		jw_key(j, "minutes");
		jw_int(j, f->work[i].minutes);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void put_one(struct json_out *j, const struct order_officer *f)
{
	jw_open(j, '{');
	pair(j, "name", f->rows->name);
	pair(j, "designation_en", f->rows->designation_en);
	pair(j, "designation_hi", f->rows->designation_hi);
	jw_key(j, "posts");
	jw_open(j, '[');
	for (size_t i = 0; i < f->n_rows && f->rows[i].title_en.p; i++) {
		jw_open(j, '{');
		pair(j, "en", f->rows[i].title_en);
		pair(j, "hi", f->rows[i].title_hi);
		pair(j, "holding", f->rows[i].kind);
		jw_close(j, '}');
	}
	jw_close(j, ']');
	jw_key(j, "minutes");
	jw_int(j, f->minutes);
	put_work(j, f);
	jw_close(j, '}');
}

struct str order_document(struct ctx *cx, const struct order *o, struct str reason)
{
	struct civil day = clock_date(o->head.from_day);
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, DOCUMENT_MAX);
	jw_open(&j, '{');
	pair(&j, "kind", S("karmayogi-allocation"));
	pair(&j, "code", o->head.code);
	pair(&j, "office_en", o->head.org_en);
	pair(&j, "office_hi", o->head.org_hi);
	pair(&j, "number", o->head.number);
	pair(&j, "subject", o->head.subject);
	pair(&j, "from", str_fmt(cx->arena, "%04d-%02d-%02d", day.year, day.month, day.day));
	pair(&j, "published", clock_rfc3339(cx->arena, cx->now));
	pair(&j, "reason", reason);
	jw_key(&j, "officers");
	jw_open(&j, '[');
	for (size_t i = 0; i < o->n_officers; i++)
		put_one(&j, &o->officers[i]);
	jw_close(&j, ']');
	jw_close(&j, '}');
	return b.full ? STR_NONE : buf_get(&b);
}

struct str order_hash(struct ctx *cx, struct str document)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(h, (const unsigned char *)document.p, document.n);
	return str_hex(cx->arena, h, sizeof h);
}
