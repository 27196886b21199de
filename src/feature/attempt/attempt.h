/* Attempts at examinations: one attempt is one paper, whatever happens to the device.
 *
 * Opening counts. It takes a form that this taker has not had yet (then the one had longest ago); among several of these the seat decides where there is one
 * (feature/seat), else the lot, which in the long run uses all alike and makes nobody who opens wait for another; the seed of the attempt gives the order of
 * its items (a case and its questions stay together, in their order) and of their options (order.h). Opening again shows the same paper with what was saved.
 * Items leave here only in an open attempt or, where the rules say so, after it; keys never, except by the feedback `review` after everybody's time is over:
 * nobody has an open paper, nobody can begin, and no late answer can come.
 *
 * At an adaptive examination the paper is one question after the other, each answer final: adaptive_paper.h.
 *
 * The clock is the server's: ends_at = opened_at + minutes + what a seat has been given beforehand + what the invigilator gives back. A closing examination
 * does not cut an attempt short. Until ends_at + grace_s a paper is taken as in time: the grace is for the line, and is stated on the page. Then the attempt is
 * closed by the clock with what was saved (a job; and at the first look); it counts as handed in at ends_at.
 *
 * Answers are saved one by one, as they are given; the same again changes nothing. A device numbers what it sends (seq) and the greatest number holds, so
 * doubled and reordered messages do no harm; each page that is loaded begins a new thousand (attempt_first_seq). While the line is down they wait on the
 * device, each sealed (seal.h): HMAC-SHA-256 under the attempt's secret over number, place, seq, time and what was given, the time by a clock that only runs
 * forward and that began with the answer of the server to the opening. A seal shows that the text was made by who had the paper open; it cannot show that the
 * clock of a device which its owner has in hand was not turned back. So a sealed answer that comes after the end, but says it was given before it, is taken
 * until LATE_HOURS later, marked late, and shown to whoever looks at signals (feature/integrity); its time is cut to what is possible: not before the opening,
 * not before what was saved with a smaller number, not after its arrival. A forged seal is refused and noted (event "forged").
 *
 * Two devices (sessions, tokens): the one that opened last has the attempt; the other is told so in a sentence and may take it back by opening it again. What
 * it had sealed before it lost the attempt still counts, by seq and time. A guest's secret address is one device, wherever it is open.
 *
 * Handing in is idempotent: again, it shows the same result. It marks what machines mark; with long answers the attempt waits for its markers
 * (feature/marking) as `submitted`, else it is `marked`, and in the same transaction its result is kept, evidence added and the course credited.
 *
 * What the result says of a competency: exam_result.value is the highest level asked of which the pass share of the marks was earned, all lower levels that
 * were asked too; one below the lowest asked when there is none (in thousandths of a level). Parts of the blueprint without a level say nothing; of a
 * competency that has no other parts value is SAYS_NOTHING. Kinds proctored and comprehensive held in a room are evidence `proctored-test`, all others of
 * people with an account but practice and pre are `course-test`. The source of evidence is the examination: one examination is one piece of evidence, that of
 * the best attempt so far. A later attempt that is as good or better takes its place, so that it does not age; one that is worse changes nothing, as with
 * certificates: who showed something once, under these conditions, has shown it. When marking anew changes the best, the piece follows. */
#ifndef FEATURE_ATTEMPT_H
#define FEATURE_ATTEMPT_H
#include "attempt_sql.h"
#include "base/clock.h"
#include "db/db.h"
#include "job/job.h"

enum { LATE_HOURS = 48, EVENTS_MAX = 300, SAYS_NOTHING = -1 };
enum {
	ANSWERS_MAX = 250, /* in one message */
	ATTEMPT_SEQ_MAX = 1 << 30,
	EVENT_WORD_MAX = 20,
	NOTED_FROM = 1000000, /* numbers of events that the server itself notes */
	NOTED_MAX = 50,
};

/* A taker is a person, or a guest of a public assessment; actions find out which. */
struct exam_taker {
	int64_t id;
	bool guest;
	struct str lang; /* in which a new paper is wanted ("hi"); absent, or none of the examination: that of the page, else its first */
};

/* ── the life of an attempt ── */

/* Opens an attempt, or takes up the one that is open on the device of this request. ERR_NOT_FOUND: no such examination, or not for this taker; ERR_CONFLICT
 * with a sentence: not open now, no attempt left, no seat, courses to complete first. In a writing transaction, as all that change. */
_must_check_ enum err attempt_open(struct ctx *cx, struct exam_taker t, int64_t exam_id, int64_t *ret_attempt);
/* ERR_NOT_FOUND: no such attempt of this taker. */
_must_check_ enum err attempt_find(struct ctx *cx, int64_t taker_id, int64_t attempt_id, struct attempt_one_row *ret);
/* Whether its time and its grace are over. */
bool attempt_is_over(const struct ctx *cx, const struct attempt_one_row *a);
/* Whether this request comes from the device that has the attempt. */
bool attempt_is_here(struct ctx *cx, struct exam_taker t, const struct attempt_one_row *a);
/* ms until ends_at; never more than the attempt has in all, should the server's clock have gone back; 0: over. */
int64_t attempt_left(const struct ctx *cx, const struct attempt_one_row *a);
/* ms since it was opened; not below 0. */
int64_t attempt_elapsed(const struct ctx *cx, const struct attempt_one_row *a);
/* Hands in. Again: nothing changes. ERR_CONFLICT: another device has it. */
_must_check_ enum err attempt_submit(struct ctx *cx, struct exam_taker t, int64_t attempt_id);
/* Ends an open attempt for somebody else than its taker: "clock", "room", "rules". Not open: nothing changes. */
_must_check_ enum err attempt_close(struct ctx *cx, int64_t taker_id, int64_t attempt_id, const char *by);
/* Gives time back or on top: ends_at moves by so much, also of an attempt the clock has closed and whose paper the room opens again (reopen). ERR_NOT_FOUND: no
 * such attempt; ERR_CONFLICT: handed in by its taker, or another attempt is open by now. In a writing transaction; the caller writes down why. */
