/* Put before every test program by the build: cmocka, without the two of its macros that bear names of ours (base/ctx.h). */
#ifndef TEST_SUPPORT_CHECK_H
#define TEST_SUPPORT_CHECK_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#undef fail
#undef fail_msg
#endif
