/* Tests of bringing courses in: whole or not at all, every mistake named with file and line, what learners did stays, and nothing that
 * a stranger packs into a ZIP leaves its folder. On the back end that TEST_DATABASE names (an own SQLite file when it is absent;
 * another database is only added to, and only the rows of the own courses are counted). */
#include "app/features.h"
#include "base/clock.h"
#include "feature/completion/completion.h"
#include "feature/course/course.h"
#include "feature/course/parcel.h"
#include "feature/enrolment/enrolment.h"
#include "feature/person/person.h"
#include "feature/progress/progress.h"
#include "feature/quiz/quiz.h"
#include "feature/search/search.h"
#include "text/markdown.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <ftw.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct world {
	struct arena *arena;
	struct app app;
	struct db_pool *pool;
	struct ctx cx;
	char dir[64]; /* holds data/ (the program's), folders/ and zips/ (the author's) and test.db */
};
static struct world w;

static struct str unique(const char *what)
{
	return str_fmt(w.arena, "%s-%s", what, random_hex(&w.cx, 6).p);
}

static enum err writing(db_fn *fn, void *arg)
{
	w.cx.n_failures = 0;
	return db_write(&w.cx, w.pool, fn, arg);
}

/* ── the author's folder ── */

struct file {
	const char *name, *text; /* text NULL: not there */
};
static const struct file good[] = {
	{ "course.md", "---\ntitle: Keeping a register\nlanguage: en\nprovider: Institute of Registers\nsummary: How a register is kept.\n"
		       "topics: records, noting\nlicence: CC BY 4.0\nsources: Manual of Office Procedure\n---\n\nFor those who keep **one**.\n" },
	{ "01-open/module.md", "---\ntitle: Opening\nsummary: The first page.\n---\n" },
	{ "01-open/01-lesson.md", "---\ntitle: The first page\n---\n\n## Numbers\n\nEvery page of the zeppelin register is numbered.\n" },
	{ "01-open/02-film.md", "---\ntitle: The film\ntype: video\nfile: 02-film.mp4\ncaptions: 02-film.en.vtt\nseconds: 90\n---\n\nSee how it is done.\n" },
	{ "01-open/02-film.mp4", "the import does not look into films" },
	{ "01-open/02-film.en.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nA clerk sharpens the pencil.\n" },
	{ "01-open/03-check.md", "---\ntitle: You know it already?\ntype: quiz\nfile: 03-check.gift\ncredits: 01-lesson.md\n---\n" },
	{ "01-open/03-check.gift", "::numbered::Is every page numbered? {T}\n" },
	{ "02-close/module.md", "---\ntitle: Closing\n---\n" },
	{ "02-close/01-sound.md", "---\ntitle: The interview\ntype: audio\nfile: 01-sound.ogg\nseconds: 60\n---\n" },
	{ "02-close/01-sound.ogg", "sound" },
	{ "02-close/02-form.md", "---\ntitle: The form\ntype: pdf\nfile: 02-form.pdf\npages: 3\n---\n" },
	{ "02-close/02-form.pdf", "%PDF" },
	{ "02-close/03-final.md", "---\ntitle: Final\ntype: quiz\nfile: 03-final.gift\npass: 70\nattempts: 2\ndraw: 1\nfeedback: each\n---\n" },
	{ "02-close/03-final.gift", "::one::Who closes it? {=the officer ~nobody}\n\n::two::How many pages? {#100}\n" },
};

static void make_folders(const char *path)
{
	for (const char *slash = path; (slash = strchr(slash + 1, '/'));)
		mkdir(str_fmt(w.arena, "%.*s", (int)(slash - path), path).p, 0750);
}

