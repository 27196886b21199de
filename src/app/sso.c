/* The commands of sign-in providers; see sso.h. */
#include "app/sso.h"
#include "feature/org/org.h"
#include "feature/sso/saml_xml.h"
#include "feature/sso/sso.h"

#include <errno.h>
#include <stdio.h>

struct work {
	const char *org;
	struct sso_add add;
	struct documents documents;
	struct str code;
	int64_t id;
	struct sso_all_row *rows;
	size_t n;
};

static enum err add(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	TRY(org_of_code(cx, str_of(w->org), &w->add.org_id));
	return sso_add(cx, &w->add, &w->documents, &w->id);
}

static enum err list(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	return sso_sql_all(cx, &w->rows, &w->n);
}

static enum err end(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	struct sso_provider_row p;
	bool found = false;
	TRY(sso_sql_provider(cx, w->code, &p, &found));
	return found ? sso_end(cx, p.org_id, p.id) : fail(cx, ERR_NOT_FOUND, "code", N_("There is no provider with this code in force."));
}

/* From a file and not from the command line, which every user of the machine can read. "-": standard input. */
static bool read_secret(struct command_line *c, const char *path, struct str *ret)
{
	char text[SSO_SECRET_MAX + 2];
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!f) {
		command_fail(c, "%s cannot be read: %s.", path, strerror(errno));
		return false;
	}
	size_t n = fread(text, 1, sizeof text, f);
	bool whole = !ferror(f);
	if (f != stdin)
		fclose(f);
	*ret = str_dup(c->cx->arena, str_trim((struct str){ text, n }));
	if (!whole || !ret->n || ret->n > SSO_SECRET_MAX) {
		command_fail(c, "%s holds no secret of at most %d bytes.", path, SSO_SECRET_MAX);
		return false;
	}
	return true;
}

static struct str option(struct command_line *c, const char *name)
{
	const char *v = command_take(c, name);
	return str_of(v ? v : "");
}

static int keep(struct command_line *c, struct work *w)
{
	enum err e = db_write(c->cx, c->pool, add, w);
	if (e != OK)
		return command_err(c, e);
	struct str to = w->add.saml ? sso_saml_address(c->cx, w->add.code) : sso_return_address(c->cx, w->add.code);
	printf("Added. The provider must be told to answer to\n%s\n", to.p);
	if (w->add.saml)
		printf("Our metadata, which is also our entity ID:\n%s\n", sso_saml_entity(c->cx, w->add.code).p);
	return 0;
}

/* The metadata themselves, or their address as it stands. */
static bool read_metadata(struct command_line *c, const char *typed, struct str *ret)
{
	struct buf b;
	*ret = str_of(typed);
	if (str_find(*ret, S("://")) >= 0)
		return true;
	FILE *f = fopen(typed, "rb");
	if (!f) {
		command_fail(c, "%s cannot be read: %s.", typed, strerror(errno));
		return false;
	}
	buf_init(&b, c->cx->arena, SAML_XML_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	*ret = str_trim(buf_get(&b));
	if (!whole || b.full || !str_starts(*ret, S("<"))) {
		command_fail(c, "%s holds no metadata of at most %d bytes.", typed, SAML_XML_MAX);
		return false;
	}
	return true;
}

int sso_add_saml_run(struct command_line *c)
{
	struct work w = { .org = command_take(c, "--org") };
	struct str metadata;
	const char *typed = command_take(c, "--metadata");
	w.add = (struct sso_add){
		.code = option(c, "--code"), .name = option(c, "--name"), .domains = option(c, "--domains"), .mfa_acr = option(c, "--mfa-acr"), .saml = true
	};
	if (!w.org || !w.add.code.n || !w.add.name.n || !typed || !w.add.domains.n || c->argc)
		return command_fail(c, "Needed: --org, --code, --name, --metadata and --domains. See --help.");
	if (!read_metadata(c, typed, &metadata))
		return 1;
	enum err e = sso_clean(c->cx, &w.add);
	if (e != OK)
		return command_err(c, e);
	const char *fault = saml_documents(c->cx, metadata, &w.documents);
	if (fault)
		return command_fail(c, "The provider cannot be used: %s. Nothing was changed.", fault);
	return keep(c, &w);
}

int sso_add_run(struct command_line *c)
{
	struct work w = { .org = command_take(c, "--org") };
	const char *secret = command_take(c, "--secret-file");
	w.add = (struct sso_add){ .code = option(c, "--code"),
				  .name = option(c, "--name"),
				  .issuer = option(c, "--issuer"),
				  .client_id = option(c, "--client-id"),
				  .client_secret = S(""),
				  .scopes = option(c, "--scopes"),
				  .domains = option(c, "--domains"),
				  .mfa_acr = option(c, "--mfa-acr") };
	if (!w.org || !w.add.code.n || !w.add.name.n || !w.add.issuer.n || !w.add.client_id.n || !w.add.domains.n || c->argc)
		return command_fail(c, "Needed: --org, --code, --name, --issuer, --client-id and --domains. See --help.");
	if (secret && !read_secret(c, secret, &w.add.client_secret))
		return 1;
	enum err e = sso_clean(c->cx, &w.add);
	if (e != OK)
		return command_err(c, e);
	const char *fault = documents_fetch(c->cx, w.add.issuer, &w.documents);
	if (fault)
		return command_fail(c, "The provider could not be read: %s. Nothing was changed.", fault);
	return keep(c, &w);
}

int sso_list_run(struct command_line *c)
{
	struct work w = { 0 };
	if (c->argc)
		return command_fail(c, "`sso list` takes nothing more.");
	enum err e = db_read(c->cx, list, &w);
	if (e != OK)
		return command_err(c, e);
	for (size_t i = 0; i < w.n; i++) {
		const struct sso_all_row *r = &w.rows[i];
		printf("%-12.*s %-12.*s %-4.*s %.*s  %.*s  read %s%s%.*s\n", STR_ARG(r->code), STR_ARG(r->org), STR_ARG(r->protocol), STR_ARG(r->name),
		       STR_ARG(r->issuer), clock_rfc3339(c->cx->arena, r->read_at).p, r->trouble.n ? "  trouble: " : "", STR_ARG(r->trouble));
	}
	printf("%zu providers.\n", w.n);
	return 0;
}

int sso_end_run(struct command_line *c)
{
	struct work w = { 0 };
	if (c->argc != 1)
		return command_fail(c, "Which one? karmayogi sso end CODE");
	w.code = str_of(c->argv[0]);
	enum err e = db_write(c->cx, c->pool, end, &w);
	if (e != OK)
		return command_err(c, e);
	printf("Nobody signs in through it any more.\n");
	return 0;
}
