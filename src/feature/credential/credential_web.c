/* The public page of a certificate, its PDF and its signed text; correcting a name. */
#include "base/clock.h"
#include "base/json.h"
#include "feature/credential/credential.h"
#include "feature/credential/credential_page.h"
#include "feature/credential/credential_pdf.h"
#include "verify_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <jansson.h>
#include <sodium.h>

/* ── the public page ── */

struct verify_in {
	struct str serial;
};
static const struct field verify_in[] = { FIELD(verify_in, serial, F_TEXT, .label = N_("Number on the certificate"), .max = 40), FIELD_END };

/* As people type it: small letters, spaces, no hyphens; Crockford's alphabet reads O as 0, I and L as 1. */
static struct str serial_of(struct ctx *cx, struct str typed)
{
	char s[15];
	size_t n = 0, digits = 0;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c == ' ' || c == '-')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
		if (n >= sizeof s - 1)
			return STR_NONE;
		if (digits && digits % 4 == 0)
			s[n++] = '-';
		s[n++] = c;
		digits++;
	}
	return digits == 12 ? str_dup(cx->arena, (struct str){ s, n }) : STR_NONE;
}

/* Of a course, or of a programme. */
static enum err find(struct ctx *cx, struct str serial, struct credential_of_serial_row *ret, bool *ret_found)
{
	struct credential_programme_of_serial_row p;
	TRY(credential_sql_of_serial(cx, serial, ret, ret_found));
	if (*ret_found)
		return OK;
	TRY(credential_sql_programme_of_serial(cx, serial, &p, ret_found));
	if (*ret_found)
		*ret = (struct credential_of_serial_row){ .serial = p.serial,
							  .name = p.name,
							  .title = p.title,
							  .issued_at = p.issued_at,
							  .completed_at = p.at,
							  .document = p.document,
							  .signature = p.signature,
							  .newer = p.newer,
							  .course_id = NONE };
	return OK;
}

static struct str fingerprint(struct ctx *cx)
{
	return str_hex(cx->arena, cx->app->sign_pk, sizeof cx->app->sign_pk);
}

static enum err verify_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct verify_in *in = input;
	struct verify_page *v = ARENA_NEW(cx->arena, struct verify_page);
	struct credential_of_serial_row c;
	(void)state;
	v->asked = in->serial.n > 0;
	v->serial = in->serial;
	struct str serial = serial_of(cx, in->serial.p ? in->serial : S(""));
	if (serial.p)
		TRY(find(cx, serial, &c, &v->found));
	if (v->found) {
		json_t *d = json_loadb(c.document.p, c.document.n, 0, NULL);
		v->serial = c.serial;
		v->name = c.name;
		v->title = c.title;
		v->provider = str_dup(cx->arena, str_of(json_string_value(json_object_get(d, "provider"))));
		v->minutes = json_integer_value(json_object_get(d, "minutes"));
		json_decref(d);
		v->completed_at = c.completed_at;
		v->issued_at = c.issued_at;
		v->replaced = c.newer.n > 0;
		v->programme = c.course_id == NONE;
		v->newer = c.newer;
		v->good = credential_signature_good(c.document, c.signature, cx->app->sign_pk);
		v->key = fingerprint(cx);
	}
	ANSWER_ROW(a, v);
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Verify a certificate"));
	return OK;
}
static const struct field verify_out[] = {
	FIELD(verify_page, serial, F_TEXT), FIELD(verify_page, found, F_BOOL), FIELD(verify_page, good, F_BOOL), FIELD(verify_page, replaced, F_BOOL),
	FIELD(verify_page, newer, F_TEXT), FIELD(verify_page, name, F_TEXT, .personal = true), FIELD(verify_page, title, F_TEXT), FIELD(verify_page, provider, F_TEXT),
	FIELD(verify_page, minutes, F_INT), FIELD(verify_page, completed_at, F_TIME), FIELD(verify_page, issued_at, F_TIME), FIELD(verify_page, key, F_TEXT), FIELD_END,
};

/* ── documents ── */

struct file_in {
	struct str file;
};
static const struct field file_in[] = { FIELD(file_in, file, F_TEXT, .must = true, .max = 40), FIELD_END };

static enum err json_file(struct ctx *cx, const struct credential_of_serial_row *c, struct answer *a)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 1 << 16);
	jw_open(&j, '{');
	jw_key(&j, "document");
	jw_str(&j, c->document);
	jw_key(&j, "signature");
	jw_str(&j, c->signature);
	jw_close(&j, '}');
	a->type = "application/json";
	a->bytes = buf_get(&b);
	return OK;
}

