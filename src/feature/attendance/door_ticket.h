/* Tickets of a door: sealed notes of when its screen was seen, for the time that signing in and pressing a button take on a slow line.
 *
 * A good token of the screen (attendance_code.h) is changed for a ticket, which is good for DOOR_TICKET. Of who is signed in it is bound to the person; of who
 * has yet to sign in, to the browser's name and the network, so that it is of little use elsewhere. */
#ifndef FEATURE_DOOR_TICKET_H
#define FEATURE_DOOR_TICKET_H
#include "base/ctx.h"

#define DOOR_TICKET (10 * MINUTE)
struct door {
	const char *of; /* whose doors: "attendance"; no ticket of the one is good at the other */
	int64_t id;	/* of the session */
	const unsigned char *key;
	int64_t opened_at; /* UTC ms; no older ticket is good */
};
/* A ticket for somebody who saw the screen at a moment. In the arena. */
struct str door_ticket(struct ctx *cx, const struct door *d, int64_t at);
/* When the screen was seen, by a ticket or else by a token; NONE with a sentence (N_()): not so, or too long ago. */
int64_t door_seen_at(struct ctx *cx, const struct door *d, struct str token, struct str ticket, const char **ret_why);
#endif
