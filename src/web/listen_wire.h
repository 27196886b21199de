/* The sockets of those who listen: one thread, one queue of messages by place; see listen.h, whose own part this is. */
#ifndef WEB_LISTEN_WIRE_H
#define WEB_LISTEN_WIRE_H
#include "web/listen.h"

struct wire;
/* gone: a line of a person and an address (as it came with wire_join) is closed; on the thread of the wire. NULL when there is no thread. */
struct wire *wire_new(void (*gone)(void *arg, int64_t person_id, uint64_t address), void *arg);
/* Tells all lines to come again and closes them, also those that join later. */
void wire_close(struct wire *w);
/* The same, and ends. NULL is allowed. */
void wire_free(struct wire *w);

struct wire_join {
	int fd;
	int64_t person_id, last;
	uint64_t address;
	bool moderator;
	struct str topic, missed;
};
/* From any thread, as all below. The socket is the wire's from now on. */
void wire_join(struct wire *w, const struct wire_join *j);
void wire_tell(struct wire *w, const struct listen_message *m);
/* Of lines that were judged when the newest row was before this one. */
void wire_again(struct wire *w, int64_t person_id, int64_t before);
bool wire_heard(struct wire *w, struct str topic);
/* Places with their lines, in the arena of cx. */
void wire_counts(struct wire *w, struct ctx *cx, struct listen_count **ret, size_t *ret_n);
#endif
