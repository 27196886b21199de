/* tplgen: an HTML template in, a C function out.
 *
 *   tplgen IN.html OUT.c OUT.h
 *
 * The first line says `{{! NAME(struct TYPE *v) "header" }}`; more `{{! include "header" }}` lines may follow.
 * Syntax-directed: the generated C names members, and the C compiler checks their types (web/html.h chooses by _Generic).
 *
 *   {{a.b}}  {{p->q}}  {{.}}  {{../a}}      value, escaped for its place
 *   {{helper expr …}}                       html_helper(o, …); a quoted text is an argument too; *. is the element of a loop over figures
 *   {{#if x}} {{#if !x}} {{#if a == B}} {{else}} {{/if}}   {{#each rows}} … {{else}} … {{/each}}   {{#with m}} {{#with *p}} … {{/with}}
 *   {{> part}}  {{> part member}}  {{> part *pointer}}
 *   {{_ "Text {x}" x=expr y=helper:expr}}   {{_n count "one {n}" "many {n}" n=number:count}}   {{_c "context" "Text"}}
 *
 * Escaping follows the place: text, double-quoted attribute, address at the start of href, src, action, … Refused: values in
 * unquoted or single-quoted attributes and inside <script> or <style>, inline handlers, style attributes, inline scripts,
 * and blocks whose parts end in different places of the HTML, since what follows them could not be escaped for sure.
 *
 * White space with a line break in it becomes one line break; a line that holds nothing but a block tag leaves nothing. */
#include "base/arena.h"
#include "base/str.h"

#include <ctype.h>

enum { DEPTH_MAX = 24, VALUES_MAX = 4 };
enum place { TEXT, RAW, COMMENT, TAG, NAME, EQUALS, ATTR, URL_START, URL_REST };

/* Where the HTML stands. RAW is the inside of <script> and <style>, NAME the name of an attribute, EQUALS behind its sign. */
struct html_state {
	enum place place;
	char tag[32], attr[64];
	bool closing, has_src;
	bool pre;         /* inside <pre> or <textarea>: white space counts */
	bool scheme_open; /* an address began with a value: no ':' may follow before a '/' */
	bool fresh;       /* nothing stands on this line of the output: leading white space can go */
};
enum block { IF, EACH, WITH };
static const char *const block_names[] = { [IF] = "if", [EACH] = "each", [WITH] = "with" };
struct scope {
	enum block kind;
	int number, line; /* number: of the variable vN; -1: none (the else of a loop) */
	bool has_else;
	struct html_state before, first; /* at {{#…}}, and at {{else}} */
};

static struct arena *mem;
static const char *in_path;
static struct str src;
static size_t at;
static int line = 1;
static struct buf out, lit;
static struct str name, type_name, headers;
static struct html_state h = { .fresh = true };
static struct scope scopes[DEPTH_MAX];
static int depth, counter;

static _Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", in_path, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static bool one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static bool is_space(char c)
{
	return isspace((unsigned char)c) != 0;
}

/* ── HTML state ── */

static const char *const addresses[] = { "href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", NULL };

static void name_check(void)
{
	if (strncmp(h.attr, "on", 2) == 0)
		die("'%s': no inline handlers, scripts are files", h.attr);
	if (strcmp(h.attr, "style") == 0)
		die("no style attributes: classes, <progress> or SVG");
	if (strcmp(h.attr, "srcdoc") == 0)
		die("no srcdoc attributes");
}

static void name_end(enum place next)
{
	name_check();
	h.attr[0] = 0;
	h.place = next;
}

static void enter_value(void)
{
	if (strcmp(h.attr, "src") == 0)
		h.has_src = true;
	h.scheme_open = false;
	h.place = one_of(h.attr, addresses) ? URL_START : ATTR;
}

static void leave_value(void)
{
	h.place = TAG;
	h.attr[0] = 0;
}

