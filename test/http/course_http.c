/* Bringing courses in with the program itself: every mistake with file and line, nothing half imported, ids that stay, and archives that
 * want to get out. */
#include "http_test.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fixture *f;
static char said[1 << 16];

/* ── courses on disk ── */

static const char *in_dir(const char *name)
{
	return str_fmt(f->cx.arena, "%s/%s", f->dir, name).p;
}

static void put(const char *name, const char *text)
{
	char path[400];
	snprintf(path, sizeof path, "%s", in_dir(name));
	for (char *p = path + strlen(f->dir) + 1; *p; p++)
		if (*p == '/') {
			*p = 0;
			NEED(mkdir(path, 0755) == 0 || errno == EEXIST, "no folder %s", path);
			*p = '/';
		}
	FILE *o = fopen(path, "w");
	NEED(o && fputs(text, o) >= 0 && fclose(o) == 0, "no file %s", path);
}

#define COURSE "---\ntitle: Dak\nlanguage: en\nprovider: Institute\nsummary: Letters.\n---\n\nAbout letters.\n"
#define LESSON "---\ntitle: A lesson\n---\n\nEvery letter gets a number and a date.\n"
#define QUIZ "---\ntitle: Final\ntype: quiz\nfile: 02-final.gift\npass: 60\n---\n"

static void good_course(const char *folder)
{
	put(str_fmt(f->cx.arena, "%s/course.md", folder).p, COURSE);
	put(str_fmt(f->cx.arena, "%s/01-dak/module.md", folder).p, "---\ntitle: Dak\n---\n");
	put(str_fmt(f->cx.arena, "%s/01-dak/01-lesson.md", folder).p, LESSON);
	put(str_fmt(f->cx.arena, "%s/01-dak/02-final.md", folder).p, QUIZ);
	put(str_fmt(f->cx.arena, "%s/01-dak/02-final.gift", folder).p, "::a:: What does it get? { =A number ~A ribbon }\n");
}

static int import(const char *path, const char *flag)
{
	const char *args[] = { "import", "course", path, flag, NULL };
	return program_run(f, said, sizeof said, args);
}

static bool told(const char *what)
{
	if (strstr(said, what))
		return true;
	print_error("not said: %s\n%s\n", what, said);
	return false;
}

static int64_t rows(void)
{
	return query_int(f, "SELECT (SELECT count(*) FROM course) + (SELECT count(*) FROM module) + (SELECT count(*) FROM resource) + (SELECT count(*) FROM question) + "
			    "(SELECT count(*) FROM search_word)");
}

/* ── folders ── */

static void a_folder_arrives_whole_and_again_as_the_same_course(void **state)
{
	(void)state;
	good_course("dak");
	assert_int_equal(import(in_dir("dak"), "--dry-run"), 0);
	assert_int_equal(rows(), 0);
	assert_int_equal(import(in_dir("dak"), NULL), 0);
	int64_t course = query_int(f, "SELECT id FROM course WHERE code = 'dak'"), lesson = query_int(f, "SELECT id FROM resource WHERE title = 'A lesson'"), n = rows();
	assert_int_equal(query_int(f, "SELECT count(*) FROM resource"), 2);
	assert_int_equal(import(in_dir("dak"), NULL), 0);
	assert_int_equal(rows(), n);
	put("dak/01-dak/01-lesson.md", "---\ntitle: A better lesson\n---\n\nOther words.\n");
	put("dak/01-dak/03-more.md", LESSON);
	assert_int_equal(import(in_dir("dak"), NULL), 0);
	assert_int_equal(query_int(f, "SELECT id FROM course WHERE code = 'dak'"), course);
	assert_int_equal(query_int(f, "SELECT id FROM resource WHERE title = 'A better lesson'"), lesson);
	assert_int_equal(query_int(f, "SELECT count(*) FROM resource"), 3);
	assert_int_equal(check_findings(f), 0);
}

