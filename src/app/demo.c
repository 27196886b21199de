/* `karmayogi demo`: real organisations, invented people, real courses, and a year of learning made through the
 * same functions that learners use, with the clock moved; deterministic from a seed but for keys, ids and serials. */
#include "app/demo.h"
#include "app/competencies.h"
#include "app/demo_admissions.h"
#include "app/demo_charchas.h"
#include "app/demo_events.h"
#include "app/demo_exams.h"
#include "app/demo_institutes.h"
#include "app/demo_programmes.h"
#include "app/demo_together.h"
#include "base/clock.h"
#include "feature/campaign/campaign_thing.h"
#include "feature/karma/karma.h"
#include "feature/competency/competency.h"
#include "feature/establishment/establishment.h"
#include "feature/placement/career.h"
#include "feature/proficiency/proficiency.h"
#include "feature/course/course.h"
#include "feature/enrolment/enrolment.h"
#include "feature/item/item_import.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/progress/progress.h"
#include "feature/quiz/quiz.h"
#include "feature/recommendation/recommendation.h"
#include "text/csv.h"
#include "web/access.h"

#include <dirent.h>

enum { PEOPLE = 500 };
static const char password[] = "karmayogi-demo";

struct demo {
	struct command_line *c;
	struct str folder, hash;
	uint64_t seed;
	int64_t today_ms;
	struct {
		int64_t id, designation;
		struct str code;
		int64_t org_id;
	} people[PEOPLE + 16];
	size_t n_people;
	struct str *office_codes;
	int64_t *offices;
	size_t n_offices;
	int64_t *designations;
	struct str *designation_codes, *designation_roles;
	size_t n_designations;
	int64_t *courses;
	size_t n_courses;
};

/* splitmix64 (Steele, Lea, Flood 2014): small, good enough, the same everywhere. */
static uint64_t chance(struct demo *d, uint64_t below)
{
	uint64_t z = d->seed += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) % below;
}

static enum err read_demo(struct ctx *cx, const struct demo *d, const char *name, struct str *ret)
{
	const char *path = str_fmt(cx->arena, "%s/%s", d->folder.p, name).p;
	FILE *f = fopen(path, "rb");
	struct buf b;
	char piece[65536];
	size_t n;
	if (!f)
		return fail(cx, ERR_NOT_FOUND, path, N_("The file cannot be read."));
	buf_init(&b, cx->arena, 16 << 20);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	*ret = buf_get(&b);
	return OK;
}

static enum err open_csv(struct ctx *cx, const struct demo *d, const char *name, struct csv *ret)
{
	struct str text;
	TRY(read_demo(cx, d, name, &text));
	return csv_begin(cx->arena, text, ret) ? OK : fail(cx, ERR_MALFORMED, name, N_("is not a CSV file"));
}

/* ── organisations and designations ── */

static enum err add_orgs(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	struct csv csv;
	struct strs row;
	TRY(open_csv(cx, d, "organisations.csv", &csv));
	d->n_offices = 0;
	while (csv_next(cx->arena, &csv, &row)) {
		struct org_add in = { csv_get(&csv, &row, "code"), csv_get(&csv, &row, "kind"), csv_get(&csv, &row, "name_en"), csv_get(&csv, &row, "name_hi"),
				      csv_get(&csv, &row, "short"), NONE };
		struct str parent = csv_get(&csv, &row, "parent");
		int64_t id;
		if (parent.n)
			TRY(org_of_code(cx, parent, &in.parent_id));
		TRY(org_add(cx, &in, &id));
		if (str_is(in.kind, "section") || str_is(in.kind, "office") || str_is(in.kind, "department")) {
			size_t n = d->n_offices;
			*ARENA_PUSH(cx->arena, d->office_codes, n) = str_dup(cx->arena, in.code);
			*ARENA_PUSH(cx->arena, d->offices, d->n_offices) = id;
		}
	}
	return OK;
}

