/* Workbooks for spreadsheets; see xlsx.h. */
#include "text/xlsx.h"
#include "base/arena.h"
#include "base/err.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* ── XML ── */

static void put_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '&')
			buf_lit(b, "&amp;");
		else if (c == '<')
			buf_lit(b, "&lt;");
		else if (c == '>')
			buf_lit(b, "&gt;");
		else if (c == '"')
			buf_lit(b, "&quot;");
		else if (c >= ' ' || c == '\t' || c == '\n')
			buf_char(b, (char)c);
	}
}

void xlsx_begin(struct xlsx *x, struct arena *a, size_t max)
{
	*x = (struct xlsx){ .arena = a, .max = max };
}

static struct str sheet_name(struct arena *a, struct str s)
{
	struct buf b;
	size_t n = 0;
	buf_init(&b, a, 256);
	for (size_t i = 0; i < s.n; i++) {
		bool begins = ((unsigned char)s.p[i] & 0xc0) != 0x80;
		if (begins && n == 31)
			break;
		if (strchr("[]:*?/\\'", s.p[i]))
			continue;
		n += begins;
		buf_char(&b, s.p[i]);
	}
	return b.n ? buf_get(&b) : S("-");
}

void xlsx_sheet(struct xlsx *x, struct str name)
{
	BUG_IF(x->n_sheets == XLSX_SHEETS_MAX);
	struct buf *b = &x->sheets[x->n_sheets];
	x->names[x->n_sheets++] = sheet_name(x->arena, name);
	x->row = x->column = 0;
	buf_init(b, x->arena, x->max);
	buf_lit(b, XML "<worksheet xmlns=\"" MAIN
		       "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" state=\"frozen\"/></sheetView></sheetViews>"
		       "<sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"18\"/><sheetData>");
}

/* False: no room in the row. */
static bool cell(struct xlsx *x, const char *type)
{
	struct buf *b = &x->sheets[x->n_sheets - 1];
	if (x->column == XLSX_COLUMNS_MAX)
		return false;
	if (!x->column)
		buf_fmt(b, "<row r=\"%zu\">", x->row + 1);
	char name[3] = { (char)('A' + x->column % 26), 0, 0 };
	if (x->column >= 26) {
		name[1] = name[0];
		name[0] = (char)('A' + x->column / 26 - 1);
	}
	buf_fmt(b, "<c r=\"%s%zu\"%s%s>", name, x->row + 1, x->row ? "" : " s=\"1\"", type);
	x->column++;
	return true;
}

void xlsx_text(struct xlsx *x, struct str s)
{
	struct buf *b = &x->sheets[x->n_sheets - 1];
	if (!cell(x, " t=\"inlineStr\""))
		return;
	buf_lit(b, "<is><t xml:space=\"preserve\">");
	put_text(b, s);
	buf_lit(b, "</t></is></c>");
}

void xlsx_int(struct xlsx *x, int64_t v)
{
	if (cell(x, ""))
		buf_fmt(&x->sheets[x->n_sheets - 1], "<v>%lld</v></c>", (long long)v);
}

void xlsx_real(struct xlsx *x, double v)
{
	if (cell(x, ""))
		buf_fmt(&x->sheets[x->n_sheets - 1], "<v>%.2f</v></c>", v);
}

void xlsx_end_row(struct xlsx *x)
{
	if (!x->column)
		buf_fmt(&x->sheets[x->n_sheets - 1], "<row r=\"%zu\">", x->row + 1);
	buf_lit(&x->sheets[x->n_sheets - 1], "</row>");
	x->row++;
	x->column = 0;
}

/* ── ZIP ── */

enum { MEMBERS_MAX = XLSX_SHEETS_MAX + 5, DOS_DAY = 1 << 5 | 1 };
struct member {
	struct str name;
	uint32_t crc, at, n;
};
struct zip {
	struct buf out;
	struct member members[MEMBERS_MAX];
	size_t n;
};

/* ISO 3309, reflected, half a byte at a time. */
static uint32_t crc32_of(struct str s)
{
	static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
					    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };
	uint32_t c = ~UINT32_C(0);
	for (size_t i = 0; i < s.n; i++) {
		c ^= (unsigned char)s.p[i];
		c = table[c & 15] ^ c >> 4;
		c = table[c & 15] ^ c >> 4;
	}
	return ~c;
}

static void put16(struct buf *b, uint32_t v)
{
	buf_char(b, (char)(v & 255));
	buf_char(b, (char)(v >> 8 & 255));
}

static void put32(struct buf *b, uint32_t v)
{
	put16(b, v & 0xffff);
	put16(b, v >> 16);
}

