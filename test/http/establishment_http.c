/* Establishment files: nothing is changed until it is said, every wrong row is named and then nothing of the file is done, what is done can be taken back
 * whole; and so it is with a hundred thousand rows. */
#include "http_test.h"
#include "draw.h"
#include "est_rows.h"
#include "feature/establishment/establishment.h"
#include "feature/post/post.h"

static struct fixture *f;
static struct world w;
static struct client *admin;
static int64_t file_id, today;
static struct buf text;

#define BOUNDARY "----karmayogi-test"

/* ── files ── */

static void begin_file(void)
{
	buf_init(&text, f->cx.arena, ESTABLISHMENT_BYTES_MAX);
	est_head(&text);
}

static void row(const char *pairs)
{
	est_line(&text, pairs);
}

static const char *day(int64_t d)
{
	struct civil c = clock_date(d);
	return str_fmt(f->cx.arena, "%04d-%02d-%02d", c.year, c.month, c.day).p;
}

static const char *said(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static const char *said(const char *fmt, ...)
{
	char s[1000];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(s, sizeof s, fmt, ap);
	va_end(ap);
	return str_dup(f->cx.arena, str_of(s)).p;
}

static long bring_text(struct client *c, int64_t org, struct str s)
{
	char path[100];
	struct buf b;
	snprintf(path, sizeof path, "/orgs/%lld/establishment", (long long)org);
	NEED(get(c, "%s", path) == 200, "no page of files: %ld", c->status);
	buf_init(&b, f->cx.arena, ESTABLISHMENT_BYTES_MAX + 10000);
	buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n", c->csrf);
	buf_lit(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"e.csv\"\r\nContent-Type: text/csv\r\n\r\n");
	buf_str(&b, s);
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	struct str body = buf_get(&b);
	long status = send_raw(c, "POST", path, "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
	const char *to = answer_header(c, "Location");
	file_id = status == 303 && to ? strtoll(strrchr(to, '/') + 1, NULL, 10) : 0;
	return status;
}

static void bring(void)
{
	assert_int_equal(bring_text(admin, w.ministry, buf_get(&text)), 303);
}

static const char *one(const char *tail)
{
	return base_of("/orgs/%lld/establishment/%lld%s", (long long)w.ministry, (long long)file_id, tail);
}

static void state_is(const char *state)
{
	char s[20];
	query_text(f, s, sizeof s, "SELECT state FROM establishment WHERE id = %lld", (long long)file_id);
	assert_string_equal(s, state);
}

static void apply(void)
{
	assert_int_equal(post(admin, one("/apply"), ""), 303);
	work_now(f);
	state_is("applied");
	assert_int_equal(check_findings(f), 0);
}

static int64_t things(void)
{
	return query_int(f, "SELECT (SELECT count(*) FROM work_role) + (SELECT count(*) FROM activity) + (SELECT count(*) FROM activity_competency) + (SELECT "
			    "count(*) FROM post) "
			    "+ (SELECT count(*) FROM post_role) + (SELECT count(*) FROM holding)");
}

/* Whether the sentence of a row (as it stands in the list of mistakes) holds a text. */
static bool row_says(int line, const char *what)
{
	char mark[40];
	get(admin, "/api/v1%s", one("/errors"));
	snprintf(mark, sizeof mark, "{\"line\":%d,", line);
	const char *body = buf_get(&admin->body).p, *at = body;
	while ((at = strstr(at, mark))) {
		const char *end = strchr(at, '}'), *found = strstr(at, what);
		if (found && end && found < end)
			return true;
		at += strlen(mark);
	}
	print_error("row %d does not say “%s”: %.1500s\n", line, what, body);
	return false;
}

static void later(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
	today = clock_day_in_india(f->app.fixed_now);
}

/* ── laying down ── */

static void office(void)
{
	begin_file();
	row("kind=role|code=hand|name_en=Establishment hand|name_hi=स्थापना");
	row("kind=activity|role=hand|code=files|name_en=Put up files");
	row("kind=need|role=hand|activity=files|competency=kcm:behavioural.communication|level=2");
	row("kind=need|role=hand|activity=files|competency=behavioural.collaboration|level=1");
	row("kind=post|office=first-office|code=so-1|title_en=Section Officer|designation=so|sanctioned=2|roles=hand|from=2026-01-01");
	row("kind=holder|office=first-office|post=so-1|person=learner@example.gov.in|from=2026-01-01|order_no=A-1");
	row("kind=holder|office=first-office|post=so-1|person=colleague@example.gov.in|holding=additional|from=2026-02-01|until=2026-03-01");
}

static void a_file_changes_nothing_until_it_is_carried_out(void **state)
{
	(void)state;
	office();
	bring();
	state_is("looked");
	assert_int_equal(things(), 0);
	assert_int_equal(get(admin, "%s", one("")), 200);
	assert_true(body_has(admin, "Nothing has been changed yet") && body_has(admin, "first-office/so-1 Asha Verma"));
	assert_int_equal(get(admin, "/api/v1%s", one("")), 200);
	assert_true(body_has(admin, "\"n_rows\":7") && body_has(admin, "\"n_new\":7") && body_has(admin, "\"n_errors\":0"));
	apply();
	assert_int_equal(things(), 8); /* and what role the post has */
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld AND kind = 'substantive' AND until_day IS NULL", (long long)w.learner), 1);
	/* What the learner's work asks follows. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)w.learner), 2);
	assert_int_equal(post(admin, one("/apply"), ""), 409);
}

static void the_same_again_changes_nothing_and_the_export_is_such_a_file(void **state)
{
	(void)state;
	bring();
	assert_int_equal(get(admin, "/api/v1%s", one("")), 200);
	assert_true(body_has(admin, "\"n_new\":0,\"n_changed\":0,\"n_gone\":0,\"n_same\":7"));
	assert_int_equal(get(admin, "/orgs/%lld/establishment-csv", (long long)w.ministry), 200);
	assert_true(body_has(admin, "स्थापना") && body_has(admin, "\"so-1\"") && body_has(admin, "\"kcm:behavioural.communication\""));
	assert_int_equal(bring_text(admin, w.ministry, str_dup(f->cx.arena, buf_get(&admin->body))), 303);
	state_is("looked");
	/* The holding that has ended is not in it. */
	assert_int_equal(query_int(f, "SELECT n_same FROM establishment WHERE id = %lld", (long long)file_id), 6);
	assert_int_equal(query_int(f, "SELECT n_new + n_changed + n_gone FROM establishment WHERE id = %lld", (long long)file_id), 0);
}

static void only_cells_that_say_something_change_something(void **state)
{
	(void)state;
	begin_file();
	row("kind=post|office=first-office|code=so-1|sanctioned=3|place=New Delhi");
	row("kind=need|role=hand|activity=files|competency=behavioural.communication|level=3");
	bring();
	assert_int_equal(get(admin, "/api/v1%s", one("/changes")), 200);
	assert_true(body_has(admin, "{\"kind\":\"post\",\"change\":\"changed\",\"line\":2,\"what\":\"first-office/so-1\",\"columns\":\"sanctioned place\"}"));
	/* The needs of an activity are those of the file, when it names any. */
	assert_true(body_has(admin, "\"change\":\"gone\"") && body_has(admin, "collaboration@1"));
	apply();
	assert_int_equal(query_int(f, "SELECT sanctioned FROM post WHERE code = 'so-1'"), 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM post WHERE code = 'so-1' AND title_en = 'Section Officer' AND place = 'New Delhi'"), 1);
	assert_int_equal(query_int(f, "SELECT level FROM activity_competency"), 3);
}

static void taking_back_gives_what_was_there(void **state)
{
	(void)state;
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	work_now(f);
	state_is("undone");
	assert_int_equal(query_int(f, "SELECT sanctioned FROM post WHERE code = 'so-1'"), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM activity_competency WHERE level IN (1, 2)"), 2);
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(post(admin, one("/undo"), ""), 409);
}

/* ── what is wrong ── */

static void every_mistake_is_named_by_its_row_and_nothing_is_done(void **state)
{
	int64_t before = things();
	(void)state;
	tamper(f,
	       "UPDATE competency SET until_day = %lld, replaced_by_id = (SELECT c.id FROM competency c WHERE c.code = 'behavioural.communication') WHERE code "
	       "= "
	       "'behavioural.creativity-and-innovation'",
	       (long long)today);
	tamper(f, "UPDATE competency SET until_day = %lld WHERE code = 'behavioural.team-leadership'", (long long)today);
	begin_file();
	row("kind=role|code=new");											   /* 2 */
	row("kind=role|code=hand|name_en=Twice");									   /* 3 */
	row("kind=role|code=hand|name_en=Again");									   /* 4 */
	row("kind=role|office=second-office|code=x|name_en=X");								   /* 5 */
	row("kind=activity|role=nowhere|code=a|name_en=A");								   /* 6 */
	row("kind=activity|role=hand|code=good|name_en=Good");								   /* 7: right */
	row("kind=need|role=hand|activity=good|competency=behavioural.communication|level=9");				   /* 8 */
	row("kind=need|role=hand|activity=good|competency=behavioural.creativity-and-innovation|level=1");		   /* 9 */
	row("kind=need|role=hand|activity=good|competency=behavioural.team-leadership|level=1");			   /* 10 */
	row("kind=need|role=hand|activity=good|competency=nothing|level=1");						   /* 11 */
	row("kind=need|role=hand|activity=none|competency=behavioural.communication|level=1");				   /* 12 */
	row("kind=need|role=hand|activity=good|competency=behavioural|level=1");					   /* 13 */
	row("kind=post|office=first-office|code=p|title_en=P|designation=nothing");					   /* 14 */
	row("kind=post|office=first-office|code=q|title_en=Q|designation=so|roles=hand ghost");				   /* 15 */
	row("kind=post|office=first-office|code=so-1|sanctioned=x");							   /* 16 */
	row("kind=holder|office=first-office|post=so-1|person=nobody@example.gov.in|from=2026-01-01");			   /* 17 */
	row("kind=holder|office=first-office|post=so-1|person=other-learner@example.gov.in|from=2026-01-01");		   /* 18 */
	row("kind=holder|office=first-office|post=gone|person=colleague@example.gov.in|from=2026-01-01");		   /* 19 */
	row("kind=holder|office=first-office|post=so-1|person=colleague@example.gov.in|holding=acting|from=2026-01-01");   /* 20 */
	row("kind=holder|office=first-office|post=so-1|person=colleague@example.gov.in|from=2026-05-01|until=2026-05-01"); /* 21 */
	row("kind=holder|office=first-office|post=so-1|person=colleague@example.gov.in|from=2025-05-01");		   /* 22 */
	row("kind=chair|code=x");											   /* 23 */
	bring();
	state_is("refused");
	assert_true(row_says(2, "has no name"));
	assert_true(row_says(4, "in row 3"));
	assert_true(row_says(5, "here or below"));
	assert_true(row_says(6, "no role “nowhere”"));
	assert_true(row_says(8, "outside the scale, which has 3 levels"));
	assert_true(row_says(9, "in its place there is “kcm:behavioural.communication”"));
	assert_true(row_says(10, "nothing is named in its place"));
	assert_true(row_says(11, "no competency “kcm:nothing”"));
	assert_true(row_says(12, "no activity “none”"));
	assert_true(row_says(13, "only themes and sub-themes have levels"));
	assert_true(row_says(14, "no designation “nothing”"));
	assert_true(row_says(15, "no role “ghost”"));
	assert_true(row_says(16, "no whole number"));
	assert_true(row_says(17, "nobody@example.gov.in"));
	assert_true(row_says(18, "Chitra Das is not posted in the office of the post"));
	assert_true(row_says(19, "no post “gone”"));
	assert_true(row_says(20, "no way to hold a post"));
	assert_true(row_says(21, "ends before it begins"));
	assert_true(row_says(22, "begins before the post"));
	assert_true(row_says(23, "no kind of row"));
	assert_int_equal(query_int(f, "SELECT n_errors FROM establishment WHERE id = %lld", (long long)file_id), 24);
	assert_int_equal(post(admin, one("/apply"), ""), 409);
	assert_int_equal(things(), before);
	assert_int_equal(get(admin, "%s", one("")), 200);
	assert_true(body_has(admin, "There are 24 mistakes in 22 rows") && !body_has(admin, "/apply"));
	assert_int_equal(get(admin, "%s", one("/errors")), 200);
	assert_true(body_has(admin, "\"23\",\"“chair” is no kind of row"));
	assert_int_equal(get(admin, "/language/hi?to=/"), 303);
	assert_int_equal(get(admin, "%s", one("")), 200);
	assert_int_equal(get(admin, "/language/en?to=/"), 303);
}

static void holdings_that_collide_are_named_by_row(void **state)
{
	int64_t third = a_person(f, "third", "Third Person", w.office, 0);
	(void)state;
	(void)third;
	begin_file();
	row("kind=post|office=first-office|code=one|title_en=One|designation=so|sanctioned=1|from=2026-01-01");		  /* 2 */
	row("kind=post|office=first-office|code=two|title_en=Two|designation=so|sanctioned=2|from=2026-01-01");		  /* 3 */
	row("kind=holder|office=first-office|post=one|person=colleague@example.gov.in|from=2026-01-01|until=2026-06-01"); /* 4 */
	row("kind=holder|office=first-office|post=one|person=third@example.gov.in|from=2026-05-31");			  /* 5: two of one place on one day */
	row("kind=holder|office=first-office|post=two|person=learner@example.gov.in|from=2026-03-01");			  /* 6: holds so-1 */
	row("kind=holder|office=first-office|post=two|person=colleague@example.gov.in|from=2026-05-31");		  /* 7: holds row 4 on one day */
	row("kind=holder|office=first-office|post=two|person=colleague@example.gov.in|holding=officiating|from=2026-06-02|until=2026-06-09"); /* 8: this post
																		 already */
	row("kind=holder|office=first-office|post=two|person=boss@example.gov.in|from=2026-01-01");					      /* 9: right */
	row("kind=holder|office=first-office|post=two|person=boss@example.gov.in|from=2026-01-01"); /* 10: stands twice */
	bring();
	state_is("refused");
	assert_true(row_says(5, "than the 1 it is sanctioned for"));
	assert_true(row_says(6, "another post (“so-1”)"));
	assert_true(row_says(7, "another post (“one”)"));
	assert_true(row_says(8, "holds the post “two”"));
	assert_true(row_says(10, "in row 9"));
	assert_true(row_says(7, "than the 2 it is sanctioned for"));
	assert_int_equal(query_int(f, "SELECT n_errors FROM establishment WHERE id = %lld", (long long)file_id), 6);
	/* The day on which one ends is free for the next. */
	begin_file();
	row("kind=post|office=first-office|code=one|title_en=One|designation=so|sanctioned=1|from=2026-01-01");
	row("kind=holder|office=first-office|post=one|person=third@example.gov.in|from=2026-06-01");
	row("kind=holder|office=first-office|post=one|person=colleague@example.gov.in|from=2026-01-01|until=2026-06-01");
	bring();
	state_is("looked");
	apply();
}

static void fewer_than_hold_it_and_what_has_ended_do_not_go(void **state)
{
	(void)state;
	begin_file();
	row("kind=post|office=first-office|code=two|title_en=Two|designation=so|sanctioned=2|from=2026-01-01");
	row("kind=holder|office=first-office|post=two|person=boss@example.gov.in|from=2026-01-01");
	row("kind=holder|office=first-office|post=two|person=colleague@example.gov.in|from=2026-06-01");
	bring();
	apply();
	begin_file();
	row("kind=post|office=first-office|code=two|sanctioned=1");							  /* 2 */
	row(said("kind=post|office=first-office|code=one|until=%s", day(today + 1)));					  /* 3 */
	row("kind=holder|office=first-office|post=one|person=colleague@example.gov.in|from=2026-01-01|until=2026-05-01"); /* 4 */
	row("kind=post|office=first-office|code=so-1|from=2026-02-01");							  /* 5 */
	bring();
	state_is("refused");
	assert_true(row_says(2, "than the 1 it is sanctioned for"));
	assert_true(row_says(3, "cannot be abolished before"));
	assert_true(row_says(4, "what has ended does not change"));
	assert_true(row_says(5, "that does not change"));
	/* The holders go first, then the post; also in one file. */
	begin_file();
	row(said("kind=post|office=first-office|code=one|until=%s", day(today + 1)));
	row(said("kind=holder|office=first-office|post=one|person=third@example.gov.in|from=2026-06-01|until=%s", day(today + 1)));
	bring();
	state_is("looked");
	apply();
	assert_int_equal(query_int(f, "SELECT count(*) FROM post WHERE code = 'one' AND until_day IS NOT NULL"), 1);
}

static void only_who_may_brings_in(void **state)
{
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/establishment", (long long)w.ministry), 403);
	assert_int_equal(get(other, "/orgs/%lld/establishment", (long long)w.ministry), 403);
	assert_int_equal(get(other, "/orgs/%lld/establishment/%lld", (long long)w.other_ministry, (long long)file_id), 404);
	assert_int_equal(get(c, "/establishment-sample"), 200);
	client_free(c);
	client_free(other);
}

/* ── the same rules as one by one ── */

enum { TRIED_POSTS = 2, TRIED_HOLDERS = 4, TRIALS = 400 };
struct trial {
	struct holding_begin v[TRIED_HOLDERS];
	int post[TRIED_HOLDERS], person[TRIED_HOLDERS];
	struct str file;
	int64_t n_errors;
	bool by_verbs;
};
static const char *const tried_people[] = { "colleague", "boss", "admin" };

/* Both are undone. */
static enum err look_fn(struct ctx *cx, void *arg)
{
	struct trial *t = arg;
	struct establishment_one_row r;
	int64_t id;
	bool found;
	TRY(establishment_add_now(cx, &(struct establishment_add){ w.ministry, S("trial"), t->file }, &id));
	TRY(establishment_sql_one(cx, id, w.ministry, &r, &found));
	t->n_errors = r.n_errors;
	return ERR_GONE;
}

static enum err verbs_fn(struct ctx *cx, void *arg)
{
	struct trial *t = arg;
	int64_t id, posts[TRIED_POSTS];
	t->by_verbs = false;
	for (int p = 0; p < TRIED_POSTS; p++) {
		struct post_set in = { .org_id = w.office,
				       .code = p ? S("t-1") : S("t-0"),
				       .title_en = S("T"),
				       .title_hi = S(""),
				       .place = S(""),
				       .sanctioned = p + 1,
				       .service = S(""),
				       .designation_id = a_designation(f, "so"),
				       .from_day = today - 40 };
		TRY(post_set(cx, &in, &posts[p]));
	}
	for (int i = 0; i < TRIED_HOLDERS; i++) {
		t->v[i].post_id = posts[t->post[i]];
		TRY(holding_begin(cx, &t->v[i], &id));
	}
	t->by_verbs = true;
	return ERR_GONE;
}

static void draw_trial(struct draw *d, struct trial *t)
{
	begin_file();
	for (int p = 0; p < TRIED_POSTS; p++)
		row(said("kind=post|office=first-office|code=t-%d|title_en=T|designation=so|sanctioned=%d|from=%s", p, p + 1, day(today - 40)));
	for (int i = 0; i < TRIED_HOLDERS; i++) {
		const int64_t ids[] = { w.colleague, w.boss, w.admin };
		int kind = draw_below(d, 3) ? HOLDING_SUBSTANTIVE : 1 + (int)draw_below(d, 2);
		int64_t from = today - 41 + (int64_t)draw_below(d, 60), until = draw_below(d, 4) ? from + (int64_t)draw_below(d, 20) : NONE;
		t->post[i] = (int)draw_below(d, TRIED_POSTS);
		t->person[i] = (int)draw_below(d, 3);
		t->v[i] = (struct holding_begin){ 0, ids[t->person[i]], (enum holding_kind)kind, from, until, S("") };
		row(said("kind=holder|office=first-office|post=t-%d|person=%s@example.gov.in|holding=%s|from=%s|until=%s", t->post[i],
			 tried_people[t->person[i]], holding_kinds[kind].code, day(from), until == NONE ? "" : day(until)));
	}
	t->file = buf_get(&text);
}

static void a_file_is_right_just_when_each_of_it_could_be_entered_by_hand(void **state)
{
	struct draw d = { 7 };
	int right = 0;
	(void)state;
	for (int i = 0; i < TRIALS; i++) {
		struct trial t = { 0 };
		draw_trial(&d, &t);
		f->cx.n_failures = 0;
		assert_int_equal(db_write(&f->cx, f->pool, look_fn, &t), ERR_GONE);
		(void)!db_write(&f->cx, f->pool, verbs_fn, &t);
		if (t.by_verbs != (t.n_errors == 0))
			print_error("trial %d: by hand %d, errors %lld\n%.*s\n", i, t.by_verbs, (long long)t.n_errors, STR_ARG(t.file));
		assert_int_equal(t.by_verbs, t.n_errors == 0);
		right += t.by_verbs;
	}
	f->cx.n_failures = 0;
	print_message("%d of %d files by lot were right, by both\n", right, TRIALS);
	assert_in_range(right, TRIALS / 20, TRIALS - TRIALS / 20);
}

/* ── in between and afterwards ── */

static enum err end_holding_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	int64_t id =
		query_int(f, "SELECT h.id FROM holding h JOIN post p ON p.id = h.post_id WHERE p.code = 'two' AND h.person_id = %lld", (long long)w.colleague);
	return holding_end(cx, query_int(f, "SELECT id FROM post WHERE code = 'two'"), id, person_today(cx));
}

static void what_is_carried_out_is_what_was_shown(void **state)
{
	(void)state;
	begin_file();
	row("kind=post|office=first-office|code=two|sanctioned=5|title_en=Two seats");
	bring();
	int64_t waiting = file_id;
	begin_file();
	row("kind=post|office=first-office|code=two|title_en=Two seats");
	bring();
	apply();
	int64_t first = file_id;
	file_id = waiting;
	assert_int_equal(post(admin, one("/apply"), ""), 409);
	assert_true(body_has(admin, "has changed since"));
	assert_int_equal(query_int(f, "SELECT sanctioned FROM post WHERE code = 'two'"), 2);
	assert_int_equal(post(admin, one("/look"), ""), 303);
	apply();
	assert_int_equal(query_int(f, "SELECT sanctioned FROM post WHERE code = 'two'"), 5);
	/* The earlier one cannot be taken back before the later one. */
	file_id = first;
	assert_int_equal(post(admin, one("/undo"), ""), 409);
	assert_true(body_has(admin, "a post has been changed since"));
	file_id = waiting;
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	file_id = first;
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	work_now(f);
	assert_int_equal(check_findings(f), 0);
}

static void what_was_changed_or_used_since_is_not_taken_back(void **state)
{
	(void)state;
	begin_file();
	row("kind=role|code=later|name_en=Later");
	row("kind=post|office=first-office|code=three|title_en=Three|designation=so");
	bring();
	apply();
	int64_t first = file_id, three = query_int(f, "SELECT id FROM post WHERE code = 'three'");
	int64_t before = things();
	begin_file();
	row(said("kind=holder|office=first-office|post=three|person=colleague@example.gov.in|holding=additional|from=%s", day(today)));
	bring();
	apply();
	int64_t second = file_id;
	file_id = first;
	assert_int_equal(post(admin, one("/undo"), ""), 409);
	assert_true(body_has(admin, "in use by now"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM post WHERE id = %lld", (long long)three), 1);
	file_id = second;
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	assert_int_equal(things(), before);
	file_id = first;
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	assert_int_equal(things(), before - 2);
	work_now(f);
	/* What somebody ended by hand stays ended. */
	begin_file();
	row(said("kind=holder|office=first-office|post=two|person=colleague@example.gov.in|from=2026-06-01|until=%s", day(today + 60)));
	bring();
	apply();
	in_tx(f, end_holding_fn, NULL);
	assert_int_equal(post(admin, one("/undo"), ""), 409);
	assert_true(body_has(admin, "who holds a post has been changed since"));
	work_now(f);
}

static void a_failing_statement_changes_nothing(void **state)
{
	unsigned n;
	(void)state;
	begin_file();
	row("kind=role|code=whole|name_en=Whole");
	row("kind=activity|role=whole|code=a|name_en=A");
	row("kind=need|role=whole|activity=a|competency=behavioural.communication|level=1");
	row("kind=post|office=first-office|code=whole|title_en=Whole|designation=so|roles=whole");
	row(said("kind=holder|office=first-office|post=whole|person=colleague@example.gov.in|holding=additional|from=%s", day(today)));
	bring();
	for (n = 1; n < 80; n++) {
		uint64_t before = database_hash(f, true);
		f->app.fail_at = n;
		long status = post(admin, one("/apply"), "");
		f->app.fail_at = 0;
		if (status == 303)
			break;
		assert_int_equal(status, 503);
		assert_true(database_hash(f, true) == before);
	}
	assert_in_range(n, 20, 79);
	work_now(f);
	for (n = 1; n < 80; n++) {
		uint64_t before = database_hash(f, true);
		f->app.fail_at = n;
		long status = post(admin, one("/undo"), "");
		f->app.fail_at = 0;
		if (status == 303)
			break;
		assert_int_equal(status, 503);
		assert_true(database_hash(f, true) == before);
	}
	assert_in_range(n, 12, 79);
	work_now(f);
	assert_int_equal(check_findings(f), 0);
}

static void after_thirty_days_it_stays_and_the_texts_are_gone(void **state)
{
	(void)state;
	begin_file();
	row("kind=role|code=old|name_en=Old");
	bring();
	apply();
	later(ESTABLISHMENT_UNDO + HOUR);
	client_free(admin); /* that session is over */
	admin = client_as(f, w.admin);
	assert_int_equal(post(admin, one("/undo"), ""), 409);
	assert_true(body_has(admin, "more than 30 days ago"));
	schedule_work(f);
	later(DAY + HOUR);
	work_now(f);
	client_free(admin);
	admin = client_as(f, w.admin);
	assert_int_equal(query_int(f, "SELECT count(*) FROM establishment_piece"), 0);
	assert_int_equal(get(admin, "%s", one("")), 200);
}

/* ── out of people ── */

static void posts_are_made_of_todays_postings(void **state)
{
	int64_t without = query_int(f,
				    "SELECT count(*) FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = %lld WHERE o.until_day IS NULL "
				    "AND NOT EXISTS (SELECT 1 FROM "
				    "holding h WHERE h.person_id = o.person_id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > %lld))",
				    (long long)w.ministry, (long long)today);
	(void)state;
	assert_int_equal(get(admin, "/orgs/%lld/posts/without", (long long)w.ministry), 200);
	assert_true(body_has(admin, "Bala Iyer") && !body_has(admin, "Asha Verma"));
	assert_int_equal(get(admin, "/orgs/%lld/establishment", (long long)w.ministry), 200);
	assert_int_equal(post(admin, base_of("/orgs/%lld/establishment-of-people", (long long)w.ministry), ""), 303);
	const char *to = answer_header(admin, "Location");
	NEED(to, "nowhere to go");
	file_id = strtoll(strrchr(to, '/') + 1, NULL, 10);
	state_is("looked");
	apply();
	assert_int_equal(query_int(f, "SELECT count(*) FROM establishment_figure WHERE establishment_id = %lld AND kind = 4 AND n_new = %lld",
				   (long long)file_id, (long long)without),
			 1);
	assert_int_equal(get(admin, "/orgs/%lld/posts/without", (long long)w.ministry), 200);
	assert_true(body_has(admin, "Everybody has a post"));
	assert_int_equal(post(admin, base_of("/orgs/%lld/establishment-of-people", (long long)w.ministry), ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM post p WHERE p.org_id = %lld AND p.code = 'so'", (long long)w.office), 1);
}

static void people_are_placed_where_there_is_no_doubt(void **state)
{
	int64_t fresh = an_org(f, "fresh", "Fresh office", w.ministry);
	int64_t one_person = a_person(f, "placed", "Placed Person", fresh, 0);
	(void)state;
	assert_int_equal(get(admin, "/orgs/%lld/posts/without", (long long)w.ministry), 200);
	assert_int_equal(post(admin, base_of("/orgs/%lld/posts/without", (long long)w.ministry), ""), 409); /* no post of his designation there */
	begin_file();
	row("kind=post|office=fresh|code=f-1|title_en=Fresh desk|designation=so|sanctioned=1");
	bring();
	apply();
	assert_int_equal(get(admin, "/orgs/%lld/posts/without", (long long)w.ministry), 200);
	assert_true(body_has(admin, "Placed Person") && body_has(admin, "Fresh desk"));
	assert_int_equal(post(admin, base_of("/orgs/%lld/posts/without", (long long)w.ministry), ""), 303);
	const char *to = answer_header(admin, "Location");
	NEED(to, "nowhere to go");
	file_id = strtoll(strrchr(to, '/') + 1, NULL, 10);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld", (long long)one_person), 0);
	apply();
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld AND kind = 'substantive'", (long long)one_person), 1);
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld", (long long)one_person), 0);
	work_now(f);
}

/* ── a hundred thousand rows ── */

enum { ROLES = 20, EACH = 50, NEEDS = 2 };

static void big_file(int rows, int n_posts, bool wrong)
{
	static const char *const people[] = { "learner", "colleague", "boss", "third", "admin" };
	int n = ROLES * (1 + EACH + EACH * NEEDS) + n_posts, last = -1;
	begin_file();
	for (int r = 0; r < ROLES; r++) {
		row(said("kind=role|code=big-%d|name_en=Role %d", r, r));
		for (int a = 0; a < EACH; a++) {
			row(said("kind=activity|role=big-%d|code=a%d|name_en=Activity %d", r, a, a));
			row(said("kind=need|role=big-%d|activity=a%d|competency=behavioural.communication|level=%d", r, a, 1 + a % 3));
			row(said("kind=need|role=big-%d|activity=a%d|competency=behavioural.collaboration|level=%d", r, a, wrong && a == 7 && r == 3 ? 4 : 1));
		}
	}
	for (int p = 0; p < n_posts; p++)
		row(said("kind=post|office=first-office|code=big-%d|title_en=Post %d|designation=so|roles=big-%d|from=2026-01-01", p, p, p % ROLES));
	for (int p = 0; n < rows - (wrong ? 6 : 0); n++, p++) {
		int who = p / n_posts;
		row(said("kind=holder|office=first-office|post=big-%d|person=%s@example.gov.in|holding=additional|from=2026-02-01", p % n_posts,
			 people[(p % 3 + who) % 5]));
		last = p;
	}
	if (!wrong)
		return;
	row("kind=role|code=big-1|name_en=Again");
	row("kind=activity|role=big-1|code=a1|name_en=Again");
	row("kind=need|role=big-1|activity=a1|competency=nothing|level=1");
	row("kind=post|office=first-office|code=big-2|title_en=Again|designation=so");
	row(said("kind=holder|office=first-office|post=big-%d|person=nobody@example.gov.in|from=2026-02-01", last % n_posts));
	row("kind=holder|office=first-office|post=big-5|person=other-boss@example.gov.in|from=2026-02-01");
}

static double seconds_since(int64_t from)
{
	return (double)(clock_monotonic() - from) / 1e9;
}

static void a_hundred_thousand_rows_with_mistakes_of_every_kind_change_nothing(void **state)
{
	int64_t before = things(), at = clock_monotonic();
	(void)state;
	big_file(ESTABLISHMENT_ROWS_MAX, ESTABLISHMENT_ROWS_MAX * 2 / 5, true);
	double made = seconds_since(at);
	at = clock_monotonic();
	bring();
	double brought = seconds_since(at);
	state_is("looking");
	at = clock_monotonic();
	work_now(f);
	print_message("1,00,000 rows (%zu MB) with mistakes: written in %.1f s by the test, taken in in %.2f s, looked at in %.2f s\n", text.n >> 20, made,
		      brought, seconds_since(at));
	state_is("refused");
	assert_int_equal(query_int(f, "SELECT n_rows FROM establishment WHERE id = %lld", (long long)file_id), ESTABLISHMENT_ROWS_MAX);
	assert_int_equal(query_int(f, "SELECT n_errors FROM establishment WHERE id = %lld", (long long)file_id), 7);
	int last = ESTABLISHMENT_ROWS_MAX + 1;
	assert_true(row_says(2 + 3 * (1 + 3 * EACH) + 1 + 7 * 3 + 2, "outside the scale"));
	assert_true(row_says(last - 5, "in row") && row_says(last - 4, "in row") && row_says(last - 3, "no competency") && row_says(last - 2, "in row"));
	assert_true(row_says(last - 1, "nobody@example.gov.in") && row_says(last, "not posted in the office"));
	assert_int_equal(things(), before);
	assert_int_equal(post(admin, one("/apply"), ""), 409);
}

static void a_hundred_thousand_rows_are_carried_out_whole_and_taken_back_whole(void **state)
{
	/* PostgreSQL is asked row by row over its socket: a tenth of it shows the same. */
	int64_t before = things(), at;
	int rows = fixture_sqlite(f) ? ESTABLISHMENT_ROWS_MAX : ESTABLISHMENT_ROWS_MAX / 10, n_posts = rows * 2 / 5;
	(void)state;
	big_file(rows, n_posts, false);
	bring();
	work_now(f);
	state_is("looked");
	assert_int_equal(query_int(f, "SELECT n_new FROM establishment WHERE id = %lld", (long long)file_id), rows);
	assert_int_equal(get(admin, "%s?page=%d", one(""), rows / ESTABLISHMENT_PAGE), 200); /* the last page of what changes */
	assert_true(body_has(admin, "first-office/big-") && !body_has(admin, "rel=\"next\""));
	assert_int_equal(post(admin, one("/apply"), ""), 303);
	state_is("applying");
	assert_int_equal(things(), before);
	at = clock_monotonic();
	work_now(f);
	print_message("%d rows carried out, with what is asked of people settled, in %.2f s\n", rows, seconds_since(at));
	state_is("applied");
	assert_int_equal(things(), before + rows + n_posts);
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(post(admin, one("/undo"), ""), 303);
	at = clock_monotonic();
	work_now(f);
	print_message("and taken back in %.2f s\n", seconds_since(at));
	state_is("undone");
	assert_int_equal(things(), before);
	assert_int_equal(check_findings(f), 0);
}

/* ── on the command line ── */

static void the_commands_bring_in_and_give_out(void **state)
{
	char answer[40000], path[200];
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	begin_file();
	row("kind=role|code=cli|name_en=By command");
	snprintf(path, sizeof path, "%s/e.csv", f->dir);
	FILE *out = fopen(path, "w");
	struct str s = buf_get(&text);
	NEED(out && fwrite(s.p, 1, s.n, out) == s.n && fclose(out) == 0, "no file");
	const char *const dry[] = { "import", "establishment", path, "--org", "first", "--dry-run", NULL };
	const char *const real[] = { "import", "establishment", path, "--org", "first", NULL }, *const give[] = { "export", "establishment", "first", NULL };
	assert_int_equal(program_run(f, answer, sizeof answer, dry), 0);
	assert_non_null(strstr(answer, "role      1 new"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM work_role WHERE code = 'cli'"), 0);
	assert_int_equal(program_run(f, answer, sizeof answer, real), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM work_role WHERE code = 'cli'"), 1);
	assert_int_equal(program_run(f, answer, sizeof answer, give), 0);
	assert_non_null(strstr(answer, "\"cli\""));
	out = fopen(path, "a");
	NEED(out && fputs("role,,bad code,X,,,,,,,,,,,,,,,,\n", out) >= 0 && fclose(out) == 0, "no file");
	assert_int_equal(program_run(f, answer, sizeof answer, real), 1);
	assert_true(strstr(answer, "\"3\"") && strstr(answer, "Nothing was changed"));
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	admin = client_as(f, w.admin);
	today = clock_day_in_india(f->app.fixed_now);
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
		cmocka_unit_test(a_file_is_right_just_when_each_of_it_could_be_entered_by_hand),
		cmocka_unit_test(a_file_changes_nothing_until_it_is_carried_out), /* each stands on what those before it left */
		cmocka_unit_test(the_same_again_changes_nothing_and_the_export_is_such_a_file),
		cmocka_unit_test(only_cells_that_say_something_change_something),
		cmocka_unit_test(taking_back_gives_what_was_there),
		cmocka_unit_test(every_mistake_is_named_by_its_row_and_nothing_is_done),
		cmocka_unit_test(holdings_that_collide_are_named_by_row),
		cmocka_unit_test(fewer_than_hold_it_and_what_has_ended_do_not_go),
		cmocka_unit_test(only_who_may_brings_in),
		cmocka_unit_test(what_is_carried_out_is_what_was_shown),
		cmocka_unit_test(what_was_changed_or_used_since_is_not_taken_back),
		cmocka_unit_test(a_failing_statement_changes_nothing),
		cmocka_unit_test(a_hundred_thousand_rows_with_mistakes_of_every_kind_change_nothing),
		cmocka_unit_test(a_hundred_thousand_rows_are_carried_out_whole_and_taken_back_whole),
		cmocka_unit_test(posts_are_made_of_todays_postings),
		cmocka_unit_test(people_are_placed_where_there_is_no_doubt),
		cmocka_unit_test(the_commands_bring_in_and_give_out),
		cmocka_unit_test(after_thirty_days_it_stays_and_the_texts_are_gone),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
