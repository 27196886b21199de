/* A push service on loopback (RFC 8030), in a thread of the test, one connection at a time, which behaves as told; and browsers that subscribed at it:
 * they open what was sent to them (RFC 8188, 8291) and look from whom it is (RFC 8292) by their own means, from the documents. */
#ifndef TEST_PUSH_SERVICE_H
#define TEST_PUSH_SERVICE_H
#include <stdbool.h>
#include <stddef.h>

#include <openssl/evp.h>

enum service_mood {
	SERVICE_GOOD,	   /* 201 */
	SERVICE_SILENT,	   /* takes the connection and says nothing */
	SERVICE_BUSY,	   /* 503 */
	SERVICE_SLOWER,	   /* 429 with Retry-After: 7200 */
	SERVICE_UNKNOWN,   /* 404 */
	SERVICE_GONE,	   /* 410 */
	SERVICE_REFUSES,   /* 400 */
	SERVICE_UNTRUSTED, /* 403 */
	SERVICE_ELSEWHERE, /* 307 to itself */
};
struct push_call {
	char path[200], head[4000]; /* head: lines "Name: value", each behind a line's end */
	unsigned char body[8000];
	size_t n;
};
struct push_service;
struct push_service *push_service_start(void);
void push_service_end(struct push_service *s);
unsigned push_service_port(const struct push_service *s);
void push_service_mood(struct push_service *s, enum service_mood mood);
/* Whole requests so far, whatever the answer was; connections, also of those that got no answer. */
size_t push_service_calls(struct push_service *s);
size_t push_service_connections(struct push_service *s);
/* The newest request to a path. False: there was none. */
bool push_service_last(struct push_service *s, const char *path, struct push_call *ret);
/* A header of it; the empty text: none. */
const char *push_call_header(const struct push_call *c, const char *name, char *ret, size_t n);

struct browser {
	EVP_PKEY *key;
	unsigned char point[65], auth[16];
	char path[60], endpoint[120], p256dh[100], secret[30]; /* base64url */
};
/* Subscribes at a service, with keys of its own. */
void browser_new(struct browser *b, const struct push_service *s, const char *path);
void browser_free(struct browser *b);
/* The text of a message; false: it is not for this browser, or not as the documents say. */
bool browser_opens(const struct browser *b, const struct push_call *c, char *ret, size_t n);
/* Whether an ES256 token (three parts) was signed by this key (base64url of the point); its claims go into ret. */
bool token_holds(const char *token, size_t token_n, const char *key, char *ret, size_t n);
/* Whether a request says with a token that holds that it is from this key; the claims go into ret. */
bool push_call_is_from(const struct push_call *c, const char *key, char *ret, size_t n);
#endif
