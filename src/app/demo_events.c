/* Events of the demonstration; see demo_events.h. Made by the functions that people use, with the clock moved. */
#include "app/demo_events.h"
#include "base/clock.h"
#include "db/db.h"
#include "feature/event/event.h"
#include "feature/event/event_presence.h"
#include "feature/progress/progress.h"

enum { COMING = 60, THERE = 140, STEPS = 6 }; /* registered for today, yesterday; reports in an hour */

struct talk {
	int64_t day; /* from today */
	const char *held, *lang, *title, *title_hi, *about, *about_hi, *speakers, *speakers_hi, *agenda, *agenda_hi, *competencies;
};
static const struct talk talks[] = {
	{ -1, "stream", "en", "Noting that decides", "टिप्पणी जो निर्णय कराए", "How a note brings a case to a decision: facts, rule, proposal.",
	  "टिप्पणी किसी मामले को निर्णय तक कैसे पहुँचाती है: तथ्य, नियम, प्रस्ताव।",
	  "Kavita Menon; teaches office procedure\nArvind Rao; has written notes for thirty years",
	  "कविता मेनन; कार्यालय पद्धति पढ़ाती हैं\nअरविन्द राव; तीस वर्षों से टिप्पणियाँ लिखते हैं",
	  "0 Welcome\n5 What a note is for\n30 Three notes, read together\n50 Your questions",
	  "0 स्वागत\n5 टिप्पणी किस लिए है\n30 तीन टिप्पणियाँ, साथ पढ़ी गईं\n50 आपके प्रश्न", "functional.noting-and-drafting@2" },
	{ 0, "stream", "en", "Right to information: answering in thirty days", "सूचना का अधिकार: तीस दिन में उत्तर",
	  "From the application on the desk to the answer in the post, with the exemptions that are asked about most.",
	  "मेज़ पर रखे आवेदन से डाक में भेजे उत्तर तक, उन छूटों सहित जिनके बारे में सबसे अधिक पूछा जाता है।",
	  "Shabnam Khan; central public information officer\nThomas Kurian; has heard first appeals",
	  "शबनम खान; केन्द्रीय जन सूचना अधिकारी\nथॉमस कुरियन; प्रथम अपीलें सुन चुके हैं",
	  "0 Welcome\n5 The thirty days, one by one\n25 Exemptions that are asked about\n45 Your questions",
	  "0 स्वागत\n5 तीस दिन, एक-एक करके\n25 छूटें जिनके बारे में पूछा जाता है\n45 आपके प्रश्न", "functional.rti-responsiveness@2" },
	{ 1, "link", "hi", "Plain words in letters", "पत्रों में सरल शब्द", "Letters that citizens understand at the first reading.",
	  "पत्र जिन्हें नागरिक पहली बार में समझ लें।", "Sunanda Joshi; edits letters of a ministry", "सुनन्दा जोशी; एक मंत्रालय के पत्रों का सम्पादन करती हैं",
	  "0 Welcome\n10 Before and after", "0 स्वागत\n10 पहले और बाद में", "functional.noting-and-drafting@1" },
};

struct making {
	const struct demo_events *d;
	const struct talk *talk;
	int64_t series_id, event_id, starts_at;
};

static void act_as(struct ctx *cx, int64_t person_id, int64_t at)
{
	cx->now = at;
	cx->actor = (struct actor){ .person_id = person_id, .zone = S("Asia/Kolkata") };
}

static enum err add_series(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	return event_series_put(cx,
				&(struct event_series_put){ m->d->org_id, NONE, S("Talks of the Learning Week"), S("शिक्षण सप्ताह की वार्ताएँ"),
							    S("An hour a day, for everybody, with questions."), S("प्रतिदिन एक घंटा, सबके लिए, प्रश्नों के साथ।") },
				&m->series_id);
}

