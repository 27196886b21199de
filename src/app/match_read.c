/* Officers, posts and scores out of JSON; see match_read.h. */
#include "app/match_read.h"
#include "app/match_scan.h"
#include "base/utf8.h"

#include <math.h>

/* What makes two names the same: their text, or for numbers their value as text. */
struct name_key {
	struct str text;
	bool number;
};
/* One list, and where to find a name in it: open addressing, at most half full. */
struct names {
	const char *member;
	struct str *raw;
	struct name_key *keys;
	size_t n;
	uint64_t *slots; /* high half: of the hash; low half: place in the list + 1; 0: empty */
	size_t mask;
	uint32_t last; /* found just now: files are often in order */
};
struct reading {
	struct scan scan;
	struct names officers, posts;
	struct assignment_pair *pairs;
	size_t n_pairs;
	const char *scores_at; /* where their list stands */
	uint64_t seed;
};

/* A name in a sentence: a very long one is cut. */
static struct str shown(struct arena *a, struct str name)
{
	return name.n > 200 ? str_fmt(a, "%.*s…", STR_ARG(utf8_prefix(name, 60))) : name;
}

static enum err fail_at(struct reading *r, enum err e, const char *member, size_t i, const char *sentence, struct str name)
{
	struct ctx *cx = r->scan.cx;
	struct msg_arg arg = { "name", shown(cx->arena, name) };
	return fail_msg(cx, e, str_fmt(cx->arena, "%s[%zu]", member, i), sentence, 1, &arg);
}

/* ── names ── */

static struct name_key key_of(struct arena *a, const struct scan_value *v)
{
	if (!v->number)
		return (struct name_key){ scan_text(a, v), false };
	if (v->plain && !str_is(v->raw, "-0"))
		return (struct name_key){ v->raw, true };
	double x = scan_number(a, v) + 0.0;
	bool whole = fabs(x) < 0x1p53 && x == rint(x);
	return (struct name_key){ whole ? str_fmt(a, "%lld", (long long)x) : str_fmt(a, "%.17g", x), true };
}

static bool same_key(const struct name_key *x, const struct name_key *y)
{
	return x->number == y->number && str_eq(x->text, y->text);
}