static void write_bytes(const char *path, const char *p, size_t n)
{
	make_folders(path);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void put(const char *folder, const struct file *f)
{
	const char *path = str_fmt(w.arena, "%s/%s", folder, f->name).p;
	if (f->text)
		write_bytes(path, f->text, strlen(f->text));
	else
		unlink(path);
}

/* A folder with the good course of a new code. */
static const char *a_folder(void)
{
	const char *folder = str_fmt(w.arena, "%s/folders/%s", w.dir, unique("register").p).p;
	for (size_t i = 0; i < COUNT(good); i++)
		put(folder, &good[i]);
	return folder;
}

static struct str code_of(const char *folder)
{
	return str_of(strrchr(folder, '/') + 1);
}

/* ── importing, as the command does it ── */

struct importing {
	struct parcel *parcel;
	struct course_change change;
};

static enum err write_fn(struct ctx *cx, void *arg)
{
	struct importing *i = arg;
	return course_write(cx, i->parcel, &i->change);
}

/* NULL with findings. */
static struct parcel *read_at(const char *path, struct findings *f)
{
	struct parcel *p = NULL;
	*f = (struct findings){ .arena = w.arena };
	w.cx.n_failures = 0;
	assert_int_equal(course_read(&w.cx, path, f, &p), OK);
	assert_true((p == NULL) == (f->n > 0)); /* one or the other, never half */
	return p;
}

static struct course_change imported(const char *path)
{
	struct findings f;
	struct importing i = { .parcel = read_at(path, &f) };
	struct str message = STR_NONE;
	for (size_t k = 0; k < f.n; k++)
		print_error("%.*s:%d: %.*s\n", STR_ARG(f.v[k].file), f.v[k].line, STR_ARG(finding_text(w.arena, &f.v[k])));
	assert_non_null(i.parcel);
	assert_int_equal(course_store_media(&w.cx, i.parcel, &message), OK);
	assert_int_equal(writing(write_fn, &i), OK);
	return i.change;
}

/* Everything that the database holds of a course, counted; the test's own SQL. */
struct rows {
	int64_t courses, revision, topics, modules, resources, ended, words, quizzes, questions, ended_questions;
};
#define ROWS_SQL(p)                                                                                                                                            \
	"SELECT (SELECT count(*) FROM course WHERE code = " p "), (SELECT COALESCE(max(revision), 0) FROM course WHERE code = " p "),"                         \
	" (SELECT count(*) FROM course_topic t JOIN course c ON c.id = t.course_id WHERE c.code = " p "),"                                                     \
	" (SELECT count(*) FROM module m JOIN course c ON c.id = m.course_id WHERE c.code = " p "),"                                                           \
	" (SELECT count(*) FROM resource r JOIN course c ON c.id = r.course_id WHERE c.code = " p "),"                                                         \
	" (SELECT count(*) FROM resource r JOIN course c ON c.id = r.course_id WHERE c.code = " p " AND r.ended_at IS NOT NULL),"                              \
	" (SELECT count(*) FROM search_word s LEFT JOIN course c ON c.id = s.course_id WHERE c.code = " p " OR c.id IS NULL),"                                 \
	" (SELECT count(*) FROM quiz q JOIN resource r ON r.id = q.resource_id JOIN course c ON c.id = r.course_id WHERE c.code = " p "),"                     \
	" (SELECT count(*) FROM question q JOIN resource r ON r.id = q.resource_id JOIN course c ON c.id = r.course_id WHERE c.code = " p "),"                 \
	" (SELECT count(*) FROM question q JOIN resource r ON r.id = q.resource_id JOIN course c ON c.id = r.course_id WHERE c.code = " p                      \
	" AND q.ended_at IS NOT NULL)"
#define COL(member) { #member, DB_INT, offsetof(struct rows, member) }
static const enum db_type one_text[] = { DB_TEXT };
static const struct db_col rows_cols[] = { COL(courses), COL(revision), COL(topics),  COL(modules),   COL(resources),
					   COL(ended),	 COL(words),	COL(quizzes), COL(questions), COL(ended_questions) };
static const struct db_stmt rows_stmt = { .name = "test.rows", .sqlite = ROWS_SQL("?1"), .pg = ROWS_SQL("$1"), .purpose = "", .reads = "", .writes = "",
					  .row_size = sizeof(struct rows), .n_params = 1, .n_cols = COUNT(rows_cols), .params = one_text, .cols = rows_cols };

static struct rows rows_of(struct str code)
{
	struct rows r;
	const struct db_value v[] = { { .type = DB_TEXT, .s = code } };
	assert_int_equal(db_one(&w.cx, &rows_stmt, v, &r), OK);
	return r;
}

#define assert_same_rows(a, b) assert_memory_equal(&(a), &(b), sizeof(struct rows))
static const struct rows no_rows;

static int64_t resource_id(int64_t course_id, const char *code)
{
	struct course_resource_of_code_row r;
	bool found = false;
	assert_int_equal(course_sql_resource_of_code(&w.cx, course_id, str_of(code), &r, &found), OK);
	return found ? r.id : 0;
}

static struct course_outline_row *outline(int64_t course_id, int64_t person_id, size_t *n)
{
	struct course_outline_row *r;
	assert_int_equal(course_sql_outline(&w.cx, person_id, course_id, &r, n), OK);
	return r;
}

/* ── a good folder ── */

static void assert_arrived(int64_t course_id)
{
	struct course_one_row c;
	struct course_topics_row *topics;
	struct course_resource_row r;
	struct quiz_one_row q;
	size_t n, n_topics;
	bool found = false;
	assert_int_equal(course_sql_one(&w.cx, course_id, &c, &found), OK);
	assert_true(found && str_is(c.title, "Keeping a register") && str_is(c.lang, "en") && str_is(c.provider, "Institute of Registers"));
	assert_true(str_is(c.summary, "How a register is kept.") && str_is(c.licence, "CC BY 4.0") && str_is(c.sources, "Manual of Office Procedure"));
	assert_true(str_find(c.body, S("<strong>one</strong>")) >= 0 && str_is(c.state, "live"));
	assert_int_equal(c.n_resources, 5); /* the check only proves the lesson */
	assert_int_equal(course_sql_topics(&w.cx, course_id, &topics, &n_topics), OK);
	assert_true(n_topics == 2 && str_is(topics[0].topic, "noting") && str_is(topics[1].topic, "records"));

	static const struct {
		const char *module, *title, *kind;
		int64_t ms, pages;
	} wanted[] = {
		{ "Opening", "The first page", "lesson", 0, 0 },
		{ "Opening", "The film", "video", 90000, 0 },
		{ "Opening", "You know it already?", "quiz", 45000, 0 },
		{ "Closing", "The interview", "audio", 60000, 0 },
		{ "Closing", "The form", "pdf", 135000, 3 },
		{ "Closing", "Final", "quiz", 45000, 0 },
	};
	struct course_outline_row *o = outline(course_id, 0, &n);
	assert_int_equal(n, COUNT(wanted));
	for (size_t i = 0; i < n; i++) {
		assert_true(str_is(o[i].module, wanted[i].module) && str_is(o[i].title, wanted[i].title) && str_is(o[i].kind, wanted[i].kind));
		assert_true(wanted[i].ms ? o[i].ms == wanted[i].ms : o[i].ms > 0);
		assert_int_equal(o[i].pages, wanted[i].pages);
	}
	assert_int_equal(o[2].credits_id, o[0].id);
	assert_int_equal(course_sql_resource(&w.cx, o[1].id, &r, &found), OK);
	assert_true(str_find(r.cues, S("sharpens the pencil")) >= 0 && str_find(r.body, S("See how it is done")) >= 0);
	assert_int_equal(quiz_sql_one(&w.cx, o[5].id, &q, &found), OK);
	assert_true(found && q.pass == 70 && q.attempts == 2 && q.draw == 1 && str_is(q.feedback, "each"));
	assert_int_equal(rows_of(c.code).questions, 3);
}

static void assert_stored(int64_t resource, const char *text)
{
	struct course_resource_row r;
	char got[100];
	bool found = false;
	assert_int_equal(course_sql_resource(&w.cx, resource, &r, &found), OK);
	FILE *f = fopen(course_media_path(&w.cx, r.media).p, "rb");
	assert_non_null(f);
	size_t n = fread(got, 1, sizeof got, f);
	fclose(f);
	assert_true(str_eq((struct str){ got, n }, str_of(text)));
}

static bool finds(const char *query, int64_t course_id)
{
	struct search_found r;
	struct catalogue *c;
	bool found = false;
	assert_int_equal(catalogue_hold(&w.cx, &c), OK);
	assert_int_equal(search_courses(&w.cx, c, str_of(query), &r), OK);
	for (size_t i = 0; i < r.hits.n; i++)
		found = found || c->v[r.hits.v[i].at].id == course_id;
	catalogue_release(&w.cx, c);
	return found;
}

static void test_good_folder_arrives_whole(void **state)
{
	(void)state;
	const char *folder = a_folder();
	struct course_change c = imported(folder);
	assert_true(c.added);
	assert_arrived(c.course_id);
	assert_stored(resource_id(c.course_id, "01-open/02-film"), "the import does not look into films");
	assert_stored(resource_id(c.course_id, "02-close/02-form"), "%PDF");
	/* Title, topic, provider, lesson, captions: all can be searched. */
	static const char *const queries[] = { "register", "noting", "institute", "zeppelin", "pencil" };
	for (size_t i = 0; i < COUNT(queries); i++)
		assert_true(finds(queries[i], c.course_id));
}

static void test_demonstration_courses_are_right(void **state)
{
	(void)state;
	static const char *const names[] = { "right-to-information", "right-to-information-hi", "noting-and-drafting", "posh-2013" };
	for (size_t i = 0; i < COUNT(names); i++) {
		struct findings f;
		struct parcel *p = read_at(str_fmt(w.arena, "%s/demo/courses/%s", SOURCE_DIR, names[i]).p, &f);
		assert_non_null(p);
		assert_true(str_is(parcel_code(p), names[i]) && parcel_resources(p) > 0);
	}
}

static void test_dry_run_changes_nothing(void **state)
{
	(void)state;
	struct findings f;
	struct stat st;
	const char *folder = a_folder();
	put(folder, &(struct file){ "01-open/02-film.mp4", "a film that no other test stores" });
	struct parcel *p = read_at(folder, &f);
	assert_non_null(p); /* what --dry-run does: reads, and says what it read */
	assert_true(str_is(parcel_title(p), "Keeping a register"));
	assert_int_equal(parcel_resources(p), 5);
	struct rows r = rows_of(code_of(folder));
	assert_same_rows(r, no_rows);
	assert_int_not_equal(stat(course_media_path(&w.cx, p->modules[0].resources[1].media.name).p, &st), 0);
}

/* ── mistakes ── */

struct mistake {
	struct file change;
	const char *file;
	int line; /* 0: the file as a whole */
	const char *says;
};
#define COURSE(rest) "---\ntitle: A\nlanguage: en\nprovider: P\nsummary: S\n" rest
#define FILM "---\ntitle: F\ntype: video\nfile: 02-film.mp4\n"
#define FINAL "---\ntitle: F\ntype: quiz\nfile: 03-final.gift\n"
#define LONG40 "0123456789012345678901234567890123456789"
static const struct mistake mistakes[] = {
	{ { "course.md", NULL }, "course.md", 0, "missing" },
	{ { "course.md", "no keys at all\n" }, "course.md", 1, "---" },
	{ { "course.md", "---\ntitle: A\n" }, "course.md", 1, "not closed" },
	{ { "course.md", "---\nlanguage: en\nprovider: P\nsummary: S\n---\n" }, "course.md", 1, "“title” is missing" },
	{ { "course.md", COURSE("colour: red\n---\n") }, "course.md", 6, "“colour”" },
	{ { "course.md", COURSE("title: B\n---\n") }, "course.md", 6, "twice" },
	{ { "course.md", COURSE("licence:\n---\n") }, "course.md", 6, "no value" },
	{ { "course.md", COURSE("just words\n---\n") }, "course.md", 6, "just words" },
	{ { "course.md", "---\ntitle: A\nlanguage: English!\nprovider: P\nsummary: S\n---\n" }, "course.md", 3, "language" },
	{ { "course.md", "---\ntitle: " LONG40 LONG40 LONG40 LONG40 "x\nlanguage: en\nprovider: P\nsummary: S\n---\n" }, "course.md", 2, "160" },
	{ { "course.md", COURSE("---\n\nGood.\n\n<script>alert(1)</script>\n") }, "course.md", 10, "HTML" },
	{ { "course.md", COURSE("---\n\n[here](javascript:alert(1))\n") }, "course.md", 8, "javascript" },
	{ { "course.md", COURSE("---\n\nGood.\nBad: \xff\xfe\n") }, "course.md", 9, "UTF-8" },
	{ { "01-open/module.md", NULL }, "01-open/module.md", 0, "missing" },
	{ { "01-open/module.md", "---\nsummary: S\n---\n" }, "01-open/module.md", 1, "“title”" },
	{ { "03-empty/module.md", "---\ntitle: Empty\n---\n" }, "03-empty/module.md", 0, "no resources" },
	{ { "01-open/01-lesson.md", "---\ntitle: L\n---\n" }, "01-open/01-lesson.md", 4, "no text" },
	{ { "01-open/01-lesson.md", "---\ntitle: L\ntype: game\n---\n\nText.\n" }, "01-open/01-lesson.md", 3, "type must be" },
	{ { "01-open/02-film.md", FILM "captions: 02-film.en.vtt\n---\n" }, "01-open/02-film.md", 1, "seconds" },
	{ { "01-open/02-film.md", FILM "captions: 02-film.en.vtt\nseconds: ten\n---\n" }, "01-open/02-film.md", 6, "whole number" },
	{ { "01-open/02-film.md", FILM "captions: 02-film.en.vtt\nseconds: 0\n---\n" }, "01-open/02-film.md", 6, "whole number" },
	{ { "01-open/02-film.md", FILM "captions: 02-film.en.vtt\nseconds: 99999999999999999999\n---\n" }, "01-open/02-film.md", 6, "whole number" },
	{ { "01-open/02-film.md", FILM "seconds: 9\n---\n" }, "01-open/02-film.md", 1, "captions" },
	{ { "01-open/02-film.md", FILM "captions: other.vtt\nseconds: 9\n---\n" }, "01-open/02-film.md", 5, "other.vtt" },
	{ { "01-open/02-film.md", FILM "captions: 02-film.mp4\nseconds: 9\n---\n" }, "01-open/02-film.md", 5, "02-film.mp4" },
	{ { "01-open/02-film.md", "---\ntitle: F\ntype: video\nfile: ../../outside.mp4\ncaptions: 02-film.en.vtt\nseconds: 9\n---\n" },
	  "01-open/02-film.md", 4, "outside.mp4" },
	{ { "01-open/02-film.md", "---\ntitle: F\ntype: video\nfile: /etc/passwd\ncaptions: 02-film.en.vtt\nseconds: 9\n---\n" },
	  "01-open/02-film.md", 4, "/etc/passwd" },
	{ { "01-open/02-film.mp4", NULL }, "01-open/02-film.md", 4, "02-film.mp4" },
	{ { "01-open/02-film.en.vtt", "00:00.000 --> 00:01.000\nHello\n" }, "01-open/02-film.en.vtt", 1, "WEBVTT" },
	{ { "01-open/02-film.en.vtt", "WEBVTT\n\n00:05.000 --> 00:01.000\nHello\n" }, "01-open/02-film.en.vtt", 3, "ends before" },
	{ { "01-open/03-check.md", "---\ntitle: C\ntype: quiz\nfile: 03-check.gift\ncredits: 09-nothing.md\n---\n" }, "01-open/03-check.md", -1, "credits" },
	{ { "02-close/02-form.md", "---\ntitle: F\ntype: pdf\nfile: 02-form.pdf\n---\n" }, "02-close/02-form.md", 1, "pages" },
	{ { "02-close/03-final.md", FINAL "pass: 101\n---\n" }, "02-close/03-final.md", 5, "pass" },
	{ { "02-close/03-final.md", FINAL "attempts: 21\n---\n" }, "02-close/03-final.md", 5, "attempts" },
	{ { "02-close/03-final.md", FINAL "draw: 3\n---\n" }, "02-close/03-final.md", 5, "draw" },
	{ { "02-close/03-final.md", FINAL "feedback: loud\n---\n" }, "02-close/03-final.md", 5, "feedback" },
	{ { "02-close/03-final.gift", "::one::Who? {=a ~b}\n\n::two::Which? {~a ~b}\n" }, "02-close/03-final.gift", 3, "no right answer" },
	{ { "02-close/03-final.gift", "Who? {=a ~b}\n" }, "02-close/03-final.gift", 1, "no name" },
	{ { "02-close/03-final.gift", "::one::Who? {=a ~b}\n\n::one::Which? {=a ~b}\n" }, "02-close/03-final.gift", 3, "“one”" },
	{ { "02-close/03-final.gift", "::one::Who? {=a ~b\n" }, "02-close/03-final.gift", 1, "not closed" },
	{ { "02-close/03-final.gift", NULL }, "02-close/03-final.md", 4, "03-final.gift" },
};

static bool named(const struct findings *f, const struct mistake *m)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].file, m->file) && (m->line < 0 || f->v[i].line == m->line) &&
		    str_find(finding_text(w.arena, &f->v[i]), str_of(m->says)) >= 0)
			return true;
	print_error("expected %s:%d … %s …\n", m->file, m->line, m->says);
	for (size_t i = 0; i < f->n; i++)
		print_error("     got %.*s:%d: %.*s\n", STR_ARG(f->v[i].file), f->v[i].line, STR_ARG(finding_text(w.arena, &f->v[i])));
	return false;
}

