/* What the floor of listeners (web/listen.h) asks: new messages, and how polls, questions and rooms stand. */
#ifndef FEATURE_LIVE_SOURCE_WEB_H
#define FEATURE_LIVE_SOURCE_WEB_H
#include "web/listen.h"

extern const struct listen_source live_source;
#endif
