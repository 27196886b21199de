/* Giving seats and beds, and telling people; see admission.h and places.h. */
#include "base/clock.h"
#include "feature/admission/admission_in.h"
#include "feature/admission/places.h"
#include "feature/notice/notice.h"
#include "feature/programme/programme.h"
#include "web/lang.h"

enum err admission_tell(struct ctx *cx, const struct admission_batch_row *b, int64_t admission_id, int64_t person_id, const char *what, struct str words)
{
	struct admission_last_step_row last;
	bool found = false;
	const struct msg_arg args[] = { { "programme", admission_called(cx, b->title, STR_NONE, b->name) }, { "words", words.n ? words : S("") } };
	TRY(admission_sql_last_step(cx, admission_id, &last, &found));
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_admission,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "admission:%lld:%lld", (long long)admission_id, found ? (long long)last.id : 0LL),
						 .text = what,
						 .args = args,
						 .n_args = 2,
						 .path = str_fmt(cx->arena, "/batches/%lld/request", (long long)b->id),
						 .thing_id = NONE,
						 .or_short = true });
}

/* ── seats ── */

struct line {
	struct admission_line_row *r;
	struct places_person *p;
	size_t n, at; /* at: where the reading of quotas that fit is */
	struct admission_quotas_row *quotas;
	size_t n_quotas;
};

static int quota_at(const struct line *l, int64_t id)
{
	for (size_t k = 0; k < l->n_quotas; k++)
		if (l->quotas[k].id == id)
			return (int)k;
	return PLACES_FREE;
}

/* Both come in the same order. */
static enum err put_fit(struct ctx *cx, void *arg, const void *row)
{
	struct line *l = arg;
	const struct admission_fits_row *f = row;
	(void)cx;
	while (l->at < l->n && l->r[l->at].id != f->id)
		l->at++;
	int quota = quota_at(l, f->quota_id); /* PLACES_FREE: beyond those that are read */
	if (quota >= 0 && l->at < l->n && l->p[l->at].n_fits < PLACES_FITS_MAX)
		l->p[l->at].fits[l->p[l->at].n_fits++] = quota;
	return OK;
}

