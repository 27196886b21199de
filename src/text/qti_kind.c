/* One interaction and what is known of its response, as a question; see qti_item.h. */
#include "text/qti_item.h"

#include <math.h>

struct kind {
	struct qti_item *q;
	const struct xml *e;
	struct qti_response *r;
	struct question *ret;
	struct strs ids; /* of the options, in their order */
};

/* ── marks and weights ── */

/* Whether this outcome is what this response alone earns. */
static bool is_alone(const struct kind *k)
{
	size_t n = 0;
	for (size_t i = 0; i < k->q->n_responses; i++)
		n += str_eq(k->q->responses[i].score, k->r->score);
	return n == 1;
}

/* What the whole answer earns, by which others become per cent. The declared marks count unless the rules give something else. */
static double scale_of(struct kind *k, double most)
{
	const struct qti_outcome *o = qti_outcome(k->q, k->r->score), *max = qti_outcome(k->q, S("MAXSCORE"));
	bool alone = is_alone(k);
	double said = alone && o && o->most > 0 ? o->most : 0, start;
	if (alone && !said && max && str_is(k->r->score, "SCORE") && qti_number(max->start, &start) && start > 0)
		said = start;
	bool one = fabs(most - 1) < 0.0011;
	if (most <= 0) {
		k->ret->marks = said;
		return said > 0 ? said : 1;
	}
	k->ret->marks = said > 0 ? said : one ? 0 : most;
	return said > 0 && fabs(most - said) <= 0.0011 * said ? said : one ? 1 : most;
}

static double weigh(double score, double scale)
{
	return question_weight(score / scale * 100);
}

/* What an option earns by a mapping or by cases of a condition. */
static double score_of(const struct qti_response *r, struct str key)
{
	const struct qti_entry *list = r->mark == MARK_MAP ? r->map : r->cases;
	size_t n = r->mark == MARK_MAP ? r->n_map : r->n_cases;
	for (size_t i = 0; i < n; i++)
		if (list[i].how == CASE_KEY && str_eq(str_trim(list[i].key), key))
			return list[i].score;
	return r->mark == MARK_MAP ? r->map_default : 0;
}

static bool is_correct(const struct qti_response *r, struct str key)
{
	for (size_t i = 0; i < r->correct.n; i++)
		if (str_eq(str_trim(r->correct.v[i]), key))
			return true;
	return false;
}

static bool no_rule(struct kind *k)
{
	return qti_bad_what(k->q, k->e, N_("The item does not say how “{what}” is marked"), k->r->id);
}

/* ── feedback ── */

static bool take_feedback(struct kind *k, struct str id, struct str *ret)
{
	struct qti_feedback *f = qti_feedback(k->q, id);
	struct qti_text t = { .text = S("") };
	if (!f)
		return true;
	if (!qti_read_text(k->q, f->element, &t))
		return false;
	f->used = true;
	*ret = t.text;
	return true;
}

static bool take_inline(struct kind *k, const struct xml *choice, struct str id, struct str *ret)
{
	const struct xml *f = qti_child(choice, "feedback-inline");
	struct qti_text t = { .text = S("") };
	if (!f)
		return true;
	if (!str_eq(qti_attribute(f, "identifier"), id) || qti_next(f, "feedback-inline"))
		return qti_bad(k->q, f, N_("Feedback within an option must be that of the option"));
	if (!qti_read_text(k->q, f, &t))
		return false;
	*ret = t.text;
	return true;
}

/* ── options ── */

static struct question_option *add_option(struct kind *k, int line)
{
	struct question_option *o = ARENA_PUSH(k->q->f->arena, k->ret->options, k->ret->n_options);
	*o = (struct question_option){ .text = S(""), .format = FORMAT_PLAIN, .feedback = S(""), .match = S(""), .area = S(""), .line = line };
	return o;
}

/* Reads the choices of this name below e; their identifiers become k->ids. */
static bool read_choices(struct kind *k, const struct xml *e, const char *name)
{
	for (const struct xml *c = qti_child(e, name); c; c = qti_next(c, name)) {
		struct str id = qti_attribute(c, "identifier");
		struct qti_text t = { .text = S("") };
		if (k->ret->n_options == QUESTION_OPTIONS_MAX)
			return qti_bad(k->q, c, N_("A question may have at most 50 answers"));
		if (!id.n || !qti_read_text(k->q, c, &t))
			return k->q->bad ? false : qti_bad(k->q, c, N_("An option has no identifier"));
		if (t.picture.type)
			return qti_bad(k->q, c, N_("Pictures as options are not read"));
		*ARENA_PUSH(k->q->f->arena, k->ids.v, k->ids.n) = id;
		struct question_option *o = add_option(k, c->line);
		o->text = t.text;
		o->format = t.format;
		if (!take_inline(k, c, id, &o->feedback) || !take_feedback(k, id, &o->feedback))
			return false;
	}
	return true;
}

