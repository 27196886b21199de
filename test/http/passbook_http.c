/* The passbook that leaves the platform: what stands in it and what never does, that a changed figure shows, and links: whom they show it to, until when, and
 * who is told of it. */
#include "http_test.h"
#include "feature/competency/competency.h"
#include "feature/completion/completion.h"
#include "feature/credential/credential_verify.h"
#include "feature/enrolment/enrolment.h"
#include "feature/merge/merge.h"
#include "feature/passbook/passbook.h"
#include "feature/proficiency/proficiency.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;
static int64_t drafting, speaking;

#define NOTE "Drafts the replies to Parliament himself"
#define NOTHING "This link shows nothing."

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── acting ── */

/* A link of somebody's; ret: its address. */
static int64_t share(int64_t person, const char *whom, int64_t days, bool with_evidence, char *ret, size_t n)
{
	char json[300];
	struct civil d = clock_date(person_today(&f->cx) + days);
	struct client *c = client_as(f, person);
	snprintf(json, sizeof json, "{\"for_whom\":\"%s\",\"until_day\":\"%04d-%02d-%02d\",\"with_evidence\":%s}", whom, d.year, d.month, d.day,
		 with_evidence ? "true" : "false");
	NEED(post_json(c, "/api/v1/me/passbook/shares", json) == 200, "no link: %ld %s", c->status, buf_get(&c->body).p);
	int64_t id = json_number(c, "id");
	NEED(get(c, "/me/passbook/shares/%lld", (long long)id) == 200, "no page of the link: %ld", c->status);
	const char *at = strstr(buf_get(&c->body).p, "/passbook/");
	for (; at && strspn(at + strlen("/passbook/"), "0123456789abcdef") != PASSBOOK_CODE_DIGITS; at = strstr(at + 1, "/passbook/"))
		;
	NEED(at, "the page does not show the link");
	snprintf(ret, n, "%.*s", (int)strlen("/passbook/") + PASSBOOK_CODE_DIGITS, at);
	client_free(c);
	return id;
}

static int64_t looks(int64_t id)
{
	return query_int(f, "SELECT count(*) FROM passbook_look WHERE share_id = %lld", (long long)id);
}

/* How a door and its button answer somebody without an account. */
static long open_as_stranger(const char *link, struct client **ret)
{
	struct client *c = client_new(f);
	long door = get(c, "%s", link), opened = post(c, link, "");
	assert_int_equal(door, opened);
	if (ret)
		*ret = c;
	else
		client_free(c);
	return opened;
}

static json_t *document_of(struct client *c)
{
	json_t *whole = json_loadb(buf_get(&c->body).p, buf_get(&c->body).n, 0, NULL);
	const char *text = json_string_value(json_object_get(whole, "document"));
	json_t *d = text ? json_loads(text, 0, NULL) : NULL;
	NEED(d, "no document in %s", buf_get(&c->body).p);
	json_decref(whole);
	return d;
}

static const json_t *competency_in(const json_t *document, const char *code)
{
	size_t i;
	const json_t *v;
	json_array_foreach(json_object_get(document, "competencies"), i, v) if (strcmp(json_string_value(json_object_get(v, "code")), code) == 0) return v;
	NEED(false, "%s is not in the document", code);
}

/* ── what stands in it ── */

