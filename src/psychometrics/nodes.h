/* The quadrature of this floor: NODES equally spaced points of theta from -THETA_MOST to THETA_MOST with weights of the standard normal density that
 * add up to 1 (rectangular rule), and sums over the nodes.
 *
 * Why this and not Gauss-Hermite: for a smooth function times a normal density the rectangular rule converges faster than any power of the distance
 * between points (Trefethen and Weideman 2014, "The exponentially convergent trapezoidal rule", SIAM Review 56). The posterior density of a person with
 * standard deviation s is integrated with a relative error of about 2 exp(-2 (pi s / h)^2), where h = 12 / 63 is the distance: 2e-15 for s = 0.25
 * (about 60 good items), 5e-5 for s = 0.14 (200 items). Gauss-Hermite points stand apart the wider the farther out, just where long tests need them.
 *
 * Sums are taken in LANES fixed lanes and then put together in a fixed order, so that they are the same on every run and the compiler may use vectors. */
#ifndef PSYCHOMETRICS_NODES_H
#define PSYCHOMETRICS_NODES_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { NODES = 64, LANES = 8 };
#define THETA_MOST 6.0

/* Put before a function that spends its time in such loops: it is compiled for processors with wider vectors too, and the right one is taken at the
 * start of the program. Without fused multiplication (fma is not named) both give the same bits. */
#if defined(__x86_64__) && !defined(__clang__)
#define FOR_WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define FOR_WIDE_VECTORS
#endif

struct nodes {
	double theta[NODES], log_weight[NODES];
};
void nodes_make(struct nodes *n);

static inline double nodes_dot(const double *restrict a, const double *restrict b)
{
	double s[LANES] = { 0 };
	for (size_t q = 0; q < NODES; q += LANES)
		for (size_t l = 0; l < LANES; l++)
			s[l] += a[q + l] * b[q + l];
	return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
}
static inline double nodes_sum(const double *restrict a)
{
	double s[LANES] = { 0 };
	for (size_t q = 0; q < NODES; q += LANES)
		for (size_t l = 0; l < LANES; l++)
			s[l] += a[q + l];
	return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
}
static inline double nodes_max(const double *restrict a)
{
	double s[LANES], m;
	memcpy(s, a, sizeof s);
	for (size_t q = LANES; q < NODES; q += LANES)
		for (size_t l = 0; l < LANES; l++)
			s[l] = a[q + l] > s[l] ? a[q + l] : s[l];
	m = s[0];
	for (size_t l = 1; l < LANES; l++)
		m = s[l] > m ? s[l] : m;
	return m;
}
static inline void nodes_add(double *restrict a, const double *restrict b)
{
	for (size_t q = 0; q < NODES; q++)
		a[q] += b[q];
}
/* x[q] = exp(x[q] - top) for all nodes, for x[q] <= top; what is less than 1e-300 comes out as about that. Error: below 2 units in the last place. */
void nodes_exp(double *x, double top);
#endif
