/* What the person of an attempt sees of it; see quiz.h. The key is asked for only where quiz.sql's `keys` gives it. */
#include "feature/quiz/quiz.h"

#include <math.h>

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

static enum err show(struct ctx *cx, int64_t attempt_id, const struct quiz_answers_row *row, struct quiz_shown *s)
{
	struct quiz_asked q;
	TRY(quiz_load_asked(cx, row->kind, row->asked, &q));
	*s = (struct quiz_shown){ .question_id = row->question_id, .n = row->n, .kind = q.kind, .text = q.text, .n_options = q.n_options, .n_lefts = q.n_lefts };
	if (!quiz_read_given(cx->arena, row->given, &s->given))
		return ERR_INTERNAL;
	s->options = ARENA_ARRAY(cx->arena, struct quiz_choice, q.n_options);
	for (size_t i = 0; i < q.n_options; i++)
		s->options[i] = (struct quiz_choice){ .id = q.options[i].id, .text = q.options[i].text,
						      .mine = q.kind != Q_MATCHING && is_given(&s->given, q.options[i].id) };
	if (q.kind != Q_TRUEFALSE)
		shuffle(s->options, s->n_options, (uint64_t)attempt_id ^ ((uint64_t)row->question_id << 17));
	s->lefts = ARENA_ARRAY(cx->arena, struct quiz_choice, q.n_lefts);
	for (size_t i = 0; i < q.n_lefts; i++) {
		s->lefts[i] = (struct quiz_choice){ .id = q.lefts[i].id, .text = q.lefts[i].text };
		show_left(s, &s->lefts[i]);
	}
	return OK;
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

static enum err reveal(struct ctx *cx, const struct quiz_keys_row *row, struct quiz_shown *s)
{
	struct quiz_key k;
	TRY(quiz_load_key(cx, row->kind, row->answer_key, &k));
	struct quiz_mark mark = quiz_mark(cx->arena, &k, &s->given);
	s->revealed = true;
	s->part = mark.part;
	s->feedback = mark.feedback;
	s->general = k.general;
	if (k.kind == Q_MATCHING) {
		reveal_lefts(s, &k);
	} else if (k.kind == Q_NUMERIC || k.kind == Q_SHORT) {
		struct strs right = quiz_right(cx->arena, &k);
		s->best = right.n ? right.v[0] : S("");
	} else {
		reveal_options(s, &k);
	}
	return OK;
}

static enum err reveal_final(struct ctx *cx, int64_t attempt_id, struct quiz_attempt *a)
{
	struct quiz_keys_row *keys;
	size_t n, at = 0;
	TRY(quiz_sql_keys(cx, cx->actor.person_id, attempt_id, &keys, &n));
	for (size_t i = 0; i < a->n_questions && at < n; i++)
		if (keys[at].n == a->questions[i].n)
			TRY(reveal(cx, &keys[at++], &a->questions[i]));
	return OK;
}

enum err quiz_attempt(struct ctx *cx, int64_t attempt_id, struct quiz_attempt *ret)
{
	struct quiz_attempt a = { 0 };
	struct quiz_answers_row *rows;
	struct quiz_one_row quiz;
	bool found = false;
	TRY(quiz_sql_attempt(cx, cx->actor.person_id, attempt_id, &a.row, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "attempt_id", N_("There is no such attempt of yours."));
	TRY(quiz_sql_one(cx, a.row.resource_id, &quiz, &found));
	a.feedback = quiz.feedback;
	TRY(quiz_sql_answers(cx, cx->actor.person_id, attempt_id, &rows, &a.n_questions));
	a.questions = ARENA_ARRAY(cx->arena, struct quiz_shown, a.n_questions);
	for (size_t i = 0; i < a.n_questions; i++)
		TRY(show(cx, attempt_id, &rows[i], &a.questions[i]));
	/* Checked answers are final, but an author may have turned to "end" in the meantime: then they wait like the others. */
	if (str_is(a.feedback, "each") || (str_is(a.feedback, "end") && a.row.submitted_at != NONE))
		TRY(reveal_final(cx, attempt_id, &a));
	*ret = a;
	return OK;
}
