/* Marking; see quiz_mark.h. */
#include "feature/quiz/quiz_mark.h"
#include "base/utf8.h"

#include <math.h>

enum { NUMBER_MAX = 40 };

/* ── numbers ── */

/* Digits of the scripts people here write in; each block of ten begins at its zero. */
static int digit_of(uint32_t c)
{
	static const uint32_t zeros[] = { '0', 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xABF0, 0x1C50, 0xFF10 };
	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return (int)(c - zeros[i]);
	return -1;
}

static bool is_space(uint32_t c)
{
	return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* One character of a number in ASCII, or 0. */
static char plain(uint32_t c)
{
	int d = digit_of(c);
	if (d >= 0)
		return (char)('0' + d);
	if (is_space(c))
		return ' ';
	if (c == 0x2212 || c == 0x2013)
		return '-';
	if (c == 0x66B)
		return '.';
	if (c == 0x66C)
		return ',';
	return c == '-' || c == '+' || c == '.' || c == ',' ? (char)c : '\0';
}

static bool to_plain(struct arena *a, struct str typed, struct str *ret)
{
	struct buf b;
	buf_init(&b, a, NUMBER_MAX);
	while (typed.n) {
		char c = plain(utf8_next(&typed));
		if (!c)
			return false;
		buf_char(&b, c);
	}
	*ret = str_trim(buf_get(&b));
	return !b.full;
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* 1,00,000 or 100,000: the last group has three digits, those between have all two or all three, the first no leading zero. */
static bool grouped(struct str s, char sep)
{
	struct str group, rest = s;
	size_t n = 0, between = 0, last = 0;
	while (str_cut(&rest, sep, &group)) {
		if (!group.n || group.n > 3 || !all_digits(group) || (n == 0 && group.p[0] == '0'))
			return false;
		if (n >= 2 && (last == 1 || (between && last != between)))
			return false;
		if (n >= 2)
			between = last;
		last = group.n;
		n++;
	}
	return n >= 2 && last == 3 && s.p[s.n - 1] != sep;
}

static void add_digits(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			buf_char(b, s.p[i]);
}

static bool whole_part(struct str s)
{
	return all_digits(s) || grouped(s, ',') || grouped(s, ' ');
}

/* Where the fraction begins: at the point, or at a comma that does not group; s.n when there is none. */
static size_t fraction_at(struct str s)
{
	ptrdiff_t point = str_index(s, '.'), comma = str_index(s, ',');
	if (point >= 0)
		return (size_t)point;
	return comma >= 0 && !grouped(s, ',') ? (size_t)comma : s.n;
}

bool quiz_number(struct arena *a, struct str typed, double *ret)
{
	struct str s;
	struct buf b;
	if (!to_plain(a, typed, &s) || !s.n)
		return false;
	buf_init(&b, a, NUMBER_MAX + 2);
	if (s.p[0] == '-' || s.p[0] == '+') {
		if (s.p[0] == '-')
			buf_char(&b, '-');
		s = str_trim(str_sub(s, 1, s.n));
	}
	size_t cut = fraction_at(s);
	struct str whole = str_sub(s, 0, cut), fraction = cut < s.n ? str_sub(s, cut + 1, s.n) : S("");
	if (!whole_part(whole) || !all_digits(fraction) || whole.n + fraction.n == 0)
		return false;
	if (!whole.n)
		buf_char(&b, '0');
	add_digits(&b, whole);
	if (fraction.n)
		buf_char(&b, '.');
	add_digits(&b, fraction);
	return str_real(buf_get(&b), ret);
}

/* ── short answers ── */

struct str quiz_fold(struct arena *a, struct str typed)
{
	struct str rest = utf8_fold(a, typed);
	struct buf b;
	bool gap = false;
	buf_init(&b, a, rest.n + 1);
	while (rest.n) {
		uint32_t c = utf8_next(&rest);
		if (is_space(c)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		utf8_put(&b, c);
	}
	return buf_get(&b);
}

/* Greedy with one place to come back to, the newest "*": enough, since an earlier one need never take more. */
bool quiz_pattern_fits(struct str pattern, struct str text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, from = 0;
	while (t < text.n || p < pattern.n) {
		bool any = p < pattern.n && pattern.p[p] == '*';
		bool escaped = p + 1 < pattern.n && pattern.p[p] == '\\' && pattern.p[p + 1] == '*';
		if (any) {
			star = ++p;
			from = t;
		} else if (p < pattern.n && t < text.n && text.p[t] == pattern.p[p + escaped]) {
			p += escaped ? 2 : 1;
			t++;
		} else if (star != SIZE_MAX && from < text.n) {
			p = star;
			t = ++from;
		} else {
			return false;
		}
	}
	return true;
}

/* ── marks ── */

static double part_of(double percent)
{
	/* Three times 33.333 is meant as the whole. */
	return percent <= 0 ? 0 : percent >= 99.9 ? 1 : percent / 100;
}

/* Kinds with one choice: the weight of the option. Multiple: the weights chosen, added; wrong ones may be negative. */
static struct quiz_mark mark_choice(const struct quiz_key *k, const struct strs *given)
{
	double sum = 0;
	for (size_t i = 0; i < k->n_options; i++)
		for (size_t j = 0; j < given->n; j++)
			if (str_eq(k->options[i].id, given->v[j]))
				sum += k->options[i].weight;
	return (struct quiz_mark){ part_of(sum), S("") };
}

/* All or nothing: all that add to the mark, and nothing else. */
static struct quiz_mark mark_whole_choice(const struct quiz_key *k, const struct strs *given)
{
	size_t right = 0, chosen = 0;
	for (size_t i = 0; i < k->n_options; i++) {
		right += k->options[i].weight > 0;
		for (size_t j = 0; k->options[i].weight > 0 && j < given->n; j++)
			chosen += str_eq(k->options[i].id, given->v[j]);
	}
	return (struct quiz_mark){ right > 0 && chosen == right && given->n == right ? 1 : 0, S("") };
}

static struct quiz_mark mark_short(struct arena *a, const struct quiz_key *k, struct str typed)
{
	const struct key_option *best = NULL;
	struct str text = quiz_fold(a, typed);
	for (size_t i = 0; text.n && i < k->n_options; i++) {
		const struct key_option *o = &k->options[i];
		if ((!best || o->weight > best->weight) && quiz_pattern_fits(quiz_fold(a, o->id), text))
			best = o;
	}
	return best ? (struct quiz_mark){ part_of(best->weight), best->feedback } : (struct quiz_mark){ 0, S("") };
}

static struct quiz_mark mark_number(struct arena *a, const struct quiz_key *k, struct str typed)
{
	const struct question_number *best = NULL;
	double x;
	bool good = quiz_number(a, typed, &x);
	for (size_t i = 0; good && i < k->n_numbers; i++)
		if ((!best || k->numbers[i].weight > best->weight) && question_number_fits(&k->numbers[i], x))
			best = &k->numbers[i];
	return best ? (struct quiz_mark){ part_of(best->weight), best->feedback } : (struct quiz_mark){ 0, S("") };
}

static bool is_pair(struct str given, const struct key_pair *pair)
{
	ptrdiff_t eq = str_index(given, '=');
	return eq >= 0 && str_eq(str_sub(given, 0, (size_t)eq), pair->left) && str_eq(str_sub(given, (size_t)eq + 1, given.n), pair->right);
}

/* The share of left sides that have their right one. */
static struct quiz_mark mark_matching(const struct quiz_key *k, const struct strs *given)
{
	size_t right = 0;
	for (size_t i = 0; i < k->n_pairs; i++)
		for (size_t j = 0; j < given->n; j++)
			if (is_pair(given->v[j], &k->pairs[i])) {
				right++;
				break;
			}
	bool all = right == k->n_pairs;
	return (struct quiz_mark){ k->n_pairs && (all || !k->whole) ? (double)right / (double)k->n_pairs : 0, S("") };
}

/* The place of an id, or -1. */
static ptrdiff_t place_of(const struct strs *list, struct str id)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], id))
			return (ptrdiff_t)i;
	return -1;
}

