/* Server-sent events (WHATWG HTML, section 9.2): one line to each browser that listens, held at a few hundred bytes.
 *
 *   page → GET …/stream → an action judges who asks and answers with .listen (where, and what was missed) → server.c hands the bare socket over
 *   → one thread here holds all of them; a second one looks into the database for what is new, on behalf of every process that shares it
 *
 * A message is a row that some transaction wrote, with an id, a place ("session:12"), a name and one line of JSON; or a state (how many listen, how a poll
 * stands) that is not kept: the newest of its key counts, and whoever comes gets it at once. Each is encoded once, whoever hears it.
 * Rows become visible in another order than that of their ids: each look begins LISTEN_WINDOW before the newest id, and what was there in the look before
 * is not told again. So does whoever comes back with Last-Event-ID: what one hears is at least once, and messages say how things are, not what to add.
 *
 *   heard after        at most LISTEN_LOOK ms and the sending itself; only while somebody listens
 *   a silent line      gets a comment every 25 s, or proxies would close it
 *   slow readers       who is LISTEN_RING messages or LISTEN_SLOW behind is closed and comes again; nothing is kept for one alone
 *   judged again       when listen_again names the person, at once; else when the line is LISTEN_LIFE old: it is closed, and the browser asks anew
 *   ceilings           so many in all (setting), LISTEN_PERSON of a person, LISTEN_ADDRESS of an address; beyond them, and where the server itself speaks
 *                      TLS, the answer ends at once, says what was missed, and has the browser ask again (LISTEN_AGAIN): slower, never refused
 *   the end            every line is told to come again after 1 to 10 s, each after another time
 *
 * Behind a proxy: the answer is HTTP/1.1, ended by closing, with X-Accel-Buffering: no. */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H
#include "base/clock.h"
#include "db/db.h"

enum { LISTEN_LOOK = 250, LISTEN_RING = 64, LISTEN_PERSON = 8, LISTEN_ADDRESS = 4000, LISTEN_TOPIC_MAX = 60, LISTEN_STATES = 100, LISTEN_AGAIN = 3000 };
#define LISTEN_WINDOW (3 * SECOND)
#define LISTEN_SLOW (20 * SECOND)
#define LISTEN_LIFE (10 * MINUTE)
#define LISTEN_COUNTED (5 * SECOND)
/* How far apart in time two ids are (new_id): the id so many milliseconds before another. */
static inline int64_t listen_before(int64_t id, int64_t ms)
{
	int64_t span = ms << 22;
	return id > span ? id - span : 0;
}

/* What an action answers with (struct answer, .listen), besides .type "text/event-stream" and in .bytes the events that were missed. */
struct listen_to {
	struct str topic; /* "session:12" */
	int64_t person_id;
	int64_t last;	/* newest row when .bytes was read */
	bool moderator; /* hears what is for moderators alone, too */
};
struct listen_message {
	int64_t id; /* of the row; NONE: a state */
	struct str topic;
	struct str key;	 /* of a state */
	struct str what; /* small letters */
	struct str data; /* JSON without line breaks */
	bool moderators; /* for them alone */
};
/* As it goes over the line. */
void listen_encode(struct buf *b, const struct listen_message *m);

struct listen;
struct listen_count {
	struct str topic;
	int64_t n;
};
/* Who knows the tables. */
struct listen_source {
	/* Gives (listen_give) every row with an id above `after`, in order of ids, and, with `states`, states that may have changed: that is asked every second
	 * time. In a read transaction. */
	enum err (*look)(struct ctx *cx, struct listen *l, int64_t after, bool states);
	/* Every LISTEN_COUNTED: how many listen here, by place; process_id tells processes apart. In a writing transaction. */
	enum err (*count)(struct ctx *cx, int64_t process_id, const struct listen_count *c, size_t n);
};

/* most: lines at a time. NULL when no thread can be had. */
struct listen *listen_new(const struct listen_source *source, struct db_pool *pool, struct app *app, unsigned most);
/* Tells all to come again and closes their lines; nobody is admitted any more. NULL is allowed, also below. */
void listen_close(struct listen *l);
void listen_free(struct listen *l);
/* Of .look. */
void listen_give(struct listen *l, const struct listen_message *m);
/* Of .look, for a row that says so: all lines of a person that were judged before it are closed, and judged anew when they come again. */
void listen_again(struct listen *l, int64_t id, int64_t person_id);
/* Of .look: whether anybody listens there in this process. */
bool listen_heard(struct listen *l, struct str topic);

/* Whether one more may listen; then it is counted, and listen_join has to follow. */
bool listen_admit(struct listen *l, int64_t person_id, struct str address);
/* Takes the socket. missed: what .bytes held; head of the answer and the rest are written here. Copies what it needs. */
void listen_join(struct listen *l, int fd, const struct listen_to *to, struct str address, struct str missed);
/* The first line of any stream: after how many ms a browser asks again, somewhat different for each. */
struct str listen_retry(struct ctx *cx, unsigned ms);
#endif
