/* The second factor: setting it up, showing it when signing in, recovery codes, turning it off. */
#include "factor_html.h"
#include "feature/account/account_let_in.h"
#include "feature/account/account_page.h"
#include "feature/account/qr_path.h"
#include "feature/person/person.h"
#include "recovery_html.h"
#include "second_html.h"
#include "session_sql.h"
#include "web/lang.h"
#include "web/request.h"
#include "web/session.h"

enum { TRIES_A_DAY = 40 };

/* ── the second step of signing in ── */

struct second_in {
	struct str code, to;
};
static const struct field second_page_in[] = { FIELD(second_in, to, F_TEXT, .max = 2000), FIELD_END };
static const struct field second_in[] = {
	FIELD(second_in, code, F_SECRET, .label = N_("Code"), .hint = N_("Six digits of your code generator, or a recovery code."), .must = true, .max = 40,
	      .autocomplete = "one-time-code"),
	FIELD(second_in, to, F_TEXT, .max = 2000),
	FIELD_END,
};

static enum err second_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct second_in *in = input;
	struct second_page *v = ARENA_NEW(cx->arena, struct second_page);
	(void)state;
	v->to = account_own_address(in->to);
	v->waits = cx->actor.half_id != 0;
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Second factor"));
	return OK;
}

static struct str tries_key(struct ctx *cx, int64_t person_id)
{
	return str_fmt(cx->arena, "factor:%lld", (long long)person_id);
}

static enum err wait_or_none(struct ctx *cx, int64_t person_id)
{
	if (!person_id)
		return fail(cx, ERR_GONE, "", N_("This took too long, or you were signed out. Sign in with your password once more."));
	return session_may_try(cx, tries_key(cx, person_id));
}

static enum err second_check(struct ctx *cx, const void *input, void **ret_state)
{
	(void)input;
	*ret_state = NULL;
	return wait_or_none(cx, cx->actor.half_id);
}

/* Tries a code; a wrong one is counted, noted with its field, and refused. Good or not, there is an end to it each day. */
static enum err try_code(struct ctx *cx, int64_t person_id, struct str code, struct answer *a, bool *ret_good)
{
	TRY(session_limit(cx, "factor", tries_key(cx, person_id), TRIES_A_DAY, DAY));
	TRY(factor_try(cx, person_id, code, ret_good));
	if (*ret_good)
		return session_forget_tries(cx, tries_key(cx, person_id));
	TRY(session_count_try(cx, tries_key(cx, person_id)));
	(void)!fail(cx, ERR_INVALID, "code",
		    N_("does not fit. Each code is good once; wait for the next one, and look whether the clock of your telephone is right"));
	a->refused = ERR_INVALID;
	return OK;
}

static enum err second_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct second_in *in = input;
	int64_t person_id = cx->actor.half_id;
	bool good = false;
	(void)state;
	TRY(wait_or_none(cx, person_id));
	TRY(try_code(cx, person_id, in->code, a, &good));
	if (!good)
		return OK;
	TRY(session_sql_end(cx, cx->actor.session_id, person_id, NULL));
	TRY(session_open(cx, person_id, cx->agent, &a->set_session));
	if (cx->app->session_follows)
		TRY(cx->app->session_follows(cx, cx->actor.session_id, a->set_session));
	cx->actor.person_id = person_id;
	a->then = account_own_address(in->to);
	return OK;
}

/* ── one's own second factor ── */

static const struct field factor_out[] = { FIELD(factor_page, on, F_BOOL),     FIELD(factor_page, begun, F_BOOL), FIELD(factor_page, left, F_INT),
					   FIELD(factor_page, secret, F_TEXT), FIELD(factor_page, uri, F_TEXT),	  FIELD_END };

/* What code generators read (Google Authenticator's key URI format). */
static enum err put_secret(struct ctx *cx, struct factor_page *v, const struct factor *f)
{
	struct account_contacts_row k;
	bool found = false;
	struct str label;
	TRY(account_sql_contacts(cx, cx->actor.person_id, &k, &found));
	if (!found || !factor_secret(cx, cx->actor.person_id, f, &v->secret)) {
		v->begun = false;
		return OK;
	}
	label = url_encoded(cx, k.email.n ? k.email : k.mobile);
	v->uri = str_fmt(cx->arena, "otpauth://totp/Karmayogi:%s?secret=%s&issuer=Karmayogi&algorithm=SHA1&digits=%d&period=%d", label.p, v->secret.p,
			 CODE_DIGITS, FACTOR_STEP_S);
	v->path = qr_path(cx, v->uri, &v->size);
	return OK;
}

static enum err factor_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct factor_page *v = ARENA_NEW(cx->arena, struct factor_page);
	struct factor f;
	unsigned roles = 0;
	(void)input;
	(void)state;
	TRY(factor_of(cx, cx->actor.person_id, &f));
	TRY(access_roles(cx, &roles));
	v->on = f.on;
	v->begun = f.begun && !f.on;
	v->on_at = f.on_at;
	v->left = f.left;
	v->required = cx->app->second_factor_required && (roles & ROLES_WIDE);
	if (v->begun)
		TRY(put_secret(cx, v, &f));
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Second factor"));
	ANSWER_ROW(a, v);
	return OK;
}

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return factor_begin(cx, cx->actor.person_id);
}