static struct quiz_mark mark_ordering(const struct quiz_key *k, const struct strs *given)
{
	size_t n = k->order.n;
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			ptrdiff_t a = place_of(given, k->order.v[i]), b = place_of(given, k->order.v[j]);
			if (a >= 0 && b >= 0)
				sum += a < b ? 1 : -1;
		}
	double tau = n > 1 ? sum / ((double)n * (double)(n - 1) / 2) : 0;
	return (struct quiz_mark){ tau <= 0 || (k->whole && tau < 1) ? 0 : tau, S("") };
}

struct quiz_mark quiz_mark(struct arena *a, const struct quiz_key *k, const struct strs *given)
{
	bool one = given->n == 1;
	switch (k->kind) {
	case Q_SINGLE:
	case Q_TRUEFALSE:
	case Q_HOTSPOT:
	case Q_JUDGEMENT:
		/* Two options ticked where one is right are no answer: a hand-made request must not collect weights. */
		return one ? mark_choice(k, given) : (struct quiz_mark){ 0, S("") };
	case Q_MULTIPLE:
		return k->whole ? mark_whole_choice(k, given) : mark_choice(k, given);
	case Q_NUMERIC:
		return one ? mark_number(a, k, given->v[0]) : (struct quiz_mark){ 0, S("") };
	case Q_SHORT:
		return one ? mark_short(a, k, given->v[0]) : (struct quiz_mark){ 0, S("") };
	case Q_MATCHING:
		return mark_matching(k, given);
	case Q_ORDERING:
		return mark_ordering(k, given);
	case Q_CASE:
	case Q_LONG:
	case QUESTION_KINDS_:
		return (struct quiz_mark){ 0, S("") };
	}
	BUG("a kind of question that nobody marks");
}

