/* A Samuhik Charcha from its announcement to what came of it: who may come, groups drawn and explained, two who write at once, minutes, promises kept or not.
 */
#include "http_test.h"
#include "feature/charcha/charcha.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"

#include <pthread.h>

enum { PEOPLE = 12 };
static struct fixture *f;
static struct world w;
static int64_t today, charcha, people[PEOPLE], competency, group_id, draw_id;

static const char RULES[] = "{\"theme\":\"%s\",\"theme_hi\":\"साथ\",\"prompts\":\"What did you hear?\\nWhat will you do?\",\"minutes\":%d,\"size\":%d,"
			    "\"held_at\":\"%.30s\",\"until_at\":\"%.30s\"%s}";

static void at_time(int64_t at)
{
	f->app.fixed_now = at;
	f->cx.now = at;
	query_end();
}

static void pass(int64_t ms)
{
	at_time(f->app.fixed_now + ms);
}

static int64_t noon(int64_t day)
{
	return clock_day_start(S("Asia/Kolkata"), day) + 12 * HOUR;
}

static const char *rfc(int64_t at, char *ret, size_t n)
{
	struct str s = clock_rfc3339(f->cx.arena, at);
	snprintf(ret, n, "%.*s", STR_ARG(s));
	return ret;
}

static const char *iso(int64_t day)
{
	struct civil c = clock_date(day);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

static long ask_for(int64_t who, const char *path, const char *json)
{
	struct client *c = client_as(f, who);
	long status = post_json(c, path, json);
	client_free(c);
	query_end();
	return status;
}

static int64_t lay_down(int64_t who, int64_t org, const char *theme, int64_t held_at, int64_t until, const char *more, long wanted)
{
	char json[2000], held[60], by[60];
	struct client *c = client_as(f, who);
	snprintf(json, sizeof json, RULES, theme, strcmp(theme, "Short") ? 60 : 1, strcmp(theme, "Absurd") ? 6 : 40, rfc(held_at, held, sizeof held),
		 rfc(until, by, sizeof by), more);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/charchas", (long long)org), json);
	if (status != wanted)
		print_message("%s\n", buf_get(&c->body).p);
	assert_int_equal(status, wanted);
	int64_t id = status == 200 ? json_number(c, "id") : 0;
	client_free(c);
	query_end();
	return id;
}

static const char *of_org(int64_t id, const char *rest)
{
	return base_of("/api/v1/orgs/%lld/charchas/%lld%s", (long long)w.root, (long long)id, rest);
}

static const char *of_group(const char *rest)
{
	return base_of("/api/v1/charchas/%lld/groups/%lld%s", (long long)charcha, (long long)group_id, rest);
}

static int64_t members_of(int64_t group)
{
	int64_t n = query_int(f, "SELECT count(*) FROM charcha_member WHERE group_id = %lld AND withdrawn_at IS NULL", (long long)group);
	query_end();
	return n;
}

/* ── laying down, announcing, coming ── */

static void what_cannot_be_held_is_refused_with_the_field(void **state)
{
	(void)state;
	lay_down(w.operator, w.root, "Past", noon(today) - DAY, noon(today) - 2 * DAY, "", 422);
	lay_down(w.operator, w.root, "Late", noon(today) + DAY, noon(today) + 2 * DAY, "", 422);
	lay_down(w.operator, w.root, "Absurd", noon(today) + DAY, noon(today), "", 422);
	lay_down(w.operator, w.root, "Short", noon(today) + DAY, noon(today), "", 422);
	lay_down(w.operator, w.root, "Nowhere", noon(today) + DAY, noon(today), ",\"only_there\":true", 422);
	lay_down(w.operator, w.root, "Nothing", noon(today) + DAY, noon(today), ",\"competencies\":\"kcm:no.such@2\"", 422);
	lay_down(w.operator, w.root, "Evil", noon(today) + DAY, noon(today), ",\"link\":\"javascript:alert(1)\"", 422);
	lay_down(w.other_admin, w.ministry, "Not mine", noon(today) + DAY, noon(today) + HOUR, "", 403);
}

static void people_see_it_once_it_is_announced_and_register(void **state)
{
	struct client *c = client_as(f, people[0]);
	(void)state;
	charcha = lay_down(w.operator, w.root, "Files that help", noon(today + 3), noon(today + 2),
			   ",\"competencies\":\"kcm:functional.noting-and-drafting@2\"", 200);
	assert_int_equal(get(c, "/charchas/%lld", (long long)charcha), 404);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/register", (long long)charcha), "{}"), 409);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/open"), "{}"), 200);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/open"), "{}"), 409);
	assert_int_equal(get(c, "/charchas"), 200);
	assert_true(body_has(c, "Files that help"));
	assert_int_equal(get(c, "/charchas/%lld", (long long)charcha), 200);
	assert_true(body_has(c, "What did you hear?") && body_has(c, "Register"));
	for (int i = 0; i < 2; i++)
		assert_int_equal(ask_for(people[i], base_of("/api/v1/charchas/%lld/register", (long long)charcha), "{}"), 200);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/register", (long long)charcha), "{}"), 409);
	/* Two are no charcha. */
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/draws"), "{}"), 409);
	for (int i = 2; i < PEOPLE; i++)
		assert_int_equal(ask_for(people[i], base_of("/api/v1/charchas/%lld/register", (long long)charcha), "{}"), 200);
	client_free(c);
}

/* Two of the three parts of the course. */
static enum err do_half_fn(struct ctx *cx, void *arg)
{
	struct completion done;
	const int64_t *person = arg;
	TRY(enrolment_add(cx, *person, w.course));
	TRY(completion_credit(cx, *person, w.lesson, "review", &done));
	return completion_credit(cx, *person, w.film, "review", &done);
}

static void who_was_not_there_cannot_come_where_one_must_have_been(void **state)
{
	int64_t id = lay_down(w.operator, w.root, "After the course", noon(today + 3), noon(today + 2),
			      base_of(",\"course\":\"%lld\",\"only_there\":true,\"least_done\":50", (long long)w.course), 200);
	(void)state;
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 409);
	in_tx(f, do_half_fn, &people[0]);
	query_end();
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 200);
	/* And of another organisation nobody. */
	int64_t other = lay_down(w.other_admin, w.other_ministry, "Of the second", noon(today + 3), noon(today + 2), "", 200);
	assert_int_equal(ask_for(w.other_admin, base_of("/api/v1/orgs/%lld/charchas/%lld/open", (long long)w.other_ministry, (long long)other), "{}"), 200);
	struct client *c = client_as(f, people[0]); /* of the first ministry */
	assert_int_equal(get(c, "/charchas/%lld", (long long)other), 404);
	client_free(c);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/register", (long long)other), "{}"), 409);
}

