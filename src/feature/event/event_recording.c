/* The recording of an event as a course of one film; see event_recording.h. */
#include "feature/event/event_recording.h"
#include "feature/person/person.h"
#include "text/vtt.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_TEXT_MAX = 32 * 1024 };

static enum err must_have_ended(struct ctx *cx, const struct event_one_row *e)
{
	return str_is(e->state, "ended") ? OK : fail(cx, ERR_CONFLICT, "", N_("A recording is brought when the event has ended."));
}

/* ── captions ── */

static const char *captions_path(struct ctx *cx, const struct event_one_row *e)
{
	return str_fmt(cx->arena, "%.*s/event/%lld.vtt", STR_ARG(cx->app->data_dir), (long long)e->id).p;
}

bool event_captions_there(struct ctx *cx, const struct event_one_row *e)
{
	return access(captions_path(cx, e), R_OK) == 0;
}

enum err event_captions_keep(struct ctx *cx, const struct event_one_row *e, struct str file)
{
	const char *folder = str_fmt(cx->arena, "%.*s/event", STR_ARG(cx->app->data_dir)).p;
	struct findings found = { .arena = cx->arena };
	struct vtt v;
	struct buf b;
	TRY(must_have_ended(cx, e));
	FILE *f = fopen(str_c(cx->arena, file), "rb");
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, EVENT_CAPTIONS_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (!whole)
		return ERR_UNAVAILABLE;
	if (b.full || !vtt_parse(&found, S("captions.vtt"), buf_get(&b), &v) || !v.n)
		return fail(cx, ERR_INVALID, "file", N_("must be captions in the form WebVTT, of at most 1 MB"));
	if (mkdir(folder, 0750) != 0 && errno != EEXIST)
		return ERR_UNAVAILABLE;
	return rename(str_c(cx->arena, file), captions_path(cx, e)) == 0 ? OK : ERR_UNAVAILABLE;
}

/* ── the folder ── */

static bool write_text(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");
	if (!f)
		return false;
	bool good = fwrite(text.p, 1, text.n, f) == text.n;
	return fclose(f) == 0 && good;
}

/* A value of front matter is one line. */
static struct str one_line(struct ctx *cx, struct str s, size_t most)
{
	char *p = arena_alloc(cx->arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		p[n++] = (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i];
	if (n > most)
		for (n = most; n && ((unsigned char)p[n] & 0xc0) == 0x80;)
			n--;
	return str_trim((struct str){ p, n });
}

static enum err course_text(struct ctx *cx, const struct event_one_row *e, struct str *ret)
{
	struct event_competencies_row *k;
	bool hindi = str_is(e->lang, "hi");
	struct str title = one_line(cx, hindi ? e->title_hi : e->title, 400), about = one_line(cx, hindi ? e->about_hi : e->about, 280);
	struct buf b;
	size_t n;
	TRY(event_sql_competencies(cx, person_today(cx), e->id, &k, &n));
	buf_init(&b, cx->arena, FOLDER_TEXT_MAX);
	buf_fmt(&b, "---\ntitle: %.*s\nlanguage: %.*s\nprovider: %.*s\nsummary: %.*s\n", STR_ARG(title), STR_ARG(e->lang), STR_ARG(e->org_en),
		STR_ARG(about.n ? about : title));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%.*s:%.*s@%lld%s", i ? ", " : "competencies: ", STR_ARG(k[i].framework), STR_ARG(k[i].code), (long long)k[i].level,
			i + 1 == n ? "\n" : "");
	buf_fmt(&b, "---\n%.*s\n", STR_ARG(about.n ? about : title));
	*ret = buf_get(&b);
	return OK;
}

static struct str film_text(struct ctx *cx, const struct event_one_row *e, int64_t seconds)
{
	bool hindi = str_is(e->lang, "hi");
	return str_fmt(cx->arena, "---\ntitle: %.*s\ntype: video\nfile: 01-recording.mp4\ncaptions: 01-recording.vtt\nseconds: %lld\n---\n",
		       STR_ARG(one_line(cx, hindi ? e->title_hi : e->title, 400)), (long long)seconds);
}

