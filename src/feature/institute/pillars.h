/* Evidence that an institute meets the National Standards for Civil Service Training Institutions (NSCSTI; Capacity Building Commission, July 2022), under
 * their eight pillars.
 *
 * That they are eight, with 59 questions (43 since NSCSTI 2.0, July 2025), say the guide to the Commission's portal for institutes and the announcement of 2.0.
 * Of the names, those of the pillars 1, 2, 5, 6 and 7 (needs assessment, faculty development, digitalisation, collaboration, evaluation) are in the published
 * notice of an assessing agency (ICARE, March 2024). The second halves of 1, 5 and 7, and 3, 4 and 8, stand here as they are commonly given: no text of the
 * standards could be read while this was written. Compare with the portal of the day; a name is only words, evidence hangs on the number.
 *
 * How far a pillar is covered is what is in force for it: how many pieces, and how old the newest is; one older than PILLAR_OLD asks for a look, since
 * institutes are assessed anew after some years. Nothing here says that an institute is accredited: assessors do. */
#ifndef FEATURE_PILLARS_H
#define FEATURE_PILLARS_H
#include "feature/institute/institute.h"

enum {
	PILLARS = 8,
	PILLAR_FILE_MAX = 5 << 20, /* bytes */
	PILLAR_PIECES_MAX = 500,   /* that an institute ever brings */
	PILLAR_WORDS_MAX = 4000,
	PILLAR_LINK_MAX = 500,
	PILLAR_NAME_MAX = 120, /* of a file */
};
#define PILLAR_OLD (2 * 365 * DAY)

/* N_() name of the pillar n, 1 to PILLARS. */
const char *pillar_name(int64_t n);

/* What bytes are by their beginning: "application/pdf" (ISO 32000-1, 7.5.2), "image/png" (RFC 2083, 3.1), "image/jpeg" (ITU-T T.81, B.1.1.3); else NULL. Never
 * what a name or a sender says. */
const char *pillar_file_type(struct str bytes);

struct pillar_evidence {
	int64_t org_id, pillar;
	struct str words, link, file_name, file; /* one of words, link, file at least; link: http or https */
};
/* ERR_INVALID with the field: nothing in it, no such link, not a PDF, PNG or JPEG, larger than PILLAR_FILE_MAX; ERR_CONFLICT: PILLAR_PIECES_MAX.
 * In a writing transaction. */
_must_check_ enum err pillar_add(struct ctx *cx, const struct pillar_evidence *in, int64_t *ret_id);
/* It is out of date from now on. ERR_NOT_FOUND. In a writing transaction. */
_must_check_ enum err pillar_end(struct ctx *cx, int64_t org_id, int64_t evidence_id);
/* The document of a piece, its type by pillar_file_type, and a name with the ending of that type. ERR_NOT_FOUND. Reads. */
_must_check_ enum err pillar_file(struct ctx *cx, int64_t org_id, int64_t evidence_id, const char **ret_type, struct str *ret_name, struct str *ret_bytes);

struct pillar_state {
	int64_t n, newest_at; /* NONE: nothing in force */
	bool old;	      /* the newest is older than PILLAR_OLD */
};
/* ret: PILLARS of them, from the first. Reads. */
_must_check_ enum err pillar_states(struct ctx *cx, int64_t institute_id, struct pillar_state *ret, size_t *ret_covered);
#endif
