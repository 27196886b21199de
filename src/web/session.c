/* Sessions; see session.h. */
#include "web/session.h"
#include "web/access.h"
#include "web/hash.h"

#include "base/utf8.h"

#include <arpa/inet.h>
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

/* Asked only of those who must have one: everybody else's requests cost nothing for it. */
static enum err look_for_factor(struct ctx *cx, struct session *ret)
{
	struct session_factor_row row;
	bool found = false;
	TRY(session_sql_factor(cx, actor_hand(&cx->actor), cx->actor.session_id, &row, &found));
	ret->must_enrol = !found;
	return OK;
}

static void put_custom(struct ctx *cx, struct session *ret, struct str custom)
{
	cx->actor.custom = custom.n > 0;
	ret->custom_org = str_index(custom, 'o') >= 0;
	ret->custom_courses = str_index(custom, 'c') >= 0;
}

/* In whose name, when not in the own. An acting that is over leaves the person as himself. */
static enum err act_for(struct ctx *cx, int64_t acting_id, struct session *ret)
{
	struct session_acting_row row;
	bool found = false;
	TRY(session_sql_acting(cx, acting_id, cx->actor.person_id, cx->now, &row, &found));
	if (!found)
		return OK;
	cx->actor.acting = str_is(row.kind, "support") ? ACTING_SUPPORT : ACTING_DELEGATE;
	cx->actor.by_id = cx->actor.person_id;
	cx->actor.person_id = row.person_id;
	cx->actor.acting_id = acting_id;
	cx->actor.acting_until = row.until_at;
	cx->actor.for_name = row.name;
	ret->roles = R_ANYONE;
	put_custom(cx, ret, cx->actor.acting == ACTING_SUPPORT ? S("") : row.custom);
	return access_roles(cx, &ret->roles);
}

enum err session_find(struct ctx *cx, struct str cookie, bool page, struct session *ret)
{
	*ret = (struct session){ .roles = R_ANYONE };
	if (cookie.n != 64)
		return OK;
	struct session_find_row row;
	bool found = false;
	TRY(session_sql_find(cx, page, clock_day_in_india(cx->now), hash_of_secret(cx, cookie, "session"), cx->now, &row, &found));
	if (!found)
		return OK;
	cx->lang = lang_of(row.lang);
	ret->open = true;
	ret->cookie = cookie;
	ret->seen_at = row.seen_at;
	ret->unread = row.unread;
	if (str_is(row.stage, "half")) {
		cx->actor = (struct actor){ .session_id = row.session_id, .half_id = row.person_id, .zone = row.zone };
		return OK;
	}
	cx->actor = (struct actor){ .person_id = row.person_id, .session_id = row.session_id, .name = row.name, .zone = row.zone };
	ret->roles = role_bits(row.roles, row.is_supervisor);
	put_custom(cx, ret, row.custom);
	if (row.acting_id != NONE)
		TRY(act_for(cx, row.acting_id, ret));
	return cx->app->second_factor_required && ((ret->roles & ROLES_WIDE) || cx->actor.custom) ? look_for_factor(cx, ret) : OK;
}

enum err session_act(struct ctx *cx, int64_t acting_id)
{
	return session_sql_set_acting(cx, acting_id, cx->actor.session_id, NULL);
}

static enum err open_as(struct ctx *cx, int64_t person_id, struct str agent, const char *stage, int64_t life, struct str *ret_cookie)
{
	struct str cookie = random_hex(cx, 32);
	TRY(session_sql_sweep(cx, cx->now, NULL));
	TRY(session_sql_add(cx, new_id(cx), hash_of_secret(cx, cookie, "session"), person_id, cx->now, cx->now + life, agent, cx->address, str_of(stage), NULL));
	*ret_cookie = cookie;
	return OK;
}

enum err session_open(struct ctx *cx, int64_t person_id, struct str agent, struct str *ret_cookie)
{
	return open_as(cx, person_id, agent, "open", SESSION_LIFE, ret_cookie);
}

enum err session_open_half(struct ctx *cx, int64_t person_id, struct str agent, struct str *ret_cookie)
{
	return open_as(cx, person_id, agent, "half", SESSION_HALF_LIFE, ret_cookie);
}

/* ── ending ── */

static enum err tell_ended(struct ctx *cx, int64_t person_id, int64_t id)
{
	return cx->app && cx->app->sessions_ended ? cx->app->sessions_ended(cx, person_id, id) : OK;
}

enum err session_end(struct ctx *cx, int64_t id, int64_t person_id, bool *ret_ended)
{
	int64_t changed = 0;
	TRY(session_sql_end(cx, id, person_id, &changed));
	if (ret_ended)
		*ret_ended = changed == 1;
	return changed ? tell_ended(cx, person_id, id) : OK;
}

enum err session_end_all(struct ctx *cx, int64_t person_id)
{
	TRY(session_sql_end_all(cx, person_id, NULL));
	return tell_ended(cx, person_id, NONE);
}

enum err session_end_others(struct ctx *cx)
{
	TRY(session_sql_end_others(cx, cx->actor.person_id, cx->actor.session_id, NULL));
	return tell_ended(cx, cx->actor.person_id, NONE);
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

enum err session_forget_tries(struct ctx *cx, struct str account)
{
	return session_sql_forget_tries(cx, account_key(cx, account), NULL);
}

/* ── other limits ── */

enum err session_limit(struct ctx *cx, const char *what, struct str who, int64_t most, int64_t window)
{
	struct str key = str_fmt(cx->arena, "%s:%s", what, hash_of_secret(cx, who, "throttle").p);
	struct session_tries_row row;
	bool found = false;
	TRY(session_sql_count_try(cx, key, cx->now, cx->now - window, NULL));
	TRY(session_sql_tries(cx, key, &row, &found));
	if (found && row.n > most)
		return fail(cx, ERR_TOO_MANY, "", N_("This was asked for too often. Please wait an hour and try again; nothing else is lost."));
	return OK;
}

struct str session_network(struct ctx *cx)
{
	unsigned char a[16];
	const char *text = str_c(cx->arena, cx->address);
	if (inet_pton(AF_INET, text, a) == 1)
		return str_fmt(cx->arena, "%u.%u.%u", a[0], a[1], a[2]);
	if (inet_pton(AF_INET6, text, a) == 1)
		return str_fmt(cx->arena, "%02x%02x%02x%02x%02x%02x%02x", a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
	return S("?");
}

enum err session_sweep(struct ctx *cx)
{
	TRY(session_sql_sweep(cx, cx->now, NULL));
	return session_sql_sweep_tries(cx, cx->now - 2 * DAY, NULL);
}