/* ── lists ── */

#define BOUNDARY "a-line-between"
static int64_t bring(int64_t id, const char *csv, long wanted)
{
	struct client *c = client_as(f, w.operator);
	struct buf body;
	buf_init(&body, c->arena, 1 << 16);
	buf_fmt(&body,
		"--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--" BOUNDARY
		"\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
		c->csrf, csv);
	long status = send_raw(c, "POST", base_of("/orgs/%lld/charchas/%lld/lists", (long long)w.root, (long long)id),
			       "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
	assert_int_equal(status, wanted);
	client_free(c);
	query_end();
	int64_t list = query_int(f, "SELECT max(id) FROM charcha_list WHERE charcha_id = %lld", (long long)id);
	query_end();
	return list;
}

static void a_list_is_looked_at_carried_out_and_taken_back(void **state)
{
	int64_t id = lay_down(w.operator, w.root, "By a list", noon(today + 3), noon(today + 2), "", 200);
	(void)state;
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	int64_t wrong = bring(id, "person\r\nc0@example.gov.in\r\nnobody@example.gov.in\r\n", 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_member WHERE charcha_id = %lld", (long long)id), 0);
	query_end();
	assert_int_equal(ask_for(w.operator, of_org(id, base_of("/lists/%lld/apply", (long long)wrong)), "{}"), 409);
	int64_t list = bring(id, "person\r\nc0@example.gov.in\r\nc1@example.gov.in\r\n", 303);
	struct client *c = client_as(f, w.operator);
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/lists/%lld", (long long)w.root, (long long)id, (long long)wrong), 200);
	assert_true(body_has(c, "There is nobody of this number or address."));
	client_free(c);
	assert_int_equal(ask_for(w.operator, of_org(id, base_of("/lists/%lld/apply", (long long)list)), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_member WHERE charcha_id = %lld AND way = 'named'", (long long)id), 2);
	query_end();
	assert_int_equal(ask_for(w.operator, of_org(id, base_of("/lists/%lld/apply", (long long)list)), "{}"), 409);
	assert_int_equal(ask_for(w.operator, of_org(id, base_of("/lists/%lld/undo", (long long)list)), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_member WHERE charcha_id = %lld AND withdrawn_at IS NULL", (long long)id), 0);
	query_end();
	bring(id, "name\r\nsomebody\r\n", 422);
}

static void two_accounts_of_one_person_come_once(void **state)
{
	int64_t a = a_person(f, "twin", "twin", w.office, w.boss), b = a_person(f, "twin2", "twin", w.office, w.boss), merge;
	int64_t id = lay_down(w.operator, w.root, "Of twins", noon(today + 3), noon(today + 2), "", 200);
	struct client *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	assert_int_equal(ask_for(b, base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 200);
	assert_int_equal(ask_for(b, base_of("/api/v1/charchas/%lld/reflection", (long long)id), "{\"words\":\"mine\"}"), 200);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)a, (long long)b), "{}"), 200);
	merge = json_number(c, "id");
	assert_int_equal(query_int(f, "SELECT person_id FROM charcha_member WHERE charcha_id = %lld", (long long)id), a);
	assert_int_equal(query_int(f, "SELECT person_id FROM charcha_reflection WHERE charcha_id = %lld", (long long)id), a);
	query_end();
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)w.ministry, (long long)merge), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT person_id FROM charcha_member WHERE charcha_id = %lld", (long long)id), b);
	assert_int_equal(query_int(f, "SELECT person_id FROM charcha_reflection WHERE charcha_id = %lld", (long long)id), b);
	query_end();
	client_free(c);
}

/* ── groups ── */

static void groups_are_drawn_again_with_a_reason_and_all_draws_are_kept(void **state)
{
	struct client *c = client_as(f, w.operator);
	char first[20000], again[20000];
	(void)state;
	assert_int_equal(post_json(c, of_org(charcha, "/draws"), "{\"seed\":7}"), 200);
	int64_t one = json_number(c, "id");
	query_text(f, first, sizeof first, "SELECT plan FROM charcha_draw WHERE id = %lld", (long long)one);
	query_end();
	assert_int_equal(post_json(c, of_org(charcha, "/draws"), "{\"seed\":7}"), 422); /* why? */
	assert_int_equal(post_json(c, of_org(charcha, "/draws"), "{\"seed\":7,\"reason\":\"to show that it is the same\"}"), 200);
	draw_id = json_number(c, "id");
	query_text(f, again, sizeof again, "SELECT plan FROM charcha_draw WHERE id = %lld", (long long)draw_id);
	query_end();
	assert_string_equal(first, again);
	assert_int_equal(query_int(f, "SELECT n_single FROM charcha_draw WHERE id = %lld", (long long)draw_id), 0);
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/draws/%lld", (long long)w.root, (long long)charcha, (long long)draw_id), 200);
	assert_true(body_has(c, "Person 0") && body_has(c, "Confirm"));
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld", (long long)w.root, (long long)charcha), 200);
	assert_true(body_has(c, "to show that it is the same") && body_has(c, "replaced"));
	assert_int_equal(ask_for(w.operator, of_org(charcha, base_of("/draws/%lld/confirm", (long long)one)), "{}"), 409);
	/* Somebody cannot come after all: his place stays a gap. */
	assert_int_equal(ask_for(people[PEOPLE - 1], base_of("/api/v1/charchas/%lld/withdraw", (long long)charcha), "{}"), 200);
	assert_int_equal(ask_for(w.operator, of_org(charcha, base_of("/draws/%lld/confirm", (long long)draw_id)), "{}"), 200);
	assert_int_equal(ask_for(w.operator, of_org(charcha, base_of("/draws/%lld/confirm", (long long)draw_id)), "{}"), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_group WHERE charcha_id = %lld", (long long)charcha), 2);
	query_end();
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'charcha'"), PEOPLE - 1);
	query_end();
	group_id = query_int(f, "SELECT group_id FROM charcha_member WHERE charcha_id = %lld AND person_id = %lld", (long long)charcha, (long long)people[0]);
	query_end();
	client_free(c);
}

static void one_is_told_why_one_is_in_this_group(void **state)
{
	struct client *c = client_as(f, people[0]);
	(void)state;
	assert_int_equal(get(c, "/charchas/%lld", (long long)charcha), 200);
	assert_true(body_has(c, "Why am I in this group?") && body_has(c, "Departments") && body_has(c, "the number 7 draws the same"));
	client_free(c);
}

static void who_comes_late_fills_the_gap(void **state)
{
	int64_t gap = query_int(
		f, "SELECT id FROM charcha_group g WHERE charcha_id = %lld ORDER BY (SELECT count(*) FROM charcha_member m WHERE m.group_id = g.id) LIMIT 1",
		(long long)charcha);
	(void)state;
	query_end();
	assert_int_equal(members_of(gap), 5);
	assert_int_equal(ask_for(people[PEOPLE - 1], base_of("/api/v1/charchas/%lld/register", (long long)charcha), "{}"), 200);
	int64_t in = query_int(f, "SELECT group_id FROM charcha_member WHERE charcha_id = %lld AND person_id = %lld", (long long)charcha,
			       (long long)people[PEOPLE - 1]);
	assert_true(in > 0);
	query_end();
	struct client *c = client_as(f, people[PEOPLE - 1]);
	assert_int_equal(get(c, "/charchas/%lld", (long long)charcha), 200);
	assert_true(body_has(c, "You came after the draw"));
	client_free(c);
}

/* ── the pad ── */

static int64_t partner; /* another one of the group */

static void a_group_is_for_its_people(void **state)
{
	int64_t stranger = query_int(f, "SELECT person_id FROM charcha_member WHERE charcha_id = %lld AND group_id <> %lld ORDER BY person_id LIMIT 1",
				     (long long)charcha, (long long)group_id);
	(void)state;
	partner = query_int(f, "SELECT person_id FROM charcha_member WHERE group_id = %lld AND person_id <> %lld ORDER BY person_id LIMIT 1",
			    (long long)group_id, (long long)people[0]);
	query_end();
	struct client *c = client_as(f, stranger), *organiser = client_as(f, w.operator);
	assert_int_equal(get(c, "/charchas/%lld/groups/%lld", (long long)charcha, (long long)group_id), 404);
	assert_int_equal(get(organiser, "/charchas/%lld/groups/%lld", (long long)charcha, (long long)group_id), 200);
	assert_int_equal(ask_for(stranger, of_group("/points"), "{\"words\":\"let me in\"}"), 404);
	assert_int_equal(ask_for(w.operator, of_group("/points"), "{\"words\":\"let me in\"}"), 404);
	client_free(c);
	client_free(organiser);
}

static void two_who_write_at_once_lose_no_words(void **state)
{
	struct client *a = client_as(f, people[0]), *b = client_as(f, partner);
	(void)state;
	assert_int_equal(post_json(a, of_group("/points"), "{\"words\":\"Answer within a week\"}"), 200);
	int64_t point = json_number(a, "id");
	const char *path = of_group(base_of("/points/%lld", (long long)point));
	assert_int_equal(post_json(a, path, "{\"version\":1,\"words\":\"Answer within five days\"}"), 200);
	/* The other one had the page open before. */
	assert_int_equal(post_json(b, path, "{\"version\":1,\"words\":\"Answer within a week, in Hindi\"}"), 409);
	assert_int_equal(get(b, "/charchas/%lld/groups/%lld/points/%lld", (long long)charcha, (long long)group_id, (long long)point), 200);
	/* In the browser both texts stand on the page, and the form names the new version. */
	assert_int_equal(post(b, base_of("/charchas/%lld/groups/%lld/points/%lld", (long long)charcha, (long long)group_id, (long long)point),
			      "version=1&words=Answer+within+a+week,+in+Hindi"),
			 409);
	assert_true(body_has(b, "Answer within five days") && body_has(b, "Answer within a week, in Hindi") && body_has(b, "name=\"version\" value=\"2\""));
	assert_int_equal(post_json(b, path, "{\"version\":2,\"words\":\"Answer within five days, in Hindi\"}"), 200);
	/* Or his words become a point of their own. */
	assert_int_equal(post_json(b, path, "{\"version\":2,\"words\":\"And by telephone\",\"apart\":true}"), 200);
	assert_int_equal(get(a, "/charchas/%lld/groups/%lld", (long long)charcha, (long long)group_id), 200);
	assert_true(body_has(a, "Answer within five days, in Hindi") && body_has(a, "And by telephone"));
	/* Every version is kept, also what is taken out. */
	assert_int_equal(post_json(a, of_group(base_of("/points/%lld/remove", (long long)point)), "{\"version\":3}"), 200);
	assert_int_equal(get(a, "/charchas/%lld/groups/%lld/history", (long long)charcha, (long long)group_id), 200);
	assert_true(body_has(a, "Answer within a week") && body_has(a, "Answer within five days") && body_has(a, "taken out"));
	assert_int_equal(post_json(a, of_group("/points"), "{\"words\":\"   \"}"), 422);
	client_free(a);
	client_free(b);
	query_end();
}

struct writing {
	int64_t who;
	int n;
	int refused;
	struct client *client;
	pthread_t thread;
};

/* Reads the point, changes it, and tries again until it is taken: each adds so many marks. */
static void *write_on(void *arg)
{
	struct writing *wr = arg;
	struct client *c = wr->client;
	for (int done = 0; done < wr->n;) {
		char json[400];
		NEED(get(c, "/api/v1/charchas/%lld/groups/%lld/conclusions", (long long)charcha, (long long)group_id) == 200, "not read: %ld", c->status);
		const char *words = strstr(buf_get(&c->body).p, "\"words\":\"");
		NEED(words, "no words");
		words += strlen("\"words\":\"");
		int64_t version = json_number(c, "version");
		snprintf(json, sizeof json, "{\"version\":%lld,\"words\":\"%.*sx\"}", (long long)version, (int)strcspn(words, "\""), words);
		long status = post_json(c, base_of("/api/v1/charchas/%lld/groups/%lld/conclusions", (long long)charcha, (long long)group_id), json);
		NEED(status == 200 || status == 409 || status == 503, "%ld: %s", status, buf_get(&c->body).p);
		done += status == 200;
		wr->refused += status != 200;
	}
	return NULL;
}

static void words_of_two_threads_are_all_there(void **state)
{
	enum { EACH = 15 };
	struct writing two[] = { { .who = people[0], .n = EACH }, { .who = partner, .n = EACH } };
	(void)state;
	query_end();
	for (int i = 0; i < 2; i++)
		two[i].client = client_as(f, two[i].who);
	for (int i = 0; i < 2; i++)
		NEED(pthread_create(&two[i].thread, NULL, write_on, &two[i]) == 0, "no thread");
	for (int i = 0; i < 2; i++)
		pthread_join(two[i].thread, NULL);
	for (int i = 0; i < 2; i++)
		client_free(two[i].client);
	print_message("refused and written anew: %d and %d of %d\n", two[0].refused, two[1].refused, EACH);
	assert_int_equal(query_int(f, "SELECT length(conclusions) FROM charcha_group WHERE id = %lld", (long long)group_id), 2 * EACH);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_version WHERE point_id = %lld", (long long)group_id), 2 * EACH);
	query_end();
}

static void whoever_has_the_page_open_hears_of_it_and_nobody_else(void **state)
{
	int64_t stranger = query_int(f, "SELECT person_id FROM charcha_member WHERE charcha_id = %lld AND group_id <> %lld ORDER BY person_id LIMIT 1",
				     (long long)charcha, (long long)group_id),
		before = query_int(f, "SELECT count(*) FROM live_message WHERE kind = 'charcha' AND thing_id = %lld", (long long)group_id);
	(void)state;
	query_end();
	struct client *c = client_as(f, stranger), *organiser = client_as(f, w.operator);
	assert_int_equal(get(c, "/live/charcha/%lld/stream", (long long)group_id), 404);
	assert_int_equal(get(organiser, "/live/charcha/%lld/stream", (long long)group_id), 404);
	assert_int_equal(ask_for(people[0], of_group("/points"), "{\"words\":\"Heard at once\"}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM live_message WHERE kind = 'charcha' AND thing_id = %lld", (long long)group_id), before + 1);
	query_end();
	client_free(c);
	client_free(organiser);
}

static void a_page_knows_that_it_is_old(void **state)
{
	struct client *c = client_as(f, people[0]);
	char mark[200];
	(void)state;
	assert_int_equal(get(c, "/api/v1/charchas/%lld/groups/%lld/newest", (long long)charcha, (long long)group_id), 200);
	snprintf(mark, sizeof mark, "%s", buf_get(&c->body).p);
	assert_int_equal(get(c, "/api/v1/charchas/%lld/groups/%lld/newest", (long long)charcha, (long long)group_id), 200);
	assert_string_equal(mark, buf_get(&c->body).p);
	assert_int_equal(ask_for(partner, of_group("/points"), "{\"words\":\"One more\"}"), 200);
	assert_int_equal(get(c, "/api/v1/charchas/%lld/groups/%lld/newest", (long long)charcha, (long long)group_id), 200);
	assert_string_not_equal(mark, buf_get(&c->body).p);
	client_free(c);
}

/* ── minutes ── */

static void commitments_have_an_owner_of_the_group_and_a_day(void **state)
{
	int64_t stranger = query_int(f, "SELECT person_id FROM charcha_member WHERE charcha_id = %lld AND group_id <> %lld ORDER BY person_id LIMIT 1",
				     (long long)charcha, (long long)group_id);
	(void)state;
	query_end();
	char due[20];
	snprintf(due, sizeof due, "%s", iso(today + 40));
	assert_int_equal(ask_for(people[0], of_group("/commitments"),
				 base_of("{\"what\":\"A list\",\"owner_id\":\"%lld\",\"due_day\":\"%s\"}", (long long)stranger, due)),
			 422);
	assert_int_equal(ask_for(people[0], of_group("/commitments"),
				 base_of("{\"what\":\"A list\",\"owner_id\":\"%lld\",\"due_day\":\"2001-01-01\"}", (long long)partner)),
			 422);
	assert_int_equal(ask_for(people[0], of_group("/commitments"),
				 base_of("{\"what\":\"A list\",\"owner_id\":\"%lld\",\"due_day\":\"%s\",\"competency_id\":\"17\"}", (long long)partner, due)),
			 422);
	assert_int_equal(ask_for(people[0], of_group("/commitments"),
				 base_of("{\"what\":\"A list of what is asked most\",\"owner_id\":\"%lld\",\"due_day\":\"%s\",\"competency_id\":\"%lld\"}",
					 (long long)partner, due, (long long)competency)),
			 200);
	assert_int_equal(ask_for(people[0], of_group("/commitments"),
				 base_of("{\"what\":\"Try it here\",\"owner_id\":\"%lld\",\"due_day\":\"%s\"}", (long long)people[0], due)),
			 200);
}

static int64_t learnt(int64_t who)
{
	int64_t ms = query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE kind = 'charcha' AND thing_id = %lld AND person_id = %lld",
			       (long long)charcha, (long long)who);
	query_end();
	return ms;
}

static int64_t evidence_of(int64_t who)
{
	int64_t n = query_int(f, "SELECT count(*) FROM evidence WHERE source_id = %lld AND person_id = %lld", (long long)charcha, (long long)who);
	query_end();
	return n;
}

static void minutes_are_verified_by_the_page_or_by_the_tick_of_the_scribe_and_never_by_oneself(void **state)
{
	int64_t third = query_int(f, "SELECT max(person_id) FROM charcha_member WHERE group_id = %lld AND person_id NOT IN (%lld, %lld)", (long long)group_id,
				  (long long)people[0], (long long)partner),
		fourth = query_int(f, "SELECT max(person_id) FROM charcha_member WHERE group_id = %lld AND person_id NOT IN (%lld, %lld, %lld)",
				   (long long)group_id, (long long)people[0], (long long)partner, (long long)third);
	(void)state;
	query_end();
	assert_int_equal(ask_for(people[0], of_group("/self"), "{\"there\":true}"), 409); /* it has not begun */
	assert_int_equal(ask_for(people[0], of_group("/scribe"), "{}"), 200);
	assert_int_equal(ask_for(people[0], of_group("/close"), "{}"), 409);
	at_time(noon(today + 3));
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha WHERE id = %lld AND state = 'held'", (long long)charcha), 1);
	query_end();
	/* The partner has the page open for twenty minutes; in between it lies without a line for ten. */
	for (int i = 0; i <= 10; i++, pass(MINUTE))
		assert_int_equal(ask_for(partner, of_group("/here"), "{}"), 200);
	pass(10 * MINUTE);
	for (int i = 0; i <= 10; i++, pass(MINUTE))
		assert_int_equal(ask_for(partner, of_group("/here"), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT on_ms FROM charcha_member WHERE charcha_id = %lld AND person_id = %lld", (long long)charcha, (long long)partner),
			 20 * MINUTE);
	query_end();
	assert_int_equal(ask_for(third, of_group("/self"), "{\"there\":true}"), 200);
	assert_int_equal(ask_for(partner, of_group(base_of("/ticks/%lld", (long long)third)), "{\"there\":true}"), 409);
	assert_int_equal(ask_for(people[0], of_group(base_of("/ticks/%lld", (long long)people[0])), "{\"there\":true}"), 409);
	assert_int_equal(ask_for(people[0], of_group(base_of("/ticks/%lld", (long long)fourth)), "{\"there\":true}"), 200);
	assert_int_equal(ask_for(partner, of_group("/close"), "{}"), 409);
	assert_int_equal(ask_for(people[0], of_group("/close"), "{}"), 200);
	assert_int_equal(learnt(fourth), 32 * MINUTE); /* from the beginning to the closing */
	assert_int_equal(learnt(partner), 20 * MINUTE);
	assert_int_equal(learnt(third), 0);
	assert_int_equal(learnt(people[0]), 0);
	/* Half the time box gives evidence; a third does not. */
	assert_int_equal(evidence_of(fourth), 1);
	assert_int_equal(evidence_of(partner), 0);
	struct client *c = client_as(f, people[0]);
	assert_int_equal(get(c, "/charchas/%lld/groups/%lld", (long long)charcha, (long long)group_id), 200);
	assert_true(body_has(c, "ticked by Person 0") && body_has(c, "verified by the page") && body_has(c, "says so"));
	client_free(c);
}

static void nothing_is_written_after_the_minutes_are_closed(void **state)
{
	(void)state;
	assert_int_equal(ask_for(people[0], of_group("/points"), "{\"words\":\"too late\"}"), 409);
	assert_int_equal(ask_for(people[0], of_group("/conclusions"), "{\"version\":31,\"words\":\"too late\"}"), 409);
	assert_int_equal(ask_for(people[0], of_group("/close"), "{}"), 409);
	assert_int_equal(ask_for(people[0], of_group("/commitments"),
				 base_of("{\"what\":\"late\",\"owner_id\":\"%lld\",\"due_day\":\"%s\"}", (long long)partner, iso(today + 40))),
			 409);
}

static void a_reflection_is_ones_own_until_it_is_shared(void **state)
{
	struct client *c = client_as(f, partner);
	(void)state;
	assert_int_equal(
		ask_for(people[0], base_of("/api/v1/charchas/%lld/reflection", (long long)charcha), "{\"words\":\"my quiet thought\",\"shared\":false}"), 200);
	assert_int_equal(get(c, "/charchas/%lld/groups/%lld", (long long)charcha, (long long)group_id), 200);
	assert_false(body_has(c, "my quiet thought"));
	assert_int_equal(
		ask_for(people[0], base_of("/api/v1/charchas/%lld/reflection", (long long)charcha), "{\"words\":\"my quiet thought\",\"shared\":true}"), 200);
	assert_int_equal(get(c, "/charchas/%lld/groups/%lld", (long long)charcha, (long long)group_id), 200);
	assert_true(body_has(c, "my quiet thought"));
	client_free(c);
}

static int64_t told(int64_t who, const char *about)
{
	int64_t n = query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'charcha' AND text = '%s'", (long long)who, about);
	query_end();
	return n;
}

#define ASKED "How did it go? In the charcha “{theme}” you took upon yourself: {words}"
static void an_owner_is_asked_after_thirty_days_and_reminded_once(void **state)
{
	int64_t mine, his;
	(void)state;
	mine = query_int(f, "SELECT id FROM charcha_commitment WHERE owner_id = %lld", (long long)people[0]);
	his = query_int(f, "SELECT id FROM charcha_commitment WHERE owner_id = %lld", (long long)partner);
	query_end();
	assert_int_equal(told(partner, "You took upon yourself in the charcha “{theme}”: {words}"), 1);
	assert_int_equal(told(partner, ASKED), 0);
	pass(31 * DAY);
	work_now(f);
	assert_int_equal(told(partner, ASKED), 1);
	assert_int_equal(told(w.boss, ASKED), 0);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charcha-commitments/%lld", (long long)his), "{\"state\":\"done\"}"), 404);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charcha-commitments/%lld", (long long)mine), "{\"state\":\"perhaps\"}"), 422);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charcha-commitments/%lld", (long long)mine), "{\"state\":\"under_way\",\"words\":\"half\"}"), 200);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charcha-commitments/%lld", (long long)mine), "{\"state\":\"done\",\"words\":\"all of it\"}"), 200);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charcha-commitments/%lld", (long long)mine), "{\"state\":\"not\"}"), 409); /* twice */
	for (int i = 0; i < 3; i++) {
		pass(10 * DAY);
		work_now(f);
	}
	assert_int_equal(told(partner, ASKED), 2);
	assert_int_equal(told(people[0], ASKED), 1);
}

