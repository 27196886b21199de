/* Items of QTI 3.0, written; see qti.h.
 *
 * The identifiers of what is to be ordered or matched follow the order of texts, so that they tell a candidate nothing. */
#include "text/data_uri.h"
#include "text/qti_item.h"

#include <math.h>
#include <stdlib.h>

#define BLANK S("_____")

struct writer {
	struct buf b;
	struct arena *arena;
	const struct question *whole;
	struct str (*place)(void *data, const struct question_picture *p);
	void *data;
};
/* A question of the item: the whole, or the n-th part of a case. */
struct one {
	const struct question *q;
	size_t n;	   /* from 1 */
	struct str suffix; /* "", or "_2" in a case */
};

/* ── pieces ── */

static void put(struct writer *w, const char *xml)
{
	buf_str(&w->b, str_of(xml));
}

static void put_attribute(struct writer *w, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_fmt(&w->b, " %s=\"", name);
	xml_put(&w->b, value);
	buf_char(&w->b, '"');
}

/* The fewest digits that read back as the same number. */
static void put_number(struct writer *w, double v)
{
	char text[40];
	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	buf_str(&w->b, str_of(text));
}

static void put_lines(struct writer *w, struct str text)
{
	struct str line;
	while (text.n) {
		ptrdiff_t end = str_index(text, '\n');
		line = str_sub(text, 0, end < 0 ? text.n : (size_t)end);
		xml_put(&w->b, line);
		put(w, end < 0 ? "" : "<br/>");
		text = str_sub(text, end < 0 ? text.n : (size_t)end + 1, text.n);
	}
}

static void open_text(struct writer *w, enum question_format format)
{
	static const char *const classes[] = { "karmayogi-moodle", "karmayogi-plain", "karmayogi-markdown" };
	buf_fmt(&w->b, "<div class=\"%s\">", classes[format]);
}

static void put_text(struct writer *w, struct str text, enum question_format format)
{
	open_text(w, format);
	put_lines(w, text);
	put(w, "</div>");
}

static void put_picture(struct writer *w, const struct question_picture *p)
{
	put(w, "<img src=\"");
	if (w->place)
		xml_put(&w->b, w->place(w->data, p));
	else
		data_uri_put(&w->b, p->type, p->bytes);
	put(w, "\"");
	buf_fmt(&w->b, " width=\"%lld\" height=\"%lld\"", (long long)p->width, (long long)p->height);
	put_attribute(w, "alt", p->alt);
	put_attribute(w, "data-name", p->name);
	put(w, "/>");
}

/* ── identifiers ── */

/* The place of a text among those of a question in byte order, from 1; the same texts have the same. */
static size_t rank(const struct question *q, size_t i, bool of_match)
{
	struct str mine = of_match ? q->options[i].match : q->options[i].text;
	size_t n = 1;
	for (size_t k = 0; k < q->n_options; k++)
		n += str_cmp(of_match ? q->options[k].match : q->options[k].text, mine) < 0;
	return n;
}

static struct str option_id(struct writer *w, const struct one *o, size_t i)
{
	if (o->q->kind == Q_MATCHING && !o->q->options[i].text.n)
		return str_fmt(w->arena, "R%zu_%zu", o->n, rank(o->q, i, true));
	return str_fmt(w->arena, "O%zu_%zu", o->n, o->q->kind == Q_ORDERING ? rank(o->q, i, false) : i + 1);
}

static struct str right_id(struct writer *w, const struct one *o, size_t i)
{
	return str_fmt(w->arena, "R%zu_%zu", o->n, rank(o->q, i, true));
}

/* ── what is declared ── */

static double full_marks(const struct question *q)
{
	return q->marks > 0 ? q->marks : 1;
}

static bool is_typed(const struct question *q)
{
	return q->kind == Q_SHORT || q->kind == Q_NUMERIC;
}

