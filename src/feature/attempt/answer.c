/* Answers as they arrive: in time, doubled, late, forged; see attempt.h. */
#include "feature/attempt/attempt.h"
#include "feature/attempt/adaptive_paper.h"
#include "feature/attempt/seal.h"
#include "feature/exam/form.h"

static const char *const fates[] = {
	[FATE_KEPT] = "kept",	  [FATE_LATE] = "late",		  [FATE_OLDER] = "older",   [FATE_OVER] = "over",
	[FATE_CLOSED] = "closed", [FATE_ELSEWHERE] = "elsewhere", [FATE_FORGED] = "forged", [FATE_MISFIT] = "misfit",
};
const char *attempt_fate_name(enum attempt_fate f)
{
	return fates[f];
}

int64_t attempt_first_seq(int64_t greatest)
{
	return (greatest / 1000 + 1) * 1000;
}

struct saving {
	struct attempt_one_row row;
	const struct exam_form *form;
	bool here, in_time; /* from the device that has it; before the end of the grace */
	bool changed;	    /* an answer of a closed paper */
};

enum err attempt_note_own(struct ctx *cx, const struct attempt_one_row *a, const char *kind)
{
	struct attempt_noted_row noted;
	TRY(attempt_sql_noted(cx, a->taker_id, a->id, NOTED_FROM, &noted));
	if (noted.n >= NOTED_MAX)
		return OK;
	return attempt_sql_note(cx, a->taker_id, a->id, NOTED_FROM + noted.n, str_of(kind), cx->now, 0, NULL);
}

/* ── when it was given ── */

static int64_t within(int64_t x, int64_t least, int64_t most)
{
	return x > most ? most : x < least ? least : x;
}

/* By the device, cut to what is possible; without its word: now. */
static int64_t said_at(const struct ctx *cx, const struct attempt_one_row *a, const struct attempt_give *g)
{
	if (g->elapsed_ms == NONE || !g->seal.n)
		return cx->now;
	int64_t most = cx->now - a->opened_at;
	return a->opened_at + within(g->elapsed_ms, 0, most > 0 ? most : 0);
}

/* Whether it still counts. After the end it is not asked which device it was: nobody can take the paper to another one any more. */
static enum err judge(struct ctx *cx, const struct saving *s, const struct attempt_give *g, int64_t *at, struct attempt_kept *k)
{
	const struct attempt_one_row *a = &s->row;
	struct attempt_said_until_row earlier;
	if (s->in_time) {
		k->fate = s->here || (g->seal.n && *at <= a->device_at) ? FATE_KEPT : FATE_ELSEWHERE;
		return OK;
	}
	TRY(attempt_sql_said_until(cx, a->taker_id, a->id, g->seq, &earlier));
	*at = within(*at, earlier.at, cx->now);
	k->fate = g->seal.n && *at <= a->ends_at && cx->now <= a->ends_at + LATE_HOURS * HOUR ? FATE_LATE : FATE_OVER;
	return OK;
}

/* ── one answer ── */

/* In the one form that such an answer has. */
static const char *fit(struct ctx *cx, const struct form_item *item, const struct attempt_give *g, struct str *ret)
{
	struct strs given = { 0 };
	if (!item)
		return N_("There is no such question on this paper.");
	const char *wrong = quiz_fit(cx->arena, &item->asked, &g->given, &given);
	*ret = quiz_write_given(cx->arena, &given);
	return wrong;
}

static int64_t spent(const struct ctx *cx, const struct attempt_one_row *a, int64_t ms)
{
	int64_t most = cx->now - a->opened_at;
	return ms == NONE ? 0 : within(ms, 0, most > 0 ? most : 0);
}

/* Another holds, or this very one that came before. */
static enum err look_again(struct ctx *cx, const struct attempt_one_row *a, const struct attempt_give *g, struct attempt_kept *k)
{
	struct attempt_answer_row held;
	bool found = false;
	TRY(attempt_sql_answer(cx, a->taker_id, a->id, g->n, &held, &found));
	if (found && held.seq == g->seq)
		k->fate = FATE_KEPT;
	else if (found && held.seq > g->seq)
		k->fate = FATE_OLDER;
	return OK;
}

