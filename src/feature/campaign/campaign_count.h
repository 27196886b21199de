/* Counting people into the figures of a campaign. Within the feature. */
#ifndef FEATURE_CAMPAIGN_COUNT_H
#define FEATURE_CAMPAIGN_COUNT_H
#include "feature/campaign/campaign_rule.h"

/* What figures hold of a person. */
struct campaign_standing {
	struct campaign_part *parts;
	size_t n_parts;
	int64_t reached_at, reached_org_id, pledged_at, pledged_org_id; /* …_org_id NONE: not counted */
};
/* The text of campaign_person.parts; in the arena of cx. */
void campaign_parts_read(struct ctx *cx, struct str text, struct campaign_part **ret, size_t *ret_n);

struct campaign_work;
struct campaign_work *campaign_work_new(void);
void campaign_work_free(struct campaign_work *w);
/* Everything of a person that figures hold is added to w with a sign. */
_must_check_ enum err campaign_weigh(struct ctx *cx, struct campaign_work *w, int64_t campaign_id, int64_t top_id, const struct campaign_standing *s,
				     int64_t sign);
/* A figure is added to w with a sign. */
void campaign_weigh_figure(struct campaign_work *w, const struct campaign_all_figures_row *f, int64_t sign);
/* Calls wrong() for each figure in w that is not nothing. */
void campaign_left(const struct campaign_work *w, campaign_wrong_fn *wrong, void *arg);

/* Counts people in campaigns anew and moves the figures by the difference; anew: nothing of them is in the figures yet. In a writing transaction. */
_must_check_ enum err campaign_settle(struct ctx *cx, const struct campaign_rule *rules, size_t n_rules, const int64_t *people, size_t n, bool anew);
/* All people of a campaign, by the job. In a writing transaction. */
_must_check_ enum err campaign_recount_soon(struct ctx *cx, int64_t campaign_id);
/* How many people are posted where, at once and not only at the next full round of the job. In a writing transaction. */
_must_check_ enum err campaign_people_soon(struct ctx *cx);
#endif
