/* Walks over the table of actions: what holds for every action is tested here for every action, also for those of tomorrow.
 *
 *   every GET            changes nothing and stays within its ceiling of statements
 *   every broken input   is refused with a 4xx that names the field, and changes nothing
 *   every role           may do what doc/permissions.md says, where it says, and nothing else
 *   doc/                 is what the program prints */
#include "batch.h"
#include "sitting.h"
#include "web/token.h"
#include "app/config.h"
#include "app/outside.h"
#include "feature/calendar/calendar.h"
#include "feature/campaign/campaign.h"
#include "feature/charcha/charcha.h"
#include "feature/event/event.h"
#include "feature/allocation/allocation.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/establishment/establishment.h"
#include "feature/exam/exam.h"
#include "feature/institute/faculty.h"
#include "feature/institute/pillars.h"
#include "feature/item/item_import.h"
#include "feature/merge/merge.h"
#include "feature/placement/round.h"
#include "feature/passbook/passbook.h"
#include "feature/post/post.h"
#include "feature/profile/profile.h"
#include "feature/push/push.h"
#include "feature/registration/registration.h"
#include "feature/sso/sso.h"
#include "feature/webhook/webhook.h"
#include "feature/workplace/workplace.h"
#include "access_sql.h"
#include "acting_sql.h"
#include "role_sql.h"

#include <sys/stat.h>

static struct fixture *f;
static struct world w;
static int64_t expendable, second_account, merge, attempt, request, nudge, credential, import, bearer, group, draft, asked, job, movement, provider, identity, grant, composed, acting, webhook, event,
	profile_field, way, batch, device, framework_file, competency;
static int64_t shared; /* a link to a passbook */
static int64_t exempted;
static int64_t allocation, activity, signed_copy, plan;
static int64_t round_id, assessment;
static int64_t work_role, post_held, holding_of, establishment;
static int64_t post_of_office, placement, campaign;
static int64_t bank_item, other_item, item_file;
static int64_t exam, exam_form, exam_room, seat_list, exam_signal, public_exam, paper;
static int64_t judged, judged_item, judged_paper, ruling, appeal;
static int64_t calibration_run;
static int64_t seat_batch, admission, admission_list, admission_quota, admission_offer;
static int64_t class_now, class_list;
static int64_t room_session, room_act, room_check, room_sheet;
static int64_t held_programme, held_batch, held_part, held_survey, held_session, held_faculty, held_material, held_work;
static int64_t talk, talk_question, talk_poll, talk_chat;
static int64_t charcha, charcha_group, charcha_small, charcha_draw, charcha_point, charcha_promise, charcha_list;
static int64_t webinar, webinar_series, webinar_list;
static int64_t institute, institute_room, hostel, booking, teacher, evidence;
static char serial[40], media[100], link_code[40], passbook_code[40], guest_code[40], order_code[40], document[40], item[40], calendar_code[60];
static int tried; /* requests of the present walk */

#define UNKNOWN_ID "4611686018427387904"

/* ── places of an address ── */

/* What comes after a sitting has an examination of its own, with a paper in it. */
static bool is_of_verdict(const struct action *a)
{
	return strncmp(a->name, "marking.", 8) == 0 || strncmp(a->name, "ruling.", 7) == 0 || strncmp(a->name, "appeal.", 7) == 0 ||
	       strncmp(a->name, "exam_report.", 12) == 0;
}

static bool is_of_programme(const struct action *a)
{
	return strncmp(a->name, "programme", 9) == 0 || strncmp(a->name, "batch", 5) == 0 || strncmp(a->name, "my_batch.", 9) == 0;
}

static int64_t id_of(const struct action *a, const char *name)
{
	static const struct {
		const char *name;
		const int64_t *id;
	} known[] = {
		{ "course_id", &w.course }, { "person_id", &w.learner }, { "org_id", &w.ministry }, { "attempt_id", &attempt }, { "request_id", &request },
		{ "nudge_id", &nudge },	    { "credential_id", &credential }, { "import_id", &import }, { "token_id", &bearer },
		{ "provider_id", &provider }, { "identity_id", &identity },
		{ "group_id", &group },	    { "draft_id", &draft },	      { "assignment_id", &asked },
		{ "job_id", &job },	    { "movement_id", &movement },
		{ "grant_id", &grant },	    { "role_id", &composed },	      { "acting_id", &acting },
		{ "webhook_id", &webhook }, { "event_id", &event },
		{ "kept_id", &expendable }, { "closed_id", &second_account }, { "merge_id", &merge },
		{ "field_id", &profile_field }, { "file_id", &framework_file }, { "competency_id", &competency }, { "way_id", &way }, { "batch_id", &batch },
		{ "device_id", &device },
		{ "share_id", &shared },    { "exemption_id", &exempted },
		{ "post_id", &post_held }, { "holding_id", &holding_of },
		{ "plan_id", &plan },
		{ "allocation_id", &allocation }, { "activity_id", &activity }, { "copy_id", &signed_copy },
		{ "round_id", &round_id }, { "form_id", &assessment }, { "exam_id", &exam },
		{ "item_id", &bank_item }, { "other_id", &other_item },
		{ "room_id", &exam_room }, { "seating_id", &seat_list }, { "signal_id", &exam_signal },
		{ "ruling_id", &ruling }, { "appeal_id", &appeal },
		{ "run_id", &calibration_run },
		{ "campaign_id", &campaign },
		{ "admission_id", &admission }, { "list_id", &admission_list }, { "quota_id", &admission_quota }, { "offer_id", &admission_offer },
		{ "batch_session_id", &class_now },
		{ "programme_id", &held_programme }, { "material_id", &held_material }, { "work_id", &held_work },
		{ "institute_id", &institute }, { "hostel_id", &hostel }, { "booking_id", &booking }, { "faculty_id", &teacher }, { "evidence_id", &evidence },
		{ "thing_id", &talk }, { "question_id", &talk_question }, { "into_id", &talk_question }, { "poll_id", &talk_poll }, { "chat_id", &talk_chat },
		{ "series_id", &webinar_series }, { "report_id", &webinar_list },
		{ "charcha_id", &charcha }, { "draw_id", &charcha_draw }, { "point_id", &charcha_point }, { "commitment_id", &charcha_promise },
		{ "member_id", &w.colleague },
		{ "together_id", &room_session }, { "act_id", &room_act }, { "check_id", &room_check },
	};
	if (strcmp(name, "check_id") == 0 && strncmp(a->name, "together_sheet", 14) == 0)
		return room_sheet;
	if (strcmp(name, "batch_id") == 0 && strncmp(a->name, "admission", 9) == 0)
		return seat_batch;
	if (strcmp(name, "list_id") == 0 && strncmp(a->name, "attendance", 10) == 0)
		return class_list;
	if (strcmp(name, "list_id") == 0 && strncmp(a->name, "charcha", 7) == 0)
		return charcha_list;
	if (strcmp(name, "into_id") == 0 && strncmp(a->name, "charcha", 7) == 0)
		return charcha_group;
	if (strcmp(name, "thing_id") == 0 && (strncmp(a->name, "calendar.", 9) == 0 || strncmp(a->name, "campaign.", 9) == 0))
		return webinar;
	if (strcmp(name, "batch_id") == 0 && is_of_programme(a))
		return held_batch;
	if (strcmp(name, "session_id") == 0 && is_of_programme(a))
		return held_session;
	if (strcmp(name, "faculty_id") == 0 && is_of_programme(a))
		return held_faculty;
	if (strcmp(name, "part_id") == 0)
		return strcmp(a->name, "my_batch.answer") == 0 || strcmp(a->name, "batch_people.survey") == 0 ? held_survey : held_part;
	if (strcmp(name, "group_id") == 0 && strncmp(a->name, "charcha", 7) == 0)
		return strncmp(a->name, "charcha_org.join", 16) == 0 ? charcha_small : charcha_group;
	if (strcmp(name, "id") == 0)
		return strncmp(a->name, "scim.group", 10) == 0 ? group : expendable;
	if (strcmp(name, "room_id") == 0 && strncmp(a->name, "institute.", 10) == 0)
		return institute_room;
	if (strcmp(name, "event_id") == 0 && strncmp(a->name, "webhook.", 8) != 0)
		return webinar;
	if (strcmp(name, "role_id") == 0 && strncmp(a->name, "work_role.", 10) == 0)
		return work_role;
	if (strcmp(name, "round_id") == 0 && strncmp(a->name, "workplace", 9) != 0)
		return placement;
	if (strcmp(name, "exam_id") == 0 && is_of_verdict(a))
		return judged;
	if (strcmp(name, "item_id") == 0 && is_of_verdict(a))
		return judged_item;
	if (strcmp(name, "attempt_id") == 0 && is_of_verdict(a))
		return judged_paper;
	if (strcmp(name, "attempt_id") == 0 && strncmp(a->name, "attempt.", 8) == 0)
		return paper;
	if (strcmp(name, "exam_id") == 0 && strncmp(a->name, "guest.", 6) == 0)
		return public_exam;
	if (strcmp(name, "form_id") == 0 && strncmp(a->name, "exam.", 5) == 0)
		return exam_form;
	if (strcmp(name, "import_id") == 0 && strncmp(a->name, "item_import.", 12) == 0)
		return item_file;
	if (strcmp(name, "version") == 0)
		return 1;
	if (strcmp(name, "post_id") == 0 && strncmp(a->name, "post.", 5) != 0)
		return post_of_office;
	if (strcmp(name, "file_id") == 0 && strncmp(a->name, "establishment.", 14) == 0)
		return establishment;
	if (strcmp(name, "resource_id") == 0)
		return strncmp(a->name, "quiz.", 5) == 0 ? w.quiz : w.lesson;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(name, known[i].name) == 0)
			return *known[i].id;
	return query_int(f, "SELECT min(id) FROM session WHERE person_id = %lld", (long long)w.learner);
}

