/* The description of the API (OpenAPI 3.1), made from the table of actions: what is not in it does not exist. */
#ifndef WEB_OPENAPI_H
#define WEB_OPENAPI_H
#include "web/action.h"

enum { OPENAPI_MAX = 4 << 20 };
/* base_url: of the installation; empty: that from which the description was read. */
void openapi_write(struct buf *b, const struct action_table *t, struct str base_url);
#endif
