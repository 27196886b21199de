/* Questions in CSV; see question_csv.h. */
#include "text/question_csv.h"
#include "base/utf8.h"
#include "text/csv.h"
#include "text/data_uri.h"
#include "text/gift.h"

struct row {
	struct strs cells;
	int line;
	const struct row *first; /* of the same code, in another language; or itself */
	struct str code, in_case, lang;
	struct question q;
	bool good;
};
struct reader {
	struct findings *f;
	struct arena *arena;
	struct str file;
	struct strs head; /* in small letters, without blanks */
	bool of_igot;
	struct row *rows;
	size_t n;
	struct row *row; /* the one that is read */
};

static bool bad_what(struct reader *r, const char *text, struct str what)
{
	finding_add_what(r->f, r->file, r->row->line, text, what);
	return false;
}

static bool bad(struct reader *r, const char *text)
{
	return bad_what(r, text, S(""));
}

/* ── cells ── */

static struct str without(struct arena *a, struct str s, const char *what)
{
	struct buf b;
	buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (!strchr(what, s.p[i]))
			buf_char(&b, s.p[i]);
	return buf_get(&b);
}

static struct str cell_of(const struct reader *r, const struct row *row, struct str name)
{
	for (size_t i = 0; i < r->head.n && i < row->cells.n; i++)
		if (str_eq(r->head.v[i], name))
			return str_trim(without(r->arena, row->cells.v[i].p ? row->cells.v[i] : S(""), "\r"));
	return S("");
}

/* Words, which every language has for itself. */
static struct str words(const struct reader *r, const char *name)
{
	return cell_of(r, r->row, str_of(name));
}

/* What is the same in every language. */
static struct str fact(const struct reader *r, const char *name)
{
	struct str s = words(r, name);
	return s.n || !r->row->first ? s : cell_of(r, r->row->first, str_of(name));
}

static const char *numbered(const struct reader *r, const char *name, size_t i)
{
	return str_fmt(r->arena, "%s%zu", name, i + 1).p;
}

static bool is_yes(struct arena *a, struct str s)
{
	struct str low = str_lower(a, s);
	return str_is(low, "yes") || str_is(low, "true") || str_is(low, "1");
}

static bool read_number(struct reader *r, struct str s, double *ret)
{
	return str_real(s, ret) || bad_what(r, N_("“{what}” is no number"), s);
}

/* ── options ── */

/* "1,3", "B" and "a;c" name options; returns whether i is among them. False in *good: something else stands there. */
static bool is_named(struct str list, size_t i, size_t n, bool *good)
{
	bool among = false;
	size_t at = 0;
	while (at < list.n) {
		size_t end = at;
		while (end < list.n && !strchr(",; ", list.p[end]))
			end++;
		struct str word = str_sub(list, at, end);
		int64_t number = 0;
		if (word.n == 1 && (word.p[0] | 0x20) >= 'a' && (word.p[0] | 0x20) <= 'z')
			number = (word.p[0] | 0x20) - 'a' + 1;
		else if (word.n)
			*good &= str_int(word, &number);
		*good &= !word.n || (number >= 1 && number <= (int64_t)n);
		among |= number == (int64_t)i + 1;
		at = end + 1;
	}
	return among;
}

static struct question_option *add_option(struct reader *r, struct str text)
{
	struct question *q = &r->row->q;
	struct question_option *o = ARENA_PUSH(r->arena, q->options, q->n_options);
	*o = (struct question_option){
		.text = text, .format = q->format, .weight = 100, .feedback = S(""), .match = S(""), .area = S(""), .line = r->row->line
	};
	return o;
}

/* Options up to the last column that says something. */
static bool read_options(struct reader *r)
{
	size_t n = 0;
	for (size_t i = 0; i < QUESTION_OPTIONS_MAX; i++)
		if (words(r, numbered(r, "option", i)).n || words(r, numbered(r, "match", i)).n)
			n = i + 1;
	for (size_t i = 0; i < n; i++) {
		struct question_option *o = add_option(r, words(r, numbered(r, "option", i)));
		struct str weight = fact(r, numbered(r, "weight", i));
		o->match = words(r, numbered(r, "match", i));
		o->feedback = words(r, numbered(r, "feedback", i));
		o->area = fact(r, numbered(r, "area", i));
		if (weight.n && !read_number(r, weight, &o->weight))
			return false;
		o->weight = question_weight(o->weight);
	}
	return true;
}

static bool has_weights(const struct reader *r)
{
	for (size_t i = 0; i < r->row->q.n_options; i++)
		if (fact(r, numbered(r, "weight", i)).n)
			return true;
	return false;
}

