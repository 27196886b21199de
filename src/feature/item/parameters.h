/* Parameters of a calibrated item as forms keep them (exam_form_item.parameters): {"model":"grm","categories":3,"a":1.2,"b":[-0.4,0.8],"c":0}.
 *
 * model: rasch, 2pl, 3pl, grm or gpcm; b: a number for right-or-wrong items, or a list of one less than categories; c only of the 3pl. What they mean:
 * psychometrics/item.h. */
#ifndef FEATURE_ITEM_PARAMETERS_H
#define FEATURE_ITEM_PARAMETERS_H
#include "base/str.h"
#include "psychometrics/item.h"

/* False: absent, or not those of an item that measures (a must be above 0). */
bool item_parameters_read(struct str json, struct irt_item *ret);
#endif