static enum err add_designations(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	struct csv csv;
	struct strs row;
	TRY(open_csv(cx, d, "designations.csv", &csv));
	d->n_designations = 0;
	while (csv_next(cx->arena, &csv, &row)) {
		int64_t level = 0, seniority = 0, id = new_id(cx);
		if (!str_int(csv_get(&csv, &row, "pay_level"), &level) || !str_int(csv_get(&csv, &row, "rank"), &seniority))
			return fail(cx, ERR_MALFORMED, "designations.csv", N_("must be a whole number"));
		TRY(person_sql_add_designation(cx, id, csv_get(&csv, &row, "code"), csv_get(&csv, &row, "name_en"), csv_get(&csv, &row, "name_hi"),
					       csv_get(&csv, &row, "service"), csv_get(&csv, &row, "group"), level, seniority, NULL));
		size_t n = d->n_designations;
		size_t m = n;
		*ARENA_PUSH(cx->arena, d->designation_codes, n) = csv_get(&csv, &row, "code");
		*ARENA_PUSH(cx->arena, d->designation_roles, m) = csv_get(&csv, &row, "roles");
		*ARENA_PUSH(cx->arena, d->designations, d->n_designations) = id;
	}
	return OK;
}

/* ── people ── */

static int64_t designation(const struct demo *d, const char *code)
{
	for (size_t i = 0; i < d->n_designations; i++)
		if (str_is(d->designation_codes[i], code))
			return d->designations[i];
	BUG("no such designation in the demonstration data");
}

static enum err add_person(struct ctx *cx, struct demo *d, const struct person_add *in, int64_t org_id, int64_t designation_id, int64_t supervisor_id,
			   int64_t from_day, int64_t *ret_id)
{
	struct person_post post = { .org_id = org_id, .designation_id = designation_id, .supervisor_id = supervisor_id, .from_day = from_day };
	TRY(person_add(cx, in, ret_id));
	post.person_id = *ret_id;
	TRY(person_post(cx, &post));
	BUG_IF(d->n_people == PEOPLE + 16);
	d->people[d->n_people].id = *ret_id;
	d->people[d->n_people].org_id = org_id;
	d->people[d->n_people++].designation = designation_id;
	return OK;
}

/* The people one signs in as, around one section. */
static enum err add_cast(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	int64_t department, section, states, supervisor, asha, id, today = person_today(cx);
	d->n_people = 0;
	TRY(org_of_code(cx, S("goi"), &states));
	TRY(org_of_code(cx, S("dopt"), &department));
	TRY(org_of_code(cx, d->office_codes[0], &section));
	for (size_t i = 0; i < d->n_offices; i++)
		if (str_starts(d->office_codes[i], S("dopt-")))
			TRY(org_of_code(cx, d->office_codes[i], &section));
#define MEMBER(mail, who, key, language) \
	&(struct person_add){ .name = S(who), .sort_key = S(key), .email = S(mail "@demo.example"), .lang = S(language), .password = d->hash }
	TRY(add_person(cx, d, MEMBER("supervisor", "Meenakshi Iyer", "meenakshi iyer", "en"), section, designation(d, "section-officer"), NONE, today - 900, &supervisor));
	TRY(add_person(cx, d, MEMBER("asha", "Asha Kumari", "asha kumari", "en"), section, designation(d, "assistant-section-officer"), supervisor, today - 800, &asha));
	TRY(add_person(cx, d, MEMBER("sunita", "सुनीता देवी", "sunita devi", "hi"), section, designation(d, "assistant-section-officer"), supervisor, today - 700, &id));
	TRY(add_person(cx, d, MEMBER("admin", "Rajesh Verma", "rajesh verma", "en"), department, designation(d, "under-secretary"), NONE, today - 900, &id));
	TRY(access_grant(cx, id, S("mdo_admin"), department, 0));
	TRY(add_person(cx, d, MEMBER("author", "Lalrinpuii", "lalrinpuii", "en"), department, designation(d, "section-officer"), NONE, today - 900, &id));
	TRY(access_grant(cx, id, S("author"), department, 0));
	TRY(access_grant(cx, id, S("reviewer"), department, 0));
	TRY(add_person(cx, d, MEMBER("publisher", "Harpreet Kaur Gill", "harpreet kaur gill", "en"), department, designation(d, "under-secretary"), NONE, today - 900, &id));
	TRY(access_grant(cx, id, S("publisher"), department, 0));
	TRY(add_person(cx, d, MEMBER("operator", "Mohammed Yusuf", "mohammed yusuf", "en"), department, designation(d, "director"), NONE, today - 900, &id));
	return access_grant(cx, id, S("operator"), states, 0);
#undef MEMBER
}

