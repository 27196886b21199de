/* What is right in a framework, and its CSV; see framework.h. */
#include "feature/competency/framework.h"
#include "base/utf8.h"
#include "feature/competency/framework_case.h"
#include "text/csv.h"

#include <sodium.h>
#include <stdlib.h>

const char *const entry_kinds[ENTRY_KINDS + 1] = { "area", "theme", "sub-theme", "sankalp", "guna", NULL };

bool framework_code_good(struct str code)
{
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (!i || (c != '.' && c != '-' && c != '_')))
			return false;
	}
	return code.n > 0 && code.n <= FRAMEWORK_CODE_MAX;
}

bool framework_uuid_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
		if (hyphen ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return s.n == 36;
}

struct str framework_uuid(struct arena *a, struct str framework, struct str code)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	struct str name = str_fmt(a, "%.*s%c%.*s", STR_ARG(framework), 0, STR_ARG(code));
	crypto_hash_sha256(h, (const unsigned char *)name.p, framework.n + 1 + code.n);
	h[6] = (unsigned char)((h[6] & 0x0f) | 0x80);
	h[8] = (unsigned char)((h[8] & 0x3f) | 0x80);
	struct str x = str_hex(a, h, 16);
	return str_fmt(a, "%.8s-%.4s-%.4s-%.4s-%.12s", x.p, x.p + 8, x.p + 12, x.p + 16, x.p + 20);
}

/* ── what is right ── */

struct settling {
	struct findings *f;
	struct str name;
	struct framework *fw;
	struct entry **by_code; /* sorted */
};

static void wrong(struct settling *s, const struct entry *e, const char *text, struct str what)
{
	finding_add_what(s->f, s->name, e->line, text, what);
}

