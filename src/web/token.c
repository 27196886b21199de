/* Tokens; see token.h. */
#include "web/token.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "web/hash.h"

enum { SECRET_LENGTH = 4 + 64 };

enum err token_find(struct ctx *cx, struct str secret, struct token *ret)
{
	struct token_find_row row;
	bool found = false;
	*ret = (struct token){ 0 };
	if (secret.n != SECRET_LENGTH || !str_starts(secret, S("kmy_")))
		return OK;
	TRY(token_sql_find(cx, hash_of_secret(cx, secret, "token"), cx->now, &row, &found));
	if (!found)
		return OK;
	cx->actor = (struct actor){ .person_id = row.person_id, .token_id = row.id, .name = row.name, .zone = row.zone, .custom = row.custom };
	cx->lang = lang_of(row.lang);
	*ret = (struct token){ row.id, row.scopes, row.seen_at };
	return OK;
}

/* ── scopes ── */

static struct str code_of(struct ctx *cx, enum permission may)
{
	return str_lower(cx->arena, str_of(permission_code(may)));
}

static bool same_code(struct str word, const char *code)
{
	if (word.n != strlen(code))
		return false;
	for (size_t i = 0; i < word.n; i++) {
		char c = code[i] >= 'A' && code[i] <= 'Z' ? (char)(code[i] - 'A' + 'a') : code[i];
		if (word.p[i] != c)
			return false;
	}
	return true;
}

/* Cuts ":read" off; true when it was there. */
static bool only_read(struct str *word)
{
	struct str end = S(":read");
	bool is = word->n > end.n && str_eq(str_sub(*word, word->n - end.n, word->n), end);
	if (is)
		word->n -= end.n;
	return is;
}

bool token_allows(struct str scopes, enum permission may, bool change)
{
	struct str word;
	if (may == MAY_ANYONE && !change)
		return true;
	while (str_cut(&scopes, ' ', &word)) {
		bool read = only_read(&word);
		if ((str_is(word, "all") || same_code(word, permission_code(may))) && !(read && change))
			return true;
	}
	return false;
}

struct str token_scope_of(struct ctx *cx, enum permission may, bool change)
{
	return str_fmt(cx->arena, "%.*s%s", STR_ARG(code_of(cx, may)), change ? "" : ":read");
}

static bool known(struct str word)
{
	(void)only_read(&word);
	if (str_is(word, "all"))
		return true;
	for (int may = MAY_NOTHING_ + 1; may < MAY_COUNT_; may++)
		if (same_code(word, permission_code((enum permission)may)))
			return true;
	return false;
}

static enum err check_scopes(struct ctx *cx, struct str scopes)
{
	struct str rest = scopes, word;
	if (!scopes.n)
		return fail(cx, ERR_INVALID, "scopes", N_("must name at least one scope"));
	if (scopes.n > TOKEN_SCOPES_MAX)
		return fail(cx, ERR_INVALID, "scopes", N_("are too many; take “all”"));
	while (str_cut(&rest, ' ', &word))
		if (!known(word))
			return fail_msg(cx, ERR_INVALID, S("scopes"), N_("“{word}” is no scope"), 1,
					(struct msg_arg[]){ { "word", utf8_valid(word) ? utf8_prefix(word, 40) : S("?") } });
	return OK;
}

/* ── making and ending ── */

enum err token_add(struct ctx *cx, const struct token_add *in, struct str *ret_secret, int64_t *ret_id)
{
	struct token_open_of_person_row open;
	if (!in->name.n)
		return fail(cx, ERR_INVALID, "name", N_("must say what the token is for"));
	if (in->days < 1 || in->days > TOKEN_DAYS_MAX)
		return fail(cx, ERR_INVALID, "days", N_("must be from 1 to 366 days"));
	TRY(check_scopes(cx, in->scopes));
	TRY(token_sql_open_of_person(cx, in->person_id, cx->now, &open));
	if (open.n >= TOKENS_MAX)
		return fail(cx, ERR_CONFLICT, "name", N_("There are fifty tokens already. Withdraw one that is no longer needed."));
	*ret_secret = str_fmt(cx->arena, "kmy_%.*s", STR_ARG(random_hex(cx, 32)));
	*ret_id = new_id(cx);
	return token_sql_add(cx, *ret_id, hash_of_secret(cx, *ret_secret, "token"), in->person_id, in->name, in->scopes, cx->now, cx->now + in->days * DAY,
			     NULL);
}

enum err token_end(struct ctx *cx, int64_t person_id, int64_t id)
{
	int64_t changed = 0;
	TRY(token_sql_end(cx, cx->now, id, person_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "token_id", N_("There is no such token in force; it may have expired or been withdrawn."));
}

enum err token_touch(struct ctx *cx)
{
	return token_sql_touch(cx, cx->now, cx->actor.token_id, NULL);
}
