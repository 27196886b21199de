/* Views of the pages of competencies and frameworks. */
#ifndef FEATURE_COMPETENCY_PAGE_H
#define FEATURE_COMPETENCY_PAGE_H
#include "base/str.h"

struct competency_link {
	int64_t id;
	struct str name;
};
struct competency_item {
	int64_t id, parent_id;
	struct str code, kind, area, name, about;
	struct competency_link *below;
	size_t n_below;
};
struct competency_area {
	struct str name, about;
	int64_t id;
	struct competency_item *themes;
	size_t n_themes;
};
struct framework_item {
	int64_t id, n_entries, n_levels, changed_at, revision, org_id;
	struct str code, identifier, name, about, source, org;
};
struct competencies_page {
	struct framework_item *frameworks;
	size_t n_frameworks;
	struct framework_item shown;
	bool any;
	struct competency_item *guides; /* sankalps and gunas */
	size_t n_guides;
	struct competency_area *areas;
	size_t n_areas;
};
struct level_view {
	int64_t level;
	struct str name, about, indicator;
};
struct version_view {
	int64_t from_day;
	struct str name;
};
struct teaching {
	int64_t id, ms, level;
	struct str title, lang, level_name;
};
struct competency_page {
	int64_t id, framework_id, from_day, until_day, parent_id, replaced_by_id;
	struct str code, kind, area, identifier, name, about, framework, framework_code, parent, replaced_by;
	bool ended, is_measured;
	struct level_view *levels;
	size_t n_levels;
	struct version_view *versions;
	size_t n_versions;
	struct competency_link *below, *related;
	size_t n_below, n_related;
	struct teaching *courses;
	size_t n_courses;
};
struct framework_import_item {
	int64_t id, org_id, from_day, made_at;
	struct str code, file_name, state, by_name;
};
struct frameworks_page {
	int64_t org_id;
	struct str org;
	struct framework_item *frameworks;
	size_t n_frameworks;
	struct framework_import_item *imports;
	size_t n_imports;
};
struct framework_change_view {
	struct str kind, kind_name, code, name, what;
	int64_t competency_id, n_courses;
};
struct framework_import_page {
	int64_t org_id, id, from_day, made_at, applied_at, undone_at, n_added, n_changed, n_ended, n_returned, n_unchanged, more;
	struct str org, code, file_name, state;
	bool may_apply, may_undo, is_new, problem;
	struct framework_change_view *changes;
	size_t n_changes;
	struct str *problems;
	size_t n_problems;
};
#endif
