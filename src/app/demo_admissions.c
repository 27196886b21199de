/* Requests for batches of the demonstration; see demo_admissions.h. */
#include "app/demo_admissions.h"
#include "base/clock.h"
#include "feature/admission/admission.h"
#include "feature/admission/admission_offer.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/programme/batch.h"

#include <math.h>

enum { SEATS = 6, ASKERS = 14, COUNTED = 10, FIRST_ASKER = 40 }; /* the people p40 and following; so many of them have both yeses */

static enum err lay_down(struct ctx *cx, int64_t org_id, int64_t *ret_id)
{
	struct programme_put p = { .org_id = org_id,
				   .code = S("writing-for-citizens"),
				   .title = S("Writing for citizens: letters that are understood"),
				   .title_hi = S("नागरिकों के लिए लेखन: पत्र जो समझ में आएँ"),
				   .about = S("One day in a small group, with letters of one's own office."),
				   .audience = S("Everybody who answers letters of citizens"),
				   .institute_id = NONE,
				   .minutes = 300,
				   .approval = S("mdo_coordinator"),
				   .may_ask = true,
				   .least_sessions = NONE,
				   .least_others = NONE };
	struct programme_part_put part = { .org_id = org_id,
					   .kind = S("session"),
					   .phase = S("during"),
					   .must = true,
					   .title = S("Ten letters, rewritten"),
					   .title_hi = S("दस पत्र, नए सिरे से"),
					   .day = 1,
					   .time = S("10:00"),
					   .minutes = 300 };
	int64_t id;
	TRY(programme_add(cx, &p, ret_id));
	TRY(programme_coordinator_add(cx, org_id, *ret_id, S("supervisor@demo.example")));
	part.programme_id = *ret_id;
	TRY(programme_part_add(cx, &part, &id));
	return programme_open(cx, org_id, *ret_id);
}

static enum err hold(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t *ret_id)
{
	struct batch_one_row b;
	struct batch_put put = { .org_id = org_id,
				 .programme_id = programme_id,
				 .seats = SEATS,
				 .waiting = 20,
				 .from_day = person_today(cx) + 21,
				 .last_day = NONE,
				 .ask_day = NONE,
				 .institute_id = NONE,
				 .latitude = nan(""),
				 .longitude = nan(""),
				 .hostel_id = NONE,
				 .fee_rupees = NONE };
	TRY(batch_add(cx, &put, ret_id));
	TRY(batch_find(cx, *ret_id, &b));
	return batch_open(cx, &b);
}

/* Asks as somebody, if that one is there. ret: the request; NONE: none. */
static enum err ask_as(struct ctx *cx, int64_t batch_id, struct str login, int64_t *ret)
{
	struct person_of_login_row p;
	struct admission_mine_row mine;
	bool found = false;
	*ret = NONE;
	TRY(person_of_login(cx, login, &p, &found));
	if (!found)
		return OK;
	cx->actor = (struct actor){ .person_id = p.id, .zone = S("Asia/Kolkata") };
	cx->now += MINUTE;
	TRY(admission_ask(cx, batch_id, false));
	TRY(admission_sql_mine(cx, batch_id, p.id, &mine, &found));
	*ret = mine.id;
	return OK;
}

static enum err say_yes(struct ctx *cx, int64_t id, enum admission_side side)
{
	struct admission_one_row a;
	bool found = false;
	TRY(admission_sql_one(cx, id, &a, &found));
	return found ? admission_decide(cx, &a, side, true, S("")) : OK;
}

/* Most have both yeses, some the office's alone, and the last ask just now. */
static enum err fill(struct ctx *cx, int64_t batch_id, const struct actor *maker)
{
	int64_t id;
	for (int i = 0; i <= ASKERS; i++) {
		struct str login = i == ASKERS / 2 ? S("asha@demo.example") : str_fmt(cx->arena, "p%d@demo.example", FIRST_ASKER + i);
		TRY(ask_as(cx, batch_id, login, &id));
		cx->actor = *maker;
		if (id != NONE && i < COUNTED + 2)
			TRY(say_yes(cx, id, SIDE_OFFICE));
		if (id != NONE && i < COUNTED)
			TRY(say_yes(cx, id, SIDE_COORDINATOR));
	}
	return admission_settle(cx, batch_id);
}

static enum err offer(struct ctx *cx, int64_t to_org_id)
{
	struct admission_open_batches_row *r;
	size_t n;
	TRY(admission_sql_open_batches(cx, cx->now, cx->now + 28 * DAY, 0, 1, &r, &n));
	if (!n)
		return OK;
	return admission_offer_add(cx, &(struct admission_offer_add){ .batch_id = r[0].id,
								      .to = str_fmt(cx->arena, "%lld", (long long)to_org_id),
								      .seats = 5,
								      .answer_day = person_today(cx) + 7,
								      .words = S("We have seats left; assistant section officers are welcome.") });
}

enum err demo_admissions(struct ctx *cx)
{
	const struct actor maker = cx->actor;
	int64_t org_id, programme_id, batch_id, now = cx->now;
	TRY(org_of_code(cx, S("dopt"), &org_id));
	TRY(lay_down(cx, org_id, &programme_id));
	TRY(hold(cx, org_id, programme_id, &batch_id));
	cx->now -= HOUR;
	TRY(fill(cx, batch_id, &maker));
	cx->now = now;
	cx->actor = maker;
	return offer(cx, org_id);
}
