/* What a piece of work carries with it: memory, database, who acts, language, clock, what failed.
 *
 * One per request, job or command; passed first to every function that can allocate or fail.
 * There is no other hidden state: no globals, no thread locals. */
#ifndef BASE_CTX_H
#define BASE_CTX_H
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;
struct app;
struct fact;
struct catalogue_place;
struct form_place;
struct pool_place;
struct action_table;
struct metrics;
struct live_kind;

enum lang { LANG_EN, LANG_HI, LANG_COUNT_ };
/* Of a tag as it is kept: "hi"; anything else is English. */
static inline enum lang lang_of(struct str tag)
{
	return str_is(tag, "hi") ? LANG_HI : LANG_EN;
}

/* A message for a person: English text with {name} places, and the values for them. Translated at the rim. */
struct msg_arg {
	const char *name;
	struct str value;
};
enum { MSG_ARGS_MAX = 4, FAILURES_MAX = 24 };
struct failure {
	struct str field; /* name of the input field; empty: the whole form */
	const char *text; /* N_() English */
	struct msg_arg args[MSG_ARGS_MAX];
	size_t n_args;
};

/* How somebody is there: as himself; for a colleague who asked for it (with the colleague's roles); or to help, seeing what somebody sees. */
enum acting { ACTING_SELF, ACTING_DELEGATE, ACTING_SUPPORT };
struct actor {
	int64_t person_id;  /* in whose name; 0: nobody signed in */
	int64_t session_id; /* 0: none */
	int64_t token_id;   /* 0: none; a program acts for the person */
	struct str name;
	int64_t half_id;    /* who has shown the first of two factors, with person_id 0; 0: nobody */
	struct str zone; /* IANA zone, e.g. Asia/Kolkata */
	bool custom;        /* holds roles that an organisation composed itself */
	enum acting acting;
	int64_t by_id;      /* unless ACTING_SELF: who really is there; .name and .zone are of this one */
	int64_t acting_id, acting_until; /* the row of the table acting; UTC ms */
	struct str for_name;  /* of person_id */
};
/* Who really is there. */
static inline int64_t actor_hand(const struct actor *a)
{
	return a->acting == ACTING_SELF ? a->person_id : a->by_id;
}
/* Whether somebody has a say here about himself: in the own name, or in that of another. */
static inline bool actor_is(const struct actor *a, int64_t person_id)
{
	return a->person_id == person_id || actor_hand(a) == person_id;
}

struct ctx {
	struct arena *arena;
	struct db *db;           /* connection of this worker; NULL where none is needed */
	struct actor actor;
	enum lang lang;
	int64_t now;             /* UTC milliseconds; fixed for the whole request */
	uint64_t request_id;
	struct str address;      /* of the client, for limits and audit */
	struct str agent;        /* browser or program, as it names itself */
	struct str if_match;     /* of a request that changes something: only if it is this version (RFC 9110, 13.1.1); absent: any */
	struct str last_event_id; /* of who listened before (WHATWG HTML, 9.2.4); absent: did not */
	struct str sign_in;      /* what this browser keeps of a sign-in that was begun at a provider, sealed; absent: none */
	unsigned statements;     /* SQL statements run so far */
	bool bulk;               /* many people change in one piece of work: who follows them is told once, at its end */
	struct app *app;         /* services of the process (ids, keys, settings): see app.h */
	struct failure failures[FAILURES_MAX];
	size_t n_failures;
	char trouble[200];       /* what the database said of the last statement that failed; for the log, never for people */
};

/* Notes a failure with its field and sentence (English, marked N_) and returns e: `return fail(cx, ERR_CONFLICT, "person_id", N_("already enrolled"));`
 * Call it several times to report several fields; only the first FAILURES_MAX are kept. */
enum err fail(struct ctx *cx, enum err e, const char *field, const char *text);
/* The same with values for {name} places: fail_msg(cx, ERR_INVALID, "pass", N_("must be at most {max}"), 1, (struct msg_arg[]){{ "max", S("100") }}). */
enum err fail_msg(struct ctx *cx, enum err e, struct str field, const char *text, size_t n, const struct msg_arg *args);

/* A fresh 64-bit id, ordered by time: 41 bits of milliseconds since 2025-01-01, 8 of node, 14 of sequence. Thread-safe. Always > 0. */
int64_t new_id(struct ctx *cx);
/* n random bytes from the operating system. */
void random_bytes(void *p, size_t n);
/* n random bytes as 2n hexadecimal digits, in the arena. */
struct str random_hex(struct ctx *cx, size_t n);

