/* Profiles: what an organisation wants to know of its people beside what every installation knows, verified by the office or said by the person.
 *
 * A field belongs to an organisation and holds for everybody posted there today or below it. Its values are kept when a person is posted
 * elsewhere or the field ends; they are just not asked for any more. What a person says counts as self-declared until the office
 * verifies it, and again when the person says something else; what the office says is verified. Old values are kept with their time.
 *
 * Values: text of at most PROFILE_VALUE_MAX code points; whole numbers in decimal; dates as 2026-11-24; one of the choices as it stands in the
 * list. So equal values are equal texts, which is what groups by rule ask for (feature/group/rule.h, "field"). */
#ifndef FEATURE_PROFILE_H
#define FEATURE_PROFILE_H
#include "base/field.h"
#include "db/db.h"
#include "profile_sql.h"

enum { PROFILE_FIELDS_MAX = 50, PROFILE_CHOICES_MAX = 100, PROFILE_NAME_MAX = 80, PROFILE_VALUE_MAX = 200 };

struct profile_field_add {
	int64_t org_id;
	struct str name_en, name_hi; /* name_hi absent: as in English */
	struct str kind;	     /* text number date choice */
	struct str choices;	     /* of kind choice: one a line, at least two */
	struct str said_by;	     /* self office */
};
/* ERR_INVALID with the field; ERR_CONFLICT: the name is taken, or PROFILE_FIELDS_MAX. In a writing transaction, as all that change. */
_must_check_ enum err profile_field_add(struct ctx *cx, const struct profile_field_add *in, int64_t *ret_id);
/* ERR_NOT_FOUND. Groups whose rule asks for it keep their members until the rule is changed. */
_must_check_ enum err profile_field_end(struct ctx *cx, int64_t org_id, int64_t field_id);

/* Says values of a person: texts "FIELD_ID=value", an empty value takes the old one back; the same again changes nothing. office: by who manages
 * the person, verified at once; else by the person, and only fields that are said_by self. All or none: ERR_INVALID with a failure for each
 * field "values.FIELD_ID". The groups concerned follow. */
_must_check_ enum err profile_say(struct ctx *cx, int64_t person_id, const struct strs *values, bool office);
/* The office stands for what the person said. ERR_NOT_FOUND: nothing is said; ERR_CONFLICT: verified already. */
_must_check_ enum err profile_verify(struct ctx *cx, int64_t person_id, int64_t field_id);
/* What is said of the account closed_id is said of kept_id from now on: both are one person (feature/merge). Verified comes before self-declared,
 * then the own. In a writing transaction. */
_must_check_ enum err profile_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