static void test_mistakes_name_file_and_line(void **state)
{
	(void)state;
	size_t unnamed = 0;
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct findings f;
		const char *folder = a_folder();
		put(folder, &mistakes[i].change);
		assert_null(read_at(folder, &f));
		unnamed += !named(&f, &mistakes[i]);
		struct rows r = rows_of(code_of(folder));
		assert_same_rows(r, no_rows);
	}
	assert_int_equal(unnamed, 0);
}

static void test_several_mistakes_at_once(void **state)
{
	(void)state;
	static const struct mistake all[] = {
		{ { "course.md", COURSE("colour: red\n---\n") }, "course.md", 6, "“colour”" },
		{ { "01-open/01-lesson.md", "---\ntitle: L\ntype: game\n---\n\n<b>Bold</b>\n" }, "01-open/01-lesson.md", 3, "type must be" },
		{ { "01-open/01-lesson.md", "---\ntitle: L\ntype: game\n---\n\n<b>Bold</b>\n" }, "01-open/01-lesson.md", 6, "HTML" },
		{ { "02-close/03-final.md", FINAL "pass: 0\nattempts: 0\n---\n" }, "02-close/03-final.md", 5, "pass" },
		{ { "02-close/03-final.md", FINAL "pass: 0\nattempts: 0\n---\n" }, "02-close/03-final.md", 6, "attempts" },
		{ { "02-close/03-final.gift", "::one::Who? {~a ~b}\n\n::two::Which? {~a ~b}\n" }, "02-close/03-final.gift", 1, "no right answer" },
		{ { "02-close/03-final.gift", "::one::Who? {~a ~b}\n\n::two::Which? {~a ~b}\n" }, "02-close/03-final.gift", 3, "no right answer" },
	};
	struct findings f;
	const char *folder = a_folder();
	for (size_t i = 0; i < COUNT(all); i++)
		put(folder, &all[i].change);
	assert_null(read_at(folder, &f));
	for (size_t i = 0; i < COUNT(all); i++)
		assert_true(named(&f, &all[i]));
	assert_true(f.n >= COUNT(all));
}

