/* The own paper with what is right: read only after attempt_may_review() has said yes; see view.h. */
#include "feature/attempt/view.h"
#include "feature/exam/form.h"

#include <math.h>

struct review {
	const struct attempt_answers_row *answers;
	size_t n_answers;
	const struct attempt_rulings_row *rulings;
	size_t n_rulings;
};

/* The ruling about an item that holds: the last; NULL: none. */
static const struct attempt_rulings_row *ruling_of(const struct review *r, const struct form_item *item)
{
	for (size_t i = r->n_rulings; i-- > 0;)
		if (r->rulings[i].item_id == item->item_id && r->rulings[i].version == item->version)
			return &r->rulings[i];
	return NULL;
}

/* A key of its own, since words are put into it; that of the form is shared. */
static enum err key_of(struct ctx *cx, const struct form_item *item, const struct attempt_rulings_row *ruling, struct quiz_key *ret)
{
	bool other = ruling && str_is(ruling->kind, "rekey");
	TRY(quiz_load_key(cx, item->kind, other ? ruling->answer_key : item->key_json, ret));
	return quiz_load_feedback(cx, item->feedback_json, ret);
}

static struct paper_option *option_named(struct paper_option *v, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].id, id))
			return &v[i];
	return NULL;
}

static void reveal_options(const struct quiz_key *k, struct paper_question *x)
{
	for (size_t i = 0; i < k->n_options; i++) {
		struct paper_option *o = option_named(x->options, x->n_options, k->options[i].id);
		if (!o)
			continue;
		o->right = k->kind == Q_MULTIPLE ? k->options[i].weight > 0 : k->options[i].weight >= 100;
		o->feedback = o->mine ? k->options[i].feedback : S("");
	}
}

static void reveal_lefts(const struct quiz_key *k, struct paper_question *x)
{
	for (size_t i = 0; i < k->n_pairs; i++)
		for (size_t j = 0; j < x->n_lefts; j++) {
			struct paper_left *left = &x->lefts[j];
			const struct paper_option *best =
				str_eq(left->id, k->pairs[i].left) ? option_named(left->options, left->n_options, k->pairs[i].right) : NULL;
			if (!best)
				continue;
			left->best = best->text;
			left->right = best->mine;
		}
}

/* "1. Receipt 2. Note 3. Draft" */
static void reveal_order(struct ctx *cx, const struct quiz_key *k, struct paper_question *x)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 16);
	for (size_t i = 0; i < k->order.n; i++) {
		const struct paper_option *o = option_named(x->options, x->n_options, k->order.v[i]);
		buf_fmt(&b, "%s%zu. ", i ? " " : "", i + 1);
		buf_str(&b, o ? o->text : S(""));
	}
	x->best = buf_get(&b);
	for (size_t i = 0; i < x->n_options; i++)
		x->options[i].mine = false;
}

static void reveal(struct ctx *cx, const struct quiz_key *k, struct paper_question *x)
{
	struct strs right;
	switch (k->kind) {
	case Q_MATCHING: reveal_lefts(k, x); break;
	case Q_ORDERING: reveal_order(cx, k, x); break;
	case Q_NUMERIC:
	case Q_SHORT:
		right = quiz_right(cx->arena, k);
		x->best = right.n ? right.v[0] : S("");
		break;
	case Q_LONG: x->best = k->sample; break;
	default: reveal_options(k, x);
	}
	x->general = k->general;
}

static enum err review_one(struct ctx *cx, const struct review *r, const struct form_item *item, struct paper_question *x)
{
	const struct attempt_rulings_row *ruling = ruling_of(r, item);
	const struct attempt_answers_row *answer = NULL;
	struct quiz_key key;
	for (size_t i = 0; i < r->n_answers; i++)
		answer = r->answers[i].n == item->n ? &r->answers[i] : answer;
	double part = answer && item->points > 0 && !isnan(answer->marks) ? answer->marks / item->points : 0;
	TRY(key_of(cx, item, ruling, &key));
	reveal(cx, &key, x);
	x->dropped = ruling && str_is(ruling->kind, "drop");
	part = ruling && str_is(ruling->kind, "full") ? 1 : part;
	x->right = part >= 1 - 1e-9;
	x->part = part > 0;
	x->percent = (int64_t)floor(100 * part + 1e-6);
	return OK;
}

/* Of a pool only what this taker answered is shown: its other questions are still to be asked of others. */
static void keep_asked(const struct review *r, struct paper_page *v)
{
	size_t n = 0;
	for (size_t i = 0; i < v->n_answers; i++)
		for (size_t k = 0; k < r->n_answers; k++) {
			if (r->answers[k].n != v->answers[i].n || !r->answers[k].seq)
				continue;
			v->answers[n] = v->answers[i];
			v->answers[n].place = (int64_t)n + 1;
			v->answers[n].case_begins = v->answers[n].case_n && (n == 0 || v->answers[n - 1].case_n != v->answers[n].case_n);
			n++;
		}
	for (size_t i = 0; i < n; i++)
		v->answers[i].total = (int64_t)n;
	v->n_answers = n;
}

enum err view_review(struct ctx *cx, const struct attempt_one_row *a, struct paper_page *v)
{
	const struct exam_form *form;
	struct attempt_answers_row *answers;
	struct attempt_rulings_row *rulings;
	struct review r = { 0 };
	TRY(exam_form_load(cx, a->form_id, a->lang, &form));
	TRY(attempt_sql_answers(cx, a->taker_id, a->id, &answers, &r.n_answers));
	TRY(attempt_sql_rulings(cx, a->exam_id, &rulings, &r.n_rulings));
	r.answers = answers;
	r.rulings = rulings;
	TRY(view_questions(cx, a, form, answers, r.n_answers, NULL, &v->answers));
	v->n_answers = form->n;
	if (a->pool)
		keep_asked(&r, v);
	for (size_t i = 0; i < v->n_answers; i++) {
		v->answers[i].base = v->base;
		TRY(review_one(cx, &r, exam_form_item(form, v->answers[i].n), &v->answers[i]));
	}
	return OK;
}
