/* Commands that work on the data; see work.h. */
#include "app/work.h"
#include "app/features.h"
#include "base/json.h"
#include "feature/check/check.h"
#include "feature/course/course.h"
#include "feature/credential/credential.h"
#include "feature/credential/credential_verify.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/access.h"

#include <sodium.h>

int migrate_run(struct command_line *c)
{
	struct str message = STR_NONE;
	unsigned applied = 0;
	if (db_migrate(c->cx, c->pool, migrations, &applied, &message) != OK)
		return command_fail(c, "%.*s", STR_ARG(message));
	printf("%u migrations applied; the schema is up to date.\n", applied);
	return 0;
}

/* ── import course ── */

struct importing {
	struct parcel *parcel;
	struct course_change change;
};

static enum err write_course(struct ctx *cx, void *arg)
{
	struct importing *i = arg;
	return course_write(cx, i->parcel, &i->change);
}

static void print_findings(struct ctx *cx, const struct findings *f, bool json)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 4 << 20);
	jw_open(&j, '[');
	for (size_t i = 0; i < f->n; i++) {
		struct str text = finding_text(cx->arena, &f->v[i]);
		if (!json)
			fprintf(stderr, "%.*s:%d: %.*s\n", STR_ARG(f->v[i].file), f->v[i].line, STR_ARG(text));
		jw_open(&j, '{');
		jw_key(&j, "file");
		jw_str(&j, f->v[i].file);
		jw_key(&j, "line");
		jw_int(&j, f->v[i].line);
		jw_key(&j, "text");
		jw_str(&j, text);
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	if (json)
		printf("%s\n", buf_get(&b).p);
}

int import_course_run(struct command_line *c)
{
	struct ctx *cx = c->cx;
	bool dry = command_flag(c, "--dry-run"), json = command_flag(c, "--json");
	struct findings f = { .arena = cx->arena };
	struct importing i = { 0 };
	struct str message = STR_NONE;
	if (c->argc != 1)
		return command_fail(c, "Which course? karmayogi import course FOLDER|ZIP [--dry-run] [--json]");
	enum err e = course_read(cx, c->argv[0], &f, &i.parcel);
	if (e != OK)
		return command_err(c, e);
	if (f.n) {
		print_findings(cx, &f, json);
		return command_fail(c, "%zu mistakes; nothing was imported.", f.n);
	}
	if (dry) {
		printf("%.*s: “%.*s”, %zu parts. Everything is right; nothing was imported (--dry-run).\n", STR_ARG(parcel_code(i.parcel)),
		       STR_ARG(parcel_title(i.parcel)), parcel_resources(i.parcel));
		return 0;
	}
	if (course_store_media(cx, i.parcel, &message) != OK)
		return command_fail(c, "%.*s", STR_ARG(message));
	e = db_write(cx, c->pool, write_course, &i);
	if (e != OK)
		return command_err(c, e);
	printf("%.*s: %s, %zu parts.\n", STR_ARG(parcel_code(i.parcel)), i.change.added ? "added" : "changed", i.change.n_resources);
	return 0;
}

/* ── person add ── */

struct adding {
	struct command_line *c;
	struct str hash;
	int64_t id;
};

static enum err write_person(struct ctx *cx, void *arg)
{
	struct adding *a = arg;
	struct command_line *c = a->c;
	struct person_add in = { .name = str_of(command_option(c, "--name")), .email = str_of(command_option(c, "--email")), .mobile = str_of(command_option(c, "--mobile")),
				 .employee_no = str_of(command_option(c, "--employee-no")), .lang = S("en"), .password = a->hash };
	struct person_post post = { .supervisor_id = NONE, .from_day = person_today(cx) };
	struct person_designation_of_code_row d;
	bool found = false;
	const char *role = command_option(c, "--role");
	TRY(org_of_code(cx, str_of(command_option(c, "--org")), &post.org_id));
	TRY(person_sql_designation_of_code(cx, str_of(command_option(c, "--designation")), &d, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "designation", N_("There is no designation with this code."));
	post.designation_id = d.id;
	TRY(person_add(cx, &in, &a->id));
	post.person_id = a->id;
	TRY(person_post(cx, &post));
	return role ? access_grant(cx, a->id, str_of(role), post.org_id, 0) : OK;
}

int person_add_run(struct command_line *c)
{
	struct adding a = { .c = c };
	if (!command_option(c, "--name") || !command_option(c, "--org") || !command_option(c, "--designation") || (!command_option(c, "--email") && !command_option(c, "--mobile")))
		return command_fail(c, "Needed: --name, --org, --designation, and --email or --mobile. See --help.");
	struct str password = random_hex(c->cx, 8);
	a.hash = person_hash(c->cx, password);
	enum err e = db_write(c->cx, c->pool, write_person, &a);
	if (e != OK)
		return command_err(c, e);
	printf("Added. Password for the first sign-in: %.*s (change it under “My account”).\n", STR_ARG(password));
	return 0;
}

/* ── verify ── */

int verify_run(struct command_line *c)
{
	const char *hex = command_option(c, "--key");
	unsigned char key[32];
	size_t n = 0;
	struct str report = STR_NONE, message = STR_NONE;
	bool good = false;
	if (c->argc < 1)
		return command_fail(c, "Which file? karmayogi verify FILE [--key HEX]");
	if (hex && (sodium_hex2bin(key, sizeof key, hex, strlen(hex), NULL, &n, NULL) != 0 || n != sizeof key))
		return command_fail(c, "--key takes the issuer's public key: 64 hexadecimal digits.");
	/* Without a key, that of this installation. */
	if (!hex) {
		if (credential_keys(c->cx, c->cx->app, &message) != OK)
			return command_fail(c, "%.*s", STR_ARG(message));
		memcpy(key, c->cx->app->sign_pk, sizeof key);
	}
	enum err e = credential_verify_file(c->cx, c->argv[0], key, &report, &good);
	if (e != OK)
		return command_err(c, e);
	printf("%.*s\n", STR_ARG(report));
	return good ? 0 : 1;
}

/* ── check and rebuild ── */

struct checking {
	struct buf b;
	size_t n;
};

static enum err check_in(struct ctx *cx, void *arg)
{
	struct checking *k = arg;
	buf_init(&k->b, cx->arena, 16 << 20);
	return check_all(cx, &k->b, &k->n);
}

int check_run(struct command_line *c)
{
	struct checking k = { 0 };
	enum err e = db_read(c->cx, check_in, &k);
	if (e != OK)
		return command_err(c, e);
	fputs(buf_get(&k.b).p, stdout);
	printf("%zu findings.\n", k.n);
	return k.n != 0;
}

static enum err rebuild_in(struct ctx *cx, void *arg)
{
	(void)arg;
	return check_rebuild(cx);
}

int rebuild_run(struct command_line *c)
{
	enum err e = db_write(c->cx, c->pool, rebuild_in, NULL);
	if (e != OK)
		return command_err(c, e);
	printf("All derived figures are recomputed from the facts.\n");
	return 0;
}