static void every_mistake_is_named_with_file_and_line_at_once(void **state)
{
	int64_t before = rows();
	(void)state;
	good_course("faults");
	put("faults/course.md", "---\ntitle: Dak\nlanguage: en\nunknown: x\nsummary: Letters.\n---\n");
	put("faults/01-dak/01-lesson.md", "---\ntitle: A lesson\n---\n\nText.\n\n<script>alert(1)</script>\n");
	put("faults/01-dak/02-final.md", "---\ntitle: Final\ntype: quiz\nfile: 02-final.gift\npass: 160\nattempts: many\n---\n");
	put("faults/01-dak/02-final.gift", "::a:: What? { =A ~B }\n\n::b:: No answer { ~A ~B }\n");
	put("faults/01-dak/03-film.md", "---\ntitle: Film\ntype: video\nfile: ../../dak/course.md\n---\n");
	put("faults/01-dak/04-gone.md", "---\ntitle: Gone\ntype: pdf\nfile: gone.pdf\npages: 2\n---\n");
	assert_int_equal(import(in_dir("faults"), NULL), 1);
	assert_true(told("course.md:4:") && told("provider"));
	assert_true(told("01-dak/01-lesson.md:7:"));
	assert_true(told("01-dak/02-final.md:5:") && told("01-dak/02-final.md:6:"));
	assert_true(told("01-dak/02-final.gift:3:"));
	assert_true(told("01-dak/03-film.md:4:"));
	assert_true(told("01-dak/04-gone.md:4:"));
	assert_true(told("nothing was imported"));
	assert_int_equal(rows(), before);
}

static void a_mistake_in_a_later_version_leaves_the_course_as_it_was(void **state)
{
	uint64_t before = database_hash(f, true);
	(void)state;
	put("dak/01-dak/02-final.gift", "::a:: What does it get? { =A number ~A ribbon\n");
	assert_int_equal(import(in_dir("dak"), NULL), 1);
	assert_true(told("01-dak/02-final.gift:1:"));
	assert_true(database_hash(f, true) == before);
	put("dak/01-dak/02-final.gift", "::a:: What does it get? { =A number ~A ribbon }\n");
}

static void a_link_leads_nowhere_out_of_the_folder(void **state)
{
	int64_t before = rows();
	(void)state;
	good_course("linked");
	unlink(in_dir("linked/01-dak/01-lesson.md"));
	assert_int_equal(symlink(in_dir("dak/01-dak/01-lesson.md"), in_dir("linked/01-dak/01-lesson.md")), 0);
	assert_int_equal(import(in_dir("linked"), NULL), 1);
	assert_int_equal(rows(), before);
}

static void what_is_not_there_is_said(void **state)
{
	(void)state;
	assert_int_equal(import(in_dir("nowhere"), NULL), 1);
	assert_int_equal(import("/dev/null", NULL), 1);
	assert_true(said[0] != 0);
}

/* ── archives ── */

static struct archive *zip_begin(const char *name)
{
	struct archive *a = archive_write_new();
	NEED(archive_write_set_format_zip(a) == ARCHIVE_OK && archive_write_open_filename(a, in_dir(name)) == ARCHIVE_OK, "no archive");
	return a;
}

static void zip_add(struct archive *a, const char *name, const char *text, size_t n)
{
	struct archive_entry *e = archive_entry_new();
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, (la_int64_t)n);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	NEED(archive_write_header(a, e) == ARCHIVE_OK, "no entry: %s", archive_error_string(a));
	for (size_t done = 0; done < n;) {
		la_ssize_t k = archive_write_data(a, text + done, n - done);
		NEED(k > 0, "no data");
		done += (size_t)k;
	}
	archive_entry_free(e);
}

static void zip_course(struct archive *a, const char *folder)
{
	const struct { const char *name, *text; } all[] = { { "course.md", COURSE }, { "01-dak/module.md", "---\ntitle: Dak\n---\n" }, { "01-dak/01-lesson.md", LESSON } };
	for (size_t i = 0; i < 3; i++)
		zip_add(a, str_fmt(f->cx.arena, "%s/%s", folder, all[i].name).p, all[i].text, strlen(all[i].text));
}

static void zip_end(struct archive *a)
{
	archive_write_close(a);
	archive_write_free(a);
}

