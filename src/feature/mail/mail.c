/* Letters as rows; see mail.h. */
#include "feature/mail/mail.h"
#include "feature/mail/mail_message.h"
#include "feature/mail/mail_send.h"
#include "feature/secret/secret.h"
#include "web/lang.h"

static struct str sealed_body(struct ctx *cx, int64_t id, const struct mail *in)
{
	if (in->channel == MAIL_SHORT)
		return secret_seal(cx, mail_purpose(cx, id), mail_short_text(cx, in));
	struct mail_text t = mail_texts(cx, in);
	return secret_seal(cx, mail_purpose(cx, id), str_fmt(cx->arena, "%.*s%c%.*s", STR_ARG(t.plain), MAIL_DIVIDER, STR_ARG(t.html)));
}

enum err mail_add(struct ctx *cx, const struct mail *in, bool *ret_new)
{
	int64_t id = new_id(cx), changed = 0;
	struct str channel = mail_channel_name(in->channel);
	if (!mail_address_good(in->channel, in->to))
		return fail(cx, ERR_INVALID, "to", N_("is not an address that letters can be sent to"));
	struct str subject = in->subject ? msg_fill(cx, tr(in->lang, in->subject), in->n_args, in->args) : S("");
	TRY(mail_sql_add(cx, id, in->fact, channel, in->person_id, in->to, in->name.p ? in->name : S(""), in->lang == LANG_HI ? S("hi") : S("en"),
			 in->urgent ? 0 : 1, subject, sealed_body(cx, id, in), in->not_before ? in->not_before : cx->now, in->expires_at ? in->expires_at : NONE, cx->now, &changed));
	if (ret_new)
		*ret_new = changed == 1;
	return changed && !in->not_before ? mail_wake(cx, channel) : OK;
}

enum err mail_person(struct ctx *cx, struct mail *m, bool or_short)
{
	struct mail_receiver_row r;
	bool found = false;
	TRY(mail_sql_receiver(cx, m->person_id, &r, &found));
	m->channel = found && !r.email.n && or_short ? MAIL_SHORT : MAIL_LETTER;
	m->to = m->channel == MAIL_SHORT ? r.mobile : r.email;
	if (!found || !mail_address_good(m->channel, m->to))
		return OK;
	m->name = r.name;
	m->lang = lang_of(r.lang);
	return mail_add(cx, m, NULL);
}

enum err mail_again(struct ctx *cx, int64_t *ret_n)
{
	TRY(mail_sql_again(cx, cx->now, ret_n));
	TRY(mail_wake(cx, mail_channel_name(MAIL_LETTER)));
	return mail_wake(cx, mail_channel_name(MAIL_SHORT));
}
