/* Views of the pages of the item bank. */
#ifndef FEATURE_ITEM_PAGE_H
#define FEATURE_ITEM_PAGE_H
#include "feature/item/item_form.h"
#include "feature/quiz/quiz_page.h"
#include "web/html.h"

struct item_bank_line {
	int64_t id, n_live, n_review;
	struct str name;
};
struct item_banks_page {
	struct item_bank_line *banks;
	size_t n_banks;
};
/* A choice of a list: value and what it is called. */
struct item_choice {
	struct str value, name;
};
struct item_line {
	int64_t id, org_id, version, live_version, level, changed_at, exposure;
	struct str code, kind, kind_name, status, words, lang, competency;
	bool waits, of_case;
};
struct item_filter {
	int64_t org_id;
	struct str competency, level, status, kind, words; /* as chosen */
	struct item_choice *competencies, *levels, *statuses, *kinds;
	size_t n_competencies, n_levels, n_statuses, n_kinds;
};
struct items_page {
	int64_t org_id, n_draft, n_review, n_live, n_retired;
	struct str org, next;
	bool keeps;
	struct item_filter filter;
	struct item_line *items;
	size_t n_items;
	struct item_choice *kinds; /* to write one */
	size_t n_kinds;
};

struct item_review_view {
	int64_t at;
	struct str reviewer, note;
	bool accepted;
};
struct item_enemy_view {
	int64_t org_id, item_id, id;
	struct str code, kind_name, why, status;
};
struct item_part_view {
	int64_t org_id, id;
	struct str code, status;
	struct quiz_question_item question;
};
struct item_lang_view {
	int64_t org_id, id;
	struct str lang;
	bool base, here;
};
struct item_page {
	int64_t id, org_id, version, live_version, newest, level, case_id, created_at, changed_at, retired_at, made_at;
	int64_t steps, n_forms, exposure, n_accepted;
	struct str org, code, kind, kind_name, status, competency, bloom, bloom_name, source, case_code, author, writer, why, retired_why, marks, seen;
	struct quiz_question_item question;
	struct item_form_row *rows; /* what is right */
	size_t n_rows;
	bool paired, ordered, weighed, typed, areas; /* which columns the rows have */
	struct str sample, general;
	bool may_send, may_review, may_retire, may_return, may_change, keeps, waits, refused, mine, said, is_case, older;
	struct item_part_view *parts;
	size_t n_parts;
	struct item_lang_view *langs;
	size_t n_langs;
	struct item_choice *missing; /* languages to translate to */
	size_t n_missing;
	struct item_review_view *reviews;
	size_t n_reviews;
	struct item_enemy_view *enemies;
	size_t n_enemies;
	struct item_choice *kinds; /* to add a question to a case */
	size_t n_kinds;
};

struct item_version_view {
	int64_t org_id, item_id, version, made_at;
	struct str writer, why, changed; /* changed: what differs from the version before */
	bool live;
	struct item_review_view *reviews;
	size_t n_reviews;
};
struct item_versions_page {
	int64_t org_id, id;
	struct str org, code;
	struct item_version_view *versions;
	size_t n_versions;
};

/* The form: of a new item, of a change, of a translation (then `of` is what is translated). */
struct item_form_page {
	int64_t org_id, id, case_id, version, least;
	struct str org, kind, kind_name, code, lang, text, general, right, sample, marks, words, alt, picture;
	struct str competency, level, bloom, source; /* as chosen */
	bool partial, is_new, translates, parted, has_languages, refused, keeps;
	enum question_kind is;
	struct item_form_row *rows; /* with empty ones at the end */
	size_t n_rows;
	struct item_choice *competencies, *levels;
	size_t n_competencies, n_levels;
	/* of a translation */
	struct str of_lang, of_text, of_general, of_sample, of_alt;
	struct item_form_row *of_rows;
};
/* Rows of inputs, with what was typed when the form was refused. */
void html_item_rows(struct html_out *o, const struct item_form_page *v);
/* <option>s with the chosen one marked. */
void html_item_competencies(struct html_out *o, const struct item_form_page *v);
void html_item_levels(struct html_out *o, const struct item_form_page *v);
void html_item_filter(struct html_out *o, const struct item_filter *v);

struct item_import_line {
	int64_t id, org_id, at, n_new, n_changed, n_same, n_faults;
	struct str name, format, state, by_name;
};
struct item_imports_page {
	int64_t org_id;
	struct str org;
	struct item_import_line *files;
	size_t n_files;
};
struct item_import_fault {
	int64_t line;
	struct str file, text;
};
struct item_import_change {
	int64_t item_id, org_id;
	struct str code, change, change_name, kind_name, why;
};
struct item_import_page {
	int64_t id, org_id, at, n_new, n_changed, n_same, n_faults;
	struct str org, name, format, state;
	bool may_apply, may_undo, is_done, is_undone, nothing;
	struct item_import_fault *faults;
	size_t n_fault_lines;
	struct item_import_change *changes;
	size_t n_changes;
	struct item_import_change *left; /* what could not be undone, and why */
	size_t n_left;
};
#endif
