/* Notices: what the house tells a person, in the app always, by letter and on devices as the person chose; by each way never twice for one fact.
 *
 * notice_tell() in the transaction of the fact writes one row and, by the choice for its kind (notice.def), a letter at once, a line in the letter of
 * the day, or none, and a message for each device on which the person allows notices (feature/push), or none. In quiet hours (21:00 to 8:00 in the
 * person's zone unless chosen otherwise) letters and messages wait for their end; kinds that must be told do not wait. The letter of the day goes out from 8:00 on, at the end of quiet hours, holds what was not read in the app before,
 * and does not exist when there is nothing. */
#ifndef FEATURE_NOTICE_H
#define FEATURE_NOTICE_H
#include "feature/mail/mail.h"
#include "notice_sql.h"

enum notice_kind {
#define NOTICE(code, name, mail, push, must) NOTICE_##code,
#include "feature/notice/notice.def"
#undef NOTICE
	NOTICE_KINDS
};
enum { NOTICE_QUIET_FROM = 21 * 60, NOTICE_QUIET_UNTIL = 8 * 60, NOTICE_DIGEST_FROM = 8 * 60, NOTICE_DIGEST_LINES = 10, NOTICE_DAY_MINUTES = 24 * 60 };
#define NOTICE_KEPT (400 * DAY)

struct notice {
	enum notice_kind kind;
	int64_t person_id;
	struct str fact;        /* "movement.decided:4711"; one notice and one letter for it, ever */
	const char *text;       /* N_() English with {places} */
	const struct msg_arg *args;
	size_t n_args;
	struct str path;        /* where it leads: one of our addresses, with its slash */
	int64_t thing_id;       /* the assignment of kind assigned; NONE */
	const char *subject;    /* N_(); of the letter and on devices; NULL: the text, and the name of the kind */
	const char *link_text;  /* N_(); of the letter; NULL: "See it" */
	bool or_short;          /* as a short message to who has no e-mail address */
};
/* Told before: OK, nothing is done. In a writing transaction. */
_must_check_ enum err notice_tell(struct ctx *cx, const struct notice *n);

/* A course is assigned to somebody, due on a day: told to the person, and as a fact to whoever listens. */
_must_check_ enum err notice_assigned(struct ctx *cx, int64_t person_id, int64_t assignment_id, int64_t course_id, struct str title, int64_t due_day);
/* The same for everybody to whom one act of assigning gave it, by a job. In a writing transaction. */
_must_check_ enum err notice_assigned_many(struct ctx *cx, int64_t assignment_id);

struct notice_kind_words {
	const char *code, *name, *mail, *push;
	bool must;
};
extern const struct notice_kind_words notice_kinds[NOTICE_KINDS];

/* The end of the quiet hours that hold at a moment; `at` itself when none do. Minutes of the day in the zone; NONE: the usual ones. */
int64_t notice_quiet_end(struct str zone, int64_t at, int64_t from, int64_t until);
/* The text of a notice in the language of cx. */
struct str notice_text(struct ctx *cx, enum lang lang, struct str text, struct str args);

extern const struct job_kind notice_jobs[]; /* ended by name NULL */
#endif
