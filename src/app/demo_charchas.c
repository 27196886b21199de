/* Charchas of the demonstration; see demo_charchas.h. */
#include "app/demo_charchas.h"
#include "base/clock.h"
#include "feature/charcha/charcha.h"
#include "feature/person/person.h"

enum { AGO = 40, GROUP_MOST = 8, EVERYBODY = 24 };

struct hall {
	int64_t org_id, organiser_id;
	const int64_t *people;
	size_t n;
	int64_t today; /* its first moment */
};

static void act_as(struct ctx *cx, int64_t person_id, int64_t at)
{
	cx->actor = (struct actor){ .person_id = person_id, .name = S(""), .zone = S("Asia/Kolkata") };
	cx->now = at;
}

static struct charcha_rules rules_of(const struct hall *h, struct str theme, struct str theme_hi, int64_t held_at)
{
	return (struct charcha_rules){ .org_id = h->org_id,
				       .theme = theme,
				       .theme_hi = theme_hi,
				       .about = S(""),
				       .event_id = NONE,
				       .course_id = NONE,
				       .least_done = 100,
				       .register_until = held_at - DAY,
				       .held_at = held_at,
				       .minutes = 60,
				       .place = S("Committee room, first floor"),
				       .link = S(""),
				       .size = GROUP_MOST,
				       .competencies = S("kcm:functional.noting-and-drafting@2") };
}

/* Laid down, announced, and people registered. */
static enum err announce(struct ctx *cx, const struct hall *h, const struct charcha_rules *r, int64_t at, size_t n_people, int64_t *ret_id)
{
	act_as(cx, h->organiser_id, at);
	TRY(charcha_add(cx, r, ret_id));
	TRY(charcha_open(cx, h->org_id, *ret_id));
	for (size_t i = 0; i < n_people && i < h->n; i++) {
		struct charcha_one_row c;
		struct charcha_standing_row standing;
		enum charcha_may may;
		act_as(cx, h->people[i], at + HOUR);
		TRY(charcha_one(cx, *ret_id, &c));
		TRY(charcha_may(cx, &c, h->people[i], false, &may, &standing));
		if (may == CHARCHA_MAY) /* some came to their office later */
			TRY(charcha_register(cx, *ret_id, h->people[i], false));
	}
	return OK;
}

static enum err draw(struct ctx *cx, const struct hall *h, int64_t id, int64_t at)
{
	struct charcha_drawn d;
	int64_t draw_id;
	act_as(cx, h->organiser_id, at);
	TRY(charcha_draw_try(cx, h->org_id, id, 2026, &d));
	TRY(charcha_draw_keep(cx, h->org_id, id, &d, S(""), &draw_id));
	return charcha_draw_confirm(cx, h->org_id, id, draw_id);
}

struct minutes {
	const char *points[3], *conclusions, *promises[2];
	const char *state, *said; /* of the first promise; NULL: its owner has said nothing */
};
static const struct minutes written[] = {
	{ { "People ask the same five things. We answer each time anew.", "A list in two languages at the window would save half the calls.",
	    "Who writes it? The sections know different parts of the answer." },
	  "One page with the five questions and their answers, in Hindi and English, at every window and on the site. Each section checks its part once a "
	  "month.",
	  { "Collect the five questions of my section", "Put the page at the window and count the calls for a month" },
	  "done",
	  "The page hangs since the 12th; calls went down from 40 to 25 a day." },
	{ { "A file waits longest where nobody knows whose turn it is.", "The date of the next step could stand on the cover." },
	  "The cover of a file says who has the next step and until when. Whoever passes it on changes that line.",
	  { "Try it with all new files of my desk", "Tell the section officers of the other floor" },
	  "under_way",
	  "Half of the new files have the line." },
	{ { "Words of the law frighten people who only want a date.", "We could read a letter aloud before it goes." },
	  "Every letter begins with the answer in one sentence; the law comes behind it.",
	  { "Write five letters anew as examples", "Show them in the meeting of Monday" },
	  NULL,
	  NULL },
};

/* The first is the scribe's; the second of the one whom visitors sign in as, if he is in this group. */
static enum err promise(struct ctx *cx, const struct hall *h, int64_t id, int64_t group_id, const struct minutes *m,
			const struct charcha_group_people_row *people, size_t n)
{
	int64_t owners[2] = { people[0].person_id, people[n - 1].person_id }, made;
	for (size_t i = 0; i < n; i++)
		if (people[i].person_id == h->people[1])
			owners[1] = h->people[1];
	for (size_t i = 0; i < 2; i++) {
		const struct charcha_commit in = { id, group_id, owners[i], NONE, person_today(cx) + 20 + (int64_t)i * 10, str_of(m->promises[i]) };
		TRY(charcha_commit(cx, &in, &made));
	}
	return OK;
}

