// SPDX-License-Identifier: GPL-2.0-or-later
/* The nearest known name. */
#include "support.h"

#include "runner/nearest.h"

static void measures_distance(void **state)
{
	char longest[100];

	assert_int_equal(ktb_nearest_distance("", ""), 0);
	assert_int_equal(ktb_nearest_distance("timers", "timers"), 0);
	assert_int_equal(ktb_nearest_distance("timers", "timer"), 1);
	assert_int_equal(ktb_nearest_distance("tiemrs", "timers"), 1);
	assert_int_equal(ktb_nearest_distance("kitten", "sitting"), 3);
	assert_int_equal(ktb_nearest_distance("", "abc"), 3);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_true(ktb_nearest_distance(longest, "x") >= 60);
}

static const char *hint(const char *word, struct ktb_nearest *nearest)
{
	static const char *const names[] = { "timer_wheel", "hrtimer", "null",
					     "gate", "cpus" };
	size_t i;

	ktb_nearest_begin(nearest, word);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		ktb_nearest_offer(nearest, names[i]);
	return ktb_nearest_hint(nearest);
}

static void hints(void **state)
{
	struct ktb_nearest nearest;

	assert_string_equal(hint("hrtimr", &nearest),
			    " (did you mean 'hrtimer'?)");
	assert_string_equal(hint("timerwheel", &nearest),
			    " (did you mean 'timer_wheel'?)");
	assert_string_equal(hint("cpu", &nearest), " (did you mean 'cpus'?)");
	assert_string_equal(hint("kthread", &nearest), "");
	/* Half of the letters are others. */
	assert_string_equal(hint("cent", &nearest), "");
	assert_string_equal(hint("name", &nearest), "");
	assert_string_equal(hint("nul", &nearest), " (did you mean 'null'?)");
	assert_string_equal(hint("hrtmr", &nearest),
			    " (did you mean 'hrtimer'?)");
	assert_string_equal(hint("xy", &nearest), "");
	assert_string_equal(hint("", &nearest), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_distance),
		cmocka_unit_test(hints),
	};

	return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
