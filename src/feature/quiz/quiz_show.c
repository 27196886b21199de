/* How a question is shown; see quiz_show.h. */
#include "feature/quiz/quiz_show.h"

/* splitmix64 (Steele, Lea, Flood, 2014). The order of options need not be secret: their ids tell nothing. It must only stay the same
 * for an attempt and differ between neighbours. */
static uint64_t next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static void shuffle(struct quiz_choice *v, size_t n, uint64_t seed)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)(next(&seed) % i);
		struct quiz_choice x = v[i - 1];
		v[i - 1] = v[k];
		v[k] = x;
	}
}

static bool is_given(const struct strs *given, struct str id)
{
	for (size_t i = 0; i < given->n; i++)
		if (str_eq(given->v[i], id))
			return true;
	return false;
}

static struct quiz_choice *choice_of(struct quiz_choice *v, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].id, id))
			return &v[i];
	return NULL;
}

/* Which right side was chosen for a left one. */
static void show_left(struct quiz_shown *s, struct quiz_choice *left)
{
	for (size_t i = 0; i < s->given.n; i++) {
		struct str right = s->given.v[i], id;
		if (!str_cut(&right, '=', &id) || !str_eq(id, left->id))
			continue;
		const struct quiz_choice *chosen = choice_of(s->options, s->n_options, right);
		left->mine = chosen != NULL;
		left->chosen = right;
		left->chosen_text = chosen ? chosen->text : S("");
	}
}

int64_t quiz_place(const struct strs *given, struct str id)
{
	int64_t n;
	for (size_t i = 0; i < given->n; i++) {
		struct str place = given->v[i], left;
		if (str_eq(place, id))
			return (int64_t)i + 1;
		if (str_cut(&place, '=', &left) && str_eq(left, id) && str_int(place, &n))
			return n;
	}
	return 0;
}

/* Those with a place by it, then the others as they stand. */
static void by_places(struct quiz_choice *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k].place && (!v[k - 1].place || v[k].place < v[k - 1].place); k--) {
			struct quiz_choice x = v[k];
			v[k] = v[k - 1];
			v[k - 1] = x;
		}
}

void quiz_show(struct arena *a, const struct quiz_asked *q, const struct strs *given, uint64_t seed, struct quiz_shown *ret)
{
	bool chosen = q->kind != Q_MATCHING && q->kind != Q_ORDERING;
	struct quiz_shown s = { .kind = q->kind, .text = q->text, .alt = q->alt, .width = q->width, .height = q->height, .words = q->words,
				.n_options = q->n_options, .n_lefts = q->n_lefts, .given = *given };
	s.options = ARENA_ARRAY(a, struct quiz_choice, q->n_options);
	for (size_t i = 0; i < q->n_options; i++)
		s.options[i] = (struct quiz_choice){ .id = q->options[i].id, .text = q->options[i].text, .area = q->options[i].area,
						     .mine = chosen && is_given(given, q->options[i].id),
						     .place = q->kind == Q_ORDERING ? quiz_place(given, q->options[i].id) : 0 };
	if (q->kind != Q_TRUEFALSE)
		shuffle(s.options, s.n_options, seed);
	if (q->kind == Q_ORDERING)
		by_places(s.options, s.n_options);
	s.lefts = ARENA_ARRAY(a, struct quiz_choice, q->n_lefts);
	for (size_t i = 0; i < q->n_lefts; i++) {
		s.lefts[i] = (struct quiz_choice){ .id = q->lefts[i].id, .text = q->lefts[i].text };
		show_left(&s, &s.lefts[i]);
	}
	*ret = s;
}

/* ── what is right ── */

static void reveal_options(struct quiz_shown *s, const struct quiz_key *k)
{
	for (size_t i = 0; i < k->n_options; i++) {
		struct quiz_choice *c = choice_of(s->options, s->n_options, k->options[i].id);
		if (!c)
			continue;
		c->right = k->kind == Q_MULTIPLE ? k->options[i].weight > 0 : k->options[i].weight >= 100;
		c->feedback = c->mine ? k->options[i].feedback : S("");
	}
}

static void reveal_lefts(struct quiz_shown *s, const struct quiz_key *k)
{
	for (size_t i = 0; i < k->n_pairs; i++) {
		struct quiz_choice *left = choice_of(s->lefts, s->n_lefts, k->pairs[i].left);
		const struct quiz_choice *right = choice_of(s->options, s->n_options, k->pairs[i].right);
		if (!left || !right)
			continue;
		left->right = str_eq(left->chosen, right->id);
		left->best = right->text;
	}
}

static void reveal_order(struct quiz_shown *s, const struct quiz_key *k)
{
	for (size_t i = 0; i < s->n_options; i++) {
		struct quiz_choice *c = &s->options[i];
		c->right_place = quiz_place(&k->order, c->id);
		c->right = c->place == c->right_place;
	}
	for (size_t i = 1; i < s->n_options; i++)
		for (size_t x = i; x > 0 && s->options[x].right_place < s->options[x - 1].right_place; x--) {
			struct quiz_choice c = s->options[x];
			s->options[x] = s->options[x - 1];
			s->options[x - 1] = c;
		}
}

void quiz_reveal(struct arena *a, const struct quiz_key *k, struct quiz_shown *s)
{
	struct quiz_mark mark = quiz_mark(a, k, &s->given);
	s->revealed = true;
	s->part = mark.part;
	s->feedback = mark.feedback;
	s->general = k->general;
	if (k->kind == Q_MATCHING) {
		reveal_lefts(s, k);
	} else if (k->kind == Q_ORDERING) {
		reveal_order(s, k);
	} else if (k->kind == Q_NUMERIC || k->kind == Q_SHORT) {
		struct strs right = quiz_right(a, k);
		s->best = right.n ? right.v[0] : S("");
	} else if (k->kind == Q_LONG) {
		s->best = k->sample;
	} else {
		reveal_options(s, k);
	}
}
