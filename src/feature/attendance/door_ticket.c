/* Tickets of a door; see door_ticket.h. */
#include "feature/attendance/door_ticket.h"
#include "base/clock.h"
#include "base/field.h"
#include "feature/attendance/attendance_code.h"
#include "feature/secret/secret.h"
#include "web/session.h"

static struct str purpose(struct ctx *cx, const struct door *d, bool of_person)
{
	if (of_person)
		return str_fmt(cx->arena, "%s.ticket:%lld:p:%lld", d->of, (long long)d->id, (long long)cx->actor.person_id);
	return str_fmt(cx->arena, "%s.ticket:%lld:d:%s:%s", d->of, (long long)d->id, session_network(cx).p, str_c(cx->arena, cx->agent));
}

struct str door_ticket(struct ctx *cx, const struct door *d, int64_t at)
{
	return secret_seal(cx, purpose(cx, d, cx->actor.person_id != 0), str_fmt(cx->arena, "%lld", (long long)at));
}

/* When the screen was seen, by a ticket of this person or this browser. */
static bool read_ticket(struct ctx *cx, const struct door *d, struct str ticket, int64_t *ret_at)
{
	struct str plain;
	bool good = cx->actor.person_id && secret_open(cx, purpose(cx, d, true), ticket, &plain);
	if (!good)
		good = secret_open(cx, purpose(cx, d, false), ticket, &plain);
	return good && str_int(plain, ret_at);
}

int64_t door_seen_at(struct ctx *cx, const struct door *d, struct str token, struct str ticket, const char **ret_why)
{
	static const char forged[] = N_("This is no code of this session. Scan the one on the screen of the room.");
	static const char old[] = N_("This code has run out: it changes every 20 seconds. Scan the one that is on the screen now.");
	int64_t at;
	*ret_why = NULL;
	if (ticket.n) {
		if (!read_ticket(cx, d, ticket, &at))
			*ret_why = forged;
		else if (at < d->opened_at || cx->now - at > DOOR_TICKET)
			*ret_why = N_("It is too long ago that you scanned the code. Scan it again.");
		return *ret_why ? NONE : at;
	}
	enum code c = code_token_read(cx->arena, d->key, d->id, cx->now, token);
	*ret_why = c == CODE_FORGED ? forged : c == CODE_OLD ? old : NULL;
	return *ret_why ? NONE : cx->now;
}
