/* Requests for batches of the demonstration. */
#ifndef APP_DEMO_ADMISSIONS_H
#define APP_DEMO_ADMISSIONS_H
#include "base/ctx.h"

/* A programme of the Department of Personnel and Training that the office and a coordinator approve, with a small batch: people who asked, were nominated, have
 * a seat or wait, the learner of the demonstration among them, and seats that the institute offers to the department. After the programmes; cx->actor is who
 * makes them. In a writing transaction. */
_must_check_ enum err demo_admissions(struct ctx *cx);
#endif
