/* What a row of a staff list would change, by the data of this moment. */
#ifndef FEATURE_STAFF_JUDGE_H
#define FEATURE_STAFF_JUDGE_H
#include "feature/people_import/staff_row.h"
#include "people_import_sql.h"

/* What happens to the person of a row; also the letters of the plan file. */
enum staff_verdict {
	STAFF_NEW = 'n',
	STAFF_CHANGED = 'c',   /* name, e-mail, number, supervisor */
	STAFF_MOVED = 'm',     /* organisation or designation, with or without the above */
	STAFF_RETURNED = 'r',  /* had left, is back */
	STAFF_GONE = 'l',      /* the row says that the person left */
	STAFF_SAME = 'u',
	STAFF_REFUSED = 'x',
};
struct staff_judgement {
	enum staff_verdict verdict;
	struct staff_fault fault;       /* of a refused row */
	bool known;
	struct people_import_person_row was; /* when known */
	int64_t org_id, designation_id;
	bool new_details, new_place, new_supervisor;
	bool supervisor_unknown;        /* not in the data; may stand further down in the list */
	int64_t supervisor_id;          /* NONE: none, or unknown */
	int64_t from_day;               /* of the posting that would begin */
};
/* Answers of the data that repeat from row to row; for one read. */
struct staff_memo;
struct staff_memo *staff_memo_new(void);
void staff_memo_free(struct staff_memo *m);
/* org_id: the organisation that the list is for; nothing outside of it and what is below is touched. */
_must_check_ enum err staff_judge(struct ctx *cx, struct staff_memo *memo, int64_t org_id, const struct staff_row *row, struct staff_judgement *ret);
#endif
