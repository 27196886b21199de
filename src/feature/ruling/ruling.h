/* Rulings: after a sitting an item turns out to be wrong, and what it earned is decided anew, for all papers that it was in.
 *
 *   drop     it counts for nobody: neither in the marks nor in the most that can be had
 *   full     everybody who had it gets all its points
 *   rekey    it is marked by another key (of kinds with options, accepted texts or numbers)
 *
 *   looked → doing → done → undoing → undone
 *
 * A ruling is looked at before it changes anything: how many papers would change, who would pass, who would not pass any more, paper by paper. It is carried
 * out only as it was seen: the digest of the look is sent along, and when papers have been marked or changed in between it is looked at anew. Carrying out is a
 * job in steps that settles each paper (attempt_settle) and notes what it was before; taking back settles each without the ruling, which gives exactly what was
 * before, since settling depends on nothing but answers, marks and the rulings in force. Takers whose marks change are told.
 *
 * At most one ruling of an item is in force, and one of an examination is under way at a time. What was credited or certified stays so whatever a ruling says
 * (attempt.h); who keeps it without the pass is listed. */
#ifndef FEATURE_RULING_H
#define FEATURE_RULING_H
#include "base/clock.h"
#include "db/db.h"
#include "feature/exam/exam.h"
#include "job/job.h"
#include "ruling_sql.h"

enum { RULING_STEP = 20, RULING_PAGE = 50, RULING_ANSWERS_MAX = 20, RULING_NAME_MAX = 420 }; /* name: bytes */

struct ruling_add {
	int64_t org_id, exam_id, item_id, version;
	struct str kind;   /* drop, full, rekey */
	struct strs right; /* of rekey: ids of options, accepted texts, or numbers "48" and "48:0.5" (with a tolerance); all of them earn the whole mark, of a
			    * multiple choice together */
	struct str why;
};
/* What a ruling comes to. */
struct ruling_effect {
	int64_t n_attempts, n_changed, n_pass, n_fail; /* papers; changed; that pass by it; that do not any more */
	uint64_t digest;			       /* over all papers with their marks before and after (FNV-1a, 64 bits) */
};
struct ruling_paper {
	int64_t taker_id, attempt_id;
	double marks_before, max_before, marks_after, max_after;
	bool passed_before, passed_after;
	char name[RULING_NAME_MAX]; /* of the taker */
};
/* A longer name than there is room for is left out. */
void ruling_keep_name(struct ruling_paper *p, struct str name);
/* What it would come to, and of the papers that change (which: "all"; "pass", "fail": those that pass by it, or do not any more) at most RULING_PAGE behind
 * after_id. v may be NULL. Reads; as long as all papers take. */
struct ruling_look {
	const struct exam_one_row *exam;
	int64_t item_id, version;
	struct str kind, key; /* key: of rekey */
	struct str which;
	int64_t after_id;
};
_must_check_ enum err ruling_measure(struct ctx *cx, const struct ruling_look *look, struct ruling_effect *ret, struct ruling_paper **ret_v, size_t *ret_n);
/* The key of a ruling. ERR_INVALID "right": nothing, or nothing that this kind of item can take. */
_must_check_ enum err ruling_key(struct ctx *cx, const struct ruling_item_row *item, const struct strs *right, struct str *ret);

/* A ruling to look at. ERR_NOT_FOUND "item_id"; ERR_INVALID "right", "why"; ERR_CONFLICT: one of this item is in force. In a writing transaction, as all that
 * change. effect: by ruling_measure before it. */
_must_check_ enum err ruling_add(struct ctx *cx, const struct ruling_add *in, struct str key, const struct ruling_effect *effect, int64_t *ret_id);
_must_check_ enum err ruling_find(struct ctx *cx, int64_t exam_id, int64_t ruling_id, struct ruling_one_row *ret);
/* Carries out. now: by ruling_measure just before, seen: the digest that was shown. ERR_CONFLICT: another state, another ruling under way or in force, or not
 * what was seen. */
_must_check_ enum err ruling_do(struct ctx *cx, const struct ruling_one_row *r, const struct ruling_effect *now, uint64_t seen);
/* Takes back. ERR_CONFLICT: not carried out, or another one is under way. */
_must_check_ enum err ruling_undo(struct ctx *cx, const struct ruling_one_row *r);

/* ── appeals ── */

enum { APPEAL_DAYS = 30, APPEALS_MAX = 20, APPEAL_WORDS_MAX = 2000 }; /* days unless the setting says otherwise; of one paper */

struct appeal_add {
	int64_t attempt_id;
	int64_t question; /* its number on the paper; NONE: the whole */
	struct str kind;  /* recheck: look at the marking again; appeal: the question or the decision is wrong */
	struct str words;
};
/* The last moment to appeal; the result is there from the later of handing in and the last mark by people. */
int64_t appeal_until(const struct ctx *cx, const struct ruling_sat_row *r);
/* Of the actor about an own paper. ERR_NOT_FOUND; ERR_CONFLICT: no result yet, too late, one about this is open, or APPEALS_MAX; ERR_INVALID "question",
 * "words". In a writing transaction. */
_must_check_ enum err appeal_add(struct ctx *cx, const struct appeal_add *in, int64_t *ret_id);
struct appeal_answer {
	int64_t exam_id, appeal_id;
	bool upheld;
	struct str answer;
	int64_t ruling_id; /* by which it was put right; NONE */
};
/* ERR_NOT_FOUND; ERR_FORBIDDEN: the own one; ERR_CONFLICT: answered before; ERR_INVALID "answer", "ruling_id". The taker is told. In a writing transaction. */
_must_check_ enum err appeal_answer(struct ctx *cx, const struct appeal_answer *in);

/* Appeals and what rulings changed of the account closed_id are kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err ruling_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

extern const struct job_kind ruling_jobs[]; /* ended by name NULL */
#endif
