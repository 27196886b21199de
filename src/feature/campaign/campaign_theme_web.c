/* Themes of a campaign's days, for who holds it; and the badge, for who has earned it. */
#include "campaign_themes_html.h"
#include "feature/campaign/campaign_page.h"
#include "feature/campaign/campaign_theme.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/form.h"
#include "web/html.h"
#include "web/lang.h"

struct theme_in {
	int64_t org_id, campaign_id, n;
	struct str name_en, name_hi, words_en, words_hi;
};
static const struct field list_in[] = { FIELD(theme_in, org_id, F_ID, .must = true), FIELD(theme_in, campaign_id, F_ID, .must = true), FIELD_END };
static const struct field put_in[] = {
	FIELD(theme_in, org_id, F_ID, .must = true),
	FIELD(theme_in, campaign_id, F_ID, .must = true),
	FIELD(theme_in, n, F_INT, .label = N_("Place in the turn"), .must = true, .min = 1, .max = CAMPAIGN_THEMES_MAX),
	FIELD(theme_in, name_en, F_TEXT, .label = N_("Theme in English"), .must = true, .max = CAMPAIGN_NAME_MAX),
	FIELD(theme_in, name_hi, F_TEXT, .label = N_("Theme in Hindi"), .max = CAMPAIGN_NAME_MAX),
	FIELD(theme_in, words_en, F_LONG, .label = N_("What one is asked, in English"), .must = true, .max = CAMPAIGN_WORDS_MAX),
	FIELD(theme_in, words_hi, F_LONG, .label = N_("What one is asked, in Hindi"), .max = CAMPAIGN_WORDS_MAX),
	FIELD_END,
};
static const struct field remove_in[] = {
	FIELD(theme_in, org_id, F_ID, .must = true),
	FIELD(theme_in, campaign_id, F_ID, .must = true),
	FIELD(theme_in, n, F_INT, .label = N_("Place in the turn"), .must = true, .min = 1, .max = CAMPAIGN_THEMES_MAX),
	FIELD_END,
};
static const struct field themes_out[] = {
	FIELD(campaign_theme_line, n, F_INT),	      FIELD(campaign_theme_line, name_en, F_TEXT),  FIELD(campaign_theme_line, name_hi, F_TEXT),
	FIELD(campaign_theme_line, words_en, F_TEXT), FIELD(campaign_theme_line, words_hi, F_TEXT), FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct theme_in *in = input;
	struct campaign_themes_page *v = ARENA_NEW(cx->arena, struct campaign_themes_page);
	struct campaign_for_org_row c;
	struct campaign_themes_row *r;
	(void)state;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	*v = (struct campaign_themes_page){
		.id = in->campaign_id, .org_id = in->org_id, .name = org_name(cx, c.name_en, c.name_hi), .org = org_name(cx, c.org_en, c.org_hi)
	};
	TRY(campaign_sql_themes(cx, v->id, &r, &v->n_themes));
	v->themes = ARENA_ARRAY(cx->arena, struct campaign_theme_line, v->n_themes);
	for (size_t i = 0; i < v->n_themes; i++)
		v->themes[i] = (struct campaign_theme_line){ v->id, v->org_id, r[i].n + 1, r[i].name_en, r[i].name_hi, r[i].words_en, r[i].words_hi };
	v->next = (int64_t)v->n_themes + 1;
	v->full = v->n_themes >= CAMPAIGN_THEMES_MAX;
	ANSWER_ROWS(a, v->themes, v->n_themes);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Themes of the days"));
	return OK;
}

static enum err put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct theme_in *in = input;
	struct campaign_for_org_row c;
	(void)state;
	(void)a;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	return campaign_theme_put(cx, &(struct campaign_theme_put){ in->campaign_id, in->n - 1, in->name_en, in->name_hi, in->words_en, in->words_hi });
}

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct theme_in *in = input;
	struct campaign_for_org_row c;
	(void)state;
	(void)a;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	return campaign_theme_remove(cx, in->campaign_id, in->n - 1);
}

/* ── the badge ── */

enum { LEAVES = 16, SIZE = 240 };

