/* A letter as text: RFC 5322 with MIME (RFC 2045–2047), plain text and a simple HTML alternative. Within feature/mail. */
#ifndef FEATURE_MAIL_MESSAGE_H
#define FEATURE_MAIL_MESSAGE_H
#include "feature/mail/mail.h"

/* Who a setting such as `Karmayogi <no-reply@example.gov.in>` names; only an address is allowed, too. */
struct mail_from {
	struct str name, address;
};
/* False: there is no good address in it. */
bool mail_from_parse(struct ctx *cx, struct str setting, struct mail_from *ret);

struct mail_text {
	struct str plain, html;
};
/* The two texts of a letter in the language of the receiver; lines end with "\n". */
struct mail_text mail_texts(struct ctx *cx, const struct mail *in);
/* The text of a short message: one line. */
struct str mail_short_text(struct ctx *cx, const struct mail *in);

struct mail_letter {
	int64_t id, created_at;
	struct mail_from from;
	struct str to, name, subject;
	struct mail_text text;
};
/* The whole message, lines ended by "\r\n". Nothing in names or subject can begin another header: control characters become blanks,
 * and what is not plain ASCII is an encoded word. Message-ID and boundary depend on the id alone, so a repetition is the same message. */
struct str mail_message(struct ctx *cx, const struct mail_letter *l);
/* A header's value: as it is, or as encoded words of at most 75 bytes each, folded. */
void mail_put_words(struct buf *b, struct str s);
/* How the table names a channel, and for what the text of a letter is sealed (secret.h). */
struct str mail_channel_name(enum mail_channel c);
struct str mail_purpose(struct ctx *cx, int64_t id);
#endif
