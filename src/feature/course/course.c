/* Writing a course that was read; see course.h. Reading stands in parcel.c. */
#include "feature/course/course.h"
#include "feature/course/parcel.h"
#include "feature/quiz/quiz.h"
#include "feature/search/search.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct str parcel_code(const struct parcel *p)
{
	return p->code;
}

struct str parcel_title(const struct parcel *p)
{
	return p->title;
}

size_t parcel_resources(const struct parcel *p)
{
	return p->n_resources;
}

struct str course_media_path(struct ctx *cx, struct str name)
{
	return str_fmt(cx->arena, "%.*s/media/%.*s", STR_ARG(cx->app->data_dir), STR_ARG(name));
}

/* ── files ── */

static bool copy_file(const char *from, const char *to)
{
	char piece[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), out = -1;
	if (in < 0)
		return false;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	bool good = out >= 0;
	ssize_t n;
	while (good && (n = read(in, piece, sizeof piece)) > 0)
		good = write(out, piece, (size_t)n) == n;
	good = good && n == 0 && fsync(out) == 0;
	close(in);
	if (out >= 0)
		close(out);
	return good;
}

/* Written beside its place and then renamed, so that a half-written file is never served. */
static bool store(struct ctx *cx, const struct parcel_file *f)
{
	struct stat st;
	struct str path = course_media_path(cx, f->name);
	if (!f->name.n || (stat(path.p, &st) == 0 && st.st_size == f->bytes))
		return true;
	struct str part = str_fmt(cx->arena, "%s.part", path.p);
	return copy_file(f->path.p, part.p) && rename(part.p, path.p) == 0;
}

enum err course_store_media(struct ctx *cx, const struct parcel *p, struct str *ret_message)
{
	const char *folder = str_fmt(cx->arena, "%.*s/media", STR_ARG(cx->app->data_dir)).p;
	bool good = mkdir(folder, 0750) == 0 || errno == EEXIST;
	for (size_t i = 0; good && i < p->n_modules; i++)
		for (size_t k = 0; good && k < p->modules[i].n_resources; k++)
			good = store(cx, &p->modules[i].resources[k].media) && store(cx, &p->modules[i].resources[k].captions);
	if (good)
		return OK;
	*ret_message = str_fmt(cx->arena, "The media files cannot be written to %s: %s. The course was not imported.", folder, strerror(errno));
	return ERR_UNAVAILABLE;
}

/* ── rows ── */

static enum err put_file_row(struct ctx *cx, const struct parcel_file *f)
{
	return f->name.n ? course_sql_add_media(cx, f->name, str_of(f->type), f->bytes, cx->now, NULL) : OK;
}

static enum err id_of_course(struct ctx *cx, struct str code, int64_t *ret_id, bool *ret_found)
{
	struct course_of_code_row row;
	*ret_id = NONE;
	*ret_found = false;
	if (!code.n)
		return OK;
	TRY(course_sql_of_code(cx, code, &row, ret_found));
	if (*ret_found)
		*ret_id = row.id;
	return OK;
}

static enum err put_course(struct ctx *cx, const struct parcel *p, struct course_change *ret)
{
	struct course_provider_named_row provider;
	int64_t translation_of;
	bool found = false, has_provider = false;
	TRY(id_of_course(cx, p->translation_of, &translation_of, &found));
	if (p->translation_of.n && !found)
		return fail(cx, ERR_CONFLICT, "translation-of", N_("names a course that is not there; import that one first"));
	TRY(course_sql_provider_named(cx, p->provider, &provider, &has_provider));
	TRY(id_of_course(cx, p->code, &ret->course_id, &found));
	ret->added = !found;
	int64_t provider_id = has_provider ? provider.id : NONE, n = (int64_t)p->n_resources;
	if (found)
		return course_sql_change(cx, p->title, p->summary, p->body, p->lang, p->provider, provider_id, translation_of, p->licence, p->sources, p->ms, p->bytes,
					 n, cx->now, ret->course_id, NULL);
	ret->course_id = new_id(cx);
	return course_sql_add(cx, ret->course_id, p->code, p->title, p->summary, p->body, p->lang, p->provider, provider_id, translation_of, p->licence, p->sources,
			      p->ms, p->bytes, n, cx->now, NULL);
}

