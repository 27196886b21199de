/* Tokens: by which a program acts for a person (RFC 6750, Authorization: Bearer …), only for the API and SCIM.
 *
 * A token may do what its person may do and its scopes allow, whichever is less. The secret is "kmy_" and 64 hexadecimal digits; the table
 * holds its BLAKE2b hash. It is shown once. A token never signs in, makes tokens or changes a password (action.in_person).
 *
 *   scopes  words with one space between them. A word is the code of a permission in small letters ("learn", "people_manage", …;
 *           `karmayogi permissions` lists them) or "all"; followed by ":read" it allows only to look. */
#ifndef WEB_TOKEN_H
#define WEB_TOKEN_H
#include "web/access.h"
#include "token_sql.h"

enum { TOKEN_SCOPES_MAX = 400, TOKENS_MAX = 50, TOKEN_DAYS = 90, TOKEN_DAYS_MAX = 366 };

struct token {
	int64_t id; /* 0: none */
	struct str scopes;
	int64_t seen_at; /* NONE: never */
};
/* The token of a secret; fills cx->actor and cx->lang. Unknown, expired, withdrawn, or its person has left: ret->id is 0 and OK. */
_must_check_ enum err token_find(struct ctx *cx, struct str secret, struct token *ret);
/* Whether the scopes allow an action of this permission; change: it is no mere look. */
bool token_allows(struct str scopes, enum permission may, bool change);
/* The word that would allow it: "learn:read". */
struct str token_scope_of(struct ctx *cx, enum permission may, bool change);

struct token_add {
	int64_t person_id;
	struct str name; /* what it is for */
	struct str scopes;
	int64_t days; /* until it expires: 1 to TOKEN_DAYS_MAX */
};
/* ERR_INVALID with the field (name, scopes, days); ERR_CONFLICT when the person has TOKENS_MAX. ret_secret: in the arena, never to be had
 * again. In a writing transaction. */
_must_check_ enum err token_add(struct ctx *cx, const struct token_add *in, struct str *ret_secret, int64_t *ret_id);
/* Withdraws; the very next request is refused. ERR_NOT_FOUND: no such token of the person in force. In a writing transaction. */
_must_check_ enum err token_end(struct ctx *cx, int64_t person_id, int64_t id);
/* Notes that the actor's token is in use. In a writing transaction. */
_must_check_ enum err token_touch(struct ctx *cx);
#endif
