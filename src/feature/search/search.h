/* Full-text search over titles, topics, descriptions and lesson texts, in English and every Indic script.
 *
 * An inverted index in plain tables, so that both back ends give the same answers in the same order (doc/adr/0004).
 * Words are runs of letters, marks and digits (base/utf8.h): vowel signs belong to their word. English plurals and the
 * commonest endings are cut (search_stem). A query word matches beginnings; all words must be found in a course.
 *
 * Weight of a word for a document: field weight times tf / (tf + 1), times 1000 (the saturation of BM25, Robertson and
 * Zaragoza 2009, section 3.4, with k1 = 1 and without length normalisation: titles are short and lessons of like length).
 * At the query it is multiplied by ln(1 + N / n): N live courses, n of them holding the word. */
#ifndef FEATURE_SEARCH_H
#define FEATURE_SEARCH_H
#include "db/db.h"
#include "search_sql.h"

enum search_weight { SEARCH_TITLE = 10, SEARCH_TOPIC = 6, SEARCH_SUMMARY = 3, SEARCH_LESSON_TITLE = 4, SEARCH_LESSON_TEXT = 1 };
enum { QUERY_WORDS_MAX = 8, HITS_MAX = 5000 };

/* Forgets the words of a course. In a writing transaction. */
_must_check_ enum err search_clear(struct ctx *cx, int64_t course_id);
/* Adds the words of a text; resource_id 0: the course itself. In a writing transaction. */
_must_check_ enum err search_add(struct ctx *cx, int64_t course_id, int64_t resource_id, struct str text, enum search_weight weight);

struct hit {
	int64_t course_id;
	double score;
};
/* Live courses that hold all words of the query, best first. An empty query: none. ret_words: the words looked for. */
_must_check_ enum err search_courses(struct ctx *cx, struct str query, struct hit **ret, size_t *ret_n, struct strs *ret_words);
/* The word as it stands in the index: small letters, common English endings cut. */
struct str search_stem(struct arena *a, struct str word);
#endif