static void leave_tag(void)
{
	bool script = strcmp(h.tag, "script") == 0;
	if (script && !h.closing && !h.has_src)
		die("<script> without src: scripts are files");
	if (strcmp(h.tag, "pre") == 0 || strcmp(h.tag, "textarea") == 0)
		h.pre = !h.closing;
	h.place = !h.closing && (script || strcmp(h.tag, "style") == 0) ? RAW : TEXT;
	h.attr[0] = 0;
	h.has_src = h.closing = false;
	if (h.place != RAW)
		h.tag[0] = 0;
}

static void enter_tag(size_t i)
{
	size_t n = 0;
	h.closing = i < src.n && src.p[i] == '/';
	for (i += h.closing; i < src.n && (isalnum((unsigned char)src.p[i]) || src.p[i] == '-' || src.p[i] == '!'); i++) {
		if (n + 1 == sizeof h.tag)
			die("the name of an element is too long");
		h.tag[n++] = (char)tolower((unsigned char)src.p[i]);
	}
	h.tag[n] = 0;
	h.attr[0] = 0;
	h.has_src = false;
	h.place = TAG;
}

/* A '<' in the text at src.p[at]. */
static void angle(void)
{
	struct str rest = str_sub(src, at + 1, src.n);
	size_t slash = rest.n && rest.p[0] == '/';
	if (str_starts(rest, S("!--")))
		h.place = COMMENT;
	else if (rest.n > slash && (isalpha((unsigned char)rest.p[slash]) || (!slash && rest.p[0] == '!')))
		enter_tag(at + 1);
	else
		die("a bare '<': write &lt;");
}

/* <script> and <style> end with their own tag only. */
static bool ends_raw(void)
{
	struct str rest = str_sub(src, at, src.n);
	size_t n = strlen(h.tag);
	return rest.n > n + 2 && rest.p[1] == '/' && strncasecmp(rest.p + 2, h.tag, n) == 0 && !isalnum((unsigned char)rest.p[n + 2]);
}

/* Inside a tag, outside of values. */
static void step_tag(char c)
{
	if (c == '>') {
		leave_tag();
	} else if (c == '"' || c == '\'') {
		die("attributes stand in double quotes: name=\"…\"");
	} else if (c == '=') {
		die("'=' without the name of an attribute before it");
	} else if (c == '<') {
		die("a '<' inside a tag");
	} else if (!is_space(c) && c != '/') {
		h.attr[0] = (char)tolower((unsigned char)c);
		h.attr[1] = 0;
		h.place = NAME;
	}
}

static void step_name(char c)
{
	size_t n = strlen(h.attr);
	if (c == '=') {
		name_check();
		h.place = EQUALS;
	} else if (is_space(c) || c == '/') {
		name_end(TAG);
	} else if (c == '>') {
		name_end(TAG);
		leave_tag();
	} else if (c == '"' || c == '\'' || c == '<') {
		die("'%c' in the name of an attribute", c);
	} else {
		if (n + 1 == sizeof h.attr)
			die("the name of an attribute is too long");
		h.attr[n] = (char)tolower((unsigned char)c);
		h.attr[n + 1] = 0;
	}
}

static void step_url(char c)
{
	if (c == '"') {
		leave_value();
		return;
	}
	if (c == ':' && h.scheme_open)
		die("a ':' behind a value that begins an address would make the value its scheme");
	if (c == '/' || c == '?' || c == '#')
		h.scheme_open = false;
	h.place = URL_REST;
}

/* The character src.p[at] moves the state. */
static void step(char c)
{
	switch (h.place) {
	case TEXT:
		if (c == '<')
			angle();
		break;
	case RAW:
		if (c == '<' && ends_raw())
			enter_tag(at + 1);
		break;
	case COMMENT:
		if (c == '>' && src.p[at - 1] == '-' && src.p[at - 2] == '-')
			h.place = TEXT;
		break;
	case TAG:
		step_tag(c);
		break;
	case NAME:
		step_name(c);
		break;
	case EQUALS:
		if (c != '"')
			die("the value of '%s' must stand in double quotes", h.attr);
		enter_value();
		break;
	case ATTR:
		if (c == '"')
			leave_value();
		break;
	case URL_START:
	case URL_REST:
		step_url(c);
	}
}

