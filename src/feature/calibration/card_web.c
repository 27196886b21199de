/* The card of an item: its figures, pictures and flags in plain words; and who had it on a paper. */
#include "base/clock.h"
#include "card_html.h"
#include "feature/calibration/calibration.h"
#include "feature/calibration/card.h"
#include "feature/calibration/picture.h"
#include "feature/item/item.h"
#include "feature/org/org.h"
#include "seen_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <jansson.h>
#include <math.h>

enum { SEEN_PAGE = 100, ASKED_MAX = 600 };

/* ── words ── */

static const struct {
	const char *code, *name, *means, *todo;
} flag_words[] = {
	{ "negative", N_("Works backwards"), N_("People who know more answer it worse."),
	  N_("Look at the key first: a wrong key does this. If the key is right, retire it.") },
	{ "weak", N_("Tells people apart badly"), N_("People who do well in the rest of the paper do hardly better here than others."),
	  N_("Look for an ambiguous wording, a second right option, or knowledge that has nothing to do with the rest.") },
	{ "easy", N_("Very easy"), N_("More than 95 of 100 have it right."),
	  N_("Keep it only where the blueprint wants a minimum to be checked; else make the wrong options more plausible.") },
	{ "hard", N_("Very hard"), N_("Fewer than 15 of 100 marks are earned, which guessing may do."),
	  N_("Check the key and whether this was taught; else use it only for high levels.") },
	{ "unsure", N_("Not exactly known yet"), N_("The error of a difficulty is large."), N_("Wait for more answers before it decides about anybody.") },
	{ "misfit", N_("Does not follow the model"), N_("Answers differ from what the model expects of people with the same score, by more than chance."),
	  N_("Look at the curves of the options; often a wrong option is partly right.") },
	{ "pair", N_("Goes with another item"), N_("Answers to the two hang together more than what people know explains."),
	  N_("If one gives the other away, make them enemies; if they share a text, make them a case.") },
	{ "option", N_("A wrong option does not do its work"), N_("A wrong option is chosen by nobody, or by those who know more."),
	  N_("Write another option, or look whether it is right.") },
	{ "dif", N_("Favours a group"), N_("Of people who know as much, one group does clearly better here."),
	  N_("Have it read by people of both groups, and its translation compared. Without a reason that belongs to the subject, retire it.") },
	{ "drift", N_("Has changed"), N_("It is harder or easier than it was by the parameters in force."),
	  N_("It may have become known: look who had it and when. Or what is asked has changed.") },
};

static size_t flag_of(struct str word)
{
	size_t k = 0;
	while (k < sizeof flag_words / sizeof *flag_words && !str_is(word, flag_words[k].code))
		k++;
	return k;
}

struct card_flag *card_flags(struct ctx *cx, struct str flags, size_t *ret_n)
{
	struct card_flag *list = NULL;
	struct str word;
	*ret_n = 0;
	while (str_cut(&flags, ' ', &word)) {
		size_t k = flag_of(word);
		if (k < sizeof flag_words / sizeof *flag_words)
			*ARENA_PUSH(cx->arena, list, *ret_n) =
				(struct card_flag){ str_of(tr(cx->lang, flag_words[k].name)), str_of(tr(cx->lang, flag_words[k].means)),
						    str_of(tr(cx->lang, flag_words[k].todo)) };
	}
	return list;
}

struct str card_flag_names(struct ctx *cx, struct str flags)
{
	size_t n;
	const struct card_flag *v = card_flags(cx, flags, &n);
	struct buf b;
	buf_init(&b, cx->arena, 2000);
	for (size_t k = 0; k < n; k++) {
		if (k)
			buf_lit(&b, ", ");
		buf_str(&b, v[k].name);
	}
	return buf_get(&b);
}

struct str card_list(struct arena *a, struct str b, struct str se)
{
	json_t *list = b.n ? json_loadb(b.p, b.n, 0, NULL) : NULL, *errors = se.n ? json_loadb(se.p, se.n, 0, NULL) : NULL;
	struct buf out;
	buf_init(&out, a, 1000);
	for (size_t k = 0; k < json_array_size(list); k++) {
		buf_fmt(&out, "%s%.2f", k ? ", " : "", json_number_value(json_array_get(list, k)));
		if (errors)
			buf_fmt(&out, " ± %.2f", json_number_value(json_array_get(errors, k)));
	}
	json_decref(list);
	json_decref(errors);
	return buf_get(&out);
}

struct str card_grouped(struct ctx *cx, struct str grouped)
{
	return str_of(tr(cx->lang, str_is(grouped, "lang") ? N_("Language") : str_is(grouped, "gender") ? N_("Gender") : N_("Service")));
}

struct str card_group(struct ctx *cx, struct str grouped, struct str value)
{
	return str_is(grouped, "lang") ? fmt_language(cx, value) : value;
}

