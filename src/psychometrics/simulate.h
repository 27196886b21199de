/* Made-up people and items for tests and measuring: the same for the same seed, everywhere. */
#ifndef PSYCHOMETRICS_SIMULATE_H
#define PSYCHOMETRICS_SIMULATE_H
#include "psychometrics/item.h"

/* Numbers by xorshift64* (Vigna 2016, ACM TOMS 42). */
struct simulation {
	uint64_t seed; /* not 0 */
};
double simulate_uniform(struct simulation *s); /* in [0, 1) */
double simulate_normal(struct simulation *s);  /* N(0, 1) */
/* A number that belongs to a seed and a thing, whenever it is asked for: the finaliser of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA). */
uint64_t simulate_bits_of(uint64_t seed, uint64_t thing);
double simulate_uniform_of(uint64_t seed, uint64_t thing); /* in [0, 1) */
/* An item as tests have them: log a ~ N(0.1, 0.3²) (1.2 for Rasch), b ~ N(0, 1) with thresholds about 0.8 apart, c in 0.1 … 0.25. */
struct irt_item simulate_item(struct simulation *s, enum irt_model model, int categories);
int simulate_answer(struct simulation *s, const struct irt_item *i, double theta);
/* People with theta ~ N(0, 1) answer all items; in the arena. */
struct responses simulate_responses(struct arena *a, struct simulation *s, const struct irt_item *items, size_t n, size_t people);
#endif
