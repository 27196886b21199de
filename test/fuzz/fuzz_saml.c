/* What a SAML provider sends: metadata, an answer, and what of it is signed. Whatever they hold, nothing is read beyond them; metadata that are good have a
 * key and an address, nothing unsigned opens anything, and an assertion that holds has a subject. */
#include "feature/sso/saml.h"
#include "feature/sso/saml_xml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	saml_start();
	struct str text = { (const char *)data, n };
	struct saml_metadata own, known = { .entity_id = S("https://idp.example/"), .valid_until = INT64_MAX };
	struct saml_asked q = { .ours = S("https://us.example/m"), .answer_to = S("https://us.example/a"), .id = S("_1"), .now = 1795000000000 };
	struct claims c;
	if (!saml_metadata_read(a, text, &own)) {
		if (!own.n_certificates || !own.sign_in.n || !own.entity_id.n)
			abort();
		known = own;
	}
	if (!saml_answer(a, text, &known, &q, S("high"), &c))
		abort();
	/* A fuzzer signs nothing, so what is signed is judged for itself. */
	known.entity_id = S("https://idp.example/");
	if (!saml_judge_signed(a, text, &known, &q, S("high"), &c) && (!c.subject.n || c.subject.n > CLAIMS_SUBJECT_MAX))
		abort();
	arena_free(a);
	return 0;
}
