/* Workplace assessment (WPCAS): a short round of questions about what people can do, answered by those who see them at work.
 *
 *   looking → planned → making → open → closing → closed          planned, open (while nobody has answered) → undoing → undone
 *
 * A round has an organisation, a first and a last day, and at most WORKPLACE_ASKED competencies a person (competencies_of). Planning it lists everybody who is
 * posted there or below today and draws who is asked about whom (raters.h): nothing is changed yet, the page says how many forms there would be and for
 * whom too few colleagues can be asked. Begun, the forms are made of exactly that. They can be answered from the first to the last day, and changed as often as
 * one likes; each answer is kept as it is given. The day after the last the round closes by itself:
 *
 *   strictness      of the raters is estimated over the whole round and removed from what they said (strictness.h)
 *   evidence        each answer becomes a piece of its kind with the corrected value; what was said is kept beside it (feature/proficiency)
 *   colleagues      peers and subordinates count only as groups of WORKPLACE_GROUP answers about a competency. When both groups are large enough, or one is and
 *                   the other is empty, each counts as itself. Else both together are one group, "colleagues", if that is large enough; all of it then counts
 * as peers' words, since two kinds of unequal weight would let one subtract. Else nothing of it is shown, nor does it count; the page says so.
 *
 * Nobody learns who among peers and subordinates said what: their evidence has no rater, their words leave the round only as mean to a tenth and number, never
 * both a group and a larger one that holds it, and nothing before the round is closed. The supervisor's and the person's own words are shown as theirs.
 * The rows of forms and answers stay, so that an auditor with the database can draw and count anew.
 *
 * All long work is jobs (job/job.h): it survives a stop at any moment. */
#ifndef FEATURE_WORKPLACE_H
#define FEATURE_WORKPLACE_H
#include "base/field.h"
#include "db/db.h"
#include "feature/workplace/raters.h"
#include "job/job.h"
#include "workplace_sql.h"

enum { WORKPLACE_ASKED = 5, WORKPLACE_NAME_MAX = 120, WORKPLACE_DAYS = 90, WORKPLACE_AHEAD = 400 };
/* Raters with forms left are told on the first day, and so many days before the last one. */
enum { WORKPLACE_REMIND_FIRST = 7, WORKPLACE_REMIND_LAST = 2 };

struct workplace_plan {
	int64_t org_id;
	struct str name;
	int64_t opens_day, closes_day; /* from today on; at most WORKPLACE_DAYS long and WORKPLACE_AHEAD ahead */
	struct str designation;	       /* code or name: only who has it is assessed; absent: everybody */
	int64_t most;		       /* competencies of a person, 1 to WORKPLACE_ASKED; NONE: so many */
	struct str
		competencies; /* codes ("behavioural.communication" of the framework kcm, "other:code"), with commas between, at most `most`; may be absent */
};
/* Plans a round and begins to list its people. ERR_INVALID with the field. In a writing transaction, as all that change. */
_must_check_ enum err workplace_plan(struct ctx *cx, const struct workplace_plan *in, int64_t *ret_id);
/* A round of an organisation. ERR_NOT_FOUND. */
_must_check_ enum err workplace_find(struct ctx *cx, int64_t org_id, int64_t round_id, struct workplace_one_row *ret);
/* Begins to make the forms. ERR_CONFLICT: not planned, or its last day is over. */
_must_check_ enum err workplace_begin(struct ctx *cx, int64_t org_id, int64_t round_id);
/* Begins to take a round back. ERR_CONFLICT: somebody has answered, or it is not planned or open. */
_must_check_ enum err workplace_undo(struct ctx *cx, int64_t org_id, int64_t round_id);

/* What is asked about a person in a round, at most round->most: what was chosen for the round, then what the person has levels in, said longest ago first.
 * Whatever else a person should be asked about (what his post requires) enters here and nowhere else. ret: WORKPLACE_ASKED places. */
_must_check_ enum err competencies_of(struct ctx *cx, const struct workplace_one_row *round, int64_t person_id, int64_t *ret, size_t *ret_n);

/* Answers of the form of the actor: texts "COMPETENCY=LEVEL" (0 to the levels of the framework) or "COMPETENCY=none" (cannot say), any number of them; what is
 * not among them stays as it is. ret_complete: none is missing now. ERR_NOT_FOUND: no form of his; ERR_CONFLICT: the round is not open today; ERR_INVALID
 * "say". */
_must_check_ enum err workplace_say(struct ctx *cx, int64_t form_id, const struct strs *say, bool *ret_complete);
/* Whether forms of a round are answered on this day. */
bool workplace_is_open(struct str state, int64_t opens_day, int64_t closes_day, int64_t today);

/* Some of the draw of a round, made anew out of its list and seed: from the place `from` on, at most `most`. Reads. In the arena. */
struct workplace_batch {
	int64_t *people;
	struct draw_of *drawn;
	bool *assessed;
	size_t n, total;
};
_must_check_ enum err workplace_draw(struct ctx *cx, int64_t round_id, size_t from, size_t most, struct workplace_batch *ret);

/* The kinds of jobs; in app/features.c. */
extern const struct job_kind workplace_jobs[];
/* Steps of the jobs, each in its own file. */
enum err workplace_look_act(struct ctx *cx, struct job *j);
enum err workplace_look_step(struct ctx *cx, struct job *j);
enum err workplace_make_act(struct ctx *cx, struct job *j);
enum err workplace_make_step(struct ctx *cx, struct job *j);
enum err workplace_undo_step(struct ctx *cx, struct job *j);
enum err workplace_close_act(struct ctx *cx, struct job *j);
enum err workplace_close_step(struct ctx *cx, struct job *j);
#endif
