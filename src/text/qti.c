/* One item of QTI; see qti.h. */
#include "text/qti.h"
#include "text/qti_item.h"

/* Feedback that is shown whatever was answered: its outcome starts with its identifier. "GENERAL_2" is that of the second part of an own case. */
static bool take_general(struct qti_item *q, struct question *ret)
{
	for (size_t i = 0; i < q->n_feedbacks; i++) {
		struct qti_feedback *f = &q->feedbacks[i];
		const struct qti_outcome *o = qti_outcome(q, f->outcome);
		struct str number = str_starts(f->outcome, S("GENERAL_")) ? str_sub(f->outcome, 8, f->outcome.n) : S("");
		struct question *whose = ret;
		struct qti_text t = { .text = S("") };
		int64_t part;
		if (f->used || !o || !o->start.n || !str_eq(o->start, f->id))
			continue;
		if (str_int(number, &part) && part >= 1 && part <= (int64_t)ret->n_parts)
			whose = &ret->parts[part - 1];
		if (whose->general_feedback.n || !qti_read_text(q, f->element, &t))
			return q->bad ? false : qti_bad(q, f->element, N_("A question may have one feedback that is always shown"));
		whose->general_feedback = t.text;
		f->used = true;
	}
	return true;
}

static bool all_feedback_used(struct qti_item *q)
{
	for (size_t i = 0; i < q->n_feedbacks; i++)
		if (!q->feedbacks[i].used)
			return qti_bad_what(q, q->feedbacks[i].element, N_("It is not clear to which answer the feedback “{what}” belongs"),
					    q->feedbacks[i].id);
	return true;
}

static bool is_root(struct qti_item *q)
{
	if (!qti_is(q->root, "assessment-item"))
		return qti_bad_what(q, q->root, N_("Expected an item of QTI 2.1, 2.2 or 3.0 and found <{what}>"), q->root->name);
	if (str_is(qti_attribute(q->root, "adaptive"), "true"))
		return qti_bad(q, q->root, N_("Adaptive items are not read"));
	return true;
}

bool qti_read_item(struct findings *f, const struct qti_source *s, size_t *nodes, struct question *ret)
{
	struct qti_item q = { .f = f, .file = s->file, .fetch = s->fetch, .data = s->data };
	q.root = xml_read(f, s->file, s->text, nodes);
	if (!q.root || !is_root(&q))
		return false;
	q.own = str_is(qti_attribute(q.root, "tool-name"), "Karmayogi");
	q.name = qti_attribute(q.root, q.own ? "title" : "identifier");
	q.lang = str_trim(xml_attribute(q.root, "xml:lang"));
	if (!qti_read_declarations(&q) || !qti_read_processing(&q) || !qti_read_body(&q, ret) || !take_general(&q, ret) || !all_feedback_used(&q))
		return false;
	ret->name = q.name;
	ret->lang = q.lang;
	ret->line = q.root->line;
	return question_check(f, s->file, ret);
}

bool qti_parse(struct findings *f, struct str file, struct str source, struct questions *ret)
{
	const struct qti_source s = { .file = file, .text = source };
	size_t before = f->n, nodes = XML_NODES_MAX;
	struct question q;
	if (ret->n >= QUESTIONS_MAX)
		finding_add(f, file, 0, N_("There are more than 2,000 questions in the file"), 0, NULL);
	else if (qti_read_item(f, &s, &nodes, &q))
		*ARENA_PUSH(f->arena, ret->v, ret->n) = q;
	return f->n == before;
}

struct str qti_write(struct arena *a, const struct question *q)
{
	return qti_write_item(a, q, NULL, NULL);
}