/* A leaf each, turned about the middle; the colours are those of the site. */
static void wreath(struct buf *b)
{
	for (int i = 0; i < LEAVES; i++)
		buf_fmt(b, "<path d=\"M120 14q14 20 0 40q-14-20 0-40\" fill=\"%s\" transform=\"rotate(%.1f 120 120)\"/>", i % 2 ? "#c2561a" : "#1d6f4c",
			i * 360.0 / LEAVES);
}

/* A picture (SVG 1.1, about 2 KiB) of the campaign's name in a wreath. */
static enum err badge(struct ctx *cx, int64_t campaign_id, int64_t person_id, struct str *ret_svg)
{
	struct campaign_one_row c;
	struct campaign_holder_row h;
	struct html_out o;
	bool found = false;
	TRY(campaign_one(cx, campaign_id, &c));
	TRY(campaign_sql_holder(cx, campaign_id, person_id, &h, &found));
	if (!found || h.reached_at == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("The target is not reached yet."));
	struct str name = org_name(cx, c.name_en, c.name_hi), target = fmt_minutes(cx, c.target_minutes * MINUTE);
	html_begin(&o, cx, 1 << 16);
	buf_fmt(&o.b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"><title>", SIZE, SIZE);
	html_text(&o, name);
	buf_lit(&o.b, "</title><circle cx=\"120\" cy=\"120\" r=\"118\" fill=\"#1f3a6e\"/>");
	wreath(&o.b);
	buf_lit(&o.b, "<circle cx=\"120\" cy=\"120\" r=\"66\" fill=\"#fff\"/><text x=\"120\" y=\"112\" text-anchor=\"middle\" font-family=\"sans-serif\" "
		      "font-size=\"30\" "
		      "font-weight=\"600\" fill=\"#1f3a6e\">");
	html_text(&o, target);
	buf_lit(&o.b, "</text><text x=\"120\" y=\"136\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"11\" textLength=\"112\" "
		      "lengthAdjust=\"spacingAndGlyphs\" fill=\"#1f3a6e\">");
	html_text(&o, name);
	buf_lit(&o.b, "</text></svg>");
	*ret_svg = buf_get(&o.b);
	return OK;
}

struct badge_in {
	int64_t campaign_id;
};
static const struct field badge_in[] = { FIELD(badge_in, campaign_id, F_ID, .must = true), FIELD_END };

static enum err badge_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct badge_in *in = input;
	(void)state;
	a->type = "image/svg+xml";
	return badge(cx, in->campaign_id, cx->actor.person_id, &a->bytes);
}

#define THEMES "/orgs/{org_id}/campaigns/{campaign_id}/themes"
#define MANAGES .may = MAY_CAMPAIGN_MANAGE, .scope = SCOPE_ORG, .in_size = sizeof(struct theme_in)
const struct action campaign_theme_actions[] = {
	{ .name = "campaign.themes",
	  .method = GET,
	  .page = THEMES,
	  .api = "/api/v1" THEMES,
	  MANAGES,
	  .in = list_in,
	  .out = themes_out,
	  .out_list = true,
	  .run = list_run,
	  .html = campaign_themes_view,
	  .summary = "Themes of the days of a campaign, in turn." },
	{ .name = "campaign.theme_put",
	  .method = POST,
	  .page = THEMES,
	  .api = "/api/v1" THEMES,
	  MANAGES,
	  .in = put_in,
	  .run = put_run,
	  .form = "campaign.themes",
	  .then = THEMES,
	  .notice = N_("The theme is kept."),
	  .summary = "Writes a theme anew, or one more at the end." },
	{ .name = "campaign.theme_remove",
	  .method = POST,
	  .page = THEMES "/remove",
	  .api = "/api/v1" THEMES "/remove",
	  MANAGES,
	  .in = remove_in,
	  .run = remove_run,
	  .form = "campaign.themes",
	  .then = THEMES,
	  .notice = N_("The theme is taken out."),
	  .summary = "Takes a theme out; those behind it move up." },
	{ .name = "campaign.badge",
	  .method = GET,
	  .page = "/campaigns/{campaign_id}/badge.svg",
	  .may = MAY_LEARN,
	  .in = badge_in,
	  .in_size = sizeof(struct badge_in),
	  .run = badge_run,
	  .summary = "The badge of who has reached the target, as a picture." },
	ACTION_END,
};