/* The value of a place that exists. */
static void place(const struct action *a, const char *name, char *ret, size_t n)
{
	if (strcmp(name, "serial") == 0)
		snprintf(ret, n, "%s", serial);
	else if (strcmp(name, "file") == 0 && strcmp(a->name, "people_import.file") == 0)
		snprintf(ret, n, "changes.csv");
	else if (strcmp(name, "file") == 0)
		snprintf(ret, n, "%s.pdf", serial);
	else if (strcmp(name, "resource_type") == 0)
		snprintf(ret, n, "User");
	else if (strcmp(name, "schema") == 0)
		snprintf(ret, n, "urn:ietf:params:scim:schemas:core:2.0:User");
	else if (strcmp(name, "name") == 0)
		snprintf(ret, n, "%s", media);
	else if (strcmp(name, "code") == 0 && strncmp(a->name, "passbook.", 9) == 0)
		snprintf(ret, n, "%s", passbook_code);
	else if (strcmp(name, "code") == 0 && strncmp(a->name, "guest.", 6) == 0)
		snprintf(ret, n, "%s", guest_code);
	else if (strcmp(name, "code") == 0 && strcmp(a->name, "allocation.verify") == 0)
		snprintf(ret, n, "%s", order_code);
	else if (strcmp(name, "code") == 0 && strcmp(a->name, "calendar.feed") == 0)
		snprintf(ret, n, "%s", calendar_code);
	else if (strcmp(name, "code") == 0)
		snprintf(ret, n, "%s", link_code);
	else if (strcmp(name, "what") == 0 && strncmp(a->name, "calendar.", 9) == 0)
		snprintf(ret, n, "event");
	else if (strcmp(name, "kind") == 0)
		snprintf(ret, n, "%s", strncmp(a->name, "live", 4) == 0 ? "session" : "email");
	else if (strcmp(name, "what") == 0)
		snprintf(ret, n, "questions");
	else if (strcmp(name, "provider") == 0)
		snprintf(ret, n, "first");
	else if (strcmp(name, "lang") == 0)
		snprintf(ret, n, "hi");
	else if (strcmp(name, "framework") == 0)
		snprintf(ret, n, "kcm");
	else if (strcmp(name, "document") == 0)
		snprintf(ret, n, "%s", document);
	else if (strcmp(name, "item") == 0)
		snprintf(ret, n, "%s", item);
	else if (strcmp(name, "n") == 0)
		snprintf(ret, n, "1");
	else
		snprintf(ret, n, "%lld", (long long)id_of(a, name));
}

/* Fills the places of a pattern; the one named `odd` with `value` instead. */
static void address(const struct action *a, const char *pattern, const char *odd, const char *value, char *ret, size_t n)
{
	size_t at = 0;
	while (*pattern && at + 1 < n) {
		if (*pattern != '{') {
			ret[at++] = *pattern++;
			continue;
		}
		char name[40], text[200];
		size_t len = strcspn(pattern, "}");
		snprintf(name, sizeof name, "%.*s", (int)len - 1, pattern + 1);
		place(a, name, text, sizeof text);
		at += (size_t)snprintf(ret + at, n - at, "%s", odd && strcmp(odd, name) == 0 ? value : text);
		pattern += len + 1;
	}
	ret[at] = 0;
}

static bool in_path(const char *pattern, const char *name)
{
	char mark[60];
	snprintf(mark, sizeof mark, "{%s}", name);
	return pattern && strstr(pattern, mark);
}

/* ── who is who ── */

/* Roles held at the thing of the path, by scope; at SCOPE_NONE: held anywhere. */
struct who {
	const char *name;
	const int64_t *id;
	unsigned none, person, course, org;
};
static const int64_t nobody;
static const struct who people[] = {
	{ "anyone", &nobody, 0, 0, 0, 0 },
	{ "learner", &w.colleague, R_LEARNER, R_LEARNER, R_LEARNER, R_LEARNER },
	{ "self", &w.learner, R_LEARNER, R_LEARNER | R_SELF, R_LEARNER, R_LEARNER },
	{ "supervisor", &w.boss, R_LEARNER | R_SUPERVISOR | R_SUPERVISOR_ANY, R_LEARNER | R_SUPERVISOR, R_LEARNER, R_LEARNER },
	{ "supervisor of another", &w.other_boss, R_LEARNER | R_SUPERVISOR | R_SUPERVISOR_ANY, R_LEARNER, R_LEARNER, R_LEARNER },
	{ "mdo_admin above", &w.admin, R_LEARNER | R_MDO_ADMIN, R_LEARNER | R_MDO_ADMIN, R_LEARNER | R_MDO_ADMIN, R_LEARNER | R_MDO_ADMIN },
	{ "mdo_admin elsewhere", &w.other_admin, R_LEARNER | R_MDO_ADMIN, R_LEARNER, R_LEARNER, R_LEARNER },
	{ "author", &w.author, R_LEARNER | R_AUTHOR, R_LEARNER, R_LEARNER | R_AUTHOR, R_LEARNER },
	{ "author elsewhere", &w.other_author, R_LEARNER | R_AUTHOR, R_LEARNER, R_LEARNER, R_LEARNER },
	{ "reviewer", &w.reviewer, R_LEARNER | R_REVIEWER, R_LEARNER, R_LEARNER | R_REVIEWER, R_LEARNER },
	{ "reviewer elsewhere", &w.other_reviewer, R_LEARNER | R_REVIEWER, R_LEARNER, R_LEARNER, R_LEARNER },
	{ "publisher", &w.publisher, R_LEARNER | R_PUBLISHER, R_LEARNER, R_LEARNER | R_PUBLISHER, R_LEARNER },
	{ "publisher elsewhere", &w.other_publisher, R_LEARNER | R_PUBLISHER, R_LEARNER, R_LEARNER, R_LEARNER },
	{ "operator", &w.operator, R_LEARNER | R_OPERATOR, R_LEARNER | R_OPERATOR, R_LEARNER | R_OPERATOR, R_LEARNER | R_OPERATOR },
	{ "operator elsewhere", &w.other_operator, R_LEARNER | R_OPERATOR, R_LEARNER, R_LEARNER, R_LEARNER },
};
enum { N_PEOPLE = sizeof people / sizeof *people };

static bool may(const struct action *a, const struct who *p)
{
	unsigned wanted = permission_roles(a->may);
	const unsigned held[] = { [SCOPE_NONE] = p->none, [SCOPE_PERSON] = p->person, [SCOPE_COURSE] = p->course, [SCOPE_ORG] = p->org };
	return (wanted & R_ANYONE) || (wanted & held[a->scope]);
}

/* One who may: nobody for public pages, the learner whose things these are, or the first who holds a role. */
static struct client *one_who_may(const struct action *a)
{
	if (permission_roles(a->may) & R_ANYONE)
		return client_new(f);
	if (may(a, &people[2]))
		return client_as(f, w.learner);
	for (size_t i = 0; i < N_PEOPLE; i++)
		if (may(a, &people[i]))
			return client_as(f, *people[i].id);
	NEED(false, "nobody may %s", a->name);
}

/* JSON by the method of the action, in the manners of its protocol. */
static long send_json(struct client *c, const struct action *a, const char *path, const char *json)
{
	char token[120];
	if (a->method == POST && !a->manners)
		return post_json(c, path, json);
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	return send_raw(c, method_name(a->method), path, a->manners ? a->manners->type : "application/json", json, strlen(json));
}

/* ── every GET ── */

static unsigned ceiling(const struct action *a)
{
	if (strcmp(a->name, "establishment.csv") == 0)
		return 16; /* each kind of thing by one statement, for a file of up to 1,00,000 rows */
	if (strcmp(a->name, "campaign.mine") == 0)
		return 14; /* one's hours counted, what counts and is to come, the theme of the day and one's notes */
	return strcmp(a->name, "home.show") == 0 || strcmp(a->name, "course.show") == 0 || strcmp(a->name, "search.courses") == 0 ? 8 : 12;
}

static int look_at(const struct action *a, const char *pattern)
{
	char path[1000];
	struct client *c = one_who_may(a);
	int bad = 0;
	address(a, pattern, NULL, NULL, path, sizeof path);
	uint64_t before = database_hash(f, true);
	get(c, "%s", path);
	if (c->status < 200 || c->status >= 400) {
		print_error("%s %s: %ld\n", a->name, path, c->status);
		bad++;
	}
	if (c->statements > ceiling(a)) {
		print_error("%s %s: %u statements, more than %u\n", a->name, path, c->statements, ceiling(a));
		bad++;
	}
	if (head_of(c, path) >= 400)
		bad++;
	if (database_hash(f, true) != before) {
		print_error("%s %s changes the database\n", a->name, path);
		bad++;
	}
	client_free(c);
	return bad;
}

static void every_get_changes_nothing_within_its_statements(void **state)
{
	int bad = 0;
	(void)state;
	for (size_t i = 0; i < action_count(f->table); i++) {
		const struct action *a = action_at(f->table, i);
		if (a->method == GET && a->page)
			bad += look_at(a, a->page);
		if (a->method == GET && a->api)
			bad += look_at(a, a->api);
	}
	assert_int_equal(bad, 0);
}

/* ── broken input ── */

/* A value as it stands in JSON and, percent-encoded, in a form. NULL: cannot be said there. json "": left out. */
struct value {
	const char *json, *form;
	bool unnamed;            /* cannot be told from its field: the whole body does not read */
};

static const char *repeated(char c, int64_t n)
{
	char *p = arena_alloc(f->cx.arena, (size_t)n + 1);
	memset(p, c, (size_t)n);
	p[n] = 0;
	return p;
}

static const char *quoted(const char *s)
{
	return str_fmt(f->cx.arena, "\"%s\"", s).p;
}

