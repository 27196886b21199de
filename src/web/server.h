/* The server: event threads read and write sockets, a bounded queue hands complete requests to a pool of workers,
 * each of which runs one request at a time, top to bottom, on its own connection.
 *
 *   event thread → queue → worker (read, prepare) → [writer of the database] → answer → event thread
 *
 * Costly requests (action.h: sign-ins, whose password takes 64 MB and a tenth of a second) wait in a queue of their own, a quarter as long, and are
 * worked on as many at a time as there are cores: more would be no faster, and a morning on which everybody signs in takes neither the memory nor
 * the workers of those who are in already.
 * On SQLite as many pages are made at a time as two for each core: reading is work of the processor there, and every connection reads its pages anew after
 * each commit of the writer. A worker that waits for a server elsewhere is not counted.
 * A request that changes something leaves the worker while the SQLite writer works on it, so that a few workers
 * carry many waiting people. When the queue is full, the answer is 503 with Retry-After, at once.
 * Assets, live streams (handout.h) and the health addresses are answered by the event thread itself; the asset worker.js at /worker.js, since a service worker is in charge
 * of the addresses below its own only. */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H
#include "web/action.h"
#include "web/listen.h"
#include "web/tls.h"

struct server;
struct asset {
	const char *key;          /* "app.css" */
	const char *name;         /* "app.3f2a1b9c.css"; the same as the key: not kept by browsers */
	const char *type;
	const unsigned char *p;
	size_t n;
	const unsigned char *gz;  /* NULL: none */
	size_t gz_n;
};
struct server_options {
	const char *listen;       /* address, "127.0.0.1" */
	unsigned port;            /* 0: any free one; see server_port */
	struct tls *tls;          /* NULL: plain HTTP; stays with the caller until the server has ended */
	unsigned workers;
	unsigned queue;           /* most requests waiting */
	unsigned time_limit_ms;   /* of the statements of one request */
	struct str metrics_token; /* who brings it sees /metrics; absent: whoever asks on this machine itself */
	unsigned api_rate;        /* most requests to the API in a minute by one client; 0: any number */
	const struct action_table *actions;
	const struct asset *assets; /* ended by key NULL */
	struct db_pool *pool;
	struct app *app;
	const struct listen_source *source; /* of what who listens hears; NULL: nobody listens (web/listen.h) */
	unsigned listeners;       /* most lines of those who listen */
	bool log;                 /* a line a request on standard error */
};
/* Starts and returns; ret_message is a sentence for the operator when it cannot (port taken, …). */
_must_check_ enum err server_start(struct ctx *cx, const struct server_options *o, struct server **ret, struct str *ret_message);
unsigned server_port(const struct server *s);
/* Takes no new connections, says "not ready", answers what has begun, then ends. At most `seconds`. */
void server_stop(struct server *s, unsigned seconds);
#endif
