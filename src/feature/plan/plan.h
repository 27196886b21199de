/* From gap to plan: what somebody should learn for his work, and the individual plan that he makes of it.
 *
 * The proposal is made anew each time, of today's gaps (feature/gap), of the live courses that teach what is missing, and of what was asked of the person with
 * a day (assignments): those come first. It is the choice that closes most within the learner's limit in the fewest hours, found exactly (choice.h says what
 * that means, what a course is taken to bring, and how language and quality count); where the search is stopped early, the bound is said. A course that the
 * person has completed, in whatever language, is never in it; of a course under way only what is left counts. Each course has a reason in a sentence.
 *
 * The individual plan is kept, by versions:
 *
 *	draft     made of a proposal or of the plan before; the person adds and takes away courses and sets their days. At most one
 *	sent      before the supervisor of the day it was sent; nothing of it changes until it is taken back or decided
 *	returned  the supervisor wants something changed and has said what; it changes as a draft does
 *	agreed    by the supervisor. It never changes: whoever wants another makes a new version of it, and it holds until that one is agreed
 *	past      another one is agreed; kept, with who agreed and when, as all that were ever sent are
 *	dropped   was never agreed and is not wanted any more
 *
 * Until it is sent a plan is the person's own affair: supervisors and administrators do not see it. How far it is done is never noted here but read from the
 * enrolments, so both see the same at any moment. Making or agreeing a plan enrols nobody; one act enrols in all that is left of it.
 * What is asked of the person stays asked: such a course can be left out of a plan, its day is that of the assignment. */
#ifndef FEATURE_PLAN_PLAN_H
#define FEATURE_PLAN_PLAN_H
#include "feature/gap/gap.h"
#include "feature/plan/choice.h"
#include "plan_sql.h"

enum {
	/* What somebody gives to learning who says nothing else: an hour in each of the fifty weeks of a year. */
	PLAN_HOURS = 50,
	PLAN_MONTHS = 12,
	PLAN_HOURS_MAX = 100, /* a month */
	PLAN_MONTHS_MAX = 24,
	PLAN_LINKS_MAX = 20000, /* courses and competencies that are looked at, the shortest courses first */
	PLAN_COURSES_MAX = 100, /* of an individual plan */
	PLAN_WORDS_MAX = 1000,
	PLAN_LEAST_PEOPLE = 5, /* who learned a course before it is said that people did: fewer could be named by who knows them */
};

/* ── the proposal ── */

struct plan_ask {
	int64_t person_id;
	int64_t hours, months; /* a month, and for how many; both NONE: ... */
	int64_t minutes;       /* ... in all, within PLAN_MONTHS; NONE: PLAN_HOURS */
	int64_t post_id;       /* what this post asks, whoever holds it; NONE: what the person's own work asks */
};
struct plan_course {
	int64_t course_id, minutes, penalty, due_day; /* minutes left of it; the day by which it was asked, or NONE */
	struct str title, lang, state;		      /* state: of the enrolment, or absent */
	struct str asker, asked_reason;
	int64_t stars_tenths, ratings; /* stars_tenths NONE: nobody has rated it */
	bool asked, other_language;
};
struct plan_proposal {
	int64_t person_id, designation_id, limit, months, day; /* designation_id: NONE when not posted; limit: minutes */
	int64_t post_id;				       /* as asked; with its title and office */
	struct str post, office;
	struct gap *gaps; /* what is open or not known, widest first */
	size_t n_gaps, n_met;
	struct plan_course *courses; /* all that were looked at */
	size_t n_courses;
	struct chosen choice; /* places in these two */
};
/* ERR_NOT_FOUND: no such person, or "post_id". ERR_INVALID: "hours" without "months" or the other way round, or out of range. Reads. */
_must_check_ enum err plan_propose(struct ctx *cx, const struct plan_ask *ask, struct plan_proposal *ret);

/* Sentences, in the language of cx: what a course does for a gap; why a gap stays open, or (closed) what will have to show it, or empty; how good the choice
 * is; for what a course stands in a plan, all in one. */
struct str plan_reason(struct ctx *cx, const struct plan_proposal *p, const struct choice_raise *r);
struct str plan_open(struct ctx *cx, const struct plan_proposal *p, size_t gap);
struct str plan_proof(struct ctx *cx, const struct plan_proposal *p);
struct str plan_why(struct ctx *cx, const struct plan_proposal *p, const struct choice_pick *k);

