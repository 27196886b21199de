/* What counts in a campaign, in words; for its pages. */
#ifndef FEATURE_CAMPAIGN_SAID_WEB_H
#define FEATURE_CAMPAIGN_SAID_WEB_H
#include "base/field.h"
#include "feature/campaign/campaign_page.h"
#include "feature/campaign/campaign_thing.h"

/* In the language of cx; counts as of struct campaign_add. */
struct campaign_said campaign_said(const struct ctx *cx, struct str counts, const struct campaign_kinds *kinds);
/* Which of a kind count, to choose from. */
extern const struct choice campaign_kind_choices[];
#endif
