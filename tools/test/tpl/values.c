/* Made by tplgen from values.html; do not edit. */
#include "values_html.h"
#include "web/lang.h"

void values_html(struct html_out *o, const struct view *v0)
{
	(void)v0;
	buf_add(&o->b, "<h1 title=\"", 11);
#line 2 "values.html"
	HTML_PUT_ATTR(o, v0->title);
	buf_add(&o->b, "\" hidden>", 9);
#line 2 "values.html"
	HTML_PUT_TEXT(o, v0->title);
	buf_add(&o->b, "</h1>\n", 6);
#line 3 "values.html"
	HTML_PUT_TEXT(o, v0->count);
	buf_add(&o->b, "|", 1);
#line 3 "values.html"
	HTML_PUT_TEXT(o, v0->kind);
	buf_add(&o->b, "|", 1);
#line 3 "values.html"
	HTML_PUT_TEXT(o, v0->n_rows);
	buf_add(&o->b, "|", 1);
#line 3 "values.html"
	HTML_PUT_TEXT(o, v0->who.id);
	buf_add(&o->b, "|", 1);
#line 3 "values.html"
	HTML_PUT_TEXT(o, v0->none);
	buf_add(&o->b, "\n", 1);
#line 4 "values.html"
	HTML_PUT_TEXT(o, v0->body);
}

void values_view(struct html_out *o, const void *v)
{
	values_html(o, v);
}
