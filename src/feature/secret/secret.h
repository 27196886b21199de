/* What must be kept and yet not be readable in a stolen copy of the database: sealed with a key that lies beside it, not in it.
 *
 * The key is DATA/keys/secrets.key (32 random bytes, made at the first start, readable by the program only). All processes that share a
 * database share it, as they share the key of the certificates. Without it sealed texts are lost: second factors must be set up anew.
 *
 *   sealed  hexadecimal of nonce (24 bytes) and XChaCha20-Poly1305 (libsodium) over the text, with the purpose as additional data
 *   hash    BLAKE2b-256 keyed by the key, over purpose, U+0000, text; in hexadecimal */
#ifndef FEATURE_SECRET_H
#define FEATURE_SECRET_H
#include "base/ctx.h"

enum { SECRET_HASH = 64 }; /* hexadecimal digits of a hash */

/* Keeps a key of n bytes as DATA/keys/NAME: `key` holds a new one, and holds afterwards the one that is kept, which is the new one only if there
 * was none. lost: what is not possible without it, a sentence. ret_message: a sentence for the operator. */
_must_check_ enum err secret_keep(struct ctx *cx, const struct app *app, const char *name, unsigned char *key, size_t n, const char *lost, struct str *ret_message);
/* Reads the key into app, or makes it. ret_message: a sentence for the operator. */
_must_check_ enum err secret_keys(struct ctx *cx, struct app *app, struct str *ret_message);
/* purpose: what the text is and whose, "factor:4711"; a text sealed for one purpose does not open for another. In the arena. */
struct str secret_seal(struct ctx *cx, struct str purpose, struct str plain);
/* False: not sealed with this key for this purpose, or altered. In the arena. */
bool secret_open(struct ctx *cx, struct str purpose, struct str sealed, struct str *ret_plain);
/* For tokens and codes that are only compared: of short ones nothing can be guessed without the key. */
struct str secret_hash(struct ctx *cx, const char *purpose, struct str text);
/* Takes equally long wherever the two differ. */
bool secret_same(struct str a, struct str b);
#endif
