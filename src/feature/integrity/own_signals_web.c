/* What was recorded of somebody in examinations, for that person alone. */
#include "feature/integrity/integrity.h"
#include "feature/integrity/integrity_page.h"
#include "feature/integrity/signal_words.h"
#include "own_signals_html.h"
#include "web/action.h"
#include "web/lang.h"

static const struct field item_out[] = {
	FIELD(signal_view, id, F_ID),	   FIELD(signal_view, exam_id, F_ID),  FIELD(signal_view, exam, F_TEXT),     FIELD(signal_view, kind, F_TEXT),
	FIELD(signal_view, says, F_TEXT),  FIELD(signal_view, chance, F_REAL), FIELD(signal_view, expected, F_REAL), FIELD(signal_view, at, F_TIME),
	FIELD(signal_view, found, F_TEXT), FIELD(signal_view, note, F_TEXT),   FIELD(signal_view, found_at, F_TIME), FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct own_signals_page *v = ARENA_NEW(cx->arena, struct own_signals_page);
	struct integrity_of_taker_row *r;
	(void)input;
	(void)state;
	TRY(integrity_sql_of_taker(cx, cx->actor.person_id, &r, &v->n_signals));
	v->signals = ARENA_ARRAY(cx->arena, struct signal_view, v->n_signals + 1);
	for (size_t i = 0; i < v->n_signals; i++)
		v->signals[i] = (struct signal_view){ .id = r[i].id,
						      .exam_id = r[i].exam_id,
						      .at = r[i].at,
						      .found_at = r[i].found_at,
						      .chance = r[i].chance,
						      .expected = r[i].expected,
						      .kind = r[i].kind,
						      .exam = r[i].title,
						      .found = r[i].found,
						      .note = r[i].note,
						      .kind_name = signal_name(cx, r[i].kind),
						      .says = signal_says(cx, r[i].kind, r[i].value, r[i].of_n),
						      .chance_text = signal_chance(cx, r[i].chance),
						      .expected_text = signal_expected(cx, r[i].expected),
						      .found_name = signal_found(cx, r[i].found) };
	ANSWER_ROWS(a, v->signals, v->n_signals);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("What was recorded of you in examinations"));
	return OK;
}

const struct action own_signals_actions[] = {
	{ .name = "own_signals.list",
	  .method = GET,
	  .page = "/me/exam-signals",
	  .api = "/api/v1/me/exam-signals",
	  .may = MAY_LEARN,
	  .scope = SCOPE_NONE,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = own_signals_view,
	  .own = true,
	  .summary = "What was recorded of oneself in examinations, and what somebody decided about it." },
	ACTION_END,
};
