/* The CASE form of a framework; see framework.h. Within feature/competency. */
#ifndef FEATURE_FRAMEWORK_CASE_H
#define FEATURE_FRAMEWORK_CASE_H
#include "feature/competency/framework.h"

/* Fills *fw of a CFPackage; it is settled by the caller. */
void framework_read_case(struct findings *f, struct str name, struct str text, struct str code, struct framework *fw);
#endif
