/* The work of a run, step by step: blocks of items, then groups of people; see calibration.h. */
#include "feature/calibration/calibration_work.h"
#include "feature/person/person.h"

#include <math.h>

enum { KNOWN_MOST = 6000 };

static enum err run_of_job(struct ctx *cx, const struct job *j, struct calibration_by_id_row *ret)
{
	int64_t id;
	bool found = false;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(calibration_sql_by_id(cx, id, ret, &found));
	return found ? OK : ERR_NOT_FOUND;
}

static enum err read_all(struct ctx *cx, void *arg)
{
	struct run_work *w = arg;
	TRY(run_of_job(cx, w->job, &w->run));
	if (!str_is(w->run.state, "working"))
		return OK;
	TRY(calibration_sql_of_run(cx, w->run.id, KNOWN_MOST, &w->known, &w->n_known));
	TRY(calibration_sql_in_force(cx, w->run.org_id, KNOWN_MOST, &w->force, &w->n_force));
	return gather(cx, &w->run, person_today(cx), &w->g);
}

static void put_known(struct run_work *w)
{
	struct found_item *v = ARENA_ARRAY(w->cx->arena, struct found_item, w->n_known + 1);
	for (size_t k = 0; k < w->n_known; k++)
		for (size_t c = 0; w->known[k].model.n && c < w->g.n_columns; c++)
			if (w->g.columns[c].item_id == w->known[k].item_id && w->g.columns[c].version == w->known[k].version &&
			    calibration_item(w->known[k].categories, w->known[k].a, w->known[k].b, &v[k].item)) {
				v[k].column = c;
				w->of_column[c] = &v[k];
			}
}

/* at: absent or "b…": a block; "d7": groups, from the seventh pair of form and grouping on. */
enum err calibration_run_act(struct ctx *cx, struct job *j)
{
	struct run_work *w = ARENA_NEW(cx->arena, struct run_work);
	int64_t from = 0;
	w->cx = cx;
	w->job = j;
	j->state = w;
	TRY(db_read(cx, read_all, w));
	if (!str_is(w->run.state, "working"))
		return OK;
	w->of_column = ARENA_ARRAY(cx->arena, struct found_item *, w->g.n_columns + 1);
	put_known(w);
	w->scale = w->run.scale;
	w->shift = w->run.shift;
	w->first = !j->at.n;
	if (j->at.n && j->at.p[0] == 'd')
		return str_int(str_sub(j->at, 1, j->at.n), &from) ? compare_groups(w, (size_t)from) : ERR_INTERNAL;
	TRY(calibrate_block(w));
	for (size_t k = 0; k < w->n_items; k++)
		if (w->items[k].calibrated)
			w->of_column[w->items[k].column] = &w->items[k];
	return judge_items(w);
}

/* ── what is kept ── */

static enum err keep_items(struct ctx *cx, const struct run_work *w)
{
	for (size_t k = 0; k < w->n_items; k++) {
		const struct found_item *f = &w->items[k];
		const struct column *c = &w->g.columns[f->column];
		size_t n = f->calibrated ? (size_t)f->item.categories - 1 : 0;
		double none = (double)NAN;
		TRY(calibration_sql_put(cx, w->run.id, c->item_id, c->version, f->calibrated ? S("grm") : STR_NONE,
					f->calibrated ? f->item.categories : c->steps + 1, f->calibrated ? f->item.a : none,
					n ? calibration_list(cx->arena, f->item.b, n) : STR_NONE, f->calibrated ? f->a_se : none,
					n ? calibration_list(cx->arena, f->b_se, n) : STR_NONE, (int64_t)c->answered, f->mean, f->rest, f->fit_p, f->pair_id,
					f->pair_q3, f->options, f->flags.n ? f->flags : S(""), f->why.n ? f->why : S(""), NULL));
	}
	return OK;
}

static enum err keep_groups(struct ctx *cx, const struct run_work *w)
{
	for (size_t k = 0; k < w->n_groups; k++)
		TRY(calibration_sql_put_group(cx, w->run.id, str_of(w->groups[k].grouped), w->groups[k].value, w->groups[k].people, str_of(w->groups[k].role),
					      NULL));
	for (size_t k = 0; k < w->n_difs; k++) {
		const struct found_dif *d = &w->difs[k];
		const struct column *c = &w->g.columns[d->column];
		TRY(calibration_sql_put_dif(cx, w->run.id, c->item_id, c->version, str_of(d->grouped), d->focal, d->reference, d->n_focal, d->n_reference,
					    d->delta, d->ets, d->p, d->uniform_p, d->other_p, d->sids, str_of(d->size), d->why, NULL));
		if (d->flagged)
			TRY(calibration_sql_flag(cx, S("dif"), w->run.id, c->item_id, c->version, NULL));
	}
	return OK;
}

static enum err keep_first(struct ctx *cx, const struct run_work *w)
{
	int64_t linked = NONE;
	struct calibration_last_accepted_row r;
	bool found = false;
	if (w->n_common) {
		TRY(calibration_sql_last_accepted(cx, w->run.org_id, &r, &found));
		linked = found ? r.id : NONE;
	}
	return calibration_sql_set_found(cx, w->people, w->reliability, linked, w->n_common, w->scale, w->shift, w->distance, w->run.id, NULL);
}

enum err calibration_run_step(struct ctx *cx, struct job *j)
{
	const struct run_work *w = j->state;
	struct calibration_by_id_row r;
	TRY(run_of_job(cx, j, &r));
	j->ended = !str_is(r.state, "working");
	if (j->ended)
		return OK;
	if (j->cancel || w->why.n) {
		j->ended = true;
		return calibration_sql_set_state(cx, S("failed"), w->why.n ? w->why : S("It was stopped."), r.id, S("working"), NULL);
	}
	if (w->first)
		TRY(keep_first(cx, w));
	TRY(keep_items(cx, w));
	TRY(keep_groups(cx, w));
	j->total = (int64_t)(w->g.n_columns + GROUPINGS * w->g.n_forms);
	j->done += (int64_t)(w->n_items + w->n_groups);
	j->at = w->next.n ? str_dup(cx->arena, w->next) : S("");
	j->ended = !w->next.n;
	return j->ended ? calibration_sql_set_state(cx, S("ready"), S(""), r.id, S("working"), NULL) : OK;
}
