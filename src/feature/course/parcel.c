/* Reading a course from its folder or ZIP: every mistake is noted with file and line; nothing touches the database. */
#include "feature/course/parcel.h"
#include "text/markdown.h"
#include "text/vtt.h"

#include "base/json.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 500, NAME_MAX_ = 100 };
static const int64_t BYTES_MAX = INT64_C(300) << 20;

struct reading {
	struct ctx *cx;
	struct findings *f;
	struct str root;
	size_t n_files;
	int64_t n_bytes;
	struct parcel *p;
};

static struct str path_of(const struct reading *r, struct str name)
{
	return str_fmt(r->cx->arena, "%.*s/%.*s", STR_ARG(r->root), STR_ARG(name));
}

static void note(struct reading *r, struct str file, int line, const char *text)
{
	finding_add(r->f, file, line, text, 0, NULL);
}

/* Sorted names of a folder; hidden names are passed over, a link is a mistake. */
static struct strs names_in(struct reading *r, struct str folder, bool want_folders)
{
	struct strs s = { 0 };
	struct dirent **list;
	int n = scandir(path_of(r, folder).p, &list, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		struct stat st;
		struct str name = str_of(list[i]->d_name);
		struct str inside = folder.n ? str_fmt(r->cx->arena, "%.*s/%s", STR_ARG(folder), name.p) : name;
		bool seen = name.p[0] != '.' && name.n <= NAME_MAX_ && lstat(path_of(r, inside).p, &st) == 0;
		if (seen && !want_folders && S_ISLNK(st.st_mode))
			note(r, inside, 0, N_("is a link; a course holds its files itself"));
		if (seen && (want_folders ? S_ISDIR(st.st_mode) : S_ISREG(st.st_mode)))
			*ARENA_PUSH(r->cx->arena, s.v, s.n) = str_dup(r->cx->arena, name);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return s;
}

/* The text of a file; absent with a finding when it cannot be read or is no text. */
static struct str text_of(struct reading *r, struct str name)
{
	struct stat st;
	struct str none = STR_NONE;
	int fd = open(path_of(r, name).p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		note(r, name, 0, N_("the file is missing or cannot be read"));
		if (fd >= 0)
			close(fd);
		return none;
	}
	size_t n = st.st_size <= TEXT_MAX ? (size_t)st.st_size : TEXT_MAX + 1;
	char *p = arena_alloc(r->cx->arena, n + 1);
	ssize_t got = read(fd, p, n);
	close(fd);
	struct str text = { p, got > 0 ? (size_t)got : 0 };
	if (++r->n_files > FILES_MAX) {
		note(r, name, 0, N_("the course has more than 500 files"));
		return none;
	}
	return finding_check_source(r->f, name, text) ? text : none;
}

/* ── values ── */

static int64_t number_in(struct reading *r, struct str file, const struct front *front, const char *key, int64_t otherwise, int64_t min, int64_t max)
{
	struct str v = front_get(front, key);
	int64_t n;
	if (!v.p)
		return otherwise;
	if (str_int(v, &n) && n >= min && n <= max)
		return n;
	const struct msg_arg args[] = { { "key", str_of(key) },
					{ "min", str_fmt(r->cx->arena, "%lld", (long long)min) },
					{ "max", str_fmt(r->cx->arena, "%lld", (long long)max) } };
	finding_add(r->f, file, front_line_of(front, key), N_("{key} must be a whole number from {min} to {max}"), 3, args);
	return otherwise;
}

static struct str text_in(struct reading *r, struct str file, const struct front *front, const char *key, size_t most)
{
	struct str v = front_get(front, key);
	if (v.p && utf8_length(v) > most) {
		const struct msg_arg args[] = { { "key", str_of(key) }, { "max", str_fmt(r->cx->arena, "%zu", most) } };
		finding_add(r->f, file, front_line_of(front, key), N_("{key} must be at most {max} characters long"), 2, args);
	}
	return v.p ? v : S("");
}

static bool is_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return s.n && s.n <= 64;
}

static bool is_language(struct str s)
{
	size_t letters = 0;
	while (letters < s.n && s.p[letters] >= 'a' && s.p[letters] <= 'z')
		letters++;
	return letters >= 2 && letters <= 3 && (letters == s.n || (s.p[letters] == '-' && s.n <= 20));
}

/* ── media files ── */

static const struct ending {
	const char *ending, *type, *kind;
} endings[] = {
	{ ".mp4", "video/mp4", "video" },  { ".webm", "video/webm", "video" }, { ".mp3", "audio/mpeg", "audio" },
	{ ".ogg", "audio/ogg", "audio" },  { ".pdf", "application/pdf", "pdf" }, { ".vtt", "text/vtt; charset=utf-8", "captions" },
	{ ".gift", "text/plain", "quiz" },
};

