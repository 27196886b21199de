/* When a programme is completed; see programme_rule.h. */
#include "feature/programme/programme_rule.h"

static void count(struct rule_verdict *v, const struct rule_part *p)
{
	if (p->left_out && !p->done)
		return;
	if (p->must) {
		v->musts++;
		v->musts_done += p->done;
	} else if (!p->session) {
		v->others++;
		v->others_done += p->done;
	}
}

struct rule_verdict programme_rule(const struct rule_in *in)
{
	struct rule_verdict v = { .sessions_asked = (in->n_sessions * in->least_sessions + 99) / 100 };
	for (size_t i = 0; i < in->n_parts; i++)
		count(&v, &in->parts[i]);
	v.others_asked = in->least_others < v.others ? in->least_others : v.others;
	bool asks = v.musts || v.sessions_asked || v.others_asked;
	v.met = asks && v.musts_done == v.musts && in->n_attended >= v.sessions_asked && v.others_done >= v.others_asked;
	return v;
}
