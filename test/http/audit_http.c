/* The audit trail: every change leaves its row, nobody alters a sealed one unnoticed, each sees what is his to see; and who looked at whose record. */
#include "http_test.h"
#include "feature/check/check.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

static int64_t rows_of(const char *action)
{
	return query_int(f, "SELECT count(*) FROM audit WHERE action = '%s'", action);
}

static void seal(void)
{
	f->app.fixed_now += 11 * SECOND;
	work_now(f);
}

struct proof {
	struct buf b;
	size_t n;
};
static enum err check_in(struct ctx *cx, void *arg)
{
	struct proof *p = arg;
	buf_init(&p->b, cx->arena, 1 << 20);
	return check_all(cx, &p->b, &p->n);
}

/* Findings, not printed: here they are wanted. */
static size_t findings(void)
{
	struct proof p = { 0 };
	NEED(db_read(&f->cx, check_in, &p) == OK, "the check fails");
	return p.n;
}

static void a_change_leaves_who_whom_what_and_from_where(void **state)
{
	struct client *c = client_as(f, w.boss);
	char input[2000], address[60];
	(void)state;
	int64_t before = rows_of("team.assign");
	assert_int_equal(post_json(c, base_of("/api/v1/people/%lld/assignments", (long long)w.learner),
				   str_fmt(f->cx.arena, "{\"course_id\":\"%lld\",\"due_day\":\"2027-01-31\",\"reason\":\"For the RTI desk\"}", (long long)w.course).p), 200);
	assert_int_equal(rows_of("team.assign"), before + 1);
	assert_int_equal(query_int(f, "SELECT person_id FROM audit WHERE action = 'team.assign'"), w.boss);
	assert_int_equal(query_int(f, "SELECT subject_id FROM audit WHERE action = 'team.assign' AND subject = 'person'"), w.learner);
	assert_int_equal(query_int(f, "SELECT org_id FROM audit WHERE action = 'team.assign'"), w.office);
	query_text(f, input, sizeof input, "SELECT input FROM audit WHERE action = 'team.assign'");
	assert_non_null(strstr(input, "For the RTI desk"));
	query_text(f, address, sizeof address, "SELECT address FROM audit WHERE action = 'team.assign'");
	assert_string_equal(address, "127.0.0.1");
	client_free(c);
}

static void a_refused_change_leaves_none(void **state)
{
	struct client *c = client_as(f, w.learner);
	int64_t before = query_int(f, "SELECT count(*) FROM audit");
	(void)state;
	post_json(c, base_of("/api/v1/people/%lld/assignments", (long long)w.colleague), "{}");
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit"), before);
	client_free(c);
}

static void no_secret_stands_in_it(void **state)
{
	struct client *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(post(c, "/me/password", "old_password=a+good+password&new_password=quite+another+password"), 303);
	assert_int_equal(rows_of("account.password"), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE input LIKE '%%good password%%' OR input LIKE '%%quite another%%'"), 0);
	client_free(c);
}

static void what_is_sealed_cannot_be_altered_unnoticed(void **state)
{
	static const struct { const char *alter, *restore; } all[] = {
		{ "UPDATE audit SET person_id = person_id + 1 WHERE id = %lld", "UPDATE audit SET person_id = person_id - 1 WHERE id = %lld" },
		{ "UPDATE audit SET at = at + 1 WHERE id = %lld", "UPDATE audit SET at = at - 1 WHERE id = %lld" },
		{ "UPDATE audit SET before = '' WHERE id = %lld", "UPDATE audit SET before = NULL WHERE id = %lld" },
		{ "UPDATE audit SET input = input || ' ' WHERE id = %lld", "UPDATE audit SET input = rtrim(input) WHERE id = %lld" },
		{ "UPDATE audit SET action = 'x' || action WHERE id = %lld", "UPDATE audit SET action = substr(action, 2) WHERE id = %lld" },
		{ "UPDATE audit SET path = path || 'x', address = address WHERE id = %lld", "UPDATE audit SET path = substr(path, 1, length(path) - 1) WHERE id = %lld" },
		{ "UPDATE audit SET seal_n = NULL WHERE id = %lld", "UPDATE audit SET seal_n = 1 WHERE id = %lld" },
		{ "UPDATE audit SET seal_n = 99 WHERE id = %lld", "UPDATE audit SET seal_n = 1 WHERE id = %lld" },
		{ "UPDATE audit_seal SET at = at + 1 WHERE n = 1 AND %lld > 0", "UPDATE audit_seal SET at = at - 1 WHERE n = 1 AND %lld > 0" },
		{ "UPDATE audit_seal SET n_rows = n_rows + 1 WHERE n = 1 AND %lld > 0", "UPDATE audit_seal SET n_rows = n_rows - 1 WHERE n = 1 AND %lld > 0" },
		{ "UPDATE audit_seal SET previous = 'x' WHERE n = 2 AND %lld > 0", NULL },
	};
	struct client *c = client_as(f, w.learner);
	(void)state;
	seal();
	assert_true(query_int(f, "SELECT count(*) FROM audit_seal") == 1);
	post(c, "/me/sessions/end", "");
	seal();
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit_seal"), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE seal_n IS NULL"), 0);
	assert_int_equal(findings(), 0);
	int64_t row = query_int(f, "SELECT min(id) FROM audit");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		tamper(f, all[i].alter, (long long)row);
		if (findings() == 0) {
			print_error("not noticed: %s\n", all[i].alter);
			assert_true(false);
		}
		if (all[i].restore) {
			tamper(f, all[i].restore, (long long)row);
			assert_int_equal(findings(), 0);
		}
	}
	tamper(f, "UPDATE audit_seal SET previous = (SELECT hash FROM audit_seal WHERE n = 1) WHERE n = 2");
	assert_int_equal(findings(), 0);
	client_free(c);
}