static const struct ending *ending_of(struct str name)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(name, str_of(endings[i].ending)))
			return &endings[i];
	return NULL;
}

/* The name under which a file is stored is the hash of its content: the same film twice is one file, and a changed one
 * has a new address, so that browsers may keep it for ever. */
static bool hash_file(struct reading *r, struct str name, const char *ending, struct parcel_file *ret)
{
	crypto_generichash_state h;
	unsigned char sum[16], piece[65536];
	int fd = open(path_of(r, name).p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	int64_t bytes = 0;
	ssize_t n;
	crypto_generichash_init(&h, NULL, 0, sizeof sum);
	while ((n = read(fd, piece, sizeof piece)) > 0 && bytes <= BYTES_MAX) {
		crypto_generichash_update(&h, piece, (unsigned long long)n);
		bytes += n;
	}
	close(fd);
	crypto_generichash_final(&h, sum, sizeof sum);
	ret->name = str_fmt(r->cx->arena, "%s%s", str_hex(r->cx->arena, sum, sizeof sum).p, ending);
	ret->path = path_of(r, name);
	ret->bytes = bytes;
	return n == 0;
}

static struct parcel_file file_in(struct reading *r, struct str folder, struct str file, const struct front *front, const char *key, const char *kind)
{
	struct parcel_file out = { 0 };
	struct str v = front_get(front, key);
	int line = front_line_of(front, key);
	if (!v.p)
		return out;
	const struct ending *e = ending_of(v);
	if (str_index(v, '/') >= 0 || v.p[0] == '.' || !e || strcmp(e->kind, kind) != 0) {
		finding_add_what(r->f, file, line, N_("{what} is not a file name of the kind that belongs here"), v);
		return out;
	}
	out.type = e->type;
	struct str at = str_fmt(r->cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(v));
	if (!hash_file(r, at, e->ending, &out))
		finding_add_what(r->f, file, line, N_("the file {what} is not there or cannot be read"), v);
	r->n_bytes += out.bytes;
	if (r->n_bytes > BYTES_MAX)
		note(r, file, line, N_("the files of the course are larger than 300 MB together"));
	return out;
}

/* ── resources ── */

static const struct front_key resource_keys[] = { { "title", true },	{ "type", false },     { "file", false },  { "captions", false },
						  { "seconds", false },	{ "pages", false },    { "pass", false },  { "attempts", false },
						  { "draw", false },	{ "feedback", false }, { "credits", false }, { NULL, false } };

static struct str toc_json(struct ctx *cx, const struct markdown *m)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < m->n_headings; i++) {
		jw_open(&j, '{');
		jw_key(&j, "id");
		jw_str(&j, m->headings[i].id);
		jw_key(&j, "text");
		jw_str(&j, m->headings[i].text);
		jw_key(&j, "level");
		jw_int(&j, m->headings[i].level);
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	return buf_get(&b);
}

static void read_body(struct reading *r, struct str file, const struct front *front, struct parcel_resource *out)
{
	struct markdown m;
	const struct markdown_options o = { .file = file, .first_line = front->body_line };
	markdown_render(r->f, front->body, &o, &m);
	out->body = m.html;
	out->plain = m.text;
	out->toc = toc_json(r->cx, &m);
	if (str_is(out->kind, "lesson")) {
		out->ms = m.total_ms;
		out->bytes = (int64_t)m.html.n;
		if (m.n_blocks == 0)
			note(r, file, front->body_line, N_("the lesson has no text"));
	}
}

static void read_captions(struct reading *r, struct str folder, struct str file, const struct front *front, struct parcel_resource *out)
{
	struct vtt v = { 0 };
	struct buf b, plain;
	struct json_out j = { .b = &b };
	out->captions = file_in(r, folder, file, front, "captions", "captions");
	if (!out->captions.path.p)
		return;
	struct str name = str_fmt(r->cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(front_get(front, "captions")));
	struct str text = text_of(r, name);
	if (text.p)
		vtt_parse(r->f, name, text, &v);
	buf_init(&b, r->cx->arena, 4 << 20);
	buf_init(&plain, r->cx->arena, 4 << 20);
	buf_str(&plain, out->plain);
	jw_open(&j, '[');
	for (size_t i = 0; i < v.n; i++) {
		jw_open(&j, '[');
		jw_int(&j, v.v[i].from_ms);
		jw_int(&j, v.v[i].to_ms);
		jw_str(&j, v.v[i].text);
		jw_close(&j, ']');
		buf_char(&plain, ' ');
		buf_str(&plain, v.v[i].text);
	}
	jw_close(&j, ']');
	out->cues = buf_get(&b);
	out->plain = buf_get(&plain);
}

