/* Views of profiles and of an organisation's fields. */
#ifndef FEATURE_PROFILE_PAGE_H
#define FEATURE_PROFILE_PAGE_H
#include "web/html.h"

struct profile_item {
	int64_t id, person_id, said_at, verified_at;
	struct str name, kind, choices, value;
	struct str shown;    /* the value for people */
	struct str said_by;  /* self office */
	struct str org, verifier;
	bool may_say, may_verify, declared; /* declared: said by the person and not verified */
};
struct profile_page {
	int64_t person_id, org_id, from_day, pay_level;
	struct str name, employee_no, org, designation, service, group;
	struct profile_item *items;
	size_t n_items;
	bool own, may_say;
};
struct profile_field_item {
	int64_t id, org_id, made_at;
	struct str name, name_en, name_hi, kind, kind_name, choices, said_by;
	bool by_self;
};
struct profile_fields_page {
	int64_t id;
	struct str org;
	struct profile_field_item *fields;
	size_t n_fields;
};
/* The input of a field, with what was typed when the form was refused. */
void html_profile_input(struct html_out *o, const struct profile_item *v);
#endif
