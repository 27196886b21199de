/* Pages of lists; see list.h. */
#include "feature/scim/list.h"
#include "base/field.h"
#include "feature/scim/schema.h"

struct scim_page scim_page_of(const struct scim_list *in)
{
	struct scim_page p = {
		.start = in->start == NONE || in->start < 1 ? 1 : in->start,
		.count = in->count == NONE || in->count > SCIM_PAGE_MAX ? SCIM_PAGE_MAX
			 : in->count < 0				? 0
									: in->count,
		.resources = json_array(),
	};
	return p;
}

bool scim_page_takes(struct scim_page *page)
{
	page->fits++;
	return page->fits >= page->start && page->fits < page->start + page->count;
}

int64_t scim_page_room(const struct scim_page *page)
{
	return page->count - (int64_t)json_array_size(page->resources);
}

json_t *scim_page_message(const struct scim_page *page, int64_t total)
{
	json_t *m = json_object(), *schemas = json_array();
	json_array_append_new(schemas, json_string(SCIM_LIST));
	json_object_set_new(m, "schemas", schemas);
	json_object_set_new(m, "totalResults", json_integer(total));
	json_object_set_new(m, "startIndex", json_integer(page->start));
	json_object_set_new(m, "itemsPerPage", json_integer((json_int_t)json_array_size(page->resources)));
	json_object_set(m, "Resources", page->resources);
	return m;
}
