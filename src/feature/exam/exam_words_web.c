/* What kinds, states and rules of examinations are called; see exam_words.h. */
#include "feature/exam/exam_words.h"
#include "web/lang.h"

const struct choice exam_kinds[] = {
	{ "standalone", N_("Examination") },
	{ "comprehensive", N_("Yearly comprehensive assessment") },
	{ "proctored", N_("Examination in a room") },
	{ "course", N_("Test of a course") },
	{ "pre", N_("Test before a course") },
	{ "post", N_("Test after a course") },
	{ "skip", N_("Test to skip a course") },
	{ "practice", N_("Practice test") },
	{ "public", N_("Public test") },
	{ NULL, NULL },
};
const struct choice exam_modes[] = {
	{ "forms", N_("Fixed forms: everybody who has a form has the same questions") },
	{ "adaptive", N_("Adaptive: each question is chosen by the answers so far") },
	{ NULL, NULL },
};
const struct choice exam_feedbacks[] = {
	{ "none", N_("Only whether it was passed") },
	{ "marks", N_("Marks, by competency") },
	{ "review", N_("Marks, and after the end every question with what was right") },
	{ NULL, NULL },
};
const struct choice exam_blooms[] = {
	{ "", N_("any") },
	{ "remember", N_("remember") },
	{ "understand", N_("understand") },
	{ "apply", N_("apply") },
	{ "analyse", N_("analyse") },
	{ "evaluate", N_("evaluate") },
	{ "create", N_("create") },
	{ NULL, NULL },
};
const struct choice exam_item_kinds[] = {
	{ "single", N_("one choice") },
	{ "multiple", N_("several choices") },
	{ "truefalse", N_("true or false") },
	{ "numeric", N_("a number") },
	{ "short", N_("a short answer") },
	{ "matching", N_("matching") },
	{ "ordering", N_("putting in order") },
	{ "hotspot", N_("a place in a picture") },
	{ "judgement", N_("judging a situation") },
	{ "case", N_("the case for the questions after it") },
	{ "long", N_("a long answer") },
	{ NULL, NULL },
};
static const struct choice abouts[] = {
	{ "standalone", N_("For the people of the organisation and below, each on the own device, on the days that are laid down.") },
	{ "comprehensive", N_("The assessment that the yearly appraisal asks for: of one reporting year, and after a share of the courses that are listed.") },
	{ "proctored", N_("Held only in a room, under the eyes of an invigilator who sees who comes. Its result counts most.") },
	{ "course", N_("For those who are enrolled in a course. Passing it credits a quiz of the course.") },
	{ "pre", N_("For those who are enrolled in a course, before they begin: what they know already. It credits nothing.") },
	{ "post", N_("For those who are enrolled in a course, after it: compared with the test before, it shows what was gained.") },
	{ "skip", N_("Who knows already what a course teaches shows it by this short test and need not take the course.") },
	{ "practice", N_("To try oneself. It has no consequences, and all answers can be looked at afterwards.") },
	{ "public", N_("For anybody who has the link, without an account. Nothing is credited.") },
	{ NULL, NULL },
};
static const struct choice states[] = { { "draft", N_("draft") }, { "open", N_("open") }, { "closed", N_("closed") }, { NULL, NULL } };

struct str exam_called(const struct ctx *cx, const struct choice *of, struct str value)
{
	while (of->value && !str_is(value, of->value))
		of++;
	return of->value ? str_of(tr(cx->lang, of->label)) : value;
}

struct str exam_kind_about(const struct ctx *cx, struct str kind)
{
	return exam_called(cx, abouts, kind);
}

struct str exam_state_name(const struct ctx *cx, struct str state)
{
	return exam_called(cx, states, state);
}