/* ── the right answer ── */

/* A text that fits the pattern and reads as what it is: "Right to *" becomes "Right to …". */
static struct str text_of(struct arena *a, struct str pattern)
{
	struct buf b;
	buf_init(&b, a, 3 * pattern.n + 1);
	for (size_t i = 0; i < pattern.n; i++) {
		bool escaped = pattern.p[i] == '\\' && i + 1 < pattern.n && pattern.p[i + 1] == '*';
		if (escaped)
			buf_char(&b, pattern.p[++i]);
		else if (pattern.p[i] == '*')
			buf_lit(&b, "…");
		else
			buf_char(&b, pattern.p[i]);
	}
	return buf_get(&b);
}

static struct str number_text(struct arena *a, double x)
{
	struct str s = str_fmt(a, "%.10f", x);
	while (s.p[s.n - 1] == '0')
		s.n--;
	return str_dup(a, str_sub(s, 0, s.n - (s.p[s.n - 1] == '.')));
}

static void add(struct arena *a, struct strs *list, struct str s)
{
	*ARENA_PUSH(a, list->v, list->n) = s;
}

/* Of kinds with one choice the option that is worth all; of several, those that add to the mark. */
static void right_options(struct arena *a, const struct quiz_key *k, struct strs *ret)
{
	for (size_t i = 0; i < k->n_options; i++)
		if (k->kind == Q_MULTIPLE ? k->options[i].weight > 0 : k->options[i].weight >= 100)
			add(a, ret, k->options[i].id);
}

struct strs quiz_right(struct arena *a, const struct quiz_key *k)
{
	struct strs r = { 0 };
	if (k->kind == Q_NUMERIC) {
		for (size_t i = 0; i < k->n_numbers && !r.n; i++)
			if (k->numbers[i].weight >= 100)
				add(a, &r, number_text(a, k->numbers[i].value));
	} else if (k->kind == Q_MATCHING) {
		for (size_t i = 0; i < k->n_pairs; i++)
			add(a, &r, str_fmt(a, "%.*s=%.*s", STR_ARG(k->pairs[i].left), STR_ARG(k->pairs[i].right)));
	} else if (k->kind == Q_ORDERING) {
		for (size_t i = 0; i < k->order.n; i++)
			add(a, &r, k->order.v[i]);
	} else {
		right_options(a, k, &r);
	}
	if (k->kind == Q_SHORT && r.n) {
		r.n = 1;
		r.v[0] = text_of(a, r.v[0]);
	}
	return r;
}
