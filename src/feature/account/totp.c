/* Time-based one-time passwords: RFC 4226 and RFC 6238, with HMAC-SHA-1 of OpenSSL. */
#include "feature/account/account.h"
#include "feature/secret/secret.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

unsigned totp_code(const unsigned char *secret, size_t n, int64_t step)
{
	unsigned char counter[8], h[20];
	unsigned size = sizeof h;
	for (int i = 7; i >= 0; i--, step /= 256)
		counter[i] = (unsigned char)(step % 256);
	BUG_IF(!HMAC(EVP_sha1(), secret, (int)n, counter, sizeof counter, h, &size) || size != sizeof h);
	const unsigned char *p = h + (h[19] & 15);
	uint32_t v = (uint32_t)(p[0] & 127) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	return v % 1000000;
}

int64_t totp_step(const unsigned char *secret, size_t n, int64_t now_ms, int64_t last_step, struct str code)
{
	int64_t now = now_ms / SECOND / FACTOR_STEP_S, found = -1;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		char digits[8];
		snprintf(digits, sizeof digits, "%06u", totp_code(secret, n, step));
		/* All three are looked at, whichever fits. */
		if (secret_same(code, str_of(digits)) && step > last_step)
			found = step;
	}
	return found;
}

struct str base32(struct ctx *cx, const unsigned char *p, size_t n)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b;
	uint32_t bits = 0;
	unsigned have = 0;
	buf_init(&b, cx->arena, n * 2 + 8);
	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (have += 8; have >= 5; have -= 5)
			buf_char(&b, letters[bits >> (have - 5) & 31]);
	}
	if (have)
		buf_char(&b, letters[bits << (5 - have) & 31]);
	return buf_get(&b);
}