static enum err read_line(struct ctx *cx, int64_t batch_id, struct line *l)
{
	*l = (struct line){ 0 };
	TRY(admission_sql_quotas(cx, batch_id, &l->quotas, &l->n_quotas));
	TRY(admission_sql_line(cx, batch_id, &l->r, &l->n));
	l->p = ARENA_ARRAY(cx->arena, struct places_person, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		l->p[i].seat = str_is(l->r[i].state, "waiting") ? PLACES_NONE : quota_at(l, l->r[i].quota_id);
	return l->n_quotas ? admission_sql_fits(cx, batch_id, cx->now, put_fit, l) : OK;
}

/* What is offered to somebody and not answered is kept, for nobody as yet. */
static enum err read_kept(struct ctx *cx, const struct admission_batch_row *b, const struct line *l, struct places_quota *q, size_t *ret_n)
{
	struct admission_offered_row offered;
	for (size_t k = 0; k < l->n_quotas; k++)
		q[k] = (struct places_quota){ l->quotas[k].seats, l->quotas[k].until_at <= cx->now };
	*ret_n = l->n_quotas;
	TRY(admission_sql_offered(cx, b->id, cx->now, &offered));
	if (offered.n)
		q[(*ret_n)++] = (struct places_quota){ offered.n, false };
	return OK;
}

static enum err put_seat(struct ctx *cx, const struct admission_batch_row *b, const struct line *l, size_t i)
{
	const struct admission_line_row *r = &l->r[i];
	int seat = l->p[i].seat;
	bool waited = str_is(r->state, "waiting");
	if (waited ? seat == PLACES_NONE : seat == quota_at(l, r->quota_id))
		return OK;
	TRY(admission_sql_seat(cx, seat >= 0 ? l->quotas[seat].id : NONE, cx->now, r->id, NULL));
	TRY(admission_note(cx, r->id, r->state, "admitted", waited ? S(N_("A seat is free.")) : S(N_("The seat is one that is kept for such people now.")),
			   NONE));
	if (!waited)
		return OK;
	TRY(admission_tell(cx, b, r->id, r->person_id, N_("You have a seat in “{programme}”."), S("")));
	return programme_consider(cx, b->id, r->person_id);
}

/* ── beds ── */

static enum err beds_left(struct ctx *cx, const struct admission_batch_row *b, struct admission_hostel_row *h, int64_t *ret)
{
	bool found = false;
	*ret = 0;
	if (b->hostel_id != NONE)
		TRY(admission_sql_hostel(cx, b->ends_at, b->starts_at, b->hostel_id, h, &found));
	if (found)
		*ret = h->beds - h->n_given;
	return OK;
}

/* More are given than there are: the batch was put on days on which others need the hostel. Who asked last gives the bed back, and goes on wanting one. */
static enum err take_beds(struct ctx *cx, const struct admission_batch_row *b, const struct admission_line_row *r, size_t n, int64_t too_many)
{
	for (size_t i = n; i-- > 0 && too_many > 0;) {
		if (!r[i].bed_given)
			continue;
		TRY(admission_sql_give_bed(cx, true, false, cx->now, r[i].id, NULL));
		TRY(admission_note(cx, r[i].id, r[i].state, "admitted", S(N_("There are not beds for all on these days.")), NONE));
		TRY(admission_tell(cx, b, r[i].id, r[i].person_id,
				   N_("Your bed in the hostel for “{programme}” was taken back: there are not beds for all on these days."), S("")));
		too_many--;
	}
	return OK;
}

static enum err give_beds(struct ctx *cx, const struct admission_line_row *r, size_t n, int64_t left)
{
	for (size_t i = 0; i < n && left > 0; i++) {
		if (!r[i].bed || r[i].bed_given || !str_is(r[i].state, "admitted"))
			continue;
		TRY(admission_sql_give_bed(cx, true, true, cx->now, r[i].id, NULL));
		left--;
	}
	return OK;
}

/* The bed that one batch takes is seen by all that need the hostel on the same days, so that beds are never more than there are. */
static enum err settle_beds(struct ctx *cx, const struct admission_batch_row *b)
{
	struct admission_hostel_row h;
	struct admission_line_row *r;
	int64_t left;
	size_t n;
	TRY(beds_left(cx, b, &h, &left));
	if (!left || (left > 0 && !str_is(h.for_whom, "anybody")))
		return OK;
	TRY(admission_sql_line(cx, b->id, &r, &n));
	return left < 0 ? take_beds(cx, b, r, n, -left) : give_beds(cx, r, n, left);
}

enum err admission_bed(struct ctx *cx, const struct admission_one_row *a, bool give)
{
	struct admission_batch_row b;
	struct admission_hostel_row h;
	int64_t left;
	TRY(admission_batch(cx, a->batch_id, &b));
	if (!str_is(a->state, "admitted") || a->bed_given == give)
		return fail(cx, ERR_CONFLICT, "", N_("Beds are given to people who have a seat and no bed, and taken from people who have one."));
	TRY(beds_left(cx, &b, &h, &left));
	if (give && left <= 0)
		return fail(cx, ERR_CONFLICT, "", N_("No bed of the hostel is free on these days."));
	TRY(admission_sql_give_bed(cx, give, give, cx->now, a->id, NULL)); /* taken back it is for others, also when it is settled again */
	return admission_note(cx, a->id, S("admitted"), "admitted", give ? S(N_("A bed was given.")) : S(N_("The bed was taken back.")),
			      actor_hand(&cx->actor));
}

enum err admission_settle(struct ctx *cx, int64_t batch_id)
{
	struct admission_batch_row b;
	struct admission_counts_row n;
	struct places_quota q[PLACES_QUOTAS_MAX]; /* 60 at most are read, and one is what is offered */
	struct line l;
	size_t n_q;
	TRY(admission_batch(cx, batch_id, &b));
	if (!str_is(b.state, "open") || cx->now >= b.starts_at)
		return OK;
	TRY(admission_sql_counts(cx, batch_id, &n));
	if (n.n_waiting && n.n_admitted < b.seats) {
		TRY(read_line(cx, batch_id, &l));
		TRY(read_kept(cx, &b, &l, q, &n_q));
		places_settle(b.seats, q, n_q, l.p, l.n);
		for (size_t i = 0; i < l.n; i++)
			TRY(put_seat(cx, &b, &l, i));
	}
	return b.hostel_id == NONE ? OK : settle_beds(cx, &b);
}
