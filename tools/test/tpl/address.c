/* Made by tplgen from address.html; do not edit. */
#include "address_html.h"
#include "web/lang.h"

void address_html(struct html_out *o, const struct view *v0)
{
	(void)v0;
	buf_add(&o->b, "<a href=\"", 9);
#line 2 "address.html"
	HTML_PUT_URL(o, v0->next);
	buf_add(&o->b, "\">whole</a>\n"
		"<a href=\"/courses/", 30);
#line 3 "address.html"
	HTML_PUT_URL_PART(o, v0->who.id);
	buf_add(&o->b, "/", 1);
#line 3 "address.html"
	HTML_PUT_URL_PART(o, v0->title);
	buf_add(&o->b, "\?q=", 3);
#line 3 "address.html"
	HTML_PUT_URL_PART(o, v0->title);
	buf_add(&o->b, "&amp;to=", 8);
#line 3 "address.html"
	HTML_PUT_URL_PART(o, v0->next);
	buf_add(&o->b, "\">pieces</a>\n"
		"<a href=\"", 22);
#line 4 "address.html"
	HTML_PUT_URL(o, v0->next);
	buf_add(&o->b, "/x:y\?", 5);
#line 4 "address.html"
	HTML_PUT_URL_PART(o, v0->title);
	buf_add(&o->b, "\">start and pieces</a>\n"
		"<form action=\"", 37);
#line 5 "address.html"
	if (HTML_TRUE(v0->next)) {
#line 5 "address.html"
	HTML_PUT_URL(o, v0->next);
#line 5 "address.html"
	} else {
	buf_add(&o->b, "/", 1);
#line 5 "address.html"
	}
	buf_add(&o->b, "\"></form>\n"
		"<img src=\"", 20);
#line 6 "address.html"
	{ size_t from = o->b.n;
	html_number(o, v0->who.id);
	html_url_check(o, from); }
	buf_add(&o->b, "\" alt=\"\">", 9);
}

void address_view(struct html_out *o, const void *v)
{
	address_html(o, v);
}