static void must_have(struct reading *r, struct str file, const struct front *front, const char *key)
{
	if (!front_get(front, key).p)
		finding_add_what(r->f, file, front_line_of(front, key), N_("{what} is needed for a resource of this type"), str_of(key));
}

static void read_media(struct reading *r, struct str folder, struct str file, const struct front *front, struct parcel_resource *out)
{
	bool pdf = str_is(out->kind, "pdf");
	must_have(r, file, front, "file");
	must_have(r, file, front, pdf ? "pages" : "seconds");
	if (str_is(out->kind, "video"))
		must_have(r, file, front, "captions");
	out->media = file_in(r, folder, file, front, "file", out->kind.p);
	out->bytes = out->media.bytes;
	out->pages = number_in(r, file, front, "pages", 0, 1, 2000);
	/* A page of a PDF counts as 300 words at 400 words a minute. */
	out->ms = pdf ? out->pages * 45000 : number_in(r, file, front, "seconds", 0, 1, 6 * 3600) * 1000;
	if (!pdf)
		read_captions(r, folder, file, front, out);
}

static void read_quiz(struct reading *r, struct str folder, struct str file, const struct front *front, struct parcel_resource *out)
{
	struct str feedback = front_get(front, "feedback"), name = front_get(front, "file"), credits = front_get(front, "credits");
	must_have(r, file, front, "file");
	out->pass = number_in(r, file, front, "pass", 60, 1, 100);
	out->attempts = number_in(r, file, front, "attempts", 3, 1, 20);
	out->feedback = feedback.p ? feedback : S("end");
	if (!str_is(out->feedback, "each") && !str_is(out->feedback, "end") && !str_is(out->feedback, "never"))
		note(r, file, front_line_of(front, "feedback"), N_("feedback must be each, end or never"));
	if (credits.p)
		out->credits = str_fmt(r->cx->arena, "%.*s/%.*s", STR_ARG(folder), (int)(str_ends(credits, S(".md")) ? credits.n - 3 : credits.n), credits.p);
	struct parcel_file f = file_in(r, folder, file, front, "file", "quiz");
	if (!f.path.p)
		return;
	struct str path = str_fmt(r->cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)), text = text_of(r, path);
	struct questions g = { 0 };
	if (text.p)
		gift_parse(r->f, path, text, true, &g);
	for (size_t i = 0; i < g.n; i++) {
		struct teaches tests;
		bool has;
		if (!tests_read(r->cx->arena, g.v[i].category, &tests, &has))
			note(r, path, g.v[i].line, N_("the category must name one competency and level: kcm:functional.noting-and-drafting@2"));
	}
	out->questions = g.v;
	out->n_questions = g.n;
	out->draw = number_in(r, file, front, "draw", 0, 1, 200);
	if (out->draw > (int64_t)g.n)
		note(r, file, front_line_of(front, "draw"), N_("draw asks for more questions than the file has"));
	/* 45 seconds a question, for what is said before opening; a quiz has no time line. */
	out->ms = (int64_t)(out->draw ? (size_t)out->draw : g.n) * 45000;
	out->bytes = (int64_t)text.n;
}

static void read_resource(struct reading *r, struct str folder, struct str name, struct parcel_resource *out)
{
	struct str file = str_fmt(r->cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)), text = text_of(r, file);
	struct front front;
	*out = (struct parcel_resource){ .body = S(""), .plain = S(""), .toc = S("[]"), .cues = S("[]"), .feedback = S("end") };
	out->code = str_sub(file, 0, file.n - 3);
	out->kind = S("lesson");
	if (!text.p)
		return;
	front_parse(r->f, file, text, resource_keys, &front);
	out->title = text_in(r, file, &front, "title", 160);
	if (front_get(&front, "type").p)
		out->kind = str_dup(r->cx->arena, front_get(&front, "type"));
	read_body(r, file, &front, out);
	if (str_is(out->kind, "video") || str_is(out->kind, "audio") || str_is(out->kind, "pdf"))
		read_media(r, folder, file, &front, out);
	else if (str_is(out->kind, "quiz"))
		read_quiz(r, folder, file, &front, out);
	else if (!str_is(out->kind, "lesson"))
		note(r, file, front_line_of(&front, "type"), N_("type must be lesson, video, audio, pdf or quiz"));
}

/* ── modules and the course ── */

static const struct front_key module_keys[] = { { "title", true }, { "summary", false }, { NULL, false } };
static const struct front_key course_keys[] = { { "title", true },   { "language", true },	 { "provider", true }, { "summary", true }, { "topics", false },
						{ "translation-of", false }, { "licence", false }, { "sources", false },	 { "competencies", false }, { NULL, false } };

