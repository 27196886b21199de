/* What several pages of attendance show alike; see attendance_view.h. */
#include "feature/attendance/attendance_view.h"
#include "feature/attendance/roster.h"
#include "web/lang.h"

static struct str by_language(struct ctx *cx, struct str text, struct str text_hi)
{
	return cx->lang == LANG_HI && text_hi.n ? text_hi : text;
}

struct class_item view_class(struct ctx *cx, const struct attendance_session_row *s)
{
	return (struct class_item){ .id = s->id,
				    .starts_at = s->starts_at,
				    .ends_at = s->ends_at,
				    .title = attendance_title(cx, s->n, s->title, s->title_hi),
				    .programme = by_language(cx, s->programme, s->programme_hi),
				    .batch = s->batch,
				    .room = s->room,
				    .place = s->place };
}

struct str view_way(struct ctx *cx, struct str way)
{
	for (const struct choice *c = attendance_ways; c->value; c++)
		if (str_is(way, c->value))
			return str_of(tr(cx->lang, c->label));
	return S("");
}

struct str view_state(struct str way, bool there)
{
	return !way.n ? S("unknown") : there ? S("there") : S("absent");
}

struct str view_list_state(struct ctx *cx, struct str state)
{
	return str_of(tr(cx->lang, str_is(state, "looked") ? N_("looked at") : str_is(state, "done") ? N_("carried out") : N_("taken back")));
}

struct attendance_item view_person(struct ctx *cx, int64_t session_id, const struct attendance_people_row *r)
{
	return (struct attendance_item){ .person_id = r->person_id,
					 .class_id = session_id,
					 .minutes = r->minutes,
					 .at = r->at,
					 .metres = r->metres,
					 .name = r->name,
					 .employee_no = r->employee_no,
					 .way = r->way,
					 .way_name = view_way(cx, r->way),
					 .by_name = r->by_name,
					 .state = view_state(r->way, r->there),
					 .n_device = r->n_device > 1 ? r->n_device - 1 : 0,
					 .there = r->there,
					 .known = r->way.n > 0,
					 .own = actor_is(&cx->actor, r->person_id) };
}

enum err view_people(struct ctx *cx, const struct attendance_session_row *s, struct attendance_item **ret, size_t *ret_n)
{
	struct attendance_people_row *r;
	TRY(attendance_sql_people(cx, s->id, s->batch_id, S(""), 0, ROSTER_PEOPLE_MAX, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct attendance_item, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = view_person(cx, s->id, &r[i]);
	return OK;
}

enum err view_one(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, struct attendance_one_page *ret)
{
	struct attendance_one_row is;
	struct attendance_changes_row *r;
	bool found = false;
	TRY(attendance_sql_one(cx, s->id, person_id, &is, &found));
	*ret = (struct attendance_one_page){ .of = view_class(cx, s), .correct_until = attendance_last(s), .length = attendance_length(s) };
	ret->is = (struct attendance_item){ .person_id = person_id, .class_id = s->id, .state = S("unknown"), .minutes = NONE, .at = NONE, .metres = NONE };
	if (found) {
		ret->is.there = is.there;
		ret->is.known = true;
		ret->is.minutes = is.minutes;
		ret->is.at = is.at;
		ret->is.metres = is.metres;
		ret->is.way = is.way;
		ret->is.way_name = view_way(cx, is.way);
		ret->is.by_name = is.by_name;
		ret->is.state = view_state(is.way, is.there);
	}
	TRY(attendance_sql_changes(cx, s->id, person_id, &r, &ret->n_changes));
	ret->changes = ARENA_ARRAY(cx->arena, struct attendance_change_item, ret->n_changes + 1);
	for (size_t i = 0; i < ret->n_changes; i++)
		ret->changes[i] =
			(struct attendance_change_item){ r[i].minutes, r[i].at, r[i].kept_at, view_way(cx, r[i].way), r[i].by_name, r[i].words, r[i].there };
	return OK;
}
