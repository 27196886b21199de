/* Words of search: likened by sound and by one wrong letter.
 *
 * The sound (search_sound) is one key for a word in Latin letters and in the nine scripts of India that share the layout of ISCII
 * (Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam). It follows ISO 15919 and folds what common
 * romanisation leaves open:
 *   inherent a, written a and long ā    dropped but at the beginning, so that no schwa need be guessed: सूचना, suchna, soochana → sucn
 *   long and short                      ī ee → i, ū oo → u, ai → e (at the end of a word: i), au → o; a final -e is dropped, -er is r
 *   aspirated, retroflex                kh → k, gh → g, chh → c, th ṭh → t, dh ḍh → d, bh → b; ड़ is d; ph, फ and फ़ are f
 *   sibilants, loans                    sh ś ṣ → s, z ज़ → j, q क़ → k, w → v, x → ks; c before e, i, y → s, else k
 *   nasals                              anusvara, chandrabindu, ṅ ñ ṇ n → n, and so is m before a lip sound; doubled consonants are one
 *   clusters                            ज्ञ gy jn → gy, क्ष ksh → ks, ऋ ri → ri; y after i is dropped; visarga is silent
 * Source: ISO 15919:2001, table 1; and the spellings that people type. The price is that पत्र and पितर stay apart but कल and काल do not. */
#ifndef FEATURE_SEARCH_WORD_H
#define FEATURE_SEARCH_WORD_H
#include "base/arena.h"
#include "base/field.h"

enum { TYPO_LETTERS = 4, TYPO_PREFIX = 7, TYPO_FORMS = TYPO_PREFIX + 1 };

/* Small letters without joiners; empty when nothing is left. */
struct str search_plain(struct arena *a, struct str word);
/* Plain words so common that they tell nothing (the, of, का, में …). A query does without them while others are left. */
bool search_is_common(struct str plain);
/* How a word sounds, a-z; absent when it holds digits or another script. */
struct str search_sound(struct arena *a, struct str word);
/* The forms under which a word is found with one wrong letter: the first TYPO_PREFIX letters with each left out in turn, and whole
 * (Garbe's symmetric deletion). None for words below TYPO_LETTERS letters or with digits. At most TYPO_FORMS. */
size_t search_typo_forms(struct arena *a, struct str word, struct str ret[TYPO_FORMS]);
/* One letter is wrong, missing, too many, or two neighbours are exchanged (Damerau 1964), or nothing at all. */
bool search_one_typo(struct str a, struct str b);
#endif