/* ── what came of it ── */

static void what_came_of_it_is_found_published_and_leaves_as_files(void **state)
{
	struct client *c = client_as(f, w.operator), *reader = client_as(f, partner);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/synthesis", (long long)w.root, (long long)charcha), 200);
	assert_true(body_has(c, "A list of what is asked most") && body_has(c, "all of it"));
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/synthesis?q=ASKED+most", (long long)w.root, (long long)charcha), 200);
	assert_true(body_has(c, "A list of what is asked most"));
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/synthesis?q=nowhere+written", (long long)w.root, (long long)charcha), 200);
	assert_true(body_has(c, "Nothing is found."));
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/synthesis?competency_id=%lld", (long long)w.root, (long long)charcha, (long long)competency), 200);
	assert_true(body_has(c, "A list of what is asked most"));
	assert_int_equal(get(c, "/api/v1/orgs/%lld/charchas/%lld/synthesis", (long long)w.root, (long long)charcha), 200);
	assert_int_equal(json_number(c, "asked"), 2);
	assert_int_equal(json_number(c, "answered"), 1);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/close"), "{}"), 200);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/close"), "{}"), 409);
	work_now(f);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/synthesis"), "{\"words\":\"Five days, in Hindi.\",\"publish\":false}"), 200);
	assert_int_equal(get(reader, "/charchas/%lld", (long long)charcha), 200);
	assert_false(body_has(reader, "Five days, in Hindi."));
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/synthesis"), "{\"words\":\"Five days, in Hindi.\",\"publish\":true}"), 200);
	work_now(f);
	assert_int_equal(get(reader, "/charchas/%lld", (long long)charcha), 200);
	assert_true(body_has(reader, "Five days, in Hindi."));
	struct client *outsider = client_as(f, w.other_learner);
	assert_int_equal(get(outsider, "/charchas/%lld", (long long)charcha), 200);
	assert_false(body_has(outsider, "Five days, in Hindi."));
	client_free(outsider);
	assert_int_equal(told(partner, "What came of the charcha “{theme}” is written down."), 1);
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/synthesis.csv", (long long)w.root, (long long)charcha), 200);
	assert_true(body_has(c, "\"A list of what is asked most\""));
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/report", (long long)w.root, (long long)charcha), 200);
	assert_memory_equal(buf_get(&c->body).p, "%PDF", 4);
	assert_int_equal(get(reader, "/orgs/%lld/charchas/%lld/synthesis", (long long)w.root, (long long)charcha), 403);
	client_free(c);
	client_free(reader);
}