/* Two ways of a block come together. At the start of an address one way may have written something: then what follows
 * is taken as a later piece, which is the stricter of the two. */
static void join(const struct html_state *other, int opened)
{
	bool url = (h.place == URL_START || h.place == URL_REST) && (other->place == URL_START || other->place == URL_REST);
	if ((h.place != other->place && !url) || strcmp(h.tag, other->tag) != 0 || strcmp(h.attr, other->attr) != 0 || h.pre != other->pre || h.closing != other->closing)
		die("the parts of the block of line %d end in different places of the HTML (text, tag, attribute)", opened);
	if (h.place != other->place)
		h.place = URL_REST;
	h.has_src &= other->has_src;
	h.scheme_open |= other->scheme_open;
	h.fresh &= other->fresh;
}

/* What holds for every {{…}}. */
static void check_place(void)
{
	if (h.place == EQUALS)
		die("the value of '%s' must stand in double quotes", h.attr);
	if (h.place == RAW)
		die("no values inside <script> or <style>");
	if (h.place == COMMENT)
		die("no values inside a comment; {{! is a comment of the template");
}

/* ── literal output ── */

static bool pending, pending_break; /* white space not yet written */

static void settle(void)
{
	if (pending && !h.fresh) {
		buf_char(&lit, pending_break ? '\n' : ' ');
		h.fresh = pending_break;
	}
	pending = pending_break = false;
}

static void put_char(char c)
{
	bool collapses = !h.pre && (h.place == TEXT || h.place == TAG);
	if (is_space(c) && collapses) {
		pending = true;
		pending_break |= c == '\n' && h.place == TEXT;
		return;
	}
	settle();
	buf_char(&lit, c);
	h.fresh = false;
}

static void put_escaped(unsigned char c)
{
	if (c == '"' || c == '\\' || c == '?') { /* '?': no trigraphs */
		buf_char(&out, '\\');
		buf_char(&out, (char)c);
	} else if (c >= 0x80 || c < 0x20) {
		buf_fmt(&out, "\\%03o", c);
	} else {
		buf_char(&out, (char)c);
	}
}

static void flush(void)
{
	settle();
	struct str s = buf_get(&lit);
	if (!s.n)
		return;
	buf_lit(&out, "\tbuf_add(&o->b, \"");
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\n')
			put_escaped((unsigned char)s.p[i]);
		else
			buf_str(&out, i + 1 < s.n ? S("\\n\"\n\t\t\"") : S("\\n"));
	}
	buf_fmt(&out, "\", %zu);\n", s.n);
	lit.n = 0;
}

static void mark_line(void)
{
	buf_fmt(&out, "#line %d \"%s\"\n", line, in_path);
}

/* ── expressions ── */

static bool is_name(struct str w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!(isalpha((unsigned char)w.p[i]) || w.p[i] == '_' || (i && isdigit((unsigned char)w.p[i]))))
			return false;
	return w.n > 0;
}

static struct str take_word(struct str *s)
{
	*s = str_trim(*s);
	size_t n = 0;
	if (s->n && s->p[0] == '"') {
		for (n = 1; n < s->n && s->p[n] != '"'; n++) {
			if (s->p[n] == '\n')
				die("a text stands on one line");
			n += s->p[n] == '\\';
		}
		n++;
		if (n > s->n)
			die("a text without its closing quote");
	} else {
		while (n < s->n && !is_space(s->p[n]) && s->p[n] != '"')
			n++;
		if (n < s->n && s->p[n] == '"')
			die("a space is missing before the text");
	}
	struct str w = str_sub(*s, 0, n);
	*s = str_trim(str_sub(*s, n, s->n));
	return w;
}

static void nothing_left(struct str rest)
{
	if (rest.n)
		die("'%.*s' is too much here", STR_ARG(rest));
}

