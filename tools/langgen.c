/* langgen: translations (.po) in, constant C tables out.
 *
 *   langgen OUT.c HI.po …
 *
 * The language is the name of the file: hi.po fills lang_tables[LANG_HI]. Fuzzy, obsolete and empty translations are left out,
 * so their texts stay English. Refused: a translation whose {places} are not those of the English text (every plural form must
 * have the places of the plural text: in Hindi the form of "one" stands for 0 too), a text that stands twice with different
 * translations, and a plural rule that is more than arithmetic over n or gives a form that does not exist. */
#include "base/arena.h"
#include "base/str.h"
#include "web/lang.h"

#include <ctype.h>
#include <gettext-po.h>

enum { FORMS_MAX = 6, ENTRIES_MAX = 60000 };
struct entry {
	const char *english; /* with context: context \004 text */
	const char *text[FORMS_MAX];
};
struct language {
	const char *file;
	char name[16], upper[16];
	struct str rule;
	size_t n_forms;
	struct entry *v;
	size_t n;
};

static struct arena *mem;
static int faults;

static void fault(const char *file, const char *fmt, const char *a, const char *b)
{
	fprintf(stderr, "%s: %s", file, fmt);
	fprintf(stderr, b ? ": \"%s\" and \"%s\"\n" : ": \"%s\"\n", a, b);
	faults++;
}

/* ── what libgettextpo has to say ── */

static void on_error(int severity, po_message_t m, const char *file, size_t line, size_t column, int multiline, const char *text)
{
	(void)m;
	(void)column;
	(void)multiline;
	if (severity == PO_SEVERITY_WARNING)
		return;
	fprintf(stderr, "%s:%zu: %s\n", file ? file : "", line, text);
	faults++;
}

static void on_error2(int severity, po_message_t a, const char *f1, size_t l1, size_t c1, int m1, const char *t1, po_message_t b, const char *f2, size_t l2,
		      size_t c2, int m2, const char *t2)
{
	(void)b;
	(void)f2;
	(void)l2;
	(void)c2;
	(void)m2;
	(void)t2;
	on_error(severity, a, f1, l1, c1, m1, t1);
}

/* libgettextpo 0.21 forgets one piece for each file it reads; the build runs langgen under AddressSanitizer too. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libgettextpo";
}
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

static const struct po_xerror_handler handler = { on_error, on_error2 };

/* ── places ── */

static bool has_place(struct str text, struct str wanted)
{
	struct str before, name;
	while (lang_place(&text, &before, &name))
		if (str_eq(name, wanted))
			return true;
	return false;
}

/* Every {place} of `of` stands in `in`. */
static bool places_in(const char *of, const char *in)
{
	struct str rest = str_of(of), before, name;
	while (lang_place(&rest, &before, &name))
		if (!has_place(str_of(in), name))
			return false;
	return true;
}

static bool places_same(const char *a, const char *b)
{
	return places_in(a, b) && places_in(b, a);
}

/* ── the plural rule: C already, evaluated here once to be sure of it ── */

struct rule {
	struct str rest;
	unsigned long n;
	bool bad;
};
static unsigned long condition(struct rule *r);

static bool take(struct rule *r, const char *sign)
{
	r->rest = str_trim(r->rest);
	if (!str_starts(r->rest, str_of(sign)))
		return false;
	r->rest = str_sub(r->rest, strlen(sign), r->rest.n);
	return true;
}

static unsigned long atom(struct rule *r)
{
	unsigned long v = 0;
	if (take(r, "n"))
		return r->n;
	if (take(r, "(")) {
		v = condition(r);
		r->bad |= !take(r, ")");
		return v;
	}
	if (take(r, "!"))
		return !atom(r);
	r->rest = str_trim(r->rest);
	r->bad |= !r->rest.n || !isdigit((unsigned char)r->rest.p[0]);
	for (; r->rest.n && isdigit((unsigned char)r->rest.p[0]) && v < 1000000; r->rest = str_sub(r->rest, 1, r->rest.n))
		v = v * 10 + (unsigned long)(r->rest.p[0] - '0');
	return v;
}

static const struct {
	const char *sign;
	int level;
} operators[] = { { "||", 0 }, { "&&", 1 }, { "==", 2 }, { "!=", 2 }, { "<=", 3 }, { ">=", 3 }, { "<", 3 }, { ">", 3 }, { "+", 4 }, { "-", 4 }, { "*", 5 }, { "%", 5 }, { "/", 5 } };

