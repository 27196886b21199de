/* The answers that a calibration counts, as a table: a row for each paper, a column for each version of an item; see calibration.h. */
#ifndef FEATURE_CALIBRATION_GATHER_H
#define FEATURE_CALIBRATION_GATHER_H
#include "feature/calibration/calibration.h"
#include "psychometrics/responses.h"

enum { COLUMNS_MAX = 5000, GATHER_OPTIONS = 10, GROUPINGS = 3 };
extern const char *const grouping_names[GROUPINGS]; /* lang, gender, service */

struct column {
	int64_t item_id, version, steps;
	double points;
	bool choice;			   /* one option is chosen */
	struct str option[GATHER_OPTIONS]; /* their ids, in the order of the key; a choice only */
	size_t n_options, key;
	size_t answered; /* papers */
	size_t form;	 /* the one that most papers with it have */
};
struct paper {
	int64_t taker_id, id;
	size_t form;
	struct str group[GROUPINGS]; /* absent: not known */
};
struct form_of {
	int64_t id;
	bool pool;
	size_t papers;
	size_t *column; /* of its items of this bank */
	int64_t *place; /* n in the form */
	size_t n;
};
struct gathered {
	struct column *columns;
	struct paper *papers; /* by taker, then by id */
	struct form_of *forms;
	size_t n_columns, n_papers, n_forms;
	int8_t *x;	/* papers × columns: category or NOT_ANSWERED */
	int8_t *chosen; /* the same: number of the option of a choice */
};
/* Inside a reading transaction. day: of the postings. */
_must_check_ enum err gather(struct ctx *cx, const struct calibration_by_id_row *run, int64_t day, struct gathered *ret);
/* The papers of a form that have all its items of this bank, those columns alone, in the arena; ret_papers: which they are. */
struct responses gather_whole(struct arena *a, const struct gathered *g, size_t form, size_t **ret_papers);
#endif