/* A feedback for the right answer and one for any other belong to the options. */
static bool spread_feedback(struct kind *k)
{
	for (size_t i = 0; i < k->ret->n_options; i++) {
		struct question_option *o = &k->ret->options[i];
		if (!o->feedback.n && !take_feedback(k, o->weight == 100 ? k->r->right_feedback : k->r->wrong_feedback, &o->feedback))
			return false;
	}
	return true;
}

static bool weigh_single(struct kind *k)
{
	double most = 0;
	bool match = k->r->mark == MARK_MATCH;
	if (k->r->mark == MARK_NONE || k->r->cardinality != RESPONSE_SINGLE || (match && k->r->correct.n != 1))
		return no_rule(k);
	for (size_t i = 0; i < k->ids.n && !match; i++)
		most = fmax(most, score_of(k->r, k->ids.v[i]));
	double scale = scale_of(k, match ? k->r->match_value : most);
	for (size_t i = 0; i < k->ids.n; i++)
		k->ret->options[i].weight = match ? 100 * is_correct(k->r, k->ids.v[i]) : weigh(score_of(k->r, k->ids.v[i]), scale);
	return spread_feedback(k);
}

static bool weigh_several(struct kind *k)
{
	double most = 0;
	size_t right = 0;
	k->ret->partial = k->r->mark == MARK_MAP;
	if ((k->r->mark != MARK_MATCH && k->r->mark != MARK_MAP) || k->r->cardinality != RESPONSE_MULTIPLE)
		return no_rule(k);
	for (size_t i = 0; i < k->ids.n; i++) {
		right += is_correct(k->r, k->ids.v[i]);
		most += fmax(0, score_of(k->r, k->ids.v[i]));
	}
	double scale = scale_of(k, k->ret->partial ? most : k->r->match_value), share = question_weight(100 / fmax(1, (double)right));
	for (size_t i = 0; i < k->ids.n; i++)
		k->ret->options[i].weight = k->ret->partial ? weigh(score_of(k->r, k->ids.v[i]), scale) : share * is_correct(k->r, k->ids.v[i]);
	return true;
}

static bool read_choice(struct kind *k)
{
	bool several = k->r->cardinality == RESPONSE_MULTIPLE;
	if (!read_choices(k, k->e, qti_is(k->e, "inline-choice-interaction") ? "inline-choice" : "simple-choice"))
		return false;
	k->ret->kind = several					    ? Q_MULTIPLE
		       : qti_has_class(k->e, "karmayogi-judgement") ? Q_JUDGEMENT
		       : qti_has_class(k->e, "karmayogi-truefalse") ? Q_TRUEFALSE
								    : Q_SINGLE;
	return several ? weigh_several(k) : weigh_single(k);
}

static bool read_order(struct kind *k)
{
	struct question_option *sorted = ARENA_ARRAY(k->q->f->arena, struct question_option, QUESTION_OPTIONS_MAX);
	size_t n = 0;
	k->ret->kind = Q_ORDERING;
	k->ret->partial = qti_has_class(k->e, "karmayogi-partial");
	if (!read_choices(k, k->e, "simple-choice"))
		return false;
	if (k->r->mark != MARK_MATCH || k->r->cardinality != RESPONSE_ORDERED || k->r->correct.n != k->ids.n)
		return no_rule(k);
	for (size_t i = 0; i < k->r->correct.n; i++)
		for (size_t j = 0; j < k->ids.n; j++)
			if (n < k->ids.n && str_eq(str_trim(k->r->correct.v[i]), k->ids.v[j]))
				sorted[n++] = k->ret->options[j];
	if (n != k->ids.n)
		return no_rule(k);
	for (size_t i = 0; i < n; i++)
		sorted[i].weight = 100;
	k->ret->options = sorted;
	scale_of(k, k->r->match_value);
	return true;
}

/* ── matching ── */

