/* Ranges; see range.h. */
#include "web/range.h"

bool range_of(struct str v, int64_t n, int64_t *from, int64_t *to)
{
	if (!str_starts(v, S("bytes=")))
		return false;
	struct str rest = str_sub(v, 6, v.n);
	ptrdiff_t dash = str_index(rest, '-');
	if (dash < 0 || str_index(rest, ',') >= 0)
		return false;
	struct str a = str_sub(rest, 0, (size_t)dash), b = str_sub(rest, (size_t)dash + 1, rest.n);
	*to = n - 1;
	if (!a.n) {
		int64_t last;
		if (!str_int(b, &last) || last <= 0)
			return false;
		*from = last > n ? 0 : n - last;
		return n > 0;
	}
	if (!str_int(a, from) || (b.n && !str_int(b, to)))
		return false;
	if (*to >= n)
		*to = n - 1;
	return *from >= 0 && *from <= *to;
}
