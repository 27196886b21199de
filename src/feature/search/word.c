/* Words, sounds, slips of the pen; see word.h. */
#include "feature/search/word.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { LETTERS_MAX = 64 };

/* ── words ── */

/* Joiners only shape letters: with and without them it is the same word. */
static struct str without_joiners(struct arena *a, struct str w)
{
	if (str_find(w, S("\xe2\x80\x8c")) < 0 && str_find(w, S("\xe2\x80\x8d")) < 0)
		return w;
	struct buf b;
	buf_init(&b, a, w.n + 1);
	for (size_t i = 0; i < w.n; i++) {
		struct str here = str_sub(w, i, w.n);
		if (str_starts(here, S("\xe2\x80\x8c")) || str_starts(here, S("\xe2\x80\x8d")))
			i += 2;
		else
			buf_char(&b, w.p[i]);
	}
	return buf_get(&b);
}

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

struct str search_plain(struct arena *a, struct str word)
{
	return without_joiners(a, utf8_fold(a, word));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool search_is_common(struct str plain)
{
	/* In the order of bytes. */
	static const char *const common[] = {
		"a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "aur", "be", "been", "but", "by", "can", "do", "does", "for", "from", "get",
		"had", "hai", "hain", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "ka", "kaise", "ke", "ki", "ko", "kya",
		"liye", "may", "me", "mein", "must", "my", "no", "not", "of", "on", "one", "or", "our", "par", "se", "shall", "she", "should", "so", "such", "than",
		"that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "was", "we", "were", "what", "when", "where", "which",
		"who", "whom", "why", "will", "with", "would", "you", "your", "अपना", "अपनी", "अपने", "इन", "इस", "इसे", "उन", "उस", "उसे", "एक", "और", "कब", "कर",
		"करता", "करती", "करते", "करना", "करने", "करें", "कहाँ", "का", "कि", "किस", "की", "के", "कैसे", "को", "कोई", "क्या", "क्यों", "गई", "गए", "गया",
		"जा", "जाए", "जाता", "जाती", "जाते", "जाना", "जाने", "जो", "तक", "तथा", "तो", "था", "थी", "थे", "दे", "दें", "देना", "द्वारा", "न", "नहीं", "ने",
		"पर", "भी", "में", "मैं", "यदि", "यह", "या", "ये", "लिए", "ले", "वह", "वाला", "वाली", "वाले", "वे", "से", "ही", "है", "हैं", "हो", "होता", "होती",
		"होते", "होना", "होने",
	};
	char word[LETTERS_MAX + 1];
	if (plain.n > LETTERS_MAX)
		return false;
	memcpy(word, plain.p, plain.n);
	word[plain.n] = 0;
	const char *key = word;
	return bsearch(&key, common, sizeof common / sizeof *common, sizeof *common, by_text);
}

/* ── sound ── */

struct sound {
	char p[2 * LETTERS_MAX];
	size_t n;
};

/* Doubled consonants are one. */
static void say(struct sound *s, char c)
{
	bool twice = s->n && s->p[s->n - 1] == c && c != 'a';
	if (s->n < sizeof s->p && !twice && !(c == 'y' && s->n && s->p[s->n - 1] == 'i'))
		s->p[s->n++] = c;
}

static void say_all(struct sound *s, const char *codes)
{
	for (; *codes; codes++)
		say(s, *codes);
}

/* Latin: letters and their sound, the longest first. `end`: only at the end of the word. */
static const struct spelling {
	const char *letters, *sound;
	bool end;
} spellings[] = {
	{ "chh", "c", false }, { "cch", "c", false }, { "ksh", "ks", false }, { "dny", "gy", false }, { "ch", "c", false }, { "ck", "k", false }, { "ce", "se", false },
	{ "ci", "si", false },	{ "cy", "sy", false }, { "c", "k", false },   { "kh", "k", false },  { "gh", "g", false }, { "jh", "j", false }, { "jn", "gy", false },
	{ "th", "t", false },	{ "dh", "d", false },  { "ph", "f", false },  { "bh", "b", false },  { "sh", "s", false }, { "zh", "j", false }, { "z", "j", false },
	{ "q", "k", false },	{ "w", "v", false },   { "x", "ks", false },  { "ai", "i", true },   { "ai", "e", false }, { "au", "o", false }, { "ee", "i", false },
	{ "ei", "e", false },	{ "oo", "u", false },
};

/* iso: the word is written in ISO 15919, where c is च. */
static size_t say_latin(struct sound *s, struct str rest, bool iso)
{
	if (iso && rest.p[0] == 'c') {
		say(s, 'c');
		return rest.n > 1 && rest.p[1] == 'h' ? 2 : 1;
	}
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
		struct str l = str_of(spellings[i].letters);
		if (!str_starts(rest, l) || (spellings[i].end && rest.n != l.n))
			continue;
		/* The vowel that softened a c is read again with what follows it. */
		bool soft = l.p[0] == 'c' && l.n == 2 && spellings[i].sound[0] == 's';
		say_all(s, soft ? "s" : spellings[i].sound);
		return soft ? 1 : l.n;
	}
	bool vowel_next = rest.n > 1 && is_vowel(rest.p[1]) && rest.p[1] != 'y', after_a = s->n && s->p[s->n - 1] == 'a';
	say(s, rest.p[0] == 'y' && !vowel_next && !after_a && s->n ? 'i' : rest.p[0]);
	return 1;
}

/* The common layout of the Indic blocks (ISCII), from U+0900 on in steps of 80: what is heard at each place. Capitals: consonants, with
 * their inherent a. '#': the vowel ri, '%': its sign, '+': virama, '.': nothing to hear, '-': no letter. */
