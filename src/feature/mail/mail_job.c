/* The jobs that send; see mail.h for when a letter is tried again. */
#include "feature/mail/mail_send.h"

#define AWAY_FIRST (5 * SECOND)
#define AWAY_MOST (5 * MINUTE)
#define LATER_FIRST MINUTE
#define LATER_MOST HOUR

enum err mail_wake(struct ctx *cx, struct str channel)
{
	return job_add(cx, &(struct job_add){ .kind = "mail.send", .once = channel, .input = channel, .asked_by = NONE }, NULL);
}

/* first, 2 first, 4 first … at most `most`. */
static int64_t wait_for(int64_t first, int64_t most, int64_t tries)
{
	while (tries-- > 0 && first < most)
		first *= 2;
	return first < most ? first : most;
}

struct trying {
	struct str channel;
	struct mail_due_row row;
	struct mail_sending sending;
	bool found;
};

static enum err look(struct ctx *cx, void *arg)
{
	struct trying *t = arg;
	return mail_sql_due(cx, t->channel, cx->now, &t->row, &t->found);
}

static enum err send_act(struct ctx *cx, struct job *j)
{
	struct trying *t = ARENA_NEW(cx->arena, struct trying);
	t->channel = j->input;
	TRY(db_read(cx, look, t));
	t->sending = (struct mail_sending){ .row = &t->row, .job = j };
	if (t->found && !j->cancel)
		mail_send(cx, &t->sending);
	j->state = t;
	return OK;
}

static enum err note_away(struct ctx *cx, struct job *j, const struct trying *t)
{
	int64_t times = 0;
	if (j->at.n && !str_int(j->at, &times))
		return ERR_INTERNAL;
	j->wait_until = cx->now + wait_for(AWAY_FIRST, AWAY_MOST, times);
	j->at = str_fmt(cx->arena, "%lld", (long long)times + 1);
	j->result = t->sending.words;
	return OK;
}

/* After MAIL_PATIENCE what was wanted later counts as refused. */
static enum err note_later(struct ctx *cx, const struct trying *t)
{
	if (cx->now - t->row.created_at >= MAIL_PATIENCE)
		return mail_sql_end(cx, S("refused"), cx->now, t->sending.words, t->row.id, NULL);
	return mail_sql_put_off(cx, cx->now + wait_for(LATER_FIRST, LATER_MOST, t->row.tries), t->sending.words, t->row.id, NULL);
}

static enum err send_step(struct ctx *cx, struct job *j)
{
	const struct trying *t = j->state;
	struct trying more = { .channel = t->channel };
	j->ended = j->cancel;
	if (j->cancel)
		return OK;
	if (!t->found) {
		/* Asked once more in the transaction: a letter written meanwhile relies on this job. */
		TRY(look(cx, &more));
		j->ended = !more.found;
		return OK;
	}
	if (t->sending.outcome == MAIL_AWAY)
		return note_away(cx, j, t);
	j->at = STR_NONE;
	j->result = STR_NONE;
	j->done++;
	switch (t->sending.outcome) {
	case MAIL_LATER: return note_later(cx, t);
	case MAIL_SENT: return mail_sql_end(cx, S("sent"), cx->now, STR_NONE, t->row.id, NULL);
	case MAIL_LATE: return mail_sql_end(cx, S("late"), cx->now, STR_NONE, t->row.id, NULL);
	default: return mail_sql_end(cx, S("refused"), cx->now, t->sending.words, t->row.id, NULL);
	}
}

/* Letters that wait for a time of their own, and the old ones. */
static enum err again_step(struct ctx *cx, struct job *j)
{
	for (enum mail_channel c = MAIL_LETTER; c <= MAIL_SHORT; c++) {
		struct trying t = { .channel = mail_channel_name(c) };
		TRY(look(cx, &t));
		if (t.found)
			TRY(mail_wake(cx, t.channel));
	}
	j->ended = true;
	return mail_sql_sweep(cx, cx->now - MAIL_KEPT, NULL);
}

const struct job_kind mail_jobs[] = {
	{ .name = "mail.send", .title = N_("Sending letters"), .act = send_act, .step = send_step },
	{ .name = "mail.again", .title = N_("Trying letters again that had to wait"), .step = again_step, .every = MINUTE },
	{ 0 },
};
