/* Signals in the browser and over the API, for who lays down examinations. */
#include "feature/integrity/integrity.h"
#include "feature/integrity/integrity_page.h"
#include "feature/integrity/signal_words.h"
#include "feature/org/org.h"
#include "signal_html.h"
#include "signals_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

static enum err exam_for(struct ctx *cx, int64_t org_id, int64_t exam_id, struct integrity_exam_row *ret)
{
	bool found = false;
	TRY(integrity_sql_exam(cx, exam_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
}

/* ── the signals of an examination ── */

struct list_in {
	int64_t org_id, exam_id, from;
};
static const struct field list_in[] = {
	FIELD(list_in, org_id, F_ID, .must = true),
	FIELD(list_in, exam_id, F_ID, .must = true),
	FIELD(list_in, from, F_INT, .max = 1000000),
	FIELD_END,
};
static const struct field signal_out[] = {
	FIELD(signal_view, id, F_ID),
	FIELD(signal_view, taker_id, F_ID),
	FIELD(signal_view, name, F_TEXT, .personal = true),
	FIELD(signal_view, other_name, F_TEXT, .personal = true),
	FIELD(signal_view, kind, F_TEXT),
	FIELD(signal_view, says, F_TEXT),
	FIELD(signal_view, value, F_REAL),
	FIELD(signal_view, of_n, F_INT),
	FIELD(signal_view, threshold, F_REAL),
	FIELD(signal_view, chance, F_REAL),
	FIELD(signal_view, expected, F_REAL),
	FIELD(signal_view, found, F_TEXT),
	FIELD(signal_view, note, F_TEXT, .personal = true),
	FIELD(signal_view, found_at, F_TIME),
	FIELD_END,
};

/* What all rows of signals have. */
static void put_texts(struct ctx *cx, struct signal_view *s)
{
	s->matter_of_chance = !isnan(s->chance);
	s->kind_name = signal_name(cx, s->kind);
	s->says = signal_says(cx, s->kind, s->value, s->of_n);
	s->chance_text = signal_chance(cx, s->chance);
	s->threshold_text = signal_threshold(cx, s->threshold, s->matter_of_chance);
	s->expected_text = signal_expected(cx, s->expected);
	s->found_name = signal_found(cx, s->found);
	s->decided = s->found.n > 0;
	s->pair = s->other_name.n > 0;
}

static enum err put_look(struct ctx *cx, struct signals_page *v)
{
	struct integrity_last_look_row last;
	struct integrity_done_look_row done;
	struct integrity_look_kinds_row *r;
	bool any = false;
	TRY(integrity_sql_last_look(cx, v->exam_id, &last, &any));
	v->running = any && last.done_at == NONE;
	TRY(integrity_sql_done_look(cx, v->exam_id, &done, &v->looked));
	if (!v->looked)
		return OK;
	v->looked_at = done.done_at;
	v->n_attempts = done.n_attempts;
	v->by_name = done.by_name;
	TRY(integrity_sql_look_kinds(cx, done.id, &r, &v->n_kinds));
	v->kinds = ARENA_ARRAY(cx->arena, struct look_line, v->n_kinds + 1);
	for (size_t i = 0; i < v->n_kinds; i++)
		v->kinds[i] = (struct look_line){ .tested = r[i].tested,
						  .found = r[i].found,
						  .expected = r[i].expected,
						  .kind = r[i].kind,
						  .kind_name = signal_name(cx, r[i].kind),
						  .expected_text = signal_expected(cx, r[i].expected) };
	return OK;
}

static enum err put_signals(struct ctx *cx, const struct list_in *in, struct signals_page *v, struct answer *a)
{
	struct integrity_of_exam_row *r;
	int64_t from = in->from == NONE ? 0 : in->from;
	size_t n;
	TRY(integrity_sql_of_exam(cx, in->exam_id, INTEGRITY_PAGE + 1, from, &r, &n));
	v->n_signals = n > INTEGRITY_PAGE ? INTEGRITY_PAGE : n;
	v->signals = ARENA_ARRAY(cx->arena, struct signal_view, v->n_signals + 1);
	for (size_t i = 0; i < v->n_signals; i++) {
		v->signals[i] = (struct signal_view){ .id = r[i].id,
						      .org_id = in->org_id,
						      .exam_id = in->exam_id,
						      .taker_id = r[i].taker_id,
						      .of_n = r[i].of_n,
						      .found_at = r[i].found_at,
						      .value = r[i].value,
						      .threshold = r[i].threshold,
						      .chance = r[i].chance,
						      .expected = r[i].expected,
						      .kind = r[i].kind,
						      .name = r[i].name.p ? r[i].name : str_of(tr(cx->lang, N_("a guest"))),
						      .other_name = r[i].other_name,
						      .seat = r[i].seat,
						      .room = r[i].room,
						      .found = r[i].found,
						      .note = r[i].note,
						      .found_by = r[i].found_by_name };
		put_texts(cx, &v->signals[i]);
	}
	if (n > INTEGRITY_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)(from + INTEGRITY_PAGE));
		v->next = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/signals?from=%.*s", (long long)in->org_id, (long long)in->exam_id, STR_ARG(a->next));
	}
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct signals_page *v = ARENA_NEW(cx->arena, struct signals_page);
	struct integrity_exam_row e;
	(void)state;
	TRY(exam_for(cx, in->org_id, in->exam_id, &e));
	v->org_id = in->org_id;
	v->exam_id = in->exam_id;
	v->exam = e.title;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_look(cx, v));
	TRY(put_signals(cx, in, v, a));
	ANSWER_ROWS(a, v->signals, v->n_signals);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Signals"));
	return OK;
}

