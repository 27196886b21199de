/* One learner's way through the platform, as a browser goes it: from the sign-in page to the certificate and out again.
 * The tests stand in the order of the journey and build on each other. */
#include "feature/recommendation/recommendation.h"
#include "http_test.h"

#include <ctype.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static struct client *c;
static char serial[40];
static int64_t attempt;

static const char *course_page(const char *tail)
{
	return base_of("/courses/%lld%s", (long long)w.course, tail);
}

static long sign_in(struct client *k, const char *login, const char *password)
{
	return post(k, "/sign-in", base_of("login=%s&password=%s", login, password));
}

/* ── at the door ── */

static void who_is_not_signed_in_is_sent_to_sign_in_and_back(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/courses?q=notes"), 303);
	assert_string_equal(answer_header(c, "Location"), "/sign-in?to=/courses%3Fq%3Dnotes");
	assert_int_equal(get(c, "/api/v1/courses"), 401);
	assert_non_null(strstr(answer_header(c, "Content-Type"), "application/problem+json"));
	assert_int_equal(get(c, "/sign-in?to=/courses"), 200);
	assert_true(body_has(c, "value=\"/courses\""));
}

static void a_wrong_password_says_nothing_about_the_account(void **state)
{
	char known[300];
	(void)state;
	assert_int_equal(sign_in(c, "colleague@example.gov.in", "wrong"), 422);
	assert_true(body_has(c, "do not belong together"));
	struct str body = buf_get(&c->body);
	ptrdiff_t at = str_find(body, S("role=\"alert\""));
	assert_true(at > 0);
	snprintf(known, sizeof known, "%.200s", body.p + at);
	assert_int_equal(sign_in(c, "nobody@example.gov.in", "wrong"), 422);
	body = buf_get(&c->body);
	at = str_find(body, S("role=\"alert\""));
	assert_true(at > 0);
	assert_memory_equal(known, body.p + at, strlen(known));
}

static void after_eight_wrong_passwords_the_right_one_must_wait_too(void **state)
{
	(void)state;
	for (int i = 1; i < 8; i++)
		assert_int_equal(sign_in(c, "colleague@example.gov.in", "wrong"), 422);
	assert_int_equal(sign_in(c, "colleague@example.gov.in", PASSWORD), 429);
	assert_non_null(answer_header(c, "Retry-After"));
	assert_true(body_has(c, "Too many tries"));
	f->app.fixed_now += 16 * MINUTE;
	struct client *k = client_new(f);
	assert_int_equal(sign_in(k, "colleague@example.gov.in", PASSWORD), 303);
	client_free(k);
}

static void the_right_password_opens_the_page_one_came_for(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/sign-in"), 200);
	assert_int_equal(post(c, "/sign-in", base_of("login=%s&password=%s&to=/courses", "LEARNER@example.gov.in", PASSWORD)), 303);
	assert_string_equal(answer_header(c, "Location"), "/courses");
	assert_non_null(strstr(answer_header(c, "Set-Cookie"), "HttpOnly; SameSite=Lax"));
	assert_int_equal(get(c, "/courses"), 200);
}

static void sign_in_leads_to_no_other_site(void **state)
{
	struct client *k = client_new(f);
	(void)state;
	assert_int_equal(post(k, "/sign-in", base_of("login=%s&password=%s&to=//evil.example/", "learner@example.gov.in", PASSWORD)), 303);
	assert_string_equal(answer_header(k, "Location"), "/");
	client_free(k);
}

/* ── looking around ── */

static void home_greets_by_name(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/"), 200);
	assert_true(body_has(c, "Asha"));
	assert_true(body_has(c, "<html lang=\"en\""));
	assert_non_null(strstr(answer_header(c, "Content-Security-Policy"), "script-src 'self'"));
	assert_string_equal(answer_header(c, "Cache-Control"), "no-store");
}

