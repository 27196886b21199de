/* Questions in Moodle's XML (docs.moodle.org/en: Moodle XML format), read.
 *
 *   multichoice       single or multiple, by <single>; several right ones with parts of the mark
 *   multichoiceset    multiple, all or nothing
 *   truefalse, numerical, shortanswer (case never decides), ordering
 *   matching          (also "match"); a part of the mark for each pair
 *   essay             long; <graderinfo> is a row of the rubric named as the question, <maxwordlimit> the words
 *   category          the category of the questions behind it
 * name: <idnumber>, else <name>. marks: <defaultgrade>, when it is not 1. Tags: "bloom:apply", "source:…", "lang:hi", "competency:kcm:code@level" (in place of
 * the category), "judgement" (a single choice is a situational judgement); other tags say nothing. One picture in the question's text: its <file> in base64.
 * HTML is made plain by question_html.h; Moodle's auto-format counts as HTML where it holds tags. <generalfeedback> is kept; the feedback for right, partly
 * right and wrong answers as a whole is Moodle's own and is not. Hidden questions (old versions) are passed over.
 * Descriptions, embedded answers (cloze), dragging, calculated, random and other kinds are findings. Questions of one name and several languages
 * (tag "lang:…") become translations. At most XML_SOURCE_MAX bytes (xml.h). */
#ifndef TEXT_MOODLE_XML_H
#define TEXT_MOODLE_XML_H
#include "text/question.h"

/* Adds to ret. True: no finding was added. A faulty question is left out. */
bool moodle_xml_parse(struct findings *f, struct str file, struct str source, struct questions *ret);
#endif
