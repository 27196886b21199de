/* What people and moderators do at a place: ask, vote, chat, and lead all of it; see live.h.
 *
 * All change, so all are called in a writing transaction, with the role of the actor there (live_role). What a moderator alone may do refuses a guest with
 * ERR_FORBIDDEN; what is not there is ERR_NOT_FOUND; what does not fit (a closed poll, somebody who was muted, too fast) is ERR_CONFLICT or ERR_TOO_MANY, each
 * with a sentence. */
#ifndef FEATURE_LIVE_TALK_H
#define FEATURE_LIVE_TALK_H
#include "feature/live/live.h"

struct live_at {
	struct str kind;
	int64_t thing_id;
	enum live_role role;
};
/* ERR_FORBIDDEN for a guest. */
_must_check_ enum err live_lead(struct ctx *cx, const struct live_at *at);
/* ERR_CONFLICT for a reader. */
_must_check_ enum err live_take_part(struct ctx *cx, const struct live_at *at);
/* The settings; without a row: questions, not named, no chat. */
_must_check_ enum err live_place(struct ctx *cx, const struct live_at *at, struct live_place_row *ret);
_must_check_ enum err live_place_set(struct ctx *cx, const struct live_at *at, const struct live_place_row *p);

_must_check_ enum err live_ask(struct ctx *cx, const struct live_at *at, struct str words, int64_t *ret_id);
/* yes: the vote is cast, or taken back. */
_must_check_ enum err live_vote(struct ctx *cx, const struct live_at *at, int64_t question_id, bool yes);
/* act: "answer", "reopen", "hide", "show", "pin", "unpin", "merge" (into another one, which gets the votes). */
_must_check_ enum err live_question_act(struct ctx *cx, const struct live_at *at, int64_t question_id, struct str act, int64_t into_id);

/* options: a line each, 2 to LIVE_OPTIONS_MAX. */
_must_check_ enum err live_poll_add(struct ctx *cx, const struct live_at *at, struct str words, struct str options, bool many, int64_t *ret_id);
/* act: "open", "close", "show", "unshow", "drop". */
_must_check_ enum err live_poll_act(struct ctx *cx, const struct live_at *at, int64_t poll_id, struct str act);
/* choices: numbers of options, as texts; at least one, and only one unless the poll takes several. Replaces what was chosen before. */
_must_check_ enum err live_choose(struct ctx *cx, const struct live_at *at, int64_t poll_id, const struct strs *choices);

/* ERR_TOO_MANY "message": too fast, or the place has LIVE_CHAT_MAX messages. */
_must_check_ enum err live_say(struct ctx *cx, const struct live_at *at, struct str words, int64_t *ret_id);
/* act: "show" (approve), "hide", "report" (anybody; a second time it changes nothing), "mute" (who wrote it, for so many minutes; the message is hidden, too).
 */
_must_check_ enum err live_chat_act(struct ctx *cx, const struct live_at *at, int64_t chat_id, struct str act, int64_t minutes);

/* All of one account goes to another; where both voted, the kept one's counts. */
_must_check_ enum err live_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
