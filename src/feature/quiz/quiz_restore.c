/* From the database's form back to a question; see quiz_store.h. */
#include "feature/quiz/quiz_store.h"

static const struct key_option *key_of(const struct quiz_key *k, struct str id)
{
	for (size_t i = 0; i < k->n_options; i++)
		if (str_eq(k->options[i].id, id))
			return &k->options[i];
	return NULL;
}

static struct str text_of(const struct quiz_option *v, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].id, id))
			return v[i].text;
	return S("");
}

static struct question_option *push(struct ctx *cx, struct question *q, struct str text, double weight)
{
	struct question_option *o = ARENA_PUSH(cx->arena, q->options, q->n_options);
	*o = (struct question_option){ .text = text, .weight = weight, .feedback = S(""), .match = S(""), .area = S("") };
	return o;
}

static void restore_choice(struct ctx *cx, const struct quiz_asked *asked, const struct quiz_key *k, struct question *q)
{
	for (size_t i = 0; i < asked->n_options; i++) {
		const struct key_option *key = key_of(k, asked->options[i].id);
		struct question_option *o = push(cx, q, asked->options[i].text, key ? key->weight : 0);
		o->feedback = key ? key->feedback : S("");
		o->area = asked->options[i].area;
	}
}

static void restore_matching(struct ctx *cx, const struct quiz_asked *asked, const struct quiz_key *k, struct question *q)
{
	for (size_t i = 0; i < k->n_pairs; i++)
		push(cx, q, text_of(asked->lefts, asked->n_lefts, k->pairs[i].left), 100)->match = text_of(asked->options, asked->n_options, k->pairs[i].right);
	for (size_t i = 0; i < asked->n_options; i++) {
		bool used = false;
		for (size_t p = 0; p < k->n_pairs; p++)
			used |= str_eq(k->pairs[p].right, asked->options[i].id);
		if (!used)
			push(cx, q, S(""), 100)->match = asked->options[i].text;
	}
}

static void restore_short(struct ctx *cx, const struct quiz_key *k, struct str lang, struct question *q)
{
	for (size_t i = 0; i < k->n_options; i++)
		if (str_eq(k->options[i].lang, lang))
			push(cx, q, k->options[i].id, k->options[i].weight)->feedback = k->options[i].feedback;
}

static enum err restore_one(struct ctx *cx, struct str kind, struct str answer_key, const struct quiz_text *text, struct question *ret)
{
	struct quiz_asked asked;
	struct quiz_key k;
	TRY(quiz_load_asked(cx, kind, text->asked, &asked));
	TRY(quiz_load_key(cx, kind, answer_key, &k));
	TRY(quiz_load_feedback(cx, text->feedback, &k));
	struct question q = {
		.kind = asked.kind, .name = S(""), .category = S(""), .lang = text->lang, .text = asked.text, .general_feedback = k.general, .bloom = S(""),
		.source = S(""), .picture = { .name = S(""), .bytes = S(""), .alt = asked.alt, .width = asked.width, .height = asked.height },
		.numbers = k.numbers, .n_numbers = k.n_numbers, .rubric = k.rubric, .n_rubric = k.n_rubric, .words = asked.words, .sample = k.sample,
	};
	q.partial = !k.whole && (q.kind == Q_MULTIPLE || q.kind == Q_MATCHING || q.kind == Q_ORDERING);
	if (q.kind == Q_MATCHING)
		restore_matching(cx, &asked, &k, &q);
	else if (q.kind == Q_SHORT)
		restore_short(cx, &k, text->base ? S("") : text->lang, &q);
	else if (q.kind != Q_ORDERING)
		restore_choice(cx, &asked, &k, &q);
	for (size_t i = 0; i < k.order.n; i++)
		push(cx, &q, text_of(asked.options, asked.n_options, k.order.v[i]), 100);
	*ret = q;
	return OK;
}

enum err quiz_restore(struct ctx *cx, struct str kind, struct str answer_key, const struct quiz_text *v, size_t n, struct question *ret)
{
	struct question q = { 0 };
	bool found = false;
	for (size_t i = 0; i < n; i++)
		if (v[i].base) {
			TRY(restore_one(cx, kind, answer_key, &v[i], &q));
			found = true;
		}
	if (!found)
		return ERR_INTERNAL;
	for (size_t i = 0; i < n; i++)
		if (!v[i].base)
			TRY(restore_one(cx, kind, answer_key, &v[i], ARENA_PUSH(cx->arena, q.translations, q.n_translations)));
	*ret = q;
	return OK;
}
