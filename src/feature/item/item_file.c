/* Files of items as they read; see item_import.h. */
#include "feature/item/item_import.h"
#include "text/gift.h"
#include "text/moodle_xml.h"
#include "text/qti.h"
#include "text/question_csv.h"

static struct str first_line(struct str s)
{
	return str_before(str_trim(str_sub(s, 0, s.n < 4000 ? s.n : 4000)), '\n');
}

/* By what the file begins with; its name decides only between CSV and GIFT. */
static const char *format_of(struct ctx *cx, struct str name, struct str bytes)
{
	struct str begin = str_trim(str_sub(bytes, 0, bytes.n < 4000 ? bytes.n : 4000)), head = str_lower(cx->arena, first_line(bytes));
	if (str_starts(begin, S("\xef\xbb\xbf")))
		begin = str_sub(begin, 3, begin.n);
	if (qti_is_package(bytes))
		return "qti";
	if (str_starts(begin, S("<")))
		return str_find(begin, S("<quiz")) >= 0 ? "moodle" : "qti";
	if (str_ends(str_lower(cx->arena, name), S(".csv")) || str_find(head, S("questiontype")) >= 0)
		return "csv";
	return "gift";
}

static void say_language(struct questions *q, struct str lang)
{
	for (size_t i = 0; i < q->n; i++)
		if (!q->v[i].lang.n)
			q->v[i].lang = lang;
}

void item_file_read(struct ctx *cx, struct str name, struct str bytes, struct str lang, struct item_file *ret)
{
	*ret = (struct item_file){ .name = name, .bytes = bytes, .lang = lang, .format = format_of(cx, name, bytes), .findings = { .arena = cx->arena } };
	struct findings *f = &ret->findings;
	if (qti_is_package(bytes))
		qti_package_read(f, name, bytes, &ret->questions);
	else if (strcmp(ret->format, "qti") == 0)
		qti_parse(f, name, bytes, &ret->questions);
	else if (strcmp(ret->format, "moodle") == 0)
		moodle_xml_parse(f, name, bytes, &ret->questions);
	else if (strcmp(ret->format, "csv") == 0)
		question_csv_parse(f, name, bytes, &ret->questions);
	else
		gift_parse(f, name, bytes, true, &ret->questions);
	say_language(&ret->questions, lang);
	if (!ret->questions.n && !f->n)
		finding_add(f, name, 0, N_("There is no question in this file"), 0, NULL);
}
