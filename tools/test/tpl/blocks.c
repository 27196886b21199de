/* Made by tplgen from blocks.html; do not edit. */
#include "blocks_html.h"
#include "web/lang.h"

void blocks_html(struct html_out *o, const struct view *v0)
{
	(void)v0;
	buf_add(&o->b, "<ul>\n", 5);
#line 5 "blocks.html"
	if (v0->n_rows) {
	for (size_t i1 = 0; i1 < (size_t)v0->n_rows; i1++) {
	const __typeof__(*v0->rows) *v1 = &v0->rows[i1]; (void)v1;
	buf_add(&o->b, " <li", 4);
#line 6 "blocks.html"
	if (HTML_TRUE(v1->open)) {
	buf_add(&o->b, " class=\"open\"", 13);
#line 6 "blocks.html"
	}
	buf_add(&o->b, ">", 1);
#line 6 "blocks.html"
	HTML_PUT_TEXT(o, (int64_t)i1);
	buf_add(&o->b, " ", 1);
#line 6 "blocks.html"
	HTML_PUT_TEXT(o, (int64_t)(i1 + 1));
	buf_add(&o->b, " ", 1);
#line 6 "blocks.html"
	HTML_PUT_TEXT(o, v1->title);
	buf_add(&o->b, " ", 1);
#line 6 "blocks.html"
	HTML_PUT_TEXT(o, v0->title);
	buf_add(&o->b, "\n", 1);
#line 7 "blocks.html"
	{ const __typeof__((*v1->owner)) *v2 = &(*v1->owner); (void)v2;
#line 7 "blocks.html"
	HTML_PUT_TEXT(o, v2->name);
	buf_add(&o->b, " of ", 4);
#line 7 "blocks.html"
	HTML_PUT_TEXT(o, v1->title);
	buf_add(&o->b, " ", 1);
#line 7 "blocks.html"
	HTML_PUT_TEXT(o, v0->title);
#line 7 "blocks.html"
	}
	buf_add(&o->b, "\n", 1);
#line 8 "blocks.html"
	if (v1->n_marks) {
	for (size_t i3 = 0; i3 < (size_t)v1->n_marks; i3++) {
	const __typeof__(*v1->marks) *v3 = &v1->marks[i3]; (void)v3;
#line 8 "blocks.html"
	if (HTML_TRUE((int64_t)i3)) {
	buf_add(&o->b, ", ", 2);
#line 8 "blocks.html"
	}
#line 8 "blocks.html"
	html_number(o, (*v3));
	buf_add(&o->b, " ", 1);
#line 8 "blocks.html"
	HTML_PUT_TEXT(o, (*v3));
#line 8 "blocks.html"
	} } else {
	buf_add(&o->b, "no marks", 8);
#line 8 "blocks.html"
	}
	buf_add(&o->b, "\n"
		"</li>\n", 7);
#line 10 "blocks.html"
	} } else {
	buf_add(&o->b, "<li>nothing in ", 15);
#line 11 "blocks.html"
	HTML_PUT_TEXT(o, v0->title);
	buf_add(&o->b, "</li>\n", 6);
#line 12 "blocks.html"
	}
	buf_add(&o->b, "</ul>\n"
		"<p>", 9);
#line 14 "blocks.html"
	if (v0->n_words) {
	for (size_t i4 = 0; i4 < (size_t)v0->n_words; i4++) {
	const __typeof__(*v0->words) *v4 = &v0->words[i4]; (void)v4;
#line 14 "blocks.html"
	HTML_PUT_TEXT(o, (*v4));
	buf_add(&o->b, " ", 1);
#line 14 "blocks.html"
	} }
	buf_add(&o->b, "</p>\n", 5);
#line 15 "blocks.html"
	{ const __typeof__(v0->who) *v5 = &v0->who; (void)v5;
	buf_add(&o->b, "<b>", 3);
#line 16 "blocks.html"
	HTML_PUT_TEXT(o, v5->name);
	buf_add(&o->b, "</b> ", 5);
#line 16 "blocks.html"
	HTML_PUT_TEXT(o, v5->id);
	buf_add(&o->b, "\n", 1);
#line 17 "blocks.html"
	}
#line 18 "blocks.html"
	if (!HTML_TRUE(v0->empty)) {
	buf_add(&o->b, "no text", 7);
#line 18 "blocks.html"
	}
	buf_add(&o->b, " ", 1);
#line 18 "blocks.html"
	if (HTML_TRUE(v0->none)) {
	buf_add(&o->b, "never", 5);
#line 18 "blocks.html"
	} else {
	buf_add(&o->b, "NONE is false", 13);
#line 18 "blocks.html"
	}
	buf_add(&o->b, "\n", 1);
#line 19 "blocks.html"
	if (v0->kind == 3) {
	buf_add(&o->b, "three", 5);
#line 19 "blocks.html"
	}
	buf_add(&o->b, " ", 1);
#line 19 "blocks.html"
	if (v0->kind == KIND_COURSE) {
	buf_add(&o->b, "course", 6);
#line 19 "blocks.html"
	}
	buf_add(&o->b, " ", 1);
#line 19 "blocks.html"
	if (v0->kind != 3) {
	buf_add(&o->b, "other", 5);
#line 19 "blocks.html"
	}
	buf_add(&o->b, " ", 1);
#line 19 "blocks.html"
	if (v0->count > 1) {
	buf_add(&o->b, "many", 4);
#line 19 "blocks.html"
	}
	buf_add(&o->b, "\n", 1);
#line 20 "blocks.html"
	if (str_is(v0->title, "A & B")) {
	buf_add(&o->b, "named", 5);
#line 20 "blocks.html"
	}
	buf_add(&o->b, " ", 1);
#line 20 "blocks.html"
	if (!str_is(v0->title, "x")) {
	buf_add(&o->b, "not x", 5);
#line 20 "blocks.html"
	}
	buf_add(&o->b, "\n"
		"<input type=\"checkbox\" ", 24);
#line 22 "blocks.html"
	if (HTML_TRUE(v0->n_rows)) {
	buf_add(&o->b, " checked ", 9);
#line 24 "blocks.html"
	}
	buf_add(&o->b, " name=\"c\">\n"
		"<pre>\n"
		"  ", 19);
#line 27 "blocks.html"
	HTML_PUT_TEXT(o, v0->title);
	buf_add(&o->b, "\n"
		"\n"
		"\011kept  as is\n"
		"</pre>", 21);
}

void blocks_view(struct html_out *o, const void *v)
{
	blocks_html(o, v);
}
