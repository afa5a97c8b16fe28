// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pairs of CPUs: gathered from cells that differ in who arms, each once, and
 * told from a job where every CPU has one and the same other.
 */
#include "summaries.h"

#include "analysis/pairs.h"

static struct ktb_metric latency = { .name = "latency",
				     .is_distribution = true,
				     .is_primary = true };
static const struct ktb_workload workload = { .name = "w",
					      .metrics = &latency,
					      .nr_metrics = 1,
					      .nr_hists = 1,
					      .primary = &latency };

/* A cell where CPU i is woken by CPU (i + rotation) % nr; -1: by nobody. */
static struct ktb_summary *add(struct ktb_findings *findings, size_t nr,
			       int rotation, const char *source)
{
	struct ktb_summary *summary = test_summary(
		findings, "j", &workload,
		json_pack("{s:o,s:s}", "arm_on",
			  json_sprintf("every %d", rotation), "source", source),
		json_pack("[s,s]", "source", "arm_on"));
	size_t i;

	summary->nr_cpus = nr;
	summary->briefs = calloc(nr, sizeof(*summary->briefs));
	assert_non_null(summary->briefs);
	for (i = 0; i < nr; i++) {
		summary->briefs[i].cpu = (int)i;
		summary->briefs[i].arm_cpu =
			rotation < 0 ? -1 : (int)((i + (size_t)rotation) % nr);
		summary->briefs[i].count = 10 * (uint64_t)(summary->cell + 1);
	}
	return summary;
}

static size_t series_of(const struct ktb_findings *findings,
			struct ktb_series **series)
{
	struct ktb_job job = { .name = "j",
			       .workload = &workload,
			       .nr = findings->nr_summaries };

	assert_int_equal(ktb_pairs_in(findings, &job),
			 findings->nr_summaries > 1);
	return ktb_series_make(findings, &job, KTB_PAIRS_PARAM, series);
}

static void test_every_pair_once(void **state)
{
	struct ktb_findings *findings = test_findings();
	struct ktb_series *series;
	struct ktb_pairs pairs;
	size_t nr, i;

	for (i = 0; i < 3; i++)
		add(findings, 3, (int)i, "thread");
	add(findings, 3, 0, "timer");
	/* The first pairs again, with more samples; and CPUs of no place. */
	add(findings, 3, 0, "thread");
	add(findings, 3, -1, "thread");
	add(findings, 3, 1, "thread")->is_valid = false;
	nr = series_of(findings, &series);
	assert_int_equal(nr, 2);
	assert_string_equal(series[0].label, "source=thread");
	assert_int_equal(series[0].nr, 5);
	assert_true(ktb_pairs_make(&pairs, &series[0]));
	assert_int_equal(pairs.nr, 9);
	assert_int_equal(pairs.nr_again, 3);
	assert_true(ktb_pairs_is_matrix(&pairs));
	for (i = 0; i < 9; i++) {
		assert_int_equal(pairs.at[i].cpu, i / 3);
		assert_int_equal(pairs.at[i].arm_cpu, i % 3);
	}
	/* Of two, the one with more samples. */
	assert_int_equal(pairs.at[0].brief->count, 50);
	/* CPU 0 is woken by CPU 2 in the cell of the second rotation. */
	assert_int_equal(pairs.at[2].brief->count, 30);
	assert_int_equal(pairs.samples, 3 * (50 + 20 + 30));
	ktb_pairs_free(&pairs);
	assert_true(ktb_pairs_make(&pairs, &series[1]));
	assert_int_equal(pairs.nr, 3);
	assert_false(ktb_pairs_is_matrix(&pairs));
	ktb_pairs_free(&pairs);
	ktb_series_free(series, nr);
	test_findings_free(findings);
}

static void test_one_other_is_no_matrix(void **state)
{
	struct ktb_findings *findings = test_findings();
	struct ktb_series *series;
	struct ktb_pairs pairs;
	size_t nr;

	add(findings, 4, 1, "thread")->briefs[2].count = 0;
	nr = series_of(findings, &series);
	assert_int_equal(nr, 1);
	assert_true(ktb_pairs_make(&pairs, &series[0]));
	assert_int_equal(pairs.nr, 3);
	assert_false(ktb_pairs_is_matrix(&pairs));
	ktb_pairs_free(&pairs);
	ktb_series_free(series, nr);
	test_findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_pair_once),
		cmocka_unit_test(test_one_other_is_no_matrix),
	};

	return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}