/* Whether weights decide, and not only what is right. */
static bool is_mapped(const struct question *q)
{
	if (q->kind == Q_MULTIPLE || q->kind == Q_MATCHING)
		return q->partial;
	for (size_t i = 0; !is_typed(q) && q->kind != Q_ORDERING && i < q->n_options; i++)
		if (q->options[i].weight != 0 && q->options[i].weight != 100)
			return true;
	return q->kind == Q_JUDGEMENT;
}

static bool has_feedback(const struct question *q)
{
	for (size_t i = 0; i < q->n_options; i++)
		if (q->options[i].feedback.n)
			return true;
	for (size_t i = 0; i < q->n_numbers; i++)
		if (q->numbers[i].feedback.n)
			return true;
	return false;
}

static size_t pairs_of(const struct question *q)
{
	size_t n = 0;
	for (size_t i = 0; i < q->n_options; i++)
		n += q->options[i].text.n > 0;
	return n;
}

static struct str key_of(struct writer *w, const struct one *o, size_t i)
{
	struct str id = option_id(w, o, i);
	return o->q->kind == Q_MATCHING ? str_fmt(w->arena, "%.*s %.*s", STR_ARG(id), STR_ARG(right_id(w, o, i))) : id;
}

static bool is_right(const struct question *q, size_t i)
{
	const struct question_option *o = &q->options[i];
	return q->kind == Q_MATCHING ? o->text.n > 0 : q->kind == Q_MULTIPLE ? o->weight > 0 : o->weight == 100;
}

static struct str unescaped(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '*'))
			buf_char(&b, s.p[i]);
	return buf_get(&b);
}

static void put_value(struct writer *w, struct str text)
{
	put(w, "<qti-value>");
	xml_put(&w->b, text);
	put(w, "</qti-value>");
}

static void put_correct(struct writer *w, const struct one *o)
{
	bool done = false;
	put(w, "<qti-correct-response>");
	for (size_t i = 0; i < o->q->n_options && !(done && o->q->kind == Q_SHORT); i++) {
		if (!is_right(o->q, i))
			continue;
		put_value(w, o->q->kind == Q_SHORT ? unescaped(w->arena, o->q->options[i].text) : key_of(w, o, i));
		done = true;
	}
	for (size_t i = 0; i < o->q->n_numbers && !done; i++) {
		done = o->q->numbers[i].weight == 100;
		if (!done)
			continue;
		put(w, "<qti-value>");
		put_number(w, o->q->numbers[i].value);
		put(w, "</qti-value>");
	}
	put(w, "</qti-correct-response>");
}

static void put_map(struct writer *w, const struct one *o)
{
	const struct question *q = o->q;
	put(w, "<qti-mapping default-value=\"0\" lower-bound=\"0\">");
	for (size_t i = 0; i < q->n_options; i++) {
		double part = q->kind == Q_MATCHING ? is_right(q, i) / (double)pairs_of(q) : q->options[i].weight / 100;
		if (part == 0)
			continue;
		put(w, "<qti-map-entry");
		put_attribute(w, "map-key", key_of(w, o, i));
		put(w, " mapped-value=\"");
		put_number(w, part * full_marks(q));
		put(w, "\"/>");
	}
	put(w, "</qti-mapping>");
}

static void put_response(struct writer *w, const struct one *o)
{
	const struct question *q = o->q;
	const char *base = q->kind == Q_MATCHING		     ? "directedPair"
			   : q->kind == Q_NUMERIC		     ? "float"
			   : q->kind == Q_SHORT || q->kind == Q_LONG ? "string"
								     : "identifier";
	const char *cardinality = q->kind == Q_ORDERING ? "ordered" : q->kind == Q_MULTIPLE || q->kind == Q_MATCHING ? "multiple" : "single";
	buf_fmt(&w->b, "<qti-response-declaration identifier=\"RESPONSE%s\" cardinality=\"%s\" base-type=\"%s\">", o->suffix.p, cardinality, base);
	if (q->kind != Q_LONG)
		put_correct(w, o);
	if (is_mapped(q))
		put_map(w, o);
	put(w, "</qti-response-declaration>\n");
}

