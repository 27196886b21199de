/* Names of the versions of QTI, and what an item declares; see qti_item.h. */
#include "text/qti_item.h"

#include <math.h>
#include <stdlib.h>

bool qti_bad(struct qti_item *q, const struct xml *at, const char *text)
{
	return qti_bad_what(q, at, text, S(""));
}

/* An item is left out at its first finding: what follows from it would only repeat it. */
bool qti_bad_what(struct qti_item *q, const struct xml *at, const char *text, struct str what)
{
	if (!q->bad)
		finding_add_what(q->f, q->file, at->line, text, what);
	q->bad = true;
	return false;
}

/* ── names ── */

/* Whether the word of 2.x is these words: "choiceInteraction" and "choice-interaction". */
static bool is_camel(struct str name, const char *words)
{
	size_t i = 0;
	for (; *words; words++) {
		bool begins = *words == '-';
		words += begins;
		if (i >= name.n || name.p[i++] != (begins ? *words - 0x20 : *words))
			return false;
	}
	return i == name.n;
}

static bool is_name(struct str name, const char *words)
{
	return str_is(name, words) || is_camel(name, words);
}

bool qti_is(const struct xml *e, const char *words)
{
	return e && (str_starts(e->name, S("qti-")) ? str_is(str_sub(e->name, 4, e->name.n), words) : e->name.n && is_camel(e->name, words));
}

struct str qti_attribute_raw(const struct xml *e, const char *words)
{
	for (size_t i = 0; i < e->n_attributes; i++)
		if (is_name(e->attributes[i].name, words))
			return e->attributes[i].value;
	return STR_NONE;
}

struct str qti_attribute(const struct xml *e, const char *words)
{
	struct str s = qti_attribute_raw(e, words);
	return s.p ? str_trim(s) : s;
}

const struct xml *qti_child(const struct xml *e, const char *words)
{
	const struct xml *c = e ? e->first : NULL;
	while (c && !qti_is(c, words))
		c = c->next;
	return c;
}

const struct xml *qti_next(const struct xml *e, const char *words)
{
	const struct xml *c = e->next;
	while (c && !qti_is(c, words))
		c = c->next;
	return c;
}

bool qti_has_class(const struct xml *e, const char *name)
{
	struct str rest = xml_attribute(e, "class"), word;
	while (str_cut(&rest, ' ', &word))
		if (str_is(word, name))
			return true;
	return false;
}

bool qti_number(struct str text, double *ret)
{
	char copy[41];
	char *end;
	text = str_trim(text);
	if (!text.n || text.n >= sizeof copy)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (!strchr("0123456789.+-eE", text.p[i]))
			return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	*ret = strtod(copy, &end);
	return end == copy + text.n && fabs(*ret) < 1e15;
}

/* ── declarations ── */

static bool read_map(struct qti_item *q, struct qti_response *r, const struct xml *mapping)
{
	struct str start = qti_attribute(mapping, "default-value");
	if (start.n && !qti_number(start, &r->map_default))
		return qti_bad_what(q, mapping, N_("“{what}” is no number"), start);
	for (const struct xml *e = qti_child(mapping, "map-entry"); e; e = qti_next(e, "map-entry")) {
		struct str score = qti_attribute(e, "mapped-value");
		if (r->n_map == QTI_CASES_MAX)
			return qti_bad(q, e, N_("A question may have at most 50 answers"));
		struct qti_entry *x = ARENA_PUSH(q->f->arena, r->map, r->n_map);
		*x = (struct qti_entry){ .key = qti_attribute(e, "map-key"), .feedback = S("") };
		if (!x->key.p || !qti_number(score, &x->score))
			return qti_bad_what(q, e, N_("“{what}” is no number"), score);
	}
	return true;
}

