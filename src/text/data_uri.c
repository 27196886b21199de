/* Bytes inside a text; see data_uri.h. */
#include "text/data_uri.h"

#include <sodium.h>

bool base64_read(struct arena *a, struct str text, struct str *ret)
{
	unsigned char *p = arena_alloc(a, text.n + 1);
	size_t n = 0;
	const char *end = NULL;
	if (!text.n || sodium_base642bin(p, text.n, text.p, text.n, " \t\r\n", &n, &end, sodium_base64_VARIANT_ORIGINAL) || end != text.p + text.n)
		return false;
	*ret = (struct str){ (const char *)p, n };
	return true;
}

bool data_uri_read(struct arena *a, struct str address, struct str *ret)
{
	ptrdiff_t comma = str_index(address, ',');
	return str_starts(address, S("data:")) && comma >= 0 && str_ends(str_sub(address, 0, (size_t)comma), S(";base64")) &&
	       base64_read(a, str_sub(address, (size_t)comma + 1, address.n), ret);
}

void data_uri_put(struct buf *b, const char *type, struct str bytes)
{
	size_t n = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(b->arena, n);
	buf_fmt(b, "data:%s;base64,", type);
	buf_str(b, str_of(sodium_bin2base64(text, n, (const unsigned char *)bytes.p, bytes.n, sodium_base64_VARIANT_ORIGINAL)));
}
