/* Signing in through a provider: there, back, in; finding one's provider; leaving; one's own links. */
#include "feature/account/account_let_in.h"
#include "feature/person/person.h"
#include "feature/sso/sso.h"
#include "feature/sso/sso_let_in.h"
#include "feature/sso/sso_page.h"
#include "sso_back_html.h"
#include "sso_find_html.h"
#include "sso_left_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"
#include "web/session.h"

#include <stdio.h>

enum err sso_no_provider(struct ctx *cx)
{
	return fail(cx, ERR_NOT_FOUND, "provider", N_("There is no such provider here, or not any more. Sign in another way."));
}

static enum err provider_of(struct ctx *cx, struct str code, struct sso_provider_row *ret, struct metadata *ret_metadata)
{
	bool found = false;
	TRY(sso_sql_provider(cx, code, ret, &found));
	if (!found || !str_is(ret->protocol, "oidc"))
		return sso_no_provider(cx);
	return metadata_read(cx, ret->issuer, ret->metadata, ret_metadata) ? ERR_INTERNAL : OK;
}

/* What is refused is kept all the same: the state is used up and the new keys are known. */
static enum err refuse(struct ctx *cx, const struct flow *flow, struct answer *a)
{
	a->refused = ERR_INVALID;
	return session_count_try(cx, flow->state);
}

enum err sso_let_in(struct ctx *cx, const struct sso_provider_row *p, const struct flow *flow, const struct exchange_result *x, struct answer *a)
{
	int64_t person_id = 0;
	bool half = false;
	if (x->fault) {
		(void)!fail(cx, ERR_INVALID, "",
			    x->away ? N_("Your provider cannot be reached just now, or did not take our question. Please try again, or sign in another way.")
				    : N_("What your provider said of you does not hold, so nobody was signed in. Please begin anew; if it happens again, tell "
					 "your administrator."));
		return refuse(cx, flow, a);
	}
	enum err e = sso_person(cx, p, &x->claims, &person_id);
	if (e == ERR_INVALID)
		return refuse(cx, flow, a);
	TRY(e);
	cx->actor.person_id = person_id;
	TRY(sso_enter(cx, p, x, person_id, &half, &a->set_session));
	a->then = half ? str_fmt(cx->arena, "/sign-in/second?to=%s", url_encoded(cx, flow->to).p) : flow->to;
	return OK;
}

/* ── there ── */

struct go_in {
	struct str provider, to;
};
static const struct field go_in[] = { FIELD(go_in, provider, F_TEXT, .must = true, .max = 32), FIELD(go_in, to, F_TEXT, .max = 2000), FIELD_END };

static enum err go_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct go_in *in = input;
	struct str to = account_own_address(in->to);
	struct sso_provider_row p;
	struct metadata m;
	struct saml_metadata s;
	bool found = false;
	(void)state;
	TRY(sso_sql_provider(cx, in->provider, &p, &found));
	if (!found)
		return sso_no_provider(cx);
	if (cx->actor.person_id) {
		a->then = to;
		return OK;
	}
	if (str_is(p.protocol, "saml")) {
		if (saml_metadata_kept(cx, p.metadata, &s))
			return ERR_INTERNAL;
		flow_begin_saml(cx, &p, &s, to, &a->then, &a->set_sign_in);
		return OK;
	}
	TRY(provider_of(cx, in->provider, &p, &m));
	flow_begin(cx, &p, &m, to, &a->then, &a->set_sign_in);
	return OK;
}

/* ── back ── */

struct back_in {
	struct str provider, state, code, iss, error;
};
static const struct field back_in[] = {
	FIELD(back_in, provider, F_TEXT, .must = true, .max = 32),
	FIELD(back_in, state, F_SECRET, .max = 200),
	FIELD(back_in, code, F_SECRET, .max = 4000),
	FIELD(back_in, iss, F_TEXT, .max = 500),
	FIELD(back_in, error, F_TEXT, .max = 200),
	FIELD_END,
};

static enum err back_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct back_in *in = input;
	struct sso_back_page *v = ARENA_NEW(cx->arena, struct sso_back_page);
	struct sso_provider_row p;
	struct metadata m;
	(void)state;
	TRY(provider_of(cx, in->provider, &p, &m));
	*v = (struct sso_back_page){
		.provider = p.code, .name = p.name, .state = in->state, .code = in->code, .iss = in->iss, .error = in->error, .good = in->state.n
	};
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Sign in"));
	return OK;
}

/* ── in ── */

static const struct field enter_in[] = {
	FIELD(back_in, provider, F_TEXT, .must = true, .max = 32),
	FIELD(back_in, state, F_SECRET, .must = true, .max = 200),
	FIELD(back_in, code, F_SECRET, .max = 4000),
	FIELD(back_in, iss, F_TEXT, .max = 500),
	FIELD(back_in, error, F_TEXT, .max = 200),
	FIELD_END,
};

struct entering {
	struct sso_provider_row provider;
	struct metadata metadata;
	struct flow flow;
	struct exchange_result result;
};

static enum err enter_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct back_in *in = input;
	struct entering *s = ARENA_NEW(cx->arena, struct entering);
	struct sso_answer answer = { in->state, in->code, in->iss, in->error };
	*ret_state = s;
	TRY(session_may_try(cx, in->state));
	TRY(provider_of(cx, in->provider, &s->provider, &s->metadata));
	return flow_check(cx, &s->provider, &s->metadata, &answer, &s->flow);
}

