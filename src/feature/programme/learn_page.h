/* Views of programmes for learners. */
#ifndef FEATURE_LEARN_PAGE_H
#define FEATURE_LEARN_PAGE_H
#include "feature/programme/batch_page.h"

struct coming_item {
	int64_t id, programme_id, starts_at, ends_at, ask_until, seats, left, fee_rupees;
	struct str title, name, place, org, mine, mine_name;
	bool full, admitted, asked, may_ask, invite_only;
};
struct catalogue_page {
	struct coming_item *batches;
	size_t n_batches;
	struct programme_choice *competencies, *places, *months;
	size_t n_competencies, n_places, n_months;
	struct str next;
	bool filtered;
};
struct outline_item {
	struct str title, kind_name;
	bool must;
};
struct outline_phase {
	struct str name;
	struct outline_item *parts;
	size_t n_parts;
};
struct learn_programme_page {
	int64_t id, minutes, least_sessions, completed_at;
	struct str title, about, audience, org, serial, approval_name;
	bool completed, retired;
	struct outline_phase phases[3];
	size_t n_phases;
	struct programme_competency_item *competencies;
	size_t n_competencies;
	struct coming_item *batches;
	size_t n_batches;
};
struct mine_item {
	int64_t id, starts_at, ends_at, completed_at;
	struct str title, name, place, state, state_name, serial;
	bool completed, open;
};
struct mine_page {
	struct mine_item *batches;
	size_t n_batches;
	struct str next;
	bool runs;
};

/* ── my batch ── */

struct my_session_item {
	int64_t id, starts_at, ends_at;
	struct str title, time, room, access, place, path;
	bool cancelled, attended, link; /* link: place is an address */
};
struct my_part_item {
	int64_t id, batch_id, course_id, exam_id, session_id, starts_at, ends_at, done_at;
	struct str kind, kind_name, phase, title, state, says, path, lang;
	bool must, done, late, tells, is_session; /* late: missed, or sent back; tells: `says` is more than the state */
	struct my_session_item session;
};
struct my_phase {
	struct str name;
	struct my_part_item *parts;
	size_t n_parts;
};
struct my_batch_page {
	int64_t id, programme_id, starts_at, ends_at, musts, musts_done, sessions_asked, n_attended, n_sessions, others_asked, others_done, completed_at,
		percent;
	struct str programme, name, state, state_name, why, place, institute, geo, map, serial;
	bool cancelled, ended, open, completed, asks_sessions, asks_others;
	struct my_phase phases[3];
	size_t n_phases;
	struct my_session_item *sessions; /* that no part shows */
	size_t n_others;
	struct faculty_item *faculty;
	size_t n_faculty;
	struct material_item *materials;
	size_t n_materials;
};
struct question_item {
	int64_t n;
	struct str text, field; /* field: "answer.3" */
	bool in_words;
};
struct my_part_page {
	int64_t batch_id, id, work_id, given_at, draft_id, draft_at;
	struct str programme, title, asked, words, file_name, given_words, given_file, state, state_name, said;
	bool assignment, may_hand_in, given, judged, has_draft, answered;
	struct question_item *questions;
	size_t n_questions;
};
#endif
