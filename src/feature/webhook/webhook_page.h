/* Views of webhooks. */
#ifndef FEATURE_WEBHOOK_PAGE_H
#define FEATURE_WEBHOOK_PAGE_H
#include "web/html.h"

struct webhook_item {
	int64_t id, org_id, made_at, failing_since, paused_at;
	struct str address, kinds; /* kinds: with commas between */
	struct str state;	   /* good failing paused */
	struct str why;		   /* asked failing gone */
};
struct webhook_tick {
	struct str name, text; /* "kinds.enrolment.completed" */
	bool on;
};
struct webhooks_page {
	int64_t id;
	struct str org;
	struct webhook_item *webhooks;
	size_t n_webhooks;
	struct webhook_tick *ticks;
	size_t n_ticks;
};
struct webhook_delivery_item {
	int64_t event_id, webhook_id, org_id, made_at, tries, due_at, tried_at, took, status;
	struct str kind, text, state, words; /* text: of the kind */
	bool waiting, failed;
};
struct webhook_page {
	int64_t org_id;
	struct str org, next;
	struct webhook_item webhook;
	bool failing, paused, gone, gave_up;
	struct webhook_tick *ticks;
	size_t n_ticks;
	struct webhook_delivery_item *deliveries;
	size_t n_deliveries;
	bool counted; /* how many a replay would tell again is shown */
	int64_t since_day, replay_n;
};
struct webhook_secret_page {
	int64_t id, org_id;
	struct str org, address, secret;
	bool is_new;
};
/* The kinds to choose from; as they were left when the form was refused. */
void html_webhooks_ticks(struct html_out *o, const struct webhooks_page *v);
void html_webhook_own_ticks(struct html_out *o, const struct webhook_page *v);
#endif