static enum err keep(struct ctx *cx, struct saving *s, const struct attempt_give *g, int64_t at, struct attempt_kept *k)
{
	const struct attempt_one_row *a = &s->row;
	const struct form_item *item = exam_form_item(s->form, g->n);
	int64_t changed = 0;
	struct str given;
	k->why = fit(cx, item, g, &given);
	if (k->why) {
		k->fate = FATE_MISFIT;
		return OK;
	}
	TRY(attempt_sql_save(cx, a->taker_id, a->id, g->n, item->item_id, item->version, given, at, cx->now, g->seq, k->fate == FATE_LATE,
			     spent(cx, a, g->spent_ms), &changed));
	if (!changed)
		return look_again(cx, a, g, k);
	s->changed |= k->fate == FATE_LATE;
	return OK;
}

static enum err save_one(struct ctx *cx, struct saving *s, const struct attempt_give *g, struct attempt_kept *k)
{
	const struct attempt_one_row *a = &s->row;
	*k = (struct attempt_kept){ .n = g->n, .seq = g->seq, .fate = FATE_KEPT };
	if (g->seal.n && !seal_is(cx->arena, a->secret, &(struct sealed){ a->id, g->n, g->seq, g->elapsed_ms, &g->given }, g->seal)) {
		k->fate = FATE_FORGED;
		return attempt_note_own(cx, a, "forged");
	}
	if (str_is(a->closed_by, "taker")) {
		k->fate = FATE_CLOSED;
		return look_again(cx, a, g, k);
	}
	if (a->pool) {
		bool waits = false;
		TRY(adaptive_paper_judge(cx, a, g, k, &waits));
		if (!waits)
			return OK;
	}
	int64_t at = said_at(cx, a, g);
	TRY(judge(cx, s, g, &at, k));
	return k->fate == FATE_KEPT || k->fate == FATE_LATE ? keep(cx, s, g, at, k) : look_again(cx, a, g, k);
}

/* ── a message ── */

enum err attempt_save(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct attempt_give *v, size_t n, struct attempt_kept *ret,
		      struct attempt_one_row *ret_row)
{
	struct saving s = { 0 };
	TRY(attempt_find(cx, t.id, attempt_id, &s.row));
	TRY(exam_form_load(cx, s.row.form_id, s.row.lang, &s.form));
	bool open = str_is(s.row.state, "open");
	s.here = attempt_is_here(cx, t, &s.row);
	s.in_time = open && !attempt_is_over(cx, &s.row);
	for (size_t i = 0; i < n; i++)
		TRY(save_one(cx, &s, &v[i], &ret[i]));
	*ret_row = s.row;
	if (open && !s.in_time)
		return attempt_close(cx, t.id, attempt_id, "clock");
	if (open && s.row.pool)
		return adaptive_paper_go_on(cx, &s.row);
	return s.changed ? attempt_settle(cx, t.id, attempt_id) : OK;
}

/* ── what the device noticed ── */

static bool is_known(struct str kind)
{
	static const char *const words[] = { "left", "back", "copied", "pasted", "line-down", "line-up" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(kind, words[i]))
			return true;
	return false;
}

/* Who watches over a room sees when a device was last heard of. */
static bool may_be_in_a_room(const struct attempt_one_row *a)
{
	return str_is(a->kind, "proctored") || str_is(a->kind, "comprehensive");
}

enum err attempt_note(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct attempt_event *v, size_t n, struct attempt_one_row *ret_row)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, t.id, attempt_id, &a));
	int64_t most = cx->now - a.opened_at;
	most = most > 0 ? most : 0;
	for (size_t i = 0; str_is(a.state, "open") && i < n && i < EVENTS_MAX; i++) {
		int64_t at = v[i].elapsed_ms == NONE ? most : within(v[i].elapsed_ms, 0, most);
		if (v[i].seq < 1 || v[i].seq > EVENTS_MAX || !is_known(v[i].kind))
			continue;
		TRY(attempt_sql_note(cx, t.id, attempt_id, v[i].seq, v[i].kind, a.opened_at + at, v[i].ms == NONE ? 0 : within(v[i].ms, 0, most), NULL));
	}
	*ret_row = a;
	return str_is(a.state, "open") && may_be_in_a_room(&a) ? attempt_sql_sign(cx, t.id, attempt_id, cx->now, NULL) : OK;
}
