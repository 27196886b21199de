/* Questions in QTI, 1EdTech's Question and Test Interoperability: items of 2.1, 2.2 and 3.0 are read, items of 3.0 written; and content packages of them
 * (ZIP with imsmanifest.xml, IMS Content Packaging 1.2 and 1.3).
 * Sources: QTI Assessment, Section and Item (ASI) Information Model 3.0 (2022), and Assessment, Section and Item Information Model 2.1 (2012), 2.2 (2015).
 *
 * Read is (names of 2.x; those of 3.0 are the same with "qti-" and hyphens):
 *   choiceInteraction, inlineChoiceInteraction   single or multiple, by the cardinality of the response
 *   orderInteraction                             ordering, all or nothing
 *   matchInteraction, associateInteraction       matching, where each left side has one right side
 *   textEntryInteraction                         short (a string; case never decides) or numeric (float, integer)
 *   extendedTextInteraction                      long; a rubricBlock for scorers is the rubric (a table of class "karmayogi-rubric": its rows;
 *                                                otherwise one row named as the item), one of use "ext:sample-answer" the sample
 *   hotspotInteraction                           hotspot; an area without hotspotLabel is called by its number
 *   several of them in one item                  a case: what stands before the first is its text
 * responseProcessing: the templates match_correct and map_response, and written out: match, equal (exact, absolute, relative), stringMatch, patternMatch,
 * mapResponse, conditions that set SCORE (or an outcome that is summed to it) and a FEEDBACK. modalFeedback, feedbackInline within a choice.
 * The text of a candidate's rubricBlock belongs to the question. Style sheets, time limits, tools for candidates and the order in which options are shown
 * are left to the examination. Everything else (adaptive items, templates, shared stimuli, other interactions, points chosen freely on a picture
 * (map_response_point), formulas, second pictures) is a finding, and that item is left out.
 *
 * How fields are found: name: the item's identifier (title, when this program wrote it); marks: normalMaximum of SCORE, else MAXSCORE, else what the rules
 * give at most, when that is not 1; lang: xml:lang. In a manifest the metadata of an item's resource (IMS LOM) may say more: keywords "bloom:apply",
 * "source:…", "competency:kcm:code@level". Items of the same identifier in other languages become translations.
 *
 * Written: texts are <div class="karmayogi-plain"> (-moodle, -markdown) with <br/> for line ends; what QTI has no place for stands as data-* of a
 * <div class="karmayogi-question"> around each question. qti_parse(qti_write(q)) gives q again, but for the lines, the translations, and names that come empty;
 * qti_package_read(qti_package_write(q)) also the translations. */
#ifndef TEXT_QTI_H
#define TEXT_QTI_H
#include "text/question.h"

/* One item as XML; its pictures must be data: addresses. Adds to ret; true: no finding was added. */
bool qti_parse(struct findings *f, struct str file, struct str source, struct questions *ret);
/* An item of q without its translations. */
struct str qti_write(struct arena *a, const struct question *q);

/* Whether these bytes are a ZIP archive, and so may be a package. */
static inline bool qti_is_package(struct str bytes)
{
	return str_starts(bytes, S("PK\3\4"));
}
bool qti_package_read(struct findings *f, struct str file, struct str bytes, struct questions *ret);
/* Absent: more than 64 MiB. Every name must be another. */
struct str qti_package_write(struct arena *a, const struct question *v, size_t n);
#endif