static void the_catalogue_lists_and_finds_in_english_and_hindi(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/courses"), 200);
	assert_true(body_has(c, "Filing notes well"));
	assert_true(body_has(c, "नस्ती का लेखन"));
	assert_int_equal(get(c, "/courses?q=register"), 200);
	assert_true(body_has(c, "Filing notes well"));
	assert_false(body_has(c, "नस्ती का लेखन"));
	assert_int_equal(get(c, "/courses?q=%%E0%%A4%%B2%%E0%%A5%%87%%E0%%A4%%96%%E0%%A4%%A8"), 200); /* लेखन */
	assert_true(body_has(c, "नस्ती का लेखन"));
	assert_false(body_has(c, "Filing notes well"));
	assert_int_equal(get(c, "/courses?q=zebra"), 200);
	assert_false(body_has(c, "Filing notes well"));
	assert_int_equal(get(c, "/api/v1/courses?q=notes"), 200);
	assert_int_equal(json_number(c, "id"), w.course);
}

static void a_wrong_query_is_refused_with_its_field(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/api/v1/courses?page=0"), 422);
	assert_true(body_has(c, "\"field\":\"page\""));
	assert_int_equal(get(c, "/courses?page=x"), 422);
	assert_int_equal(get(c, "/courses?q=%%ff"), 400);
}

static void the_language_changes_and_the_place_stays(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/courses?q=notes"), 200);
	assert_true(body_has(c, "href=\"/language/hi?to=/courses%3Fq%3Dnotes\""));
	assert_int_equal(get(c, "/language/hi?to=/courses%%3Fq%%3Dnotes"), 303);
	assert_string_equal(answer_header(c, "Location"), "/courses?q=notes");
	assert_int_equal(get(c, "/courses?q=notes"), 200);
	assert_true(body_has(c, "<html lang=\"hi\""));
	assert_int_equal(get(c, "/language/en?to=/"), 303);
	assert_int_equal(get(c, "/"), 200);
	assert_true(body_has(c, "<html lang=\"en\""));
}

/* ── learning ── */

static void enrolling_is_one_form_and_says_so_once(void **state)
{
	(void)state;
	assert_int_equal(get(c, "%s", course_page("")), 200);
	assert_true(body_has(c, course_page("/enrolment")));
	assert_int_equal(post(c, course_page("/enrolment"), ""), 303);
	assert_string_equal(answer_header(c, "Location"), course_page(""));
	assert_int_equal(get(c, "%s", course_page("")), 200);
	assert_true(body_has(c, "You are enrolled."));
	assert_int_equal(get(c, "%s", course_page("")), 200);
	assert_false(body_has(c, "You are enrolled."));
	assert_int_equal(post(c, course_page("/enrolment"), ""), 303); /* twice is once */
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment"), 1);
}

/* Plays the whole of a resource at normal speed in steps of half a minute, as the player does. */
static void play(int64_t resource)
{
	char view[100];
	assert_int_equal(get(c, "/resources/%lld", (long long)resource), 200);
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	assert_non_null(p);
	snprintf(view, sizeof view, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	int64_t length = query_int(f, "SELECT ms FROM resource WHERE id = %lld", (long long)resource);
	bool complete = false;
	int seq = 0;
	for (int64_t at = 0; at < length && !complete; at += 30 * SECOND) {
		int64_t to = at + 30 * SECOND < length ? at + 30 * SECOND : length;
		f->app.fixed_now += to - at;
		assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)resource),
					   base_of("{\"session\":\"%s\",\"seq\":%d,\"position\":%lld,\"intervals\":[[%lld,%lld]]}", view, seq++, (long long)(to / 1000),
						   (long long)at, (long long)to)), 200);
		complete = answer_true(c, "complete");
		assert_true(complete || json_number(c, "covered_ms") == to);
	}
	assert_true(complete);
}

static void what_is_read_and_played_is_credited(void **state)
{
	(void)state;
	play(w.lesson);
	play(w.film);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE way = 'progress'"), 2);
	assert_int_equal(get(c, "/resources/%lld", (long long)w.lesson), 200);
	assert_true(body_has(c, "This part is complete."));
}

