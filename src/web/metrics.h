/* What the process counts of its own work, for /metrics (Prometheus text format 0.0.4) and the operator's page.
 *
 * Three additions without a lock a request. Counts begin with the process; each process counts for itself. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H
#include "web/action.h"

struct metrics;
/* n_actions: as action_count. Assets, health and unknown addresses are counted together as number n_actions. */
struct metrics *metrics_new(size_t n_actions);
void metrics_free(struct metrics *m);
/* A request has been answered. status: of HTTP; us: microseconds from its first byte to its answer. */
void metrics_note(struct metrics *m, size_t action, unsigned status, int64_t us);

struct metrics_action {
	size_t action;
	int64_t n, failed;     /* failed: answered with 5xx */
	int64_t mean_us;
	int64_t p95_us;        /* upper bound of the bucket in which the 95th of 100 lies */
	int64_t total_us;
};
/* What has run at least once, by the time it took altogether, the greatest first. In the arena. */
size_t metrics_actions(struct metrics *m, struct arena *a, struct metrics_action **ret);

/* What the server knows at the moment. */
struct metrics_now {
	unsigned under_way, waiting;
	size_t writes_waiting;
	unsigned long turned_away;
};
void metrics_write(struct metrics *m, struct buf *b, const struct action_table *t, const struct metrics_now *now);
#endif