static void test_links_and_names(void **state)
{
	(void)state;
	struct findings f;
	const char *folder = a_folder();
	assert_int_equal(symlink("/etc/passwd", str_fmt(w.arena, "%s/01-open/04-link.md", folder).p), 0);
	assert_null(read_at(folder, &f));
	assert_true(named(&f, &(struct mistake){ .file = "01-open/04-link.md", .line = 0, .says = "link" }));

	/* A film that is a link is not followed: what it points to is not the author's. */
	folder = a_folder();
	put(folder, &(struct file){ "01-open/02-film.mp4", NULL });
	assert_int_equal(symlink("/etc/passwd", str_fmt(w.arena, "%s/01-open/02-film.mp4", folder).p), 0);
	assert_null(read_at(folder, &f));

	folder = str_fmt(w.arena, "%s/folders/Bad Name", w.dir).p;
	for (size_t i = 0; i < COUNT(good); i++)
		put(folder, &good[i]);
	assert_null(read_at(folder, &f));
	assert_true(named(&f, &(struct mistake){ .file = "course.md", .line = 0, .says = "Bad Name" }));

	struct parcel *p;
	f = (struct findings){ .arena = w.arena };
	w.cx.n_failures = 0;
	assert_int_equal(course_read(&w.cx, "/nowhere/at/all", &f, &p), ERR_NOT_FOUND);
	assert_true(w.cx.n_failures == 1 && p == NULL);
}

