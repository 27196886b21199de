/* Kept and offered seats; see admission_offer.h. */
#include "feature/admission/admission_offer.h"
#include "base/clock.h"
#include "feature/admission/admission_in.h"
#include "feature/notice/notice.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/lang.h"

#define ZONE S("Asia/Kolkata")

enum err admission_free(struct ctx *cx, const struct admission_batch_row *b, int64_t *ret)
{
	struct admission_counts_row n;
	struct admission_offered_row offered;
	struct admission_quotas_row *q;
	size_t n_q;
	TRY(admission_sql_counts(cx, b->id, &n));
	TRY(admission_sql_offered(cx, b->id, cx->now, &offered));
	TRY(admission_sql_quotas(cx, b->id, &q, &n_q));
	*ret = b->seats - n.n_admitted - offered.n;
	for (size_t i = 0; i < n_q; i++)
		if (q[i].until_at > cx->now && q[i].seats > q[i].n_taken)
			*ret -= q[i].seats - q[i].n_taken;
	return OK;
}

static enum err enough(struct ctx *cx, const struct admission_batch_row *b, int64_t seats)
{
	int64_t left;
	TRY(admission_free(cx, b, &left));
	if (seats <= left)
		return OK;
	return fail_msg(cx, ERR_CONFLICT, S("seats"), N_("Only {n} seats are neither taken nor kept for others."), 1,
			(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)(left > 0 ? left : 0)) } });
}

static enum err still_open(struct ctx *cx, const struct admission_batch_row *b)
{
	struct admission_no no = admission_not_open(cx, b);
	return no.text ? fail_msg(cx, ERR_CONFLICT, S(""), no.text, no.n_args, &no.arg) : OK;
}

/* The end of a day in India, no later than requests are taken. */
static enum err until_of(struct ctx *cx, const struct admission_batch_row *b, const char *field, int64_t day, int64_t *ret)
{
	if (day < person_today(cx))
		return fail(cx, ERR_INVALID, field, N_("must be today or later"));
	if (day > clock_day(ZONE, b->starts_at))
		return fail(cx, ERR_INVALID, field, N_("must be before the batch begins"));
	*ret = clock_day_start(ZONE, day + 1);
	if (*ret > b->starts_at)
		*ret = b->starts_at;
	return OK;
}

static enum err org_typed(struct ctx *cx, const char *field, struct str typed, int64_t *ret)
{
	struct org_of_code_row row;
	struct str name;
	bool found = false;
	typed = typed.p ? str_trim(typed) : S("");
	if (str_int(typed, ret))
		return org_called(cx, *ret, &name);
	if (typed.n)
		TRY(org_sql_of_code(cx, typed, &row, &found));
	if (!found)
		return fail(cx, ERR_INVALID, field, N_("is no code of an organisation"));
	*ret = row.id;
	return OK;
}

static enum err one_more(struct ctx *cx, const struct admission_batch_row *b)
{
	struct admission_quotas_row *q;
	size_t n;
	TRY(admission_sql_quotas(cx, b->id, &q, &n));
	return n < ADMISSION_QUOTAS_MAX ? OK : fail(cx, ERR_CONFLICT, "", N_("A batch keeps seats for at most 50."));
}

/* ── quotas ── */

static enum err for_whom(struct ctx *cx, const struct admission_quota_add *in, struct str *service, int64_t *org_id)
{
	struct admission_service_row row;
	bool found = false;
	*service = S("");
	*org_id = NONE;
	if (str_is(in->kind, "org"))
		return org_typed(cx, "org", in->org, org_id);
	*service = in->service.p ? str_trim(in->service) : S("");
	if (service->n)
		TRY(admission_sql_service(cx, *service, &row, &found));
	return found ? OK : fail(cx, ERR_INVALID, "service", N_("is no service that anybody is posted in"));
}

enum err admission_quota_add(struct ctx *cx, const struct admission_quota_add *in)
{
	struct admission_batch_row b;
	struct str service;
	int64_t org_id, until;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	TRY(for_whom(cx, in, &service, &org_id));
	TRY(until_of(cx, &b, "until_day", in->until_day, &until));
	TRY(one_more(cx, &b));
	TRY(enough(cx, &b, in->seats));
	TRY(admission_sql_add_quota(cx, new_id(cx), b.id, in->kind, service, org_id, in->seats, until, NULL));
	return admission_settle(cx, b.id);
}

