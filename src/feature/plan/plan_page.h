/* Views of plans of learning: the proposal, and the individual plan. */
#ifndef FEATURE_PLAN_PAGE_H
#define FEATURE_PLAN_PAGE_H
#include "feature/enrolment/due.h"
#include "web/html.h"

struct plan_gap_line {
	int64_t competency_id, level;
	struct str name, held, reached, after, remark; /* reached: what the plan teaches up to; remark: may be empty */
	bool open;				       /* stays open */
};
struct plan_pick_line {
	int64_t course_id, minutes, penalty, ms, due_day, stars_tenths, ratings;
	struct due due;
	struct str title, lang, reason;
	struct str *reasons; /* a sentence each */
	size_t n_reasons;
	bool asked, active, other_language, addable;
};
struct plan_like_line {
	int64_t course_id, ms, people;
	struct str title, lang;
	bool addable;
};
struct plan_page {
	struct str hours, months; /* as typed; empty: the usual ones */
	struct str post, office;  /* the post that asks; empty: the own work does */
	int64_t post_id, limit_ms, all_ms, n_asked;
	size_t n_met;
	struct str proof, like_what; /* like_what: the competency that those in the same designation are asked for */
	struct plan_gap_line *gaps;
	size_t n_gaps, n_open;
	struct plan_pick_line *picks;
	size_t n_picks;
	struct plan_like_line *like;
	size_t n_like;
	bool open, may_add, over; /* a plan is being made; and may be changed; what is asked alone is more than the limit */
};

struct plan_item_line {
	int64_t plan_id, n_sent, course_id, minutes, ms, due_day, percent, completed_at;
	struct due due;
	struct str title, lang, reason, state, plan_state; /* state: of the enrolment, or empty */
	bool done, active, begun, gone, asked;		   /* gone: not offered any more; asked: with a day of its own */
};
struct plan_version_line {
	int64_t id, n, from_day, until_day, decided_at;
	struct str state, path;
	bool here;
};
struct learning_plan_page {
	int64_t person_id, id, n, n_sent, ms, done_ms, limit_ms, from_day, until_day, sent_at, decided_at;
	struct str name, state, judge, decider, words;
	bool own, found, changing, sent, agreed, may_decide, may_revise, may_send, may_enrol, over; /* over: its days are past */
	struct plan_item_line *items;
	size_t n_items, n_done;
	struct plan_version_line *versions;
	size_t n_versions;
};
#endif