/* ── whole or not at all ── */

/* Every single statement of the import fails once; nothing of it may stay. */
static void fail_at_each(struct importing *i, struct str code, const struct rows *before)
{
	enum err e = ERR_INTERNAL;
	for (w.app.fail_at = 1; e != OK; w.app.fail_at++) {
		e = writing(write_fn, i);
		struct rows now = rows_of(code);
		if (e != OK)
			assert_same_rows(now, *before);
	}
	assert_true(w.app.fail_at > 20);
	w.app.fail_at = 0;
}

static void test_nothing_is_half_imported(void **state)
{
	(void)state;
	struct findings f;
	struct str message;
	const char *folder = a_folder();
	struct importing i = { .parcel = read_at(folder, &f) };
	assert_int_equal(course_store_media(&w.cx, i.parcel, &message), OK);
	fail_at_each(&i, code_of(folder), &no_rows);
	assert_arrived(i.change.course_id);

	struct rows first = rows_of(code_of(folder));
	put(folder, &(struct file){ "01-open/01-lesson.md", "---\ntitle: Another first page\n---\n\nOther words.\n" });
	put(folder, &(struct file){ "02-close/02-form.md", NULL });
	i.parcel = read_at(folder, &f);
	fail_at_each(&i, code_of(folder), &first);
	assert_int_equal(rows_of(code_of(folder)).ended, 1);
}

static void test_a_translation_needs_its_original(void **state)
{
	(void)state;
	struct findings f;
	const char *folder = a_folder();
	put(folder, &(struct file){ "course.md", COURSE("translation-of: not-there-at-all\n---\n") });
	struct importing i = { .parcel = read_at(folder, &f) };
	assert_int_equal(writing(write_fn, &i), ERR_CONFLICT);
	assert_true(str_is(w.cx.failures[0].field, "translation-of"));
	struct rows r = rows_of(code_of(folder));
	assert_same_rows(r, no_rows);

	const char *original = a_folder();
	int64_t id = imported(original).course_id;
	put(folder, &(struct file){ "course.md", str_fmt(w.arena, COURSE("translation-of: %s\n---\n"), code_of(original).p).p });
	struct course_versions_row *v;
	size_t n;
	(void)imported(folder);
	assert_int_equal(course_sql_versions(&w.cx, id, &v, &n), OK);
	assert_int_equal(n, 2);
}

/* ── a later import ── */

struct learning {
	int64_t person_id, course_id, lesson, film, quiz, attempt;
};

static enum err learn(struct ctx *cx, void *arg)
{
	struct learning *l = arg;
	struct person_add in = { .name = S("Asha Kumari"), .email = str_fmt(cx->arena, "%s@gov.in", unique("p").p), .lang = S("en") };
	struct completion done;
	struct standing s;
	TRY(person_add(cx, &in, &l->person_id));
	cx->actor = (struct actor){ .person_id = l->person_id, .name = S("Asha"), .zone = S("Asia/Kolkata") };
	TRY(enrolment_add(cx, l->person_id, l->course_id));
	TRY(completion_credit(cx, l->person_id, l->lesson, "progress", &done));
	struct report report = { .resource_id = l->film, .session = progress_open(cx, l->film), .position = 40, .intervals = S("[[0,40000]]") };
	cx->now += 60 * SECOND;
	TRY(progress_report(cx, &report, &s));
	return quiz_start(cx, l->quiz, &l->attempt);
}