static void put_score(struct writer *w, const char *suffix, double marks)
{
	buf_fmt(&w->b, "<qti-outcome-declaration identifier=\"SCORE%s\" cardinality=\"single\" base-type=\"float\"", suffix);
	if (marks > 0) {
		put(w, " normal-maximum=\"");
		put_number(w, marks);
		put(w, "\"");
	}
	put(w, "><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>\n");
}

static void put_general(struct writer *w, size_t n)
{
	buf_fmt(&w->b,
		"<qti-outcome-declaration identifier=\"GENERAL_%zu\" cardinality=\"single\" base-type=\"identifier\">"
		"<qti-default-value><qti-value>general_%zu</qti-value></qti-default-value></qti-outcome-declaration>\n",
		n, n);
}

static void put_outcomes(struct writer *w, const struct one *o)
{
	if (o->suffix.n)
		put_score(w, o->suffix.p, o->q->marks);
	if (has_feedback(o->q))
		buf_fmt(&w->b, "<qti-outcome-declaration identifier=\"FEEDBACK%s\" cardinality=\"%s\" base-type=\"identifier\"/>\n", o->suffix.p,
			o->q->kind == Q_MULTIPLE || o->q->kind == Q_ORDERING || o->q->kind == Q_MATCHING ? "multiple" : "single");
	if (o->q->general_feedback.n && o->suffix.n)
		put_general(w, o->n);
}

/* ── the body ── */

static void put_choices(struct writer *w, const struct one *o, const char *element)
{
	for (size_t i = 0; i < o->q->n_options; i++) {
		buf_fmt(&w->b, "<qti-%s", element);
		put_attribute(w, "identifier", option_id(w, o, i));
		put(w, ">");
		put_text(w, o->q->options[i].text, o->q->options[i].format);
		buf_fmt(&w->b, "</qti-%s>\n", element);
	}
}

static void put_choice(struct writer *w, const struct one *o)
{
	const char *class = o->q->kind == Q_JUDGEMENT ? " class=\"karmayogi-judgement\"" : o->q->kind == Q_TRUEFALSE ? " class=\"karmayogi-truefalse\"" : "";
	buf_fmt(&w->b, "<qti-choice-interaction response-identifier=\"RESPONSE%s\" shuffle=\"%s\" max-choices=\"%d\"%s>\n", o->suffix.p,
		o->q->kind == Q_TRUEFALSE ? "false" : "true", o->q->kind != Q_MULTIPLE, class);
	put_choices(w, o, "simple-choice");
	put(w, "</qti-choice-interaction>\n");
}

static void put_order(struct writer *w, const struct one *o)
{
	buf_fmt(&w->b, "<qti-order-interaction response-identifier=\"RESPONSE%s\" shuffle=\"true\"%s>\n", o->suffix.p,
		o->q->partial ? " class=\"karmayogi-partial\"" : "");
	put_choices(w, o, "simple-choice");
	put(w, "</qti-order-interaction>\n");
}

static void put_associable(struct writer *w, struct str id, struct str text, enum question_format format, int most)
{
	put(w, "<qti-simple-associable-choice");
	put_attribute(w, "identifier", id);
	buf_fmt(&w->b, " match-max=\"%d\">", most);
	put_text(w, text, format);
	put(w, "</qti-simple-associable-choice>\n");
}

static bool said_before(const struct question *q, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(q->options[k].match, q->options[i].match))
			return true;
	return false;
}

static void put_match(struct writer *w, const struct one *o)
{
	const struct question *q = o->q;
	buf_fmt(&w->b, "<qti-match-interaction response-identifier=\"RESPONSE%s\" shuffle=\"true\" max-associations=\"%zu\">\n<qti-simple-match-set>\n",
		o->suffix.p, pairs_of(q));
	for (size_t i = 0; i < q->n_options; i++)
		if (q->options[i].text.n)
			put_associable(w, option_id(w, o, i), q->options[i].text, q->options[i].format, 1);
	put(w, "</qti-simple-match-set>\n<qti-simple-match-set>\n");
	for (size_t i = 0; i < q->n_options; i++)
		if (!said_before(q, i))
			put_associable(w, right_id(w, o, i), q->options[i].match, FORMAT_PLAIN, 0);
	put(w, "</qti-simple-match-set>\n</qti-match-interaction>\n");
}

