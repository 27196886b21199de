/* Signals in sentences for people. */
#ifndef FEATURE_INTEGRITY_SIGNAL_WORDS_H
#define FEATURE_INTEGRITY_SIGNAL_WORDS_H
#include "base/ctx.h"

/* A few words for a kind: "Answers alike". */
struct str signal_name(struct ctx *cx, struct str kind);
/* What was found: "38 of 40 questions that both answered have the same answer". */
struct str signal_says(struct ctx *cx, struct str kind, double value, int64_t of_n);
/* From which on it is a signal. */
struct str signal_threshold(struct ctx *cx, double threshold, bool by_chance);
/* How often honest work gives as much: "once in 12,000"; what is no matter of chance says so. */
struct str signal_chance(struct ctx *cx, double chance);
/* False alarms to be expected: "0.05"; absent: no matter of chance. */
struct str signal_expected(struct ctx *cx, double expected);
/* What somebody decided; absent: nobody has. */
struct str signal_found(struct ctx *cx, struct str found);
#endif