struct side {
	struct str id, text, feedback;
	enum question_format format;
	int line;
	bool taken;
};
struct sides {
	struct side *v;
	size_t n;
};

static bool read_side(struct kind *k, const struct xml *set, struct sides *ret)
{
	for (const struct xml *c = qti_child(set, "simple-associable-choice"); c; c = qti_next(c, "simple-associable-choice")) {
		struct qti_text t = { .text = S("") };
		if (ret->n == QUESTION_OPTIONS_MAX)
			return qti_bad(k->q, c, N_("A question may have at most 50 answers"));
		if (!qti_read_text(k->q, c, &t))
			return false;
		if (t.picture.type)
			return qti_bad(k->q, c, N_("Pictures as options are not read"));
		struct side *s = ARENA_PUSH(k->q->f->arena, ret->v, ret->n);
		*s = (struct side){ .id = qti_attribute(c, "identifier"), .text = t.text, .format = t.format, .feedback = S(""), .line = c->line };
		if (!take_feedback(k, s->id, &s->feedback))
			return false;
	}
	return true;
}

static struct side *side_of(const struct sides *s, struct str id)
{
	for (size_t i = 0; i < s->n; i++)
		if (id.n && str_eq(s->v[i].id, id))
			return &s->v[i];
	return NULL;
}

static bool add_pair(struct kind *k, const struct sides *left, const struct sides *right, struct str pair)
{
	ptrdiff_t gap = str_index(pair, ' ');
	struct side *a = side_of(left, str_sub(pair, 0, gap < 0 ? 0 : (size_t)gap)),
		    *b = side_of(right, str_trim(str_sub(pair, gap < 0 ? 0 : (size_t)gap, pair.n)));
	bool one_set = left == right;
	if (!a || !b || a == b || a->taken || (one_set && b->taken))
		return qti_bad_what(k->q, k->e, N_("Only pairs are read in which each left side has one right side, not “{what}”"), pair);
	a->taken = b->taken = true;
	struct question_option *o = add_option(k, a->line);
	o->text = a->text;
	o->format = a->format;
	o->match = b->text;
	o->feedback = a->feedback;
	o->weight = 100;
	return true;
}

static bool add_pairs(struct kind *k, const struct sides *left, const struct sides *right)
{
	double first = 0, sum = 0;
	if (k->r->mark == MARK_MATCH) {
		for (size_t i = 0; i < k->r->correct.n; i++)
			if (!add_pair(k, left, right, str_trim(k->r->correct.v[i])))
				return false;
		scale_of(k, k->r->match_value);
		return true;
	}
	for (size_t i = 0; i < k->r->n_map; i++) {
		double score = k->r->map[i].score;
		if (score == 0)
			continue;
		first = first > 0 ? first : score;
		sum += score;
		if (score < 0 || fabs(score - first) > 0.001 * first)
			return qti_bad(k->q, k->e, N_("Pairs that are worth different marks are not read"));
		if (!add_pair(k, left, right, str_trim(k->r->map[i].key)))
			return false;
	}
	scale_of(k, sum);
	return true;
}

static bool read_matching(struct kind *k)
{
	struct sides left = { 0 }, right = { 0 };
	bool associate = qti_is(k->e, "associate-interaction");
	const struct xml *set = qti_child(k->e, "simple-match-set");
	k->ret->kind = Q_MATCHING;
	k->ret->partial = k->r->mark == MARK_MAP;
	if ((k->r->mark != MARK_MATCH && k->r->mark != MARK_MAP) || k->r->cardinality != RESPONSE_MULTIPLE ||
	    (k->r->mark == MARK_MAP && k->r->map_default != 0))
		return no_rule(k);
	if (associate ? !read_side(k, k->e, &left)
		      : !(set && qti_next(set, "simple-match-set") && read_side(k, set, &left) && read_side(k, qti_next(set, "simple-match-set"), &right)))
		return k->q->bad ? false : no_rule(k);
	const struct sides *others = associate ? &left : &right;
	if (!add_pairs(k, &left, others))
		return false;
	for (size_t i = 0; i < others->n; i++)
		if (!others->v[i].taken) {
			struct question_option *o = add_option(k, others->v[i].line);
			o->match = others->v[i].text;
			o->feedback = others->v[i].feedback;
			o->weight = 100;
		}
	for (size_t i = 0; i < left.n; i++)
		if (!associate && !left.v[i].taken)
			return qti_bad_what(k->q, k->e, N_("Only pairs are read in which each left side has one right side, not “{what}”"), left.v[i].text);
	return true;
}

