/* The item bank: what is live has been accepted by two others, a version is never changed, what is written comes back when the form is refused and never as
 * markup, a stranger sees nothing, and a file changes nothing until it is said and can be taken back. */
#include "http_test.h"
#include "feature/item/item_import.h"

static struct fixture *f;
static struct world w;
static struct client *author, *reviewer, *publisher, *stranger;

static const char *bank(const char *tail)
{
	return base_of("/orgs/%lld/items%s", (long long)w.institute, tail);
}

static const char *of_item(int64_t id, const char *tail)
{
	return base_of("/orgs/%lld/items/%lld%s", (long long)w.institute, (long long)id, tail);
}

static int64_t id_at(struct client *c)
{
	const char *to = answer_header(c, "Location");
	NEED(c->status == 303 && to, "not done: %ld %.400s", c->status, buf_get(&c->body).p);
	return strtoll(strrchr(to, '/') + 1, NULL, 10);
}

/* A single choice of which the first option is right. */
static int64_t written(const char *code)
{
	char form[500];
	snprintf(form, sizeof form, "kind=single&code=%s&text=How+many+days?&option.1=thirty&weight.1=100&option.2=sixty&feedback.2=See+section+7", code);
	post(author, bank(""), form);
	return id_at(author);
}

static long says(struct client *c, int64_t id, const char *seen, const char *more)
{
	char form[300];
	snprintf(form, sizeof form, "seen=%s&%s", seen, more);
	return post(c, of_item(id, "/review"), form);
}

static void state_is(int64_t id, const char *state)
{
	char s[20];
	query_text(f, s, sizeof s, "SELECT status FROM item WHERE id = %lld", (long long)id);
	assert_string_equal(s, state);
}

static int64_t live_version(int64_t id)
{
	return query_int(f, "SELECT live_version FROM item WHERE id = %lld", (long long)id);
}

/* Written by the author, accepted by the reviewer and the publisher. */
static int64_t live(const char *code)
{
	int64_t id = written(code);
	assert_int_equal(post(author, of_item(id, "/send"), ""), 303);
	assert_int_equal(says(reviewer, id, "1", "accepted=true"), 303);
	assert_int_equal(says(publisher, id, "1", "accepted=true"), 303);
	return id;
}

/* ── reviews ── */

static void an_item_is_live_once_two_others_have_accepted_it(void **state)
{
	(void)state;
	int64_t id = written("live-1");
	state_is(id, "draft");
	assert_int_equal(says(reviewer, id, "1", "accepted=true"), 409);
	assert_int_equal(post(author, of_item(id, "/send"), ""), 303);
	assert_int_equal(says(author, id, "1", "accepted=true"), 403);
	assert_int_equal(says(reviewer, id, "1", "accepted=true"), 303);
	assert_int_equal(says(reviewer, id, "1", "accepted=true"), 409);
	state_is(id, "review");
	assert_int_equal(says(publisher, id, "1", "accepted=true"), 303);
	state_is(id, "live");
	assert_int_equal(live_version(id), 1);
}

static void who_asks_for_a_change_says_which(void **state)
{
	(void)state;
	int64_t id = written("change-1");
	post(author, of_item(id, "/send"), "");
	assert_int_equal(says(reviewer, id, "1", "accepted=false&note="), 422);
	assert_true(body_has(reviewer, "Say what should be changed."));
	assert_int_equal(says(reviewer, id, "1", "accepted=false&note=The+Act+says+otherwise"), 303);
	state_is(id, "draft");
	get(author, "%s", of_item(id, ""));
	assert_true(body_has(author, "The Act says otherwise"));
	assert_int_equal(post(author, of_item(id, "/send"), ""), 409);
}

