/* The second factor and its recovery codes; see account.h. */
#include "feature/account/account.h"
#include "feature/secret/secret.h"
#include "web/session.h"

enum { SECRET_BYTES = 20, RECOVERY_LETTERS = 10 };

static struct str purpose(struct ctx *cx, int64_t person_id)
{
	return str_fmt(cx->arena, "factor:%lld", (long long)person_id);
}

enum err factor_of(struct ctx *cx, int64_t person_id, struct factor *ret)
{
	struct account_factor_row r;
	bool found = false;
	*ret = (struct factor){ 0 };
	TRY(account_sql_factor(cx, person_id, &r, &found));
	if (found)
		*ret = (struct factor){ true, r.on_at != NONE, r.on_at, r.left, r.secret, r.last_step };
	return OK;
}

static bool raw_secret(struct ctx *cx, int64_t person_id, const struct factor *f, struct str *ret)
{
	return f->begun && secret_open(cx, purpose(cx, person_id), f->secret, ret) && ret->n == SECRET_BYTES;
}

bool factor_secret(struct ctx *cx, int64_t person_id, const struct factor *f, struct str *ret)
{
	struct str raw;
	if (!raw_secret(cx, person_id, f, &raw))
		return false;
	*ret = base32(cx, (const unsigned char *)raw.p, raw.n);
	return true;
}

enum err factor_begin(struct ctx *cx, int64_t person_id)
{
	char secret[SECRET_BYTES];
	int64_t changed = 0;
	random_bytes(secret, sizeof secret);
	TRY(account_sql_begin_factor(cx, person_id, secret_seal(cx, purpose(cx, person_id), (struct str){ secret, sizeof secret }), cx->now, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("Your second factor is set up already."));
}

/* ── codes of the generator ── */

static enum err spoiled(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "",
		    N_("This second factor cannot be read any more. Ask the administrator of your organisation to take it away, and set it up anew."));
}

/* The time step of a fitting code; -1: none. */
static enum err fitting_step(struct ctx *cx, int64_t person_id, const struct factor *f, struct str code, int64_t *ret)
{
	struct str raw;
	if (!raw_secret(cx, person_id, f, &raw))
		return spoiled(cx);
	*ret = totp_step((const unsigned char *)raw.p, raw.n, cx->now, f->last_step, code);
	return OK;
}

/* As typed, without the blanks and dashes that people put between. */
static struct str squeezed(struct ctx *cx, struct str typed)
{
	struct buf b;
	buf_init(&b, cx->arena, 64);
	for (size_t i = 0; i < typed.n && b.n < 40; i++) {
		char c = typed.p[i];
		if (c != ' ' && c != '-')
			buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	return buf_get(&b);
}

enum err factor_confirm(struct ctx *cx, int64_t person_id, struct str code, bool *ret_good, struct str *ret_codes)
{
	struct factor f;
	int64_t step = -1, changed = 0;
	*ret_good = false;
	TRY(factor_of(cx, person_id, &f));
	if (!f.begun || f.on)
		return fail(cx, ERR_CONFLICT, "",
			    f.on ? N_("Your second factor is set up already.") : N_("Begin first: the code generator needs your secret."));
	TRY(fitting_step(cx, person_id, &f, squeezed(cx, code), &step));
	if (step < 0)
		return OK;
	TRY(account_sql_factor_on(cx, cx->now, step, person_id, &changed));
	*ret_good = changed == 1;
	return factor_recovery(cx, person_id, ret_codes);
}

static enum err try_recovery(struct ctx *cx, int64_t person_id, struct str code, bool *ret_good)
{
	int64_t changed = 0;
	TRY(account_sql_use_recovery(cx, cx->now, person_id, secret_hash(cx, "recovery", code), &changed));
	*ret_good = changed == 1;
	return OK;
}

enum err factor_try(struct ctx *cx, int64_t person_id, struct str typed, bool *ret_good)
{
	struct str code = squeezed(cx, typed);
	struct factor f;
	int64_t step = -1, changed = 0;
	*ret_good = false;
	TRY(factor_of(cx, person_id, &f));
	if (!f.on)
		return OK;
	if (code.n == RECOVERY_LETTERS)
		return try_recovery(cx, person_id, code, ret_good);
	TRY(fitting_step(cx, person_id, &f, code, &step));
	if (step >= 0)
		TRY(account_sql_use_step(cx, step, person_id, &changed));
	*ret_good = changed == 1;
	return OK;
}

/* ── recovery codes ── */

/* Letters and figures that are not mistaken for each other (Crockford's base 32). */
static struct str recovery_code(struct ctx *cx)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char r[RECOVERY_LETTERS];
	char *out = arena_alloc(cx->arena, RECOVERY_LETTERS + 1);
	random_bytes(r, sizeof r);
	for (size_t i = 0; i < RECOVERY_LETTERS; i++)
		out[i] = letters[r[i] & 31];
	return (struct str){ out, RECOVERY_LETTERS };
}

enum err factor_recovery(struct ctx *cx, int64_t person_id, struct str *ret_codes)
{
	TRY(account_sql_drop_recovery(cx, person_id, NULL));
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		struct str code = recovery_code(cx);
		TRY(account_sql_add_recovery(cx, person_id, secret_hash(cx, "recovery", code), NULL));
		ret_codes[i] = str_fmt(cx->arena, "%.5s-%.5s", code.p, code.p + 5);
	}
	return OK;
}

enum err factor_end(struct ctx *cx, int64_t person_id)
{
	TRY(account_sql_drop_recovery(cx, person_id, NULL));
	return account_sql_factor_off(cx, person_id, NULL);
}

enum err account_enter(struct ctx *cx, int64_t person_id, bool *ret_half, struct str *ret_cookie)
{
	struct factor f;
	TRY(factor_of(cx, person_id, &f));
	*ret_half = f.on;
	return f.on ? session_open_half(cx, person_id, cx->agent, ret_cookie) : session_open(cx, person_id, cx->agent, ret_cookie);
}
