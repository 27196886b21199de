/* Examinations: what is asked (the blueprint), out of which forms, of whom, when, and by which rules.
 *
 * Kinds
 *   practice        no consequences; any number of attempts up to the rule
 *   course          the test of a course: a pass credits the quiz resource it names (resource_id)
 *   pre, post       of a course, before and after: the gain is reported, a pass of `post` credits as above
 *   standalone      of an organisation's people, by itself
 *   comprehensive   the yearly one that the appraisal report asks for: of a year, after need_share per cent of the courses listed
 *   proctored       only in a room with an invigilator (feature/room): its result is evidence of the kind proctored-test
 *   public          by a link, without an account
 *   skip            a short adaptive test by which a course becomes needless (feature/exemption)
 * Except for public ones, who may sit is who is posted in the organisation or below today; of a course's kinds who is enrolled in it (not for skip); of a
 * proctored one who has a seat.
 *
 * Forms are made of live items of the organisation's bank and of those above it, by the blueprint, as parallel as can be
 * (psychometrics/assembly.h). A form is never changed: an examination that is open may be given more forms, and one may be taken out for later
 * attempts. So what a form holds may be kept in memory for ever by its id.
 *
 * A draft can be changed; to open it needs a form and a blueprint. An adaptive one chooses out of a pool of calibrated items; while there is none, it is
 * held with fixed forms. An open one can be changed in what does not touch those
 * who have begun: times to later, more attempts, title. Closing ends nobody's attempt: the clock does. */
#ifndef FEATURE_EXAM_H
#define FEATURE_EXAM_H
#include "db/db.h"
#include "exam_sql.h"

enum {
	EXAM_PARTS_MAX = 60,
	EXAM_ITEMS_MAX = 200, /* of a form */
	EXAM_POOL_MAX = 5000,
	EXAM_FORMS_MAX = 20, /* that later attempts may take */
	EXAM_NEEDS_MAX = 60,
	EXAM_LANGS_MAX = 24,
	EXAM_CODE_MAX = 60,
	EXAM_TITLE_MAX = 160,
	EXAM_CURVE_POINTS = 13, /* theta -3, -2.5 … 3: where the information of a form is kept */
};

/* ── laying down ── */

/* All rules. In brackets: what NONE, NaN or an absent text stands for. */
struct exam_rules {
	int64_t org_id, exam_id; /* exam_id: of exam_change */
	struct str code;	 /* a-z, 0-9, hyphen; one of the organisation */
	struct str title, about; /* about [""] */
	struct str kind, mode;	 /* mode ["forms"] */
	struct str langs;	 /* ["en,hi"] tags with commas between; the first is offered first */
	int64_t minutes;	 /* 1 to 480 */
	int64_t grace_s;	 /* [60] 0 to 600 */
	int64_t attempts;	 /* [1; practice 20] 1 to 20 */
	int64_t pass;		 /* [60] per cent of the marks */
	struct str feedback;	 /* ["marks"; practice "review"] none, marks, review */
	int64_t opens_at, closes_at;
	int64_t year;	     /* of a comprehensive one, and only of it: in which the reporting year begins */
	int64_t need_share;  /* [0; comprehensive 50] per cent of the courses that come first */
	int64_t course_id;   /* of course, pre, post, skip, and only of them */
	int64_t resource_id; /* of course (must), post, skip [none]: the quiz of the course that a pass credits */
	int64_t least, most; /* [5], [30] items of an adaptive one, 1 to EXAM_ITEMS_MAX */
	double target_se;    /* [0.3] 0.1 to 1: the standard error at which an adaptive one stops */
	bool decide;
};
/* ERR_INVALID with the field, ERR_CONFLICT: the code is taken. In a writing transaction, as all that change. */
_must_check_ enum err exam_add(struct ctx *cx, const struct exam_rules *in, int64_t *ret_id);
/* Everything of a draft; of an open one title, about, a later closes_at, more attempts: anything else that differs is ERR_CONFLICT with its field. */
_must_check_ enum err exam_change(struct ctx *cx, const struct exam_rules *in);
/* An examination of an organisation. ERR_NOT_FOUND. */
_must_check_ enum err exam_find(struct ctx *cx, int64_t org_id, int64_t exam_id, struct exam_one_row *ret);

/* A cell of the blueprint of a draft; the same cell again gets the new number. One that an item could share with
 * another is ERR_CONFLICT. Forms made before are taken out: they follow the old blueprint. */
struct exam_part {
	int64_t org_id, exam_id, competency_id;
	int64_t level;	  /* NONE, 0: any */
	struct str bloom; /* absent, empty: any */
	int64_t items;	  /* 1 to EXAM_ITEMS_MAX, together too */
};
_must_check_ enum err exam_part_put(struct ctx *cx, const struct exam_part *in);
_must_check_ enum err exam_part_drop(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t n);
/* A course that comes first, of a draft. ERR_INVALID: no live course; ERR_CONFLICT: EXAM_NEEDS_MAX. */
_must_check_ enum err exam_need_put(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t course_id);
_must_check_ enum err exam_need_drop(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t course_id);

