/* Handing one letter to the outside, and what came of it. Within feature/mail. */
#ifndef FEATURE_MAIL_SEND_H
#define FEATURE_MAIL_SEND_H
#include "feature/mail/mail_message.h"

#define MAIL_DIVIDER '\x1e' /* between the two texts of a letter as kept */

enum mail_outcome {
	MAIL_SENT,    /* taken by the server, or written as a file */
	MAIL_LATER,   /* the server wants this letter later */
	MAIL_REFUSED, /* the server never wants this letter */
	MAIL_AWAY,    /* the server is not there, or does not want us */
	MAIL_LATE,    /* its time has passed */
	MAIL_SPOILED, /* the text does not open: the key of the installation is another one */
};

struct mail_sending {
	const struct mail_due_row *row;
	struct job *job; /* whose lease is kept meanwhile; NULL: none */
	enum mail_outcome outcome;
	struct str words; /* the server's or the system's, at most MAIL_WORDS_MAX bytes; absent: none. In the arena */
};
/* Outside any transaction; takes app.smtp_timeout seconds at most. */
void mail_send(struct ctx *cx, struct mail_sending *s);

/* Queues the job of a channel, if it does not wait already. In a writing transaction. */
_must_check_ enum err mail_wake(struct ctx *cx, struct str channel);
#endif
