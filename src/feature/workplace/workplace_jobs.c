/* Rounds as days pass: raters are told, and what is over closes; see workplace.h. */
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/workplace/workplace.h"

/* How often raters should have been told by a day. */
static int64_t times_due(const struct workplace_running_row *r, int64_t today)
{
	if (today < r->opens_day || today > r->closes_day)
		return 0;
	return 1 + (today >= r->closes_day - WORKPLACE_REMIND_FIRST) + (today >= r->closes_day - WORKPLACE_REMIND_LAST);
}

static enum err close_round(struct ctx *cx, int64_t round_id)
{
	struct str id = str_fmt(cx->arena, "%lld", (long long)round_id);
	int64_t job;
	TRY(job_add(cx, &(struct job_add){ .kind = "workplace.close", .once = id, .input = id, .asked_by = NONE }, &job));
	return workplace_sql_set_state(cx, S("closing"), job, round_id, S("open"), NULL);
}

/* What is told at once: that it opens, or, when that was told, that there is not much time. In a short round both come on one day, and one is enough. */
static enum err tell(struct ctx *cx, const struct workplace_running_row *r, int64_t due)
{
	struct str input = str_fmt(cx->arena, "%lld %lld %s", (long long)r->id, (long long)due, r->told ? "again" : "first");
	TRY(workplace_sql_set_told(cx, due, r->id, NULL));
	return job_add(cx, &(struct job_add){ .kind = "workplace.tell", .once = input, .input = input, .asked_by = NONE }, NULL);
}

static enum err rounds_step(struct ctx *cx, struct job *j)
{
	struct workplace_running_row *r;
	int64_t today = person_today(cx);
	size_t n;
	TRY(workplace_sql_running(cx, &r, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t due = times_due(&r[i], today);
		if (today > r[i].closes_day)
			TRY(close_round(cx, r[i].id));
		else if (due > r[i].told)
			TRY(tell(cx, &r[i], due));
	}
	j->ended = true;
	return OK;
}

static enum err tell_one(struct ctx *cx, const struct workplace_one_row *r, const struct workplace_waiting_row *w, bool again, struct str times)
{
	struct civil last = clock_date(r->closes_day);
	const struct msg_arg args[] = { { "round", r->name },
					{ "n", str_fmt(cx->arena, "%lld", (long long)w->n) },
					{ "day", str_fmt(cx->arena, "%02d-%02d-%d", last.day, last.month, last.year) } };
	struct notice n = { .kind = NOTICE_workplace,
			    .person_id = w->rater_id,
			    .fact = str_fmt(cx->arena, "workplace:%lld:%.*s:%lld", (long long)r->id, STR_ARG(times), (long long)w->rater_id),
			    .text = again ? N_("“{round}”: your word is still missing. Forms that wait: {n}. They can be answered until {day}.")
					  : N_("“{round}”: you are asked to say what colleagues can do, until {day}. Forms that wait: {n}."),
			    .subject = N_("Workplace assessment"),
			    .args = args,
			    .n_args = 3,
			    .thing_id = NONE,
			    .path = S("/me/workplace-assessments") };
	return notice_tell(cx, &n);
}

static enum err tell_step(struct ctx *cx, struct job *j)
{
	struct workplace_one_row r;
	struct workplace_waiting_row *w;
	struct str how = j->input, id, times = STR_NONE;
	int64_t round_id, after = 0;
	bool found = false;
	size_t n;
	if (!str_cut(&how, ' ', &id) || !str_int(id, &round_id) || !str_cut(&how, ' ', &times) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(workplace_sql_one(cx, round_id, &r, &found));
	j->ended = !found || !workplace_is_open(r.state, r.opens_day, r.closes_day, person_today(cx));
	if (j->ended)
		return OK;
	TRY(workplace_sql_waiting(cx, round_id, after, &w, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_one(cx, &r, &w[i], str_is(how, "again"), times));
	j->done += (int64_t)n;
	j->ended = n == 0;
	if (n)
		j->at = str_fmt(cx->arena, "%lld", (long long)w[n - 1].rater_id);
	return OK;
}

const struct job_kind workplace_jobs[] = {
	{ .name = "workplace.look",
	  .title = N_("Workplace assessment: listing people, drawing raters"),
	  .act = workplace_look_act,
	  .step = workplace_look_step },
	{ .name = "workplace.make", .title = N_("Workplace assessment: making the forms"), .act = workplace_make_act, .step = workplace_make_step },
	{ .name = "workplace.undo", .title = N_("Workplace assessment: taking back a round"), .step = workplace_undo_step },
	{ .name = "workplace.close", .title = N_("Workplace assessment: counting what was said"), .act = workplace_close_act, .step = workplace_close_step },
	{ .name = "workplace.tell", .title = N_("Workplace assessment: telling those who are asked"), .step = tell_step },
	{ .name = "workplace.rounds", .title = N_("Workplace assessment: rounds that open and close"), .step = rounds_step, .every = HOUR },
	{ 0 },
};
