/* Programmes: learning that is done partly online, partly in a room, partly in writing, and held again and again in batches.
 *
 *   programme  draft → live → retired (no new batches)
 *   batch      draft → open → ended, or cancelled (batch.h)
 *
 * Parts are courses, examinations, sessions, assignments and surveys, each before, during or after the batch, in an order that is the learner's way.
 * A course and an examination stay what they are: the part only points at them and is done when they are completed or passed, also before. Of each session part
 * a batch gets a session. When the programme counts as completed says programme_rule.h.
 *
 * Who may: who holds PROGRAMME_MANAGE on the organisation lays down programmes and batches; one to five coordinators, whoever they are, run the batches
 * (programme_runs). Who is admitted to a batch is said by feature/admission: its row is read in joins.
 *
 * Completion. programme_consider() is called in the transaction of each fact that may complete: attendance noted or corrected (feature/attendance), somebody
 * admitted who has done parts before (feature/admission), a course completed and an examination passed (struct app), work accepted and surveys answered (here).
 * A programme is completed once by a person, whatever the number of batches: the certificate is signed then, and evidence of its competencies added.
 * It is a fact: nothing takes it back. What makes the rule easier for those under way (a part is ended, a session cancelled) is looked at for all by a job. */
#ifndef FEATURE_PROGRAMME_H
#define FEATURE_PROGRAMME_H
#include "base/clock.h"
#include "feature/programme/programme_rule.h"
#include "job/job.h"
#include "programme_sql.h"

enum {
	PROGRAMME_CODE_MAX = 60,
	PROGRAMME_TITLE_MAX = 160,
	PROGRAMME_WORDS_MAX = 5000,
	PROGRAMME_MINUTES_MAX = 600000,
	PROGRAMME_PARTS_MAX = 60, /* that are not ended */
	PROGRAMME_PARTS_EVER = 200,
	PROGRAMME_COORDINATORS_MAX = 5,
	PROGRAMME_COMPETENCIES_MAX = 20,
	PROGRAMME_DAYS_MAX = 366, /* of a batch */
	SURVEY_QUESTIONS_MAX = 30,
};
/* All days and times of day of programmes and batches are those of India. */
#define PROGRAMME_ZONE S("Asia/Kolkata")

/* ── laying down; in a writing transaction, as all that change ── */

/* In brackets: what NONE or an absent text stands for. */
struct programme_put {
	int64_t org_id, programme_id; /* programme_id: of programme_change */
	struct str code;	      /* a-z, 0-9, hyphen; one of the organisation */
	struct str title, title_hi;   /* title_hi [title] */
	struct str about, audience;   /* [""] plain text; audience: for whom it is */
	int64_t institute_id;	      /* [none] of the register (feature/institute) */
	int64_t minutes;	      /* published length, 1 to PROGRAMME_MINUTES_MAX */
	struct str approval;	      /* none, mdo, coordinator, mdo_coordinator, coordinator_mdo */
	bool may_ask;		      /* people ask themselves; otherwise they are nominated only */
	int64_t least_sessions;	      /* [75] per cent */
	int64_t least_others;	      /* [0] */
};
/* ERR_INVALID with the field, ERR_CONFLICT: the code is taken. */
_must_check_ enum err programme_add(struct ctx *cx, const struct programme_put *in, int64_t *ret_id);
/* Of a live one all but the code; what the rule asks for holds from then on for who has not completed. ERR_CONFLICT: retired, or with the field. */
_must_check_ enum err programme_change(struct ctx *cx, const struct programme_put *in);
/* A programme of an organisation. ERR_NOT_FOUND. */
_must_check_ enum err programme_find(struct ctx *cx, int64_t org_id, int64_t programme_id, struct programme_one_row *ret);
/* ERR_CONFLICT with each sentence of what is missing: a coordinator, something that the rule asks for, a course or examination that is there. */
_must_check_ enum err programme_open(struct ctx *cx, int64_t org_id, int64_t programme_id);
/* Batches that are open go on. ERR_CONFLICT: not live. */
_must_check_ enum err programme_retire(struct ctx *cx, int64_t org_id, int64_t programme_id);

/* person: employee number, e-mail or mobile number. ERR_INVALID "person": nobody; ERR_CONFLICT: PROGRAMME_COORDINATORS_MAX. */
_must_check_ enum err programme_coordinator_add(struct ctx *cx, int64_t org_id, int64_t programme_id, struct str person);
/* ERR_CONFLICT: the last one of a live programme. */
_must_check_ enum err programme_coordinator_drop(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t person_id);
/* In place of what it taught before; as of courses: "kcm:functional.noting-and-drafting@2, …" (competency.h). ERR_INVALID "competencies". */
_must_check_ enum err programme_teaches(struct ctx *cx, int64_t org_id, int64_t programme_id, struct str competencies);