static void test_a_changed_folder_keeps_ids_and_progress(void **state)
{
	(void)state;
	const char *folder = a_folder();
	struct course_change first = imported(folder);
	struct learning l = { .course_id = first.course_id,
			      .lesson = resource_id(first.course_id, "01-open/01-lesson"),
			      .film = resource_id(first.course_id, "01-open/02-film"),
			      .quiz = resource_id(first.course_id, "02-close/03-final") };
	int64_t form = resource_id(first.course_id, "02-close/02-form");
	assert_int_equal(writing(learn, &l), OK);

	put(folder, &(struct file){ "course.md", COURSE("topics: pencils\n---\n\nNew.\n") });
	put(folder, &(struct file){ "01-open/01-lesson.md", "---\ntitle: The very first page\n---\n\nEvery page of the airship register is numbered.\n" });
	put(folder, &(struct file){ "01-open/00-before.md", "---\ntitle: Before you begin\n---\n\nTake a pen.\n" });
	put(folder, &(struct file){ "02-close/02-form.md", NULL });
	put(folder, &(struct file){ "02-close/03-final.gift", "::two::How many pages? {#100}\n\n::three::Is it closed? {T}\n" });
	struct course_change second = imported(folder);
	assert_false(second.added);
	assert_int_equal(second.course_id, first.course_id);
	assert_int_equal(rows_of(code_of(folder)).revision, 2);
	assert_int_equal(resource_id(l.course_id, "01-open/01-lesson"), l.lesson);
	assert_int_equal(resource_id(l.course_id, "01-open/02-film"), l.film);
	assert_int_equal(resource_id(l.course_id, "02-close/03-final"), l.quiz);

	/* The outline is the new one; the form is ended, not deleted. */
	size_t n;
	struct course_outline_row *o = outline(l.course_id, l.person_id, &n);
	assert_int_equal(n, 6);
	assert_true(str_is(o[0].title, "Before you begin") && str_is(o[1].title, "The very first page") && o[1].id == l.lesson);
	assert_int_equal(resource_id(l.course_id, "02-close/02-form"), form);
	assert_int_equal(rows_of(code_of(folder)).ended, 1);
	/* The learner's credit, minutes, place and open attempt are where they were. */
	assert_true(str_is(o[1].way, "progress") && !o[0].way.p);
	assert_int_equal(o[2].covered_ms, 40000);
	struct enrolment_one_row e;
	struct standing s;
	struct quiz_attempt attempt;
	bool found = false;
	int64_t position;
	assert_int_equal(enrolment_sql_one(&w.cx, l.person_id, l.course_id, &e, &found), OK);
	assert_true(found && str_is(e.state, "active") && e.resources_done == 1);
	assert_int_equal(progress_standing(&w.cx, l.person_id, l.film, 90000, &s, &position), OK);
	assert_true(s.covered_ms == 40000 && position == 40000);
	assert_int_equal(quiz_attempt(&w.cx, l.attempt, &attempt), OK);
	assert_true(attempt.n_questions == 1 && attempt.row.submitted_at == NONE);
	/* Search follows the text. */
	assert_true(finds("airship", l.course_id) && finds("pencils", l.course_id));
	assert_false(finds("zeppelin", l.course_id));

	/* What came back is the same resource again. */
	put(folder, &(struct file){ "02-close/02-form.md", "---\ntitle: The form\ntype: pdf\nfile: 02-form.pdf\npages: 3\n---\n" });
	(void)imported(folder);
	assert_int_equal(resource_id(l.course_id, "02-close/02-form"), form);
	assert_int_equal(rows_of(code_of(folder)).ended, 0);
}

static void test_the_same_folder_again(void **state)
{
	(void)state;
	const char *folder = a_folder();
	(void)imported(folder);
	struct rows before = rows_of(code_of(folder));
	(void)imported(folder);
	struct rows after = rows_of(code_of(folder));
	assert_int_equal(after.revision, before.revision + 1);
	after.revision = before.revision;
	assert_same_rows(after, before);
}

/* ── ZIPs ── */

struct zip {
	struct archive *a;
	const char *path;
};

static struct zip zip_begin(void)
{
	struct zip z = { archive_write_new(), str_fmt(w.arena, "%s/zips/%s.zip", w.dir, random_hex(&w.cx, 6).p).p };
	make_folders(z.path);
	archive_write_set_format_zip(z.a);
	assert_int_equal(archive_write_open_filename(z.a, z.path), ARCHIVE_OK);
	return z;
}

static void zip_bytes(struct zip *z, const char *name, unsigned type, const char *p, size_t n, size_t times)
{
	struct archive_entry *e = archive_entry_new();
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, type);
	archive_entry_set_perm(e, 0644);
	if (type == AE_IFLNK)
		archive_entry_set_symlink(e, p);
	else
		archive_entry_set_size(e, (la_int64_t)(n * times));
	assert_int_equal(archive_write_header(z->a, e), ARCHIVE_OK);
	for (size_t i = 0; type == AE_IFREG && i < times; i++)
		assert_int_equal(archive_write_data(z->a, p, n), n);
	archive_entry_free(e);
}

static void zip_text(struct zip *z, const char *name, const char *text)
{
	zip_bytes(z, name, AE_IFREG, text, strlen(text), 1);
}

static void zip_good(struct zip *z, struct str code)
{
	for (size_t i = 0; i < COUNT(good); i++)
		zip_text(z, str_fmt(w.arena, "%s/%s", code.p, good[i].name).p, good[i].text);
}

static const char *zip_end(struct zip *z)
{
	assert_int_equal(archive_write_close(z->a), ARCHIVE_OK);
	archive_write_free(z->a);
	return z->path;
}

/* Files and links that stand outside the author's places and DATA/import: nobody may add one. */
static size_t outside;
static int count_outside(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	struct str inside[] = { S("/data/import/"), S("/folders/"), S("/zips/"), S("/test.db") };
	struct str rest = str_of(path + strlen(w.dir));
	bool ours = S_ISDIR(st->st_mode);
	(void)flag;
	(void)ftw;
	for (size_t i = 0; i < COUNT(inside); i++)
		ours |= str_starts(rest, inside[i]);
	if (S_ISLNK(st->st_mode))
		ours = str_starts(rest, inside[1]);
	outside += !ours;
	return 0;
}

