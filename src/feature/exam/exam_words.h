/* What kinds, states and rules of examinations are called on pages. */
#ifndef FEATURE_EXAM_WORDS_H
#define FEATURE_EXAM_WORDS_H
#include "base/ctx.h"
#include "base/field.h"

extern const struct choice exam_kinds[], exam_modes[], exam_feedbacks[], exam_blooms[], exam_item_kinds[];
/* What a kind is for, in a sentence; in the language of cx, as all here. */
struct str exam_kind_about(const struct ctx *cx, struct str kind);
struct str exam_state_name(const struct ctx *cx, struct str state);
/* The name of a value; itself when it has none. */
struct str exam_called(const struct ctx *cx, const struct choice *of, struct str value);
#endif