struct code_in {
	struct str code;
};
static const struct field code_in[] = {
	FIELD(code_in, code, F_SECRET, .label = N_("Code"), .hint = N_("Six digits, as your code generator shows them now."), .must = true, .max = 40,
	      .autocomplete = "one-time-code"),
	FIELD_END,
};
struct codes_out {
	struct strs codes;
};
static const struct field codes_out[] = { FIELD(codes_out, codes, F_TEXTS), FIELD_END };

static enum err own_check(struct ctx *cx, const void *input, void **ret_state)
{
	(void)input;
	*ret_state = NULL;
	return wait_or_none(cx, cx->actor.person_id);
}

static void put_recovery(struct ctx *cx, struct answer *a, const struct str *codes, bool first)
{
	struct recovery_page *v = ARENA_NEW(cx->arena, struct recovery_page);
	struct codes_out *row = ARENA_NEW(cx->arena, struct codes_out);
	v->first = first;
	v->n_codes = row->codes.n = RECOVERY_CODES;
	v->codes = ARENA_ARRAY(cx->arena, struct recovery_code_item, RECOVERY_CODES);
	row->codes.v = ARENA_ARRAY(cx->arena, struct str, RECOVERY_CODES);
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		v->codes[i].code = row->codes.v[i] = codes[i];
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Recovery codes"));
	ANSWER_ROW(a, row);
}

static enum err confirm_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct code_in *in = input;
	struct str codes[RECOVERY_CODES];
	bool good = false;
	(void)state;
	TRY(factor_confirm(cx, cx->actor.person_id, in->code, &good, codes));
	if (good) {
		put_recovery(cx, a, codes, true);
		return OK;
	}
	TRY(session_count_try(cx, tries_key(cx, cx->actor.person_id)));
	(void)!fail(cx, ERR_INVALID, "code", N_("does not fit. Wait for the next one, and look whether the clock of your telephone is right"));
	a->refused = ERR_INVALID;
	return OK;
}

static enum err recovery_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct code_in *in = input;
	struct str codes[RECOVERY_CODES];
	bool good = false;
	(void)state;
	TRY(try_code(cx, cx->actor.person_id, in->code, a, &good));
	if (!good)
		return OK;
	TRY(factor_recovery(cx, cx->actor.person_id, codes));
	put_recovery(cx, a, codes, false);
	return OK;
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct code_in *in = input;
	bool good = false;
	(void)state;
	TRY(try_code(cx, cx->actor.person_id, in->code, a, &good));
	if (!good)
		return OK;
	TRY(factor_end(cx, cx->actor.person_id));
	return account_tell(cx, cx->actor.person_id, N_("your second factor for Karmayogi was turned off."));
}

const struct action factor_actions[] = {
	{ .name = "factor.second_page",
	  .method = GET,
	  .page = "/sign-in/second",
	  .may = MAY_ANYONE,
	  .in = second_page_in,
	  .in_size = sizeof(struct second_in),
	  .run = second_page_run,
	  .html = second_view,
	  .summary = "The second step of signing in." },
	{ .name = "factor.second",
	  .method = POST,
	  .page = "/sign-in/second",
	  .api = "/api/v1/session/second",
	  .may = MAY_ANYONE,
	  .in = second_in,
	  .in_size = sizeof(struct second_in),
	  .prepare = second_check,
	  .run = second_run,
	  .form = "factor.second_page",
	  .then = "/",
	  .summary = "Shows the second factor (or a recovery code) and is signed in." },
	{ .name = "factor.show",
	  .method = GET,
	  .page = "/me/second-factor",
	  .api = "/api/v1/me/second-factor",
	  .may = MAY_LEARN,
	  .own = true,
	  .in_person = true,
	  .before_factor = true,
	  .out = factor_out,
	  .run = factor_page_run,
	  .html = factor_view,
	  .summary = "One's second factor; while it is being set up, its secret." },
	{ .name = "factor.begin",
	  .method = POST,
	  .page = "/me/second-factor/begin",
	  .api = "/api/v1/me/second-factor/begin",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .before_factor = true,
	  .run = begin_run,
	  .form = "factor.show",
	  .then = "/me/second-factor",
	  .summary = "Makes a new secret, which does not count before it is confirmed." },
	{ .name = "factor.confirm",
	  .method = POST,
	  .page = "/me/second-factor",
	  .api = "/api/v1/me/second-factor",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .before_factor = true,
	  .in = code_in,
	  .in_size = sizeof(struct code_in),
	  .out = codes_out,
	  .prepare = own_check,
	  .run = confirm_run,
	  .html = recovery_view,
	  .form = "factor.show",
	  .summary = "Confirms the secret with a code; answers the recovery codes, once." },
	{ .name = "factor.recovery",
	  .method = POST,
	  .page = "/me/second-factor/recovery",
	  .api = "/api/v1/me/second-factor/recovery",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = code_in,
	  .in_size = sizeof(struct code_in),
	  .out = codes_out,
	  .prepare = own_check,
	  .run = recovery_run,
	  .html = recovery_view,
	  .form = "factor.show",
	  .summary = "Makes new recovery codes; the old ones are void." },
	{ .name = "factor.end",
	  .method = POST,
	  .page = "/me/second-factor/end",
	  .api = "/api/v1/me/second-factor/end",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = code_in,
	  .in_size = sizeof(struct code_in),
	  .prepare = own_check,
	  .run = end_run,
	  .form = "factor.show",
	  .then = "/me",
	  .notice = N_("The second factor is turned off."),
	  .summary = "Turns the second factor off." },
	ACTION_END,
};
