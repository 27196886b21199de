/* A growing list of findings with a ceiling; see finding.h. */
#include "text/finding.h"
#include "base/utf8.h"

enum { VALUE_MAX = 80 };

/* The list ends with this sentence when it is full, so that nobody takes it for complete. */
static const char and_more[] = N_("There is more to correct; only the first {n} findings are listed");

static struct finding *place(struct findings *f)
{
	if (f->n >= FINDINGS_MAX)
		return NULL;
	return ARENA_PUSH(f->arena, f->v, f->n);
}

void finding_add(struct findings *f, struct str file, int line, const char *text, size_t n, const struct msg_arg *args)
{
	BUG_IF(n > MSG_ARGS_MAX);
	struct finding *x = place(f);
	if (!x)
		return;
	if (f->n == FINDINGS_MAX) {
		*x = (struct finding){ .file = file, .text = and_more, .n_args = 1 };
		x->args[0] = (struct msg_arg){ "n", str_fmt(f->arena, "%d", FINDINGS_MAX - 1) };
		return;
	}
	*x = (struct finding){ .file = file, .line = line, .text = text, .n_args = n };
	for (size_t i = 0; i < n; i++)
		x->args[i] = (struct msg_arg){ args[i].name, str_dup(f->arena, utf8_prefix(args[i].value, VALUE_MAX)) };
}

void finding_add_what(struct findings *f, struct str file, int line, const char *text, struct str what)
{
	finding_add(f, file, line, text, 1, (struct msg_arg[]){ { "what", what } });
}

static int line_of_bad_byte(struct str source)
{
	int line = 1;
	struct str part;
	while (str_cut(&source, '\n', &part) && utf8_valid(part))
		line++;
	return line;
}

bool finding_check_source(struct findings *f, struct str file, struct str source)
{
	if (source.n > TEXT_MAX) {
		finding_add(f, file, 0, N_("The file is larger than 1 MiB"), 0, NULL);
		return false;
	}
	if (source.n && !utf8_valid(source)) {
		finding_add(f, file, line_of_bad_byte(source), N_("The text is not UTF-8"), 0, NULL);
		return false;
	}
	return true;
}

static const struct msg_arg *arg_named(const struct finding *x, struct str name)
{
	for (size_t i = 0; i < x->n_args; i++)
		if (str_is(name, x->args[i].name))
			return &x->args[i];
	return NULL;
}

struct str finding_text(struct arena *a, const struct finding *x)
{
	struct buf b;
	buf_init(&b, a, 8192);
	struct str rest = str_of(x->text);
	ptrdiff_t open;
	while ((open = str_index(rest, '{')) >= 0) {
		struct str tail = str_sub(rest, (size_t)open + 1, rest.n);
		ptrdiff_t close = str_index(tail, '}');
		const struct msg_arg *arg = close < 0 ? NULL : arg_named(x, str_sub(tail, 0, (size_t)close));
		size_t taken = arg ? (size_t)open + (size_t)close + 2 : (size_t)open + 1;
		buf_add(&b, rest.p, arg ? (size_t)open : taken);
		if (arg)
			buf_str(&b, arg->value);
		rest = str_sub(rest, taken, rest.n);
	}
	buf_str(&b, rest);
	return buf_get(&b);
}
