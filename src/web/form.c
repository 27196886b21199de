/* Forms from field tables; see form.h. Markup: client/README.md, section 5. */
#include "web/form.h"
#include "base/clock.h"
#include "web/exchange.h"
#include "web/lang.h"

static const struct exchange *of(const struct html_out *o)
{
	BUG_IF(!o->exchange);
	return o->exchange;
}

/* The form that is being written was the one refused. */
static bool is_refused(const struct html_out *o)
{
	return of(o)->refused != OK && of(o)->form_action == o->form;
}

struct str form_csrf(const struct html_out *o)
{
	const struct exchange *x = of(o);
	return x->session.open ? session_csrf(o->cx, x->session.cookie) : S("");
}

void html_csrf_token(struct html_out *o, const void *unused)
{
	(void)unused;
	html_attr(o, form_csrf(o));
}

struct str form_old(const struct html_out *o, const char *field, struct str otherwise)
{
	const struct exchange *x = of(o);
	if (!is_refused(o) || !x->pairs)
		return otherwise;
	struct str v = pairs_get(x->pairs, str_of(field));
	return v.p ? v : otherwise;
}

struct str form_error(const struct html_out *o, const char *field)
{
	const struct ctx *cx = o->cx;
	if (!is_refused(o))
		return STR_NONE;
	for (size_t i = 0; i < cx->n_failures; i++)
		if (str_is(cx->failures[i].field, field))
			return msg_text(o->cx, cx->failures[i].text, cx->failures[i].n_args, cx->failures[i].args);
	return STR_NONE;
}

void html_pick(struct html_out *o, struct str name, struct str text, bool on)
{
	if (is_refused(o))
		on = form_old(o, str_c(o->cx->arena, name), S("")).n;
	buf_lit(&o->b, "<label class=\"pick\"><input type=\"checkbox\" name=\"");
	html_attr(o, name);
	buf_str(&o->b, on ? S("\" value=\"x\" checked><span dir=\"auto\">") : S("\" value=\"x\"><span dir=\"auto\">"));
	html_text(o, text);
	buf_lit(&o->b, "</span></label>\n");
}

void html_typed(struct html_out *o, struct str name)
{
	html_text(o, form_old(o, str_c(o->cx->arena, name), S("")));
}

void html_rating(struct html_out *o, struct str name, int most)
{
	struct str chosen = form_old(o, str_c(o->cx->arena, name), S(""));
	for (int i = 1; i <= most; i++) {
		struct str value = str_fmt(o->cx->arena, "%d", i);
		buf_lit(&o->b, "<label class=\"pick\"><input type=\"radio\" name=\"");
		html_attr(o, name);
		buf_fmt(&o->b, "\" value=\"%d\"%s><span>%d</span></label>", i, str_eq(chosen, value) ? " checked" : "", i);
	}
}

void html_option(struct html_out *o, struct str value, struct str chosen, struct str text)
{
	buf_lit(&o->b, "<option value=\"");
	html_attr(o, value);
	buf_str(&o->b, str_eq(value, chosen) ? S("\" selected>") : S("\">"));
	html_text(o, text);
	buf_lit(&o->b, "</option>");
}

