/* Parts of a report; see together_part.h. */
#include "feature/together/together_part.h"

static struct intervals one(struct arena *a, int64_t from, int64_t to)
{
	struct interval v = { from < 0 ? 0 : from, to };
	return to > v.from ? intervals_normal(a, &(struct intervals){ &v, 1 }, to) : (struct intervals){ 0 };
}

/* What both hold. */
static struct intervals both(struct arena *a, const struct intervals *x, const struct intervals *y)
{
	struct intervals without = intervals_minus(a, x, y);
	return intervals_minus(a, x, &without);
}

struct laid together_lay(struct arena *a, const struct intervals *said, const struct intervals *used, int64_t from, int64_t until)
{
	struct intervals open = one(a, from, until), free_time = intervals_minus(a, &open, used);
	int64_t all = intervals_length(&free_time), most = intervals_length(said) < all ? intervals_length(said) : all;
	struct intervals before = intervals_first(a, &free_time, all - most);
	return (struct laid){ intervals_first(a, said, most), intervals_minus(a, &free_time, &before) };
}

static int64_t laid_before(struct arena *a, const struct laid *l, int64_t at)
{
	struct intervals before = one(a, 0, at), part = both(a, &l->wall, &before);
	return intervals_length(&part);
}

struct intervals together_part(struct arena *a, const struct laid *l, int64_t joined, int64_t left)
{
	struct intervals upto = intervals_first(a, &l->content, laid_before(a, l, left)), before = intervals_first(a, &l->content, laid_before(a, l, joined));
	return intervals_minus(a, &upto, &before);
}