/* "0.03"; what is less than a thousandth is said so. */
static struct str p_said(struct ctx *cx, double p)
{
	return isnan(p) ? S("") : p < 0.001 ? S("< 0.001") : str_fmt(cx->arena, "%.3f", p);
}

static struct str two_places(struct ctx *cx, double v)
{
	return isnan(v) ? S("") : str_fmt(cx->arena, "%.2f", v);
}

/* ── the card ── */

struct item_in {
	int64_t org_id, item_id;
};
static const struct field item_in[] = { FIELD(item_in, org_id, F_ID, .must = true), FIELD(item_in, item_id, F_ID, .must = true), FIELD_END };
static const struct field card_out[] = {
	FIELD(card_page, item_id, F_ID),    FIELD(card_page, code, F_TEXT),    FIELD(card_page, version, F_INT),
	FIELD(card_page, in_force, F_BOOL), FIELD(card_page, answered, F_INT), FIELD(card_page, mean, F_INT),
	FIELD(card_page, rest, F_TEXT),	    FIELD(card_page, a, F_TEXT),       FIELD(card_page, b, F_TEXT),
	FIELD(card_page, fit, F_TEXT),	    FIELD(card_page, pair, F_TEXT),    FIELD(card_page, pair_q3, F_TEXT),
	FIELD(card_page, why, F_TEXT),	    FIELD(card_page, seen, F_INT),     FIELD_END,
};

static struct str size_said(struct ctx *cx, struct str size)
{
	return size.n ? str_of(tr(cx->lang, str_is(size, "large") ? N_("large") : str_is(size, "moderate") ? N_("moderate") : N_("negligible"))) : S("");
}

static enum err put_difs(struct ctx *cx, const struct calibration_of_item_row *r, struct card_page *v)
{
	struct calibration_dif_of_row *d;
	TRY(calibration_sql_dif_of(cx, r->run_id, v->item_id, r->version, &d, &v->n_difs));
	v->difs = ARENA_ARRAY(cx->arena, struct card_dif, v->n_difs + 1);
	for (size_t i = 0; i < v->n_difs; i++)
		v->difs[i] = (struct card_dif){ .grouped = card_grouped(cx, d[i].grouped),
						.focal = card_group(cx, d[i].grouped, d[i].focal),
						.reference = card_group(cx, d[i].grouped, d[i].reference),
						.n_focal = d[i].n_focal,
						.n_reference = d[i].n_reference,
						.delta = two_places(cx, d[i].delta),
						.ets = d[i].ets.n ? d[i].ets : S(""),
						.p = p_said(cx, d[i].p),
						.sids = isnan(d[i].sids) ? S("") : str_fmt(cx->arena, "%+.3f", d[i].sids),
						.size = size_said(cx, d[i].size),
						.why = d[i].why.n ? str_of(tr(cx->lang, str_c(cx->arena, d[i].why))) : S("") };
	return OK;
}

static void put_figures(struct ctx *cx, const struct calibration_of_item_row *r, struct card_page *v)
{
	struct irt_item item;
	v->known = true;
	v->run_id = r->run_id;
	v->asked_at = r->asked_at;
	v->version = r->version;
	v->answered = r->answered;
	v->mean = isnan(r->mean) ? NONE : llrint(100 * r->mean);
	v->rest = two_places(cx, r->rest);
	v->fit = p_said(cx, r->fit_p);
	v->pair = r->pair_code.n ? r->pair_code : S("");
	v->pair_id = r->pair_id;
	v->pair_q3 = two_places(cx, r->pair_q3);
	v->why = r->why.n ? str_of(tr(cx->lang, str_c(cx->arena, r->why))) : S("");
	v->flags = card_flags(cx, r->flags, &v->n_flags);
	v->in_force = r->in_force;
	v->calibrated = r->model.n && calibration_item(r->categories, r->a, r->b, &item);
	v->options = picture_options(cx, r->options, v->choices, v->n_choices);
	if (!v->calibrated)
		return;
	v->a = str_fmt(cx->arena, "%.2f ± %.2f", r->a, r->a_se);
	v->b = card_list(cx->arena, r->b, r->b_se);
	v->curve = picture_curve(cx, &item);
	v->information = picture_information(cx, &item);
}

static void put_runs(struct ctx *cx, const struct calibration_of_item_row *r, size_t n, struct card_page *v)
{
	v->n_runs = n;
	v->runs = ARENA_ARRAY(cx->arena, struct card_run, n + 1);
	for (size_t i = 0; i < n; i++)
		v->runs[i] = (struct card_run){ .org_id = v->org_id,
						.run_id = r[i].run_id,
						.version = r[i].version,
						.answered = r[i].answered,
						.asked_at = r[i].asked_at,
						.a = two_places(cx, r[i].a),
						.b = card_list(cx->arena, r[i].b, STR_NONE),
						.state = r[i].state,
						.in_force = r[i].in_force };
}

