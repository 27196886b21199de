/* Views of the pages of item review, rulings and appeals. */
#ifndef FEATURE_RULING_PAGE_H
#define FEATURE_RULING_PAGE_H
#include "web/html.h"

/* ── figures of items ── */

struct review_item {
	int64_t org_id, exam_id, item_id, version, n;
	struct str code, kind, text, share, rest, href; /* text: only for who writes items; share, rest: "63%", "0.31" or "–" */
	double difficulty, item_rest, answered;
	bool ruled, doubtful; /* doubtful: right answers go with low marks elsewhere, or hardly with anything */
};
struct review_form {
	int64_t id, n, papers, looked;
	struct str alpha, interval, sem, href;
	bool known, chosen;
};
struct review_ruling {
	int64_t id, at, n_changed, n_pass, n_fail;
	struct str code, kind, kind_name, state, state_name, why, href;
};
struct review_page {
	int64_t org_id, exam_id, n_appeals, n_open;
	struct str org, title;
	bool texts, manages;
	struct review_form form, *forms;
	size_t n_forms;
	struct review_item *items;
	size_t n_items;
	struct review_ruling *rulings;
	size_t n_rulings;
};
struct review_option {
	struct str id, text, share, rest;
	int64_t n;
	bool right, doubtful;
};
struct review_item_page {
	int64_t org_id, exam_id, item_id, version, n;
	struct str org, title, code, kind, kind_name, text, lang, share, rest, base; /* base: address of the page of all items */
	bool texts, manages, takes_key, few;
	struct review_option *options;
	size_t n_options;
};

/* ── one ruling ── */

struct ruling_line {
	int64_t attempt_id;
	struct str name, before, after;
	bool passed_before, passed_after;
};
struct ruling_tab {
	struct str name, href;
	bool chosen;
};
struct ruling_view {
	int64_t org_id, exam_id, id, item_id, version, n_attempts, n_changed, n_pass, n_fail, at, done_at, undone_at;
	struct str org, title, code, kind, kind_name, state, state_name, why, by_name, done_name, undone_name, digest, next, right;
	bool works, is_looked, is_done, is_undone, credits;
	struct ruling_tab tabs[3];
	size_t n_tabs;
	struct ruling_line *lines;
	size_t n_lines;
};

/* ── appeals ── */

struct appeal_item {
	int64_t id, n, at, answered_at, ruling_id, question; /* question: its number on the paper; 0: the whole */
	struct str kind, kind_name, words, state, state_name, answer, name, href;
};
struct my_appeals_page {
	int64_t attempt_id, until;
	struct str title;
	bool may, waits; /* waits: no result yet */
	struct appeal_item *appeals;
	size_t n_appeals;
};
struct appeals_page {
	int64_t org_id, exam_id, n_open, n;
	struct str org, title, next;
	struct ruling_tab tabs[2];
	size_t n_tabs;
	struct appeal_item *appeals;
	size_t n_appeals;
};
struct appeal_page {
	int64_t org_id, exam_id;
	struct str org, title, code, item_href, marks;
	bool is_open, own, passed;
	struct appeal_item appeal;
	struct review_ruling *rulings;
	size_t n_rulings;
};
void html_ruling_choices(struct html_out *o, const struct appeal_page *v);
#endif
