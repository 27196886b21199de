/* What may never be wrong; see check.h. */
#include "feature/check/check.h"
#include "feature/campaign/campaign.h"
#include "feature/credential/credential.h"
#include "feature/enrolment/enrolment.h"
#include "feature/group/group.h"
#include "feature/names/names.h"
#include "feature/gap/gap.h"
#include "feature/karma/karma.h"
#include "feature/proficiency/proficiency.h"
#include "feature/progress/interval.h"
#include "feature/search/search.h"
#include "feature/tally/tally.h"
#include "web/audit.h"

struct findings {
	struct buf *b;
	size_t n;
};

static void found(struct findings *f, const char *promise, int64_t a, int64_t b)
{
	buf_fmt(f->b, "%s: %lld", promise, (long long)a);
	if (b)
		buf_fmt(f->b, " %lld", (long long)b);
	buf_char(f->b, '\n');
	f->n++;
}

/* Promises whose every row is a finding: the statement's own sentence names it. */
#define EACH_ROW_IS_WRONG(name, sentence, first, second)                                             \
	static enum err wrong_##name(struct ctx *cx, void *arg, const void *row)                     \
	{                                                                                            \
		const struct check_##name##_row *r = row;                                            \
		(void)cx;                                                                            \
		found(arg, sentence, r->first, second);                                              \
		return OK;                                                                           \
	}
EACH_ROW_IS_WRONG(postings, "postings overlap (postings)", a_id, r->b_id)
EACH_ROW_IS_WRONG(own_supervisor, "a person supervises himself (posting, person)", id, r->person_id)
EACH_ROW_IS_WRONG(tree, "the tree above an organisation is wrong (organisation)", id, 0)
EACH_ROW_IS_WRONG(completed_without_certificate, "completed without exactly one certificate (person, course)", person_id, r->course_id)
EACH_ROW_IS_WRONG(certificate_without_completion, "a certificate without a completion (certificate, person)", id, r->person_id)
EACH_ROW_IS_WRONG(complete_but_open, "everything credited but not completed (person, course)", person_id, r->course_id)
EACH_ROW_IS_WRONG(credit_without_enrolment, "a credit without an enrolment (person, resource)", person_id, r->resource_id)
EACH_ROW_IS_WRONG(credit_too_early, "credited by progress without the time (person, resource)", person_id, r->resource_id)
EACH_ROW_IS_WRONG(passed_without_credit, "a passed attempt without its credit (person, attempt)", person_id, r->id)
EACH_ROW_IS_WRONG(checked_without_credit, "a passed check after a group session without its credit (person, check)", person_id, r->id)
EACH_ROW_IS_WRONG(teaches_nothing, "a course names a competency that no framework here has in force at that level (course, level)", course_id, r->level)
EACH_ROW_IS_WRONG(tests_nothing, "a question names a competency that no framework here has in force at that level (question, level)", id, r->level)
EACH_ROW_IS_WRONG(asks_nothing, "an activity needs a competency that is not in force any more (activity, competency)", id, r->competency_id)
EACH_ROW_IS_WRONG(exam_without_form, "an open examination has no form to give out (examination)", id, 0)
EACH_ROW_IS_WRONG(exam_retired_item, "a form that is given out holds an item that has been retired (form, item)", id, r->item_id)
EACH_ROW_IS_WRONG(exam_asks_nothing, "an open examination asks a competency that is not in force any more (examination, competency)", exam_id, r->competency_id)
EACH_ROW_IS_WRONG(exam_form_wrong, "a form does not hold as many items as it says (form, examination)", id, r->exam_id)
EACH_ROW_IS_WRONG(done, "resources done is not the number of credits (person, course)", person_id, r->course_id)
EACH_ROW_IS_WRONG(days, "a day holds more learning than it has hours (person, day)", person_id, r->day)

static void proficiency_wrong(void *arg, int64_t person_id, int64_t competency_id)
{
	found(arg, "a level is not what its evidence says (person, competency)", person_id, competency_id);
}

static void gap_wrong(void *arg, int64_t person_id, int64_t competency_id)
{
	found(arg, person_id ? "what is asked of a person is not what the work says (person, competency)" : "a figure of gaps is not what is kept of people (competency)",
	      person_id ? person_id : competency_id, person_id ? competency_id : 0);
}

static void karma_wrong(void *arg, int64_t person_id, int64_t thing_id)
{
	found(arg, "Karma Points were given for something that is not there (person, thing)", person_id, thing_id);
}

static void campaign_wrong(void *arg, int64_t campaign_id, int64_t org_id)
{
	found(arg, "a figure of a campaign is not what is kept of people (campaign, organisation)", campaign_id, org_id);
}

static enum err vocabulary(struct ctx *cx, struct findings *f)
{
	struct search_unknown_row *rows;
	size_t n;
	TRY(search_sql_unknown(cx, &rows, &n));
	if (n)
		found(f, "words of courses are not in the vocabulary of search (how many)", (int64_t)n, 0);
	return OK;
}

static enum err names(struct ctx *cx, struct findings *f)
{
	int64_t n;
	TRY(names_missing(cx, &n));
	if (n)
		found(f, "people and organisations are not found by their names (how many)", n, 0);
	return OK;
}

