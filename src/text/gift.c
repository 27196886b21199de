/* GIFT reader; see gift.h. The writer is gift_write.c.
 *
 * The source is cut into blocks (a question each), comment lines are left out, and a block is cut at its
 * first unescaped braces. Escapes stay in the pieces until the last moment, so that cutting never mistakes them. */
#include "text/gift.h"
#include "base/utf8.h"
#include "text/html_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FORMAT_HTML = 100 }; /* while reading only: becomes FORMAT_PLAIN */

/* A line of the block: where it starts in the block's text, and its number in the file. */
struct mark {
	size_t offset;
	int line;
};
struct reader {
	struct findings *f;
	struct str file, rest, category;
	struct str bloom, source; /* tags of the block */
	int line; /* of the line taken last */
	bool need_names;
	struct questions *ret;
	/* The block being gathered. */
	struct buf block;
	struct mark *marks;
	size_t n_marks;
	bool opened, closed; /* its braces so far */
};

static int line_at(const struct reader *r, const char *p)
{
	size_t offset = (size_t)(p - r->block.p), low = 0, high = r->n_marks;
	while (high - low > 1) {
		size_t mid = (low + high) / 2;
		if (r->marks[mid].offset <= offset)
			low = mid;
		else
			high = mid;
	}
	return r->n_marks ? r->marks[low].line : r->line;
}

static void note(struct reader *r, const char *at, const char *text)
{
	finding_add(r->f, r->file, line_at(r, at), text, 0, NULL);
}

static void note_what(struct reader *r, const char *at, const char *text, struct str what)
{
	finding_add_what(r->f, r->file, line_at(r, at), text, what);
}

/* ── pieces ── */

/* Position of the first unescaped character of `set`, from `from`; s.n when there is none. */
static size_t find_control(struct str s, size_t from, const char *set)
{
	for (size_t i = from; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (strchr(set, s.p[i]))
			return i;
	}
	return s.n;
}

/* Position of an unescaped sequence that holds no backslash. */
static size_t find_sequence(struct str s, struct str what)
{
	for (size_t i = 0; i + what.n <= s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (memcmp(s.p + i, what.p, what.n) == 0)
			return i;
	}
	return s.n;
}

static struct str unescape(struct reader *r, struct str s)
{
	struct buf b;
	buf_init(&b, r->f->arena, TEXT_MAX);
	for (size_t i = 0; i < s.n; i++) {
		char next = i + 1 < s.n ? s.p[i + 1] : '\0';
		if (s.p[i] != '\\' || !next) {
			buf_char(&b, s.p[i]);
		} else if (strchr("~=#{}:\\", next)) {
			buf_char(&b, next);
			i++;
		} else if (next == 'n') {
			buf_char(&b, '\n');
			i++;
		} else if (next == '>' && b.n && b.p[b.n - 1] == '-') {
			buf_char(&b, '>');
			i++;
		} else {
			buf_char(&b, '\\');
		}
	}
	return buf_get(&b);
}

static int take_format(struct str *s, int otherwise)
{
	static const struct {
		const char *name;
		int format;
	} known[] = { { "[html]", FORMAT_HTML }, { "[plain]", FORMAT_PLAIN }, { "[markdown]", FORMAT_MARKDOWN }, { "[moodle]", FORMAT_MOODLE } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_starts(*s, str_of(known[i].name))) {
			*s = str_trim(str_sub(*s, strlen(known[i].name), s->n));
			return known[i].format;
		}
	return otherwise;
}

/* Reads a text with its optional format. */
static struct str take_text(struct reader *r, struct str raw, int *format)
{
	raw = str_trim(raw);
	*format = take_format(&raw, *format);
	struct str text = unescape(r, raw);
	return *format == FORMAT_HTML ? html_to_plain(r->f->arena, text) : text;
}

static enum question_format format_of(int format)
{
	return format == FORMAT_HTML ? FORMAT_PLAIN : (enum question_format)format;
}

/* The places are limited so that gift_write can write the number again: a range is stored as its middle and half
 * width, which have more places than its ends. */
enum { PLACES_MAX = 30, RANGE_PLACES_MAX = 10 };