static void put_labels(struct ctx *cx, struct credential_pdf_in *in, bool programme, int64_t completed_at, int64_t minutes)
{
	const struct msg_arg facts[] = { { "day", fmt_date(cx, completed_at) }, { "n", fmt_number(cx, minutes) } };
	const struct msg_arg number = { "serial", in->serial }, address = { "address", in->verify_url };
	in->brand = str_of(tr(cx->lang, N_("Karmayogi")));
	in->heading = str_of(tr(cx->lang, N_("Certificate of completion")));
	in->says = str_of(tr(cx->lang, N_("This is to certify that")));
	in->course_line = str_of(tr(cx->lang, programme ? N_("has completed the programme") : N_("has completed the course")));
	in->facts = msg_fill(cx, programme ? trn(cx->lang, ngettext_("Completed on {day} · {n} minute", "Completed on {day} · {n} minutes"), minutes) : trn(cx->lang, ngettext_("Completed on {day} · {n} minute of verified learning", "Completed on {day} · {n} minutes of verified learning"), minutes), 2, facts);
	in->number_line = msg_text(cx, N_("Number {serial}"), 1, &number);
	in->verify_line = msg_text(cx, N_("Anybody can verify it at {address}"), 1, &address);
}

static enum err pdf_file(struct ctx *cx, const struct credential_of_serial_row *c, struct answer *a)
{
	json_t *d = json_loadb(c->document.p, c->document.n, 0, NULL);
	int64_t minutes = (int64_t)json_integer_value(json_object_get(d, "minutes"));
	struct credential_pdf_in in = {
		.serial = c->serial,
		.name = c->name,
		.title = c->title,
		.provider = str_dup(cx->arena, str_of(json_string_value(json_object_get(d, "provider")))),
		.verify_url = str_fmt(cx->arena, "%.*s/verify/%.*s", STR_ARG(cx->app->base_url), STR_ARG(c->serial)),
		.document = c->document,
		.signature = c->signature,
		.issued_at = c->issued_at,
	};
	json_decref(d);
	put_labels(cx, &in, c->course_id == NONE, c->completed_at, minutes);
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "%.*s.pdf", STR_ARG(c->serial));
	return credential_pdf(cx, &in, &a->bytes);
}

static enum err file_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct file_in *in = input;
	struct credential_of_serial_row c;
	bool found = false, pdf = str_ends(in->file, S(".pdf")), json = str_ends(in->file, S(".json"));
	(void)state;
	struct str serial = pdf || json ? serial_of(cx, str_sub(in->file, 0, in->file.n - (pdf ? 4 : 5))) : STR_NONE;
	if (serial.p)
		TRY(find(cx, serial, &c, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such certificate."));
	return pdf ? pdf_file(cx, &c, a) : json_file(cx, &c, a);
}

/* ── correcting a name ── */

struct reissue {
	int64_t person_id, credential_id;
	struct str reason;
};
static const struct field reissue_in[] = {
	FIELD(reissue, person_id, F_ID, .must = true),
	FIELD(reissue, credential_id, F_ID, .must = true),
	FIELD(reissue, reason, F_TEXT, .label = N_("Reason"), .must = true, .max = 200),
	FIELD_END,
};

static enum err reissue_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct reissue *in = input;
	struct credential_one_row old;
	bool found = false;
	int64_t id;
	(void)state;
	(void)a;
	TRY(credential_sql_one(cx, in->credential_id, &old, &found));
	if (!found || old.person_id != in->person_id)
		return fail(cx, ERR_NOT_FOUND, "credential_id", N_("There is no such certificate."));
	return credential_reissue(cx, in->credential_id, in->reason, &id);
}

const struct action credential_actions[] = {
	{ .name = "credential.verify", .method = GET, .page = "/verify", .may = MAY_ANYONE, .in = verify_in, .in_size = sizeof(struct verify_in), .run = verify_run,
	  .html = verify_view, .summary = "The public page to verify a certificate by its number." },
	{ .name = "credential.verify_one", .method = GET, .page = "/verify/{serial}", .api = "/api/v1/credentials/{serial}", .out = verify_out, .may = MAY_ANYONE, .in = verify_in, .in_size = sizeof(struct verify_in),
	  .run = verify_run, .html = verify_view, .summary = "The public page of one certificate." },
	{ .name = "credential.file", .method = GET, .page = "/credentials/{file}", .may = MAY_ANYONE, .in = file_in, .in_size = sizeof(struct file_in), .run = file_run,
	  .summary = "A certificate as PDF, or its signed text as JSON." },
	{ .name = "credential.reissue", .method = POST, .page = "/people/{person_id}/credentials/{credential_id}/reissue",
	  .api = "/api/v1/people/{person_id}/credentials/{credential_id}/reissue", .may = MAY_CREDENTIAL_REISSUE, .scope = SCOPE_PERSON, .in = reissue_in,
	  .in_size = sizeof(struct reissue), .run = reissue_run, .then = "/people/{person_id}/learning", .notice = N_("The corrected certificate is issued."),
	  .summary = "Issues a certificate again with the person's corrected name." },
	ACTION_END,
};
