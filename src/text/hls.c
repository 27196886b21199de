/* Live playlists; see hls.h. */
#include "text/hls.h"
#include "base/clock.h"

void hls_begin(struct hls *h, int64_t next_number, int64_t next_part, int64_t takes)
{
	*h = (struct hls){ .next_number = next_number, .next_part = next_part, .take = takes };
}

void hls_take(struct hls *h, const struct fmp4_init *i, bool sound)
{
	const struct fmp4_track *p = fmp4_picture(i), *s = fmp4_sound(i);
	h->take++;
	h->take_is_new = true;
	h->key_us = h->since_key_us = 0;
	h->sound = sound;
	h->width = p ? p->width : 0;
	h->height = p ? p->height : 0;
	snprintf(h->sound_codec, sizeof h->sound_codec, "%s", s ? s->codec : "");
	snprintf(h->codecs, sizeof h->codecs, "%s%s%s", p ? p->codec : "", p && s ? "," : "", s ? s->codec : "");
}

/* ── gathering ── */

static struct hls_segment *newest(struct hls *h)
{
	return h->n ? &h->segment[h->n - 1] : NULL;
}

static void note_peak(int64_t *peak, int64_t bytes, int64_t us)
{
	int64_t bits = us > 0 ? bytes * 8 * 1000000 / us : 0;
	if (bits > *peak)
		*peak = bits;
}

static void close_newest(struct hls *h, struct hls_added *ret)
{
	const struct hls_segment *s = newest(h);
	if (!s)
		return;
	ret->closed = s->number;
	ret->closed_first = s->first_part;
	ret->closed_parts = s->n_parts;
	note_peak(&h->peak_bits, s->bytes, s->duration_us);
	note_peak(&h->peak_sound_bits, s->sound_bytes, s->duration_us);
}

/* Where decoding can begin, once the segment is long enough or would become too long by the next such place; anywhere before it lasts longer than
 * the target. */
static bool begins_segment(const struct hls *h, const struct hls_segment *s, const struct fmp4_fragment *f)
{
	const int64_t target = HLS_TARGET_S * INT64_C(1000000);
	if (!s || h->take_is_new || s->n_parts == HLS_PARTS || s->duration_us + f->duration_us > target)
		return true;
	return f->key && (s->duration_us >= HLS_SEGMENT_US || s->duration_us + h->key_us > target);
}

static void begin_segment(struct hls *h, int64_t at, struct hls_added *ret)
{
	close_newest(h, ret);
	if (h->n == HLS_SEGMENTS) {
		ret->gone = h->segment[0].number;
		ret->gone_first = h->segment[0].first_part;
		ret->gone_parts = h->segment[0].n_parts;
		memmove(h->segment, h->segment + 1, sizeof h->segment[0] * (HLS_SEGMENTS - 1));
		h->n--;
	}
	h->segment[h->n++] =
		(struct hls_segment){ .number = h->next_number++, .first_part = h->next_part, .take = h->take, .at = at, .begins_take = h->take_is_new };
	h->take_is_new = false;
}

void hls_add(struct hls *h, const struct fmp4_fragment *f, int64_t bytes, int64_t sound_bytes, int64_t at, struct hls_added *ret)
{
	*ret = (struct hls_added){ .part = h->next_part, .closed = -1, .gone = -1 };
	if (f->key) {
		h->key_us = h->since_key_us ? h->since_key_us : h->key_us;
		h->since_key_us = 0;
	}
	struct hls_segment *s = newest(h);
	if (begins_segment(h, s, f)) {
		/* Within a take the clock of the pictures goes on, whenever they arrive. */
		bool goes_on = s && !h->take_is_new;
		int64_t begins = goes_on ? s->at + s->duration_us / 1000 : at - f->duration_us / 1000;
		begin_segment(h, begins, ret);
		s = newest(h);
	}
	h->since_key_us += f->duration_us;
	h->next_part++;
	s->part[s->n_parts++] = (struct hls_part){ f->duration_us, f->key };
	s->duration_us += f->duration_us;
	s->bytes += bytes;
	s->sound_bytes += sound_bytes;
}

void hls_end(struct hls *h, struct hls_added *ret)
{
	*ret = (struct hls_added){ .part = -1, .closed = -1, .gone = -1 };
	if (!h->ended)
		close_newest(h, ret);
	h->ended = true;
}

/* ── what is said ── */

void hls_name(char ret[HLS_NAME], bool sound, char what, int64_t number)
{
	snprintf(ret, HLS_NAME, "%s%c%lld.%s", sound ? "a" : "", what, (long long)number, what == 'i' ? "mp4" : "m4s");
}

/* Seconds with five places, as bis 4.3 writes fractions. */
static void put_seconds(struct buf *b, int64_t us)
{
	buf_fmt(b, "%lld.%05lld", (long long)(us / 1000000), (long long)(us % 1000000 / 10));
}

static void put_parts(const struct hls_segment *s, bool sound, struct buf *b)
{
	char name[HLS_NAME];
	for (int64_t i = 0; i < s->n_parts; i++) {
		hls_name(name, sound, 'p', s->first_part + i);
		buf_lit(b, "#EXT-X-PART:DURATION=");
		put_seconds(b, s->part[i].duration_us);
		buf_fmt(b, ",URI=\"%s\"%s\n", name, s->part[i].key || sound ? ",INDEPENDENT=YES" : "");
	}
}

