/* Work allocation orders: what a draft shows, what publishing asks for, how orders follow each other and what people's work is by them, paper and signed
 * copies, and what a stranger learns. */
#include "http_test.h"
#include "feature/allocation/order.h"
#include "feature/merge/merge.h"
#include "feature/post/post.h"
#include "feature/proficiency/proficiency.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static struct client *admin;
static int64_t office, drafting, speaking, files, cash;

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

static const char *day_text(int64_t day)
{
	struct civil c = clock_date(day);
	return str_fmt(f->cx.arena, "%04d-%02d-%02d", c.year, c.month, c.day).p;
}

/* To the same time of a later day, with work that comes again and again queued two hours before. The administrator signs in anew. */
static void pass_days(int64_t n)
{
	f->app.fixed_now += n * DAY - 2 * HOUR;
	f->cx.now = f->app.fixed_now;
	schedule_work(f);
	f->app.fixed_now += 2 * HOUR;
	f->cx.now = f->app.fixed_now;
	work_now(f);
	client_free(admin);
	admin = client_as(f, w.admin);
}

static const char *at(int64_t order, const char *rest)
{
	return base_of("/orgs/%lld/allocations/%lld%s", (long long)office, (long long)order, rest);
}

static const char *api(int64_t order, const char *rest)
{
	return base_of("/api/v1/orgs/%lld/allocations/%lld%s", (long long)office, (long long)order, rest);
}

static long begin_order(const char *number, int64_t from_day, const char *begin, const char *officers, int64_t *ret_id)
{
	char body[400];
	snprintf(body, sizeof body, "{\"number\":\"%s\",\"subject\":\"Distribution of work\",\"from_day\":\"%s\",\"begin\":\"%s\",\"officers\":\"%s\"}", number,
		 day_text(from_day), begin, officers);
	long status = post_json(admin, base_of("/api/v1/orgs/%lld/allocations", (long long)office), body);
	*ret_id = status == 200 ? json_number(admin, "id") : 0;
	return status;
}

static int64_t a_draft(const char *number, int64_t from_day, const char *begin, const char *officers)
{
	int64_t id;
	NEED(begin_order(number, from_day, begin, officers, &id) == 200, "no draft: %ld %s", admin->status, buf_get(&admin->body).p);
	return id;
}

static const char *allotment(int64_t order, int64_t person, int64_t activity, const char *rest)
{
	return api(order, base_of("/allotments/%lld/%lld%s", (long long)person, (long long)activity, rest));
}

static long allot(int64_t order, int64_t person, int64_t activity, const char *hours)
{
	return post_json(admin, allotment(order, person, activity, ""), base_of("{\"hours\":%s}", hours));
}

static long publish(int64_t order, const char *reason)
{
	return post_json(admin, api(order, "/publish"), base_of("{\"reason\":\"%s\"}", reason));
}

static void state_is(int64_t order, const char *wanted)
{
	char state[40];
	query_text(f, state, sizeof state, "SELECT state FROM allocation WHERE id = %lld", (long long)order);
	assert_string_equal(state, wanted);
}

static const char *code_of(int64_t order)
{
	char code[60];
	query_text(f, code, sizeof code, "SELECT code FROM allocation WHERE id = %lld", (long long)order);
	return str_fmt(f->cx.arena, "%s", code).p;
}

static int64_t duties(int64_t order, int64_t person, const char *more)
{
	return query_int(f, "SELECT count(*) FROM duty WHERE source_id = %lld AND person_id = %lld %s", (long long)order, (long long)person, more);
}

static int64_t asked(int64_t person, int64_t competency)
{
	return query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld AND competency_id = %lld", (long long)person, (long long)competency);
}

/* ── drafts ── */

static void from_the_posts_everybody_has_what_his_post_consists_of(void **state)
{
	int64_t id = a_draft("1/2026", today(), "posts", "everybody");
	(void)state;
	assert_int_equal(get(admin, "%s", api(id, "")), 200);
	assert_int_equal(json_number(admin, "n_allotted"), 2);
	assert_int_equal(json_number(admin, "n_missing_all"), 0);
	assert_int_equal(query_int(f, "SELECT minutes FROM allotment WHERE allocation_id = %lld AND person_id = %lld AND activity_id = %lld", (long long)id,
				   (long long)w.learner, (long long)files),
			 WEEK_MINUTES);
	assert_int_equal(get(admin, "%s", at(id, "")), 200);
	assert_true(body_has(admin, "Asha Verma") && body_has(admin, "put up files") && body_has(admin, "40 h a week") && body_has(admin, "under-loaded"));
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM allotment WHERE allocation_id = %lld", (long long)id), 0);
	assert_int_equal(get(admin, "%s", at(id, "")), 404);
}

