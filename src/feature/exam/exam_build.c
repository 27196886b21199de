/* Putting forms together; see exam_build.h. */
#include "feature/exam/exam_build.h"
#include "base/json.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>

/* All that fits the blueprint, by cell. */
struct bank {
	const struct exam_cells_row *parts;
	size_t n_parts;
	struct candidate {
		struct exam_candidates_row row;
		uint32_t cell;
	} * v;
	size_t n;
};

static enum err read_bank(struct ctx *cx, const struct exam_build *in, struct bank *b)
{
	struct exam_cells_row *parts;
	struct exam_candidates_row *r;
	size_t n;
	TRY(exam_sql_cells(cx, in->exam_id, &parts, &b->n_parts));
	if (!b->n_parts)
		return fail(cx, ERR_CONFLICT, "", N_("The blueprint is empty: say first what is asked."));
	b->parts = parts;
	for (size_t i = 0; i < b->n_parts; i++) {
		TRY(exam_sql_candidates(cx, in->exam_id, in->org_id, parts[i].competency_id, parts[i].level, parts[i].bloom,
					(int64_t)(ASSEMBLY_ITEMS_MAX / b->n_parts), &r, &n));
		for (size_t k = 0; k < n; k++)
			*ARENA_PUSH(cx->arena, b->v, b->n) = (struct candidate){ r[k], (uint32_t)i };
	}
	return OK;
}

/* ── the problem ── */

struct place {
	int64_t id;
	uint32_t at;
};