/* One object:
 *
 *	{"person_id", "post_id", "day": "2026-11-29", "limit_minutes", "months", "minutes", "cost", "worth", "proved", "worth_bound", "cost_bound", "proof",
 *	 "gaps":    [{"competency_id", "code", "name", "activity", "required", "held", "sd", "known", "probability", "missing",
 *	              "with_plan", "reachable", "expected", "expected_sd", "shown", "stays_open", "remark"}, …],
 *	 "courses": [{"course_id", "title", "language", "minutes", "penalty", "asked", "due_day", "reasons": [sentence, …],
 *	              "closes": [{"competency_id", "from", "to", "whole"}, …]}, …]}
 *
 * stays_open: "no", "unshown", "untaught", "too-low", "no-time" (enum choice_open).
 * cost: minutes and penalties together; worth: levels closed on scales of three, beyond what asked courses close; worth_bound, cost_bound: no choice is better
 * than that (proved: the same). with_plan, reachable: levels that the plan, and all courses together, teach up to; expected: the estimate with the certificates
 * of the plan. */
struct str plan_json(struct ctx *cx, const struct plan_proposal *p);

/* ── individual plans; all in a writing transaction ── */

struct plan_item {
	int64_t course_id, due_day, minutes;
	struct str reason_en, reason_hi;
};
struct plan_draft {
	int64_t minutes, months;
	struct plan_item *items; /* at most PLAN_COURSES_MAX */
	size_t n_items;
};
/* A proposal as a plan, with reasons in both languages and days in the measure of the limit. Takes as long as proposing twice, so before the transaction.
 * Reads. */
_must_check_ enum err plan_draft_of(struct ctx *cx, const struct plan_ask *ask, struct plan_draft *ret);
/* ERR_CONFLICT: one is being made already; or nothing is in it. */
_must_check_ enum err plan_accept(struct ctx *cx, int64_t person_id, const struct plan_draft *d, int64_t *ret_id);
/* A new version of the agreed plan, without what is completed by now. ERR_CONFLICT: none is agreed, or one is being made. */
_must_check_ enum err plan_revise(struct ctx *cx, int64_t person_id, int64_t *ret_id);

/* Of the plan that is being made; all ERR_CONFLICT when there is none, or it is sent. */
struct plan_course_set {
	int64_t person_id, course_id; /* course_id NONE: the one called so */
	struct str called;	      /* code, title, or id; or empty */
	int64_t due_day;	      /* NONE: as it is, of a new one the day by which it was asked or the last one of the plan */
};
/* Adds a course, or changes its day. ERR_NOT_FOUND: no such live course; ERR_INVALID "due_day": past, or more than three years ahead; ERR_CONFLICT: completed,
 * or there are PLAN_COURSES_MAX. */
_must_check_ enum err plan_course_set(struct ctx *cx, const struct plan_course_set *in);
/* ERR_NOT_FOUND: it is not in the plan. */
_must_check_ enum err plan_course_remove(struct ctx *cx, int64_t person_id, int64_t course_id);
/* To the supervisor of today, who is told. ERR_CONFLICT: there is none, or the plan is empty. */
_must_check_ enum err plan_send(struct ctx *cx, int64_t person_id);
/* Sent, and not decided: a draft again. ERR_CONFLICT. */
_must_check_ enum err plan_take_back(struct ctx *cx, int64_t person_id);
/* Not wanted any more, even when sent. ERR_CONFLICT: there is none. */
_must_check_ enum err plan_drop(struct ctx *cx, int64_t person_id);

struct plan_decide {
	int64_t person_id, plan_id, n_sent; /* n_sent: of the plan as it was seen */
	bool agree;
	struct str words; /* needed to send it back */
};
/* The supervisor agrees, or sends it back; the person is told. ERR_NOT_FOUND; ERR_FORBIDDEN: one's own; ERR_CONFLICT: decided, taken back or sent anew
 * meanwhile; ERR_INVALID "words". */
_must_check_ enum err plan_decide(struct ctx *cx, const struct plan_decide *in);
/* Enrols the person in all live courses of the plan that is being made, else of the agreed one, that are neither under way nor completed. ERR_CONFLICT: there
 * is none. */
_must_check_ enum err plan_enrol(struct ctx *cx, int64_t person_id, int64_t *ret_n);

/* Two accounts are one (feature/merge): the closed one's plans are the kept one's; of two that are being made or agreed the kept one's stays so. */
_must_check_ enum err plan_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