static void a_group_of_fewer_than_three_is_joined_with_another(void **state)
{
	struct client *c = client_as(f, w.operator);
	(void)state;
	int64_t day = clock_day_in_india(f->app.fixed_now), id = lay_down(w.operator, w.root, "Small groups", noon(day + 3), noon(day + 2), "", 200);
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	for (int i = 0; i < 8; i++)
		assert_int_equal(ask_for(people[i], base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 200);
	assert_int_equal(post_json(c, of_org(id, "/draws"), "{}"), 200);
	assert_int_equal(post_json(c, of_org(id, base_of("/draws/%lld/confirm", (long long)json_number(c, "id"))), "{}"), 200);
	int64_t small = query_int(f, "SELECT min(id) FROM charcha_group WHERE charcha_id = %lld", (long long)id);
	query_end();
	assert_int_equal(get(c, "/api/v1/orgs/%lld/charchas/%lld/groups/%lld/join", (long long)w.root, (long long)id, (long long)small), 409);
	for (int i = 0; i < 8 && members_of(small) > 2; i++)
		if (query_int(f, "SELECT count(*) FROM charcha_member WHERE group_id = %lld AND person_id = %lld", (long long)small, (long long)people[i])) {
			query_end();
			assert_int_equal(ask_for(people[i], base_of("/api/v1/charchas/%lld/withdraw", (long long)id), "{}"), 200);
		}
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/charchas/%lld/groups/%lld/join", (long long)w.root, (long long)id, (long long)small), 200);
	assert_int_equal(get(c, "/api/v1/orgs/%lld/charchas/%lld/groups/%lld/join", (long long)w.root, (long long)id, (long long)small), 200);
	int64_t into = json_number(c, "into_id"), moved = query_int(f, "SELECT min(person_id) FROM charcha_member WHERE group_id = %lld", (long long)small);
	/* Everybody is being told his group just now, and it is past him. */
	tamper(f, "UPDATE job SET state = 'running', claim = 'elsewhere', lease_until = %lld WHERE kind = 'charcha.tell' AND state = 'queued'",
	       (long long)f->app.fixed_now + HOUR);
	query_end();
	assert_int_equal(post_json(c, of_org(id, base_of("/groups/%lld/join", (long long)small)), base_of("{\"into_id\":\"%lld\"}", (long long)small)), 409);
	assert_int_equal(post_json(c, of_org(id, base_of("/groups/%lld/join", (long long)small)), base_of("{\"into_id\":\"%lld\"}", (long long)into)), 200);
	assert_int_equal(members_of(small), 0);
	assert_int_equal(members_of(into), 6);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact = 'charcha.group:%lld:%lld'", (long long)moved,
				   (long long)id, (long long)into),
			 1);
	query_end();
	assert_int_equal(post_json(c, of_org(id, base_of("/groups/%lld/join", (long long)small)), base_of("{\"into_id\":\"%lld\"}", (long long)into)), 409);
	client_free(c);
}

