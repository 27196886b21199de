/* A page of a list (RFC 7644, section 3.4.2): what a client asks for, which of the resources gone through stand on it, and the message. */
#ifndef FEATURE_SCIM_LIST_H
#define FEATURE_SCIM_LIST_H
#include "base/ctx.h"

#include <jansson.h>

struct scim_list {
	struct str filter;         /* absent: everything */
	int64_t start, count;      /* as sent; NONE: 1 and SCIM_PAGE_MAX */
	struct str attributes, excluded;
};
struct scim_page {
	int64_t start, count;      /* within bounds */
	int64_t fits;              /* so many of those gone through */
	json_t *resources;         /* on the page; a new value */
};
/* Less than 1 counts as 1, less than 0 as 0. */
struct scim_page scim_page_of(const struct scim_list *in);
/* One more fits: whether it stands on the page. */
bool scim_page_takes(struct scim_page *page);
/* Room for this many more. */
int64_t scim_page_room(const struct scim_page *page);
/* A new value. */
json_t *scim_page_message(const struct scim_page *page, int64_t total);
#endif
