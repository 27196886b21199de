/* Frameworks as the pages list them. Within feature/competency. */
#ifndef FEATURE_FRAMEWORK_ITEMS_H
#define FEATURE_FRAMEWORK_ITEMS_H
#include "base/ctx.h"
#include "feature/competency/competency_page.h"

/* Those of an organisation; org_id NONE: all that have entries in force. */
_must_check_ enum err framework_items(struct ctx *cx, int64_t org_id, struct framework_item **ret, size_t *ret_n);
#endif
