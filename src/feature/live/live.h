/* Talk at a place while something happens there: questions with votes, polls, a moderated chat, how many listen.
 *
 * A place is (kind, thing_id): an event, a session of a batch, a charcha. Its owner says who may be there and as what (struct live_kind; the list stands in
 * app/features.c). Whoever else wants to be heard there calls live_tell() in the transaction of the fact.
 *
 *   a change → rows, and live_message in the same transaction → every process looks for new rows while somebody listens to it (web/listen.h)
 *   → everybody there hears within LISTEN_LOOK and the sending itself
 *
 * Thousands vote at once: a vote is one row of its own, of nobody else's concern (no counter is hot, on PostgreSQL nothing collides, on SQLite votes share
 * commits). How a poll or question stands is a state: each process counts what was touched since, twice a second at most, and tells its own listeners when it
 * differs. When a poll is closed its counts are kept with it. Groups are small here on purpose: a poll shows the counts of three people, too.
 *
 * A question is of one person, votes are once a person and can be taken back; sorted pinned first, then by votes, then the older first. Its asker's name is
 * seen by moderators, and by all if the place says so. The chat is off, after approval, or open; a hidden message vanishes for everybody at once.
 *
 * Everything works without scripts (forms, and a link that loads the page anew); live.js listens. */
#ifndef FEATURE_LIVE_H
#define FEATURE_LIVE_H
#include "base/clock.h"
#include "db/db.h"
#include "job/job.h"
#include "live_sql.h"

enum {
	LIVE_WORDS_MAX = 500,
	LIVE_QUESTIONS_MAX = 500,
	LIVE_QUESTIONS_EACH = 20,
	LIVE_POLLS_MAX = 50,
	LIVE_OPTIONS_MAX = 10,
	LIVE_CHAT_SHOWN = 50,
	LIVE_CHAT_MAX = 10000, /* messages of a place */
	LIVE_MISSED_MAX = 200,
	LIVE_CHAT_A_MINUTE = 20
};
#define LIVE_KEPT HOUR	  /* of messages */
#define LIVE_CHAT_DAYS 90 /* after which chat is deleted, unless the setting says otherwise */

/* A reader sees and hears what guests do, but says nothing: it is over. */
enum live_role { LIVE_NONE, LIVE_READER, LIVE_GUEST, LIVE_MODERATOR };
struct live_kind {
	const char *kind; /* "session"; small letters, at most 20 */
	/* As what somebody may be there. No such thing: LIVE_NONE and OK. Asked in a transaction, reads only. */
	enum err (*may)(struct ctx *cx, int64_t thing_id, int64_t person_id, enum live_role *ret);
	/* What it is called and where its page is, for the page of the talk itself; NULL: nothing is said. */
	enum err (*about)(struct ctx *cx, int64_t thing_id, struct str *ret_title, struct str *ret_path);
};
/* Sessions of batches: who is admitted, and who is coordinator of the programme or manages it. */
enum err live_session_may(struct ctx *cx, int64_t thing_id, int64_t person_id, enum live_role *ret);
enum err live_session_about(struct ctx *cx, int64_t thing_id, struct str *ret_title, struct str *ret_path);

/* The role of the actor; LIVE_NONE: ERR_NOT_FOUND with a sentence. */
_must_check_ enum err live_role(struct ctx *cx, struct str kind, int64_t thing_id, enum live_role *ret);
/* Everybody at the place hears `what` (small letters) with one JSON value. In a writing transaction: heard after it is committed. Told at least once, so
 * it should say how things are, not what to add. live_tell_moderators: they alone. */
_must_check_ enum err live_tell(struct ctx *cx, struct str kind, int64_t thing_id, const char *what, struct str json);
_must_check_ enum err live_tell_moderators(struct ctx *cx, struct str kind, int64_t thing_id, const char *what, struct str json);
/* The lines of a person are closed within a second, in all processes, and who asks again is judged anew: for who takes a role or a seat away. In a writing
 * transaction. Without it a line is judged anew after LISTEN_LIFE (web/listen.h) at the latest. */
_must_check_ enum err live_judge_again(struct ctx *cx, int64_t person_id);
/* Calls it for who was posted, moved, left, got or lost a role; stands in features_person_changed. */
_must_check_ enum err live_person_changed(struct ctx *cx, int64_t person_id);
/* Calls it for whose sessions were ended; stands in struct app with others as .sessions_ended. */
_must_check_ enum err live_sessions_ended(struct ctx *cx, int64_t person_id, int64_t session_id);

/* ── listening: for live_web.c and live_source.c ── */
#define LIVE_COUNT_LIFE (20 * SECOND)
enum err live_about(struct ctx *cx, struct str kind, int64_t thing_id, struct str *ret_title, struct str *ret_path);
struct str live_topic(struct ctx *cx, struct str kind, int64_t thing_id);
struct live_missed {
	int64_t newest;		      /* of all places; 0: there is none */
	struct live_missed_row *rows; /* of this place, the oldest first */
	size_t n;
	bool lost; /* more, or older, than is kept */
};
/* What was told at a place after a message; after 0: nothing. */
_must_check_ enum err live_missed(struct ctx *cx, struct str kind, int64_t thing_id, int64_t after, struct live_missed *ret);

extern const struct job_kind live_jobs[]; /* ended by name NULL */
#endif
