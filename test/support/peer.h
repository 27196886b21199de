/* Real servers on loopback for what the program talks to: a mail server (RFC 5321) and a gateway of short messages (HTTP).
 * Each runs in a thread of the test, one connection at a time, and behaves as told. */
#ifndef TEST_PEER_H
#define TEST_PEER_H
#include <stdbool.h>
#include <stddef.h>

enum peer_mood {
	PEER_GOOD,	 /* takes everything */
	PEER_SILENT,	 /* takes the connection and says nothing */
	PEER_BUSY,	 /* 421 as greeting; 503 over HTTP */
	PEER_SENDER,	 /* 550 to MAIL FROM */
	PEER_RCPT_LATER, /* 450 to RCPT TO */
	PEER_RCPT_NEVER, /* 550 to RCPT TO; 400 over HTTP */
	PEER_TEXT_LATER, /* 451 after the text */
	PEER_TEXT_NEVER, /* 554 after the text */
	PEER_DROPS,	 /* closes in the middle of the text */
	PEER_GONE,	 /* 410 over HTTP */
	PEER_ELSEWHERE,	 /* 302 over HTTP, to itself */
};
struct peer;
struct peer *peer_smtp(void);
struct peer *peer_http(void);
unsigned peer_port(const struct peer *p);
void peer_mood(struct peer *p, enum peer_mood mood);
/* What was taken so far: letters with their recipient before them, or requests: the line alone, of POST
 * the headers, an empty line and the body behind it. */
size_t peer_taken(struct peer *p);
/* Copies the newest one; the empty text: none. */
void peer_last(struct peer *p, char *ret, size_t n);
/* Connections so far, taken or not. */
size_t peer_calls(struct peer *p);
void peer_end(struct peer *p);
#endif