/* Everybody else: an office, a designation that fits it, the most senior there as supervisor. */
static enum err add_people(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	struct csv csv;
	struct strs row;
	size_t office = 0, in_office = 0;
	int64_t head = NONE, today = person_today(cx), id;
	TRY(open_csv(cx, d, "names.csv", &csv));
	for (size_t n = d->n_people; n < PEOPLE && csv_next(cx->arena, &csv, &row); n++) {
		if (in_office == 0) {
			office = chance(d, d->n_offices);
			in_office = 3 + chance(d, 8);
			head = NONE;
		}
		const char *junior[] = { "assistant-section-officer", "senior-secretariat-assistant", "junior-secretariat-assistant", "assistant-section-officer", "multi-tasking-staff" };
		int64_t what = designation(d, head == NONE ? "section-officer" : junior[chance(d, 5)]);
		struct str name = csv_get(&csv, &row, "name");
		struct person_add in = { .employee_no = str_fmt(cx->arena, "E%06zu", n), .name = name, .sort_key = csv_get(&csv, &row, "sort_key"),
					 .email = str_fmt(cx->arena, "p%zu@demo.example", n), .mobile = str_fmt(cx->arena, "98%08zu", n), .password = d->hash,
					 .lang = str_is(csv_get(&csv, &row, "script"), "Deva") ? S("hi") : S("en") };
		int64_t from = today - 400 - (int64_t)chance(d, 600);
		TRY(add_person(cx, d, &in, d->offices[office], what, head, from, &id));
		if (head == NONE)
			head = id;
		/* One in twelve has been transferred within the year. */
		if (id != head && chance(d, 12) == 0) {
			struct person_post move = { id, d->offices[chance(d, d->n_offices)], what, NONE, today - 30 - (int64_t)chance(d, 200) };
			TRY(person_post(cx, &move));
		}
		in_office--;
	}
	return OK;
}

/* ── courses ── */

struct import_one {
	struct parcel *parcel;
	struct course_change change;
};

static enum err write_one(struct ctx *cx, void *arg)
{
	struct import_one *one = arg;
	return course_write(cx, one->parcel, &one->change);
}

static enum err import_one(struct ctx *cx, struct demo *d, const char *path)
{
	struct findings f = { .arena = cx->arena };
	struct import_one one = { 0 };
	struct str message = STR_NONE;
	TRY(course_read(cx, path, &f, &one.parcel));
	for (size_t i = 0; i < f.n && i < 5; i++)
		command_fail(d->c, "%.*s:%d: %.*s", STR_ARG(f.v[i].file), f.v[i].line, STR_ARG(finding_text(cx->arena, &f.v[i])));
	if (f.n)
		return fail(cx, ERR_INVALID, path, N_("the course has mistakes"));
	if (course_store_media(cx, one.parcel, &message) != OK) {
		command_fail(d->c, "%.*s", STR_ARG(message));
		return ERR_UNAVAILABLE;
	}
	TRY(db_write(cx, d->c->pool, write_one, &one));
	*ARENA_PUSH(cx->arena, d->courses, d->n_courses) = one.change.course_id;
	return OK;
}

/* Originals before their translations. */
static enum err add_courses(struct ctx *cx, struct demo *d)
{
	struct dirent **list;
	const char *folder = str_fmt(cx->arena, "%s/courses", d->folder.p).p;
	int n = scandir(folder, &list, NULL, alphasort);
	enum err e = OK;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < n; i++) {
			struct str name = str_of(list[i]->d_name);
			if (name.p[0] == '.' || str_ends(name, S("-hi")) != (pass == 1) || e != OK)
				continue;
			e = import_one(cx, d, str_fmt(cx->arena, "%s/%s", folder, name.p).p);
		}
	for (int i = 0; i < n; i++)
		free(list[i]);
	if (n >= 0)
		free(list);
	return e;
}

static enum err add_framework(struct ctx *cx, void *arg)
{
	struct framework_add in = { .file_name = S("kcm.csv"), .text = framework_built_in(S("kcm")), .code = S(""), .from_day = NONE };
	struct framework_diff diff;
	const struct demo *d = arg;
	int64_t id;
	cx->now = d->today_ms - 400 * DAY;
	TRY(org_of_code(cx, S("goi"), &in.org_id));
	TRY(framework_check(cx, &in, &id));
	return framework_apply(cx, in.org_id, id, &diff);
}

