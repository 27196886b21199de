/* One round of pushes to their push services; see push_send.h. */
#include "feature/push/push_send.h"
#include "feature/secret/secret.h"
#include "web/post.h"

enum { HEADERS = 6 };

/* ── what a device gave ── */

static struct str purpose(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "push:%lld", (long long)id);
}

struct str push_device_seal(struct ctx *cx, int64_t id, const struct push_allow *in)
{
	return secret_seal(cx, purpose(cx, id), str_fmt(cx->arena, "%.*s %.*s %.*s", STR_ARG(in->endpoint), STR_ARG(in->p256dh), STR_ARG(in->auth)));
}

bool push_device_open(struct ctx *cx, int64_t id, struct str sealed, struct push_device *ret)
{
	struct str auth, p256dh;
	return secret_open(cx, purpose(cx, id), sealed, &auth) && str_cut(&auth, ' ', &ret->endpoint) && str_cut(&auth, ' ', &p256dh) &&
	       push_to_read(p256dh, auth, &ret->to);
}

/* ── a message ── */

/* False: the library fails. The headers of RFC 8030: TTL (5.2) in seconds, Urgency (5.3), Topic (5.4), at most 32 of the letters of base64url. */
static bool prepare(struct ctx *cx, const struct push_due_row *row, const struct push_device *d, struct post *ret)
{
	struct post_header *h = ARENA_ARRAY(cx->arena, struct post_header, HEADERS);
	struct push_once once;
	if (!push_scalar_new(once.sk))
		return false;
	random_bytes(once.salt, sizeof once.salt);
	struct str body = push_seal(cx, &d->to, &once, row->payload), vapid = push_vapid(cx, d->endpoint);
	h[0] = (struct post_header){ "Content-Type", S("application/octet-stream") };
	h[1] = (struct post_header){ "Content-Encoding", S("aes128gcm") };
	h[2] = (struct post_header){ "Authorization", vapid };
	h[3] = (struct post_header){ "TTL", str_fmt(cx->arena, "%lld", (long long)((row->expires_at - cx->now) / SECOND)) };
	h[4] = (struct post_header){ "Urgency", row->urgent ? S("high") : S("normal") };
	h[5] = (struct post_header){ "Topic", str_fmt(cx->arena, "%llx", (unsigned long long)row->notice_id) };
	*ret = (struct post){ .address = d->endpoint, .headers = h, .n_headers = HEADERS, .body = body };
	return body.p && vapid.p;
}

/* 401 and 403: the signature is not believed (a clock that is wrong, another key); that may pass, so nothing is lost at once. */
static enum push_outcome outcome_of(int64_t status)
{
	if (status >= 200 && status < 300)
		return PUSH_TAKEN;
	if (status == 404 || status == 410)
		return PUSH_GONE;
	if (status == NONE || status < 400 || status == 401 || status == 403 || status == 408 || status == 429 || status >= 500)
		return PUSH_LATER;
	return PUSH_USELESS;
}

void push_send_all(struct ctx *cx, struct push_sending *v, size_t n)
{
	struct post *posts = ARENA_ARRAY(cx->arena, struct post, n);
	struct push_sending **of = ARENA_ARRAY(cx->arena, struct push_sending *, n);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		const struct push_due_row *row = v[i].row;
		struct push_device d;
		v[i].outcome = PUSH_LATER;
		if (!row->wanted || row->expires_at <= cx->now)
			v[i].outcome = PUSH_USELESS;
		else if (!push_device_open(cx, row->device_id, row->sealed, &d))
			v[i].outcome = PUSH_GONE;
		else if (prepare(cx, row, &d, &posts[k]))
			of[k++] = &v[i];
	}
	post_all(cx, posts, k, PUSH_SECONDS);
	for (size_t i = 0; i < k; i++) {
		of[i]->outcome = outcome_of(posts[i].status);
		of[i]->rest = posts[i].retry_after > PUSH_LIFE / SECOND ? PUSH_LIFE : posts[i].retry_after * SECOND;
	}
}
