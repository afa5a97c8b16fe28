// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What curves are drawn through and against: which number of a job is the axis,
 * how its cells are sorted, where a 0 stands on a logarithmic axis.
 */
#include "summaries.h"

#include "analysis/curves.h"

static struct ktb_workload workload = { .name = "w" };

static int make(void **state)
{
	workload.params = json_pack("[{s:s,s:s},{s:s,s:s}]", "name", "timers",
				    "unit", "count", "name", "time", "unit",
				    "ns");
	*state = test_findings();
	return 0;
}

static int clean(void **state)
{
	test_findings_free(*state);
	json_decref((json_t *)workload.params);
	return 0;
}

static void add(struct ktb_findings *findings, const char *param, int64_t value,
		const char *kind)
{
	test_summary(findings, "j", &workload,
		     json_pack("{s:I,s:s}", param, (json_int_t)value, "kind",
			       kind),
		     json_pack("[s,s]", param, "kind"));
}

static struct ktb_job job_of(const struct ktb_findings *findings)
{
	return (struct ktb_job){ .name = "j",
				 .workload = &workload,
				 .nr = findings->nr_summaries };
}

static void test_axis(void **state)
{
	struct ktb_findings *findings = *state;
	struct ktb_job job;

	add(findings, "colour", 1, "a");
	test_summary(findings, "j", &workload,
		     json_pack("{s:i,s:i,s:s}", "pending", 1, "time", 2, "kind",
			       "x"),
		     json_pack("[s,s,s]", "kind", "pending", "time"));
	test_summary(findings, "j", &workload,
		     json_pack("{s:s}", "timers", "x"),
		     json_pack("[s]", "timers"));
	job = job_of(findings);
	assert_null(ktb_series_axis(findings, &job));
	job.first = 1;
	assert_string_equal(ktb_series_axis(findings, &job)->param, "time");
	assert_true(ktb_series_axis(findings, &job)->is_asked);
	job.first = 2;
	assert_null(ktb_series_axis(findings, &job));
}

static void test_series(void **state)
{
	struct ktb_findings *findings = *state;
	struct ktb_series *series;
	struct ktb_job job;
	size_t nr;

	add(findings, "timers", 100, "a");
	add(findings, "timers", 1, "b");
	add(findings, "timers", 10, "a");
	add(findings, "timers", 1, "a");
	add(findings, "timers", 5, "a");
	findings->summaries[4].is_valid = false;
	job = job_of(findings);
	nr = ktb_series_make(findings, &job, "timers", &series);
	assert_int_equal(nr, 2);
	assert_string_equal(series[0].label, "kind=a");
	assert_int_equal(series[0].nr, 3);
	assert_int_equal(series[0].cells[0]->cell, 3);
	assert_int_equal(series[0].cells[1]->cell, 2);
	assert_int_equal(series[0].cells[2]->cell, 0);
	assert_int_equal(series[1].nr, 1);
	ktb_series_free(series, nr);
}

/* What a picture's script is told of the axis. */
static char *numbers(struct ktb_findings *findings, const char *param)
{
	struct ktb_job job = job_of(findings);
	struct ktb_plot plot = { .job = &job };
	struct ktb_series *series;
	size_t nr;

	plot.settings =
		open_memstream(&plot.settings_text, &plot.settings_size);
	nr = ktb_series_make(findings, &job, param, &series);
	assert_true(ktb_curves_numbers(&plot, series, nr, param));
	ktb_series_free(series, nr);
	fclose(plot.settings);
	return plot.settings_text;
}

static void test_zero_has_a_place(void **state)
{
	char *text;

	add(*state, "timers", 100000, "a");
	add(*state, "timers", 0, "a");
	add(*state, "timers", 100, "b");
	add(*state, "timers", 0, "b");
	text = numbers(*state, "timers");
	assert_string_equal(
		text, "xtics = \"('0' 10, '100' 100, '100,000' 100000)\"\n"
		      "zero = 10\nx_from = 10\nx_to = 100000\n");
	free(text);
}

static void test_labels_keep_apart(void **state)
{
	char *text;

	add(*state, "time", 1000000, "a");
	add(*state, "time", 1000001, "a");
	add(*state, "time", 50000000, "a");
	add(*state, "time", 2000000000, "a");
	text = numbers(*state, "time");
	assert_string_equal(text,
			    "xtics = \"('1 ms' 1000000, '50 ms' 50000000, "
			    "'2 s' 2000000000)\"\n"
			    "zero = 100000\nx_from = 1000000\n"
			    "x_to = 2000000000\n");
	free(text);
}

static void test_nothing_but_zero(void **state)
{
	char *text;

	add(*state, "timers", 0, "a");
	text = numbers(*state, "timers");
	assert_string_equal(text, "xtics = \"('0' 1)\"\nzero = 1\n"
				  "x_from = 1\nx_to = 1\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_axis, make, clean),
		cmocka_unit_test_setup_teardown(test_series, make, clean),
		cmocka_unit_test_setup_teardown(test_zero_has_a_place, make,
						clean),
		cmocka_unit_test_setup_teardown(test_labels_keep_apart, make,
						clean),
		cmocka_unit_test_setup_teardown(test_nothing_but_zero, make,
						clean),
	};

	return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