_must_check_ enum err attempt_extend(struct ctx *cx, int64_t taker_id, int64_t attempt_id, int64_t ms);

/* ── answers ── */

struct attempt_give {
	int64_t n;	    /* place in the form */
	int64_t seq;	    /* 1 to ATTEMPT_SEQ_MAX */
	int64_t elapsed_ms; /* since the opening, by the device's clock; NONE: not said, it is now */
	int64_t spent_ms;   /* with the question in view, in all; NONE: not said */
	struct strs given;  /* quiz_mark.h; empty: no answer any more */
	struct str seal;    /* absent: none */
};
/* What became of it:
 *   kept       it holds, now or since it came first
 *   late       it holds, and is marked as having come after the end
 *   older      a later one holds
 *   over       the time was over when it was given, or it came without a seal after the end, or too late altogether
 *   closed     the paper had been handed in
 *   elsewhere  another device had the attempt by then
 *   forged     the seal is not that of this answer
 *   misfit     it does not fit the question, or there is no such one: `why` is a sentence */
enum attempt_fate { FATE_KEPT, FATE_LATE, FATE_OLDER, FATE_OVER, FATE_CLOSED, FATE_ELSEWHERE, FATE_FORGED, FATE_MISFIT };
const char *attempt_fate_name(enum attempt_fate f);
struct attempt_kept {
	int64_t n, seq;
	enum attempt_fate fate;
	const char *why; /* N_(); of FATE_MISFIT. Its place {n} is the number of the question on the paper */
};
/* Saves answers, at most ANSWERS_MAX; ret: one for each, in their order. Whatever becomes of one, the others are looked at. ret_row: the attempt as it was
 * before. */
_must_check_ enum err attempt_save(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct attempt_give *v, size_t n, struct attempt_kept *ret,
				   struct attempt_one_row *ret_row);
/* Where a page that is loaded now begins to count. */
int64_t attempt_first_seq(int64_t greatest);

struct attempt_event {
	int64_t seq; /* 1 to EVENTS_MAX; others are left out */
	struct str kind;
	int64_t elapsed_ms, ms; /* when, and how long; NONE: not said */
};
/* Keeps what the device noticed: "left", "back", "copied", "pasted", "line-down", "line-up"; other words are left out. Of a paper that is closed nothing is
 * kept. Of kinds that are held in rooms it also
 * keeps when the device was last heard of (event 0, "sign"). */
_must_check_ enum err attempt_note(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct attempt_event *v, size_t n,
				   struct attempt_one_row *ret_row);

/* What the server notes by itself: "forged", and "device" when another one takes the paper. More than NOTED_MAX tell nothing new. */
_must_check_ enum err attempt_note_own(struct ctx *cx, const struct attempt_one_row *a, const char *kind);

/* ── marks ── */

/* All answers of a submitted or marked attempt are marked anew by the keys and rulings of now (feature/ruling; long answers: by the marks given), and what
 * follows from it (marks, pass, results, evidence, credit) is set. Nothing that was credited is taken away; evidence follows. Open: nothing is done. In a
 * writing transaction. */
_must_check_ enum err attempt_settle(struct ctx *cx, int64_t taker_id, int64_t attempt_id);
/* Whole per cent, rounded down. */
int64_t attempt_percent(double marks, double max);
/* Whether the taker may see the own paper with what is right. */
_must_check_ enum err attempt_may_review(struct ctx *cx, const struct attempt_one_row *a, bool *ret);

/* ── guests of public assessments ── */

enum { GUEST_CODE_DIGITS = 32, GUEST_NAME_MAX = 100 };
/* New guests from one network in an hour. */
enum { GUESTS_NETWORK = 600 };
/* Somebody without an account begins: ret_code is the secret part of the address that is theirs alone (128 random bits, kept as hash), with an attempt opened.
 * ERR_NOT_FOUND: no such public assessment; ERR_INVALID: "name"; ERR_CONFLICT: not open now; ERR_TOO_MANY. */
_must_check_ enum err attempt_guest_begin(struct ctx *cx, int64_t exam_id, struct str name, struct str *ret_code);
/* Whose code it is. All that leads nowhere is ERR_NOT_FOUND alike. */
_must_check_ enum err attempt_guest(struct ctx *cx, struct str code, struct attempt_guest_row *ret);

/* The attempts of the account closed_id are kept_id's from now on, counted on behind the own ones: both are one person (feature/merge). An attempt that is open
 * in both goes on in the own one. */
_must_check_ enum err attempt_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

extern const struct job_kind attempt_jobs[]; /* ended by name NULL */
#endif