static bool all_capitals(struct str w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!(isupper((unsigned char)w.p[i]) || w.p[i] == '_' || isdigit((unsigned char)w.p[i])))
			return false;
	return w.n && isupper((unsigned char)w.p[0]);
}

/* The scope variable `up` levels out: v0 is the page, vN the element of loop or with N. */
static int scope_number(int up)
{
	for (int i = depth - 1; i >= 0; i--) {
		if (scopes[i].kind == IF || scopes[i].number < 0)
			continue;
		if (up-- == 0)
			return scopes[i].number;
	}
	if (up > 0)
		die("'../' leads out of the template");
	return 0;
}

/* The loop around, for @number. */
static int loop_number(void)
{
	for (int i = depth - 1; i >= 0; i--)
		if (scopes[i].kind == EACH && scopes[i].number >= 0)
			return scopes[i].number;
	die("@index and @number stand inside {{#each}}");
}

/* Names joined by '.' and '->'. */
static void path_check(struct str whole)
{
	struct str w = whole;
	size_t from = 0;
	for (size_t i = 0; i <= w.n; i++) {
		bool arrow = i + 1 < w.n && w.p[i] == '-' && w.p[i + 1] == '>';
		if (i < w.n && w.p[i] != '.' && !arrow)
			continue;
		if (!is_name(str_sub(w, from, i)))
			die("'%.*s' is no name", STR_ARG(whole));
		i += arrow;
		from = i + 1;
	}
}

static const char *expr(struct str w)
{
	int up = 0;
	int64_t figure;
	if (!w.n)
		die("a name is missing");
	if (w.p[0] == '"' || str_int(w, &figure) || all_capitals(w))
		return str_c(mem, w);
	if (w.p[0] == '*')
		return str_fmt(mem, "(*%s)", expr(str_sub(w, 1, w.n))).p;
	if (str_is(w, "@index"))
		return str_fmt(mem, "(int64_t)i%d", loop_number()).p;
	if (str_is(w, "@number"))
		return str_fmt(mem, "(int64_t)(i%d + 1)", loop_number()).p;
	while (str_starts(w, S("../"))) {
		up++;
		w = str_sub(w, 3, w.n);
	}
	if (!str_is(w, "."))
		path_check(w);
	int n = scope_number(up);
	if (str_is(w, "."))
		return str_fmt(mem, "v%d", n).p;
	return str_fmt(mem, "v%d->%.*s", n, STR_ARG(w)).p;
}

/* The element itself: loops over texts or numbers have elements that are no structs. */
static const char *value(struct str w)
{
	return w.n && w.p[w.n - 1] == '.' && w.p[0] != '*' ? str_fmt(mem, "(*%s)", expr(w)).p : expr(w);
}

/* ── values and texts ── */

static const char *put_function(void)
{
	switch (h.place) {
	case TEXT: return "HTML_PUT_TEXT";
	case ATTR: return "HTML_PUT_ATTR";
	case URL_START: return "HTML_PUT_URL";
	case URL_REST: return "HTML_PUT_URL_PART";
	default: die("a value may stand in text or in a double-quoted attribute only");
	}
}

/* x=expr y=helper:expr … into an array of msg_arg. */
static int arguments(struct str rest)
{
	struct buf args;
	int n = 0;
	buf_init(&args, mem, 1 << 16);
	while ((rest = str_trim(rest)).n) {
		struct str w = take_word(&rest);
		ptrdiff_t eq = str_index(w, '=');
		struct str key = str_sub(w, 0, eq < 0 ? 0 : (size_t)eq), v = str_sub(w, (size_t)(eq + 1), w.n);
		if (eq <= 0 || !is_name(key))
			die("'%.*s': expected name=value", STR_ARG(w));
		ptrdiff_t colon = str_index(v, ':');
		struct str helper = str_sub(v, 0, colon < 0 ? 0 : (size_t)colon);
		if (colon >= 0 && !is_name(helper))
			die("'%.*s' is no helper", STR_ARG(helper));
		if (colon >= 0)
			buf_fmt(&args, " { \"%.*s\", fmt_%.*s(o->cx, %s) },", STR_ARG(key), STR_ARG(helper), value(str_sub(v, (size_t)colon + 1, v.n)));
		else
			buf_fmt(&args, " { \"%.*s\", HTML_VALUE(o->cx, %s) },", STR_ARG(key), value(v));
		n++;
	}
	if (n > VALUES_MAX)
		die("at most %d values in a text", VALUES_MAX);
	if (n)
		buf_fmt(&out, "\t{ const struct msg_arg a[] = {%s };\n", buf_get(&args).p);
	return n;
}