static void put_segment(const struct hls *h, size_t i, bool sound, bool with_parts, struct buf *b)
{
	const struct hls_segment *s = &h->segment[i];
	char name[HLS_NAME];
	/* The first take of all continues nothing. */
	if (s->begins_take && s->take > 1)
		buf_lit(b, "#EXT-X-DISCONTINUITY\n");
	if (i == 0 || s->begins_take) {
		hls_name(name, sound, 'i', s->take);
		buf_fmt(b, "#EXT-X-MAP:URI=\"%s\"\n", name);
	}
	buf_lit(b, "#EXT-X-PROGRAM-DATE-TIME:");
	clock_put_rfc3339(b, s->at);
	buf_char(b, '\n');
	if (with_parts)
		put_parts(s, sound, b);
	if (i + 1 == h->n && !h->ended)
		return;
	buf_lit(b, "#EXTINF:");
	put_seconds(b, s->duration_us);
	hls_name(name, sound, 's', s->number);
	buf_fmt(b, ",\n%s\n", name);
}

/* Discontinuities that are no longer listed (bis 4.4.3.3): one for each take but the first. */
static int64_t gone_takes(const struct hls *h)
{
	const struct hls_segment *s = &h->segment[0];
	int64_t before = s->take - 1 - (s->begins_take ? 1 : 0);
	return before > 0 ? before : 0;
}

void hls_playlist(const struct hls *h, bool sound, struct buf *b)
{
	char name[HLS_NAME];
	int64_t left = 0;
	size_t with_parts = h->n;
	/* Parts are told of for three targets before the end (bis 6.2.2). */
	while (with_parts > 0 && !h->ended && left < 3 * HLS_TARGET_S * INT64_C(1000000))
		left += h->segment[--with_parts].duration_us;
	buf_fmt(b, "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:%d\n", HLS_TARGET_S);
	buf_fmt(b, "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=%d.%d\n", 3 * HLS_PART_TARGET_MS / 1000, 3 * HLS_PART_TARGET_MS % 1000 / 100);
	buf_fmt(b, "#EXT-X-PART-INF:PART-TARGET=0.%d\n", HLS_PART_TARGET_MS / 100);
	buf_fmt(b, "#EXT-X-MEDIA-SEQUENCE:%lld\n", h->n ? (long long)h->segment[0].number : (long long)h->next_number);
	if (h->n && gone_takes(h))
		buf_fmt(b, "#EXT-X-DISCONTINUITY-SEQUENCE:%lld\n", (long long)gone_takes(h));
	for (size_t i = 0; i < h->n; i++)
		put_segment(h, i, sound, i >= with_parts, b);
	if (h->ended) {
		buf_lit(b, "#EXT-X-ENDLIST\n");
		return;
	}
	hls_name(name, sound, 'p', h->next_part);
	buf_fmt(b, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"%s\"\n", name);
}

/* The peak is known of whole segments only; before, twice what the newest has so far. */
static int64_t bandwidth(int64_t peak, int64_t bytes, int64_t us)
{
	int64_t bits = peak ? peak : us > 0 ? 2 * bytes * 8 * 1000000 / us : 0;
	return bits > 1000 ? bits : 1000;
}

static void put_variant(const struct hls *h, bool sound, struct str at, struct buf *b)
{
	const struct hls_segment *s = h->n ? &h->segment[h->n - 1] : &(struct hls_segment){ 0 };
	int64_t bits = sound ? bandwidth(h->peak_sound_bits, s->sound_bytes, s->duration_us) : bandwidth(h->peak_bits, s->bytes, s->duration_us);
	buf_fmt(b, "#EXT-X-STREAM-INF:BANDWIDTH=%lld,CODECS=\"%s\"", (long long)bits, sound ? h->sound_codec : h->codecs);
	if (h->width && !sound)
		buf_fmt(b, ",RESOLUTION=%ux%u", h->width, h->height);
	buf_fmt(b, "\n%.*s%s.m3u8\n", STR_ARG(at), sound ? "sound" : "main");
}

void hls_index(const struct hls *h, const struct hls *thin, struct str at, struct buf *b)
{
	bool other = thin && thin->n;
	const struct hls *thinnest = other ? thin : h;
	buf_lit(b, "#EXTM3U\n#EXT-X-VERSION:6\n");
	put_variant(h, false, S(""), b);
	if (other)
		put_variant(thin, false, at, b);
	if (thinnest->sound && thinnest->width)
		put_variant(thinnest, true, other ? at : S(""), b);
}

/* ── what is there now ── */

void hls_now(const struct hls *h, struct buf *b)
{
	const struct hls_segment *s = h->n ? &h->segment[h->n - 1] : NULL;
	buf_fmt(b, "%lld %lld %lld %d\n", (long long)(s ? s->number : h->next_number), (long long)(s ? s->n_parts : 0), (long long)h->next_part, h->ended);
}

bool hls_now_read(struct str line, struct hls_now *ret)
{
	struct str part;
	int64_t v[4];
	line = str_before(line, '\n');
	for (int i = 0; i < 4; i++)
		if (!str_cut(&line, ' ', &part) || !str_int(part, &v[i]) || v[i] < 0 || v[i] > INT64_MAX / 4)
			return false;
	*ret = (struct hls_now){ v[0], v[1], v[2], v[3] != 0 };
	return line.n == 0;
}

bool hls_now_has(const struct hls_now *n, int64_t number, int64_t part, bool *ret_too_far)
{
	*ret_too_far = number > n->number + 2;
	if (n->ended || number < n->number)
		return true;
	return number == n->number && part >= 0 && part < n->parts;
}
