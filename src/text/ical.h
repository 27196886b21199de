/* Calendars for other programs: iCalendar (RFC 5545) with the properties of RFC 7986, written only.
 *
 * Times are in UTC ("20261130T043000Z"), so no zones are needed; a whole day is a date. Lines are folded at 75 octets, never inside a UTF-8 sequence
 * (RFC 5545, 3.1); texts are escaped (3.3.11), and control characters in them, which could begin a line of their own, become blanks or "\n". There is no
 * METHOD: so DTSTAMP is when the entry was last changed, as LAST-MODIFIED is (3.8.7.2), and the same data make the same bytes. No alarms. */
#ifndef TEXT_ICAL_H
#define TEXT_ICAL_H
#include "base/arena.h"
#include "base/field.h"

enum { ICAL_LINE = 75 }; /* octets of a line without its end */

struct ical {
	struct str name, lang;	 /* of the calendar; lang: a tag (RFC 5646) */
	struct str page;	 /* where a person finds the same on the web, an https address; may be empty */
	int64_t refresh_minutes; /* how often it is worth looking again */
};
struct ical_entry {
	struct str uid;			      /* the same for ever; letters, digits, hyphens */
	struct str title, place, words, page; /* all but the title may be empty; page: an address */
	struct str meeting;		      /* address of a meeting by video, or empty (RFC 7986, 5.11) */
	int64_t starts_at, ends_at;	      /* UTC ms; not used when day is given */
	int64_t day;			      /* a whole day, as its number; NONE: from starts_at to ends_at */
	int64_t changed_at;		      /* UTC ms */
	bool cancelled;
	bool free; /* takes no time of its person, as the day by which something is due */
};
void ical_begin(struct buf *b, const struct ical *c);
/* SEQUENCE counts the seconds from the beginning of 2025 to the change: it only grows (3.8.7.4). */
void ical_put(struct buf *b, const struct ical_entry *e);
void ical_end(struct buf *b);
#endif