static void a_film_comes_in_ranges_and_only_to_those_signed_in(void **state)
{
	char name[100];
	struct client *k = client_new(f);
	(void)state;
	query_text(f, name, sizeof name, "SELECT media FROM resource WHERE id = %lld", (long long)w.film);
	assert_int_equal(get(k, "/media/%s", name), 303);
	client_free(k);
	assert_int_equal(get(c, "/media/%s", name), 200);
	size_t whole = c->body.n;
	assert_string_equal(answer_header(c, "Accept-Ranges"), "bytes");
	assert_string_equal(answer_header(c, "Content-Type"), "video/mp4");
	c->header[0] = "Range: bytes=10-19";
	assert_int_equal(get(c, "/media/%s", name), 206);
	assert_int_equal(c->body.n, 10);
	assert_string_equal(answer_header(c, "Content-Range"), base_of("bytes 10-19/%zu", whole));
	c->header[0] = "Range: bytes=-5";
	assert_int_equal(get(c, "/media/%s", name), 206);
	assert_int_equal(c->body.n, 5);
	c->header[0] = "Range: bytes=10-";
	assert_int_equal(get(c, "/media/%s", name), 206);
	assert_int_equal(c->body.n, whole - 10);
	assert_int_equal(get(c, "/media/../keys/issuer.key"), 404);
	assert_int_equal(get(c, "/media/..%%2fkeys%%2fissuer.key"), 404);
}

/* "…questions":[{"id":"1",…]": answers every question of the fixture rightly. */
static void answer_all(void)
{
	char id[40], answer[200];
	for (int n = 1; n <= 3; n++) {
		char code[20];
		query_text(f, id, sizeof id, "SELECT question_id FROM answer WHERE attempt_id = %lld AND n = %d", (long long)attempt, n);
		query_text(f, code, sizeof code, "SELECT code FROM question WHERE id = %s", id);
		if (strcmp(code, "first") == 0) {
			char asked[1000];
			query_text(f, asked, sizeof asked, "SELECT asked FROM question WHERE id = %s", id);
			char *text = strstr(asked, "the question");
			assert_non_null(text);
			/* the id stands before its text: {"id":"b","text":"the question"} */
			*text = 0;
			char *at = asked, *last = NULL;
			while ((at = strstr(at, "\"id\":\"")))
				last = at++;
			assert_non_null(last);
			snprintf(answer, sizeof answer, "%.1s", last + 6);
		} else {
			snprintf(answer, sizeof answer, "%s", strcmp(code, "second") == 0 ? "true" : "4");
		}
		assert_int_equal(post_json(c, base_of("/api/v1/attempts/%lld/answers", (long long)attempt),
					   base_of("{\"question\":\"%s\",\"answer\":[\"%s\"]}", id, answer)), 200);
	}
}

