/* Entries of rosters; see roster.h. */
#include "feature/attendance/roster.h"

#include <jansson.h>

enum { DEVICE_LEAST = 16 };

static const struct {
	const char *name, *text;
} fates[ROSTER_FATES] = {
	[ROSTER_KEPT] = { "kept", "" },
	[ROSTER_SAME] = { "same", "" },
	[ROSTER_OLDER] = { "older", N_("Somebody has noted something later about this person; that stands.") },
	[ROSTER_FUTURE] = { "future", N_("The clock of this device is fast. What you ticked waits until that time has come.") },
	[ROSTER_OUTSIDE] = { "outside", N_("This was not ticked in the time of the session. Correct it by hand, with a reason.") },
	[ROSTER_STRANGER] = { "stranger", N_("This person is not admitted to the batch any more.") },
	[ROSTER_MISUSED] = { "misused", N_("This device has used the same number for something else. Tick the person again.") },
	[ROSTER_OWN] = { "own", N_("Nobody notes the own attendance. Ask another coordinator.") },
};

const char *roster_fate_name(enum roster_fate f)
{
	return fates[f].name;
}

const char *roster_fate_text(enum roster_fate f)
{
	return fates[f].text;
}

/* ── reading ── */

static bool read_id(const json_t *v, int64_t *ret)
{
	*ret = NONE;
	if (json_is_string(v))
		return str_int(str_of(json_string_value(v)), ret) && *ret > 0;
	*ret = json_integer_value(v);
	return json_is_integer(v) && *ret > 0;
}

static bool read_time(const json_t *v, int64_t *ret)
{
	*ret = NONE;
	return json_is_string(v) && clock_parse_rfc3339(str_of(json_string_value(v)), ret) && *ret > 0;
}

static bool read_entry(const json_t *o, struct roster_entry *ret)
{
	const json_t *there = json_object_get(o, "there");
	ret->there = json_is_true(there);
	return json_is_boolean(there) && read_id(json_object_get(o, "seq"), &ret->seq) && read_id(json_object_get(o, "person_id"), &ret->person_id) &&
	       read_time(json_object_get(o, "at"), &ret->at);
}

enum err roster_read(struct ctx *cx, struct str json, struct roster_entry **ret, size_t *ret_n)
{
	json_t *root = json_loadb(json.p, json.n, 0, NULL);
	size_t n = json_array_size(root), good = 0;
	bool fits = json_is_array(root) && n <= ROSTER_MOST;
	*ret = ARENA_ARRAY(cx->arena, struct roster_entry, fits ? n + 1 : 1);
	while (fits && good < n && read_entry(json_array_get(root, good), &(*ret)[good]))
		good++;
	json_decref(root);
	*ret_n = good;
	return fits && good == n ? OK : fail(cx, ERR_INVALID, "entries", N_("must be a list of at most 200 entries with seq, person_id, there and at"));
}

/* ── taking ── */

static enum err known_before(struct ctx *cx, const struct attendance_session_row *s, struct str device, const struct roster_entry *e, enum roster_fate *ret,
			     bool *ret_known)
{
	struct attendance_entry_row was;
	TRY(attendance_sql_entry(cx, device, e->seq, &was, ret_known));
	if (!*ret_known)
		return OK;
	*ret = ROSTER_MISUSED;
	if (was.session_id == s->id && was.person_id == e->person_id && was.there == e->there && was.at == e->at)
		*ret = str_is(was.outcome, "kept") ? ROSTER_KEPT : str_is(was.outcome, "same") ? ROSTER_SAME : ROSTER_OLDER;
	return OK;
}

static enum err take_one(struct ctx *cx, const struct attendance_session_row *s, struct str device, const struct roster_entry *e, enum roster_fate *ret)
{
	static const enum roster_fate of[] = { [ATTENDANCE_KEPT] = ROSTER_KEPT, [ATTENDANCE_SAME] = ROSTER_SAME, [ATTENDANCE_OLDER] = ROSTER_OLDER };
	enum attendance_outcome outcome;
	bool known = false, admitted = false;
	TRY(known_before(cx, s, device, e, ret, &known));
	if (known)
		return OK;
	*ret = ROSTER_OWN;
	if (actor_is(&cx->actor, e->person_id))
		return OK;
	*ret = ROSTER_OUTSIDE;
	if (e->at < s->starts_at - ATTENDANCE_BEFORE || e->at >= s->ends_at + ATTENDANCE_AFTER || cx->now >= attendance_last(s) || s->cancelled_at != NONE)
		return OK;
	*ret = ROSTER_FUTURE;
	if (e->at > cx->now + ROSTER_SKEW)
		return OK;
	*ret = ROSTER_STRANGER;
	TRY(attendance_admitted(cx, s, e->person_id, &admitted));
	if (!admitted)
		return OK;
	TRY(attendance_put(cx, s, e->person_id, &(struct attendance_mark){ e->there, "roster", NONE, e->at, e->at, actor_hand(&cx->actor), NONE, S(""), S("") },
			   &outcome));
	*ret = of[outcome];
	return attendance_sql_add_entry(cx, device, e->seq, s->id, e->person_id, e->there, e->at, cx->now, actor_hand(&cx->actor),
					str_of(roster_fate_name(*ret)), NULL);
}

enum err roster_take(struct ctx *cx, const struct attendance_session_row *s, struct str device, const struct roster_entry *v, size_t n, enum roster_fate *ret)
{
	if (device.n < DEVICE_LEAST || device.n > ATTENDANCE_DEVICE_MAX)
		return fail(cx, ERR_INVALID, "device", N_("must be a random name of 16 to 64 letters that the device keeps"));
	for (size_t i = 0; i < n; i++)
		TRY(take_one(cx, s, device, &v[i], &ret[i]));
	return OK;
}
