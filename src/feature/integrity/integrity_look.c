/* Looking for signals: one form a step; see integrity.h. Where to go on: "LOOK FORM", the form that was looked at last.
 *
 * What is read may change until the step writes it (answers that come late, marks of people): the next look finds that. */
#include "feature/integrity/integrity.h"
#include "feature/integrity/sitting.h"

#include <math.h>
#include <string.h>

struct looking {
	int64_t exam_id, look_id, form_id; /* form_id: looked at in this step; NONE: none is left */
	bool pool;
	int64_t people;
	struct signals found;
	struct integrity_papers_row *papers; /* of found, by signal: person and other side by side */
};

static bool read_at(const struct job *j, struct looking *l, int64_t *ret_after)
{
	struct str at = j->at, word;
	*ret_after = 0;
	if (!str_int(j->input, &l->exam_id))
		return false;
	if (!at.n)
		return true;
	return str_cut(&at, ' ', &word) && str_int(word, &l->look_id) && str_int(at, ret_after);
}

/* ── outside of any transaction ── */

struct read_form {
	struct looking *l;
	int64_t after;
	struct arena *arena;
	struct sitting_read sitting;
};

static enum err read_next_form(struct ctx *cx, void *arg)
{
	struct read_form *r = arg;
	struct integrity_next_form_row form;
	bool found = false;
	TRY(integrity_sql_next_form(cx, r->l->exam_id, r->after, &form, &found));
	r->l->form_id = found ? form.id : NONE;
	return found ? sitting_read(cx, r->arena, form.id, !form.pool, &r->sitting) : OK;
}

/* What is kept outlives the tables. */
static void keep(struct ctx *cx, struct looking *l, const struct signals *s, const struct sitting_read *from)
{
	l->found = *s;
	l->people = (int64_t)from->of.people;
	l->found.v = ARENA_ARRAY(cx->arena, struct signal, s->n + 1);
	l->papers = ARENA_ARRAY(cx->arena, struct integrity_papers_row, 2 * s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		l->found.v[i] = s->v[i];
		l->papers[2 * i] = from->papers[s->v[i].person];
		if (s->v[i].other != SIZE_MAX)
			l->papers[2 * i + 1] = from->papers[s->v[i].other];
	}
}

enum err integrity_look_act(struct ctx *cx, struct job *j)
{
	struct looking *l = ARENA_NEW(cx->arena, struct looking);
	struct read_form r = { .l = l };
	j->state = l;
	if (!read_at(j, l, &r.after))
		return ERR_INTERNAL;
	if (!l->look_id)
		return OK;
	r.arena = arena_new();
	enum err e = db_read(cx, read_next_form, &r);
	if (e == OK && l->form_id != NONE)
		e = job_beat(cx, j);
	if (e == OK && l->form_id != NONE && r.sitting.of.people) {
		struct signals s = signals_of(r.arena, &r.sitting.of);
		keep(cx, l, &s, &r.sitting);
	}
	arena_free(r.arena);
	return e;
}

/* ── in it ── */

static enum err put(struct ctx *cx, const struct looking *l, const struct signal *s, const struct integrity_papers_row *of,
		    const struct integrity_papers_row *other)
{
	return integrity_sql_put(cx, new_id(cx), l->exam_id, l->look_id, of->taker_id, of->id, str_of(signal_kinds[s->kind]), other ? other->taker_id : 0,
				 other ? other->id : 0, s->value, s->of, s->threshold, s->chance, s->expected, cx->now, NULL);
}

static enum err put_all(struct ctx *cx, const struct looking *l, int64_t *found)
{
	for (size_t i = 0; i < l->found.n; i++) {
		const struct signal *s = &l->found.v[i];
		const struct integrity_papers_row *p = &l->papers[2 * i];
		bool pair = s->other != SIZE_MAX;
		TRY(put(cx, l, s, &p[0], pair ? &p[1] : NULL));
		if (pair)
			TRY(put(cx, l, s, &p[1], &p[0]));
		found[s->kind]++;
	}
	return OK;
}

static enum err begin(struct ctx *cx, struct job *j, const struct looking *l)
{
	int64_t id = new_id(cx);
	j->at = str_fmt(cx->arena, "%lld 0", (long long)id);
	return integrity_sql_add_look(cx, id, l->exam_id, j->asked_by, cx->now, NULL);
}

enum err integrity_look_step(struct ctx *cx, struct job *j)
{
	struct looking *l = j->state;
	int64_t found[SIGNAL_KINDS] = { 0 };
	if (!l->look_id)
		return begin(cx, j, l);
	if (l->form_id == NONE) {
		j->ended = true;
		TRY(integrity_sql_drop_old(cx, l->exam_id, l->look_id, NULL));
		return integrity_sql_look_done(cx, cx->now, l->look_id, NULL);
	}
	TRY(put_all(cx, l, found));
	for (enum signal_kind k = 0; k < SIGNAL_KINDS; k++)
		if (l->found.tested[k])
			TRY(integrity_sql_count_kind(cx, l->look_id, str_of(signal_kinds[k]), (int64_t)l->found.tested[k], l->found.expected[k], found[k],
						     NULL));
	TRY(integrity_sql_count_look(cx, l->people, l->look_id, NULL));
	j->at = str_fmt(cx->arena, "%lld %lld", (long long)l->look_id, (long long)l->form_id);
	return OK;
}