static unsigned long apply(struct rule *r, size_t op, unsigned long a, unsigned long b)
{
	if (op >= 11 && b == 0) {
		r->bad = true;
		return 0;
	}
	switch (op) {
	case 0: return a || b;
	case 1: return a && b;
	case 2: return a == b;
	case 3: return a != b;
	case 4: return a <= b;
	case 5: return a >= b;
	case 6: return a < b;
	case 7: return a > b;
	case 8: return a + b;
	case 9: return a - b;
	case 10: return a * b;
	case 11: return a % b;
	default: return a / b;
	}
}

static unsigned long binary(struct rule *r, int level)
{
	unsigned long v = level == 6 ? atom(r) : binary(r, level + 1);
	for (size_t i = 0; level < 6 && i < sizeof operators / sizeof *operators; i++) {
		if (operators[i].level != level || r->bad || !take(r, operators[i].sign))
			continue;
		v = apply(r, i, v, binary(r, level + 1));
		i = (size_t)-1;
	}
	return v;
}

static unsigned long condition(struct rule *r)
{
	unsigned long c = binary(r, 0);
	if (r->bad || !take(r, "?"))
		return c;
	unsigned long yes = condition(r);
	r->bad |= !take(r, ":");
	unsigned long no = r->bad ? 0 : condition(r);
	return c ? yes : no;
}

static void rule_check(const struct language *l)
{
	for (unsigned long n = 0; n < 2000; n++) {
		struct rule r = { .rest = l->rule, .n = n };
		unsigned long form = condition(&r);
		if (r.bad || str_trim(r.rest).n || form >= l->n_forms) {
			fault(l->file, "the plural rule does not work", str_c(mem, l->rule), NULL);
			return;
		}
	}
}

static void read_rule(struct language *l, po_file_t po)
{
	const char *header = po_file_domain_header(po, NULL);
	char *field = header ? po_header_field(header, "Plural-Forms") : NULL;
	struct str all = str_of(field ? str_c(mem, str_of(field)) : "");
	ptrdiff_t number = str_find(all, S("nplurals=")), rule = str_find(all, S("plural="));
	struct str tail = str_sub(all, number < 0 ? all.n : (size_t)number + 9, all.n);
	free(field);
	rule = str_find(tail, S("plural="));
	struct str rest = str_sub(tail, rule < 0 ? tail.n : (size_t)rule + 7, tail.n), count;
	if (!tail.n || !isdigit((unsigned char)tail.p[0]) || !str_cut(&rest, ';', &l->rule) || !str_cut(&tail, ';', &count) || count.n != 1) {
		fault(l->file, "the header needs Plural-Forms: nplurals=N; plural=…;", str_c(mem, all), NULL);
		return;
	}
	l->n_forms = (size_t)(count.p[0] - '0');
	if (l->n_forms < 1 || l->n_forms > FORMS_MAX)
		fault(l->file, "the number of plural forms is odd", str_c(mem, all), NULL);
	else
		rule_check(l);
}

/* ── reading ── */

static const char *key_of(po_message_t m)
{
	const char *context = po_message_msgctxt(m), *text = po_message_msgid(m);
	return context ? str_fmt(mem, "%s\004%s", context, text).p : text;
}

static void take_message(struct language *l, po_message_t m)
{
	const char *english = po_message_msgid(m), *plural = po_message_msgid_plural(m);
	struct entry e = { .english = key_of(m) };
	if (!english[0] || po_message_is_fuzzy(m) || po_message_is_obsolete(m))
		return;
	for (size_t i = 0; i < l->n_forms; i++) {
		const char *t = plural ? po_message_msgstr_plural(m, (int)i) : po_message_msgstr(m);
		if (!t || !t[0])
			return;
		if (!places_same(plural ? plural : english, t))
			fault(l->file, "the places differ", plural ? plural : english, t);
		e.text[i] = t;
	}
	if (l->n == ENTRIES_MAX)
		fault(l->file, "too many texts", english, NULL);
	else
		*ARENA_PUSH(mem, l->v, l->n) = e;
}

static void name_of(struct language *l)
{
	const char *slash = strrchr(l->file, '/'), *base = slash ? slash + 1 : l->file;
	size_t n = strcspn(base, ".");
	if (!n || n >= sizeof l->name)
		fault(l->file, "the name of the file must be a language", base, NULL);
	for (size_t i = 0; i < n && i + 1 < sizeof l->name; i++) {
		l->name[i] = isalnum((unsigned char)base[i]) ? (char)tolower((unsigned char)base[i]) : '_';
		l->upper[i] = (char)toupper((unsigned char)l->name[i]);
	}
}

