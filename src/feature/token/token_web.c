/* Tokens by which programs act for a person, and the description of the API they use. */
#include "base/clock.h"
#include "feature/token/token_jobs.h"
#include "feature/token/token_page.h"
#include "token_made_html.h"
#include "tokens_html.h"
#include "web/action.h"
#include "web/idempotency.h"
#include "web/lang.h"
#include "web/openapi.h"
#include "web/token.h"

#define ENDED_SHOWN (30 * DAY)

struct add_in {
	struct str name, scopes;
	int64_t days;
};
static const struct field add_fields[] = {
	FIELD(add_in, name, F_TEXT, .label = N_("What is it for?"), .hint = N_("For example: nightly export to e-HRMS."), .must = true, .max = 80),
	FIELD(add_in, scopes, F_TEXT, .label = N_("Scopes"), .hint = N_("One or more words with spaces between, for example: learn:read org_see:read."),
	      .must = true, .max = TOKEN_SCOPES_MAX),
	FIELD(add_in, days, F_INT, .label = N_("Days until it expires"), .hint = N_("From 1 to 366; 90 when left empty."), .min = 1, .max = TOKEN_DAYS_MAX),
	FIELD_END,
};
struct end_in {
	int64_t token_id;
};
static const struct field end_fields[] = { FIELD(end_in, token_id, F_ID, .must = true), FIELD_END };
static const struct field item_out[] = {
	FIELD(token_item, id, F_ID),	       FIELD(token_item, name, F_TEXT),	      FIELD(token_item, scopes, F_TEXT),
	FIELD(token_item, created_at, F_TIME), FIELD(token_item, expires_at, F_TIME), FIELD(token_item, seen_at, F_TIME),
	FIELD(token_item, in_force, F_BOOL),   FIELD(token_item, ended, F_BOOL),      FIELD_END,
};

/* Only what the person could use: a word that never allows anything would mislead. */
static enum err scopes_of(struct ctx *cx, struct tokens_page *v)
{
	unsigned roles = R_ANYONE | R_SELF;
	TRY(access_roles(cx, &roles));
	v->scopes = ARENA_ARRAY(cx->arena, struct scope_item, MAY_COUNT_ + 1);
	v->scopes[v->n_scopes++] = (struct scope_item){ S("all"), str_of(tr(cx->lang, N_("everything you may do, now and later"))) };
	for (int i = MAY_NOTHING_ + 1; i < MAY_COUNT_; i++) {
		enum permission may = (enum permission)i;
		if (may != MAY_ANYONE && (permission_roles(may) & roles))
			v->scopes[v->n_scopes++] = (struct scope_item){ token_scope_of(cx, may, true), str_of(tr(cx->lang, permission_text(may))) };
	}
	return OK;
}

static enum err tokens_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct tokens_page *v = ARENA_NEW(cx->arena, struct tokens_page);
	struct token_of_person_row *rows;
	(void)input;
	(void)state;
	TRY(token_sql_of_person(cx, cx->actor.person_id, cx->now - ENDED_SHOWN, &rows, &v->n_tokens));
	v->tokens = ARENA_ARRAY(cx->arena, struct token_item, v->n_tokens);
	for (size_t i = 0; i < v->n_tokens; i++) {
		bool ended = rows[i].ended_at != NONE, expired = !ended && rows[i].expires_at <= cx->now;
		v->tokens[i] = (struct token_item){ rows[i].id,		rows[i].name, rows[i].scopes, rows[i].created_at, rows[i].expires_at, rows[i].seen_at,
						    !ended && !expired, ended,	      expired };
	}
	TRY(scopes_of(cx, v));
	ANSWER_ROWS(a, v->tokens, v->n_tokens);
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Tokens for programs"));
	return OK;
}

/* Answered with the page itself, not with a way to another: the secret is nowhere kept. */
static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	struct token_made_page *v = ARENA_NEW(cx->arena, struct token_made_page);
	struct token_add add = { cx->actor.person_id, in->name, in->scopes, in->days == NONE ? TOKEN_DAYS : in->days };
	int64_t id;
	(void)state;
	TRY(token_add(cx, &add, &v->secret, &id));
	v->name = in->name;
	v->scopes = in->scopes;
	v->expires_at = cx->now + add.days * DAY;
	v->base_url = cx->app->base_url;
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("The new token"));
	return OK;
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return token_end(cx, cx->actor.person_id, in->token_id);
}

static enum err openapi_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct buf b;
	(void)input;
	(void)state;
	buf_init(&b, cx->arena, OPENAPI_MAX);
	openapi_write(&b, cx->app->actions, cx->app->base_url);
	a->bytes = buf_get(&b);
	a->type = "application/json";
	return OK;
}

/* ── tidying ── */

static enum err sweep(struct ctx *cx, struct job *j)
{
	int64_t n = 0;
	TRY(idempotency_sweep(cx, &n));
	j->done += n;
	j->ended = n == 0;
	return OK;
}

const struct job_kind token_jobs[] = { { .name = "idempotency.sweep", .title = N_("Forgetting old answers"), .step = sweep, .every = HOUR }, { 0 } };

const struct action token_actions[] = {
	{ .name = "token.page", .method = GET, .page = "/me/tokens", .api = "/api/v1/me/tokens", .may = MAY_LEARN, .own = true, .run = tokens_run, .html = tokens_view,
	  .out = item_out, .out_list = true, .summary = "One's tokens: what for, how far, until when, last used." },
	{ .name = "token.add", .method = POST, .page = "/me/tokens", .may = MAY_LEARN, .in_person = true, .in = add_fields, .in_size = sizeof(struct add_in),
	  .run = add_run, .html = token_made_view, .form = "token.page", .summary = "Makes a token; its secret is shown once." },
	{ .name = "token.end", .method = POST, .page = "/me/tokens/{token_id}/end", .api = "/api/v1/me/tokens/{token_id}/end", .may = MAY_LEARN, .in = end_fields,
	  .in_size = sizeof(struct end_in), .run = end_run, .then = "/me/tokens", .notice = N_("The token is withdrawn. Programs that carry it are refused from now on."),
	  .summary = "Withdraws a token of one's own." },
	{ .name = "token.openapi", .method = GET, .api = "/api/v1/openapi.json", .may = MAY_ANYONE, .run = openapi_run, .summary = "This description (OpenAPI 3.1)." },
	ACTION_END,
};
