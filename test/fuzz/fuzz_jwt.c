/* What a provider sends: the first line is a token, the rest a set of keys. Whatever they hold, nothing is read beyond them, and claims
 * that hold have a subject. */
#include "feature/sso/claims.h"

#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct str rest = { (const char *)data, n }, token = STR_NONE;
	struct jwt t;
	struct claims c;
	struct claims_wanted w = {
		.issuer = S("joe"), .client_id = S("us"), .nonce = S("once"), .now = 1300819000000, .access_token = S("access"), .mfa_acr = S("high")
	};
	(void)!str_cut(&rest, '\n', &token);
	json_t *keys = json_loadb(rest.n ? rest.p : "", rest.n, JSON_REJECT_DUPLICATES, NULL);
	if (jwt_verify(a, token, keys, &t) == JWT_GOOD && (t.alg.n != 5 || !t.payload.p))
		abort();
	/* The claims are judged whether the signature holds or not: a fuzzer signs nothing. */
	if (t.payload.p && !claims_check(a, &t, &w, &c) && (!c.subject.n || c.subject.n > CLAIMS_SUBJECT_MAX))
		abort();
	json_decref(keys);
	arena_free(a);
	return 0;
}
