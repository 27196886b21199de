/* The hourly tidying of what the API keeps for a day. */
#ifndef FEATURE_TOKEN_JOBS_H
#define FEATURE_TOKEN_JOBS_H
#include "job/job.h"

extern const struct job_kind token_jobs[];
#endif
