/* GIFT writer; see gift.h. Everything that could be read as a control character is escaped. */
#include "text/gift.h"

#include <stdio.h>
#include <stdlib.h>

static void put_escaped(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n') {
			buf_lit(b, "\\n");
			continue;
		}
		if (strchr("~=#{}:\\", s.p[i]) || (s.p[i] == '>' && i && s.p[i - 1] == '-'))
			buf_char(b, '\\');
		buf_char(b, s.p[i]);
	}
}

static void put_format(struct buf *b, enum question_format format)
{
	static const char *const names[] = { "[moodle]", "[plain]", "[markdown]" };
	buf_str(b, str_of(names[format]));
}

/* Names the format where it differs from what would be taken, or where the text itself starts like one. */
static void put_text(struct buf *b, struct str text, enum question_format format, enum question_format taken)
{
	if (format != taken || (text.n && text.p[0] == '['))
		put_format(b, format);
	put_escaped(b, text);
}

/* The fewest decimal places that read back as the same number. */
static void put_number(struct buf *b, double v)
{
	char text[64];
	for (int places = 0; places <= 36; places++) {
		snprintf(text, sizeof text, "%.*f", places, v);
		if (strtod(text, NULL) == v)
			break;
	}
	buf_str(b, str_of(text));
}

static void put_weight(struct buf *b, bool right, double weight, bool always)
{
	buf_char(b, right ? '=' : '~');
	if (!always && weight == (right ? 100 : 0))
		return;
	buf_char(b, '%');
	put_number(b, weight);
	buf_char(b, '%');
}

static void put_feedback(struct buf *b, struct str feedback)
{
	if (!feedback.n)
		return;
	buf_char(b, '#');
	put_text(b, feedback, FORMAT_PLAIN, FORMAT_PLAIN);
}

static void put_options(struct buf *b, const struct question *q)
{
	for (size_t i = 0; i < q->n_options; i++) {
		const struct question_option *o = &q->options[i];
		bool right = q->kind == Q_SHORT || q->kind == Q_MATCHING || (q->kind == Q_SINGLE && o->weight == 100);
		buf_char(b, '\n');
		put_weight(b, right, o->weight, q->kind == Q_MULTIPLE || (o->text.n && o->text.p[0] == '%'));
		put_text(b, o->text, o->format, q->format);
		if (q->kind == Q_MATCHING) {
			buf_lit(b, " -> ");
			put_escaped(b, o->match);
		}
		put_feedback(b, o->feedback);
	}
	buf_char(b, '\n');
}

static void put_true_false(struct buf *b, const struct question *q)
{
	bool is_true = q->options[0].weight == 100;
	struct str right = q->options[is_true ? 0 : 1].feedback;
	buf_char(b, is_true ? 'T' : 'F');
	put_feedback(b, q->options[is_true ? 1 : 0].feedback);
	if (right.n && !q->options[is_true ? 1 : 0].feedback.n)
		buf_char(b, '#');
	put_feedback(b, right);
}

static void put_numbers(struct buf *b, const struct question *q)
{
	buf_char(b, '#');
	for (size_t i = 0; i < q->n_numbers; i++) {
		const struct question_number *x = &q->numbers[i];
		buf_char(b, '\n');
		put_weight(b, true, x->weight, false);
		put_number(b, x->value);
		buf_char(b, ':');
		put_number(b, x->tolerance);
		put_feedback(b, x->feedback);
	}
	buf_char(b, '\n');
}

static void put_tag(struct buf *b, const char *what, struct str value)
{
	if (!value.n)
		return;
	buf_fmt(b, "// [tag:%s:", what);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == ']' || value.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, value.p[i]);
	}
	buf_lit(b, "]\n");
}

static void put_question(struct buf *b, const struct question *q)
{
	put_tag(b, "bloom", q->bloom);
	put_tag(b, "source", q->source);
	if (q->name.n) {
		buf_lit(b, "::");
		put_escaped(b, q->name);
		buf_lit(b, "::");
	}
	/* Without a name the format always stands first: the text might start like a comment or a category. */
	if (!q->name.n || q->format != FORMAT_MOODLE || (q->text.n && q->text.p[0] == '['))
		put_format(b, q->format);
	put_escaped(b, q->text);
	buf_lit(b, " {");
	if (q->kind == Q_TRUEFALSE)
		put_true_false(b, q);
	else if (q->kind == Q_NUMERIC)
		put_numbers(b, q);
	else
		put_options(b, q);
	if (q->general_feedback.n) {
		buf_lit(b, "####");
		put_text(b, q->general_feedback, FORMAT_PLAIN, FORMAT_PLAIN);
	}
	buf_lit(b, "}\n\n");
}

struct str gift_write(struct arena *a, const struct question *v, size_t n)
{
	struct buf b;
	struct str category = S("");
	buf_init(&b, a, (size_t)64 << 20);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(category, v[i].category)) {
			buf_lit(&b, "$CATEGORY: ");
			put_escaped(&b, v[i].category);
			buf_lit(&b, "\n\n");
			category = v[i].category;
		}
		put_question(&b, &v[i]);
	}
	return buf_get(&b);
}
