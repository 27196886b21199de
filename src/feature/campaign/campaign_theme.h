/* Themes of the days of a campaign. Within the feature. */
#ifndef FEATURE_CAMPAIGN_THEME_H
#define FEATURE_CAMPAIGN_THEME_H
#include "feature/campaign/campaign.h"

enum { CAMPAIGN_THEMES_MAX = 31 };

struct campaign_theme_put {
	int64_t campaign_id, n;				 /* n: counted from 0; one more than there are: a new one at the end */
	struct str name_en, name_hi, words_en, words_hi; /* Hindi absent: the English */
};
/* Writes a theme anew, or one more at the end. ERR_NOT_FOUND: there is no such place; ERR_CONFLICT: CAMPAIGN_THEMES_MAX. In a writing transaction. */
_must_check_ enum err campaign_theme_put(struct ctx *cx, const struct campaign_theme_put *in);
/* Takes a theme out; those behind it move up. ERR_NOT_FOUND. In a writing transaction. */
_must_check_ enum err campaign_theme_remove(struct ctx *cx, int64_t campaign_id, int64_t n);
#endif
