/* Signals after a sitting: what asks a human for a closer look (signals.h), what that human found, and what of it a person may read about himself.
 *
 * A signal proves nothing and decides nothing: no mark, pass or credit depends on it, and nothing outside of this folder reads exam_signal. Each comes with the
 * chance that honest work gives as much, and with the number of false alarms to be expected among all who were tested, so that whoever reads it knows how
 * little it may say.
 *
 * They are looked for when a room closes, when all time of an examination (with that of late answers) is over, and on request: by a job that reads the papers
 * of one form after the other outside any transaction and keeps what it found. Looking again brings the figures up to date; what somebody decided stays;
 * signals that are none any more go, unless somebody has decided about them.
 *
 * Somebody who lays down examinations decides: cleared, to be looked at, an incident, with a note. The person reads all that was recorded of him and what was
 * decided; of a pair not who the other one is. */
#ifndef FEATURE_INTEGRITY_H
#define FEATURE_INTEGRITY_H
#include "integrity_sql.h"
#include "job/job.h"

enum { INTEGRITY_NOTE_MAX = 2000, INTEGRITY_PAGE = 100 };

/* Looks for signals of an examination by a job; one at a time. by_id: who asked; NONE: by itself. In a writing transaction, as all that change. */
_must_check_ enum err integrity_look(struct ctx *cx, int64_t exam_id, int64_t by_id);

struct integrity_decision {
	int64_t org_id, exam_id, signal_id;
	struct str found, note; /* found: cleared, look, incident */
};
/* Somebody decides about a signal; of a pair for this one of the two alone. ERR_NOT_FOUND; ERR_INVALID "note": an incident and what is cleared say why;
 * ERR_FORBIDDEN: about himself. The person is told when it is cleared or an incident. */
_must_check_ enum err integrity_decide(struct ctx *cx, const struct integrity_decision *in);
/* Signals of an account are another's. */
_must_check_ enum err integrity_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

/* Job steps, each in its own file. */
enum err integrity_look_act(struct ctx *cx, struct job *j);
enum err integrity_look_step(struct ctx *cx, struct job *j);
extern const struct job_kind integrity_jobs[]; /* ended by name NULL */
#endif
