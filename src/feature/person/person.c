/* People and postings; see person.h. */
#include "feature/person/person.h"
#include "base/clock.h"
#include "base/fact.h"
#include "base/utf8.h"
#include "feature/names/names.h"
#include "web/session.h"

#include <sodium.h>

int64_t person_today(const struct ctx *cx)
{
	return clock_day_in_india(cx->now);
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

struct str person_mobile(struct ctx *cx, struct str typed)
{
	struct str s = str_trim(typed);
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

struct str person_email(struct ctx *cx, struct str typed)
{
	struct str s = str_trim(typed);
	return is_email(s) ? str_lower(cx->arena, s) : STR_NONE;
}

struct str person_login(struct ctx *cx, struct str typed)
{
	struct str email = person_email(cx, typed);
	return email.n ? email : person_mobile(cx, typed);
}

/* Name, e-mail and number of `in` in their kept form; faults are noted. */
static enum err clean(struct ctx *cx, const struct person_add *in, struct person_add *ret)
{
	*ret = *in;
	ret->name = str_trim(in->name);
	ret->email = in->email.n ? person_email(cx, in->email) : STR_NONE;
	if (in->email.n && !ret->email.n)
		return fail(cx, ERR_INVALID, "email", N_("is not an e-mail address"));
	ret->mobile = in->mobile.n ? person_mobile(cx, in->mobile) : STR_NONE;
	if (in->mobile.n && !ret->mobile.n)
		return fail(cx, ERR_INVALID, "mobile", N_("is not an Indian mobile number of ten digits"));
	if (!ret->sort_key.n)
		ret->sort_key = utf8_fold(cx->arena, ret->name);
	return OK;
}

enum err person_add(struct ctx *cx, const struct person_add *in, int64_t *ret_id)
{
	struct person_add p;
	TRY(clean(cx, in, &p));
	if (!p.name.n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	int64_t id = new_id(cx);
	TRY(person_sql_add(cx, id, p.employee_no.n ? p.employee_no : STR_NONE, p.name, p.sort_key, p.email, p.mobile, p.lang.n ? p.lang : S("en"),
			   S("Asia/Kolkata"), p.password, cx->now, NULL));
	*ret_id = id;
	return names_add(cx, "person", id, &p.name, 1);
}

enum err person_change(struct ctx *cx, int64_t person_id, const struct person_add *in)
{
	struct person_add p;
	TRY(clean(cx, in, &p));
	if (p.name.n)
		TRY(names_change(cx, "person", person_id, &p.name, 1));
	return person_sql_change(cx, p.name.n ? p.name : STR_NONE, p.name.n ? p.sort_key : STR_NONE, p.email, p.mobile, p.lang.n ? p.lang : STR_NONE, person_id, NULL);
}

/* Where somebody is posted now, and was before. */
static enum err tell_posted(struct ctx *cx, int64_t person_id, int64_t org_id, int64_t from_org_id)
{
	TRY(fact_tell(cx, &(struct fact){ FACT_person_posted, person_id, org_id, from_org_id, NULL, 0 }));
	return person_tell(cx, person_id, NONE);
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
	TRY(person_sql_add_posting(cx, new_id(cx), in->person_id, in->org_id, in->designation_id, d.service, d.cadre_group, d.pay_level, in->supervisor_id,
				   in->from_day, cx->now, NULL));
	return tell_posted(cx, in->person_id, in->org_id, found ? open.org_id : NONE);
}

enum err person_supervise(struct ctx *cx, int64_t person_id, int64_t supervisor_id, int64_t from_day, int64_t *ret_posting)
{
	struct person_open_posting_row open;
	bool found = false;
	*ret_posting = NONE;
	if (supervisor_id == person_id)
		return fail(cx, ERR_INVALID, "supervisor_id", N_("cannot be the person itself"));
	TRY(person_sql_open_posting(cx, person_id, &open, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "", N_("This person has no posting just now."));
	if (open.from_day >= from_day)
		return person_sql_set_supervisor(cx, supervisor_id, open.id, NULL);
	*ret_posting = new_id(cx);
	TRY(person_sql_end_posting(cx, from_day, open.id, NULL));
	return person_sql_add_posting(cx, *ret_posting, person_id, open.org_id, open.designation_id, open.service, open.cadre_group, open.pay_level, supervisor_id,
				      from_day, cx->now, NULL);
}

enum err person_leave(struct ctx *cx, int64_t person_id, int64_t last_day, int64_t *ret_posting)
{
	struct person_open_posting_row open;
	int64_t changed = 0;
	bool found = false;
	*ret_posting = NONE;
	TRY(person_sql_set_state(cx, S("left"), person_id, S("active"), &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This person has left already."));
	TRY(person_sql_open_posting(cx, person_id, &open, &found));
	/* A posting lasts a day at least: the record of a mistake is kept, too. */
	if (found)
		TRY(person_sql_end_posting(cx, last_day < open.from_day ? open.from_day + 1 : last_day + 1, open.id, NULL));
	*ret_posting = found ? open.id : NONE;
	TRY(session_end_all(cx, person_id));
	TRY(fact_tell(cx, &(struct fact){ FACT_person_left, person_id, found ? open.org_id : NONE, NONE, NULL, 0 }));
	return person_tell(cx, person_id, NONE);
}

enum err person_return(struct ctx *cx, int64_t person_id)
{
	int64_t changed = 0;
	TRY(person_sql_set_state(cx, S("active"), person_id, S("left"), &changed));
	return changed ? person_tell(cx, person_id, NONE) : fail(cx, ERR_CONFLICT, "", N_("This person has not left, or the account was joined with another."));
}

enum err person_unpost(struct ctx *cx, int64_t posting_id)
{
	struct person_posting_row p;
	bool found = false;
	TRY(person_sql_posting(cx, posting_id, &p, &found));
	if (!found || p.until_day != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This posting has been changed since."));
	TRY(person_sql_remove_posting(cx, posting_id, NULL));
	TRY(person_sql_reopen_before(cx, p.person_id, p.from_day, NULL));
	return tell_posted(cx, p.person_id, NONE, p.org_id);
}

enum err person_reopen(struct ctx *cx, int64_t posting_id)
{
	struct person_posting_row p;
	struct person_open_posting_row open;
	bool found = false, other = false;
	TRY(person_sql_posting(cx, posting_id, &p, &found));
	if (found)
		TRY(person_sql_open_posting(cx, p.person_id, &open, &other));
	if (!found || other)
		return fail(cx, ERR_CONFLICT, "", N_("This posting has been changed since."));
	TRY(person_sql_reopen(cx, posting_id, NULL));
	return tell_posted(cx, p.person_id, p.org_id, NONE);
}

enum err person_merge_postings(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct person_span_row s;
	TRY(person_sql_span(cx, kept_id, &s));
	TRY(person_sql_move_earlier_postings(cx, kept_id, s.first_day, closed_id, NULL));
	return s.end_day == NONE ? OK : person_sql_move_later_postings(cx, kept_id, s.end_day, closed_id, NULL);
}

enum err person_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct person_merged_row kept, closed;
	int64_t posting;
	bool found = false, also = false;
	TRY(person_sql_merged(cx, kept_id, &kept, &found));
	TRY(person_sql_merged(cx, closed_id, &closed, &also));
	if (!found || !also)
		return ERR_NOT_FOUND;
	if (str_is(closed.state, "active"))
		TRY(person_leave(cx, closed_id, person_today(cx) - 1, &posting));
	TRY(person_sql_set_merged(cx, kept.employee_no.n ? closed.employee_no : STR_NONE, kept.email.n ? closed.email : STR_NONE,
				  kept.mobile.n ? closed.mobile : STR_NONE, kept_id, closed_id, NULL));
	TRY(person_sql_set_merged(cx, kept.employee_no.n ? kept.employee_no : closed.employee_no, kept.email.n ? kept.email : closed.email,
				  kept.mobile.n ? kept.mobile : closed.mobile, kept.merged_into_id, kept_id, NULL));
	return person_tell(cx, kept_id, NONE);
}

enum err person_of_login(struct ctx *cx, struct str login, struct person_of_login_row *ret, bool *ret_found)
{
	*ret_found = false;
	return login.n ? person_sql_of_login(cx, login, ret, ret_found) : OK;
}

enum err person_called(struct ctx *cx, struct str typed, struct person_called_row *ret, bool *ret_found)
{
	struct str called = str_trim(typed), login = person_login(cx, called);
	*ret_found = false;
	return called.n ? person_sql_called(cx, called, login.n ? login : S(""), ret, ret_found) : OK;
}

enum err person_posting(struct ctx *cx, int64_t person_id, int64_t day, struct person_posting_on_row *ret, bool *ret_found)
{
	return person_sql_posting_on(cx, person_id, day, ret, ret_found);
}
