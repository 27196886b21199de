/* The item bank of an organisation: questions with one identity in all their languages and versions, what they test, who wrote and who accepted them.
 *
 * What is asked and what is right are kept apart, as JSON of feature/quiz/quiz_store.h; every kind of text/question.h can be kept. A version is never changed:
 * whoever changes an item writes a new one, and forms keep the versions they were made of. A version is live, so that forms may be made of it, once two
 * people other than its author and the item's have accepted it; a later version that waits for its reviewers leaves the live one in force.
 *
 *   draft → review → live → retired        (a change of a live one: a new version in review, live_version stays)
 *
 * A version of which a reviewer asked for a change is never live: the item is a draft again (a live one stays as it is), and a new version answers.
 * Questions of a case are items of their own (case_id, n) with versions of their own; they are sent, reviewed and retired with it, never by themselves, and
 * a form may hold them when both are live. What an item tests (competency, level, Bloom, source) is no part of a version: as long as it was never live its
 * writers change it, then only who keeps the bank (ITEM_KEEP).
 *
 * Marks of an item are a part (0 to 1) of its points. For statistics and calibration the part is a category, 0 … steps: item_category(). Right-or-wrong
 * kinds have one step; those with partial credit as many as they have parts that earn something, at most ITEM_STEPS_MAX. */
#ifndef FEATURE_ITEM_H
#define FEATURE_ITEM_H
#include "db/db.h"
#include "item_sql.h"
#include "text/question.h"

enum { ITEM_STEPS_MAX = 4, ITEM_CODE_MAX = 80, ITEM_REVIEWERS = 2, ITEM_LEVEL_MAX = 10, ITEM_NOTE_MAX = 2000, ITEM_POINTS_MAX = 100 };

/* The greatest category whose share of the mark is reached; a hair below counts as reached. */
int item_category(double part, int64_t steps);
/* Of a question: 1 to ITEM_STEPS_MAX. */
int64_t item_steps(const struct question *q);
/* What an item of one version is worth: as the question says; 1 when it says nothing; a case 0. */
double item_points(const struct question *q);

/* What an item tests. NONE, 0, empty: not said. */
struct item_tests {
	int64_t competency_id, level;
	struct str bloom, source;
};
/* The question is whole: question_check and quiz_store_fault have nothing to say. Its name is the item's code (absent: one is made), its translations the
 * languages; parts of a case become items. ERR_CONFLICT "code": taken in this organisation. ERR_INVALID with a sentence: a field is out of range.
 * All that change run in a writing transaction. */
struct item_add {
	int64_t org_id;
	const struct question *q;
	struct item_tests tests;
	int64_t case_id;  /* NONE: an item by itself */
	struct str why;   /* the first words of its history; may be empty */
};
_must_check_ enum err item_add(struct ctx *cx, const struct item_add *in, int64_t *ret_id);

struct item_change {
	int64_t org_id, item_id;
	int64_t version;         /* of which this is the change; ERR_CONFLICT: there is a newer one */
	const struct question *q; /* of the same kind, with its picture; parts of a case are not looked at */
	struct str why;
};
/* A new version; the number of it, or of the newest when nothing is different (then nothing is written, unless a reviewer asked for a change: `why` answers).
 * ERR_NOT_FOUND; ERR_CONFLICT: retired. */
_must_check_ enum err item_change(struct ctx *cx, const struct item_change *in, int64_t *ret_version);
/* Whether a change to this question would write a new version. Reads. */
_must_check_ enum err item_differs(struct ctx *cx, const struct item_one_row *item, const struct question *q, bool *ret);
/* keeper: the actor keeps the bank. ERR_FORBIDDEN: it was live, and he does not. */
_must_check_ enum err item_classify(struct ctx *cx, int64_t org_id, int64_t item_id, const struct item_tests *tests, bool keeper);

/* ── reviewing ── */

/* A draft, with all questions of a case, waits for its reviewers. ERR_CONFLICT: no draft, a question of a case, a case without questions, or the
 * newest version is one of which a change was asked for. */
_must_check_ enum err item_send(struct ctx *cx, int64_t org_id, int64_t item_id);

/* How the newest version stands with its reviewers. */
struct item_standing {
	struct str seen;     /* "3", of a case "3 1 2": newest versions of it and of its questions, for item_review */
	int64_t n_accepted;  /* by how many, of the version that has fewest; of those that are live already nothing is asked */
	bool waits;          /* in review, or a live one with a newer version; no change was asked for */
	bool refused;        /* a change was asked for */
	bool mine;           /* the actor wrote the version or the item */
	bool said;           /* the actor has said what he thinks */
	bool drafts;         /* it, or a question of it, is a draft */
	struct item_reviews_row *reviews; /* of the newest versions */
	size_t n_reviews;
};
_must_check_ enum err item_standing(struct ctx *cx, const struct item_one_row *item, struct item_standing *ret);

struct item_review {
	int64_t org_id, item_id;
	struct str seen;     /* what the reviewer has looked at; ERR_CONFLICT: it has changed */
	bool accepted;
	struct str note;     /* needed when a change is asked for (ERR_INVALID "note") */
};
/* ERR_FORBIDDEN: the actor wrote it. ERR_CONFLICT: nothing waits, or he has said so before. ret_live: by this the newest versions are live. */
_must_check_ enum err item_review(struct ctx *cx, const struct item_review *in, bool *ret_live);

/* With the questions of a case. Forms that hold it keep it. ERR_INVALID "why": empty; ERR_CONFLICT: retired already, a question of a case. */
_must_check_ enum err item_retire(struct ctx *cx, int64_t org_id, int64_t item_id, struct str why);
/* As it was: live, or a draft when it was never live. ERR_CONFLICT: not retired. */
_must_check_ enum err item_return(struct ctx *cx, int64_t org_id, int64_t item_id);

/* ── reading ── */

/* ERR_NOT_FOUND: no such item of this organisation. */
_must_check_ enum err item_one(struct ctx *cx, int64_t org_id, int64_t item_id, struct item_one_row *ret);
/* A version as a question again with its translations, its name and its points as marks, without the bytes of its picture. ret_row: may be NULL. */
_must_check_ enum err item_question(struct ctx *cx, const struct item_one_row *item, int64_t version, struct question *ret, struct item_version_row *ret_row);
/* Puts the picture of a version, if it has one, into its question. */
_must_check_ enum err item_picture(struct ctx *cx, int64_t item_id, int64_t version, struct question *q);

/* ── enemies ── */

/* Two items that are never in one paper, both ways; again: another reason. ERR_INVALID "why", "other": no such item of this organisation, or itself. */
_must_check_ enum err item_add_enemy(struct ctx *cx, int64_t org_id, int64_t item_id, struct str other_code, struct str why);
/* Both ways. ERR_NOT_FOUND: they are no enemies. */
_must_check_ enum err item_drop_enemy(struct ctx *cx, int64_t org_id, int64_t item_id, int64_t other_id);
#endif