static void a_row_or_seal_taken_away_is_noticed(void **state)
{
	(void)state;
	tamper(f, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit WHERE seal_n = 1)");
	size_t n = findings();
	assert_true(n >= 1);
	tamper(f, "DELETE FROM audit_seal WHERE n = 1");
	assert_true(findings() >= n);
}

static void an_administrator_reads_the_trail_below_and_no_other(void **state)
{
	struct client *c = client_as(f, w.admin), *other = client_as(f, w.other_admin), *learner = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/audit", (long long)w.ministry), 200);
	assert_true(body_has(c, "team.assign"));
	assert_int_equal(get(c, "/orgs/%lld/audit?action=team.assign&since=2020-01-01", (long long)w.ministry), 200);
	assert_true(body_has(c, "For the RTI desk"));
	assert_int_equal(get(c, "/orgs/%lld/audit?action=no.such", (long long)w.ministry), 200);
	assert_false(body_has(c, "team.assign</code>"));
	assert_int_equal(get(c, "/orgs/%lld/audit?who=nobody+at+all", (long long)w.ministry), 422);
	assert_int_equal(get(c, "/orgs/%lld/audit.csv?action=team.assign", (long long)w.ministry), 200);
	assert_true(body_has(c, "\"team.assign\""));
	assert_int_equal(get(other, "/orgs/%lld/audit", (long long)w.ministry), 403);
	assert_int_equal(get(other, "/orgs/%lld/audit", (long long)w.other_ministry), 200);
	assert_false(body_has(other, "For the RTI desk"));
	assert_int_equal(get(learner, "/orgs/%lld/audit", (long long)w.ministry), 403);
	client_free(c);
	client_free(other);
	client_free(learner);
}

static void who_looks_at_a_record_is_told_to_its_owner(void **state)
{
	struct client *learner = client_as(f, w.learner), *boss = client_as(f, w.boss), *stranger = client_as(f, w.other_boss);
	(void)state;
	assert_int_equal(get(learner, "/people/%lld", (long long)w.learner), 200);
	assert_int_equal(get(learner, "/me/views"), 200);
	assert_true(body_has(learner, "Nobody has looked so far."));
	assert_int_equal(get(stranger, "/people/%lld", (long long)w.learner), 403);
	assert_int_equal(get(boss, "/people/%lld", (long long)w.learner), 200);
	assert_int_equal(get(boss, "/people/%lld", (long long)w.learner), 200);
	assert_int_equal(get(boss, "/people/%lld/learning", (long long)w.learner), 200);
	assert_int_equal(get(learner, "/me/views"), 200);
	assert_true(body_has(learner, "team.member") || body_has(learner, "record."));
	assert_int_equal(query_int(f, "SELECT count(DISTINCT viewer_id) FROM record_view WHERE person_id = %lld", (long long)w.learner), 1);
	assert_int_equal(query_int(f, "SELECT sum(n) FROM record_view WHERE person_id = %lld", (long long)w.learner), 3);
	client_free(learner);
	client_free(boss);
	client_free(stranger);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	schedule_work(f);
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
		cmocka_unit_test(a_change_leaves_who_whom_what_and_from_where),
		cmocka_unit_test(a_refused_change_leaves_none),
		cmocka_unit_test(no_secret_stands_in_it),
		cmocka_unit_test(what_is_sealed_cannot_be_altered_unnoticed),
		cmocka_unit_test(an_administrator_reads_the_trail_below_and_no_other),
		cmocka_unit_test(who_looks_at_a_record_is_told_to_its_owner),
		cmocka_unit_test(a_row_or_seal_taken_away_is_noticed),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
