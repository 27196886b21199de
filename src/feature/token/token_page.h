/* Views of the pages of tokens. */
#ifndef FEATURE_TOKEN_PAGE_H
#define FEATURE_TOKEN_PAGE_H
#include "base/str.h"

struct token_item {
	int64_t id;
	struct str name, scopes;
	int64_t created_at, expires_at, seen_at;
	bool in_force, ended, expired; /* ended: withdrawn; expired: run out by itself */
};
struct scope_item {
	struct str word, text;
};
struct tokens_page {
	struct token_item *tokens;
	size_t n_tokens;
	struct scope_item *scopes;
	size_t n_scopes;
};
struct token_made_page {
	struct str secret, name, scopes, base_url;
	int64_t expires_at;
};
#endif
