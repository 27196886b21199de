/* Notices on devices: a browser shows what the house tells its person, even when no page of ours is open (Web Push).
 *
 *   allowed  the person presses a button; the browser names an address at its maker's push service (RFC 8030), a key and a secret, and keeps the
 *            service worker (client/js/worker.js). One address is one person's at a time: who allows notices there takes it over
 *   told     push_add() in the transaction of the notice writes a row for each device; the job push.send hands over the longest due, many at a time,
 *            outside any transaction. A notice that was read in the app meanwhile is not sent
 *   shown    title, text and path, encrypted for the browser alone (RFC 8291), signed by the installation (VAPID, RFC 8292); kept by the push service
 *            until PUSH_LIFE after the notice, and shown once, however often it was sent: Topic and tag are the notice's id
 *   waits    429, 5xx, silence and refused signatures let the device rest for 1 min, 5 min, 30 min, then 2 h each (a tenth more or less by chance), or as
 *            long as Retry-After says, at most PUSH_LIFE. A device that rests or hangs holds up no other. What the push service calls wrong in itself
 *            is not sent again
 *   ended    by the person; when somebody ends the session in which it was allowed (a session that runs out by itself does not end it); when the
 *            person leaves the service; when the push service says 404 or 410, or nothing good for PUSH_PATIENCE
 *
 * Whoever has the database alone can tell nobody anything: what a device gave is sealed (feature/secret). Connections are held to web/outbound.h. */
#ifndef FEATURE_PUSH_H
#define FEATURE_PUSH_H
#include "base/clock.h"
#include "job/job.h"
#include "push_sql.h"

enum { PUSH_DEVICES_MAX = 10, PUSH_ENDPOINT_MAX = 2000, PUSH_KEY_MAX = 120, PUSH_TITLE_MAX = 100, PUSH_TEXT_MAX = 500, PUSH_SECONDS = 10 };
#define PUSH_LIFE (2 * DAY)
#define PUSH_PATIENCE (30 * DAY)

/* Reads DATA/keys/push.key (32 bytes, a scalar of P-256) into app, or makes it. All processes of an installation share it; with another one
 * the devices must be allowed anew. ret_message: a sentence for the operator. */
_must_check_ enum err push_keys(struct ctx *cx, struct app *app, struct str *ret_message);
/* The public key as browsers take it: base64url, not padded. In the arena. */
struct str push_public_key(struct ctx *cx);

struct push_allow {
	struct str endpoint;	 /* https; http only to a literal address of the setting private_networks */
	struct str p256dh, auth; /* base64url: an uncompressed point of P-256; 16 bytes */
};
/* For the actor, in his present session. The same endpoint again: the same device. ERR_INVALID with the field; ERR_CONFLICT:
 * PUSH_DEVICES_MAX. In a writing transaction. */
_must_check_ enum err push_allow(struct ctx *cx, const struct push_allow *in, int64_t *ret_id);
/* ERR_NOT_FOUND: it is no device of this person. In a writing transaction. */
_must_check_ enum err push_end(struct ctx *cx, int64_t person_id, int64_t id);
/* Listens to sessions that somebody ended: struct app, .sessions_ended. */
_must_check_ enum err push_sessions_ended(struct ctx *cx, int64_t person_id, int64_t session_id);

struct push {
	int64_t person_id, notice_id;
	struct str title, text; /* in the language of the person; cut at PUSH_TITLE_MAX and PUSH_TEXT_MAX code points */
	enum lang lang;
	struct str path;    /* one of our addresses, with its slash */
	bool urgent;	    /* shown also on a device that saves its battery */
	int64_t not_before; /* waits until then; 0: goes at once */
};
/* To all devices of the person. Once for a notice. In a writing transaction. */
_must_check_ enum err push_add(struct ctx *cx, const struct push *p);

/* Whether a kind of notices comes on the person's devices: "now" or "no". Kinds are those of feature/notice. In a writing transaction. */
_must_check_ enum err push_choose(struct ctx *cx, int64_t person_id, struct str kind, struct str push);

extern const struct job_kind push_jobs[]; /* ended by name NULL */
#endif