/* A value that its field takes. */
static struct value good_value(const struct action *a, const struct field *k)
{
	const char *s = "x";
	switch (k->kind) {
	case F_TEXT:
	case F_LONG:
	case F_SECRET:
		s = repeated('x', k->min > 5 ? k->min : 5);
		break;
	case F_INT:
	case F_REAL:
		s = str_fmt(f->cx.arena, "%lld", (long long)k->min).p;
		break;
	case F_ID:
		s = str_fmt(f->cx.arena, "%lld", (long long)id_of(a, k->name)).p;
		break;
	case F_DATE:
		s = "2027-01-31";
		break;
	case F_TIME:
		s = "2027-01-31T10:00:00Z";
		break;
	case F_BOOL:
		s = "true";
		break;
	case F_CHOICE:
		s = k->choices ? k->choices[0].value : "x";
		break;
	case F_JSON:
		return (struct value){ "[]", "%5B%5D", false };
	case F_TEXTS:
		return (struct value){ "[]", "", false };
	}
	return (struct value){ quoted(s), s, false };
}

static size_t bad_texts(const struct field *k, struct value *v)
{
	int64_t max = k->max ? k->max : k->kind == F_LONG ? 20000 : 200;
	const char *longer = repeated('y', max + 1);
	size_t n = 0;
	v[n++] = (struct value){ quoted(longer), longer, false };
	v[n++] = (struct value){ "{\"a\":1}", NULL, false };
	v[n++] = (struct value){ "[1]", NULL, false };
	v[n++] = (struct value){ "\"\xff\xfe\"", "%ff%fe", true };
	v[n++] = (struct value){ "\"\xed\xa0\x80\"", "%ED%A0%80", true }; /* half a surrogate */
	v[n++] = (struct value){ "\"\\u0000\"", "a%00b", true };
	if (k->kind == F_TEXT)
		v[n++] = (struct value){ "\"a\\nb\"", "a%0Ab", false };
	if (k->min > 1)
		v[n++] = (struct value){ "\"y\"", "y", false };
	return n;
}

static size_t bad_numbers(const struct field *k, struct value *v)
{
	static const char *const odd[] = { "x", "1.5", "99999999999999999999", "0x10", "1e3" };
	size_t n = 0;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		v[n++] = (struct value){ quoted(odd[i]), odd[i], false };
	const char *less = str_fmt(f->cx.arena, "%lld", (long long)(k->kind == F_ID ? -1 : k->min - 1)).p;
	v[n++] = (struct value){ less, less, false };
	v[n++] = (struct value){ "[[]]", NULL, false };
	if (k->kind == F_ID)
		v[n++] = (struct value){ "\"0\"", "0", false };
	if (k->max) {
		const char *more = str_fmt(f->cx.arena, "%lld", (long long)k->max + 1).p;
		v[n++] = (struct value){ more, more, false };
	}
	return n;
}

static size_t bad_values(const struct field *k, struct value *v)
{
	size_t n = 0;
	switch (k->kind) {
	case F_TEXT:
	case F_LONG:
	case F_SECRET:
		n = bad_texts(k, v);
		break;
	case F_INT:
	case F_ID:
		n = bad_numbers(k, v);
		break;
	case F_TIME:
	case F_DATE:
		v[n++] = (struct value){ "\"2026-02-30\"", "2026-02-30", false };
		v[n++] = (struct value){ "\"tomorrow\"", "tomorrow", false };
		v[n++] = (struct value){ "1", "1", false };
		break;
	case F_REAL:
		v[n++] = (struct value){ "\"nan\"", "nan", false };
		v[n++] = (struct value){ "\"x\"", "x", false };
		break;
	case F_BOOL:
		v[n++] = (struct value){ "\"perhaps\"", "perhaps", false };
		break;
	case F_CHOICE:
		v[n++] = (struct value){ "\"no such choice\"", "no+such+choice", false };
		v[n++] = (struct value){ "{}", NULL, false };
		break;
	case F_JSON:
		v[n++] = (struct value){ NULL, "%5B", false };
		if (k->max) {
			const char *longer = str_fmt(f->cx.arena, "[%s1]", repeated('7', k->max)).p;
			v[n++] = (struct value){ str_fmt(f->cx.arena, "[\"%s\"]", longer).p, NULL, false };
		}
		break;
	case F_TEXTS:
		v[n++] = (struct value){ "[{}]", NULL, false };
		v[n++] = (struct value){ quoted(repeated('y', (k->max ? k->max : 200) + 1)), repeated('y', (k->max ? k->max : 200) + 1), false };
		break;
	}
	if (k->must && k->kind != F_TEXTS)
		v[n++] = (struct value){ "", "", false };
	return n;
}

/* Body (or query) with good values, but for one field. */
static const char *body_with(const struct action *a, const char *pattern, const struct field *odd, const struct value *v, bool json)
{
	struct buf b;
	bool first = true;
	buf_init(&b, f->cx.arena, 1 << 20);
	if (json)
		buf_char(&b, '{');
	for (const struct field *k = a->in; k && k->name; k++) {
		struct value good = k == odd ? *v : good_value(a, k);
		/* A file cannot be said in a form like this; without it the field is missing, beside what is broken. */
		bool file = k != odd && a->upload && strcmp(k->name, "file") == 0;
		if (file || in_path(pattern, k->name) || (json && !good.json[0]) || (!json && !good.form[0]))
			continue;
		buf_fmt(&b, json ? "%s\"%s\":%s" : "%s%s=%s", first ? "" : json ? "," : "&", k->name, json ? good.json : good.form);
		first = false;
	}
	if (json)
		buf_char(&b, '}');
	return buf_get(&b).p;
}

static bool names_field(struct client *c, const struct action *a, const char *name)
{
	char mark[80];
	snprintf(mark, sizeof mark, a->manners ? "\"detail\":\"%s: " : "\"field\":\"%s\"", name);
	return str_find(buf_get(&c->body), str_of(mark)) >= 0;
}

static bool is_4xx(const struct client *c)
{
	tried++;
	return c->status >= 400 && c->status < 500;
}

/* Sends one broken value on every way the action has; how many were not refused as they should be. */
static int send_broken(struct client *c, const struct action *a, const struct field *k, const struct value *v)
{
	char path[1000];
	int bad = 0;
	if (a->whole)
		return 0; /* the body as a whole has no value that its field refuses; what reads as no object is sent below */
	if (a->api && a->method != GET && v->json) {
		address(a, a->api, NULL, NULL, path, sizeof path);
		const char *body = body_with(a, a->api, k, v, true);
		send_json(c, a, path, body);
		if (!is_4xx(c) || (!v->unnamed && !names_field(c, a, k->name))) {
			print_error("%s, %s = %.60s as JSON: %ld %.300s\n", a->name, k->name, v->json, c->status, buf_get(&c->body).p);
			bad++;
		}
	}
	for (int api = 0; v->form && api < (a->method == GET ? 2 : 1); api++) {
		const char *pattern = api ? a->api : a->page;
		if (!pattern)
			continue;
		address(a, pattern, NULL, NULL, path, sizeof path);
		const char *form = body_with(a, pattern, k, v, false);
		if (a->method == GET && strlen(form) > 4000)
			continue; /* the whole address is too long */
		if (a->method == GET)
			get(c, "%s?%s", path, form);
		else
			post(c, path, form);
		if (!is_4xx(c) || (api && !v->unnamed && !names_field(c, a, k->name))) {
			print_error("%s %s, %s = %.60s as form: %ld\n", a->name, path, k->name, v->form, c->status);
			bad++;
		}
	}
	return bad;
}

/* Ids in the path that do not read or lead nowhere. */
static int send_broken_path(struct client *c, const struct action *a, const struct field *k)
{
	static const char *const odd[] = { "x", "-1", "0", "99999999999999999999", UNKNOWN_ID, "%ff", "%00", "%2e%2e%2f", "1%27--" };
	char path[1000];
	int bad = 0;
	for (int api = 0; api < 2; api++) {
		const char *pattern = api ? a->api : a->page;
		for (size_t i = 0; in_path(pattern, k->name) && i < sizeof odd / sizeof *odd; i++) {
			address(a, pattern, k->name, odd[i], path, sizeof path);
			struct value none = { "", "", false };
			if (a->method == GET)
				get(c, "%s", path);
			else if (api)
				send_json(c, a, path, body_with(a, pattern, NULL, &none, true));
			else
				post(c, path, body_with(a, pattern, NULL, &none, false));
			/* A public page may say "there is no such number" in its own words. */
			if (!is_4xx(c) && !(c->status == 200 && a->method == GET && (permission_roles(a->may) & R_ANYONE) && k->kind == F_TEXT)) {
				print_error("%s %s: %ld\n", a->name, path, c->status);
				bad++;
			}
		}
	}
	return bad;
}

static int send_broken_bodies(struct client *c, const struct action *a)
{
	static const char *const bodies[] = { "{", "[]", "7", "\"text\"", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "{'a':1}" };
	char path[1000], token[120];
	int bad = 0;
	const char *pattern = a->api ? a->api : a->page;
	address(a, pattern, NULL, NULL, path, sizeof path);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (send_json(c, a, path, bodies[i]) != 400) {
			print_error("%s with the body %s: %ld\n", a->name, bodies[i], c->status);
			bad++;
		}
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	if (send_raw(c, method_name(a->method), path, "text/plain", "a=1", 3) != 415) {
		print_error("%s with text/plain: %ld\n", a->name, c->status);
		bad++;
	}
	struct buf b;
	buf_init(&b, f->cx.arena, 1 << 20);
	buf_char(&b, '{');
	for (int i = 0; i < 500; i++)
		buf_fmt(&b, "%s\"a%d\":1", i ? "," : "", i);
	buf_char(&b, '}');
	if (!a->whole && send_json(c, a, path, buf_get(&b).p) != 413) {
		print_error("%s with 500 fields: %ld\n", a->name, c->status);
		bad++;
	}
	buf_init(&b, f->cx.arena, 1 << 20);
	for (int i = 0; i < 3000; i++)
		buf_char(&b, '[');
	send_json(c, a, path, buf_get(&b).p);
	return bad + !is_4xx(c);
}

