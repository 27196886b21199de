/* Made by tplgen from parts.html; do not edit. */
#include "parts_html.h"
#include "web/lang.h"

void parts_html(struct html_out *o, const struct view *v0)
{
	(void)v0;
#line 3 "parts.html"
	owner_html(o, &v0->who);
	buf_add(&o->b, "\n", 1);
#line 4 "parts.html"
	if (v0->n_rows) {
	for (size_t i1 = 0; i1 < (size_t)v0->n_rows; i1++) {
	const __typeof__(*v0->rows) *v1 = &v0->rows[i1]; (void)v1;
#line 5 "parts.html"
	owner_html(o, v1->owner);
	buf_add(&o->b, "\n", 1);
#line 6 "parts.html"
	} }
#line 7 "parts.html"
	{ const __typeof__(v0->who) *v2 = &v0->who; (void)v2;
	buf_add(&o->b, "[", 1);
#line 7 "parts.html"
	owner_html(o, v2);
	buf_add(&o->b, "|", 1);
#line 7 "parts.html"
	owner_html(o, v2);
	buf_add(&o->b, "]", 1);
#line 7 "parts.html"
	}
}

void parts_view(struct html_out *o, const void *v)
{
	parts_html(o, v);
}
