/* One-time codes; see account.h. */
#include "feature/account/account.h"
#include "feature/account/account_letter.h"
#include "feature/mail/mail.h"
#include "feature/person/person.h"
#include "feature/secret/secret.h"

enum err code_ask_sign_in(struct ctx *cx, struct str login)
{
	return account_queue(cx, "account.code", login);
}

/* The same digits for another person, purpose or code are another text. */
static struct str code_hash(struct ctx *cx, int64_t id, struct str code)
{
	return secret_hash(cx, "code", str_fmt(cx->arena, "%lld:%.*s", (long long)id, STR_ARG(code)));
}

static struct str six_digits(struct ctx *cx)
{
	uint64_t n;
	random_bytes(&n, sizeof n);
	return str_fmt(cx->arena, "%06llu", (unsigned long long)(n % 1000000));
}

/* The letter or message with a code, good until a time. */
static enum err code_letter(struct ctx *cx, const struct letter_to *to, int64_t id, struct str code, bool to_sign_in, int64_t until)
{
	struct msg_arg args[] = { { "code", code }, { "login", to->login } };
	struct mail m = { .fact = str_fmt(cx->arena, "account.code:%lld:%.*s", (long long)id, STR_ARG(to->login)),
			  .channel = to->login.p[0] == '+' ? MAIL_SHORT : MAIL_LETTER,
			  .person_id = to->person_id,
			  .to = to->login,
			  .name = to->name,
			  .lang = to->lang,
			  .urgent = true,
			  .expires_at = until,
			  .args = args,
			  .n_args = 2 };
	if (m.channel == MAIL_SHORT) {
		m.before = N_("{code} is your code for Karmayogi. Tell it to nobody.");
	} else if (to_sign_in) {
		m.subject = N_("Your code to sign in to Karmayogi");
		m.before = N_("your code is {code}.");
		m.after =
		    N_("It is good for 10 minutes and for one use. Nobody of ours ever asks for it. If you did not ask for a code, nothing needs to be done.");
	} else {
		m.subject = N_("Your code for Karmayogi");
		m.before = N_("with the code {code} you show that you read what is sent to {login}.");
		m.after = N_("It is good for a short time and for one use. If you did not ask for it, nothing needs to be done.");
	}
	return mail_add(cx, &m, NULL);
}

enum err code_send(struct ctx *cx, const struct letter_to *to, const char *purpose)
{
	int64_t id = new_id(cx), until = cx->now + CODE_LIFE;
	struct str code = six_digits(cx);
	TRY(account_sql_add_code(cx, id, to->person_id, str_of(purpose), to->login, code_hash(cx, id, code), cx->now, until, NULL));
	return code_letter(cx, to, id, code, strcmp(purpose, "sign_in") == 0, until);
}

enum err code_to_stranger(struct ctx *cx, int64_t id, struct str contact, struct str name, enum lang lang, int64_t life, struct str *ret_hash)
{
	struct str code = six_digits(cx);
	*ret_hash = code_hash(cx, id, code);
	return code_letter(cx, &(struct letter_to){ NONE, name, contact, lang }, id, code, false, cx->now + life);
}

bool code_fits(struct ctx *cx, int64_t id, struct str hash, struct str code)
{
	return secret_same(hash, code_hash(cx, id, str_trim(code)));
}

enum err code_ask_contact(struct ctx *cx, struct str contact)
{
	struct account_contacts_row r;
	bool found = false;
	TRY(account_sql_contacts(cx, cx->actor.person_id, &r, &found));
	TRY(account_asked(cx, contact));
	if (!found || !mail_address_good(contact.p[0] == '+' ? MAIL_SHORT : MAIL_LETTER, contact))
		return fail(cx, ERR_CONFLICT, "", N_("No letter can be sent to this address. Ask the administrator of your organisation to correct it."));
	return code_send(cx, &(struct letter_to){ cx->actor.person_id, r.name, contact, lang_of(r.lang) }, "contact");
}

enum err code_try(struct ctx *cx, int64_t person_id, const char *purpose, struct str contact, struct str code, bool *ret_good)
{
	struct account_code_row c;
	bool found = false;
	int64_t changed = 0;
	*ret_good = false;
	TRY(account_sql_code(cx, person_id, str_of(purpose), contact, cx->now, CODE_TRIES, &c, &found));
	/* As many statements whether there is a code or not: the time tells nothing. */
	if (!found)
		return account_sql_count_code(cx, NONE, NULL);
	if (!secret_same(c.code_hash, code_hash(cx, c.id, str_trim(code))))
		return account_sql_count_code(cx, c.id, NULL);
	TRY(account_sql_use_code(cx, cx->now, c.id, &changed));
	*ret_good = changed == 1;
	return OK;
}