static void the_document_says_what_the_page_says(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/me/passbook.json"), 200);
	assert_non_null(strstr(answer_header(c, "Content-Disposition"), ".json"));
	json_t *d = document_of(c);
	const json_t *v = competency_in(d, "functional.noting-and-drafting");
	double mean = json_number_value(json_object_get(v, "level")), from = json_number_value(json_object_get(v, "from")),
	       to = json_number_value(json_object_get(v, "to"));
	assert_string_equal(json_string_value(json_object_get(d, "kind")), "karmayogi-passbook");
	assert_string_equal(json_string_value(json_object_get(d, "name")), "Asha Verma");
	assert_non_null(json_string_value(json_object_get(d, "organisation")));
	assert_true(0 <= from && from < mean && mean < to && to <= 3);
	assert_int_equal(json_array_size(json_object_get(v, "evidence")), 2);
	/* The whole level named is the highest that is more likely held than not. */
	int64_t reached = json_integer_value(json_object_get(v, "reached"));
	assert_true((double)reached <= mean && mean < (double)reached + 1);
	assert_true(reached == 0 || json_string_length(json_object_get(v, "reached_name")) > 0);
	assert_int_equal(json_array_size(json_object_get(d, "courses")), 1);
	json_decref(d);
	assert_int_equal(get(c, "/me/competencies"), 200);
	assert_true(body_has(c, str_fmt(f->cx.arena, "%.1f ±", mean).p));
	assert_true(body_has(c, "href=\"/me/passbook\"") && body_has(c, "href=\"/me/passbook.pdf\""));
	client_free(c);
}

static void own_judgement_alone_stands_there_as_not_known(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/api/v1/me/passbook"), 200);
	json_t *d = document_of(c);
	const json_t *v = competency_in(d, "behavioural.communication");
	assert_true(json_is_null(json_object_get(v, "level")) && json_is_null(json_object_get(v, "reached")));
	json_decref(d);
	client_free(c);
}

static void words_and_names_of_those_who_assessed_never_leave(void **state)
{
	char link[100];
	struct client *c = client_as(f, w.learner), *reader;
	(void)state;
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)drafting), 200);
	assert_true(body_has(c, NOTE) && body_has(c, "Meera Nair"));
	assert_int_equal(get(c, "/me/passbook.json"), 200);
	assert_false(body_has(c, NOTE) || body_has(c, "Meera Nair"));
	share(w.learner, "Board of words", 10, true, link, sizeof link);
	assert_int_equal(open_as_stranger(link, &reader), 200);
	assert_true(body_has(reader, "supervisor: 1"));
	assert_false(body_has(reader, NOTE) || body_has(reader, "Meera Nair"));
	client_free(c);
	client_free(reader);
}

/* ── that a changed figure shows ── */

static bool verifies(struct str file, struct str *ret_said)
{
	bool good = false;
	credential_verify_bytes(&f->cx, file, f->app.sign_pk, ret_said, &good);
	return good;
}

static void a_changed_figure_is_told(void **state)
{
	struct client *c = client_as(f, w.learner);
	struct str said;
	(void)state;
	assert_int_equal(get(c, "/me/passbook.json"), 200);
	struct str file = str_dup(f->cx.arena, buf_get(&c->body));
	assert_true(verifies(file, &said));
	assert_true(str_find(said, S("Noting & Drafting: ")) > 0 && str_find(said, S("certificate ")) > 0);
	char *level = strstr((char *)(uintptr_t)file.p, "level\\\":1.") + strlen("level\\\":");
	*level = '2';
	assert_false(verifies(file, &said));
	client_free(c);
}

static void the_paper_carries_its_proof_for_whoever_has_the_program(void **state)
{
	struct client *c = client_as(f, w.learner);
	const char *path = str_fmt(f->cx.arena, "%s/passbook.pdf", f->dir).p;
	char key[65], said[4000];
	(void)state;
	assert_int_equal(get(c, "/me/passbook.pdf"), 200);
	struct str pdf = buf_get(&c->body);
	assert_true(str_starts(pdf, S("%PDF")));
	FILE *o = fopen(path, "wb");
	NEED(o && fwrite(pdf.p, 1, pdf.n, o) == pdf.n && fclose(o) == 0, "no file");
	sodium_bin2hex(key, sizeof key, f->app.sign_pk, 32);
	const char *args[] = { "verify", path, "--key", key, NULL };
	assert_int_equal(program_run(f, said, sizeof said, args), 0);
	assert_non_null(strstr(said, "Genuine"));
	assert_non_null(strstr(said, "Noting & Drafting: "));
	key[0] = key[0] == '0' ? '1' : '0';
	assert_int_equal(program_run(f, said, sizeof said, args), 1);
	client_free(c);
}

