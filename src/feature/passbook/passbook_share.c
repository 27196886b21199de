/* Links by which a passbook is shown, and who opened them; see passbook.h. */
#include "feature/account/device.h"
#include "feature/passbook/passbook.h"
#include "feature/person/person.h"
#include "feature/secret/secret.h"
#include "web/audit.h"
#include "web/session.h"

#include <arpa/inet.h>

/* ── making and ending ── */

static struct str purpose(struct ctx *cx, int64_t share_id)
{
	return str_fmt(cx->arena, "passbook:%lld", (long long)share_id);
}

static struct str hash_of(struct ctx *cx, struct str code)
{
	return secret_hash(cx, "passbook", code);
}

static enum err check(struct ctx *cx, const struct passbook_share *in)
{
	int64_t today = person_today(cx);
	if (!str_trim(in->for_whom).n)
		(void)!fail(cx, ERR_INVALID, "for_whom", N_("is needed"));
	if (in->until_day < today || in->until_day > today + PASSBOOK_DAYS_MAX)
		(void)!fail(cx, ERR_INVALID, "until_day", N_("must be a day from today on, at most a year away"));
	return cx->n_failures ? ERR_INVALID : OK;
}

enum err passbook_share(struct ctx *cx, const struct passbook_share *in, int64_t *ret_id)
{
	struct passbook_count_open_row open;
	int64_t id = new_id(cx);
	TRY(check(cx, in));
	TRY(passbook_sql_count_open(cx, cx->actor.person_id, person_today(cx), &open));
	if (open.n >= PASSBOOK_OPEN_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("There are fifty open links already. End one that nobody needs first."));
	struct str code = random_hex(cx, PASSBOOK_CODE_DIGITS / 2);
	*ret_id = id;
	return passbook_sql_add_share(cx, id, cx->actor.person_id, hash_of(cx, code), secret_seal(cx, purpose(cx, id), code), str_trim(in->for_whom),
				      in->with_evidence, in->until_day, cx->now, NULL);
}

enum err passbook_share_of(struct ctx *cx, int64_t share_id, struct passbook_share_row *ret)
{
	bool found = false;
	TRY(passbook_sql_share(cx, share_id, cx->actor.person_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "share_id", N_("You have no such link."));
}

enum err passbook_end(struct ctx *cx, int64_t share_id)
{
	struct passbook_share_row s;
	int64_t changed = 0;
	TRY(passbook_share_of(cx, share_id, &s));
	TRY(passbook_sql_end_share(cx, cx->now, share_id, cx->actor.person_id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("This link was ended already."));
}

const char *passbook_state(const struct ctx *cx, int64_t until_day, int64_t ended_at, int64_t n_looks)
{
	if (ended_at != NONE)
		return "ended";
	if (until_day < person_today(cx))
		return "over";
	return n_looks >= PASSBOOK_LOOKS_MAX ? "full" : "open";
}

struct str passbook_link(struct ctx *cx, int64_t share_id, struct str code_sealed)
{
	struct str code;
	if (!secret_open(cx, purpose(cx, share_id), code_sealed, &code))
		return STR_NONE;
	return str_fmt(cx->arena, "%.*s/passbook/%.*s", STR_ARG(cx->app->base_url), STR_ARG(code));
}

/* ── opening ── */

enum err passbook_of_code(struct ctx *cx, struct str code, struct passbook_of_code_row *ret, bool *ret_found)
{
	*ret_found = false;
	return code.n == PASSBOOK_CODE_DIGITS ? passbook_sql_of_code(cx, hash_of(cx, code), person_today(cx), PASSBOOK_LOOKS_MAX, ret, ret_found) : OK;
}

struct str passbook_network(struct ctx *cx, struct str address)
{
	struct in6_addr a = { 0 };
	unsigned char v4[4];
	char text[INET6_ADDRSTRLEN];
	const char *c = str_c(cx->arena, address);
	bool six = inet_pton(AF_INET6, c, &a) == 1, mapped = six && IN6_IS_ADDR_V4MAPPED(&a);
	if (mapped)
		memcpy(v4, a.s6_addr + 12, sizeof v4);
	if (mapped || inet_pton(AF_INET, c, v4) == 1)
		return str_fmt(cx->arena, "%u.%u.%u.0/24", v4[0], v4[1], v4[2]);
	if (!six)
		return S("?");
	memset(a.s6_addr + 6, 0, 10);
	return str_fmt(cx->arena, "%s/48", inet_ntop(AF_INET6, &a, text, sizeof text));
}

enum err passbook_look(struct ctx *cx, struct str code, struct passbook_of_code_row *ret, bool *ret_found)
{
	int64_t viewer = actor_hand(&cx->actor);
	TRY(session_limit(cx, "passbook", session_network(cx), PASSBOOK_NETWORK, HOUR));
	TRY(passbook_of_code(cx, code, ret, ret_found));
	if (!*ret_found)
		return OK;
	TRY(audit_view(cx, ret->person_id, "passbook.open"));
	return passbook_sql_add_look(cx, new_id(cx), ret->id, cx->now, viewer ? viewer : NONE, passbook_network(cx, cx->address), account_browser(cx->agent),
				     NULL);
}

enum err passbook_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	return passbook_sql_move(cx, kept_id, closed_id, NULL);
}
