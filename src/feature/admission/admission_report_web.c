/* The report of a batch, for its coordinators, and for an office of its own people. */
#include "feature/admission/admission_report.h"
#include "web/action.h"

struct report_in {
	int64_t org_id, batch_id;
};
static const struct field batch_in[] = { FIELD(report_in, batch_id, F_ID, .must = true), FIELD_END };
static const struct field office_in[] = { FIELD(report_in, org_id, F_ID, .must = true), FIELD(report_in, batch_id, F_ID, .must = true), FIELD_END };

static enum err csv(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, struct answer *a)
{
	a->type = "text/csv; charset=utf-8";
	a->filename = str_fmt(cx->arena, "batch-%lld.csv", (long long)b->id);
	return admission_report_csv(cx, b, org_id, &a->bytes);
}

static enum err xlsx(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, struct answer *a)
{
	a->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	a->filename = str_fmt(cx->arena, "batch-%lld.xlsx", (long long)b->id);
	return admission_report_xlsx(cx, b, org_id, &a->bytes);
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct report_in *in = input;
	struct admission_batch_row b;
	(void)state;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	return csv(cx, &b, NONE, a);
}

static enum err xlsx_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct report_in *in = input;
	struct admission_batch_row b;
	(void)state;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	return xlsx(cx, &b, NONE, a);
}

/* A draft is nobody's but its coordinators'. */
static enum err batch_of_office(struct ctx *cx, int64_t batch_id, struct admission_batch_row *ret)
{
	TRY(admission_batch(cx, batch_id, ret));
	return str_is(ret->state, "draft") ? fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch.")) : OK;
}

static enum err office_csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct report_in *in = input;
	struct admission_batch_row b;
	(void)state;
	TRY(batch_of_office(cx, in->batch_id, &b));
	return csv(cx, &b, in->org_id, a);
}

static enum err office_xlsx_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct report_in *in = input;
	struct admission_batch_row b;
	(void)state;
	TRY(batch_of_office(cx, in->batch_id, &b));
	return xlsx(cx, &b, in->org_id, a);
}

#define BATCH "/batches/{batch_id}"
#define OFFICE "/orgs/{org_id}/batches/{batch_id}"
#define IN .in_size = sizeof(struct report_in)
const struct action admission_report_actions[] = {
	{ .name = "admission_report.csv",
	  .method = GET,
	  .page = BATCH "/requests-csv",
	  .api = "/api/v1" BATCH "/requests-csv",
	  .may = MAY_LEARN,
	  .scope = SCOPE_NONE,
	  .in = batch_in,
	  IN,
	  .run = csv_run,
	  .summary = "The report of a batch as CSV: everybody with request, decisions, seat, sessions, parts and completion; for its coordinators." },
	{ .name = "admission_report.xlsx",
	  .method = GET,
	  .page = BATCH "/requests-xlsx",
	  .api = "/api/v1" BATCH "/requests-xlsx",
	  .may = MAY_LEARN,
	  .scope = SCOPE_NONE,
	  .in = batch_in,
	  IN,
	  .run = xlsx_run,
	  .summary = "The same as a workbook." },
	{ .name = "admission_report.office_csv",
	  .method = GET,
	  .page = OFFICE "/requests-csv",
	  .api = "/api/v1" OFFICE "/requests-csv",
	  .may = MAY_NOMINATE,
	  .scope = SCOPE_ORG,
	  .in = office_in,
	  IN,
	  .run = office_csv_run,
	  .summary = "The report of a batch as CSV, of the organisation's own people." },
	{ .name = "admission_report.office_xlsx",
	  .method = GET,
	  .page = OFFICE "/requests-xlsx",
	  .api = "/api/v1" OFFICE "/requests-xlsx",
	  .may = MAY_NOMINATE,
	  .scope = SCOPE_ORG,
	  .in = office_in,
	  IN,
	  .run = office_xlsx_run,
	  .summary = "The same as a workbook." },
	ACTION_END,
};
