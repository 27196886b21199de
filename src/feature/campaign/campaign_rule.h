/* What counts in campaigns, and where; read once for much work. Within the feature. */
#ifndef FEATURE_CAMPAIGN_RULE_H
#define FEATURE_CAMPAIGN_RULE_H
#include "feature/campaign/campaign.h"

/* Which things of a kind count; see schema/0088_campaign_thing.sql. */
enum campaign_which { CAMPAIGN_NONE, CAMPAIGN_ALL, CAMPAIGN_LINKED, CAMPAIGN_LISTED };

struct campaign_rule {
	int64_t id, org_id, target_ms, from_day, last_day; /* days: the widest of all windows */
	bool listed;					   /* courses; else what names a competency */
	enum campaign_which events, programmes, charchas;
	struct campaign_one_row campaign;     /* of campaign_rule_of only */
	struct campaign_windows_row *windows; /* by organisation */
	size_t n_windows;
	struct campaign_listed_row *on_list; /* courses and things, by id */
	size_t n_on_list;
};
/* Of all campaigns in which something may still change today; they and all below live in the arena of cx. */
_must_check_ enum err campaign_rules_live(struct ctx *cx, struct campaign_rule **ret, size_t *ret_n);
/* Of all campaigns that ever were. */
_must_check_ enum err campaign_rules_all(struct ctx *cx, struct campaign_rule **ret, size_t *ret_n);
/* Of one. ERR_NOT_FOUND. */
_must_check_ enum err campaign_rule_of(struct ctx *cx, int64_t campaign_id, struct campaign_rule *ret);

/* An organisation and all above it on a day, nearest first; kept, so that each organisation is asked for once. */
struct lineage {
	int64_t org_id;
	const struct campaign_above_row *above;
	size_t n;
};
struct lineages;
struct lineages *lineages_new(struct arena *keep);
_must_check_ enum err lineage_of(struct ctx *cx, struct lineages *l, int64_t org_id, int64_t day, struct lineage *ret);

/* The window of an organisation; NULL: the campaign is not for it. */
const struct campaign_windows_row *campaign_window_of(const struct campaign_rule *r, const struct lineage *l);

/* What is known of a person in days, whatever the campaign. */
struct campaign_facts {
	struct campaign_learned_row *learned;
	size_t n_learned;
	struct campaign_completed_row *completed;
	size_t n_completed;
	struct campaign_postings_row *postings;
	size_t n_postings;
};
_must_check_ enum err campaign_facts_of(struct ctx *cx, int64_t person_id, int64_t from_day, int64_t last_day, struct campaign_facts *ret);
/* The organisation of a day; NONE: not posted. */
int64_t campaign_posted(const struct campaign_facts *f, int64_t day);
/* Counts; without shares and today's window. share, if there, is told what counts of each course (course_id NONE: of none). */
typedef void campaign_share_fn(void *arg, int64_t course_id, int64_t ms);
_must_check_ enum err campaign_tell(struct ctx *cx, const struct campaign_rule *r, struct lineages *l, const struct campaign_facts *f, campaign_share_fn *share,
				    void *arg, struct campaign_count *ret);
#endif
