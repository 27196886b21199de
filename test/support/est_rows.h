/* Establishment files for tests: rows by the names of their columns. */
#ifndef TEST_EST_ROWS_H
#define TEST_EST_ROWS_H
#include "base/str.h"

/* The names of the columns. */
void est_head(struct buf *b);
/* A row of "kind=post|code=p-1|sanctioned=2"; what is not named is empty. */
void est_line(struct buf *b, const char *pairs);
#endif
