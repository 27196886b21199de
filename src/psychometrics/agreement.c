/* Agreement of judges; see agreement.h. */
#include "psychometrics/agreement.h"
#include "psychometrics/distribution.h"

#include <math.h>

static double mean_of(const double *x, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i];
	return sum / (double)n;
}

/* Over all pairs of judgements of a thing. */
static double mean_distance(const double *x, size_t things, size_t judges)
{
	double sum = 0;
	for (size_t i = 0; i < things; i++)
		for (size_t a = 0; a < judges; a++)
			for (size_t b = a + 1; b < judges; b++)
				sum += fabs(x[i * judges + a] - x[i * judges + b]);
	return sum / ((double)things * (double)(judges * (judges - 1) / 2));
}

bool agreement_of(const double *judged, size_t things, size_t judges, double confidence, struct agreement *ret)
{
	double between = 0, within = 0, k = (double)judges;
	*ret = (struct agreement){ 0 };
	if (things < 2 || judges < 2)
		return false;
	double all = mean_of(judged, things * judges);
	for (size_t i = 0; i < things; i++) {
		double mean = mean_of(judged + i * judges, judges);
		between += k * (mean - all) * (mean - all);
		for (size_t j = 0; j < judges; j++)
			within += (judged[i * judges + j] - mean) * (judged[i * judges + j] - mean);
	}
	double between_df = (double)(things - 1), within_df = (double)things * (k - 1);
	between /= between_df;
	within /= within_df;
	if (!(between + within > 0))
		return false;
	ret->single = (between - within) / (between + (k - 1) * within);
	ret->mean = between > 0 ? (between - within) / between : 0;
	ret->apart = mean_distance(judged, things, judges);
	ret->low = ret->high = ret->single;
	if (!(within > 0) || !(between > 0))
		return true;
	double f = between / within, p = 1 - (1 - confidence) / 2;
	double low = f / f_quantile(p, between_df, within_df), high = f * f_quantile(p, within_df, between_df);
	ret->low = (low - 1) / (low + k - 1);
	ret->high = (high - 1) / (high + k - 1);
	return true;
}