/* Process-wide id source; one per process, made in main. */
struct id_source;
struct id_source *id_source_new(unsigned node);
void id_source_free(struct id_source *s);

/* What the floors need from the process. Owned by main (or a test); lives as long as the process. */
struct app {
	struct id_source *ids;
	int64_t fixed_now;        /* > 0: tests and the demonstration set the clock; 0: real time */
	unsigned char sign_pk[32], sign_sk[64]; /* Ed25519 key of this installation; see credential.h */
	struct str base_url;      /* public address without a final slash */
	struct str data_dir;      /* folder of media and keys */
	unsigned char secret_key[32]; /* seals what the database must not tell; see secret.h */
	unsigned char push_sk[32], push_pk[65]; /* P-256 key by which push services know this installation; see push.h */
	struct str smtp_url, smtp_user, smtp_password, mail_from, sms_url; /* see mail.h and the settings of these names */
	struct str tls_certificate; /* PEM file of the server itself; empty: a proxy speaks TLS, or nobody does */
	int64_t smtp_timeout;     /* seconds; 0: 60 */
	int64_t marking_apart, appeal_days; /* see marking.h, ruling.h and the settings of these names; 0: the usual */
	struct str stream_listen, stream_host, stream_url, ffmpeg; /* see stream.h and the settings of these names; stream_listen empty: no live streams */
	int64_t rtmp_port, srt_first, srt_last, stream_most;
	bool stream_encode, stream_thin;
	int64_t node;             /* number of this process among those that share the database */
	struct str private_networks; /* to which connections are made at the wish of users; see web/outbound.h */
	bool second_factor_required; /* of administrators */
	/* Told in the transaction that posts, releases or takes back a person, grants or ends a role, or (course_id not NONE) completes a course.
	 * NULL: nobody listens. Call it by person_tell. */
	enum err (*person_changed)(struct ctx *cx, int64_t person_id, int64_t course_id);
	enum err (*exam_passed)(struct ctx *cx, int64_t person_id, int64_t exam_id); /* told in the transaction that marks it. NULL: nobody listens */
	/* Told in the transaction that moves an organisation with all below it: sign -1, it is about to leave those above it; 1, it stands below others now. NULL: nobody
	 * listens. */
	enum err (*org_moves)(struct ctx *cx, int64_t org_id, int sign);
	/* Told in its transaction that a batch of a programme may have more seats than before. NULL: nobody listens. */
	enum err (*seats_changed)(struct ctx *cx, int64_t batch_id);
	enum err (*fact_told)(struct ctx *cx, const struct fact *f); /* NULL: nobody listens. Call it by fact_tell (base/fact.h) */
	/* Told in its transaction that the first half of a session became a whole one with this cookie, and that a session is ended by its
	 * person (*ret_then may name a page of ours to go to). NULL: nobody listens. */
	enum err (*session_follows)(struct ctx *cx, int64_t half_id, struct str cookie);
	enum err (*session_leaves)(struct ctx *cx, int64_t session_id, struct str *ret_then);
	/* Told in its transaction that somebody ended sessions of a person: the one named, or (NONE) all that are there no more. NULL: nobody listens. */
	enum err (*sessions_ended)(struct ctx *cx, int64_t person_id, int64_t session_id);
	/* Told in its transaction that a framework of competencies was carried out or taken back. NULL: nobody listens. */
	enum err (*competencies_changed)(struct ctx *cx);
	const struct live_kind *live_kinds; /* places of live talk, ended by kind NULL; see feature/live/live.h */
	int64_t live_days; /* after which chat is deleted; 0: the usual */
	struct catalogue_place *catalogue; /* of live courses; see feature/search/catalogue.h. NULL: they are read each time */
	struct form_place *forms; /* of examinations; see feature/exam/form.h. NULL: as before */
	struct pool_place *pools; /* of adaptive examinations; see feature/adaptive/adaptive.h. NULL: as before */
	bool verbose;
	struct metrics *metrics;  /* of the server of this process; NULL: it does not serve */
	const struct action_table *actions; /* what the process serves; NULL: it does not */
	unsigned fail_at;         /* fault injection: the n-th statement of a request inside a writing transaction fails; 0 never */
};
/* Tells who listens to changes of people. course_id: completed just now, or NONE (INT64_MIN). */
static inline enum err person_tell(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	return cx->app && cx->app->person_changed && !cx->bulk ? cx->app->person_changed(cx, person_id, course_id) : OK;
}
#endif