static bool read_response(struct qti_item *q, const struct xml *e)
{
	static const char *const cardinalities[] = { "single", "multiple", "ordered" };
	struct str cardinality = qti_attribute(e, "cardinality");
	if (q->n_responses == QTI_DECLARATIONS_MAX)
		return qti_bad(q, e, N_("A case needs from 1 to 20 questions"));
	struct qti_response *r = ARENA_PUSH(q->f->arena, q->responses, q->n_responses);
	*r = (struct qti_response){
		.id = qti_attribute(e, "identifier"), .base = qti_attribute(e, "base-type"), .line = e->line, .right_feedback = S(""), .wrong_feedback = S("")
	};
	int k = 0;
	while (k < 3 && !str_is(cardinality, cardinalities[k]))
		k++;
	if (k == 3)
		return qti_bad_what(q, e, N_("A response of the cardinality “{what}” is not read"), cardinality);
	r->cardinality = k;
	const struct xml *right = qti_child(e, "correct-response");
	for (const struct xml *v = qti_child(right, "value"); v; v = qti_next(v, "value")) {
		if (r->correct.n == QTI_CASES_MAX)
			return qti_bad(q, v, N_("A question may have at most 50 answers"));
		*ARENA_PUSH(q->f->arena, r->correct.v, r->correct.n) = xml_text(q->f->arena, v);
	}
	const struct xml *mapping = qti_child(e, "mapping");
	return !mapping || read_map(q, r, mapping);
}

static bool read_outcome(struct qti_item *q, const struct xml *e)
{
	if (q->n_outcomes == QTI_DECLARATIONS_MAX * 3)
		return qti_bad(q, e, N_("A case needs from 1 to 20 questions"));
	struct qti_outcome *o = ARENA_PUSH(q->f->arena, q->outcomes, q->n_outcomes);
	struct str most = qti_attribute(e, "normal-maximum");
	const struct xml *value = qti_child(qti_child(e, "default-value"), "value");
	*o = (struct qti_outcome){ .id = qti_attribute(e, "identifier"), .start = value ? str_trim(xml_text(q->f->arena, value)) : S("") };
	if (most.n && !qti_number(most, &o->most))
		return qti_bad_what(q, e, N_("“{what}” is no number"), most);
	return true;
}

static bool read_feedback(struct qti_item *q, const struct xml *e)
{
	struct str show = qti_attribute(e, "show-hide");
	if (q->n_feedbacks == QTI_CASES_MAX * 2)
		return qti_bad(q, e, N_("A question may have at most 50 answers"));
	if (show.n && !str_is(show, "show"))
		return qti_bad(q, e, N_("Feedback that is hidden by an answer is not read"));
	*ARENA_PUSH(q->f->arena, q->feedbacks, q->n_feedbacks) =
		(struct qti_feedback){ .outcome = qti_attribute(e, "outcome-identifier"), .id = qti_attribute(e, "identifier"), .element = e };
	return true;
}

bool qti_read_declarations(struct qti_item *q)
{
	for (const struct xml *e = q->root->first; e; e = e->next) {
		if (qti_is(e, "response-declaration") && !read_response(q, e))
			return false;
		if (qti_is(e, "outcome-declaration") && !read_outcome(q, e))
			return false;
		if (qti_is(e, "modal-feedback") && !read_feedback(q, e))
			return false;
		if (qti_is(e, "template-declaration") || qti_is(e, "template-processing") || qti_is(e, "assessment-stimulus-ref") ||
		    qti_is(e, "context-declaration"))
			return qti_bad_what(q, e, N_("Items that use {what} are not read"), e->name);
	}
	return true;
}

struct qti_response *qti_response(const struct qti_item *q, struct str id)
{
	for (size_t i = 0; i < q->n_responses; i++)
		if (id.n && str_eq(q->responses[i].id, id))
			return &q->responses[i];
	return NULL;
}

const struct qti_outcome *qti_outcome(const struct qti_item *q, struct str id)
{
	for (size_t i = 0; i < q->n_outcomes; i++)
		if (id.n && str_eq(q->outcomes[i].id, id))
			return &q->outcomes[i];
	return NULL;
}

struct qti_feedback *qti_feedback(const struct qti_item *q, struct str id)
{
	for (size_t i = 0; i < q->n_feedbacks; i++)
		if (id.n && str_eq(q->feedbacks[i].id, id))
			return &q->feedbacks[i];
	return NULL;
}