/* Five people in one group, whose hour begins now. */
static void five_sit_together(const char *theme)
{
	struct client *c = client_as(f, w.operator);
	int64_t day = clock_day_in_india(f->app.fixed_now);
	charcha = lay_down(w.operator, w.root, theme, noon(day + 3), noon(day + 2), ",\"competencies\":\"kcm:functional.noting-and-drafting@2\"", 200);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/open"), "{}"), 200);
	for (int i = 0; i < 5; i++)
		assert_int_equal(ask_for(people[i], base_of("/api/v1/charchas/%lld/register", (long long)charcha), "{}"), 200);
	assert_int_equal(post_json(c, of_org(charcha, "/draws"), "{}"), 200);
	assert_int_equal(post_json(c, of_org(charcha, base_of("/draws/%lld/confirm", (long long)json_number(c, "id"))), "{}"), 200);
	group_id = query_int(f, "SELECT id FROM charcha_group WHERE charcha_id = %lld", (long long)charcha);
	at_time(noon(day + 3));
	work_now(f);
	client_free(c);
}

static void who_closes_after_a_minute_verifies_a_minute_of_others_and_nothing_of_himself(void **state)
{
	(void)state;
	five_sit_together("Of a minute");
	pass(MINUTE);
	assert_int_equal(ask_for(people[0], of_group("/scribe"), "{}"), 200);
	assert_int_equal(ask_for(people[0], of_group("/conclusions"), "{\"version\":1,\"words\":\"All is well\"}"), 200);
	for (int i = 0; i < 5; i++)
		assert_int_equal(ask_for(people[0], of_group(base_of("/ticks/%lld", (long long)people[i])), "{\"there\":true}"), i ? 200 : 409);
	/* As one could before that was refused. */
	tamper(f, "UPDATE charcha_member SET ticked_at = %lld, ticked_by = person_id WHERE charcha_id = %lld AND person_id = %lld", (long long)f->app.fixed_now,
	       (long long)charcha, (long long)people[0]);
	query_end();
	assert_int_equal(ask_for(people[0], of_group("/close"), "{}"), 200);
	assert_int_equal(learnt(people[0]), 0);
	for (int i = 1; i < 5; i++) {
		assert_int_equal(learnt(people[i]), MINUTE);
		assert_int_equal(evidence_of(people[i]), 0);
	}
}

