// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The contracts that a run stands on, from the command line to the result, on a
 * device in memory: what is checked, and what is left when one does not hold.
 */
#include "fake_run.h"

/* The contracts that the workload names, and no others, stand in the head. */
static void keeps_what_was_checked(void **state)
{
	json_t *json, *check;

	fake.verdict = KTB_VERDICT_CHANGED;
	assert_int_equal(run(NULL), 0);
	assert_int_equal(fake.checks, 2);
	assert_non_null(strstr(
		said, "contracts: 2 hold, 0 do not, 0 could not be checked"));
	json = head();
	check = json_object_get(json, "checks");
	assert_int_equal(json_array_size(check), 2);
	check = json_array_get(check, 1);
	assert_string_equal(json_string_value(json_object_get(check, "name")),
			    "fake.late");
	assert_string_equal(
		json_string_value(json_object_get(check, "verdict")),
		"changed");
	assert_string_equal(json_string_value(json_object_get(check, "reason")),
			    "1 was seen");
	check = json_object_get(check, "evidence");
	assert_int_equal(json_array_size(check), 2);
	assert_string_equal(json_string_value(json_array_get(check, 1)),
			    "asked for: 2");
	json_decref(json);
}

static void refuses_without_its_contract(void **state)
{
	fake.verdict = KTB_VERDICT_FAILS;
	assert_int_equal(run(NULL), KTB_EXIT_WORSE);
	assert_string_equal(
		said,
		"ktbench: nothing is left: [a] is not measured: fake.late does not hold on this kernel (1 was seen); `ktbench check fake.late` tells more\n");
	assert_int_equal(fake.starts, 0);
	/* One that holds, and one that fails each time. */
	assert_int_equal(fake.checks, 1 + 3);
	assert_null(result_path());
}

static void measures_what_could_not_be_checked(void **state)
{
	fake.verdict = KTB_VERDICT_SKIPPED;
	assert_int_equal(run(NULL), 0);
	assert_int_equal(fake.starts, 4);
}

static void checks_nothing_on_request(void **state)
{
	json_t *json;

	fake.verdict = KTB_VERDICT_FAILS;
	assert_int_equal(run("--no-checks"), 0);
	assert_int_equal(fake.checks, 0);
	assert_int_equal(fake.starts, 4);
	json = head();
	assert_true(json_is_null(json_object_get(json, "checks")));
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(keeps_what_was_checked),
		CASE(refuses_without_its_contract),
		CASE(measures_what_could_not_be_checked),
		CASE(checks_nothing_on_request),
	};

	return cmocka_run_group_tests_name("contracts", tests, NULL, NULL);
}
