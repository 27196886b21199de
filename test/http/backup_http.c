/* Backups: made while people learn, whole or not at all, refused when a single byte is wrong, restored into either back end, and never over
 * something that is there. */
#include "http_test.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <sodium.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static char folder[64]; /* for the backups */
static char said[8000];

static const char *in_folder(const char *name)
{
	return str_fmt(f->cx.arena, "%s/%s", folder, name).p;
}

static int backup_of(struct fixture *from, const char *file)
{
	const char *const args[] = { "backup", file, NULL };
	return program_run(from, said, sizeof said, args);
}

static int restore_to(struct fixture *to, const char *file, bool replace)
{
	const char *const args[] = { "restore", file, replace ? "--replace" : NULL, NULL };
	return program_run(to, said, sizeof said, args);
}

static void assert_clean(struct fixture *at)
{
	const char *const args[] = { "check", NULL };
	assert_int_equal(program_run(at, said, sizeof said, args), 0);
	assert_string_equal(said, "0 findings.\n");
}

static bool there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

static const char *beside(const struct fixture *at, const char *tail)
{
	return str_fmt(f->cx.arena, "%s%s", at->dir, tail).p;
}

/* ── what is in it ── */

struct contents {
	struct {
		char *name;
		struct str bytes;
	} v[400];
	size_t n;
};

static void read_contents(const char *file, struct contents *c)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;
	c->n = 0;
	archive_read_support_filter_all(a);
	archive_read_support_format_tar(a);
	assert_int_equal(archive_read_open_filename(a, file, 65536), ARCHIVE_OK);
	while (archive_read_next_header(a, &e) == ARCHIVE_OK) {
		size_t n = (size_t)archive_entry_size(e);
		char *p = arena_alloc(f->cx.arena, n + 1);
		assert_int_equal(archive_read_data(a, p, n), n);
		p[n] = 0;
		assert_true(c->n < 400);
		c->v[c->n].name = (char *)(uintptr_t)str_dup(f->cx.arena, str_of(archive_entry_pathname(e))).p;
		c->v[c->n++].bytes = (struct str){ p, n };
	}
	archive_read_free(a);
}

static struct str part_of(const struct contents *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].name, name) == 0)
			return c->v[i].bytes;
	return STR_NONE;
}

/* The same archive with one part in another shape; bytes p NULL: left out. name may be new. */
static void write_contents(const char *file, const struct contents *c, const char *name, struct str bytes, unsigned type)
{
	struct archive *a = archive_write_new();
	archive_write_set_format_pax_restricted(a);
	archive_write_add_filter_zstd(a);
	assert_int_equal(archive_write_open_filename(a, file), ARCHIVE_OK);
	bool done = false;
	for (size_t i = 0; i <= c->n; i++) {
		bool ours = i < c->n && strcmp(c->v[i].name, name) == 0;
		if ((i == c->n && done) || (i == c->n && !bytes.p))
			break;
		struct str b = ours || i == c->n ? bytes : c->v[i].bytes;
		done = done || ours;
		if (!b.p)
			continue;
		struct archive_entry *e = archive_entry_new();
		archive_entry_set_pathname(e, i == c->n ? name : c->v[i].name);
		archive_entry_set_filetype(e, ours || i == c->n ? type : AE_IFREG);
		archive_entry_set_perm(e, 0600);
		if (type == AE_IFLNK && (ours || i == c->n))
			archive_entry_set_symlink(e, b.p);
		else
			archive_entry_set_size(e, (la_int64_t)b.n);
		assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
		if (archive_entry_filetype(e) == AE_IFREG)
			assert_int_equal(archive_write_data(a, b.p, b.n), b.n);
		archive_entry_free(e);
	}
	archive_write_close(a);
	archive_write_free(a);
}

/* ── the way there and back ── */

static void assert_same_tables(const char *one, const char *other)
{
	static struct contents a, b;
	read_contents(one, &a);
	read_contents(other, &b);
	size_t tables = 0;
	for (size_t i = 0; i < a.n; i++) {
		if (strncmp(a.v[i].name, "manifest.", 9) == 0)
			continue;
		struct str same = part_of(&b, a.v[i].name);
		assert_true(same.p && str_eq(same, a.v[i].bytes));
		tables += strncmp(a.v[i].name, "tables/", 7) == 0;
	}
	assert_true(tables > 30 && a.n == b.n);
}

