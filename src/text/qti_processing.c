/* How answers are marked: the templates of QTI, and what they look like written out; see qti_item.h.
 *
 * Nothing is run. Each rule is compared with the few shapes that are understood; the first other one leaves the item out. */
#include "text/qti_item.h"

#define NOT_UNDERSTOOD N_("The item is marked by a rule that is not understood: {what}")

static bool other(struct qti_item *q, const struct xml *e)
{
	return qti_bad_what(q, e, NOT_UNDERSTOOD, e->name);
}

/* The n-th element below, or NULL. */
static const struct xml *part(const struct xml *e, size_t n)
{
	const struct xml *c = e->first;
	while (c && (!c->name.n || n--))
		c = c->next;
	return c;
}

static struct qti_response *variable(const struct qti_item *q, const struct xml *e)
{
	return qti_is(e, "variable") ? qti_response(q, qti_attribute(e, "identifier")) : NULL;
}

static bool is_zero(const struct xml *e, struct arena *a)
{
	double v;
	return qti_is(e, "base-value") && qti_number(xml_text(a, e), &v) && v == 0;
}

/* A number, or an outcome that has one from the start (MAXSCORE). */
static bool is_literal(const struct qti_item *q, const struct xml *e, double *ret)
{
	const struct qti_outcome *o = qti_is(e, "variable") ? qti_outcome(q, qti_attribute(e, "identifier")) : NULL;
	return o ? qti_number(o->start, ret) : qti_is(e, "base-value") && qti_number(xml_text(q->f->arena, e), ret);
}

/* The identifier that a feedback outcome is set to, alone or added to what is there. */
static struct str feedback_set(const struct qti_item *q, const struct xml *value)
{
	const struct xml *last = qti_is(value, "multiple") ? part(value, 1) ? part(value, 1) : part(value, 0) : value;
	bool added = last != value && part(value, 1) && !qti_is(part(value, 0), "variable");
	return last && !added && qti_is(last, "base-value") ? str_trim(xml_text(q->f->arena, last)) : S("");
}

/* "4", or what is there already and 4. */
static bool is_score(const struct qti_item *q, const struct xml *e, double *ret)
{
	const struct xml *first = qti_is(e, "sum") ? part(e, 0) : NULL;
	if (first && qti_is(first, "variable") && !variable(q, first) && !part(e, 2))
		return is_literal(q, part(e, 1), ret);
	return is_literal(q, e, ret);
}

static bool claim(struct qti_item *q, struct qti_response *r, const struct xml *at, int mark, struct str score)
{
	if (r->mark != MARK_NONE)
		return other(q, at);
	r->mark = mark;
	r->score = score;
	r->match_value = 1;
	return true;
}

/* ── one branch of a condition ── */

struct branch {
	struct qti_response *response;
	bool match; /* against the correct response; otherwise: */
	struct qti_entry entry;
	bool sets_score, sets_feedback;
	struct str score, feedback;
};

static bool read_tolerance(struct qti_item *q, const struct xml *e, double value, struct qti_entry *ret)
{
	struct str mode = qti_attribute(e, "tolerance-mode"), rest = qti_attribute(e, "tolerance"), word;
	double t[2] = { 0 };
	size_t n = 0;
	*ret = (struct qti_entry){ .how = CASE_EQUAL, .value = value, .feedback = S("") };
	if (!mode.n || str_is(mode, "exact"))
		return true;
	while (str_cut(&rest, ' ', &word))
		if (word.n && (n == 2 || !qti_number(word, &t[n++])))
			return other(q, e);
	bool relative = str_is(mode, "relative");
	bool open_ended = str_is(qti_attribute(e, "include-lower-bound"), "false") || str_is(qti_attribute(e, "include-upper-bound"), "false");
	if (!n || t[0] < 0 || t[1] < 0 || open_ended || (!relative && !str_is(mode, "absolute")))
		return other(q, e);
	t[1] = n == 1 ? t[0] : t[1];
	double size = relative ? (value < 0 ? -value : value) / 100 : 1;
	ret->value = value + (t[1] - t[0]) * size / 2;
	ret->tolerance = (t[0] + t[1]) * size / 2;
	if (t[0] == t[1]) /* the usual case without the noise of arithmetic */
		*ret = (struct qti_entry){ .how = CASE_EQUAL, .value = value, .tolerance = t[0] * size, .feedback = S("") };
	return true;
}

