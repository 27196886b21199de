/* Tests of UTF-8: what comes through the door, and words of Hindi, Tamil and English. */
#include "base/utf8.h"
#include "base/base_check.h"

static const struct {
	const char *bytes;
	const char *why;
} broken[] = {
    {"\x80", "continuation alone"},
    {"\xbf", "continuation alone"},
    {"\xc0\xaf", "overlong /"},
    {"\xc1\xbf", "overlong"},
    {"\xe0\x80\xaf", "overlong"},
    {"\xe0\x9f\xbf", "overlong"},
    {"\xf0\x80\x80\xaf", "overlong"},
    {"\xf0\x8f\xbf\xbf", "overlong"},
    {"\xed\xa0\x80", "surrogate"},
    {"\xed\xbf\xbf", "surrogate"},
    {"\xed\xa0\xbd\xed\xb8\x80", "pair of surrogates"},
    {"\xf4\x90\x80\x80", "beyond U+10FFFF"},
    {"\xf5\x80\x80\x80", "beyond U+10FFFF"},
    {"\xf8\x88\x80\x80\x80", "five bytes"},
    {"\xfe", "no such byte"},
    {"\xff", "no such byte"},
    {"\xc2", "cut"},
    {"\xe0\xa4", "cut"},
    {"\xf0\x9f\x98", "cut"},
    {"\xc2\x41", "ASCII inside"},
    {"\xe0\xa4\x41", "ASCII inside"},
    {"\xf0\x9f\x41\x80", "ASCII inside"},
    {"\xe0\xa4\xc2\x80", "a new start inside"},
};

static const char *const sound[] = {
    "",
    "a",
    "\x01\x7f",
    "\xc2\x80",
    "\xdf\xbf",
    "\xe0\xa0\x80",
    "\xed\x9f\xbf",
    "\xee\x80\x80",
    "\xef\xbf\xbf",
    "\xf0\x90\x80\x80",
    "\xf4\x8f\xbf\xbf",
    "सूचना का अधिकार",
    "தமிழ்",
    "क्‍ष",
    "👩‍💻 work",
    "ordinary English text of some length",
};

static void at_the_door(void **state)
{
	(void)state;
	char text[64];
	assert_true(utf8_valid(STR_NONE));
	for (size_t i = 0; i < COUNT(sound); i++)
		assert_true(utf8_valid(str_of(sound[i])));
	/* At every place relative to the eight bytes that are looked at together, and with something behind or nothing. */
	for (size_t before = 0; before < 20; before++)
		for (size_t behind = 0; behind < 10; behind += 9) {
			for (size_t i = 0; i < COUNT(broken); i++) {
				size_t n = strlen(broken[i].bytes);
				memset(text, 'a', sizeof text);
				memcpy(text + before, broken[i].bytes, n);
				if (utf8_valid((struct str){text, before + n + behind})) {
					print_error("passed: %s\n", broken[i].why);
					assert_true(false);
				}
			}
			memset(text, 'a', sizeof text);
			text[before] = 0;
			assert_false(utf8_valid((struct str){text, before + 1 + behind}));
			memcpy(text + before, "अ", 3);
			assert_true(utf8_valid((struct str){text, before + 3 + behind}));
			assert_false(utf8_valid((struct str){text, before + 2}));
		}
}

/* Every code point there is goes out and comes back; every other number of that size is refused. */
static void all_code_points(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	for (uint32_t cp = 1; cp < 0x110800; cp++) {
		struct arena_mark m = arena_mark(a);
		struct buf b;
		buf_init(&b, a, 8);
		utf8_put(&b, cp);
		struct str s = buf_get(&b), rest = s;
		bool exists = cp < 0x110000 && !(cp >= 0xd800 && cp < 0xe000);
		if (utf8_valid(s) != exists || (exists && (utf8_next(&rest) != cp || rest.n || utf8_length(s) != 1)))
			assert_int_equal(cp, 0);
		arena_back(a, m);
	}
	arena_free(a);
}

static void stepping(void **state)
{
	(void)state;
	struct str rest = S("aé€😀");
	assert_int_equal(utf8_length(rest), 4);
	assert_int_equal(utf8_length(STR_NONE), 0);
	assert_int_equal(utf8_next(&rest), 'a');
	assert_int_equal(utf8_next(&rest), 0xe9);
	assert_int_equal(utf8_next(&rest), 0x20ac);
	assert_int_equal(utf8_next(&rest), 0x1f600);
	assert_int_equal(utf8_next(&rest), 0);
	assert_int_equal(utf8_next(&rest), 0);
	/* Broken text is no way out of the bytes, nor an endless loop. */
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct str s = str_of(broken[i].bytes);
		size_t steps = 0;
		for (rest = s; rest.n; steps++)
			utf8_next(&rest);
		assert_true(steps <= s.n && rest.p == s.p + s.n);
	}
}

