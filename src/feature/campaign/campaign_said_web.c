/* What counts in a campaign, in words; see campaign_said_web.h. */
#include "feature/campaign/campaign_said_web.h"
#include "web/lang.h"

const struct choice campaign_kind_choices[] = { { "none", N_("none") },
						{ "linked", N_("all that name a competency") },
						{ "all", N_("all, whether they name a competency or not") },
						{ "listed", N_("those on the list of the campaign") },
						{ NULL, NULL } };

enum { NO, ALL, UNLINKED, LINKED, ON_LIST, WAYS }; /* UNLINKED: all, in a campaign by competency */

static int way_of(struct str kind, bool by_competency)
{
	if (str_is(kind, "all"))
		return by_competency ? UNLINKED : ALL;
	return str_is(kind, "linked") ? LINKED : str_is(kind, "listed") ? ON_LIST : NO;
}

static const char *const of_events[WAYS] = { N_("Events do not count."), N_("Every event counts."),
					     N_("Every event counts, also without a competency: so this campaign was announced."),
					     N_("Events that name a competency count."), N_("Events that are on the list count.") };
static const char *const of_programmes[WAYS] = { N_("Sessions of programmes do not count."), N_("Sessions of every programme count."),
						 N_("Sessions of every programme count, also without a competency: so this campaign was announced."),
						 N_("Sessions of programmes that name a competency count."),
						 N_("Sessions of programmes that are on the list count.") };
static const char *const of_charchas[WAYS] = { N_("Samuhik Charchas do not count."), N_("Every Samuhik Charcha counts."),
					       N_("Every Samuhik Charcha counts, also without a competency: so this campaign was announced."),
					       N_("Samuhik Charchas that name a competency count."), N_("Samuhik Charchas that are on the list count.") };

struct campaign_said campaign_said(const struct ctx *cx, struct str counts, const struct campaign_kinds *kinds)
{
	bool by_competency = str_is(counts, "competency");
	return (struct campaign_said){
		.courses =
			str_of(tr(cx->lang, by_competency ? N_("Every course that teaches a competency counts.") : N_("Courses that are on the list count."))),
		.events = str_of(tr(cx->lang, of_events[way_of(kinds->events, by_competency)])),
		.programmes = str_of(tr(cx->lang, of_programmes[way_of(kinds->programmes, by_competency)])),
		.charchas = str_of(tr(cx->lang, of_charchas[way_of(kinds->charchas, by_competency)])),
	};
}