static bool take_number(struct str s, size_t places_max, double *ret)
{
	s = str_trim(s);
	if (s.n && s.p[0] == '+')
		s = str_sub(s, 1, s.n);
	ptrdiff_t point = str_index(s, '.');
	size_t places = point < 0 ? 0 : s.n - (size_t)point - 1;
	return places <= places_max && str_real(s, ret) && fabs(*ret) < 1e15;
}

/* ── the parts of an answer ── */

struct answer {
	struct str raw; /* behind the sign and weight, before the feedback */
	struct str feedback;
	bool right; /* "=" */
	bool weighed;
	double weight;
	const char *at;
};

static void cut_feedback(struct str *s, struct str *ret)
{
	size_t at = find_control(*s, 0, "#");
	*ret = at < s->n ? str_sub(*s, at + 1, s->n) : S("");
	*s = str_sub(*s, 0, at);
}

static struct str feedback_text(struct reader *r, struct str raw, int format)
{
	return take_text(r, raw, &format);
}

static bool take_weight(struct reader *r, struct answer *a)
{
	a->weight = a->right ? 100 : 0;
	if (!a->raw.n || a->raw.p[0] != '%')
		return true;
	ptrdiff_t end = str_index(str_sub(a->raw, 1, a->raw.n), '%');
	if (end < 0 || !take_number(str_sub(a->raw, 1, (size_t)end + 1), PLACES_MAX, &a->weight) || fabs(a->weight) > 100) {
		note_what(r, a->at, N_("A weight must be a number from -100 to 100 between two per cent signs, not “{what}”"), a->raw);
		return false;
	}
	a->raw = str_trim(str_sub(a->raw, (size_t)end + 2, a->raw.n));
	a->weighed = true;
	return true;
}

/* Cuts "=… ~… =…" into answers; the ceiling keeps everything after it cheap. */
static bool cut_answers(struct reader *r, struct str body, struct answer *list, size_t *ret_n)
{
	size_t at = find_control(body, 0, "=~"), n = 0;
	if (str_trim(str_sub(body, 0, at)).n) {
		note_what(r, body.p, N_("An answer must start with = or ~: “{what}”"), str_trim(str_sub(body, 0, at)));
		return false;
	}
	bool good = true;
	while (at < body.n) {
		size_t end = find_control(body, at + 1, "=~");
		if (n == QUESTION_OPTIONS_MAX) {
			note(r, body.p + at, N_("A question may have at most 50 answers"));
			return false;
		}
		struct answer *a = &list[n++];
		*a = (struct answer){ .raw = str_trim(str_sub(body, at + 1, end)), .right = body.p[at] == '=', .at = body.p + at };
		good &= take_weight(r, a);
		cut_feedback(&a->raw, &a->feedback);
		at = end;
	}
	*ret_n = n;
	return good;
}

static bool fraction_left(double sum)
{
	return fabs(sum - 100) > 0.1; /* three times 33.33333 is meant as 100 */
}

/* ── kinds ── */

static bool check_choice(struct reader *r, const char *at, const struct question *q)
{
	size_t full = 0;
	double sum = 0;
	for (size_t i = 0; i < q->n_options; i++) {
		full += q->options[i].weight == 100;
		sum += q->options[i].weight > 0 ? q->options[i].weight : 0;
	}
	if (q->n_options < 2)
		note(r, at, N_("A choice needs at least two options"));
	else if (sum <= 0 || (q->kind == Q_SINGLE && !full))
		note(r, at, N_("The question has no right answer"));
	else if (q->kind == Q_SINGLE && full > 1)
		note(r, at, N_("A single choice has one right answer; where several belong together, give each its weight: ~%50%"));
	else if (q->kind == Q_MULTIPLE && fraction_left(sum))
		note(r, at, N_("The weights of the right options must add to 100"));
	else
		return true;
	return false;
}

static bool check_full(struct reader *r, const char *at, bool full)
{
	if (!full)
		note(r, at, N_("The question has no right answer"));
	return full;
}

static bool same_option_twice(const struct question *q, size_t *ret)
{
	for (size_t i = 1; i < q->n_options; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq(q->options[i].text, q->options[j].text) && q->options[i].text.n) {
				*ret = i;
				return true;
			}
	return false;
}

