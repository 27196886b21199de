/* Cholesky's method; see matrix.h. */
#include "psychometrics/matrix.h"

#include <math.h>

bool matrix_factor(double *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double *row = m + i * n, least = row[i] * 1e-12;
		for (size_t j = 0; j <= i; j++) {
			const double *other = m + j * n;
			double sum = row[j];
			for (size_t k = 0; k < j; k++)
				sum -= row[k] * other[k];
			if (j < i)
				row[j] = sum / other[j];
			else if (!(sum > least) || !isfinite(sum))
				return false;
			else
				row[i] = sqrt(sum);
		}
	}
	return true;
}

void matrix_solve(const double *factor, size_t n, double *b)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++)
			b[i] -= factor[i * n + k] * b[k];
		b[i] /= factor[i * n + i];
	}
	for (size_t i = n; i-- > 0;) {
		b[i] /= factor[i * n + i];
		for (size_t k = 0; k < i; k++)
			b[k] -= factor[i * n + k] * b[i];
	}
}

void matrix_inverse(const double *factor, size_t n, double *ret)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++)
			ret[i * n + k] = k == i;
		matrix_solve(factor, n, ret + i * n);
	}
}
