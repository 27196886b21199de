/* Symmetric matrices: n × n, row after row. */
#ifndef PSYCHOMETRICS_MATRIX_H
#define PSYCHOMETRICS_MATRIX_H
#include <stdbool.h>
#include <stddef.h>

/* Cholesky's factor L (lower, in place) of a positive definite matrix, of which the lower half is read. False: it is not positive definite, judged
 * against its own diagonal. */
bool matrix_factor(double *m, size_t n);
/* Solves L L' x = b in place of b. */
void matrix_solve(const double *factor, size_t n, double *b);
/* The inverse of L L', whole, into ret. */
void matrix_inverse(const double *factor, size_t n, double *ret);
#endif