static void add_option(struct reader *r, struct question *q, const struct answer *a, int format)
{
	struct question_option *o = ARENA_PUSH(r->f->arena, q->options, q->n_options);
	o->text = take_text(r, a->raw, &format);
	o->format = format_of(format);
	o->weight = a->weight;
	o->feedback = feedback_text(r, a->feedback, format);
	o->match = S("");
	o->line = line_at(r, a->at);
}

static bool read_options(struct reader *r, struct question *q, const struct answer *list, size_t n, int format)
{
	bool full = false;
	for (size_t i = 0; i < n; i++) {
		add_option(r, q, &list[i], format);
		full |= list[i].weight == 100;
		if (!str_trim(q->options[i].text).n) {
			note(r, list[i].at, N_("An answer is empty"));
			return false;
		}
	}
	size_t twice;
	if (same_option_twice(q, &twice)) {
		note_what(r, list[twice].at, N_("The answer “{what}” stands there twice"), q->options[twice].text);
		return false;
	}
	return q->kind == Q_SHORT ? check_full(r, list[0].at, full) : check_choice(r, list[0].at, q);
}

static bool read_pairs(struct reader *r, struct question *q, const struct answer *list, size_t n, int format)
{
	size_t asked = 0;
	for (size_t i = 0; i < n; i++) {
		struct answer left = list[i];
		size_t arrow = find_sequence(left.raw, S("->"));
		if (arrow == left.raw.n || !str_trim(str_sub(left.raw, arrow + 2, left.raw.n)).n) {
			note(r, left.at, N_("A pair to match needs both sides: =left -> right"));
			return false;
		}
		struct str right = str_sub(left.raw, arrow + 2, left.raw.n);
		left.raw = str_sub(left.raw, 0, arrow);
		add_option(r, q, &left, format);
		q->options[i].match = unescape(r, str_trim(right));
		asked += q->options[i].text.n > 0;
	}
	size_t twice;
	if (same_option_twice(q, &twice))
		note_what(r, list[twice].at, N_("The answer “{what}” stands there twice"), q->options[twice].text);
	else if (asked < 2)
		note(r, list[0].at, N_("A question to match needs at least two pairs"));
	else
		return true;
	return false;
}

/* Takes away the noise of binary arithmetic: the middle of two decimals has one place more than they. */
static double tidy(double v)
{
	char text[64];
	snprintf(text, sizeof text, "%.*f", RANGE_PLACES_MAX + 1, v);
	return strtod(text, NULL);
}

bool gift_range_read(struct str s, double *value, double *tolerance)
{
	double low, high;
	ptrdiff_t dots = str_find(s, S(".."));
	if (dots >= 0) {
		if (!take_number(str_sub(s, 0, (size_t)dots), RANGE_PLACES_MAX, &low) || !take_number(str_sub(s, (size_t)dots + 2, s.n), RANGE_PLACES_MAX, &high) || low > high)
			return false;
		*value = tidy((low + high) / 2);
		*tolerance = tidy((high - low) / 2);
		return true;
	}
	ptrdiff_t colon = str_index(s, ':');
	*tolerance = 0;
	if (colon >= 0 && !take_number(str_sub(s, (size_t)colon + 1, s.n), PLACES_MAX, tolerance))
		return false;
	return take_number(str_sub(s, 0, colon < 0 ? s.n : (size_t)colon), PLACES_MAX, value) && *tolerance >= 0;
}

static bool read_numbers(struct reader *r, struct question *q, struct str body, int format)
{
	struct answer list[QUESTION_OPTIONS_MAX] = { 0 };
	size_t n = 1;
	body = str_trim(body);
	if (body.n && (body.p[0] == '=' || body.p[0] == '~')) {
		if (!cut_answers(r, body, list, &n))
			return false;
	} else {
		list[0] = (struct answer){ .raw = body, .weight = 100, .at = body.p };
		cut_feedback(&list[0].raw, &list[0].feedback);
	}
	bool full = false;
	for (size_t i = 0; i < n; i++) {
		struct question_number *x = ARENA_PUSH(r->f->arena, q->numbers, q->n_numbers);
		*x = (struct question_number){ .weight = list[i].weight, .feedback = feedback_text(r, list[i].feedback, format), .line = line_at(r, list[i].at) };
		if (!gift_range_read(list[i].raw, &x->value, &x->tolerance)) {
			note_what(r, list[i].at, N_("Expected a number, number:tolerance or from..to and found “{what}”"), str_trim(list[i].raw));
			return false;
		}
		full |= x->weight == 100;
	}
	return check_full(r, body.p, full);
}