static const char *in_folder(struct ctx *cx, const char *folder, const char *name)
{
	return str_fmt(cx->arena, "%s/%s", folder, name).p;
}

/* The same file by another name, where the file system can do that; it is read, not changed. */
static bool same_file(const char *from, const char *to)
{
	(void)unlink(to);
	return link(from, to) == 0;
}

/* parent: of this one alone, however many bring a film of the event just now. */
static bool make_folder(struct ctx *cx, const struct event_one_row *e, const char *parent, const char *folder, struct str course, struct str film,
			int64_t seconds)
{
	const char *imports = str_fmt(cx->arena, "%.*s/import", STR_ARG(cx->app->data_dir)).p;
	const char *module = in_folder(cx, folder, "01-recording");
	bool good = mkdir(imports, 0750) == 0 || errno == EEXIST;
	good = good && mkdir(parent, 0750) == 0 && mkdir(folder, 0750) == 0 && mkdir(module, 0750) == 0;
	good = good && write_text(in_folder(cx, folder, "course.md"), course);
	good = good &&
	       write_text(in_folder(cx, module, "module.md"), str_is(e->lang, "hi") ? S("---\ntitle: रिकॉर्डिंग\n---\n") : S("---\ntitle: Recording\n---\n"));
	good = good && write_text(in_folder(cx, module, "01-recording.md"), film_text(cx, e, seconds));
	return good && same_file(captions_path(cx, e), in_folder(cx, module, "01-recording.vtt")) &&
	       same_file(str_c(cx->arena, film), in_folder(cx, module, "01-recording.mp4"));
}

static void remove_folder(struct ctx *cx, const char *parent, const char *folder)
{
	static const char *const files[] = { "01-recording/01-recording.mp4", "01-recording/01-recording.vtt", "01-recording/01-recording.md",
					     "01-recording/module.md", "course.md" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		(void)unlink(in_folder(cx, folder, files[i]));
	(void)rmdir(in_folder(cx, folder, "01-recording"));
	(void)rmdir(folder);
	(void)rmdir(parent);
}

/* What an author would be told of a folder, an organiser is told of the first of it. */
static enum err first_finding(struct ctx *cx, const struct findings *f)
{
	struct str text = finding_text(cx->arena, &f->v[0]);
	return fail_msg(cx, ERR_INVALID, S("file"), N_("cannot become a course: {what}"), 1, (struct msg_arg[]){ { "what", text } });
}

static enum err read_folder(struct ctx *cx, const char *folder, struct parcel **ret)
{
	struct findings f = { .arena = cx->arena };
	struct str message = STR_NONE;
	*ret = NULL;
	TRY(course_read(cx, folder, &f, ret));
	if (f.n || !*ret)
		return f.n ? first_finding(cx, &f) : ERR_INTERNAL;
	return course_store_media(cx, *ret, &message);
}

enum err event_recording_read(struct ctx *cx, const struct event_one_row *e, struct str film, int64_t seconds, struct parcel **ret)
{
	const char *parent = str_fmt(cx->arena, "%.*s/import/%s", STR_ARG(cx->app->data_dir), random_hex(cx, 8).p).p;
	const char *folder = str_fmt(cx->arena, "%s/event-%lld", parent, (long long)e->id).p;
	struct str course;
	TRY(must_have_ended(cx, e));
	if (!event_captions_there(cx, e))
		return fail(cx, ERR_CONFLICT, "", N_("Bring the captions first: a film without them is not for everybody."));
	TRY(course_text(cx, e, &course));
	enum err got = make_folder(cx, e, parent, folder, course, film, seconds) ? read_folder(cx, folder, ret) : ERR_UNAVAILABLE;
	remove_folder(cx, parent, folder);
	return got;
}

enum err event_recording_write(struct ctx *cx, const struct event_one_row *e, const struct parcel *p)
{
	struct course_change c;
	struct event_film_row film;
	bool found = false;
	TRY(course_write(cx, p, &c));
	TRY(event_sql_film(cx, c.course_id, &film, &found));
	BUG_IF(!found);
	TRY(event_sql_set_recording(cx, c.course_id, film.id, cx->now, e->id, NULL));
	return event_live_tell(cx, e->id, "recorded");
}