static bool read_equal(struct qti_item *q, const struct xml *e, struct branch *ret)
{
	const struct xml *right = part(e, 1);
	struct qti_response *r = variable(q, part(e, 0));
	struct str text = S("");
	double value;
	ret->response = r;
	if (!r || !right || part(e, 2))
		return other(q, e);
	if (qti_is(right, "correct") && str_eq(qti_attribute(right, "identifier"), r->id) && r->correct.n == 1)
		text = r->correct.v[0];
	else if (qti_is(right, "base-value"))
		text = xml_text(q->f->arena, right);
	return qti_number(text, &value) ? read_tolerance(q, e, value, &ret->entry) : other(q, e);
}

/* match, stringMatch: a variable and what it is compared with. */
static bool read_match(struct qti_item *q, const struct xml *e, struct branch *ret)
{
	const struct xml *right = part(e, 1);
	ret->response = variable(q, part(e, 0));
	if (!ret->response || !right || part(e, 2))
		return other(q, e);
	ret->match = qti_is(right, "correct") && str_eq(qti_attribute(right, "identifier"), ret->response->id);
	if (ret->match)
		return true;
	if (!qti_is(right, "base-value") || str_is(qti_attribute(e, "substring"), "true"))
		return other(q, e);
	ret->entry = (struct qti_entry){ .key = xml_text(q->f->arena, right), .feedback = S("") };
	return true;
}

static bool read_test(struct qti_item *q, const struct xml *e, struct branch *ret)
{
	*ret = (struct branch){ .feedback = S("") };
	if (qti_is(e, "match") || qti_is(e, "string-match"))
		return read_match(q, e, ret);
	if (qti_is(e, "equal"))
		return read_equal(q, e, ret);
	if (!qti_is(e, "pattern-match"))
		return other(q, e);
	ret->response = variable(q, part(e, 0));
	ret->entry = (struct qti_entry){ .how = CASE_PATTERN, .key = qti_attribute(e, "pattern"), .feedback = S("") };
	return (ret->response && ret->entry.key.n) || other(q, e);
}

/* What a branch does: a score, a feedback, or both. */
static bool read_deeds(struct qti_item *q, const struct xml *first, struct branch *ret)
{
	for (const struct xml *s = first; s; s = s->next) {
		const struct xml *value = part(s, 0);
		struct str text, id = qti_attribute(s, "identifier");
		if (!s->name.n)
			continue;
		if (!qti_is(s, "set-outcome-value") || !value || part(s, 1))
			return other(q, s);
		text = feedback_set(q, value);
		if (qti_feedback(q, text)) {
			ret->sets_feedback = true;
			ret->feedback = text;
		} else if (!ret->sets_score && is_score(q, value, &ret->entry.score)) {
			ret->sets_score = true;
			ret->score = id;
		} else {
			return other(q, s);
		}
	}
	return true;
}

static bool take_branch(struct qti_item *q, const struct xml *at, struct branch *b)
{
	struct qti_response *r = b->response;
	int mark = b->match ? MARK_MATCH : MARK_CASES;
	b->entry.feedback = b->feedback;
	if (!(r->mark == MARK_CASES && mark == MARK_CASES) && !(r->mark == MARK_MATCH && b->match && !b->sets_score) && !claim(q, r, at, mark, b->score))
		return false;
	if (b->sets_score && r->score.n && !str_eq(r->score, b->score))
		return other(q, at);
	if (b->match) {
		r->match_value = b->sets_score ? b->entry.score : r->match_value;
		r->right_feedback = b->sets_feedback ? b->feedback : r->right_feedback;
		return true;
	}
	if (r->n_cases == QTI_CASES_MAX)
		return qti_bad(q, at, N_("A question may have at most 50 answers"));
	*ARENA_PUSH(q->f->arena, r->cases, r->n_cases) = b->entry;
	return true;
}

static bool take_else(struct qti_item *q, const struct xml *e, struct qti_response *r)
{
	struct branch b = { .feedback = S("") };
	if (!read_deeds(q, e->first, &b))
		return false;
	if (b.sets_score && b.entry.score != 0)
		return other(q, e);
	r->wrong_feedback = b.sets_feedback ? b.feedback : r->wrong_feedback;
	return true;
}

/* A branch with one test, or with several of which one must hold; *response: whose it is. */
static bool read_branch(struct qti_item *q, const struct xml *e, struct qti_response **response)
{
	const struct xml *test = part(e, 0), *of = qti_is(test, "or") ? test->first : test;
	for (; of; of = test == of ? NULL : of->next) {
		struct branch b;
		if (!of->name.n)
			continue;
		if (!read_test(q, of, &b) || !read_deeds(q, test->next, &b))
			return false;
		if (*response && *response != b.response)
			return other(q, e);
		*response = b.response;
		if (!take_branch(q, e, &b))
			return false;
	}
	return true;
}

