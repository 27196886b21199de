/* Events on their way to addresses outside: signed, many at a time, each within WEBHOOK_SECONDS. Within the feature. */
#ifndef FEATURE_WEBHOOK_SEND_H
#define FEATURE_WEBHOOK_SEND_H
#include "feature/webhook/webhook.h"

struct webhook_post {
	struct str address, body;
	int64_t event_id;
	struct str secret, old_secret; /* old_secret absent: only one signature */
	/* how it went */
	int64_t status; /* over HTTP; NONE: no answer */
	int64_t took;	/* ms */
	struct str words; /* what stood in the way; absent: there was an answer */
};
/* Sends all of them at the same time, outside any transaction; returns when the last one has an answer or none. */
void webhook_post_all(struct ctx *cx, struct webhook_post *v, size_t n);

/* The signature of one secret, "v1,…"; absent: not a secret. In the arena. */
struct str webhook_signature(struct ctx *cx, struct str secret, struct str id, struct str timestamp, struct str body);
/* The bytes of a secret. False: it is none, or has more than max bytes. */
bool webhook_key(struct str secret, unsigned char *ret, size_t max, size_t *ret_n);
/* Queues a round of telling. In a writing transaction. */
_must_check_ enum err webhook_wake(struct ctx *cx);
/* For what the secret of a webhook is sealed (feature/secret). */
struct str webhook_purpose(struct ctx *cx, int64_t id);
#endif