static int break_action(const struct action *a)
{
	struct value v[16];
	struct arena_mark mark = arena_mark(f->cx.arena);
	struct client *c = one_who_may(a);
	int bad = 0;
	uint64_t before = database_hash(f, true);
	for (const struct field *k = a->in; k && k->name; k++) {
		bool path = in_path(a->page, k->name) || in_path(a->api, k->name);
		if (path)
			bad += send_broken_path(c, a, k);
		size_t n = path ? 0 : bad_values(k, v);
		for (size_t i = 0; i < n; i++)
			bad += send_broken(c, a, k, &v[i]);
	}
	if (a->method != GET)
		bad += send_broken_bodies(c, a);
	if (database_hash(f, true) != before) {
		print_error("%s: broken input changed the database\n", a->name);
		bad++;
	}
	client_free(c);
	arena_back(f->cx.arena, mark);
	return bad;
}

static void every_broken_input_is_refused_by_name_and_changes_nothing(void **state)
{
	int bad = 0;
	(void)state;
	for (size_t i = 0; i < action_count(f->table); i++)
		bad += break_action(action_at(f->table, i));
	print_message("%d broken requests, %d not refused as they should be\n", tried, bad);
	assert_true(tried > 10 * (int)action_count(f->table));
	assert_int_equal(bad, 0);
}

/* ── every role ── */

static bool was_refused(struct client *c)
{
	const char *to = answer_header(c, "Location");
	return c->status == 401 || c->status == 403 || (c->status == 303 && to && strncmp(to, "/sign-in?to=", 12) == 0);
}

static void send_good(struct client *c, const struct action *a, const char *pattern, bool api, const char *path)
{
	struct value none = { "", "", false };
	tried++;
	if (a->method == GET)
		get(c, "%s", path);
	else if (api)
		send_json(c, a, path, body_with(a, pattern, NULL, &none, true));
	else
		post(c, path, body_with(a, pattern, NULL, &none, false));
}

static int try_refused(struct client *c, const struct action *a, const char *pattern, bool api, const struct who *p)
{
	char path[1000];
	struct arena_mark mark = arena_mark(f->cx.arena);
	int bad = 0;
	address(a, pattern, NULL, NULL, path, sizeof path);
	uint64_t before = database_hash(f, true);
	send_good(c, a, pattern, api, path);
	if (!was_refused(c)) {
		print_error("%s %s as %s: %ld, although this role may not\n", a->name, path, p->name, c->status);
		bad++;
	}
	if (a->method != GET && api) {
		send_json(c, a, path, "{");
		if (!was_refused(c)) {
			print_error("%s as %s: what was sent was looked at before who sent it: %ld\n", a->name, p->name, c->status);
			bad++;
		}
	}
	if (database_hash(f, true) != before) {
		print_error("%s as %s was refused and changed the database\n", a->name, p->name);
		bad++;
	}
	arena_back(f->cx.arena, mark);
	return bad;
}

static int try_allowed(const struct action *a, const char *pattern, bool api, const struct who *p)
{
	char path[1000];
	struct client *c = client_as(f, *p->id); /* anew: the one before may have been signed out, or taken in hand */
	struct arena_mark mark = arena_mark(f->cx.arena);
	int bad = 0;
	address(a, pattern, NULL, NULL, path, sizeof path);
	send_good(c, a, pattern, api, path);
	if (c->status == 0 || c->status >= 500 || was_refused(c)) {
		print_error("%s %s as %s: %ld, although this role may\n", a->name, path, p->name, c->status);
		bad++;
	}
	arena_back(f->cx.arena, mark);
	client_free(c);
	return bad;
}

/* First those who may not, all of whom are signed in before: signing in is a change too. */
static int try_roles(const struct action *a)
{
	struct client *c[N_PEOPLE] = { NULL };
	int bad = 0;
	for (size_t k = 0; k < N_PEOPLE; k++)
		c[k] = may(a, &people[k]) ? NULL : client_as(f, *people[k].id);
	for (size_t k = 0; k < N_PEOPLE; k++) {
		if (c[k] && a->page)
			bad += try_refused(c[k], a, a->page, false, &people[k]);
		if (c[k] && a->api)
			bad += try_refused(c[k], a, a->api, true, &people[k]);
	}
	for (size_t k = 0; k < N_PEOPLE; k++) {
		if (!c[k] && a->page)
			bad += try_allowed(a, a->page, false, &people[k]);
		if (!c[k] && a->api)
			bad += try_allowed(a, a->api, true, &people[k]);
		if (c[k])
			client_free(c[k]);
	}
	return bad;
}

static enum err end_activity(struct ctx *cx, void *arg)
{
	const int64_t *of = arg;
	return activity_end(cx, of[0], of[1]);
}

static enum err close_exam(struct ctx *cx, void *arg)
{
	const int64_t *of = arg;
	return exam_close(cx, of[0], of[1]);
}

/* Activities and examinations that need what the walk has taken back with its framework, which `check` would rightly tell of. */
static void end_what_needs_what_has_ended(void)
{
	int64_t of[2];
	while ((of[1] = query_int(f, "SELECT min(a.id) FROM activity a JOIN activity_competency n ON n.activity_id = a.id JOIN competency c ON c.id = n.competency_id "
				     "WHERE a.until_day IS NULL AND c.until_day IS NOT NULL"))) {
		of[0] = query_int(f, "SELECT role_id FROM activity WHERE id = %lld", (long long)of[1]);
		in_tx(f, end_activity, of);
	}
	while ((of[1] = query_int(f, "SELECT min(e.id) FROM exam e JOIN exam_part p ON p.exam_id = e.id JOIN competency c ON c.id = p.competency_id "
				     "WHERE e.state = 'open' AND c.until_day IS NOT NULL"))) {
		of[0] = query_int(f, "SELECT org_id FROM exam WHERE id = %lld", (long long)of[1]);
		in_tx(f, close_exam, of);
	}
}

static void every_role_may_what_the_table_says_and_nothing_else(void **state)
{
	int bad = 0;
	(void)state;
	tried = 0;
	for (size_t i = 0; i < action_count(f->table); i++)
		bad += try_roles(action_at(f->table, i));
	print_message("%d requests as %d people, %d answered otherwise than the table says\n", tried, N_PEOPLE, bad);
	assert_int_equal(bad, 0);
	end_what_needs_what_has_ended();
	assert_int_equal(check_findings(f), 0);
}

static void what_does_not_exist_is_no_way_around_a_permission(void **state)
{
	char path[1000];
	int bad = 0;
	static const char *const names[] = { [SCOPE_NONE] = NULL, [SCOPE_ORG] = "org_id", [SCOPE_PERSON] = "person_id", [SCOPE_COURSE] = "course_id" };
	(void)state;
	for (size_t i = 0; i < action_count(f->table); i++) {
		const struct action *a = action_at(f->table, i);
		if (a->scope == SCOPE_NONE || (permission_roles(a->may) & (R_ANYONE | R_LEARNER)))
			continue;
		struct client *c = client_as(f, w.operator);
		address(a, a->page ? a->page : a->api, names[a->scope], UNKNOWN_ID, path, sizeof path);
		if ((a->method == GET ? get(c, "%s", path) : post(c, path, "")) != 404) {
			print_error("%s %s: %ld\n", a->name, path, c->status);
			bad++;
		}
		client_free(c);
	}
	assert_int_equal(bad, 0);
}

/* ── every other method ── */

static bool takes(const char *address, enum method m)
{
	for (size_t i = 0; i < action_count(f->table); i++) {
		const struct action *a = action_at(f->table, i);
		if (a->method == m && ((a->page && strcmp(a->page, address) == 0) || (a->api && strcmp(a->api, address) == 0)))
			return true;
	}
	return false;
}

static int send_other_methods(const struct action *a, const char *pattern)
{
	static const char *const unknown[] = { "OPTIONS", "TRACE", "PROPFIND", "get" };
	char path[1000];
	struct client *c = client_as(f, w.operator);
	int bad = 0;
	address(a, pattern, NULL, NULL, path, sizeof path);
	for (int m = GET; m < METHOD_COUNT_ + (int)(sizeof unknown / sizeof *unknown); m++) {
		const char *name = m < METHOD_COUNT_ ? method_name((enum method)m) : unknown[m - METHOD_COUNT_];
		if (m < METHOD_COUNT_ && takes(pattern, (enum method)m))
			continue;
		send_raw(c, name, path, "application/json", "{}", 2);
		const char *allow = answer_header(c, "Allow");
		if (c->status != 405 || !allow || !strstr(allow, method_name(a->method)) || strstr(allow, name)) {
			print_error("%s %s: %ld, Allow: %s\n", name, path, c->status, allow ? allow : "none");
			bad++;
		}
	}
	client_free(c);
	return bad;
}

static void every_other_method_is_refused_and_the_address_names_its_own(void **state)
{
	int bad = 0;
	(void)state;
	uint64_t before = database_hash(f, true);
	for (size_t i = 0; i < action_count(f->table); i++) {
		const struct action *a = action_at(f->table, i);
		bad += a->page ? send_other_methods(a, a->page) : 0;
		bad += a->api ? send_other_methods(a, a->api) : 0;
	}
	assert_int_equal(bad, 0);
	assert_true(database_hash(f, true) == before);
}

/* ── the committed outer face ── */

static void assert_committed(const char *name, void (*write)(struct buf *))
{
	char path[500];
	struct buf b, have;
	char piece[4096];
	size_t n;
	snprintf(path, sizeof path, "%s/doc/%s", SOURCE_DIR, name);
	buf_init(&b, f->cx.arena, 16 << 20);
	write(&b);
	buf_init(&have, f->cx.arena, 16 << 20);
	FILE *in = fopen(path, "rb");
	if (in) {
		while ((n = fread(piece, 1, sizeof piece, in)) > 0)
			buf_add(&have, piece, n);
		fclose(in);
	}
	if (!str_eq(buf_get(&b), buf_get(&have)))
		print_error("%s is not what the program prints; run script/docs and look at the difference\n", path);
	assert_true(str_eq(buf_get(&b), buf_get(&have)));
}

