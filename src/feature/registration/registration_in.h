/* What the files of the feature share. */
#ifndef FEATURE_REGISTRATION_IN_H
#define FEATURE_REGISTRATION_IN_H
#include "feature/registration/registration.h"

/* Makes the person of a registration whose contacts are proved. ret_known: one of them belongs to somebody; then nothing is changed. */
_must_check_ enum err registration_let_in(struct ctx *cx, int64_t id, int64_t batch_id, bool *ret_known, int64_t *ret_person);
/* Tells the administrators next to an organisation how many wait, once a day. */
_must_check_ enum err registration_tell_keepers(struct ctx *cx, int64_t org_id, int64_t n);
#endif
