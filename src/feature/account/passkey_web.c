/* Passkeys: challenges for the browser, adding, signing in, taking away. */
#include "feature/account/account_let_in.h"
#include "feature/account/account_page.h"
#include "feature/account/passkey.h"
#include "web/lang.h"
#include "web/session.h"

enum { CHALLENGES_AN_HOUR = 300 };

struct options {
	struct str challenge, host, user_id, user_name;
	struct strs known;
};
static const struct field options_out[] = {
	FIELD(options, challenge, F_TEXT), FIELD(options, host, F_TEXT),   FIELD(options, user_id, F_TEXT),
	FIELD(options, user_name, F_TEXT), FIELD(options, known, F_TEXTS), FIELD_END,
};

static enum err add_options_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct options *row = ARENA_NEW(cx->arena, struct options);
	struct account_passkeys_row *keys;
	struct account_contacts_row k;
	bool found = false;
	size_t n;
	(void)input;
	(void)state;
	TRY(account_sql_contacts(cx, cx->actor.person_id, &k, &found));
	TRY(account_sql_passkeys(cx, cx->actor.person_id, &keys, &n));
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(cx->arena, row->known.v, row->known.n) = keys[i].credential_id;
	row->host = passkey_host(cx);
	row->user_id = str_fmt(cx->arena, "%lld", (long long)cx->actor.person_id);
	row->user_name = k.email.n ? k.email : k.mobile;
	ANSWER_ROW(a, row);
	return passkey_challenge(cx, cx->actor.person_id, &row->challenge);
}

static enum err try_options_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct options *row = ARENA_NEW(cx->arena, struct options);
	(void)input;
	(void)state;
	TRY(session_limit(cx, "passkey", session_network(cx), CHALLENGES_AN_HOUR, HOUR));
	row->host = passkey_host(cx);
	ANSWER_ROW(a, row);
	return passkey_challenge(cx, NONE, &row->challenge);
}

struct answer_in {
	struct str credential_id, client_data, authenticator_data, signature, to;
};
static const struct field add_in[] = {
	FIELD(answer_in, credential_id, F_TEXT, .must = true, .max = PASSKEY_ID_MAX),
	FIELD(answer_in, client_data, F_SECRET, .must = true, .max = 4000),
	FIELD(answer_in, authenticator_data, F_SECRET, .must = true, .max = 8000),
	FIELD_END,
};
static const struct field try_in[] = {
	FIELD(answer_in, credential_id, F_TEXT, .must = true, .max = PASSKEY_ID_MAX),
	FIELD(answer_in, client_data, F_SECRET, .must = true, .max = 4000),
	FIELD(answer_in, authenticator_data, F_SECRET, .must = true, .max = 8000),
	FIELD(answer_in, signature, F_SECRET, .must = true, .max = 400),
	FIELD(answer_in, to, F_TEXT, .max = 2000),
	FIELD_END,
};

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct answer_in *in = input;
	(void)state;
	(void)a;
	TRY(passkey_add(cx, &(struct passkey_answer){ in->credential_id, in->client_data, in->authenticator_data, STR_NONE }));
	return account_tell(cx, cx->actor.person_id, N_("a passkey was added to your account; with it one signs in to Karmayogi as you."));
}

struct there {
	struct str to;
};
static const struct field there_out[] = { FIELD(there, to, F_TEXT), FIELD_END };

static enum err try_check(struct ctx *cx, const void *input, void **ret_state)
{
	const struct answer_in *in = input;
	*ret_state = NULL;
	return session_may_try(cx, in->credential_id);
}

static enum err try_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct answer_in *in = input;
	struct there *row = ARENA_NEW(cx->arena, struct there);
	int64_t person_id = 0;
	(void)state;
	TRY(passkey_try(cx, &(struct passkey_answer){ in->credential_id, in->client_data, in->authenticator_data, in->signature }, &person_id));
	if (!person_id) {
		TRY(session_count_try(cx, in->credential_id));
		(void)!fail(cx, ERR_INVALID, "credential_id",
			    N_("This passkey does not open anything here. It may have been taken away; sign in with your password."));
		a->refused = ERR_INVALID;
		return OK;
	}
	cx->actor.person_id = person_id;
	row->to = account_own_address(in->to);
	ANSWER_ROW(a, row);
	return session_open(cx, person_id, cx->agent, &a->set_session);
}

struct end_in {
	int64_t passkey_id;
};
static const struct field end_in[] = { FIELD(end_in, passkey_id, F_ID, .must = true), FIELD_END };

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	int64_t changed = 0;
	(void)state;
	(void)a;
	TRY(account_sql_drop_passkey(cx, in->passkey_id, cx->actor.person_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "passkey_id", N_("There is no such passkey of yours."));
}

const struct action passkey_actions[] = {
	{ .name = "passkey.add_options",
	  .method = POST,
	  .api = "/api/v1/me/passkeys/options",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .out = options_out,
	  .run = add_options_run,
	  .quiet = true,
	  .summary = "A challenge for a new passkey, with what the browser needs to make one." },
	{ .name = "passkey.add",
	  .method = POST,
	  .api = "/api/v1/me/passkeys",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = add_in,
	  .in_size = sizeof(struct answer_in),
	  .run = add_run,
	  .summary = "Keeps a new passkey (base64url of credential id, clientDataJSON and authenticator data)." },
	{ .name = "passkey.end",
	  .method = POST,
	  .page = "/me/passkeys/{passkey_id}/end",
	  .api = "/api/v1/me/passkeys/{passkey_id}/end",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = end_in,
	  .in_size = sizeof(struct end_in),
	  .run = end_run,
	  .then = "/me",
	  .notice = N_("The passkey is taken away."),
	  .summary = "Takes one's passkey away." },
	{ .name = "passkey.try_options",
	  .method = POST,
	  .api = "/api/v1/session/passkey/options",
	  .may = MAY_ANYONE,
	  .out = options_out,
	  .run = try_options_run,
	  .quiet = true,
	  .summary = "A challenge to sign in with a passkey." },
	{ .name = "passkey.try",
	  .method = POST,
	  .api = "/api/v1/session/passkey",
	  .may = MAY_ANYONE,
	  .in = try_in,
	  .in_size = sizeof(struct answer_in),
	  .out = there_out,
	  .prepare = try_check,
	  .run = try_run,
	  .summary = "Signs in with a passkey; it stands for both factors." },
	ACTION_END,
};
