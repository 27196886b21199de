/* Ways in, asking and proving; see registration.h. Deciding: registration_decide.c. */
#include "feature/registration/registration.h"
#include "feature/account/account.h"
#include "feature/mail/mail.h"
#include "feature/person/person.h"
#include "feature/registration/registration_in.h"
#include "feature/secret/secret.h"
#include "web/session.h"

enum { ASKED_MOST = 4, DOMAIN_MAX = 200 };

/* ── ways in ── */

/* Where anybody gets an address, it says nothing of an office. */
static bool is_free_mail(struct str domain)
{
	static const char *const v[] = { "gmail.com",	"googlemail.com", "yahoo.com", "yahoo.in",   "yahoo.co.in", "hotmail.com", "outlook.com", "outlook.in",
					 "live.com",	"msn.com",	  "icloud.com", "me.com",	     "aol.com",	    "rediffmail.com", "rediff.com", "sify.com",
					 "indiatimes.com", "protonmail.com", "proton.me", "zoho.com",   "zohomail.in", "yandex.com",  "mail.com",	    "gmx.com" };
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		if (str_is(domain, v[i]))
			return true;
	return false;
}

/* Labels of letters, digits and hyphens; two at least: "in" would be everybody. */
static bool is_domain(struct str s)
{
	size_t label = 0, labels = 0;
	for (size_t i = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '.';
		if (c == '.') {
			if (!label || label > 63 || s.p[i - 1] == '-')
				return false;
			labels++;
			label = 0;
			continue;
		}
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && label)))
			return false;
		label++;
	}
	return labels >= 2 && s.n <= DOMAIN_MAX;
}

static enum err check_domain(struct ctx *cx, struct str domain)
{
	struct registration_domain_taken_row taken;
	bool found = false;
	if (!is_domain(domain))
		return fail(cx, ERR_INVALID, "domain", N_("is not the domain of e-mail addresses; it is what stands behind the @: dopt.gov.in"));
	if (is_free_mail(domain))
		return fail(cx, ERR_INVALID, "domain", N_("is a domain where anybody gets an address; use a link instead"));
	TRY(registration_sql_domain_taken(cx, domain, &taken, &found));
	return found ? fail(cx, ERR_CONFLICT, "domain", N_("is named already, by this organisation or another")) : OK;
}

static enum err check_link(struct ctx *cx, const struct way_add *in)
{
	int64_t today = person_today(cx);
	if (in->until_day == NONE || in->until_day < today || in->until_day > today + 366)
		return fail(cx, ERR_INVALID, "until_day", N_("must be a day from today on, at most a year away"));
	return OK;
}

enum err way_add(struct ctx *cx, const struct way_add *in, int64_t *ret_id)
{
	struct str domain = str_lower(cx->arena, str_trim(in->domain));
	bool link = !domain.n;
	struct registration_count_ways_row count;
	TRY(link ? check_link(cx, in) : check_domain(cx, domain));
	TRY(registration_sql_count_ways(cx, in->org_id, &count));
	if (count.n >= REGISTRATION_WAYS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("There are very many ways in already. End one that nobody needs first."));
	*ret_id = new_id(cx);
	return registration_sql_add_way(cx, *ret_id, in->org_id, link ? S("link") : S("domain"), link ? STR_NONE : domain, !link && in->below,
					link ? random_hex(cx, WAY_CODE_DIGITS / 2) : STR_NONE, in->at_once,
					link ? (in->most == NONE ? REGISTRATION_PEOPLE_MAX : in->most) : NONE, link ? in->until_day : NONE, cx->actor.person_id, cx->now, NULL);
}

