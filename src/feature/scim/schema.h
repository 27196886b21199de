/* The attributes of SCIM's resources as they are here (RFC 7643): their names, types and what may be done with them. From these tables come
 * /Schemas and /ResourceTypes, the reading of filters, paths and bodies, and what a list leaves out.
 *
 *   User    the core schema and the enterprise extension; without what the house does not keep (passwords, addresses, roles …)
 *   Group   the house's groups (feature/group); those whose rule only names people can be written */
#ifndef FEATURE_SCIM_SCHEMA_H
#define FEATURE_SCIM_SCHEMA_H
#include "base/ctx.h"
#include "base/json.h"

#define SCIM_USER "urn:ietf:params:scim:schemas:core:2.0:User"
#define SCIM_ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
#define SCIM_GROUP "urn:ietf:params:scim:schemas:core:2.0:Group"
#define SCIM_LIST "urn:ietf:params:scim:api:messages:2.0:ListResponse"
/* What ServiceProviderConfig tells: bytes of a body, operations of a Bulk, resources of a page. */
enum { SCIM_BODY_MAX = 1 << 20, SCIM_BULK_MAX = 100, SCIM_PAGE_MAX = 200 };

enum scim_type { SCIM_STRING, SCIM_BOOLEAN, SCIM_TIME, SCIM_REFERENCE, SCIM_COMPLEX };
enum scim_mutability { SCIM_READ_WRITE, SCIM_READ_ONLY, SCIM_IMMUTABLE };
struct scim_attribute {
	const char *name;                 /* NULL ends a table */
	const char *text;                 /* description, English */
	enum scim_type type;
	enum scim_mutability mutability;
	bool many;                        /* multi-valued; all of these are complex */
	bool must, exact, unique;         /* required; compared letter by letter; nobody else's */
	const struct scim_attribute *sub; /* of a complex one */
};
struct scim_schema {
	const char *urn, *name, *text;
	const struct scim_attribute *attributes;
};
struct scim_kind {
	const char *name, *endpoint;      /* "User", "/Users" */
	const struct scim_schema *schema, *extension; /* extension NULL: none */
};
extern const struct scim_kind scim_user, scim_group;

/* A place in a resource. attribute NULL: the whole extension. */
struct scim_path {
	const struct scim_schema *schema;
	const struct scim_attribute *attribute, *sub; /* sub NULL: all of the attribute */
};
/* "userName", "name.formatted", "urn:…:User:department", in any capitals. False: not known here. */
bool scim_path_of(const struct scim_kind *kind, struct str text, struct scim_path *ret);
/* The attribute of a name in a table, in any capitals; NULL: none. */
const struct scim_attribute *scim_attribute_of(const struct scim_attribute *table, struct str name);
/* ASCII letters in any capitals. */
bool scim_same(struct str a, const char *b);

/* The documents of the protocol, each a JSON object; base: address before /Schemas and the like. id absent: the list of all. False: no such
 * one. */
bool scim_schemas_write(struct json_out *j, struct str base, struct str id);
bool scim_resource_types_write(struct json_out *j, struct str base, struct str id);
void scim_config_write(struct json_out *j, struct str base);
#endif
