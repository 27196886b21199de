/* What kinds, states and rules of programmes are called; see programme_words.h. */
#include "feature/programme/programme_words.h"
#include "base/clock.h"
#include "feature/programme/programme.h"
#include "web/lang.h"

#include <math.h>

const struct choice programme_approvals[] = {
	{ "none", N_("nobody: seats are given at once") },
	{ "mdo", N_("the office in which one works") },
	{ "coordinator", N_("the coordinator") },
	{ "mdo_coordinator", N_("the office in which one works, then the coordinator") },
	{ "coordinator_mdo", N_("the coordinator, then the office in which one works") },
	{ NULL, NULL },
};
const struct choice programme_kinds[] = {
	{ "course", N_("Course") },	    { "exam", N_("Examination") }, { "session", N_("Session") },
	{ "assignment", N_("Assignment") }, { "survey", N_("Survey") },	   { NULL, NULL },
};
const struct choice programme_phases[] = {
	{ "before", N_("before the batch begins") },
	{ "during", N_("while it lasts") },
	{ "after", N_("afterwards") },
	{ NULL, NULL },
};
const struct choice programme_headings[] = {
	{ "before", N_("Before the batch begins") },
	{ "during", N_("While it lasts") },
	{ "after", N_("Afterwards") },
	{ NULL, NULL },
};
const struct choice programme_states[] = {
	{ "draft", N_("draft") },
	{ "live", N_("live") },
	{ "retired", N_("retired") },
	{ NULL, NULL },
};
const struct choice batch_states[] = {
	{ "draft", N_("draft") }, { "open", N_("open") }, { "ended", N_("ended") }, { "cancelled", N_("cancelled") }, { NULL, NULL },
};
const struct choice work_states[] = {
	{ "given", N_("waits to be looked at") },
	{ "accepted", N_("accepted") },
	{ "returned", N_("sent back") },
	{ NULL, NULL },
};

struct str programme_word(const struct ctx *cx, const struct choice *of, struct str value)
{
	for (; of->value; of++)
		if (str_is(value, of->value))
			return str_of(tr(cx->lang, of->label));
	return value;
}

struct str programme_clock(struct ctx *cx, int64_t minute)
{
	return minute == NONE ? S("") : str_fmt(cx->arena, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

struct str programme_clock_of(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(PROGRAMME_ZONE, at);
	return str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute);
}

struct str programme_isoday(struct ctx *cx, int64_t day)
{
	struct civil c = clock_date(day);
	return str_fmt(cx->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str programme_day_of(struct ctx *cx, int64_t at)
{
	return programme_isoday(cx, clock_day(PROGRAMME_ZONE, at));
}

struct str programme_geo(struct ctx *cx, double latitude, double longitude)
{
	return isnan(latitude) || isnan(longitude) ? S("") : str_fmt(cx->arena, "geo:%.6f,%.6f", latitude, longitude);
}

struct str programme_map(struct ctx *cx, double latitude, double longitude)
{
	if (isnan(latitude) || isnan(longitude))
		return S("");
	return str_fmt(cx->arena, "https://www.openstreetmap.org/?mlat=%.6f&mlon=%.6f#map=17/%.6f/%.6f", latitude, longitude, latitude, longitude);
}
