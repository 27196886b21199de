/* Made by tplgen from owner.html; do not edit. */
#include "owner_html.h"
#include "web/lang.h"

void owner_html(struct html_out *o, const struct owner *v0)
{
	(void)v0;
	buf_add(&o->b, "<b>", 3);
#line 2 "owner.html"
	HTML_PUT_TEXT(o, v0->name);
	buf_add(&o->b, "</b>", 4);
}

void owner_view(struct html_out *o, const void *v)
{
	owner_html(o, v);
}