static void prefixes(void **state)
{
	(void)state;
	expect_str(utf8_prefix(S("hello"), 2), "he");
	expect_str(utf8_prefix(S("hello"), 99), "hello");
	expect_str(utf8_prefix(S("hello"), 0), "");
	expect_str(utf8_prefix(STR_NONE, 3), "");
	expect_str(utf8_prefix(S("सुनीता"), 1), "सु"); /* the vowel sign stays with its letter */
	expect_str(utf8_prefix(S("सुनीता"), 2), "सु");
	expect_str(utf8_prefix(S("सुनीता"), 3), "सुनी");
	expect_str(utf8_prefix(S("தமிழ்"), 2), "தமி");
	expect_str(utf8_prefix(S("e\xcc\x81\xcc\xa3x"), 1), "e\xcc\x81\xcc\xa3"); /* two accents */
	expect_str(utf8_prefix(S("\xcc\x81x"), 0), "");
	expect_str(utf8_prefix(S("😀😀"), 1), "😀");
}

static void folding(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	static const char *const pairs[][2] = {
	    {"", ""},
	    {"Right to Information, 2005", "right to information, 2005"},
	    {"ÉCOLE", "école"},
	    {"E\xcc\x81", "\xc3\xa9"}, /* composed */
	    {"Straße", "strasse"},
	    {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},			  /* one form of sigma */
	    {"सूचना का अधिकार", "सूचना का अधिकार"},	  /* vowel signs stay */
	    {"\xe0\xa5\x98", "\xe0\xa4\x95\xe0\xa4\xbc"}, /* क़ in one code point and in two: the same */
	    {"\xe0\xa4\x95\xe0\xa4\xbc", "\xe0\xa4\x95\xe0\xa4\xbc"},
	    {"क्षमता", "क्षमता"},							  /* the virama stays */
	    {"\xe0\xae\x95\xe0\xaf\x86\xe0\xae\xbe", "\xe0\xae\x95\xe0\xaf\x8a"}, /* கொ of two signs */
	    {"12345678É", "12345678é"},						  /* beyond the first eight bytes */
	    {"1234567É", "1234567é"},
	};
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct str once = utf8_fold(a, str_of(pairs[i][0]));
		expect_str(once, pairs[i][1]);
		expect_str(utf8_fold(a, once), pairs[i][1]); /* folded stays folded */
		assert_int_equal(once.p[once.n], 0);
	}
	expect_str(utf8_fold(a, STR_NONE), "");
	arena_free(a);
}

static void expect_words(const char *text, const char *wanted)
{
	struct arena *a = arena_new();
	struct str rest = str_of(text), word;
	struct buf b;
	buf_init(&b, a, 10000);
	while (utf8_word(&rest, &word)) {
		buf_str(&b, word);
		buf_char(&b, '|');
	}
	expect_str(buf_get(&b), wanted);
	arena_free(a);
}

static void words(void **state)
{
	(void)state;
	expect_words("", "");
	expect_words(" ,.; ", "");
	expect_words("the rti act, 2005.", "the|rti|act|2005|");
	expect_words("a-b_c/d", "a|b|c|d|");
	expect_words("सूचना का अधिकार", "सूचना|का|अधिकार|");
	expect_words("सूचना, का। अधिकार॥", "सूचना|का|अधिकार|");				 /* danda and double danda end a word */
	expect_words("क्\xe2\x80\x8dष र्\xe2\x80\x8cय", "क्\xe2\x80\x8dष|र्\xe2\x80\x8cय|"); /* joiners inside */
	expect_words("\xe0\xa4\x95\xe0\xa4\xbc\xe0\xa4\xbe", "\xe0\xa4\x95\xe0\xa4\xbc\xe0\xa4\xbe|");
	expect_words("தமிழ்நாடு அரசு", "தமிழ்நாடு|அரசு|");
	expect_words("२००५ का act", "२००५|का|act|");
	expect_words("“école”—fin", "école|fin|");

	/* 64 bytes hold 21 letters of three; the rest is the next word. */
	char text[301];
	for (size_t i = 0; i < 300; i += 3)
		memcpy(text + i, "क", 3);
	struct str rest = {text, 300}, word;
	size_t total = 0;
	for (int i = 0; utf8_word(&rest, &word); i++) {
		assert_int_equal(word.n, i < 4 ? 63 : 48);
		assert_true(utf8_valid(word));
		total += word.n;
	}
	assert_int_equal(total, 300);
	memset(text, 'a', 64);
	rest = (struct str){text, 64};
	assert_true(utf8_word(&rest, &word) && word.n == 64);
	assert_false(utf8_word(&rest, &word));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(at_the_door), cmocka_unit_test(all_code_points), cmocka_unit_test(stepping),
	    cmocka_unit_test(prefixes),	   cmocka_unit_test(folding),	      cmocka_unit_test(words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
