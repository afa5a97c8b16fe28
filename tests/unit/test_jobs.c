// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells become jobs: those of a load are one job though others stand between
 * them, and each job says what ran at the same time.
 */
#include "summaries.h"

#include "analysis/jobs.h"

static const struct ktb_workload wheel = { .name = "wheel" };
static const struct ktb_workload tree = { .name = "tree" };

static void add(struct ktb_findings *findings, const char *job,
		const struct ktb_workload *workload, int64_t beside,
		json_t *with)
{
	struct ktb_summary *summary = test_summary(findings, job, workload,
						   json_object(), json_array());

	summary->beside = beside;
	summary->with = with;
	summary->has_worst = summary->cell % 2;
	summary->worst.excess = summary->cell;
}

static void test_load_is_one_job(void **state)
{
	struct ktb_findings *findings = test_findings();
	const struct ktb_job *job;
	char label[64];

	add(findings, "a", &wheel, -1, json_pack("[s,s]", "load", "more"));
	add(findings, "load", &tree, 0, NULL);
	add(findings, "a", &wheel, -1, json_pack("[s]", "load"));
	add(findings, "load", &tree, 2, NULL);
	add(findings, "b", &wheel, -1, json_pack("[s]", "load"));
	add(findings, "load", &tree, 4, json_array());
	assert_true(ktb_jobs_make(findings));
	assert_int_equal(findings->nr_jobs, 3);
	job = &findings->jobs[0];
	assert_string_equal(job->name, "a");
	assert_int_equal(job->first, 0);
	assert_int_equal(job->nr, 2);
	assert_false(job->has_worst);
	assert_string_equal(job->company,
			    "With job load, job more running beside it.");
	job = &findings->jobs[1];
	assert_string_equal(job->name, "load");
	assert_ptr_equal(job->workload, &tree);
	assert_int_equal(job->first, 2);
	assert_int_equal(job->nr, 3);
	assert_int_equal(job->worst.excess, 5);
	assert_string_equal(job->company, "Ran as load beside job a, job b.");
	assert_int_equal(findings->summaries[3].cell, 3);
	ktb_summary_title(&findings->summaries[3], label, sizeof(label));
	assert_string_equal(label, "beside cell 2");
	test_findings_free(findings);
}

static void test_alone(void **state)
{
	struct ktb_findings *findings = test_findings();

	add(findings, "a", &wheel, -1, NULL);
	add(findings, "a", &wheel, 7, json_pack("[s]", "c"));
	assert_true(ktb_jobs_make(findings));
	assert_int_equal(findings->nr_jobs, 1);
	assert_string_equal(findings->jobs[0].company,
			    "Ran as load beside job (its cell is not there). "
			    "With job c running beside it.");
	test_findings_free(findings);
	findings = test_findings();
	add(findings, "a", &wheel, -1, NULL);
	assert_true(ktb_jobs_make(findings));
	assert_string_equal(findings->jobs[0].company, "");
	test_findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load_is_one_job),
		cmocka_unit_test(test_alone),
	};

	return cmocka_run_group_tests_name("jobs", tests, NULL, NULL);
}
