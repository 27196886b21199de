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

static void ask_matching(struct ctx *cx, const struct question *q, struct quiz_asked *ret)
{
	for (size_t i = 0; i < q->n_options; i++) {
		*ARENA_PUSH(cx->arena, ret->options, ret->n_options) = (struct quiz_option){ .text = q->options[i].match };
		struct str id = str_fmt(cx->arena, "%zu", ret->n_lefts + 1);
		if (q->options[i].text.n)
			*ARENA_PUSH(cx->arena, ret->lefts, ret->n_lefts) = (struct quiz_option){ id, q->options[i].text };
	}
	name_options(cx->arena, ret->options, &ret->n_options);
}

static struct quiz_asked ask(struct ctx *cx, const struct question *q)
{
	struct quiz_asked r = { .kind = q->kind, .text = q->text };
	if (q->kind == Q_MATCHING) {
		ask_matching(cx, q, &r);
	} else if (q->kind == Q_SINGLE || q->kind == Q_MULTIPLE || q->kind == Q_TRUEFALSE) {
		for (size_t i = 0; i < q->n_options; i++)
			*ARENA_PUSH(cx->arena, r.options, r.n_options) = (struct quiz_option){ q->options[i].text, q->options[i].text };
		if (q->kind != Q_TRUEFALSE)
			name_options(cx->arena, r.options, &r.n_options);
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
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void write_weight(struct json_out *j, double weight, struct str feedback)
{
	jw_key(j, "weight");
	jw_real(j, weight);
	jw_key(j, "feedback");
	jw_str(j, feedback.p ? feedback : S(""));
}

/* An option of a choice by its id, an accepted text by itself. */
static void write_key_option(struct json_out *j, const struct question *q, const struct quiz_asked *asked, const struct question_option *o)
{
	jw_open(j, '{');
	jw_key(j, "id");
	jw_str(j, q->kind == Q_SHORT ? o->text : id_of(asked, o->text));
	write_weight(j, o->weight, o->feedback);
	jw_close(j, '}');
}

static void write_number(struct json_out *j, const struct question_number *x)
{
	jw_open(j, '{');
	jw_key(j, "value");
	jw_real(j, x->value);
	jw_key(j, "tolerance");
	jw_real(j, x->tolerance);
	write_weight(j, x->weight, x->feedback);
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

static void write_key(struct json_out *j, const struct question *q, const struct quiz_asked *asked)
{
	jw_open(j, '{');
	jw_key(j, q->kind == Q_MATCHING ? "pairs" : q->kind == Q_NUMERIC ? "numbers" : "options");
	jw_open(j, '[');
	if (q->kind == Q_MATCHING)
		write_pairs(j, q, asked);
	for (size_t i = 0; q->kind != Q_MATCHING && i < q->n_options; i++)
		write_key_option(j, q, asked, &q->options[i]);
	for (size_t i = 0; i < q->n_numbers; i++)
		write_number(j, &q->numbers[i]);
	jw_close(j, ']');
	jw_key(j, "general");
	jw_str(j, q->general_feedback.p ? q->general_feedback : S(""));
	jw_close(j, '}');
}

void quiz_store(struct ctx *cx, const struct question *q, struct str *ret_asked, struct str *ret_key)
{
	struct quiz_asked asked = ask(cx, q);
	struct buf a, k;
	buf_init(&a, cx->arena, STORED_MAX);
	buf_init(&k, cx->arena, STORED_MAX);
	struct json_out j = { .b = &a };
	jw_open(&j, '{');
	jw_key(&j, "text");
	jw_str(&j, asked.text);
	write_options(&j, "options", asked.options, asked.n_options);
	write_options(&j, "lefts", asked.lefts, asked.n_lefts);
	jw_close(&j, '}');
	j = (struct json_out){ .b = &k };
	write_key(&j, q, &asked);
	/* The source of a question is at most TEXT_MAX. */
	BUG_IF(a.full || k.full);
	*ret_asked = buf_get(&a);
	*ret_key = buf_get(&k);
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

static bool kind_of(struct str name, enum question_kind *ret)
{
	for (int k = Q_SINGLE; k <= Q_MATCHING; k++)
		if (str_is(name, question_kind_name((enum question_kind)k))) {
			*ret = (enum question_kind)k;
			return true;
		}
	return false;
}

static void read_options(struct ctx *cx, const json_t *list, struct quiz_option **v, size_t *n)
{
	const json_t *o;
	size_t i;
	json_array_foreach (list, i, o)
		*(struct quiz_option *)arena_push(cx->arena, v, n, sizeof **v) = (struct quiz_option){ text_in(cx, o, "id"), text_in(cx, o, "text") };
}

enum err quiz_load_asked(struct ctx *cx, struct str kind, struct str json, struct quiz_asked *ret)
{
	struct quiz_asked q = { 0 };
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	if (!json_is_object(root) || !kind_of(kind, &q.kind)) {
		json_decref(root);
		return ERR_INTERNAL;
	}
	q.text = text_in(cx, root, "text");
	read_options(cx, json_object_get(root, "options"), &q.options, &q.n_options);
	read_options(cx, json_object_get(root, "lefts"), &q.lefts, &q.n_lefts);
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
			(struct key_option){ text_in(cx, o, "id"), text_in(cx, o, "feedback"), number_in(o, "weight") };
	json_array_foreach (json_object_get(root, "numbers"), i, o)
		*ARENA_PUSH(cx->arena, k->numbers, k->n_numbers) = (struct question_number){
			number_in(o, "value"), number_in(o, "tolerance"), number_in(o, "weight"), text_in(cx, o, "feedback"), 0 };
	json_array_foreach (json_object_get(root, "pairs"), i, o)
		*ARENA_PUSH(cx->arena, k->pairs, k->n_pairs) = (struct key_pair){ text_in(cx, o, "left"), text_in(cx, o, "right") };
	k->general = text_in(cx, root, "general");
}

enum err quiz_load_key(struct ctx *cx, struct str kind, struct str json, struct quiz_key *ret)
{
	struct quiz_key k = { 0 };
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	bool good = json_is_object(root) && kind_of(kind, &k.kind);
	if (good) {
		read_key(cx, root, &k);
		*ret = k;
	}
	json_decref(root);
	return good ? OK : ERR_INTERNAL;
}

/* ── answers ── */

struct str quiz_write_given(struct arena *a, const struct strs *given)
{
	struct buf b;
	if (!given->n)
		return STR_NONE;
	buf_init(&b, a, STORED_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < given->n; i++)
		jw_str(&j, given->v[i]);
	jw_close(&j, ']');
	return buf_get(&b);
}

bool quiz_read_given(struct arena *a, struct str json, struct strs *ret)
{
	struct strs r = { 0 };
	const json_t *v;
	size_t i;
	if (!json.n) {
		*ret = r;
		return true;
	}
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	bool good = json_is_array(root);
	json_array_foreach (root, i, v) {
		good = good && json_is_string(v);
		if (good)
			*ARENA_PUSH(a, r.v, r.n) = str_dup(a, (struct str){ json_string_value(v), json_string_length(v) });
	}
	json_decref(root);
	if (good)
		*ret = r;
	return good;
}

static bool has_id(const struct quiz_option *v, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].id, id))
			return true;
	return false;
}

static bool holds(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return true;
	return false;
}

static const char no_such_option[] = N_("Question {n}: the answer names an option that is not there.");

/* In the order of the options, each once. */
static const char *fit_choice(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	for (size_t i = 0; i < given->n; i++)
		if (!has_id(q->options, q->n_options, given->v[i]))
			return no_such_option;
	for (size_t i = 0; i < q->n_options; i++)
		if (holds(given, q->options[i].id))
			*ARENA_PUSH(a, ret->v, ret->n) = q->options[i].id;
	return ret->n > 1 && q->kind != Q_MULTIPLE ? N_("Question {n}: only one option can be chosen.") : NULL;
}

static const char *fit_typed(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	double x;
	if (given->n > 1)
		return N_("Question {n}: only one answer can be given.");
	struct str typed = str_trim(given->v[0]);
	if (!typed.n)
		return NULL;
	if (utf8_length(typed) > GIVEN_TEXT_MAX)
		return N_("Question {n}: the answer is too long.");
	if (q->kind == Q_NUMERIC && !quiz_number(a, typed, &x))
		return N_("Question {n}: answer with a number alone, such as 48 or 2.5.");
	*ARENA_PUSH(a, ret->v, ret->n) = typed;
	return NULL;
}

/* In the order of the left sides, each once; a left side without a right one is left out. */
static const char *fit_matching(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	size_t used = 0;
	for (size_t i = 0; i < q->n_lefts; i++) {
		size_t before = ret->n;
		for (size_t j = 0; j < given->n; j++) {
			struct str right = given->v[j], left;
			if (!str_cut(&right, '=', &left) || !str_eq(left, q->lefts[i].id))
				continue;
			used++;
			if (right.n && !has_id(q->options, q->n_options, right))
				return no_such_option;
			if (right.n)
				*ARENA_PUSH(a, ret->v, ret->n) = given->v[j];
		}
		if (ret->n > before + 1)
			return N_("Question {n}: each left side takes one right side.");
	}
	return used < given->n ? no_such_option : NULL;
}

const char *quiz_fit(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	struct strs r = { 0 };
	const char *wrong = NULL;
	if (given->n > GIVEN_MAX)
		wrong = N_("Question {n}: the answer is too long.");
	else if (given->n && q->kind == Q_MATCHING)
		wrong = fit_matching(a, q, given, &r);
	else if (given->n && (q->kind == Q_NUMERIC || q->kind == Q_SHORT))
		wrong = fit_typed(a, q, given, &r);
	else if (given->n)
		wrong = fit_choice(a, q, given, &r);
	if (!wrong)
		*ret = r;
	return wrong;
}