static void put_entry(struct writer *w, const struct one *o)
{
	buf_fmt(&w->b, "<qti-text-entry-interaction response-identifier=\"RESPONSE%s\"/>", o->suffix.p);
}

/* The area in pixels, as QTI says it; data-area keeps the thousandths, which small pictures have no pixels for. */
static struct str coords_of(struct writer *w, const struct question *q, const struct question_area *area)
{
	struct buf b;
	buf_init(&b, w->arena, 2000);
	for (size_t i = 0; i < area->n; i++) {
		int64_t side = i % 2 == 1 ? q->picture.height : q->picture.width;
		buf_fmt(&b, "%s%lld", i ? "," : "", (long long)((area->v[i] * side + 500) / 1000));
	}
	return buf_get(&b);
}

static void put_hotspot(struct writer *w, const struct one *o)
{
	static const char *const shapes[] = { [AREA_CIRCLE] = "circle", [AREA_RECT] = "rect", [AREA_POLY] = "poly" };
	buf_fmt(&w->b, "<qti-hotspot-interaction response-identifier=\"RESPONSE%s\" max-choices=\"1\">\n", o->suffix.p);
	put_picture(w, &o->q->picture);
	for (size_t i = 0; i < o->q->n_options; i++) {
		struct question_area area;
		if (!question_area_read(o->q->options[i].area, &area))
			continue;
		struct str coords = coords_of(w, o->q, &area);
		put(w, "<qti-hotspot-choice");
		put_attribute(w, "identifier", option_id(w, o, i));
		put_attribute(w, "shape", str_of(shapes[area.shape]));
		put_attribute(w, "coords", coords);
		put_attribute(w, "data-coords", coords);
		put_attribute(w, "data-area", o->q->options[i].area);
		put_attribute(w, "hotspot-label", o->q->options[i].text);
		put(w, "/>\n");
	}
	put(w, "</qti-hotspot-interaction>\n");
}

static void put_rubric(struct writer *w, const struct question *q)
{
	if (q->n_rubric)
		put(w, "<qti-rubric-block view=\"scorer\" use=\"scoring\"><qti-content-body><table class=\"karmayogi-rubric\">\n");
	for (size_t i = 0; i < q->n_rubric; i++) {
		put(w, "<tr><th class=\"karmayogi-plain\">");
		put_lines(w, q->rubric[i].name);
		put(w, "</th><td class=\"karmayogi-plain\">");
		put_number(w, q->rubric[i].points);
		put(w, "</td><td class=\"karmayogi-plain\">");
		put_lines(w, q->rubric[i].about);
		put(w, "</td></tr>\n");
	}
	if (q->n_rubric)
		put(w, "</table></qti-content-body></qti-rubric-block>\n");
	if (q->sample.n) {
		put(w, "<qti-rubric-block view=\"scorer\" use=\"ext:sample-answer\"><qti-content-body>");
		put_text(w, q->sample, FORMAT_PLAIN);
		put(w, "</qti-content-body></qti-rubric-block>\n");
	}
}

static void put_interaction(struct writer *w, const struct one *o)
{
	switch (o->q->kind) {
	case Q_ORDERING: put_order(w, o); return;
	case Q_MATCHING: put_match(w, o); return;
	case Q_HOTSPOT: put_hotspot(w, o); return;
	case Q_LONG:
		buf_fmt(&w->b, "<qti-extended-text-interaction response-identifier=\"RESPONSE%s\"/>\n", o->suffix.p);
		put_rubric(w, o->q);
		return;
	case Q_SHORT:
	case Q_NUMERIC:
		put(w, "<p>");
		put_entry(w, o);
		put(w, "</p>\n");
		return;
	default: put_choice(w, o); return;
	}
}