static void a_quiz_is_begun_saved_and_handed_in(void **state)
{
	(void)state;
	assert_int_equal(get(c, "/resources/%lld/quiz", (long long)w.quiz), 200);
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/attempts", (long long)w.quiz), "{}"), 200);
	attempt = json_number(c, "attempt_id");
	assert_int_equal(get(c, "/resources/%lld/quiz", (long long)w.quiz), 200);
	assert_false(body_has(c, "answer_key"));
	answer_all();
	assert_int_equal(post(c, base_of("/attempts/%lld/submit", (long long)attempt), ""), 303);
	assert_int_equal(get(c, "/resources/%lld/quiz", (long long)w.quiz), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM attempt WHERE passed AND submitted_at IS NOT NULL"), 1);
}

static void the_last_part_completes_the_course_with_a_certificate(void **state)
{
	(void)state;
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE state = 'completed'"), 1);
	query_text(f, serial, sizeof serial, "SELECT serial FROM credential");
	assert_int_equal(strlen(serial), 14);
	assert_int_equal(get(c, "%s", course_page("")), 200);
	assert_true(body_has(c, serial));
	assert_int_equal(check_findings(f), 0);
}

static void anybody_can_verify_the_certificate(void **state)
{
	struct client *k = client_new(f);
	(void)state;
	assert_int_equal(get(k, "/verify/%s", serial), 200);
	assert_true(body_has(k, "Asha Verma"));
	assert_true(body_has(k, "Filing notes well"));
	assert_int_equal(get(k, "/verify?serial=%s", serial), 200);
	assert_true(body_has(k, "Asha Verma"));
	assert_int_equal(get(k, "/credentials/%s.pdf", serial), 200);
	assert_string_equal(answer_header(k, "Content-Type"), "application/pdf");
	assert_memory_equal(buf_get(&k->body).p, "%PDF-", 5);
	assert_int_equal(get(k, "/credentials/%s.json", serial), 200);
	assert_true(body_has(k, "\"signature\":\""));
	get(k, "/verify/0000-0000-0000");
	assert_in_range(k->status, 200, 404);
	assert_false(body_has(k, "Asha Verma"));
	assert_int_equal(get(k, "/credentials/0000-0000-0000.pdf"), 404);
	client_free(k);
}

static void the_course_is_rated_once_it_is_completed(void **state)
{
	struct client *k = client_as(f, w.boss);
	(void)state;
	assert_int_equal(post(c, course_page("/rating"), "stars=6"), 422);
	assert_int_equal(post(c, course_page("/rating"), "stars=4&words=Clear+and+short"), 303);
	assert_int_equal(post(c, course_page("/rating"), "stars=5&words=Clear+and+short"), 303);
	assert_int_equal(query_int(f, "SELECT stars FROM rating"), 5);
	assert_int_equal(query_int(f, "SELECT sum(n) FROM tally WHERE what = 'stars' AND period = 0"), 5);
	assert_int_equal(get(k, "%s", course_page("")), 200);
	assert_true(body_has(k, "Clear and short"));
	assert_false(body_has(k, "Asha"));
	assert_int_equal(post(k, course_page("/rating"), "stars=1"), 409);
	client_free(k);
}

static void ending_an_enrolment_keeps_the_progress(void **state)
{
	const char *hindi = base_of("/api/v1/courses/%lld/enrolment", (long long)w.hindi);
	int64_t lesson = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	char view[100];
	(void)state;
	assert_int_equal(post_json(c, hindi, "{}"), 200);
	assert_int_equal(get(c, "/resources/%lld", (long long)lesson), 200);
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	assert_non_null(p);
	snprintf(view, sizeof view, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	f->app.fixed_now += 2 * SECOND;
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)lesson),
				   base_of("{\"session\":\"%s\",\"seq\":0,\"position\":2,\"intervals\":[[0,2000]]}", view)), 200);
	assert_int_equal(post(c, base_of("/courses/%lld/end-enrolment", (long long)w.hindi), ""), 303);
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)lesson),
				   base_of("{\"session\":\"%s\",\"seq\":1,\"position\":2,\"intervals\":[[0,2000]]}", view)), 409);
	assert_int_equal(query_int(f, "SELECT covered_ms FROM progress WHERE resource_id = %lld", (long long)lesson), 2000);
	assert_int_equal(post_json(c, hindi, "{}"), 200);
	assert_int_equal(get(c, "/resources/%lld", (long long)lesson), 200);
	assert_true(body_has(c, "data-seen=\"0-2000\""));
	assert_int_equal(post(c, course_page("/end-enrolment"), ""), 409); /* completed stays completed */
}

/* ── forged requests ── */