static uint64_t hash_of(const struct name_key *k, uint64_t seed)
{
	uint64_t h = seed ^ (k->text.n * 2 + k->number), part;
	for (size_t i = 0; i < k->text.n; i += 8) {
		part = 0;
		memcpy(&part, k->text.p + i, k->text.n - i < 8 ? k->text.n - i : 8);
		h = (h ^ part) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	h *= UINT64_C(0xbf58476d1ce4e5b9);
	return h ^ (h >> 29);
}

/* The slot of the name, or the empty one where it belongs. */
static uint64_t *slot_of(const struct names *l, const struct name_key *k, uint64_t hash)
{
	for (size_t at = hash & l->mask;; at = (at + 1) & l->mask) {
		uint64_t slot = l->slots[at];
		if (slot == 0 || (slot >> 32 == hash >> 32 && same_key(&l->keys[(uint32_t)slot - 1], k)))
			return &l->slots[at];
	}
}

static enum err index_names(struct reading *r, struct names *l)
{
	size_t size = 2;
	while (size < 2 * l->n)
		size *= 2;
	l->slots = ARENA_ARRAY(r->scan.cx->arena, uint64_t, size);
	l->mask = size - 1;
	for (size_t i = 0; i < l->n; i++) {
		uint64_t hash = hash_of(&l->keys[i], r->seed), *slot = slot_of(l, &l->keys[i], hash);
		if (*slot)
			return fail_at(r, ERR_INVALID, l->member, i, N_("{name} is there twice"), l->raw[i]);
		*slot = (hash & ~(uint64_t)UINT32_MAX) | (i + 1);
	}
	return OK;
}

static enum err read_names(struct reading *r, struct names *l)
{
	struct arena *a = r->scan.cx->arena;
	bool more = false;
	if (scan_peek(&r->scan) != '[')
		return scan_fail(&r->scan, N_("a list of names should stand here: [ … ]"));
	r->scan.at++;
	size_t n_keys = 0;
	for (bool first = true;; first = false) {
		struct scan_value v;
		TRY(scan_more(&r->scan, ']', first, &more));
		if (!more)
			break;
		TRY(scan_value(&r->scan, &v));
		if (!v.raw.p)
			return fail_at(r, ERR_INVALID, l->member, l->n, N_("a name must be a text or a number"), STR_NONE);
		if (l->n == MATCH_NAMES_MAX)
			return fail_at(r, ERR_TOO_LARGE, l->member, l->n, N_("a list may have at most 1,048,576 names"), STR_NONE);
		*ARENA_PUSH(a, l->raw, l->n) = v.raw;
		*ARENA_PUSH(a, l->keys, n_keys) = key_of(a, &v);
	}
	return index_names(r, l);
}

/* ── scores ── */

static enum err find_name(struct reading *r, struct names *l, uint32_t *ret)
{
	struct arena *a = r->scan.cx->arena;
	struct scan_value v;
	TRY(scan_value(&r->scan, &v));
	if (!v.raw.p)
		return fail_at(r, ERR_INVALID, "scores", r->n_pairs, N_("must be [officer, post, score], with names that are texts or numbers"), STR_NONE);
	if (l->last < l->n && str_eq(v.raw, l->raw[l->last])) {
		*ret = l->last;
		return OK;
	}
	struct arena_mark mark = arena_mark(a);
	struct name_key k = key_of(a, &v);
	uint64_t slot = *slot_of(l, &k, hash_of(&k, r->seed));
	arena_back(a, mark);
	if (!slot)
		return fail_at(r, ERR_INVALID, "scores", r->n_pairs,
			       l == &r->officers ? N_("{name} is not among the officers") : N_("{name} is not among the posts"), v.raw);
	l->last = *ret = (uint32_t)slot - 1;
	return OK;
}

static enum err read_score(struct reading *r, double *ret)
{
	struct scan_value v;
	TRY(scan_value(&r->scan, &v));
	if (!v.raw.p || !v.number)
		return fail_at(r, ERR_INVALID, "scores", r->n_pairs, N_("the score must be a number"), STR_NONE);
	*ret = scan_number(r->scan.cx->arena, &v);
	if (!(fabs(*ret) <= 1e15))
		return fail_at(r, ERR_INVALID, "scores", r->n_pairs, N_("the score {name} is beyond what is counted with: at most 1e15, above or below 0"),
			       v.raw);
	return OK;
}

static enum err read_triple(struct reading *r, struct assignment_pair *ret)
{
	struct scan *s = &r->scan;
	const char *shape = N_("must be [officer, post, score], with names that are texts or numbers");
	*ret = (struct assignment_pair){ .rule = PAIR_OPEN };
	if (scan_peek(s) != '[' && s->at < s->end)
		return fail_at(r, ERR_INVALID, "scores", r->n_pairs, shape, STR_NONE);
	TRY(scan_take(s, '[', shape));
	TRY(find_name(r, &r->officers, &ret->officer));
	for (int i = 0; i < 2; i++) {
		if (scan_peek(s) != ',' && s->at < s->end)
			return fail_at(r, ERR_INVALID, "scores", r->n_pairs, shape, STR_NONE);
		TRY(scan_take(s, ',', shape));
		TRY(i == 0 ? find_name(r, &r->posts, &ret->post) : read_score(r, &ret->score));
	}
	if (scan_peek(s) != ']' && s->at < s->end)
		return fail_at(r, ERR_INVALID, "scores", r->n_pairs, shape, STR_NONE);
	return scan_take(s, ']', shape);
}

static enum err read_scores(struct reading *r)
{
	bool more = false;
	TRY(scan_take(&r->scan, '[', N_("a list of scores should stand here: [ … ]")));
	size_t most = 1; /* no more triples than brackets */
	for (const char *p = r->scan.at; p < r->scan.end; p++)
		most += *p == '[';
	r->pairs = ARENA_ARRAY(r->scan.cx->arena, struct assignment_pair, most < MATCH_PAIRS_MAX ? most : (size_t)MATCH_PAIRS_MAX);
	for (bool first = true;; first = false) {
		struct assignment_pair pair;
		TRY(scan_more(&r->scan, ']', first, &more));
		if (!more)
			return OK;
		TRY(read_triple(r, &pair));
		if (r->n_pairs == MATCH_PAIRS_MAX)
			return fail_at(r, ERR_TOO_LARGE, "scores", r->n_pairs, N_("there may be at most 16,777,216 scores"), STR_NONE);
		r->pairs[r->n_pairs++] = pair;
	}
}

/* ── the whole ── */

/* Scores that stand before the names are passed over and read afterwards. */
static enum err read_member(struct reading *r, struct str member)
{
	struct scan *s = &r->scan;
	struct names *l = str_is(member, "officers") ? &r->officers : str_is(member, "posts") ? &r->posts : NULL;
	bool scores = str_is(member, "scores");
	if (!l && !scores)
		return scan_skip(s);
	if (l ? l->slots != NULL : r->scores_at != NULL)
		return fail(s->cx, ERR_INVALID, l ? l->member : "scores", N_("is there twice"));
	if (l)
		return read_names(r, l);
	(void)scan_peek(s);
	r->scores_at = s->at;
	return r->officers.slots && r->posts.slots ? read_scores(r) : scan_skip(s);
}

static enum err read_members(struct reading *r)
{
	struct scan *s = &r->scan;
	bool more = false;
	TRY(scan_take(s, '{', N_("an object should stand here: {\"officers\": …, \"posts\": …, \"scores\": …}")));
	for (bool first = true;; first = false) {
		struct scan_value name;
		TRY(scan_more(s, '}', first, &more));
		if (!more)
			break;
		if (scan_peek(s) != '"')
			return scan_fail(s, N_("the name of a member should stand here, in quotes"));
		TRY(scan_value(s, &name));
		TRY(scan_take(s, ':', N_("a colon should stand here")));
		TRY(read_member(r, scan_text(s->cx->arena, &name)));
	}
	return scan_peek(s) == 0 && s->at == s->end ? OK : scan_fail(s, N_("nothing more should stand here"));
}

/* The first triple whose pair has a score already: officers with their triples one behind the other, each post marked with its officer. */
static enum err find_doubled(struct reading *r)
{
	struct arena *a = r->scan.cx->arena;
	struct arena_mark mark = arena_mark(a);
	uint32_t *start = ARENA_ARRAY(a, uint32_t, r->officers.n + 2), *order = ARENA_ARRAY(a, uint32_t, r->n_pairs),
		 *seen = ARENA_ARRAY(a, uint32_t, r->posts.n);
	size_t doubled = r->n_pairs;
	for (size_t k = 0; k < r->n_pairs; k++)
		start[r->pairs[k].officer + 2]++;
	for (size_t i = 2; i <= r->officers.n; i++)
		start[i] += start[i - 1];
	for (uint32_t k = 0; k < r->n_pairs; k++)
		order[start[r->pairs[k].officer + 1]++] = k;
	for (size_t at = 0; at < r->n_pairs; at++) {
		const struct assignment_pair *pair = &r->pairs[order[at]];
		if (seen[pair->post] == pair->officer + 1 && order[at] < doubled)
			doubled = order[at];
		seen[pair->post] = pair->officer + 1;
	}
	arena_back(a, mark);
	if (doubled == r->n_pairs)
		return OK;
	const struct assignment_pair *pair = &r->pairs[doubled];
	struct msg_arg args[] = { { "officer", shown(a, r->officers.raw[pair->officer]) }, { "post", shown(a, r->posts.raw[pair->post]) } };
	return fail_msg(r->scan.cx, ERR_INVALID, str_fmt(a, "scores[%zu]", doubled), N_("the pair of {officer} and {post} has a score already"), 2, args);
}

enum err match_read(struct ctx *cx, struct str text, struct match_file *ret)
{
	struct reading r = { .officers = { .member = "officers" }, .posts = { .member = "posts" } };
	const char *all = text.p ? text.p : "";
	if (text.n > MATCH_BYTES_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("The file is larger than 1 GB."));
	if (!utf8_valid(text))
		return fail(cx, ERR_MALFORMED, "", N_("The file is not text in UTF-8."));
	random_bytes(&r.seed, sizeof r.seed);
	r.scan = (struct scan){ cx, all, all + (str_starts(text, S("\xef\xbb\xbf")) ? 3 : 0), all + text.n };
	TRY(read_members(&r));
	if (!r.officers.slots || !r.posts.slots || !r.scores_at)
		return fail(cx, ERR_INVALID, !r.officers.slots ? "officers" : !r.posts.slots ? "posts" : "scores", N_("is missing"));
	if (!r.pairs) {
		r.scan.at = r.scores_at;
		TRY(read_scores(&r));
	}
	TRY(find_doubled(&r));
	*ret = (struct match_file){ .officers = r.officers.raw,
				    .posts = r.posts.raw,
				    .problem = { .n_officers = r.officers.n, .n_posts = r.posts.n, .n_pairs = r.n_pairs, .pairs = r.pairs } };
	return OK;
}
