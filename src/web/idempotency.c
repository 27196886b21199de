/* Idempotency keys; see idempotency.h. */
#include "web/idempotency.h"
#include "base/clock.h"

#include <sodium.h>
#include <stdio.h>

static struct str hex(struct ctx *cx, crypto_generichash_state *h)
{
	unsigned char bytes[32];
	crypto_generichash_final(h, bytes, sizeof bytes);
	return str_hex(cx->arena, bytes, sizeof bytes);
}

/* With its length in front, so that no two lists of parts give the same bytes. */
static void add(crypto_generichash_state *h, struct str s)
{
	uint64_t n = s.n;
	crypto_generichash_update(h, (const unsigned char *)&n, sizeof n);
	crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
}

static bool add_file(crypto_generichash_state *h, const char *path)
{
	unsigned char piece[1 << 16];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		return false;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		crypto_generichash_update(h, piece, n);
	bool whole = !ferror(f);
	fclose(f);
	return whole;
}

enum err idempotency_begin(struct ctx *cx, struct str key, const struct str *request, size_t n, const char *path, struct idempotency *ret)
{
	crypto_generichash_state h;
	if (key.n >= 2 && key.p[0] == '"' && key.p[key.n - 1] == '"')
		key = str_sub(key, 1, key.n - 1);
	bool good = key.n > 0 && key.n <= IDEMPOTENCY_KEY_MAX;
	for (size_t i = 0; good && i < key.n; i++)
		good = key.p[i] > 0x20 && key.p[i] < 0x7f;
	if (!good)
		return fail(cx, ERR_MALFORMED, "", N_("The Idempotency-Key must have 1 to 255 printable characters without spaces. Nothing was changed."));
	crypto_generichash_init(&h, NULL, 0, 32);
	add(&h, key);
	*ret = (struct idempotency){ .key_hash = hex(cx, &h) };
	crypto_generichash_init(&h, NULL, 0, 32);
	for (size_t i = 0; i < n; i++)
		add(&h, request[i]);
	if (path && !add_file(&h, path))
		return ERR_UNAVAILABLE;
	ret->request_hash = hex(cx, &h);
	return OK;
}

enum err idempotency_find(struct ctx *cx, struct idempotency *i)
{
	struct idempotency_find_row row;
	bool found = false;
	i->body = STR_NONE;
	TRY(idempotency_sql_find(cx, cx->actor.person_id, i->key_hash, cx->now - IDEMPOTENCY_LIFE, &row, &found));
	if (!found)
		return OK;
	if (!str_eq(row.request_hash, i->request_hash))
		return fail(cx, ERR_INVALID, "", N_("This Idempotency-Key was used for another request. Nothing was changed; take a new key."));
	i->body = row.body;
	return OK;
}

enum err idempotency_keep(struct ctx *cx, const struct idempotency *i)
{
	return idempotency_sql_keep(cx, cx->actor.person_id, i->key_hash, i->request_hash, i->body, cx->now, NULL);
}

enum err idempotency_sweep(struct ctx *cx, int64_t *ret_n)
{
	return idempotency_sql_sweep(cx, cx->now - IDEMPOTENCY_LIFE, ret_n);
}