enum err admission_quota_end(struct ctx *cx, int64_t batch_id, int64_t quota_id)
{
	struct admission_batch_row b;
	int64_t changed = 0;
	TRY(admission_batch_of_coordinator(cx, batch_id, &b));
	TRY(admission_sql_end_quota(cx, cx->now, quota_id, batch_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("These seats are not kept any more, or were offered and accepted."));
	return admission_settle(cx, batch_id);
}

/* ── offers ── */

static enum err tell_admins(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, int64_t offer_id, int64_t seats)
{
	const struct msg_arg args[] = { { "programme", admission_called(cx, b->title, STR_NONE, b->name) },
					{ "n", str_fmt(cx->arena, "%lld", (long long)seats) } };
	struct admission_nominators_row *r;
	size_t n;
	TRY(admission_sql_nominators(cx, org_id, &r, &n));
	for (size_t i = 0; i < n && r[i].distance == r[0].distance; i++)
		TRY(notice_tell(cx, &(struct notice){ .kind = NOTICE_admission,
						      .person_id = r[i].person_id,
						      .fact = str_fmt(cx->arena, "admission.offer:%lld", (long long)offer_id),
						      .text = N_("Seats in “{programme}” are offered to your organisation: {n}."),
						      .args = args,
						      .n_args = 2,
						      .path = str_fmt(cx->arena, "/orgs/%lld/seat-offers", (long long)org_id),
						      .thing_id = NONE }));
	return OK;
}

enum err admission_offer_add(struct ctx *cx, const struct admission_offer_add *in)
{
	struct admission_batch_row b;
	int64_t until, to, id = new_id(cx);
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	TRY(still_open(cx, &b));
	TRY(org_typed(cx, "to", in->to, &to));
	if (to == b.org_id)
		return fail(cx, ERR_INVALID, "to", N_("is the organisation of the batch itself"));
	TRY(until_of(cx, &b, "answer_day", in->answer_day, &until));
	TRY(one_more(cx, &b));
	TRY(enough(cx, &b, in->seats));
	TRY(admission_sql_add_offer(cx, id, b.id, to, in->seats, in->words.n ? str_trim(in->words) : S(""), until, actor_hand(&cx->actor), cx->now, NULL));
	return tell_admins(cx, &b, to, id, in->seats);
}

static enum err answered(struct ctx *cx, int64_t id, const char *state, int64_t quota_id)
{
	int64_t changed = 0;
	TRY(admission_sql_answer_offer(cx, str_of(state), quota_id, actor_hand(&cx->actor), cx->now, id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("This offer is answered or taken back already."));
}

enum err admission_offer_take_back(struct ctx *cx, int64_t batch_id, int64_t offer_id)
{
	struct admission_batch_row b;
	struct admission_offer_row f;
	bool found = false;
	TRY(admission_batch_of_coordinator(cx, batch_id, &b));
	TRY(admission_sql_offer(cx, offer_id, &f, &found));
	if (!found || f.batch_id != batch_id)
		return fail(cx, ERR_NOT_FOUND, "offer_id", N_("There is no such offer."));
	TRY(answered(cx, offer_id, "taken_back", NONE));
	return admission_settle(cx, batch_id);
}

enum err admission_offer_answer(struct ctx *cx, int64_t org_id, int64_t offer_id, bool yes)
{
	struct admission_offer_row f;
	struct admission_batch_row b;
	bool found = false;
	int64_t quota_id = NONE;
	TRY(admission_sql_offer(cx, offer_id, &f, &found));
	if (!found || f.to_org_id != org_id)
		return fail(cx, ERR_NOT_FOUND, "offer_id", N_("There is no such offer."));
	TRY(admission_batch(cx, f.batch_id, &b));
	if (str_is(f.state, "offered") && f.answer_until <= cx->now)
		return fail_msg(cx, ERR_CONFLICT, S(""), N_("This offer was open until {until} only."), 1,
				(struct msg_arg[]){ { "until", admission_when(cx, f.answer_until) } });
	if (yes) {
		TRY(still_open(cx, &b));
		TRY(one_more(cx, &b));
		quota_id = new_id(cx);
		TRY(admission_sql_add_quota(cx, quota_id, b.id, S("offer"), S(""), org_id, f.seats, b.ask_until, NULL));
	}
	TRY(answered(cx, offer_id, yes ? "accepted" : "declined", quota_id));
	return admission_settle(cx, b.id);
}

struct str admission_offer_state(const struct ctx *cx, struct str state, int64_t answer_until)
{
	bool lapsed = str_is(state, "offered") && answer_until <= cx->now;
	return str_of(tr(cx->lang, lapsed		       ? N_("not answered in time")
				   : str_is(state, "offered")  ? N_("open")
				   : str_is(state, "accepted") ? N_("accepted")
				   : str_is(state, "declined") ? N_("declined")
							       : N_("taken back")));
}