static bool weigh(struct reader *r)
{
	struct question *q = &r->row->q;
	struct str right = fact(r, "right");
	bool good = true, weights = has_weights(r);
	size_t n = 0;
	for (size_t i = 0; i < q->n_options; i++)
		n += is_named(right, i, q->n_options, &good);
	if (!good || (right.n && weights))
		return bad_what(r, N_("right names the right options by number, such as 1,3, where there are no weights; not “{what}”"), right);
	for (size_t i = 0; i < q->n_options; i++) {
		bool named = is_named(right, i, q->n_options, &good);
		if (!weights)
			q->options[i].weight = !named ? 0 : q->kind == Q_MULTIPLE ? question_weight(100 / (double)n) : 100;
		else if (!fact(r, numbered(r, "weight", i)).n)
			q->options[i].weight = 0;
	}
	return true;
}

static bool read_true_false(struct reader *r)
{
	struct str right = str_lower(r->arena, fact(r, "right"));
	bool is_true = str_is(right, "true") || str_is(right, "t"), is_false = str_is(right, "false") || str_is(right, "f");
	if (!is_true && !is_false)
		return bad_what(r, N_("right must be true or false, not “{what}”"), right);
	add_option(r, S("true"))->feedback = words(r, "feedback1");
	add_option(r, S("false"))->feedback = words(r, "feedback2");
	r->row->q.options[is_true].weight = 0;
	return true;
}

static bool read_numbers(struct reader *r)
{
	struct question *q = &r->row->q;
	for (size_t i = 0; i < QUESTION_OPTIONS_MAX; i++) {
		struct str text = fact(r, numbered(r, "option", i)), weight = fact(r, numbered(r, "weight", i));
		if (!text.n)
			continue;
		struct question_number *x = ARENA_PUSH(r->arena, q->numbers, q->n_numbers);
		*x = (struct question_number){ .weight = 100, .feedback = words(r, numbered(r, "feedback", i)), .line = r->row->line };
		if (!gift_range_read(text, &x->value, &x->tolerance))
			return bad_what(r, N_("Expected a number, number:tolerance or from..to and found “{what}”"), text);
		if (weight.n && !read_number(r, weight, &x->weight))
			return false;
		x->weight = question_weight(x->weight);
	}
	return true;
}

/* "name | points | about" */
static bool read_criterion(struct reader *r, struct str text)
{
	struct question *q = &r->row->q;
	struct str name, points;
	str_cut(&text, '|', &name);
	if (!str_cut(&text, '|', &points))
		return bad_what(r, N_("A row of a rubric is written “name | points | about”, not “{what}”"), name);
	struct question_criterion *c = ARENA_PUSH(r->arena, q->rubric, q->n_rubric);
	*c = (struct question_criterion){ .name = str_trim(name), .about = str_trim(text) };
	return read_number(r, str_trim(points), &c->points);
}

static bool read_long(struct reader *r)
{
	struct question *q = &r->row->q;
	struct str limit = fact(r, "words");
	double sum = 0;
	q->sample = words(r, "sample");
	if (limit.n && !str_int(limit, &q->words))
		return bad_what(r, N_("“{what}” is no number"), limit);
	for (size_t i = 0; i < QUESTION_RUBRIC_MAX; i++) {
		struct str text = words(r, numbered(r, "rubric", i));
		if (text.n && !read_criterion(r, text))
			return false;
	}
	for (size_t i = 0; i < q->n_rubric; i++)
		sum += q->rubric[i].points;
	if (q->marks == 0)
		q->marks = sum;
	return true;
}

static void all_full(struct question *q)
{
	for (size_t i = 0; i < q->n_options; i++)
		q->options[i].weight = 100;
}

static bool read_kind(struct reader *r)
{
	struct question *q = &r->row->q;
	switch (q->kind) {
	case Q_TRUEFALSE: return read_true_false(r);
	case Q_NUMERIC: return read_numbers(r);
	case Q_LONG: return read_long(r);
	case Q_CASE: return true;
	case Q_MATCHING:
	case Q_ORDERING:
		if (!read_options(r))
			return false;
		all_full(q);
		return true;
	case Q_SHORT: return read_options(r);
	default: return read_options(r) && weigh(r);
	}
}

static bool read_picture(struct reader *r)
{
	struct str address = fact(r, "picture"), alt = words(r, "alt"), bytes;
	struct question_picture *p = &r->row->q.picture;
	if (!address.n)
		return true;
	if (!data_uri_read(r->arena, address, &bytes))
		return bad(r, N_("A picture in a CSV file is a data: address in base64"));
	const char *wrong = question_picture_read(bytes, p);
	p->name = S("picture");
	p->alt = alt;
	return !wrong || bad(r, wrong);
}

