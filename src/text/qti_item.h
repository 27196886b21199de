/* Within the QTI reader: what an item declares, how it is marked, what its body holds. See qti.h. */
#ifndef TEXT_QTI_ITEM_H
#define TEXT_QTI_ITEM_H
#include "base/field.h"
#include "text/question.h"
#include "text/xml.h"

enum { QTI_DECLARATIONS_MAX = 40, QTI_CASES_MAX = 200 };
struct qti_entry { /* of a mapping, or a case of a condition that is written out */
	enum { CASE_KEY, CASE_PATTERN, CASE_EQUAL } how;
	struct str key;		 /* CASE_KEY, CASE_PATTERN */
	double value, tolerance; /* CASE_EQUAL */
	double score;
	struct str feedback; /* its identifier; empty: none */
};
struct qti_response {
	struct str id, base;
	enum { RESPONSE_SINGLE, RESPONSE_MULTIPLE, RESPONSE_ORDERED } cardinality;
	struct strs correct;
	struct qti_entry *map; /* of the declaration */
	size_t n_map;
	double map_default;
	/* Out of responseProcessing: */
	enum { MARK_NONE, MARK_MATCH, MARK_MAP, MARK_CASES } mark;
	struct str score; /* the outcome that it sets */
	double match_value;
	struct str right_feedback, wrong_feedback; /* identifiers, of MARK_MATCH */
	struct qti_entry *cases;
	size_t n_cases;
	int line;
};
struct qti_outcome {
	struct str id, start; /* start: the default value */
	double most;	      /* normalMaximum; 0: not said */
};
struct qti_feedback {
	struct str outcome, id;
	const struct xml *element;
	bool used;
};
struct qti_item {
	struct findings *f;
	struct str file;
	const struct xml *root;
	struct str name, lang;
	bool own; /* written by this program */
	bool bad; /* a finding was noted */
	struct qti_response *responses;
	size_t n_responses;
	struct qti_outcome *outcomes;
	size_t n_outcomes;
	struct qti_feedback *feedbacks;
	size_t n_feedbacks;
	/* The bytes of a picture by the address in the item. NULL: data: addresses only. */
	bool (*fetch)(void *data, struct str address, struct str *ret);
	void *data;
};

/* Notes it and gives false. */
bool qti_bad(struct qti_item *q, const struct xml *at, const char *text);
bool qti_bad_what(struct qti_item *q, const struct xml *at, const char *text, struct str what);
/* Names of 2.x and 3.0 by their words: "choice-interaction" is choiceInteraction and qti-choice-interaction. */
bool qti_is(const struct xml *e, const char *words);
struct str qti_attribute(const struct xml *e, const char *words); /* without white space at its ends; absent: none */
struct str qti_attribute_raw(const struct xml *e, const char *words);
const struct xml *qti_child(const struct xml *e, const char *words);
const struct xml *qti_next(const struct xml *e, const char *words);
bool qti_has_class(const struct xml *e, const char *name);
/* "1", "0.5", "1e-3", "-2": XML Schema's numbers but for INF and NaN, up to 1e15. */
bool qti_number(struct str text, double *ret);

bool qti_read_declarations(struct qti_item *q);
/* Sets mark and what belongs to it in each response. */
bool qti_read_processing(struct qti_item *q);
struct qti_response *qti_response(const struct qti_item *q, struct str id);
const struct qti_outcome *qti_outcome(const struct qti_item *q, struct str id);
struct qti_feedback *qti_feedback(const struct qti_item *q, struct str id);

/* What the body says before and in a question. */
struct qti_text {
	struct str text;
	enum question_format format;
	struct question_picture picture;
};
/* The text of an element, own or foreign, that holds no interaction; *picture is filled when there is one. */
bool qti_read_text(struct qti_item *q, const struct xml *e, struct qti_text *ret);
bool qti_is_interaction(const struct xml *e);
/* One interaction with the text that belongs to it, as a question. */
bool qti_read_interaction(struct qti_item *q, const struct xml *interaction, struct question *ret);
/* The whole item. */
bool qti_read_body(struct qti_item *q, struct question *ret);

struct qti_source {
	struct str file, text;
	bool (*fetch)(void *data, struct str address, struct str *ret);
	void *data;
};
/* Reads an item. False, with a finding: it is left out. */
bool qti_read_item(struct findings *f, const struct qti_source *s, size_t *nodes, struct question *ret);
/* As qti_write, with pictures at addresses that `place` gives; NULL: data: addresses. */
struct str qti_write_item(struct arena *a, const struct question *q, struct str (*place)(void *data, const struct question_picture *p), void *data);
/* A name as an identifier: letters, digits, "_", "-" and "."; what was something else gets a number that tells it from others. */
struct str qti_identifier(struct arena *a, struct str name);
#endif
