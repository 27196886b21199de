/* Nominations and decisions by a list: looked at first, carried out whole or not at all, taken back.
 *
 * CSV with a first row of names, the columns in any order. kind "nominate": person (employee number, e-mail or mobile number). kind "decide": person, decision
 * (yes or no), reason (needed with no). A list with a fault is not carried out.
 *
 *   looked → done → undone
 *
 * A list belongs to the office that brought it (org_id, NOMINATE over it) or to the coordinators of the batch (org_id NONE). Carrying out judges each row again
 * and goes on only if the digest over all rows, and over the state of each person's request, is that of the look: what was looked at is what is done. Taken
 * back, before the batch begins, nominations become 'removed' and decisions are open again; what people have changed since (withdrawn, removed, decided
 * further) stays as it is. */
#ifndef FEATURE_ADMISSION_LIST_H
#define FEATURE_ADMISSION_LIST_H
#include "feature/admission/admission.h"
#include "feature/admission/admission_page.h"

enum { ADMISSION_LIST_ROWS_MAX = 1000, ADMISSION_LIST_BYTES_MAX = 256 << 10, ADMISSION_LIST_FAULTS_MAX = 200 };

struct admission_list_add {
	int64_t batch_id, org_id;
	struct str kind, name, text; /* name: of the file */
};
/* ERR_INVALID "file": no list, too long; ERR_CONFLICT: the batch takes none. In a writing transaction, as all that change. */
_must_check_ enum err admission_list_look(struct ctx *cx, const struct admission_list_add *in, int64_t *ret_id);
/* ERR_CONFLICT: another state, faults, or something has changed since it was looked at. */
_must_check_ enum err admission_list_apply(struct ctx *cx, int64_t batch_id, int64_t id);
/* ERR_CONFLICT: not carried out, or the batch has begun. ret_stayed: how many rows stay as they are. */
_must_check_ enum err admission_list_undo(struct ctx *cx, int64_t batch_id, int64_t id, int64_t *ret_stayed);
/* ERR_NOT_FOUND: no such list of this batch, or not the actor's to see. */
_must_check_ enum err admission_list_find(struct ctx *cx, int64_t batch_id, int64_t id, struct admission_list_row *ret);

/* ── showing ── */

_must_check_ enum err admission_lists_of(struct ctx *cx, int64_t batch_id, int64_t org_id, struct admission_list_item **ret, size_t *ret_n);
struct str admission_list_kind(const struct ctx *cx, struct str kind);
struct str admission_list_state(const struct ctx *cx, struct str state);
size_t admission_list_lines(struct ctx *cx, struct str plan, struct admission_list_line **ret);
size_t admission_list_faults(struct ctx *cx, struct str faults, struct looked_wrong **ret);
/* How many stayed when it was taken back; 0 before. */
int64_t admission_list_stayed(const struct admission_list_row *l);
#endif