static void a_form_of_another_site_changes_nothing(void **state)
{
	char good[80];
	(void)state;
	uint64_t before = database_hash(f, true);
	snprintf(good, sizeof good, "%s", c->csrf);
	snprintf(c->csrf, sizeof c->csrf, "00000000000000000000000000000000");
	assert_int_equal(post(c, course_page("/rating"), "stars=1"), 403);
	snprintf(c->csrf, sizeof c->csrf, "00000000000000000000000000000000"); /* the error page brought the right one */
	assert_int_equal(post_json(c, base_of("/api/v1/courses/%lld/rating", (long long)w.course), "{\"stars\":1}"), 403);
	assert_int_equal(send_raw(c, "POST", course_page("/rating"), "application/x-www-form-urlencoded", "stars=1", 7), 403);
	snprintf(c->csrf, sizeof c->csrf, "%s", good);
	c->header[0] = "Origin: https://evil.example";
	assert_int_equal(post(c, course_page("/rating"), "stars=1"), 403);
	snprintf(c->csrf, sizeof c->csrf, "%s", good);
	c->header[0] = "Sec-Fetch-Site: cross-site";
	assert_int_equal(post(c, course_page("/rating"), "stars=1"), 403);
	snprintf(c->csrf, sizeof c->csrf, "%s", good);
	c->header[0] = "Sec-Fetch-Site: same-site";
	assert_int_equal(post(c, course_page("/rating"), "stars=1"), 403);
	snprintf(c->csrf, sizeof c->csrf, "%s", good);
	c->header[0] = "Origin: null";
	assert_int_equal(post(c, course_page("/rating"), "stars=1"), 403);
	snprintf(c->csrf, sizeof c->csrf, "%s", good);
	assert_true(database_hash(f, true) == before);
	char *origin = strdup(base_of("Origin: %s", f->base));
	c->header[0] = origin;
	assert_int_equal(post(c, course_page("/rating"), "stars=5&words=Clear+and+short"), 303);
	free(origin);
}

static void a_foreign_page_cannot_sign_anybody_in(void **state)
{
	struct client *k = client_new(f);
	(void)state;
	k->header[0] = "Sec-Fetch-Site: cross-site";
	assert_int_equal(sign_in(k, "learner@example.gov.in", PASSWORD), 403);
	client_free(k);
}

/* ── the edges of HTTP ── */

static void head_is_get_without_a_body(void **state)
{
	(void)state;
	assert_int_equal(head_of(c, "/courses"), 200);
	assert_int_equal(c->body.n, 0);
	assert_true(strtoll(answer_header(c, "Content-Length"), NULL, 10) > 1000);
}

static void other_methods_and_addresses_are_refused(void **state)
{
	(void)state;
	assert_int_equal(send_raw(c, "DELETE", "/courses", NULL, NULL, 0), 405);
	assert_int_equal(send_raw(c, "PUT", course_page("/rating"), "application/json", "{}", 2), 405);
	assert_int_equal(get(c, "%s", course_page("/rating")), 405);
	assert_int_equal(get(c, "/nowhere"), 404);
	assert_int_equal(get(c, "/api/v1/nowhere"), 404);
	assert_true(body_has(c, "\"status\":404"));
	char *path = malloc(6000);
	assert_non_null(path);
	memset(path, 'a', 5000);
	path[0] = '/';
	path[5000] = 0;
	assert_int_equal(send_raw(c, "GET", path, NULL, NULL, 0), 413);
	free(path);
	char *body = calloc(1, 200000);
	assert_non_null(body);
	memset(body, 'a', 199999);
	assert_int_equal(send_raw(c, "POST", course_page("/rating"), "application/x-www-form-urlencoded", body, 199999), 413);
	free(body);
}

static void health_is_told_without_a_session(void **state)
{
	struct client *k = client_new(f);
	(void)state;
	assert_int_equal(get(k, "/healthz"), 200);
	assert_int_equal(get(k, "/healthz/live"), 200);
	assert_int_equal(get(k, "/healthz/ready"), 200);
	client_free(k);
}

static void assets_come_packed_and_are_kept_for_ever(void **state)
{
	char name[200] = "";
	struct client *k = client_new(f);
	(void)state;
	for (const struct asset *a = assets; a->key; a++)
		if (strcmp(a->key, "app.css") == 0)
			snprintf(name, sizeof name, "%s", a->name);
	assert_true(name[0]);
	assert_int_equal(get(k, "/assets/%s", name), 200);
	size_t plain = k->body.n;
	assert_null(answer_header(k, "Content-Encoding"));
	k->header[0] = "Accept-Encoding: gzip";
	assert_int_equal(get(k, "/assets/%s", name), 200);
	assert_string_equal(answer_header(k, "Content-Encoding"), "gzip");
	assert_string_equal(answer_header(k, "Vary"), "Accept-Encoding");
	assert_non_null(strstr(answer_header(k, "Cache-Control"), "immutable"));
	assert_true(k->body.n < plain / 2);
	assert_int_equal(get(k, "/assets/none.css"), 404);
	client_free(k);
	c->header[0] = "Accept-Encoding: gzip";
	assert_int_equal(get(c, "/courses"), 200);
	assert_string_equal(answer_header(c, "Content-Encoding"), "gzip");
}