static void time_on_the_page_beside_a_film_is_paid_once(void **state)
{
	struct client *c = client_as(f, people[1]);
	char session[100];
	(void)state;
	five_sit_together("Beside a film");
	assert_int_equal(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}"), 200);
	assert_int_equal(get(c, "/resources/%lld", (long long)w.film), 200);
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	NEED(p, "no session on the page");
	snprintf(session, sizeof session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	assert_int_equal(post_json(c, of_group("/here"), "{}"), 200);
	for (int i = 0; i < 10; i++) { /* at double speed, so that all of the time is the film's */
		pass(MINUTE);
		assert_int_equal(
			post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)w.film),
				  base_of("{\"session\":\"%s\",\"seq\":%d,\"position\":0,\"intervals\":[[%d,%d]]}", session, i, i * 120000, (i + 1) * 120000)),
			200);
		assert_int_equal(post_json(c, of_group("/here"), "{}"), 200);
	}
	for (int i = 0; i < 5; i++) {
		pass(MINUTE);
		assert_int_equal(post_json(c, of_group("/here"), "{}"), 200);
	}
	assert_int_equal(query_int(f, "SELECT sum(ms) FROM learned WHERE kind = 'resource' AND thing_id = %lld AND person_id = %lld", (long long)w.film,
				   (long long)people[1]),
			 20 * MINUTE);
	assert_int_equal(
		query_int(f, "SELECT on_ms FROM charcha_member WHERE charcha_id = %lld AND person_id = %lld", (long long)charcha, (long long)people[1]),
		5 * MINUTE);
	query_end();
	client_free(c);
}