static struct str bloom_of(struct arena *a, struct str s)
{
	struct str low = str_lower(a, s);
	return str_is(low, "analyze") ? S("analyse") : low;
}

static bool read_row(struct reader *r)
{
	struct question *q = &r->row->q;
	struct str kind = str_lower(r->arena, fact(r, "kind")), marks = fact(r, "marks"), partial = fact(r, "partial");
	*q = (struct question){ .name = r->row->code, .lang = r->row->in_case.n ? S("") : r->row->lang, .line = r->row->line };
	if (!question_kind_of(kind, &q->kind))
		return bad_what(r, N_("“{what}” is no kind of question"), kind);
	if (marks.n && !read_number(r, marks, &q->marks))
		return false;
	q->text = words(r, "text");
	q->format = str_is(str_lower(r->arena, fact(r, "format")), "markdown") ? FORMAT_MARKDOWN : FORMAT_PLAIN;
	q->category = fact(r, "competency");
	q->bloom = bloom_of(r->arena, fact(r, "bloom"));
	q->source = fact(r, "source");
	q->general_feedback = words(r, "feedback");
	q->partial = (q->kind == Q_MULTIPLE || q->kind == Q_MATCHING || q->kind == Q_ORDERING) && (!partial.n || is_yes(r->arena, partial));
	return read_picture(r) && read_kind(r);
}

/* ── iGOT Karmayogi's own columns ── */

static bool igot_kind(struct str type, enum question_kind *ret)
{
	static const struct {
		const char *type;
		enum question_kind kind;
	} types[] = { { "MCQ-SCA", Q_SINGLE }, { "MCQ-MCA", Q_MULTIPLE }, { "T/F", Q_TRUEFALSE }, { "MTF", Q_MATCHING }, { "FTB", Q_SHORT } };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(type, types[i].type)) {
			*ret = types[i].kind;
			return true;
		}
	return false;
}

/* The columns isOptionNCorrect: Yes or No, a right side, or which blank. */
static bool igot_option(struct reader *r, struct str text, struct str correct)
{
	struct question *q = &r->row->q;
	if (q->kind == Q_SHORT && correct.n && !str_is(correct, "Blank1"))
		return bad(r, N_("Several blanks in one question are not read"));
	struct question_option *o = add_option(r, q->kind == Q_TRUEFALSE ? str_lower(r->arena, text) : text);
	if (q->kind == Q_MATCHING)
		o->match = correct;
	else if (q->kind != Q_SHORT)
		o->weight = is_yes(r->arena, correct) ? 100 : 0;
	return true;
}

static bool read_igot(struct reader *r)
{
	struct question *q = &r->row->q;
	struct str type = words(r, "questiontype"), why = words(r, "explanation"), rationale = words(r, "rationale");
	size_t right = 0;
	*q = (struct question){
		.name = r->row->code, .line = r->row->line, .format = FORMAT_PLAIN, .text = words(r, "question"), .category = words(r, "competency")
	};
	if (!igot_kind(type, &q->kind))
		return bad_what(r, N_("“{what}” is no kind of question"), type);
	q->bloom = bloom_of(r->arena, words(r, "bloom'slevel"));
	q->general_feedback = why.n && rationale.n ? str_fmt(r->arena, "%.*s\n\n%.*s", STR_ARG(why), STR_ARG(rationale)) : why.n ? why : rationale;
	q->partial = q->kind == Q_MATCHING;
	for (size_t i = 0; i < QUESTION_OPTIONS_MAX; i++) {
		struct str text = words(r, numbered(r, "option", i)), correct = words(r, str_fmt(r->arena, "isoption%zucorrect", i + 1).p);
		if (text.n && !igot_option(r, text, correct))
			return false;
	}
	for (size_t i = 0; i < q->n_options; i++)
		right += q->options[i].weight > 0;
	for (size_t i = 0; q->kind == Q_MULTIPLE && i < q->n_options; i++)
		q->options[i].weight = q->options[i].weight > 0 ? question_weight(100 / (double)right) : 0;
	return true;
}

/* ── rows ── */

static bool same_question(const struct row *a, const struct row *b)
{
	return str_eq(a->code, b->code) && str_eq(a->in_case, b->in_case);
}

static bool add_row(struct reader *r, const struct strs *cells, int line)
{
	struct row *row = ARENA_PUSH(r->arena, r->rows, r->n);
	*row = (struct row){ .cells = *cells, .line = line };
	row->code = cell_of(r, row, r->of_igot ? S("questionno") : S("code"));
	row->in_case = cell_of(r, row, S("case"));
	row->lang = cell_of(r, row, S("lang"));
	r->row = row;
	return row->code.n || bad(r, N_("The question has no code"));
}

