/* What closed rounds of workplace assessment say of a person: for him, his supervisor and his administrators. Only sums of groups are read here. */
#include "feature/competency/competency.h"
#include "feature/person/person.h"
#include "feature/proficiency/proficiency.h"
#include "feature/workplace/workplace.h"
#include "feature/workplace/workplace_page.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"
#include "workplace_results_html.h"

#include <math.h>

typedef struct workplace_results_row row;

/* A mean in levels, to a tenth: no single word can be told from it. */
static double tenth(int64_t sum, int64_t n)
{
	return n ? round((double)sum / (double)n / 100) / 10 : (double)NAN;
}

static struct str mean(struct ctx *cx, const row *r)
{
	return str_fmt(cx->arena, "%.1f", tenth(r->counted, r->n));
}

static bool is_group(const row *r)
{
	return str_is(r->kind, "peer") || str_is(r->kind, "subordinate") || str_is(r->kind, "colleague");
}

/* ── the page ── */

static struct str held(struct ctx *cx, const row *r)
{
	if (r->level_n == NONE || r->level_n == 0)
		return STR_NONE;
	struct level l = level_of(cx, r->competency_id, r->n_levels, r->weight, r->weighted, r->level_n, r->n_self, r->last_at);
	return l.known ? str_fmt(cx->arena, "%.1f", l.now.mean) : STR_NONE;
}

/* What the correction did to a group, in words: a figure would tell of single raters. */
static struct str why(struct ctx *cx, const row *r)
{
	double shift = (double)(r->counted - r->said) / (double)(r->n ? r->n : 1) / 1000;
	if (fabs(shift) < 0.05)
		return STR_NONE;
	return str_of(tr(cx->lang, shift > 0 ? N_("What colleagues said was raised a little, since they judge more strictly than others.")
					     : N_("What colleagues said was lowered a little, since they judge more mildly than others.")));
}

static void put_kind(struct ctx *cx, struct result_line *l, const row *r)
{
	struct str text = mean(cx, r);
	if (str_is(r->kind, "self"))
		l->self = text;
	if (str_is(r->kind, "peer"))
		l->peers = text, l->n_peers = r->n;
	if (str_is(r->kind, "subordinate"))
		l->subordinates = text, l->n_subordinates = r->n;
	if (str_is(r->kind, "colleague"))
		l->colleagues = text, l->n_colleagues = r->n;
	l->dropped = l->dropped || str_is(r->kind, "dropped");
	if (is_group(r) && !l->why.n)
		l->why = why(cx, r);
	if (!str_is(r->kind, "supervisor"))
		return;
	l->supervisor = text;
	if (r->said != r->counted)
		l->supervisor_said = str_fmt(cx->arena, "%.1f", tenth(r->said, r->n));
}

static struct result_line *line_for(struct ctx *cx, struct results_page *v, const row *r)
{
	struct result_round *o = v->n_rounds ? &v->rounds[v->n_rounds - 1] : NULL;
	if (!o || o->id != r->round_id) {
		o = ARENA_PUSH(cx->arena, v->rounds, v->n_rounds);
		*o = (struct result_round){ .id = r->round_id, .closed_at = r->closed_at, .name = r->round_name };
	}
	struct result_line *l = o->n_lines ? &o->lines[o->n_lines - 1] : NULL;
	if (!l || l->competency_id != r->competency_id) {
		l = ARENA_PUSH(cx->arena, o->lines, o->n_lines);
		*l = (struct result_line){ .competency_id = r->competency_id, .name = said_in(cx, r->name_en, r->name_hi), .held = held(cx, r) };
	}
	return l;
}

/* ── the API ── */

static const struct field item_out[] = {
	FIELD(result_item, round_id, F_ID), FIELD(result_item, round, F_TEXT), FIELD(result_item, competency_id, F_ID),
	FIELD(result_item, code, F_TEXT),   FIELD(result_item, kind, F_TEXT),  FIELD(result_item, n, F_INT),
	FIELD(result_item, mean, F_REAL),   FIELD(result_item, said, F_REAL),  FIELD_END,
};

static struct result_item item_of(const row *r)
{
	bool named = str_is(r->kind, "self") || str_is(r->kind, "supervisor");
	return (struct result_item){
		r->round_id, r->competency_id, r->n, r->round_name, r->code, r->kind, tenth(r->counted, r->n), named ? tenth(r->said, r->n) : (double)NAN
	};
}

static enum err show(struct ctx *cx, int64_t person_id, bool own, struct answer *a)
{
	struct results_page *v = ARENA_NEW(cx->arena, struct results_page);
	struct workplace_person_called_row name;
	row *r;
	size_t n;
	bool found = false;
	TRY(workplace_sql_person_called(cx, person_id, &name, &found));
	if (!found)
		return ERR_NOT_FOUND;
	TRY(workplace_sql_results(cx, person_today(cx), person_id, &r, &n));
	struct result_item *items = ARENA_ARRAY(cx->arena, struct result_item, n);
	for (size_t i = 0; i < n; i++) {
		put_kind(cx, line_for(cx, v, &r[i]), &r[i]);
		items[i] = item_of(&r[i]);
	}
	v->person_id = person_id;
	v->name = name.name;
	v->own = own;
	ANSWER_ROWS(a, items, n);
	a->view = v;
	a->nav = own ? NAV_RECORD : NAV_TEAM;
	ANSWER_TITLE(cx, a, N_("Workplace assessment"));
	return OK;
}

struct of_in {
	int64_t person_id;
};
static const struct field of_in[] = { FIELD(of_in, person_id, F_ID, .must = true), FIELD_END };

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return show(cx, cx->actor.person_id, true, a);
}

static enum err of_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct of_in *in = input;
	(void)state;
	return show(cx, in->person_id, false, a);
}

const struct action workplace_result_actions[] = {
	{ .name = "workplace_result.mine",
	  .method = GET,
	  .page = "/me/workplace-results",
	  .api = "/api/v1/me/workplace-results",
	  .may = MAY_LEARN,
	  .out = item_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = workplace_results_view,
	  .summary = "What rounds of workplace assessment say of oneself: of colleagues and team only means of groups." },
	{ .name = "workplace_result.of",
	  .method = GET,
	  .page = "/people/{person_id}/workplace-results",
	  .api = "/api/v1/people/{person_id}/workplace-results",
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = of_in,
	  .in_size = sizeof(struct of_in),
	  .out = item_out,
	  .out_list = true,
	  .run = of_run,
	  .html = workplace_results_view,
	  .summary = "What rounds of workplace assessment say of a person." },
	ACTION_END,
};