static struct str take_text(struct str *rest)
{
	struct str w = take_word(rest);
	if (w.n < 3 || w.p[0] != '"')
		die("expected a text in double quotes");
	return w;
}

/* kind: ' ' {{_ , 'n' {{_n , 'c' {{_c . The marks N_, ngettext_ and pgettext_ are what xgettext looks for. */
static void translated(struct str rest, char kind)
{
	if (h.place != TEXT && h.place != ATTR)
		die("a text may stand in text or in a double-quoted attribute that is no address");
	const char *count = kind == 'n' ? value(take_word(&rest)) : NULL;
	struct str first = take_text(&rest), second = kind == ' ' ? STR_NONE : take_text(&rest);
	flush();
	h.fresh = false;
	mark_line();
	int n = arguments(rest);
	struct str text;
	if (kind == 'n')
		text = str_fmt(mem, "trn(o->cx->lang, ngettext_(%.*s, %.*s), (int64_t)%s)", STR_ARG(first), STR_ARG(second), count);
	else if (kind == 'c')
		text = str_fmt(mem, "tr_in(o->cx->lang, pgettext_(%.*s, %.*s))", STR_ARG(first), STR_ARG(second));
	else
		text = str_fmt(mem, "tr(o->cx->lang, N_(%.*s))", STR_ARG(first));
	const char *put = h.place == TEXT ? "html_text" : "html_attr";
	if (n)
		buf_fmt(&out, "\t%s(o, msg_fill(o->cx, %s, %d, a)); }\n", put, text.p, n);
	else
		buf_fmt(&out, "\t%s(o, str_of(%s));\n", put, text.p);
}

static void helper(struct str w, struct str rest)
{
	static const char *const inner[] = { "begin", "text", "attr", "url", "url_part", "url_check", "raw", "int", "view", NULL };
	if (!is_name(w) || one_of(str_c(mem, w), inner))
		die("'%.*s' is no helper", STR_ARG(w));
	put_function();
	if (h.place == URL_START)
		buf_lit(&out, "\t{ size_t from = o->b.n;\n");
	buf_fmt(&out, "\thtml_%.*s(o", STR_ARG(w));
	while (rest.n)
		buf_fmt(&out, ", %s", expr(take_word(&rest)));
	buf_lit(&out, ");\n");
	if (h.place == URL_START)
		buf_lit(&out, "\thtml_url_check(o, from); }\n");
}

static void helper_or_value(struct str rest)
{
	struct str w = take_word(&rest);
	put_function();
	flush();
	h.fresh = false;
	mark_line();
	if (rest.n)
		helper(w, rest);
	else
		buf_fmt(&out, "\t%s(o, %s);\n", put_function(), value(w));
	if (h.place == URL_START) {
		h.place = URL_REST;
		h.scheme_open = true;
	}
}

/* ── blocks ── */

static void push(enum block kind, int number)
{
	if (depth == DEPTH_MAX)
		die("more than %d levels", DEPTH_MAX);
	scopes[depth++] = (struct scope){ .kind = kind, .number = number, .line = line, .before = h };
}

