/* Papers of a campaign: the certificate of a person, the report of an organisation. Within the feature. */
#ifndef FEATURE_CAMPAIGN_PDF_H
#define FEATURE_CAMPAIGN_PDF_H
#include "feature/campaign/campaign_board.h"

/* The certificate of who has reached the target, signed as certificates of courses are (feature/credential) and carried in the file:
 * {"kind":"karmayogi-campaign","name","campaign","organisation","from","last","target_minutes","reached","issued","issuer","key"}; from, last: the
 * dates that hold where it was reached. ERR_CONFLICT: not reached. */
_must_check_ enum err campaign_certificate(struct ctx *cx, int64_t campaign_id, int64_t person_id, struct str *ret_pdf);
/* The report on a board: figures, charts by day and hour, and those right below by their place. */
_must_check_ enum err campaign_report(struct ctx *cx, const struct board *b, struct str *ret_pdf);
#endif