static void the_committed_routes_are_those_of_the_program(void **state)
{
	(void)state;
	assert_committed("routes.txt", outside_routes);
}

static void the_committed_openapi_is_that_of_the_program(void **state)
{
	(void)state;
	assert_committed("openapi.json", outside_openapi);
}

static void the_committed_permissions_are_those_of_the_program(void **state)
{
	(void)state;
	assert_committed("permissions.md", outside_permissions);
}

static void the_committed_settings_are_those_of_the_program(void **state)
{
	(void)state;
	assert_committed("config.md", config_doc);
}

/* ── a world in which every address leads somewhere ── */

static enum err complete_hindi(struct ctx *cx, void *arg)
{
	const int64_t *lesson = arg;
	struct completion done;
	TRY(enrolment_add(cx, w.learner, w.hindi));
	return completion_credit(cx, w.learner, *lesson, "review", &done);
}

static enum err send_things(struct ctx *cx, void *arg)
{
	struct assign in = { w.learner, w.course, clock_day_of(2027, 1, 31), S("because") };
	(void)arg;
	cx->actor.person_id = w.boss;
	TRY(enrolment_assign(cx, &in));
	TRY(enrolment_nudge(cx, w.learner, w.course, S("soon")));
	cx->actor.person_id = 0;
	return OK;
}

static void bring_a_list(void)
{
	static const char list[] = "Employee No,Name,Office,Designation\nX1,Somebody,nowhere,nothing\n";
	struct client *c = client_as(f, w.admin);
	const char *path = base_of("/api/v1/orgs/%lld/imports", (long long)w.ministry);
	char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	NEED(send_raw(c, "POST", path, "text/csv", list, sizeof list - 1) == 200, "no list: %ld", c->status);
	import = json_number(c, "id");
	NEED(post_json(c, base_of("%s/%lld/check", path, (long long)import), "{\"employee_no\":0,\"name\":1,\"organisation\":2,\"designation\":3}") == 200, "no check: %ld", c->status);
	work_now(f);
	client_free(c);
}

static enum err make_token(struct ctx *cx, void *arg)
{
	struct str secret;
	(void)arg;
	return token_add(cx, &(struct token_add){ w.learner, S("a program"), S("learn"), 30 }, &secret, &bearer);
}

static enum err name_provider(struct ctx *cx, void *arg)
{
	static const char metadata[] = "{\"issuer\":\"https://id.example\",\"authorization_endpoint\":\"https://id.example/go\",\"token_endpoint\":\"https://id.example/token\",\"jwks_uri\":\"https://id.example/keys\"}";
	struct sso_add in = { .org_id = w.ministry, .code = S("first"), .name = S("First"), .issuer = S("https://id.example"), .client_id = S("us"), .scopes = S("openid"),
			      .domains = S("example.gov.in"), .mfa_acr = S("") };
	(void)arg;
	TRY(sso_add(cx, &in, &(struct documents){ str_of(metadata), S("{\"keys\":[{}]}") }, &provider));
	identity = new_id(cx);
	return sso_sql_link(cx, identity, provider, S("subject"), w.learner, S("learner@example.gov.in"), cx->now, NULL);
}

/* A role that is held, a composed one, and a colleague who may act for the learner. */
static enum err give_roles(struct ctx *cx, void *arg)
{
	(void)arg;
	composed = new_id(cx);
	acting = new_id(cx);
	grant = new_id(cx);
	TRY(access_sql_grant(cx, grant, w.boss, S("reviewer"), w.ministry, w.admin, cx->now, NULL));
	TRY(role_sql_add(cx, composed, w.ministry, S("Coordinator"), w.admin, cx->now, NULL));
	return acting_sql_add(cx, acting, S("delegation"), w.learner, w.colleague, S(""), cx->now, cx->now + DAY, cx->now, NULL);
}

/* A webhook that nobody answers, and an event that it was told of. */
static enum err make_a_webhook(struct ctx *cx, void *arg)
{
	struct str kind = S("enrolment.made"), secret;
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(webhook_add(cx, &(struct webhook_add){ .org_id = w.ministry, .address = S("https://127.0.0.1:9/"), .kinds = { &kind, 1 } }, &webhook, &secret));
	TRY(webhook_try(cx, w.ministry, webhook, &event));
	return webhook_pause(cx, w.ministry, webhook, true);
}

/* A field of the profile, and what the learner says there. */
static enum err make_a_profile(struct ctx *cx, void *arg)
{
	struct profile_field_add in = { .org_id = w.ministry, .name_en = S("Place"), .kind = S("text"), .said_by = S("self") };
	(void)arg;
	cx->actor.person_id = w.learner;
	TRY(profile_field_add(cx, &in, &profile_field));
	struct str said = str_fmt(cx->arena, "%lld=Pune", (long long)profile_field);
	return profile_say(cx, w.learner, &(struct strs){ &said, 1 }, false);
}

/* A link by which people register, and a decision about nobody. */
static enum err make_a_way_in(struct ctx *cx, void *arg)
{
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(way_add(cx, &(struct way_add){ .org_id = w.ministry, .most = NONE, .until_day = person_today(cx) + 300 }, &way));
	batch = new_id(cx);
	return registration_sql_add_batch(cx, batch, w.ministry, S("yes"), S(""), w.admin, cx->now, NULL);
}

/* A browser of the learner's; its point is that of the example of RFC 8291. */
static enum err allow_a_device(struct ctx *cx, void *arg)
{
	struct push_allow in = { S("https://127.0.0.1:9/x"), S("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"), S("BTBZMqHH6r4Tts7J_aSIgg") };
	(void)arg;
	cx->actor.person_id = w.learner;
	return push_allow(cx, &in, &device);
}

/* A link to the learner's passbook. */
static enum err share_a_passbook(struct ctx *cx, void *arg)
{
	struct passbook_share in = { .for_whom = S("A board"), .until_day = person_today(cx) + 300, .with_evidence = true };
	struct passbook_share_row share;
	(void)arg;
	cx->actor.person_id = w.learner;
	TRY(passbook_share(cx, &in, &shared));
	TRY(passbook_share_of(cx, shared, &share));
	struct str link = passbook_link(cx, shared, share.code_sealed);
	snprintf(passbook_code, sizeof passbook_code, "%.*s", PASSBOOK_CODE_DIGITS, link.p + link.n - PASSBOOK_CODE_DIGITS);
	return OK;
}

/* Two accounts of one person, joined. */
static enum err join_two(struct ctx *cx, void *arg)
{
	struct merge_join in = { .org_id = w.ministry };
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(person_add(cx, &(struct person_add){ .name = S("Double") }, &in.kept_id));
	TRY(person_add(cx, &(struct person_add){ .name = S("Double") }, &in.closed_id));
	int64_t designation = query_int(f, "SELECT min(id) FROM designation");
	TRY(person_post(cx, &(struct person_post){ in.kept_id, w.office, designation, NONE, person_today(cx) - 9 }));
	TRY(person_post(cx, &(struct person_post){ in.closed_id, w.office, designation, NONE, person_today(cx) - 9 }));
	return merge_join(cx, &in, &merge);
}

/* An order of the ministry that is in force, with a signed copy; the learner looks after a post there. */
static enum err order_work(struct ctx *cx, void *arg)
{
	const struct allocation_head head = { S("1/2026"), S("Who does what"), person_today(cx) };
	const char *path = str_fmt(cx->arena, "%s/signed.pdf", f->dir).p;
	struct allocation_copy copy;
	int64_t role, post, holding;
	(void)arg;
	FILE *out = fopen(path, "wb");
	NEED(out && fputs("%PDF-1.4\n%%EOF\n", out) >= 0 && fclose(out) == 0, "no file");
	cx->actor.person_id = w.admin;
	TRY(work_role_set(cx, &(struct work_role_set){ w.ministry, S("files"), S("Files"), S("") }, &role));
	TRY(activity_set(cx, &(struct activity_set){ .role_id = role, .code = S("put-up"), .name_en = S("put up files"), .name_hi = S("") }, &activity));
	struct post_set place = { .org_id = w.ministry, .code = S("files"), .title_en = S("Files"), .title_hi = S(""), .place = S(""), .designation_id = a_designation(f, "so"),
				  .sanctioned = 1, .service = S(""), .from_day = person_today(cx) - 99, .roles = &role, .n_roles = 1 };
	TRY(post_set(cx, &place, &post));
	TRY(holding_begin(cx, &(struct holding_begin){ post, w.learner, HOLDING_ADDITIONAL, person_today(cx) - 9, NONE, S("") }, &holding));
	TRY(allocation_add(cx, w.ministry, &head, BEGIN_POSTS, true, &allocation));
	TRY(allocation_publish(cx, w.ministry, allocation, S("")));
	TRY(allocation_store_copy(cx, str_of(path), &copy));
	return allocation_keep_copy(cx, w.ministry, allocation, &copy, &signed_copy);
}

static void make_an_order(void)
{
	in_tx(f, order_work, NULL);
	query_text(f, order_code, sizeof order_code, "SELECT code FROM allocation WHERE id = %lld", (long long)allocation);
}

/* A file with a mistake, and what the order of the ministry was made of. */
static enum err bring_an_establishment(struct ctx *cx, void *arg)
{
	(void)arg;
	return establishment_add(cx, &(struct establishment_add){ w.ministry, S("establishment.csv"), S("kind,code\nrole,a\n") }, &establishment);
}

