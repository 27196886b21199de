/* Signals in sentences; see signal_words.h. */
#include "feature/integrity/signal_words.h"
#include "base/field.h"
#include "web/html.h"
#include "web/lang.h"

#include <math.h>

static struct str chosen(struct ctx *cx, const struct choice *c, struct str code)
{
	for (; c->value; c++)
		if (str_is(code, c->value))
			return str_of(tr(cx->lang, c->label));
	return code;
}

struct str signal_name(struct ctx *cx, struct str kind)
{
	static const struct choice names[] = {
		{ "alike", N_("Answers alike") },
		{ "rapid", N_("Answers too fast to have read") },
		{ "speed", N_("Much faster than others") },
		{ "uneven", N_("Uneven times") },
		{ "fit", N_("Unusual pattern of answers") },
		{ "left", N_("The page was left") },
		{ "copied", N_("Copied or pasted") },
		{ "devices", N_("More than one device") },
		{ "late", N_("Late answers") },
		{ "forged", N_("Seals that do not fit") },
		{ NULL, NULL },
	};
	return chosen(cx, names, kind);
}

struct str signal_says(struct ctx *cx, struct str kind, double value, int64_t of_n)
{
	static const struct choice texts[] = {
		{ "alike", N_("{n} of {of} questions that both answered have the same answer.") },
		{ "rapid", N_("{n} of {of} answers came faster than the question can be read.") },
		{ "speed", N_("{x} times as fast as usual, over {of} answers.") },
		{ "uneven", N_("Of {of} answers some came far too fast and others slowly.") },
		{ "fit", N_("Of {of} answers, right ones to hard questions stand beside wrong ones to easy questions.") },
		{ "left", N_("The page was left {n} times, for {of} seconds in all.") },
		{ "copied", N_("Something was copied or pasted {n} times.") },
		{ "devices", N_("The paper was taken up on another device {n} times.") },
		{ "late", N_("{n} answers came after the end; their seals say that they were given before it.") },
		{ "forged", N_("{n} messages came with a seal that does not fit.") },
		{ NULL, NULL },
	};
	const struct msg_arg args[] = { { "n", fmt_number(cx, (int64_t)llround(value)) },
					{ "of", fmt_number(cx, of_n) },
					{ "x", str_fmt(cx->arena, "%.1f", value) } };
	for (const struct choice *c = texts; c->value; c++)
		if (str_is(kind, c->value))
			return msg_text(cx, c->label, sizeof args / sizeof *args, args);
	return kind;
}

/* "once in 12,000"; two digits tell enough. */
static struct str once_in(struct ctx *cx, double p)
{
	if (!(p > 1e-6))
		return str_of(tr(cx->lang, N_("less than once in a million")));
	double n = 1 / p, scale = pow(10, floor(log10(n)) - 1);
	const struct msg_arg arg = { "n", fmt_number(cx, (int64_t)llround(scale < 1 ? n : round(n / scale) * scale)) };
	return msg_text(cx, N_("once in {n}"), 1, &arg);
}

struct str signal_threshold(struct ctx *cx, double threshold, bool by_chance)
{
	return by_chance ? once_in(cx, threshold) : fmt_number(cx, (int64_t)llround(threshold));
}

struct str signal_chance(struct ctx *cx, double chance)
{
	return isnan(chance) ? str_of(tr(cx->lang, N_("no matter of chance: it was recorded"))) : once_in(cx, chance);
}

struct str signal_expected(struct ctx *cx, double expected)
{
	return isnan(expected) ? STR_NONE : str_fmt(cx->arena, "%.2f", expected);
}

struct str signal_found(struct ctx *cx, struct str found)
{
	static const struct choice names[] = {
		{ "cleared", N_("cleared") },
		{ "look", N_("to be looked at") },
		{ "incident", N_("an incident") },
		{ NULL, NULL },
	};
	return found.n ? chosen(cx, names, found) : STR_NONE;
}
