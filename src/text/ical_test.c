/* Tests of iCalendar: what RFC 5545 says of folding, escaping and times, and that no text begins a line of its own. */
#include "text/ical.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "text/text_check.h"

static struct arena *a;

static struct str written(const struct ical_entry *e)
{
	struct buf b;
	buf_init(&b, a, 1 << 20);
	ical_begin(&b, &(struct ical){ .name = S("My calendar"), .lang = S("en"), .refresh_minutes = 60 });
	ical_put(&b, e);
	ical_end(&b);
	assert_false(b.full);
	return buf_get(&b);
}

/* As RFC 5545, 3.1 takes it: CRLF and a blank go. */
static struct str unfolded(struct str s)
{
	struct buf b;
	buf_init(&b, a, 1 << 20);
	for (size_t i = 0; i < s.n; i++)
		if (i + 2 < s.n && s.p[i] == '\r' && s.p[i + 1] == '\n' && s.p[i + 2] == ' ')
			i += 2;
		else
			buf_char(&b, s.p[i]);
	return buf_get(&b);
}

/* The value of the property that begins so. */
static struct str value_of(struct str s, const char *name)
{
	struct str rest = unfolded(s), line, entry = S("BEGIN:VEVENT");
	ptrdiff_t from = str_find(rest, entry);
	rest = str_sub(rest, (size_t)from, rest.n);
	while (str_cut(&rest, '\n', &line))
		if (str_starts(line, str_of(name)) && line.p[strlen(name)] == ':')
			return str_trim(str_sub(line, strlen(name) + 1, line.n));
	return STR_NONE;
}

static void lines_are_well_formed(struct str s)
{
	struct str rest = s, line;
	while (str_cut(&rest, '\n', &line)) {
		assert_true(line.n >= 1 && line.p[line.n - 1] == '\r');
		assert_true(line.n - 1 <= ICAL_LINE);
		assert_true(utf8_valid(str_sub(line, 0, line.n - 1)));
		assert_true(str_index(str_sub(line, 0, line.n - 1), '\r') < 0);
	}
}

static struct ical_entry an_entry(struct str title)
{
	return (struct ical_entry){ .uid = S("u-1"),
				    .title = title,
				    .starts_at = INT64_C(1796013000000),
				    .ends_at = INT64_C(1796020200000),
				    .day = NONE,
				    .changed_at = INT64_C(1795996800000) };
}

static void times_are_in_utc(void **state)
{
	struct ical_entry e = an_entry(S("Noting"));
	(void)state;
	struct str s = written(&e);
	expect_str(value_of(s, "DTSTART"), "20261130T043000Z");
	expect_str(value_of(s, "DTEND"), "20261130T063000Z");
	expect_str(value_of(s, "DTSTAMP"), "20261130T000000Z");
	expect_str(value_of(s, "LAST-MODIFIED"), "20261130T000000Z");
	expect_str(value_of(s, "STATUS"), "CONFIRMED");
	expect_str(value_of(s, "TRANSP"), "OPAQUE");
	assert_true(str_find(s, S("VALARM")) < 0 && str_find(s, S("METHOD")) < 0);
	lines_are_well_formed(s);
}

static void a_whole_day_is_a_date_and_ends_before_the_next(void **state)
{
	struct ical_entry e = an_entry(S("Due"));
	(void)state;
	e.day = clock_day_of(2028, 2, 29);
	e.free = true;
	struct str s = written(&e);
	expect_str(value_of(s, "DTSTART;VALUE=DATE"), "20280229");
	expect_str(value_of(s, "DTEND;VALUE=DATE"), "20280301");
	expect_str(value_of(s, "TRANSP"), "TRANSPARENT");
}

static void what_is_called_off_says_so_and_counts_as_later(void **state)
{
	struct ical_entry e = an_entry(S("Noting"));
	int64_t before, after;
	(void)state;
	assert_true(str_int(value_of(written(&e), "SEQUENCE"), &before));
	e.cancelled = true;
	e.changed_at += MINUTE;
	struct str s = written(&e);
	assert_true(str_int(value_of(s, "SEQUENCE"), &after));
	assert_true(after > before);
	expect_str(value_of(s, "STATUS"), "CANCELLED");
	e.changed_at = INT64_MAX / 2;
	assert_true(str_int(value_of(written(&e), "SEQUENCE"), &after));
	assert_true(after <= INT32_MAX);
	e.changed_at = 0;
	expect_str(value_of(written(&e), "SEQUENCE"), "0");
}

