/* What must be true of a question, and languages of one question brought together; see question.h. */
#include "base/utf8.h"
#include "text/question.h"

#include <math.h>

struct checking {
	struct findings *f;
	struct str file;
};

static void note(const struct checking *c, int line, const char *text)
{
	finding_add(c->f, c->file, line, text, 0, NULL);
}

static void note_what(const struct checking *c, int line, const char *text, struct str what)
{
	finding_add_what(c->f, c->file, line, text, what);
}

static bool is_blank(struct str s)
{
	return !str_trim(s).n;
}

/* In a text, lines may end and tabs may stand. */
static bool has_control(struct str s, bool in_text)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if ((ch < 0x20 && !(in_text && (ch == '\n' || ch == '\t'))) || ch == 0x7f)
			return true;
	}
	return false;
}

static bool is_line(struct str s, size_t max)
{
	return !has_control(s, false) && utf8_length(s) <= max;
}

/* ── fields that every kind has ── */

/* The shape of BCP 47 (RFC 5646, 2.1): letters and digits in parts of at most eight, the first of two to eight letters. */
static bool is_language(struct str tag)
{
	size_t run = 0, parts = 0;
	for (size_t i = 0; i < tag.n; i++) {
		char ch = tag.p[i];
		bool letter = (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z', digit = ch >= '0' && ch <= '9';
		if (ch == '-' && run >= (parts ? 1 : 2)) {
			run = 0;
			parts++;
		} else if ((letter || (digit && parts)) && run < 8) {
			run++;
		} else {
			return false;
		}
	}
	return run >= (parts ? 1 : 2) && tag.n <= 35;
}

static void check_picture(const struct checking *c, const struct question *q)
{
	struct question_picture again;
	const char *wrong = q->picture.type ? question_picture_read(q->picture.bytes, &again) : NULL;
	if (wrong)
		note(c, q->line, wrong);
	else if (q->picture.type && (is_blank(q->picture.alt) || !is_line(q->picture.alt, QUESTION_ALT_MAX)))
		note(c, q->line, N_("A picture needs an alternative text: one line of at most 1,000 characters for those who cannot see it"));
	else if (q->picture.type && (is_blank(q->picture.name) || !is_line(q->picture.name, QUESTION_NAME_MAX) || str_index(q->picture.name, '/') >= 0))
		note(c, q->line, N_("The name of a picture is one line of at most 160 characters, without folders"));
}

static void check_fields(const struct checking *c, const struct question *q)
{
	if (!is_line(q->name, QUESTION_NAME_MAX) || !is_line(q->category, QUESTION_SOURCE_MAX))
		note(c, q->line, N_("The name of the question is one line of at most 160 characters"));
	if (is_blank(q->text))
		note(c, q->line, N_("The question has no text"));
	if (has_control(q->text, true) || has_control(q->general_feedback, true) || has_control(q->sample, true))
		note(c, q->line, N_("There is a control character in the text"));
	if (q->lang.n && !is_language(q->lang))
		note_what(c, q->line, N_("“{what}” is no tag of a language, such as en or hi"), q->lang);
	if (q->bloom.n && !question_bloom_good(q->bloom))
		note_what(c, q->line, N_("bloom must be remember, understand, apply, analyse, evaluate or create, not “{what}”"), q->bloom);
	if (!is_line(q->source, QUESTION_SOURCE_MAX))
		note(c, q->line, N_("The source of a question is one line of at most 500 characters"));
	if (!(q->marks >= 0 && q->marks <= QUESTION_MARKS_MAX))
		note(c, q->line, N_("The marks of a question are a number from 0 to 1,000"));
	check_picture(c, q);
}

/* ── options ── */

static bool has_area(const struct checking *c, const struct question *q, const struct question_option *o)
{
	struct question_area area;
	if (q->kind != Q_HOTSPOT || question_area_read(o->area, &area))
		return true;
	note_what(c, o->line,
		  N_("Expected an area, such as “circle 500 500 80”, “rect 100 100 400 300” or “poly 0 0 500 0 0 500” in thousandths of the picture, and found "
		     "“{what}”"),
		  o->area);
	return false;
}

static bool check_option(const struct checking *c, const struct question *q, size_t i)
{
	const struct question_option *o = &q->options[i];
	bool wrong_side = q->kind == Q_MATCHING && !o->text.n && !is_blank(o->match);
	if (is_blank(o->text) && !wrong_side)
		note(c, o->line, N_("An answer is empty"));
	else if (q->kind == Q_MATCHING && is_blank(o->match))
		note(c, o->line, N_("A pair to match needs both sides"));
	else if (has_control(o->text, true) || has_control(o->match, true) || has_control(o->feedback, true))
		note(c, o->line, N_("There is a control character in the text"));
	else if (!(o->weight >= -100 && o->weight <= 100))
		note(c, o->line, N_("A weight must be a number from -100 to 100"));
	else if (has_area(c, q, o))
		return true;
	return false;
}

static bool check_twice(const struct checking *c, const struct question *q)
{
	for (size_t i = 1; i < q->n_options; i++)
		for (size_t j = 0; j < i; j++)
			if (q->options[i].text.n && str_eq(q->options[i].text, q->options[j].text)) {
				note_what(c, q->options[i].line, N_("The answer “{what}” stands there twice"), q->options[i].text);
				return false;
			}
	return true;
}

static bool check_options(const struct checking *c, const struct question *q, size_t least)
{
	if (q->n_options > QUESTION_OPTIONS_MAX)
		note(c, q->line, N_("A question may have at most 50 answers"));
	else if (q->n_options < least)
		note(c, q->line, least == 1 ? N_("The question has no right answer") : N_("A choice needs at least two options"));
	else {
		for (size_t i = 0; i < q->n_options; i++)
			if (!check_option(c, q, i))
				return false;
		return check_twice(c, q);
	}
	return false;
}

struct sums {
	size_t full, right;
	double positive;
	bool even; /* all or nothing: as question.h says */
};

static struct sums add_up(const struct question *q)
{
	struct sums s = { .even = true };
	for (size_t i = 0; i < q->n_options; i++) {
		double w = q->options[i].weight;
		s.full += w == 100;
		s.right += w > 0;
		s.positive += w > 0 ? w : 0;
	}
	for (size_t i = 0; i < q->n_options; i++)
		s.even &= q->options[i].weight == 0 || q->options[i].weight == question_weight(100 / (double)s.right);
	return s;
}

static void check_choice(const struct checking *c, const struct question *q)
{
	struct sums s = add_up(q);
	bool several = q->kind == Q_MULTIPLE;
	if (several ? !s.right : !s.full)
		note(c, q->line, N_("The question has no right answer"));
	else if (q->kind != Q_JUDGEMENT && !several && s.full > 1)
		note(c, q->line, N_("A single choice has one right answer"));
	else if (several && q->partial && fabs(s.positive - 100) > 0.1) /* three times 33.33333 is meant as 100 */
		note(c, q->line, N_("The weights of the right options must add to 100"));
	else if (several && !q->partial && !s.even)
		note(c, q->line, N_("Where only the whole answer counts, options have no weights of their own"));
	for (size_t i = 0; q->kind == Q_JUDGEMENT && i < q->n_options; i++)
		if (q->options[i].weight < 0)
			note(c, q->options[i].line, N_("In a situational judgement each option earns from 0 to 100"));
}

static void check_true_false(const struct checking *c, const struct question *q)
{
	if (q->n_options != 2 || !str_is(q->options[0].text, "true") || !str_is(q->options[1].text, "false"))
		note(c, q->line, N_("True or false has the two options true and false"));
	else
		check_choice(c, q);
}

static void check_short(const struct checking *c, const struct question *q)
{
	if (!add_up(q).full)
		note(c, q->line, N_("The question has no right answer"));
}

static void check_matching(const struct checking *c, const struct question *q)
{
	size_t asked = 0;
	for (size_t i = 0; i < q->n_options; i++) {
		const struct question_option *o = &q->options[i];
		asked += o->text.n > 0;
		for (size_t k = 0; !o->text.n && k < q->n_options; k++)
			if (k != i && str_eq(o->match, q->options[k].match)) {
				note_what(c, o->line, N_("The answer “{what}” stands there twice"), o->match);
				return;
			}
	}
	if (asked < 2)
		note(c, q->line, N_("A question to match needs at least two pairs"));
}

static void check_numbers(const struct checking *c, const struct question *q)
{
	bool full = false;
	if (q->n_numbers > QUESTION_OPTIONS_MAX) {
		note(c, q->line, N_("A question may have at most 50 answers"));
		return;
	}
	for (size_t i = 0; i < q->n_numbers; i++) {
		const struct question_number *x = &q->numbers[i];
		full |= x->weight == 100;
		if (!(fabs(x->value) < 1e15 && x->tolerance >= 0 && x->tolerance < 1e15 && fabs(x->weight) <= 100) || has_control(x->feedback, true))
			note(c, x->line, N_("A number to be answered, its tolerance or its weight is out of range"));
	}
	if (!full)
		note(c, q->line, N_("The question has no right answer"));
}

/* ── a long answer, a case ── */

static void check_rubric(const struct checking *c, const struct question *q)
{
	double sum = 0;
	if (q->n_rubric > QUESTION_RUBRIC_MAX)
		note(c, q->line, N_("A rubric may have at most 12 rows"));
	for (size_t i = 0; i < q->n_rubric && i < QUESTION_RUBRIC_MAX; i++) {
		const struct question_criterion *r = &q->rubric[i];
		sum += r->points;
		if (is_blank(r->name) || !is_line(r->name, QUESTION_NAME_MAX) || has_control(r->about, true) ||
		    !(r->points > 0 && r->points <= QUESTION_MARKS_MAX))
			note(c, q->line, N_("A row of a rubric needs a name of at most 160 characters, and points above 0"));
	}
	if (q->n_rubric && !(fabs(q->marks - sum) < 1e-9))
		note(c, q->line, N_("The points of the rubric must add to the marks of the question"));
	if (q->words < 0 || q->words > QUESTION_WORDS_MAX)
		note(c, q->line, N_("A long answer may have at most 10,000 words"));
}

static void check_question(const struct checking *c, const struct question *q);

static void check_parts(const struct checking *c, const struct question *q)
{
	if (!q->n_parts || q->n_parts > QUESTION_PARTS_MAX)
		note(c, q->line, N_("A case needs from 1 to 20 questions"));
	for (size_t i = 0; i < q->n_parts && i < QUESTION_PARTS_MAX; i++) {
		if (q->parts[i].kind == Q_CASE)
			note(c, q->parts[i].line, N_("A case cannot stand within a case"));
		else
			check_question(c, &q->parts[i]);
	}
}

static void check_kind(const struct checking *c, const struct question *q)
{
	switch (q->kind) {
	case Q_HOTSPOT:
		if (!q->picture.type)
			note(c, q->line, N_("Areas to choose from need a picture"));
		/* fallthrough */
	case Q_SINGLE:
	case Q_MULTIPLE:
	case Q_JUDGEMENT:
		if (check_options(c, q, 2))
			check_choice(c, q);
		return;
	case Q_TRUEFALSE: check_true_false(c, q); return;
	case Q_NUMERIC: check_numbers(c, q); return;
	case Q_SHORT:
		if (check_options(c, q, 1))
			check_short(c, q);
		return;
	case Q_MATCHING:
		if (check_options(c, q, 2))
			check_matching(c, q);
		return;
	case Q_ORDERING: check_options(c, q, 2); return;
	case Q_CASE: check_parts(c, q); return;
	case Q_LONG: check_rubric(c, q); return;
	case QUESTION_KINDS_: break;
	}
	BUG("a kind of question that nobody checks");
}

static void check_question(const struct checking *c, const struct question *q)
{
	check_fields(c, q);
	check_kind(c, q);
}

/* ── languages ── */

static bool same_numbers(const struct question *a, const struct question *b)
{
	bool same = a->n_numbers == b->n_numbers;
	for (size_t i = 0; same && i < a->n_numbers; i++)
		same = a->numbers[i].value == b->numbers[i].value && a->numbers[i].tolerance == b->numbers[i].tolerance &&
		       a->numbers[i].weight == b->numbers[i].weight;
	return same;
}

static bool same_options(const struct question *a, const struct question *b)
{
	bool same = a->n_options == b->n_options;
	for (size_t i = 0; same && i < a->n_options; i++)
		same = a->options[i].weight == b->options[i].weight && str_eq(a->options[i].area, b->options[i].area) &&
		       !a->options[i].text.n == !b->options[i].text.n;
	return same;
}

/* Whether b asks the same as a in other words. */
static bool fits(const struct question *a, const struct question *b)
{
	bool same = a->kind == b->kind && a->partial == b->partial && a->marks == b->marks && a->words == b->words && same_options(a, b) &&
		    same_numbers(a, b) && a->n_rubric == b->n_rubric && a->n_parts == b->n_parts && !a->picture.type == !b->picture.type;
	for (size_t i = 0; same && i < a->n_rubric; i++)
		same = a->rubric[i].points == b->rubric[i].points;
	for (size_t i = 0; same && i < a->n_parts; i++)
		same = str_eq(a->parts[i].name, b->parts[i].name) && fits(&a->parts[i], &b->parts[i]);
	return same;
}

static void check_translations(const struct checking *c, const struct question *q)
{
	if (q->n_translations > QUESTION_LANGS_MAX)
		note(c, q->line, N_("A question may have at most 24 translations"));
	for (size_t i = 0; i < q->n_translations && i < QUESTION_LANGS_MAX; i++) {
		const struct question *t = &q->translations[i];
		bool again = str_eq(t->lang, q->lang);
		for (size_t k = 0; k < i; k++)
			again |= str_eq(t->lang, q->translations[k].lang);
		if (again || !t->lang.n || !q->lang.n)
			note_what(c, t->line, N_("There are two questions with the name “{what}”"), t->name);
		else if (!str_eq(t->name, q->name) || t->n_translations || !fits(q, t))
			note_what(c, t->line,
				  N_("A translation of “{what}” must be of the same kind, with the same marks and as many answers in the same order"), q->name);
		else
			check_question(c, t);
	}
}

bool question_check(struct findings *f, struct str file, const struct question *q)
{
	const struct checking c = { f, file };
	size_t before = f->n;
	check_question(&c, q);
	check_translations(&c, q);
	return f->n == before;
}

/* What a translation leaves unsaid it takes from the first. */
static void take_over(const struct question *base, struct question *t)
{
	if (!t->category.n)
		t->category = base->category;
	if (!t->bloom.n)
		t->bloom = base->bloom;
	if (!t->source.n)
		t->source = base->source;
	if (t->marks == 0)
		t->marks = base->marks;
}

static bool is_new_language(const struct question *base, struct str lang)
{
	bool fresh = lang.n && base->lang.n && !str_eq(base->lang, lang) && base->n_translations < QUESTION_LANGS_MAX;
	for (size_t i = 0; fresh && i < base->n_translations; i++)
		fresh = !str_eq(base->translations[i].lang, lang);
	return fresh;
}

static void join_one(const struct checking *c, struct question *base, struct question *t)
{
	if (!is_new_language(base, t->lang)) {
		note_what(c, t->line, N_("There are two questions with the name “{what}”"), t->name);
		return;
	}
	take_over(base, t);
	if (fits(base, t))
		*ARENA_PUSH(c->f->arena, base->translations, base->n_translations) = *t;
	else
		note_what(c, t->line, N_("A translation of “{what}” must be of the same kind, with the same marks and as many answers in the same order"),
			  t->name);
}

void questions_join(struct findings *f, struct str file, struct questions *q)
{
	const struct checking c = { f, file };
	size_t kept = 0;
	for (size_t i = 0; i < q->n; i++) {
		size_t k = 0;
		while (k < kept && !(q->v[i].name.n && str_eq(q->v[k].name, q->v[i].name)))
			k++;
		if (k < kept)
			join_one(&c, &q->v[k], &q->v[i]);
		else
			q->v[kept++] = q->v[i];
	}
	q->n = kept;
}
