/* Papers out of the data; see sitting.h. */
#include "feature/integrity/sitting.h"
#include "feature/item/item.h"
#include "feature/item/parameters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which option a text is: as they come; of more than CATEGORIES_MAX, those that came later are left out. */
struct options {
	struct str given[CATEGORIES_MAX];
	size_t n;
	int8_t right; /* NOT_ANSWERED: nobody gave it */
	bool has;     /* one out of options is chosen */
	double points;
	int64_t steps;
};
struct reading {
	struct arena *arena;
	struct integrity_papers_row *papers;
	size_t people, items;
	struct options *options; /* by place in the form, less one */
	int8_t *chosen, *scored;
	double *seconds;
	struct noticed *noticed;
	size_t at; /* the paper of the row before: rows come by paper */
};

static bool chooses_one(struct str kind)
{
	return str_is(kind, "single") || str_is(kind, "truefalse") || str_is(kind, "judgement") || str_is(kind, "hotspot");
}

/* Papers and rows both come by the id of the paper. False: a paper that is not among them. */
static bool go_to(struct reading *r, int64_t attempt_id)
{
	while (r->at < r->people && r->papers[r->at].id < attempt_id)
		r->at++;
	return r->at < r->people && r->papers[r->at].id == attempt_id;
}

static int8_t option_of(struct reading *r, struct options *o, struct str given)
{
	for (size_t k = 0; k < o->n; k++)
		if (str_eq(o->given[k], given))
			return (int8_t)k;
	if (o->n == CATEGORIES_MAX)
		return NOT_ANSWERED;
	o->given[o->n] = str_dup(r->arena, given);
	return (int8_t)o->n++;
}

static enum err read_answer(struct ctx *cx, void *arg, const void *row)
{
	const struct integrity_answers_row *w = row;
	struct reading *r = arg;
	(void)cx;
	if (!go_to(r, w->attempt_id))
		return OK;
	r->noticed[r->at].late += w->late;
	if (w->n < 1 || (size_t)w->n > r->items || !w->given.p)
		return OK;
	struct options *o = &r->options[w->n - 1];
	size_t cell = r->at * r->items + (size_t)w->n - 1;
	r->seconds[cell] = (double)w->spent_ms / 1000;
	if (!isnan(w->marks) && o->points > 0)
		r->scored[cell] = (int8_t)item_category(w->marks / o->points, o->steps);
	if (!o->has)
		return OK;
	r->chosen[cell] = option_of(r, o, w->given);
	if (r->chosen[cell] != NOT_ANSWERED && !isnan(w->marks) && w->marks >= o->points * (1 - 1e-9))
		o->right = r->chosen[cell];
	return OK;
}

static enum err read_event(struct ctx *cx, void *arg, const void *row)
{
	const struct integrity_events_row *e = row;
	struct reading *r = arg;
	(void)cx;
	if (!go_to(r, e->attempt_id))
		return OK;
	struct noticed *n = &r->noticed[r->at];
	if (str_is(e->kind, "left")) {
		n->left = e->times;
		n->left_seconds += e->ms / 1000;
	} else if (str_is(e->kind, "back")) {
		n->left_seconds += e->ms / 1000;
	} else if (str_is(e->kind, "copied") || str_is(e->kind, "pasted")) {
		n->copied += e->times;
	} else if (str_is(e->kind, "device")) {
		n->devices = e->times;
	} else if (str_is(e->kind, "forged")) {
		n->forged = e->times;
	}
	return OK;
}

static enum err read_items(struct ctx *cx, struct reading *r, int64_t form_id, const struct irt_item **ret_calibrated)
{
	struct integrity_items_row *items;
	TRY(integrity_sql_items(cx, form_id, &items, &r->items));
	struct irt_item *calibrated = ARENA_ARRAY(r->arena, struct irt_item, r->items + 1);
	bool all = r->items > 0 && r->items <= ITEMS_MAX;
	r->options = ARENA_ARRAY(r->arena, struct options, r->items + 1);
	for (size_t i = 0; i < r->items; i++) {
		if (items[i].n != (int64_t)i + 1)
			return ERR_INTERNAL;
		r->options[i] =
			(struct options){ .right = NOT_ANSWERED, .has = chooses_one(items[i].kind), .points = items[i].points, .steps = items[i].steps };
		all = all && item_parameters_read(items[i].parameters, &calibrated[i]) && calibrated[i].categories == 2;
	}
	*ret_calibrated = all ? calibrated : NULL;
	return OK;
}

static void make_tables(struct reading *r)
{
	size_t cells = r->people * r->items + 1;
	r->chosen = ARENA_ARRAY(r->arena, int8_t, cells);
	r->scored = ARENA_ARRAY(r->arena, int8_t, cells);
	r->seconds = ARENA_ARRAY(r->arena, double, cells);
	r->noticed = ARENA_ARRAY(r->arena, struct noticed, r->people + 1);
	memset(r->chosen, NOT_ANSWERED, cells);
	memset(r->scored, NOT_ANSWERED, cells);
}

static const int64_t *rooms_of(const struct reading *r)
{
	int64_t *room = ARENA_ARRAY(r->arena, int64_t, r->people + 1);
	for (size_t i = 0; i < r->people; i++)
		room[i] = r->papers[i].room_id == NONE ? 0 : r->papers[i].room_id;
	return room;
}

/* What nobody has given is as good as any option that nobody has. */
static const int8_t *key_of(const struct reading *r)
{
	int8_t *key = ARENA_ARRAY(r->arena, int8_t, r->items + 1);
	for (size_t i = 0; i < r->items; i++) {
		const struct options *o = &r->options[i];
		key[i] = o->right != NOT_ANSWERED ? o->right : (int8_t)(o->n < CATEGORIES_MAX ? o->n : CATEGORIES_MAX - 1);
	}
	return key;
}

enum err sitting_read(struct ctx *cx, struct arena *a, int64_t form_id, bool with_items, struct sitting_read *ret)
{
	struct reading r = { .arena = a };
	struct integrity_papers_row *papers;
	const struct irt_item *calibrated = NULL;
	TRY(integrity_sql_papers(cx, form_id, &papers, &r.people));
	r.papers = ARENA_ARRAY(a, struct integrity_papers_row, r.people + 1);
	if (r.people)
		memcpy(r.papers, papers, r.people * sizeof *papers);
	if (with_items)
		TRY(read_items(cx, &r, form_id, &calibrated));
	make_tables(&r);
	TRY(integrity_sql_answers(cx, form_id, read_answer, &r));
	r.at = 0;
	TRY(integrity_sql_events(cx, form_id, read_event, &r));
	*ret = (struct sitting_read){ .papers = r.papers,
				      .of = { .people = r.people,
					      .items = r.items,
					      .room = rooms_of(&r),
					      .chosen = r.chosen,
					      .key = key_of(&r),
					      .scored = r.scored,
					      .seconds = r.seconds,
					      .calibrated = calibrated,
					      .noticed = r.noticed } };
	return OK;
}
