/* One question of every kind with every field that the kind has, for the tests of readers and writers. */
#ifndef TEXT_QUESTION_SAMPLES_H
#define TEXT_QUESTION_SAMPLES_H
#include "text/question.h"

/* A PNG of 640 × 480 pixels, as far as its header. */
#define SAMPLE_PNG S("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0")

static inline struct question_option sample_option(const char *text, double weight, const char *feedback)
{
	return (struct question_option){ .text = str_of(text), .weight = weight, .feedback = str_of(feedback), .format = FORMAT_PLAIN };
}

static inline struct question_picture sample_picture(void)
{
	struct question_picture p = { .name = S("plan of the camp.png"), .alt = S("Plan: north gate, \"south\" gate & store") };
	return question_picture_read(SAMPLE_PNG, &p) ? (struct question_picture){ 0 } : p;
}

static inline void sample_add(struct arena *a, struct question *q, const struct question_option *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(a, q->options, q->n_options) = v[i];
}
#define SAMPLE_OPTIONS(a, q, ...)                                                                                                                              \
	sample_add((a), (q), (struct question_option[]){ __VA_ARGS__ }, sizeof((struct question_option[]){ __VA_ARGS__ }) / sizeof(struct question_option))

static inline void sample_numbers(struct arena *a, struct question *q)
{
	*ARENA_PUSH(a, q->numbers, q->n_numbers) = (struct question_number){ .value = 30, .tolerance = 0, .weight = 100, .feedback = S("Section 7(1)") };
	*ARENA_PUSH(a, q->numbers, q->n_numbers) = (struct question_number){ .value = 30.05, .tolerance = 0.1, .weight = 33.33333, .feedback = S("") };
	*ARENA_PUSH(a, q->numbers, q->n_numbers) = (struct question_number){ .value = -1e-7, .tolerance = 1e12, .weight = 0, .feedback = S("Far off") };
}

static inline void sample_of_kind(struct arena *a, enum question_kind kind, struct question *q)
{
	switch (kind) {
	case Q_MULTIPLE:
		q->partial = true;
		SAMPLE_OPTIONS(a, q, sample_option("a < b", 33.33333, ""), sample_option("b", 33.33333, "so"), sample_option("c", 33.33333, ""),
			       sample_option("d", -50, "no"));
		return;
	case Q_TRUEFALSE: SAMPLE_OPTIONS(a, q, sample_option("true", 0, "It is not"), sample_option("false", 100, "")); return;
	case Q_NUMERIC: sample_numbers(a, q); return;
	case Q_SHORT:
		q->text = S("The _____ decides.\nIt is _____.");
		SAMPLE_OPTIONS(a, q, sample_option("Information Commission", 100, ""), sample_option("State *formation* (Comm.)", 50, "nearly"),
			       sample_option("5\\*", 25, ""));
		return;
	case Q_MATCHING:
		q->partial = true;
		SAMPLE_OPTIONS(
			a, q, { .text = S("Article 14"), .match = S("equality"), .weight = 100, .feedback = S("see the Constitution"), .format = FORMAT_PLAIN },
			{ .text = S("Article 21"), .match = S("life"), .weight = 100, .format = FORMAT_MARKDOWN },
			{ .text = S("Article 15"), .match = S("equality"), .weight = 100, .format = FORMAT_PLAIN },
			{ .text = S(""), .match = S("property"), .weight = 100, .format = FORMAT_PLAIN });
		return;
	case Q_ORDERING:
		q->partial = true;
		SAMPLE_OPTIONS(a, q, sample_option("receive", 100, ""), sample_option("note", 100, ""), sample_option("decide", 100, ""),
			       sample_option("act", 100, "last"));
		return;
	case Q_HOTSPOT:
		q->picture = sample_picture();
		SAMPLE_OPTIONS(a, q, sample_option("North gate", 100, "yes"), sample_option("South gate", 0, ""), sample_option("Store", 25, ""));
		q->options[0].area = S("circle 501 103 61");
		q->options[1].area = S("rect 0 0 333 1000");
		q->options[2].area = S("poly 0 0 999 1 500 777");
		return;
	case Q_JUDGEMENT:
		SAMPLE_OPTIONS(a, q, sample_option("Ask", 60, ""), sample_option("Record and refuse", 100, "best"), sample_option("Refuse", 100, ""),
			       sample_option("Take it", 0, "never"));
		return;
	case Q_LONG:
		q->words = 300;
		q->sample = S("First …\n\nthen \"so\".");
		*ARENA_PUSH(a, q->rubric, q->n_rubric) = (struct question_criterion){ S("Law"), 1.5, S("names the section\nand what it says") };
		*ARENA_PUSH(a, q->rubric, q->n_rubric) = (struct question_criterion){ S("Clarity"), 1, S("") };
		q->marks = 2.5;
		return;
	default: /* single */
		SAMPLE_OPTIONS(a, q, sample_option("30", 100, "Section 7(1)"), sample_option("**45**", 12.5, ""), sample_option("[60]", 0, "no"),
			       sample_option(" 90 ", -20, ""));
		q->options[1].format = FORMAT_MARKDOWN;
		q->options[2].format = FORMAT_MOODLE;
	}
}

/* n tells samples of a kind apart. */
static inline struct question sample_question(struct arena *a, enum question_kind kind, unsigned n)
{
	struct question q = { .kind = kind,
			      .name = str_fmt(a, "%s %u: सूचना", question_kind_name(kind), n),
			      .category = S("kcm:functional.rti@2"),
			      .lang = S("en"),
			      .text = S("Within  how many days?\n\n* _one_ <b>answer</b> & \"more\"\ttab "),
			      .format = FORMAT_MARKDOWN,
			      .general_feedback = S("See the Act.\nAnd the rules."),
			      .bloom = S("apply"),
			      .source = S("RTI Act 2005, s. 7(1)"),
			      .marks = n % 2 ? 3 : 0 };
	if (kind == Q_CASE) {
		q.picture = sample_picture();
		q.marks = 0;
		for (int k = 0; k < QUESTION_KINDS_; k++) {
			if (k == Q_CASE)
				continue;
			struct question *p = ARENA_PUSH(a, q.parts, q.n_parts);
			*p = (struct question){ .kind = (enum question_kind)k,
						.name = str_fmt(a, "part %d", k),
						.text = S("What now?"),
						.format = FORMAT_PLAIN,
						.marks = k + 0.5,
						.bloom = S("evaluate"),
						.general_feedback = k % 3 ? S("") : S("Think again.") };
			sample_of_kind(a, p->kind, p);
			q.marks += p->marks;
		}
		return q;
	}
	sample_of_kind(a, kind, &q);
	if (kind != Q_HOTSPOT && n % 2)
		q.picture = sample_picture();
	return q;
}
#endif