static size_t files_outside(void)
{
	outside = 0;
	nftw(w.dir, count_outside, 20, FTW_PHYS);
	return outside;
}

/* Refused with a sentence that names the archive; no rows, no file outside of DATA/import, no link anywhere. */
static void refused(const char *path, struct str code, const char *says)
{
	struct findings f;
	size_t before = files_outside();
	assert_null(read_at(path, &f));
	assert_true(named(&f, &(struct mistake){ .file = path, .line = 0, .says = says }));
	assert_int_equal(files_outside(), before);
	struct rows r = rows_of(code);
	assert_same_rows(r, no_rows);
}

static void test_good_zip_arrives_whole(void **state)
{
	(void)state;
	struct str code = unique("zipped");
	struct zip z = zip_begin();
	zip_bytes(&z, str_fmt(w.arena, "%s/", code.p).p, AE_IFDIR, NULL, 0, 0);
	zip_good(&z, code);
	struct course_change c = imported(zip_end(&z));
	assert_true(c.added);
	assert_arrived(c.course_id);
	assert_stored(resource_id(c.course_id, "01-open/02-film"), "the import does not look into films");

	/* The same course as a folder is the same course. */
	const char *folder = str_fmt(w.arena, "%s/folders/%s", w.dir, code.p).p;
	for (size_t i = 0; i < COUNT(good); i++)
		put(folder, &good[i]);
	assert_int_equal(imported(folder).course_id, c.course_id);
}

static void test_mistakes_in_a_zip_name_file_and_line(void **state)
{
	(void)state;
	struct str code = unique("zipped");
	struct findings f;
	struct zip z = zip_begin();
	for (size_t i = 0; i < COUNT(good); i++)
		zip_text(&z, str_fmt(w.arena, "%s/%s", code.p, good[i].name).p,
			 strcmp(good[i].name, "02-close/03-final.gift") ? good[i].text : "::one::Who? {~a ~b}\n");
	assert_null(read_at(zip_end(&z), &f));
	assert_true(named(&f, &(struct mistake){ .file = "02-close/03-final.gift", .line = 1, .says = "no right answer" }));
	struct rows r = rows_of(code);
	assert_same_rows(r, no_rows);
}

static void test_names_that_lead_outside(void **state)
{
	(void)state;
	struct str code = unique("evil");
	struct stat st;
	const char *names[] = {
		"../evil.md",	      "../../../evil.md", "x/../../evil.md", "x/./evil.md",  str_fmt(w.arena, "/tmp/%s.md", code.p).p,
		"x\\..\\..\\evil.md", "C:/evil.md",	  "C:\\evil.md",     "x/.hidden",    ".ssh/authorized_keys",
		"x//evil.md",	      "x/line\nbreak.md", "x/bell\a.md",     "a/b/c/d/e.md",
	};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct zip z = zip_begin();
		zip_good(&z, code);
		zip_text(&z, names[i], "evil");
		refused(zip_end(&z), code, "may not be in the archive");
	}
	assert_int_not_equal(lstat(str_fmt(w.arena, "/tmp/%s.md", code.p).p, &st), 0);
}

static void test_links_in_a_zip(void **state)
{
	(void)state;
	static const char *const targets[] = { "/etc/passwd", "../../../..", "course.md" };
	for (size_t i = 0; i < COUNT(targets); i++) {
		struct str code = unique("evil");
		struct zip z = zip_begin();
		zip_text(&z, str_fmt(w.arena, "%s/course.md", code.p).p, good[0].text);
		zip_bytes(&z, str_fmt(w.arena, "%s/01-open", code.p).p, AE_IFLNK, targets[i], 0, 0);
		zip_text(&z, str_fmt(w.arena, "%s/01-open/module.md", code.p).p, good[1].text); /* through the link */
		refused(zip_end(&z), code, "may not be in the archive");
	}
}

static void test_too_many_files(void **state)
{
	(void)state;
	struct str code = unique("many");
	struct zip z = zip_begin();
	zip_good(&z, code);
	for (int i = 0; i < 700; i++)
		zip_text(&z, str_fmt(w.arena, "%s/01-open/x%d.txt", code.p, i).p, "x");
	refused(zip_end(&z), code, "600");

	/* The same file twice: which of them would be the course? */
	z = zip_begin();
	zip_good(&z, code);
	zip_text(&z, str_fmt(w.arena, "%s/course.md", code.p).p, "another one");
	refused(zip_end(&z), code, "twice");
}

/* 301 MB of nothing take some hundred kilobytes in the archive. */
static void test_bomb(void **state)
{
	(void)state;
	static const char zeros[1 << 20];
	struct stat st;
	struct str code = unique("bomb");
	struct zip z = zip_begin();
	zip_good(&z, code);
	zip_bytes(&z, str_fmt(w.arena, "%s/01-open/zero.mp4", code.p).p, AE_IFREG, zeros, sizeof zeros, 301);
	const char *path = zip_end(&z);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size < 2 << 20);
	refused(path, code, "300 MB");
}

/* The whole file in memory, NUL-ended. */
static struct str bytes_of(const char *path)
{
	struct stat st;
	FILE *f = fopen(path, "rb");
	assert_true(f && stat(path, &st) == 0);
	char *p = arena_alloc(w.arena, (size_t)st.st_size + 1);
	assert_int_equal(fread(p, 1, (size_t)st.st_size, f), st.st_size);
	fclose(f);
	return (struct str){ p, (size_t)st.st_size };
}