/* Every script, and so many competencies and courses that one page is not enough. */
static void any_script_and_any_number_of_pages_are_drawn(void **state)
{
	static const char *const names[] = { "सुनीता देवी",    "সুমিত্রা বন্দ্যোপাধ্যায়", "குமரன் சுப்பிரமணியன்", "వేంకటేశ్వర రావు", "ಶ್ರೀನಿವಾಸ ಮೂರ್ತಿ",
					     "മീനാക്ഷി നായർ", "ગીતાબેન પટેલ",	   "محمد عثمان",	"A",	       "" };
	struct passbook_evidence_row e = { .kind = S("supervisor"), .n = 3, .first_at = 0, .last_at = 900 * DAY };
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		enum { N = 60 };
		struct passbook_level *l = ARENA_ARRAY(f->cx.arena, struct passbook_level, N);
		struct passbook_courses_row *k = ARENA_ARRAY(f->cx.arena, struct passbook_courses_row, N);
		for (size_t j = 0; j < N; j++) {
			l[j] = (struct passbook_level){ .level = { .n_levels = 1 + (int64_t)j % 10, .known = j % 2, .now = { 0.7, 0.3 } },
							.name = str_of(names[i]),
							.reached = j % 2 ? 0 : NONE,
							.evidence = &e,
							.n_evidence = 1 };
			k[j] = (struct passbook_courses_row){
				.title = str_of(names[i]), .provider = str_of(names[i]), .serial = S("0000-0000-0000"), .completed_at = f->cx.now
			};
		}
		struct passbook p = { .name = str_of(names[i]),
				      .post = str_of(names[i]),
				      .org = str_of(names[i]),
				      .made_at = f->cx.now,
				      .with_evidence = true,
				      .levels = l,
				      .n_levels = i ? N : 0,
				      .courses = k,
				      .n_courses = i ? N : 0 };
		struct str pdf, said;
		assert_int_equal(passbook_pdf(&f->cx, &p, i % 2 ? S("https://learn.example/passbook/0123456789abcdef0123456789abcdef") : STR_NONE, 20000, &pdf),
				 OK);
		assert_true(str_starts(pdf, S("%PDF-")) && str_find(pdf, S("%%EOF")) > 0 && verifies(pdf, &said));
	}
}

/* ── links ── */

static void a_look_is_noted_once_for_each_opening_and_never_for_looking_at_the_door(void **state)
{
	char link[100];
	int64_t id = share(w.learner, "Selection Board", 30, true, link, sizeof link);
	struct client *c = client_new(f), *owner = client_as(f, w.learner), *known = client_as(f, w.other_boss);
	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(get(c, "%s", link), 200);
	assert_true(body_has(c, "Asha Verma shares the competency passbook with Selection Board until"));
	assert_false(body_has(c, "Drafting"));
	assert_int_equal(head_of(c, link), 200);
	assert_int_equal(looks(id), 0);
	c->header[0] = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
	assert_int_equal(post(c, link, ""), 200);
	assert_true(body_has(c, "Noting &amp; Drafting") && body_has(c, "shared with Selection Board"));
	assert_int_equal(looks(id), 1);
	assert_int_equal(get(known, "%s", link), 200);
	assert_true(body_has(known, "your name is noted, too"));
	assert_int_equal(post(known, link, ""), 200);
	assert_int_equal(looks(id), 2);
	assert_int_equal(get(owner, "/me/passbook/shares/%lld", (long long)id), 200);
	assert_true(body_has(owner, "Opened 2 times") && body_has(owner, "<td>Firefox</td>") && body_has(owner, "127.0.0.0/24") && body_has(owner, "nobody"));
	assert_false(body_has(owner, "127.0.0.1/"));
	assert_int_equal(get(owner, "/api/v1/me/passbook/shares/%lld/looks", (long long)id), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM passbook_look WHERE share_id = %lld AND viewer_id = %lld", (long long)id, (long long)w.other_boss),
			 1);
	assert_true(body_has(owner, base_of("\"viewer_id\":\"%lld\"", (long long)w.other_boss)));
	/* Where the person reads of all others who looked, too. */
	assert_int_equal(get(owner, "/me/views"), 200);
	assert_true(body_has(owner, "Ravi Menon") && body_has(owner, "passbook.open"));
	client_free(c);
	client_free(owner);
	client_free(known);
}