static bool read_branches(struct qti_item *q, const struct xml *condition)
{
	struct qti_response *r = NULL;
	for (const struct xml *e = condition->first; e; e = e->next) {
		if (!e->name.n)
			continue;
		if (r && qti_is(e, "response-else")) {
			if (!take_else(q, e, r))
				return false;
			continue;
		}
		if (!(qti_is(e, "response-if") || qti_is(e, "response-else-if")) || !part(e, 0))
			return other(q, e);
		if (!read_branch(q, e, &r))
			return false;
	}
	return r || other(q, condition);
}

/* ── rules ── */

/* The template map_response written out: nothing given earns nothing, otherwise the mapping counts. */
static const struct xml *mapped_unless_null(const struct qti_item *q, const struct xml *condition)
{
	const struct xml *if_null = part(condition, 0), *otherwise = part(condition, 1);
	if (!qti_is(if_null, "response-if") || !qti_is(part(if_null, 0), "is-null") || !qti_is(otherwise, "response-else") || part(condition, 2))
		return NULL;
	const struct xml *zero = part(if_null, 1), *set = part(otherwise, 0);
	bool fits = qti_is(zero, "set-outcome-value") && is_zero(part(zero, 0), q->f->arena) && qti_is(set, "set-outcome-value") && !part(otherwise, 1) &&
		    qti_is(part(set, 0), "map-response");
	return fits ? set : NULL;
}

static bool take_map(struct qti_item *q, const struct xml *map, struct str score)
{
	struct qti_response *r = qti_response(q, qti_attribute(map, "identifier"));
	return r ? claim(q, r, map, MARK_MAP, score) : other(q, map);
}

/* SCORE is the sum of what stands there: outcomes that other rules set, and mappings. */
static bool take_sum(struct qti_item *q, const struct xml *sum, struct str score)
{
	for (const struct xml *e = sum->first; e; e = e->next) {
		if (!e->name.n || (qti_is(e, "variable") && qti_outcome(q, qti_attribute(e, "identifier"))))
			continue;
		if (!qti_is(e, "map-response"))
			return other(q, e);
		if (!take_map(q, e, score))
			return false;
	}
	return true;
}

/* The feedback of an option is the option's name: FEEDBACK is what was chosen. Any other outcome set to a response is not understood. */
static bool is_feedback_of_option(const struct qti_item *q, struct str outcome, const struct xml *value)
{
	if (!variable(q, value))
		return false;
	for (size_t i = 0; i < q->n_feedbacks; i++)
		if (str_eq(q->feedbacks[i].outcome, outcome))
			return true;
	return false;
}

static bool take_set(struct qti_item *q, const struct xml *set)
{
	const struct xml *value = part(set, 0);
	struct str outcome = qti_attribute(set, "identifier");
	if (!value || part(set, 1))
		return other(q, set);
	if (qti_is(value, "map-response"))
		return take_map(q, value, outcome);
	if (qti_is(value, "sum"))
		return take_sum(q, value, outcome);
	return is_feedback_of_option(q, outcome, value) || other(q, value);
}

static bool take_rule(struct qti_item *q, const struct xml *e)
{
	if (qti_is(e, "set-outcome-value"))
		return take_set(q, e);
	if (!qti_is(e, "response-condition"))
		return other(q, e);
	const struct xml *set = mapped_unless_null(q, e);
	return set ? take_map(q, part(set, 0), qti_attribute(set, "identifier")) : read_branches(q, e);
}

/* The end of the address says which; the templates of all versions are for RESPONSE and SCORE (QTI 2.1, ASI, 5.2). */
static bool take_template(struct qti_item *q, const struct xml *e, struct str address)
{
	struct qti_response *r = qti_response(q, S("RESPONSE"));
	ptrdiff_t xml = str_find(address, S(".xml"));
	struct str name = str_sub(address, 0, xml < 0 ? address.n : (size_t)xml);
	for (ptrdiff_t slash; (slash = str_index(name, '/')) >= 0;)
		name = str_sub(name, (size_t)slash + 1, name.n);
	if (r && str_is(name, "match_correct"))
		return claim(q, r, e, MARK_MATCH, S("SCORE"));
	if (r && str_is(name, "map_response"))
		return claim(q, r, e, MARK_MAP, S("SCORE"));
	return qti_bad_what(q, e, NOT_UNDERSTOOD, address);
}

bool qti_read_processing(struct qti_item *q)
{
	const struct xml *e = qti_child(q->root, "response-processing");
	if (!e)
		return true;
	struct str address = qti_attribute(e, "template");
	if (address.n)
		return part(e, 0) ? other(q, e) : take_template(q, e, address);
	for (const struct xml *rule = e->first; rule; rule = rule->next)
		if (rule->name.n && !take_rule(q, rule))
			return false;
	return true;
}
