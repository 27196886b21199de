/* Errors: one small enum; the detail (which field, which sentence) travels in struct ctx.
 *
 * Three kinds, never mixed: mistakes of the user (fail() with a field), trouble outside (BUSY,
 * UNAVAILABLE, INTERNAL; logged once at the rim), bugs (BUG(): a line on standard error and abort).
 * A function returning enum err leaves its ret_ parameters untouched when it fails. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define N_(text) text
enum err {
	OK = 0,
#define ERR(code, status, slug, title) ERR_##code,
#include "base/err.def"
#undef ERR
	ERR_COUNT_
};
#define _must_check_ __attribute__((warn_unused_result))
#define _cleanup_(f) __attribute__((cleanup(f)))

int err_status(enum err e);
const char *err_slug(enum err e);
const char *err_title(enum err e); /* English, for translation at the rim */

#define TRY(call)                      \
	do {                           \
		enum err try_ = (call); \
		if (try_ != OK)        \
			return try_;   \
	} while (0)

_Noreturn void bug_at(const char *file, int line, const char *what);
#define BUG(what) bug_at(__FILE__, __LINE__, (what))
#define BUG_IF(cond)                \
	do {                        \
		if (cond)           \
			BUG(#cond); \
	} while (0)
#endif
