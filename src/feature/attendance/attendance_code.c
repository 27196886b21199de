/* Codes of a door; see attendance_code.h. */
#include "feature/attendance/attendance_code.h"
#include "base/arena.h"

#include <math.h>
#include <sodium.h>

enum { MAC_HEX = 20, HUNDRED = 100 };
#define EARTH_RADIUS_M 6371008.8
#define HALF_CIRCLE 180.0

static void hmac(const unsigned char *key, const void *text, size_t n, unsigned char out[crypto_auth_hmacsha256_BYTES])
{
	crypto_auth_hmacsha256_state h;
	crypto_auth_hmacsha256_init(&h, key, CODE_KEY);
	crypto_auth_hmacsha256_update(&h, text, n);
	crypto_auth_hmacsha256_final(&h, out);
}

static struct str token_of(struct arena *a, const unsigned char *key, int64_t session_id, int64_t step)
{
	unsigned char out[crypto_auth_hmacsha256_BYTES];
	struct str text = str_fmt(a, "%lld|%lld", (long long)session_id, (long long)step);
	hmac(key, text.p, text.n, out);
	return str_fmt(a, "%lld.%s", (long long)step, str_hex(a, out, MAC_HEX / 2).p);
}

struct str code_token(struct arena *a, const unsigned char *key, int64_t session_id, int64_t now)
{
	return token_of(a, key, session_id, now / CODE_STEP_MS);
}

enum code code_token_read(struct arena *a, const unsigned char *key, int64_t session_id, int64_t now, struct str token)
{
	int64_t step, is = now / CODE_STEP_MS;
	if (!str_int(str_before(token, '.'), &step) || step < 0 || step > is)
		return CODE_FORGED;
	struct str right = token_of(a, key, session_id, step);
	if (right.n != token.n || sodium_memcmp(right.p, token.p, token.n) != 0)
		return CODE_FORGED;
	return step + 1 >= is ? CODE_GOOD : CODE_OLD;
}

struct str code_hotp(struct arena *a, const unsigned char *key, uint64_t counter, int digits)
{
	unsigned char text[8], out[crypto_auth_hmacsha256_BYTES];
	uint32_t most = 1;
	for (int i = 0; i < 8; i++)
		text[i] = (unsigned char)(counter >> (56 - 8 * i));
	hmac(key, text, sizeof text, out);
	const unsigned char *p = out + (out[sizeof out - 1] & 15);
	uint32_t v = ((uint32_t)p[0] & 0x7f) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	for (int i = 0; i < digits; i++)
		most *= 10;
	return str_fmt(a, "%0*u", digits, v % most);
}

struct str code_number(struct arena *a, const unsigned char *key, int64_t session_id)
{
	return code_hotp(a, key, (uint64_t)session_id, CODE_DIGITS);
}

static double radians(double degrees)
{
	return degrees * M_PI / HALF_CIRCLE;
}

double code_metres(double latitude, double longitude, double latitude_2, double longitude_2)
{
	double north = sin(radians(latitude_2 - latitude) / 2), east = sin(radians(longitude_2 - longitude) / 2);
	double h = north * north + cos(radians(latitude)) * cos(radians(latitude_2)) * east * east;
	return 2 * EARTH_RADIUS_M * asin(sqrt(fmin(1, h)));
}

int64_t code_hundreds(double metres)
{
	double hundreds = ceil(metres / HUNDRED);
	return hundreds < 1 ? HUNDRED : (int64_t)hundreds * HUNDRED;
}
