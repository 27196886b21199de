/* Views of the pages of an attempt: the paper to fill in, or what became of it. The same for people and for guests; they differ in their addresses. */
#ifndef FEATURE_ATTEMPT_PAGE_H
#define FEATURE_ATTEMPT_PAGE_H
#include "text/question.h"

/* An option; a right side to match; a step to put in order. */
struct paper_option {
	struct str id, text, feedback;
	bool mine, right;
	int64_t place;		     /* of a step: where it was put; 0: nowhere */
	struct paper_option *places; /* of a step: 1 … n to choose from */
	size_t n_places;
};
struct paper_left {
	struct str id, text, chosen, best;
	bool right;
	struct paper_option *options;
	size_t n_options;
};
struct paper_question {
	int64_t n, place, total; /* n: in the form; place: on this paper */
	int64_t seq;		 /* of the answer that is held; 0: none */
	enum question_kind kind;
	struct str points;	  /* "1", "2.5" */
	bool one_point, adaptive; /* adaptive: its answer is final, and brings the next */
	struct str base;	  /* address of the paper */
	struct str lang, text;
	struct str case_text, case_lang;
	int64_t case_n;			 /* in the form; 0: of no case */
	bool case_pictured, case_begins; /* case_begins: the first question of it here */
	bool pictured;
	struct str alt;
	struct paper_option *options;
	size_t n_options;
	struct paper_left *lefts;
	size_t n_lefts;
	struct str typed;
	int64_t words;
	bool answered;
	/* reviewed */
	bool right, part, dropped; /* neither right nor part: wrong; dropped: taken out of the marking for all */
	int64_t percent;
	struct str best, general;
};
struct paper_competency {
	struct str name, marks, max;
	int64_t items, percent;
};
struct paper_page {
	struct str title, base, api; /* addresses of the paper: of pages, of the API */
	int64_t exam_id, attempt_id, attempt, attempts, pass, minutes, grace_s, opened_at, ends_at, submitted_at;
	bool guest;
	bool adaptive;	 /* one question at a time; total: at most so many */
	bool instead;	 /* a fixed form, since too few questions are calibrated to choose from */
	struct str name; /* of a guest */
	/* open, and here */
	bool open;
	struct str secret;
	int64_t left_ms, elapsed_ms, first_seq, first_event;
	int64_t total, done;
	struct paper_question *questions;
	size_t n_questions;
	/* open, and elsewhere */
	bool elsewhere;
	/* over, and not closed yet */
	bool over;
	/* closed */
	bool closed, by_clock, silent, waits, passed, later; /* silent: the rules tell nothing; later: a review comes when everybody's time is over */
	struct str marks, max;
	int64_t percent;
	struct paper_competency *competencies;
	size_t n_competencies;
	struct paper_question *answers; /* the own paper, reviewed */
	size_t n_answers;
};
struct public_page {
	struct str title, about;
	int64_t exam_id, minutes, pass, opens_at, closes_at;
	bool is_open, early;
};
#endif
