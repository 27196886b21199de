/* Field tables: one row says name, kind, place in the struct and limits. From it come form and JSON parsing,
 * HTML inputs, JSON output, the schema in openapi.json, and the broken input that the tests send.
 *
 * FIELD checks at compile time that the struct member has the C type of its kind. */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H
#include "base/str.h"

/* SQL NULL in a whole-number, id or time field. */
#define NONE INT64_MIN

enum field_kind {
	F_TEXT,   /* struct str: one line of text */
	F_LONG,   /* struct str: text of many lines */
	F_SECRET, /* struct str: a password; never logged, never given back */
	F_INT,    /* int64_t */
	F_ID,     /* int64_t; a string in JSON */
	F_TIME,   /* int64_t UTC ms; RFC 3339 in JSON */
	F_DATE,   /* int64_t day number; 2026-11-23 in JSON and forms */
	F_REAL,   /* double */
	F_BOOL,   /* bool */
	F_CHOICE, /* struct str out of .choices */
	F_JSON,   /* struct str holding JSON text */
	F_TEXTS,  /* struct strs: zero or more texts (check boxes, JSON array); a form's "name.KEY" = "x" comes as "KEY=x" */
};
struct strs {
	struct str *v;
	size_t n;
};
struct choice {
	const char *value;
	const char *label; /* N_() */
};
struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;
	const char *label;          /* N_(); needed for input */
	const char *hint;           /* N_() */
	bool must;                  /* input may not be empty or absent */
	bool personal;              /* never in logs */
	int64_t min, max;           /* texts: code points; numbers: value; max 0 = 200 for F_TEXT, 20,000 for F_LONG, no limit for numbers */
	const struct choice *choices; /* ended by { NULL, NULL } */
	const char *autocomplete;   /* what a browser may fill in (HTML, 4.10.18.7): "username"; NULL: nothing, a password for F_SECRET */
};
#define FIELD_TYPE_OK(type, member, kind)                                                       \
	_Generic(((type *)0)->member,                                                          \
		 struct str: (kind) == F_TEXT || (kind) == F_LONG || (kind) == F_SECRET ||      \
			     (kind) == F_CHOICE || (kind) == F_JSON,                            \
		 int64_t: (kind) == F_INT || (kind) == F_ID || (kind) == F_TIME || (kind) == F_DATE, \
		 double: (kind) == F_REAL, bool: (kind) == F_BOOL, struct strs: (kind) == F_TEXTS)
/* A division by zero in a constant expression, and so an error, when the kind does not fit the member. */
#define FIELD(type, member, kind_, ...)                                                           \
	{ .name = #member, .kind = (kind_),                                                        \
	  .offset = offsetof(struct type, member) + 0 / (FIELD_TYPE_OK(struct type, member, kind_) ? 1 : 0), __VA_ARGS__ }
#define FIELD_END { .name = NULL }
#endif
