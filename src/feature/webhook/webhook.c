/* Facts heard, webhooks managed; see webhook.h. */
#include "feature/webhook/webhook.h"
#include "base/json.h"
#include "feature/secret/secret.h"
#include "feature/webhook/webhook_send.h"
#include "web/outbound.h"

#include <sodium.h>

enum { SECRET_BYTES = 32, SECRET_LEAST = 24, SECRET_MOST = 64 };

const struct webhook_kind_words webhook_kinds[FACT_KINDS] = {
#define FACT(code, name, text) { name, text },
#include "base/fact.def"
#undef FACT
};

/* ── hearing ── */

static struct str body_of(struct ctx *cx, const char *kind, const struct fact *f, const struct webhook_person_row *person)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, WEBHOOK_BODY_MAX);
	jw_open(&j, '{');
	jw_key(&j, "type");
	jw_str(&j, str_of(kind));
	jw_key(&j, "timestamp");
	jw_time(&j, cx->now);
	jw_key(&j, "data");
	jw_open(&j, '{');
	if (f->person_id != NONE) {
		jw_key(&j, "person_id");
		jw_id(&j, f->person_id);
		jw_key(&j, "employee_no");
		jw_str(&j, person->employee_no);
	}
	jw_key(&j, "org_id");
	jw_id(&j, f->org_id);
	if (f->from_org_id != NONE) {
		jw_key(&j, "from_org_id");
		jw_id(&j, f->from_org_id);
	}
	for (size_t i = 0; i < f->n_more; i++) {
		jw_key(&j, f->more[i].name);
		jw_str(&j, f->more[i].value);
	}
	jw_close(&j, '}');
	jw_close(&j, '}');
	return buf_get(&b);
}

enum err webhook_wake(struct ctx *cx)
{
	return job_add(cx, &(struct job_add){ .kind = "webhook.send", .once = S("all"), .input = S(""), .asked_by = NONE }, NULL);
}

static enum err add_event(struct ctx *cx, const char *kind, struct str body, int64_t *ret_id)
{
	*ret_id = new_id(cx);
	return webhook_sql_add_event(cx, *ret_id, str_of(kind), body, cx->now, NULL);
}

enum err webhook_heard(struct ctx *cx, const struct fact *f)
{
	const char *kind = webhook_kinds[f->kind].name;
	struct fact full = *f;
	struct webhook_any_row any;
	struct webhook_person_row person = { 0 };
	struct webhook_hearers_row *to;
	bool found = false;
	int64_t event;
	size_t n;
	TRY(webhook_sql_any(cx, str_of(kind), &any, &found));
	if (!found)
		return OK;
	if (f->person_id != NONE)
		TRY(webhook_sql_person(cx, f->person_id, &person, &found));
	if (f->org_id == NONE && f->person_id != NONE && found)
		full.org_id = person.org_id;
	TRY(webhook_sql_hearers(cx, str_of(kind), full.org_id, f->from_org_id, &to, &n));
	if (!n)
		return OK;
	TRY(add_event(cx, kind, body_of(cx, kind, &full, &person), &event));
	for (size_t i = 0; i < n; i++)
		TRY(webhook_sql_add_delivery(cx, to[i].id, event, cx->now, NULL));
	return webhook_wake(cx);
}

/* ── what an administrator says of one ── */

static bool is_kind(struct str name)
{
	for (size_t i = 0; i < FACT_KINDS; i++)
		if (str_is(name, webhook_kinds[i].name))
			return true;
	return false;
}

static enum err check(struct ctx *cx, const struct webhook_add *in)
{
	if (!outbound_url(cx->app->private_networks, in->address, WEBHOOK_ADDRESS_MAX))
		fail(cx, ERR_INVALID, "address", N_("must be an https address, without a name and password in it and without #"));
	if (!in->kinds.n)
		fail(cx, ERR_INVALID, "kinds", N_("must be one at least"));
	for (size_t i = 0; i < in->kinds.n; i++)
		if (!is_kind(str_before(in->kinds.v[i], '=')))
			return fail(cx, ERR_INVALID, "kinds", N_("holds something of which nobody is told"));
	return cx->n_failures ? ERR_INVALID : OK;
}

static enum err set_kinds(struct ctx *cx, int64_t id, const struct strs *kinds)
{
	TRY(webhook_sql_drop_kinds(cx, id, NULL));
	for (size_t i = 0; i < kinds->n; i++)
		TRY(webhook_sql_add_kind(cx, str_before(kinds->v[i], '='), id, NULL));
	return OK;
}

