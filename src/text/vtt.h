/* WebVTT: captions of a video or audio, which are its transcript too.
 *
 * Cue text is made plain: tags go, the character references of the format are decoded, lines are joined by a newline.
 * NOTE, STYLE and REGION blocks and cue settings are passed over. */
#ifndef TEXT_VTT_H
#define TEXT_VTT_H
#include "text/finding.h"

struct vtt_cue {
	int64_t from_ms, to_ms;
	struct str voice; /* of the first <v …>; empty without */
	struct str text;
	int line; /* of the timing */
};
struct vtt {
	struct vtt_cue *v; /* in the order of the file, which is that of from_ms unless there was a finding */
	size_t n;
};

/* True: no finding was added. A faulty cue is left out. */
bool vtt_parse(struct findings *f, struct str file, struct str source, struct vtt *ret);
#endif
