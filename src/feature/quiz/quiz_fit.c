/* What was given, as JSON and against the question; see quiz_store.h. */
#include "feature/quiz/quiz_store.h"
#include "base/json.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>

/* Each byte of a long answer may need six in JSON. */
enum { GIVEN_JSON_MAX = 2 << 20 };

struct str quiz_write_given(struct arena *a, const struct strs *given)
{
	struct buf b;
	if (!given->n)
		return STR_NONE;
	buf_init(&b, a, GIVEN_JSON_MAX);
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

/* Steps with their places, as a form sends them, in the order of the places. */
struct placed {
	struct str id;
	int64_t place;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	return (x->place > y->place) - (x->place < y->place);
}

static const char one_place_each[] = N_("Question {n}: give each step a place of its own.");

static const char *fit_places(struct arena *a, const struct strs *given, struct strs *ret)
{
	struct placed *v = ARENA_ARRAY(a, struct placed, given->n);
	size_t n = 0;
	for (size_t i = 0; i < given->n; i++) {
		struct str place = given->v[i];
		(void)str_cut(&place, '=', &v[n].id);
		if (!place.n)
			continue;
		if (!str_int(place, &v[n++].place))
			return one_place_each;
	}
	qsort(v, n, sizeof *v, by_place);
	for (size_t i = 0; i < n; i++) {
		if (i && v[i].place == v[i - 1].place)
			return one_place_each;
		*ARENA_PUSH(a, ret->v, ret->n) = v[i].id;
	}
	return NULL;
}

static const char *fit_ordering(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	const char *wrong = NULL;
	struct strs ids = *given;
	if (str_index(given->v[0], '=') >= 0) {
		ids = (struct strs){ 0 };
		wrong = fit_places(a, given, &ids);
	}
	for (size_t i = 0; !wrong && i < ids.n; i++) {
		if (!has_id(q->options, q->n_options, ids.v[i]))
			wrong = no_such_option;
		else if (holds(ret, ids.v[i]))
			wrong = one_place_each;
		*ARENA_PUSH(a, ret->v, ret->n) = ids.v[i];
	}
	return wrong;
}

static const char *fit_long(struct arena *a, const struct strs *given, struct strs *ret)
{
	if (given->n > 1)
		return N_("Question {n}: only one answer can be given.");
	if (given->v[0].n > GIVEN_LONG_MAX)
		return N_("Question {n}: the answer is too long.");
	if (str_trim(given->v[0]).n)
		*ARENA_PUSH(a, ret->v, ret->n) = given->v[0];
	return NULL;
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

static const char *fit(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	switch (q->kind) {
	case Q_MATCHING:
		return fit_matching(a, q, given, ret);
	case Q_NUMERIC:
	case Q_SHORT:
		return fit_typed(a, q, given, ret);
	case Q_ORDERING:
		return fit_ordering(a, q, given, ret);
	case Q_LONG:
		return fit_long(a, given, ret);
	case Q_CASE:
		return N_("Question {n}: a case has questions of its own; answer these.");
	default:
		return fit_choice(a, q, given, ret);
	}
}

const char *quiz_fit(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret)
{
	struct strs r = { 0 };
	const char *wrong = NULL;
	if (given->n > GIVEN_MAX)
		wrong = N_("Question {n}: the answer is too long.");
	else if (given->n)
		wrong = fit(a, q, given, &r);
	if (!wrong)
		*ret = r;
	return wrong;
}