struct exam_in {
	int64_t org_id, exam_id;
};
static const struct field exam_in[] = { FIELD(exam_in, org_id, F_ID, .must = true), FIELD(exam_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field kind_out[] = {
	FIELD(look_line, kind, F_TEXT), FIELD(look_line, tested, F_INT), FIELD(look_line, expected, F_REAL), FIELD(look_line, found, F_INT), FIELD_END,
};

static enum err looked_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct signals_page *v = ARENA_NEW(cx->arena, struct signals_page);
	struct integrity_exam_row e;
	(void)state;
	TRY(exam_for(cx, in->org_id, in->exam_id, &e));
	v->exam_id = in->exam_id;
	TRY(put_look(cx, v));
	ANSWER_ROWS(a, v->kinds, v->n_kinds);
	return OK;
}

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct integrity_exam_row e;
	(void)state;
	(void)a;
	TRY(exam_for(cx, in->org_id, in->exam_id, &e));
	return integrity_look(cx, e.id, actor_hand(&cx->actor));
}

/* ── one signal ── */

struct one_in {
	int64_t org_id, exam_id, signal_id;
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, exam_id, F_ID, .must = true),
	FIELD(one_in, signal_id, F_ID, .must = true),
	FIELD_END,
};

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct signal_page *v = ARENA_NEW(cx->arena, struct signal_page);
	struct integrity_one_row r;
	bool found = false;
	(void)state;
	TRY(integrity_sql_one(cx, in->signal_id, &r, &found));
	if (!found || r.exam_id != in->exam_id || r.org_id != in->org_id)
		return fail(cx, ERR_NOT_FOUND, "signal_id", N_("There is no such signal."));
	TRY(org_called(cx, in->org_id, &v->org));
	v->own = actor_is(&cx->actor, r.taker_id);
	v->signal = (struct signal_view){ .id = r.id,
					  .org_id = r.org_id,
					  .exam_id = r.exam_id,
					  .taker_id = r.taker_id,
					  .of_n = r.of_n,
					  .at = r.at,
					  .found_at = r.found_at,
					  .value = r.value,
					  .threshold = r.threshold,
					  .chance = r.chance,
					  .expected = r.expected,
					  .kind = r.kind,
					  .name = r.name.p ? r.name : str_of(tr(cx->lang, N_("a guest"))),
					  .other_name = r.other_name,
					  .seat = r.seat,
					  .other_seat = r.other_seat,
					  .room = r.room,
					  .exam = r.title,
					  .found = r.found,
					  .note = r.note,
					  .found_by = r.found_by_name };
	put_texts(cx, &v->signal);
	ANSWER_ROW(a, &v->signal);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->signal.kind_name;
	return OK;
}

static const struct choice decisions[] = {
	{ "look", N_("To be looked at") },
	{ "cleared", N_("Cleared: nothing is wrong") },
	{ "incident", N_("An incident") },
	{ NULL, NULL },
};
static const struct field decide_in[] = {
	FIELD(integrity_decision, org_id, F_ID, .must = true),
	FIELD(integrity_decision, exam_id, F_ID, .must = true),
	FIELD(integrity_decision, signal_id, F_ID, .must = true),
	FIELD(integrity_decision, found, F_CHOICE, .label = N_("What you found"), .must = true, .choices = decisions),
	FIELD(integrity_decision, note, F_LONG, .label = N_("Why"), .hint = N_("The person reads it."), .max = INTEGRITY_NOTE_MAX, .personal = true),
	FIELD_END,
};

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return integrity_decide(cx, input);
}

#define ALL "/orgs/{org_id}/exams/{exam_id}/signals"
#define ONE ALL "/{signal_id}"
#define MANAGE .may = MAY_EXAM_MANAGE, .scope = SCOPE_ORG
const struct action integrity_actions[] = {
	{ .name = "integrity.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = signal_out,
	  .out_list = true,
	  .run = list_run,
	  .html = signals_view,
	  .summary = "Signals of an examination that ask a human to look; no mark depends on them." },
	{ .name = "integrity.looked",
	  .method = GET,
	  .api = "/api/v1/orgs/{org_id}/exams/{exam_id}/signals-tested",
	  MANAGE,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .out = kind_out,
	  .out_list = true,
	  .run = looked_run,
	  .summary = "What the last look tested, how many false alarms chance gives, how many signals there are." },
	{ .name = "integrity.look",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .run = look_run,
	  .form = "integrity.list",
	  .then = ALL,
	  .notice = N_("Signals are being looked for."),
	  .summary = "Looks for signals of an examination." },
	{ .name = "integrity.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = signal_out,
	  .run = show_run,
	  .html = signal_page_view,
	  .summary = "A signal with its value, threshold, chance and what was decided." },
	{ .name = "integrity.decide",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = decide_in,
	  .in_size = sizeof(struct integrity_decision),
	  .run = decide_run,
	  .form = "integrity.show",
	  .then = ONE,
	  .notice = N_("It is written down."),
	  .summary = "Decides about a signal: cleared, to be looked at, an incident." },
	ACTION_END,
};