static void open_if(struct str rest)
{
	static const char *const comparisons[] = { "==", "!=", "<", ">", "<=", ">=", NULL };
	bool negative = rest.n && rest.p[0] == '!';
	if (negative)
		rest = str_sub(rest, 1, rest.n);
	struct str a = take_word(&rest), op = take_word(&rest), b = take_word(&rest);
	if (rest.n || (op.n && (negative || !b.n || !one_of(str_c(mem, op), comparisons))))
		die("{{#if}} takes NAME, !NAME, NAME == VALUE or NAME != VALUE");
	if (!op.n)
		buf_fmt(&out, "\tif (%sHTML_TRUE(%s)) {\n", negative ? "!" : "", value(a));
	else if (b.p[0] != '"')
		buf_fmt(&out, "\tif (%s %.*s %s) {\n", value(a), STR_ARG(op), value(b));
	else if (op.p[0] == '<' || op.p[0] == '>')
		die("texts are compared with == and != only");
	else
		buf_fmt(&out, "\tif (%sstr_is(%s, %.*s)) {\n", op.p[0] == '!' ? "!" : "", value(a), STR_ARG(b));
	push(IF, 0);
}

static void open_each(struct str rest)
{
	struct str word = take_word(&rest);
	const char *list = expr(word);
	nothing_left(rest);
	if (word.p[0] == '@' || word.p[0] == '*' || word.p[word.n - 1] == '.' || !strstr(list, "->"))
		die("{{#each}} takes the name of a list");
	if (h.place == URL_START)
		die("a loop cannot begin an address");
	size_t cut = strlen(list);
	while (list[cut - 1] != '.' && list[cut - 1] != '>')
		cut--;
	struct str count = str_fmt(mem, "%.*sn_%s", (int)cut, list, list + cut);
	int n = ++counter;
	buf_fmt(&out, "\tif (%s) {\n\tfor (size_t i%d = 0; i%d < (size_t)%s; i%d++) {\n\tconst __typeof__(*%s) *v%d = &%s[i%d]; (void)v%d;\n", count.p, n, n, count.p, n,
		list, n, list, n, n);
	push(EACH, n);
	h.fresh = false; /* the second round begins where the first ended */
}

static void open_with(struct str rest)
{
	struct str word = take_word(&rest);
	const char *m = expr(word);
	nothing_left(rest);
	int n = ++counter;
	buf_fmt(&out, "\t{ const __typeof__(%s) *v%d = &%s; (void)v%d;\n", m, n, m, n);
	push(WITH, n);
}

static void open_block(struct str rest)
{
	struct str word = take_word(&rest);
	if (str_is(word, "if"))
		open_if(rest);
	else if (str_is(word, "each"))
		open_each(rest);
	else if (str_is(word, "with"))
		open_with(rest);
	else
		die("unknown block '%.*s'", STR_ARG(word));
}

static void close_block(struct str what)
{
	if (!depth)
		die("{{/%.*s}} closes nothing", STR_ARG(what));
	struct scope *s = &scopes[depth - 1];
	if (!str_is(what, block_names[s->kind]))
		die("{{/%.*s}} closes nothing; open is {{#%s}} of line %d", STR_ARG(what), block_names[s->kind], s->line);
	/* Without {{else}} the other way is the empty one; {{#with}} has one way only. */
	if (s->kind != WITH)
		join(s->has_else ? &s->first : &s->before, s->line);
	buf_str(&out, s->kind == EACH && !s->has_else ? S("\t} }\n") : S("\t}\n"));
	depth--;
}

static void do_else(void)
{
	if (!depth || scopes[depth - 1].kind == WITH || scopes[depth - 1].has_else)
		die("{{else}} belongs into {{#if}} or {{#each}}");
	struct scope *s = &scopes[depth - 1];
	s->has_else = true;
	if (s->kind == EACH) {
		/* A loop runs more than once, so it must end where it began. */
		join(&s->before, s->line);
		buf_lit(&out, "\t} } else {\n");
		s->number = -1; /* here is no element */
	} else {
		buf_lit(&out, "\t} else {\n");
	}
	s->first = h;
	h = s->before;
}

