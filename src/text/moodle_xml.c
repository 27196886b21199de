/* Moodle's XML; see moodle_xml.h. */
#include "text/moodle_xml.h"
#include "text/data_uri.h"
#include "text/question_html.h"
#include "text/xml.h"

#include <math.h>

struct reader {
	struct findings *f;
	struct arena *arena;
	struct str file, category;
	const struct xml *e; /* the question */
	struct question q;
	struct html_picture picture;
	bool bad;
};

static bool bad_what(struct reader *r, const struct xml *at, const char *text, struct str what)
{
	if (!r->bad)
		finding_add_what(r->f, r->file, at->line, text, what);
	r->bad = true;
	return false;
}

static bool bad(struct reader *r, const struct xml *at, const char *text)
{
	return bad_what(r, at, text, S(""));
}

/* ── elements ── */

static const struct xml *child(const struct xml *e, const char *name)
{
	const struct xml *c = e ? e->first : NULL;
	while (c && !str_is(c->name, name))
		c = c->next;
	return c;
}

static const struct xml *next(const struct xml *e, const char *name)
{
	const struct xml *c = e->next;
	while (c && !str_is(c->name, name))
		c = c->next;
	return c;
}

/* What an element says, in a <text> or at once; empty when it is not there. */
static struct str said(struct reader *r, const struct xml *e)
{
	const struct xml *text = child(e, "text"), *c = e ? e->first : NULL;
	while (c && !c->name.n)
		c = c->next;
	if (!text && c) /* other elements only */
		return S("");
	return e ? str_trim(xml_text(r->arena, text ? text : e)) : S("");
}

static struct str said_by(struct reader *r, const char *name)
{
	return said(r, child(r->e, name));
}

static bool is_html(struct str format, struct str text)
{
	if (!format.n || str_is(format, "html"))
		return true;
	return str_is(format, "moodle_auto_format") && str_index(text, '<') >= 0;
}

/* A text with its format; `with_picture`: a picture may stand in it. */
static bool read_text(struct reader *r, const struct xml *e, bool with_picture, struct str *ret, enum question_format *ret_format)
{
	struct str text = said(r, e), format = e ? xml_attribute(e, "format") : STR_NONE;
	struct html_picture none = { 0 }, *picture = with_picture ? &r->picture : &none;
	*ret = text;
	*ret_format = str_is(format, "markdown") ? FORMAT_MARKDOWN : FORMAT_PLAIN;
	if (!e || !is_html(format, text))
		return true;
	const char *wrong = question_html(r->arena, text, picture, ret);
	if (wrong)
		return bad(r, e, wrong);
	return !none.source.p || bad(r, e, N_("Only the text of a question may hold a picture"));
}

static bool read_plain(struct reader *r, const struct xml *e, struct str *ret)
{
	enum question_format format;
	return read_text(r, e, false, ret, &format);
}

static bool read_number(struct reader *r, const struct xml *e, struct str text, double *ret)
{
	return (str_real(text, ret) && fabs(*ret) < 1e15) || bad_what(r, e, N_("“{what}” is no number"), text);
}

/* ── answers ── */

static bool add_option(struct reader *r, const struct xml *answer, struct question_option **ret)
{
	struct question_option *o = ARENA_PUSH(r->arena, r->q.options, r->q.n_options);
	double weight = 100;
	struct str fraction = xml_attribute(answer, "fraction");
	*o = (struct question_option){ .match = S(""), .area = S(""), .feedback = S(""), .line = answer->line };
	if (r->q.n_options > QUESTION_OPTIONS_MAX)
		return bad(r, answer, N_("A question may have at most 50 answers"));
	if (fraction.n && !read_number(r, answer, fraction, &weight))
		return false;
	o->weight = question_weight(weight);
	if (ret)
		*ret = o;
	return read_text(r, answer, false, &o->text, &o->format) && read_plain(r, child(answer, "feedback"), &o->feedback);
}

static bool add_options(struct reader *r)
{
	for (const struct xml *x = child(r->e, "answer"); x; x = next(x, "answer"))
		if (!add_option(r, x, NULL))
			return false;
	return true;
}

static bool read_multichoice(struct reader *r)
{
	struct str single = said_by(r, "single");
	r->q.kind = str_is(single, "false") || str_is(single, "0") ? Q_MULTIPLE : Q_SINGLE;
	r->q.partial = r->q.kind == Q_MULTIPLE;
	return add_options(r);
}

