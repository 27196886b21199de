/* Reading the providers' documents anew, and forgetting what has run out; see sso.h. */
#include "feature/sso/sso.h"

/* One provider a step; `at` is the last one that was read. */
struct reading {
	struct sso_after_row row;
	bool found;
	int64_t after;
	struct documents documents;
	const char *fault;
};

static enum err look(struct ctx *cx, void *arg)
{
	struct reading *r = arg;
	return sso_sql_after(cx, r->after, &r->row, &r->found);
}

static const char *read_anew(struct ctx *cx, struct reading *r)
{
	if (str_is(r->row.protocol, "oidc"))
		return documents_fetch(cx, r->row.issuer, &r->documents);
	const char *fault = saml_documents(cx, r->row.read_from, &r->documents);
	return fault || str_eq(r->documents.issuer, r->row.issuer) ? fault : "metadata: they are of another entity";
}

static enum err refresh_act(struct ctx *cx, struct job *j)
{
	struct reading *r = ARENA_NEW(cx->arena, struct reading);
	if (j->at.n && !str_int(j->at, &r->after))
		return ERR_INTERNAL;
	TRY(db_read(cx, look, r));
	if (r->found && !j->cancel)
		r->fault = read_anew(cx, r);
	j->state = r;
	return OK;
}

static enum err refresh_step(struct ctx *cx, struct job *j)
{
	const struct reading *r = j->state;
	j->ended = !r->found || j->cancel;
	if (j->ended) {
		TRY(sso_sql_sweep_used(cx, cx->now, NULL));
		return sso_sql_sweep_sessions(cx, cx->now, NULL);
	}
	j->at = str_fmt(cx->arena, "%lld", (long long)r->row.id);
	j->done++;
	if (r->fault)
		return sso_sql_set_trouble(cx, str_of(r->fault), r->row.id, NULL);
	return sso_sql_set_documents(cx, r->documents.metadata, r->documents.keys, cx->now, r->row.id, NULL);
}

const struct job_kind sso_jobs[] = {
	{ .name = "sso.refresh", .title = N_("Reading the providers of sign-ins anew"), .act = refresh_act, .step = refresh_step, .every = REFRESH_EVERY },
	{ 0 },
};