static void part(struct str rest)
{
	struct str p = take_word(&rest), arg = take_word(&rest);
	nothing_left(rest);
	if (!is_name(p))
		die("'%.*s' is no name of a part", STR_ARG(p));
	if (h.place != TEXT)
		die("a part may stand in text only");
	h.fresh = false;
	bool pointer = arg.n && arg.p[0] == '*';
	if (pointer)
		arg = str_sub(arg, 1, arg.n);
	if (!arg.n || str_is(arg, "."))
		buf_fmt(&out, "\t%.*s_html(o, v%d);\n", STR_ARG(p), scope_number(0));
	else
		buf_fmt(&out, "\t%.*s_html(o, %s%s);\n", STR_ARG(p), pointer || str_ends(arg, S("/.")) ? "" : "&", expr(arg));
}

/* ── tags ── */

static void head(struct str rest)
{
	rest = str_trim(rest);
	if (str_starts(rest, S("include "))) {
		struct str file = str_trim(str_sub(rest, 8, rest.n));
		if (file.n < 3 || file.p[0] != '"' || file.p[file.n - 1] != '"')
			die("{{! include takes \"header\"");
		headers = str_fmt(mem, "%.*s#include %.*s\n", STR_ARG(headers), STR_ARG(file));
		return;
	}
	if (name.n)
		return; /* a comment */
	ptrdiff_t open = str_index(rest, '('), star = str_index(rest, '*'), quote = str_index(rest, '"');
	if (open > 0 && star > open && quote > star && rest.p[rest.n - 1] == '"')
		name = str_trim(str_sub(rest, 0, (size_t)open));
	if (!is_name(name))
		die("the first line must be {{! NAME(struct TYPE *v) \"header\" }}");
	type_name = str_trim(str_sub(rest, (size_t)open + 1, (size_t)star));
	headers = str_fmt(mem, "#include %.*s\n", STR_ARG(str_sub(rest, (size_t)quote, rest.n)));
}

static void block_or_part(struct str t)
{
	struct str rest = str_trim(str_sub(t, 1, t.n));
	flush();
	mark_line();
	if (t.p[0] == '/')
		close_block(rest);
	else if (t.p[0] == '#')
		open_block(rest);
	else if (t.p[0] == '>')
		part(rest);
	else
		do_else();
}

static void tag(struct str t)
{
	if (!t.n)
		die("{{}} is empty");
	if (t.p[0] == '!') {
		head(str_sub(t, 1, t.n));
		return;
	}
	if (!name.n)
		die("the first line must be {{! NAME(struct TYPE *v) \"header\" }}");
	struct str rest = t, word = take_word(&rest);
	if (str_is(word, "else") && rest.n)
		die("{{else}} stands alone; nest another {{#if}}");
	check_place();
	if (t.p[0] == '#' || t.p[0] == '/' || t.p[0] == '>' || str_is(word, "else")) {
		if (h.place == NAME) /* names of attributes are whole on each side of a block */
			name_end(TAG);
		block_or_part(t);
	} else if (str_is(word, "_") || str_is(word, "_n") || str_is(word, "_c")) {
		translated(rest, word.n > 1 ? word.p[1] : ' ');
	} else {
		helper_or_value(t);
	}
}

/* The end of the tag at src.p[at]: }} outside of quotes; a comment is not read for quotes. */
static size_t tag_end(void)
{
	bool comment = at + 2 < src.n && src.p[at + 2] == '!', quoted = false;
	for (size_t i = at + 2; i + 1 < src.n; i++) {
		if (quoted && src.p[i] == '\\')
			i++;
		else if (src.p[i] == '"' && !comment)
			quoted = !quoted;
		else if (!quoted && src.p[i] == '}' && src.p[i + 1] == '}')
			return i;
	}
	die("{{ without }}");
}