static enum err add_recommendations(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	struct csv csv;
	struct strs row;
	TRY(open_csv(cx, d, "recommendations.csv", &csv));
	while (csv_next(cx->arena, &csv, &row)) {
		struct recommend in = { .kind = csv_get(&csv, &row, "kind"), .org_id = NONE, .designation_id = NONE, .reason_en = csv_get(&csv, &row, "reason_en"),
					.reason_hi = csv_get(&csv, &row, "reason_hi") };
		struct course_of_code_row course;
		bool found = false;
		TRY(course_sql_of_code(cx, csv_get(&csv, &row, "course"), &course, &found));
		if (!found)
			continue;
		in.course_id = course.id;
		if (str_is(in.kind, "ministry"))
			TRY(org_of_code(cx, csv_get(&csv, &row, "organisation"), &in.org_id));
		if (str_is(in.kind, "role"))
			in.designation_id = designation(d, str_c(cx->arena, csv_get(&csv, &row, "designation")));
		TRY(recommendation_add(cx, &in));
	}
	return OK;
}

/* ── work ── */

static enum err bring(struct ctx *cx, int64_t org_id, struct str name, struct str text)
{
	int64_t id;
	TRY(establishment_add_now(cx, &(struct establishment_add){ org_id, name, text }, &id));
	return establishment_apply_now(cx, org_id, id);
}

static struct str roles_of(const struct demo *d, struct str code)
{
	size_t i = 0;
	while (i < d->n_designations && !str_eq(d->designation_codes[i], code))
		i++;
	return i < d->n_designations ? d->designation_roles[i] : S("");
}

/* A field of the file of posts: with the roles of the designation, and in one post of five a place that is vacant. */
static struct str filled(struct ctx *cx, struct demo *d, struct str column, struct str field, struct str designation_code)
{
	int64_t n;
	if (!designation_code.n)
		return field;
	if (str_is(column, "roles"))
		return roles_of(d, designation_code);
	if (str_is(column, "sanctioned") && str_int(field, &n) && chance(d, 5) == 0)
		return str_fmt(cx->arena, "%lld", (long long)n + 1);
	return field;
}

static struct str as_sanctioned(struct ctx *cx, struct demo *d, struct str posts)
{
	struct csv csv;
	struct strs row;
	struct buf b;
	buf_init(&b, cx->arena, ESTABLISHMENT_BYTES_MAX);
	BUG_IF(!csv_begin(cx->arena, posts, &csv));
	for (size_t i = 0; i < csv.head.n; i++)
		csv_put(&b, csv.head.v[i]);
	csv_end_row(&b);
	while (csv_next(cx->arena, &csv, &row)) {
		struct str code = csv_get(&csv, &row, "designation");
		for (size_t i = 0; i < csv.head.n; i++)
			csv_put(&b, filled(cx, d, csv.head.v[i], row.v[i], code));
		csv_end_row(&b);
	}
	return buf_get(&b);
}

/* What work there is, the posts of everybody, and what these ask. */
static enum err add_work(struct ctx *cx, void *arg)
{
	static const char *const roots[] = { "goi", "states" };
	struct demo *d = arg;
	struct str roles, posts;
	int64_t org_id, n_posts, n_people;
	uint64_t seed = d->seed; /* what comes behind is drawn as if this had drawn nothing */
	TRY(read_demo(cx, d, "work.csv", &roles));
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
		TRY(org_of_code(cx, str_of(roots[i]), &org_id));
		TRY(bring(cx, org_id, S("work.csv"), roles));
		TRY(establishment_of_people(cx, org_id, &posts, &n_posts, &n_people));
		TRY(bring(cx, org_id, S("posts.csv"), as_sanctioned(cx, d, posts)));
	}
	d->seed = seed;
	return gap_rebuild(cx);
}

/* Which posts follow on which. */
static enum err add_careers(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	struct csv csv;
	struct strs row;
	struct career_set in;
	TRY(org_of_code(cx, S("goi"), &in.org_id));
	TRY(open_csv(cx, d, "career.csv", &csv));
	while (csv_next(cx->arena, &csv, &row)) {
		in.from = csv_get(&csv, &row, "from");
		in.to = csv_get(&csv, &row, "to");
		in.ladder = str_is(csv_get(&csv, &row, "kind"), "ladder");
		if (!str_int(csv_get(&csv, &row, "years"), &in.least_years))
			return fail(cx, ERR_MALFORMED, "career.csv", N_("must be a whole number"));
		TRY(career_set(cx, &in));
	}
	return OK;
}

/* ── a year of learning ── */

struct story {
	struct demo *d;
	int64_t person_id, course_id, begin;
	size_t parts;      /* how many resources are done; SIZE_MAX: all */
	bool rate, assign;
	int64_t stars;
};

