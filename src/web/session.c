/* Sessions; see session.h. */
#include "web/session.h"
#include "web/access.h"
#include "web/hash.h"

#include "base/utf8.h"

#include <sodium.h>

static unsigned role_bits(struct str letters, bool supervisor)
{
	unsigned r = R_ANYONE | R_LEARNER | (supervisor ? R_SUPERVISOR_ANY : 0);
	for (size_t i = 0; i < letters.n; i++)
		switch (letters.p[i]) {
		case 'm': r |= R_MDO_ADMIN; break;
		case 'a': r |= R_AUTHOR; break;
		case 'r': r |= R_REVIEWER; break;
		case 'p': r |= R_PUBLISHER; break;
		case 'o': r |= R_OPERATOR; break;
		default: BUG("role letter");
		}
	return r;
}

enum err session_find(struct ctx *cx, struct str cookie, struct session *ret)
{
	*ret = (struct session){ .roles = R_ANYONE };
	if (cookie.n != 64)
		return OK;
	struct session_find_row row;
	bool found = false;
	TRY(session_sql_find(cx, clock_day_in_india(cx->now), hash_of_secret(cx, cookie, "session"), cx->now, &row, &found));
	if (!found)
		return OK;
	cx->actor = (struct actor){ .person_id = row.person_id, .session_id = row.session_id, .name = row.name, .zone = row.zone };
	cx->lang = str_is(row.lang, "hi") ? LANG_HI : LANG_EN;
	*ret = (struct session){ true, role_bits(row.roles, row.is_supervisor), cookie, row.seen_at };
	return OK;
}

enum err session_open(struct ctx *cx, int64_t person_id, struct str agent, struct str *ret_cookie)
{
	struct str cookie = random_hex(cx, 32);
	TRY(session_sql_sweep(cx, cx->now, NULL));
	TRY(session_sql_add(cx, new_id(cx), hash_of_secret(cx, cookie, "session"), person_id, cx->now, cx->now + SESSION_LIFE, agent, cx->address, NULL));
	*ret_cookie = cookie;
	return OK;
}

enum err session_touch(struct ctx *cx)
{
	return session_sql_touch(cx, cx->now, cx->actor.session_id, NULL);
}

struct str session_csrf(struct ctx *cx, struct str cookie)
{
	struct str h = hash_of_secret(cx, cookie, "cross-site form");
	h.n = 32;
	return str_dup(cx->arena, h);
}

static struct str account_key(struct ctx *cx, struct str account)
{
	return str_fmt(cx->arena, "account:%s", hash_of_secret(cx, utf8_valid(account) ? account : S("?"), "throttle").p);
}

static enum err over(struct ctx *cx, struct str what, int64_t most)
{
	struct session_tries_row row;
	bool found = false;
	TRY(session_sql_tries(cx, what, &row, &found));
	if (found && row.window_start > cx->now - TRIES_WINDOW && row.n >= most)
		return fail(cx, ERR_TOO_MANY, "", N_("Too many tries. Please wait a quarter of an hour and try again; nothing else is lost."));
	return OK;
}

enum err session_may_try(struct ctx *cx, struct str account)
{
	TRY(over(cx, account_key(cx, account), TRIES_ACCOUNT));
	return over(cx, str_fmt(cx->arena, "address:%.*s", STR_ARG(cx->address)), TRIES_ADDRESS);
}

enum err session_count_try(struct ctx *cx, struct str account)
{
	int64_t since = cx->now - TRIES_WINDOW;
	TRY(session_sql_count_try(cx, account_key(cx, account), cx->now, since, NULL));
	return session_sql_count_try(cx, str_fmt(cx->arena, "address:%.*s", STR_ARG(cx->address)), cx->now, since, NULL);
}
