/* The audit trail for people: the page and the file of an organisation, who looked at my record, and the job that seals. */
#ifndef FEATURE_TRAIL_H
#define FEATURE_TRAIL_H
#include "job/job.h"
#include "trail_sql.h"

/* Seals the trail every TRAIL_SEAL_EVERY. */
#define TRAIL_SEAL_EVERY (10 * SECOND)
extern const struct job_kind trail_jobs[];
#endif