/* ── leaving ── */

static void signing_out_ends_this_device_only(void **state)
{
	struct client *k = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(k, "/me"), 200);
	assert_int_equal(post(k, "/sign-out", ""), 303);
	assert_string_equal(answer_header(k, "Location"), "/sign-in");
	assert_int_equal(get(k, "/me"), 303);
	assert_int_equal(get(c, "/me"), 200);
	client_free(k);
}

static void a_stolen_cookie_dies_with_sign_out(void **state)
{
	struct client *k = client_as(f, w.learner), *thief = client_new(f);
	struct curl_slist *cookies = NULL;
	(void)state;
	curl_easy_getinfo(k->curl, CURLINFO_COOKIELIST, &cookies);
	for (struct curl_slist *s = cookies; s; s = s->next)
		curl_easy_setopt(thief->curl, CURLOPT_COOKIELIST, s->data);
	curl_slist_free_all(cookies);
	assert_int_equal(get(thief, "/me"), 200);
	assert_int_equal(post(k, "/sign-out", ""), 303);
	assert_int_equal(get(thief, "/me"), 303);
	client_free(k);
	client_free(thief);
}

static void signing_out_everywhere_ends_all_devices(void **state)
{
	struct client *k = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(k, "/me"), 200);
	assert_int_equal(post(c, "/me/sessions/end", ""), 303);
	assert_int_equal(get(c, "/me"), 303);
	assert_int_equal(get(k, "/me"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM session WHERE person_id = %lld", (long long)w.learner), 0);
	client_free(k);
}

static void the_list_of_sessions_knows_when_each_was_last_in_use(void **state)
{
	struct client *k = client_as(f, w.learner);
	int64_t begun = f->app.fixed_now;
	(void)state;
	f->app.fixed_now += 50 * MINUTE;
	assert_int_equal(get(k, "/me"), 200);
	assert_int_equal(query_int(f, "SELECT max(seen_at) FROM session WHERE person_id = %lld", (long long)w.learner), begun);
	f->app.fixed_now += 2 * HOUR;
	assert_int_equal(get(k, "/me"), 200);
	/* The answer does not wait for it. */
	for (int i = 0; i < 500 && query_int(f, "SELECT max(seen_at) FROM session WHERE person_id = %lld", (long long)w.learner) == begun; i++)
		usleep(10000);
	assert_int_equal(query_int(f, "SELECT max(seen_at) FROM session WHERE person_id = %lld", (long long)w.learner), f->app.fixed_now);
	client_free(k);
}

static void a_session_ends_after_fourteen_days(void **state)
{
	struct client *k = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(k, "/me"), 200);
	f->app.fixed_now += 14 * DAY + SECOND;
	assert_int_equal(get(k, "/me"), 303);
	client_free(k);
}

/* ── what is for whom ── */

static enum err recommend_in_tx(struct ctx *cx, void *arg)
{
	return recommendation_add(cx, arg);
}

static void recommend(const char *kind, int64_t org_id, int64_t designation_id, const char *reason)
{
	struct recommend r = { w.hindi, str_of(kind), org_id, designation_id, str_of(reason), str_of(reason) };
	in_tx(f, recommend_in_tx, &r);
}

/* The home page gives the one reason and not the other; the catalogue finds the course under the kind. */
static void at_home(int64_t person, const char *yes, const char *no, const char *kind)
{
	struct client *k = client_as(f, person);
	assert_int_equal(get(k, "/"), 200);
	assert_true(body_has(k, yes));
	assert_false(body_has(k, no));
	assert_int_equal(get(k, base_of("/courses?kind=%s", kind)), 200);
	assert_true(body_has(k, "नस्ती का लेखन"));
	client_free(k);
}