static void what_is_not_closed_is_closed_with_the_charcha_a_little_at_a_time(void **state)
{
	(void)state;
	five_sit_together("Not closed by itself");
	assert_int_equal(ask_for(people[0], of_group("/scribe"), "{}"), 200);
	pass(MINUTE);
	assert_int_equal(ask_for(people[0], of_group(base_of("/ticks/%lld", (long long)people[1])), "{\"there\":true}"), 200);
	pass(HOUR);
	assert_int_equal(ask_for(w.operator, of_org(charcha, "/close"), "{}"), 200);
	/* From now on nothing is written, also before its minutes are verified. */
	assert_int_equal(ask_for(people[0], of_group("/points"), "{\"words\":\"too late\"}"), 409);
	assert_int_equal(learnt(people[1]), 0);
	work_now(f);
	assert_int_equal(learnt(people[1]), HOUR);
	assert_int_equal(evidence_of(people[1]), 1);
	assert_int_equal(query_int(f, "SELECT closed_by FROM charcha_group WHERE id = %lld", (long long)group_id), w.operator);
	query_end();
}

/* How often the lines of somebody were to be judged again. */
static int64_t judged(int64_t who)
{
	int64_t n = query_int(f, "SELECT count(*) FROM live_message WHERE kind = 'person' AND what = 'again' AND thing_id = %lld", (long long)who);
	query_end();
	return n;
}

