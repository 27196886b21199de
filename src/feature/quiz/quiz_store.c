/* Questions as JSON; see quiz_store.h. */
#include "feature/quiz/quiz_store.h"
#include "base/json.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>

enum { STORED_MAX = 2 << 20 };

/* ── out ── */

static int by_text(const void *a, const void *b)
{
	const struct quiz_option *x = a, *y = b;
	return str_cmp(x->text, y->text);
}

/* "a" … "z", "aa" … */
static struct str letter_id(struct arena *a, size_t i)
{
	char first = (char)('a' + i / 26 - 1), last = (char)('a' + i % 26);
	return i < 26 ? str_fmt(a, "%c", last) : str_fmt(a, "%c%c", first, last);
}

/* The texts in byte order, each once, with their ids. */
static void name_options(struct arena *a, struct quiz_option *v, size_t *n)
{
	size_t kept = 0;
	if (*n)
		qsort(v, *n, sizeof *v, by_text);
	for (size_t i = 0; i < *n; i++)
		if (!kept || !str_eq(v[kept - 1].text, v[i].text))
			v[kept++] = v[i];
	*n = kept;
	for (size_t i = 0; i < kept; i++)
		v[i].id = letter_id(a, i);
}

static struct str id_of(const struct quiz_asked *q, struct str text)
{
	for (size_t i = 0; i < q->n_options; i++)
		if (str_eq(q->options[i].text, text))
			return q->options[i].id;
	BUG("an option without an id");
}

static bool has_options(enum question_kind kind)
{
	return kind == Q_SINGLE || kind == Q_MULTIPLE || kind == Q_TRUEFALSE || kind == Q_ORDERING || kind == Q_HOTSPOT || kind == Q_JUDGEMENT;
}

static void ask_matching(struct ctx *cx, const struct question *q, struct quiz_asked *ret)
{
	for (size_t i = 0; i < q->n_options; i++) {
		*ARENA_PUSH(cx->arena, ret->options, ret->n_options) = (struct quiz_option){ .text = q->options[i].match };
		struct str id = str_fmt(cx->arena, "%zu", ret->n_lefts + 1);
		if (q->options[i].text.n)
			*ARENA_PUSH(cx->arena, ret->lefts, ret->n_lefts) = (struct quiz_option){ .id = id, .text = q->options[i].text };
	}
	name_options(cx->arena, ret->options, &ret->n_options);
}

static struct quiz_asked ask(struct ctx *cx, const struct question *q)
{
	struct quiz_asked r = { .kind = q->kind, .text = q->text, .alt = q->picture.alt, .width = q->picture.width, .height = q->picture.height, .words = q->words };
	if (q->kind == Q_MATCHING)
		ask_matching(cx, q, &r);
	for (size_t i = 0; has_options(q->kind) && i < q->n_options; i++)
		*ARENA_PUSH(cx->arena, r.options, r.n_options) = (struct quiz_option){ q->options[i].text, q->options[i].text, q->options[i].area };
	if (has_options(q->kind) && q->kind != Q_TRUEFALSE)
		name_options(cx->arena, r.options, &r.n_options);
	return r;
}

/* In another language: the ids of the first, the texts by their places. */
static struct quiz_asked ask_in(struct ctx *cx, const struct question *base, const struct quiz_asked *first, const struct question *q)
{
	struct quiz_asked r = *first;
	size_t left = 0;
	r.text = q->text;
	r.alt = first->alt.n && q->picture.alt.n ? q->picture.alt : first->alt;
	r.options = ARENA_ARRAY(cx->arena, struct quiz_option, r.n_options);
	r.lefts = ARENA_ARRAY(cx->arena, struct quiz_option, r.n_lefts);
	for (size_t i = 0; i < r.n_options; i++)
		r.options[i] = first->options[i];
	for (size_t i = 0; (r.n_options || r.n_lefts) && q->kind != Q_TRUEFALSE && i < base->n_options; i++) {
		bool pair = q->kind == Q_MATCHING;
		struct str id = id_of(first, pair ? base->options[i].match : base->options[i].text);
		for (size_t k = 0; k < r.n_options; k++)
			if (str_eq(r.options[k].id, id))
				r.options[k].text = pair ? q->options[i].match : q->options[i].text;
		if (pair && base->options[i].text.n) {
			r.lefts[left] = (struct quiz_option){ .id = first->lefts[left].id, .text = q->options[i].text };
			left++;
		}
	}
	return r;
}