/* What the head of a member and its entry in the directory have in common (4.3.7 and 4.3.12): version 2.0, names in UTF-8, stored. */
static void put_common(struct buf *b, const struct member *m)
{
	put16(b, 20);
	put16(b, 0x0800);
	put16(b, 0);
	put16(b, 0);
	put16(b, DOS_DAY);
	put32(b, m->crc);
	put32(b, m->n);
	put32(b, m->n);
	put16(b, (uint32_t)m->name.n);
	put16(b, 0);
}

static void put_member(struct zip *z, struct str name, struct str content)
{
	struct member *m = &z->members[z->n++];
	*m = (struct member){ name, crc32_of(content), (uint32_t)z->out.n, (uint32_t)content.n };
	put32(&z->out, 0x04034b50);
	put_common(&z->out, m);
	buf_str(&z->out, name);
	buf_str(&z->out, content);
}

static void put_directory(struct zip *z)
{
	uint32_t from = (uint32_t)z->out.n;
	for (size_t i = 0; i < z->n; i++) {
		const struct member *m = &z->members[i];
		put32(&z->out, 0x02014b50);
		put16(&z->out, 20);
		put_common(&z->out, m);
		put16(&z->out, 0);
		put16(&z->out, 0);
		put16(&z->out, 0);
		put32(&z->out, 0);
		put32(&z->out, m->at);
		buf_str(&z->out, m->name);
	}
	uint32_t size = (uint32_t)z->out.n - from;
	put32(&z->out, 0x06054b50);
	put32(&z->out, 0);
	put16(&z->out, (uint32_t)z->n);
	put16(&z->out, (uint32_t)z->n);
	put32(&z->out, size);
	put32(&z->out, from);
	put16(&z->out, 0);
}

/* ── the parts of a workbook ── */

static struct str content_types(struct xlsx *x)
{
	struct buf b;
	buf_init(&b, x->arena, 1 << 16);
	buf_lit(&b, XML "<Types xmlns=\"" PACKAGE
			"content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
			"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPES
			"sheet.main+xml\"/>"
			"<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPES "styles+xml\"/>");
	for (size_t i = 0; i < x->n_sheets; i++)
		buf_fmt(&b, "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType=\"" TYPES "worksheet+xml\"/>", i + 1);
	buf_lit(&b, "</Types>");
	return buf_get(&b);
}

static struct str workbook(struct xlsx *x)
{
	struct buf b;
	buf_init(&b, x->arena, 1 << 16);
	buf_lit(&b, XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELS "\"><sheets>");
	for (size_t i = 0; i < x->n_sheets; i++) {
		buf_lit(&b, "<sheet name=\"");
		put_text(&b, x->names[i]);
		buf_fmt(&b, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
	}
	buf_lit(&b, "</sheets></workbook>");
	return buf_get(&b);
}

static struct str workbook_relations(struct xlsx *x)
{
	struct buf b;
	buf_init(&b, x->arena, 1 << 16);
	buf_lit(&b, XML "<Relationships xmlns=\"" PACKAGE "relationships\">");
	for (size_t i = 0; i < x->n_sheets; i++)
		buf_fmt(&b, "<Relationship Id=\"rId%zu\" Type=\"" RELS "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>", i + 1, i + 1);
	buf_fmt(&b, "<Relationship Id=\"rId%zu\" Type=\"" RELS "/styles\" Target=\"styles.xml\"/></Relationships>", x->n_sheets + 1);
	return buf_get(&b);
}

#define RELATIONS                                                                                                                                              \
	XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" RELS                                                         \
	    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
/* Two formats of cells: plain and bold. */
#define STYLES                                                                                                                                                 \
	XML "<styleSheet xmlns=\"" MAIN                                                                                                                        \
	    "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"       \
	    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"                   \
	    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"                                                        \
	    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"                                           \
	    "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"                                                    \
	    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>"

bool xlsx_end(struct xlsx *x, struct str *ret)
{
	struct zip z = { .n = 0 };
	bool whole = x->n_sheets > 0;
	buf_init(&z.out, x->arena, x->max);
	put_member(&z, S("[Content_Types].xml"), content_types(x));
	put_member(&z, S("_rels/.rels"), S(RELATIONS));
	put_member(&z, S("xl/workbook.xml"), workbook(x));
	put_member(&z, S("xl/_rels/workbook.xml.rels"), workbook_relations(x));
	put_member(&z, S("xl/styles.xml"), S(STYLES));
	for (size_t i = 0; i < x->n_sheets; i++) {
		buf_lit(&x->sheets[i], "</sheetData></worksheet>");
		whole = whole && !x->sheets[i].full;
		put_member(&z, str_fmt(x->arena, "xl/worksheets/sheet%zu.xml", i + 1), buf_get(&x->sheets[i]));
	}
	put_directory(&z);
	*ret = buf_get(&z.out);
	return whole && !z.out.full;
}
