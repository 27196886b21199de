/* Signing and sending; see webhook_send.h. */
#include "feature/webhook/webhook_send.h"
#include "web/post.h"

#include <sodium.h>

struct str webhook_purpose(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "webhook:%lld", (long long)id);
}

/* ── signing ── */

bool webhook_key(struct str secret, unsigned char *ret, size_t max, size_t *ret_n)
{
	struct str text = str_sub(secret, 6, secret.n);
	return str_starts(secret, S("whsec_")) &&
	       sodium_base642bin(ret, max, text.p, text.n, NULL, ret_n, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

struct str webhook_signature(struct ctx *cx, struct str secret, struct str id, struct str timestamp, struct str body)
{
	unsigned char key[WEBHOOK_SECRET_MAX], mac[crypto_auth_hmacsha256_BYTES];
	char text[sodium_base64_ENCODED_LEN(sizeof mac, sodium_base64_VARIANT_ORIGINAL)];
	crypto_auth_hmacsha256_state s;
	size_t n = 0;
	if (!webhook_key(secret, key, sizeof key, &n))
		return STR_NONE;
	struct str head = str_fmt(cx->arena, "%.*s.%.*s.", STR_ARG(id), STR_ARG(timestamp));
	crypto_auth_hmacsha256_init(&s, key, n);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)head.p, head.n);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)body.p, body.n);
	crypto_auth_hmacsha256_final(&s, mac);
	sodium_memzero(key, sizeof key);
	sodium_bin2base64(text, sizeof text, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
	return str_fmt(cx->arena, "v1,%s", text);
}

/* ── sending ── */

enum { HEADERS = 4 };

/* The headers of one event; they live in the arena. */
static const struct post_header *headers_of(struct ctx *cx, const struct webhook_post *p)
{
	struct post_header *h = ARENA_ARRAY(cx->arena, struct post_header, HEADERS);
	struct str id = fact_id(cx, p->event_id), at = str_fmt(cx->arena, "%lld", (long long)(cx->now / SECOND));
	struct str signature = webhook_signature(cx, p->secret, id, at, p->body);
	if (p->old_secret.p) {
		struct str old = webhook_signature(cx, p->old_secret, id, at, p->body);
		signature = str_fmt(cx->arena, "%.*s %.*s", STR_ARG(signature), STR_ARG(old));
	}
	h[0] = (struct post_header){ "Content-Type", S("application/json") };
	h[1] = (struct post_header){ "webhook-id", id };
	h[2] = (struct post_header){ "webhook-timestamp", at };
	h[3] = (struct post_header){ "webhook-signature", signature };
	return h;
}

void webhook_post_all(struct ctx *cx, struct webhook_post *v, size_t n)
{
	struct post *posts = ARENA_ARRAY(cx->arena, struct post, n);
	for (size_t i = 0; i < n; i++)
		posts[i] = (struct post){ .address = v[i].address, .headers = headers_of(cx, &v[i]), .n_headers = HEADERS, .body = v[i].body };
	post_all(cx, posts, n, WEBHOOK_SECONDS);
	for (size_t i = 0; i < n; i++) {
		v[i].status = posts[i].status;
		v[i].took = posts[i].took;
		v[i].words = posts[i].words;
	}
}
