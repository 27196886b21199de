/* Questions in CSV (csv.h): one row a question, the first row names the columns, in any order, in large or small letters.
 *
 *   code       which question it is (must); a part of a case: which part
 *   lang       BCP 47. A further row of the same code in another language is a translation: what it leaves empty of kind, right, weight…, area…, marks,
 *              partial, competency, bloom, source, words, picture, and the options of a numeric question, is as in the first row of that code
 *   kind       single, multiple, truefalse, numeric, short, matching, ordering, hotspot, judgement, case, long (must)
 *   text       the question (must); format: "markdown", else it is plain
 *   option1 …  up to option50. Of numeric: "30", "30:0.5" (tolerance), "25..35". Of ordering: in their right order. Of truefalse: none
 *   match1 …   matching: the right side of option1 …; without its option it is one more wrong right side
 *   right      numbers or letters of the right options: "2", "B", "1,3"; of truefalse: true or false
 *   weight1 …  per cent, in place of right; of short and numeric 100 when empty
 *   feedback1… to the option (of truefalse: 1 to "true", 2 to "false"); feedback: whatever was answered
 *   area1 …    hotspot: as in question.h
 *   marks, partial (yes or no; multiple, matching, ordering: yes when empty), competency (kcm:code@level), bloom, source
 *   case       the code of the case that the row is a part of
 *   words, sample, rubric1 … rubric12 ("name | points | about")   long
 *   picture    a data: address of PNG or JPEG; alt: its alternative text
 *
 * A file with the column QuestionType is one of iGOT Karmayogi's assessment tool: QuestionNo, QuestionType (MCQ-SCA, MCQ-MCA, T/F, MTF, FTB), Question,
 * Option1 … Option7, isOption1Correct … (Yes or No; of MTF the right side; of FTB "Blank1"), Explanation and Rationale (feedback), Bloom's Level,
 * Competency. MCQ-MCA is all or nothing. Its other columns are notes of the author and are not read; FTB with several blanks is a finding. */
#ifndef TEXT_QUESTION_CSV_H
#define TEXT_QUESTION_CSV_H
#include "text/question.h"

enum { QUESTION_CSV_MAX = 16 << 20, QUESTION_CSV_ROWS_MAX = 3 * QUESTIONS_MAX };
/* Adds to ret. True: no finding was added. A faulty question is left out. */
bool question_csv_parse(struct findings *f, struct str file, struct str source, struct questions *ret);
#endif