/* A typed answer goes where the text has its blank, and otherwise behind it. */
static void put_asked(struct writer *w, const struct one *o)
{
	const struct question *q = o->q;
	ptrdiff_t blank = is_typed(q) && !str_eq(str_trim(q->text), BLANK) ? str_find(q->text, BLANK) : -1;
	open_text(w, q->format);
	put_lines(w, str_sub(q->text, 0, blank < 0 ? q->text.n : (size_t)blank));
	if (blank >= 0) {
		put_entry(w, o);
		put_lines(w, str_sub(q->text, (size_t)blank + BLANK.n, q->text.n));
	}
	put(w, "</div>\n");
	if (q->picture.type && q->kind != Q_HOTSPOT) {
		put(w, "<p>");
		put_picture(w, &q->picture);
		put(w, "</p>\n");
	}
	if (blank < 0 && q->kind != Q_CASE)
		put_interaction(w, o);
}

static void open_group(struct writer *w, const struct question *q)
{
	put(w, "<div class=\"karmayogi-question\"");
	put_attribute(w, "data-name", q == w->whole ? S("") : q->name);
	put_attribute(w, "data-category", q->category);
	put_attribute(w, "data-bloom", q->bloom);
	put_attribute(w, "data-source", q->source);
	if (q->words)
		buf_fmt(&w->b, " data-words=\"%lld\"", (long long)q->words);
	put(w, ">\n");
}

static void put_group(struct writer *w, const struct one *o)
{
	open_group(w, o->q);
	put_asked(w, o);
	put(w, "</div>\n");
}

/* ── how it is marked ── */

static void put_variable(struct writer *w, const char *element, const struct one *o)
{
	buf_fmt(&w->b, "<qti-%s identifier=\"RESPONSE%s\"/>", element, o->suffix.p);
}

static void set_score(struct writer *w, const struct one *o, double v)
{
	buf_fmt(&w->b, "<qti-set-outcome-value identifier=\"SCORE%s\"><qti-base-value base-type=\"float\">", o->suffix.p);
	put_number(w, v);
	put(w, "</qti-base-value></qti-set-outcome-value>");
}

static void put_match_rule(struct writer *w, const struct one *o)
{
	put(w, "<qti-response-condition><qti-response-if><qti-match>");
	put_variable(w, "variable", o);
	put_variable(w, "correct", o);
	put(w, "</qti-match>");
	set_score(w, o, full_marks(o->q));
	put(w, "</qti-response-if><qti-response-else>");
	set_score(w, o, 0);
	put(w, "</qti-response-else></qti-response-condition>\n");
}

static void put_map_rule(struct writer *w, const struct one *o)
{
	buf_fmt(&w->b, "<qti-set-outcome-value identifier=\"SCORE%s\">", o->suffix.p);
	put_variable(w, "map-response", o);
	put(w, "</qti-set-outcome-value>\n");
}

static bool has_star(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '*' && (i == 0 || s.p[i - 1] != '\\'))
			return true;
	return false;
}

static struct str pattern_of(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, 2 * s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		bool escaped = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '*';
		if (s.p[i] == '*')
			buf_lit(&b, ".*");
		else if (escaped)
			buf_lit(&b, "\\*");
		else if (strchr("\\|.?+(){}[]^$-", s.p[i]))
			buf_fmt(&b, "\\%c", s.p[i]);
		else
			buf_char(&b, s.p[i]);
		i += escaped;
	}
	return buf_get(&b);
}

static void put_text_test(struct writer *w, const struct one *o, const struct question_option *x)
{
	if (has_star(x->text)) {
		put(w, "<qti-pattern-match");
		put_attribute(w, "pattern", pattern_of(w->arena, x->text));
		put(w, ">");
		put_variable(w, "variable", o);
		put(w, "</qti-pattern-match>");
		return;
	}
	put(w, "<qti-string-match case-sensitive=\"false\">");
	put_variable(w, "variable", o);
	put(w, "<qti-base-value base-type=\"string\">");
	xml_put(&w->b, unescaped(w->arena, x->text));
	put(w, "</qti-base-value></qti-string-match>");
}