/* ── forms ── */

/* A question in a form. part: cell of the blueprint, 0: none. parameters: absent, or JSON (schema/0059_exam.sql). */
struct exam_pick {
	int64_t item_id, version, part;
	struct str parameters;
};
struct exam_form_add {
	int64_t exam_id;
	bool pool;		   /* what an adaptive examination chooses from; enemies may both be in it */
	const struct exam_pick *v; /* in their order; cases come by themselves */
	size_t n;
	double expected;  /* marks of somebody in the middle, NaN: not known */
	struct str curve; /* JSON list of EXAM_CURVE_POINTS numbers; absent: not known */
};
/* Makes a form of versions that are live, of the organisation of the examination or above it. ERR_INVALID "items": none or too many, one twice, one that is not
 * there or not live, two enemies, questions of a case apart; ERR_CONFLICT: closed, or EXAM_FORMS_MAX. */
_must_check_ enum err exam_form_add(struct ctx *cx, const struct exam_form_add *in, int64_t *ret_id);
/* Later attempts do not take it any more. ERR_CONFLICT: it is out already, or it is the last one of an open examination. */
_must_check_ enum err exam_form_end(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t form_id);

/* ── opening and closing ── */

/* What is looked at before an examination opens. */
struct exam_check {
	enum { CHECK_GOOD, CHECK_WARNS, CHECK_BAD } state;
	const char *text; /* N_() with {places} */
	struct msg_arg args[2];
	size_t n_args;
};
enum { EXAM_CHECKS_MAX = 12 };
/* ret: EXAM_CHECKS_MAX places. Reads. */
_must_check_ enum err exam_checks(struct ctx *cx, const struct exam_one_row *e, struct exam_check *ret, size_t *ret_n);
/* ERR_CONFLICT with the sentences of what is bad; not a draft. */
_must_check_ enum err exam_open(struct ctx *cx, int64_t org_id, int64_t exam_id);
/* Attempts that are open go on to their end. ERR_CONFLICT: not open. */
_must_check_ enum err exam_close(struct ctx *cx, int64_t org_id, int64_t exam_id);
/* A new draft with the same rules, blueprint and courses, without forms; the code gets a number behind it. */
_must_check_ enum err exam_copy(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t *ret_id);

/* ── who may sit ── */

enum exam_why {
	EXAM_MAY,	   /* an attempt may be opened now */
	EXAM_GOES_ON,	   /* one is open: it goes on, whatever else holds */
	EXAM_DRAFT,	   /* not there for takers */
	EXAM_CLOSED,	   /* by the organisation */
	EXAM_NOT_YET,	   /* before opens_at */
	EXAM_OVER,	   /* after closes_at */
	EXAM_NOT_POSTED,   /* in the organisation or below */
	EXAM_NOT_ENROLLED, /* in its course */
	EXAM_NO_SEAT,	   /* proctored */
	EXAM_REFUSED,	   /* the identity was not shown */
	EXAM_ROOM_SHUT,	   /* has a seat, and the room is not open (yet, or any more) */
	EXAM_NOT_CHECKED,  /* has a seat, and the invigilator has not seen who it is */
	EXAM_COURSES_FIRST,
	EXAM_NONE_LEFT, /* all attempts are used */
	EXAM_NO_FORM,
	EXAM_WHY_COUNT_
};
struct exam_stand {
	struct exam_one_row exam;
	enum exam_why why;
	bool may;			  /* why is EXAM_MAY or EXAM_GOES_ON */
	bool known;			  /* may know that it is there: everybody but those to whom it is a draft, or not theirs */
	int64_t taken, left;		  /* attempts: begun, still to be had */
	int64_t open_id, last_id;	  /* attempts: the open one, the last ended one; NONE */
	int64_t n_needs, n_done, n_asked; /* courses that come first, completed of them, so many must be */
	int64_t n_items, pools;		  /* of a fixed form; pools to choose from */
	bool seated;
	struct exam_seat_row seat;
};
/* How a taker stands with an examination: a person, a guest of a public one, or NONE: nobody yet. ERR_NOT_FOUND: there is none. Six statements. Reads. */
_must_check_ enum err exam_of(struct ctx *cx, int64_t exam_id, int64_t taker_id, struct exam_stand *ret);
/* The same as a sentence (N_) for the taker; of EXAM_MAY and EXAM_GOES_ON NULL. */
const char *exam_why_says(enum exam_why why);
/* How many of n courses a share asks for, rounded up. */
int64_t exam_needs_asked(int64_t n, int64_t share);
/* Splits langs ("en,hi"); at most EXAM_LANGS_MAX. In the arena. */
size_t exam_langs(struct ctx *cx, struct str langs, struct str **ret);
#endif