static void levels_alone_show_levels_alone(void **state)
{
	char link[100];
	int64_t id = share(w.learner, "Somebody", 30, false, link, sizeof link);
	struct client *c, *owner = client_as(f, w.learner);
	struct str said;
	(void)state;
	assert_int_equal(open_as_stranger(link, &c), 200);
	assert_true(body_has(c, "Noting &amp; Drafting"));
	assert_false(body_has(c, "supervisor") || body_has(c, "/verify/") || body_has(c, "Completed courses"));
	assert_int_equal(get(owner, "/me/passbook.pdf?share_id=%lld", (long long)id), 200);
	assert_true(verifies(buf_get(&owner->body), &said));
	assert_true(str_find(said, S("Noting & Drafting")) > 0 && str_find(said, S("certificate ")) < 0);
	client_free(c);
	client_free(owner);
}

static void links_that_ended_ran_out_or_never_were_are_answered_alike(void **state)
{
	static const char *const never[] = { "/passbook/0123456789abcdef0123456789abcdef", "/passbook/x", "/passbook/%C3%A4" };
	char ended[100], over[100];
	int64_t id = share(w.learner, "Ended", 30, true, ended, sizeof ended);
	share(w.learner, "Over", 1, true, over, sizeof over);
	struct client *owner = client_as(f, w.learner), *c;
	(void)state;
	assert_int_equal(open_as_stranger(ended, NULL), 200);
	assert_int_equal(open_as_stranger(over, NULL), 200);
	assert_int_equal(get(owner, "/me/passbook"), 200);
	assert_int_equal(post(owner, base_of("/me/passbook/shares/%lld/end", (long long)id), ""), 303);
	pass(2 * DAY);
	assert_int_equal(open_as_stranger(ended, &c), 410);
	assert_true(body_has(c, NOTHING));
	client_free(c);
	assert_int_equal(open_as_stranger(over, &c), 410);
	assert_true(body_has(c, NOTHING));
	client_free(c);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		assert_int_equal(open_as_stranger(never[i], &c), 410);
		assert_true(body_has(c, NOTHING));
		client_free(c);
	}
	assert_int_equal(looks(id), 1);
	assert_int_equal(get(owner, "/me/passbook"), 200);
	assert_true(body_has(owner, "its last day is past") && body_has(owner, "opened 1 time"));
	/* What is over is not printed either, and does not end twice. */
	assert_int_equal(get(owner, "/me/passbook.pdf?share_id=%lld", (long long)id), 409);
	assert_int_equal(post_json(owner, base_of("/api/v1/me/passbook/shares/%lld/end", (long long)id), "{}"), 409);
	client_free(owner);
}

static void the_links_of_another_are_neither_seen_nor_ended(void **state)
{
	char link[100];
	int64_t id = share(w.learner, "Not yours", 30, true, link, sizeof link);
	const int64_t others[] = { w.colleague, w.boss, w.admin, w.operator};
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct client *c = client_as(f, others[i]);
		assert_int_equal(get(c, "/me/passbook"), 200);
		assert_false(body_has(c, "Not yours"));
		assert_int_equal(get(c, "/me/passbook/shares/%lld", (long long)id), 404);
		assert_int_equal(get(c, "/me/passbook.pdf?share_id=%lld", (long long)id), 404);
		assert_int_equal(post_json(c, base_of("/api/v1/me/passbook/shares/%lld/end", (long long)id), "{}"), 404);
		client_free(c);
	}
	assert_int_equal(open_as_stranger(link, NULL), 200);
}