static void author_and_reviewers_are_told(void **state)
{
	(void)state;
	int64_t id = written("told-1");
	post(author, of_item(id, "/send"), "");
	assert_true(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'item'", (long long)w.reviewer) > 0);
	int64_t before = query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'item'", (long long)w.author);
	assert_int_equal(says(reviewer, id, "1", "accepted=false&note=Another+day"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'item'", (long long)w.author), before + 1);
}

/* ── versions ── */

static void a_version_is_never_changed(void **state)
{
	char was[2000], is[2000];
	(void)state;
	int64_t id = live("version-1");
	query_text(f, was, sizeof was, "SELECT t.asked || v.answer_key FROM item_text t JOIN item_version v ON v.item_id = t.item_id AND v.version = t.version WHERE t.item_id = %lld AND t.version = 1", (long long)id);
	assert_int_equal(post(author, of_item(id, ""), "version=1&text=How+many+hours?&option.1=thirty&weight.1=100&option.2=sixty&why=Hours"), 303);
	assert_int_equal(query_int(f, "SELECT version FROM item WHERE id = %lld", (long long)id), 2);
	assert_int_equal(live_version(id), 1);
	state_is(id, "live");
	query_text(f, is, sizeof is, "SELECT t.asked || v.answer_key FROM item_text t JOIN item_version v ON v.item_id = t.item_id AND v.version = t.version WHERE t.item_id = %lld AND t.version = 1", (long long)id);
	assert_string_equal(was, is);
	/* Whoever still has the form of version 1 open writes over nobody. */
	assert_int_equal(post(author, of_item(id, ""), "version=1&text=How+many+weeks?&option.1=thirty&weight.1=100&option.2=sixty"), 409);
	get(author, "%s", of_item(id, "/versions"));
	assert_true(body_has(author, "Hours"));
	get(author, "%s", of_item(id, "?version=1"));
	assert_true(body_has(author, "How many days?"));
}

static void saving_a_form_as_it_is_makes_no_version(void **state)
{
	(void)state;
	int64_t id = live("same-1");
	/* The options come in the order of their ids, as the form shows them. */
	assert_int_equal(post(author, of_item(id, ""), "version=1&text=How+many+days?&option.1=sixty&weight.1=0&feedback.1=See+section+7&option.2=thirty&weight.2=100&marks=1"), 303);
	assert_int_equal(query_int(f, "SELECT version FROM item WHERE id = %lld", (long long)id), 1);
}

static void a_translation_is_a_new_version_with_the_same_ids(void **state)
{
	(void)state;
	int64_t id = live("translated-1");
	get(author, "%s", of_item(id, "/texts/hi"));
	assert_int_equal(author->status, 200);
	assert_true(body_has(author, "sixty"));
	/* sixty is a, thirty is b: by their texts. */
	assert_int_equal(post(author, of_item(id, "/texts/hi"), "version=1&text=%E0%A4%95%E0%A4%BF%E0%A4%A4%E0%A4%A8%E0%A5%87+%E0%A4%A6%E0%A4%BF%E0%A4%A8&option.1=%E0%A4%B8%E0%A4%BE%E0%A4%A0&option.2=%E0%A4%A4%E0%A5%80%E0%A4%B8"), 303);
	char asked[600];
	query_text(f, asked, sizeof asked, "SELECT asked FROM item_text WHERE item_id = %lld AND version = 2 AND lang = 'hi'", (long long)id);
	assert_non_null(strstr(asked, "{\"id\":\"b\",\"text\":\"तीस\"}"));
	assert_int_equal(live_version(id), 1);
	get(author, "%s", of_item(id, "?lang=hi"));
	assert_true(body_has(author, "साठ"));
}

/* ── forms ── */

static void a_refused_form_keeps_what_was_typed(void **state)
{
	(void)state;
	assert_int_equal(post(author, bank(""), "kind=single&text=Which+of+these?&option.1=only+one&weight.1=100&source=Rule+9"), 422);
	assert_true(body_has(author, "A choice needs at least two options"));
	assert_true(body_has(author, "Which of these?"));
	assert_true(body_has(author, "value=\"only one\""));
	assert_true(body_has(author, "value=\"Rule 9\""));
}

static void every_kind_can_be_written_by_a_form(void **state)
{
	static const struct {
		const char *kind, *form;
	} forms[] = {
		{ "multiple", "option.1=a&weight.1=100&option.2=b&weight.2=100&option.3=c&weight.3=-50&partial=true" },
		{ "truefalse", "right=false&feedback.1=No" },
		{ "numeric", "option.1=48&match.1=0.5" },
		{ "short", "option.1=*thirty*" },
		{ "matching", "option.1=India&match.1=Delhi&option.2=Bihar&match.2=Patna&match.3=Kolkata&partial=true" },
		{ "ordering", "option.1=first&option.2=second&option.3=third&partial=true" },
		{ "judgement", "option.1=ask&weight.1=60&option.2=refuse&weight.2=100" },
		{ "case", "" },
		{ "long", "option.1=Law&weight.1=3&option.2=Clarity&weight.2=2.5&words=200&sample=So" },
	};
	char form[400];
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		get(author, "/orgs/%lld/new-item?kind=%s", (long long)w.institute, forms[i].kind);
		assert_int_equal(author->status, 200);
		snprintf(form, sizeof form, "kind=%s&text=Well?&%s", forms[i].kind, forms[i].form);
		post(author, bank(""), form);
		int64_t id = id_at(author);
		get(author, "%s", of_item(id, ""));
		assert_int_equal(author->status, 200);
		get(author, "%s", of_item(id, "/change"));
		assert_int_equal(author->status, 200);
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_version WHERE points = 5.5"), 1); /* the sum of the rubric */
	assert_int_equal(query_int(f, "SELECT steps FROM item_version v JOIN item i ON i.id = v.item_id WHERE i.kind = 'multiple'"), 2);
}

static void markup_in_a_question_stays_text(void **state)
{
	(void)state;
	assert_int_equal(post(author, bank(""), "kind=single&code=xss&text=%3Cscript%3Ealert(1)%3C/script%3E&option.1=%3Cimg+src=x+onerror=alert(2)%3E&weight.1=100&option.2=%22%3E%3Cb%3E&general=%3Ci%3E"), 303);
	int64_t id = id_at(author);
	const char *pages[] = { of_item(id, ""), of_item(id, "/change"), of_item(id, "/texts/hi"), of_item(id, "/versions"), bank("") };
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		get(author, "%s", pages[i]);
		assert_int_equal(author->status, 200);
		assert_false(body_has(author, "<script>alert"));
		assert_false(body_has(author, "<img src=x"));
		assert_false(body_has(author, "\"><b>"));
	}
}

static void a_case_takes_its_questions_along(void **state)
{
	char form[200];
	(void)state;
	post(author, bank(""), "kind=case&code=case-1&text=An+officer+writes");
	int64_t id = id_at(author);
	assert_int_equal(post(author, of_item(id, "/send"), ""), 409); /* no questions yet */
	snprintf(form, sizeof form, "kind=truefalse&case_id=%lld&text=Is+it+so?&right=true", (long long)id);
	post(author, bank(""), form);
	int64_t part = id_at(author);
	assert_int_equal(post(author, of_item(part, "/send"), ""), 409);
	assert_int_equal(post(author, of_item(id, "/send"), ""), 303);
	assert_int_equal(says(reviewer, id, "1 1", "accepted=true"), 303);
	assert_int_equal(says(publisher, id, "1 1", "accepted=true"), 303);
	state_is(part, "live");
	assert_int_equal(post(publisher, of_item(id, "/retire"), "reason=The+rule+is+repealed"), 303);
	state_is(part, "retired");
	assert_int_equal(post(publisher, of_item(id, "/return"), ""), 303);
	state_is(part, "live");
}

/* ── enemies, lists ── */

static void enemies_are_so_both_ways(void **state)
{
	(void)state;
	int64_t a = written("enemy-1"), b = written("enemy-2");
	assert_int_equal(post(author, of_item(a, "/enemies"), "other=enemy-2&why="), 422);
	assert_int_equal(post(author, of_item(a, "/enemies"), "other=enemy-1&why=itself"), 422);
	assert_int_equal(post(author, of_item(a, "/enemies"), "other=enemy-2&why=One+tells+the+other"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_enemy WHERE item_id IN (%lld, %lld)", (long long)a, (long long)b), 2);
	get(author, "%s", of_item(b, ""));
	assert_true(body_has(author, "enemy-1"));
	assert_true(body_has(author, "One tells the other"));
	char path[100];
	snprintf(path, sizeof path, "/enemies/%lld/end", (long long)a);
	assert_int_equal(post(author, of_item(b, path), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_enemy"), 0);
}

static void lists_are_found_by_what_items_are(void **state)
{
	(void)state;
	post(author, bank(""), "kind=numeric&code=found-1&text=%C3%89tage+hours?&option.1=48");
	get(author, "%s?words=%s", bank(""), "%C3%A9TAGE");
	assert_true(body_has(author, "found-1"));
	get(author, "%s?words=found-1&kind=single", bank(""));
	assert_false(body_has(author, "found-1</code>"));
	get(author, "%s?words=found-1&status=draft&kind=numeric", bank(""));
	assert_true(body_has(author, "found-1</code>"));
	get(author, "/api/v1/orgs/%lld/items?words=found-1", (long long)w.institute);
	assert_true(body_has(author, "\"code\":\"found-1\""));
}

static void retired_by_who_keeps_the_bank(void **state)
{
	(void)state;
	int64_t id = live("retired-1");
	assert_int_equal(post(author, of_item(id, "/retire"), "reason=old"), 403);
	assert_int_equal(post(publisher, of_item(id, "/retire"), "reason="), 422);
	assert_int_equal(post(publisher, of_item(id, "/retire"), "reason=The+rule+is+repealed"), 303);
	state_is(id, "retired");
	assert_int_equal(post(publisher, of_item(id, "/return"), ""), 303);
	state_is(id, "live");
}

static void what_a_live_item_tests_is_changed_by_who_keeps_the_bank(void **state)
{
	(void)state;
	int64_t id = live("tests-1");
	assert_int_equal(post(author, of_item(id, "/tests"), "bloom=apply&source=Rule+3"), 403);
	assert_int_equal(post(publisher, of_item(id, "/tests"), "bloom=apply&source=Rule+3"), 303);
	assert_int_equal(post(publisher, of_item(id, "/tests"), "level=2"), 422); /* of which competency? */
}

static void a_stranger_sees_nothing_of_a_bank(void **state)
{
	(void)state;
	int64_t id = live("strange-1");
	assert_int_equal(get(stranger, "%s", bank("")), 403);
	assert_int_equal(get(stranger, "%s", of_item(id, "")), 403);
	/* Nor through the bank of his own organisation. */
	assert_int_equal(get(stranger, "/orgs/%lld/items/%lld", (long long)w.other_institute, (long long)id), 404);
	assert_int_equal(get(stranger, "/orgs/%lld/items/%lld/change", (long long)w.other_institute, (long long)id), 404);
	assert_int_equal(post(stranger, base_of("/orgs/%lld/items/%lld/retire", (long long)w.other_institute, (long long)id), "reason=x"), 404);
	assert_int_equal(get(stranger, "/orgs/%lld/items/%lld/versions/1/picture", (long long)w.other_institute, (long long)id), 404);
	struct client *learner = client_as(f, w.learner);
	assert_int_equal(get(learner, "%s", of_item(id, "")), 403);
	client_free(learner);
}

/* ── files ── */

static int64_t brought(const char *name, const char *text)
{
	char path[200], token[120];
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/item-imports?file_name=%s", (long long)w.institute, name);
	snprintf(token, sizeof token, "X-CSRF-Token: %s", publisher->csrf);
	publisher->header[0] = token;
	send_raw(publisher, "POST", path, "application/octet-stream", text, strlen(text));
	NEED(publisher->status == 200, "not taken: %ld %.300s", publisher->status, buf_get(&publisher->body).p);
	return json_number(publisher, "id");
}

static const char *of_file(int64_t id, const char *tail)
{
	return base_of("/orgs/%lld/item-imports/%lld%s", (long long)w.institute, (long long)id, tail);
}

static void figures_are(int64_t id, int64_t n_new, int64_t n_changed, int64_t n_same, int64_t n_faults)
{
	char want[80], got[80];
	snprintf(want, sizeof want, "%lld %lld %lld %lld", (long long)n_new, (long long)n_changed, (long long)n_same, (long long)n_faults);
	query_text(f, got, sizeof got, "SELECT n_new || ' ' || n_changed || ' ' || n_same || ' ' || n_faults FROM item_import WHERE id = %lld", (long long)id);
	assert_string_equal(got, want);
}

static const char gift[] = "::g-1::Days? {=thirty ~sixty}\n\n::g-2::Hours? {#48}\n\n::g 3::Free of charge {T}\n";

/* All of the bank but the files themselves. */
static int64_t bank_hash(void)
{
	return query_int(f, "SELECT (SELECT count(*) FROM item) * 1000000 + (SELECT count(*) FROM item_version) * 1000 + (SELECT count(*) FROM item_text) + (SELECT count(*) FROM item_review)");
}

static void looking_at_a_file_changes_nothing(void **state)
{
	(void)state;
	int64_t before = bank_hash();
	int64_t id = brought("a.gift", gift);
	figures_are(id, 3, 0, 0, 0);
	assert_int_equal(bank_hash(), before);
	get(publisher, "%s", of_file(id, ""));
	assert_true(body_has(publisher, "g-3"));
	assert_int_equal(get(author, "%s", of_file(id, "")), 403);
}

static void a_file_comes_in_as_drafts_and_again_changes_nothing(void **state)
{
	(void)state;
	int64_t before = bank_hash(), id = brought("a.gift", gift);
	assert_int_equal(post(publisher, of_file(id, "/apply"), ""), 303);
	assert_int_equal(post(publisher, of_file(id, "/apply"), ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item WHERE code IN ('g-1', 'g-2', 'g-3') AND status = 'draft' AND live_version = 0"), 3);
	int64_t again = brought("a.gift", gift);
	figures_are(again, 0, 0, 3, 0);
	assert_int_equal(post(publisher, of_file(id, "/undo"), ""), 303);
	assert_int_equal(bank_hash(), before);
	assert_int_equal(post(publisher, of_file(id, "/undo"), ""), 409);
}

static void undoing_a_change_gives_the_former_version_back(void **state)
{
	(void)state;
	int64_t id = live("undo-1"), before = bank_hash();
	int64_t file = brought("b.gift", "::undo-1::How many days? {=twenty ~sixty}\n\n::undo-new::Days? {=a ~b}\n");
	figures_are(file, 1, 1, 0, 0);
	assert_int_equal(post(publisher, of_file(file, "/apply"), ""), 303);
	assert_int_equal(query_int(f, "SELECT version FROM item WHERE id = %lld", (long long)id), 2);
	assert_int_equal(live_version(id), 1); /* never live by a file */
	assert_int_equal(post(publisher, of_file(file, "/undo"), ""), 303);
	assert_int_equal(query_int(f, "SELECT version FROM item WHERE id = %lld", (long long)id), 1);
	assert_int_equal(bank_hash(), before);
}

static void what_somebody_went_on_with_is_not_undone_and_said(void **state)
{
	(void)state;
	int64_t id = live("gone-on-1");
	int64_t file = brought("c.gift", "::gone-on-1::How many days? {=twenty ~sixty}\n\n::gone-on-2::Days? {=a ~b}\n");
	assert_int_equal(post(publisher, of_file(file, "/apply"), ""), 303);
	assert_int_equal(says(reviewer, id, "2", "accepted=true"), 303);
	int64_t other = query_int(f, "SELECT id FROM item WHERE code = 'gone-on-2'");
	assert_int_equal(post(author, of_item(other, ""), "version=1&text=Days+now?&option.1=a&weight.1=100&option.2=b"), 303);
	assert_int_equal(post(publisher, of_file(file, "/undo"), ""), 303);
	/* The former text once more, behind what was reviewed; the item of the file stays. */
	assert_int_equal(query_int(f, "SELECT version FROM item WHERE id = %lld", (long long)id), 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item_text a JOIN item_text b ON b.item_id = a.item_id WHERE a.item_id = %lld AND a.version = 1 AND b.version = 3 AND a.asked = b.asked", (long long)id), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item WHERE code = 'gone-on-2'"), 1);
	get(publisher, "%s", of_file(file, ""));
	assert_true(body_has(publisher, "gone-on-2"));
	assert_true(body_has(publisher, "Somebody has written a newer version since; it stays."));
}

static void faults_are_named_by_their_lines(void **state)
{
	(void)state;
	int64_t id = brought("d.gift", "::d-1::Days? {=a ~b}\n\n::d-2::Which? {~a ~b\n\n::d-3::Hours? {#x}\n");
	get(publisher, "%s", of_file(id, ""));
	assert_true(body_has(publisher, "<th scope=\"row\" class=\"n\">3</th>"));
	assert_true(body_has(publisher, "<th scope=\"row\" class=\"n\">5</th>"));
	assert_int_equal(post(publisher, of_file(id, "/apply"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM item WHERE code = 'd-1'"), 1); /* the rest came in */
	int64_t nothing = brought("e.csv", "what,is,this\n1,2,3\n");
	get(publisher, "%s", of_file(nothing, ""));
	assert_true(body_has(publisher, "The file changes nothing."));
}

/* What goes out comes in again as what is there. */
static void a_bank_goes_out_and_comes_in_again_unchanged(void **state)
{
	char path[100], form[60], token[120];
	(void)state;
	snprintf(path, sizeof path, "/orgs/%lld/item-exports", (long long)w.institute);
	assert_int_equal(post(author, path, "format=csv"), 403);
	for (int i = 0; i < 2; i++) {
		const char *format = i ? "qti" : "csv";
		snprintf(form, sizeof form, "format=%s", format);
		assert_int_equal(post(publisher, path, form), 200);
		struct str bytes = str_dup(f->cx.arena, buf_get(&publisher->body));
		assert_true(query_int(f, "SELECT count(*) FROM audit WHERE action = 'item_export.make'") == i + 1);
		get(publisher, "%s", bank(""));
		snprintf(token, sizeof token, "X-CSRF-Token: %s", publisher->csrf);
		publisher->header[0] = token;
		send_raw(publisher, "POST", base_of("/api/v1/orgs/%lld/item-imports?file_name=again.%s", (long long)w.institute, i ? "zip" : "csv"), "application/octet-stream", bytes.p, bytes.n);
		assert_int_equal(publisher->status, 200);
		int64_t id = json_number(publisher, "id");
		char got[80];
		query_text(f, got, sizeof got, "SELECT n_new || ' ' || n_changed || ' ' || n_faults FROM item_import WHERE id = %lld", (long long)id);
		if (strcmp(got, "0 0 0")) {
			get(publisher, "/api/v1%s", of_file(id, ""));
			print_error("%s: %s\n%.3000s\n", format, got, buf_get(&publisher->body).p);
		}
		assert_string_equal(got, "0 0 0");
		assert_true(query_int(f, "SELECT n_same FROM item_import WHERE id = %lld", (long long)id) > 20);
	}
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	author = client_as(f, w.author);
	reviewer = client_as(f, w.reviewer);
	publisher = client_as(f, w.publisher);
	stranger = client_as(f, w.other_publisher);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(author);
	client_free(reviewer);
	client_free(publisher);
	client_free(stranger);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_item_is_live_once_two_others_have_accepted_it),
		cmocka_unit_test(who_asks_for_a_change_says_which),
		cmocka_unit_test(author_and_reviewers_are_told),
		cmocka_unit_test(a_version_is_never_changed),
		cmocka_unit_test(saving_a_form_as_it_is_makes_no_version),
		cmocka_unit_test(a_translation_is_a_new_version_with_the_same_ids),
		cmocka_unit_test(a_refused_form_keeps_what_was_typed),
		cmocka_unit_test(every_kind_can_be_written_by_a_form),
		cmocka_unit_test(markup_in_a_question_stays_text),
		cmocka_unit_test(a_case_takes_its_questions_along),
		cmocka_unit_test(enemies_are_so_both_ways),
		cmocka_unit_test(lists_are_found_by_what_items_are),
		cmocka_unit_test(retired_by_who_keeps_the_bank),
		cmocka_unit_test(what_a_live_item_tests_is_changed_by_who_keeps_the_bank),
		cmocka_unit_test(a_stranger_sees_nothing_of_a_bank),
		cmocka_unit_test(looking_at_a_file_changes_nothing),
		cmocka_unit_test(a_file_comes_in_as_drafts_and_again_changes_nothing),
		cmocka_unit_test(undoing_a_change_gives_the_former_version_back),
		cmocka_unit_test(what_somebody_went_on_with_is_not_undone_and_said),
		cmocka_unit_test(faults_are_named_by_their_lines),
		cmocka_unit_test(a_bank_goes_out_and_comes_in_again_unchanged),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