static struct str new_secret(struct ctx *cx)
{
	unsigned char key[SECRET_BYTES];
	char text[sodium_base64_ENCODED_LEN(SECRET_BYTES, sodium_base64_VARIANT_ORIGINAL)];
	random_bytes(key, sizeof key);
	sodium_bin2base64(text, sizeof text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
	return str_fmt(cx->arena, "whsec_%s", text);
}

static enum err secret_of(struct ctx *cx, struct str given, struct str *ret)
{
	unsigned char key[WEBHOOK_SECRET_MAX];
	size_t n = 0;
	*ret = given.n ? given : new_secret(cx);
	if (!webhook_key(*ret, key, sizeof key, &n) || n < SECRET_LEAST || n > SECRET_MOST)
		return fail(cx, ERR_INVALID, "secret", N_("must be whsec_ and the Base64 of 24 to 64 bytes"));
	return OK;
}

static struct str sealed(struct ctx *cx, int64_t id, struct str secret)
{
	return secret_seal(cx, webhook_purpose(cx, id), secret);
}

/* ── managing ── */

enum err webhook_one(struct ctx *cx, int64_t org_id, int64_t id, struct webhook_one_row *ret)
{
	bool found = false;
	TRY(webhook_sql_one(cx, id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "webhook_id", N_("There is no such webhook of this organisation; it may have been ended."));
}

enum err webhook_add(struct ctx *cx, const struct webhook_add *in, int64_t *ret_id, struct str *ret_secret)
{
	struct webhook_count_row count;
	TRY(check(cx, in));
	TRY(secret_of(cx, in->secret, ret_secret));
	TRY(webhook_sql_count(cx, in->org_id, &count));
	if (count.n >= WEBHOOKS_MAX)
		return fail(cx, ERR_CONFLICT, "address", N_("would be one webhook too many; end one that nobody needs first"));
	*ret_id = new_id(cx);
	TRY(webhook_sql_add(cx, *ret_id, in->org_id, in->address, sealed(cx, *ret_id, *ret_secret), cx->actor.person_id, cx->now, NULL));
	return set_kinds(cx, *ret_id, &in->kinds);
}

enum err webhook_change(struct ctx *cx, const struct webhook_add *in)
{
	struct webhook_one_row w;
	TRY(webhook_one(cx, in->org_id, in->webhook_id, &w));
	TRY(check(cx, in));
	if (!str_eq(in->address, w.address))
		TRY(webhook_sql_change(cx, in->address, w.id, NULL));
	return set_kinds(cx, w.id, &in->kinds);
}

enum err webhook_pause(struct ctx *cx, int64_t org_id, int64_t id, bool pause)
{
	struct webhook_one_row w;
	int64_t changed = 0;
	TRY(webhook_one(cx, org_id, id, &w));
	TRY(pause ? webhook_sql_pause(cx, cx->now, S("asked"), id, &changed) : webhook_sql_resume(cx, id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", pause ? N_("This webhook is paused already.") : N_("This webhook is not paused."));
	return pause ? OK : webhook_wake(cx);
}

enum err webhook_turn(struct ctx *cx, int64_t org_id, int64_t id, struct str *ret_secret)
{
	struct webhook_one_row w;
	TRY(webhook_one(cx, org_id, id, &w));
	*ret_secret = new_secret(cx);
	return webhook_sql_turn(cx, cx->now + WEBHOOK_OVERLAP, sealed(cx, id, *ret_secret), id, NULL);
}

enum err webhook_end(struct ctx *cx, int64_t org_id, int64_t id)
{
	struct webhook_one_row w;
	TRY(webhook_one(cx, org_id, id, &w));
	TRY(webhook_sql_drop_kinds(cx, id, NULL));
	return webhook_sql_end(cx, cx->now, id, NULL);
}

enum err webhook_try(struct ctx *cx, int64_t org_id, int64_t id, int64_t *ret_event)
{
	struct webhook_one_row w;
	struct fact trial = { .person_id = NONE, .org_id = org_id, .from_org_id = NONE };
	TRY(webhook_one(cx, org_id, id, &w));
	TRY(add_event(cx, WEBHOOK_TRIAL, body_of(cx, WEBHOOK_TRIAL, &trial, NULL), ret_event));
	TRY(webhook_sql_add_delivery(cx, id, *ret_event, cx->now, NULL));
	TRY(webhook_sql_hurry(cx, id, NULL));
	return webhook_wake(cx);
}

enum err webhook_again(struct ctx *cx, int64_t org_id, int64_t id, int64_t event_id)
{
	struct webhook_one_row w;
	struct webhook_delivery_row d;
	bool found = false;
	TRY(webhook_one(cx, org_id, id, &w));
	TRY(webhook_sql_delivery(cx, id, event_id, &d, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "event_id", N_("There is no such event; they are kept for 30 days."));
	if (str_is(d.state, "waiting"))
		return fail(cx, ERR_CONFLICT, "", N_("This event waits to be told as it is."));
	TRY(webhook_sql_again(cx, cx->now, id, event_id, NULL));
	TRY(webhook_sql_hurry(cx, id, NULL));
	return webhook_wake(cx);
}

enum err webhook_replay(struct ctx *cx, int64_t org_id, int64_t id, int64_t since_day, bool dry, int64_t *ret_n)
{
	int64_t since = clock_day_start(S("Asia/Kolkata"), since_day);
	struct webhook_count_since_row count;
	struct webhook_one_row w;
	TRY(webhook_one(cx, org_id, id, &w));
	TRY(webhook_sql_count_since(cx, since, id, &count));
	*ret_n = count.n;
	if (dry || !count.n)
		return OK;
	TRY(webhook_sql_replay(cx, cx->now, id, since, NULL));
	return webhook_wake(cx);
}
