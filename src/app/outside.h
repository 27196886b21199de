/* The outer face of the program as text, made from its tables; the committed copies in doc/ are compared in the tests. */
#ifndef APP_OUTSIDE_H
#define APP_OUTSIDE_H
#include "base/str.h"

void outside_routes(struct buf *b);
void outside_openapi(struct buf *b);
void outside_permissions(struct buf *b);
void outside_schema(struct buf *b);
#endif
