/* The hall list of a room: who sits where, with places to sign. */
#ifndef FEATURE_ROOM_PDF_H
#define FEATURE_ROOM_PDF_H
#include "feature/room/room_page.h"

/* The bytes in the arena; ERR_INTERNAL when it could not be drawn. */
_must_check_ enum err room_pdf(struct ctx *cx, const struct room_page *v, struct str *ret);
#endif