/* A size of nearly 4 GB is declared, in the local header and in the directory; only some bytes are there. */
static void test_declared_bomb(void **state)
{
	(void)state;
	struct str code = unique("bomb");
	struct zip z = zip_begin();
	zip_bytes(&z, str_fmt(w.arena, "%s/huge.mp4", code.p).p, AE_IFREG, "tiny", 4, 1);
	const char *path = zip_end(&z);
	struct str b = bytes_of(path);
	char *p = (char *)(uintptr_t)b.p;
	for (size_t i = 0; i + 46 < b.n; i++) {
		bool local = memcmp(p + i, "PK\3\4", 4) == 0, central = memcmp(p + i, "PK\1\2", 4) == 0;
		if (local || central)
			memcpy(p + i + (local ? 18 : 20), "\xf0\xff\xff\xff\xf0\xff\xff\xff", 8);
	}
	write_bytes(path, b.p, b.n);
	refused(path, code, "");
}

static void test_cut_and_foreign_files(void **state)
{
	(void)state;
	struct str code = unique("cut");
	struct zip z = zip_begin();
	archive_write_zip_set_compression_store(z.a); /* so that a byte can be found and changed below */
	zip_good(&z, code);
	const char *path = zip_end(&z), *cut = str_fmt(w.arena, "%s/zips/cut.zip", w.dir).p;
	struct str whole = bytes_of(path);
	/* Wherever the line broke: in a name or in a file. Behind the last file only the directory is missing, and all the files are there. */
	size_t end = (size_t)str_find(whole, S("PK\1\2"));
	for (size_t n = 0; n + 22 < whole.n; n += whole.n / 53) {
		struct findings f;
		size_t before = files_outside();
		write_bytes(cut, whole.p, n);
		struct parcel *p = read_at(cut, &f);
		assert_true(p ? n > end && parcel_resources(p) == 5 : str_is(f.v[0].file, cut) && finding_text(w.arena, &f.v[0]).n > 20);
		assert_int_equal(files_outside(), before);
	}
	struct rows r = rows_of(code);
	assert_same_rows(r, no_rows);

	/* One byte of a film changed on the way: the sum of the archive tells. */
	((char *)(uintptr_t)whole.p)[str_find(whole, S("%PDF"))] ^= 1;
	write_bytes(cut, whole.p, whole.n);
	refused(cut, code, "damaged");
	static const char *const foreign[] = { "", "This is a letter, not an archive.\n", "PK", "PK\3\4", "Rar!\x1a\7", "\x1f\x8b\x08" };
	for (size_t i = 0; i < COUNT(foreign); i++) {
		write_bytes(cut, foreign[i], strlen(foreign[i]));
		refused(cut, code, "");
	}
}

static void test_not_one_course(void **state)
{
	(void)state;
	struct str code = unique("flat");
	struct zip z = zip_begin();
	for (size_t i = 0; i < COUNT(good); i++)
		zip_text(&z, good[i].name, good[i].text); /* without its folder, so without a code */
	refused(zip_end(&z), code, "one folder");
	z = zip_begin();
	zip_text(&z, str_fmt(w.arena, "%s/readme.txt", code.p).p, "no course");
	refused(zip_end(&z), code, "one folder");
	z = zip_begin();
	refused(zip_end(&z), code, "");
}

/* ── the run ── */

static int set_up(void **state)
{
	const char *url = getenv("TEST_DATABASE");
	struct str message = STR_NONE;
	unsigned applied;
	(void)state;
	w.arena = arena_new();
	w.app.ids = id_source_new(9);
	w.app.base_url = S("http://localhost");
	crypto_sign_keypair(w.app.sign_pk, w.app.sign_sk);
	w.cx = (struct ctx){ .arena = w.arena, .app = &w.app, .now = clock_now() };
	markdown_start();
	(void)snprintf(w.dir, sizeof w.dir, "/tmp/course_test.XXXXXX");
	if (!mkdtemp(w.dir))
		return 1;
	w.app.data_dir = str_fmt(w.arena, "%s/data", w.dir);
	mkdir(w.app.data_dir.p, 0750);
	if (!url || !*url)
		url = str_fmt(w.arena, "sqlite:%s/test.db", w.dir).p;
	if (db_pool_open(&w.cx, url, &w.pool, &message) || db_migrate(&w.cx, w.pool, migrations, &applied, &message) || db_connect(w.pool, &w.cx.db)) {
		print_error("%.*s\n", STR_ARG(message));
		return 1;
	}
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static int tear_down(void **state)
{
	(void)state;
	db_close(w.cx.db);
	db_pool_close(w.pool);
	nftw(w.dir, remove_one, 20, FTW_DEPTH | FTW_PHYS);
	id_source_free(w.app.ids);
	arena_free(w.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_folder_arrives_whole),
		cmocka_unit_test(test_demonstration_courses_are_right),
		cmocka_unit_test(test_dry_run_changes_nothing),
		cmocka_unit_test(test_mistakes_name_file_and_line),
		cmocka_unit_test(test_several_mistakes_at_once),
		cmocka_unit_test(test_links_and_names),
		cmocka_unit_test(test_nothing_is_half_imported),
		cmocka_unit_test(test_a_translation_needs_its_original),
		cmocka_unit_test(test_a_changed_folder_keeps_ids_and_progress),
		cmocka_unit_test(test_the_same_folder_again),
		cmocka_unit_test(test_good_zip_arrives_whole),
		cmocka_unit_test(test_mistakes_in_a_zip_name_file_and_line),
		cmocka_unit_test(test_names_that_lead_outside),
		cmocka_unit_test(test_links_in_a_zip),
		cmocka_unit_test(test_too_many_files),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_declared_bomb),
		cmocka_unit_test(test_cut_and_foreign_files),
		cmocka_unit_test(test_not_one_course),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
