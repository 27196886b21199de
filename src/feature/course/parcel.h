/* Inside the course feature: a course as it was read from its folder. */
#ifndef FEATURE_COURSE_PARCEL_H
#define FEATURE_COURSE_PARCEL_H
#include "feature/competency/competency.h"
#include "feature/course/course.h"
#include "text/front.h"
#include "text/gift.h"

struct parcel_file {
	struct str name;        /* as stored: hash of the content and ending; absent: none */
	struct str path;        /* where it was read from */
	const char *type;
	int64_t bytes;
};
struct parcel_resource {
	struct str code;        /* "01-the-act/02-film" */
	struct str kind, title;
	int64_t ms, pages, bytes;
	struct str body, plain, toc, cues;
	struct parcel_file media, captions;
	struct str credits;     /* code of the resource that passing this quiz credits too */
	int64_t pass, attempts, draw;
	struct str feedback;
	struct question *questions;
	size_t n_questions;
};
struct parcel_module {
	struct str code, title, summary;
	struct parcel_resource *resources;
	size_t n_resources;
};
struct parcel {
	struct str code, title, lang, provider, summary, topics, translation_of, licence, sources, body, plain;
	struct teaches *teaches;
	size_t n_teaches;
	struct parcel_module *modules;
	size_t n_modules;
	int64_t ms, bytes;
	size_t n_resources;
};
/* Unpacks a ZIP below DATA/import under ceilings (500 files, 300 MB, 4 levels, plain names); the folder of its one course and the
 * course's code. Mistakes go to findings. */
_must_check_ enum err parcel_unpack(struct ctx *cx, const char *zip, struct findings *findings, struct str *ret_root, struct str *ret_code);
#endif
