/* Views of talk at a place. */
#ifndef FEATURE_LIVE_PAGE_H
#define FEATURE_LIVE_PAGE_H
#include "web/html.h"

struct live_question_item {
	int64_t id, votes;
	struct str at, back;				       /* address of the place; page to go back to */
	struct str words, name;				       /* name: absent where it is not for the reader */
	bool answered, hidden, pinned, mine, moderates, takes; /* takes: votes, also below */
};
struct live_option_item {
	int64_t n, votes, percent;
	struct str words;
	bool many, chosen, open, seen;
};
struct live_poll_item {
	int64_t id, voters;
	struct str at, back, words;
	bool many, draft, open, closed, shown, seen, voted, moderates, takes; /* seen: how it stands is shown to the reader */
	struct live_option_item *options;
	size_t n_options;
};
struct live_chat_item {
	int64_t id, at_time, reports;
	struct str at, back, words, name;
	bool waiting, hidden, moderates, may_report;
};
/* The part that other pages include: {{> live_part *live}}. */
struct live_part {
	struct str at, back, title;
	int64_t after, here; /* an id of when this was read; how many listen */
	int64_t slow;
	struct str chat_rule;
	bool moderates, writes, asks, chats, approved, named;
	struct live_question_item *questions, blank_question;
	size_t n_questions;
	struct live_poll_item *polls, blank_poll;
	size_t n_polls;
	struct live_option_item blank_option;
	struct live_chat_item *chat, blank_chat;
	size_t n_chat;
};
struct live_place_page {
	struct live_part part;
	struct str path; /* of the thing itself; absent: it has none */
	struct str title, slow;
};
struct live_screen_page {
	struct live_part part;
	struct str lang, title;
	struct live_poll_item *poll; /* NULL: none is open or shown */
	struct live_question_item *top;
	size_t n_top;
};
#endif
