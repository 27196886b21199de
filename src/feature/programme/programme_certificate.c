/* A programme is completed: certificate, evidence, notice; see programme_certificate.h. */
#include "feature/programme/programme_certificate.h"
#include "base/clock.h"
#include "base/fact.h"
#include "base/json.h"
#include "feature/credential/credential.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/proficiency/proficiency.h"
#include "feature/programme/programme.h"

enum { DOCUMENT_MAX = 4096 };

static void member(struct json_out *j, const char *key, struct str v)
{
	jw_key(j, key);
	jw_str(j, v);
}

static struct str document_of(struct ctx *cx, struct str serial, const struct programme_certificate_facts_row *f, int64_t completed_at)
{
	struct buf b;
	buf_init(&b, cx->arena, DOCUMENT_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	member(&j, "kind", S("karmayogi-certificate"));
	member(&j, "serial", serial);
	member(&j, "name", f->name);
	member(&j, "programme", f->title);
	member(&j, "programme_code", f->code);
	member(&j, "provider", f->provider);
	jw_key(&j, "minutes");
	jw_int(&j, f->minutes);
	member(&j, "completed", clock_rfc3339(cx->arena, completed_at));
	member(&j, "issued", clock_rfc3339(cx->arena, cx->now));
	member(&j, "issuer", cx->app->base_url);
	member(&j, "key", str_hex(cx->arena, cx->app->sign_pk, sizeof cx->app->sign_pk));
	jw_close(&j, '}');
	return buf_get(&b);
}

/* As of a course: completed with verified learning, at the level that is taught. One programme is one piece of evidence for each competency. */
static enum err add_evidence(struct ctx *cx, int64_t programme_id, int64_t person_id, struct str title)
{
	struct programme_competencies_row *t;
	size_t n, failures = cx->n_failures;
	int64_t id;
	TRY(programme_sql_competencies(cx, person_today(cx), programme_id, &t, &n));
	for (size_t i = 0; i < n; i++) {
		enum err e = evidence_add(cx,
					  &(struct evidence_add){ .person_id = person_id,
								  .competency_id = t[i].competency_id,
								  .kind = EVIDENCE_certificate,
								  .value = 1000 * t[i].level,
								  .rater_id = NONE,
								  .source_id = programme_id,
								  .note = title },
					  &id);
		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		cx->n_failures = failures; /* a competency that is in force no more: the programme is completed all the same */
	}
	return OK;
}

static enum err tell(struct ctx *cx, int64_t programme_id, int64_t batch_id, int64_t person_id, struct str title, struct str serial)
{
	const struct msg_arg more[] = { { "programme_id", fact_id(cx, programme_id) }, { "batch_id", fact_id(cx, batch_id) }, { "serial", serial } };
	const struct msg_arg arg = { "programme", title };
	TRY(fact_tell(cx, &(struct fact){ FACT_programme_completed, person_id, NONE, NONE, more, sizeof more / sizeof *more }));
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_certificate,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "programme:%lld", (long long)programme_id),
						 .text = N_("You have completed the programme “{programme}”. Your certificate is ready."),
						 .args = &arg,
						 .n_args = 1,
						 .path = str_fmt(cx->arena, "/batches/%lld", (long long)batch_id),
						 .thing_id = NONE });
}

enum err programme_certify(struct ctx *cx, int64_t programme_id, int64_t batch_id, int64_t person_id)
{
	struct programme_certificate_facts_row f;
	int64_t kept = 0;
	TRY(programme_sql_certificate_facts(cx, person_id, programme_id, &f));
	struct str serial = credential_serial(cx), document = document_of(cx, serial, &f, cx->now);
	TRY(programme_sql_complete(cx, programme_id, person_id, batch_id, cx->now, serial, f.name, f.title, document, credential_sign(cx, document), &kept));
	if (!kept)
		return OK;
	TRY(add_evidence(cx, programme_id, person_id, f.title));
	return tell(cx, programme_id, batch_id, person_id, f.title, serial);
}

/* ── issued again ── */

static enum err keep_old(struct ctx *cx, int64_t programme_id, int64_t person_id, const struct programme_certificate_row *c, struct str newer,
			 int64_t newer_issued_at, struct str reason)
{
	return programme_sql_keep_old(cx, c->serial, programme_id, person_id, c->name, c->title, c->at, c->issued_at, c->document, c->signature, newer,
				      newer_issued_at, reason, NULL);
}

static enum err tell_again(struct ctx *cx, int64_t programme_id, int64_t person_id, const struct programme_certificate_row *old, struct str serial,
			   struct str title)
{
	const struct msg_arg more[] = { { "programme_id", fact_id(cx, programme_id) }, { "serial", serial }, { "replaces", old->serial } };
	const struct msg_arg arg = { "programme", title };
	TRY(fact_tell(cx, &(struct fact){ FACT_credential_issued, person_id, NONE, NONE, more, sizeof more / sizeof *more }));
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_certificate,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "programme:%lld:%.*s", (long long)programme_id, STR_ARG(serial)),
						 .text = N_("Your certificate of “{programme}” was issued again."),
						 .args = &arg,
						 .n_args = 1,
						 .path = str_fmt(cx->arena, "/batches/%lld", (long long)old->batch_id),
						 .thing_id = NONE });
}

enum err programme_reissue(struct ctx *cx, int64_t programme_id, int64_t person_id, struct str reason)
{
	struct programme_certificate_row old;
	struct programme_certificate_facts_row f;
	bool found = false;
	TRY(programme_sql_certificate(cx, programme_id, person_id, &old, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "programme_id", N_("There is no such certificate."));
	TRY(programme_sql_certificate_facts(cx, person_id, programme_id, &f));
	if (str_eq(f.name, old.name))
		return fail(cx, ERR_CONFLICT, "", N_("The name on the certificate is the person's name already."));
	struct str serial = credential_serial(cx), document = document_of(cx, serial, &f, old.at);
	TRY(keep_old(cx, programme_id, person_id, &old, serial, cx->now, reason));
	TRY(programme_sql_certify_again(cx, serial, f.name, f.title, document, credential_sign(cx, document), programme_id, person_id, NULL));
	return tell_again(cx, programme_id, person_id, &old, serial, f.title);
}

enum err programme_certificates_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct programme_both_completed_row *both;
	size_t n;
	TRY(programme_sql_move_old(cx, kept_id, closed_id, NULL));
	TRY(programme_sql_both_completed(cx, kept_id, closed_id, &both, &n));
	for (size_t i = 0; i < n; i++) {
		struct programme_certificate_row kept, closed;
		bool found = false;
		TRY(programme_sql_certificate(cx, both[i].programme_id, kept_id, &kept, &found));
		TRY(programme_sql_certificate(cx, both[i].programme_id, closed_id, &closed, &found));
		TRY(keep_old(cx, both[i].programme_id, kept_id, &closed, kept.serial, kept.issued_at, S("")));
	}
	TRY(programme_sql_move_completion(cx, kept_id, closed_id, NULL));
	return programme_sql_forget_completions(cx, closed_id, NULL);
}