static bool is_true_false(struct str body, bool *ret_true)
{
	struct str word = str_trim(str_sub(body, 0, find_control(body, 0, "#")));
	char small[6] = "";
	if (!word.n || word.n > 5)
		return false;
	for (size_t i = 0; i < word.n; i++)
		small[i] = (char)(word.p[i] | 0x20);
	*ret_true = small[0] == 't';
	return !strcmp(small, "t") || !strcmp(small, "f") || !strcmp(small, "true") || !strcmp(small, "false");
}

/* The first feedback is for who answers wrongly, the second for who answers rightly (Moodle's order). */
static void read_true_false(struct reader *r, struct question *q, struct str body, bool is_true, int format)
{
	struct str wrong, right, word = body;
	cut_feedback(&word, &wrong);
	cut_feedback(&wrong, &right);
	for (int i = 0; i < 2; i++) {
		bool is_right = (i == 0) == is_true;
		*ARENA_PUSH(r->f->arena, q->options, q->n_options) = (struct question_option){
			.text = i == 0 ? S("true") : S("false"), .weight = is_right ? 100 : 0, .match = S(""),
			.feedback = feedback_text(r, is_right ? right : wrong, format), .line = line_at(r, body.p),
		};
	}
}

static bool all_pairs(const struct answer *list, size_t n)
{
	bool arrow = false;
	for (size_t i = 0; i < n; i++) {
		if (!list[i].right)
			return false;
		arrow |= find_sequence(list[i].raw, S("->")) < list[i].raw.n;
	}
	return arrow;
}