static enum err course_counts(struct ctx *cx, void *arg, const void *row)
{
	const struct check_course_counts_row *r = row;
	(void)cx;
	if (r->enrolled != r->said_enrolled || r->completed != r->said_completed || r->ratings != r->said_ratings || r->stars != r->said_stars)
		found(arg, "the counters of a course differ from the facts (course)", r->id, 0);
	return OK;
}

static enum err org_counts(struct ctx *cx, void *arg, const void *row)
{
	const struct check_org_counts_row *r = row;
	(void)cx;
	if (r->completed != r->said_completed)
		found(arg, "the completions counted for an organisation differ from the facts (organisation)", r->id, 0);
	return OK;
}

static enum err intervals(struct ctx *cx, void *arg, const void *row)
{
	const struct check_intervals_row *r = row;
	struct intervals raw, normal;
	bool good = intervals_parse(cx->arena, r->intervals, SIZE_MAX, &raw);
	if (good) {
		normal = intervals_normal(cx->arena, &raw, INT64_MAX);
		good = str_eq(intervals_write(cx->arena, &normal), r->intervals) && intervals_length(&normal) == r->covered_ms;
	}
	if (!good)
		found(arg, "the intervals of a record do not fit its sum (person, resource)", r->person_id, r->resource_id);
	return OK;
}

static enum err certificates(struct ctx *cx, void *arg, const void *row)
{
	const struct check_certificates_row *r = row;
	if (!credential_signature_good(r->document, r->signature, cx->app->sign_pk))
		found(arg, "the signature of a certificate is wrong (certificate)", r->id, 0);
	return OK;
}

static void audit_wrong(void *arg, int64_t n, const char *sentence)
{
	found(arg, sentence, n, 0);
}

static void group_wrong(void *arg, int64_t group_id, int64_t person_id, const char *sentence)
{
	found(arg, sentence, group_id, person_id);
}

static enum err look_at_all(struct ctx *cx, struct findings *f)
{
	TRY(check_sql_postings(cx, wrong_postings, f));
	TRY(check_sql_own_supervisor(cx, wrong_own_supervisor, f));
	TRY(check_sql_tree(cx, wrong_tree, f));
	TRY(check_sql_completed_without_certificate(cx, wrong_completed_without_certificate, f));
	TRY(check_sql_certificate_without_completion(cx, wrong_certificate_without_completion, f));
	TRY(check_sql_complete_but_open(cx, wrong_complete_but_open, f));
	TRY(check_sql_credit_without_enrolment(cx, wrong_credit_without_enrolment, f));
	TRY(check_sql_credit_too_early(cx, wrong_credit_too_early, f));
	TRY(check_sql_passed_without_credit(cx, wrong_passed_without_credit, f));
	TRY(check_sql_checked_without_credit(cx, wrong_checked_without_credit, f));
	TRY(check_sql_teaches_nothing(cx, wrong_teaches_nothing, f));
	TRY(check_sql_tests_nothing(cx, wrong_tests_nothing, f));
	TRY(check_sql_asks_nothing(cx, wrong_asks_nothing, f));
	TRY(check_sql_exam_without_form(cx, wrong_exam_without_form, f));
	TRY(check_sql_exam_retired_item(cx, wrong_exam_retired_item, f));
	TRY(check_sql_exam_asks_nothing(cx, wrong_exam_asks_nothing, f));
	TRY(check_sql_exam_form_wrong(cx, wrong_exam_form_wrong, f));
	TRY(check_sql_done(cx, wrong_done, f));
	TRY(check_sql_course_counts(cx, course_counts, f));
	TRY(check_sql_org_counts(cx, org_counts, f));
	TRY(check_sql_intervals(cx, intervals, f));
	TRY(check_sql_days(cx, wrong_days, f));
	TRY(check_sql_certificates(cx, certificates, f));
	TRY(audit_prove(cx, audit_wrong, f));
	TRY(group_check(cx, group_wrong, f));
	TRY(names(cx, f));
	TRY(proficiency_check(cx, proficiency_wrong, f));
	TRY(gap_check(cx, gap_wrong, f));
	TRY(campaign_check(cx, campaign_wrong, f));
	TRY(karma_check(cx, karma_wrong, f));
	return vocabulary(cx, f);
}

enum err check_all(struct ctx *cx, struct buf *findings, size_t *ret_n)
{
	/* Memory of its own: that of cx goes back after every row that is looked at. */
	struct arena *own = arena_new();
	struct buf b;
	buf_init(&b, own, findings->max);
	struct findings f = { &b, 0 };
	enum err e = look_at_all(cx, &f);
	if (e == OK) {
		buf_str(findings, buf_get(&b));
		*ret_n = f.n;
	}
	arena_free(own);
	return e;
}

enum err check_rebuild(struct ctx *cx)
{
	TRY(enrolment_recount(cx));
	TRY(group_rebuild(cx));
	TRY(proficiency_rebuild(cx));
	TRY(gap_rebuild(cx));
	TRY(campaign_rebuild(cx));
	TRY(search_rebuild(cx));
	TRY(names_rebuild(cx));
	return tally_rebuild(cx);
}