static void what_is_restored_is_what_was_there(void **state)
{
	static const char *const keys[] = { "files/keys/certificates.key", "files/keys/secrets.key", "files/keys/push.key" };
	static struct contents c;
	struct fixture *to = fixture_place(fixture_sqlite(f));
	(void)state;
	assert_int_equal(backup_of(f, in_folder("first")), 0);
	read_contents(in_folder("first"), &c);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		assert_true(part_of(&c, keys[i]).n >= 32);
	struct stat st;
	assert_int_equal(stat(in_folder("first"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600); /* it holds the keys */
	assert_int_equal(restore_to(to, in_folder("first"), false), 0);
	assert_clean(to);
	assert_int_equal(backup_of(to, in_folder("again")), 0);
	assert_same_tables(in_folder("first"), in_folder("again"));
	fixture_end(to);
}

static void it_moves_from_one_back_end_to_the_other_and_back(void **state)
{
	if (fixture_sqlite(f)) {
		skip(); /* there is only this one */
		return;
	}
	struct fixture *lite = fixture_place(true), *pg = fixture_place(false);
	(void)state;
	assert_int_equal(backup_of(f, in_folder("from-pg")), 0);
	assert_int_equal(restore_to(lite, in_folder("from-pg"), false), 0);
	assert_clean(lite);
	assert_int_equal(backup_of(lite, in_folder("from-lite")), 0);
	assert_same_tables(in_folder("from-pg"), in_folder("from-lite"));
	assert_int_equal(restore_to(pg, in_folder("from-lite"), false), 0);
	assert_clean(pg);
	assert_int_equal(backup_of(pg, in_folder("from-pg-again")), 0);
	assert_same_tables(in_folder("from-pg"), in_folder("from-pg-again"));
	fixture_end(lite);
	fixture_end(pg);
}

static void whatever_was_written_comes_back_as_it_was(void **state)
{
	struct fixture *to = fixture_place(true);
	char name[200], odd[] = "Tab\there, line\nend\r, \\N and \\t, quote ' \" and सुनीता\xe2\x80\x8d";
	(void)state;
	char before[200];
	query_text(f, before, sizeof before, "SELECT name FROM person WHERE id = %lld", (long long)w.colleague);
	tamper(f, "UPDATE person SET name = '%s' WHERE id = %lld", "Tab\there, line\nend\r, \\N and \\t, quote '' \" and सुनीता\xe2\x80\x8d",
	       (long long)w.colleague);
	/* An empty text is no absent one, in the last column of a row too. */
	struct client *c = client_as(f, w.colleague);
	tamper(f, "UPDATE session SET address = '', agent = '' WHERE id = (SELECT max(id) FROM session)");
	tamper(f, "INSERT INTO item (id, org_id, code, kind, status, version, live_version, level, bloom, source, n, created_at, changed_at) "
		  "VALUES (1, %lld, 'pictured', 'single', 'draft', 1, 0, 0, '', '', 0, 1, 1)", (long long)w.ministry);
	tamper(f, "INSERT INTO item_version (item_id, version, answer_key, points, steps, picture, picture_type, made_at, why) VALUES (1, 1, '{}', 1, 1, %s, 'image/png', 1, '')",
	       fixture_sqlite(f) ? "x'0001ff5c0a09'" : "'\\x0001ff5c0a09'");
	assert_int_equal(backup_of(f, in_folder("odd")), 0);
	assert_int_equal(restore_to(to, in_folder("odd"), false), 0);
	query_end();
	query_text(to, name, sizeof name, "SELECT name FROM person WHERE id = %lld", (long long)w.colleague);
	assert_string_equal(name, odd);
	assert_int_equal(query_int(to, "SELECT count(*) FROM session WHERE address = '' AND agent = ''"), 1);
	assert_int_equal(query_int(to, "SELECT count(*) FROM item_version WHERE picture = x'0001ff5c0a09'"), 1);
	query_end();
	client_free(c);
	tamper(f, "UPDATE person SET name = '%s' WHERE id = %lld", before, (long long)w.colleague);
	fixture_end(to);
}

/* ── while people learn ── */

static atomic_bool ending;
static atomic_int acknowledged;

static void *learn_on(void *arg)
{
	struct client *c = arg;
	while (!atomic_load(&ending)) {
		bool good = post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200 &&
			    post_json(c, base_of("/api/v1/courses/%lld/end-enrolment", (long long)w.course), "{}") == 200;
		if (good)
			atomic_fetch_add(&acknowledged, 1);
	}
	return NULL;
}

static void made_while_people_learn_it_is_one_picture(void **state)
{
	int64_t who[4] = { w.learner, w.colleague, w.boss, w.other_learner };
	struct client *c[4];
	pthread_t t[4];
	(void)state;
	atomic_store(&ending, false);
	for (int i = 0; i < 4; i++)
		c[i] = client_as(f, who[i]);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&t[i], NULL, learn_on, c[i]), 0);
	for (int i = 0; i < 5; i++) {
		struct fixture *to = fixture_place(true);
		int at_least = atomic_load(&acknowledged);
		assert_int_equal(backup_of(f, in_folder("busy")), 0);
		assert_int_equal(restore_to(to, in_folder("busy"), true), 0);
		assert_clean(to);
		query_end();
		assert_true(query_int(to, "SELECT count(*) FROM audit WHERE action = 'enrolment.end'") >= at_least);
		query_end();
		fixture_end(to);
	}
	atomic_store(&ending, true);
	for (int i = 0; i < 4; i++) {
		pthread_join(t[i], NULL);
		client_free(c[i]);
	}
	assert_true(atomic_load(&acknowledged) > 20);
}