static void the_code_is_nowhere_in_the_database(void **state)
{
	char link[100], hash[80], sealed[300];
	struct client *c = client_as(f, w.learner);
	int64_t id = share(w.learner, "Code", 30, true, link, sizeof link);
	const char *code = link + strlen("/passbook/");
	(void)state;
	assert_int_equal(open_as_stranger(link, NULL), 200);
	query_text(f, hash, sizeof hash, "SELECT code_hash FROM passbook_share WHERE id = %lld", (long long)id);
	query_text(f, sealed, sizeof sealed, "SELECT code_sealed FROM passbook_share WHERE id = %lld", (long long)id);
	assert_null(strstr(hash, code));
	assert_null(strstr(sealed, code));
	/* Nor where requests are noted. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE path LIKE '%%%s%%' OR input LIKE '%%%s%%'", code, code), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'passbook.share'") > 0, 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM throttle WHERE what LIKE '%%%s%%'", code), 0);
	/* The list of the API has it for its person, who may have lost it. */
	assert_int_equal(get(c, "/api/v1/me/passbook/shares"), 200);
	assert_true(body_has(c, link));
	client_free(c);
}

static void search_engines_and_caches_are_told_to_leave_it(void **state)
{
	char link[100];
	struct client *c = client_new(f);
	share(w.learner, "Headers", 30, true, link, sizeof link);
	(void)state;
	assert_int_equal(get(c, "%s", link), 200);
	assert_non_null(strstr(answer_header(c, "X-Robots-Tag"), "noindex"));
	assert_string_equal(answer_header(c, "Cache-Control"), "no-store");
	assert_int_equal(post(c, link, ""), 200);
	assert_non_null(strstr(answer_header(c, "X-Robots-Tag"), "noindex"));
	assert_string_equal(answer_header(c, "Cache-Control"), "no-store");
	assert_string_equal(answer_header(c, "Referrer-Policy"), "no-referrer");
	assert_int_equal(get(c, "/verify"), 200);
	assert_null(answer_header(c, "X-Robots-Tag"));
	client_free(c);
}