struct programme_part_put {
	int64_t org_id, programme_id, part_id; /* part_id: of programme_part_change */
	struct str kind, phase;		       /* course, exam, session, assignment, survey; before, during, after */
	bool must;
	struct str title, title_hi; /* [of the course or examination] title_hi [title] */
	struct str words;	    /* what is asked in an assignment; a question a line in a survey: on a scale of 1 to 5, or, behind a "+", in words */
	struct str called;	    /* code or id of the course, or of the examination of the organisation or of one above it */
	int64_t day;		    /* of a session: 1 to PROGRAMME_DAYS_MAX, counted from the first of the batch */
	struct str time;	    /* "10:30" */
	int64_t minutes;	    /* 5 to 720; it ends on the day on which it begins */
};
/* At the end of the order. A live programme gets parts, too: batches that are made already get no session of it, and of those under way more is asked. */
_must_check_ enum err programme_part_add(struct ctx *cx, const struct programme_part_put *in, int64_t *ret_id);
/* The kind stays, and of a live programme the course or examination, too: ERR_CONFLICT. What is changed of a session holds for batches made later. */
_must_check_ enum err programme_part_change(struct ctx *cx, const struct programme_part_put *in);
/* One place towards the front, or back; at the end of the order nothing happens. */
_must_check_ enum err programme_part_move(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t part_id, bool front);
/* Of a draft it goes; of a live one it is asked no more: who has done it keeps that, who waited for it alone has completed. ERR_CONFLICT: ended already, or
 * nothing would be left that the rule asks for. */
_must_check_ enum err programme_part_end(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t part_id);
/* Questions of a survey, in their order; at most SURVEY_QUESTIONS_MAX. */
struct survey_question {
	struct str text;
	bool in_words;
};
void survey_questions(struct ctx *cx, struct str words, struct survey_question **ret, size_t *ret_n);

/* "10:30" as a minute of the day. False: it is no time. */
bool programme_minute(struct str typed, int64_t *ret);

/* ── how far somebody is ── */

enum part_state {
	PART_DONE,
	PART_OPEN,     /* can be done now */
	PART_TO_COME,  /* a session that is not over yet; a part of a later phase can be done early and is open */
	PART_WAITS,    /* handed in, and not judged yet */
	PART_RETURNED, /* sent back, with words */
	PART_MISSED,   /* a session that is over */
	PART_LEFT_OUT, /* ended, or its session is cancelled: asked of nobody any more */
	PART_STATES
};
/* N_(): what is missing, for the person. Of PART_DONE: "done". */
const char *part_state_says(struct str kind, enum part_state state);

struct part_stand {
	int64_t id, course_id, exam_id, session_id; /* session_id: the first of the batch; NONE */
	struct str kind, phase, title, title_hi, words;
	bool must;
	enum part_state state;
	int64_t done_at;	    /* NONE: not, or not known when */
	int64_t starts_at, ends_at; /* of the session */
	int64_t work_id;	    /* what is in force of an assignment or survey; NONE */
	struct str said;	    /* what the coordinator said of it */
};
struct programme_progress {
	int64_t programme_id, batch_id, least_sessions;
	struct str batch_state;
	struct part_stand *parts; /* by phase, then in their order; left out ones only when done */
	size_t n_parts;
	int64_t n_sessions, n_attended; /* of the batch, not cancelled */
	struct rule_verdict rule;	/* rule.met: all that is asked is done */
	bool completed;			/* the programme is, in this batch or another one */
	int64_t completed_at, completed_batch_id;
	struct str serial; /* of the certificate */
};
/* Whoever it is, admitted or not. ERR_NOT_FOUND: no such batch. A fixed number of statements. Reads. */
_must_check_ enum err programme_progress(struct ctx *cx, int64_t batch_id, int64_t person_id, struct programme_progress *ret);

/* Looks whether the rule is met now and keeps the completion. Nothing happens when the person is not admitted, the batch is a draft or cancelled, or the
 * programme was completed before. Cheap: one statement where there is nothing to do. In a writing transaction. */
_must_check_ enum err programme_consider(struct ctx *cx, int64_t batch_id, int64_t person_id);
/* The certificate of a completed programme again, with the person's name of today; the old one stays readable and says by what it was replaced. ERR_NOT_FOUND;
 * ERR_CONFLICT: the name is the same. In a writing transaction. */
_must_check_ enum err programme_reissue(struct ctx *cx, int64_t programme_id, int64_t person_id, struct str reason);
/* The same for all who are admitted to a batch, by a job. Only ever adds completions. */
_must_check_ enum err programme_recheck(struct ctx *cx, int64_t batch_id);
/* The same for all batches of a programme that are open or ended. */
_must_check_ enum err programme_recheck_all(struct ctx *cx, int64_t programme_id);
/* The same for all whom a staff list touched who are admitted anywhere, by a job (feature/people_import): what is done with .bulk set tells nobody one by one. */
_must_check_ enum err programme_imported(struct ctx *cx, int64_t import_id);
/* Stands in struct app with others as .person_changed, and as .exam_passed. */
_must_check_ enum err programme_person_changed(struct ctx *cx, int64_t person_id, int64_t course_id);
_must_check_ enum err programme_exam_passed(struct ctx *cx, int64_t person_id, int64_t exam_id);

/* Whether the actor runs batches of a programme: a coordinator (or who acts for one, not who only looks), or who manages the programmes of its organisation. */
_must_check_ enum err programme_runs(struct ctx *cx, int64_t programme_id, int64_t org_id, bool *ret);

/* Two accounts are one (feature/merge). Of two completions that of the kept account stays; the certificate of the other stays readable. */
_must_check_ enum err programme_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

extern const struct job_kind programme_jobs[]; /* ended by name NULL */
#endif
