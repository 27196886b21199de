/* Fragmented MP4; see fmp4.h. */
#include "text/fmp4.h"

/* ── bytes ── */

/* Reads on from the front; what is not there makes it bad and gives 0. */
struct reader {
	const unsigned char *p;
	size_t n;
	bool bad;
};

static struct reader reader_of(struct str s)
{
	return (struct reader){ (const unsigned char *)s.p, s.n, false };
}

static void skip(struct reader *r, size_t n)
{
	if (n > r->n) {
		r->bad = true;
		n = r->n;
	}
	r->p += n;
	r->n -= n;
}

static uint64_t number(struct reader *r, size_t n)
{
	uint64_t v = 0;
	if (n > r->n) {
		r->bad = true;
		r->n = 0;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		v = v << 8 | r->p[i];
	skip(r, n);
	return v;
}

static uint32_t u32(struct reader *r)
{
	return (uint32_t)number(r, 4);
}

/* ── boxes ── */

enum fmp4_found fmp4_box(struct str bytes, size_t max, struct fmp4_box *ret)
{
	struct reader r = reader_of(bytes);
	size_t head = 8;
	if (bytes.n < head)
		return FMP4_MORE;
	uint64_t size = number(&r, 4);
	ret->type = u32(&r);
	if (size == 1) {
		head = 16;
		if (bytes.n < head)
			return FMP4_MORE;
		size = number(&r, 8);
	}
	if (size < head || size > max)
		return FMP4_BAD;
	if (bytes.n < size)
		return FMP4_MORE;
	ret->whole = str_sub(bytes, 0, (size_t)size);
	ret->body = str_sub(bytes, head, (size_t)size);
	return FMP4_BOX;
}

/* Takes the next box inside another; false at its end, or where no whole one follows. */
static bool child(struct str *rest, struct fmp4_box *ret)
{
	if (fmp4_box(*rest, rest->n, ret) != FMP4_BOX)
		return false;
	*rest = str_sub(*rest, ret->whole.n, rest->n);
	return true;
}

static bool find(struct str inside, const char *type, struct fmp4_box *ret)
{
	while (child(&inside, ret))
		if (ret->type == FMP4_TYPE(type))
			return true;
	return false;
}

/* Version and flags that begin a full box. */
static uint32_t full_box(struct reader *r, unsigned *ret_version)
{
	uint32_t v = u32(r);
	*ret_version = v >> 24;
	return v & 0xffffff;
}

/* ── the beginning ── */

/* Length of a descriptor: seven bits a byte, at most four. */
static void descriptor(struct reader *r, unsigned tag)
{
	if (number(r, 1) != tag)
		r->bad = true;
	for (int i = 0; i < 4 && number(r, 1) & 0x80; i++)
		continue;
}

static void read_aac(struct fmp4_track *t, struct str body)
{
	struct fmp4_box esds;
	if (body.n < 28 || !find(str_sub(body, 28, body.n), "esds", &esds))
		return;
	struct reader r = reader_of(esds.body);
	skip(&r, 4);
	descriptor(&r, 3);
	skip(&r, 3);
	descriptor(&r, 4);
	unsigned object = (unsigned)number(&r, 1);
	skip(&r, 12);
	descriptor(&r, 5);
	unsigned kind = (unsigned)number(&r, 1) >> 3;
	if (r.bad || object != 0x40)
		return;
	snprintf(t->codec, sizeof t->codec, "mp4a.40.%u", kind);
	t->plain = kind == 2 || kind == 5 || kind == 29;
}

static void read_picture(struct fmp4_track *t, const struct fmp4_box *entry)
{
	struct fmp4_box avc;
	struct reader r = reader_of(entry->body);
	skip(&r, 24);
	t->width = (uint32_t)number(&r, 2);
	t->height = (uint32_t)number(&r, 2);
	if (entry->type != FMP4_TYPE("avc1") || entry->body.n < 78 || !find(str_sub(entry->body, 78, entry->body.n), "avcC", &avc) || avc.body.n < 4)
		return;
	const unsigned char *p = (const unsigned char *)avc.body.p;
	snprintf(t->codec, sizeof t->codec, "avc1.%02x%02x%02x", p[1], p[2], p[3]);
	t->plain = true;
}

static bool read_entry(struct fmp4_track *t, struct str stbl)
{
	struct fmp4_box stsd, entry;
	if (!find(stbl, "stsd", &stsd) || stsd.body.n < 8)
		return false;
	struct str rest = str_sub(stsd.body, 8, stsd.body.n);
	if (!child(&rest, &entry))
		return false;
	for (int i = 0; i < 4; i++) {
		char c = (char)(entry.type >> (24 - 8 * i));
		t->codec[i] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : '.';
	}
	if (t->video)
		read_picture(t, &entry);
	else if (entry.type == FMP4_TYPE("mp4a"))
		read_aac(t, entry.body);
	return true;
}

static bool read_trak(struct fmp4_track *t, const struct fmp4_box *trak)
{
	struct fmp4_box tkhd, mdia, mdhd, hdlr, minf, stbl;
	unsigned version;
	if (!find(trak->body, "tkhd", &tkhd) || !find(trak->body, "mdia", &mdia) || !find(mdia.body, "mdhd", &mdhd) || !find(mdia.body, "hdlr", &hdlr) ||
	    !find(mdia.body, "minf", &minf) || !find(minf.body, "stbl", &stbl))
		return false;
	struct reader r = reader_of(tkhd.body), h = reader_of(hdlr.body), m = reader_of(mdhd.body);
	full_box(&r, &version);
	skip(&r, version ? 16 : 8);
	t->id = u32(&r);
	skip(&h, 8);
	uint32_t handler = u32(&h);
	t->video = handler == FMP4_TYPE("vide");
	t->sound = handler == FMP4_TYPE("soun");
	full_box(&m, &version);
	skip(&m, version ? 16 : 8);
	t->scale = u32(&m);
	t->trak = trak->whole;
	return !r.bad && !h.bad && !m.bad && t->scale && read_entry(t, stbl.body);
}

static void read_trex(struct fmp4_init *i, const struct fmp4_box *box)
{
	struct reader r = reader_of(box->body);
	skip(&r, 4);
	uint32_t id = u32(&r);
	skip(&r, 4);
	uint32_t duration = u32(&r), size = u32(&r), flags = u32(&r);
	for (size_t k = 0; k < i->n && !r.bad; k++)
		if (i->track[k].id == id) {
			i->track[k].duration = duration;
			i->track[k].size = size;
			i->track[k].flags = flags;
			i->track[k].trex = box->whole;
		}
}

bool fmp4_init_read(struct str ftyp, struct str moov, struct fmp4_init *ret)
{
	struct fmp4_box top, box, mvex;
	*ret = (struct fmp4_init){ .ftyp = ftyp, .moov = moov };
	if (fmp4_box(moov, moov.n, &top) != FMP4_BOX || top.type != FMP4_TYPE("moov") || !find(top.body, "mvex", &mvex))
		return false;
	struct str rest = top.body;
	while (child(&rest, &box)) {
		if (box.type != FMP4_TYPE("trak"))
			continue;
		if (ret->n == FMP4_TRACKS_MAX || !read_trak(&ret->track[ret->n], &box))
			return false;
		ret->n++;
	}
	rest = mvex.body;
	while (child(&rest, &box))
		if (box.type == FMP4_TYPE("trex"))
			read_trex(ret, &box);
	return fmp4_picture(ret) || fmp4_sound(ret);
}

const struct fmp4_track *fmp4_picture(const struct fmp4_init *i)
{
	for (size_t k = 0; k < i->n; k++)
		if (i->track[k].video)
			return &i->track[k];
	return NULL;
}

const struct fmp4_track *fmp4_sound(const struct fmp4_init *i)
{
	for (size_t k = 0; k < i->n; k++)
		if (i->track[k].sound)
			return &i->track[k];
	return NULL;
}

/* ── a fragment ── */

struct head {
	uint32_t duration, size, flags; /* of a sample, unless its run says */
	bool from_moof;                 /* places count from the beginning of the moof */
};

static bool read_tfhd(const struct fmp4_track *t, struct str body, uint32_t *ret_id, struct head *ret)
{
	struct reader r = reader_of(body);
	unsigned version;
	uint32_t flags = full_box(&r, &version);
	*ret_id = u32(&r);
	*ret = (struct head){ t->duration, t->size, t->flags, (flags & 0x020000) && !(flags & 1) };
	skip(&r, (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0));
	if (flags & 8)
		ret->duration = u32(&r);
	if (flags & 0x10)
		ret->size = u32(&r);
	if (flags & 0x20)
		ret->flags = u32(&r);
	return !r.bad;
}

struct run {
	uint64_t duration, size;  /* of all its samples */
	uint32_t first_flags, n;
	bool placed;              /* it says where its bytes are */
	uint32_t place;
};

static bool read_trun(const struct head *h, struct str body, struct run *ret)
{
	struct reader r = reader_of(body);
	unsigned version;
	uint32_t flags = full_box(&r, &version);
	*ret = (struct run){ .n = u32(&r), .placed = flags & 1, .first_flags = h->flags };
	ret->place = flags & 1 ? u32(&r) : 0;
	if (flags & 4)
		ret->first_flags = u32(&r);
	if (ret->n > FMP4_SAMPLES_MAX)
		return false;
	for (uint32_t i = 0; i < ret->n && !r.bad; i++) {
		ret->duration += flags & 0x100 ? u32(&r) : h->duration;
		ret->size += flags & 0x200 ? u32(&r) : h->size;
		uint32_t own = flags & 0x400 ? u32(&r) : h->flags;
		if (i == 0 && (flags & 0x400) && !(flags & 4))
			ret->first_flags = own;
		skip(&r, flags & 0x800 ? 4 : 0);
	}
	return !r.bad;
}

/* The part of a moof that is of a track. */
static bool find_traf(const struct fmp4_track *t, struct str moof, struct fmp4_box *ret, struct fmp4_box *ret_tfhd, struct head *ret_head)
{
	struct fmp4_box top;
	uint32_t id;
	if (fmp4_box(moof, moof.n, &top) != FMP4_BOX || top.type != FMP4_TYPE("moof"))
		return false;
	struct str rest = top.body;
	while (child(&rest, ret))
		if (ret->type == FMP4_TYPE("traf") && find(ret->body, "tfhd", ret_tfhd) && read_tfhd(t, ret_tfhd->body, &id, ret_head) && id == t->id)
			return true;
	return false;
}

static int64_t microseconds(uint64_t v, uint32_t scale)
{
	return (int64_t)(v / scale) * 1000000 + (int64_t)(v % scale * 1000000 / scale);
}

/* So that no sum of anybody's figures overflows: a hundred years. */
#define TIME_MAX_US INT64_C(3155760000000000)

bool fmp4_fragment_read(const struct fmp4_init *i, struct str moof, struct fmp4_fragment *ret)
{
	const struct fmp4_track *t = fmp4_picture(i) ? fmp4_picture(i) : fmp4_sound(i);
	struct fmp4_box traf, tfhd, tfdt, box;
	struct head head;
	struct run run;
	uint64_t duration = 0;
	unsigned version;
	bool first = true;
	*ret = (struct fmp4_fragment){ .key = !t || !t->video };
	if (!t || !find_traf(t, moof, &traf, &tfhd, &head) || !find(traf.body, "tfdt", &tfdt))
		return false;
	struct reader r = reader_of(tfdt.body);
	full_box(&r, &version);
	uint64_t start = number(&r, version ? 8 : 4);
	struct str rest = traf.body;
	while (child(&rest, &box)) {
		if (box.type != FMP4_TYPE("trun"))
			continue;
		if (!read_trun(&head, box.body, &run))
			return false;
		duration += run.duration;
		if (first && run.n) {
			ret->key = !t->video || !(run.first_flags & 0x00010000);
			first = false;
		}
	}
	if (r.bad || first || start / t->scale > TIME_MAX_US / 1000000 || duration / t->scale > 3600)
		return false;
	ret->start_us = microseconds(start, t->scale);
	ret->duration_us = microseconds(duration, t->scale);
	return true;
}

/* ── the sound alone ── */

static void put_u32(struct buf *b, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		buf_char(b, (char)(v >> (24 - 8 * i)));
}

static void put_type(struct buf *b, const char *type)
{
	buf_add(b, type, 4);
}

bool fmp4_sound_init(const struct fmp4_init *i, struct buf *b)
{
	const struct fmp4_track *t = fmp4_sound(i);
	struct fmp4_box top, mvhd;
	if (!t || !t->trex.p || fmp4_box(i->moov, i->moov.n, &top) != FMP4_BOX || !find(top.body, "mvhd", &mvhd))
		return false;
	buf_str(b, i->ftyp);
	put_u32(b, (uint32_t)(8 + mvhd.whole.n + t->trak.n + 8 + t->trex.n));
	put_type(b, "moov");
	buf_str(b, mvhd.whole);
	buf_str(b, t->trak);
	put_u32(b, (uint32_t)(8 + t->trex.n));
	put_type(b, "mvex");
	buf_str(b, t->trex);
	return !b->full;
}

/* A run with another place of its bytes. */
static void put_trun(struct buf *b, const struct fmp4_box *trun, uint32_t place)
{
	size_t head = trun->whole.n - trun->body.n;
	buf_str(b, str_sub(trun->whole, 0, head + 8));
	put_u32(b, place);
	buf_str(b, str_sub(trun->whole, head + 12, trun->whole.n));
}

/* How long the runs of a traf are as boxes, and their bytes. False: one does not say where its bytes are, or they are not there. */
static bool measure_runs(struct str traf, const struct head *head, size_t moof_n, struct str mdat, size_t *ret_boxes, size_t *ret_bytes)
{
	struct fmp4_box box;
	struct run run;
	*ret_boxes = *ret_bytes = 0;
	while (child(&traf, &box)) {
		if (box.type != FMP4_TYPE("trun"))
			continue;
		if (!read_trun(head, box.body, &run) || !run.placed || run.place < moof_n || run.place - moof_n > mdat.n ||
		    run.size > mdat.n - (run.place - moof_n))
			return false;
		*ret_boxes += box.whole.n;
		*ret_bytes += run.size;
		if (*ret_bytes > FMP4_MDAT_MAX)
			return false;
	}
	return *ret_bytes != 0;
}

bool fmp4_sound_fragment(const struct fmp4_init *i, struct str moof, struct str mdat, struct buf *b)
{
	const struct fmp4_track *t = fmp4_sound(i);
	struct fmp4_box top, mfhd, traf, tfhd, tfdt, box;
	struct head head;
	struct run run;
	size_t boxes, bytes;
	if (!t || !find_traf(t, moof, &traf, &tfhd, &head) || !head.from_moof || !find(traf.body, "tfdt", &tfdt) ||
	    fmp4_box(moof, moof.n, &top) != FMP4_BOX || !find(top.body, "mfhd", &mfhd) || !measure_runs(traf.body, &head, moof.n, mdat, &boxes, &bytes))
		return false;
	size_t traf_n = 8 + tfhd.whole.n + tfdt.whole.n + boxes, moof_n = 8 + mfhd.whole.n + traf_n;
	put_u32(b, (uint32_t)moof_n);
	put_type(b, "moof");
	buf_str(b, mfhd.whole);
	put_u32(b, (uint32_t)traf_n);
	put_type(b, "traf");
	buf_str(b, tfhd.whole);
	buf_str(b, tfdt.whole);
	size_t place = moof_n + 8;
	struct str rest = traf.body;
	while (child(&rest, &box))
		if (box.type == FMP4_TYPE("trun") && read_trun(&head, box.body, &run)) {
			put_trun(b, &box, (uint32_t)place);
			place += run.size;
		}
	put_u32(b, (uint32_t)(8 + bytes));
	put_type(b, "mdat");
	rest = traf.body;
	while (child(&rest, &box))
		if (box.type == FMP4_TYPE("trun") && read_trun(&head, box.body, &run))
			buf_str(b, str_sub(mdat, run.place - moof.n, run.place - moof.n + (size_t)run.size));
	return !b->full;
}
