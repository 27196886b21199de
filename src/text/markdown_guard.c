/* One pass over the lines, adding up what the parser would have to do; see markdown_guard.h. */
#include "text/markdown_guard.h"

enum {
	COLUMNS_MAX = 60,  /* of the last list or quote marker on a line: bounds nesting, and each blank line walks all levels */
	QUOTES_MAX = 20,
	PIPES_MAX = 100,   /* on a line: the table extension is quadratic in them */
	CELLS_MAX = 100000, /* short table rows are filled up to the width of the head */
	SCAN_MAX = 64 << 20,  /* bytes looked through for the ends of "<!" and "<?" */
	COPIED_MAX = 64 << 20, /* bytes of link addresses and titles, each use copies them */
};

struct run { /* lines without a blank one between: no paragraph, table or reference is longer */
	size_t bytes, lines;
	size_t columns; /* of the delimiter rows in it, added up */
	bool reference;
};
struct guard {
	struct findings *f;
	struct str file;
	int line;
	struct run run;
	size_t longest, longest_reference, cells, openings, brackets;
};

static void refuse(struct guard *g, int line, const char *text)
{
	finding_add(g->f, g->file, line, text, 0, NULL);
}

/* Length of a list or quote marker at p, 0 when there is none. */
static size_t marker(struct str s)
{
	size_t n = 0;
	if (s.p[0] == '>')
		return 1;
	if (strchr("-+*", s.p[0]))
		n = 1;
	else
		while (n < s.n && n < 10 && s.p[n] >= '0' && s.p[n] <= '9')
			n++;
	if (n && s.p[0] >= '0' && s.p[0] <= '9') {
		if (n >= s.n || (s.p[n] != '.' && s.p[n] != ')'))
			return 0;
		n++;
	}
	return n && (n == s.n || s.p[n] == ' ' || s.p[n] == '\t') ? n : 0;
}

static bool nests_too_deep(struct str line)
{
	size_t column = 0, quotes = 0, i = 0;
	while (i < line.n) {
		if (line.p[i] == ' ' || line.p[i] == '\t') {
			column += line.p[i] == ' ' ? 1 : 4 - column % 4;
			i++;
			continue;
		}
		size_t n = marker(str_sub(line, i, line.n));
		if (!n)
			return false;
		quotes += line.p[i] == '>';
		i += n;
		column += n;
		if (column > COLUMNS_MAX || quotes > QUOTES_MAX)
			return true;
	}
	return false;
}

/* "* * * *" is a rule and no nest of lists. */
static bool is_rule(struct str line)
{
	struct str s = str_trim(line);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != s.p[0] && s.p[i] != ' ' && s.p[i] != '\t')
			return false;
	return s.n && (s.p[0] == '*' || s.p[0] == '-' || s.p[0] == '_');
}

struct tally {
	size_t pipes, brackets, openings;
	bool delimiter, reference;
};

static struct tally count(struct str line)
{
	struct tally t = { .delimiter = true };
	bool dash = false;
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i], next = i + 1 < line.n ? line.p[i + 1] : '\0';
		t.pipes += c == '|';
		t.brackets += c == '[';
		t.openings += c == '<' && (next == '!' || next == '?');
		t.reference |= c == ']' && next == ':';
		dash |= c == '-';
		t.delimiter &= strchr(" \t|:->+*.)0123456789", c) != NULL;
	}
	t.delimiter &= dash && t.pipes;
	return t;
}

static void end_run(struct guard *g)
{
	if (g->run.bytes > g->longest)
		g->longest = g->run.bytes;
	if (g->run.reference && g->run.bytes > g->longest_reference)
		g->longest_reference = g->run.bytes;
	g->run = (struct run){ 0 };
}

static bool take_line(struct guard *g, struct str line)
{
	if (!str_trim(line).n) {
		end_run(g);
		return true;
	}
	struct tally t = count(line);
	if (nests_too_deep(line) && !is_rule(line)) {
		refuse(g, g->line, N_("Lists and quotations are nested too deeply here"));
		return false;
	}
	if (t.pipes > PIPES_MAX) {
		refuse(g, g->line, N_("A table may have at most 100 columns"));
		return false;
	}
	g->run.bytes += line.n + 1;
	g->run.columns += t.delimiter ? t.pipes + 1 : 0;
	g->run.reference |= t.reference;
	g->cells += g->run.columns;
	g->openings += t.openings;
	g->brackets += t.brackets;
	if (g->cells > CELLS_MAX)
		refuse(g, g->line, N_("The tables of this text are too large"));
	return g->cells <= CELLS_MAX;
}

bool markdown_guard(struct findings *f, struct str file, int first_line, struct str source)
{
	struct guard g = { .f = f, .file = file, .line = first_line };
	struct str line;
	for (; str_cut(&source, '\n', &line); g.line++)
		if (!take_line(&g, line))
			return false;
	end_run(&g);
	if (g.openings && g.longest > SCAN_MAX / g.openings)
		refuse(&g, 0, N_("There is too much raw HTML in this text"));
	else if (g.brackets && g.longest_reference > COPIED_MAX / g.brackets)
		refuse(&g, 0, N_("The link references of this text are too long"));
	else
		return true;
	return false;
}