/* ── typed answers ── */

/* "*" is anything in our accepted texts, so one that is meant is escaped. */
static struct str literal(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, 2 * s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '*')
			buf_char(&b, '\\');
		buf_char(&b, s.p[i]);
	}
	return buf_get(&b);
}

/* Regular expressions of fixed words and ".*" only (XML Schema, Part 2, F). */
static bool of_pattern(struct arena *a, struct str s, struct str *ret)
{
	struct buf b;
	buf_init(&b, a, 2 * s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		bool escaped = s.p[i] == '\\' && i + 1 < s.n && strchr("\\|.?*+(){}[]^$-", s.p[i + 1]);
		if (escaped) {
			if (s.p[++i] == '*')
				buf_char(&b, '\\');
			buf_char(&b, s.p[i]);
		} else if (s.p[i] == '.' && i + 1 < s.n && s.p[i + 1] == '*') {
			buf_char(&b, '*');
			i++;
		} else if (strchr("\\|.?*+(){}[]^$", s.p[i])) {
			return false;
		} else {
			buf_char(&b, s.p[i]);
		}
	}
	*ret = buf_get(&b);
	return true;
}

static bool add_text(struct kind *k, const struct qti_entry *e, double scale)
{
	struct question_option *o = add_option(k, k->e->line);
	o->weight = weigh(e->score, scale);
	o->text = literal(k->q->f->arena, e->key);
	if (e->how == CASE_EQUAL || (e->how == CASE_PATTERN && !of_pattern(k->q->f->arena, e->key, &o->text)))
		return qti_bad_what(k->q, k->e, N_("A pattern of accepted answers is not understood: “{what}”"), e->key);
	return take_feedback(k, e->feedback, &o->feedback);
}

static bool add_number(struct kind *k, const struct qti_entry *e, double scale)
{
	struct question_number *x = ARENA_PUSH(k->q->f->arena, k->ret->numbers, k->ret->n_numbers);
	*x = (struct question_number){ .value = e->value, .tolerance = e->tolerance, .weight = weigh(e->score, scale), .feedback = S(""), .line = k->e->line };
	if (e->how == CASE_PATTERN || (e->how == CASE_KEY && !qti_number(e->key, &x->value)))
		return qti_bad_what(k->q, k->e, N_("“{what}” is no number"), e->key);
	return take_feedback(k, e->feedback, &x->feedback);
}

static bool add_typed(struct kind *k, const struct qti_entry *list, size_t n)
{
	double most = 0;
	if (n > QUESTION_OPTIONS_MAX)
		return qti_bad(k->q, k->e, N_("A question may have at most 50 answers"));
	for (size_t i = 0; i < n; i++)
		most = fmax(most, list[i].score);
	double scale = scale_of(k, most);
	for (size_t i = 0; i < n; i++)
		if (!(k->ret->kind == Q_NUMERIC ? add_number(k, &list[i], scale) : add_text(k, &list[i], scale)))
			return false;
	return true;
}

static bool read_entry(struct kind *k)
{
	struct qti_response *r = k->r;
	bool number = str_is(r->base, "float") || str_is(r->base, "integer");
	k->ret->kind = number ? Q_NUMERIC : Q_SHORT;
	if (r->mark == MARK_NONE || (!number && !str_is(r->base, "string")) || r->cardinality == RESPONSE_ORDERED ||
	    (r->mark == MARK_MAP && r->map_default != 0))
		return no_rule(k);
	if (r->mark != MARK_MATCH)
		return r->mark == MARK_MAP ? add_typed(k, r->map, r->n_map) : add_typed(k, r->cases, r->n_cases);
	if (r->correct.n != 1)
		return no_rule(k);
	const struct qti_entry only = { .key = r->correct.v[0], .score = r->match_value, .feedback = r->right_feedback };
	return add_typed(k, &only, 1);
}

static bool read_long(struct kind *k)
{
	const struct qti_outcome *o = k->q->n_responses == 1 ? qti_outcome(k->q, S("SCORE")) : NULL;
	k->ret->kind = Q_LONG;
	if (k->r->mark != MARK_NONE)
		return qti_bad(k->q, k->e, N_("A long answer that is marked by a rule is not read"));
	if (str_starts(k->r->id, S("RESPONSE_"))) /* a part of an own case */
		o = qti_outcome(k->q, str_fmt(k->q->f->arena, "SCORE_%.*s", STR_ARG(str_sub(k->r->id, 9, k->r->id.n))));
	k->ret->marks = o ? o->most : 0;
	k->ret->sample = k->r->correct.n == 1 ? k->r->correct.v[0] : S("");
	return true;
}