static enum err enter_outside(struct ctx *cx, const void *input, void *state)
{
	const struct back_in *in = input;
	struct entering *s = state;
	sso_exchange(cx, &s->provider, &s->metadata, &s->flow, in->code, &s->result);
	if (s->result.fault)
		fprintf(stderr, "sso=%.*s %s\n", STR_ARG(s->provider.code), s->result.fault);
	return OK;
}

static enum err keep_keys(struct ctx *cx, const struct entering *s)
{
	if (s->result.keys.p)
		return sso_sql_set_keys(cx, s->result.keys, cx->now, s->provider.id, NULL);
	return s->result.keys_tried ? sso_sql_tried_keys(cx, cx->now, s->provider.id, NULL) : OK;
}

static enum err enter_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct entering *s = state;
	(void)input;
	TRY(flow_use(cx, &s->flow));
	TRY(keep_keys(cx, s));
	a->set_sign_in = S("");
	return sso_let_in(cx, &s->provider, &s->flow, &s->result, a);
}

/* ── finding one's provider ── */

struct find_in {
	struct str email, to;
};
static const struct field find_in[] = { FIELD(find_in, email, F_TEXT, .personal = true, .max = 254), FIELD(find_in, to, F_TEXT, .max = 2000), FIELD_END };

static enum err find_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct find_in *in = input;
	struct sso_find_page *v = ARENA_NEW(cx->arena, struct sso_find_page);
	struct str email = in->email.n ? person_email(cx, in->email) : STR_NONE;
	struct sso_of_domain_row row;
	bool found = false;
	(void)state;
	v->email = in->email;
	v->to = account_own_address(in->to);
	if (email.n) {
		v->domain = str_sub(email, (size_t)str_index(email, '@') + 1, email.n);
		TRY(sso_sql_of_domain(cx, v->domain, &row, &found));
	}
	if (found) {
		v->provider = row.code;
		v->name = row.name;
	}
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Through your organisation"));
	return OK;
}

/* ── leaving ── */

struct left_in {
	struct str from;
};
static const struct field left_in[] = { FIELD(left_in, from, F_SECRET, .max = 400), FIELD_END };

static enum err left_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct left_in *in = input;
	struct sso_left_page *v = ARENA_NEW(cx->arena, struct sso_left_page);
	(void)state;
	if (in->from.n)
		TRY(sso_leave_address(cx, in->from, &v->name, &v->url));
	a->view = v;
	ANSWER_TITLE(cx, a, N_("You are signed out here"));
	return OK;
}

/* ── one's own links ── */

struct unlink_in {
	int64_t identity_id;
};
static const struct field unlink_in[] = { FIELD(unlink_in, identity_id, F_ID, .must = true), FIELD_END };

static enum err unlink_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct unlink_in *in = input;
	(void)state;
	(void)a;
	return sso_unlink(cx, cx->actor.person_id, in->identity_id);
}

const struct action sso_enter_actions[] = {
	{ .name = "sso_enter.go",
	  .method = GET,
	  .page = "/sso/go/{provider}",
	  .may = MAY_ANYONE,
	  .in = go_in,
	  .in_size = sizeof(struct go_in),
	  .run = go_run,
	  .summary = "Begins a sign-in at a provider." },
	{ .name = "sso_enter.back",
	  .method = GET,
	  .page = "/sso/back/{provider}",
	  .may = MAY_ANYONE,
	  .in = back_in,
	  .in_size = sizeof(struct back_in),
	  .run = back_run,
	  .html = sso_back_view,
	  .summary = "The provider's answer, on its way into a form of our own." },
	{ .name = "sso_enter.enter",
	  .method = POST,
	  .page = "/sso/enter/{provider}",
	  .may = MAY_ANYONE,
	  .in = enter_in,
	  .in_size = sizeof(struct back_in),
	  .prepare = enter_prepare,
	  .outside = enter_outside,
	  .run = enter_run,
	  .form = "account.sign_in_page",
	  .then = "/",
	  .summary = "Completes a sign-in at a provider." },
	{ .name = "sso_enter.find",
	  .method = GET,
	  .page = "/sso/find",
	  .may = MAY_ANYONE,
	  .in = find_in,
	  .in_size = sizeof(struct find_in),
	  .run = find_run,
	  .html = sso_find_view,
	  .summary = "Finds the provider of an e-mail address." },
	{ .name = "sso_enter.left",
	  .method = GET,
	  .page = "/sso/left",
	  .may = MAY_ANYONE,
	  .in = left_in,
	  .in_size = sizeof(struct left_in),
	  .run = left_run,
	  .html = sso_left_view,
	  .summary = "After signing out: the way to sign out at the provider, too." },
	{ .name = "sso_enter.unlink",
	  .method = POST,
	  .page = "/me/identities/{identity_id}/end",
	  .api = "/api/v1/me/identities/{identity_id}/end",
	  .may = MAY_LEARN,
	  .in = unlink_in,
	  .in_size = sizeof(struct unlink_in),
	  .in_person = true,
	  .run = unlink_run,
	  .form = "account.show",
	  .then = "/me",
	  .notice = N_("The link is taken away."),
	  .summary = "Takes away one's link to a provider." },
	ACTION_END,
};