/* The example of RFC 5545, 3.3.11, and all that must be escaped. */
static void texts_are_escaped(void **state)
{
	struct ical_entry e = an_entry(S("Project XYZ Final Review\nConference Room - 3B\nCome Prepared."));
	(void)state;
	expect_str(value_of(written(&e), "SUMMARY"), "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared.");
	e.title = S("a\\b;c,d:e\"f");
	expect_str(value_of(written(&e), "SUMMARY"), "a\\\\b\\;c\\,d:e\"f");
}

static void no_text_begins_a_line_of_its_own(void **state)
{
	static const char *const evil[] = { "x\r\nATTENDEE:mailto:a@b", "x\nEND:VEVENT", "x\rBEGIN:VALARM", "x\r\n END:VCALENDAR", "x\tDTSTART:1",
					    "x\x01\x7f\x0by",		"\r\n" };
	(void)state;
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		struct ical_entry e = an_entry(str_of(evil[i]));
		e.place = e.words = e.uid = str_of(evil[i]);
		e.page = e.meeting = str_of(evil[i]);
		struct str s = written(&e), rest = unfolded(s), line;
		size_t n = 0;
		lines_are_well_formed(s);
		while (str_cut(&rest, '\n', &line)) {
			assert_false(str_starts(line, S("ATTENDEE")) || str_starts(line, S("BEGIN:VALARM")) || str_starts(line, S("DTSTART:1\r")));
			n += str_starts(line, S("END:V"));
		}
		assert_int_equal(n, 2);
		assert_false(value_of(s, "URL").p || value_of(s, "CONFERENCE;VALUE=URI;FEATURE=VIDEO").p);
	}
}

/* Every length, so that the fold meets every place of a character of one to four octets. */
static void lines_are_folded_between_characters(void **state)
{
	static const char *const letters[] = { "a", "é", "क", "🙂", "," };
	(void)state;
	for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
		for (size_t lead = 0; lead < 80; lead++) {
			struct buf b;
			buf_init(&b, a, 2000);
			for (size_t i = 0; i < lead; i++)
				buf_char(&b, 'x');
			for (size_t i = 0; i < 60; i++)
				buf_str(&b, str_of(letters[k]));
			struct ical_entry e = an_entry(buf_get(&b));
			struct str s = written(&e), back = value_of(s, "SUMMARY");
			lines_are_well_formed(s);
			assert_int_equal(back.n, lead + 60 * (letters[k][0] == ',' ? 2 : strlen(letters[k])));
		}
}

static void an_address_that_is_none_is_left_out(void **state)
{
	struct ical_entry e = an_entry(S("Webinar"));
	(void)state;
	e.page = S("https://karmayogi.example/events/1?a=b&c=d");
	e.meeting = S("https://meet.example/a b");
	struct str s = written(&e);
	expect_str(value_of(s, "URL"), "https://karmayogi.example/events/1?a=b&c=d");
	assert_null(value_of(s, "CONFERENCE;VALUE=URI;FEATURE=VIDEO").p);
}

static void an_entry_without_length_has_no_end(void **state)
{
	struct ical_entry e = an_entry(S("Now"));
	(void)state;
	e.ends_at = e.starts_at;
	assert_null(value_of(written(&e), "DTEND").p);
	e.starts_at = -1; /* a second before 1970 */
	expect_str(value_of(written(&e), "DTSTART"), "19691231T235959Z");
}

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_in_utc),
		cmocka_unit_test(a_whole_day_is_a_date_and_ends_before_the_next),
		cmocka_unit_test(what_is_called_off_says_so_and_counts_as_later),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(no_text_begins_a_line_of_its_own),
		cmocka_unit_test(lines_are_folded_between_characters),
		cmocka_unit_test(an_address_that_is_none_is_left_out),
		cmocka_unit_test(an_entry_without_length_has_no_end),
	};
	return cmocka_run_group_tests_name("text/ical", tests, begin, end);
}
