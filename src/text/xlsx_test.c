/* Workbooks open where spreadsheets are read: an independent reader of ZIP takes them apart and finds what was put in. */
#include "text/xlsx.h"
#include "base/arena.h"
#include "text/text_check.h"

#include <archive.h>
#include <archive_entry.h>

static struct str member(struct arena *a, struct str file, const char *name)
{
	struct archive *z = archive_read_new();
	struct archive_entry *e;
	struct str found = STR_NONE;
	archive_read_support_format_zip(z);
	assert_int_equal(archive_read_open_memory(z, file.p, file.n), ARCHIVE_OK);
	while (archive_read_next_header(z, &e) == ARCHIVE_OK) {
		char *p = arena_alloc(a, (size_t)archive_entry_size(e) + 1);
		ssize_t n = archive_read_data(z, p, (size_t)archive_entry_size(e));
		assert_true(n >= 0); /* the check sum is right */
		if (strcmp(archive_entry_pathname(e), name) == 0)
			found = (struct str){ p, (size_t)n };
	}
	archive_read_free(z);
	return found;
}

static bool has(struct str s, const char *part)
{
	return str_find(s, str_of(part)) >= 0;
}

static void what_is_put_in_stands_in_its_cells(void **state)
{
	struct arena *a = arena_new();
	struct xlsx x;
	struct str file;
	(void)state;
	xlsx_begin(&x, a, 1 << 20);
	xlsx_sheet(&x, S("Days/hours"));
	xlsx_text(&x, S("Organisation"));
	xlsx_text(&x, S("Hours"));
	xlsx_end_row(&x);
	xlsx_text(&x, S("=1+1 <R&D> \x01\"डाक\""));
	xlsx_int(&x, -7);
	xlsx_real(&x, 2.5);
	xlsx_end_row(&x);
	xlsx_sheet(&x, S("Second"));
	xlsx_end_row(&x);
	assert_true(xlsx_end(&x, &file));
	struct str one = member(a, file, "xl/worksheets/sheet1.xml");
	assert_true(has(one, "<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">Organisation</t></is></c>"));
	assert_true(has(one, "<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1 &lt;R&amp;D&gt; &quot;डाक&quot;</t></is></c>"));
	assert_true(has(one, "<c r=\"B2\"><v>-7</v></c><c r=\"C2\"><v>2.50</v></c></row>"));
	assert_true(has(member(a, file, "xl/workbook.xml"), "<sheet name=\"Dayshours\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Second\""));
	assert_true(has(member(a, file, "[Content_Types].xml"), "/xl/worksheets/sheet2.xml"));
	arena_free(a);
}

static void too_much_is_said_and_columns_go_beyond_z(void **state)
{
	struct arena *a = arena_new();
	struct xlsx x;
	struct str file;
	(void)state;
	xlsx_begin(&x, a, 1 << 16);
	xlsx_sheet(&x, S("Wide"));
	for (int i = 0; i < XLSX_COLUMNS_MAX + 5; i++)
		xlsx_int(&x, i);
	xlsx_end_row(&x);
	assert_true(xlsx_end(&x, &file));
	struct str sheet = member(a, file, "xl/worksheets/sheet1.xml");
	assert_true(has(sheet, "<c r=\"AA1\" s=\"1\"><v>26</v>") && has(sheet, "<c r=\"ZZ1\" s=\"1\"><v>701</v></c></row>"));
	xlsx_begin(&x, a, 2000);
	xlsx_sheet(&x, S("Long"));
	for (int i = 0; i < 100; i++)
		xlsx_text(&x, S("more than has room"));
	assert_false(xlsx_end(&x, &file));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_in_stands_in_its_cells),
		cmocka_unit_test(too_much_is_said_and_columns_go_beyond_z),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
