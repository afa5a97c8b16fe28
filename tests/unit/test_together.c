// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Several results side by side: which columns are of one kernel, which cells are
 * the same cell, what is not there and why, which figures differ by how much.
 */
#include "summaries.h"

#include "analysis/jobs.h"
#include "analysis/together_differ.h"
#include "analysis/together_shown.h"

static struct ktb_metric metrics[] = {
	{ .name = "lateness",
	  .scale = KTB_SCALE_INSTRUCTIONS,
	  .slot = 0,
	  .is_distribution = true,
	  .is_primary = true },
	{ .name = "parted",
	  .scale = KTB_SCALE_INSTRUCTIONS,
	  .slot = 1,
	  .is_distribution = true,
	  .is_part = true },
};

/* The same, as a later module has it: in another order, and one more. */
static struct ktb_metric later_metrics[] = {
	{ .name = "parted",
	  .scale = KTB_SCALE_INSTRUCTIONS,
	  .slot = 0,
	  .is_distribution = true,
	  .is_part = true },
	{ .name = "newly",
	  .scale = KTB_SCALE_INSTRUCTIONS,
	  .slot = 1,
	  .is_distribution = true,
	  .is_part = true },
	{ .name = "lateness",
	  .scale = KTB_SCALE_INSTRUCTIONS,
	  .slot = 2,
	  .is_distribution = true,
	  .is_primary = true },
};

static struct ktb_workload wheel = { .name = "wheel",
				     .help = "",
				     .metrics = metrics,
				     .nr_metrics = 2,
				     .nr_hists = 2,
				     .primary = &metrics[0] };
static struct ktb_workload later = { .name = "wheel",
				     .help = "",
				     .metrics = later_metrics,
				     .nr_metrics = 3,
				     .nr_hists = 3,
				     .primary = &later_metrics[2] };

static void add_column(struct ktb_together *together, const char *kernel,
		       const char *model, const char *jobs)
{
	struct ktb_findings *findings = test_findings();

	json_decref(findings->reader.root);
	findings->reader.root = json_pack(
		"{s:{s:s,s:s},s:[{s:s}],s:[],s:s,s:s,s:[i],s:i,s:s}",
		"environment", "kernel", kernel, "cpu_model", model, "jobs",
		"text", jobs, "left_out", "state", "complete", "state_reason",
		"", "cpus", 0, "seed", 1, "lane_detail", "");
	assert_non_null(findings->reader.root);
	findings->reader.lane = KTB_LANE_EXACT;
	together->columns[together->nr++].findings = findings;
}

static struct ktb_summary *add_cell(struct ktb_together *together,
				    const char *job, int timers)
{
	struct ktb_findings *findings =
		together->columns[together->nr - 1].findings;
	const struct ktb_workload *workload = together->nr == 1 ? &wheel :
								  &later;

	return test_summary(findings, job, workload,
			    json_pack("{s:i,s:i,s:i}", "timers", timers,
				      "period", 4, "seed",
				      (int)findings->nr_summaries),
			    json_pack("[s]", "timers"));
}

static void align(struct ktb_together *together)
{
	size_t i;

	for (i = 0; i < together->nr; i++)
		assert_true(ktb_jobs_make(together->columns[i].findings));
	assert_true(ktb_together_align(together));
}

/* Columns of one kernel come together, and only on one machine. */
static void test_columns(void **state)
{
	static const char *const kernels[] = { "6.1", "6.1", "6.12", "6.1" };
	struct ktb_together together = { .nr = 0 };
	const struct ktb_findings *fourth;
	size_t i;

	add_column(&together, "6.1", "Old", "");
	add_column(&together, "6.12", "Old", "");
	add_column(&together, "6.1", "New", "");
	add_column(&together, "6.1", "Old", "");
	fourth = together.columns[3].findings;
	align(&together);
	assert_int_equal(together.nr_groups, 3);
	assert_int_equal(together.nr_machines, 2);
	assert_ptr_equal(together.columns[1].findings, fourth);
	for (i = 0; i < together.nr; i++) {
		assert_string_equal(together.columns[i].kernel, kernels[i]);
		assert_int_equal(together.columns[i].letter, 'A' + (int)i);
	}
	assert_int_equal(together.columns[0].group, together.columns[1].group);
	assert_int_not_equal(together.columns[0].group,
			     together.columns[3].group);
	ktb_together_free(&together);
}

