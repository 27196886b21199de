/* Points and weights, and the exponential function for all of them at once; see nodes.h. */
#include "psychometrics/nodes.h"

#include <math.h>

void nodes_make(struct nodes *n)
{
	double sum = 0;
	for (size_t q = 0; q < NODES; q++) {
		n->theta[q] = THETA_MOST * (2.0 * (double)q / (NODES - 1) - 1);
		sum += exp(-0.5 * n->theta[q] * n->theta[q]);
	}
	for (size_t q = 0; q < NODES; q++)
		n->log_weight[q] = -0.5 * n->theta[q] * n->theta[q] - log(sum);
}

/* x = k ln 2 + r with |r| <= ln 2 / 2; exp(r) by its series to the 13th power; 2^k by writing the exponent of the number (IEEE 754). Adding and
 * taking away 1.5 * 2^52 rounds to a whole number, which then stands in the low bits: vectors of every x86 and ARM processor can do all of this. */
FOR_WIDE_VECTORS
void nodes_exp(double *x, double top)
{
	const double magic = 0x1.8p52, ln2_high = 0x1.62e42fefa0000p-1, ln2_low = 0x1.cf79abc9e3b39p-40;
	for (size_t q = 0; q < NODES; q++) {
		double t = x[q] - top;
		t = t > -690.0 ? t : -690.0;
		double k = t * 0x1.71547652b82fep0 + magic;
		int64_t bits;
		memcpy(&bits, &k, sizeof bits);
		k -= magic;
		double r = (t - k * ln2_high) - k * ln2_low;
		double e = 1.0 / 6227020800;
		e = e * r + 1.0 / 479001600;
		e = e * r + 1.0 / 39916800;
		e = e * r + 1.0 / 3628800;
		e = e * r + 1.0 / 362880;
		e = e * r + 1.0 / 40320;
		e = e * r + 1.0 / 5040;
		e = e * r + 1.0 / 720;
		e = e * r + 1.0 / 120;
		e = e * r + 1.0 / 24;
		e = e * r + 1.0 / 6;
		e = e * r + 0.5;
		e = e * r + 1.0;
		e = e * r + 1.0;
		uint64_t power = ((uint64_t)bits + 1023) << 52; /* the bits of the magic number itself are pushed out */
		double scale;
		memcpy(&scale, &power, sizeof scale);
		x[q] = e * scale;
	}
}