static enum err put_topics(struct ctx *cx, const struct parcel *p, int64_t course_id)
{
	struct strs topics = front_list(cx->arena, p->topics);
	TRY(course_sql_clear_topics(cx, course_id, NULL));
	for (size_t i = 0; i < topics.n; i++)
		TRY(course_sql_add_topic(cx, course_id, topics.v[i], NULL));
	return OK;
}

static enum err put_resource(struct ctx *cx, int64_t course_id, int64_t module_id, int64_t n, const struct parcel_resource *r, int64_t *ret_id)
{
	struct course_resource_of_code_row old, credits;
	bool found = false, has_credits = false;
	TRY(put_file_row(cx, &r->media));
	TRY(put_file_row(cx, &r->captions));
	TRY(course_sql_resource_of_code(cx, course_id, r->code, &old, &found));
	if (r->credits.n)
		TRY(course_sql_resource_of_code(cx, course_id, r->credits, &credits, &has_credits));
	*ret_id = found ? old.id : new_id(cx);
	return course_sql_put_resource(cx, *ret_id, course_id, module_id, n, r->code, r->kind, r->title, r->ms, r->pages, r->bytes, r->body, r->plain, r->toc,
				       r->media.name, r->captions.name, r->cues, has_credits ? credits.id : NONE, NULL);
}

static enum err put_quiz(struct ctx *cx, int64_t resource_id, const struct parcel_resource *r)
{
	const struct quiz_rules rules = { .pass = r->pass, .attempts = r->attempts, .draw = r->draw, .feedback = r->feedback };
	return str_is(r->kind, "quiz") ? quiz_import(cx, resource_id, &rules, r->questions, r->n_questions) : OK;
}

static enum err put_module(struct ctx *cx, int64_t course_id, int64_t n, const struct parcel_module *m, int64_t *ret_id)
{
	struct course_module_of_code_row old;
	bool found = false;
	TRY(course_sql_module_of_code(cx, course_id, m->code, &old, &found));
	*ret_id = found ? old.id : new_id(cx);
	return course_sql_put_module(cx, *ret_id, course_id, n, m->code, m->title, m->summary, NULL);
}

/* A quiz may credit a resource that stands behind it; so those that credit nothing are written first. */
static enum err put_parts(struct ctx *cx, int64_t course_id, const struct parcel *p, bool crediting)
{
	int64_t n = 0, module_id, resource_id;
	for (size_t i = 0; i < p->n_modules; i++) {
		const struct parcel_module *m = &p->modules[i];
		TRY(put_module(cx, course_id, (int64_t)i + 1, m, &module_id));
		for (size_t k = 0; k < m->n_resources; k++) {
			const struct parcel_resource *r = &m->resources[k];
			n++;
			if ((r->credits.n > 0) != crediting)
				continue;
			TRY(put_resource(cx, course_id, module_id, n, r, &resource_id));
			TRY(put_quiz(cx, resource_id, r));
			TRY(search_add(cx, course_id, resource_id, r->title, SEARCH_LESSON_TITLE));
			TRY(search_add(cx, course_id, resource_id, r->plain, SEARCH_LESSON_TEXT));
		}
	}
	return OK;
}

enum err course_write(struct ctx *cx, const struct parcel *p, struct course_change *ret)
{
	struct course_change c = { .n_resources = p->n_resources };
	TRY(put_course(cx, p, &c));
	TRY(put_topics(cx, p, c.course_id));
	TRY(teaches_set(cx, c.course_id, p->teaches, p->n_teaches));
	TRY(course_sql_end_modules(cx, cx->now, c.course_id, NULL));
	int64_t ended = 0;
	TRY(course_sql_end_resources(cx, cx->now, c.course_id, &ended));
	TRY(search_clear(cx, c.course_id));
	TRY(search_add(cx, c.course_id, 0, p->title, SEARCH_TITLE));
	TRY(search_add(cx, c.course_id, 0, p->topics, SEARCH_TOPIC));
	TRY(search_add(cx, c.course_id, 0, p->provider, SEARCH_TOPIC));
	TRY(search_add(cx, c.course_id, 0, p->summary, SEARCH_SUMMARY));
	TRY(search_add(cx, c.course_id, 0, p->plain, SEARCH_SUMMARY));
	TRY(put_parts(cx, c.course_id, p, false));
	TRY(put_parts(cx, c.course_id, p, true));
	*ret = c;
	return OK;
}
