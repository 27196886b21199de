/* Evidence under the eight pillars; see pillars.h. */
#include "feature/institute/pillars.h"

const char *pillar_name(int64_t n)
{
	static const char *const names[PILLARS] = {
		N_("Training needs assessment and course design"),
		N_("Faculty development"),
		N_("Resources and training targets"),
		N_("Trainee support"),
		N_("Digitalisation and training delivery"),
		N_("Collaboration"),
		N_("Training evaluation and quality assurance"),
		N_("Operations and governance"),
	};
	return n >= 1 && n <= PILLARS ? names[n - 1] : "";
}

const char *pillar_file_type(struct str bytes)
{
	if (str_starts(bytes, S("%PDF-")))
		return "application/pdf";
	if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
		return "image/png";
	return str_starts(bytes, S("\xff\xd8\xff")) ? "image/jpeg" : NULL;
}

static struct str trimmed(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

/* Without ending and control characters, with the ending of the type. */
static struct str name_for(struct ctx *cx, struct str name, const char *type)
{
	struct buf b;
	size_t end = name.n;
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '.') {
			end = i - 1;
			break;
		}
	buf_init(&b, cx->arena, PILLAR_NAME_MAX * 4 + 8);
	for (size_t i = 0; i < end; i++)
		if ((unsigned char)name.p[i] >= ' ' && name.p[i] != '/' && name.p[i] != '\\' && name.p[i] != '"')
			buf_char(&b, name.p[i]);
	if (!b.n)
		buf_lit(&b, "evidence");
	buf_str(&b, !strcmp(type, "application/pdf") ? S(".pdf") : !strcmp(type, "image/png") ? S(".png") : S(".jpg"));
	return buf_get(&b);
}

static enum err check(struct ctx *cx, const struct pillar_evidence *in)
{
	struct str link = trimmed(in->link);
	if (in->pillar < 1 || in->pillar > PILLARS)
		return fail(cx, ERR_INVALID, "pillar", N_("must be one of the eight pillars"));
	if (!trimmed(in->words).n && !link.n && !in->file.n)
		return fail(cx, ERR_INVALID, "words", N_("is needed, or a link, or a document"));
	if (link.n && !str_starts(link, S("https://")) && !str_starts(link, S("http://")))
		return fail(cx, ERR_INVALID, "link", N_("must begin with https:// or http://"));
	if (in->file.n > PILLAR_FILE_MAX)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 5 MB"));
	if (in->file.n && !pillar_file_type(in->file))
		return fail(cx, ERR_INVALID, "file", N_("must be a PDF, a PNG or a JPEG picture"));
	return OK;
}

enum err pillar_add(struct ctx *cx, const struct pillar_evidence *in, int64_t *ret_id)
{
	struct institute_of_org_row i;
	struct institute_evidence_count_row c;
	TRY(institute_of(cx, in->org_id, &i));
	TRY(check(cx, in));
	TRY(institute_sql_evidence_count(cx, i.id, &c));
	if (c.n >= PILLAR_PIECES_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("An institute brings at most 500 pieces of evidence."));
	*ret_id = new_id(cx);
	return institute_sql_evidence_add(cx, *ret_id, i.id, in->pillar, trimmed(in->words), trimmed(in->link),
					  in->file.n ? name_for(cx, trimmed(in->file_name), pillar_file_type(in->file)) : S(""),
					  in->file.n ? in->file : STR_NONE, actor_hand(&cx->actor) ? actor_hand(&cx->actor) : NONE, cx->now, NULL);
}

static enum err own(struct ctx *cx, int64_t org_id, int64_t evidence_id, struct institute_evidence_one_row *ret)
{
	bool found = false;
	TRY(institute_sql_evidence_one(cx, evidence_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "evidence_id", N_("There is no such evidence."));
}

enum err pillar_end(struct ctx *cx, int64_t org_id, int64_t evidence_id)
{
	struct institute_evidence_one_row e;
	TRY(own(cx, org_id, evidence_id, &e));
	return e.ended_at != NONE ? OK : institute_sql_evidence_end(cx, cx->now, e.id, NULL);
}

enum err pillar_file(struct ctx *cx, int64_t org_id, int64_t evidence_id, const char **ret_type, struct str *ret_name, struct str *ret_bytes)
{
	struct institute_evidence_one_row e;
	struct institute_evidence_file_row d;
	bool found = false;
	TRY(own(cx, org_id, evidence_id, &e));
	TRY(institute_sql_evidence_file(cx, evidence_id, &d, &found));
	*ret_type = found && d.file.n ? pillar_file_type(d.file) : NULL;
	if (!*ret_type)
		return fail(cx, ERR_NOT_FOUND, "evidence_id", N_("This evidence has no document."));
	*ret_name = name_for(cx, d.file_name, *ret_type);
	*ret_bytes = d.file;
	return OK;
}

enum err pillar_states(struct ctx *cx, int64_t institute_id, struct pillar_state *ret, size_t *ret_covered)
{
	struct institute_pillars_row *r;
	size_t n;
	TRY(institute_sql_pillars(cx, institute_id, &r, &n));
	for (size_t i = 0; i < PILLARS; i++)
		ret[i] = (struct pillar_state){ .newest_at = NONE };
	for (size_t i = 0; i < n; i++)
		ret[r[i].pillar - 1] = (struct pillar_state){ r[i].n, r[i].newest_at, r[i].newest_at < cx->now - PILLAR_OLD };
	*ret_covered = n;
	return OK;
}
