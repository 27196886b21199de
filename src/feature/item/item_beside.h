/* Questions of a file beside the items of their codes: the judge of files, asked by the look and again when the file is carried out. */
#ifndef FEATURE_ITEM_BESIDE_H
#define FEATURE_ITEM_BESIDE_H
#include "feature/item/item_import.h"

struct item_beside {
	const struct question *q;  /* as it stands in the file */
	struct question settled;   /* with its code, and what the file does not say as it was */
	struct item_one_row item;  /* id 0: there is none */
	struct item_tests tests;
	size_t whole;              /* of a question of a case: the place of the case in the list; itself otherwise */
	bool differs, tests_differ;
	enum item_fate fate;
	const char *why;           /* N_() or NULL */
};
/* All questions, those of a case behind it. Reads. */
_must_check_ enum err item_beside(struct ctx *cx, int64_t org_id, const struct questions *q, struct item_beside **ret, size_t *ret_n);
#endif