/* ── areas ── */

static bool to_thousandths(struct str text, int64_t side, int64_t *ret)
{
	double v;
	bool share = str_ends(text, S("%"));
	if (!qti_number(share ? str_sub(text, 0, text.n - 1) : text, &v) || v < -1e6 || v > 1e6)
		return false;
	double t = round(share ? v * 10 : v * 1000 / (double)side);
	*ret = (int64_t)fmin(1000, fmax(0, t));
	return true;
}

/* An own area says its thousandths beside the pixels; they count as long as somebody has not moved the pixels. */
static bool read_area(struct kind *k, const struct xml *c, struct str *ret)
{
	struct str shape = qti_attribute(c, "shape"), coords = qti_attribute(c, "coords"), rest = coords, word, own = xml_attribute(c, "data-area");
	const struct question_picture *p = &k->ret->picture;
	struct buf b;
	int64_t v;
	buf_init(&b, k->q->f->arena, 1000);
	buf_str(&b, shape);
	for (size_t i = 0; str_cut(&rest, ',', &word); i++) {
		bool down = i % 2 == 1;
		if (!to_thousandths(str_trim(word), down ? p->height : p->width, &v))
			return qti_bad_what(k->q, c, N_("The area “{what}” is not understood"), coords);
		buf_char(&b, ' ');
		buf_int(&b, v);
	}
	*ret = own.n && str_eq(xml_attribute(c, "data-coords"), coords) ? own : buf_get(&b);
	return true;
}

static bool read_areas(struct kind *k)
{
	size_t n = 0;
	for (const struct xml *c = qti_child(k->e, "hotspot-choice"); c; c = qti_next(c, "hotspot-choice")) {
		struct str label = qti_attribute_raw(c, "hotspot-label"), id = qti_attribute(c, "identifier");
		if (++n > QUESTION_OPTIONS_MAX)
			return qti_bad(k->q, c, N_("A question may have at most 50 answers"));
		struct question_option *o = add_option(k, c->line);
		o->text = str_trim(label).n ? label : str_fmt(k->q->f->arena, "%zu", n);
		*ARENA_PUSH(k->q->f->arena, k->ids.v, k->ids.n) = id;
		if (!read_area(k, c, &o->area) || !take_feedback(k, id, &o->feedback))
			return false;
	}
	return true;
}

static bool read_hotspot(struct kind *k)
{
	const struct xml *c = k->e->first;
	struct qti_text t = { .picture = k->ret->picture };
	k->ret->kind = Q_HOTSPOT;
	while (c && !str_is(c->name, "object") && !str_is(c->name, "img") && !str_is(c->name, "picture"))
		c = c->next;
	if (!c)
		return qti_bad(k->q, k->e, N_("Areas to choose from need a picture"));
	if (!qti_read_text(k->q, c, &t))
		return false;
	k->ret->picture = t.picture;
	return read_areas(k) && weigh_single(k);
}

/* ── all ── */

static bool dispatch(struct kind *k)
{
	static const struct {
		const char *name;
		bool (*read)(struct kind *k);
	} readers[] = {
		{ "choice-interaction", read_choice },	    { "inline-choice-interaction", read_choice }, { "order-interaction", read_order },
		{ "match-interaction", read_matching },	    { "associate-interaction", read_matching },	  { "text-entry-interaction", read_entry },
		{ "extended-text-interaction", read_long }, { "hotspot-interaction", read_hotspot },
	};
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (qti_is(k->e, readers[i].name))
			return readers[i].read(k);
	return qti_bad_what(k->q, k->e, N_("Items that use {what} are not read"), k->e->name);
}

bool qti_read_interaction(struct qti_item *q, const struct xml *interaction, struct question *ret)
{
	struct kind k = { .q = q, .e = interaction, .ret = ret, .r = qti_response(q, qti_attribute(interaction, "response-identifier")) };
	if (!k.r)
		return qti_bad_what(q, interaction, N_("The response “{what}” is not declared"), qti_attribute(interaction, "response-identifier"));
	return dispatch(&k);
}