static void an_archive_is_as_good_as_its_folder(void **state)
{
	struct archive *a = zip_begin("packed.zip");
	(void)state;
	zip_course(a, "packed");
	zip_end(a);
	assert_int_equal(import(in_dir("packed.zip"), NULL), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM course WHERE code = 'packed'"), 1);
}

static void an_archive_writes_nothing_outside_its_place(void **state)
{
	static const char *const names[] = { "../escaped.md", "evil/../../escaped.md", "/tmp/karmayogi-escaped.md", "evil/.hidden", "evil\\..\\escaped.md", "evil/a/b/c/d/e.md" };
	int64_t before = rows();
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct archive *a = zip_begin("evil.zip");
		zip_course(a, "evil");
		zip_add(a, names[i], "escaped", 7);
		zip_end(a);
		if (import(in_dir("evil.zip"), NULL) != 1) {
			print_error("taken: %s\n%s\n", names[i], said);
			assert_true(false);
		}
		assert_true(access(in_dir("escaped.md"), F_OK) != 0 && access(in_dir("import/escaped.md"), F_OK) != 0 && access("/tmp/karmayogi-escaped.md", F_OK) != 0);
	}
	assert_int_equal(rows(), before);
}

static void an_archive_holds_no_links(void **state)
{
	struct archive *a = zip_begin("link.zip");
	struct archive_entry *e = archive_entry_new();
	(void)state;
	zip_course(a, "link");
	archive_entry_set_pathname(e, "link/01-dak/02-etc.md");
	archive_entry_set_filetype(e, AE_IFLNK);
	archive_entry_set_symlink(e, "/etc/hostname");
	archive_entry_set_perm(e, 0777);
	NEED(archive_write_header(a, e) == ARCHIVE_OK, "no link");
	archive_entry_free(e);
	zip_end(a);
	assert_int_equal(import(in_dir("link.zip"), NULL), 1);
}

static void an_archive_that_swells_is_refused(void **state)
{
	struct archive *a = zip_begin("bomb.zip");
	size_t n = (size_t)310 << 20;
	char *zeros = calloc(1, n);
	struct stat st;
	(void)state;
	zip_course(a, "bomb");
	zip_add(a, "bomb/01-dak/02-film.mp4", zeros, n);
	zip_end(a);
	free(zeros);
	NEED(stat(in_dir("bomb.zip"), &st) == 0 && st.st_size < 10 << 20, "the bomb is not small");
	assert_int_equal(import(in_dir("bomb.zip"), NULL), 1);
	assert_true(told("300 MB"));
}

static void an_archive_of_very_many_files_is_refused(void **state)
{
	struct archive *a = zip_begin("many.zip");
	(void)state;
	zip_course(a, "many");
	for (int i = 0; i < 700; i++)
		zip_add(a, str_fmt(f->cx.arena, "many/01-dak/%03d.txt", i).p, "x", 1);
	zip_end(a);
	assert_int_equal(import(in_dir("many.zip"), NULL), 1);
}

static void a_cut_archive_brings_nothing(void **state)
{
	int64_t before = rows();
	struct stat st;
	struct archive *a = zip_begin("cut.zip");
	(void)state;
	zip_course(a, "cut");
	zip_end(a);
	NEED(stat(in_dir("cut.zip"), &st) == 0, "no archive");
	for (off_t n = st.st_size - 1; n > 0; n -= 1 + st.st_size / 25) {
		NEED(truncate(in_dir("cut.zip"), n) == 0, "cannot cut");
		/* The directory at the end may go missing and the files still be whole; what is whole may come in, and nothing else. */
		int code = import(in_dir("cut.zip"), "--dry-run");
		assert_true(code == 0 || code == 1);
	}
	assert_int_equal(rows(), before);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_data();
	int64_t root = an_org(f, "goi", "Government of India", NONE);
	an_org(f, "institute", "Institute", root);
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
		cmocka_unit_test(a_folder_arrives_whole_and_again_as_the_same_course),
		cmocka_unit_test(every_mistake_is_named_with_file_and_line_at_once),
		cmocka_unit_test(a_mistake_in_a_later_version_leaves_the_course_as_it_was),
		cmocka_unit_test(a_link_leads_nowhere_out_of_the_folder),
		cmocka_unit_test(what_is_not_there_is_said),
		cmocka_unit_test(an_archive_is_as_good_as_its_folder),
		cmocka_unit_test(an_archive_writes_nothing_outside_its_place),
		cmocka_unit_test(an_archive_holds_no_links),
		cmocka_unit_test(an_archive_that_swells_is_refused),
		cmocka_unit_test(an_archive_of_very_many_files_is_refused),
		cmocka_unit_test(a_cut_archive_brings_nothing),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