static const struct field *field_of(const struct html_out *o, const char *name)
{
	BUG_IF(!o->form);
	for (const struct field *f = o->form->in; f && f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	BUG("the action of this form has no such field");
}

void html_form(struct html_out *o, const char *action)
{
	o->form = action_named(of(o)->actions, action);
	BUG_IF(!o->form);
	buf_lit(&o->b, "<input type=\"hidden\" name=\"csrf\" value=\"");
	html_attr(o, form_csrf(o));
	buf_lit(&o->b, "\">");
}

static void tag_attr(struct html_out *o, const char *name, struct str v)
{
	buf_char(&o->b, ' ');
	buf_str(&o->b, str_of(name));
	buf_lit(&o->b, "=\"");
	html_attr(o, v);
	buf_char(&o->b, '"');
}

static struct str id_of(struct html_out *o, const struct field *f, const char *tail)
{
	return str_fmt(o->cx->arena, "f-%s%s", f->name, tail);
}

static void described(struct html_out *o, const struct field *f, bool error)
{
	if (!f->hint && !error)
		return;
	tag_attr(o, "aria-describedby",
		 str_fmt(o->cx->arena, "%s%s%s", f->hint ? id_of(o, f, "-hint").p : "", f->hint && error ? " " : "", error ? id_of(o, f, "-error").p : ""));
}

static void common_attrs(struct html_out *o, const struct field *f, bool error)
{
	tag_attr(o, "id", id_of(o, f, ""));
	tag_attr(o, "name", str_of(f->name));
	described(o, f, error);
	if (f->must)
		buf_lit(&o->b, " required");
	if (error)
		buf_lit(&o->b, " aria-invalid=\"true\"");
}

static void label_hint_error(struct html_out *o, const struct field *f, struct str error)
{
	struct ctx *cx = o->cx;
	buf_lit(&o->b, "<label");
	tag_attr(o, "for", id_of(o, f, ""));
	buf_lit(&o->b, ">");
	html_text(o, str_of(tr(cx->lang, f->label ? f->label : f->name)));
	if (!f->must) {
		buf_lit(&o->b, " <span class=\"opt\">(");
		html_text(o, str_of(tr(cx->lang, N_("optional"))));
		buf_lit(&o->b, ")</span>");
	}
	buf_lit(&o->b, "</label>");
	if (f->hint) {
		buf_lit(&o->b, "<p class=\"hint\"");
		tag_attr(o, "id", id_of(o, f, "-hint"));
		buf_lit(&o->b, ">");
		html_text(o, str_of(tr(cx->lang, f->hint)));
		buf_lit(&o->b, "</p>");
	}
	if (error.p) {
		buf_lit(&o->b, "<p class=\"error\"");
		tag_attr(o, "id", id_of(o, f, "-error"));
		buf_lit(&o->b, "><span class=\"hide\">");
		html_text(o, str_of(tr(cx->lang, N_("Error:"))));
		buf_lit(&o->b, "</span> ");
		html_text(o, error);
		buf_lit(&o->b, "</p>");
	}
}

static void select_of(struct html_out *o, const struct field *f, struct str value, bool error)
{
	buf_lit(&o->b, "<select");
	common_attrs(o, f, error);
	buf_lit(&o->b, ">");
	for (const struct choice *c = f->choices; c->value; c++)
		html_option(o, str_of(c->value), value, str_of(tr(o->cx->lang, c->label)));
	buf_lit(&o->b, "</select>");
}

static void line_of(struct html_out *o, const struct field *f, struct str value, bool error)
{
	bool file = o->form->upload && strcmp(f->name, "file") == 0;
	bool once = f->autocomplete && strcmp(f->autocomplete, "one-time-code") == 0; /* nothing to hide from who looks over the shoulder */
	const char *type = file ? "file" : f->kind == F_SECRET && !once ? "password" : f->kind == F_DATE ? "date" : "text";
	buf_lit(&o->b, "<input");
	tag_attr(o, "type", str_of(type));
	common_attrs(o, f, error);
	if (f->kind == F_INT || f->kind == F_REAL)
		buf_lit(&o->b, " inputmode=\"decimal\"");
	if (once)
		buf_lit(&o->b, " inputmode=\"numeric\"");
	if (f->autocomplete || f->kind == F_SECRET)
		tag_attr(o, "autocomplete", str_of(f->autocomplete ? f->autocomplete : "current-password"));
	if (f->kind != F_SECRET && !file)
		tag_attr(o, "value", value);
	buf_lit(&o->b, ">");
}

void html_input_with(struct html_out *o, const char *field, struct str value)
{
	const struct field *f = field_of(o, field);
	struct str error = form_error(o, field), v = form_old(o, field, value);
	buf_lit(&o->b, "<div class=\"field");
	if (error.p)
		buf_lit(&o->b, " bad");
	buf_lit(&o->b, "\">");
	label_hint_error(o, f, error);
	if (f->kind == F_CHOICE && f->choices) {
		select_of(o, f, v, error.p);
	} else if (f->kind == F_LONG) {
		buf_lit(&o->b, "<textarea rows=\"4\"");
		common_attrs(o, f, error.p);
		buf_lit(&o->b, ">");
		html_text(o, v);
		buf_lit(&o->b, "</textarea>");
	} else {
		line_of(o, f, v, error.p);
	}
	buf_lit(&o->b, "</div>");
}

void html_input(struct html_out *o, const char *field)
{
	html_input_with(o, field, STR_NONE);
}

static bool has_input(const struct action *a, struct str name)
{
	for (const struct field *f = a->in; f && f->name; f++)
		if (str_is(name, f->name) && f->label)
			return true;
	return false;
}

static void error_summary(struct html_out *o)
{
	const struct exchange *x = of(o);
	struct ctx *cx = o->cx;
	buf_lit(&o->b, "<div class=\"errors\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"errors-title\" data-focus><h2 id=\"errors-title\">");
	html_text(o, str_of(tr(cx->lang, err_title(x->refused))));
	buf_lit(&o->b, "</h2><ul>");
	for (size_t i = 0; i < cx->n_failures; i++) {
		const struct failure *f = &cx->failures[i];
		bool linked = f->field.n && has_input(x->form_action, f->field);
		buf_lit(&o->b, "<li>");
		if (linked) {
			buf_lit(&o->b, "<a");
			tag_attr(o, "href", str_fmt(cx->arena, "#f-%.*s", STR_ARG(f->field)));
			buf_lit(&o->b, ">");
			for (const struct field *k = x->form_action->in; k->name; k++)
				if (str_is(f->field, k->name)) {
					html_text(o, str_of(tr(cx->lang, k->label)));
					buf_lit(&o->b, ": ");
				}
		}
		html_text(o, msg_text(cx, f->text, f->n_args, f->args));
		if (linked)
			buf_lit(&o->b, "</a>");
		buf_lit(&o->b, "</li>");
	}
	buf_lit(&o->b, "</ul></div>");
}

void html_page_top(struct html_out *o, const void *unused)
{
	(void)unused;
	if (of(o)->notice.n) {
		buf_lit(&o->b, "<div class=\"note good\" role=\"status\"><p>");
		html_text(o, of(o)->notice);
		buf_lit(&o->b, "</p></div>");
	}
	if (of(o)->refused != OK)
		error_summary(o);
}

void html_asset(struct html_out *o, const char *key)
{
	for (const struct asset *a = of(o)->assets; a && a->key; a++)
		if (strcmp(a->key, key) == 0) {
			buf_lit(&o->b, "/assets/");
			buf_str(&o->b, str_of(a->name));
			return;
		}
	BUG("no such asset");
}
