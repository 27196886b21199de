/* Programmes of the demonstration; see demo_programmes.h. */
#include "app/demo_programmes.h"
#include "app/demo_attendance.h"
#include "base/clock.h"
#include "feature/admission/admission.h"
#include "feature/institute/institute.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/programme/batch.h"

#include <math.h>

static struct str text(const char *s)
{
	return str_of(s ? s : "");
}

struct laid_part {
	const char *kind, *phase, *title, *title_hi, *called, *words, *time;
	int64_t day;
	bool must;
};
static const struct laid_part parts[] = {
	{ "course", "before", NULL, NULL, "noting-and-drafting", NULL, NULL, NONE, true },
	{ "session", "during", "How a file begins", "फ़ाइल कैसे शुरू होती है", NULL, NULL, "10:00", 1, false },
	{ "session", "during", "Notes that are read to the end", "टिप्पणी जो अंत तक पढ़ी जाए", NULL, NULL, "14:00", 1, false },
	{ "session", "during", "Drafts: letter, office memorandum, order", "मसौदे: पत्र, कार्यालय ज्ञापन, आदेश", NULL, NULL, "10:00", 2, false },
	{ "session", "during", "Each one's own file", "अपनी-अपनी फ़ाइल", NULL, NULL, "14:00", 2, false },
	{ "assignment", "during", "A note of one page", "एक पृष्ठ की टिप्पणी", NULL,
	  "Take a file of your section, without names. Write a note of one page on it: what is asked, what the rules say, what you propose.", NULL, NONE,
	  true },
	{ "exam", "after", NULL, NULL, "noting-and-rti", NULL, NULL, NONE, false },
	{ "survey", "after", "How was it?", "कैसा रहा?", NULL,
	  "I can use what I learnt in my work.\nThe sessions went at the right pace.\nThe rooms and the food were good.\n+ What should be different next time?",
	  NULL, NONE, false },
};

static enum err lay_parts(struct ctx *cx, int64_t org_id, int64_t programme_id)
{
	int64_t id;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const struct laid_part *p = &parts[i];
		struct programme_part_put put = { .org_id = org_id,
						  .programme_id = programme_id,
						  .kind = text(p->kind),
						  .phase = text(p->phase),
						  .must = p->must,
						  .title = text(p->title),
						  .title_hi = text(p->title_hi),
						  .words = text(p->words),
						  .called = text(p->called),
						  .day = p->day,
						  .time = text(p->time),
						  .minutes = p->time ? 120 : NONE };
		TRY(programme_part_add(cx, &put, &id));
	}
	return OK;
}

static enum err lay_down(struct ctx *cx, int64_t org_id, int64_t institute_id, int64_t *ret_id)
{
	struct programme_put p = { .org_id = org_id,
				   .code = S("office-procedure"),
				   .title = S("Office procedure for new assistants"),
				   .title_hi = S("नए सहायकों के लिए कार्यालय पद्धति"),
				   .about = S("A course at your own pace, two days at the institute, and a note that you write on a file of your own."),
				   .audience = S("Assistant section officers in their first two years"),
				   .institute_id = institute_id,
				   .minutes = 900,
				   .approval = S("none"),
				   .may_ask = true,
				   .least_sessions = 75,
				   .least_others = 1 };
	TRY(programme_add(cx, &p, ret_id));
	TRY(programme_teaches(cx, org_id, *ret_id, S("kcm:functional.noting-and-drafting@2")));
	TRY(programme_coordinator_add(cx, org_id, *ret_id, S("supervisor@demo.example")));
	TRY(programme_coordinator_add(cx, org_id, *ret_id, S("publisher@demo.example")));
	TRY(lay_parts(cx, org_id, *ret_id));
	return programme_open(cx, org_id, *ret_id);
}

