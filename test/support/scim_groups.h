/* What the tests of groups over SCIM stand on: a world, a client with the token of the first ministry's administrator, and short words for what it asks. */
#ifndef TEST_SCIM_GROUPS_H
#define TEST_SCIM_GROUPS_H
#include "http_test.h"

#include <jansson.h>

#define TYPE "application/scim+json"
#define USER "urn:ietf:params:scim:schemas:core:2.0:User"
#define GROUP "urn:ietf:params:scim:schemas:core:2.0:Group"
#define PATCH_OP "urn:ietf:params:scim:api:messages:2.0:PatchOp"
#define BULK "urn:ietf:params:scim:api:messages:2.0:BulkRequest"

extern struct fixture *f;
extern struct world w;
extern struct client *hr, *page;             /* over SCIM, and the administrator in the browser */
extern const char *hr_token, *other_token;   /* of the first ministry and of the other */
int scim_groups_begin(void **state);
int scim_groups_end(void **state);

/* ── asking; texts live as long as the fixture ── */
const char *text(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
const char *token_of(int64_t person_id, const char *scopes);
long ask_as(const char *token, const char *method, const char *path, const char *body);
long ask(const char *method, const char *path, const char *body);
long patch(const char *path, const char *operations);
/* PATCH: members join; one is removed by a filter in the path. */
long add(const char *path, const char *members);
long drop(const char *path, int64_t id);
/* How many groups a query finds. */
int64_t total(const char *query);

/* ── what is sent ── */
const char *member(int64_t id);              /* {"value":"ID"} */
const char *group_of(const char *name, const char *members);
const char *new_user(const char *number);
const char *operation(const char *method, const char *id, const char *path, const char *data);
const char *bulk(const char *operations);
/* The statuses of the answer, one after another. */
const char *statuses(const char *operations);

/* ── the answer ── */
json_t *answer(void);
/* A member of the answer, or of one of its members: the text, or its JSON. */
const char *said(const char *a, const char *b);
bool refused_as(const char *type);
int64_t shown(void);                         /* how many members; -1: none are told */
int64_t org_said(void);                      /* the organisation of the group of the answer */

/* ── groups, by their address ── */
const char *a_group(const char *name, const char *members);
const char *by_rule(int64_t org_id);         /* a group of an organisation by rule */
int64_t id_in(const char *path);
bool is_in(const char *path, int64_t person);
int64_t members(const char *path);
void later(int64_t ms);
#endif
