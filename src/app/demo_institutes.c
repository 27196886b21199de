/* Training institutions of the demonstration; see demo_institutes.h. */
#include "app/demo_institutes.h"
#include "base/clock.h"
#include "feature/institute/faculty.h"
#include "feature/institute/pillars.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

enum { TEACHES = 3 };

struct place {
	const char *org, *kind, *about, *town;
	double latitude, longitude;
};
static const struct place places[] = {
	{ "istm", "central", "Teaches officers and staff of the Central Secretariat how the work of government is done.", "New Delhi", 28.5421, 77.1800 },
	{ "lbsnaa", "central", "Trains those who enter the All India and Central Services.", "Mussoorie, Uttarakhand", 30.4590, 78.0780 },
	{ "posts-academy", "central", "Trains officers of the Indian Postal Service.", "Ghaziabad, Uttar Pradesh", 28.6640, 77.4360 },
};
struct room {
	const char *org, *name, *kind, *access;
	int64_t seats;
};
static const struct room rooms[] = {
	{ "istm", "Lecture hall 1", "hall", "Ramp at the east door; loop for hearing aids", 120 },
	{ "istm", "Classroom 3", "class", "Ground floor, no steps", 40 },
	{ "istm", "Hall of computers", "computers", "Lift; two desks that can be raised", 30 },
	{ "lbsnaa", "Sampoornanand auditorium", "hall", "Ramp; places for wheelchairs in the first row", 400 },
	{ "lbsnaa", "Seminar room 2", "class", "", 45 },
	{ "posts-academy", "Conference hall", "hall", "Lift", 80 },
};
struct teacher {
	const char *org, *person, *name, *kind, *subjects, *langs;
};
static const struct teacher teachers[] = {
	{ "istm", "supervisor@demo.example", "", "own", "Noting and drafting, office procedure", "en ta hi" },
	{ "istm", "publisher@demo.example", "", "own", "Right to information", "en hi" },
	{ "istm", "", "Prof. Anjali Deshpande", "guest", "Ethics in public life", "en mr" },
	{ "lbsnaa", "", "Dr. K. Subramaniam", "guest", "Public finance", "en ta" },
	{ "posts-academy", "", "Farida Siddiqui", "own", "Citizen's charters", "en hi" },
};
struct booked {
	const char *org, *room, *words;
	int64_t day, from, until; /* days from today, hours */
};
static const struct booked bookings[] = {
	{ "istm", "Lecture hall 1", "Meeting of the heads of institutes", 2, 10, 13 },
	{ "istm", "Classroom 3", "Hindi workshop", 1, 14, 17 },
	{ "istm", "Hall of computers", "New machines are set up", 4, 9, 18 },
	{ "lbsnaa", "Seminar room 2", "Training of trainers", 3, 9, 17 },
	{ "posts-academy", "Conference hall", "Review of the year", 5, 11, 13 },
};
struct piece {
	int64_t pillar;
	const char *words, *link;
};
static const struct piece pieces[] = {
	{ 1, "Needs are asked of every ministry each January; the courses of the year follow from the answers.", "" },
	{ 2, "Each member of the faculty spends two weeks a year in an office of the field.", "" },
	{ 4, "A help desk from eight to eight, and a room for prayer and rest.", "" },
	{ 6, "An agreement with two universities on shared lectures.", "https://www.example.org/agreement" },
	{ 7, "Participants are asked again six months after each course.", "" },
};

static struct str text(const char *s)
{
	return str_of(s);
}

static enum err add_places(struct ctx *cx)
{
	int64_t id;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const struct place *p = &places[i];
		struct institute_put put = {
			.kind = text(p->kind), .about = text(p->about), .place = text(p->town), .latitude = p->latitude, .longitude = p->longitude
		};
		TRY(org_of_code(cx, text(p->org), &put.org_id));
		TRY(institute_add(cx, &put, &id));
	}
	return OK;
}

static enum err add_rooms(struct ctx *cx)
{
	int64_t id;
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		struct institute_room_put put = {
			.room_id = NONE, .seats = rooms[i].seats, .name = text(rooms[i].name), .kind = text(rooms[i].kind), .access = text(rooms[i].access)
		};
		TRY(org_of_code(cx, text(rooms[i].org), &put.org_id));
		TRY(institute_room_add(cx, &put, &id));
	}
	struct institute_hostel_put hostel = { .hostel_id = NONE, .beds = 60, .name = S("Ganga hostel"), .for_whom = S("women") };
	TRY(org_of_code(cx, S("istm"), &hostel.org_id));
	TRY(institute_hostel_add(cx, &hostel, &id));
	hostel.name = S("Yamuna hostel");
	hostel.for_whom = S("men");
	hostel.beds = 90;
	return institute_hostel_add(cx, &hostel, &id);
}

static enum err add_teachers(struct ctx *cx)
{
	struct institute_competencies_row *c;
	int64_t id, ids[TEACHES];
	size_t n;
	TRY(institute_sql_competencies(cx, person_today(cx), &c, &n));
	for (size_t i = 0; i < sizeof teachers / sizeof *teachers; i++) {
		const struct teacher *t = &teachers[i];
		for (size_t k = 0; k < TEACHES && n; k++)
			ids[k] = c[(i * 7 + k * 3) % n].id;
		struct faculty_put put = { .faculty_id = NONE,
					   .person = text(t->person),
					   .name = text(t->name),
					   .kind = text(t->kind),
					   .subjects = text(t->subjects),
					   .langs = text(t->langs),
					   .competencies = ids,
					   .n_competencies = n ? TEACHES : 0 };
		TRY(org_of_code(cx, text(t->org), &put.org_id));
		TRY(faculty_add(cx, &put, &id));
	}
	return OK;
}

static enum err add_bookings(struct ctx *cx)
{
	for (size_t i = 0; i < sizeof bookings / sizeof *bookings; i++) {
		const struct booked *b = &bookings[i];
		struct institute_of_org_row place;
		struct institute_room_named_row room;
		int64_t org_id, id, day = clock_day_start(S("Asia/Kolkata"), person_today(cx) + b->day);
		bool found = false;
		TRY(org_of_code(cx, text(b->org), &org_id));
		TRY(institute_of(cx, org_id, &place));
		TRY(institute_sql_room_named(cx, place.id, text(b->room), &room, &found));
		if (!found)
			return fail(cx, ERR_NOT_FOUND, "room_id", N_("There is no such room."));
		TRY(institute_booking_add(
			cx, &(struct institute_booking_put){ org_id, room.id, NONE, text(b->words), day + b->from * HOUR, day + b->until * HOUR }, &id));
	}
	return OK;
}

static enum err add_evidence(struct ctx *cx)
{
	int64_t id;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct pillar_evidence e = { .pillar = pieces[i].pillar, .words = text(pieces[i].words), .link = text(pieces[i].link) };
		TRY(org_of_code(cx, S("istm"), &e.org_id));
		TRY(pillar_add(cx, &e, &id));
	}
	return OK;
}

enum err demo_institutes(struct ctx *cx)
{
	TRY(add_places(cx));
	TRY(add_rooms(cx));
	TRY(add_teachers(cx));
	TRY(add_bookings(cx));
	return add_evidence(cx);
}
