/* Made by tplgen from texts.html; do not edit. */
#include "texts_html.h"
#include "web/lang.h"

void texts_html(struct html_out *o, const struct view *v0)
{
	(void)v0;
	buf_add(&o->b, "<p title=\"", 10);
#line 2 "texts.html"
	html_attr(o, str_of(tr(o->cx->lang, N_("Sign in"))));
	buf_add(&o->b, "\">", 2);
#line 2 "texts.html"
	html_text(o, str_of(tr(o->cx->lang, N_("Sign in"))));
	buf_add(&o->b, "</p>\n"
		"<p>", 8);
#line 3 "texts.html"
	{ const struct msg_arg a[] = { { "where", fmt_clock(o->cx, v0->count) }, { "what", HTML_VALUE(o->cx, v0->title) }, };
	html_text(o, msg_fill(o->cx, tr(o->cx->lang, N_("Resume at {where} of {what}")), 2, a)); }
	buf_add(&o->b, "</p>\n"
		"<p>", 8);
#line 4 "texts.html"
	{ const struct msg_arg a[] = { { "n", HTML_VALUE(o->cx, v0->n_rows) }, };
	html_text(o, msg_fill(o->cx, trn(o->cx->lang, ngettext_("{n} course", "{n} courses"), (int64_t)v0->n_rows), 1, a)); }
	buf_add(&o->b, "</p>\n"
		"<p>", 8);
#line 5 "texts.html"
	{ const struct msg_arg a[] = { { "n", fmt_number(o->cx, v0->count) }, };
	html_text(o, msg_fill(o->cx, trn(o->cx->lang, ngettext_("{n} course", "{n} courses"), (int64_t)v0->count), 1, a)); }
	buf_add(&o->b, "</p>\n"
		"<p>", 8);
#line 6 "texts.html"
	html_text(o, str_of(tr_in(o->cx->lang, pgettext_("month", "May"))));
	buf_add(&o->b, " ", 1);
#line 6 "texts.html"
	html_text(o, str_of(tr(o->cx->lang, N_("a \"quoted\" }} text"))));
	buf_add(&o->b, " ", 1);
#line 6 "texts.html"
	{ const struct msg_arg a[] = { { "title", HTML_VALUE(o->cx, v0->title) }, };
	html_text(o, msg_fill(o->cx, tr(o->cx->lang, N_("why?? {nobody}")), 1, a)); }
	buf_add(&o->b, "</p>\n"
		"<p>", 8);
#line 7 "texts.html"
	html_minutes(o, v0->count);
	buf_add(&o->b, " ", 1);
#line 7 "texts.html"
	html_date(o, v0->count);
	buf_add(&o->b, " ", 1);
#line 7 "texts.html"
	html_number(o, v0->n_rows);
	buf_add(&o->b, "</p>", 4);
}

void texts_view(struct html_out *o, const void *v)
{
	texts_html(o, v);
}