static bool read_set(struct reader *r)
{
	double right = 0;
	r->q.kind = Q_MULTIPLE;
	if (!add_options(r))
		return false;
	for (size_t i = 0; i < r->q.n_options; i++)
		right += r->q.options[i].weight > 0;
	for (size_t i = 0; i < r->q.n_options; i++)
		r->q.options[i].weight = r->q.options[i].weight > 0 ? question_weight(100 / right) : 0;
	return true;
}

static bool read_true_false(struct reader *r)
{
	struct question_option first;
	r->q.kind = Q_TRUEFALSE;
	if (!add_options(r))
		return false;
	if (r->q.n_options == 2 && str_is(r->q.options[0].text, "false")) {
		first = r->q.options[0];
		r->q.options[0] = r->q.options[1];
		r->q.options[1] = first;
	}
	return true;
}

static bool read_short(struct reader *r)
{
	r->q.kind = Q_SHORT;
	return add_options(r);
}

static bool read_numerical(struct reader *r)
{
	r->q.kind = Q_NUMERIC;
	if (child(child(r->e, "units"), "unit"))
		return bad(r, r->e, N_("Numbers with units are not read"));
	for (const struct xml *x = child(r->e, "answer"); x; x = next(x, "answer")) {
		struct question_number *n = ARENA_PUSH(r->arena, r->q.numbers, r->q.n_numbers);
		struct str tolerance = said(r, child(x, "tolerance")), fraction = xml_attribute(x, "fraction");
		*n = (struct question_number){ .weight = 100, .line = x->line };
		if (r->q.n_numbers > QUESTION_OPTIONS_MAX)
			return bad(r, x, N_("A question may have at most 50 answers"));
		if (!read_number(r, x, said(r, x), &n->value) || (tolerance.n && !read_number(r, x, tolerance, &n->tolerance)) ||
		    (fraction.n && !read_number(r, x, fraction, &n->weight)) || !read_plain(r, child(x, "feedback"), &n->feedback))
			return false;
		n->weight = question_weight(n->weight);
	}
	return true;
}

static bool read_matching(struct reader *r)
{
	r->q.kind = Q_MATCHING;
	r->q.partial = true;
	for (const struct xml *x = child(r->e, "subquestion"); x; x = next(x, "subquestion")) {
		struct question_option *o;
		if (!add_option(r, x, &o) || !read_plain(r, child(x, "answer"), &o->match))
			return false;
	}
	return true;
}

/* qtype_ordering of Moodle: all are shown when selecttype is ALL (0); gradingtype ALL_OR_NOTHING (-1). */
static bool read_ordering(struct reader *r)
{
	struct str select = said_by(r, "selecttype"), grading = said_by(r, "gradingtype");
	r->q.kind = Q_ORDERING;
	r->q.partial = !(str_is(grading, "ALL_OR_NOTHING") || str_is(grading, "-1"));
	if (select.n && !str_is(select, "ALL") && !str_is(select, "0"))
		return bad(r, r->e, N_("An order of which only some steps are shown is not read"));
	if (!add_options(r))
		return false;
	for (size_t i = 0; i < r->q.n_options; i++)
		r->q.options[i].weight = 100;
	return true;
}

static bool read_essay(struct reader *r)
{
	struct str info, words = said_by(r, "maxwordlimit");
	r->q.kind = Q_LONG;
	if (words.n && !str_int(words, &r->q.words))
		return bad_what(r, r->e, N_("“{what}” is no number"), words);
	if (!read_plain(r, child(r->e, "graderinfo"), &info))
		return false;
	if (info.n) {
		double points = r->q.marks > 0 ? r->q.marks : 1;
		*ARENA_PUSH(r->arena, r->q.rubric, r->q.n_rubric) = (struct question_criterion){ .name = r->q.name, .points = points, .about = info };
		r->q.marks = points;
	}
	return true;
}

/* ── what every question has ── */

static void take_tag(struct reader *r, struct str tag)
{
	if (str_starts(tag, S("bloom:")))
		r->q.bloom = str_trim(str_sub(tag, 6, tag.n));
	else if (str_starts(tag, S("source:")))
		r->q.source = str_trim(str_sub(tag, 7, tag.n));
	else if (str_starts(tag, S("lang:")))
		r->q.lang = str_trim(str_sub(tag, 5, tag.n));
	else if (str_starts(tag, S("competency:")))
		r->q.category = str_trim(str_sub(tag, 11, tag.n));
	else if (str_is(tag, "judgement") && r->q.kind == Q_SINGLE)
		r->q.kind = Q_JUDGEMENT;
}

