/* Signals out of the papers of one form: what asks for a closer look, with how often chance alone gives it. Knows no data; the figures are those of
 * psychometrics.
 *
 *   alike     two of one room answered more alike than chance allows. value: equal answers, of: questions with options that both answered. Tested: pairs of a
 * room. chance: of the generalised binomial test (integrity.h). threshold: ALARMS / pairs tested, so that ALARMS false alarms are expected among all pairs.
 *   rapid     answers faster than the question can be read. value: such answers, of: answers with a time. Tested: people.
 *   speed     much faster than the others on the whole. value: how many times as fast as usual (2: twice).
 *   uneven    some answers far too fast, others slow. value: the sum of squares, of: answers with a time.
 *   fit       right answers to what is hard beside wrong ones to what is easy: lz* (fit.h). value: lz*, of: questions answered. Calibrated forms only.
 *   left      the page was left. value: times, of: seconds in all.        threshold: LEFT_TIMES
 *   copied    something was copied or pasted. value: times.               threshold: 1
 *   devices   another device took the paper. value: times.                threshold: 1
 *   late      answers that came after the end, sealed before it. value: answers.   threshold: 1
 *   forged    messages with a seal that does not fit. value: messages.    threshold: 1
 *
 * For rapid, speed, uneven and fit the threshold is a chance below PEOPLE_LEVEL, so that PEOPLE_LEVEL times the people tested are expected by chance. What the
 * device noticed (left … forged) is no matter of chance and has none. Times need TIMED_LEAST people, pairs ALIKE_LEAST people and ALIKE_ITEMS common questions:
 * with fewer, nothing is said. */
#ifndef FEATURE_INTEGRITY_SIGNALS_H
#define FEATURE_INTEGRITY_SIGNALS_H
#include "psychometrics/item.h"

enum { ALIKE_LEAST = 20, ALIKE_ITEMS = 10, TIMED_LEAST = 20, LEFT_TIMES = 3, SIGNALS_MAX = 2000, SITTING_PEOPLE_MAX = 5000, SITTING_ROOM_MAX = 500 };
#define ALARMS 0.05
#define PEOPLE_LEVEL 0.001

enum signal_kind {
	SIGNAL_ALIKE,
	SIGNAL_RAPID,
	SIGNAL_SPEED,
	SIGNAL_UNEVEN,
	SIGNAL_FIT,
	SIGNAL_LEFT,
	SIGNAL_COPIED,
	SIGNAL_DEVICES,
	SIGNAL_LATE,
	SIGNAL_FORGED,
	SIGNAL_KINDS
};
extern const char *const signal_kinds[SIGNAL_KINDS]; /* "alike" … */

/* All papers of a form that are handed in. Rows are people, columns questions. */
struct sitting {
	size_t people, items;
	const int64_t *room;		   /* of each person; 0: none, these are one room */
	const int8_t *chosen;		   /* questions with options: which was chosen, or NOT_ANSWERED; other questions: NOT_ANSWERED */
	const int8_t *key;		   /* the right option */
	const int8_t *scored;		   /* category earned, or NOT_ANSWERED */
	const double *seconds;		   /* 0: not known */
	const struct irt_item *calibrated; /* NULL: not all are */
	const struct noticed {
		int64_t left, left_seconds, copied, devices, late, forged;
	} * noticed;
};
struct signal {
	enum signal_kind kind;
	size_t person, other;			   /* other: of a pair; SIZE_MAX: none */
	double value, threshold, chance, expected; /* chance, expected: NaN: no matter of chance */
	int64_t of;
};
struct signals {
	struct signal *v; /* most conspicuous of each kind first, at most SIGNALS_MAX in all; of a pair one */
	size_t n, tested[SIGNAL_KINDS];
	double expected[SIGNAL_KINDS]; /* NaN: no matter of chance */
};
/* In the arena: about 100 bytes for each option of each question of each person, and for each pair. Takes time: for a room of 40 with 60 questions some
 * milliseconds, for one of SITTING_ROOM_MAX about a second. */
struct signals signals_of(struct arena *a, const struct sitting *s);
#endif