static int by_id(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static const struct place *find_place(const struct place *v, size_t n, int64_t id)
{
	const struct place asked = { id, 0 };
	return n ? bsearch(&asked, v, n, sizeof *v, by_id) : NULL;
}

static enum err put_enemies(struct ctx *cx, int64_t org_id, const struct bank *b, struct assembly_problem *p)
{
	struct place *places = ARENA_ARRAY(cx->arena, struct place, b->n + 1);
	struct assembly_pair *v = NULL;
	struct exam_enemies_row *r;
	size_t n, n_pairs = 0;
	for (size_t i = 0; i < b->n; i++)
		places[i] = (struct place){ b->v[i].row.id, (uint32_t)i };
	qsort(places, b->n, sizeof *places, by_id);
	TRY(exam_sql_enemies(cx, org_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const struct place *x = find_place(places, b->n, r[i].item_id), *y = find_place(places, b->n, r[i].other_id);
		if (x && y)
			*ARENA_PUSH(cx->arena, v, n_pairs) = (struct assembly_pair){ x->at, y->at };
	}
	p->enemies = v;
	p->n_enemies = (uint32_t)n_pairs;
	return OK;
}

/* Any number that the questions of a case have in common: the place of the first of them. */
static uint32_t set_of(const struct bank *b, size_t i)
{
	size_t k = 0;
	if (b->v[i].row.case_id == NONE)
		return ASSEMBLY_ALONE;
	while (b->v[k].row.case_id != b->v[i].row.case_id)
		k++;
	return (uint32_t)k;
}

static enum err pose(struct ctx *cx, const struct exam_build *in, const struct bank *b, struct assembly_problem *p)
{
	struct assembly_item *items = ARENA_ARRAY(cx->arena, struct assembly_item, b->n + 1);
	uint32_t *need = ARENA_ARRAY(cx->arena, uint32_t, b->n_parts);
	for (size_t i = 0; i < b->n; i++)
		items[i] = (struct assembly_item){
			.cell = b->v[i].cell, .set = set_of(b, i), .used = b->v[i].row.used > 0, .exposure = (uint32_t)b->v[i].row.exposure
		};
	for (size_t i = 0; i < b->n_parts; i++)
		need[i] = (uint32_t)b->parts[i].items;
	*p = (struct assembly_problem){ .items = items,
					.need = need,
					.n_items = (uint32_t)b->n,
					.n_cells = (uint32_t)b->n_parts,
					.n_forms = (uint32_t)in->forms,
					.common = in->common == NONE ? 0 : (uint32_t)in->common,
					.seed = (uint64_t)in->seed };
	return put_enemies(cx, in->org_id, b, p);
}

/* ── what came of it ── */

static void put_cells(struct ctx *cx, const struct bank *b, const struct assembly *a, struct exam_built *ret)
{
	ret->n_cells = b->n_parts;
	ret->cells = ARENA_ARRAY(cx->arena, struct exam_cell, b->n_parts);
	for (size_t i = 0; i < b->n_parts; i++)
		ret->cells[i] = (struct exam_cell){ .part = b->parts[i].n, .items = b->parts[i].items, .has = b->parts[i].has };
	for (size_t i = 0; i < a->n_shortages; i++) {
		struct exam_cell *c = &ret->cells[a->shortages[i].cell];
		c->is_short = true;
		c->usable = a->shortages[i].usable;
		c->needed = a->shortages[i].needed;
	}
}

/* An item of a form with the first cell of its case in that form, so that a case stands as a whole where its first question does. */
struct placed {
	const struct candidate *c;
	uint32_t cell;
};

static int by_order(const void *x, const void *y)
{
	const struct placed *p = x, *q = y;
	const struct exam_candidates_row *a = &p->c->row, *b = &q->c->row;
	if (p->cell != q->cell)
		return p->cell < q->cell ? -1 : 1;
	if (a->case_id != b->case_id)
		return a->case_id < b->case_id ? -1 : 1;
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static uint32_t first_cell(const struct bank *b, const uint32_t *items, size_t n, const struct candidate *c)
{
	uint32_t cell = c->cell;
	for (size_t i = 0; i < n && c->row.case_id != NONE; i++)
		if (b->v[items[i]].row.case_id == c->row.case_id && b->v[items[i]].cell < cell)
			cell = b->v[items[i]].cell;
	return cell;
}

static void put_form(struct ctx *cx, const struct bank *b, const struct assembly *a, size_t i, struct exam_built_form *ret)
{
	const uint32_t *items = a->items + i * a->per_form;
	struct placed *v = ARENA_ARRAY(cx->arena, struct placed, a->per_form);
	ret->v = ARENA_ARRAY(cx->arena, struct exam_pick, a->per_form);
	ret->n = a->per_form;
	ret->cells = ARENA_ARRAY(cx->arena, int64_t, b->n_parts);
	ret->score = a->by_score || a->calibrated ? a->score[i] : (double)NAN;
	for (size_t k = 0; k < a->per_form; k++)
		v[k] = (struct placed){ &b->v[items[k]], first_cell(b, items, a->per_form, &b->v[items[k]]) };
	qsort(v, a->per_form, sizeof *v, by_order);
	for (size_t k = 0; k < a->per_form; k++) {
		const struct candidate *c = v[k].c;
		ret->v[k] = (struct exam_pick){ .item_id = c->row.id, .version = c->row.live_version, .part = b->parts[c->cell].n };
		ret->points += c->row.points;
		ret->n_used += c->row.used > 0;
		ret->cells[c->cell]++;
	}
}

static struct str digest_of(struct ctx *cx, const struct exam_built *b)
{
	unsigned char h[16];
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof h);
	for (size_t i = 0; i < b->n_forms; i++)
		for (size_t k = 0; k < b->forms[i].n; k++) {
			const int64_t v[] = { (int64_t)i, b->forms[i].v[k].item_id, b->forms[i].v[k].version, b->forms[i].v[k].part };
			crypto_generichash_update(&state, (const unsigned char *)v, sizeof v);
		}
	crypto_generichash_final(&state, h, sizeof h);
	return str_hex(cx->arena, h, sizeof h);
}

static enum err check_numbers(struct ctx *cx, const struct exam_build *in)
{
	if (in->forms < 1 || in->forms > EXAM_FORMS_MAX)
		return fail(cx, ERR_INVALID, "forms", N_("must be from 1 to 20"));
	if (in->common != NONE && (in->common < 0 || in->common > EXAM_ITEMS_MAX))
		return fail(cx, ERR_INVALID, "common", N_("must be from 0 to 200"));
	return OK;
}

enum err exam_build(struct ctx *cx, const struct exam_build *in, struct exam_built *ret)
{
	struct exam_one_row e;
	struct bank b = { 0 };
	struct assembly_problem p;
	struct assembly a;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	if (str_is(e.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("This examination is closed; nothing of it changes any more. Copy it to hold another."));
	TRY(check_numbers(cx, in));
	TRY(read_bank(cx, in, &b));
	TRY(pose(cx, in, &b, &p));
	int64_t per_form = 0;
	for (size_t i = 0; i < b.n_parts; i++)
		per_form += b.parts[i].items;
	if (p.common > per_form)
		return fail(cx, ERR_INVALID, "common", N_("is more than a form has items"));
	TRY(assembly_solve(cx, &p, &a));
	struct exam_built r = {
		.state = a.state, .calibrated = a.calibrated, .by_score = a.by_score, .by_chance = a.by_chance, .deviation = a.deviation, .bound = a.bound
	};
	put_cells(cx, &b, &a, &r);
	if (a.state == ASSEMBLY_FOUND) {
		r.n_forms = (size_t)in->forms;
		r.forms = ARENA_ARRAY(cx->arena, struct exam_built_form, r.n_forms);
		for (size_t i = 0; i < r.n_forms; i++)
			put_form(cx, &b, &a, i, &r.forms[i]);
		r.digest = digest_of(cx, &r);
	}
	*ret = r;
	return OK;
}

enum err exam_build_keep(struct ctx *cx, const struct exam_build *in, const struct exam_built *b)
{
	int64_t id;
	if (b->state != ASSEMBLY_FOUND)
		return fail(cx, ERR_CONFLICT, "", N_("These forms cannot be put together; nothing was kept."));
	for (size_t i = 0; i < b->n_forms; i++) {
		const struct exam_built_form *f = &b->forms[i];
		TRY(exam_form_add(cx, &(struct exam_form_add){ .exam_id = in->exam_id, .v = f->v, .n = f->n, .expected = f->score }, &id));
	}
	return OK;
}
