/* Who teaches at an institute: its own people, guests of the service, and people from outside who have no account here.
 *
 * Of one of our people the name is that of the account at the time of the entry. Who leaves stays readable, since batches of the past name him or her. */
#ifndef FEATURE_FACULTY_H
#define FEATURE_FACULTY_H
#include "feature/institute/institute.h"

enum {
	FACULTY_MAX = 5000, /* ever on the list of an institute */
	FACULTY_PAGE = 50,
	FACULTY_SUBJECTS_MAX = 300,
	FACULTY_ABOUT_MAX = 2000,
	FACULTY_COMPETENCIES_MAX = 40,
	FACULTY_LANGS_MAX = 12,
};

struct faculty_put {
	int64_t org_id, faculty_id; /* faculty_id: of one that is changed */
	struct str person;	    /* employee number, e-mail or mobile number of one of our people; empty: from outside, with a name */
	struct str name, kind;	    /* kind: own, guest */
	struct str subjects, about;
	struct str langs;	     /* "en, hi": tags of two or three small letters (BCP 47, primary subtag) with commas or blanks between */
	const int64_t *competencies; /* ids */
	size_t n_competencies;
};
/* ERR_INVALID with the field; ERR_CONFLICT: teaches there already, or FACULTY_MAX. In a writing transaction, as all that change. */
_must_check_ enum err faculty_add(struct ctx *cx, const struct faculty_put *in, int64_t *ret_id);
/* All is said anew, the competencies, too. ERR_NOT_FOUND. */
_must_check_ enum err faculty_change(struct ctx *cx, const struct faculty_put *in);
/* Teaches there no more, or again. */
_must_check_ enum err faculty_leave(struct ctx *cx, int64_t org_id, int64_t faculty_id, bool left);
/* ERR_NOT_FOUND. Reads. */
_must_check_ enum err faculty_find(struct ctx *cx, int64_t org_id, int64_t faculty_id, struct institute_faculty_one_row *ret);
/* Two accounts are one person (feature/merge). */
_must_check_ enum err faculty_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