static void what_nobody_has_stands_there_with_who_could_take_it(void **state)
{
	int64_t id = a_draft("2/2026", today(), "empty", "everybody");
	(void)state;
	assert_int_equal(get(admin, "%s", at(id, "")), 200);
	assert_true(body_has(admin, "Nobody has it") && body_has(admin, "put up files") && body_has(admin, "receive cash"));
	/* Bala Iyer is the only one with evidence, and it is of drafting. */
	assert_true(body_has(admin, "Bala Iyer meets what it needs") &&
		    body_has(admin, base_of("/allotments/%lld/%lld", (long long)w.colleague, (long long)files)));
	assert_false(body_has(admin, base_of("/allotments/%lld/%lld", (long long)w.colleague, (long long)cash)));
	assert_int_equal(get(admin, "%s", api(id, base_of("/activities/%lld", (long long)files))), 200);
	const char *bala = strstr(buf_get(&admin->body).p, "Bala Iyer"), *asha = strstr(buf_get(&admin->body).p, "Asha Verma");
	assert_true(bala && asha && bala < asha && body_has(admin, "\"fit\":\"met\"") && body_has(admin, "\"fit\":\"unknown\""));
	assert_int_equal(allot(id, w.colleague, files, "7.5"), 200);
	assert_int_equal(get(admin, "%s", api(id, "/allotments")), 200);
	assert_true(body_has(admin, "\"minutes\":450") && body_has(admin, "\"fit\":\"met\""));
	assert_int_equal(get(admin, "%s", api(id, "")), 200);
	assert_int_equal(json_number(admin, "n_missing_all"), 1);
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
}

static void an_activity_stands_with_an_officer_once_and_what_is_shared_is_named(void **state)
{
	int64_t id = a_draft("3/2026", today(), "empty", "everybody");
	(void)state;
	assert_int_equal(allot(id, w.learner, files, "8"), 200);
	assert_int_equal(allot(id, w.learner, files, "10"), 200);
	assert_int_equal(query_int(f, "SELECT sum(minutes) FROM allotment WHERE allocation_id = %lld", (long long)id), 600);
	assert_int_equal(get(admin, "%s", at(id, "")), 200);
	assert_false(body_has(admin, "Shared by several officers"));
	assert_int_equal(allot(id, w.boss, files, "2"), 200);
	assert_int_equal(get(admin, "%s", at(id, "")), 200);
	assert_true(body_has(admin, "Shared by several officers"));
	/* It goes to nobody who has it already, and takes its hours along to who has not. */
	const char *move = allotment(id, w.learner, files, "/move");
	assert_int_equal(post_json(admin, move, base_of("{\"to_id\":\"%lld\"}", (long long)w.boss)), 409);
	assert_int_equal(post_json(admin, move, base_of("{\"to_id\":\"%lld\"}", (long long)w.other_learner)), 404);
	assert_int_equal(post_json(admin, move, base_of("{\"to_id\":\"%lld\"}", (long long)w.colleague)), 200);
	assert_int_equal(query_int(f, "SELECT minutes FROM allotment WHERE allocation_id = %lld AND person_id = %lld", (long long)id, (long long)w.colleague),
			 600);
	assert_int_equal(post_json(admin, allotment(id, w.learner, files, "/take"), "{}"), 409);
	assert_int_equal(post_json(admin, allotment(id, w.colleague, files, "/take"), "{}"), 200);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(allot(id, w.learner, files, (const char *[]){ "0.4", "61", "-1", "\"many\"" }[i]), 422);
	assert_int_equal(allot(id, w.learner, 4711, "4"), 422);
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
}