static bool read_answers(struct reader *r, struct question *q, struct str body, int format)
{
	struct answer list[QUESTION_OPTIONS_MAX];
	size_t n = 0, rights = 0;
	if (!cut_answers(r, body, list, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		rights += list[i].right;
	if (all_pairs(list, n)) {
		q->kind = Q_MATCHING;
		q->partial = true;
		return read_pairs(r, q, list, n, format);
	}
	q->kind = rights == n ? Q_SHORT : rights ? Q_SINGLE : Q_MULTIPLE;
	q->partial = q->kind == Q_MULTIPLE;
	return read_options(r, q, list, n, format);
}

static bool read_braces(struct reader *r, struct question *q, struct str body, int format)
{
	size_t general = find_sequence(body, S("####"));
	if (general < body.n) {
		q->general_feedback = feedback_text(r, str_sub(body, general + 4, body.n), format);
		body = str_sub(body, 0, general);
	}
	body = str_trim(body);
	bool is_true;
	if (!body.n) {
		note(r, body.p, N_("An essay cannot be a question of a quiz"));
		return false;
	}
	if (body.p[0] == '#') {
		q->kind = Q_NUMERIC;
		return read_numbers(r, q, str_sub(body, 1, body.n), format);
	}
	if (is_true_false(body, &is_true)) {
		q->kind = Q_TRUEFALSE;
		read_true_false(r, q, body, is_true, format);
		return true;
	}
	return read_answers(r, q, body, format);
}

/* ── a question ── */

static bool has_control_character(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return true;
	return false;
}

static bool take_name(struct reader *r, struct str *block, struct question *q)
{
	q->name = S("");
	const char *at = block->p;
	if (str_starts(*block, S("::"))) {
		struct str rest = str_sub(*block, 2, block->n);
		size_t end = find_sequence(rest, S("::"));
		if (end == rest.n) {
			note(r, at, N_("The name of the question is not closed by ::"));
			return false;
		}
		q->name = unescape(r, str_trim(str_sub(rest, 0, end)));
		*block = str_trim(str_sub(rest, end + 2, rest.n));
	}
	if (has_control_character(q->name) || utf8_length(q->name) > QUESTION_NAME_MAX)
		note(r, at, N_("The name of a question is one line of at most 160 characters"));
	else if (r->need_names && !str_trim(q->name).n)
		note(r, at, N_("The question has no name; write ::name:: before it"));
	else
		return true;
	return false;
}

/* What stands behind the braces makes a missing word of them; a full stop behind "…? {…}." does not. */
static bool is_missing_word(struct str before, struct str after)
{
	if (!after.n)
		return false;
	return !(str_is(after, ".") && before.n && strchr(".?!)", before.p[before.n - 1]));
}

static void take_question_text(struct reader *r, struct question *q, struct str before, struct str after, int *format)
{
	if (is_missing_word(str_trim(before), after)) {
		struct buf b;
		buf_init(&b, r->f->arena, 2 * TEXT_MAX);
		buf_str(&b, before);
		buf_lit(&b, "_____");
		if (after.p[-1] != '}')
			buf_char(&b, ' ');
		buf_str(&b, after);
		before = buf_get(&b);
	}
	q->text = take_text(r, before, format);
	q->format = format_of(*format);
}

/* Cuts text { body } after; false with a finding when the braces are not right. */
static bool cut_braces(struct reader *r, struct str block, struct str *before, struct str *body, struct str *after)
{
	size_t open = find_control(block, 0, "{}"), close = open < block.n ? find_control(block, open + 1, "{}") : open;
	if (open == block.n)
		note(r, block.p, N_("A text without answers in braces cannot be a question of a quiz"));
	else if (close == block.n)
		note(r, block.p + open, N_("The brace { is not closed before the next blank line"));
	else if (block.p[close] == '{')
		note(r, block.p + close, N_("There is a { inside the answers; write \\{ for the character"));
	else if (find_control(block, close + 1, "{}") < block.n)
		note(r, block.p + find_control(block, close + 1, "{}"), N_("A second brace stands in the question; leave a blank line between questions"));
	else {
		*before = str_sub(block, 0, open);
		*body = str_sub(block, open + 1, close);
		*after = str_trim(str_sub(block, close + 1, block.n));
		return true;
	}
	return false;
}

/* The rest of a question that was cut in two by a blank line in its braces gets this finding and no other. */
static bool is_rest_of_braces(struct reader *r, struct str block)
{
	size_t brace = find_control(block, 0, "{}");
	if (brace == block.n || block.p[brace] == '{')
		return false;
	note(r, block.p + brace, N_("There is a } without its {; write \\} for the character"));
	return true;
}

static void read_question(struct reader *r, struct str block)
{
	if (is_rest_of_braces(r, block))
		return;
	struct question q = { .category = r->category, .bloom = r->bloom, .source = r->source, .general_feedback = S(""), .line = line_at(r, block.p) };
	struct str before, body, after;
	int format = FORMAT_MOODLE;
	const char *start = block.p;
	bool named = take_name(r, &block, &q);
	if (!cut_braces(r, block, &before, &body, &after))
		return;
	take_question_text(r, &q, before, after, &format);
	if (!str_trim(q.text).n) {
		note(r, start, N_("The question has no text"));
		return;
	}
	if (!read_braces(r, &q, body, format) || !named)
		return;
	if (r->ret->n == QUESTIONS_MAX)
		note(r, start, N_("There are more than 2,000 questions in the file"));
	else
		*ARENA_PUSH(r->f->arena, r->ret->v, r->ret->n) = q;
}

/* ── blocks ── */

static void end_block(struct reader *r)
{
	struct str block = str_trim(buf_get(&r->block));
	if (block.n)
		read_question(r, block);
	r->block.n = 0;
	r->n_marks = 0;
	r->marks = NULL;
	r->opened = r->closed = false;
	r->bloom = r->source = S("");
}

/* "// [id:7] [tag:bloom:apply] [tag:source:Act, s. 7]" before a question or in it; "\]" is a bracket. Other tags say nothing here. */
static void take_tags(struct reader *r, struct str comment)
{
	for (ptrdiff_t at; (at = str_find(comment, S("[tag:"))) >= 0;) {
		struct buf b;
		size_t i = (size_t)at + 5;
		buf_init(&b, r->f->arena, comment.n + 1);
		for (; i < comment.n && comment.p[i] != ']'; i++) {
			i += comment.p[i] == '\\' && i + 1 < comment.n;
			buf_char(&b, comment.p[i]);
		}
		struct str tag = str_trim(buf_get(&b));
		comment = str_sub(comment, i, comment.n);
		if (str_starts(tag, S("source:")))
			r->source = str_trim(str_sub(tag, 7, tag.n));
		else if (str_starts(tag, S("bloom:")) && question_bloom_good(str_sub(tag, 6, tag.n)))
			r->bloom = str_sub(tag, 6, tag.n);
		else if (str_starts(tag, S("bloom:")))
			finding_add_what(r->f, r->file, r->line, N_("bloom must be remember, understand, apply, analyse, evaluate or create, not “{what}”"), str_sub(tag, 6, tag.n));
	}
}

/* Follows the braces line by line, so that "::" may start the next question without a blank line. */
static void follow_braces(struct reader *r, struct str line)
{
	for (size_t i = find_control(line, 0, "{}"); i < line.n; i = find_control(line, i + 1, "{}")) {
		r->opened |= line.p[i] == '{';
		r->closed = r->opened && line.p[i] == '}';
	}
}

static void add_line(struct reader *r, struct str line)
{
	if (r->block.n)
		buf_char(&r->block, '\n');
	*ARENA_PUSH(r->f->arena, r->marks, r->n_marks) = (struct mark){ r->block.n, r->line };
	buf_str(&r->block, line);
	follow_braces(r, line);
}

static void take_line(struct reader *r, struct str line)
{
	struct str trimmed = str_trim(line);
	if (str_starts(trimmed, S("//"))) {
		if (r->closed && str_find(trimmed, S("[tag:")) >= 0)
			end_block(r); /* of the question before */
		take_tags(r, trimmed);
		return;
	}
	bool category = str_starts(trimmed, S("$CATEGORY:"));
	if (!trimmed.n || (category && !r->block.n) || (r->closed && str_starts(trimmed, S("::"))))
		end_block(r);
	if (category && !r->block.n)
		r->category = unescape(r, str_trim(str_sub(trimmed, 10, trimmed.n)));
	else if (trimmed.n)
		add_line(r, line);
}

static int by_name(const void *a, const void *b)
{
	const struct question *x = *(const struct question *const *)a, *y = *(const struct question *const *)b;
	int c = str_cmp(x->name, y->name);
	return c ? c : (x->line > y->line) - (x->line < y->line);
}

static void note_same_names(struct reader *r)
{
	size_t n = r->ret->n;
	const struct question **sorted = ARENA_ARRAY(r->f->arena, const struct question *, n + 1);
	for (size_t i = 0; i < n; i++)
		sorted[i] = &r->ret->v[i];
	qsort(sorted, n, sizeof *sorted, by_name);
	for (size_t i = 1; i < n; i++)
		if (sorted[i]->name.n && str_eq(sorted[i]->name, sorted[i - 1]->name))
			finding_add_what(r->f, r->file, sorted[i]->line, N_("There are two questions with the name “{what}”"), sorted[i]->name);
}

bool gift_parse(struct findings *f, struct str file, struct str source, bool need_names, struct questions *ret)
{
	*ret = (struct questions){ 0 };
	size_t before = f->n;
	if (!finding_check_source(f, file, source))
		return false;
	struct reader r = { .f = f, .file = file, .rest = source, .need_names = need_names, .ret = ret, .category = S(""), .bloom = S(""), .source = S("") };
	if (str_starts(source, S("\xef\xbb\xbf")))
		r.rest = str_sub(source, 3, source.n);
	buf_init(&r.block, f->arena, 2 * TEXT_MAX);
	struct str line;
	while (str_cut(&r.rest, '\n', &line)) {
		r.line++;
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		take_line(&r, line);
	}
	end_block(&r);
	note_same_names(&r);
	return f->n == before;
}
