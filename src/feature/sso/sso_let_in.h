/* The last step of a sign-in through a provider, whatever protocol it speaks. Within feature/sso. */
#ifndef FEATURE_SSO_LET_IN_H
#define FEATURE_SSO_LET_IN_H
#include "feature/sso/sso.h"
#include "web/action.h"

/* Whom the result is about comes in, or is told why not; the flow is used up either way. In a writing transaction, after flow_use. */
_must_check_ enum err sso_let_in(struct ctx *cx, const struct sso_provider_row *p, const struct flow *flow, const struct exchange_result *x, struct answer *a);
/* ERR_NOT_FOUND with its sentence. */
enum err sso_no_provider(struct ctx *cx);
#endif
