/* Item mapping; see mapping.h. */
#include "psychometrics/mapping.h"
#include "psychometrics/distribution.h"

double mapping_share(const struct mapped_item *v, size_t n, double theta)
{
	double earned = 0, all = 0;
	for (size_t i = 0; i < n; i++) {
		earned += v[i].points * irt_expected(&v[i].irt, theta) / (v[i].irt.categories - 1);
		all += v[i].points;
	}
	return all > 0 ? earned / all : 0;
}

double mapping_cut(const struct mapped_item *v, size_t n, double share)
{
	double low = -MAPPING_MOST, high = MAPPING_MOST;
	if (mapping_share(v, n, low) >= share)
		return low;
	if (mapping_share(v, n, high) < share)
		return high;
	while (high - low > 1e-9) {
		double middle = (low + high) / 2;
		if (mapping_share(v, n, middle) < share)
			low = middle;
		else
			high = middle;
	}
	return high;
}

double mapping_sure(double theta, double se, double cut)
{
	if (!(se > 0))
		return theta >= cut;
	return normal_above((cut - theta) / se);
}