/* ── what is refused ── */

static void assert_refused(const char *file, const char *why)
{
	struct fixture *to = fixture_place(true);
	assert_int_equal(restore_to(to, file, false), 1);
	if (!strstr(said, why))
		print_error("expected “%s”, said: %s", why, said);
	assert_non_null(strstr(said, why));
	assert_false(there(to->dir));
	assert_false(there(beside(to, ".restoring")));
	fixture_end(to);
}

/* A bit between the parts (what fills them up to whole blocks) may be wrong without harm: then everything is there as it was. */
static void assert_refused_or_whole(const char *file)
{
	struct fixture *to = fixture_place(true);
	int64_t people = query_int(f, "SELECT count(*) FROM person");
	query_end();
	if (restore_to(to, file, false) == 0) {
		assert_clean(to);
		query_end();
		assert_int_equal(query_int(to, "SELECT count(*) FROM person"), people);
	} else {
		assert_non_null(strstr(said, "Nothing was changed"));
		assert_false(there(to->dir));
	}
	query_end();
	fixture_end(to);
}

static struct str bytes_of(const char *file)
{
	struct stat st;
	FILE *in = fopen(file, "rb");
	NEED(in && stat(file, &st) == 0, "%s", file);
	char *p = arena_alloc(f->cx.arena, (size_t)st.st_size + 1);
	NEED(fread(p, 1, (size_t)st.st_size, in) == (size_t)st.st_size, "%s", file);
	fclose(in);
	return (struct str){ p, (size_t)st.st_size };
}

static void write_bytes(const char *file, const char *p, size_t n)
{
	FILE *out = fopen(file, "wb");
	NEED(out && fwrite(p, 1, n, out) == n && fclose(out) == 0, "%s", file);
}

static void a_cut_backup_is_refused(void **state)
{
	(void)state;
	assert_int_equal(backup_of(f, in_folder("whole")), 0);
	struct str b = bytes_of(in_folder("whole"));
	for (size_t i = 0; i < 16; i++) {
		write_bytes(in_folder("cut"), b.p, b.n * i / 16);
		assert_refused(in_folder("cut"), "Nothing was changed");
	}
	write_bytes(in_folder("cut"), b.p, b.n - 1);
	assert_refused(in_folder("cut"), "Nothing was changed");
}

static void a_byte_that_is_wrong_is_found(void **state)
{
	static struct contents c;
	(void)state;
	read_contents(in_folder("whole"), &c);
	for (size_t i = 0; i < c.n; i += 7) {
		char *p = (char *)(uintptr_t)c.v[i].bytes.p;
		if (!c.v[i].bytes.n)
			continue;
		size_t at = c.v[i].bytes.n / 2;
		p[at] ^= 1;
		write_contents(in_folder("bad"), &c, c.v[i].name, c.v[i].bytes, AE_IFREG);
		p[at] ^= 1;
		assert_refused(in_folder("bad"), "Nothing was changed");
	}
	struct str b = bytes_of(in_folder("whole"));
	for (size_t i = 1; i < 12; i++) {
		char *p = (char *)(uintptr_t)b.p;
		p[b.n * i / 12] ^= 0x10;
		write_bytes(in_folder("bad"), b.p, b.n);
		p[b.n * i / 12] ^= 0x10;
		assert_refused_or_whole(in_folder("bad"));
	}
}

