/* A level is an estimate: a mean with its uncertainty on the continuous scale of a framework, out of evidence of many kinds. Pure.
 *
 * Model. The level of a person in a competency is normal; before anything is known its mean is a third of the scale and its standard deviation
 * SPREAD, on a scale of three levels (other scales are stretched). Each piece of evidence is the level plus an error of its kind. Bayes' rule for
 * normal errors (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.5): precisions add, means are weighted by them,
 *
 *	mean = (m0 p0 + sum w_i y_i) / (p0 + sum w_i),   variance = 1 / (p0 + sum w_i),   w_i = 2^(-age_i / HALF_LIFE) / error_kind²
 *
 * so that old evidence says less and an estimate that nobody renews goes back to knowing nothing. The order of evidence does not matter.
 *
 * Errors come from published reliabilities r (the share of the variance of a measure that is not error): error = SPREAD sqrt((1 - r) / r). All constants with
 * their reasons stand in evidence.def and below, and nowhere else.
 *
 * Exactness. Sums are whole numbers: weights in millionths at ESTIMATE_EPOCH (all half-lives being the same, ageing is one common factor, so that two sums
 * are enough for every later day), by integer arithmetic alone. So they are the same bits in whatever order and on whatever machine they are made. */
#ifndef PSYCHOMETRICS_ESTIMATE_H
#define PSYCHOMETRICS_ESTIMATE_H
#include "base/str.h"

#include <stdbool.h>

enum evidence_kind {
#define EVIDENCE(code, name, words, reliability) EVIDENCE_##code,
#include "psychometrics/evidence.def"
#undef EVIDENCE
	EVIDENCE_KINDS
};
struct evidence_words {
	const char *code, *words; /* as kept; N_() */
	double reliability;
};
extern const struct evidence_words evidence_kinds[EVIDENCE_KINDS];
/* So many peers or subordinates must have answered before anything is told of what they said: with fewer, who said what can be guessed. */
enum { EVIDENCE_GROUP = 4 };
/* EVIDENCE_KINDS: there is none of this code. */
enum evidence_kind evidence_kind_of(struct str code);

/* How far levels of people in one kind of work lie apart, on a scale of three levels: two thirds of them within 0.8 of the middle. It is a choice: the
 * middle of the spread that three-level frameworks with most people at the middle level show. */
#define SPREAD 0.8
/* Skills that are not used are half forgotten after years, not months: without practice the loss after a year was -1.4 standard deviations for accuracy in
 * cognitive tasks at most (Arthur, Bennett, Stanush & McNelly 1998, Human Performance 11), while officers mostly practise what they learned. A power of
 * two in days, so that ageing is exact in whole numbers: 1024 days are 2 years and 10 months. */
enum { HALF_LIFE_DAYS = 1024 };
/* A requirement counts as met from this probability on: the estimate is then nearer to "yes" than to "no" (equal costs of both mistakes). */
#define MET 0.5

/* 1 January 2025, as a day number. Evidence from before has a smaller weight; more than 30 years before or after is taken as 30. */
enum { ESTIMATE_EPOCH = 20089, ESTIMATE_DAYS_MAX = 11000 };

/* What a piece of evidence adds to the two sums. day: when it was given; value: thousandths of a level; n_levels: of the framework, 1 to 10. */
struct evidence_sums {
	int64_t weight, weighted;
};
struct evidence_sums evidence_sums(enum evidence_kind kind, int64_t day, int64_t value, int64_t n_levels);

struct estimate {
	double mean, sd; /* levels; 0 to n_levels and a little beyond is cut off from the mean */
};
/* On a day. Sums of 0: what is known before any evidence. */
struct estimate estimate_of(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels);
/* Where the level lies, four times in five: so many standard deviations on both sides (the 90th percentile of the normal distribution), cut off at the ends
 * of the scale. */
#define FOUR_IN_FIVE 1.2816
struct estimate_band {
	double from, to;
};
struct estimate_band estimate_band(struct estimate e, int64_t n_levels);
/* The probability that the level is at least `level`. */
double estimate_reaches(struct estimate e, double level);
/* The first day after `day` on which age alone, without new evidence, changes whether `level` is reached with a probability of at least MET; INT64_MIN: never (not
 * within ESTIMATE_DAYS_MAX of the epoch). The mean moves to that before any evidence and never turns back, so there is at most one. */
int64_t estimate_turns(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels, int64_t level);
/* With one more piece of evidence of today. */
struct estimate estimate_with(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels, enum evidence_kind kind, int64_t value);
#endif
