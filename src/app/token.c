/* The commands of tokens; see token.h. */
#include "app/token.h"
#include "base/clock.h"
#include "feature/person/person.h"
#include "web/token.h"

#include <stdio.h>

struct work {
	const char *login;
	struct token_add add;
	struct str secret;
	int64_t id;
	struct token_of_person_row *rows;
	size_t n;
};

static enum err find_person(struct ctx *cx, struct work *w)
{
	struct person_of_login_row person;
	bool found = false;
	TRY(person_of_login(cx, person_login(cx, str_of(w->login)), &person, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person", N_("Nobody signs in with this e-mail or mobile number."));
	w->add.person_id = person.id;
	return OK;
}

static enum err create(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	TRY(find_person(cx, w));
	return token_add(cx, &w->add, &w->secret, &w->id);
}

static enum err list(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	TRY(find_person(cx, w));
	return token_sql_of_person(cx, w->add.person_id, 0, &w->rows, &w->n);
}

static enum err end(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	TRY(find_person(cx, w));
	return token_end(cx, w->add.person_id, w->id);
}

/* All values of --scope, with spaces between. */
static struct str scopes_of(struct command_line *c)
{
	struct buf b;
	const char *one;
	buf_init(&b, c->cx->arena, 4096);
	while ((one = command_take(c, "--scope"))) {
		if (b.n)
			buf_char(&b, ' ');
		buf_str(&b, str_of(one));
	}
	return buf_get(&b);
}

int token_create_run(struct command_line *c)
{
	struct str scopes = scopes_of(c);
	const char *login = command_take(c, "--person"), *name = command_take(c, "--name"), *days = command_take(c, "--days");
	struct work w = { .login = login, .add = { .name = str_of(name ? name : ""), .scopes = scopes, .days = TOKEN_DAYS } };
	if (!login || !name || !scopes.n || c->argc)
		return command_fail(c, "Needed: --person, --name and at least one --scope. See --help.");
	if (days && !str_int(str_of(days), &w.add.days))
		return command_fail(c, "--days takes a whole number.");
	enum err e = db_write(c->cx, c->pool, create, &w);
	if (e != OK)
		return command_err(c, e);
	fprintf(stderr, "Token %lld, in force for %lld days. It is shown only this once:\n", (long long)w.id, (long long)w.add.days);
	printf("%.*s\n", STR_ARG(w.secret));
	return 0;
}

int token_list_run(struct command_line *c)
{
	struct work w = { .login = command_take(c, "--person") };
	if (!w.login || c->argc)
		return command_fail(c, "Whose? karmayogi token list --person LOGIN");
	enum err e = db_read(c->cx, list, &w);
	if (e != OK)
		return command_err(c, e);
	for (size_t i = 0; i < w.n; i++) {
		const struct token_of_person_row *r = &w.rows[i];
		bool open = r->ended_at == NONE && r->expires_at > c->cx->now;
		printf("%lld  %-9s  until %s  last used %s  %.*s  (%.*s)\n", (long long)r->id, open ? "in force" : "ended",
		       clock_rfc3339(c->cx->arena, r->expires_at).p, r->seen_at == NONE ? "never" : clock_rfc3339(c->cx->arena, r->seen_at).p, STR_ARG(r->name),
		       STR_ARG(r->scopes));
	}
	printf("%zu tokens.\n", w.n);
	return 0;
}

int token_end_run(struct command_line *c)
{
	struct work w = { .login = command_take(c, "--person") };
	if (!w.login || c->argc != 1 || !str_int(str_of(c->argv[0]), &w.id))
		return command_fail(c, "Which token, and whose? karmayogi token end ID --person LOGIN");
	enum err e = db_write(c->cx, c->pool, end, &w);
	if (e != OK)
		return command_err(c, e);
	printf("Withdrawn. Programs that carry it are refused from now on.\n");
	return 0;
}
