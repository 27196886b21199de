/* A browser's own words ("Mozilla/5.0 (X11; …") as a sentence: "Firefox on Linux". */
#ifndef FEATURE_ACCOUNT_DEVICE_H
#define FEATURE_ACCOUNT_DEVICE_H
#include "base/ctx.h"

/* In the language of cx. A program that is no browser is called by its first word. */
struct str account_device(struct ctx *cx, struct str agent);
/* The browser alone, in one word and no language: "Firefox"; a program that is no browser by its first word; empty: it does not name itself. */
struct str account_browser(struct str agent);
#endif