enum err way_end(struct ctx *cx, int64_t org_id, int64_t way_id)
{
	int64_t changed = 0;
	TRY(registration_sql_end_way(cx, cx->now, way_id, org_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "way_id", N_("There is no such way into this organisation; it may have been ended."));
}

enum err way_of_code(struct ctx *cx, struct str code, struct registration_way_of_code_row *ret, bool *ret_found)
{
	*ret_found = false;
	return code.n == WAY_CODE_DIGITS ? registration_sql_way_of_code(cx, code, person_today(cx), ret, ret_found) : OK;
}

struct way {
	int64_t id, org_id;
};

/* "x.nic.in", then "nic.in" where that takes all below it. */
static enum err way_of_address(struct ctx *cx, struct str email, struct way *ret, bool *ret_found)
{
	struct str domain = str_sub(email, (size_t)str_index(email, '@') + 1, email.n);
	struct registration_way_of_domain_row w;
	bool below = false;
	*ret_found = false;
	while (str_index(domain, '.') > 0 && domain.n <= DOMAIN_MAX) {
		TRY(registration_sql_way_of_domain(cx, domain, below, &w, ret_found));
		if (*ret_found) {
			*ret = (struct way){ w.id, w.org_id };
			return OK;
		}
		domain = str_sub(domain, (size_t)str_index(domain, '.') + 1, domain.n);
		below = true;
	}
	return OK;
}

static enum err find_way(struct ctx *cx, const struct registration_ask *in, struct str email, struct way *ret)
{
	struct registration_way_of_code_row w;
	bool found = false;
	if (!in->code.n) {
		TRY(way_of_address(cx, email, ret, &found));
		return found ? OK : fail(cx, ERR_INVALID, "email", N_("is not of a domain whose people register themselves; ask your office for a link or an account"));
	}
	TRY(way_of_code(cx, in->code, &w, &found));
	*ret = (struct way){ found ? w.id : 0, found ? w.org_id : 0 };
	return found ? OK : fail(cx, ERR_GONE, "", N_("This link is over. Ask your office for a new one; nothing was kept."));
}

/* ── asking ── */

struct asked {
	struct str name, email, mobile, employee_no;
	int64_t designation_id;
};

/* Faults are noted, all of them. */
static enum err clean(struct ctx *cx, const struct registration_ask *in, struct asked *ret)
{
	struct person_designation_row d;
	bool found = false, by_sms = cx->app->sms_url.n > 0;
	*ret = (struct asked){ .name = str_trim(in->name), .email = person_email(cx, in->email), .mobile = STR_NONE, .employee_no = str_trim(in->employee_no) };
	if (!ret->name.n)
		fail(cx, ERR_INVALID, "name", N_("is needed"));
	if (!ret->email.n || !mail_address_good(MAIL_LETTER, ret->email))
		fail(cx, ERR_INVALID, "email", N_("is not an e-mail address"));
	if (by_sms) {
		ret->mobile = person_mobile(cx, in->mobile);
		if (!ret->mobile.n)
			fail(cx, ERR_INVALID, "mobile", N_("is not an Indian mobile number of ten digits"));
	}
	if (!str_int(in->designation, &ret->designation_id))
		ret->designation_id = 0;
	TRY(person_sql_designation(cx, ret->designation_id, &d, &found));
	if (!found)
		fail(cx, ERR_INVALID, "designation", N_("must be one of the list"));
	return cx->n_failures ? ERR_INVALID : OK;
}

static struct str handle_hash(struct ctx *cx, struct str handle)
{
	return secret_hash(cx, "registration", handle);
}

enum err registration_ask(struct ctx *cx, const struct registration_ask *in, struct str *ret_handle)
{
	struct asked a;
	struct way way;
	int64_t id = new_id(cx);
	TRY(clean(cx, in, &a));
	TRY(find_way(cx, in, a.email, &way));
	TRY(session_limit(cx, "register", a.email, ASKED_MOST, HOUR));
	if (a.mobile.n)
		TRY(session_limit(cx, "register", a.mobile, ASKED_MOST, HOUR));
	TRY(session_limit(cx, "asked from", session_network(cx), ASKED_NETWORK, HOUR));
	*ret_handle = random_hex(cx, 16);
	TRY(registration_sql_add(cx, id, way.id, way.org_id, handle_hash(cx, *ret_handle), a.name, a.email, a.mobile, a.employee_no.n ? a.employee_no : STR_NONE, a.designation_id,
				 cx->lang == LANG_HI ? S("hi") : S("en"), cx->now, NULL));
	return job_add(cx, &(struct job_add){ .kind = "registration.codes", .input = str_fmt(cx->arena, "%lld", (long long)id), .asked_by = NONE }, NULL);
}

/* ── the codes ── */

static enum err tell_known(struct ctx *cx, int64_t person_id, int64_t id)
{
	struct mail m = { .fact = str_fmt(cx->arena, "registration.known:%lld", (long long)id), .person_id = person_id, .urgent = true,
			  .subject = N_("You have an account at Karmayogi already"),
			  .before = N_("somebody, probably you, has tried to register with your address or number. You have an account already; nothing was changed."),
			  .link_text = N_("Choose a new password"), .link = str_fmt(cx->arena, "%.*s/reset", STR_ARG(cx->app->base_url)),
			  .after = N_("If it was not you, nothing needs to be done.") };
	return mail_person(cx, &m, true);
}

static enum err codes_step(struct ctx *cx, struct job *j)
{
	struct registration_one_row r;
	struct registration_known_row known;
	struct str email_code, mobile_code = S("");
	int64_t id;
	bool found = false;
	j->ended = true;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(registration_sql_one(cx, id, &r, &found));
	if (!found || !str_is(r.state, "proving"))
		return OK;
	TRY(registration_sql_known(cx, r.email, r.mobile, r.employee_no, &known, &found));
	if (found)
		return tell_known(cx, known.id, id);
	TRY(code_to_stranger(cx, id, r.email, r.name, lang_of(r.lang), REGISTRATION_CODES, &email_code));
	if (r.mobile.n)
		TRY(code_to_stranger(cx, id, r.mobile, r.name, lang_of(r.lang), REGISTRATION_CODES, &mobile_code));
	return registration_sql_set_codes(cx, email_code, mobile_code, id, NULL);
}

/* ── proving ── */

enum err registration_prove(struct ctx *cx, struct str handle, struct str email_code, struct str mobile_code, bool *ret_good, int64_t *ret_person)
{
	struct registration_proving_row p;
	int64_t changed = 0;
	bool found = false;
	*ret_good = false;
	*ret_person = NONE;
	TRY(registration_sql_proving(cx, handle_hash(cx, handle), cx->now - REGISTRATION_CODES, REGISTRATION_TRIES, &p, &found));
	if (!found)
		return registration_sql_count_try(cx, NONE, NULL);
	bool good = code_fits(cx, p.id, p.email_code, email_code);
	if (p.mobile.n)
		good = code_fits(cx, p.id, p.mobile_code, mobile_code) && good;
	if (!good)
		return registration_sql_count_try(cx, p.id, NULL);
	*ret_good = true;
	TRY(registration_sql_use_way(cx, p.way_id, person_today(cx), &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This way in is over or full by now. Ask your office; nothing was kept."));
	if (!p.at_once)
		return registration_sql_wait(cx, cx->now, p.id, NULL);
	bool known = false;
	TRY(registration_let_in(cx, p.id, NONE, &known, ret_person));
	return known ? fail(cx, ERR_CONFLICT, "", N_("One of your contacts belongs to an account by now. Sign in with it, or ask your office.")) : OK;
}

enum err registration_let_in(struct ctx *cx, int64_t id, int64_t batch_id, bool *ret_known, int64_t *ret_person)
{
	struct registration_known_row known;
	struct registration_one_row r;
	bool found = false;
	*ret_person = NONE;
	TRY(registration_sql_one(cx, id, &r, &found));
	BUG_IF(!found);
	TRY(registration_sql_known(cx, r.email, r.mobile, r.employee_no, &known, ret_known));
	if (*ret_known)
		return OK;
	struct person_add p = { .employee_no = r.employee_no, .name = r.name, .email = r.email, .mobile = r.mobile, .lang = r.lang };
	TRY(person_add(cx, &p, ret_person));
	TRY(person_post(cx, &(struct person_post){ *ret_person, r.org_id, r.designation_id, NONE, person_today(cx) }));
	TRY(account_sql_prove(cx, *ret_person, r.email, cx->now, NULL));
	if (r.mobile.n)
		TRY(account_sql_prove(cx, *ret_person, r.mobile, cx->now, NULL));
	/* There is no password yet, and perhaps never one. */
	TRY(account_sql_choose_code(cx, *ret_person, cx->now, NULL));
	return registration_sql_let_in(cx, *ret_person, batch_id, cx->now, id, NULL);
}

/* ── every day ── */

static enum err lapse_some(struct ctx *cx, size_t *ret_n)
{
	struct registration_overdue_row *rows;
	TRY(registration_sql_overdue(cx, cx->now - REGISTRATION_PATIENCE, &rows, ret_n));
	for (size_t i = 0; i < *ret_n; i++) {
		struct mail m = { .fact = str_fmt(cx->arena, "registration.lapsed:%lld", (long long)rows[i].id), .person_id = NONE, .to = rows[i].email, .name = rows[i].name,
				  .lang = lang_of(rows[i].lang), .subject = N_("Your registration at Karmayogi"),
				  .before = N_("nobody has decided about your registration within 30 days, so it has lapsed. You may register again, or ask your office.") };
		TRY(registration_sql_lapse(cx, cx->now, rows[i].id, NULL));
		TRY(mail_add(cx, &m, NULL));
	}
	return OK;
}

static enum err daily_step(struct ctx *cx, struct job *j)
{
	struct registration_offices_waiting_row *offices;
	size_t n = 0;
	TRY(lapse_some(cx, &n));
	j->done += (int64_t)n;
	j->ended = n == 0;
	if (!j->ended)
		return OK;
	TRY(registration_sql_unproved(cx, cx->now - DAY, NULL));
	TRY(registration_sql_forget(cx, cx->now - REGISTRATION_KEPT, NULL));
	TRY(registration_sql_offices_waiting(cx, &offices, &n));
	for (size_t i = 0; i < n; i++)
		TRY(registration_tell_keepers(cx, offices[i].org_id, offices[i].n));
	return OK;
}

const struct job_kind registration_jobs[] = {
	{ .name = "registration.codes", .title = N_("Sending codes to who registers"), .step = codes_step },
	{ .name = "registration.daily", .title = N_("Registrations that wait"), .step = daily_step, .every = DAY },
	{ 0 },
};
