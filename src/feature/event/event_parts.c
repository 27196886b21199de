/* Speakers, agenda, competencies; see event_parts.h. */
#include "feature/event/event_parts.h"
#include "feature/competency/competency.h"
#include "feature/person/person.h"

enum { NAME_MAX_BYTES = 400, WORDS_MAX_BYTES = 1200, PARTS_TEXT_MAX = 64 * 1024 };

static enum err too_much(struct ctx *cx, const char *field, int64_t most)
{
	return fail_msg(cx, ERR_INVALID, str_of(field), N_("are more than {max}"), 1,
			(struct msg_arg[]){ { "max", str_fmt(cx->arena, "%lld", (long long)most) } });
}

static enum err put_speakers(struct ctx *cx, int64_t event_id, const char *lang, const char *field, struct str lines)
{
	struct str line = STR_NONE;
	int64_t n = 0;
	while (str_cut(&lines, '\n', &line)) {
		struct str all = str_trim(line), name = str_trim(str_before(all, ';'));
		struct str about = str_index(all, ';') < 0 ? S("") : str_trim(str_sub(all, (size_t)str_index(all, ';') + 1, all.n));
		if (!all.n)
			continue;
		if (n == EVENT_SPEAKERS_MAX)
			return too_much(cx, field, EVENT_SPEAKERS_MAX);
		if (!name.n || name.n > NAME_MAX_BYTES || about.n > WORDS_MAX_BYTES)
			return fail(cx, ERR_INVALID, field, N_("must be lines such as: Asha Rao; Director, ISTM"));
		TRY(event_sql_add_speaker(cx, event_id, str_of(lang), n++, name, about, NULL));
	}
	return OK;
}

static enum err put_agenda(struct ctx *cx, int64_t event_id, const char *lang, const char *field, struct str lines)
{
	struct str line = STR_NONE;
	int64_t n = 0, before = -1, minute;
	while (str_cut(&lines, '\n', &line)) {
		struct str all = str_trim(line), number = str_before(all, ' '), words = str_trim(str_sub(all, number.n, all.n));
		if (!all.n)
			continue;
		if (n++ == EVENT_AGENDA_MAX)
			return too_much(cx, field, EVENT_AGENDA_MAX);
		if (!str_int(number, &minute) || minute <= before || minute > EVENT_HOURS_MAX * 60 || !words.n || words.n > WORDS_MAX_BYTES)
			return fail(cx, ERR_INVALID, field, N_("must be lines such as: 10 What the Act asks; minutes grow from line to line"));
		TRY(event_sql_add_agenda(cx, event_id, str_of(lang), minute, words, NULL));
		before = minute;
	}
	return OK;
}

static enum err put_competencies(struct ctx *cx, int64_t event_id, struct str text)
{
	struct event_competency_named_row c;
	struct teaches *v;
	struct str wrong = STR_NONE;
	bool found = false;
	size_t n;
	if (!teaches_read(cx->arena, text, &v, &n, &wrong))
		return fail_msg(cx, ERR_INVALID, S("competencies"), N_("“{part}” is not written as CODE@LEVEL"), 1, (struct msg_arg[]){ { "part", wrong } });
	if (n > EVENT_COMPETENCIES_MAX)
		return too_much(cx, "competencies", EVENT_COMPETENCIES_MAX);
	for (size_t i = 0; i < n; i++) {
		TRY(event_sql_competency_named(cx, v[i].framework, v[i].code, person_today(cx), &c, &found));
		if (!found || v[i].level > c.n_levels || v[i].level > 5)
			return fail_msg(cx, ERR_INVALID, S("competencies"), N_("“{part}” is no competency in force with such a level"), 1,
					(struct msg_arg[]){ { "part", v[i].code } });
		TRY(event_sql_add_competency(cx, event_id, c.id, v[i].level, NULL));
	}
	return OK;
}

enum err event_parts_put(struct ctx *cx, int64_t event_id, const struct event_put *in)
{
	TRY(event_sql_clear_speakers(cx, event_id, NULL));
	TRY(put_speakers(cx, event_id, "en", "speakers", in->speakers));
	TRY(put_speakers(cx, event_id, "hi", "speakers_hi", in->speakers_hi));
	TRY(event_sql_clear_agenda(cx, event_id, NULL));
	TRY(put_agenda(cx, event_id, "en", "agenda", in->agenda));
	TRY(put_agenda(cx, event_id, "hi", "agenda_hi", in->agenda_hi));
	TRY(event_sql_clear_competencies(cx, event_id, NULL));
	return put_competencies(cx, event_id, in->competencies);
}

static struct buf text_buf(struct ctx *cx)
{
	struct buf b;
	buf_init(&b, cx->arena, PARTS_TEXT_MAX);
	return b;
}

static enum err speakers_text(struct ctx *cx, int64_t event_id, struct event_put *ret)
{
	struct event_speakers_row *r;
	struct buf b[LANG_COUNT_] = { text_buf(cx), text_buf(cx) };
	size_t n;
	TRY(event_sql_speakers(cx, event_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b[lang_of(r[i].lang)], "%.*s%s%.*s\n", STR_ARG(r[i].name), r[i].about.n ? "; " : "", STR_ARG(r[i].about));
	ret->speakers = buf_get(&b[LANG_EN]);
	ret->speakers_hi = buf_get(&b[LANG_HI]);
	return OK;
}

static enum err agenda_text(struct ctx *cx, int64_t event_id, struct event_put *ret)
{
	struct event_agenda_row *r;
	struct buf b[LANG_COUNT_] = { text_buf(cx), text_buf(cx) };
	size_t n;
	TRY(event_sql_agenda(cx, event_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b[lang_of(r[i].lang)], "%lld %.*s\n", (long long)r[i].minute, STR_ARG(r[i].words));
	ret->agenda = buf_get(&b[LANG_EN]);
	ret->agenda_hi = buf_get(&b[LANG_HI]);
	return OK;
}

enum err event_parts_text(struct ctx *cx, int64_t event_id, struct event_put *ret)
{
	struct event_competencies_row *c;
	struct buf b = text_buf(cx);
	size_t n;
	TRY(event_sql_competencies(cx, person_today(cx), event_id, &c, &n));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%.*s:%.*s@%lld", i ? ", " : "", STR_ARG(c[i].framework), STR_ARG(c[i].code), (long long)c[i].level);
	ret->competencies = buf_get(&b);
	TRY(speakers_text(cx, event_id, ret));
	return agenda_text(cx, event_id, ret);
}
