/* Rows by the names of their columns; see est_rows.h. */
#include "est_rows.h"

static const char *const columns[] = { "kind",	      "office",	    "code",  "name_en", "name_hi", "role",   "activity", "competency", "level", "title_en",
				       "designation", "sanctioned", "place", "roles",	"post",	   "person", "holding",	 "from",       "until", "order_no" };
enum { COLUMNS = sizeof columns / sizeof *columns };

void est_head(struct buf *b)
{
	for (size_t i = 0; i < COLUMNS; i++)
		buf_fmt(b, "%s%s", i ? "," : "", columns[i]);
	buf_char(b, '\n');
}

static struct str named(struct str pairs, const char *column)
{
	struct str pair;
	while (str_cut(&pairs, '|', &pair))
		if (str_is(str_before(pair, '='), column))
			return str_sub(pair, strlen(column) + 1, pair.n);
	return S("");
}

void est_line(struct buf *b, const char *pairs)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i)
			buf_char(b, ',');
		buf_str(b, named(str_of(pairs), columns[i]));
	}
	buf_char(b, '\n');
}
