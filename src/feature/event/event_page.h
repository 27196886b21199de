/* Views of events: what learners see, and what organisers do. */
#ifndef FEATURE_EVENT_PAGE_H
#define FEATURE_EVENT_PAGE_H
#include "feature/live/live_page.h"
#include "feature/stream/stream_page.h"
#include "web/html.h"

struct event_item {
	int64_t id, org_id, starts_at, ends_at, n_registered, ms;
	struct str title, org, lang, state, path; /* state: that of the table */
	bool registered, done, streamed, on, recorded, cancelled, draft, over;
};
struct event_choice {
	int64_t id;
	struct str value, name, chosen; /* of a <select> */
};
struct events_page {
	struct event_item *items;
	size_t n_items;
	struct event_choice *months, *series, *competencies;
	size_t n_months, n_series, n_competencies;
	struct str when, month, series_id, competency_id, next;
	bool coming, mine, past, filtered;
};

struct event_speaker_line {
	struct str name, about;
};
struct event_agenda_line {
	int64_t at; /* UTC ms */
	struct str words;
};
struct event_competency_line {
	int64_t id, level;
	struct str name;
};
struct event_page {
	int64_t id, org_id, series_id, starts_at, ends_at, n_registered, length_ms, needed_ms, noted_ms, needed_percent, recording_id, recording_ms;
	struct str title, about, lang, org, series, state, held, why, link, recording;
	bool open, draft, ended, cancelled, streamed, registered, may_register, may_withdraw, on, over, leads, manages, done, for_all, soon, reported;
	struct event_speaker_line *speakers;
	size_t n_speakers;
	struct event_agenda_line *agenda;
	size_t n_agenda;
	struct event_competency_line *competencies;
	size_t n_competencies;
};
struct event_live_page {
	int64_t id, starts_at, at_ms, noted_ms, needed_ms, length_ms, percent;
	int64_t recording_id; /* NONE: none */
	struct str title, lang, session, why;
	bool begun, over, cancelled, registered, may_register, done, leads, shown; /* shown: there is a stream to see */
	bool talks;								   /* there is the part where people talk */
	struct stream_player player;
	struct live_part talk;
	struct event_agenda_line *agenda;
	size_t n_agenda;
};

struct event_series_line {
	int64_t starts_at, ends_at;
	struct str title, lang;
	bool cancelled, over;
};
struct event_series_page {
	int64_t id;
	struct str title, about, org;
	struct event_series_line *events;
	size_t n_events;
};

struct org_events_page {
	int64_t org_id;
	struct str org, next;
	struct event_item *items;
	size_t n_items;
	struct event_choice *series;
	size_t n_series;
};
/* The form of an event: as typed, or as it is. */
struct event_form {
	int64_t org_id, id;
	struct str org, title, title_hi, about, about_hi, lang, held, link, day, time, minutes, series_id, speakers, speakers_hi, agenda, agenda_hi,
		competencies;
	bool for_all;
	struct event_choice *series;
	size_t n_series;
};
struct event_moderator_line {
	int64_t org_id, event_id, person_id;
	struct str name;
};
struct event_manage_page {
	int64_t id, org_id, starts_at, ends_at, began_at, closed_at, n_registered, n_there, n_done, recording_id;
	struct str org, title, lang, state, link, why;
	bool draft, open, ended, cancelled, streamed, may_begin, may_end, may_cancel, may_change, captions,
		recorded; /* recorded: the stream's recording is ready */
	struct event_moderator_line *moderators;
	size_t n_moderators;
};
struct event_person_line {
	int64_t id, registered_at, ms, done_at;
	struct str name, email, employee_no, way;
	bool withdrawn, there;
};
struct event_list_item {
	int64_t id, org_id, event_id, n_faults, made_at;
	struct str name, state;
	bool done, undone;
};
struct event_people_page {
	int64_t id, org_id, n_registered, n_there, n_done, length_ms;
	struct str org, title, q, next;
	bool reports; /* attendance comes from outside, and can come now */
	bool streamed;
	struct event_person_line *people;
	size_t n_people;
	struct event_list_item *lists;
	size_t n_lists;
};
struct event_report_line {
	int64_t person_id, ms, was_ms;
	struct str name;
	bool changes, was;
};
struct event_report_fault {
	int64_t line;
	struct str sentence;
};
struct event_report_page {
	int64_t id, org_id, event_id, n_changes;
	struct str org, title, name, digest;
	bool looked, done, undone, may_apply;
	struct event_report_line *lines;
	size_t n_lines;
	struct event_report_fault *faults;
	size_t n_faults;
};
/* A choice of a <select>. */
void html_event_option(struct html_out *o, const struct event_choice *c);
/* The time of day of a moment, in the person's zone: "15:05". */
struct str fmt_event_time(struct ctx *cx, int64_t at);
void html_event_time(struct html_out *o, int64_t at);
/* Whole minutes, as a figure. */
struct str fmt_event_minutes(struct ctx *cx, int64_t ms);
void html_event_minutes(struct html_out *o, int64_t ms);
#endif
