/* The job that seals the audit trail; see trail.h. */
#include "feature/audit/trail.h"
#include "web/audit.h"

static enum err seal(struct ctx *cx, struct job *j)
{
	int64_t n;
	TRY(audit_seal(cx, &n));
	j->done += n;
	j->ended = n < AUDIT_SEAL_ROWS || j->cancel;
	return OK;
}

const struct job_kind trail_jobs[] = {
	{ .name = "audit.seal", .title = N_("Sealing the audit trail"), .step = seal, .every = TRAIL_SEAL_EVERY },
	{ 0 },
};