/* By what is swept, whatever the number in the plan. */
static void test_rows(void **state)
{
	struct ktb_together together = { .nr = 0 };
	const struct ktb_shared *job;
	char text[512];

	add_column(&together, "6.1", "Old", "[a]\n[b]\n");
	add_cell(&together, "a", 1);
	add_cell(&together, "a", 10);
	add_cell(&together, "b", 1);
	add_column(&together, "6.12", "Old", "[a]\n");
	add_cell(&together, "a", 100);
	add_cell(&together, "a", 10)->is_valid = false;
	align(&together);
	assert_int_equal(together.nr_jobs, 2);
	job = &together.jobs[0];
	assert_int_equal(job->nr, 3);
	assert_string_equal(job->rows[0].label, "timers=1");
	assert_string_equal(job->rows[1].label, "timers=10");
	assert_string_equal(job->rows[2].label, "timers=100");
	assert_int_equal(job->rows[1].at[0].good->cell, 1);
	assert_null(job->rows[1].at[1].good);
	assert_int_equal(job->rows[1].at[1].bad->cell, 1);
	assert_null(ktb_together_summary(&job->rows[0].at[1]));
	assert_null(ktb_together_summary(&job->rows[2].at[0]));
	assert_string_equal(ktb_together_absence(&together, job, 1, text,
						 sizeof(text)),
			    "B lacks 1 of 3 cells (timers=1): its [a] does not "
			    "sweep that.");
	job = &together.jobs[1];
	assert_null(job->in[1]);
	assert_string_equal(ktb_together_absence(&together, job, 1, text,
						 sizeof(text)),
			    "B has no cell of it: its job files have no [b].");
	assert_string_equal(ktb_together_absence(&together, job, 0, text,
						 sizeof(text)),
			    "");
	ktb_together_free(&together);
}

/* What the result itself says comes first. */
static void test_why(void **state)
{
	struct ktb_together together = { .nr = 0 };
	char text[512];
	json_t *root;

	add_column(&together, "6.1", "Old", "[a]\n");
	add_cell(&together, "a", 1);
	add_column(&together, "6.12", "Old", " [a]\n");
	align(&together);
	assert_string_equal(ktb_together_why(&together, together.jobs, 1, text,
					     sizeof(text)),
			    "its job files have [a], and nothing says why it "
			    "was not measured");
	root = together.columns[1].findings->reader.root;
	json_object_set_new(root, "state", json_string("interrupted"));
	json_object_set_new(root, "state_reason", json_string("Ctrl-C."));
	assert_string_equal(ktb_together_why(&together, together.jobs, 1, text,
					     sizeof(text)),
			    "its run is interrupted: Ctrl-C.");
	json_object_set_new(root, "left_out",
			    json_pack("[s,s,s]", "[b]: no", "x:1: [a]: no CPU",
				      "x:1: [a]: none"));
	assert_string_equal(ktb_together_why(&together, together.jobs, 1, text,
					     sizeof(text)),
			    "left out: x:1: [a]: no CPU (and 1 more)");
	ktb_together_free(&together);
}

/* Cells that nothing sets apart are told apart by their order. */
static void test_alike(void **state)
{
	struct ktb_together together = { .nr = 0 };
	struct ktb_summary *load;
	size_t i;

	for (i = 0; i < 2; i++) {
		add_column(&together, "6.1", "Old", "");
		/* Numbers of the plan differ. */
		if (i)
			add_cell(&together, "z", 7);
		add_cell(&together, "a", 1);
		load = add_cell(&together, "l", 5);
		load->beside = load->cell - 1;
		add_cell(&together, "a", 1);
	}
	align(&together);
	assert_int_equal(together.nr_jobs, 3);
	assert_int_equal(together.jobs[0].nr, 2);
	assert_string_equal(together.jobs[0].rows[0].label, "timers=1");
	assert_string_equal(together.jobs[0].rows[1].label, "timers=1, no. 2");
	assert_non_null(together.jobs[0].rows[1].at[1].good);
	assert_int_equal(together.jobs[1].nr, 1);
	assert_string_equal(together.jobs[1].rows[0].label,
			    "timers=5 beside a timers=1");
	assert_non_null(together.jobs[1].rows[0].at[1].good);
	ktb_together_free(&together);
}

static void add_pair(struct ktb_together *together, int arm_cpu)
{
	struct ktb_summary *cell = add_cell(together, "a", 1);

	cell->briefs = calloc(1, sizeof(*cell->briefs));
	assert_non_null(cell->briefs);
	cell->briefs->cpu = 1;
	cell->briefs->arm_cpu = arm_cpu;
	cell->nr_cpus = 1;
}

/* Who arms is told in all columns, if it must be in one. */
static void test_pairs(void **state)
{
	struct ktb_together together = { .nr = 0 };
	const struct ktb_row *rows;

	add_column(&together, "6.1", "Old", "");
	add_pair(&together, 0);
	add_pair(&together, 2);
	add_pair(&together, 2);
	add_column(&together, "6.12", "Old", "");
	add_pair(&together, 2);
	align(&together);
	assert_int_equal(together.jobs[0].nr, 3);
	rows = together.jobs[0].rows;
	assert_string_equal(rows[0].label, "timers=1, CPU 1 from 0");
	assert_string_equal(rows[1].label, "timers=1, CPU 1 from 2");
	assert_string_equal(rows[2].label, "timers=1, CPU 1 from 2, no. 2");
	assert_null(rows[0].at[1].good);
	assert_non_null(rows[1].at[1].good);
	assert_null(rows[2].at[1].good);
	ktb_together_free(&together);
}