static enum err write_minutes(struct ctx *cx, const struct hall *h, int64_t id, const struct charcha_groups_row *g, const struct minutes *m, int64_t at)
{
	struct charcha_group_people_row *people;
	size_t n;
	int64_t point;
	TRY(charcha_sql_group_people(cx, g->id, &people, &n));
	for (size_t i = 0; i < 3 && m->points[i]; i++) {
		act_as(cx, people[i % n].person_id, at + (int64_t)i * MINUTE);
		TRY(charcha_point_add(cx, id, g->id, str_of(m->points[i]), &point));
	}
	act_as(cx, people[0].person_id, at + 50 * MINUTE);
	TRY(charcha_scribe(cx, id, g->id));
	TRY(charcha_conclude(cx, id, g->id, str_of(m->conclusions), 1));
	TRY(promise(cx, h, id, g->id, m, people, n));
	for (size_t i = 1; i + 1 < n; i++)
		TRY(charcha_tick(cx, id, g->id, people[i].person_id, true));
	return charcha_group_close(cx, id, g->id);
}

static enum err follow_up(struct ctx *cx, const struct charcha_groups_row *g, const struct minutes *m, int64_t at)
{
	struct charcha_commitments_row *k;
	size_t n;
	if (!m->state)
		return OK;
	TRY(charcha_sql_commitments(cx, g->id, &k, &n));
	if (!n)
		return OK;
	act_as(cx, k[0].owner_id, at);
	return charcha_say(cx, k[0].id, str_of(m->state), str_of(m->said));
}

static enum err the_one_that_is_over(struct ctx *cx, const struct hall *h)
{
	int64_t held_at = h->today - AGO * DAY + 11 * HOUR, id;
	struct charcha_rules r = rules_of(h, S("What people ask us again and again"), S("लोग हमसे बार-बार क्या पूछते हैं"), held_at);
	struct charcha_groups_row *g;
	size_t n;
	r.prompts = S("What were you asked three times this month?\nWhat would make the fourth time needless?\nWhat of that can you do yourself?");
	r.prompts_hi = S("इस महीने आपसे क्या तीन बार पूछा गया?\nचौथी बार पूछना अनावश्यक कैसे बने?\nउसमें से आप स्वयं क्या कर सकते हैं?");
	TRY(announce(cx, h, &r, held_at - 10 * DAY, EVERYBODY, &id));
	TRY(draw(cx, h, id, held_at - DAY));
	TRY(charcha_sql_set_state(cx, S("held"), held_at, NONE, id, S("drawn"), NULL));
	TRY(charcha_sql_groups(cx, id, &g, &n));
	for (size_t i = 0; i < n && i < sizeof written / sizeof *written; i++)
		TRY(write_minutes(cx, h, id, &g[i], &written[i], held_at));
	for (size_t i = 0; i < n && i < sizeof written / sizeof *written; i++)
		TRY(follow_up(cx, &g[i], &written[i], held_at + 33 * DAY));
	act_as(cx, h->organiser_id, held_at + 2 * DAY);
	TRY(charcha_close(cx, h->org_id, id));
	return charcha_synthesis(
		cx, h->org_id, id,
		S("All groups came to the same: people need the answer first and in their own language, and each of us can write it down once.\n"
		  "The page with five questions is tried at two windows; its figures come before the next charcha."),
		true);
}

static enum err the_one_of_tomorrow(struct ctx *cx, const struct hall *h)
{
	int64_t held_at = h->today + DAY + 15 * HOUR, id;
	struct charcha_rules r = rules_of(h, S("A form that fits on one page"), S("एक पन्ने में समाने वाला प्रपत्र"), held_at);
	r.register_until = held_at - 20 * HOUR;
	r.prompts = S("Which question on your form has nobody ever used?\nWho fills it in, and where?");
	r.prompts_hi = S("आपके प्रपत्र का कौन-सा प्रश्न कभी किसी के काम नहीं आया?\nउसे कौन भरता है, और कहाँ?");
	TRY(announce(cx, h, &r, h->today - 5 * DAY, EVERYBODY - 4, &id));
	return draw(cx, h, id, h->today);
}

static enum err the_one_to_come_to(struct ctx *cx, const struct hall *h)
{
	int64_t held_at = h->today + 8 * DAY + 11 * HOUR, id;
	struct charcha_rules r = rules_of(h, S("Learning from a complaint"), S("शिकायत से सीखना"), held_at);
	r.prompts = S("Which complaint of this year taught you most?");
	r.prompts_hi = S("इस वर्ष की किस शिकायत से आपने सबसे अधिक सीखा?");
	return announce(cx, h, &r, h->today - 2 * DAY, 0, &id);
}

enum err demo_charchas(struct ctx *cx, int64_t org_id, int64_t organiser_id, const int64_t *people, size_t n, int64_t today_ms)
{
	const struct hall h = { org_id, organiser_id, people, n, clock_day_start(S("Asia/Kolkata"), clock_day_in_india(today_ms)) };
	TRY(the_one_that_is_over(cx, &h));
	TRY(the_one_of_tomorrow(cx, &h));
	TRY(the_one_to_come_to(cx, &h));
	act_as(cx, organiser_id, today_ms);
	return OK;
}