static void check_credits(struct reading *r, const struct parcel_module *m)
{
	for (size_t i = 0; i < m->n_resources; i++) {
		struct str want = m->resources[i].credits;
		bool found = !want.n;
		for (size_t k = 0; k < m->n_resources; k++)
			found |= str_eq(m->resources[k].code, want) && !str_is(m->resources[k].kind, "quiz");
		if (!found)
			note(r, str_fmt(r->cx->arena, "%.*s.md", STR_ARG(m->resources[i].code)), 1,
			     N_("credits must name a lesson, video, audio or pdf of the same module"));
	}
}

static void read_module(struct reading *r, struct str folder, struct parcel_module *out)
{
	struct front front;
	struct str file = str_fmt(r->cx->arena, "%.*s/module.md", STR_ARG(folder)), text = text_of(r, file);
	*out = (struct parcel_module){ .code = folder, .summary = S("") };
	if (text.p) {
		front_parse(r->f, file, text, module_keys, &front);
		out->title = text_in(r, file, &front, "title", 160);
		out->summary = text_in(r, file, &front, "summary", 300);
	}
	struct strs names = names_in(r, folder, false);
	for (size_t i = 0; i < names.n; i++)
		if (str_ends(names.v[i], S(".md")) && !str_is(names.v[i], "module.md")) {
			struct parcel_resource *res = ARENA_PUSH(r->cx->arena, out->resources, out->n_resources);
			read_resource(r, folder, names.v[i], res);
			r->p->ms += res->credits.n ? 0 : res->ms;
			r->p->bytes += res->bytes;
		}
	if (!out->n_resources)
		note(r, file, 0, N_("the module has no resources"));
	/* What only proves another part is no part of its own. */
	for (size_t i = 0; i < out->n_resources; i++)
		r->p->n_resources += !out->resources[i].credits.n;
	check_credits(r, out);
}

static void read_course(struct reading *r)
{
	struct front front;
	struct markdown m;
	struct parcel *p = r->p;
	struct str file = S("course.md"), text = text_of(r, file);
	if (!is_code(p->code))
		finding_add_what(r->f, file, 0, N_("the folder's name {what} must be made of a-z, 0-9 and hyphens, at most 64"), p->code);
	if (!text.p)
		return;
	front_parse(r->f, file, text, course_keys, &front);
	p->title = text_in(r, file, &front, "title", 160);
	p->summary = text_in(r, file, &front, "summary", 300);
	p->provider = text_in(r, file, &front, "provider", 160);
	p->topics = text_in(r, file, &front, "topics", 400);
	struct str wrong;
	if (!teaches_read(r->cx->arena, text_in(r, file, &front, "competencies", 2000), &p->teaches, &p->n_teaches, &wrong))
		finding_add_what(r->f, file, front_line_of(&front, "competencies"), N_("“{what}” names no competency: CODE@LEVEL, once each and at most 20"), wrong);
	p->licence = text_in(r, file, &front, "licence", 100);
	p->sources = text_in(r, file, &front, "sources", 1000);
	p->translation_of = text_in(r, file, &front, "translation-of", 64);
	p->lang = text_in(r, file, &front, "language", 20);
	if (!is_language(p->lang))
		note(r, file, front_line_of(&front, "language"), N_("language must be a tag such as en or hi"));
	const struct markdown_options o = { .file = file, .first_line = front.body_line };
	markdown_render(r->f, front.body, &o, &m);
	p->body = m.html;
	p->plain = m.text;
	struct strs modules = names_in(r, S(""), true);
	for (size_t i = 0; i < modules.n; i++)
		read_module(r, modules.v[i], ARENA_PUSH(r->cx->arena, p->modules, p->n_modules));
	if (!p->n_modules)
		note(r, file, 0, N_("the course has no module"));
}

static struct str last_part(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	struct str rest = path, part, last = path;
	while (str_cut(&rest, '/', &part))
		if (part.n)
			last = part;
	return last;
}

enum err course_read(struct ctx *cx, const char *path, struct findings *findings, struct parcel **ret)
{
	struct reading r = { .cx = cx, .f = findings, .p = ARENA_NEW(cx->arena, struct parcel) };
	struct stat st;
	size_t before = findings->n;
	*ret = NULL;
	if (stat(path, &st) != 0 || (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)))
		return fail(cx, ERR_NOT_FOUND, "path", N_("There is no such folder or file."));
	r.root = str_of(path);
	r.p->code = str_dup(cx->arena, last_part(str_of(path)));
	if (S_ISREG(st.st_mode))
		TRY(parcel_unpack(cx, path, findings, &r.root, &r.p->code));
	if (findings->n == before)
		read_course(&r);
	if (findings->n == before)
		*ret = r.p;
	return OK;
}
