/* What the tests of this floor share: cmocka, and looking for one finding. */
#ifndef TEXT_TEXT_CHECK_H
#define TEXT_TEXT_CHECK_H
#include "text/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

/* Fails with all findings printed unless exactly this one was noted ("LINE: text"); NULL: none at all. */
static inline void expect_finding(const struct findings *f, const char *wanted)
{
	struct str got = S("");
	if (f->n)
		got = str_fmt(f->arena, "%d: %.*s", f->v[0].line, STR_ARG(finding_text(f->arena, &f->v[0])));
	if (wanted ? f->n == 1 && str_is(got, wanted) : f->n == 0)
		return;
	print_error("expected: %s\n", wanted ? wanted : "no finding");
	for (size_t i = 0; i < f->n; i++)
		print_error("%d: %.*s\n", f->v[i].line, STR_ARG(finding_text(f->arena, &f->v[i])));
	assert_true(false);
}
static inline void expect_str(struct str got, const char *wanted)
{
	if (!str_is(got, wanted))
		print_error("expected: %s\ngot:      %.*s\n", wanted, STR_ARG(got));
	assert_true(str_is(got, wanted));
}
#endif
