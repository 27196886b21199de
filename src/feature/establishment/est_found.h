/* What was found in an establishment file, as the texts that are kept of it. Within feature/establishment. */
#ifndef FEATURE_EST_FOUND_H
#define FEATURE_EST_FOUND_H
#include "feature/establishment/est_look.h"

/* Pages of ESTABLISHMENT_PAGE rows each, CSV; those of changes also as a digest. In the arena of cx. */
struct est_found {
	struct strs errors, changes;
	struct str digest;
	size_t n_rows, n_errors;
	int64_t n[EST_KINDS][4];
};
void est_found(struct est *e, struct est_found *ret);
#endif
