/* What the pages of signing in share. Within feature/account. */
#ifndef FEATURE_ACCOUNT_LET_IN_H
#define FEATURE_ACCOUNT_LET_IN_H
#include "feature/account/account.h"
#include "web/action.h"

/* Only addresses of our own: one slash, then no second one nor a backslash; anything else is "/". */
struct str account_own_address(struct str to);
/* The first factor was right: opens a session or half of one, and says where to go. In a writing transaction. */
_must_check_ enum err account_let_in(struct ctx *cx, int64_t person_id, struct str to, struct answer *a);
#endif
