/* Attendance of the sessions of a batch: who was there, how that is known, and for how many minutes.
 *
 *   door     a coordinator of the programme (or who may lay down programmes of the batch's organisation) opens it from ATTENDANCE_BEFORE before the session up
 * to ATTENDANCE_AFTER its end; outside that time it is shut whatever its row says. Its key lies sealed (secret.h). The room's screen shows a code that changes
 * every 20 seconds and a number of six digits (attendance_code.h). qr       scanning opens a page; with a token that is still good it hands out a ticket, a
 * sealed note of when the screen was seen, good for DOOR_TICKET (door_ticket.h): time to sign in and press the button on a slow line. Of who is signed in, the ticket is
 * bound to the person; of who has yet to sign in, to the browser's name and the network, so that it is of little use elsewhere. pin      the number typed;
 * ATTENDANCE_TRIES tries a person, session and hour. roster   ticked by a coordinator, also without a line (roster.h).          csv   a list of a session
 * (attendance_list.h). corrected   by a coordinator with a reason, both ways, up to the end of the ATTENDANCE_DAYS-th day after the day on which the batch ends
 * (days in India).
 *
 * Only who is admitted to the batch is noted, and who ticks or brings lists not by himself. One person and session is one row, however often it is scanned.
 * A door may ask how near the place the phone is: its position comes once, with the button, and only metres rounded up to hundreds are kept. Who types the
 * number is not asked for it; the way says so to the coordinator. Nothing here hinders somebody from scanning for others on one phone; a random number that the browser keeps (or, without scripts, name and
 * network of the browser) shows the coordinator which people were noted by one device. It is kept as a hash that differs from session to session.
 *
 * Who was there was there for the whole session unless a correction says how many minutes; never more than the session has. They are credited (learned.h) once
 * the session is over: at once when it is noted later, else by the job attendance.credit, within a minute. Each change credits or takes back the difference. */
#ifndef FEATURE_ATTENDANCE_H
#define FEATURE_ATTENDANCE_H
#include "attendance_sql.h"
#include "base/clock.h"
#include "job/job.h"

enum {
	ATTENDANCE_TRIES = 5, /* of the number, a person, session and hour */
	ATTENDANCE_DAYS = 7,  /* after the last day of the batch */
	ATTENDANCE_NEAR_MIN = 100,
	ATTENDANCE_NEAR_MAX = 5000,
	ATTENDANCE_WORDS_MAX = 500,
	ATTENDANCE_DEVICE_MAX = 64,
};
#define ATTENDANCE_BEFORE HOUR
#define ATTENDANCE_AFTER HOUR

/* ── the session; these read ── */

/* ERR_NOT_FOUND: there is none, or its batch is a draft. */
_must_check_ enum err attendance_session(struct ctx *cx, int64_t session_id, struct attendance_session_row *ret);
/* The same for who may coordinate it; to anybody else there is none. */
_must_check_ enum err attendance_keeper(struct ctx *cx, int64_t session_id, struct attendance_session_row *ret);
_must_check_ enum err attendance_admitted(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, bool *ret);
/* Title in the language of cx; "Session 3" when it has none. */
struct str attendance_title(struct ctx *cx, int64_t n, struct str title, struct str title_hi);
/* Minutes it has, begun ones not counted. */
int64_t attendance_length(const struct attendance_session_row *s);
/* Until when it can be corrected: the first moment at which it no longer can (UTC ms). */
int64_t attendance_last(const struct attendance_session_row *s);

/* ── the door ── */

struct attendance_door {
	bool made, open;		      /* made: it was opened at some time */
	int64_t near_m, opened_at, closed_at; /* near_m NONE: not asked */
	struct str opened_by;
	unsigned char key[32]; /* of one that is open */
};
/* Reads. ERR_UNAVAILABLE: its key cannot be opened any more; open the door anew. */
_must_check_ enum err attendance_door(struct ctx *cx, const struct attendance_session_row *s, struct attendance_door *ret);
/* In a writing transaction, as all that change; the caller has seen that the actor coordinates it. near_m NONE: not asked. An open door only takes another
 * near_m. ERR_CONFLICT: outside the time, cancelled; ERR_INVALID "near_m": the place of the batch is not known. */
_must_check_ enum err attendance_open(struct ctx *cx, const struct attendance_session_row *s, int64_t near_m);
_must_check_ enum err attendance_close(struct ctx *cx, const struct attendance_session_row *s);

/* ── coming in ── */

/* What a browser brings: token of the screen, ticket, number; any may be absent. */
struct attendance_come {
	struct str token, ticket, number, device;
	double latitude, longitude; /* NaN: not said */
};
/* A ticket for a token or ticket that is good here and now; absent, with *ret_why (N_()), when it is not, and with *ret_why NULL when nothing was brought.
 * Reads. */
_must_check_ enum err attendance_ticket(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_come *in, struct str *ret,
					const char **ret_why);
/* Notes the actor as there; noted already: OK. *ret_refused is set (and a failure noted) when a try of the number was wrong: keep the transaction, it holds the
 * count. ERR_CONFLICT: not admitted, the door is shut, corrected; ERR_INVALID; ERR_TOO_MANY. */
_must_check_ enum err attendance_come(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_come *in, enum err *ret_refused);

/* ── what is kept ── */

struct attendance_mark {
	bool there;
	const char *way;
	int64_t minutes;     /* NONE: the whole session */
	int64_t at, said_at; /* UTC ms; said_at: by the clock of the device */
	int64_t by_id;	     /* NONE: the person himself */
	int64_t metres;	     /* NONE: not asked */
	struct str device, words;
};
enum attendance_outcome { ATTENDANCE_KEPT, ATTENDANCE_SAME, ATTENDANCE_OLDER };
/* The rule of conflicts: the newest said_at is right, whenever it comes; of two at the same time, "there". What says the same changes nothing (unless it is a
 * correction). The caller has looked at admission and time. */
_must_check_ enum err attendance_put(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, const struct attendance_mark *m,
				     enum attendance_outcome *ret);

struct attendance_correction {
	int64_t person_id, minutes; /* minutes NONE: the whole session */
	bool there;
	struct str words;
};
/* Corrects it with a reason; the person is told. ERR_INVALID; ERR_CONFLICT: before the session begins, after attendance_last, the same stands already, the own;
 * ERR_NOT_FOUND: not admitted. */
_must_check_ enum err attendance_correct(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_correction *in);
/* Brings what is credited up to what is known, when the session is over, and looks whether the programme is completed by it (programme_consider). */
_must_check_ enum err attendance_settle(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id);
/* What is known of an account is another's; where both have a row, being there wins, and what the other was credited is taken back. Before learned_merge. */
_must_check_ enum err attendance_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

extern const struct choice attendance_ways[];	/* ended by value NULL */
extern const struct job_kind attendance_jobs[]; /* ended by name NULL */
#endif
