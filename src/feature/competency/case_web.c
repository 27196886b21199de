/* Frameworks under the addresses of CASE 1.1 (1EdTech): whoever knows the standard finds them. Public, as frameworks are meant to be shared. */
#include "base/json.h"
#include "feature/competency/competency.h"
#include "feature/person/person.h"
#include "web/action.h"

/* imsx_StatusInfo of the standard's service model. */
static void refusal(struct ctx *cx, enum err e, struct str sentence, unsigned *status, struct buf *b)
{
	struct json_out j = { .b = b };
	(void)cx;
	*status = (unsigned)err_status(e);
	jw_open(&j, '{');
	jw_key(&j, "imsx_codeMajor");
	jw_str(&j, S("failure"));
	jw_key(&j, "imsx_severity");
	jw_str(&j, S("error"));
	jw_key(&j, "imsx_description");
	jw_str(&j, sentence);
	jw_key(&j, "imsx_codeMinor");
	jw_raw(&j, e == ERR_NOT_FOUND ? S("{\"imsx_codeMinorField\":[{\"imsx_codeMinorFieldName\":\"sourcedId\",\"imsx_codeMinorFieldValue\":\"unknownobject\"}]}")
				      : S("{\"imsx_codeMinorField\":[{\"imsx_codeMinorFieldName\":\"request\",\"imsx_codeMinorFieldValue\":\"invalid_selection_field\"}]}"));
	jw_close(&j, '}');
}

static const struct manners case_manners = { "/ims/case/v1p1/", "application/json", refusal };

struct case_in {
	struct str document, item; /* identifiers */
};
static const struct field document_in[] = { FIELD(case_in, document, F_TEXT, .must = true, .max = 36), FIELD_END };
static const struct field item_in[] = { FIELD(case_in, item, F_TEXT, .must = true, .max = 36), FIELD_END };

static enum err unknown(struct ctx *cx)
{
	return fail(cx, ERR_NOT_FOUND, "", N_("There is no such framework or entry here."));
}

static enum err load(struct ctx *cx, struct str code, struct framework_kept *ret)
{
	bool found = false;
	TRY(framework_load(cx, code, person_today(cx), false, ret, &found));
	return found ? OK : unknown(cx);
}

static enum err of_document(struct ctx *cx, struct str id, struct framework_kept *ret)
{
	struct competency_framework_of_identifier_row r;
	bool found = false;
	TRY(competency_sql_framework_of_identifier(cx, id, &r, &found));
	return found ? load(cx, r.code, ret) : unknown(cx);
}

static enum err of_item(struct ctx *cx, struct str id, struct framework_kept *ret, const struct entry **ret_entry)
{
	struct competency_of_identifier_row r;
	bool found = false;
	*ret_entry = NULL;
	TRY(competency_sql_of_identifier(cx, id, &r, &found));
	if (!found)
		return unknown(cx);
	TRY(load(cx, r.code, ret));
	for (size_t i = 0; i < ret->fw.n && !*ret_entry; i++)
		if (str_eq(ret->fw.v[i].identifier, id))
			*ret_entry = &ret->fw.v[i];
	return *ret_entry ? OK : unknown(cx);
}

static void begin(struct ctx *cx, struct buf *b)
{
	buf_init(b, cx->arena, 4 * FRAMEWORK_BYTES_MAX);
}

static enum err end(struct buf *b, struct answer *a)
{
	a->type = "application/json";
	a->bytes = buf_get(b);
	return b->full ? ERR_TOO_LARGE : OK;
}

static enum err documents_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct competency_frameworks_row *r;
	size_t n;
	struct buf b;
	bool first = true;
	(void)input;
	(void)state;
	TRY(competency_sql_frameworks(cx, person_today(cx), &r, &n));
	begin(cx, &b);
	buf_lit(&b, "{\"CFDocuments\":[");
	for (size_t i = 0; i < n; i++) {
		const struct framework fw = { .identifier = r[i].identifier, .name = { r[i].name_en, r[i].name_hi }, .about = { r[i].about_en, r[i].about_hi }, .source = r[i].source };
		if (!r[i].n_entries)
			continue;
		if (!first)
			buf_char(&b, ',');
		first = false;
		framework_write_document(&b, &fw, cx->app->base_url, r[i].changed_at);
	}
	buf_lit(&b, "]}");
	return end(&b, a);
}

static enum err document_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct case_in *in = input;
	struct framework_kept k;
	struct buf b;
	(void)state;
	TRY(of_document(cx, in->document, &k));
	begin(cx, &b);
	framework_write_document(&b, &k.fw, cx->app->base_url, k.changed_at);
	return end(&b, a);
}

static enum err package_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct case_in *in = input;
	struct framework_kept k;
	struct buf b;
	(void)state;
	TRY(of_document(cx, in->document, &k));
	begin(cx, &b);
	framework_write_case(&b, &k.fw, cx->app->base_url, k.changed_at);
	return end(&b, a);
}

static enum err item_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct case_in *in = input;
	const struct entry *e;
	struct framework_kept k;
	struct buf b;
	(void)state;
	TRY(of_item(cx, in->item, &k, &e));
	begin(cx, &b);
	framework_write_item(&b, &k.fw, e, cx->app->base_url, k.changed_at);
	return end(&b, a);
}

static enum err associations_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct case_in *in = input;
	const struct entry *e;
	struct framework_kept k;
	struct buf b;
	(void)state;
	TRY(of_item(cx, in->item, &k, &e));
	begin(cx, &b);
	buf_lit(&b, "{\"CFItem\":");
	framework_write_item(&b, &k.fw, e, cx->app->base_url, k.changed_at);
	buf_lit(&b, ",\"CFAssociations\":");
	framework_write_associations(&b, &k.fw, e, cx->app->base_url, k.changed_at);
	buf_char(&b, '}');
	return end(&b, a);
}

#define CASE .manners = &case_manners, .method = GET, .may = MAY_ANYONE
#define OF(what) .in = what, .in_size = sizeof(struct case_in)
const struct action case_actions[] = {
	{ CASE, .name = "case.documents", .api = "/ims/case/v1p1/CFDocuments", .run = documents_run, .summary = "CASE: all frameworks of competencies." },
	{ CASE, OF(document_in), .name = "case.document", .api = "/ims/case/v1p1/CFDocuments/{document}", .run = document_run, .summary = "CASE: a framework." },
	{ CASE, OF(document_in), .name = "case.package", .api = "/ims/case/v1p1/CFPackages/{document}", .run = package_run, .summary = "CASE: a framework with everything in it." },
	{ CASE, OF(item_in), .name = "case.item", .api = "/ims/case/v1p1/CFItems/{item}", .run = item_run, .summary = "CASE: an entry." },
	{ CASE, OF(item_in), .name = "case.associations", .api = "/ims/case/v1p1/CFItemAssociations/{item}", .run = associations_run, .summary = "CASE: an entry and what it is linked to." },
	ACTION_END,
};