static void whose_place_by_a_list_is_taken_back_hears_no_more(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t day = clock_day_in_india(f->app.fixed_now), id = lay_down(w.operator, w.root, "Taken back", noon(day + 3), noon(day + 2), "", 200);
	(void)state;
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	for (int i = 0; i < 5; i++)
		assert_int_equal(ask_for(people[i], base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 200);
	assert_int_equal(post_json(c, of_org(id, "/draws"), "{}"), 200);
	assert_int_equal(post_json(c, of_org(id, base_of("/draws/%lld/confirm", (long long)json_number(c, "id"))), "{}"), 200);
	int64_t list = bring(id, "person\r\nc5@example.gov.in\r\n", 303), before = judged(people[5]);
	query_end();
	assert_int_equal(post_json(c, of_org(id, base_of("/lists/%lld/apply", (long long)list)), "{}"), 200);
	assert_int_equal(post_json(c, of_org(id, base_of("/lists/%lld/undo", (long long)list)), "{}"), 200);
	assert_int_equal(judged(people[5]), before + 1);
	query_end();
	client_free(c);
}

/* People of no name, from one number to another. */
static void many_people(int from, int to)
{
	char sql[600];
	snprintf(sql, sizeof sql,
		 "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO person (id, name, sort_key, lang, zone, state, "
		 "created_at) SELECT i, 'Many ' || i, 'many', 'en', 'Asia/Kolkata', 'active', 1 FROM n",
		 from, to);
	tamper_all(f, sql);
}

static void they_come(int64_t id, int from, int to)
{
	char sql[1200];
	snprintf(sql, sizeof sql,
		 "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO charcha_member (charcha_id, person_id, way, "
		 "org_id, department_id, place_id, pay_level, late, at, on_ms, credited_ms, credited_way) SELECT %lld, i, 'own', %lld, "
		 "CASE WHEN i %% 3 = 0 THEN %lld ELSE %lld END, %lld, 4 + i %% 10, FALSE, 1, 0, 0, '' FROM n",
		 from, to, (long long)id, (long long)w.office, (long long)w.ministry, (long long)w.other_ministry, (long long)w.root);
	tamper_all(f, sql);
	query_end();
}

static void more_than_a_hundred_who_come_after_a_draw_are_drawn_once_more(void **state)
{
	enum { DRAWN = 300, LATE = 100 };
	int64_t day = clock_day_in_india(f->app.fixed_now), id = lay_down(w.operator, w.root, "Very late", noon(day + 3), noon(day + 2), "", 200);
	struct client *c = client_as(f, w.operator);
	char plan[2000] = "[1";
	(void)state;
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	many_people(1, DRAWN + LATE + 1);
	they_come(id, 1, DRAWN);
	assert_int_equal(post_json(c, of_org(id, "/draws"), "{}"), 200);
	int64_t draw = json_number(c, "id");
	they_come(id, DRAWN + 1, DRAWN + LATE + 1);
	assert_int_equal(post_json(c, of_org(id, base_of("/draws/%lld/confirm", (long long)draw)), "{}"), 409);
	assert_true(body_has(c, "Draw once more."));
	tamper(f, "DELETE FROM charcha_member WHERE charcha_id = %lld AND person_id = %d", (long long)id, DRAWN + LATE + 1);
	query_end();
	int64_t began = clock_monotonic();
	assert_int_equal(post_json(c, of_org(id, base_of("/draws/%lld/confirm", (long long)draw)), "{}"), 200);
	print_message("confirmed with %d who came late in %lld ms\n", LATE, (long long)(clock_monotonic() - began) / 1000000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_member WHERE charcha_id = %lld AND group_id IS NULL", (long long)id), 0);
	query_end();
	/* Nor by a list. */
	int64_t list = bring(id, "person\r\nc0@example.gov.in\r\n", 303);
	for (int i = 2; i <= LATE + 1; i++)
		snprintf(plan + strlen(plan), sizeof plan - strlen(plan), ",%d%s", i, i == LATE + 1 ? "]" : "");
	tamper(f, "UPDATE charcha_list SET plan = '%s' WHERE id = %lld", plan, (long long)list);
	query_end();
	assert_int_equal(post_json(c, of_org(id, base_of("/lists/%lld/apply", (long long)list)), "{}"), 409);
	assert_true(body_has(c, "Groups are drawn"));
	tamper_all(f, "DELETE FROM charcha_member WHERE person_id <= 401; DELETE FROM person WHERE id <= 401");
	client_free(c);
}

static enum err draw_fn(struct ctx *cx, void *arg)
{
	struct charcha_drawn d;
	int64_t id, *charcha_id = arg;
	cx->actor.person_id = w.operator;
	TRY(charcha_draw_try(cx, w.root, *charcha_id, 5, &d));
	TRY(charcha_draw_keep(cx, w.root, *charcha_id, &d, S(""), &id));
	return charcha_draw_confirm(cx, w.root, *charcha_id, id);
}

static void fifteen_hundred_people_are_drawn_and_confirmed_at_once(void **state)
{
	enum { MANY = 10001, KEPT = 1500 };
	int64_t day = clock_day_in_india(f->app.fixed_now), id = lay_down(w.operator, w.root, "Many", noon(day + 3), noon(day + 2), "", 200);
	(void)state;
	assert_int_equal(ask_for(w.operator, of_org(id, "/open"), "{}"), 200);
	char sql[200];
	many_people(1, MANY);
	they_come(id, 1, MANY);
	assert_int_equal(ask_for(w.operator, of_org(id, "/draws"), "{}"), 409); /* more than can meet at once */
	/* So many do not come by themselves, nor by a list. */
	tamper(f, "DELETE FROM charcha_member WHERE charcha_id = %lld AND person_id = %d", (long long)id, MANY);
	tamper(f, "DELETE FROM charcha_member WHERE charcha_id = %lld AND person_id = %d", (long long)id, MANY - 1);
	query_end();
	int64_t list = bring(id, "person\r\nc1@example.gov.in\r\nc2@example.gov.in\r\n", 303);
	assert_int_equal(ask_for(w.operator, of_org(id, base_of("/lists/%lld/apply", (long long)list)), "{}"), 409);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 200);
	assert_int_equal(ask_for(people[1], base_of("/api/v1/charchas/%lld/register", (long long)id), "{}"), 409);
	assert_int_equal(ask_for(people[0], base_of("/api/v1/charchas/%lld/withdraw", (long long)id), "{}"), 200);
	snprintf(sql, sizeof sql, "DELETE FROM charcha_member WHERE charcha_id = %lld AND person_id > %d", (long long)id, KEPT);
	tamper_all(f, sql);
	in_tx(f, draw_fn, &id);
	query_end();
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_group WHERE charcha_id = %lld", (long long)id), KEPT / 6);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_member WHERE charcha_id = %lld AND group_id IS NULL", (long long)id), 0);
	assert_int_equal(query_int(f, "SELECT max(n_single) FROM charcha_draw WHERE charcha_id = %lld", (long long)id), 0);
	query_end();
	tamper_all(f, "DELETE FROM job WHERE kind = 'charcha.tell'"); /* they are nobody, and are told nothing */
	at_time(noon(day + 3) + 2 * HOUR);
	assert_int_equal(ask_for(w.operator, of_org(id, "/close"), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_group WHERE charcha_id = %lld AND closed_at IS NOT NULL", (long long)id), 0);
	query_end();
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM charcha_group WHERE charcha_id = %lld AND closed_at IS NOT NULL", (long long)id), KEPT / 6);
	query_end();
	tamper_all(
		f,
		"DELETE FROM charcha_member WHERE person_id <= 10001; DELETE FROM person WHERE id <= 10001"); /* nobody
																			      of
																			      them
																			      is
																			      found
																			      by
																			      name
																			    */
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	schedule_work(f);
	today = clock_day_in_india(f->app.fixed_now) + 1;
	at_time(noon(today));
	a_framework(f, "framework/kcm.csv", w.root);
	competency = competency_named(f, "functional.noting-and-drafting");
	for (int i = 0; i < PEOPLE; i++) {
		char login[20], name[40];
		snprintf(login, sizeof login, "c%d", i);
		snprintf(name, sizeof name, "Person %d", i);
		people[i] = a_person(f, login, name, i % 2 ? w.other_office : w.office, i % 2 ? w.other_boss : w.boss);
	}
	query_end();
	return 0;
}

static int end(void **state)
{
	(void)state;
	query_end();
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_held_is_refused_with_the_field),
		cmocka_unit_test(people_see_it_once_it_is_announced_and_register),
		cmocka_unit_test(who_was_not_there_cannot_come_where_one_must_have_been),
		cmocka_unit_test(a_list_is_looked_at_carried_out_and_taken_back),
		cmocka_unit_test(two_accounts_of_one_person_come_once),
		cmocka_unit_test(groups_are_drawn_again_with_a_reason_and_all_draws_are_kept),
		cmocka_unit_test(one_is_told_why_one_is_in_this_group),
		cmocka_unit_test(who_comes_late_fills_the_gap),
		cmocka_unit_test(a_group_is_for_its_people),
		cmocka_unit_test(two_who_write_at_once_lose_no_words),
		cmocka_unit_test(words_of_two_threads_are_all_there),
		cmocka_unit_test(whoever_has_the_page_open_hears_of_it_and_nobody_else),
		cmocka_unit_test(a_page_knows_that_it_is_old),
		cmocka_unit_test(commitments_have_an_owner_of_the_group_and_a_day),
		cmocka_unit_test(minutes_are_verified_by_the_page_or_by_the_tick_of_the_scribe_and_never_by_oneself),
		cmocka_unit_test(nothing_is_written_after_the_minutes_are_closed),
		cmocka_unit_test(a_reflection_is_ones_own_until_it_is_shared),
		cmocka_unit_test(an_owner_is_asked_after_thirty_days_and_reminded_once),
		cmocka_unit_test(what_came_of_it_is_found_published_and_leaves_as_files),
		cmocka_unit_test(a_group_of_fewer_than_three_is_joined_with_another),
		cmocka_unit_test(who_closes_after_a_minute_verifies_a_minute_of_others_and_nothing_of_himself),
		cmocka_unit_test(time_on_the_page_beside_a_film_is_paid_once),
		cmocka_unit_test(what_is_not_closed_is_closed_with_the_charcha_a_little_at_a_time),
		cmocka_unit_test(whose_place_by_a_list_is_taken_back_hears_no_more),
		cmocka_unit_test(more_than_a_hundred_who_come_after_a_draw_are_drawn_once_more),
		cmocka_unit_test(fifteen_hundred_people_are_drawn_and_confirmed_at_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
