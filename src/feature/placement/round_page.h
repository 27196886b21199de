/* Views of rounds of placement, and of what officers prefer in them. */
#ifndef FEATURE_PLACEMENT_ROUND_PAGE_H
#define FEATURE_PLACEMENT_ROUND_PAGE_H
#include "web/html.h"

struct round_item {
	int64_t id, org_id, from_day, placed, made_at;
	struct str name, state, total;
};
struct choose_item {
	int64_t id;
	struct str name;
};
struct rounds_page {
	int64_t org_id;
	struct str org, next;
	struct round_item *rounds;
	size_t n_rounds;
	struct choose_item *groups;
	size_t n_groups;
};
struct placement_item {
	int64_t org_id, round_id, person_id, post_id, rank;
	struct str name, now, post, office, score, fit, stable, was, rule, order_state, words;
	bool moved, fixed, held, may_change, may_hold;
};
struct shortage_post {
	struct str title, office, why;
};
struct shortage_item {
	int64_t places, officers, missing;
	struct shortage_post *posts;
	size_t n_posts;
};
struct event_item {
	int64_t at, moved;
	struct str kind, person, post, by_name, total, words;
};
struct round_page {
	int64_t org_id, id, from_day, n_places, n_posts, n_officers, n_pairs, placed, firsts, choices, stable_placed, stable_firsts, stable_choices, blocking,
		percent;
	struct str org, name, state, order_no, bonus, total, bound, officer_prices, place_prices, premiums, stable_total, lost, proposer, next, previous;
	bool fill, is_open, works, is_scored, is_solved, is_proposed, is_approved, is_ordered, is_withdrawn, has_answer, may_decide, may_withdraw;
	struct placement_item *placements;
	size_t n_placements;
	struct shortage_item *shortages;
	size_t n_shortages;
	struct event_item *events;
	size_t n_events;
};
struct officer_pair {
	int64_t org_id, round_id, person_id, post_id, rank, places;
	struct str title, office, fit, score, lost, rule;
	bool here, fixed, forbidden, may_change;
};
struct round_officer_page {
	int64_t org_id, round_id, person_id;
	struct str org, round, name, post, words;
	bool held, may_leave_out;
	struct officer_pair *pairs;
	size_t n_pairs;
};
struct round_post {
	int64_t org_id, round_id, post_id, places, candidates;
	struct str title, office;
	bool may_leave_out;
};
struct round_posts_page {
	int64_t org_id, round_id;
	struct str org, round, next;
	struct round_post *posts;
	size_t n_posts;
};
struct preference_round {
	int64_t id, from_day;
	struct str name, org, bonus;
	struct choose_item *posts;
	size_t n_posts;
	struct preference_place {
		int64_t n, chosen; /* chosen: 0 nothing */
		const struct preference_round *round;
	} places[5];
	size_t n_places;
};
struct preferences_page {
	struct preference_round *rounds;
	size_t n_rounds;
};
/* The options of one place of the list. */
void html_preference_options(struct html_out *o, const struct preference_place *p);
void html_round_groups(struct html_out *o, const struct rounds_page *v);
#endif
