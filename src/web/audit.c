/* The audit trail; see audit.h. */
#include "web/audit.h"
#include "base/clock.h"

#include <sodium.h>

static int64_t today(const struct ctx *cx)
{
	return clock_day(S("Asia/Kolkata"), cx->now);
}

static enum err org_of_person(struct ctx *cx, int64_t person_id, int64_t *ret)
{
	struct audit_org_of_person_row row;
	bool found = false;
	TRY(audit_sql_org_of_person(cx, person_id, today(cx), &row, &found));
	*ret = found ? row.org_id : NONE;
	return OK;
}

/* Where the trail of this subject is read; without a subject, where the actor is posted. */
static enum err place_of(struct ctx *cx, const struct audit_note *in, int64_t *ret)
{
	struct audit_org_of_course_row course;
	bool found = false;
	*ret = NONE;
	if (in->subject_id && in->scope == SCOPE_ORG) {
		*ret = in->subject_id;
		return OK;
	}
	if (in->subject_id && in->scope == SCOPE_COURSE) {
		TRY(audit_sql_org_of_course(cx, in->subject_id, &course, &found));
		*ret = found ? course.provider_id : NONE;
		return OK;
	}
	int64_t person = in->subject_id && in->scope == SCOPE_PERSON ? in->subject_id : cx->actor.person_id;
	return person ? org_of_person(cx, person, ret) : OK;
}

enum err audit_note(struct ctx *cx, const struct audit_note *in)
{
	static const char *const subjects[] = { [SCOPE_NONE] = "", [SCOPE_ORG] = "org", [SCOPE_PERSON] = "person", [SCOPE_COURSE] = "course" };
	int64_t org;
	TRY(place_of(cx, in, &org));
	return audit_sql_note(cx, new_id(cx), cx->now, cx->actor.person_id ? cx->actor.person_id : NONE, cx->actor.token_id ? cx->actor.token_id : NONE,
			      str_of(subjects[in->scope]),
			      in->subject_id ? in->subject_id : NONE, org, str_of(in->action), in->input, in->before, in->path, cx->address,
			      str_fmt(cx->arena, "%016lx", (unsigned long)cx->request_id), NULL);
}

enum err audit_view(struct ctx *cx, int64_t person_id, const char *action)
{
	if (!cx->actor.person_id || person_id == cx->actor.person_id)
		return OK;
	return audit_sql_view(cx, person_id, today(cx), cx->actor.person_id, str_of(action), cx->now, NULL);
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

struct hashing {
	crypto_generichash_state state;
};

static void hash_begin(struct hashing *h, struct str previous)
{
	crypto_generichash_init(&h->state, NULL, 0, 32);
	crypto_generichash_update(&h->state, (const unsigned char *)previous.p, previous.n);
}

static void hash_row(struct hashing *h, const struct audit_sealed_row *r)
{
	add_number(&h->state, r->id);
	add_number(&h->state, r->at);
	add_number(&h->state, r->person_id);
	add_number(&h->state, r->token_id);
	add_text(&h->state, r->subject);
	add_number(&h->state, r->subject_id);
	add_number(&h->state, r->org_id);
	add_text(&h->state, r->action);
	add_text(&h->state, r->input);
	add_text(&h->state, r->before);
	add_text(&h->state, r->path);
	add_text(&h->state, r->address);
	add_text(&h->state, r->request_id);
}

static struct str hex(struct ctx *cx, const unsigned char *p, size_t n)
{
	char *out = arena_alloc(cx->arena, 2 * n + 1);
	sodium_bin2hex(out, 2 * n + 1, p, n);
	return (struct str){ out, 2 * n };
}

static struct str hash_end(struct ctx *cx, struct hashing *h)
{
	unsigned char out[32];
	crypto_generichash_final(&h->state, out, sizeof out);
	return hex(cx, out, sizeof out);
}

static struct str signed_text(struct ctx *cx, int64_t n, int64_t at, int64_t n_rows, struct str hash)
{
	return str_fmt(cx->arena, "karmayogi-audit-seal\n%lld\n%lld\n%lld\n%.*s", (long long)n, (long long)at, (long long)n_rows, STR_ARG(hash));
}

enum err audit_seal(struct ctx *cx, int64_t *ret_n)
{
	struct audit_unsealed_row *rows;
	struct audit_last_seal_row last;
	bool found = false;
	size_t n;
	TRY(audit_sql_unsealed(cx, AUDIT_SEAL_ROWS, &rows, &n));
	*ret_n = (int64_t)n;
	if (!n)
		return OK;
	TRY(audit_sql_last_seal(cx, &last, &found));
	struct str previous = found ? last.hash : S("");
	int64_t seal = found ? last.n + 1 : 1;
	struct hashing h;
	hash_begin(&h, previous);
	for (size_t i = 0; i < n; i++) {
		const struct audit_unsealed_row *r = &rows[i];
		hash_row(&h, &(struct audit_sealed_row){ r->id, r->at, r->person_id, r->token_id, r->subject, r->subject_id, r->org_id, r->action, r->input, r->before, r->path,
							 r->address, r->request_id });
		TRY(audit_sql_seal_row(cx, seal, r->id, NULL));
	}
	struct str hash = hash_end(cx, &h), text = signed_text(cx, seal, cx->now, (int64_t)n, hash);
	unsigned char signature[64];
	crypto_sign_detached(signature, NULL, (const unsigned char *)text.p, text.n, cx->app->sign_sk);
	return audit_sql_add_seal(cx, seal, cx->now, (int64_t)n, previous, hash, hex(cx, signature, sizeof signature), NULL);
}

/* ── proof ── */

struct proving {
	audit_found_fn *found;
	void *arg;
	int64_t n;              /* of the seal before */
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
	struct audit_sealed_row *rows;
	struct hashing h;
	size_t n;
	if (s->n != p->n + 1)
		p->found(p->arg, s->n, "a seal of the audit trail before this one is missing (seal)");
	if (!str_is(s->previous, p->hash) && s->n == p->n + 1)
		p->found(p->arg, s->n, "a seal of the audit trail does not follow the one before (seal)");
	TRY(audit_sql_sealed(cx, s->n, &rows, &n));
	hash_begin(&h, s->previous);
	for (size_t i = 0; i < n; i++)
		hash_row(&h, &rows[i]);
	if ((int64_t)n != s->n_rows || !str_eq(hash_end(cx, &h), s->hash))
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