static enum err learn_part(struct ctx *cx, const struct course_outline_row *r)
{
	struct standing s;
	struct report report = { .resource_id = r->id, .session = progress_open(cx, r->id), .seq = 0, .position = r->ms / SECOND,
				 .intervals = str_fmt(cx->arena, "[[0,%lld]]", (long long)r->ms) };
	/* Read at once and a half the reckoned speed, then a short rest. */
	cx->now += r->ms * 2 / 3 + 1000;
	TRY(enrolment_touch(cx, cx->actor.person_id, r->course_id, r->id));
	TRY(progress_report(cx, &report, &s));
	cx->now += 20 * SECOND;
	return OK;
}

static enum err pass_quiz(struct ctx *cx, const struct course_outline_row *r)
{
	struct quiz_attempt attempt;
	struct quiz_result result;
	int64_t id;
	TRY(enrolment_touch(cx, cx->actor.person_id, r->course_id, r->id));
	TRY(quiz_start(cx, r->id, &id));
	TRY(quiz_attempt(cx, id, &attempt));
	for (size_t i = 0; i < attempt.n_questions; i++) {
		struct quiz_give give = { .attempt_id = id, .question_id = attempt.questions[i].question_id };
		cx->now += 25 * SECOND;
		TRY(quiz_right_answer(cx, give.question_id, &give.given));
		TRY(quiz_save(cx, &give));
	}
	return quiz_submit(cx, id, &result);
}

static enum err live(struct ctx *cx, void *arg)
{
	const struct story *s = arg;
	struct course_outline_row *rows;
	size_t n, done = 0;
	cx->actor = (struct actor){ .person_id = s->person_id, .zone = S("Asia/Kolkata") };
	cx->now = s->begin;
	TRY(enrolment_add(cx, s->person_id, s->course_id));
	TRY(course_sql_outline(cx, s->person_id, s->course_id, &rows, &n));
	for (size_t i = 0; i < n && done < s->parts; i++) {
		if (rows[i].credits_id != NONE || rows[i].way.p)
			continue;
		TRY(str_is(rows[i].kind, "quiz") ? pass_quiz(cx, &rows[i]) : learn_part(cx, &rows[i]));
		done++;
	}
	cx->now += HOUR;
	return s->rate ? enrolment_rate(cx, s->person_id, s->course_id, s->stars, S("")) : OK;
}

static enum err add_history(struct ctx *cx, struct demo *d)
{
	for (size_t i = 0; i < d->n_people; i++) {
		size_t first = chance(d, d->n_courses), many = i == 1 ? 3 : chance(d, 4);
		for (size_t k = 0; k < many; k++) {
			bool whole = chance(d, 10) < 6;
			struct story s = { .d = d, .person_id = d->people[i].id, .course_id = d->courses[(first + k * 5) % d->n_courses],
					   /* One after the other within the year, as a life goes. */
					   .begin = d->today_ms - (int64_t)(360 - k * 358 / many - chance(d, 340 / many)) * DAY - (int64_t)chance(d, 8) * HOUR,
					   .parts = whole ? SIZE_MAX : 1 + chance(d, 3), .rate = whole && chance(d, 2), .stars = 3 + (int64_t)chance(d, 3) };
			struct arena_mark mark = arena_mark(cx->arena);
			TRY(db_write(cx, d->c->pool, live, &s));
			arena_back(cx->arena, mark);
		}
		if (i % 50 == 49)
			fprintf(stderr, "  a year of learning: %zu of %zu people\n", i + 1, d->n_people);
	}
	return OK;
}

/* Supervisors said what they think of the people of their sections. */
static enum err add_assessments(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	uint64_t seed = d->seed; /* as above */
	cx->now = d->today_ms - 120 * DAY;
	for (size_t i = 0; i < d->n_people; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct person_posting_on_row at;
		struct gap *g;
		bool posted = false;
		size_t n;
		int64_t id;
		TRY(person_posting(cx, d->people[i].id, person_today(cx), &at, &posted));
		TRY(gaps_of(cx, d->people[i].id, &g, &n));
		for (size_t k = 0; k < n && posted && at.supervisor_id != NONE; k++) {
			int64_t said = g[k].level - 1 + (int64_t)chance(d, 3);
			struct evidence_add in = { .person_id = d->people[i].id, .competency_id = g[k].competency_id, .kind = EVIDENCE_supervisor, .source_id = NONE, .note = S(""),
						   .value = 1000 * (said > g[k].n_levels ? g[k].n_levels : said), .rater_id = at.supervisor_id };
			if (chance(d, 3))
				TRY(evidence_add(cx, &in, &id));
		}
		arena_back(cx->arena, mark);
	}
	d->seed = seed;
	return OK;
}