static void only_who_works_in_the_office_is_named(void **state)
{
	int64_t id = a_draft("4/2026", today(), "empty", "chosen");
	char email[80];
	(void)state;
	query_text(f, email, sizeof email, "SELECT email FROM person WHERE id = %lld", (long long)w.other_learner);
	assert_int_equal(post_json(admin, api(id, "/officers"), base_of("{\"person\":\"%s\"}", email)), 422);
	assert_true(body_has(admin, "does not work here"));
	assert_int_equal(post_json(admin, api(id, "/officers"), "{\"person\":\"nobody@example.gov.in\"}"), 422);
	assert_int_equal(post_json(admin, api(id, "/officers"), "{\"person\":\"learner@example.gov.in\"}"), 200);
	assert_int_equal(post_json(admin, api(id, "/officers"), "{\"person\":\"learner@example.gov.in\"}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM allocation_officer WHERE allocation_id = %lld", (long long)id), 1);
	assert_int_equal(allot(id, w.boss, files, "4"), 404);
	assert_int_equal(allot(id, w.learner, files, "4"), 200);
	assert_int_equal(post_json(admin, api(id, base_of("/officers/%lld/drop", (long long)w.learner)), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM allotment WHERE allocation_id = %lld", (long long)id), 0);
	assert_int_equal(publish(id, ""), 409);
	assert_true(body_has(admin, "Nothing is allotted"));
	assert_int_equal(begin_order("4a", today() - 1, "empty", "chosen", &id), 422);
	assert_true(body_has(admin, "from_day"));
	assert_int_equal(begin_order("4b", today(), "force", "chosen", &id), 409);
}

static void whoever_has_no_role_here_neither_sees_nor_makes_orders(void **state)
{
	int64_t id = a_draft("5/2026", today(), "empty", "everybody");
	struct client *other = client_as(f, w.other_admin), *learner = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(other, "%s", at(id, "")), 403);
	assert_int_equal(get(learner, "%s", at(id, "")), 403);
	/* An order of another office is not reached through one's own. */
	assert_int_equal(get(other, "/orgs/%lld/allocations/%lld", (long long)w.other_office, (long long)id), 404);
	assert_int_equal(post_json(other, base_of("/api/v1/orgs/%lld/allocations/%lld/publish", (long long)w.other_office, (long long)id), "{}"), 404);
	assert_int_equal(get(other, "/orgs/%lld/allocations/%lld/order.pdf", (long long)w.other_office, (long long)id), 404);
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
	client_free(other);
	client_free(learner);
}

/* ── publishing ── */

static int64_t first, second;

static void more_than_a_week_needs_a_reason(void **state)
{
	(void)state;
	first = a_draft("10/2026", today(), "empty", "everybody");
	assert_int_equal(allot(first, w.learner, cash, "44"), 200);
	assert_int_equal(allot(first, w.learner, files, "0.5"), 200);
	assert_int_equal(publish(first, ""), 422);
	assert_true(body_has(admin, "reason") && body_has(admin, "Asha Verma has 111% of a working week"));
	assert_int_equal(publish(first, "   "), 422);
	state_is(first, "draft");
	assert_int_equal(query_int(f, "SELECT count(*) FROM duty"), 0);
	assert_int_equal(publish(first, "Two posts are vacant."), 200);
	assert_int_equal(get(admin, "%s", at(first, "")), 200);
	assert_true(body_has(admin, "Two posts are vacant.") && body_has(admin, "In force"));
}

static void an_order_of_today_is_in_force_and_gaps_follow_its_duties(void **state)
{
	(void)state;
	state_is(first, "force");
	assert_int_equal(duties(first, w.learner, base_of("AND from_day = %lld AND until_day IS NULL", (long long)today())), 2);
	assert_int_equal(asked(w.learner, speaking), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'allocation' AND person_id = %lld AND path = '/me/work'", (long long)w.learner),
			 1);
	/* Who has nothing by it is not told anything. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'allocation' AND person_id = %lld", (long long)w.boss), 0);
	assert_int_equal(check_findings(f), 0);
	/* Nothing of it changes any more. */
	assert_int_equal(allot(first, w.learner, files, "4"), 409);
	assert_int_equal(post_json(admin, api(first, base_of("/officers/%lld/drop", (long long)w.learner)), "{}"), 409);
	assert_int_equal(post(admin, at(first, "/discard"), ""), 409);
	assert_int_equal(publish(first, "again"), 409);
	assert_int_equal(post_json(admin, api(first, "/withdraw"), "{}"), 409);
}

static void a_number_and_a_day_are_given_once(void **state)
{
	int64_t id = a_draft("10/2026", today() + 3, "force", "chosen");
	(void)state;
	assert_int_equal(query_int(f, "SELECT count(*) FROM allotment WHERE allocation_id = %lld", (long long)id), 2);
	assert_int_equal(publish(id, "Vacant"), 409);
	assert_true(body_has(admin, "number 10/2026 already"));
	assert_int_equal(post_json(admin, api(id, ""), base_of("{\"number\":\"11/2026\",\"subject\":\"x\",\"from_day\":\"%s\"}", day_text(today()))), 200);
	assert_int_equal(publish(id, "Vacant"), 409);
	assert_true(body_has(admin, "begins on the same day"));
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
}

static void an_order_of_a_later_day_waits_and_can_be_withdrawn(void **state)
{
	int64_t id = a_draft("12/2026", today() + 10, "force", "everybody");
	struct client *stranger = client_new(f);
	(void)state;
	assert_int_equal(publish(id, "Vacant"), 200);
	state_is(id, "published");
	assert_int_equal(duties(id, w.learner, ""), 0);
	assert_int_equal(get(stranger, "/allocations/verify/%s", code_of(id)), 200);
	assert_true(body_has(stranger, "Not yet in force"));
	assert_int_equal(post_json(admin, api(id, "/withdraw"), "{}"), 200);
	state_is(id, "withdrawn");
	assert_int_equal(get(stranger, "/allocations/verify/%s", code_of(id)), 200);
	assert_true(body_has(stranger, "never came into force"));
	client_free(stranger);
}

static void on_its_day_it_replaces_the_one_in_force(void **state)
{
	int64_t from = today() + 5;
	(void)state;
	second = a_draft("13/2026", from, "empty", "everybody");
	assert_int_equal(allot(second, w.learner, files, "20"), 200);
	assert_int_equal(allot(second, w.colleague, cash, "30"), 200);
	assert_int_equal(publish(second, ""), 200);
	pass_days(4);
	state_is(second, "published");
	assert_int_equal(asked(w.colleague, speaking), 1); /* by the post held */
	assert_int_equal(duties(first, w.learner, "AND until_day IS NULL"), 2);
	pass_days(1);
	state_is(second, "force");
	state_is(first, "replaced");
	/* The day before the first day of the new one is the last of the old one's. */
	assert_int_equal(duties(first, w.learner, base_of("AND until_day = %lld", (long long)from)), 2);
	assert_int_equal(duties(second, w.learner, base_of("AND from_day = %lld", (long long)from)), 1);
	assert_int_equal(query_int(f, "SELECT until_day FROM allocation WHERE id = %lld", (long long)first), from);
	assert_int_equal(query_int(f, "SELECT replaced_by_id FROM allocation WHERE id = %lld", (long long)first), second);
	/* What only the old one asked of her is asked no more. */
	assert_int_equal(asked(w.learner, speaking), 0);
	assert_int_equal(asked(w.learner, drafting), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'allocation' AND person_id = %lld", (long long)w.colleague), 1);
	assert_int_equal(check_findings(f), 0);
	pass_days(1);
	assert_int_equal(duties(second, w.learner, ""), 1);
}

static void history_says_what_an_order_changed(void **state)
{
	(void)state;
	assert_int_equal(get(admin, "%s", at(second, "/differences")), 200);
	assert_true(body_has(admin, "10/2026") && body_has(admin, "moved") && body_has(admin, "other hours") && body_has(admin, "Bala Iyer</span>, 30 h"));
	assert_int_equal(get(admin, "%s", api(second, "/differences")), 200);
	assert_true(body_has(admin, "\"kind\":\"moved\"") && body_has(admin, "\"hours_was\":\"44\""));
	assert_int_equal(get(admin, "%s", at(first, base_of("/differences?with_id=%lld", (long long)second))), 200);
	assert_int_equal(get(admin, "%s", at(first, "/differences?with_id=4711")), 404);
	assert_int_equal(get(admin, "%s", at(first, "/differences")), 200);
	assert_true(body_has(admin, "first order of this office"));
	assert_int_equal(get(admin, "/orgs/%lld/allocations", (long long)w.office), 200);
	assert_true(body_has(admin, "Replaced") && body_has(admin, "In force") && body_has(admin, "Withdrawn"));
}

/* ── paper ── */

static const char *file_of_the_test(const char *name)
{
	return str_fmt(f->cx.arena, "%s/%s", f->dir, name).p;
}

/* What a program of poppler writes about the last answer. */
static const char *of_paper(struct client *c, char *const *argv)
{
	struct str pdf = buf_get(&c->body);
	const char *said = file_of_the_test("paper.said");
	posix_spawn_file_actions_t files_open;
	struct buf b;
	pid_t pid;
	int status;
	FILE *o = fopen(file_of_the_test("paper.pdf"), "wb");
	NEED(o && fwrite(pdf.p, 1, pdf.n, o) == pdf.n && fclose(o) == 0, "no file");
	posix_spawn_file_actions_init(&files_open);
	posix_spawn_file_actions_addopen(&files_open, 1, said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	NEED(posix_spawnp(&pid, argv[0], &files_open, NULL, argv, environ) == 0 && waitpid(pid, &status, 0) == pid && status == 0, "%s refuses it", argv[0]);
	posix_spawn_file_actions_destroy(&files_open);
	buf_init(&b, f->cx.arena, 4 << 20);
	FILE *in = fopen(said, "rb");
	NEED(in && buf_read(&b, in) && fclose(in) == 0, "no text");
	return buf_get(&b).p;
}

static const char *text_of_paper(struct client *c)
{
	char program[] = "pdftotext", layout[] = "-layout", to[] = "-";
	char *const argv[] = { program, layout, (char *)(uintptr_t)file_of_the_test("paper.pdf"), to, NULL };
	return of_paper(c, argv);
}

static int64_t pages_of_paper(struct client *c)
{
	char program[] = "pdfinfo";
	char *const argv[] = { program, (char *)(uintptr_t)file_of_the_test("paper.pdf"), NULL };
	const char *line = strstr(of_paper(c, argv), "Pages:");
	return line ? strtol(line + 6, NULL, 10) : 0;
}

static void the_paper_says_who_does_what_and_carries_the_hash(void **state)
{
	char document[4000];
	(void)state;
	query_text(f, document, sizeof document, "SELECT document FROM allocation WHERE id = %lld", (long long)second);
	struct str hash = order_hash(&f->cx, str_of(document));
	assert_int_equal(get(admin, "%s", at(second, "/order.pdf")), 200);
	assert_string_equal(answer_header(admin, "Content-Type"), "application/pdf");
	struct str one = str_dup(f->cx.arena, buf_get(&admin->body));
	const char *text = text_of_paper(admin);
	assert_non_null(strstr(text, hash.p));
	assert_non_null(strstr(text, code_of(second)));
	assert_true(strstr(text, "Asha Verma") && strstr(text, "put up files") && strstr(text, "13/2026") && strstr(text, "Office of Firsts"));
	/* The same order is the same file on another day, whatever has been renamed meanwhile. */
	tamper(f, "UPDATE person SET name = 'Asha Varma' WHERE id = %lld", (long long)w.learner);
	pass_days(1);
	assert_int_equal(get(admin, "%s", at(second, "/order.pdf")), 200);
	assert_true(str_eq(one, buf_get(&admin->body)));
	tamper(f, "UPDATE person SET name = 'Asha Verma' WHERE id = %lld", (long long)w.learner);
	struct client *c = client_new(f);
	assert_int_equal(get(c, "/allocations/verify/%s", code_of(second)), 200);
	assert_true(body_has(c, hash.p));
	client_free(c);
}

static void the_public_page_names_nobody(void **state)
{
	static const char *const names[] = { "Asha Verma", "Bala Iyer", "Meera Nair", "put up files", "Distribution of work" };
	struct client *c = client_new(f);
	(void)state;
	int64_t id = a_draft("14/2026", today(), "force", "chosen");
	assert_int_equal(get(c, "/allocations/verify/%s", code_of(id)), 404);
	assert_int_equal(get(c, "/allocations/verify/0123456789abcdef0123"), 404);
	assert_int_equal(get(c, "/api/v1/allocations/%s", code_of(first)), 200);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_false(body_has(c, names[i]));
	assert_int_equal(get(c, "/allocations/verify/%s", code_of(first)), 200);
	assert_true(body_has(c, "10/2026") && body_has(c, "Office of Firsts") && body_has(c, "was replaced on"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_false(body_has(c, names[i]));
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
	client_free(c);
}

/* ── signed copies ── */

#define BOUNDARY "----karmayogi"
#define PDF(inside) "%PDF-1.4\n" inside "\n%%EOF\n"

static long bring(struct client *c, const char *path, const char *bytes, size_t n)
{
	struct buf body;
	buf_init(&body, f->cx.arena, 32 << 20);
	buf_fmt(&body,
		"--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--" BOUNDARY
		"\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../scan \\\"1.pdf\"\r\nContent-Type: application/pdf\r\n\r\n",
		c->csrf);
	buf_add(&body, bytes, n);
	buf_lit(&body, "\r\n--" BOUNDARY "--\r\n");
	return send_raw(c, "POST", path, "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
}

static void only_a_whole_pdf_is_kept_as_a_signed_copy(void **state)
{
	static const char *const wrong[] = { "", "x", "%PDF-1.4\nhalf of it", "GIF89a %%EOF", "<html>%PDF-1.4 %%EOF</html>", "PK\x03\x04" };
	size_t n = (10 << 20) + 1;
	char *large = calloc(1, n);
	(void)state;
	NEED(large, "memory");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(bring(admin, at(second, "/copies"), wrong[i], strlen(wrong[i])), 422);
	memcpy(large, "%PDF-1.4\n", 9);
	memcpy(large + n - 6, "%%EOF\n", 6);
	assert_int_equal(bring(admin, at(second, "/copies"), large, n), 422);
	assert_true(body_has(admin, "larger than 10 MB"));
	free(large);
	assert_int_equal(query_int(f, "SELECT count(*) FROM allocation_copy"), 0);
	assert_int_not_equal(access(str_fmt(f->cx.arena, "%s/allocation", f->dir).p, F_OK), 0);
	/* Nor of a draft. */
	int64_t id = a_draft("15/2026", today(), "force", "chosen");
	assert_int_equal(bring(admin, at(id, "/copies"), PDF("draft"), strlen(PDF("draft"))), 409);
	assert_int_not_equal(access(str_fmt(f->cx.arena, "%s/allocation", f->dir).p, F_OK), 0);
	assert_int_equal(post(admin, at(id, "/discard"), ""), 303);
}

static void all_copies_stay_and_only_those_who_may_reach_them(void **state)
{
	struct client *other = client_as(f, w.other_admin), *learner = client_as(f, w.learner), *nobody = client_new(f);
	(void)state;
	assert_int_equal(bring(admin, at(second, "/copies"), PDF("first"), strlen(PDF("first"))), 303);
	assert_int_equal(bring(admin, at(second, "/copies"), PDF("second"), strlen(PDF("second"))), 303);
	int64_t one = query_int(f, "SELECT min(id) FROM allocation_copy"), two = query_int(f, "SELECT max(id) FROM allocation_copy");
	assert_int_equal(query_int(f, "SELECT count(*) FROM allocation_copy WHERE kept_by = %lld", (long long)w.admin), 2);
	assert_int_equal(get(admin, "%s", at(second, base_of("/copies/%lld", (long long)one))), 200);
	assert_true(body_has(admin, "first"));
	assert_string_equal(answer_header(admin, "Content-Type"), "application/pdf");
	assert_string_equal(answer_header(admin, "X-Content-Type-Options"), "nosniff");
	assert_non_null(strstr(answer_header(admin, "Content-Disposition"), "attachment"));
	assert_int_equal(get(admin, "%s", at(second, base_of("/copies/%lld", (long long)two))), 200);
	assert_true(body_has(admin, "second"));
	/* Not through another order, not by who may not, not by nobody. */
	assert_int_equal(get(admin, "%s", at(first, base_of("/copies/%lld", (long long)one))), 404);
	assert_int_equal(get(other, "%s", at(second, base_of("/copies/%lld", (long long)one))), 403);
	assert_int_equal(get(other, "/orgs/%lld/allocations/%lld/copies/%lld", (long long)w.other_office, (long long)second, (long long)one), 404);
	assert_int_equal(get(learner, "%s", at(second, base_of("/copies/%lld", (long long)one))), 403);
	assert_true(get(nobody, "%s", at(second, base_of("/copies/%lld", (long long)one))) != 200);
	assert_int_equal(bring(other, at(second, "/copies"), PDF("x"), strlen(PDF("x"))), 403);
	client_free(other);
	client_free(learner);
	client_free(nobody);
}

/* ── people move ── */

static enum err move_fn(struct ctx *cx, void *arg)
{
	struct person_post to = {
		.person_id = *(int64_t *)arg, .org_id = w.other_office, .designation_id = a_designation(f, "so"), .supervisor_id = NONE, .from_day = today()
	};
	return person_post(cx, &to);
}

static void a_transfer_ends_the_duties_of_the_office_left(void **state)
{
	int64_t late = a_draft("20/2026", today() + 30, "force", "chosen");
	(void)state;
	in_tx(f, move_fn, &w.learner);
	assert_int_equal(duties(second, w.learner, base_of("AND until_day = %lld", (long long)today())), 1);
	assert_int_equal(duties(second, w.colleague, "AND until_day IS NULL"), 1);
	assert_int_equal(asked(w.learner, drafting), 0);
	assert_int_equal(check_findings(f), 0);
	/* An order that names her as working here is not published. */
	assert_int_equal(publish(late, "x"), 409);
	assert_true(body_has(admin, "Asha Verma does not work here"));
	assert_int_equal(post(admin, at(late, "/discard"), ""), 303);
}

static enum err join_fn(struct ctx *cx, void *arg)
{
	const int64_t *who = arg;
	int64_t id;
	cx->actor.person_id = w.admin;
	enum err e = merge_join(cx, &(struct merge_join){ .org_id = w.ministry, .kept_id = who[0], .closed_id = who[1] }, &id);
	cx->actor.person_id = 0;
	return e;
}

static enum err leave_fn(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(int64_t *)arg, today() - 1, &posting);
}

/* Between publishing and its day one account is joined with another, and one officer leaves. Nobody works on the day and for days afterwards; then both orders
 * follow each other as their days say. */
static void orders_whose_days_have_passed_follow_each_other_and_find_people_as_they_are(void **state)
{
	int64_t kept, closed, gone, from = today();
	(void)state;
	office = an_org(f, "small-office", "Small Office", w.ministry);
	kept = a_person(f, "twin-one", "Kept Twin", office, 0);
	closed = a_person(f, "twin-two", "Kept Twin", office, 0);
	gone = a_person(f, "leaver", "Leaving Soon", office, 0);
	int64_t one = a_draft("S1", from + 2, "empty", "everybody");
	assert_int_equal(allot(one, closed, files, "30"), 200);
	assert_int_equal(allot(one, gone, files, "30"), 200);
	assert_int_equal(publish(one, ""), 200);
	int64_t two = a_draft("S2", from + 4, "empty", "everybody");
	assert_int_equal(allot(two, kept, files, "30"), 200);
	assert_int_equal(publish(two, ""), 200);
	in_tx(f, join_fn, (int64_t[]){ kept, closed });
	in_tx(f, leave_fn, &gone);
	pass_days(9);
	state_is(one, "replaced");
	state_is(two, "force");
	assert_int_equal(duties(one, kept, base_of("AND from_day = %lld AND until_day = %lld", (long long)from + 2, (long long)from + 4)), 1);
	assert_int_equal(duties(two, kept, base_of("AND from_day = %lld AND until_day IS NULL", (long long)from + 4)), 1);
	assert_int_equal(duties(one, closed, "") + duties(one, gone, ""), 0);
	assert_int_equal(check_findings(f), 0);
	office = w.office;
}

/* ── failures and size ── */

static void a_failing_statement_changes_nothing(void **state)
{
	int64_t id = a_draft("30/2026", today(), "force", "everybody");
	unsigned n;
	(void)state;
	for (n = 1; n < 120; n++) {
		uint64_t before = database_hash(f, true);
		f->app.fail_at = n;
		long status = publish(id, "x");
		f->app.fail_at = 0;
		if (status == 200)
			break;
		assert_int_equal(status, 503);
		assert_true(database_hash(f, true) == before);
	}
	assert_in_range(n, 12, 119);
	state_is(id, "force");
	state_is(second, "replaced");
}

struct many {
	int64_t role, post, office, activity[5], person;
	int n;
};

static enum err many_activities(struct ctx *cx, void *arg)
{
	struct many *m = arg;
	TRY(work_role_set(cx, &(struct work_role_set){ m->office, S("many"), S("Section work"), S("अनुभाग का कार्य") }, &m->role));
	for (int i = 0; i < 5; i++) {
		struct activity_need need = { drafting, 2 };
		struct activity_set in = { .role_id = m->role,
					   .code = str_fmt(cx->arena, "a%d", i),
					   .name_en = str_fmt(cx->arena, "Activity number %d of the section", i),
					   .name_hi = str_fmt(cx->arena, "अनुभाग की गतिविधि %d", i),
					   .needs = &need,
					   .n_needs = 1 };
		TRY(activity_set(cx, &in, &m->activity[i]));
	}
	return OK;
}

static enum err many_people(struct ctx *cx, void *arg)
{
	struct many *m = arg;
	for (int i = 0; i < 200; i++) {
		int64_t id, holding;
		TRY(person_add(cx, &(struct person_add){ .name = str_fmt(cx->arena, "Officer Number %d", i) }, &id));
		TRY(person_post(cx, &(struct person_post){ id, m->office, a_designation(f, "so"), NONE, today() - 30 }));
		TRY(holding_begin(cx, &(struct holding_begin){ m->post, id, HOLDING_SUBSTANTIVE, today() - 30, NONE, S("") }, &holding));
	}
	return OK;
}

static double ms_since(int64_t from)
{
	return (double)(clock_monotonic() - from) / 1e6;
}

static void the_largest_order_is_one_page_and_one_paper(void **state)
{
	struct many m = { .office = an_org(f, "large", "Large Office", w.ministry) };
	struct client *c = client_as(f, w.admin);
	char path[200], body[300];
	(void)state;
	in_tx(f, many_activities, &m);
	m.post = a_post(f, m.office, "many", 500, m.role);
	in_tx(f, many_people, &m);
	snprintf(body, sizeof body, "{\"number\":\"1\",\"subject\":\"सबका काम\",\"from_day\":\"%s\",\"begin\":\"posts\",\"officers\":\"everybody\"}",
		 day_text(today()));
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/allocations", (long long)m.office);
	int64_t from = clock_monotonic();
	assert_int_equal(post_json(c, path, body), 200);
	print_message("200 officers with 1,000 activities: begun in %.0f ms, ", ms_since(from));
	int64_t id = json_number(c, "id");
	from = clock_monotonic();
	assert_int_equal(get(c, "/orgs/%lld/allocations/%lld", (long long)m.office, (long long)id), 200);
	print_message("shown in %.0f ms (%zu KB), ", ms_since(from), c->body.n / 1024);
	from = clock_monotonic();
	assert_int_equal(post_json(c, base_of("%s/%lld/publish", path, (long long)id), "{}"), 200);
	print_message("in force in %.0f ms, ", ms_since(from));
	assert_int_equal(query_int(f, "SELECT count(*) FROM duty WHERE source_id = %lld", (long long)id), 1000);
	work_now(f);
	assert_int_equal(check_findings(f), 0);
	from = clock_monotonic();
	assert_int_equal(get(c, "/orgs/%lld/allocations/%lld/order.pdf", (long long)m.office, (long long)id), 200);
	print_message("printed in %.0f ms (%zu KB)\n", ms_since(from), c->body.n / 1024);
	const char *text = text_of_paper(c);
	assert_true(strstr(text, "Officer Number 0") && strstr(text, "Officer Number 199") && strstr(text, "सबका काम"));
	assert_in_range(pages_of_paper(c), 20, 100);
	/* One more is too many. */
	int64_t more = a_person(f, "one-more", "One More", m.office, 0);
	assert_true(more > 0);
	assert_int_equal(post_json(c, path, body), 413);
	client_free(c);
}

/* ── the world ── */

static enum err evidence_fn(struct ctx *cx, void *arg)
{
	int64_t id;
	(void)arg;
	return evidence_add(cx, &(struct evidence_add){ w.colleague, drafting, EVIDENCE_supervisor, 3000, w.boss, NONE, S("") }, &id);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	office = w.office;
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	speaking = query_int(f, "SELECT id FROM competency WHERE kind = 'theme' AND id <> %lld ORDER BY id LIMIT 1", (long long)drafting);
	int64_t establishment = a_work_role(f, w.ministry, "establishment", "put up files", drafting, 2),
		accounts = a_work_role(f, w.office, "accounts", "receive cash", speaking, 2);
	files = query_int(f, "SELECT id FROM activity WHERE role_id = %lld", (long long)establishment);
	cash = query_int(f, "SELECT id FROM activity WHERE role_id = %lld", (long long)accounts);
	a_holding(f, a_post(f, w.office, "filing", 1, establishment), w.learner, today() - 30);
	a_holding(f, a_post(f, w.office, "cash", 1, accounts), w.colleague, today() - 30);
	in_tx(f, evidence_fn, NULL);
	admin = client_as(f, w.admin);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(admin);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_the_posts_everybody_has_what_his_post_consists_of),
		cmocka_unit_test(what_nobody_has_stands_there_with_who_could_take_it),
		cmocka_unit_test(an_activity_stands_with_an_officer_once_and_what_is_shared_is_named),
		cmocka_unit_test(only_who_works_in_the_office_is_named),
		cmocka_unit_test(whoever_has_no_role_here_neither_sees_nor_makes_orders),
		cmocka_unit_test(more_than_a_week_needs_a_reason), /* from here on each stands on what those before it left */
		cmocka_unit_test(an_order_of_today_is_in_force_and_gaps_follow_its_duties),
		cmocka_unit_test(a_number_and_a_day_are_given_once),
		cmocka_unit_test(an_order_of_a_later_day_waits_and_can_be_withdrawn),
		cmocka_unit_test(on_its_day_it_replaces_the_one_in_force),
		cmocka_unit_test(history_says_what_an_order_changed),
		cmocka_unit_test(the_paper_says_who_does_what_and_carries_the_hash),
		cmocka_unit_test(the_public_page_names_nobody),
		cmocka_unit_test(only_a_whole_pdf_is_kept_as_a_signed_copy),
		cmocka_unit_test(all_copies_stay_and_only_those_who_may_reach_them),
		cmocka_unit_test(a_transfer_ends_the_duties_of_the_office_left),
		cmocka_unit_test(orders_whose_days_have_passed_follow_each_other_and_find_people_as_they_are),
		cmocka_unit_test(a_failing_statement_changes_nothing),
		cmocka_unit_test(the_largest_order_is_one_page_and_one_paper),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
