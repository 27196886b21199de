/* Pictures of an item as SVG; see text/chart.h. For the card. */
#ifndef FEATURE_CALIBRATION_PICTURE_H
#define FEATURE_CALIBRATION_PICTURE_H
#include "feature/calibration/calibration.h"
#include "feature/calibration/calibration_page.h"

/* Chance of reaching each step of the marks by ability; information. */
struct html picture_curve(struct ctx *cx, const struct irt_item *item);
struct html picture_information(struct ctx *cx, const struct irt_item *item);
/* Of item_parameter.options, named by their texts; empty where there are none. */
struct html picture_options(struct ctx *cx, struct str options, const struct card_choice *choices, size_t n_choices);
/* Papers by month; empty without any. */
struct html picture_exposure(struct ctx *cx, const struct calibration_seen_days_row *days, size_t n);
#endif
