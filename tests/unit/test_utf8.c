// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which characters may stand in a document, and that each writer of names keeps the
 * others out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/draw.h"
#include "analysis/html.h"
#include "analysis/ktap.h"
#include "analysis/told.h"
#include "analysis/utf8.h"

/* What a text is to become; the same text if @clean is NULL. */
static const struct row {
	const char *text;
	const char *clean;
} rows[] = {
	{ "plain", NULL },
	{ "tab\tnew\nline", NULL },
	{ "\x01\x08\x0b\x0c\r\x1b\x1f\x7f", "????????" },
	{ "\xc2\x80\xc2\x9f", "??" },
	{ "\xc2\xa0\xc3\xa9", NULL },
	{ "\xed\x9f\xbf\xee\x80\x80", NULL },
	/* Halves of a pair, as CESU-8 has them: three bytes that are no letter. */
	{ "\xed\xa0\x80\xed\xb0\x80", "??" },
	{ "\xef\xb7\x8f\xef\xb7\xb0", NULL },
	{ "\xef\xb7\x90\xef\xb7\xaf", "??" },
	{ "\xef\xbf\xbd", NULL },
	{ "\xef\xbf\xbe\xef\xbf\xbf", "??" },
	{ "\xf0\x90\x80\x80\xf0\x9f\x98\x80", NULL },
	{ "\xf0\x9f\xbf\xbe\xf4\x8f\xbf\xbf", "??" },
	{ "\xf4\x90\x80\x80", "?" },
	/* In more bytes than are needed. */
	{ "\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf", "?????????" },
	/* No lead, a lead alone, cut off. */
	{ "\x80\xbf\xff\xfe", "????" },
	{ "\xc3(\xe2\x82", "?(??" },
	{ "a\xe2\x82\xac\xe2\x82", "a\xe2\x82\xac??" },
};

static const char *wanted(const struct row *row)
{
	return row->clean ? row->clean : row->text;
}

static void test_clean(void **state)
{
	char text[64];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		strcpy(text, rows[i].text);
		text[ktb_utf8_clean(text, strlen(text))] = '\0';
		assert_string_equal(text, wanted(&rows[i]));
	}
}

static void test_nothing_is_read_behind_the_end(void **state)
{
	static const char text[] = "\xe2\x82\xac\xf0\x9f\x98\x80";
	size_t size, got;
	bool is_fit;
	char *exact;

	for (size = 1; size < sizeof(text); size++) {
		/* So that a sanitizer sees it. */
		exact = malloc(size);
		memcpy(exact, text, size);
		got = ktb_utf8_length(exact, size, &is_fit);
		assert_int_equal(got, size < 3 ? 1 : 3);
		assert_int_equal(is_fit, size >= 3);
		free(exact);
	}
}

static void test_cut(void **state)
{
	/* Letters of 1, 2, 3 and 4 bytes: ends at 1, 3, 6 and 10. */
	static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
	static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10 };
	size_t i;

	for (i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
		assert_int_equal(ktb_utf8_cut(text, i), cuts[i]);
	assert_int_equal(ktb_utf8_cut("\x80\x80\x80\x80\x80", 5), 5);
}

static char *written(void (*write)(FILE *to, const char *text),
		     const char *text)
{
	char *page = NULL;
	size_t size;
	FILE *to = open_memstream(&page, &size);

	write(to, text);
	fclose(to);
	return page;
}

static void test_html(void **state)
{
	char *page;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		page = written(ktb_html_text, rows[i].text);
		assert_string_equal(page, wanted(&rows[i]));
		free(page);
	}
}

/* A script has its words in one line. */
static void test_gnuplot(void **state)
{
	char *page = written(ktb_draw_quote,
			     "it's\n\xef\xbf\xbe\xc3\xa9\xed\xa0\x80");

	assert_string_equal(page, "'it''s ?\xc3\xa9?'");
	free(page);
}

static void test_told(void **state)
{
	struct ktb_told told =
		ktb_told_clean("a\x01\xef\xbf\xbf\xff\xc3\xa9", 100);

	assert_string_equal(told.s, "a ??\xc3\xa9");
	/* What is too long is cut between letters. */
	told = ktb_told_clean("abc\xe2\x82\xac\xe2\x82\xac", 8);
	assert_string_equal(told.s, "abc...");
	told = ktb_told_clean("abc\xe2\x82\xac\xe2\x82\xac", 9);
	assert_string_equal(told.s, "abc\xe2\x82\xac\xe2\x82\xac");
	told = ktb_told_clean("abcdefghij", 9);
	assert_string_equal(told.s, "abcdef...");
}

static void test_ktap(void **state)
{
	static const char *const names[] = { "x?", "x!", "x_", "x__2", "x" };
	static const char *const words[] = { "x_", "x__2", "x__3", "x__2_2",
					     "x" };
	json_t *seen = json_object();
	char *page = NULL;
	size_t size, i;
	FILE *to;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		to = open_memstream(&page, &size);
		assert_true(ktb_ktap_name(seen, names[i], to));
		fclose(to);
		assert_string_equal(page, words[i]);
		free(page);
	}
	json_decref(seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_nothing_is_read_behind_the_end),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_gnuplot),
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_ktap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
