/* The audit trail; see audit.h. */
#include "web/audit.h"
#include "base/clock.h"

#include <sodium.h>

/* Where the trail of this subject is read; without a subject, where the actor is posted. */
static enum err place_of(struct ctx *cx, const struct audit_note *in, int64_t *ret)
{
	if (in->subject_id)
		return access_place(cx, in->scope, in->subject_id, ret);
	*ret = NONE;
	return cx->actor.person_id ? access_place(cx, SCOPE_PERSON, cx->actor.person_id, ret) : OK;
}

enum err audit_note(struct ctx *cx, const struct audit_note *in)
{
	static const char *const subjects[] = { [SCOPE_NONE] = "", [SCOPE_ORG] = "org", [SCOPE_PERSON] = "person", [SCOPE_COURSE] = "course" };
	int64_t org;
	TRY(place_of(cx, in, &org));
	return audit_sql_note(cx, new_id(cx), cx->now, cx->actor.person_id ? actor_hand(&cx->actor) : NONE,
			      cx->actor.acting == ACTING_SELF ? NONE : cx->actor.person_id, cx->actor.token_id ? cx->actor.token_id : NONE,
			      str_of(subjects[in->scope]), in->subject_id ? in->subject_id : NONE, org, str_of(in->action), in->input, in->before, in->path,
			      cx->address, str_fmt(cx->arena, "%016lx", (unsigned long)cx->request_id), NULL);
}

enum err audit_view(struct ctx *cx, int64_t person_id, const char *action)
{
	int64_t viewer = actor_hand(&cx->actor);
	if (!viewer || person_id == viewer)
		return OK;
	return audit_sql_view(cx, person_id, clock_day_in_india(cx->now), viewer, str_of(action), cx->now, NULL);
}

/* ── seals ── */

static void add_text(crypto_generichash_state *h, struct str s)
{
	static const unsigned char absent = 0, end = 0x1f;
	if (s.p)
		crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
	else
		crypto_generichash_update(h, &absent, 1);
	crypto_generichash_update(h, &end, 1);
}

static void add_number(crypto_generichash_state *h, int64_t v)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%lld", (long long)v);
	add_text(h, v == NONE ? STR_NONE : (struct str){ text, (size_t)n });
}

static void hash_begin(crypto_generichash_state *h, struct str previous)
{
	crypto_generichash_init(h, NULL, 0, 32);
	crypto_generichash_update(h, (const unsigned char *)previous.p, previous.n);
}

static void hash_row(crypto_generichash_state *h, const struct audit_sealed_row *r)
{
	add_number(h, r->id);
	add_number(h, r->at);
	add_number(h, r->person_id);
	add_number(h, r->token_id);
	add_text(h, r->subject);
	add_number(h, r->subject_id);
	add_number(h, r->org_id);
	add_text(h, r->action);
	add_text(h, r->input);
	add_text(h, r->before);
	add_text(h, r->path);
	add_text(h, r->address);
	add_text(h, r->request_id);
	/* Only where there is one, so that seals from before there was such a field still hold; no other field begins so. */
	if (r->for_id != NONE) {
		add_text(h, S("for"));
		add_number(h, r->for_id);
	}
}

static struct str hash_end(struct ctx *cx, crypto_generichash_state *h)
{
	unsigned char out[32];
	crypto_generichash_final(h, out, sizeof out);
	return str_hex(cx->arena, out, sizeof out);
}

/* Over the rows that name the seal; ret_n (may be NULL): how many there are. */
static enum err hash_of_seal(struct ctx *cx, int64_t seal, struct str previous, struct str *ret, int64_t *ret_n)
{
	struct audit_sealed_row *rows;
	crypto_generichash_state h;
	size_t n;
	TRY(audit_sql_sealed(cx, seal, &rows, &n));
	hash_begin(&h, previous);
	for (size_t i = 0; i < n; i++)
		hash_row(&h, &rows[i]);
	*ret = hash_end(cx, &h);
	if (ret_n)
		*ret_n = (int64_t)n;
	return OK;
}

static struct str signed_text(struct ctx *cx, int64_t n, int64_t at, int64_t n_rows, struct str hash)
{
	return str_fmt(cx->arena, "karmayogi-audit-seal\n%lld\n%lld\n%lld\n%.*s", (long long)n, (long long)at, (long long)n_rows, STR_ARG(hash));
}

enum err audit_seal(struct ctx *cx, int64_t *ret_n)
{
	struct audit_last_seal_row last;
	bool found = false;
	TRY(audit_sql_last_seal(cx, &last, &found));
	struct str previous = found ? last.hash : S(""), hash;
	int64_t seal = found ? last.n + 1 : 1;
	TRY(audit_sql_seal_rows(cx, seal, AUDIT_SEAL_ROWS, ret_n));
	if (!*ret_n)
		return OK;
	TRY(hash_of_seal(cx, seal, previous, &hash, NULL));
	struct str text = signed_text(cx, seal, cx->now, *ret_n, hash);
	unsigned char signature[64];
	crypto_sign_detached(signature, NULL, (const unsigned char *)text.p, text.n, cx->app->sign_sk);
	return audit_sql_add_seal(cx, seal, cx->now, *ret_n, previous, hash, str_hex(cx->arena, signature, sizeof signature), NULL);
}

/* ── proof ── */

struct proving {
	audit_found_fn *found;
	void *arg;
	int64_t n; /* of the seal before */
	char hash[65];
};

static bool signature_good(struct ctx *cx, const struct audit_seals_row *s)
{
	unsigned char signature[64];
	size_t n = 0;
	struct str text = signed_text(cx, s->n, s->at, s->n_rows, s->hash);
	return sodium_hex2bin(signature, sizeof signature, s->signature.p, s->signature.n, NULL, &n, NULL) == 0 && n == sizeof signature &&
	       crypto_sign_verify_detached(signature, (const unsigned char *)text.p, text.n, cx->app->sign_pk) == 0;
}

static enum err prove_one(struct ctx *cx, void *arg, const void *row)
{
	struct proving *p = arg;
	const struct audit_seals_row *s = row;
	struct str hash;
	int64_t n;
	if (s->n != p->n + 1)
		p->found(p->arg, s->n, "a seal of the audit trail before this one is missing (seal)");
	if (!str_is(s->previous, p->hash) && s->n == p->n + 1)
		p->found(p->arg, s->n, "a seal of the audit trail does not follow the one before (seal)");
	TRY(hash_of_seal(cx, s->n, s->previous, &hash, &n));
	if (n != s->n_rows || !str_eq(hash, s->hash))
		p->found(p->arg, s->n, "rows of the audit trail were altered, added or taken away (seal)");
	else if (!signature_good(cx, s))
		p->found(p->arg, s->n, "the signature of a seal of the audit trail is wrong (seal)");
	p->n = s->n;
	snprintf(p->hash, sizeof p->hash, "%.*s", STR_ARG(s->hash));
	return OK;
}

enum err audit_prove(struct ctx *cx, audit_found_fn *found, void *arg)
{
	struct proving p = { .found = found, .arg = arg };
	struct audit_lost_row lost;
	TRY(audit_sql_seals(cx, prove_one, &p));
	TRY(audit_sql_lost(cx, &lost));
	if (lost.n)
		found(arg, 0, "rows of the audit trail name a seal that is not there");
	return OK;
}