static int by_code(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
	int order = str_cmp(x->code, y->code);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static struct entry *entry_of(const struct settling *s, struct str code)
{
	struct entry wanted = { .code = code }, *p = &wanted;
	size_t low = 0, high = s->fw->n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (str_cmp(s->by_code[mid]->code, p->code) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->fw->n && str_eq(s->by_code[low]->code, code) ? s->by_code[low] : NULL;
}

static bool may_stand_below(enum entry_kind kind, const struct entry *parent)
{
	if (!parent)
		return kind != ENTRY_SUB_THEME;
	switch (kind) {
	case ENTRY_THEME: return parent->kind == ENTRY_AREA;
	case ENTRY_SUB_THEME: return parent->kind == ENTRY_THEME || parent->kind == ENTRY_SUB_THEME;
	default: return false;
	}
}

static void check_text(struct settling *s, const struct entry *e, struct str text, size_t max, bool must)
{
	if (must && !text.n)
		wrong(s, e, N_("“{what}” has no name"), e->code);
	if (utf8_length(text) > max)
		wrong(s, e, N_("“{what}” has a text that is too long"), e->code);
}

static void check_links(struct settling *s, const struct entry *e)
{
	if (e->replaced_by.n && (str_eq(e->replaced_by, e->code) || !entry_of(s, e->replaced_by)))
		wrong(s, e, N_("is replaced by “{what}”, which is not another entry of this file"), e->replaced_by);
	for (size_t i = 0; i < e->relates_to.n; i++)
		if (str_eq(e->relates_to.v[i], e->code) || !entry_of(s, e->relates_to.v[i]))
			wrong(s, e, N_("relates to “{what}”, which is not another entry of this file"), e->relates_to.v[i]);
}

static void check_indicators(struct settling *s, const struct entry *e)
{
	for (size_t i = 0; i < e->n_indicators; i++) {
		const struct indicator *d = &e->indicators[i];
		if (d->level < 1 || d->level > (int64_t)s->fw->n_levels)
			wrong(s, e, N_("“{what}” has an indicator of a level that the framework does not have"), e->code);
		check_text(s, e, d->text.en, FRAMEWORK_TEXT_MAX, true);
		for (size_t k = 0; k < i; k++)
			if (e->indicators[k].level == d->level)
				wrong(s, e, N_("“{what}” has two indicators of one level"), e->code);
	}
}

static void check_entry(struct settling *s, struct entry *e)
{
	if (!framework_code_good(e->code))
		wrong(s, e, N_("“{what}” is no code: letters, figures, full stop, hyphen and underscore, at most 80"), e->code);
	if (!e->identifier.n)
		e->identifier = framework_uuid(s->f->arena, s->fw->code, e->code);
	if (!framework_uuid_good(e->identifier))
		wrong(s, e, N_("“{what}” is no identifier (a UUID in small letters)"), e->identifier);
	check_text(s, e, e->name.en, FRAMEWORK_NAME_MAX, true);
	check_text(s, e, e->name.hi, FRAMEWORK_NAME_MAX, false);
	check_text(s, e, e->about.en, FRAMEWORK_TEXT_MAX, false);
	check_text(s, e, e->about.hi, FRAMEWORK_TEXT_MAX, false);
	check_links(s, e);
	check_indicators(s, e);
}

/* Up to the top; a way longer than the depth allowed is a circle, or as good as one. */
static void climb(struct settling *s, struct entry *e)
{
	const struct entry *top = e;
	e->depth = 0;
	while (top->parent.n && e->depth <= FRAMEWORK_DEPTH_MAX) {
		const struct entry *parent = entry_of(s, top->parent);
		if (!parent) {
			if (top == e)
				wrong(s, e, N_("stands below “{what}”, which is not in this file"), e->parent);
			return;
		}
		if (top == e && !may_stand_below(e->kind, parent))
			wrong(s, e, N_("cannot stand below “{what}”: themes stand below areas, sub-themes below themes or sub-themes"), e->parent);
		top = parent;
		e->depth++;
	}
	if (e->depth > FRAMEWORK_DEPTH_MAX)
		wrong(s, e, N_("“{what}” stands below itself, or too deep"), e->code);
	else if (!e->parent.n && !may_stand_below(e->kind, NULL))
		wrong(s, e, N_("“{what}” is a sub-theme and stands below nothing"), e->code);
	if (e->kind == ENTRY_AREA && !str_is(e->area, "behavioural") && !str_is(e->area, "functional") && !str_is(e->area, "domain"))
		wrong(s, e, N_("“{what}” is an area and is not called behavioural, functional or domain"), e->code);
	if (e->kind != ENTRY_AREA)
		e->area = top->kind == ENTRY_AREA ? top->area : S("");
}

static void check_twice(struct settling *s)
{
	for (size_t i = 1; i < s->fw->n; i++)
		if (str_eq(s->by_code[i]->code, s->by_code[i - 1]->code))
			wrong(s, s->by_code[i], N_("the code “{what}” stands twice"), s->by_code[i]->code);
}

/* Parents first, otherwise as they stand in the file. */
static int by_depth(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	if (x->depth != y->depth)
		return (x->depth > y->depth) - (x->depth < y->depth);
	return (x->line > y->line) - (x->line < y->line);
}

static void check_framework(struct settling *s)
{
	struct framework *fw = s->fw;
	struct str at = fw->code;
	if (!framework_code_good(fw->code))
		finding_add_what(s->f, s->name, 0, N_("“{what}” is no code of a framework"), at);
	if (!fw->identifier.n)
		fw->identifier = framework_uuid(s->f->arena, fw->code, S(""));
	if (!framework_uuid_good(fw->identifier))
		finding_add_what(s->f, s->name, 0, N_("“{what}” is no identifier (a UUID in small letters)"), fw->identifier);
	if (!fw->name.en.n || utf8_length(fw->name.en) > FRAMEWORK_NAME_MAX)
		finding_add(s->f, s->name, 0, N_("the framework has no name, or one that is too long"), 0, NULL);
	if (!fw->n_levels)
		finding_add(s->f, s->name, 0, N_("the framework has no levels"), 0, NULL);
	for (size_t i = 0; i < fw->n_levels; i++)
		if (!fw->levels[i].en.n)
			finding_add(s->f, s->name, 0, N_("a level of the framework has no name"), 0, NULL);
	if (!fw->n)
		finding_add(s->f, s->name, 0, N_("there is no competency in it"), 0, NULL);
}

void framework_settle(struct findings *f, struct str name, struct framework *fw)
{
	struct settling s = { .f = f, .name = name, .fw = fw, .by_code = ARENA_ARRAY(f->arena, struct entry *, fw->n + 1) };
	check_framework(&s);
	for (size_t i = 0; i < fw->n; i++)
		s.by_code[i] = &fw->v[i];
	qsort(s.by_code, fw->n, sizeof *s.by_code, by_code);
	check_twice(&s);
	for (size_t i = 0; i < fw->n; i++)
		climb(&s, &fw->v[i]);
	for (size_t i = 0; i < fw->n; i++)
		check_entry(&s, &fw->v[i]);
	if (fw->n)
		qsort(fw->v, fw->n, sizeof *fw->v, by_depth);
}

/* ── CSV in ── */

static const char *const columns[] = { "kind",	   "code",  "parent",	  "area",	 "level",      "name_en", "name_hi", "about_en",
				       "about_hi", "owner", "identifier", "replaced_by", "relates_to", "source",  NULL };

struct csv_reading {
	struct findings *f;
	struct str name;
	struct framework *fw;
	struct csv csv;
	int line;
	bool headed;
};

static struct str cell(struct csv_reading *r, const struct strs *row, const char *column)
{
	struct str v = str_trim(csv_get(&r->csv, row, column));
	bool guarded = v.n > 1 && v.p[0] == '\'' && strchr("=+-@", v.p[1]); /* as csv_put writes it */
	return v.p ? str_sub(v, guarded, v.n) : S("");
}

static void note(struct csv_reading *r, const char *text, struct str what)
{
	finding_add_what(r->f, r->name, r->line, text, what);
}

static struct said said_of(struct csv_reading *r, const struct strs *row, const char *en, const char *hi)
{
	return (struct said){ cell(r, row, en), cell(r, row, hi) };
}

static int64_t level_of(struct csv_reading *r, const struct strs *row)
{
	int64_t level = 0;
	struct str text = cell(r, row, "level");
	if (!str_int(text, &level) || level < 1 || level > FRAMEWORK_LEVELS_MAX) {
		note(r, N_("“{what}” is no level: a whole number from 1 to 10"), text);
		return 0;
	}
	return level;
}

static void read_head(struct csv_reading *r, const struct strs *row)
{
	struct framework *fw = r->fw;
	if (r->headed)
		note(r, N_("a second framework (“{what}”) stands in the file"), cell(r, row, "code"));
	r->headed = true;
	fw->code = cell(r, row, "code");
	fw->identifier = cell(r, row, "identifier");
	fw->source = cell(r, row, "source");
	fw->owner = cell(r, row, "owner");
	fw->name = said_of(r, row, "name_en", "name_hi");
	fw->about = said_of(r, row, "about_en", "about_hi");
	fw->n_levels = (size_t)level_of(r, row);
}

static void read_level(struct csv_reading *r, const struct strs *row)
{
	int64_t level = level_of(r, row);
	if (level < 1 || level > (int64_t)r->fw->n_levels) {
		if (level)
			note(r, N_("the framework does not have the level {what}"), cell(r, row, "level"));
		return;
	}
	r->fw->levels[level - 1] = said_of(r, row, "name_en", "name_hi");
	r->fw->level_about[level - 1] = said_of(r, row, "about_en", "about_hi");
}

static struct strs words(struct csv_reading *r, struct str text)
{
	struct strs s = { 0 };
	struct str word;
	while (str_cut(&text, ' ', &word))
		if (word.n)
			*ARENA_PUSH(r->f->arena, s.v, s.n) = word;
	return s;
}

static void read_entry(struct csv_reading *r, const struct strs *row, enum entry_kind kind)
{
	if (r->fw->n == FRAMEWORK_ENTRIES_MAX) {
		note(r, N_("the framework is too large: at most {what} entries"), S("5000"));
		return;
	}
	*ARENA_PUSH(r->f->arena, r->fw->v, r->fw->n) = (struct entry){ .kind = kind,
								       .line = r->line,
								       .code = cell(r, row, "code"),
								       .parent = cell(r, row, "parent"),
								       .area = cell(r, row, "area"),
								       .identifier = cell(r, row, "identifier"),
								       .name = said_of(r, row, "name_en", "name_hi"),
								       .about = said_of(r, row, "about_en", "about_hi"),
								       .owner = cell(r, row, "owner"),
								       .replaced_by = cell(r, row, "replaced_by"),
								       .relates_to = words(r, cell(r, row, "relates_to")) };
}

static void read_indicator(struct csv_reading *r, const struct strs *row)
{
	struct str of = cell(r, row, "parent");
	int64_t level = level_of(r, row);
	struct entry *e = r->fw->n ? &r->fw->v[r->fw->n - 1] : NULL;
	if (!e || !str_eq(e->code, of)) {
		note(r, N_("is an indicator of “{what}”, but does not stand right behind it"), of);
		return;
	}
	if (level)
		*ARENA_PUSH(r->f->arena, e->indicators, e->n_indicators) = (struct indicator){ level, said_of(r, row, "about_en", "about_hi") };
}

static void read_row(struct csv_reading *r, const struct strs *row)
{
	struct str kind = cell(r, row, "kind");
	if (str_is(kind, "framework"))
		read_head(r, row);
	else if (!r->headed)
		note(r, N_("the row of the framework must come first, not “{what}”"), kind);
	else if (str_is(kind, "level"))
		read_level(r, row);
	else if (str_is(kind, "indicator"))
		read_indicator(r, row);
	else {
		for (int k = 0; k < ENTRY_KINDS; k++)
			if (str_is(kind, entry_kinds[k])) {
				read_entry(r, row, (enum entry_kind)k);
				return;
			}
		note(r, N_("“{what}” is no kind of row"), kind);
	}
}

static bool column_known(struct str name)
{
	for (size_t i = 0; columns[i]; i++)
		if (str_is(name, columns[i]))
			return true;
	return false;
}

static void read_csv(struct findings *f, struct str name, struct str text, struct framework *fw)
{
	struct csv_reading r = { .f = f, .name = name, .fw = fw, .line = 1 };
	struct strs row;
	if (!csv_begin(f->arena, text, &r.csv)) {
		finding_add(f, name, 1, N_("the first row cannot be read"), 0, NULL);
		return;
	}
	for (size_t i = 0; i < r.csv.head.n; i++)
		if (!column_known(str_trim(r.csv.head.v[i])))
			note(&r, N_("there is no column “{what}” in a framework"), r.csv.head.v[i]);
	if (f->n)
		return;
	for (r.line = r.csv.line; csv_next(f->arena, &r.csv, &row); r.line = r.csv.line)
		read_row(&r, &row);
	if (r.csv.rest.n)
		finding_add(f, name, r.csv.line, N_("this row cannot be read: a quote is not closed, or it is too long"), 0, NULL);
}

struct framework *framework_read(struct findings *f, struct str name, struct str text, struct str code)
{
	struct framework *fw = ARENA_NEW(f->arena, struct framework);
	struct str body = str_trim(str_starts(text, S("\xef\xbb\xbf")) ? str_sub(text, 3, text.n) : text);
	fw->code = fw->owner = fw->source = fw->identifier = S("");
	if (text.n > FRAMEWORK_BYTES_MAX || !utf8_valid(text)) {
		finding_add(f, name, 0, N_("the file is too large (8 MB), or is not UTF-8"), 0, NULL);
		return fw;
	}
	if (str_starts(body, S("{")))
		framework_read_case(f, name, body, code, fw);
	else
		read_csv(f, name, text, fw);
	if (!f->n)
		framework_settle(f, name, fw);
	return fw;
}

/* ── CSV out ── */

static void put_row(struct buf *b, const struct str *cells)
{
	for (size_t i = 0; columns[i]; i++)
		csv_put(b, cells[i]);
	csv_end_row(b);
}

static struct str number(struct buf *b, size_t n)
{
	return str_fmt(b->arena, "%zu", n);
}

static struct str joined(struct buf *b, const struct strs *codes)
{
	struct buf j;
	buf_init(&j, b->arena, FRAMEWORK_BYTES_MAX);
	for (size_t i = 0; i < codes->n; i++) {
		if (i)
			buf_char(&j, ' ');
		buf_str(&j, codes->v[i]);
	}
	return buf_get(&j);
}

static void put_entry(struct buf *b, const struct entry *e)
{
	put_row(b, (const struct str[]){ str_of(entry_kinds[e->kind]), e->code, e->parent, e->kind == ENTRY_AREA ? e->area : S(""), S(""), e->name.en,
					 e->name.hi, e->about.en, e->about.hi, e->owner, e->identifier, e->replaced_by, joined(b, &e->relates_to), S("") });
	for (size_t i = 0; i < e->n_indicators; i++)
		put_row(b, (const struct str[]){ S("indicator"), S(""), e->code, S(""), number(b, (size_t)e->indicators[i].level), S(""), S(""),
						 e->indicators[i].text.en, e->indicators[i].text.hi, S(""), S(""), S(""), S(""), S("") });
}

void framework_write_csv(struct buf *b, const struct framework *fw)
{
	struct str head[sizeof columns / sizeof *columns];
	for (size_t i = 0; columns[i]; i++)
		head[i] = str_of(columns[i]);
	put_row(b, head);
	put_row(b, (const struct str[]){ S("framework"), fw->code, S(""), S(""), number(b, fw->n_levels), fw->name.en, fw->name.hi, fw->about.en, fw->about.hi,
					 fw->owner, fw->identifier, S(""), S(""), fw->source });
	for (size_t i = 0; i < fw->n_levels; i++)
		put_row(b, (const struct str[]){ S("level"), S(""), S(""), S(""), number(b, i + 1), fw->levels[i].en, fw->levels[i].hi, fw->level_about[i].en,
						 fw->level_about[i].hi, S(""), S(""), S(""), S(""), S("") });
	for (size_t i = 0; i < fw->n; i++)
		put_entry(b, &fw->v[i]);
}