static void what_is_added_or_taken_away_is_found(void **state)
{
	static struct contents c;
	(void)state;
	read_contents(in_folder("whole"), &c);
	write_contents(in_folder("bad"), &c, "tables/person.tsv", STR_NONE, AE_IFREG);
	assert_refused(in_folder("bad"), "parts are missing or added");
	write_contents(in_folder("bad"), &c, "files/keys/another", S("x"), AE_IFREG);
	assert_refused(in_folder("bad"), "parts are missing or added");
	write_contents(in_folder("bad"), &c, "manifest.json", STR_NONE, AE_IFREG);
	assert_refused(in_folder("bad"), "no backup at all");
	static const char *const names[] = { "files/../../../tmp/evil", "../evil", "/tmp/evil", "files//x", "files/.", "other/x", "files/x/../y" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		write_contents(in_folder("bad"), &c, names[i], S("evil"), AE_IFREG);
		assert_refused(in_folder("bad"), "what a backup never holds");
	}
	write_contents(in_folder("bad"), &c, "files/media", S("/tmp"), AE_IFLNK);
	assert_refused(in_folder("bad"), "what a backup never holds");
}

static void what_is_no_backup_is_refused(void **state)
{
	static const char *const foreign[] = { "", "a letter\n", "PK\3\4", "\x1f\x8b\x08", "\x28\xb5\x2f\xfd" };
	(void)state;
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		write_bytes(in_folder("foreign"), foreign[i], strlen(foreign[i]));
		assert_refused(in_folder("foreign"), "Nothing was changed");
	}
	assert_refused(in_folder("not-there"), "cannot be read");
}

static void a_backup_of_a_newer_program_is_refused(void **state)
{
	static struct contents c;
	(void)state;
	read_contents(in_folder("whole"), &c);
	struct str m = part_of(&c, "manifest.json");
	ptrdiff_t at = str_find(m, S("\"schema\":["));
	assert_true(at > 0);
	struct str newer = str_fmt(f->cx.arena, "%.*s\"schema\":[9999,%s", (int)at, m.p, m.p + at + 10);
	unsigned char h[32];
	char hex[65];
	crypto_hash_sha256(h, (const unsigned char *)newer.p, newer.n);
	for (size_t i = 0; i < c.n; i++)
		if (strcmp(c.v[i].name, "manifest.json") == 0)
			c.v[i].bytes = newer;
	write_contents(in_folder("bad"), &c, "manifest.sha256", str_of(sodium_bin2hex(hex, sizeof hex, h, sizeof h)), AE_IFREG);
	assert_refused(in_folder("bad"), "newer program");
}

/* ── never over something ── */

static void what_is_there_is_put_aside_and_never_lost(void **state)
{
	struct fixture *to = fixture_place(true);
	(void)state;
	assert_int_equal(restore_to(to, in_folder("whole"), false), 0);
	write_bytes(beside(to, "/karmayogi.conf"), "# mine\n", 7);
	write_bytes(beside(to, "/media/mine"), "mine", 4);
	assert_int_equal(restore_to(to, in_folder("whole"), false), 1);
	assert_non_null(strstr(said, "--replace"));
	assert_true(there(beside(to, "/media/mine")));
	assert_int_equal(restore_to(to, in_folder("whole"), true), 0);
	char *aside = strstr(said, "is kept in ");
	assert_non_null(aside);
	*strstr(aside, ".\n") = 0;
	assert_true(there(str_fmt(f->cx.arena, "%s/media/mine", aside + 11).p));
	assert_false(there(beside(to, "/media/mine")));
	assert_true(there(beside(to, "/karmayogi.conf"))); /* settings are the machine's */
	remove_tree(aside + 11);
	fixture_end(to);
}