/* A bank of two items, one with a picture. */
static enum err bring_items(struct ctx *cx, void *arg)
{
#define ITEMS_CSV "code,kind,text,option1,option2,right,picture,alt\r\none,single,How many?,a,b,1,%s,A page\r\ntwo,single,How many?,a,b,1,,\r\n"
	struct item_of_code_row row;
	struct item_file file;
	bool found;
	(void)arg;
	cx->actor.person_id = w.colleague; /* no author reviews the own item */
	struct str text = str_fmt(cx->arena, ITEMS_CSV, "\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==\"");
	item_file_read(cx, S("items.csv"), text, S("en"), &file);
	TRY(item_import_look(cx, w.ministry, &file, &item_file));
	TRY(item_import_apply(cx, w.ministry, item_file, &file, true));
	TRY(item_import_look(cx, w.ministry, &file, &item_file));
	TRY(item_sql_of_code(cx, w.ministry, S("one"), &row, &found));
	bank_item = row.id;
	TRY(item_sql_of_code(cx, w.ministry, S("two"), &row, &found));
	other_item = row.id;
	return found ? OK : ERR_NOT_FOUND;
}

static void find_work(void)
{
	work_role = query_int(f, "SELECT role_id FROM activity WHERE id = %lld", (long long)activity);
	holding_of = query_int(f, "SELECT id FROM holding WHERE person_id = %lld", (long long)w.learner);
	post_held = query_int(f, "SELECT post_id FROM holding WHERE id = %lld", (long long)holding_of);
	in_tx(f, bring_an_establishment, NULL);
}

/* A group, a course counted for it, and a rule that is being written. */
static void make_a_group(void)
{
	struct client *c = client_as(f, w.admin);
	const char *path = base_of("/api/v1/orgs/%lld/groups", (long long)w.ministry);
	char body[200];
	NEED(post_json(c, path, "{\"name\":\"All\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":1}]}]}}") == 200, "no group: %ld %s", c->status, buf_get(&c->body).p);
	group = json_number(c, "id");
	snprintf(body, sizeof body, "{\"course_id\":\"%lld\",\"due_day\":\"2027-01-31\",\"reason\":\"because\"}", (long long)w.course);
	NEED(post_json(c, base_of("%s/%lld/assignments", path, (long long)group), body) == 200, "no assignment: %ld", c->status);
	asked = json_number(c, "id");
	NEED(post(c, base_of("/orgs/%lld/group-drafts", (long long)w.ministry), "") == 303, "no draft: %ld", c->status);
	draft = query_int(f, "SELECT id FROM group_draft");
	client_free(c);
}

/* A round of workplace assessment that is open. */
static enum err plan_round(struct ctx *cx, void *arg)
{
	int64_t today = person_today(cx);
	(void)arg;
	cx->actor.person_id = w.admin;
	return workplace_plan(cx, &(struct workplace_plan){ .org_id = w.ministry, .name = S("A round"), .opens_day = today, .closes_day = today + 9, .most = NONE, .competencies = S("functional.noting-and-drafting") }, &round_id);
}

static enum err begin_round(struct ctx *cx, void *arg)
{
	(void)arg;
	return workplace_begin(cx, w.ministry, round_id);
}

static void hold_a_round(void)
{
	in_tx(f, plan_round, NULL);
	work_now(f);
	in_tx(f, begin_round, NULL);
	work_now(f);
	assessment = query_int(f, "SELECT id FROM workplace_form WHERE rater_id = %lld AND kind = 'self'", (long long)w.learner);
	NEED(assessment, "no form");
}

static void ask_for_a_transfer(void)
{
	struct client *c = client_as(f, w.learner);
	time_t now = (time_t)(f->app.fixed_now / SECOND);
	struct tm day;
	char body[200];
	gmtime_r(&now, &day);
	strftime(body, sizeof body, "{\"kind\":\"charge\",\"office\":\"first-office\",\"designation\":\"so\",\"from_day\":\"%Y-%m-%d\"}", &day);
	NEED(post_json(c, base_of("/api/v1/people/%lld/movements", (long long)w.learner), body) == 200, "no movement: %ld %s", c->status, buf_get(&c->body).p);
	movement = json_number(c, "id");
	client_free(c);
}

/* A session that the learner coordinates and is admitted to; a list of who was there. */
static void make_a_class(void)
{
	int64_t now = f->cx.now, programme = given_programme(f, &(struct given_programme){ .org_id = w.ministry, .coordinator = w.learner, .code = "class" }),
		held = given_batch(f, &(struct given_batch){ .programme_id = programme, .org_id = w.ministry, .starts_at = now - HOUR, .ends_at = now + HOUR });
	class_now = given_session(f, held, "", now - HOUR, now + HOUR);
	class_list = new_id(&f->cx);
	given_seat(f, held, w.learner, w.ministry);
	tamper(f, "INSERT INTO attendance_list (id, session_id, name, state, n_rows, n_new, n_same, n_faults, plan, faults, at) VALUES (%lld, %lld, 'hall.csv', 'looked', 0, 0, 0, 0, '[]', '[]', 1)",
	       (long long)class_list, (long long)class_now);
}

/* A group session that the learner hosts, in which a colleague is; an act of ticking, a check on the shared device, a sheet. */
static void make_a_group_session(void)
{
	struct client *c = client_as(f, w.learner);
	room_act = new_id(&f->cx);
	room_check = new_id(&f->cx);
	room_sheet = new_id(&f->cx);
	NEED(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200, "not enrolled: %ld", c->status);
	NEED(post_json(c, base_of("/api/v1/resources/%lld/together", (long long)w.film), "{}") == 200, "no group session: %ld", c->status);
	room_session = json_number(c, "together_id");
	NEED(post_json(c, base_of("/api/v1/together/%lld/ticks", (long long)room_session), base_of("{\"person\":[\"%lld\"]}", (long long)w.colleague)) == 200, "nobody in: %ld",
	     c->status);
	client_free(c);
	tamper(f, "INSERT INTO together_act (id, together_id, n, at) VALUES (%lld, %lld, 1, 1)", (long long)room_act, (long long)room_session);
	for (int n = 0; n < 2; n++)
		tamper(f,
		       "INSERT INTO together_check (id, together_id, resource_id, quiz_id, person_id, n, way, made_at, passed) VALUES (%lld, %lld, %lld, %lld, %lld, %d, '%s', 1, FALSE)",
		       (long long)(n ? room_sheet : room_check), (long long)room_session, (long long)w.film, (long long)w.quiz, (long long)w.colleague, n, n ? "sheet" : "tick");
	query_end();
}

/* A room that the learner watches over, and has a seat in; a list of seats and a signal. */
static void make_a_room(void)
{
	exam_room = new_id(&f->cx);
	seat_list = new_id(&f->cx);
	exam_signal = new_id(&f->cx);
	tamper(f, "INSERT INTO exam_room (id, exam_id, name, place, begins_at, invigilator_id, opened_at, made_at) VALUES (%lld, %lld, 'Room 1', '', %lld, %lld, 1, 1)",
	       (long long)exam_room, (long long)exam, (long long)f->cx.now, (long long)w.learner);
	tamper(f, "INSERT INTO exam_seat (exam_id, person_id, room_id, seat, extra_minutes, extra_order, document) VALUES (%lld, %lld, %lld, 'A1', 0, '', '')",
	       (long long)exam, (long long)w.learner, (long long)exam_room);
	tamper(f, "INSERT INTO exam_seating (id, exam_id, name, state, n_rows, n_new, n_moved, n_same, n_faults, plan, faults, at) "
		  "VALUES (%lld, %lld, 'seats.csv', 'looked', 0, 0, 0, 0, 0, '[]', '[]', 1)", (long long)seat_list, (long long)exam);
	tamper(f, "INSERT INTO exam_look (id, exam_id, at, done_at, n_attempts) VALUES (%lld, %lld, 1, 1, 1)", (long long)exam_signal, (long long)exam);
	tamper(f, "INSERT INTO exam_signal (id, exam_id, look_id, taker_id, attempt_id, kind, other_taker_id, other_attempt_id, value, of_n, threshold, at, note) "
		  "VALUES (%lld, %lld, %lld, %lld, 1, 'left', 0, 0, 3, 30, 3, 1, '')", (long long)exam_signal, (long long)exam, (long long)exam_signal, (long long)w.learner);
}

/* A batch that the learner coordinates and has asked for; a list, kept seats and an offer of it. */
static void make_an_admission(void)
{
	int64_t now = f->cx.now, programme = given_programme(f, &(struct given_programme){ .org_id = w.ministry, .coordinator = w.learner, .code = "seats",
											    .approval = "coordinator", .least_sessions = 75 });
	seat_batch = given_batch(f, &(struct given_batch){ .programme_id = programme, .org_id = w.ministry, .seats = 40, .waiting = 10, .ask_until = now + 300 * DAY,
							   .starts_at = now + 320 * DAY, .ends_at = now + 321 * DAY });
	admission = given_seat(f, seat_batch, w.learner, w.office);
	admission_list = new_id(&f->cx);
	admission_quota = new_id(&f->cx);
	admission_offer = new_id(&f->cx);
	tamper(f, "INSERT INTO admission_list (id, batch_id, kind, name, state, n_rows, n_good, n_faults, plan, faults, digest, at) "
		  "VALUES (%lld, %lld, 'decide', 'list.csv', 'looked', 0, 0, 0, '[]', '[]', '', 1)", (long long)admission_list, (long long)seat_batch);
	tamper(f, "INSERT INTO admission_quota (id, batch_id, kind, service, org_id, seats, until_at) VALUES (%lld, %lld, 'org', '', %lld, 2, %lld)", (long long)admission_quota,
	       (long long)seat_batch, (long long)w.ministry, (long long)(now + 300 * DAY));
	tamper(f, "INSERT INTO admission_offer (id, batch_id, to_org_id, seats, words, answer_until, state, at) VALUES (%lld, %lld, %lld, 2, '', %lld, 'offered', 1)",
	       (long long)admission_offer, (long long)seat_batch, (long long)w.ministry, (long long)(now + 300 * DAY));
}

