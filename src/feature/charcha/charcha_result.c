/* What came of a charcha; see charcha_result.h. */
#include "feature/charcha/charcha_result.h"
#include "base/utf8.h"

struct seeking {
	const struct charcha_sought *in;
	struct charcha_result *r;
	struct arena *keep; /* that of cx goes back after every row */
	struct str words;
	int64_t *with; /* groups that have the words in a commitment */
	size_t n_with;
};

static bool has_words(struct ctx *cx, const struct seeking *s, struct str text)
{
	return str_find(utf8_fold(cx->arena, text), s->words) >= 0;
}

static enum err keep_commitment(struct ctx *cx, void *arg, const void *row)
{
	struct seeking *s = arg;
	struct charcha_result_commitments_row c = *(const struct charcha_result_commitments_row *)row;
	if (s->words.n && (has_words(cx, s, c.words) || has_words(cx, s, c.said)))
		*(int64_t *)arena_push(s->keep, &s->with, &s->n_with, sizeof *s->with) = c.group_id;
	c.words = str_dup(s->keep, c.words);
	c.said = str_dup(s->keep, c.said);
	c.state = str_dup(s->keep, c.state);
	c.owner = str_dup(s->keep, c.owner);
	c.org_en = str_dup(s->keep, c.org_en);
	c.org_hi = str_dup(s->keep, c.org_hi);
	*ARENA_PUSH(s->keep, s->r->commitments, s->r->n_commitments) = c;
	return OK;
}

static enum err keep_group(struct ctx *cx, void *arg, const void *row)
{
	struct seeking *s = arg;
	struct charcha_result_groups_row g = *(const struct charcha_result_groups_row *)row;
	bool found = !s->words.n || has_words(cx, s, g.conclusions);
	for (size_t i = 0; i < s->n_with && !found; i++)
		found = s->with[i] == g.id;
	if (!found || s->r->next != NONE)
		return OK;
	if (s->r->n_groups == s->in->most) {
		s->r->next = s->r->groups[s->r->n_groups - 1].n;
		return OK;
	}
	g.conclusions = str_dup(s->keep, g.conclusions);
	*ARENA_PUSH(s->keep, s->r->groups, s->r->n_groups) = g;
	return OK;
}

static void copy_out(struct ctx *cx, struct charcha_result *r)
{
	struct charcha_result_groups_row *g = ARENA_ARRAY(cx->arena, struct charcha_result_groups_row, r->n_groups);
	struct charcha_result_commitments_row *k = ARENA_ARRAY(cx->arena, struct charcha_result_commitments_row, r->n_commitments);
	for (size_t i = 0; i < r->n_groups; i++) {
		g[i] = r->groups[i];
		g[i].conclusions = str_dup(cx->arena, g[i].conclusions);
	}
	for (size_t i = 0; i < r->n_commitments; i++) {
		k[i] = r->commitments[i];
		k[i].words = str_dup(cx->arena, k[i].words);
		k[i].said = str_dup(cx->arena, k[i].said);
		k[i].state = str_dup(cx->arena, k[i].state);
		k[i].owner = str_dup(cx->arena, k[i].owner);
		k[i].org_en = str_dup(cx->arena, k[i].org_en);
		k[i].org_hi = str_dup(cx->arena, k[i].org_hi);
	}
	r->groups = g;
	r->commitments = k;
}

enum err charcha_result(struct ctx *cx, const struct charcha_sought *in, struct charcha_result *ret)
{
	struct seeking s = { .in = in, .r = ret };
	*ret = (struct charcha_result){ .next = NONE };
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &ret->charcha));
	TRY(charcha_sql_result_figures(cx, cx->now, in->charcha_id, &ret->figures));
	struct arena *own = s.keep = arena_new();
	s.words = str_dup(own, utf8_fold(cx->arena, str_trim(in->words)));
	enum err e = charcha_sql_result_commitments(cx, in->charcha_id, keep_commitment, &s);
	if (e == OK)
		e = charcha_sql_result_groups(cx, in->charcha_id, in->after_n == NONE ? 0 : in->after_n, in->department_id, in->competency_id, keep_group, &s);
	copy_out(cx, ret);
	arena_free(own);
	return e;
}
