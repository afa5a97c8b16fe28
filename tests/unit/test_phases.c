// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Phases: their means add up to the mean of the whole, also where not every
 * sample has each, and it is said where they do not.
 */
#include "summaries.h"

#include "analysis/phases.h"

static struct ktb_metric metrics[] = {
	{ .name = "life",
	  .slot = 0,
	  .is_distribution = true,
	  .is_primary = true },
	{ .name = "fork",
	  .slot = 1,
	  .is_distribution = true,
	  .is_part = true,
	  .is_phase = true },
	{ .name = "other", .slot = 2, .is_distribution = true },
	{ .name = "start",
	  .slot = 3,
	  .is_distribution = true,
	  .is_part = true,
	  .is_phase = true },
};

static const struct ktb_workload workload = {
	.name = "w",
	.metrics = metrics,
	.nr_metrics = ARRAY_SIZE(metrics),
	.nr_hists = ARRAY_SIZE(metrics),
	.nr_phases = 2,
	.primary = &metrics[0],
};

static void fill(struct ktb_summary *summary, size_t slot, uint64_t count,
		 int64_t mean)
{
	summary->figures[slot].count = count;
	summary->figures[slot].mean = mean;
}

static void test_means_add_up(void **state)
{
	struct ktb_findings *findings = test_findings();
	struct ktb_summary *summary = test_summary(findings, "j", &workload,
						   json_object(), json_array());
	struct ktb_phases phases;

	fill(summary, 0, 1000, 900);
	fill(summary, 1, 1000, 600);
	fill(summary, 2, 1000, 77);
	fill(summary, 3, 1000, 300);
	assert_true(ktb_phases_make(&phases, summary));
	assert_int_equal(phases.nr, 2);
	assert_ptr_equal(phases.metric[0], &metrics[1]);
	assert_ptr_equal(phases.metric[1], &metrics[3]);
	assert_int_equal(phases.mean[0], 600);
	assert_int_equal(phases.mean[1], 300);
	assert_int_equal(phases.sum, 900);
	assert_true(phases.is_whole);
	/* One sample in ten has the second phase. */
	fill(summary, 3, 100, 3000);
	assert_true(ktb_phases_make(&phases, summary));
	assert_int_equal(phases.mean[1], 300);
	assert_true(phases.is_whole);
	/* Early ones may outweigh the others. */
	fill(summary, 3, 100, -3005);
	assert_true(ktb_phases_make(&phases, summary));
	assert_int_equal(phases.mean[1], -301);
	assert_false(phases.is_whole);
	test_findings_free(findings);
}

static void test_rounding_is_no_gap(void **state)
{
	struct ktb_findings *findings = test_findings();
	struct ktb_summary *summary = test_summary(findings, "j", &workload,
						   json_object(), json_array());
	struct ktb_phases phases;

	fill(summary, 0, 10, 903);
	fill(summary, 1, 10, 600);
	fill(summary, 3, 10, 300);
	assert_true(ktb_phases_make(&phases, summary));
	assert_true(phases.is_whole);
	fill(summary, 0, 10, 904);
	assert_true(ktb_phases_make(&phases, summary));
	assert_false(phases.is_whole);
	assert_int_equal(phases.whole, 904);
	test_findings_free(findings);
}

static void test_nothing_to_show(void **state)
{
	struct ktb_workload plain = workload;
	struct ktb_findings *findings = test_findings();
	struct ktb_phases phases;

	test_summary(findings, "j", &workload, json_object(), json_array());
	assert_false(ktb_phases_make(&phases, &findings->summaries[0]));
	plain.nr_phases = 0;
	fill(test_summary(findings, "k", &plain, json_object(), json_array()),
	     0, 10, 10);
	assert_false(ktb_phases_make(&phases, &findings->summaries[1]));
	test_findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_means_add_up),
		cmocka_unit_test(test_rounding_is_no_gap),
		cmocka_unit_test(test_nothing_to_show),
	};

	return cmocka_run_group_tests_name("phases", tests, NULL, NULL);
}