static enum err hold(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t in_days, int64_t *ret_id)
{
	struct batch_one_row b;
	struct batch_put put = { .org_id = org_id,
				 .programme_id = programme_id,
				 .seats = 30,
				 .waiting = 10,
				 .from_day = person_today(cx) + in_days,
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

/* The first room that is free then. */
static enum err give_rooms(struct ctx *cx, int64_t batch_id)
{
	struct batch_sessions_row *s;
	struct institute_free_rooms_row *r;
	size_t n, n_rooms;
	TRY(batch_sql_sessions(cx, batch_id, &s, &n));
	for (size_t i = 0; i < n; i++) {
		struct civil from = clock_civil(PROGRAMME_ZONE, s[i].starts_at), until = clock_civil(PROGRAMME_ZONE, s[i].ends_at);
		struct session_put put = { .batch_id = batch_id,
					   .session_id = s[i].id,
					   .title = s[i].title,
					   .title_hi = s[i].title_hi,
					   .day = clock_day(PROGRAMME_ZONE, s[i].starts_at),
					   .from = str_fmt(cx->arena, "%02d:%02d", from.hour, from.minute),
					   .until = str_fmt(cx->arena, "%02d:%02d", until.hour, until.minute),
					   .room_id = NONE };
		TRY(institute_free(cx, 30, s[i].starts_at, s[i].ends_at, NONE, NONE, &r, &n_rooms));
		if (n_rooms)
			put.room_id = r[0].id;
		TRY(session_change(cx, &put));
	}
	return OK;
}

static enum err furnish(struct ctx *cx, int64_t batch_id, int64_t institute_id)
{
	struct material_put material = { .batch_id = batch_id,
					 .title = S("Central Secretariat Manual of Office Procedure"),
					 .link = S("https://darpg.gov.in/en/manual-office-procedure") };
	struct batch_directory_row *f;
	size_t n;
	int64_t id;
	TRY(give_rooms(cx, batch_id));
	TRY(batch_sql_directory(cx, institute_id, &f, &n));
	for (size_t i = 0; i < n && i < 2; i++)
		TRY(batch_faculty_add(cx, batch_id, f[i].id));
	return material_add(cx, &material, &id);
}

static enum err admit(struct ctx *cx, int64_t batch_id, struct str login)
{
	struct person_of_login_row person;
	struct actor maker = cx->actor;
	bool found = false;
	TRY(person_of_login(cx, login, &person, &found));
	if (!found)
		return OK;
	cx->actor = (struct actor){ .person_id = person.id, .zone = PROGRAMME_ZONE };
	TRY(admission_ask(cx, batch_id, true));
	TRY(admission_settle(cx, batch_id));
	cx->actor = maker;
	return OK;
}

/* A batch of last week, as if it had been laid down and held then. */
static enum err held_already(struct ctx *cx, int64_t org_id, int64_t programme_id)
{
	enum { LAID_DOWN = 20, BEGAN = 15, FIRST = 60, PEOPLE = 14 }; /* days before today, and after that; of the people by number */
	struct person_of_login_row coordinator;
	int64_t now = cx->now, batch_id;
	bool found = false;
	cx->now -= LAID_DOWN * DAY;
	TRY(hold(cx, org_id, programme_id, BEGAN, &batch_id));
	for (int i = 0; i < PEOPLE; i++)
		TRY(admit(cx, batch_id, str_fmt(cx->arena, "p%d@demo.example", FIRST + i)));
	cx->now = now;
	TRY(person_of_login(cx, S("supervisor@demo.example"), &coordinator, &found));
	return found ? demo_attendance(cx, batch_id, coordinator.id) : OK;
}

enum err demo_programmes(struct ctx *cx)
{
	struct institute_of_org_row institute;
	int64_t org_id, programme_id, next_week, next_month;
	TRY(org_of_code(cx, S("istm"), &org_id));
	TRY(institute_of(cx, org_id, &institute));
	TRY(lay_down(cx, org_id, institute.id, &programme_id));
	TRY(hold(cx, org_id, programme_id, 7, &next_week));
	TRY(hold(cx, org_id, programme_id, 35, &next_month));
	TRY(furnish(cx, next_week, institute.id));
	TRY(admit(cx, next_week, S("asha@demo.example")));
	return held_already(cx, org_id, programme_id);
}
