/* What the tests of this floor share: cmocka, sets of answers from the literature, and figures near to each other. */
#ifndef PSYCHOMETRICS_PSYCHOMETRICS_CHECK_H
#define PSYCHOMETRICS_PSYCHOMETRICS_CHECK_H
#include "psychometrics/calibration.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define expect_near(got, wanted, within) expect_near_at((got), (wanted), (within), __FILE__, __LINE__)
static inline void expect_near_at(double got, double wanted, double within, const char *file, int line)
{
	if (!(fabs(got - wanted) <= within))
		print_error("expected: %.9g within %g\n     got: %.9g\n", wanted, within, got);
	_assert_true(fabs(got - wanted) <= within, "near enough", file, line);
}

/* Sections 6 and 7 of the Law School Admission Test, 1,000 people, five items: how many gave the answers 00000, 00001, … 11111 (first item first).
 * Bock and Lieberman 1970, Psychometrika 35, table 1; Bock and Aitkin 1981. */
static const int lsat_6[32] = { 3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298 };
static const int lsat_7[32] = { 12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308 };

static inline struct responses lsat(struct arena *a, const int counts[32])
{
	int8_t *x = ARENA_ARRAY(a, int8_t, 32 * 5);
	double *weight = ARENA_ARRAY(a, double, 32);
	size_t n = 0;
	for (size_t pattern = 0; pattern < 32; pattern++) {
		for (size_t i = 0; i < 5; i++)
			x[n * 5 + i] = (int8_t)(pattern >> (4 - i) & 1);
		weight[n] = counts[pattern];
		n += counts[pattern] > 0;
	}
	return (struct responses){ n, 5, x, weight };
}

/* Attitudes to science and technology (Comfort, Work, Future, Benefit; 1 … 4), 392 people of Great Britain: Karlheinz and Melich 1992, Euro-Barometer
 * 38.1; the first example of grm() in R's ltm (Rizopoulos 2006, Journal of Statistical Software 17) and of many others. Pattern and how many. */
static const int science[][2] = {
	{ 1111, 2 },  { 1321, 1 }, { 1423, 1 },	 { 1431, 1 },  { 2111, 1 }, { 2124, 1 }, { 2211, 1 },  { 2222, 4 },  { 2223, 2 },  { 2231, 1 },
	{ 2232, 1 },  { 2233, 1 }, { 2243, 1 },	 { 2313, 1 },  { 2322, 2 }, { 2323, 1 }, { 2332, 3 },  { 2333, 3 },  { 2334, 2 },  { 2341, 1 },
	{ 2343, 2 },  { 2421, 1 }, { 2443, 2 },	 { 2444, 1 },  { 3111, 1 }, { 3113, 2 }, { 3122, 2 },  { 3123, 4 },  { 3132, 5 },  { 3133, 5 },
	{ 3134, 3 },  { 3143, 1 }, { 3144, 1 },	 { 3212, 1 },  { 3214, 1 }, { 3221, 1 }, { 3222, 10 }, { 3223, 7 },  { 3231, 1 },  { 3232, 16 },
	{ 3233, 22 }, { 3234, 5 }, { 3241, 1 },	 { 3242, 1 },  { 3243, 3 }, { 3244, 2 }, { 3313, 2 },  { 3321, 1 },  { 3322, 13 }, { 3323, 10 },
	{ 3324, 2 },  { 3331, 5 }, { 3332, 23 }, { 3333, 52 }, { 3334, 8 }, { 3342, 7 }, { 3343, 13 }, { 3344, 12 }, { 3413, 1 },  { 3423, 1 },
	{ 3432, 2 },  { 3433, 4 }, { 3434, 4 },	 { 3441, 1 },  { 3442, 1 }, { 3443, 6 }, { 3444, 3 },  { 4114, 1 },  { 4122, 1 },  { 4124, 2 },
	{ 4134, 1 },  { 4221, 1 }, { 4223, 3 },	 { 4233, 8 },  { 4234, 2 }, { 4242, 1 }, { 4244, 1 },  { 4323, 1 },  { 4332, 2 },  { 4333, 21 },
	{ 4334, 3 },  { 4342, 2 }, { 4343, 5 },	 { 4344, 8 },  { 4432, 1 }, { 4433, 2 }, { 4434, 3 },  { 4442, 2 },  { 4443, 6 },  { 4444, 12 },
};

static inline struct responses science_responses(struct arena *a)
{
	int8_t *x = ARENA_ARRAY(a, int8_t, COUNT(science) * 4);
	double *weight = ARENA_ARRAY(a, double, COUNT(science));
	for (size_t row = 0; row < COUNT(science); row++) {
		int pattern = science[row][0];
		for (size_t i = 4; i-- > 0; pattern /= 10)
			x[row * 4 + i] = (int8_t)(pattern % 10 - 1);
		weight[row] = science[row][1];
	}
	return (struct responses){ COUNT(science), 4, x, weight };
}

/* The text of the first failure, for assert_string_equal. */
static inline const char *said(const struct ctx *cx)
{
	return cx->n_failures ? cx->failures[0].text : "nothing";
}
#endif