/* A block tag, {{else}} or comment that has its line for itself takes the line with it. Gives the place to go on. */
static size_t whole_line(struct str t, size_t end)
{
	size_t from = at, to = end;
	bool leaves_line = t.n && (t.p[0] == '#' || t.p[0] == '/' || t.p[0] == '!' || str_is(t, "else"));
	if (!leaves_line || h.pre || h.place == ATTR || h.place == URL_START || h.place == URL_REST)
		return end;
	while (from && (src.p[from - 1] == ' ' || src.p[from - 1] == '\t'))
		from--;
	while (to < src.n && (src.p[to] == ' ' || src.p[to] == '\t' || src.p[to] == '\r'))
		to++;
	if ((from && src.p[from - 1] != '\n') || (to < src.n && src.p[to] != '\n'))
		return end;
	return to < src.n ? to + 1 : to;
}

static void compile_tag(void)
{
	size_t close = tag_end();
	struct str t = str_trim(str_sub(src, at + 2, close));
	tag(t);
	for (size_t to = whole_line(t, close + 2); at < to; at++)
		line += src.p[at] == '\n';
}

static void compile(void)
{
	while (at < src.n) {
		char c = src.p[at];
		if (c == '{' && at + 1 < src.n && src.p[at + 1] == '{') {
			compile_tag();
			continue;
		}
		if (!name.n && !is_space(c))
			die("the first line must be {{! NAME(struct TYPE *v) \"header\" }}");
		bool comment = h.place == COMMENT;
		bool outside = h.place == TEXT || h.place == RAW;
		step(c);
		if (!comment && h.place != COMMENT)
			put_char(c);
		if (outside && h.place == TAG) /* the name of the element is read already */
			for (size_t n = strlen(h.tag) + h.closing; n; n--)
				put_char(src.p[++at]);
		line += c == '\n';
		at++;
	}
	if (depth) {
		line = scopes[depth - 1].line;
		die("{{#%s}} is not closed", block_names[scopes[depth - 1].kind]);
	}
	if (h.place != TEXT)
		die("the template ends inside a %s", h.place == COMMENT ? "comment" : "tag");
	pending = false; /* parts stand close to what surrounds them */
	flush();
}

/* ── files ── */

static void write_file(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static struct str read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct buf b;
	char piece[65536];
	size_t n;
	if (!f) {
		perror(path);
		exit(1);
	}
	buf_init(&b, mem, 1 << 24);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	return buf_get(&b);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void write_c(const char *path, const char *header)
{
	const char *n = str_c(mem, name), *t = str_c(mem, type_name);
	struct str body = buf_get(&out);
	write_file(path, str_fmt(mem,
				 "/* Made by tplgen from %s; do not edit. */\n#include \"%s\"\n#include \"web/lang.h\"\n\nvoid %s_html(struct html_out *o, const %s *v0)\n{\n"
				 "\t(void)v0;\n%s}\n\nvoid %s_view(struct html_out *o, const void *v)\n{\n\t%s_html(o, v);\n}\n",
				 base_name(in_path), base_name(header), n, t, body.p, n, n));
}

static void write_h(const char *path)
{
	const char *n = str_c(mem, name), *t = str_c(mem, type_name);
	write_file(path, str_fmt(mem,
				 "/* Made by tplgen from %s; do not edit. */\n#pragma once\n#include \"web/html.h\"\n%svoid %s_html(struct html_out *o, const %s *v0);\n"
				 "void %s_view(struct html_out *o, const void *v);\n",
				 base_name(in_path), headers.p, n, t, n));
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: tplgen IN.html OUT.c OUT.h\n");
		return 2;
	}
	mem = arena_new();
	in_path = argv[1];
	src = read_file(argv[1]);
	buf_init(&out, mem, 1 << 24);
	buf_init(&lit, mem, 1 << 24);
	compile();
	if (!name.n)
		die("the first line must be {{! NAME(struct TYPE *v) \"header\" }}");
	write_c(argv[2], argv[3]);
	write_h(argv[3]);
	arena_free(mem);
	return 0;
}
