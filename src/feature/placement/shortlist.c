/* The shortlist for a post; see shortlist.h. */
#include "feature/placement/shortlist.h"
#include "feature/person/person.h"
#include "web/lang.h"

enum err shortlist_post(struct ctx *cx, int64_t org_id, int64_t post_id, struct placement_post_row *ret, struct pool_post *ret_asks)
{
	bool found = false;
	TRY(placement_sql_post(cx, person_today(cx), post_id, org_id, ret, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "post_id", N_("There is no such post here."));
	*ret_asks = (struct pool_post){ .id = post_id,
					.sanctioned = ret->sanctioned,
					.tenure_months = ret->tenure_months,
					.asks = { .service = ret->service, .least_pay_level = ret->least_pay_level, .least_years = ret->least_years } };
	return pool_needs(cx, ret_asks, 1);
}

enum err shortlist_of(struct ctx *cx, int64_t org_id, int64_t post_id, struct shortlist *ret)
{
	TRY(shortlist_post(cx, org_id, post_id, &ret->post, &ret->asks));
	TRY(pool_of_org(cx, org_id, person_today(cx), ret->asks.asks.service, ret->asks.asks.least_pay_level, &ret->asks, 1, &ret->pool));
	pool_rank(cx, &ret->pool, &ret->asks, SHORTLIST, 0, &ret->ranking);
	return OK;
}

/* ── in words ── */

static struct str number(struct ctx *cx, int64_t v)
{
	return str_fmt(cx->arena, "%lld", (long long)v);
}

struct str fit_rule_words(struct ctx *cx, enum fit_rule rule, const struct fit_post *post, const struct fit_person *person, const struct fit_rules *r)
{
	struct msg_arg v[2];
	switch (rule) {
	case FIT_SERVICE:
		v[0] = (struct msg_arg){ "asked", post->service };
		v[1] = (struct msg_arg){ "has", person->service };
		return msg_text(cx,
				post->service.n ? N_("Service {asked} is asked; the person is of {has}.")
						: N_("People of any service may come; the person is of {has}."),
				2, v);
	case FIT_PAY_LEVEL:
		v[0] = (struct msg_arg){ "asked", number(cx, post->least_pay_level) };
		v[1] = (struct msg_arg){ "has", number(cx, person->pay_level) };
		return msg_text(cx, N_("Pay level {asked} or above is asked; the person has {has}."), 2, v);
	case FIT_YEARS:
		v[0] = (struct msg_arg){ "asked", number(cx, post->least_years) };
		v[1] = (struct msg_arg){ "has", number(cx, r->years) };
		return msg_text(cx, N_("Years in service that are asked: {asked}; whole years that the person has: {has}."), 2, v);
	default:
		if (person->held_since == NONE)
			return str_of(tr(cx->lang, N_("The person holds no post that must be kept for a time.")));
		v[0] = (struct msg_arg){ "asked", number(cx, person->held_tenure_months) };
		v[1] = (struct msg_arg){ "has", number(cx, r->months) };
		return msg_text(cx, N_("Months that the post now held must be kept: {asked}; whole months so far: {has}."), 2, v);
	}
}

struct str fit_points(struct ctx *cx, int64_t thousandths)
{
	return str_fmt(cx->arena, "%lld.%lld", (long long)(thousandths / 10), (long long)(thousandths % 10));
}

struct str fit_points_signed(struct ctx *cx, int64_t thousandths)
{
	return thousandths == NONE ? S("") : thousandths < 0 ? str_fmt(cx->arena, "−%s", fit_points(cx, -thousandths).p) : fit_points(cx, thousandths);
}
