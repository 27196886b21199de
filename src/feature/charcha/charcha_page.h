/* Views of charchas. */
#ifndef FEATURE_CHARCHA_PAGE_H
#define FEATURE_CHARCHA_PAGE_H
#include "web/html.h"

/* ── a person's own ── */
struct charcha_item {
	int64_t id, org_id, held_at, minutes, group_id, group_n, people;
	struct str theme, org, state, state_name;
	bool mine;
};
struct charcha_promise {
	int64_t id, charcha_id, due_day, said_at;
	struct str words, theme, state, said, state_name;
	bool may_say;
};
struct charchas_page {
	int64_t org_id; /* of a list to manage */
	struct str org, next;
	struct charcha_item *open, *mine;
	size_t n_open, n_mine;
	struct charcha_promise *promises;
	size_t n_promises;
};

struct charcha_line {
	struct str words;
};
struct charcha_skill {
	int64_t id, level;
	struct str name;
};
/* Why somebody is in a group: its figures beside those of all. */
struct charcha_mix {
	int64_t n, people, departments, places, least_level, most_level;
};
struct charcha_show_page {
	int64_t id, event_id, course_id, held_at, ends_at, register_until, minutes, group_id, seed, synthesis_at;
	struct str theme, org, about, event, course, course_lang, place, link, state, state_name, why_not, reflection, synthesis;
	bool registered, may_register, may_withdraw, shared, only_there, late, may_manage;
	int64_t org_id;
	struct charcha_line *prompts;
	size_t n_prompts;
	struct charcha_skill *skills;
	size_t n_skills;
	struct charcha_mix group, whole;
};

/* ── a group ── */
struct charcha_who {
	int64_t charcha_id, group_id, id, on_ms, credited_ms;
	struct str name, office, ticker, credited_way, reflection;
	bool self, ticked, me, scribe, may_tick, shared, page;
};
struct charcha_point_line {
	int64_t charcha_id, group_id, id, n, version, at;
	struct str words, by;
	bool open;
};
struct charcha_promise_line {
	int64_t charcha_id, group_id, id, owner_id, due_day;
	struct str words, owner, state, state_name, said;
	bool open;
};
struct charcha_group_page {
	int64_t charcha_id, id, n, version, held_at, ends_at, left, now, closed_at, min_day, max_day, joined_into_id;
	struct str theme, place, link, scribe, conclusions, mark;
	bool open, member, i_scribe, begun, over, self_said, conflict;
	struct charcha_line *prompts;
	size_t n_prompts;
	struct charcha_who *people;
	size_t n_people;
	struct charcha_point_line *points;
	size_t n_points;
	struct charcha_promise_line *promises;
	size_t n_promises;
	struct charcha_skill *skills;
	size_t n_skills;
};
/* Choices of who does what, and of which competency. */
void html_charcha_owners(struct html_out *o, const struct charcha_group_page *v);
void html_charcha_skills(struct html_out *o, const struct charcha_group_page *v);
struct charcha_say_page {
	int64_t id, charcha_id, due_day, said_at;
	struct str words, theme, state_name, said;
	bool may_say;
};
struct charcha_point_page {
	int64_t charcha_id, group_id, id, n, version, at;
	struct str theme, words, by;
	bool open;
};
struct charcha_version_line {
	int64_t point_id, version, at;
	struct str words, by;
	bool gone, conclusions;
};
struct charcha_history_page {
	int64_t charcha_id, group_id, n;
	struct str theme, next;
	struct charcha_version_line *lines;
	size_t n_lines;
};

/* ── the organiser ── */
struct charcha_option {
	int64_t id;
	struct str name;
};
struct charcha_form_page {
	int64_t org_id, id;
	struct str org, theme, theme_hi, about, course, held_day, held_clock, until_day, until_clock, minutes, place, link, size, prompts, prompts_hi,
		competencies, least_done, event;
	bool only_there;
	struct charcha_option *events;
	size_t n_events;
};
/* Choices of the webinar. */
void html_charcha_events(struct html_out *o, const struct charcha_form_page *v);
struct charcha_draw_line {
	int64_t org_id, charcha_id, id, n, seed, people, groups, single, departments, percent, at;
	struct str state, state_name, reason, by;
	bool proposed;
};
struct charcha_group_line {
	int64_t org_id, charcha_id, id, n, people, departments, places, least_level, most_level;
	bool small, closed, joined, look;
};
struct charcha_list_line {
	int64_t org_id, charcha_id, id, rows, good, faults, at;
	struct str name, state_name;
};
struct charcha_manage_page {
	int64_t org_id, id, held_at, ends_at, register_until, minutes, size, people, departments, n_groups;
	struct str org, theme, state, state_name, place, link;
	bool draft, open, drawn, may_close, may_change, has_result, drawn_before;
	struct charcha_draw_line *draws;
	size_t n_draws;
	struct charcha_group_line *lines;
	size_t n_lines;
	struct charcha_list_line *lists;
	size_t n_lists;
};
struct charcha_planned_person {
	struct str name, office;
};
struct charcha_planned_group {
	int64_t n, people;
	struct charcha_planned_person *who;
	size_t n_who;
};
struct charcha_draw_page {
	struct charcha_draw_line draw;
	struct str org, theme;
	struct charcha_planned_group *groups;
	size_t n_groups;
	bool more;
};
struct charcha_join_page {
	int64_t org_id, charcha_id;
	struct str org, theme;
	struct charcha_group_line from, into;
};
struct charcha_person_line {
	int64_t id, group_n, level, at;
	struct str name, office;
	bool named, late;
};
struct charcha_people_page {
	int64_t org_id, id;
	struct str org, theme, next;
	struct charcha_person_line *people;
	size_t n_people;
};
struct charcha_wrong {
	int64_t line;
	struct str text;
};
struct charcha_list_page {
	int64_t org_id, charcha_id, id, rows, good, faults;
	struct str org, theme, name, state, state_name;
	bool may_apply, may_undo;
	struct charcha_wrong *wrong;
	size_t n_wrong;
};

/* ── what came of it ── */
struct charcha_result_group {
	int64_t id, n, people, departments;
	struct str conclusions;
	bool closed;
	struct charcha_promise_line *promises;
	size_t n_promises;
};
struct charcha_result_page {
	int64_t org_id, id, held_at, people, there, departments, groups, closed, commitments, asked, answered, done, percent, synthesis_at;
	struct str org, theme, state_name, q, department, competency, next, synthesis;
	bool may_write;
	struct charcha_result_group *list;
	size_t n_list;
	struct charcha_option *offices, *skills;
	size_t n_offices, n_skills;
};
/* Choices of a filter. */
void html_charcha_offices(struct html_out *o, const struct charcha_result_page *v);
void html_charcha_themes(struct html_out *o, const struct charcha_result_page *v);
#endif
