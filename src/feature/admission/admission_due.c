/* Telling who is asked for a yes that somebody waits for it: gathered, on a day once for a batch at most, and no more when it is settled. See admission.h. */
#include "base/clock.h"
#include "feature/admission/admission_in.h"
#include "feature/notice/notice.h"

/* Hours of the day in India within which people are told: what came in the night is gathered by then, and quiet hours do not lie between counting and telling.
 */
enum { DUE_FROM_HOUR = 9, DUE_UNTIL_HOUR = 20, DUE_STEP = 50 };
/* So long before requests close, and before the batch begins, people are reminded. */
#define DUE_REMINDER (2 * DAY)

struct due_place {
	int64_t batch_id, person_id, office_id;
};

static bool place_of(struct str at, struct due_place *ret)
{
	struct str batch, person;
	*ret = (struct due_place){ 0 };
	return !at.n || (str_cut(&at, ' ', &batch) && str_cut(&at, ' ', &person) && str_int(batch, &ret->batch_id) && str_int(person, &ret->person_id) &&
			 str_int(at, &ret->office_id));
}

/* What closes soon; NULL: nothing. */
static const char *soon(const struct ctx *cx, const struct admission_batch_row *b, int64_t *ret_at)
{
	*ret_at = b->starts_at;
	if (b->starts_at - cx->now <= DUE_REMINDER)
		return N_("“{programme}” begins on {when}; from then on nobody is approved. Requests that wait for your yes: {n}.");
	*ret_at = b->ask_until;
	if (b->ask_until > cx->now && b->ask_until - cx->now <= DUE_REMINDER)
		return N_("Requests for “{programme}” are taken until {when}. Requests that wait for your yes: {n}.");
	*ret_at = NONE;
	return NULL;
}

static enum err tell(struct ctx *cx, const struct admission_batch_row *b, const struct admission_due_row *r)
{
	struct str about = str_fmt(cx->arena, "admission.due:%lld:%lld", (long long)b->id, (long long)r->office_id);
	struct admission_told_row told;
	int64_t today = clock_day_in_india(cx->now), closes_at;
	const char *reminder = soon(cx, b, &closes_at);
	struct str fact = str_fmt(cx->arena, "%.*s:until:%lld", STR_ARG(about), (long long)closes_at);
	/* ';' is the sign behind ':'. */
	TRY(admission_sql_told(cx, fact, r->person_id, str_fmt(cx->arena, "%.*s:", STR_ARG(about)), str_fmt(cx->arena, "%.*s;", STR_ARG(about)), &told));
	if (told.reminded)
		reminder = NULL;
	if (told.at != NONE && (clock_day_in_india(told.at) == today || (!reminder && told.at >= r->newest)))
		return OK;
	if (!reminder)
		fact = str_fmt(cx->arena, "%.*s:%lld", STR_ARG(about), (long long)today);
	const struct msg_arg args[] = { { "programme", admission_called(cx, b->title, STR_NONE, b->name) },
					{ "n", str_fmt(cx->arena, "%lld", (long long)r->n) },
					{ "when", reminder ? admission_when(cx, closes_at) : S("") } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_admission,
						 .person_id = r->person_id,
						 .fact = fact,
						 .text = reminder ? reminder : N_("Requests for “{programme}” that wait for your yes: {n}."),
						 .args = args,
						 .n_args = sizeof args / sizeof *args,
						 .path = r->office_id ? str_fmt(cx->arena, "/orgs/%lld/requests", (long long)r->office_id)
								      : str_fmt(cx->arena, "/batches/%lld/requests", (long long)b->id),
						 .thing_id = NONE });
}

static int64_t step_of(struct str approval, enum admission_side side)
{
	return admission_due(approval, 0) == side ? 0 : admission_due(approval, 1) == side ? 1 : -1;
}

enum err admission_due_step(struct ctx *cx, struct job *j)
{
	struct admission_due_batch_row next;
	struct admission_batch_row b;
	struct admission_due_row *r;
	struct due_place at;
	int hour = clock_civil(S("Asia/Kolkata"), cx->now).hour;
	bool found = false;
	size_t n;
	if (!place_of(j->at, &at))
		return ERR_INTERNAL;
	if (hour >= DUE_FROM_HOUR && hour < DUE_UNTIL_HOUR)
		TRY(admission_sql_due_batch(cx, at.batch_id, cx->now, &next, &found));
	if (!found) {
		j->ended = true;
		return OK;
	}
	if (next.id != at.batch_id)
		at = (struct due_place){ .batch_id = next.id };
	TRY(admission_batch(cx, at.batch_id, &b));
	TRY(admission_sql_due(cx, b.id, step_of(b.approval, SIDE_OFFICE), step_of(b.approval, SIDE_COORDINATOR), b.programme_id, at.person_id, at.office_id,
			      DUE_STEP, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell(cx, &b, &r[i]));
	j->done += (int64_t)n;
	if (n < DUE_STEP)
		at = (struct due_place){ .batch_id = b.id + 1 };
	else
		at = (struct due_place){ b.id, r[n - 1].person_id, r[n - 1].office_id };
	j->at = str_fmt(cx->arena, "%lld %lld %lld", (long long)at.batch_id, (long long)at.person_id, (long long)at.office_id);
	return OK;
}
