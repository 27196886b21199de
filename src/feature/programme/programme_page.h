/* Views of programmes for those who lay them down. */
#ifndef FEATURE_PROGRAMME_PAGE_H
#define FEATURE_PROGRAMME_PAGE_H
#include "web/html.h"

struct programme_item {
	int64_t id, org_id, minutes, n_batches;
	struct str code, title, state, state_name;
	bool live;
};
struct programmes_page {
	int64_t org_id;
	struct str org, next;
	struct programme_item *programmes;
	size_t n_programmes;
};
/* A line to choose from. */
struct programme_choice {
	struct str value, name, chosen;
};
struct programme_form_page {
	int64_t org_id, id; /* id 0: a new one */
	struct str org, code, title, title_hi, about, audience, minutes, approval, least_sessions, least_others;
	bool may_ask, is_new, code_stays;
	struct programme_choice *institutes;
	size_t n_institutes;
};
struct programme_part_item {
	int64_t id, org_id, programme_id, course_id, exam_id, day, minutes;
	struct str kind, kind_name, phase, phase_name, title, clock;
	bool must, ended, may_change, first, last;
};
struct programme_coordinator_item {
	int64_t person_id, org_id, programme_id;
	struct str name;
	bool may_change;
};
struct programme_competency_item {
	int64_t id, level;
	struct str name, code;
};
struct programme_batch_item {
	int64_t id, seats, admitted, starts_at, ends_at;
	struct str name, state, state_name, place;
	bool open;
};
struct programme_page {
	int64_t id, org_id, minutes, least_sessions, least_others, n_completed, institute_id;
	struct str org, code, title, about, audience, state, state_name, approval, approval_name, institute, teaches; /* teaches: as it is typed */
	bool is_draft, is_live, is_retired, may_ask;
	struct programme_part_item *parts;
	size_t n_parts;
	struct programme_coordinator_item *coordinators;
	size_t n_coordinators;
	struct programme_competency_item *competencies;
	size_t n_competencies;
	struct programme_batch_item *batches;
	size_t n_batches;
	struct str next; /* of batches */
};
struct part_form_page {
	int64_t org_id, programme_id, id; /* id 0: a new one */
	struct str org, programme, kind, kind_name, phase, title, title_hi, words, called, day, time, minutes;
	bool must, is_new, of_course, of_exam, is_session, is_survey, is_assignment;
};
#endif