static void nothing_is_restored_under_a_running_server(void **state)
{
	struct fixture *to = fixture_place(true);
	struct program p;
	char message[4000];
	(void)state;
	assert_int_equal(restore_to(to, in_folder("whole"), false), 0);
	assert_true(program_serve(to, &p, message, sizeof message));
	assert_int_equal(restore_to(to, in_folder("whole"), true), 1);
	assert_non_null(strstr(said, "A server is running"));
	program_kill(&p, SIGTERM);
	fixture_end(to);
}

static void a_database_that_holds_data_is_left_alone(void **state)
{
	struct fixture *to = fixture_place(true);
	(void)state;
	if (fixture_sqlite(f)) {
		fixture_end(to);
		skip();
		return;
	}
	snprintf(to->url, sizeof to->url, "%s", f->url);
	int64_t people = query_int(f, "SELECT count(*) FROM person");
	assert_int_equal(restore_to(to, in_folder("whole"), false), 1);
	assert_non_null(strstr(said, "holds data already"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM person"), people);
	assert_false(there(to->dir));
	snprintf(to->url, sizeof to->url, "sqlite:%s/karmayogi.db", to->dir);
	fixture_end(to);
}

static _Noreturn void quietly(const char *const *argv)
{
	int null = open("/dev/null", O_WRONLY);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static void killed_at_any_moment_it_leaves_all_or_nothing(void **state)
{
	unsigned killed = 0;
	(void)state;
	for (unsigned i = 0; i < 12; i++) {
		struct fixture *to = fixture_place(true);
		const char *const argv[] = { program_path(), "restore", in_folder("whole"), "--data", to->dir, "--database", to->url, NULL };
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			quietly(argv);
		usleep(3000 + 9000 * i);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		if (there(to->dir)) {
			assert_clean(to);
		} else {
			killed++;
			if (there(beside(to, ".restoring"))) {
				assert_int_equal(restore_to(to, in_folder("whole"), false), 1);
				assert_non_null(strstr(said, "broken off"));
				remove_tree(beside(to, ".restoring"));
			}
			assert_int_equal(restore_to(to, in_folder("whole"), false), 0);
			assert_clean(to);
		}
		fixture_end(to);
	}
	assert_true(killed > 0);
}

static void a_backup_that_cannot_be_written_leaves_none(void **state)
{
	(void)state;
	assert_int_equal(backup_of(f, in_folder("no-folder/x")), 1);
	assert_non_null(strstr(said, "cannot be written"));
	assert_int_equal(backup_of(f, str_fmt(f->cx.arena, "%s/inside", f->dir).p), 1);
	assert_non_null(strstr(said, "may not lie in the data folder"));
	assert_false(there(str_fmt(f->cx.arena, "%s/inside", f->dir).p));
	/* No file may grow beyond some KB, as on a disk that is full: what was written goes away again. */
	const char *const argv[] = { program_path(), "backup", in_folder("full"), "--data", f->dir, "--database", f->url, NULL };
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 8192, 8192 });
		signal(SIGXFSZ, SIG_IGN);
		quietly(argv);
	}
	int status;
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	assert_false(there(in_folder("full")) || there(in_folder("full.part")) || there(in_folder("full.table.part")));
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	snprintf(folder, sizeof folder, "/tmp/backup_http.XXXXXX");
	return mkdtemp(folder) ? 0 : 1;
}

static int end(void **state)
{
	(void)state;
	remove_tree(folder);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_restored_is_what_was_there),
		cmocka_unit_test(it_moves_from_one_back_end_to_the_other_and_back),
		cmocka_unit_test(whatever_was_written_comes_back_as_it_was),
		cmocka_unit_test(made_while_people_learn_it_is_one_picture),
		cmocka_unit_test(a_cut_backup_is_refused),
		cmocka_unit_test(a_byte_that_is_wrong_is_found),
		cmocka_unit_test(what_is_added_or_taken_away_is_found),
		cmocka_unit_test(what_is_no_backup_is_refused),
		cmocka_unit_test(a_backup_of_a_newer_program_is_refused),
		cmocka_unit_test(what_is_there_is_put_aside_and_never_lost),
		cmocka_unit_test(nothing_is_restored_under_a_running_server),
		cmocka_unit_test(a_database_that_holds_data_is_left_alone),
		cmocka_unit_test(killed_at_any_moment_it_leaves_all_or_nothing),
		cmocka_unit_test(a_backup_that_cannot_be_written_leaves_none),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
