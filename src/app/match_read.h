/* Reads the file of `karmayogi match`: who is there, which posts, and how well each pair fits.
 *
 *	{"officers": [NAME, …], "posts": [NAME, …], "scores": [[OFFICER, POST, SCORE], …]}
 *
 * A name is a text or a number; the text "7" is another name than the number 7, and 7, 7.0 and 70e-1 are one number. Members may come in any
 * order; others are passed over. JSON by RFC 8259, in UTF-8. The file is read where it lies: beside it stand 24 bytes a pair and some 60 a name.
 *
 * Refused with a sentence that names the place: what is no JSON (line and column), a member that is missing or there twice, a name that is
 * there twice in one list, a score with a name that is in no list, a score that is no finite number or beyond ±1e15, a pair that has two
 * scores, and more than the ceilings. Places in lists are counted from 0: scores[3] is the fourth. */
#ifndef APP_MATCH_READ_H
#define APP_MATCH_READ_H
#include "solve/assignment.h"

#define MATCH_BYTES_MAX ((size_t)1 << 30)
enum {
	MATCH_NAMES_MAX = ASSIGNMENT_NODES_MAX, /* in each list */
	MATCH_PAIRS_MAX = 1 << 24,
};
struct match_file {
	struct str *officers, *posts; /* names as they stood in the file: JSON */
	struct assignment_problem problem;
};
/* The text must outlive what is read. ERR_MALFORMED, ERR_INVALID, ERR_TOO_LARGE. */
_must_check_ enum err match_read(struct ctx *cx, struct str text, struct match_file *ret);
#endif
