/* Who teaches a batch, and what is handed out; see batch.h. */
#include "base/utf8.h"
#include "feature/programme/batch.h"

#include <strings.h>

static struct str words_of(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

/* ── who teaches ── */

enum err batch_faculty_add(struct ctx *cx, int64_t batch_id, int64_t faculty_id)
{
	struct batch_faculty_there_row there;
	struct batch_faculty_row *f;
	bool found = false;
	size_t n;
	TRY(batch_sql_faculty_there(cx, faculty_id, &there, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "faculty_id", N_("is nobody of the directory"));
	TRY(batch_sql_faculty(cx, batch_id, &f, &n));
	if (n >= BATCH_FACULTY_MAX)
		return fail(cx, ERR_CONFLICT, "faculty_id", N_("At most 60 people teach a batch."));
	return batch_sql_add_faculty(cx, batch_id, faculty_id, NULL);
}

enum err batch_faculty_drop(struct ctx *cx, int64_t batch_id, int64_t faculty_id)
{
	int64_t dropped = 0;
	TRY(batch_sql_drop_faculty(cx, batch_id, faculty_id, &dropped));
	return dropped ? OK : fail(cx, ERR_NOT_FOUND, "faculty_id", N_("This person does not teach the batch."));
}

/* ── what is handed out ── */

static const struct file_kind {
	const char *ending, *type, *begins; /* begins: the bytes by which such a file is known; NULL: none */
} kinds[] = {
	{ ".pdf", "application/pdf", "%PDF-" },
	{ ".png", "image/png", "\x89PNG" },
	{ ".jpg", "image/jpeg", "\xff\xd8\xff" },
	{ ".jpeg", "image/jpeg", "\xff\xd8\xff" },
	{ ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK" },
	{ ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PK" },
	{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK" },
	{ ".odt", "application/vnd.oasis.opendocument.text", "PK" },
	{ ".txt", "text/plain; charset=utf-8", NULL },
};

static const struct file_kind *kind_of(struct str name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str ending = str_of(kinds[i].ending);
		if (name.n > ending.n && strncasecmp(name.p + name.n - ending.n, ending.p, ending.n) == 0)
			return &kinds[i];
	}
	return NULL;
}

const char *material_type(struct str file_name)
{
	const struct file_kind *k = kind_of(file_name);
	return k ? k->type : NULL;
}

bool material_link_good(struct str link)
{
	bool good = (str_starts(link, S("https://")) || str_starts(link, S("http://"))) && link.n > 8 && link.n <= 500;
	for (size_t i = 0; good && i < link.n; i++)
		good = (unsigned char)link.p[i] > ' ' && link.p[i] != '"' && link.p[i] != '<' && link.p[i] != '>';
	return good;
}

static enum err file_good(struct ctx *cx, struct str name, struct str file)
{
	const struct file_kind *k = kind_of(name);
	if (file.n > BATCH_FILE_MAX)
		return fail(cx, ERR_TOO_LARGE, "file", N_("must be at most 5 MB"));
	if (!k || (k->begins && !str_starts(file, str_of(k->begins))) || (!k->begins && !utf8_valid(file)))
		return fail(cx, ERR_INVALID, "file", N_("must be a PDF, a picture (PNG, JPEG), a text or an office document (docx, pptx, xlsx, odt)"));
	return utf8_length(name) > BATCH_NAME_MAX ? fail(cx, ERR_INVALID, "file", N_("has too long a name")) : OK;
}

enum err material_add(struct ctx *cx, const struct material_put *in, int64_t *ret_id)
{
	struct batch_materials_row *m;
	struct str title = words_of(in->title), link = words_of(in->link);
	size_t n;
	if (!title.n || utf8_length(title) > PROGRAMME_TITLE_MAX)
		return fail(cx, ERR_INVALID, "title", N_("is needed"));
	if (!link.n == !in->file.n)
		return fail(cx, ERR_INVALID, "link", N_("or a file is needed: one of both"));
	if (link.n && !material_link_good(link))
		return fail(cx, ERR_INVALID, "link", N_("must be an address that begins with https://"));
	if (in->file.n)
		TRY(file_good(cx, in->file_name, in->file));
	TRY(batch_sql_materials(cx, in->batch_id, &m, &n));
	if (n >= BATCH_MATERIALS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("At most 100 things are handed out in a batch."));
	*ret_id = new_id(cx);
	return batch_sql_add_material(cx, *ret_id, in->batch_id, title, link, in->file.n ? in->file_name : S(""), in->file.n ? in->file : STR_NONE, cx->now,
				      NULL);
}

enum err material_drop(struct ctx *cx, int64_t batch_id, int64_t material_id)
{
	int64_t dropped = 0;
	TRY(batch_sql_drop_material(cx, material_id, batch_id, &dropped));
	return dropped ? OK : fail(cx, ERR_NOT_FOUND, "material_id", N_("There is no such material."));
}