static void put_number_test(struct writer *w, const struct one *o, const struct question_number *x)
{
	put(w, "<qti-equal tolerance-mode=\"absolute\" tolerance=\"");
	put_number(w, x->tolerance);
	put(w, " ");
	put_number(w, x->tolerance);
	put(w, "\">");
	put_variable(w, "variable", o);
	put(w, "<qti-base-value base-type=\"float\">");
	put_number(w, x->value);
	put(w, "</qti-base-value></qti-equal>");
}

static void put_branch(struct writer *w, const struct one *o, size_t i)
{
	bool number = o->q->kind == Q_NUMERIC;
	const char *name = i ? "response-else-if" : "response-if";
	struct str feedback = number ? o->q->numbers[i].feedback : o->q->options[i].feedback;
	buf_fmt(&w->b, "<qti-%s>", name);
	if (number)
		put_number_test(w, o, &o->q->numbers[i]);
	else
		put_text_test(w, o, &o->q->options[i]);
	set_score(w, o, (number ? o->q->numbers[i].weight : o->q->options[i].weight) / 100 * full_marks(o->q));
	if (feedback.n)
		buf_fmt(&w->b,
			"<qti-set-outcome-value identifier=\"FEEDBACK%s\"><qti-base-value base-type=\"identifier\">%s</qti-base-value></qti-set-outcome-value>",
			o->suffix.p, option_id(w, o, i).p);
	buf_fmt(&w->b, "</qti-%s>\n", name);
}

static void put_branches(struct writer *w, const struct one *o)
{
	put(w, "<qti-response-condition>\n");
	for (size_t i = 0; i < (o->q->kind == Q_NUMERIC ? o->q->n_numbers : o->q->n_options); i++)
		put_branch(w, o, i);
	put(w, "</qti-response-condition>\n");
}

static void put_rules(struct writer *w, const struct one *o)
{
	if (o->q->kind == Q_LONG)
		return;
	if (is_typed(o->q))
		put_branches(w, o);
	else if (is_mapped(o->q))
		put_map_rule(w, o);
	else
		put_match_rule(w, o);
	if (has_feedback(o->q) && !is_typed(o->q) && o->q->kind != Q_MATCHING && o->q->kind != Q_ORDERING) {
		buf_fmt(&w->b, "<qti-set-outcome-value identifier=\"FEEDBACK%s\">", o->suffix.p);
		put_variable(w, "variable", o);
		put(w, "</qti-set-outcome-value>\n");
	}
}

static void put_sum(struct writer *w, size_t n)
{
	put(w, "<qti-set-outcome-value identifier=\"SCORE\"><qti-sum>");
	for (size_t i = 1; i <= n; i++)
		buf_fmt(&w->b, "<qti-variable identifier=\"SCORE_%zu\"/>", i);
	put(w, "</qti-sum></qti-set-outcome-value>\n");
}

/* The templates are what every system knows; they give one mark, or what the mapping says. */
static bool fits_template(const struct question *q)
{
	return q->kind != Q_CASE && q->kind != Q_LONG && !is_typed(q) && !has_feedback(q) && (is_mapped(q) || full_marks(q) == 1);
}

static void put_processing(struct writer *w, const struct one *list, size_t n)
{
	if (w->whole->kind == Q_LONG)
		return;
	if (fits_template(w->whole)) {
		buf_fmt(&w->b, "<qti-response-processing template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/%s.xml\"/>\n",
			is_mapped(w->whole) ? "map_response" : "match_correct");
		return;
	}
	put(w, "<qti-response-processing>\n");
	for (size_t i = 0; i < n; i++)
		put_rules(w, &list[i]);
	if (w->whole->kind == Q_CASE)
		put_sum(w, n);
	put(w, "</qti-response-processing>\n");
}

/* ── feedback ── */

