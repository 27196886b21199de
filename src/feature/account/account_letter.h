/* What links, codes and their jobs share. Within feature/account. */
#ifndef FEATURE_ACCOUNT_LETTER_H
#define FEATURE_ACCOUNT_LETTER_H
#include "feature/account/account.h"

struct letter_to {
	int64_t person_id;
	struct str name, login; /* e-mail address or +91… */
	enum lang lang;
};
/* Counts what is asked for this address and from this network: ERR_TOO_MANY. */
_must_check_ enum err account_asked(struct ctx *cx, struct str login);
/* Queues a job of the kind for an address or number as typed; the same work for every address. */
_must_check_ enum err account_queue(struct ctx *cx, const char *kind, struct str typed);
/* In writing transactions. */
_must_check_ enum err link_send(struct ctx *cx, const struct letter_to *to, bool invite);
_must_check_ enum err code_send(struct ctx *cx, const struct letter_to *to, const char *purpose);
#endif
