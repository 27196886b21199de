/* Letters by e-mail and short messages: written down with the fact they are about, sent by a job, lost by no outage.
 *
 *   domain code  mail_add() in its own transaction: the letter exists if and only if the fact does
 *   job          mail.send, one for each channel: the oldest of the most urgent → the server → noted, one at a time
 *
 * There is one letter for a fact, ever (.fact). A letter that the server has taken is not sent again; only a kill or a lost
 * connection between the server's last word and our note of it can send one twice, and then with the same Message-ID.
 *
 * Mail goes to the SMTP server of smtp_url (RFC 5321, libcurl), short messages to the HTTP gateway of sms_url; without them the letter is
 * written as a file below DATA/mail (ID.eml, RFC 5322; ID.txt) and a line of the log says where.
 * When the server cannot be reached, or refuses us rather than the letter (no such user, 421, sender), all letters of the channel wait
 * 5 s, 10 s, … at most 5 min. A 4xx for one letter lets that one wait 1 min, 2 min, … at most an hour, for MAIL_PATIENCE after which
 * it counts as refused. A 5xx for the recipient or the text is final. */
#ifndef FEATURE_MAIL_H
#define FEATURE_MAIL_H
#include "base/clock.h"
#include "job/job.h"
#include "mail_sql.h"

enum mail_channel { MAIL_LETTER, MAIL_SHORT };
enum { MAIL_ADDRESS_MAX = 254, MAIL_WORDS_MAX = 200, MAIL_BODY_MAX = 64 * 1024 };
#define MAIL_PATIENCE (5 * DAY)
#define MAIL_KEPT (400 * DAY) /* that a letter was sent is known so long; its text goes at once */

struct mail {
	struct str fact; /* "account.invite:4711" */
	enum mail_channel channel;
	int64_t person_id;  /* receiver; NONE: nobody we know */
	struct str to;	    /* e-mail address, or mobile number as +91… */
	struct str name;    /* of the receiver; may be empty */
	enum lang lang;	    /* of the receiver */
	bool urgent;	    /* somebody waits for it: goes before all that are not */
	int64_t expires_at; /* of no use afterwards; 0: never */
	int64_t not_before; /* waits until then; 0: goes at once */
	/* N_() English with {places}. A short message is `before` and the link. */
	const char *subject;
	const char *before;    /* a paragraph */
	const char *link_text; /* NULL: no link */
	struct str link;
	const char *after; /* a paragraph below the link; NULL: none */
	const struct msg_arg *args;
	size_t n_args;
};
/* In a writing transaction. ret_new (may be NULL): false when there was a letter for this fact before; nothing is changed then.
 * An address that no mail server takes (blanks, brackets, letters beyond ASCII, too long): ERR_INVALID, field "to". */
_must_check_ enum err mail_add(struct ctx *cx, const struct mail *in, bool *ret_new);
/* The same to who .person_id is: .channel, .to, .name and .lang are filled here. By e-mail; or_short: as a short message to who has only a mobile
 * number. Who has no address that can be written to is not written to. */
_must_check_ enum err mail_person(struct ctx *cx, struct mail *m, bool or_short);
/* Whether a letter can be addressed so. */
bool mail_address_good(enum mail_channel channel, struct str to);

extern const struct job_kind mail_jobs[]; /* ended by name NULL */

/* ── how the letters stand, for the operator ── */

/* Tries again what was refused, at once. In a writing transaction. ret_n: how many. */
_must_check_ enum err mail_again(struct ctx *cx, int64_t *ret_n);
#endif
