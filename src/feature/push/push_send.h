/* Pushes on their way to push services. Within the feature. */
#ifndef FEATURE_PUSH_SEND_H
#define FEATURE_PUSH_SEND_H
#include "feature/push/push.h"
#include "feature/push/push_crypt.h"

/* What a device gave, as it is sealed. */
struct push_device {
	struct str endpoint;
	struct push_to to;
};
struct str push_device_seal(struct ctx *cx, int64_t id, const struct push_allow *in);
/* False: the key of the installation is another one. In the arena. */
bool push_device_open(struct ctx *cx, int64_t id, struct str sealed, struct push_device *ret);

enum push_outcome {
	PUSH_TAKEN,
	PUSH_USELESS, /* read, withdrawn, too late, or called wrong in itself: this one is not sent (again) */
	PUSH_LATER,   /* the device rests */
	PUSH_GONE,    /* the device has ended */
};
struct push_sending {
	const struct push_due_row *row;
	enum push_outcome outcome;
	int64_t rest; /* ms that the push service asks for; 0: none */
};
/* Sends all of them at the same time, outside any transaction; returns when the last one has an answer or none. */
void push_send_all(struct ctx *cx, struct push_sending *v, size_t n);

/* Queues a round of sending. In a writing transaction. */
_must_check_ enum err push_wake(struct ctx *cx);
/* A device goes, with what waits for it. In a writing transaction. */
_must_check_ enum err push_forget(struct ctx *cx, int64_t id);
#endif
