/* Files of items: read, looked at beside the bank, carried out, taken back.
 *
 * An item is known by its code (the name of the question). New ones come in as drafts, changed ones get a new version, which waits for its reviewers as any
 * other; nothing is live by a file alone, and the same file again changes nothing. What a file does not say (marks, level, source; a translation, while the
 * language it was written in says the same) stays as it is. A question that cannot be read or does not fit the bank is a fault; the others can be carried
 * out without it.
 *
 * Undoing takes new items away, and gives changed ones their former version back, as if the file had never come. It cannot where somebody has gone on:
 * an item that a form holds stays, and so does one of which somebody has written a newer version since; a version that reviewers have spoken of stays in the
 * history, and the former one is written once more behind it. What could not be undone is listed with its reason. */
#ifndef FEATURE_ITEM_IMPORT_H
#define FEATURE_ITEM_IMPORT_H
#include "feature/item/item.h"

enum { ITEM_FILE_MAX = 12 << 20, ITEM_EXPORT_MAX = 2000 };

/* A file as it reads. */
struct item_file {
	struct str name, bytes, lang;
	const char *format; /* "gift", "moodle", "qti", "csv" */
	struct questions questions;
	struct findings findings;
};
/* lang: of what does not say its language. Pure; a file that is nothing at all has findings. */
void item_file_read(struct ctx *cx, struct str name, struct str bytes, struct str lang, struct item_file *ret);

enum item_fate { FATE_NEW, FATE_CHANGED, FATE_SAME, FATE_LEFT };
struct item_change_line {
	int64_t item_id;  /* NONE: new, or gone */
	struct str code, kind;
	enum item_fate fate;
	const char *why;  /* N_() English; of what is left as it is, or goes without something; NULL: none */
};
struct item_fault {
	struct str file;
	int64_t line;
	const char *text;  /* English, with values for its places */
	struct msg_arg args[MSG_ARGS_MAX];
	size_t n_args;
};
/* What was found, or done. */
struct item_report {
	struct str lang;
	struct item_change_line *lines;
	size_t n_lines;
	struct item_fault *faults;
	size_t n_faults;
	size_t n[FATE_LEFT + 1];
};
struct str item_report_write(struct ctx *cx, const struct item_report *r);
/* ERR_INTERNAL: it is none. In the arena. */
_must_check_ enum err item_report_read(struct ctx *cx, struct str json, struct item_report *ret);

/* Compares and keeps the file. In a writing transaction, as all that follow. */
_must_check_ enum err item_import_look(struct ctx *cx, int64_t org_id, const struct item_file *file, int64_t *ret_id);
/* A file of an organisation. ERR_NOT_FOUND. Reads. */
_must_check_ enum err item_import_one(struct ctx *cx, int64_t org_id, int64_t id, struct item_import_of_row *ret, struct item_report *ret_report);
/* The kept file, read again for item_import_apply. Reads. */
_must_check_ enum err item_import_again(struct ctx *cx, int64_t org_id, int64_t id, struct item_file *ret);
/* send: what is new or changed goes to its reviewers. ERR_CONFLICT: carried out already. */
_must_check_ enum err item_import_apply(struct ctx *cx, int64_t org_id, int64_t id, const struct item_file *file, bool send);
/* ERR_CONFLICT: not carried out. */
_must_check_ enum err item_import_undo(struct ctx *cx, int64_t org_id, int64_t id);

/* The newest versions of the items that a filter finds (NONE, absent: any), as a file with what is right; a case with its questions. ERR_TOO_LARGE: more than ITEM_EXPORT_MAX, or 64 MB. Reads. */
struct item_filter_in {
	int64_t org_id, competency_id, level;
	struct str status, kind;
};
_must_check_ enum err item_export(struct ctx *cx, const struct item_filter_in *in, bool csv, struct str *ret, int64_t *ret_n);
#endif