static void set_figures(struct ktb_summary *summary, const char *name,
			uint64_t count, int64_t p50)
{
	struct ktb_figures *figures =
		&summary->figures[ktb_reader_metric(summary->workload, name)
					  ->slot];

	figures->count = count;
	figures->min = p50 - 1;
	figures->max = p50 + 1;
	figures->at[KTB_QUANTILE_P50].is_supported = count >= 6;
	figures->at[KTB_QUANTILE_P50].value.high = p50;
}

static void told(const struct ktb_table *table, size_t column,
		 enum ktb_shown_figure figure, const char *text,
		 const char *change)
{
	struct ktb_shown is;

	ktb_shown_get(&is, table, table->job->rows, table->metrics[0], column,
		      figure);
	assert_string_equal(is.text.s, text);
	assert_string_equal(is.change.s, change);
}

/* Metrics are found by name, and held against the first column. */
static void test_shown(void **state)
{
	struct ktb_together together = { .nr = 0 };
	struct ktb_table table;

	add_column(&together, "6.1", "Old", "");
	set_figures(add_cell(&together, "a", 1), "lateness", 10, 1000);
	add_column(&together, "6.12", "Old", "");
	set_figures(add_cell(&together, "a", 1), "lateness", 10, 1012);
	add_column(&together, "6.13", "Old", "");
	set_figures(add_cell(&together, "a", 1), "lateness", 5, 1000);
	add_column(&together, "6.14", "Old", "");
	add_column(&together, "6.15", "Old", "");
	set_figures(add_cell(&together, "a", 1), "lateness", 10, 1012);
	together.columns[4].findings->summaries[0].is_valid = false;
	align(&together);
	assert_true(ktb_shown_table(&table, &together, together.jobs,
				    KTB_SHOWN_PRIMARY));
	assert_int_equal(table.nr, 1);
	assert_int_equal(table.divisor, 1);
	told(&table, 0, KTB_SHOWN_P50, "1,000", "");
	told(&table, 1, KTB_SHOWN_P50, "1,012", "+12");
	told(&table, 1, KTB_SHOWN_MIN, "1,011", "+12");
	told(&table, 1, KTB_SHOWN_COUNT, "10", "");
	told(&table, 2, KTB_SHOWN_P50, "n too small", "");
	told(&table, 2, KTB_SHOWN_MAX, "1,001", "=");
	told(&table, 3, KTB_SHOWN_P50, "not there", "");
	/* Invalid: shown, and held against nothing. */
	told(&table, 4, KTB_SHOWN_P50, "1,012", "");
	ktb_shown_table_free(&table);
	assert_true(ktb_shown_table(&table, &together, together.jobs,
				    KTB_SHOWN_PARTS));
	assert_int_equal(table.nr, 2);
	assert_string_equal(table.metrics[1]->name, "newly");
	told(&table, 0, KTB_SHOWN_P50, "no samples", "");
	ktb_shown_table_free(&table);
	ktb_together_free(&together);
}

static void test_differ(void **state)
{
	struct ktb_together together = { .nr = 0 };
	struct ktb_differences differences;
	struct ktb_summary *cell;

	add_column(&together, "6.1", "Old", "[a]");
	add_cell(&together, "a", 1)->placement = strdup("each");
	add_column(&together, "6.1", "Old", "[a] ");
	cell = add_cell(&together, "a", 1);
	cell->placement = strdup("each");
	json_object_set_new(cell->params, "seed", json_integer(77));
	json_object_set_new(cell->params, "period", json_integer(5));
	align(&together);
	assert_true(ktb_differ_environment(&differences, &together));
	assert_int_equal(differences.nr, 1);
	assert_string_equal(differences.rows[0].name, "job files");
	assert_string_equal(differences.rows[0].values[1],
			    "others than those of A");
	ktb_differ_free(&differences);
	assert_true(
		ktb_differ_settings(&differences, &together, together.jobs));
	assert_int_equal(differences.nr, 1);
	assert_string_equal(differences.rows[0].name, "period");
	assert_string_equal(differences.rows[0].values[0], "4");
	assert_string_equal(differences.rows[0].values[1], "5");
	ktb_differ_free(&differences);
	ktb_together_free(&together);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns), cmocka_unit_test(test_rows),
		cmocka_unit_test(test_why),	cmocka_unit_test(test_alike),
		cmocka_unit_test(test_shown),	cmocka_unit_test(test_differ),
		cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests_name("together", tests, NULL, NULL);
}