static enum err put_asked(struct ctx *cx, const struct item_one_row *item, struct card_page *v)
{
	struct question q;
	int64_t version = item->live_version > 0 ? item->live_version : item->version;
	TRY(item_question(cx, item, version, &q, NULL));
	v->version = version;
	v->asked = str_sub(q.text, 0, q.text.n < ASKED_MAX ? q.text.n : ASKED_MAX);
	v->lang = q.lang;
	v->choices = ARENA_ARRAY(cx->arena, struct card_choice, q.n_options + 1);
	for (size_t k = 0; k < q.n_options && (q.kind == Q_SINGLE || q.kind == Q_MULTIPLE || q.kind == Q_TRUEFALSE); k++)
		v->choices[v->n_choices++] = (struct card_choice){ q.options[k].text, q.options[k].weight > 0 };
	return OK;
}

static enum err put_exposure(struct ctx *cx, struct card_page *v)
{
	struct calibration_seen_days_row *r;
	size_t n;
	TRY(calibration_sql_seen_days(cx, v->item_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		v->seen += r[i].papers;
	v->exposure = picture_exposure(cx, r, n);
	return OK;
}

static enum err card_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct item_in *in = input;
	struct card_page *v = ARENA_NEW(cx->arena, struct card_page);
	struct item_one_row item;
	struct calibration_of_item_row *r;
	size_t n, at = 0;
	(void)state;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	*v = (struct card_page){ .org_id = in->org_id, .item_id = item.id, .code = item.code, .kind = item.kind, .mean = NONE, .pair_id = NONE };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_asked(cx, &item, v));
	TRY(put_exposure(cx, v));
	TRY(calibration_sql_of_item(cx, item.id, &r, &n));
	put_runs(cx, r, n, v);
	/* What is in force is shown; without it the newest. */
	for (size_t i = n; i-- > 0;)
		at = r[i].in_force ? i : at;
	if (n) {
		put_figures(cx, &r[at], v);
		TRY(put_difs(cx, &r[at], v));
	}
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = item.code;
	return OK;
}

/* ── who had it ── */

struct seen_in {
	int64_t org_id, item_id, before;
};
static const struct field seen_in[] = { FIELD(seen_in, org_id, F_ID, .must = true), FIELD(seen_in, item_id, F_ID, .must = true), FIELD(seen_in, before, F_ID),
					FIELD_END };
static const struct field seen_out[] = {
	FIELD(seen_line, at, F_TIME),
	FIELD(seen_line, name, F_TEXT, .personal = true),
	FIELD(seen_line, guest, F_BOOL),
	FIELD(seen_line, exam_id, F_ID),
	FIELD(seen_line, exam, F_TEXT),
	FIELD(seen_line, version, F_INT),
	FIELD_END,
};

static enum err seen_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seen_in *in = input;
	struct seen_page *v = ARENA_NEW(cx->arena, struct seen_page);
	struct item_one_row item;
	struct calibration_seen_by_row *r;
	size_t n;
	(void)state;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	*v = (struct seen_page){ .org_id = in->org_id, .item_id = item.id, .code = item.code };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(calibration_sql_seen_by(cx, item.id, in->before, SEEN_PAGE + 1, &r, &n));
	v->n_rows = n > SEEN_PAGE ? SEEN_PAGE : n;
	v->rows = ARENA_ARRAY(cx->arena, struct seen_line, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct seen_line){ in->org_id, r[i].exam_id, r[i].at, r[i].version, r[i].name, r[i].title, r[i].guest };
	if (n > SEEN_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[SEEN_PAGE - 1].attempt_id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/items/%lld/seen?before=%s", (long long)in->org_id, (long long)item.id, a->next.p);
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = msg_text(cx, N_("Who had {code} on a paper"), 1, (struct msg_arg[]){ { "code", item.code } });
	return OK;
}

const struct action card_actions[] = {
	{ .name = "item.card",
	  .method = GET,
	  .page = "/orgs/{org_id}/items/{item_id}/card",
	  .api = "/api/v1/orgs/{org_id}/items/{item_id}/card",
	  .may = MAY_ITEM_KEEP,
	  .scope = SCOPE_ORG,
	  .in = item_in,
	  .in_size = sizeof(struct item_in),
	  .out = card_out,
	  .run = card_run,
	  .html = card_view,
	  .summary = "The card of an item: figures, parameters, fit, groups, exposure, flags." },
	{ .name = "item.seen",
	  .method = GET,
	  .page = "/orgs/{org_id}/items/{item_id}/seen",
	  .api = "/api/v1/orgs/{org_id}/items/{item_id}/seen",
	  .may = MAY_ITEM_KEEP,
	  .scope = SCOPE_ORG,
	  .in = seen_in,
	  .in_size = sizeof(struct seen_in),
	  .out = seen_out,
	  .out_list = true,
	  .run = seen_run,
	  .html = seen_view,
	  .summary = "Who had an item on a paper, and when, the newest first." },
	ACTION_END,
};
