/* Base64url; see base64.h. */
#include "web/base64.h"

#include <sodium.h>

struct str base64url(struct arena *a, const void *p, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *out = arena_alloc(a, size);
	sodium_bin2base64(out, size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_of(out);
}

bool base64url_read(struct arena *a, struct str text, struct str *ret)
{
	unsigned char *out = arena_alloc(a, text.n + 1);
	size_t n = 0;
	if (sodium_base642bin(out, text.n, text.p, text.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	*ret = (struct str){ (const char *)out, n };
	return true;
}
