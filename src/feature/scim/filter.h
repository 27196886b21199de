/* Filters and paths of SCIM (RFC 7644, section 3.4.2.2 and figures 1 and 7): read into a tree, tried on a resource. Pure: no database.
 *
 *   userName eq "asha@example.gov.in"     emails[type eq "work" and value co "@gov"]     not (active eq false) or title sw "Sec"
 *
 * Words and names of attributes in any capitals. Texts are compared without regard to capitals unless the attribute is exact (schema.h), in
 * byte order; times as times. An attribute with several values fits when one of them does; without any, only `ne` and `eq null` fit.
 * Refused with ERR_INVALID and the field "invalidFilter": what does not read, attributes that are not known here, an operator that does not fit
 * the type, more than FILTER_DEPTH brackets within each other, more than FILTER_BYTES. */
#ifndef FEATURE_SCIM_FILTER_H
#define FEATURE_SCIM_FILTER_H
#include "feature/scim/schema.h"

#include <jansson.h>

enum { FILTER_DEPTH = 20, FILTER_BYTES = 4096 };

enum scim_op { SCIM_EQ, SCIM_NE, SCIM_CO, SCIM_SW, SCIM_EW, SCIM_GT, SCIM_GE, SCIM_LT, SCIM_LE, SCIM_PR, SCIM_AND, SCIM_OR, SCIM_NOT, SCIM_HAS };
enum scim_value_kind { SCIM_NULL, SCIM_BOOL, SCIM_TEXT };
struct scim_filter {
	enum scim_op op;
	struct scim_path path;            /* of a comparison and of SCIM_HAS; inside […] the attribute is one of the outer attribute's */
	enum scim_value_kind value;
	bool flag;
	struct str said, text;            /* as it was sent; and as it is compared */
	int64_t time;                     /* UTC ms, of an attribute of type SCIM_TIME */
	const struct scim_filter *a, *b;  /* SCIM_AND, SCIM_OR: both; SCIM_NOT, SCIM_HAS: a */
};
/* In the arena of cx. */
_must_check_ enum err scim_filter_parse(struct ctx *cx, const struct scim_kind *kind, struct str text, const struct scim_filter **ret);
/* resource: with the names of schema.h. Uses the arena for what it compares. */
bool scim_filter_fits(struct arena *a, const struct scim_filter *f, const json_t *resource);

/* What a path of PATCH means: "emails[type eq \"work\"].value". */
struct scim_target {
	struct scim_path path;
	const struct scim_filter *where;  /* NULL: all values */
};
/* ERR_INVALID, field "invalidPath" (or "invalidFilter" for what stands in brackets). */
_must_check_ enum err scim_target_parse(struct ctx *cx, const struct scim_kind *kind, struct str text, struct scim_target *ret);
/* The object of a resource in which an attribute of the schema stands: itself, or that of the extension; NULL: none. */
json_t *scim_holder(const json_t *resource, const struct scim_kind *kind, const struct scim_schema *schema);
/* Text of a JSON string; absent: it is none. Lives as long as the value. */
struct str scim_text(const json_t *v);
#endif
