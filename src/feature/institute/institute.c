/* The register of institutes, their rooms and hostels; see institute.h. */
#include "feature/institute/institute.h"

#include "web/lang.h"

#include <math.h>

const struct choice institute_kinds[] = {
	{ "central", N_("Central training institute") },
	{ "state", N_("Administrative training institute of a state") },
	{ "zonal", N_("Zonal training institute") },
	{ "regional", N_("Regional training institute") },
	{ "other", N_("Other institute") },
	{ NULL, NULL },
};
const struct choice institute_room_kinds[] = {
	{ "class", N_("Classroom") }, { "hall", N_("Hall") }, { "computers", N_("Computer room") }, { "outdoors", N_("Outdoors") }, { NULL, NULL },
};
const struct choice institute_hostel_kinds[] = {
	{ "anybody", N_("for anybody") },
	{ "women", N_("for women") },
	{ "men", N_("for men") },
	{ NULL, NULL },
};

struct str institute_choice(const struct ctx *cx, const struct choice *c, struct str value)
{
	for (; c->value; c++)
		if (str_is(value, c->value))
			return str_of(tr(cx->lang, c->label));
	return value;
}

enum err institute_of(struct ctx *cx, int64_t org_id, struct institute_of_org_row *ret)
{
	bool found = false;
	TRY(institute_sql_of_org(cx, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "org_id", N_("This organisation is not in the register of institutes."));
}

enum err institute_one(struct ctx *cx, int64_t institute_id, struct institute_one_row *ret)
{
	bool found = false;
	TRY(institute_sql_one(cx, institute_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "institute_id", N_("There is no such institute."));
}

static struct str trimmed(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

/* ── the register ── */

static enum err check_place(struct ctx *cx, const struct institute_put *in)
{
	if (!trimmed(in->place).n)
		return fail(cx, ERR_INVALID, "place", N_("is needed"));
	if (isnan(in->latitude) != isnan(in->longitude))
		return fail(cx, ERR_INVALID, isnan(in->latitude) ? "latitude" : "longitude", N_("is needed together with the other one"));
	if (!isnan(in->latitude) && !(in->latitude >= -90 && in->latitude <= 90))
		return fail(cx, ERR_INVALID, "latitude", N_("must be from -90 to 90 degrees"));
	if (!isnan(in->longitude) && !(in->longitude >= -180 && in->longitude <= 180))
		return fail(cx, ERR_INVALID, "longitude", N_("must be from -180 to 180 degrees"));
	return OK;
}

enum err institute_add(struct ctx *cx, const struct institute_put *in, int64_t *ret_id)
{
	struct institute_of_org_row r;
	bool found = false;
	TRY(institute_sql_of_org(cx, in->org_id, &r, &found));
	if (found)
		return fail(cx, ERR_CONFLICT, "", N_("This organisation is in the register of institutes already."));
	TRY(check_place(cx, in));
	*ret_id = new_id(cx);
	return institute_sql_add(cx, *ret_id, in->org_id, in->kind, trimmed(in->about), trimmed(in->place), in->latitude, in->longitude,
				 actor_hand(&cx->actor) ? actor_hand(&cx->actor) : NONE, cx->now, NULL);
}

enum err institute_change(struct ctx *cx, const struct institute_put *in)
{
	struct institute_of_org_row r;
	TRY(institute_of(cx, in->org_id, &r));
	TRY(check_place(cx, in));
	return institute_sql_change(cx, in->kind, trimmed(in->about), trimmed(in->place), in->latitude, in->longitude, cx->now, r.id, NULL);
}

/* ── rooms ── */

static enum err own_room(struct ctx *cx, int64_t org_id, int64_t room_id, struct institute_room_row *ret)
{
	bool found = false;
	TRY(institute_sql_room(cx, room_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "room_id", N_("There is no such room."));
}

/* own_id NONE: a new one. */
static enum err room_name_free(struct ctx *cx, int64_t institute_id, struct str name, int64_t own_id)
{
	struct institute_room_named_row r;
	bool found = false;
	if (!name.n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	TRY(institute_sql_room_named(cx, institute_id, name, &r, &found));
	return !found || r.id == own_id ? OK : fail(cx, ERR_INVALID, "name", N_("is the name of another room of this institute"));
}

enum err institute_room_add(struct ctx *cx, const struct institute_room_put *in, int64_t *ret_id)
{
	struct institute_of_org_row i;
	struct institute_rooms_row *rooms;
	size_t n;
	TRY(institute_of(cx, in->org_id, &i));
	TRY(room_name_free(cx, i.id, trimmed(in->name), NONE));
	TRY(institute_sql_rooms(cx, i.id, &rooms, &n));
	if (n >= INSTITUTE_ROOMS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("An institute has at most 300 rooms."));
	*ret_id = new_id(cx);
	return institute_sql_room_add(cx, *ret_id, i.id, trimmed(in->name), in->kind, in->seats, trimmed(in->access), NULL);
}

enum err institute_room_change(struct ctx *cx, const struct institute_room_put *in)
{
	struct institute_room_row r;
	TRY(own_room(cx, in->org_id, in->room_id, &r));
	if (r.closed_at == NONE)
		TRY(room_name_free(cx, r.institute_id, trimmed(in->name), r.id));
	else if (!trimmed(in->name).n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	return institute_sql_room_change(cx, trimmed(in->name), in->kind, in->seats, trimmed(in->access), r.id, NULL);
}

enum err institute_room_close(struct ctx *cx, int64_t org_id, int64_t room_id, bool closed)
{
	struct institute_room_row r;
	struct institute_next_in_room_row b;
	bool found = false;
	TRY(own_room(cx, org_id, room_id, &r));
	if (!closed) {
		TRY(room_name_free(cx, r.institute_id, r.name, r.id));
		return institute_sql_room_close(cx, NONE, r.id, NULL);
	}
	TRY(institute_sql_next_in_room(cx, room_id, cx->now, &b, &found));
	const struct msg_arg what = { "what", b.words };
	if (found)
		return fail_msg(cx, ERR_CONFLICT, S(""), N_("This room is still needed: {what}. Put that elsewhere first."), 1, &what);
	return r.closed_at != NONE ? OK : institute_sql_room_close(cx, cx->now, r.id, NULL);
}

/* ── hostels ── */

static enum err own_hostel(struct ctx *cx, int64_t org_id, int64_t hostel_id, struct institute_hostel_row *ret)
{
	bool found = false;
	TRY(institute_sql_hostel(cx, hostel_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "hostel_id", N_("There is no such hostel."));
}

static enum err hostel_name_free(struct ctx *cx, int64_t institute_id, struct str name, int64_t own_id)
{
	struct institute_hostel_named_row r;
	bool found = false;
	if (!name.n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	TRY(institute_sql_hostel_named(cx, institute_id, name, &r, &found));
	return !found || r.id == own_id ? OK : fail(cx, ERR_INVALID, "name", N_("is the name of another hostel of this institute"));
}

enum err institute_hostel_add(struct ctx *cx, const struct institute_hostel_put *in, int64_t *ret_id)
{
	struct institute_of_org_row i;
	struct institute_hostels_row *hostels;
	size_t n;
	TRY(institute_of(cx, in->org_id, &i));
	TRY(hostel_name_free(cx, i.id, trimmed(in->name), NONE));
	TRY(institute_sql_hostels(cx, i.id, &hostels, &n));
	if (n >= INSTITUTE_HOSTELS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("An institute has at most 100 hostels."));
	*ret_id = new_id(cx);
	return institute_sql_hostel_add(cx, *ret_id, i.id, trimmed(in->name), in->for_whom, in->beds, NULL);
}

/* So many beds are not fewer than are given to people. */
static enum err beds_enough(struct ctx *cx, int64_t hostel_id, int64_t beds)
{
	struct institute_hostel_given_row given;
	TRY(institute_sql_hostel_given(cx, cx->now, hostel_id, &given));
	return given.n <= beds ? OK
			       : fail_msg(cx, ERR_CONFLICT, S("beds"), N_("must not be fewer than are given to people of batches: {n}"), 1,
					  (struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)given.n) } });
}

enum err institute_hostel_change(struct ctx *cx, const struct institute_hostel_put *in)
{
	struct institute_hostel_row h;
	TRY(own_hostel(cx, in->org_id, in->hostel_id, &h));
	if (h.closed_at == NONE)
		TRY(hostel_name_free(cx, h.institute_id, trimmed(in->name), h.id));
	else if (!trimmed(in->name).n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	if (in->beds < h.beds)
		TRY(beds_enough(cx, h.id, in->beds));
	return institute_sql_hostel_change(cx, trimmed(in->name), in->for_whom, in->beds, h.id, NULL);
}

enum err institute_hostel_close(struct ctx *cx, int64_t org_id, int64_t hostel_id, bool closed)
{
	struct institute_hostel_given_row given;
	struct institute_hostel_row h;
	TRY(own_hostel(cx, org_id, hostel_id, &h));
	if (!closed) {
		TRY(hostel_name_free(cx, h.institute_id, h.name, h.id));
		return institute_sql_hostel_close(cx, NONE, h.id, NULL);
	}
	TRY(institute_sql_hostel_given(cx, cx->now, h.id, &given));
	if (given.n)
		return fail_msg(cx, ERR_CONFLICT, S(""),
				N_("This hostel is still needed: beds are given to people of batches ({n}). Have these taken back first."), 1,
				(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)given.n) } });
	return h.closed_at != NONE ? OK : institute_sql_hostel_close(cx, cx->now, h.id, NULL);
}