static enum err add_event(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	const struct talk *t = m->talk;
	struct event_put in = { .org_id = m->d->org_id,
				.event_id = NONE,
				.series_id = m->series_id,
				.title = str_of(t->title),
				.title_hi = str_of(t->title_hi),
				.about = str_of(t->about),
				.about_hi = str_of(t->about_hi),
				.lang = str_of(t->lang),
				.held = str_of(t->held),
				.link = str_is(str_of(t->held), "link") ? S("https://meet.demo.example/plain-words") : S(""),
				.for_all = true,
				.starts_at = m->starts_at,
				.ends_at = m->starts_at + HOUR,
				.speakers = str_of(t->speakers),
				.speakers_hi = str_of(t->speakers_hi),
				.agenda = str_of(t->agenda),
				.agenda_hi = str_of(t->agenda_hi),
				.competencies = str_of(t->competencies) };
	TRY(event_put(cx, &in, &m->event_id));
	return event_open(cx, m->d->org_id, m->event_id);
}

static enum err register_some(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	for (size_t i = 0; i < m->d->n_people && i < (m->talk->day < 0 ? THERE : COMING); i++) {
		act_as(cx, m->d->people[i], cx->now);
		TRY(event_register(cx, m->event_id));
	}
	return OK;
}

static enum err begin(struct ctx *cx, void *arg)
{
	const struct making *m = arg;
	return event_begin(cx, m->d->org_id, m->event_id);
}

static enum err finish(struct ctx *cx, void *arg)
{
	const struct making *m = arg;
	return event_end(cx, m->d->org_id, m->event_id);
}

/* Most stay to the end, some go earlier, some come late; nobody is there by chance alone. */
static bool is_there(size_t person, int64_t step)
{
	return step > (int64_t)(person % 5 == 3) && step <= STEPS - (int64_t)(person % 7 == 2) * 3;
}

static enum err report_all(struct ctx *cx, void *arg)
{
	const struct making *m = arg;
	struct event_standing s;
	int64_t now = cx->now, step = (now - m->starts_at) / EVENT_REACH;
	for (size_t i = 0; i < m->d->n_people && i < THERE; i++) {
		if (!is_there(i, step))
			continue;
		act_as(cx, m->d->people[i], now - EVENT_REACH);
		struct str session = progress_open(cx, m->event_id);
		act_as(cx, m->d->people[i], now);
		TRY(event_report(cx, &(struct event_report_in){ m->event_id, session, NONE, NONE }, &s));
	}
	return OK;
}

/* An hour in six steps, and its end. */
static enum err hold(struct ctx *cx, struct making *m)
{
	act_as(cx, m->d->manager_id, m->starts_at);
	TRY(db_write(cx, m->d->pool, begin, m));
	for (int64_t step = 1; step <= STEPS; step++) {
		act_as(cx, m->d->manager_id, m->starts_at + step * EVENT_REACH);
		TRY(db_write(cx, m->d->pool, report_all, m));
	}
	act_as(cx, m->d->manager_id, m->starts_at + HOUR);
	return db_write(cx, m->d->pool, finish, m);
}

/* Four in the afternoon; today's, when that is past, in two hours. */
static int64_t time_of(const struct demo_events *d, int64_t day)
{
	int64_t at = clock_day_start(S("Asia/Kolkata"), clock_day_in_india(d->today_ms) + day) + 16 * HOUR;
	return day == 0 && at < d->today_ms + 10 * MINUTE ? d->today_ms - d->today_ms % (5 * MINUTE) + 2 * HOUR : at;
}

enum err demo_events(struct ctx *cx, const struct demo_events *d)
{
	struct making m = { .d = d };
	act_as(cx, d->manager_id, d->today_ms - 10 * DAY);
	TRY(db_write(cx, d->pool, add_series, &m));
	for (size_t i = 0; i < sizeof talks / sizeof *talks; i++) {
		m.talk = &talks[i];
		m.starts_at = time_of(d, talks[i].day);
		act_as(cx, d->manager_id, d->today_ms - 9 * DAY);
		TRY(db_write(cx, d->pool, add_event, &m));
		TRY(db_write(cx, d->pool, register_some, &m));
		if (talks[i].day < 0)
			TRY(hold(cx, &m));
	}
	return OK;
}