static po_file_t read_language(struct language *l)
{
	name_of(l);
	po_file_t po = po_file_read(l->file, &handler);
	if (!po) {
		if (!faults)
			perror(l->file);
		faults++;
		return NULL;
	}
	read_rule(l, po);
	if (faults)
		return po;
	po_message_iterator_t it = po_message_iterator(po, NULL);
	for (po_message_t m; (m = po_next_message(it));)
		take_message(l, m);
	po_message_iterator_free(it);
	return po;
}

/* ── writing ── */

static void c_string(FILE *f, const char *s)
{
	fputc('"', f);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\' || *s == '?')
			fprintf(f, "\\%c", *s);
		else if ((unsigned char)*s < ' ')
			fprintf(f, "\\%03o", (unsigned)*s);
		else
			fputc(*s, f);
	}
	fputc('"', f);
}

static void write_slots(FILE *f, const struct language *l, size_t n_slots)
{
	uint16_t *slot = arena_array(mem, n_slots, sizeof *slot);
	for (size_t i = 0; i < l->n; i++) {
		size_t at = lang_hash(l->v[i].english) & (n_slots - 1);
		while (slot[at])
			at = (at + 1) & (n_slots - 1);
		slot[at] = (uint16_t)(i + 1);
	}
	fprintf(f, "static const uint16_t slots_%s[] = {", l->name);
	for (size_t i = 0; i < n_slots; i++)
		fprintf(f, "%s%u,", i % 16 ? " " : "\n\t", slot[i]);
	fprintf(f, "\n};\n\n");
}

static void write_language(FILE *f, const struct language *l, size_t n_slots)
{
	fprintf(f, "static size_t plural_%s(int64_t n)\n{\n\t(void)n;\n\treturn (size_t)(%.*s);\n}\n\n", l->name, STR_ARG(l->rule));
	for (size_t i = 0; i < l->n; i++) {
		fprintf(f, "static const char *const %s_%zu[] = {", l->name, i);
		for (size_t k = 0; k < l->n_forms; k++) {
			fputc(' ', f);
			c_string(f, l->v[i].text[k]);
			fputc(',', f);
		}
		fprintf(f, " };\n");
	}
	fprintf(f, "static const struct lang_entry entries_%s[] = {\n", l->name);
	for (size_t i = 0; i < l->n; i++) {
		fprintf(f, "\t{ ");
		c_string(f, l->v[i].english);
		fprintf(f, ", %s_%zu },\n", l->name, i);
	}
	fprintf(f, "\t{ 0 },\n};\n");
	write_slots(f, l, n_slots);
}

static size_t slots_for(const struct language *l)
{
	size_t n = 2;
	while (n < 2 * l->n + 2)
		n *= 2;
	return n;
}

static int write_all(const char *path, const struct language *v, size_t n)
{
	FILE *f = fopen(path, "wb");
	if (!f) {
		perror(path);
		return 1;
	}
	fprintf(f, "/* Made by langgen; do not edit. */\n#include \"web/lang.h\"\n\n");
	for (size_t i = 0; i < n; i++)
		write_language(f, &v[i], slots_for(&v[i]));
	fprintf(f, "const struct lang_table lang_tables[LANG_COUNT_] = {\n");
	for (size_t i = 0; i < n; i++)
		fprintf(f, "\t[LANG_%s] = { entries_%s, %zu, plural_%s, slots_%s, %zu },\n", v[i].upper, v[i].name, v[i].n, v[i].name, v[i].name, slots_for(&v[i]));
	fprintf(f, "};\n");
	bool failed = ferror(f) != 0;
	return fclose(f) != 0 || failed;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: langgen OUT.c HI.po …\n");
		return 2;
	}
	mem = arena_new();
	size_t n = (size_t)argc - 2;
	struct language *v = ARENA_ARRAY(mem, struct language, n);
	po_file_t *files = ARENA_ARRAY(mem, po_file_t, n);
	for (size_t i = 0; i < n; i++) {
		v[i].file = argv[i + 2];
		files[i] = read_language(&v[i]);
	}
	int status = faults ? 1 : write_all(argv[1], v, n);
	for (size_t i = 0; i < n; i++)
		if (files[i])
			po_file_free(files[i]);
	arena_free(mem);
	return status;
}
