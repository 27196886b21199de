/* Text: a view to look at (struct str) and a growing buffer to build (struct buf).
 *
 * struct str   bytes and their number. Not owned by the holder: arena, constant or caller's memory.
 *              Strings made by arena functions are NUL-ended too, for foreign interfaces.
 *              p == NULL is "absent" (SQL NULL); n == 0 with p != NULL is the empty text.
 * struct buf   grows in its arena up to a ceiling given at the start; a full buffer sets `full`,
 *              drops what is added afterwards and never aborts: the caller asks once, at the end.
 *              No function here fails otherwise. */
#ifndef BASE_STR_H
#define BASE_STR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct arena;

struct str {
	const char *p;
	size_t n;
};
#define S(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

static inline struct str str_of(const char *c)
{
	return (struct str){ c, c ? strlen(c) : 0 };
}
static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool str_is(struct str a, const char *c)
{
	return str_eq(a, str_of(c));
}
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Byte order, as strcmp. */
int str_cmp(struct str a, struct str b);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* Takes the part of *rest before the first `sep` (or all) and moves *rest behind it.
 * False when nothing is left; an empty last part after a final separator is not given. */
bool str_cut(struct str *rest, char sep, struct str *ret_part);
/* Position of `c` or of `what`, or -1. */
ptrdiff_t str_index(struct str s, char c);
ptrdiff_t str_find(struct str s, struct str what);
struct str str_sub(struct str s, size_t from, size_t to);
/* The part before the first `c`; all of it when there is none. */
struct str str_before(struct str s, char c);
/* Copies into the arena, NUL-ended. */
struct str str_dup(struct arena *a, struct str s);
const char *str_c(struct arena *a, struct str s);
/* printf into the arena. */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
/* Bytes as 2n small hexadecimal digits, in the arena. */
struct str str_hex(struct arena *a, const void *p, size_t n);
/* ASCII letters made small; other bytes as they are. */
struct str str_lower(struct arena *a, struct str s);
/* Whole decimal number with optional minus; refuses spaces, emptiness, overflow, anything behind. */
bool str_int(struct str s, int64_t *ret);
/* Plain decimal fraction ("-12.5"); refuses exponents, inf, nan, anything behind. At most 40 bytes. */
bool str_real(struct str s, double *ret);

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap, max;
	bool full;
};
/* max: the most bytes it may ever hold. */
void buf_init(struct buf *b, struct arena *a, size_t max);
void buf_add(struct buf *b, const void *p, size_t n);
static inline void buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}
#define buf_lit(b, literal) buf_add((b), "" literal, sizeof(literal) - 1)
void buf_char(struct buf *b, char c);
/* All that is left of a file, in pieces of BUF_PIECE bytes; a piece that has no room fills the buffer, and no more is read. False: the file cannot be
 * read on (errno). */
enum { BUF_PIECE = 65536 };
bool buf_read(struct buf *b, FILE *f);
void buf_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
/* What is in it so far, NUL-ended; valid until the next addition. */
struct str buf_get(struct buf *b);
#endif
