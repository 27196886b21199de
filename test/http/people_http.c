/* Staff lists over HTTP: who may send a file, what becomes of it, and the way of a list through its pages. */
#include "http_test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static int64_t list;

#define BOUNDARY "----a-boundary"

static size_t files_in(const char *folder)
{
	char path[200];
	size_t n = 0;
	snprintf(path, sizeof path, "%s/%s", f->dir, folder);
	DIR *d = opendir(path);
	for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d))
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

/* A form as a browser sends it; extra: parts before the file. */
static long send_form(struct client *c, const char *path, const char *extra, const char *name, const char *bytes, size_t n)
{
	struct buf b;
	buf_init(&b, c->arena, 256 << 20);
	buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n%s", c->csrf, extra);
	buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n", name);
	buf_add(&b, bytes, n);
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	struct str body = buf_get(&b);
	return send_raw(c, "POST", path, "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
}

static const char *imports_of(int64_t org)
{
	return base_of("/orgs/%lld/imports", (long long)org);
}

static const char *one_list(const char *tail)
{
	return base_of("/orgs/%lld/imports/%lld%s", (long long)w.ministry, (long long)list, tail);
}

static const char *a_list(void)
{
	char org[80], designation[80];
	query_text(f, org, sizeof org, "SELECT code FROM org WHERE id = %lld", (long long)w.ministry);
	query_text(f, designation, sizeof designation, "SELECT code FROM designation LIMIT 1");
	return str_fmt(f->cx.arena, "Employee No,Name,Office,Designation,Reporting Officer\nP1,मीना कुमारी,%s,%s,\nP2,Ravi,nowhere,%s,P1\n", org, designation, designation).p;
}

static void the_file_of_a_stranger_is_never_kept(void **state)
{
	struct client *c = client_as(f, w.learner), *nobody = client_new(f), *other = client_as(f, w.other_admin);
	char *big = calloc(1, 8 << 20);
	(void)state;
	memset(big, 'x', 8 << 20);
	assert_int_equal(send_form(c, imports_of(w.ministry), "", "list.csv", big, 8 << 20), 403);
	assert_int_equal(send_form(other, imports_of(w.ministry), "", "list.csv", big, 8 << 20), 403);
	assert_int_equal(send_form(nobody, imports_of(w.ministry), "", "list.csv", big, 8 << 20), 303);
	assert_int_equal(files_in("upload"), 0);
	assert_int_equal(files_in("import"), 0);
	free(big);
	client_free(c);
	client_free(other);
	client_free(nobody);
}

static void a_form_without_its_token_brings_nothing(void **state)
{
	struct client *c = client_as(f, w.admin);
	const char *text = a_list();
	(void)state;
	c->csrf[0] = c->csrf[0] == 'a' ? 'b' : 'a';
	assert_int_equal(send_form(c, imports_of(w.ministry), "", "list.csv", text, strlen(text)), 403);
	assert_int_equal(files_in("upload"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_import"), 0);
	client_free(c);
}

static void nobody_names_a_file_of_the_server(void **state)
{
	struct client *c = client_as(f, w.admin);
	const char *decoy = str_fmt(f->cx.arena, "%s/decoy", f->dir).p;
	const char *part = str_fmt(f->cx.arena, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n%s\r\n", decoy).p;
	FILE *d = fopen(decoy, "w");
	(void)state;
	assert_true(fputs("name\nsecret\n", d) >= 0 && fclose(d) == 0);
	assert_int_equal(post(c, imports_of(w.ministry), str_fmt(f->cx.arena, "file=%s", decoy).p), 422);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/imports", (long long)w.ministry), str_fmt(f->cx.arena, "{\"file\":\"%s\"}", decoy).p), 422);
	assert_int_equal(send_form(c, imports_of(w.ministry), part, "", "", 0), 422);
	assert_int_equal(send_form(c, imports_of(w.ministry), part, "list.csv", "a,b\n", 4), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_import"), 0);
	assert_int_equal(access(decoy, R_OK), 0);
	client_free(c);
}

static void a_broken_form_is_refused_and_leaves_nothing(void **state)
{
	static const char *const broken[] = {
		"", "--", "--" BOUNDARY, "--" BOUNDARY "\r\n", "--" BOUNDARY "\r\n\r\n", "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nno end",
		"--" BOUNDARY "\r\nContent-Disposition: form-data\r\n\r\nx\r\n--" BOUNDARY "--", "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--" BOUNDARY "--",
		"--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--" BOUNDARY "--", "--other\r\n",
	};
	struct client *c = client_as(f, w.admin);
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_int_equal(send_raw(c, "POST", imports_of(w.ministry), "multipart/form-data; boundary=" BOUNDARY, broken[i], strlen(broken[i])), 400);
	assert_int_equal(send_raw(c, "POST", imports_of(w.ministry), "multipart/form-data", "x", 1), 400);
	assert_int_equal(files_in("upload"), 0);
	client_free(c);
}

static void what_is_no_list_is_told_beside_the_field(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(send_form(c, imports_of(w.ministry), "", "list.xlsx", "PK\0\0", 4), 422);
	assert_true(body_has(c, "This file is not plain text."));
	assert_int_equal(send_form(c, imports_of(w.ministry), "", "", "", 0), 422);
	assert_true(body_has(c, "is needed"));
	assert_int_equal(files_in("upload"), 0);
	assert_int_equal(files_in("import"), 0);
	client_free(c);
}

static void a_list_is_brought_and_its_columns_are_shown(void **state)
{
	struct client *c = client_as(f, w.admin);
	const char *text = a_list();
	(void)state;
	assert_int_equal(send_form(c, imports_of(w.ministry), "", "C:\\\\folder\\staff <1>.csv", text, strlen(text)), 303);
	list = query_int(f, "SELECT max(id) FROM people_import");
	assert_string_equal(answer_header(c, "Location"), one_list(""));
	assert_int_equal(files_in("upload"), 0);
	assert_int_equal(get(c, "%s", one_list("")), 200);
	assert_true(body_has(c, "staff &lt;1&gt;.csv"));
	assert_true(body_has(c, "<option lang=\"\" value=\"4\" selected>Reporting Officer</option>"));
	client_free(c);
}

static void a_refused_choice_of_columns_keeps_what_was_chosen(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	get(c, "%s", one_list(""));
	assert_int_equal(post(c, one_list("/check"), "employee_no=1&name=-1&organisation=2&designation=3&supervisor=0"), 422);
	assert_true(body_has(c, "<option lang=\"\" value=\"1\" selected>Name</option>"));
	assert_true(body_has(c, "is needed: choose the column that holds it"));
	assert_int_equal(post(c, one_list("/check"), "employee_no=0&name=0&organisation=2&designation=3"), 422);
	assert_int_equal(post(c, one_list("/check"), "employee_no=0&name=150&organisation=2&designation=3"), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM job"), 0);
	client_free(c);
}

static void it_is_checked_and_shown_before_anything_changes(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	get(c, "%s", one_list(""));
	assert_int_equal(post(c, one_list("/check"), "employee_no=0&name=1&organisation=2&designation=3&supervisor=4"), 303);
	assert_int_equal(get(c, "%s", one_list("")), 200);
	assert_true(body_has(c, "data-again"));
	work_now(f);
	assert_int_equal(get(c, "%s", one_list("")), 200);
	assert_true(body_has(c, "names no organisation at or below yours"));
	assert_true(body_has(c, "मीना कुमारी"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE employee_no = 'P1'"), 0);
	assert_int_equal(get(c, "%s", one_list("/files/refused.csv")), 200);
	assert_true(body_has(c, "P2"));
	assert_int_equal(get(c, "%s", one_list("/files/list")), 404);
	assert_int_equal(get(c, "%s", one_list("/files/..%2fkarmayogi.db")), 404);
	client_free(c);
}

static void another_administrator_sees_nothing_of_it(void **state)
{
	struct client *c = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(c, "%s", one_list("")), 403);
	assert_int_equal(get(c, "/orgs/%lld/imports/%lld", (long long)w.other_ministry, (long long)list), 404);
	assert_int_equal(get(c, "/orgs/%lld/imports/%lld/files/refused.csv", (long long)w.other_ministry, (long long)list), 404);
	assert_int_equal(post(c, base_of("/orgs/%lld/imports/%lld/apply", (long long)w.other_ministry, (long long)list), ""), 404);
	client_free(c);
}

static void it_is_carried_out_and_taken_back(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	get(c, "%s", one_list(""));
	assert_int_equal(post(c, one_list("/apply"), "refused=nothing"), 409);
	assert_int_equal(post(c, one_list("/apply"), "refused=skip"), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE employee_no = 'P1' AND state = 'active'"), 1);
	assert_int_equal(get(c, "%s", one_list("")), 200);
	assert_int_equal(post(c, one_list("/undo"), ""), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE employee_no = 'P1' AND state = 'active'"), 0);
	assert_int_equal(post(c, one_list("/undo"), ""), 409);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

static void a_program_sends_the_file_itself(void **state)
{
	struct client *c = client_as(f, w.admin);
	const char *text = a_list();
	char token[120];
	(void)state;
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	assert_int_equal(send_raw(c, "POST", base_of("/api/v1/orgs/%lld/imports?file_name=hr.csv", (long long)w.ministry), "text/csv", text, strlen(text)), 200);
	int64_t id = json_number(c, "id");
	assert_int_equal(get(c, "/api/v1/orgs/%lld/imports/%lld", (long long)w.ministry, (long long)id), 200);
	assert_true(body_has(c, "\"file_name\":\"hr.csv\""));
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
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
		cmocka_unit_test(the_file_of_a_stranger_is_never_kept),
		cmocka_unit_test(a_form_without_its_token_brings_nothing),
		cmocka_unit_test(nobody_names_a_file_of_the_server),
		cmocka_unit_test(a_broken_form_is_refused_and_leaves_nothing),
		cmocka_unit_test(what_is_no_list_is_told_beside_the_field),
		cmocka_unit_test(a_list_is_brought_and_its_columns_are_shown),
		cmocka_unit_test(a_refused_choice_of_columns_keeps_what_was_chosen),
		cmocka_unit_test(it_is_checked_and_shown_before_anything_changes),
		cmocka_unit_test(another_administrator_sees_nothing_of_it),
		cmocka_unit_test(it_is_carried_out_and_taken_back),
		cmocka_unit_test(a_program_sends_the_file_itself),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
