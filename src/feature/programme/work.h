/* What people hand in: assignments, which a coordinator judges, and surveys, which nobody reads by name.
 *
 * An assignment is words, a PDF of at most BATCH_FILE_MAX bytes, or both. It is kept as a draft as often as one likes, and handed in: then it waits for a
 * coordinator, who accepts it or sends it back with words. Until it is accepted it may be handed in again; what was handed in last is in force, what was before
 * is kept.
 *
 * A survey is answered once. Results are shown of whole groups of SURVEY_GROUP people, in the order in which they answered, without the last whole group; and
 * of all when the batch has ended. So whoever looks before and after learns what SURVEY_GROUP people or more said, never what one did. Each question stands by
 * itself: numbers as counts, words in the order of their bytes, so that neither order nor place says who wrote what. */
#ifndef FEATURE_WORK_H
#define FEATURE_WORK_H
#include "feature/programme/batch.h"
#include "work_sql.h"

enum { WORK_WORDS_MAX = 20000, WORK_SAID_MAX = 2000, SURVEY_GROUP = 5, SURVEY_WORDS_MAX = 1000 };

/* A part of a batch, for one who is admitted. ERR_NOT_FOUND: no such batch or part, or not for this person. */
_must_check_ enum err work_part(struct ctx *cx, int64_t batch_id, int64_t part_id, int64_t person_id, struct work_part_row *ret);

/* The bytes of a file that was sent, by where they were put (web/action.h, .upload). ERR_TOO_LARGE: more than BATCH_FILE_MAX. */
_must_check_ enum err work_file(struct ctx *cx, struct str path, struct str *ret);

/* ── handing in; the actor ── */

struct work_put {
	int64_t batch_id, part_id;
	struct str words;
	struct str file_name, file; /* file absent: that of the draft stays */
	bool drop_file;		    /* none, and that of the draft goes */
	bool hand_in;		    /* otherwise it is kept as a draft */
};
/* ERR_INVALID with the field (nothing in it, no PDF), ERR_TOO_LARGE; ERR_CONFLICT: the batch is not open, it is accepted already. In a writing transaction, as
 * all that change. */
_must_check_ enum err work_save(struct ctx *cx, const struct work_put *in);

/* given: answers by the place of the question, 1 to 5 or words: "0=4", "2=the library" (as a form's answer.0 …). ERR_INVALID "answer": a question on the scale
 * is left out, or it is no answer; ERR_CONFLICT: answered before. */
_must_check_ enum err survey_answer(struct ctx *cx, int64_t batch_id, int64_t part_id, struct strs given);

/* ── judging; the caller has seen that the actor runs the batch ── */

/* Accepts, or sends back with words. ERR_NOT_FOUND; ERR_INVALID "said": sent back without a word; ERR_CONFLICT: somebody else judged it, or a newer one came.
 */
_must_check_ enum err work_judge(struct ctx *cx, int64_t batch_id, int64_t work_id, bool accept, struct str said);

struct survey_result {
	struct str text;
	bool in_words;
	int64_t n, sum, counts[5]; /* of answers on the scale */
	struct str *words;
	size_t n_words;
};
struct survey_results {
	struct work_any_part_row part;
	struct survey_result *v; /* a question each; NULL, 0: nobody's are shown */
	size_t n;
	int64_t n_people, n_shown; /* who answered; of whom results are shown */
};
/* ERR_NOT_FOUND: no such survey. Reads. */
_must_check_ enum err survey_results(struct ctx *cx, int64_t batch_id, int64_t part_id, struct survey_results *ret);
#endif
