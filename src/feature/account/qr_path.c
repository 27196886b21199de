/* QR codes as paths; see qr_path.h. */
#include "feature/account/qr_path.h"

#include <qrencode.h>

enum { QUIET = 4 };

struct str qr_path(struct ctx *cx, struct str text, int64_t *ret_size)
{
	QRcode *q = QRcode_encodeString8bit(str_c(cx->arena, text), 0, QR_ECLEVEL_M);
	struct buf b;
	*ret_size = 0;
	if (!q)
		return STR_NONE;
	buf_init(&b, cx->arena, 1 << 18);
	for (int row = 0; row < q->width; row++)
		for (int col = 0, end; col < q->width; col = end + 1) {
			end = col;
			while (end < q->width && q->data[row * q->width + end] & 1)
				end++;
			if (end > col)
				buf_fmt(&b, "M%d %dh%dv1h-%dz", col + QUIET, row + QUIET, end - col, end - col);
		}
	*ret_size = q->width + 2 * QUIET;
	QRcode_free(q);
	return buf_get(&b);
}