/* Parts of a live programme in an open batch, which the learner runs and to which he is admitted; a work that waits. */
static void make_a_programme(void)
{
	const char *bytes = fixture_sqlite(f) ? "CAST('%PDF-1.4' AS BLOB)" : "'%PDF-1.4'";
	int64_t now = f->cx.now, register_id = new_id(&f->cx);
	int64_t *const ids[] = { &held_part, &held_survey, &held_faculty, &held_material, &held_work };
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		*ids[i] = new_id(&f->cx);
	held_programme = given_programme(f, &(struct given_programme){ .org_id = w.ministry, .coordinator = w.learner, .code = "held", .least_sessions = 75 });
	tamper(f, "INSERT INTO programme_part (id, programme_id, n, kind, phase, must, title, title_hi, words) VALUES (%lld, %lld, 1, 'assignment', 'during', TRUE, 'A note', '', 'Write.')",
	       (long long)held_part, (long long)held_programme);
	tamper(f, "INSERT INTO programme_part (id, programme_id, n, kind, phase, must, title, title_hi, words) VALUES (%lld, %lld, 2, 'survey', 'after', TRUE, 'Asked', '', 'How was it')",
	       (long long)held_survey, (long long)held_programme);
	held_batch = given_batch(f, &(struct given_batch){ .programme_id = held_programme, .org_id = w.ministry, .seats = 40, .waiting = 10, .ask_until = now + 100 * DAY,
							   .starts_at = now + 120 * DAY, .ends_at = now + 121 * DAY });
	held_session = given_session(f, held_batch, "First", now + 120 * DAY, now + 121 * DAY);
	tamper(f, "INSERT INTO institute (id, org_id, kind, about, place, made_at, changed_at) VALUES (%lld, %lld, 'other', '', '', 1, 1)", (long long)register_id,
	       (long long)w.office);
	tamper(f, "INSERT INTO faculty (id, institute_id, name, sort_key, kind, subjects, langs, about) VALUES (%lld, %lld, 'Teacher', 'teacher', 'guest', '', 'en', '')",
	       (long long)held_faculty, (long long)register_id);
	tamper(f, "INSERT INTO batch_faculty (batch_id, faculty_id) VALUES (%lld, %lld)", (long long)held_batch, (long long)held_faculty);
	tamper(f, "INSERT INTO batch_material (id, batch_id, title, link, file_name, file, at) VALUES (%lld, %lld, 'Slides', '', 'a.pdf', %s, 1)", (long long)held_material,
	       (long long)held_batch, bytes);
	given_seat(f, held_batch, w.learner, w.office);
	tamper(f, "INSERT INTO batch_work (id, batch_id, part_id, person_id, newest, words, file_name, file, at, state, said) VALUES (%lld, %lld, %lld, %lld, TRUE, 'words', 'a.pdf', "
		  "%s, 1, 'given', '')", (long long)held_work, (long long)held_batch, (long long)held_part, (long long)w.colleague, bytes);
}

static enum err begin_a_round(struct ctx *cx, void *arg)
{
	struct round_add in = { .org_id = w.ministry, .name = S("Round"), .group_id = NONE, .from_day = clock_day_in_india(cx->now), .bonus = 100 };
	(void)arg;
	cx->actor.person_id = w.admin;
	return round_add(cx, &in, &placement);
}

static enum err hold_a_campaign(struct ctx *cx, void *arg)
{
	int64_t today = clock_day_in_india(cx->now);
	struct campaign_add in = { .org_id = w.ministry, .name_en = S("Learning Week"), .from_day = today, .last_day = today + 6, .target_minutes = 240, .counts = S("listed"),
				   .events = S("listed") };
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(campaign_add(cx, &in, &campaign));
	return campaign_sql_put_person(cx, campaign, w.learner, NONE, NONE, 0, 0, cx->now, NONE, S(""), NULL); /* has reached the target */
}

static enum err keep_an_institute(struct ctx *cx, void *arg)
{
	const int64_t org = w.ministry;
	struct str address;
	int64_t since, at = cx->now + DAY;
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(institute_add(cx, &(struct institute_put){ org, S("central"), S(""), S("New Delhi"), 28.6, 77.2 }, &institute));
	TRY(institute_room_add(cx, &(struct institute_room_put){ org, NONE, 40, S("Hall"), S("hall"), S("") }, &institute_room));
	TRY(institute_hostel_add(cx, &(struct institute_hostel_put){ org, NONE, 40, S("Hostel"), S("anybody") }, &hostel));
	TRY(institute_booking_add(cx, &(struct institute_booking_put){ org, institute_room, NONE, S("Seminar"), at, at + HOUR }, &booking));
	TRY(faculty_add(cx, &(struct faculty_put){ .org_id = org, .faculty_id = NONE, .name = S("Guest"), .kind = S("guest"), .langs = S("en") }, &teacher));
	TRY(pillar_add(cx, &(struct pillar_evidence){ .org_id = org, .pillar = 1, .file_name = S("a.pdf"), .file = S("%PDF-1.4") }, &evidence));
	TRY(calendar_address_new(cx, w.learner, NONE));
	TRY(calendar_address(cx, w.learner, NONE, &address, &since));
	snprintf(calendar_code, sizeof calendar_code, "%.*s", CALENDAR_CODE_DIGITS, address.p + str_find(address, S("calendars/")) + 10);
	return OK;
}

/* A charcha of five, whose groups are drawn, and one group that nobody is left in. */
static enum err hold_a_charcha(struct ctx *cx, void *arg)
{
	const int64_t comers[] = { w.learner, w.colleague, w.boss, w.admin, w.author };
	struct charcha_rules rules = { .org_id = w.ministry, .theme = S("Files"), .event_id = NONE, .course_id = NONE, .least_done = 100, .register_until = cx->now + DAY,
				       .held_at = cx->now + 2 * DAY, .minutes = 60, .about = S(""), .place = S(""), .link = S(""), .size = 6, .prompts = S("What for?"),
				       .prompts_hi = S(""), .competencies = S("") };
	struct charcha_drawn drawn;
	struct charcha_groups_row *groups;
	size_t n;
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(charcha_add(cx, &rules, &charcha));
	TRY(charcha_open(cx, w.ministry, charcha));
	for (size_t i = 0; i < sizeof comers / sizeof *comers; i++)
		TRY(charcha_register(cx, charcha, comers[i], true));
	TRY(charcha_list_look(cx, w.ministry, charcha, S("people.csv"), S("person\nnobody@example.gov.in\n"), &charcha_list));
	TRY(charcha_draw_try(cx, w.ministry, charcha, 1, &drawn));
	TRY(charcha_draw_keep(cx, w.ministry, charcha, &drawn, S(""), &charcha_draw));
	TRY(charcha_draw_confirm(cx, w.ministry, charcha, charcha_draw));
	TRY(charcha_sql_groups(cx, charcha, &groups, &n));
	charcha_group = groups[0].id;
	charcha_small = new_id(cx);
	TRY(charcha_sql_group_add(cx, charcha_small, charcha, 2, NULL));
	cx->actor.person_id = w.learner;
	TRY(charcha_point_add(cx, charcha, charcha_group, S("A point"), &charcha_point));
	return charcha_commit(cx, &(struct charcha_commit){ charcha, charcha_group, w.learner, NONE, clock_day_in_india(cx->now) + 9, S("A list") }, &charcha_promise);
}

/* An examination that is open, and that nobody has begun. */
static void lay_down_an_exam(void)
{
	int64_t items[4];
	exam = an_exam(f, w.ministry, "round", "standalone");
	for (int i = 0; i < 4; i++)
		items[i] = an_item(f, w.ministry, base_of("asked-%d", i), competency, 2);
	a_part(f, w.ministry, exam, competency, 2, 4);
	exam_form = a_form(f, exam, items, 4);
	open_exam(f, w.ministry, exam);
}

/* An examination after its sitting, with a ruling that was looked at and an appeal. */
static void judge_an_exam(void)
{
	judged = an_exam(f, w.ministry, "judged", "standalone");
	judged_item = an_item(f, w.ministry, "judged-1", competency, 2);
	int64_t items[2] = { judged_item, a_long_item(f, w.ministry, "judged-2", competency, 2) };
	a_part(f, w.ministry, judged, competency, 2, 2);
	a_form(f, judged, items, 2);
	open_exam(f, w.ministry, judged);
	judged_paper = a_paper_of(f, w.learner, judged, "a-");
	a_paper_of(f, w.colleague, judged, "aT");
	ruling = new_id(&f->cx);
	appeal = new_id(&f->cx);
	tamper(f,
	       "INSERT INTO exam_ruling (id, exam_id, item_id, version, kind, why, state, n_attempts, n_changed, n_pass, n_fail, by_id, at) "
	       "VALUES (%lld, %lld, %lld, 1, 'drop', 'why', 'looked', 0, 0, 0, 0, %lld, 1)",
	       (long long)ruling, (long long)judged, (long long)judged_item, (long long)w.admin);
	tamper(f, "INSERT INTO exam_appeal (id, exam_id, taker_id, attempt_id, n, kind, words, state, at) VALUES (%lld, %lld, %lld, %lld, 0, 'appeal', 'words', 'open', 1)",
	       (long long)appeal, (long long)judged, (long long)w.learner, (long long)judged_paper);
}

/* An examination of one question with a picture. */
static int64_t pictured_exam(const char *code, const char *kind)
{
	int64_t id = an_exam(f, w.ministry, code, kind), one = an_item(f, w.ministry, code, competency, 2);
	tamper(f, "UPDATE item_version SET picture_type = 'image/png', picture = %s WHERE item_id = %lld", fixture_sqlite(f) ? "x'89504e47'" : "'\\x89504e47'", (long long)one);
	a_part(f, w.ministry, id, competency, 2, 1);
	a_form(f, id, &one, 1);
	open_exam(f, w.ministry, id);
	return id;
}