static enum err add_assignments(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	static const char *const reasons[] = { "Annual plan 2026-27 of the department", "Needed before you take over the RTI desk", "Because you put up files",
					       "Asked for by the Joint Secretary after the last audit" };
	cx->now = d->today_ms;
	for (size_t i = 1; i < d->n_people; i += i < 3 ? 1 : 5) {
		cx->actor = (struct actor){ .person_id = d->people[0].id, .zone = S("Asia/Kolkata") };
		for (size_t k = 0; k < 2; k++) {
			struct assign in = { d->people[i].id, d->courses[chance(d, d->n_courses)], person_today(cx) + 3 + (int64_t)chance(d, 60), str_of(reasons[chance(d, 4)]) };
			/* Half of them were given some weeks ago, so that some are late by now. */
			cx->now = k ? d->today_ms : d->today_ms - 70 * DAY;
			in.due_day = clock_day_in_india(cx->now) + 3 + (int64_t)chance(d, 90);
			TRY(enrolment_assign(cx, &in));
		}
	}
	return OK;
}

/* ── the item bank ── */

enum { CAST_ADMIN = 3, CAST_AUTHOR, CAST_PUBLISHER, CAST_OPERATOR }; /* in the order of add_cast */

static void act_as(struct ctx *cx, const struct demo *d, size_t member)
{
	cx->actor = (struct actor){ .person_id = d->people[member].id, .name = S(""), .zone = S("Asia/Kolkata") };
}

static enum err accept_item(struct ctx *cx, const struct demo *d, size_t member, int64_t org_id, int64_t item_id)
{
	struct item_one_row item;
	struct item_standing standing;
	bool live;
	act_as(cx, d, member);
	TRY(item_one(cx, org_id, item_id, &item));
	TRY(item_standing(cx, &item, &standing));
	return item_review(cx, &(struct item_review){ org_id, item_id, standing.seen, true, S("") }, &live);
}