static bool is_empty(const struct strs *cells)
{
	for (size_t i = 0; i < cells->n; i++)
		if (cells->v[i].p && str_trim(cells->v[i]).n)
			return false;
	return true;
}

static void read_rows(struct reader *r, struct csv *c)
{
	struct strs cells;
	int line = c->line;
	for (; csv_next(r->arena, c, &cells); line = c->line) {
		if (r->n == QUESTION_CSV_ROWS_MAX) {
			finding_add(r->f, r->file, line, N_("There are more than 2,000 questions in the file"), 0, NULL);
			return;
		}
		if (!is_empty(&cells) && !add_row(r, &cells, line))
			r->n--;
	}
	if (c->rest.n)
		finding_add(r->f, r->file, c->line, N_("A quote is not closed, or the row has too many fields"), 0, NULL);
}

static void read_questions(struct reader *r)
{
	for (size_t i = 0; i < r->n; i++) {
		size_t k = 0;
		while (k < i && !same_question(&r->rows[k], &r->rows[i]))
			k++;
		r->row = &r->rows[i];
		r->row->first = k < i ? &r->rows[k] : NULL;
		r->row->good = r->of_igot ? read_igot(r) : read_row(r);
	}
}

/* The case of a part stands in the part's language; a part is left out with it. */
static struct row *case_of(struct reader *r, const struct row *part)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->rows[i].in_case.n && str_eq(r->rows[i].code, part->in_case) && str_eq(r->rows[i].lang, part->lang))
			return &r->rows[i];
	return NULL;
}

static void join_parts(struct reader *r)
{
	for (size_t i = 0; i < r->n; i++) {
		r->row = &r->rows[i];
		if (!r->row->in_case.n)
			continue;
		struct row *whole = case_of(r, r->row);
		if (!whole || (whole->good && whole->q.kind != Q_CASE))
			bad_what(r, N_("There is no case “{what}” in this language"), r->row->in_case);
		else if (!r->row->good || whole->q.n_parts > QUESTION_PARTS_MAX)
			whole->good = false;
		else if (whole->good)
			*ARENA_PUSH(r->arena, whole->q.parts, whole->q.n_parts) = r->row->q;
	}
}

static void sum_up(struct question *q)
{
	bool said = q->n_parts > 0;
	double sum = 0;
	for (size_t i = 0; i < q->n_parts; i++) {
		said &= q->parts[i].marks > 0;
		sum += q->parts[i].marks;
	}
	q->marks = said ? sum : 0;
}

static void keep(struct reader *r, struct questions *ret)
{
	for (size_t i = 0; i < r->n; i++) {
		struct question *q = &r->rows[i].q;
		r->row = &r->rows[i];
		if (!r->row->good || r->row->in_case.n)
			continue;
		if (q->kind == Q_CASE)
			sum_up(q);
		if (question_check(r->f, r->file, q))
			*ARENA_PUSH(r->arena, ret->v, ret->n) = *q;
	}
	questions_join(r->f, r->file, ret);
}

static bool read_head(struct reader *r, const struct csv *c)
{
	for (size_t i = 0; i < c->head.n; i++)
		*ARENA_PUSH(r->arena, r->head.v, r->head.n) = without(r->arena, str_lower(r->arena, c->head.v[i]), " \t\r\n");
	bool code = false, kind = false;
	for (size_t i = 0; i < r->head.n; i++) {
		r->of_igot |= str_is(r->head.v[i], "questiontype");
		code |= str_is(r->head.v[i], "code") || str_is(r->head.v[i], "questionno");
		kind |= str_is(r->head.v[i], "kind") || str_is(r->head.v[i], "questiontype");
	}
	return code && kind;
}

bool question_csv_parse(struct findings *f, struct str file, struct str source, struct questions *ret)
{
	struct reader r = { .f = f, .arena = f->arena, .file = file };
	struct csv c;
	size_t before = f->n;
	if (source.n > QUESTION_CSV_MAX || !utf8_valid(source)) {
		finding_add(f, file, 0, source.n > QUESTION_CSV_MAX ? N_("The file is larger than 16 MiB") : N_("The text is not UTF-8"), 0, NULL);
		return false;
	}
	if (!csv_begin(f->arena, source, &c) || !read_head(&r, &c)) {
		finding_add(f, file, 1, N_("The first row must name the columns, among them code, kind and text"), 0, NULL);
		return false;
	}
	read_rows(&r, &c);
	read_questions(&r);
	join_parts(&r);
	keep(&r, ret);
	return f->n == before;
}