/* Two papers: the learner's, handed in and reviewed, and the open one of somebody without an account. */
static void lay_down_papers(void)
{
	int64_t id = pictured_exam("with-a-paper", "standalone");
	struct client *c = client_as(f, w.learner);
	public_exam = pictured_exam("for-guests", "public");
	NEED(post_json(c, base_of("/api/v1/exams/%lld/attempts", (long long)id), "{}") == 200, "no paper: %ld", c->status);
	paper = json_number(c, "attempt_id");
	/* Open it belongs to one session alone; handed in, its person sees all of it from any. */
	NEED(post_json(c, base_of("/api/v1/exam-attempts/%lld/submit", (long long)paper), "{}") == 200, "not handed in: %ld", c->status);
	tamper(f, "UPDATE exam SET feedback = 'review', state = 'closed' WHERE id = %lld", (long long)id);
	NEED(post_json(c, base_of("/api/v1/public/exams/%lld", (long long)public_exam), "{\"name\":\"A guest\"}") == 200, "no guest: %ld", c->status);
	const char *at = strstr(buf_get(&c->body).p, "\"code\":\"");
	NEED(at, "a guest without a code");
	snprintf(guest_code, sizeof guest_code, "%.32s", at + strlen("\"code\":\""));
	client_free(c);
}

/* A session of a batch that the learner coordinates, with a question, a poll and a chat. */
static void hold_a_talk(void)
{
	int64_t programme = given_programme(f, &(struct given_programme){ .org_id = w.ministry, .coordinator = w.learner, .code = "TALK", .invited = true }),
		held = given_batch(f, &(struct given_batch){ .programme_id = programme, .org_id = w.ministry, .seats = 50, .starts_at = 2, .ends_at = 3 });
	talk = given_session(f, held, "Talk", 2, 3);
	struct client *c = client_as(f, w.learner);
	const char *path = base_of("/api/v1/live/session/%lld", (long long)talk);
	NEED(post_json(c, base_of("%s/settings", path), "{\"questions\":true,\"chat\":\"open\"}") == 200, "no settings: %ld", c->status);
	NEED(post_json(c, base_of("%s/questions", path), "{\"words\":\"Why?\"}") == 200, "no question: %ld", c->status);
	talk_question = json_number(c, "id");
	NEED(post_json(c, base_of("%s/polls", path), "{\"asked\":\"Which?\",\"options\":\"A\\nB\"}") == 200, "no poll: %ld", c->status);
	talk_poll = json_number(c, "id");
	NEED(post_json(c, base_of("%s/chat", path), "{\"message\":\"Good morning\"}") == 200, "no chat: %ld", c->status);
	talk_chat = json_number(c, "id");
	client_free(c);
}

/* An event of a series, for everybody, and a list of who was there. */
static enum err hold_an_event(struct ctx *cx, void *arg)
{
	struct event_series_put series = { .org_id = w.ministry, .series_id = NONE, .title = S("Daily talks") };
	(void)arg;
	cx->actor.person_id = w.admin;
	TRY(event_series_put(cx, &series, &webinar_series));
	struct event_put in = { .org_id = w.ministry, .event_id = NONE, .series_id = webinar_series, .title = S("A talk"), .lang = S("en"), .held = S("stream"), .for_all = true,
				.starts_at = cx->now + HOUR, .ends_at = cx->now + 2 * HOUR };
	TRY(event_put(cx, &in, &webinar));
	TRY(event_open(cx, w.ministry, webinar));
	webinar_list = new_id(cx);
	return event_sql_report_add(cx, webinar_list, webinar, S("room.csv"), 0, S("[]"), w.admin, cx->now, NULL);
}

/* The event was streamed before; its recording lies there. */
static void record_a_stream(void)
{
	int64_t id = new_id(&f->cx);
	char path[200];
	tamper(f,
	       "INSERT INTO stream (id, event_id, way, port, key_hash, key_sealed, token, state, takes, bytes, bits, width, height, trouble, made_at, ended_at, closed_at, recording, "
	       "recording_ms, recording_bytes) VALUES (%lld, %lld, 'rtmp', 0, 'h', 's', 't', 'ended', 1, 4, 0, 0, 0, '', 1, 2, 2, 'ready', 1000, 4)",
	       (long long)id, (long long)webinar);
	snprintf(path, sizeof path, "%s/stream", f->dir);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/stream/%lld", f->dir, (long long)id);
	NEED(mkdir(path, 0700) == 0, "no folder for the recording");
	snprintf(path, sizeof path, "%s/stream/%lld/recording.mp4", f->dir, (long long)id);
	FILE *film = fopen(path, "w");
	NEED(film && fputs("film", film) >= 0 && fclose(film) == 0, "no recording");
}

static void fill_world(void)
{
	int64_t lesson = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	in_tx(f, complete_hindi, &lesson);
	in_tx(f, send_things, NULL);
	in_tx(f, make_token, NULL);
	in_tx(f, name_provider, NULL);
	in_tx(f, make_a_webhook, NULL);
	in_tx(f, make_a_profile, NULL);
	in_tx(f, make_a_way_in, NULL);
	in_tx(f, allow_a_device, NULL);
	query_text(f, link_code, sizeof link_code, "SELECT code FROM registration_way WHERE id = %lld", (long long)way);
	in_tx(f, share_a_passbook, NULL);
	exempted = new_id(&f->cx);
	tamper(f, "INSERT INTO exemption (id, person_id, course_id, attempt_id, minutes, sure, at) VALUES (%lld, %lld, %lld, 1, 60, 95, 1)", (long long)exempted, (long long)w.learner,
	       (long long)w.course);
	in_tx(f, give_roles, NULL);
	a_framework(f, "framework/kcm.csv", w.ministry);
	framework_file = query_int(f, "SELECT id FROM framework_import");
	competency = query_int(f, "SELECT id FROM competency WHERE code = 'functional.noting-and-drafting'");
	post_of_office = a_post(f, w.ministry, "hand", 2, a_work_role(f, w.ministry, "hand", "Put up files", competency, 2));
	in_tx(f, begin_a_round, NULL);
	lay_down_an_exam();
	judge_an_exam();
	make_a_room();
	make_an_admission();
	make_a_programme();
	make_a_class();
	make_a_group_session();
	lay_down_papers();
	in_tx(f, hold_a_campaign, NULL);
	in_tx(f, keep_an_institute, NULL);
	hold_a_talk();
	in_tx(f, hold_a_charcha, NULL);
	in_tx(f, hold_an_event, NULL);
	tamper(f, "INSERT INTO event_registration (event_id, person_id, at) VALUES (%lld, %lld, 1)", (long long)webinar, (long long)w.learner); /* in the calendar of the learner */
	tamper(f, "UPDATE event SET n_registered = 1 WHERE id = %lld", (long long)webinar);
	tamper(f, "INSERT INTO campaign_thing (campaign_id, thing_id, kind) VALUES (%lld, %lld, 'event')", (long long)campaign, (long long)webinar);
	record_a_stream();
	query_text(f, document, sizeof document, "SELECT identifier FROM framework");
	query_text(f, item, sizeof item, "SELECT identifier FROM competency WHERE id = %lld", (long long)competency);
	struct client *c = client_as(f, w.learner);
	NEED(post_json(c, base_of("/api/v1/resources/%lld/attempts", (long long)w.quiz), "{}") == 200, "no attempt");
	attempt = json_number(c, "attempt_id");
	NEED(post_json(c, base_of("/api/v1/resources/%lld/review-requests", (long long)w.lesson), "{\"words\":\"I read it on paper\"}") == 200, "no request");
	request = query_int(f, "SELECT id FROM review_request");
	nudge = query_int(f, "SELECT id FROM nudge");
	NEED(post_json(c, "/api/v1/me/plan", "{}") == 200, "no plan: %ld", c->status);
	plan = json_number(c, "id");
	NEED(post_json(c, "/api/v1/me/plan/send", "{}") < 300, "not sent: %ld", c->status);
	credential = query_int(f, "SELECT id FROM credential");
	query_text(f, serial, sizeof serial, "SELECT serial FROM credential");
	query_text(f, media, sizeof media, "SELECT media FROM resource WHERE id = %lld", (long long)w.film);
	client_free(c);
	expendable = a_person(f, "expendable", "Expendable Person", w.office, 0);
	second_account = a_person(f, "second", "Expendable Person", w.office, 0);
	in_tx(f, join_two, NULL);
	bring_a_list();
	make_a_group();
	make_an_order();
	ask_for_a_transfer();
	hold_a_round();
	find_work();
	in_tx(f, bring_items, NULL);
	job = query_int(f, "SELECT id FROM job");
}

static void propose_a_calibration(void)
{
	calibration_run = new_id(&f->cx);
	tamper(f, "INSERT INTO calibration_run (id, org_id, state, until_id, why, people, n_common, scale, shift, asked_at) VALUES (%lld, %lld, 'ready', 0, '', 0, 0, 1, 0, 1)",
	       (long long)calibration_run, (long long)w.ministry);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_data();
	f->listeners = -1; /* a line would hold the walk */
	f->app.stream_listen = S("127.0.0.1"); /* streams can be begun; nobody sends */
	f->app.ffmpeg = S("ffmpeg");
	f->app.rtmp_port = 1935;
	f->app.srt_first = 9000;
	f->app.srt_last = 9009;
	f->app.stream_most = 10;
	fixture_serve(f);
	a_world(f, &w);
	fill_world();
	propose_a_calibration();
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_get_changes_nothing_within_its_statements),
		cmocka_unit_test(every_broken_input_is_refused_by_name_and_changes_nothing),
		cmocka_unit_test(every_other_method_is_refused_and_the_address_names_its_own),
		cmocka_unit_test(what_does_not_exist_is_no_way_around_a_permission),
		cmocka_unit_test(every_role_may_what_the_table_says_and_nothing_else),
		cmocka_unit_test(the_committed_routes_are_those_of_the_program),
		cmocka_unit_test(the_committed_openapi_is_that_of_the_program),
		cmocka_unit_test(the_committed_permissions_are_those_of_the_program),
		cmocka_unit_test(the_committed_settings_are_those_of_the_program),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
