/* What makes a push readable by one browser alone and shows from whom it comes. Within the feature.
 *
 *   content    aes128gcm, one record (RFC 8188): salt, record size 4096, length of the key id, key id; then AES-128-GCM over the text and the byte 2,
 *              with key and nonce by HKDF-SHA-256 from salt and input keying material
 *   Web Push   that material by HKDF from the browser's secret and the Diffie-Hellman of its key with a key of this message alone, which is the
 *              key id (RFC 8291, 3.4)
 *   VAPID      "vapid t=JWT, k=KEY": an ES256 token (RFC 7515, 7518) for the origin of the push service, good for PUSH_VAPID_LIFE (RFC 8292) */
#ifndef FEATURE_PUSH_CRYPT_H
#define FEATURE_PUSH_CRYPT_H
#include "base/clock.h"

enum { PUSH_SCALAR = 32, PUSH_POINT = 65, PUSH_AUTH = 16, PUSH_SALT = 16, PUSH_RECORD = 4096, PUSH_PLAIN_MAX = PUSH_RECORD - 86 - 17 };
#define PUSH_VAPID_LIFE (12 * HOUR) /* at most 24 h are allowed */

/* Of the browser. */
struct push_to {
	unsigned char point[PUSH_POINT], auth[PUSH_AUTH];
};
/* Of one message alone. */
struct push_once {
	unsigned char sk[PUSH_SCALAR], salt[PUSH_SALT];
};

/* A scalar of P-256 made anew; false: the library fails. */
bool push_scalar_new(unsigned char ret[PUSH_SCALAR]);
/* Its point, uncompressed; false: it is none. */
bool push_point_of(const unsigned char sk[PUSH_SCALAR], unsigned char ret[PUSH_POINT]);
/* What a browser gave, in base64url; false: not a point of the curve, or not PUSH_AUTH bytes. */
bool push_to_read(struct str p256dh, struct str auth, struct push_to *ret);

/* One record of RFC 8188. key_id: at most 255 bytes; plain: at most PUSH_PLAIN_MAX. In the arena. */
struct str push_record(struct ctx *cx, struct str material, const unsigned char salt[PUSH_SALT], struct str key_id, struct str plain);
/* The content of a message. Absent: too long, or the keys are none. In the arena. */
struct str push_seal(struct ctx *cx, const struct push_to *to, const struct push_once *once, struct str plain);
/* The header Authorization, by the keys of app. Absent: the library fails. In the arena. */
struct str push_vapid(struct ctx *cx, struct str endpoint);
#endif
