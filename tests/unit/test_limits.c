// SPDX-License-Identifier: GPL-2.0-or-later
/* How many more threads a machine allows, told from its files. */
#include "support.h"

#include "runner/limits.h"

static char *root;

static int setup(void **state)
{
	root = test_directory();
	setenv("KTBENCH_SYSROOT", root, 1);
	return 0;
}

static int teardown(void **state)
{
	unsetenv("KTBENCH_SYSROOT");
	test_remove(root);
	return 0;
}

static void nothing_limits(void **state)
{
	struct ktb_limit limit;

	assert_true(ktb_limits_allow(INT32_MAX, &limit));
}

static void the_lower_one_limits(void **state)
{
	struct ktb_limit limit;

	test_write(root, "proc/sys/kernel/pid_max", "32768\n");
	test_write(root, "proc/sys/kernel/threads-max", "20000\n");
	test_write(root, "proc/loadavg", "0.00 0.01 0.05 1/136 4567\n");
	assert_true(ktb_limits_allow(19800, &limit));
	assert_false(ktb_limits_allow(19801, &limit));
	assert_string_equal(limit.name, "kernel.threads-max");
	assert_true(limit.value == 20000);
	assert_true(limit.left == 19800);
	assert_false(ktb_limits_allow(65536, &limit));
	assert_string_equal(limit.name, "kernel.threads-max");
	test_write(root, "proc/sys/kernel/pid_max", "100\n");
	assert_false(ktb_limits_allow(1, &limit));
	assert_string_equal(limit.name, "kernel.pid_max");
	assert_true(limit.left == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_limits, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_lower_one_limits, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
