/* Evidence under the eight pillars, for who manages an institute. */
#include "feature/institute/institute_views.h"
#include "feature/institute/pillars.h"
#include "feature/institute/pillars_pdf.h"
#include "feature/org/org.h"
#include "pillars_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdio.h>

struct pillars_in {
	int64_t org_id, evidence_id;
	struct str pillar, words, link, file, file_name;
};
static const struct choice pillar_choices[] = {
	{ "1", N_("Training needs assessment and course design") },
	{ "2", N_("Faculty development") },
	{ "3", N_("Resources and training targets") },
	{ "4", N_("Trainee support") },
	{ "5", N_("Digitalisation and training delivery") },
	{ "6", N_("Collaboration") },
	{ "7", N_("Training evaluation and quality assurance") },
	{ "8", N_("Operations and governance") },
	{ NULL, NULL },
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };
static const struct field pillar_out[] = {
	FIELD(pillar_item, n, F_INT),
	FIELD(pillar_item, name, F_TEXT),
	FIELD(pillar_item, n_in_force, F_INT),
	FIELD(pillar_item, newest_at, F_TIME),
	FIELD(pillar_item, covered, F_BOOL),
	FIELD(pillar_item, old, F_BOOL),
	FIELD_END,
};

/* ── what there is ── */

static void put_pieces(struct ctx *cx, struct pillar_item *p, int64_t org_id, const struct institute_evidence_row *e, size_t n)
{
	p->pieces = ARENA_ARRAY(cx->arena, struct evidence_item, n + 1);
	for (size_t i = 0; i < n; i++)
		if (e[i].pillar == p->n)
			p->pieces[p->n_pieces++] = (struct evidence_item){ .id = e[i].id,
									.org_id = org_id,
									.at = e[i].at,
									.ended_at = e[i].ended_at,
									.bytes = e[i].bytes,
									.words = e[i].words,
									.link = e[i].link,
									.file_name = e[i].file_name,
									.by_name = e[i].by_name,
									.ended = e[i].ended_at != NONE };
}

static enum err put_pillars(struct ctx *cx, int64_t org_id, struct pillars_page *v)
{
	struct institute_of_org_row r;
	struct institute_evidence_row *e;
	struct pillar_state states[PILLARS];
	size_t n, covered;
	TRY(institute_of(cx, org_id, &r));
	TRY(institute_sql_evidence(cx, r.id, &e, &n));
	TRY(pillar_states(cx, r.id, states, &covered));
	*v = (struct pillars_page){ .org_id = org_id, .n_covered = (int64_t)covered, .org = org_name(cx, r.name_en, r.name_hi), .n_pillars = PILLARS };
	v->pillars = ARENA_ARRAY(cx->arena, struct pillar_item, PILLARS);
	for (int64_t i = 0; i < PILLARS; i++) {
		v->pillars[i] = (struct pillar_item){ .n = i + 1,
						      .n_in_force = states[i].n,
						      .newest_at = states[i].newest_at,
						      .name = str_of(tr(cx->lang, pillar_name(i + 1))),
						      .covered = states[i].n > 0,
						      .old = states[i].old };
		put_pieces(cx, &v->pillars[i], org_id, e, n);
	}
	return OK;
}

static const struct field list_in[] = { FIELD(pillars_in, org_id, F_ID, .must = true), FIELD_END };

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct pillars_in *in = input;
	struct pillars_page *v = ARENA_NEW(cx->arena, struct pillars_page);
	(void)state;
	TRY(put_pillars(cx, in->org_id, v));
	ANSWER_ROWS(a, v->pillars, v->n_pillars);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Evidence for the national standards"));
	return OK;
}

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct pillars_in *in = input;
	(void)state;
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "evidence-%lld.pdf", (long long)in->org_id);
	return pillars_report(cx, in->org_id, &a->bytes);
}

/* ── one piece ── */

static const struct field add_in[] = {
	FIELD(pillars_in, org_id, F_ID, .must = true),
	FIELD(pillars_in, pillar, F_CHOICE, .label = N_("Pillar"), .choices = pillar_choices, .must = true),
	FIELD(pillars_in, words, F_LONG, .label = N_("What is shown"), .max = PILLAR_WORDS_MAX),
	FIELD(pillars_in, link, F_TEXT, .label = N_("Link"), .max = PILLAR_LINK_MAX),
	FIELD(pillars_in, file, F_TEXT, .label = N_("Document"), .hint = N_("PDF, PNG or JPEG, at most 5 MB"), .max = 4000),
	FIELD(pillars_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct pillars_in *in = input;
	struct str *bytes = ARENA_NEW(cx->arena, struct str);
	struct buf b;
	*ret_state = bytes;
	if (!in->file.n)
		return OK;
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, PILLAR_FILE_MAX + 1);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full || b.n > PILLAR_FILE_MAX)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 5 MB"));
	*bytes = buf_get(&b);
	if (whole && !bytes->n)
		return fail(cx, ERR_INVALID, "file", N_("is empty"));
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct pillars_in *in = input;
	const struct str *bytes = state;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	struct pillar_evidence e = { .org_id = in->org_id, .words = in->words, .link = in->link, .file_name = in->file_name, .file = *bytes };
	if (!str_int(in->pillar, &e.pillar))
		return fail(cx, ERR_INVALID, "pillar", N_("must be one of the eight pillars"));
	TRY(pillar_add(cx, &e, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static const struct field one_in[] = { FIELD(pillars_in, org_id, F_ID, .must = true), FIELD(pillars_in, evidence_id, F_ID, .must = true), FIELD_END };

/* Always to be kept, never shown in place: what somebody brought is not run here. */
static enum err file_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct pillars_in *in = input;
	(void)state;
	return pillar_file(cx, in->org_id, in->evidence_id, &a->type, &a->filename, &a->bytes);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct pillars_in *in = input;
	(void)state;
	(void)a;
	return pillar_end(cx, in->org_id, in->evidence_id);
}

#define ALL "/orgs/{org_id}/institute/evidence"
#define ONE ALL "/{evidence_id}"
#define IN .in_size = sizeof(struct pillars_in)
#define MANAGE .may = MAY_INSTITUTE_MANAGE, .scope = SCOPE_ORG
const struct action pillars_actions[] = {
	{ .name = "pillars.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  IN,
	  .out = pillar_out,
	  .out_list = true,
	  .run = list_run,
	  .html = pillars_view,
	  .summary = "The eight pillars of the national standards, and how far evidence covers each." },
	{ .name = "pillars.report",
	  .method = GET,
	  .page = ALL "/report",
	  .api = "/api/v1" ALL "/report",
	  MANAGE,
	  .in = list_in,
	  IN,
	  .run = report_run,
	  .summary = "The evidence of an institute as a PDF." },
	{ .name = "pillars.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "pillars.list",
	  .then = ALL,
	  .notice = N_("The evidence is kept."),
	  .upload = true,
	  .max_body = PILLAR_FILE_MAX + (64 << 10),
	  .summary = "Brings evidence for a pillar: words, a link, a document, or several of them." },
	{ .name = "pillars.file",
	  .method = GET,
	  .page = ONE "/file",
	  .api = "/api/v1" ONE "/file",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = file_run,
	  .summary = "The document of a piece of evidence." },
	{ .name = "pillars.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = end_run,
	  .form = "pillars.list",
	  .then = ALL,
	  .notice = N_("It counts no more."),
	  .summary = "A piece of evidence is out of date." },
	ACTION_END,
};
