/* Themes of the days of a campaign; see campaign_theme.h. */
#include "feature/campaign/campaign_theme.h"

static struct str or_english(struct str hindi, struct str english)
{
	return hindi.p && str_trim(hindi).n ? str_trim(hindi) : english;
}

enum err campaign_theme_put(struct ctx *cx, const struct campaign_theme_put *in)
{
	struct campaign_themes_row *t;
	size_t n;
	TRY(campaign_sql_themes(cx, in->campaign_id, &t, &n));
	if (in->n < 0 || in->n > (int64_t)n)
		return fail(cx, ERR_NOT_FOUND, "n", N_("There is no such theme."));
	if (in->n == CAMPAIGN_THEMES_MAX)
		return fail(cx, ERR_CONFLICT, "n", N_("A campaign has a theme for each day of a month at most."));
	struct str name = str_trim(in->name_en), words = str_trim(in->words_en);
	return campaign_sql_add_theme(cx, in->campaign_id, in->n, name, or_english(in->name_hi, name), words, or_english(in->words_hi, words), NULL);
}

enum err campaign_theme_remove(struct ctx *cx, int64_t campaign_id, int64_t n)
{
	struct campaign_themes_row *t;
	size_t all;
	TRY(campaign_sql_themes(cx, campaign_id, &t, &all));
	if (n < 0 || n >= (int64_t)all)
		return fail(cx, ERR_NOT_FOUND, "n", N_("There is no such theme."));
	for (int64_t i = n; i < (int64_t)all; i++) {
		TRY(campaign_sql_drop_theme(cx, campaign_id, i, NULL));
		if (i + 1 < (int64_t)all)
			TRY(campaign_sql_add_theme(cx, campaign_id, i, t[i + 1].name_en, t[i + 1].name_hi, t[i + 1].words_en, t[i + 1].words_hi, NULL));
	}
	return OK;
}
