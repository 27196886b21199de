/* Incomplete gamma and beta functions; see distribution.h. */
#include "psychometrics/distribution.h"

#include <math.h>

enum { TERMS = 100000 };
#define ENOUGH 1e-16
#define TINY 1e-300

/* lgamma writes the sign into a global variable; this form does not. */
static double log_gamma(double x)
{
	int sign;
	return lgamma_r(x, &sign);
}

double chi_square_above(double x, double df)
{
	double a = df / 2, y = x / 2;
	if (!(y > 0))
		return 1;
	double front = exp(a * log(y) - y - log_gamma(a));
	if (y < a + 1) { /* DLMF 8.11.4 */
		double term = 1 / a, sum = term;
		for (int n = 1; n < TERMS && term > sum * ENOUGH; n++)
			sum += term *= y / (a + n);
		return fmax(0, 1 - front * sum);
	}
	double b = y + 1 - a, c = 1 / TINY, d = 1 / b, h = d; /* DLMF 8.9.2, evaluated by Lentz's method */
	for (int n = 1; n < TERMS; n++) {
		double over = n * (a - n);
		b += 2;
		d = 1 / (over * d + b);
		c = b + over / c;
		h *= c * d;
		if (fabs(c * d - 1) < ENOUGH)
			break;
	}
	return front * h;
}

double normal_above(double z)
{
	return 0.5 * erfc(z / sqrt(2));
}

static double beta_fraction(double x, double a, double b)
{
	double c = 1, d = 1 - (a + b) * x / (a + 1), h;
	d = 1 / (fabs(d) < TINY ? TINY : d);
	h = d;
	for (int m = 1; m < TERMS; m++) {
		double last = h;
		double over[2] = { m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)) };
		for (int half = 0; half < 2; half++) {
			d = 1 + over[half] * d;
			c = 1 + over[half] / c;
			d = 1 / (fabs(d) < TINY ? TINY : d);
			c = fabs(c) < TINY ? TINY : c;
			h *= c * d;
		}
		if (fabs(h - last) <= fabs(h) * ENOUGH)
			break;
	}
	return h;
}

double beta_below(double x, double a, double b)
{
	if (!(x > 0))
		return 0;
	if (!(x < 1))
		return 1;
	double front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
	/* The fraction converges quickly on this side of the mean; the other is its mirror. */
	return x < (a + 1) / (a + b + 2) ? front * beta_fraction(x, a, b) / a : 1 - front * beta_fraction(1 - x, b, a) / b;
}

double f_quantile(double p, double d1, double d2)
{
	double low = 0, high = 1;
	for (int n = 0; n < 200 && high - low > 1e-16 * high; n++) {
		double mid = (low + high) / 2;
		if (beta_below(mid, d1 / 2, d2 / 2) < p)
			low = mid;
		else
			high = mid;
	}
	return d2 * low / (d1 * (1 - low));
}