static void what_is_recommended_reaches_those_it_is_for_and_the_plan_of_a_ministry_stands_first(void **state)
{
	(void)state;
	recommend("role", NONE, a_designation(f, "clerk"), "For clerks");
	at_home(w.other_learner, "What comes next", "For clerks", "self");
	recommend("common", NONE, NONE, "For all");
	at_home(w.other_learner, "For all", "For clerks", "common");
	recommend("role", NONE, a_designation(f, "so"), "For section officers");
	at_home(w.other_learner, "For section officers", "For all", "role");
	recommend("ministry", w.ministry, NONE, "The plan of the ministry");
	at_home(w.colleague, "The plan of the ministry", "For section officers", "ministry");
	at_home(w.other_learner, "For section officers", "The plan of the ministry", "role");
}

static void a_course_leads_to_itself_in_other_languages_and_back(void **state)
{
	struct client *k = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(k, course_page("")), 200);
	assert_false(body_has(k, "Also in:"));
	tamper(f, "UPDATE course SET translation_of_id = %lld WHERE id = %lld", (long long)w.course, (long long)w.hindi);
	assert_int_equal(get(k, course_page("")), 200);
	assert_true(body_has(k, base_of("Also in: <a href=\"/courses/%lld\" lang=\"hi\"", (long long)w.hindi)));
	assert_int_equal(get(k, base_of("/courses/%lld", (long long)w.hindi)), 200);
	assert_true(body_has(k, base_of("Also in: <a href=\"/courses/%lld\" lang=\"en\"", (long long)w.course)));
	client_free(k);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	c = client_new(f);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(c);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_not_signed_in_is_sent_to_sign_in_and_back),
		cmocka_unit_test(a_wrong_password_says_nothing_about_the_account),
		cmocka_unit_test(after_eight_wrong_passwords_the_right_one_must_wait_too),
		cmocka_unit_test(the_right_password_opens_the_page_one_came_for),
		cmocka_unit_test(sign_in_leads_to_no_other_site),
		cmocka_unit_test(home_greets_by_name),
		cmocka_unit_test(the_catalogue_lists_and_finds_in_english_and_hindi),
		cmocka_unit_test(a_wrong_query_is_refused_with_its_field),
		cmocka_unit_test(the_language_changes_and_the_place_stays),
		cmocka_unit_test(enrolling_is_one_form_and_says_so_once),
		cmocka_unit_test(what_is_read_and_played_is_credited),
		cmocka_unit_test(a_film_comes_in_ranges_and_only_to_those_signed_in),
		cmocka_unit_test(a_quiz_is_begun_saved_and_handed_in),
		cmocka_unit_test(the_last_part_completes_the_course_with_a_certificate),
		cmocka_unit_test(anybody_can_verify_the_certificate),
		cmocka_unit_test(the_course_is_rated_once_it_is_completed),
		cmocka_unit_test(ending_an_enrolment_keeps_the_progress),
		cmocka_unit_test(a_form_of_another_site_changes_nothing),
		cmocka_unit_test(a_foreign_page_cannot_sign_anybody_in),
		cmocka_unit_test(head_is_get_without_a_body),
		cmocka_unit_test(other_methods_and_addresses_are_refused),
		cmocka_unit_test(health_is_told_without_a_session),
		cmocka_unit_test(assets_come_packed_and_are_kept_for_ever),
		cmocka_unit_test(signing_out_ends_this_device_only),
		cmocka_unit_test(a_stolen_cookie_dies_with_sign_out),
		cmocka_unit_test(signing_out_everywhere_ends_all_devices),
		cmocka_unit_test(the_list_of_sessions_knows_when_each_was_last_in_use),
		cmocka_unit_test(a_session_ends_after_fourteen_days),
		cmocka_unit_test(what_is_recommended_reaches_those_it_is_for_and_the_plan_of_a_ministry_stands_first),
		cmocka_unit_test(a_course_leads_to_itself_in_other_languages_and_back),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
