/* The establishment of an organisation as one file: roles, activities, what these need, posts and holders; brought, looked at, carried out whole or not at
 * all, taken back.
 *
 * CSV, one row a thing, the columns in any order; those that are not known are refused, and cells that a kind does not take. doc/guide/establishment.csv is
 * one.
 *
 *   kind      columns (those in brackets may be empty)
 *   role      code, name_en, [name_hi]
 *   activity  role, code, name_en, [name_hi]
 *   need      role, activity, competency (kcm:CODE as courses write it; without a framework: kcm), level
 *   post      code, title_en, [title_hi], designation (code or full name), sanctioned, [place], [roles], [service], [least_pay_level], [least_years],
 *             [tenure_months], [from], [until]
 *   holder    post, person (employee number, e-mail or mobile number), [holding] (substantive, additional, officiating), from, [until], [order_no]
 *
 * office: code of the organisation to which the thing belongs: the one that the file is for (also when the cell is empty) or one below it. roles: codes with
 * spaces between, of roles of the office or of the nearest one above it that has such a role; OFFICE:CODE names another one above it. Days: 2026-11-29.
 *
 * A thing is known by its office and code (of an activity: by its role and code; of a holder: by post, person, way of holding and first day). What is there
 * and is not in the file stays. An empty cell leaves what there is; of a new thing it is: sanctioned 1, from today (or the first day of the earliest holder of
 * the file), nothing. An activity whose needs stand in the file has exactly these; a post whose cell roles is filled has exactly these. A post ends by its
 * until; a holder by his; what has ended does not change any more. Roles and activities that had ended and stand in the file are in use again.
 *
 *   looking → looked → applying → applied → undoing → undone          looking, applying → refused (with what is wrong)
 *
 * Everything is judged in memory before anything is written: each row by itself, beside the other rows and beside the data, by the rules of post.h. A file with
 * one wrong row changes nothing. What is carried out is what was shown: when the data has changed in between so that it would be something else, it is refused
 * and looked at anew. It is written in one transaction, whatever its size: 1,00,000 rows hold the writer for some seconds, once. Gaps follow by their own job
 * (gap_sweep_soon). Files of up to ESTABLISHMENT_SMALL bytes are done at once, larger ones by jobs.
 *
 * For ESTABLISHMENT_UNDO all can be taken back, whole, as long as nothing that the file changed has been changed since; then the texts are removed. */
#ifndef FEATURE_ESTABLISHMENT_H
#define FEATURE_ESTABLISHMENT_H
#include "base/clock.h"
#include "establishment_sql.h"
#include "job/job.h"

enum {
	ESTABLISHMENT_BYTES_MAX = 32 << 20,
	ESTABLISHMENT_ROWS_MAX = 100000,
	ESTABLISHMENT_SMALL = 256 * 1024,
	ESTABLISHMENT_PAGE = 200, /* errors and changes on a page */
};
#define ESTABLISHMENT_UNDO (30 * DAY)

struct establishment_add {
	int64_t org_id;
	struct str file_name, text;
};
/* Takes a file in and looks at it, at once or by a job. ERR_INVALID "file": too large, not UTF-8. In a writing transaction, as all that follow. */
_must_check_ enum err establishment_add(struct ctx *cx, const struct establishment_add *in, int64_t *ret_id);
/* The same whatever its size, at once. */
_must_check_ enum err establishment_add_now(struct ctx *cx, const struct establishment_add *in, int64_t *ret_id);
/* Carries out a file that was looked at and has no errors, at once or by a job. ERR_NOT_FOUND; ERR_CONFLICT: another state, errors; or, at once, the data
 * has changed: then nothing is written, and it can be looked at again. */
_must_check_ enum err establishment_apply(struct ctx *cx, int64_t org_id, int64_t id);
_must_check_ enum err establishment_apply_now(struct ctx *cx, int64_t org_id, int64_t id);
/* Looks again at a file that is not carried out. ERR_CONFLICT: another state. */
_must_check_ enum err establishment_look_again(struct ctx *cx, int64_t org_id, int64_t id);
/* Takes a file back. ERR_CONFLICT: not carried out, too long ago, or (at once) something was changed since, with what. */
_must_check_ enum err establishment_undo(struct ctx *cx, int64_t org_id, int64_t id);

/* ── what was found ── */

struct establishment_error {
	int64_t line;	     /* of the file; 0: the whole file */
	struct str sentence; /* in the language of cx */
};
/* A page, from 0. Reads. */
_must_check_ enum err establishment_errors(struct ctx *cx, int64_t id, int64_t page, struct establishment_error **ret, size_t *ret_n);
/* All as CSV: line, what is wrong. */
_must_check_ enum err establishment_errors_csv(struct ctx *cx, int64_t id, struct str *ret);

struct establishment_change {
	struct str kind, change; /* role activity need post holder; new changed gone */
	int64_t line;
	struct str what;    /* "office/code", of a holder with the person */
	struct str columns; /* of a changed one: names of columns with spaces between */
};
_must_check_ enum err establishment_changes(struct ctx *cx, int64_t id, int64_t page, struct establishment_change **ret, size_t *ret_n);

/* ── files of what is there ── */

/* Everything of an organisation and below it that is in force or to come, as a file that, brought in again, changes nothing. ERR_TOO_LARGE: more than fits a
 * file. Reads. */
_must_check_ enum err establishment_export(struct ctx *cx, int64_t org_id, struct str *ret);
/* Posts and holders out of today's postings: for each office and designation whose people hold no post substantively, a post sanctioned for so many, called as
 * the designation, and these people as its holders from the first day of their postings. Reads. */
_must_check_ enum err establishment_of_people(struct ctx *cx, int64_t org_id, struct str *ret, int64_t *ret_n_posts, int64_t *ret_n_people);
/* Holders for people who are posted and hold no post substantively: each whose office has exactly one post of the designation with a vacancy, and vacancies of
 * it for all who wait for it. From today. Reads. */
_must_check_ enum err establishment_of_vacancies(struct ctx *cx, int64_t org_id, struct str *ret, int64_t *ret_n_people);

/* doc/guide/establishment.csv. */
struct str establishment_sample(void);

extern const struct job_kind establishment_jobs[]; /* ended by name NULL */
#endif
