/* UTF-8; see utf8.h. Letters, marks and case come from libunistring. */
#include "base/utf8.h"
#include "base/arena.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

enum { WORD_MAX = 64 };

/* Length of the well-formed sequence at p, or 0. Table 3-7 of the Unicode standard. */
static size_t sequence(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];
	if (c < 0x80)
		return c != 0;
	size_t len = c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
	if (!len || n < len)
		return 0;
	unsigned char low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return len;
}

bool utf8_valid(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;
	while (i < s.n) {
		uint64_t eight;
		if (i + 8 <= s.n) {
			memcpy(&eight, p + i, 8);
			/* No high bit anywhere, and no byte that is zero. */
			if (!(eight & UINT64_C(0x8080808080808080)) && !((eight - UINT64_C(0x0101010101010101)) & UINT64_C(0x8080808080808080))) {
				i += 8;
				continue;
			}
		}
		size_t len = sequence(p + i, s.n - i);
		if (!len)
			return false;
		i += len;
	}
	return true;
}

size_t utf8_length(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

uint32_t utf8_next(struct str *rest)
{
	if (!rest->n)
		return 0;
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t len = sequence(p, rest->n);
	uint32_t c = p[0];
	if (len == 2)
		c = (c & 0x1f) << 6 | (p[1] & 0x3f);
	else if (len == 3)
		c = (c & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	else if (len == 4)
		c = (c & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
	*rest = str_sub(*rest, len ? len : 1, rest->n);
	return c;
}

static bool is_mark(uint32_t cp)
{
	return cp >= 0x300 && uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M);
}

struct str utf8_prefix(struct str s, size_t n)
{
	struct str rest = s;
	size_t seen = 0, end = 0;
	while (n && rest.n) {
		uint32_t cp = utf8_next(&rest);
		if (seen >= n && !is_mark(cp) && cp != 0x200d && cp != 0x200c)
			break;
		seen++;
		end = s.n - rest.n;
	}
	return (struct str){ s.p, end };
}

void utf8_put(struct buf *b, uint32_t cp)
{
	if (cp < 0x80) {
		buf_char(b, (char)cp);
	} else if (cp < 0x800) {
		buf_char(b, (char)(0xc0 | cp >> 6));
		buf_char(b, (char)(0x80 | (cp & 0x3f)));
	} else if (cp < 0x10000) {
		buf_char(b, (char)(0xe0 | cp >> 12));
		buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_char(b, (char)(0x80 | (cp & 0x3f)));
	} else {
		buf_char(b, (char)(0xf0 | cp >> 18));
		buf_char(b, (char)(0x80 | (cp >> 12 & 0x3f)));
		buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_char(b, (char)(0x80 | (cp & 0x3f)));
	}
}

bool utf8_is_ascii(struct str s)
{
	uint64_t seen = 0, eight;
	size_t i = 0;
	for (; i + 8 <= s.n && !(seen & UINT64_C(0x8080808080808080)); i += 8) {
		memcpy(&eight, s.p + i, 8);
		seen |= eight;
	}
	for (; i < s.n; i++)
		seen |= (unsigned char)s.p[i];
	return !(seen & UINT64_C(0x8080808080808080));
}

struct str utf8_fold(struct arena *a, struct str s)
{
	if (utf8_is_ascii(s))
		return str_lower(a, s);
	size_t n = 0;
	uint8_t *folded = u8_casefold((const uint8_t *)s.p, s.n, NULL, UNINORM_NFC, NULL, &n);
	if (!folded)
		return str_lower(a, s); /* only when it is not valid, which the door refuses */
	struct str r = str_dup(a, (struct str){ (const char *)folded, n });
	free(folded);
	return r;
}

struct str utf8_beyond(struct arena *a, struct str start)
{
	return str_fmt(a, "%.*s\xf4\x8f\xbf\xbf", STR_ARG(start)); /* U+10FFFF, the last code point */
}

struct str utf8_bare(struct arena *a, struct str s)
{
	if (utf8_is_ascii(s))
		return s;
	size_t n = 0;
	uint8_t *apart = u8_normalize(UNINORM_NFD, (const uint8_t *)s.p, s.n, NULL, &n);
	if (!apart)
		return s;
	struct str rest = { (const char *)apart, n };
	struct buf b;
	buf_init(&b, a, n + 1);
	while (rest.n) {
		uint32_t cp = utf8_next(&rest);
		if (cp < 0x300 || cp > 0x36f)
			utf8_put(&b, cp);
	}
	free(apart);
	return buf_get(&b);
}

static bool in_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9');
	return cp == 0x200c || cp == 0x200d || uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
}

bool utf8_word(struct str *rest, struct str *ret_word)
{
	const char *start = NULL;
	size_t n = 0;
	while (rest->n) {
		struct str before = *rest;
		uint32_t cp = utf8_next(rest);
		size_t len = before.n - rest->n;
		if (!in_word(cp)) {
			if (start)
				break;
			continue;
		}
		if (!start)
			start = before.p;
		if (n + len > WORD_MAX) {
			*rest = before;
			break;
		}
		n += len;
	}
	*ret_word = (struct str){ start, n };
	return start != NULL;
}