static void write_options(struct json_out *j, const char *key, const struct quiz_option *v, size_t n)
{
	if (!n)
		return;
	jw_key(j, key);
	jw_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		jw_open(j, '{');
		jw_key(j, "id");
		jw_str(j, v[i].id);
		jw_key(j, "text");
		jw_str(j, v[i].text);
		if (v[i].area.n) {
			jw_key(j, "area");
			jw_str(j, v[i].area);
		}
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void write_picture(struct json_out *j, const struct quiz_asked *asked)
{
	jw_key(j, "picture");
	jw_open(j, '{');
	jw_key(j, "alt");
	jw_str(j, asked->alt);
	jw_key(j, "width");
	jw_int(j, asked->width);
	jw_key(j, "height");
	jw_int(j, asked->height);
	jw_close(j, '}');
}

static struct str asked_json(struct ctx *cx, const struct quiz_asked *asked)
{
	struct buf b;
	buf_init(&b, cx->arena, STORED_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	jw_key(&j, "text");
	jw_str(&j, asked->text);
	write_options(&j, "options", asked->options, asked->n_options);
	write_options(&j, "lefts", asked->lefts, asked->n_lefts);
	if (asked->alt.n)
		write_picture(&j, asked);
	if (asked->words) {
		jw_key(&j, "words");
		jw_int(&j, asked->words);
	}
	jw_close(&j, '}');
	/* The source of a question is at most TEXT_MAX. */
	BUG_IF(b.full);
	return buf_get(&b);
}

/* What is written of a key: worth, words, or both. */
enum { WORTH = 1, WORDS = 2 };

static void write_words(struct json_out *j, const char *key, struct str s)
{
	jw_key(j, key);
	jw_str(j, s.p ? s : S(""));
}

static void write_worth(struct json_out *j, unsigned what, double weight, struct str feedback)
{
	if (what & WORTH) {
		jw_key(j, "weight");
		jw_real(j, weight);
	}
	if (what & WORDS)
		write_words(j, "feedback", feedback);
}

/* An option of a choice by its id, an accepted text by itself. */
static void write_key_option(struct json_out *j, unsigned what, const struct question_option *o, struct str id, struct str lang)
{
	jw_open(j, '{');
	jw_key(j, "id");
	jw_str(j, id);
	write_worth(j, what, o->weight, o->feedback);
	if (lang.n) {
		jw_key(j, "lang");
		jw_str(j, lang);
	}
	jw_close(j, '}');
}

/* In the order of the ids, so that the same question is the same text in whatever order its options were written. */
static void write_by_ids(struct json_out *j, unsigned what, const struct question *q, const struct question *base, const struct quiz_asked *asked)
{
	for (size_t k = 0; k < asked->n_options; k++)
		for (size_t i = 0; i < q->n_options; i++)
			if (str_eq(base->options[i].text, asked->options[k].text))
				write_key_option(j, what, &q->options[i], asked->options[k].id, S(""));
}

static void write_key_options(struct json_out *j, unsigned what, const struct question *q, const struct question *base, const struct quiz_asked *asked)
{
	if (q->kind != Q_SHORT && what != (WORTH | WORDS)) {
		write_by_ids(j, what, q, base, asked);
		return;
	}
	for (size_t i = 0; i < q->n_options; i++)
		write_key_option(j, what, &q->options[i], q->kind == Q_SHORT ? q->options[i].text : id_of(asked, base->options[i].text), S(""));
	/* Accepted texts of all languages are worth what they are worth in each. */
	for (size_t t = 0; what == WORTH && q->kind == Q_SHORT && t < q->n_translations; t++)
		for (size_t i = 0; i < q->translations[t].n_options; i++)
			write_key_option(j, what, &q->translations[t].options[i], q->translations[t].options[i].text, q->translations[t].lang);
}

static void write_number(struct json_out *j, unsigned what, const struct question_number *x)
{
	jw_open(j, '{');
	if (what & WORTH) {
		jw_key(j, "value");
		jw_real(j, x->value);
		jw_key(j, "tolerance");
		jw_real(j, x->tolerance);
	}
	write_worth(j, what, x->weight, x->feedback);
	jw_close(j, '}');
}

static void write_pairs(struct json_out *j, const struct question *q, const struct quiz_asked *asked)
{
	size_t left = 0;
	for (size_t i = 0; i < q->n_options; i++) {
		if (!q->options[i].text.n)
			continue;
		jw_open(j, '{');
		jw_key(j, "left");
		jw_str(j, asked->lefts[left++].id);
		jw_key(j, "right");
		jw_str(j, id_of(asked, q->options[i].match));
		jw_close(j, '}');
	}
}

static void write_criterion(struct json_out *j, unsigned what, const struct question_criterion *c)
{
	jw_open(j, '{');
	if (what & WORTH) {
		jw_key(j, "points");
		jw_real(j, c->points);
	}
	if (what & WORDS) {
		write_words(j, "name", c->name);
		write_words(j, "about", c->about);
	}
	jw_close(j, '}');
}

static const char *list_of(enum question_kind kind)
{
	return kind == Q_MATCHING ? "pairs" : kind == Q_NUMERIC ? "numbers" : kind == Q_ORDERING ? "order" : kind == Q_LONG ? "rubric" : "options";
}

static void write_list(struct json_out *j, unsigned what, const struct question *q, const struct question *base, const struct quiz_asked *asked)
{
	jw_key(j, list_of(q->kind));
	jw_open(j, '[');
	if (q->kind == Q_MATCHING && (what & WORTH))
		write_pairs(j, q, asked);
	else if (q->kind == Q_ORDERING)
		for (size_t i = 0; (what & WORTH) && i < q->n_options; i++)
			jw_str(j, id_of(asked, q->options[i].text));
	else if (q->kind != Q_MATCHING)
		write_key_options(j, what, q, base, asked);
	for (size_t i = 0; i < q->n_numbers; i++)
		write_number(j, what, &q->numbers[i]);
	for (size_t i = 0; i < q->n_rubric; i++)
		write_criterion(j, what, &q->rubric[i]);
	jw_close(j, ']');
}

static bool can_be_whole(enum question_kind kind)
{
	return kind == Q_MULTIPLE || kind == Q_MATCHING || kind == Q_ORDERING;
}

/* base: q itself, or what it is a translation of. */
static struct str key_json(struct ctx *cx, unsigned what, const struct question *q, const struct question *base, const struct quiz_asked *asked)
{
	struct buf b;
	buf_init(&b, cx->arena, STORED_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	write_list(&j, what, q, base, asked);
	if ((what & WORDS) && q->kind == Q_LONG)
		write_words(&j, "sample", q->sample);
	if ((what & WORTH) && can_be_whole(q->kind) && !q->partial) {
		jw_key(&j, "whole");
		jw_bool(&j, true);
	}
	if (what & WORDS)
		write_words(&j, "general", q->general_feedback);
	jw_close(&j, '}');
	BUG_IF(b.full);
	return buf_get(&b);
}

void quiz_store(struct ctx *cx, const struct question *q, struct str *ret_asked, struct str *ret_key)
{
	struct quiz_asked asked = ask(cx, q);
	*ret_asked = asked_json(cx, &asked);
	*ret_key = key_json(cx, WORTH | WORDS, q, q, &asked);
}

void quiz_store_texts(struct ctx *cx, const struct question *q, struct str *ret_key, struct quiz_text **ret, size_t *ret_n)
{
	struct quiz_asked first = ask(cx, q);
	struct quiz_text *v = ARENA_ARRAY(cx->arena, struct quiz_text, q->n_translations + 1);
	*ret_key = key_json(cx, WORTH, q, q, &first);
	v[0] = (struct quiz_text){ q->lang, asked_json(cx, &first), key_json(cx, WORDS, q, q, &first), true };
	for (size_t i = 0; i < q->n_translations; i++) {
		const struct question *t = &q->translations[i];
		struct quiz_asked asked = ask_in(cx, q, &first, t);
		v[i + 1] = (struct quiz_text){ t->lang, asked_json(cx, &asked), key_json(cx, WORDS, t, q, &first), false };
	}
	*ret = v;
	*ret_n = q->n_translations + 1;
}

/* Of matching: right sides are the same where they are the same in the first language. */
static bool right_sides_differ(const struct question *q, const struct question *t)
{
	for (size_t i = 0; i < q->n_options; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(q->options[i].match, q->options[k].match) != str_eq(t->options[i].match, t->options[k].match))
				return true;
	return false;
}

const char *quiz_store_fault(const struct question *q)
{
	for (size_t i = 0; q->kind == Q_MATCHING && i < q->n_translations; i++)
		if (right_sides_differ(q, &q->translations[i]))
			return N_("Right sides that are different in one language must be different in the others, too.");
	return NULL;
}

/* ── in ── */

static struct str text_in(struct ctx *cx, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

static double number_in(const json_t *o, const char *key)
{
	return json_number_value(json_object_get(o, key));
}

static int64_t whole_in(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static void read_options(struct ctx *cx, const json_t *list, struct quiz_option **v, size_t *n)
{
	const json_t *o;
	size_t i;
	json_array_foreach (list, i, o)
		*(struct quiz_option *)arena_push(cx->arena, v, n, sizeof **v) = (struct quiz_option){ text_in(cx, o, "id"), text_in(cx, o, "text"), text_in(cx, o, "area") };
}

enum err quiz_load_asked(struct ctx *cx, struct str kind, struct str json, struct quiz_asked *ret)
{
	struct quiz_asked q = { 0 };
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	if (!json_is_object(root) || !question_kind_of(kind, &q.kind)) {
		json_decref(root);
		return ERR_INTERNAL;
	}
	q.text = text_in(cx, root, "text");
	read_options(cx, json_object_get(root, "options"), &q.options, &q.n_options);
	read_options(cx, json_object_get(root, "lefts"), &q.lefts, &q.n_lefts);
	const json_t *picture = json_object_get(root, "picture");
	q.alt = text_in(cx, picture, "alt");
	q.width = whole_in(picture, "width");
	q.height = whole_in(picture, "height");
	q.words = whole_in(root, "words");
	json_decref(root);
	*ret = q;
	return OK;
}

static void read_key(struct ctx *cx, const json_t *root, struct quiz_key *k)
{
	const json_t *o;
	size_t i;
	json_array_foreach (json_object_get(root, "options"), i, o)
		*ARENA_PUSH(cx->arena, k->options, k->n_options) =
			(struct key_option){ text_in(cx, o, "id"), text_in(cx, o, "feedback"), number_in(o, "weight"), text_in(cx, o, "lang") };
	json_array_foreach (json_object_get(root, "numbers"), i, o)
		*ARENA_PUSH(cx->arena, k->numbers, k->n_numbers) = (struct question_number){
			number_in(o, "value"), number_in(o, "tolerance"), number_in(o, "weight"), text_in(cx, o, "feedback"), 0 };
	json_array_foreach (json_object_get(root, "pairs"), i, o)
		*ARENA_PUSH(cx->arena, k->pairs, k->n_pairs) = (struct key_pair){ text_in(cx, o, "left"), text_in(cx, o, "right") };
	json_array_foreach (json_object_get(root, "order"), i, o)
		*ARENA_PUSH(cx->arena, k->order.v, k->order.n) = str_dup(cx->arena, (struct str){ json_string_value(o), json_string_length(o) });
	json_array_foreach (json_object_get(root, "rubric"), i, o)
		*ARENA_PUSH(cx->arena, k->rubric, k->n_rubric) = (struct question_criterion){ text_in(cx, o, "name"), number_in(o, "points"), text_in(cx, o, "about") };
	k->whole = json_is_true(json_object_get(root, "whole"));
	k->sample = text_in(cx, root, "sample");
	k->general = text_in(cx, root, "general");
}

enum err quiz_load_key(struct ctx *cx, struct str kind, struct str json, struct quiz_key *ret)
{
	struct quiz_key k = { 0 };
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	bool good = json_is_object(root) && question_kind_of(kind, &k.kind);
	if (good) {
		read_key(cx, root, &k);
		*ret = k;
	}
	json_decref(root);
	return good ? OK : ERR_INTERNAL;
}

static void read_words(struct ctx *cx, const json_t *root, struct quiz_key *k)
{
	const json_t *o;
	size_t i;
	json_array_foreach (json_object_get(root, "options"), i, o)
		for (size_t x = 0; x < k->n_options; x++)
			if (str_eq(k->options[x].id, text_in(cx, o, "id")))
				k->options[x].feedback = text_in(cx, o, "feedback");
	json_array_foreach (json_object_get(root, "numbers"), i, o)
		if (i < k->n_numbers)
			k->numbers[i].feedback = text_in(cx, o, "feedback");
	json_array_foreach (json_object_get(root, "rubric"), i, o)
		if (i < k->n_rubric) {
			k->rubric[i].name = text_in(cx, o, "name");
			k->rubric[i].about = text_in(cx, o, "about");
		}
	k->sample = text_in(cx, root, "sample");
	k->general = text_in(cx, root, "general");
}

enum err quiz_load_feedback(struct ctx *cx, struct str json, struct quiz_key *key)
{
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	bool good = json_is_object(root);
	if (good)
		read_words(cx, root, key);
	json_decref(root);
	return good ? OK : ERR_INTERNAL;
}
