/* Steps of an EM algorithm, made longer where they go the same way: SQUAREM (Varadhan and Roland 2008, Scandinavian Journal of Statistics 35), scheme
 * S3, never to a smaller value than that of a plain step. */
#ifndef PSYCHOMETRICS_SQUAREM_H
#define PSYCHOMETRICS_SQUAREM_H
#include "base/arena.h"

#include <stdbool.h>

struct squarem {
	size_t n;
	void *of;
	double (*value)(void *of, const double *at);	       /* E step: what is to be made great */
	void (*next)(void *of, const double *at, double *ret); /* M step, after the E step at the same place */
	bool (*correct)(void *of, double *at);		       /* brings a far place within its bounds; false: it is none */
	double *room, longest;
};
/* Room in the arena. */
struct squarem squarem_begin(struct arena *a, size_t n, void *of, double (*value)(void *of, const double *at),
			     void (*next)(void *of, const double *at, double *ret), bool (*correct)(void *of, double *at));
/* One cycle from `at`, whose E step is done; leaves the new place with its E step done, and its value. Returns the size of the first EM step. */
double squarem_cycle(struct squarem *s, double *at, double *value);
/* The greatest difference of two places. */
double squarem_distance(const double *a, const double *b, size_t n);
#endif
