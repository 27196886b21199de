/* View of the trial of an adaptive examination. */
#ifndef FEATURE_ADAPTIVE_PAGE_H
#define FEATURE_ADAPTIVE_PAGE_H
#include "web/html.h"

struct trial_stop {
	struct str name, share;
};
struct trial_page {
	int64_t org_id, exam_id, people, items, lacking;
	struct str org, exam;
	bool pool, ready, decides;
	double bias, rmse, length, exposure_max, unused, overlap, false_pass, false_fail; /* as psychometrics/adaptive_simulation.h has them */
	struct str bias_said, rmse_said, length_said, exposure_said, unused_said, overlap_said, false_pass_said, false_fail_said;
	struct trial_stop *stops;
	size_t n_stops;
	struct html error, lengths, exposures, passes; /* pictures */
};
#endif