static bool take_file(struct reader *r, const struct xml *text)
{
	struct str source = r->picture.source, name, bytes;
	const struct xml *file = child(text, "file");
	if (!source.p)
		return true;
	for (ptrdiff_t slash; (slash = str_index(source, '/')) >= 0;)
		source = str_sub(source, (size_t)slash + 1, source.n);
	while (file && !(name = xml_attribute(file, "name"), str_eq(name, source)))
		file = next(file, "file");
	bool inside = data_uri_read(r->arena, r->picture.source, &bytes);
	if (!inside && !(file && str_is(xml_attribute(file, "encoding"), "base64") && base64_read(r->arena, xml_text(r->arena, file), &bytes)))
		return bad_what(r, text, N_("The picture “{what}” is not in the file"), r->picture.source);
	const char *wrong = question_picture_read(bytes, &r->q.picture);
	if (wrong)
		return bad(r, text, wrong);
	r->q.picture.name = inside ? S("picture") : name;
	r->q.picture.alt = r->picture.alt.p ? r->picture.alt : S("");
	return true;
}

static bool read_fields(struct reader *r)
{
	const struct xml *text = child(r->e, "questiontext");
	struct str grade = said_by(r, "defaultgrade"), code = said_by(r, "idnumber");
	double marks = 1;
	r->q.name = code.n ? code : said_by(r, "name");
	if (grade.n && !read_number(r, r->e, grade, &marks))
		return false;
	r->q.marks = marks == 1 ? 0 : marks;
	return read_text(r, text, true, &r->q.text, &r->q.format) && read_plain(r, child(r->e, "generalfeedback"), &r->q.general_feedback) &&
	       take_file(r, text);
}

static bool dispatch(struct reader *r)
{
	static const struct {
		const char *type;
		bool (*read)(struct reader *r);
	} readers[] = {
		{ "multichoice", read_multichoice }, { "multichoiceset", read_set }, { "truefalse", read_true_false },
		{ "numerical", read_numerical },     { "shortanswer", read_short },  { "matching", read_matching },
		{ "match", read_matching },	     { "ordering", read_ordering },  { "essay", read_essay },
	};
	struct str type = xml_attribute(r->e, "type");
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (str_is(type, readers[i].type))
			return read_fields(r) && readers[i].read(r);
	return bad_what(r, r->e, N_("Questions of the kind “{what}” are not read"), type);
}

static void read_question(struct reader *r, struct questions *ret)
{
	r->q = (struct question){ .line = r->e->line, .category = r->category };
	r->picture = (struct html_picture){ 0 };
	r->bad = false;
	struct str hidden = said_by(r, "hidden");
	if ((hidden.n && !str_is(hidden, "0")) || !dispatch(r))
		return;
	for (const struct xml *t = child(child(r->e, "tags"), "tag"); t; t = next(t, "tag"))
		take_tag(r, said(r, t));
	if (!r->q.name.n)
		bad(r, r->e, N_("The question has no name"));
	else if (ret->n == QUESTIONS_MAX)
		bad(r, r->e, N_("There are more than 2,000 questions in the file"));
	else if (question_check(r->f, r->file, &r->q))
		*ARENA_PUSH(r->arena, ret->v, ret->n) = r->q;
}

bool moodle_xml_parse(struct findings *f, struct str file, struct str source, struct questions *ret)
{
	struct reader r = { .f = f, .arena = f->arena, .file = file, .category = S("") };
	size_t before = f->n, nodes = XML_NODES_MAX;
	const struct xml *root = xml_read(f, file, source, &nodes);
	if (root && !str_is(root->name, "quiz")) {
		finding_add_what(f, file, root->line, N_("Expected questions in Moodle's XML (<quiz>) and found <{what}>"), root->name);
		return false;
	}
	for (const struct xml *e = child(root, "question"); e; e = next(e, "question")) {
		r.e = e;
		if (str_is(xml_attribute(e, "type"), "category"))
			r.category = said(&r, child(e, "category"));
		else
			read_question(&r, ret);
	}
	questions_join(f, file, ret);
	return f->n == before;
}
