/* People and postings; see person.h. */
#include "feature/person/person.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <sodium.h>

int64_t person_today(const struct ctx *cx)
{
	return clock_day(S("Asia/Kolkata"), cx->now);
}

struct str person_hash(struct ctx *cx, struct str password)
{
	char *out = arena_alloc(cx->arena, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str(out, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		BUG("no memory for a password hash");
	return str_of(out);
}

bool person_password_fits(struct str hash, struct str password)
{
	return hash.n && crypto_pwhash_str_verify(hash.p, password.p, password.n) == 0;
}

static bool is_email(struct str s)
{
	ptrdiff_t at = str_index(s, '@');
	if (at <= 0 || s.n > 254)
		return false;
	struct str host = str_sub(s, (size_t)at + 1, s.n);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ')
			return false;
	return str_index(host, '@') < 0 && str_index(host, '.') > 0 && host.p[host.n - 1] != '.';
}

static struct str mobile(struct ctx *cx, struct str s)
{
	char d[16];
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9' && n < sizeof d)
			d[n++] = c;
		else if (c != ' ' && c != '-' && !(c == '+' && i == 0))
			return STR_NONE;
	}
	struct str digits = { d, n };
	if (n == 12 && str_starts(digits, S("91")))
		digits = str_sub(digits, 2, n);
	else if (n == 11 && d[0] == '0')
		digits = str_sub(digits, 1, n);
	if (digits.n != 10 || digits.p[0] < '6')
		return STR_NONE;
	return str_fmt(cx->arena, "+91%.*s", STR_ARG(digits));
}

struct str person_login(struct ctx *cx, struct str typed)
{
	struct str s = str_trim(typed);
	return is_email(s) ? str_lower(cx->arena, s) : mobile(cx, s);
}

enum err person_add(struct ctx *cx, const struct person_add *in, int64_t *ret_id)
{
	struct str name = str_trim(in->name);
	if (!name.n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	struct str email = in->email.n ? person_login(cx, in->email) : STR_NONE;
	if (in->email.n && !is_email(email))
		return fail(cx, ERR_INVALID, "email", N_("is not an e-mail address"));
	struct str number = in->mobile.n ? mobile(cx, in->mobile) : STR_NONE;
	if (in->mobile.n && !number.p)
		return fail(cx, ERR_INVALID, "mobile", N_("is not an Indian mobile number of ten digits"));
	struct str sort_key = in->sort_key.n ? in->sort_key : utf8_fold(cx->arena, name);
	int64_t id = new_id(cx);
	TRY(person_sql_add(cx, id, in->employee_no.n ? in->employee_no : STR_NONE, name, sort_key, email, number, in->lang.n ? in->lang : S("en"),
			   S("Asia/Kolkata"), in->password, cx->now, NULL));
	*ret_id = id;
	return OK;
}

enum err person_post(struct ctx *cx, const struct person_post *in)
{
	if (in->supervisor_id == in->person_id)
		return fail(cx, ERR_INVALID, "supervisor_id", N_("cannot be the person itself"));
	struct person_designation_row d;
	struct person_open_posting_row open;
	bool found = false;
	TRY(person_sql_designation(cx, in->designation_id, &d, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "designation_id", N_("is not a valid reference"));
	TRY(person_sql_open_posting(cx, in->person_id, &open, &found));
	if (found && open.from_day >= in->from_day)
		return fail(cx, ERR_INVALID, "from_day", N_("must be after the first day of the present posting"));
	if (found)
		TRY(person_sql_end_posting(cx, in->from_day, open.id, NULL));
	return person_sql_add_posting(cx, new_id(cx), in->person_id, in->org_id, in->designation_id, d.service, d.cadre_group, d.pay_level, in->supervisor_id,
				      in->from_day, cx->now, NULL);
}

enum err person_of_login(struct ctx *cx, struct str login, struct person_of_login_row *ret, bool *ret_found)
{
	*ret_found = false;
	return login.n ? person_sql_of_login(cx, login, ret, ret_found) : OK;
}

enum err person_posting(struct ctx *cx, int64_t person_id, int64_t day, struct person_posting_on_row *ret, bool *ret_found)
{
	return person_sql_posting_on(cx, person_id, day, ret, ret_found);
}
