/* Devices, and notices for them; see push.h. */
#include "feature/push/push.h"
#include "base/json.h"
#include "base/utf8.h"
#include "feature/push/push_send.h"
#include "feature/secret/secret.h"
#include "web/base64.h"
#include "web/outbound.h"

/* ── the key of the installation ── */

enum err push_keys(struct ctx *cx, struct app *app, struct str *ret_message)
{
	*ret_message = S("The key for devices cannot be made: the cryptographic library fails.");
	if (!push_scalar_new(app->push_sk))
		return ERR_UNAVAILABLE;
	TRY(secret_keep(cx, app, "push.key", app->push_sk, sizeof app->push_sk, "Without it no device is told anything.", ret_message));
	if (push_point_of(app->push_sk, app->push_pk))
		return OK;
	*ret_message =
		S("The key keys/push.key in the data folder is none. Bring it back from the backup, or take it away: then all devices are allowed anew.");
	return ERR_UNAVAILABLE;
}

struct str push_public_key(struct ctx *cx)
{
	return base64url(cx->arena, cx->app->push_pk, sizeof cx->app->push_pk);
}

/* ── devices ── */

enum err push_forget(struct ctx *cx, int64_t id)
{
	TRY(push_sql_forget_pushes(cx, id, NULL));
	return push_sql_forget(cx, id, NULL);
}

static enum err check(struct ctx *cx, const struct push_allow *in)
{
	struct push_to to;
	if (!outbound_url(cx->app->private_networks, in->endpoint, PUSH_ENDPOINT_MAX))
		return fail(cx, ERR_INVALID, "endpoint", N_("must be an https address, without a name and password in it and without #"));
	if (!push_to_read(in->p256dh, in->auth, &to))
		return fail(cx, ERR_INVALID, "p256dh", N_("is not a key that browsers make, or what came as auth is no secret of one"));
	return OK;
}

static enum err add_device(struct ctx *cx, const struct push_allow *in, struct str hash, int64_t *ret_id)
{
	struct push_count_row count;
	TRY(push_sql_count(cx, cx->actor.person_id, &count));
	if (count.n >= PUSH_DEVICES_MAX)
		return fail(cx, ERR_CONFLICT, "",
			    N_("You allow notices on ten devices already. Take away one that you do not use any more, then allow this one."));
	*ret_id = new_id(cx);
	return push_sql_allow(cx, *ret_id, cx->actor.person_id, hash, push_device_seal(cx, *ret_id, in), cx->actor.session_id, cx->agent, cx->now, NULL);
}

enum err push_allow(struct ctx *cx, const struct push_allow *in, int64_t *ret_id)
{
	struct str hash = secret_hash(cx, "push", in->endpoint);
	struct push_of_endpoint_row d;
	bool found = false;
	TRY(check(cx, in));
	TRY(push_sql_of_endpoint(cx, hash, &d, &found));
	if (found && d.person_id == cx->actor.person_id) {
		*ret_id = d.id;
		return push_sql_renew(cx, push_device_seal(cx, d.id, in), cx->actor.session_id, cx->agent, d.id, NULL);
	}
	/* Who sits there now is somebody else: what waits for the other is not shown to him. */
	if (found)
		TRY(push_forget(cx, d.id));
	return add_device(cx, in, hash, ret_id);
}

enum err push_end(struct ctx *cx, int64_t person_id, int64_t id)
{
	struct push_own_row row;
	bool found = false;
	TRY(push_sql_own(cx, id, person_id, &row, &found));
	return found ? push_forget(cx, id) : fail(cx, ERR_NOT_FOUND, "device_id", N_("There is no such device of yours; it may have ended by itself."));
}

enum err push_sessions_ended(struct ctx *cx, int64_t person_id, int64_t session_id)
{
	struct push_of_session_row *rows;
	size_t n;
	TRY(push_sql_of_session(cx, person_id, session_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(push_forget(cx, rows[i].id));
	return OK;
}

/* ── telling ── */

static struct str payload(struct ctx *cx, const struct push *p)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, PUSH_PLAIN_MAX);
	jw_open(&j, '{');
	jw_key(&j, "id");
	jw_id(&j, p->notice_id);
	jw_key(&j, "title");
	jw_str(&j, utf8_prefix(p->title, PUSH_TITLE_MAX));
	jw_key(&j, "text");
	jw_str(&j, utf8_prefix(p->text, PUSH_TEXT_MAX));
	jw_key(&j, "path");
	jw_str(&j, p->path);
	jw_key(&j, "lang");
	jw_str(&j, p->lang == LANG_HI ? S("hi") : S("en"));
	jw_close(&j, '}');
	/* Too long only with a path that is none of ours, or a heap of marks over the last letter. */
	return b.full ? STR_NONE : buf_get(&b);
}

enum err push_add(struct ctx *cx, const struct push *p)
{
	int64_t due = p->not_before ? p->not_before : cx->now, added = 0;
	struct str content = payload(cx, p);
	if (content.p)
		TRY(push_sql_add(cx, p->notice_id, content, p->urgent, due, due + PUSH_LIFE, p->person_id, &added));
	return added && !p->not_before ? push_wake(cx) : OK;
}

enum err push_choose(struct ctx *cx, int64_t person_id, struct str kind, struct str push)
{
	return push_sql_choose(cx, person_id, kind, push, NULL);
}
