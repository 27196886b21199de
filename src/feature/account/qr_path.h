/* A code to be photographed (ISO/IEC 18004, libqrencode) as one SVG path. */
#ifndef FEATURE_ACCOUNT_QR_PATH_H
#define FEATURE_ACCOUNT_QR_PATH_H
#include "base/ctx.h"

/* The dark squares, each one unit wide, with the quiet zone of four around; ret_size: units a side. Absent: too long a text. */
struct str qr_path(struct ctx *cx, struct str text, int64_t *ret_size);
#endif
