/* Names, numbers, areas and pictures of questions; see question.h. What is right of a question as a whole is question_check.c. */
#include "text/question.h"

#include <math.h>

static const char *const kinds[QUESTION_KINDS_] = { "single",	"multiple", "truefalse", "numeric", "short", "matching",
						    "ordering", "hotspot",  "judgement", "case",    "long" };

const char *question_kind_name(enum question_kind kind)
{
	return kinds[kind];
}

bool question_kind_of(struct str name, enum question_kind *ret)
{
	for (int k = 0; k < QUESTION_KINDS_; k++)
		if (str_is(name, kinds[k])) {
			*ret = (enum question_kind)k;
			return true;
		}
	return false;
}

bool question_bloom_good(struct str word)
{
	static const char *const words[] = { "remember", "understand", "apply", "analyse", "evaluate", "create" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

bool question_number_fits(const struct question_number *q, double x)
{
	return fabs(x - q->value) <= q->tolerance + 1e-12 * fmax(fabs(q->value), q->tolerance);
}

double question_weight(double percent)
{
	double w = round(percent * 1e9) / 1e9;
	return w == 0 ? 0 : w; /* no -0 */
}

/* ── areas ── */

static bool has_extent(const struct question_area *a)
{
	const int64_t *v = a->v;
	if (a->shape == AREA_CIRCLE)
		return v[2] > 0;
	if (a->shape == AREA_RECT)
		return v[0] < v[2] && v[1] < v[3];
	int64_t twice = 0; /* the area between the corners and the origin, signed (the surveyor's formula) */
	for (size_t i = 0; i < a->n; i += 2) {
		size_t k = (i + 2) % a->n;
		twice += v[i] * v[k + 1] - v[k] * v[i + 1];
	}
	return twice != 0;
}

bool question_area_read(struct str text, struct question_area *ret)
{
	static const struct {
		const char *name;
		size_t least, most;
	} shapes[] = { [AREA_CIRCLE] = { "circle", 3, 3 }, [AREA_RECT] = { "rect", 4, 4 }, [AREA_POLY] = { "poly", 6, (size_t)2 * QUESTION_AREA_POINTS_MAX } };
	struct str word;
	*ret = (struct question_area){ 0 };
	if (!str_cut(&text, ' ', &word))
		return false;
	int shape = AREA_CIRCLE;
	while (shape <= AREA_POLY && !str_is(word, shapes[shape].name))
		shape++;
	if (shape > AREA_POLY)
		return false;
	while (str_cut(&text, ' ', &word))
		if (ret->n == shapes[shape].most || !str_int(word, &ret->v[ret->n]) || ret->v[ret->n] < 0 || ret->v[ret->n++] > 1000)
			return false;
	ret->shape = shape;
	return ret->n >= shapes[shape].least && (shape != AREA_POLY || ret->n % 2 == 0) && has_extent(ret);
}

/* ── pictures ── */

static int64_t big_endian(struct str s, size_t at, size_t n)
{
	int64_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)s.p[at + i];
	return v;
}

static bool png_size(struct str s, int64_t *width, int64_t *height)
{
	if (s.n < 33 || !str_starts(s, S("\x89PNG\r\n\x1a\n")) || memcmp(s.p + 12, "IHDR", 4) != 0)
		return false;
	*width = big_endian(s, 16, 4);
	*height = big_endian(s, 20, 4);
	return true;
}

/* A frame header is SOF0 to SOF15 without DHT, JPG and DAC. */
static bool is_frame(unsigned char marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool jpeg_size(struct str s, int64_t *width, int64_t *height)
{
	if (!str_starts(s, S("\xff\xd8\xff")))
		return false;
	for (size_t at = 2; at + 9 <= s.n && s.p[at] == '\xff';) {
		unsigned char marker = (unsigned char)s.p[at + 1];
		if (is_frame(marker)) {
			*height = big_endian(s, at + 5, 2);
			*width = big_endian(s, at + 7, 2);
			return true;
		}
		/* Fill bytes, and the markers that stand alone. */
		at += marker == 0xff ? 1 : marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 2 : 2 + (size_t)big_endian(s, at + 2, 2);
	}
	return false;
}

const char *question_picture_read(struct str bytes, struct question_picture *ret)
{
	int64_t width = 0, height = 0;
	bool png = png_size(bytes, &width, &height);
	if (bytes.n > QUESTION_PICTURE_MAX)
		return N_("A picture may have at most 200 KiB");
	if (!png && !jpeg_size(bytes, &width, &height))
		return N_("A picture must be PNG or JPEG");
	if (width < 1 || height < 1 || width > QUESTION_PICTURE_SIDE_MAX || height > QUESTION_PICTURE_SIDE_MAX)
		return N_("A picture may have at most 8,192 pixels on each side");
	ret->type = png ? "image/png" : "image/jpeg";
	ret->bytes = bytes;
	ret->width = width;
	ret->height = height;
	return NULL;
}