/* All are live but two: one waits for its second reviewer, one is a draft. */
static enum err review_item(struct ctx *cx, const struct demo *d, int64_t org_id, const struct item_change_line *line)
{
	struct item_of_code_row item;
	bool found = false;
	TRY(item_sql_of_code(cx, org_id, line->code, &item, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, str_c(cx->arena, line->code), N_("There is no such item in this bank."));
	if (item.case_id != NONE || str_is(line->code, "gfr-10"))
		return OK;
	act_as(cx, d, CAST_AUTHOR);
	TRY(item_send(cx, org_id, item.id));
	TRY(accept_item(cx, d, CAST_PUBLISHER, org_id, item.id));
	return str_is(line->code, "rti-15") ? OK : accept_item(cx, d, CAST_OPERATOR, org_id, item.id);
}

static enum err add_items(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	struct item_file file;
	struct item_import_of_row row;
	struct item_report report;
	struct item_of_code_row rules;
	struct str text;
	int64_t org_id, id;
	bool found = false;
	TRY(read_demo(cx, d, "items.csv", &text));
	TRY(org_of_code(cx, S("dopt"), &org_id));
	cx->now = d->today_ms - 60 * DAY;
	act_as(cx, d, CAST_AUTHOR);
	item_file_read(cx, S("items.csv"), text, S("en"), &file);
	TRY(item_import_look(cx, org_id, &file, &id));
	TRY(item_import_apply(cx, org_id, id, &file, false));
	TRY(item_import_one(cx, org_id, id, &row, &report));
	for (size_t i = 0; i < report.n_faults; i++)
		command_fail(d->c, "items.csv:%lld: %s", (long long)report.faults[i].line, report.faults[i].text);
	if (row.n_faults)
		return fail(cx, ERR_INVALID, "items.csv", N_("the items have mistakes"));
	for (size_t i = 0; i < report.n_lines; i++)
		TRY(review_item(cx, d, org_id, &report.lines[i]));
	TRY(item_sql_of_code(cx, org_id, S("conduct-03"), &rules, &found));
	TRY(item_add_enemy(cx, org_id, rules.id, S("conduct-08"), S("The pairs of one tell the number asked for by the other.")));
	cx->actor = (struct actor){ 0 };
	return OK;
}

/* ── examinations ── */

static enum err add_exams(struct ctx *cx, void *arg)
{
	const struct demo *d = arg;
	int64_t org_id;
	TRY(org_of_code(cx, S("dopt"), &org_id));
	return demo_exams(cx, org_id, d->courses, d->n_courses);
}

/* ── institutes ── */

static enum err add_institutes(struct ctx *cx, void *arg)
{
	const struct demo *d = arg;
	cx->actor = (struct actor){ .person_id = d->people[0].id, .zone = S("Asia/Kolkata") };
	return demo_institutes(cx);
}

static enum err add_programmes(struct ctx *cx, void *arg)
{
	const struct demo *d = arg;
	cx->actor = (struct actor){ .person_id = d->people[0].id, .zone = S("Asia/Kolkata") };
	return demo_programmes(cx);
}

static enum err add_admissions(struct ctx *cx, void *arg)
{
	const struct demo *d = arg;
	cx->actor = (struct actor){ .person_id = d->people[0].id, .zone = S("Asia/Kolkata") };
	return demo_admissions(cx);
}

/* ── charchas ── */

enum { CHARCHA_STEP = 7, CHARCHA_PEOPLE = 24 };

/* Those one signs in as, and people of other offices. */
static enum err add_charchas(struct ctx *cx, void *arg)
{
	const struct demo *d = arg;
	int64_t org_id, people[CHARCHA_PEOPLE];
	size_t n = 0;
	TRY(org_of_code(cx, S("goi"), &org_id));
	for (size_t i = 0; i < 3; i++)
		people[n++] = d->people[i].id;
	for (size_t i = CAST_OPERATOR + 1; i < d->n_people && n < CHARCHA_PEOPLE; i += CHARCHA_STEP)
		people[n++] = d->people[i].id;
	return demo_charchas(cx, org_id, d->people[CAST_OPERATOR].id, people, n, d->today_ms);
}

/* ── a group session of yesterday ── */

enum { TOGETHER_GUESTS = 6 };

/* The supervisor hosts; people of his office come, not those one signs in as. */
static enum err add_together(struct ctx *cx, void *arg)
{
	const struct demo *d = arg;
	int64_t people[TOGETHER_GUESTS];
	struct course_of_code_row course;
	bool found = false;
	size_t n = 0;
	for (size_t i = CAST_OPERATOR + 1; i < d->n_people && n < TOGETHER_GUESTS; i++)
		if (d->people[i].org_id == d->people[0].org_id)
			people[n++] = d->people[i].id;
	TRY(course_sql_of_code(cx, S("conduct-rules"), &course, &found));
	return found ? demo_together(cx, d->people[0].id, course.id, people, n, d->today_ms - DAY) : OK;
}

/* ── a learning week that is open today ── */

enum { WEEK_BEHIND = 3, WEEK_LEARNERS = 240 };

static enum err add_week(struct ctx *cx, void *arg)
{
	struct demo *d = arg;
	int64_t today = person_today(cx), id;
	struct campaign_add in = { .name_en = S("National Learning Week"), .name_hi = S("राष्ट्रीय शिक्षण सप्ताह"), .from_day = today - WEEK_BEHIND, .last_day = today + 4,
				   .target_minutes = CAMPAIGN_TARGET, .counts = S("competency"), .events = S("linked"), .programmes = S("linked"), .charchas = S("listed") };
	cx->actor = (struct actor){ .person_id = d->people[0].id, .zone = S("Asia/Kolkata") };
	TRY(org_of_code(cx, S("goi"), &in.org_id));
	TRY(campaign_add(cx, &in, &id));
	TRY(campaign_thing_add(cx, id, S("Learning from a complaint")));
	return campaign_thing_add(cx, id, S("A form that fits on one page"));
}

static enum err count_week(struct ctx *cx, void *arg)
{
	(void)arg;
	TRY(karma_leagues_now(cx, clock_day_in_india(cx->now)));
	return campaign_rebuild(cx);
}

static enum err learn_in_week(struct ctx *cx, struct demo *d)
{
	for (size_t i = 0; i < d->n_people && i < WEEK_LEARNERS; i++) {
		struct story s = { .d = d, .person_id = d->people[i].id, .course_id = d->courses[chance(d, d->n_courses)],
				   .begin = d->today_ms - (int64_t)chance(d, WEEK_BEHIND) * DAY - (int64_t)(4 + chance(d, 8)) * HOUR, .parts = 1 + chance(d, 4) };
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(db_write(cx, d->c->pool, live, &s));
		arena_back(cx->arena, mark);
	}
	return OK;
}

static enum err add_events(struct ctx *cx, struct demo *d)
{
	int64_t *people = ARENA_ARRAY(cx->arena, int64_t, d->n_people);
	struct demo_events e = { .pool = d->c->pool, .manager_id = d->people[CAST_ADMIN].id, .today_ms = d->today_ms, .people = people, .n_people = d->n_people };
	for (size_t i = 0; i < d->n_people; i++)
		people[i] = d->people[i].id;
	fprintf(stderr, "  events\n");
	TRY(org_of_code(cx, S("dopt"), &e.org_id));
	return demo_events(cx, &e);
}

/* What was said in the past was settled for that day. */
static enum err settle_gaps(struct ctx *cx, void *arg)
{
	(void)arg;
	return gap_rebuild(cx);
}

static enum err write_step(struct ctx *cx, struct demo *d, const char *what, db_fn *run)
{
	fprintf(stderr, "  %s\n", what);
	cx->now = d->today_ms;
	return db_write(cx, d->c->pool, run, d);
}

static enum err load(struct ctx *cx, struct demo *d)
{
	d->hash = person_hash(cx, str_of(password));
	TRY(write_step(cx, d, "organisations", add_orgs));
	TRY(write_step(cx, d, "designations", add_designations));
	TRY(write_step(cx, d, "people to sign in as", add_cast));
	TRY(write_step(cx, d, "people", add_people));
	fprintf(stderr, "  courses\n");
	/* The courses were there before anybody learned. */
	cx->now = d->today_ms - 400 * DAY;
	TRY(write_step(cx, d, "competencies", add_framework));
	TRY(add_courses(cx, d));
	TRY(write_step(cx, d, "recommendations", add_recommendations));
	TRY(write_step(cx, d, "work", add_work));
	TRY(write_step(cx, d, "careers", add_careers));
	TRY(write_step(cx, d, "item bank", add_items));
	TRY(add_history(cx, d));
	TRY(write_step(cx, d, "assessments", add_assessments));
	TRY(write_step(cx, d, "assignments", add_assignments));
	TRY(write_step(cx, d, "examinations", add_exams));
	TRY(write_step(cx, d, "institutes", add_institutes));
	TRY(write_step(cx, d, "programmes", add_programmes));
	TRY(write_step(cx, d, "requests for seats", add_admissions));
	TRY(write_step(cx, d, "charchas", add_charchas));
	TRY(write_step(cx, d, "a group session", add_together));
	TRY(write_step(cx, d, "a learning week", add_week));
	TRY(learn_in_week(cx, d));
	TRY(add_events(cx, d));
	TRY(write_step(cx, d, "hours of the learning week", count_week));
	return write_step(cx, d, "gaps as they are today", settle_gaps);
}

/* So that one can sign in as an administrator at once. Where the setting stands already, it stays. */
static int offer_second_factor(struct command_line *c)
{
	const char *path = str_fmt(c->cx->arena, "%.*s/karmayogi.conf", STR_ARG(c->config.data)).p;
	if (!c->cx->app->second_factor_required) {
		printf("second_factor is `offered` by your settings: administrators need no code generator.\n");
		return 0;
	}
	FILE *f = fopen(path, "a");
	bool good = f && fputs("# Written by `karmayogi demo`: its administrators sign in without a code generator. Take this line out for real use.\nsecond_factor = offered\n", f) >= 0;
	if (f && fclose(f) != 0)
		good = false;
	if (!good)
		return command_fail(c, "%s cannot be written: second_factor stays `required`, and the administrators of the demonstration set one up at their first sign-in.", path);
	printf("%s: second_factor = offered, so that the administrators of the demonstration sign in without a code generator. Without it, it is required.\n", path);
	return 0;
}

int demo_run(struct command_line *c)
{
	struct demo *d = ARENA_NEW(c->cx->arena, struct demo);
	d->c = c;
	d->folder = str_of(c->argc > 0 ? c->argv[0] : "demo");
	d->seed = 2026;
	d->today_ms = clock_now();
	struct org_of_code_row org;
	bool found = false;
	enum err e = org_sql_of_code(c->cx, S("goi"), &org, &found);
	if (e == OK && found)
		return command_fail(c, "There are organisations in this database already. The demonstration data is for an empty one; nothing was changed.");
	if (e == OK)
		e = load(c->cx, d);
	return e == OK ? offer_second_factor(c) : command_err(c, e);
}
