/* Full-text search over titles, topics, descriptions and lesson texts, in English and every Indic script.
 *
 * An inverted index in plain tables, so that both back ends give the same answers in the same order (doc/adr/0004).
 * Words are runs of letters, marks and digits (base/utf8.h): vowel signs belong to their word. English plurals and the
 * commonest endings are cut (search_stem). A query word matches beginnings from three letters on (two in Indic scripts); all words must be found in a course. Words that tell nothing (the,
 * of, का) are left out of a query while others are left.
 *
 * Weight of a word for a document: field weight times tf / (tf + 1), times 1000 (the saturation of BM25, Robertson and
 * Zaragoza 2009, section 3.4, with k1 = 1 and without length normalisation: titles are short and lessons of like length).
 * At the query it is multiplied by ln(1 + N / n): N live courses, n of them holding the word.
 *
 * Besides the word itself counts, times its factor, what is the better of
 *   SEARCH_SAME     words and phrases of the same meaning (synonym.def); SEARCH_SAME_ELSEWHERE: of those in another script
 *   SEARCH_SOUND    Indian words for one in Latin letters that sound like it, and the other way (word.h): "suchna" finds सूचना
 *   SEARCH_TYPO     words one slip away, only where nothing else is found for the word; what was taken instead is told */
#ifndef FEATURE_SEARCH_H
#define FEATURE_SEARCH_H
#include "db/db.h"
#include "feature/search/catalogue.h"
#include "search_sql.h"

enum search_weight { SEARCH_TITLE = 10, SEARCH_TOPIC = 6, SEARCH_SUMMARY = 3, SEARCH_LESSON_TITLE = 4, SEARCH_LESSON_TEXT = 1 };
enum { QUERY_WORDS_MAX = 8, SEARCH_SAME_MAX = 6, SEARCH_PHRASE_MAX = 4 };
#define SEARCH_SAME 0.8
#define SEARCH_SAME_ELSEWHERE 0.5
#define SEARCH_SOUND 0.6
#define SEARCH_TYPO 0.5

/* Forgets the words of a course; whoever writes a course anew, offers or retires it begins with this, so that what servers keep of it in memory
 * goes too. In a writing transaction. */
_must_check_ enum err search_clear(struct ctx *cx, int64_t course_id);
/* Adds the words of a text; resource_id 0: the course itself. In a writing transaction. */
_must_check_ enum err search_add(struct ctx *cx, int64_t course_id, int64_t resource_id, struct str text, enum search_weight weight);

/* Brings the vocabulary up to the index: what courses imported before there was one lack. In a writing transaction. */
_must_check_ enum err search_rebuild(struct ctx *cx);

/* One way in which a place of the query (its words in order, a phrase with others of its meaning counting as one place) can be met: all these words,
 * as they stand in the index. */
struct search_way {
	unsigned place;
	struct str v[SEARCH_PHRASE_MAX];
	size_t n;
	bool beginnings; /* or what begins with them */
};
struct search_found {
	struct list hits;     /* live courses that hold all words of the query; a higher score is better; valid while the catalogue is held */
	size_t n_words;	      /* looked for; 0: an empty query, which finds nothing */
	struct str corrected; /* the query as it was taken after slips; absent: as typed */
	struct search_way *ways;
	size_t n_ways, n_places;
};
/* Four statements at most. */
_must_check_ enum err search_courses(struct ctx *cx, struct catalogue *catalogue, struct str query, struct search_found *ret);
/* The first text behind all words that a word of a query matches in the index: those beginning with it, or itself alone when it is too short. */
struct str search_end(struct arena *a, struct str stem);
/* The word as it stands in the index: small letters, common English endings cut. */
struct str search_stem(struct arena *a, struct str word);
#endif
