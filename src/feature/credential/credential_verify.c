/* Checking a certificate or a passbook offline; see credential_verify.h. */
#include "feature/credential/credential_verify.h"
#include "feature/credential/credential.h"
#include "feature/credential/credential_pdf.h"
#include "web/base64.h"

#include <jansson.h>
#include <sodium.h>

struct carried {
	struct str document, signature;
};

static bool is_base64(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* A PDF writer may break a long text into lines with a backslash; nothing else may stand between the letters. */
static struct str unbase64(struct ctx *cx, struct str *rest)
{
	struct buf letters;
	struct str bytes;
	size_t i = 0;
	buf_init(&letters, cx->arena, rest->n);
	for (; i < rest->n && (is_base64(rest->p[i]) || rest->p[i] == '\\' || rest->p[i] == '\n' || rest->p[i] == '\r'); i++)
		if (is_base64(rest->p[i]))
			buf_char(&letters, rest->p[i]);
	*rest = str_sub(*rest, i, rest->n);
	return base64url_read(cx->arena, buf_get(&letters), &bytes) ? bytes : STR_NONE;
}

static bool from_pdf(struct ctx *cx, struct str file, struct carried *ret)
{
	ptrdiff_t at = str_find(file, S(CREDENTIAL_MARK));
	if (at < 0)
		return false;
	struct str rest = str_sub(file, (size_t)at + strlen(CREDENTIAL_MARK), file.n);
	ret->document = unbase64(cx, &rest);
	if (!rest.n || rest.p[0] != '.')
		return false;
	rest = str_sub(rest, 1, rest.n);
	ret->signature = unbase64(cx, &rest);
	return ret->document.n && ret->signature.n;
}

static bool from_json(struct ctx *cx, struct str file, struct carried *ret)
{
	json_t *j = json_loadb(file.p, file.n, 0, NULL);
	const char *document = json_string_value(json_object_get(j, "document")), *signature = json_string_value(json_object_get(j, "signature"));
	if (document && signature)
		*ret = (struct carried){ str_dup(cx->arena, str_of(document)), str_dup(cx->arena, str_of(signature)) };
	json_decref(j);
	return ret->document.n && ret->signature.n;
}

static void describe_members(const json_t *j, const char *const *members, struct buf *b)
{
	for (; *members; members++) {
		const char *v = json_string_value(json_object_get(j, *members));
		buf_fmt(b, "%-12s %s\n", *members, v ? v : "–");
	}
}

static const char *text_in(const json_t *j, const char *member)
{
	const char *v = json_string_value(json_object_get(j, member));
	return v ? v : "–";
}

/* The figures themselves: what is printed on paper is compared with them. */
static void describe_passbook(const json_t *j, struct buf *b)
{
	static const char *const members[] = { "name", "post", "organisation", "made", "issuer", NULL };
	static const struct {
		const char *list, *says;
	} completed[] = { { "courses", "course" }, { "programmes", "programme" } };
	size_t i;
	json_t *v;
	describe_members(j, members, b);
	json_array_foreach (json_object_get(j, "competencies"), i, v) {
		if (json_is_number(json_object_get(v, "level")))
			buf_fmt(b, "%-12s %s: %.2f, between %.2f and %.2f of %lld\n", "level", text_in(v, "name"), json_number_value(json_object_get(v, "level")),
				json_number_value(json_object_get(v, "from")), json_number_value(json_object_get(v, "to")),
				(long long)json_integer_value(json_object_get(v, "levels")));
		else
			buf_fmt(b, "%-12s %s: not known yet\n", "level", text_in(v, "name"));
	}
	for (size_t k = 0; k < sizeof completed / sizeof *completed; k++)
		json_array_foreach (json_object_get(j, completed[k].list), i, v)
			buf_fmt(b, "%-12s %s, %s, certificate %s\n", completed[k].says, text_in(v, "title"), text_in(v, "completed"), text_in(v, "certificate"));
}

static void describe(struct str document, const unsigned char key[32], struct buf *b)
{
	static const char *const members[] = { "name", "course", "provider", "completed", "issued", "serial", "issuer", NULL };
	static const char *const of_programme[] = { "name", "programme", "provider", "completed", "issued", "serial", "issuer", NULL };
	char hex[65];
	json_t *j = json_loadb(document.p, document.n, 0, NULL);
	if (strcmp(text_in(j, "kind"), "karmayogi-passbook") == 0)
		describe_passbook(j, b);
	else
		describe_members(j, json_object_get(j, "programme") ? of_programme : members, b);
	buf_fmt(b, "%-12s %s\n", "key", sodium_bin2hex(hex, sizeof hex, key, 32));
	json_decref(j);
}

void credential_verify_bytes(struct ctx *cx, struct str file, const unsigned char public_key[32], struct str *ret_report, bool *ret_good)
{
	struct carried c = { 0 };
	struct buf b;
	bool pdf = str_starts(file, S("%PDF"));
	*ret_good = false;
	if (!(pdf ? from_pdf(cx, file, &c) : from_json(cx, file, &c))) {
		*ret_report = pdf ? S("This PDF carries no certificate or passbook of ours, or it is damaged.")
				  : S("This is neither a certificate or passbook as PDF nor its signed text as JSON.");
		return;
	}
	buf_init(&b, cx->arena, 1 << 20);
	*ret_good = credential_signature_good(c.document, c.signature, public_key);
	if (*ret_good)
		buf_lit(&b, "Genuine: the signature fits, nobody has changed the text.\n");
	else
		buf_lit(&b, "NOT genuine: the signature does not fit this text and this key. The text says:\n");
	describe(c.document, public_key, &b);
	*ret_report = buf_get(&b);
}

enum err credential_verify_file(struct ctx *cx, const char *path, const unsigned char public_key[32], struct str *ret_report, bool *ret_good)
{
	FILE *f = fopen(path, "rb");
	struct buf b;
	char piece[65536];
	size_t n;
	if (!f)
		return fail(cx, ERR_NOT_FOUND, path, N_("The file cannot be read."));
	buf_init(&b, cx->arena, VERIFY_FILE_MAX);
	while (!b.full && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_TOO_LARGE, path, N_("The file is larger than 20 MB; a certificate is not."));
	credential_verify_bytes(cx, buf_get(&b), public_key, ret_report, ret_good);
	return OK;
}
