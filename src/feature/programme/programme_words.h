/* What kinds, states and rules of programmes are called on pages. */
#ifndef FEATURE_PROGRAMME_WORDS_H
#define FEATURE_PROGRAMME_WORDS_H
#include "base/ctx.h"
#include "base/field.h"

/* programme_headings: phases as they stand above what is done in them. */
extern const struct choice programme_approvals[], programme_kinds[], programme_phases[], programme_headings[], programme_states[], batch_states[],
	work_states[];
/* The name of a value in the language of cx; itself when it has none. */
struct str programme_word(const struct ctx *cx, const struct choice *of, struct str value);
/* "10:30" of a minute of the day. */
struct str programme_clock(struct ctx *cx, int64_t minute);
/* Minute of the day of a moment, in India; its day there. */
struct str programme_clock_of(struct ctx *cx, int64_t at);
struct str programme_day_of(struct ctx *cx, int64_t at); /* 2026-11-30 */
struct str programme_isoday(struct ctx *cx, int64_t day);
/* Where a place is on a map: "geo:28.54,77.18" (RFC 5870), and a page of OpenStreetMap. Absent: it is not known. */
struct str programme_geo(struct ctx *cx, double latitude, double longitude);
struct str programme_map(struct ctx *cx, double latitude, double longitude);
#endif
