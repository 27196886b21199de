/* Batches: one holding of a programme, with its sessions, who teaches, and what is handed out.
 *
 *   draft → open → ended              while it is open people are admitted (feature/admission), and parts are done
 *             ↘ cancelled, with why   everybody who asks, waits or is admitted is told, once
 *
 * When a batch is made it gets a session of each session part of its programme; afterwards sessions are moved, added and cancelled by hand, always on its days
 * (from_day to last_day, in India). A room of an institute is booked for a session (institute_book) and freed when the session moves or is cancelled.
 *
 * Who manages programmes makes, opens, changes and cancels batches; sessions, faculty, materials and the end are also the coordinators' (programme_runs). Verbs
 * here do not ask who acts: actions do. */
#ifndef FEATURE_BATCH_H
#define FEATURE_BATCH_H
#include "batch_sql.h"
#include "feature/programme/programme.h"

enum {
	BATCH_NAME_MAX = 120,
	BATCH_PLACE_MAX = 300,
	BATCH_SEATS_MAX = 5000,
	BATCH_SESSIONS_MAX = 300, /* with cancelled ones */
	BATCH_FACULTY_MAX = 60,
	BATCH_MATERIALS_MAX = 100,
	BATCH_FILE_MAX = 5 << 20, /* bytes of a file */
	BATCH_AHEAD_DAYS = 730,
	BATCH_WORDS_MAX = 1000,
};

/* In brackets: what NONE, NaN or an absent text stands for. */
struct batch_put {
	int64_t org_id, programme_id, batch_id; /* batch_id: of batch_change */
	struct str name;			/* ["Batch 3"] */
	int64_t seats, waiting;			/* waiting [0] */
	bool invite_only;
	int64_t from_day, last_day; /* last_day [that of the last session part] at most PROGRAMME_DAYS_MAX days */
	int64_t ask_day;	    /* [the day before it begins] the last on which somebody may ask or is nominated */
	int64_t institute_id;	    /* [that of the programme] */
	struct str place;	    /* [that of the institute] */
	double latitude, longitude; /* [those of the institute] both or neither; WGS 84 */
	int64_t hostel_id;	    /* [none] of the institute */
	int64_t fee_rupees;	    /* [0] */
};
/* ERR_INVALID with the field; ERR_CONFLICT: the programme is not live. In a writing transaction, as all that change. */
_must_check_ enum err batch_add(struct ctx *cx, const struct batch_put *in, int64_t *ret_id);
/* Of a draft everything: with another first day all sessions move by as many days. Of an open one the first day stays, seats are not fewer than are taken, and
 * the hostel stays while beds of it are given. ERR_INVALID, ERR_CONFLICT with the field: also when a session would lie outside. */
_must_check_ enum err batch_change(struct ctx *cx, const struct batch_put *in);
/* A batch, whichever programme it is of. ERR_NOT_FOUND. */
_must_check_ enum err batch_find(struct ctx *cx, int64_t batch_id, struct batch_one_row *ret);
/* The same of an organisation and a programme. */
_must_check_ enum err batch_of(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t batch_id, struct batch_one_row *ret);
/* ERR_CONFLICT with a sentence: no draft, past, the programme is not live. */
_must_check_ enum err batch_open(struct ctx *cx, const struct batch_one_row *b);
/* Nobody hands in any more; who has done all is looked for once more. ERR_CONFLICT: not open, or a session is still to come. */
_must_check_ enum err batch_end(struct ctx *cx, const struct batch_one_row *b);
/* Rooms are freed; who asks, waits or is admitted is told why, by a job. ERR_INVALID "why"; ERR_CONFLICT: ended, cancelled. A draft that is cancelled was never
 * there for anybody. */
_must_check_ enum err batch_cancel(struct ctx *cx, const struct batch_one_row *b, struct str why);

/* ── sessions ── */

struct session_put {
	int64_t batch_id, session_id; /* session_id: of session_change */
	int64_t part_id;	      /* [none] of session_add: the session part it is another date of */
	struct str title, title_hi;   /* [of the part] title_hi [title] */
	int64_t day;
	struct str from, until; /* "10:30", "12:00" */
	int64_t room_id;	/* [none] */
	struct str place;	/* [""] where it is, if that is no room of the register; may be the address of a meeting ("https://…") */
};
/* ERR_INVALID with the field: "day" outside the batch or past, "until" before "from", "room_id" is taken then (or is no room); ERR_CONFLICT: the batch is ended
 * or cancelled, BATCH_SESSIONS_MAX. */
_must_check_ enum err session_add(struct ctx *cx, const struct session_put *in, int64_t *ret_id);
/* Who is admitted to an open batch is told when it moves. ERR_CONFLICT: cancelled, or over; somebody was noted as being there. */
_must_check_ enum err session_change(struct ctx *cx, const struct session_put *in);
/* ERR_CONFLICT: cancelled before, or people were noted as being there. Fewer sessions are asked; who is admitted is told. */
_must_check_ enum err session_cancel(struct ctx *cx, int64_t batch_id, int64_t session_id);

/* ── who teaches, what is handed out ── */

/* ERR_INVALID "faculty_id": nobody of the directory. Twice: OK. */
_must_check_ enum err batch_faculty_add(struct ctx *cx, int64_t batch_id, int64_t faculty_id);
_must_check_ enum err batch_faculty_drop(struct ctx *cx, int64_t batch_id, int64_t faculty_id);

struct material_put {
	int64_t batch_id;
	struct str title;
	struct str link;	    /* an https or http address; or a file: */
	struct str file_name, file; /* bytes, at most BATCH_FILE_MAX; of files a PDF, a picture (PNG, JPEG), a text or an office document */
};
/* ERR_INVALID with the field; ERR_TOO_LARGE; ERR_CONFLICT: BATCH_MATERIALS_MAX. */
_must_check_ enum err material_add(struct ctx *cx, const struct material_put *in, int64_t *ret_id);
_must_check_ enum err material_drop(struct ctx *cx, int64_t batch_id, int64_t material_id);
/* Media type of a file by its name, of those that are taken; NULL: of none. */
const char *material_type(struct str file_name);
/* Whether an address may be shown as a link: http or https, at most 500 bytes, without blanks. */
bool material_link_good(struct str link);

extern const struct job_kind batch_jobs[]; /* ended by name NULL */
#endif
