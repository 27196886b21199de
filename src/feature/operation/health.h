/* Is the installation well? The same looks for `karmayogi doctor` and the operator's page: each says what it saw and, when something is not
 * right, what to do.
 *
 *   disk      free space where DATA lies: a warning below a tenth or 2 GB, a fault below 200 MB; and how long a write to it takes (a warning
 *             above 200 ms: every change waits for that)
 *   clock     the last change that was noted lies more than five minutes ahead of the clock: the clock was set back (fault)
 *   database  how long a question takes: a warning above 100 ms, a fault above a second
 *   work      failed background work; work that waits for more than ten minutes: nobody does it
 *   mail      no mail server is named; letters that wait for more than ten minutes or were refused within a week: a warning
 *   tls       (only where the server speaks it itself) a warning 21 days before the certificate runs out, a fault from then on
 *   backup    none, or the last one is older than 26 hours
 *   keys      the signing key is missing, or others on the machine may read it */
#ifndef FEATURE_HEALTH_H
#define FEATURE_HEALTH_H
#include "db/db.h"
#include "operation_sql.h"

/* In DATA: when and where the last backup was made; written by `backup`, read here. */
#define BACKUP_NOTE "last-backup.json"

enum health_level { HEALTH_OK, HEALTH_WARNING, HEALTH_FAULT };
enum { HEALTH_MAX = 12 };
struct health {
	enum health_level level;
	const char *what;       /* "disk": a word for programs */
	struct str title;       /* translated, as the next two */
	struct str sentence;
	struct str advice;      /* absent: nothing to do */
};
/* Looks; the list is in the arena. Inside a read transaction. */
_must_check_ enum err health_look(struct ctx *cx, struct health **ret, size_t *ret_n);
#endif