static void put_feedback(struct writer *w, const char *outcome, struct str id, struct str text)
{
	if (!text.n)
		return;
	buf_fmt(&w->b, "<qti-modal-feedback outcome-identifier=\"%s\" identifier=\"%s\" show-hide=\"show\"><qti-content-body>", outcome, id.p);
	put_text(w, text, FORMAT_PLAIN);
	put(w, "</qti-content-body></qti-modal-feedback>\n");
}

static void put_feedbacks(struct writer *w, const struct one *o)
{
	const char *outcome = str_fmt(w->arena, "FEEDBACK%s", o->suffix.p).p, *general = str_fmt(w->arena, "GENERAL_%zu", o->n).p;
	for (size_t i = 0; i < o->q->n_options; i++)
		put_feedback(w, outcome, option_id(w, o, i), o->q->options[i].feedback);
	for (size_t i = 0; i < o->q->n_numbers; i++)
		put_feedback(w, outcome, option_id(w, o, i), o->q->numbers[i].feedback);
	if (o->suffix.n)
		put_feedback(w, general, str_fmt(w->arena, "general_%zu", o->n), o->q->general_feedback);
}

/* ── the item ── */

struct str qti_identifier(struct arena *a, struct str name)
{
	struct buf b;
	uint32_t hash = 2166136261u; /* FNV-1a */
	bool changed = !name.n;
	buf_init(&b, a, name.n + 20);
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i], low = (char)(c | 0x20);
		bool letter = (low >= 'a' && low <= 'z') || c == '_', other = (c >= '0' && c <= '9') || c == '-' || c == '.';
		hash = (hash ^ (unsigned char)c) * 16777619u;
		changed |= !(letter || (other && i));
		buf_char(&b, letter || (other && i) ? c : '_');
	}
	if (changed)
		buf_fmt(&b, "_%08x", (unsigned)hash);
	return buf_get(&b);
}

static void put_head(struct writer *w)
{
	put(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\"");
	put_attribute(w, "identifier", qti_identifier(w->arena, w->whole->name));
	put(w, " title=\"");
	xml_put(&w->b, w->whole->name);
	put(w, "\"");
	put_attribute(w, "xml:lang", w->whole->lang);
	put(w, " adaptive=\"false\" time-dependent=\"false\" tool-name=\"Karmayogi\" tool-version=\"1\">\n");
}

struct str qti_write_item(struct arena *a, const struct question *q, struct str (*place)(void *data, const struct question_picture *p), void *data)
{
	struct writer w = { .arena = a, .whole = q, .place = place, .data = data };
	struct one list[QUESTION_PARTS_MAX] = { { q, 1, S("") } };
	size_t n = q->kind == Q_CASE ? 0 : 1;
	buf_init(&w.b, a, (size_t)64 << 20);
	for (; q->kind == Q_CASE && n < q->n_parts && n < QUESTION_PARTS_MAX; n++)
		list[n] = (struct one){ &q->parts[n], n + 1, str_fmt(a, "_%zu", n + 1) };
	put_head(&w);
	for (size_t i = 0; i < n; i++)
		put_response(&w, &list[i]);
	put_score(&w, "", q->marks);
	for (size_t i = 0; i < n; i++)
		put_outcomes(&w, &list[i]);
	if (q->general_feedback.n)
		put_general(&w, 0);
	put(&w, "<qti-item-body>\n");
	open_group(&w, q);
	put_asked(&w, q->kind == Q_CASE ? &(struct one){ q, 0, S("") } : &list[0]);
	for (size_t i = 0; q->kind == Q_CASE && i < n; i++)
		put_group(&w, &list[i]);
	put(&w, "</div>\n</qti-item-body>\n");
	put_processing(&w, list, n);
	for (size_t i = 0; i < n; i++)
		put_feedbacks(&w, &list[i]);
	put_feedback(&w, "GENERAL_0", S("general_0"), q->general_feedback);
	put(&w, "</qti-assessment-item>\n");
	return buf_get(&w.b);
}