static const char indic[] = "nnn.aaaiiuu##eee"
			    "eooooKKGGNCCJJNT"
			    "TDDNTTDDNNPFBBMY"
			    "RRLLLVSSSH....ai"
			    "iuu%%eeeeoooo+T."
			    "........KKGJDDFY"
			    "##..------------"
			    "................";
enum { INDIC_FROM = 0x900, INDIC_TO = 0xd80, GURMUKHI = 0xa00, BENGALI = 0x980, MALAYALAM = 0xd00, BLOCK = 0x80 };

static char heard(uint32_t cp)
{
	uint32_t block = cp & ~(uint32_t)(BLOCK - 1), at = cp & (BLOCK - 1);
	if (cp < INDIC_FROM || cp >= INDIC_TO)
		return '-';
	if (block == BENGALI && (at == 0x70 || at == 0x71))
		return at == 0x70 ? 'R' : 'V';
	if (block == GURMUKHI && at == 0x70)
		return 'n';
	if (block == MALAYALAM && at >= 0x7a)
		return "nnrllk"[at - 0x7a];
	return indic[at];
}

/* The vowel sign that follows a consonant takes the place of its inherent a; a nukta may stand between. */
static bool takes_inherent(char next)
{
	return next == 'a' || next == 'i' || next == 'u' || next == 'e' || next == 'o' || next == '%' || next == '+';
}

static size_t say_indic(struct sound *s, const char *h, size_t n)
{
	bool gya = n > 2 && h[0] == 'J' && h[1] == '+' && h[2] == 'N', consonant = h[0] >= 'A' && h[0] <= 'Z';
	if (gya)
		say_all(s, "gy");
	else if (h[0] == '#' || h[0] == '%')
		say_all(s, "ri");
	else if (consonant)
		say(s, (char)(h[0] | 0x20));
	else if (h[0] != '.' && h[0] != '+')
		say(s, h[0]);
	size_t used = gya ? 3 : 1, next = used < n && h[used] == '.' ? used + 1 : used;
	if (consonant && (next >= n || !takes_inherent(h[next])))
		say(s, 'a');
	return used;
}

/* What is left open by romanisation in the whole word: every a but the first letter, nasals before lips, a final -e and -er. */
static struct str settled(struct arena *a, const struct sound *s)
{
	char *p = arena_alloc(a, s->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		char c = s->p[i];
		if (c == 'a' && i)
			continue;
		if (n && p[n - 1] == 'm' && (c == 'b' || c == 'p' || c == 'f'))
			p[n - 1] = 'n';
		if (n && p[n - 1] == 'n' && c == 'm')
			n--;
		p[n++] = c;
	}
	if (n > 2 && p[n - 1] == 'e')
		n--;
	if (n > 2 && p[n - 2] == 'e' && p[n - 1] == 'r')
		p[--n - 1] = 'r';
	return (struct str){ p, n };
}

struct str search_sound(struct arena *a, struct str word)
{
	struct sound s = { 0 };
	struct str plain = search_plain(a, word), bare = utf8_bare(a, plain), w = utf8_is_ascii(bare) ? bare : plain, rest = w;
	char h[LETTERS_MAX];
	size_t n = 0;
	bool latin = utf8_is_ascii(w);
	while (rest.n && n < LETTERS_MAX) {
		uint32_t cp = utf8_next(&rest);
		h[n] = cp < 0x80 ? (char)cp : heard(cp);
		if (h[n] == '-' || (cp < 0x80) != latin || (latin && (cp < 'a' || cp > 'z')))
			return STR_NONE;
		n++;
	}
	for (size_t i = 0; !latin && i < n;)
		i += say_indic(&s, h + i, n - i);
	for (rest = w; latin && rest.n;)
		rest = str_sub(rest, say_latin(&s, rest, !str_eq(plain, bare)), rest.n);
	struct str key = settled(a, &s);
	return key.n ? key : STR_NONE;
}

/* ── one wrong letter ── */

static size_t letters_of(struct str w, uint32_t ret[LETTERS_MAX])
{
	size_t n = 0;
	while (w.n && n < LETTERS_MAX)
		ret[n++] = utf8_next(&w);
	return n;
}

size_t search_typo_forms(struct arena *a, struct str word, struct str ret[TYPO_FORMS])
{
	uint32_t l[LETTERS_MAX];
	size_t n = letters_of(word, l), forms = 0, cut = n < TYPO_PREFIX ? n : TYPO_PREFIX;
	for (size_t i = 0; i < n; i++)
		if (l[i] >= '0' && l[i] <= '9')
			return 0;
	if (n < TYPO_LETTERS)
		return 0;
	for (size_t out = 0; out <= cut; out++) {
		struct buf b;
		buf_init(&b, a, 4 * TYPO_PREFIX + 1);
		/* Leaving out the second of two like letters gives the same form. */
		if (out && out < cut && l[out] == l[out - 1])
			continue;
		for (size_t i = 0; i < cut; i++)
			if (i != out)
				utf8_put(&b, l[i]);
		ret[forms++] = buf_get(&b);
	}
	return forms;
}

bool search_one_typo(struct str x, struct str y)
{
	uint32_t a[LETTERS_MAX], b[LETTERS_MAX];
	size_t n = letters_of(x, a), m = letters_of(y, b), i = 0, tail = 0;
	if (n > m + 1 || m > n + 1)
		return false;
	while (i < n && i < m && a[i] == b[i])
		i++;
	while (tail < n - i && tail < m - i && a[n - 1 - tail] == b[m - 1 - tail])
		tail++;
	size_t left = n - i - tail, right = m - i - tail;
	if (left <= 1 && right <= 1)
		return true;
	return left == 2 && right == 2 && a[i] == b[i + 1] && a[i + 1] == b[i];
}
