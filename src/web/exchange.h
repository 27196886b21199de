/* One request and its answer, between the sockets (server.c) and the actions (exchange.c). */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H
#include "web/idempotency.h"
#include "web/rate.h"
#include "web/request.h"
#include "web/server.h"
#include "web/token.h"
#include "web/upload.h"

enum { COOKIES_MAX = 4 };

/* What goes out. Everything lives in the arena of the request. */
struct reply {
	unsigned status;
	const char *type;
	struct str body;
	struct str file;        /* sent instead of body; ranges are served */
	const struct listen_to *listen; /* who goes on listening after the body; NULL: nobody */
	struct str location;
	struct str disposition;
	struct str cookies[COOKIES_MAX];
	size_t n_cookies;
	bool cache_for_ever;
	struct str etag;        /* of a GET of the API: clients ask again whether it changed */
	struct str authenticate; /* WWW-Authenticate */
	struct str allow;       /* with 405 */
	bool replayed;          /* the answer of an earlier request with the same Idempotency-Key */
	const char *trouble;    /* for the log: what the database said, or which err */
};
struct exchange {
	struct ctx cx;
	struct incoming in;
	struct match match;
	struct buf body;        /* gathered; .full when it went over its ceiling */
	struct upload upload;   /* instead of body, for an action that takes files */
	bool target_too_long, known_method;
	struct session session;
	struct token token;
	struct rate_standing rate; /* limit 0: not counted */
	struct idempotency key;    /* key_hash absent: none */
	struct pairs *pairs;    /* of a page's form, kept to be shown again */
	void *input, *state;
	struct answer answer;
	struct str notice;      /* said once at the top of the page */
	struct reply out;
	bool again;             /* hand back to a worker: the refused form is to be shown */
	enum err refused;       /* why the form below is shown again */
	const struct action *form_action; /* the action that was refused */
	const struct action_table *actions;
	const struct asset *assets;
	struct db_pool *pool;
	unsigned time_limit_ms; /* of the statements; anew after .outside */
	/* Around .outside: others may run meanwhile. False: so many are outside already that this one may not: a slow server elsewhere must not keep all workers. */
	bool (*go_outside)(struct exchange *x);
	void (*come_back)(struct exchange *x);
	struct rate *rates;     /* NULL: the API has no ceiling */
	struct db_piece piece;
	/* Called once, when `out` is complete or `again` is set; on whatever thread ended the work. */
	void (*arrived)(struct exchange *x);
};
/* Finds the action; before the body is read. */
void exchange_match(struct exchange *x);
/* Whether the one who sends a file may run the action: sets upload.may. Before the body is read; cx.db is set (NULL: no database). */
void exchange_may_upload(struct exchange *x);
/* Runs the request up to its answer or up to the writer of the database. cx.db is set (NULL: no database). */
void exchange_run(struct exchange *x);
#endif
