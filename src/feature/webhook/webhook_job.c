/* Rounds of telling; see webhook.h. A round asks every address that may be told something, all at the same time, outside any transaction; the
 * step notes how it went. */
#include "feature/notice/notice.h"
#include "feature/secret/secret.h"
#include "feature/webhook/webhook_send.h"

enum { EVENTS_A_ROUND = 8 };

static const int64_t waits[] = { MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, DAY };
enum { N_WAITS = sizeof waits / sizeof *waits };

struct telling {
	struct webhook_ready_row to;
	struct webhook_due_row *due;
	struct webhook_post *posts; /* of .due, as many */
	size_t n;
};
struct round {
	struct telling *v;
	size_t n;
	struct webhook_post *posts;
	size_t n_posts;
};

/* ── asking ── */

static enum err look(struct ctx *cx, void *arg)
{
	struct round *r = arg;
	struct webhook_ready_row *ready;
	*r = (struct round){ 0 };
	TRY(webhook_sql_ready(cx, cx->now, &ready, &r->n));
	r->v = ARENA_ARRAY(cx->arena, struct telling, r->n);
	for (size_t i = 0; i < r->n; i++) {
		r->v[i].to = ready[i];
		TRY(webhook_sql_due(cx, ready[i].id, cx->now, ready[i].fails ? 1 : EVENTS_A_ROUND, &r->v[i].due, &r->v[i].n));
		r->n_posts += r->v[i].n;
	}
	return OK;
}

static struct str opened(struct ctx *cx, const struct telling *t, struct str sealed)
{
	struct str plain;
	return sealed.p && secret_open(cx, webhook_purpose(cx, t->to.id), sealed, &plain) ? plain : STR_NONE;
}

static void fill(struct ctx *cx, struct round *r)
{
	size_t at = 0;
	r->posts = ARENA_ARRAY(cx->arena, struct webhook_post, r->n_posts);
	for (size_t i = 0; i < r->n; i++) {
		struct telling *t = &r->v[i];
		struct str secret = opened(cx, t, t->to.secret), old = t->to.old_until != NONE && t->to.old_until > cx->now ? opened(cx, t, t->to.old_secret) : STR_NONE;
		t->posts = &r->posts[at];
		for (size_t k = 0; k < t->n; k++, at++)
			r->posts[at] = (struct webhook_post){ .address = t->to.address, .body = t->due[k].body, .event_id = t->due[k].event_id, .secret = secret, .old_secret = old };
	}
}

static enum err send_act(struct ctx *cx, struct job *j)
{
	struct round *r = ARENA_NEW(cx->arena, struct round);
	j->state = r;
	TRY(db_read(cx, look, r));
	if (j->cancel)
		r->n_posts = 0;
	fill(cx, r);
	webhook_post_all(cx, r->posts, r->n_posts);
	return OK;
}

/* ── noting ── */

static bool is_taken(const struct webhook_post *p)
{
	return p->status >= 200 && p->status < 300;
}

static enum err note_event(struct ctx *cx, int64_t webhook_id, const struct webhook_due_row *d, const struct webhook_post *p)
{
	bool taken = is_taken(p), over = !taken && d->tries >= N_WAITS;
	struct str state = taken ? S("taken") : over ? S("failed") : S("waiting");
	int64_t due = taken || over ? cx->now : cx->now + job_wait(waits, N_WAITS, d->tries + 1);
	return webhook_sql_told(cx, state, d->tries + 1, due, cx->now, p->took, p->status, p->words, webhook_id, d->event_id, NULL);
}

static enum err tell_keepers(struct ctx *cx, int64_t id, const struct webhook_standing_row *w, bool gone)
{
	const struct msg_arg arg = { "address", w->address };
	struct webhook_keepers_row *rows;
	size_t n;
	TRY(webhook_sql_keepers(cx, w->made_by, w->org_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct notice notice = { .kind = NOTICE_connection,
					 .person_id = rows[i].id,
					 .fact = str_fmt(cx->arena, "webhook.paused:%lld:%lld", (long long)id, (long long)cx->now),
					 .subject = N_("A webhook is paused"),
					 .text = gone ? N_("{address} says that it is gone. It is told nothing more; events are kept for 30 days and go out when the webhook goes on.")
						      : N_("{address} has taken nothing for five days. It is told nothing more; events are kept for 30 days and go out when the webhook goes on."),
					 .path = str_fmt(cx->arena, "/orgs/%lld/webhooks/%lld", (long long)w->org_id, (long long)id),
					 .args = &arg,
					 .n_args = 1 };
		TRY(notice_tell(cx, &notice));
	}
	return OK;
}

/* After a round in which nothing was taken. */
static enum err pause_if_hopeless(struct ctx *cx, int64_t id, bool gone)
{
	struct webhook_standing_row w;
	bool found = false;
	int64_t changed = 0;
	TRY(webhook_sql_standing(cx, id, &w, &found));
	if (!found || w.paused_at != NONE || (!gone && cx->now - w.failing_since < WEBHOOK_PATIENCE))
		return OK;
	TRY(webhook_sql_pause(cx, cx->now, gone ? S("gone") : S("failing"), id, &changed));
	return changed ? tell_keepers(cx, id, &w, gone) : OK;
}

static enum err note(struct ctx *cx, const struct telling *t)
{
	bool good = false, gone = false;
	for (size_t i = 0; i < t->n; i++) {
		TRY(note_event(cx, t->to.id, &t->due[i], &t->posts[i]));
		good = good || is_taken(&t->posts[i]);
		gone = gone || t->posts[i].status == 410;
	}
	if (good && !gone)
		return webhook_sql_good_round(cx, cx->now, t->to.id, NULL);
	TRY(webhook_sql_bad_round(cx, cx->now, cx->now + job_wait(waits, N_WAITS, t->to.fails + 1), t->to.id, NULL));
	return pause_if_hopeless(cx, t->to.id, gone);
}

static enum err send_step(struct ctx *cx, struct job *j)
{
	const struct round *r = j->state;
	struct webhook_ready_row *more;
	size_t n;
	for (size_t i = 0; i < r->n && r->n_posts; i++)
		TRY(note(cx, &r->v[i]));
	j->done += (int64_t)r->n_posts;
	/* Asked in the transaction: an event written meanwhile relies on this job. */
	TRY(webhook_sql_ready(cx, cx->now, &more, &n));
	j->ended = j->cancel || !n;
	return OK;
}

/* What waits for a time of its own. */
static enum err again_step(struct ctx *cx, struct job *j)
{
	struct webhook_ready_row *rows;
	size_t n;
	TRY(webhook_sql_ready(cx, cx->now, &rows, &n));
	j->ended = true;
	return n ? webhook_wake(cx) : OK;
}

static enum err sweep_step(struct ctx *cx, struct job *j)
{
	struct webhook_old_events_row *rows;
	size_t n;
	TRY(webhook_sql_old_events(cx, cx->now - WEBHOOK_KEPT, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(webhook_sql_forget_deliveries(cx, rows[i].id, NULL));
		TRY(webhook_sql_forget_event(cx, rows[i].id, NULL));
	}
	j->done += (int64_t)n;
	j->ended = n == 0;
	return OK;
}

const struct job_kind webhook_jobs[] = {
	{ .name = "webhook.send", .title = N_("Telling other systems"), .act = send_act, .step = send_step },
	{ .name = "webhook.again", .title = N_("Telling other systems again"), .step = again_step, .every = MINUTE },
	{ .name = "webhook.sweep", .title = N_("Forgetting old events"), .step = sweep_step, .every = DAY },
	{ 0 },
};
