/* HTML of questions from other systems made plain by html_text.h, and nothing lost without a word.
 *
 * Rows of tables become lines "a | b"; raised and lowered digits and signs become those of Unicode (m², H₂O). Pictures are taken out. What plain text
 * cannot say (formulas in MathML, sound, film, forms, other raised words) is refused, so that no question is half there. */
#ifndef TEXT_QUESTION_HTML_H
#define TEXT_QUESTION_HTML_H
#include "base/arena.h"
#include "base/str.h"

struct html_picture {
	struct str source, alt; /* source.p NULL: there is none */
};
/* NULL, or what is wrong (N_). *picture: of the one <img> or <object> that there may be, also over several calls with the same. */
const char *question_html(struct arena *a, struct str html, struct html_picture *picture, struct str *ret);
#endif
