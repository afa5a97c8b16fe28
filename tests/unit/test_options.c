// SPDX-License-Identifier: GPL-2.0-or-later
/* Options: every type, every refusal. */
#include "support.h"

#include "runner/options.h"

struct options {
	bool flag;
	int64_t number;
	const char *text;
	struct ktb_texts sets;
};

static const struct ktb_option table[] = {
	{ "flag", 'f', KTB_OPTION_FLAG, NULL, offsetof(struct options, flag), 0,
	  0, "a flag" },
	{ "number", 'n', KTB_OPTION_NUMBER, "N",
	  offsetof(struct options, number), 1, 9, "a number" },
	{ "text", 0, KTB_OPTION_TEXT, "TEXT", offsetof(struct options, text), 0,
	  0, "a text" },
	{ "set", 's', KTB_OPTION_TEXTS, "X=Y", offsetof(struct options, sets),
	  0, 0, "a pair" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static int parse(const char *line, struct options *options, int *first,
		 struct ktb_error *err)
{
	static char copy[256];
	static char *words[20];
	char *rest = copy;
	char *word;
	int nr = 0;

	snprintf(copy, sizeof(copy), "%s", line);
	while ((word = strsep(&rest, " ")))
		words[nr++] = word;
	words[nr] = NULL;
	*options = (struct options){ .number = 5 };
	return ktb_options_parse(table, options, nr, words, first, err);
}

static void takes_every_type(void **state)
{
	struct options options;
	struct ktb_error err;
	int first;

	assert_int_equal(
		parse("run a.ini -f --number=7 --text x -s a=1 b.ini --set b=2",
		      &options, &first, &err),
		0);
	assert_true(options.flag);
	assert_int_equal(options.number, 7);
	assert_string_equal(options.text, "x");
	assert_int_equal(options.sets.nr, 2);
	assert_string_equal(options.sets.text[0], "a=1");
	assert_string_equal(options.sets.text[1], "b=2");
	free(options.sets.text);
	/* The words that are no options stand at the end, in their order. */
	assert_int_equal(first, 9);
}

static void keeps_defaults(void **state)
{
	struct options options;
	struct ktb_error err;
	int first;

	assert_int_equal(parse("run -- --flag", &options, &first, &err), 0);
	assert_false(options.flag);
	assert_int_equal(options.number, 5);
	assert_int_equal(first, 2);
}

static void refuses(void **state)
{
	static const struct {
		const char *line;
		const char *text;
	} rows[] = {
		{ "run --flga",
		  "unknown option '--flga'; did you mean '--flag'?" },
		{ "run --numbr=3",
		  "unknown option '--numbr'; did you mean '--number'?" },
		{ "run --zzzzzz",
		  "unknown option '--zzzzzz'; --help shows all" },
		{ "run -x", "unknown option '-x'; --help shows all" },
		{ "run --text", "--text needs TEXT behind it: a text" },
		{ "run -n", "--number needs N behind it: a number" },
		{ "run --flag=1", "--flag takes nothing behind it" },
		{ "run -n 10",
		  "--number: '10' is out of range; it takes 1 to 9" },
		{ "run -n x",
		  "--number: 'x' is not a number; it takes 1 to 9" },
	};
	struct options options;
	struct ktb_error err;
	int first;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(parse(rows[i].line, &options, &first, &err),
				 KTB_EXIT_USAGE);
		assert_string_equal(err.text, rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_every_type),
		cmocka_unit_test(keeps_defaults),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
