/* WebVTT parser; see vtt.h. */
#include "text/vtt.h"

enum { CUES_MAX = 20000 };

struct reader {
	struct findings *f;
	struct str file, rest;
	int line;
};

static bool next_line(struct reader *r, struct str *ret)
{
	if (!str_cut(&r->rest, '\n', ret))
		return false;
	r->line++;
	if (ret->n && ret->p[ret->n - 1] == '\r')
		ret->n--;
	return true;
}

/* Exactly n digits, or at least n when `more`. */
static bool take_digits(struct str *s, size_t n, bool more, int64_t *ret)
{
	size_t i = 0;
	int64_t v = 0;
	for (; i < s->n && i < 6 && (more || i < n) && s->p[i] >= '0' && s->p[i] <= '9'; i++)
		v = v * 10 + (s->p[i] - '0');
	if (i < n)
		return false;
	*s = str_sub(*s, i, s->n);
	*ret = v;
	return true;
}

static bool take_char(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

/* [hours:]mm:ss.ttt */
static bool take_time(struct str *s, int64_t *ret_ms)
{
	int64_t h = 0, m, sec, ms;
	if (!take_digits(s, 2, true, &m) || !take_char(s, ':') || !take_digits(s, 2, false, &sec))
		return false;
	if (take_char(s, ':')) {
		h = m;
		m = sec;
		if (!take_digits(s, 2, false, &sec))
			return false;
	}
	if (!take_char(s, '.') || !take_digits(s, 3, false, &ms) || m > 59 || sec > 59)
		return false;
	*ret_ms = ((h * 60 + m) * 60 + sec) * 1000 + ms;
	return true;
}

static bool parse_timing(struct str line, struct vtt_cue *cue)
{
	struct str s = str_trim(line);
	if (!take_time(&s, &cue->from_ms))
		return false;
	s = str_trim(s);
	if (!str_starts(s, S("-->")))
		return false;
	s = str_trim(str_sub(s, 3, s.n));
	return take_time(&s, &cue->to_ms) && (!s.n || s.p[0] == ' ' || s.p[0] == '\t');
}

static size_t put_reference(struct buf *b, struct str s)
{
	static const struct {
		const char *name, *is;
	} known[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&nbsp;", "\xc2\xa0" }, { "&lrm;", "\xe2\x80\x8e" }, { "&rlm;", "\xe2\x80\x8f" } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_starts(s, str_of(known[i].name))) {
			buf_str(b, str_of(known[i].is));
			return strlen(known[i].name);
		}
	buf_char(b, '&');
	return 1;
}

static void note_voice(struct str tag, struct vtt_cue *cue)
{
	if (cue->voice.n || tag.n < 2 || tag.p[0] != 'v' || (tag.p[1] != ' ' && tag.p[1] != '\t' && tag.p[1] != '.'))
		return;
	ptrdiff_t gap = str_index(tag, ' ');
	if (gap >= 0)
		cue->voice = str_trim(str_sub(tag, (size_t)gap, tag.n));
}

/* Adds one line of cue text; a "<" without its ">" on the line stays a character. */
static void put_line(struct buf *b, struct str line, struct vtt_cue *cue)
{
	bool no_more_tags = false; /* so that a line of "<" is looked through once */
	for (size_t i = 0; i < line.n;) {
		struct str tail = str_sub(line, i, line.n);
		ptrdiff_t close = tail.p[0] == '<' && !no_more_tags ? str_index(tail, '>') : -1;
		if (close > 0) {
			note_voice(str_sub(tail, 1, (size_t)close), cue);
			i += (size_t)close + 1;
		} else if (tail.p[0] == '&') {
			i += put_reference(b, tail);
		} else {
			no_more_tags |= tail.p[0] == '<';
			buf_char(b, tail.p[0]);
			i++;
		}
	}
}

static void skip_block(struct reader *r)
{
	struct str line;
	while (next_line(r, &line) && str_trim(line).n)
		;
}

static void add_cue(struct reader *r, struct vtt_cue *cue, struct vtt *ret)
{
	if (cue->to_ms <= cue->from_ms)
		finding_add(r->f, r->file, cue->line, N_("The caption ends before it starts"), 0, NULL);
	else if (ret->n && cue->from_ms < ret->v[ret->n - 1].from_ms)
		finding_add(r->f, r->file, cue->line, N_("The caption starts before the one above it"), 0, NULL);
	else if (!cue->text.n)
		finding_add(r->f, r->file, cue->line, N_("The caption is empty"), 0, NULL);
	else if (ret->n == CUES_MAX)
		finding_add(r->f, r->file, cue->line, N_("There are more than 20,000 captions"), 0, NULL);
	else
		*ARENA_PUSH(r->f->arena, ret->v, ret->n) = *cue;
}

static void parse_cue(struct reader *r, struct str timing, struct vtt *ret)
{
	struct vtt_cue cue = { .line = r->line, .voice = S("") };
	bool good = parse_timing(timing, &cue);
	if (!good)
		finding_add_what(r->f, r->file, r->line, N_("Expected a time like “00:01.000 --> 00:04.000” and found “{what}”"), timing);
	struct buf b;
	buf_init(&b, r->f->arena, TEXT_MAX);
	struct str line;
	while (next_line(r, &line) && str_trim(line).n) {
		if (b.n)
			buf_char(&b, '\n');
		put_line(&b, str_trim(line), &cue);
	}
	cue.text = str_trim(buf_get(&b));
	if (good)
		add_cue(r, &cue, ret);
}

static bool is_word_line(struct str line, struct str word)
{
	return str_starts(line, word) && (line.n == word.n || line.p[word.n] == ' ' || line.p[word.n] == '\t');
}

static bool is_passed_over(struct str line)
{
	return is_word_line(line, S("NOTE")) || is_word_line(line, S("STYLE")) || is_word_line(line, S("REGION"));
}

static void parse_block(struct reader *r, struct str first, struct vtt *ret)
{
	struct str timing = first;
	if (str_find(first, S("-->")) < 0) { /* its name; the time stands on the next line */
		if (is_passed_over(first)) {
			skip_block(r);
			return;
		}
		if (!next_line(r, &timing) || !str_trim(timing).n) {
			finding_add_what(r->f, r->file, r->line, N_("Expected a time like “00:01.000 --> 00:04.000” and found “{what}”"), first);
			return;
		}
	}
	parse_cue(r, timing, ret);
}

bool vtt_parse(struct findings *f, struct str file, struct str source, struct vtt *ret)
{
	*ret = (struct vtt){ 0 };
	size_t before = f->n;
	if (!finding_check_source(f, file, source))
		return false;
	struct reader r = { .f = f, .file = file, .rest = source };
	if (str_starts(source, S("\xef\xbb\xbf")))
		r.rest = str_sub(source, 3, source.n);
	struct str line;
	if (!next_line(&r, &line) || !is_word_line(line, S("WEBVTT"))) {
		finding_add(f, file, 1, N_("The file must start with the word WEBVTT"), 0, NULL);
		return false;
	}
	if (next_line(&r, &line) && str_trim(line).n) {
		if (str_find(line, S("-->")) >= 0)
			finding_add(f, file, r.line, N_("A blank line must stand behind WEBVTT"), 0, NULL);
		skip_block(&r);
	}
	while (next_line(&r, &line))
		if (str_trim(line).n)
			parse_block(&r, line, ret);
	if (!ret->n && f->n == before)
		finding_add(f, file, 0, N_("There is no caption in the file"), 0, NULL);
	return f->n == before;
}