static void a_link_needs_somebody_and_a_day_within_a_year(void **state)
{
	struct client *c = client_as(f, w.colleague);
	char form[100];
	(void)state;
	assert_int_equal(get(c, "/me/passbook"), 200);
	for (int64_t days = -1; days <= PASSBOOK_DAYS_MAX + 1; days += PASSBOOK_DAYS_MAX + 2) {
		struct civil d = clock_date(person_today(&f->cx) + days);
		snprintf(form, sizeof form, "for_whom=Board&until_day=%04d-%02d-%02d", d.year, d.month, d.day);
		assert_int_equal(post(c, "/me/passbook/shares", form), 422);
		assert_true(body_has(c, "must be a day from today on"));
	}
	struct civil today = clock_date(person_today(&f->cx));
	snprintf(form, sizeof form, "for_whom=+&until_day=%04d-%02d-%02d", today.year, today.month, today.day);
	assert_int_equal(post(c, "/me/passbook/shares", form), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM passbook_share WHERE person_id = %lld", (long long)w.colleague), 0);
	client_free(c);
}

static void nobody_has_more_than_fifty_open_links(void **state)
{
	char link[100], json[200];
	int64_t id = 0;
	struct client *c = client_as(f, w.other_learner);
	struct civil d = clock_date(person_today(&f->cx) + 3);
	(void)state;
	for (int i = 0; i < PASSBOOK_OPEN_MAX; i++)
		id = share(w.other_learner, "Many", 3, false, link, sizeof link);
	snprintf(json, sizeof json, "{\"for_whom\":\"One more\",\"until_day\":\"%04d-%02d-%02d\"}", d.year, d.month, d.day);
	assert_int_equal(post_json(c, "/api/v1/me/passbook/shares", json), 409);
	assert_int_equal(post_json(c, base_of("/api/v1/me/passbook/shares/%lld/end", (long long)id), "{}"), 200);
	assert_int_equal(post_json(c, "/api/v1/me/passbook/shares", json), 200);
	client_free(c);
}

static enum err look_often_fn(struct ctx *cx, void *arg)
{
	for (int64_t n = looks(*(int64_t *)arg); n < PASSBOOK_LOOKS_MAX; n++)
		TRY(passbook_sql_add_look(cx, new_id(cx), *(int64_t *)arg, cx->now, NONE, S("203.0.113.0/24"), S("Firefox"), NULL));
	return OK;
}

static void no_look_goes_unnoted_a_link_that_was_opened_too_often_shows_nothing(void **state)
{
	char link[100];
	int64_t id = share(w.learner, "Often", 30, true, link, sizeof link);
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(open_as_stranger(link, NULL), 200);
	in_tx(f, look_often_fn, &id);
	assert_int_equal(open_as_stranger(link, NULL), 410);
	assert_int_equal(looks(id), PASSBOOK_LOOKS_MAX);
	assert_int_equal(get(c, "/me/passbook/shares/%lld", (long long)id), 200);
	assert_true(body_has(c, "opened as often as a link may be"));
	client_free(c);
}

static void who_tries_codes_is_stopped_and_who_has_one_waits(void **state)
{
	char link[100];
	int64_t id = share(w.learner, "Ceiling", 30, true, link, sizeof link);
	struct client *c = client_new(f);
	int n = 0;
	(void)state;
	pass(2 * HOUR);
	while (n <= PASSBOOK_NETWORK && post(c, "/passbook/0123456789abcdef0123456789abcdef", "") == 410)
		n++;
	assert_int_equal(n, PASSBOOK_NETWORK);
	assert_int_equal(c->status, 429);
	assert_int_equal(post(c, link, ""), 429);
	assert_int_equal(looks(id), 0);
	pass(2 * HOUR);
	assert_int_equal(post(c, link, ""), 200);
	client_free(c);
}

static void of_an_address_only_the_network_is_kept(void **state)
{
	static const char *const known[][2] = { { "203.0.113.77", "203.0.113.0/24" },
						{ "::ffff:203.0.113.77", "203.0.113.0/24" },
						{ "2001:db8:7:1:2:3:4:5", "2001:db8:7::/48" },
						{ "::1", "::/48" },
						{ "", "?" },
						{ "x", "?" } };
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_string_equal(str_c(f->cx.arena, passbook_network(&f->cx, str_of(known[i][0]))), known[i][1]);
}

/* ── joined and left ── */

static enum err join_fn(struct ctx *cx, void *arg)
{
	struct merge_join in = { w.ministry, w.learner, w.colleague };
	cx->actor.person_id = w.operator;
	return merge_join(cx, &in, arg);
}

static enum err undo_fn(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.operator;
	return merge_undo(cx, w.ministry, *(int64_t *)arg);
}

static void links_go_with_the_account_that_is_kept_and_back(void **state)
{
	char link[100];
	int64_t merge, id = share(w.colleague, "Two accounts", 30, true, link, sizeof link);
	struct client *c = client_as(f, w.learner), *reader;
	(void)state;
	in_tx(f, join_fn, &merge);
	assert_int_equal(get(c, "/me/passbook/shares/%lld", (long long)id), 200);
	assert_true(body_has(c, link));
	assert_int_equal(open_as_stranger(link, &reader), 200);
	assert_true(body_has(reader, "Asha Verma"));
	client_free(reader);
	in_tx(f, undo_fn, &merge);
	assert_int_equal(get(c, "/me/passbook/shares/%lld", (long long)id), 404);
	assert_int_equal(query_int(f, "SELECT person_id FROM passbook_share WHERE id = %lld", (long long)id), w.colleague);
	assert_int_equal(looks(id), 1);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

static enum err leave_fn(struct ctx *cx, void *arg)
{
	int64_t posting;
	(void)arg;
	return person_leave(cx, w.colleague, person_today(cx), &posting);
}

static enum err return_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return person_return(cx, w.colleague);
}

static void nothing_is_shown_of_who_has_left_and_can_end_no_link(void **state)
{
	char link[100];
	share(w.colleague, "Leaves", 30, true, link, sizeof link);
	(void)state;
	assert_int_equal(open_as_stranger(link, NULL), 200);
	in_tx(f, leave_fn, NULL);
	assert_int_equal(open_as_stranger(link, NULL), 410);
	in_tx(f, return_fn, NULL);
	assert_int_equal(open_as_stranger(link, NULL), 200);
}

/* ── the world ── */

static enum err teach_fn(struct ctx *cx, void *arg)
{
	const struct teaches t[] = { { S("kcm"), S("functional.noting-and-drafting"), 2 } };
	(void)arg;
	return teaches_set(cx, w.hindi, t, 1);
}

static enum err know_fn(struct ctx *cx, void *arg)
{
	const struct evidence_add said[] = { { w.learner, drafting, EVIDENCE_supervisor, 2000, w.boss, NONE, S(NOTE) },
					     { w.learner, speaking, EVIDENCE_self, 3000, w.learner, NONE, S("I teach it") } };
	struct completion done;
	int64_t id;
	TRY(enrolment_add(cx, w.learner, w.hindi));
	TRY(completion_credit(cx, w.learner, *(const int64_t *)arg, "review", &done));
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		TRY(evidence_add(cx, &said[i], &id));
	return OK;
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	in_tx(f, teach_fn, NULL);
	drafting = query_int(f, "SELECT id FROM competency WHERE code = 'functional.noting-and-drafting'");
	speaking = query_int(f, "SELECT id FROM competency WHERE code = 'behavioural.communication'");
	int64_t lesson = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	in_tx(f, know_fn, &lesson);
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
		cmocka_unit_test(the_document_says_what_the_page_says),
		cmocka_unit_test(own_judgement_alone_stands_there_as_not_known),
		cmocka_unit_test(words_and_names_of_those_who_assessed_never_leave),
		cmocka_unit_test(a_changed_figure_is_told),
		cmocka_unit_test(the_paper_carries_its_proof_for_whoever_has_the_program),
		cmocka_unit_test(any_script_and_any_number_of_pages_are_drawn),
		cmocka_unit_test(a_look_is_noted_once_for_each_opening_and_never_for_looking_at_the_door),
		cmocka_unit_test(levels_alone_show_levels_alone),
		cmocka_unit_test(links_that_ended_ran_out_or_never_were_are_answered_alike),
		cmocka_unit_test(the_links_of_another_are_neither_seen_nor_ended),
		cmocka_unit_test(the_code_is_nowhere_in_the_database),
		cmocka_unit_test(search_engines_and_caches_are_told_to_leave_it),
		cmocka_unit_test(a_link_needs_somebody_and_a_day_within_a_year),
		cmocka_unit_test(nobody_has_more_than_fifty_open_links),
		cmocka_unit_test(no_look_goes_unnoted_a_link_that_was_opened_too_often_shows_nothing),
		cmocka_unit_test(who_tries_codes_is_stopped_and_who_has_one_waits),
		cmocka_unit_test(of_an_address_only_the_network_is_kept),
		cmocka_unit_test(links_go_with_the_account_that_is_kept_and_back),
		cmocka_unit_test(nothing_is_shown_of_who_has_left_and_can_end_no_link),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
