/* Posting to other servers at addresses that users gave: many at a time, each for itself and within its seconds, never into the network of this
 * installation (outbound.h), and no way elsewhere is followed. */
#ifndef WEB_POST_H
#define WEB_POST_H
#include "base/field.h"
#include "web/outbound.h"

struct post_header {
	const char *name;
	struct str value;
};
struct post {
	struct str address; /* that outbound_url takes */
	const struct post_header *headers;
	size_t n_headers;
	struct str body; /* any bytes */
	/* how it went */
	int64_t status;	     /* over HTTP; NONE: no answer */
	int64_t took;	     /* ms */
	int64_t retry_after; /* seconds, of the header of this name (RFC 9110, 10.2.3); 0: not said */
	struct str words;    /* what stood in the way, at most 200 bytes; absent: there was an answer */
};
/* Sends all of them at the same time, outside any transaction; returns when the last one has an answer or none. seconds: for each, a third of
 * them to be connected. What an answer says beside its status is not kept. */
void post_all(struct ctx *cx, struct post *v, size_t n, unsigned seconds);
#endif
