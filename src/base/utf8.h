/* UTF-8: validation, stepping, and words for search.
 *
 * Invalid input is never repaired silently: utf8_valid refuses it at the door (requests, files). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/str.h"

/* Well-formed UTF-8 (no overlong forms, surrogates, nor beyond U+10FFFF) and free of NUL. */
bool utf8_valid(struct str s);
/* Letters of ASCII only. */
bool utf8_is_ascii(struct str s);
/* Number of code points in valid text. */
size_t utf8_length(struct str s);
/* Next code point of valid text; moves *rest. 0 at the end. */
uint32_t utf8_next(struct str *rest);
/* The first n code points, and with the last of them the combining marks and joiners that belong to it: the prefix
 * of 1 of "सुनीता" is "सु". So it may hold more than n; nothing when n is 0. */
struct str utf8_prefix(struct str s, size_t n);
/* Appends one code point. */
void utf8_put(struct buf *b, uint32_t cp);
/* NFC, lower case (full folding); vowel signs, nukta and virama stay. In the arena. */
struct str utf8_fold(struct arena *a, struct str s);
/* Behind every text that begins with start, by their bytes: for a range of names. In the arena. */
struct str utf8_beyond(struct arena *a, struct str start);
/* Latin letters without their marks (ā → a, ṣ → s, é → e); every other script as it is. In the arena. */
struct str utf8_bare(struct arena *a, struct str s);
/* Takes the next word of folded text: a run of letters, marks (so Indic vowel signs belong to their word), digits and
 * joiners. False at the end. Words of more than 64 bytes are cut at a code point. */
bool utf8_word(struct str *rest, struct str *ret_word);
#endif
