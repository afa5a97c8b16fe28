// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Quantiles are over the schedule: what a timer on a machine that stalls has recorded is
 * written as a result, and the analysis has to find the truth in it.
 */
#include "analysis/schedule.h"
#include "stalls.h"

static void gather(struct ktb_findings *findings)
{
	struct ktb_fault fault = { 0 };

	if (ktb_findings_gather(findings, dir, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(findings->nr_summaries, 1);
}

static int64_t true_quantile(enum ktb_quantile q)
{
	return truth[ktb_quantile_rank(PERIODS, ktb_quantile_ppm(q)) - 1];
}

/* Does a figure lie in the bucket that the truth lies in? */
static bool agrees(const struct ktb_figures *figures, enum ktb_quantile q)
{
	const struct ktb_estimate *at = &figures->at[q];
	const int64_t value = true_quantile(q);

	if (!at->is_supported)
		return false;
	if (ktb_hist_index((uint64_t)value) >= KTB_HIST_NR)
		return at->value.kind == KTB_BOUND_OVERFLOW;
	return at->value.kind == KTB_BOUND_BUCKET && at->value.low <= value &&
	       value <= at->value.high;
}

static const enum ktb_quantile told[] = { KTB_QUANTILE_P50, KTB_QUANTILE_P90,
					  KTB_QUANTILE_P99,
					  KTB_QUANTILE_P99_9 };

static void hold_quantiles(const struct ktb_figures *figures, const char *what)
{
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (!agrees(figures, told[i]))
			fail_msg("%s: %s is %lld to %lld, in truth %lld", what,
				 ktb_quantile_name(told[i]),
				 (long long)figures->at[told[i]].value.low,
				 (long long)figures->at[told[i]].value.high,
				 (long long)true_quantile(told[i]));
}

static bool agrees_at_all(const struct ktb_figures *figures)
{
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (!agrees(figures, told[i]))
			return false;
	return true;
}

/* What is true of the whole is true on its only CPU. */
static void hold_cpu(const struct ktb_summary *summary,
		     const struct ktb_figures *figures)
{
	const struct ktb_brief *brief = &summary->briefs[0];

	assert_int_equal(summary->nr_cpus, 1);
	assert_int_equal(brief->count, PERIODS);
	assert_int_equal(brief->missed, missed.count);
	assert_int_equal(brief->max, truth[PERIODS - 1]);
	assert_int_equal(brief->p99.low,
			 figures->at[KTB_QUANTILE_P99].value.low);
	assert_int_equal(brief->p99.high,
			 figures->at[KTB_QUANTILE_P99].value.high);
}

static void hold_sums(const struct ktb_figures *figures)
{
	__int128 sum = 0;
	size_t i;

	for (i = 0; i < PERIODS; i++)
		sum += truth[i];
	assert_int_equal(figures->count, PERIODS);
	assert_true(figures->sum == sum);
	assert_int_equal(figures->min, truth[0]);
	assert_int_equal(figures->max, truth[PERIODS - 1]);
}

static void simulate(const char *what)
{
	const struct ktb_workload *workload;
	const struct ktb_summary *summary;
	const struct ktb_figures *figures;
	struct ktb_findings findings;

	run_timer();
	find_truth();
	assert_int_equal(served.count + missed.count, PERIODS);
	write_result(false, missed.count);
	gather(&findings);
	summary = &findings.summaries[0];
	workload = summary->workload;
	figures = ktb_summary_figures(summary, workload->primary);
	hold_quantiles(figures, what);
	hold_sums(figures);
	hold_cpu(summary, figures);
	assert_int_equal(ktb_schedule_missed(summary), missed.count);
	assert_int_equal(ktb_schedule_served(summary), served.count);
	assert_false(ktb_schedule_is_of_served(summary));
	assert_int_equal(ktb_schedule_tells(summary, workload->served),
			 missed.count > 0);
	/* Without what was missed the figures are wrong as soon as they could be. */
	figures = ktb_summary_figures(summary, workload->served);
	assert_int_equal(figures->count, served.count);
	if (missed.count >= PERIODS / 50 && agrees_at_all(figures))
		fail_msg(
			"%s: %llu of %d periods are missed, and those served tell the truth",
			what, (unsigned long long)missed.count, PERIODS);
	ktb_findings_free(&findings);
}

/* A stall of @length that ends between two periods. */
static void stall_at(int64_t begin, int64_t length)
{
	const int64_t end = begin + length;

	stalls[nr_stalls++] = (struct stall){ begin, end - end % NS + 431000 };
	/* It is one, also below a period: something is due in it. */
	stalls[nr_stalls - 1].begin -= begin % NS + 3000;
}

static void stalls_of_every_length(void **state)
{
	static const int64_t lengths[] = {
		NS / 3,	  NS * 9 / 10, 3 * NS / 2, 5 * NS / 2, 10 * NS,
		100 * NS, 400 * NS,    1700 * NS,  WINDOW,     3 * WINDOW,
	};
	static const size_t numbers[] = { 1, 3, 7 };
	char what[96];
	size_t i, k, n;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		for (k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++) {
			/* They would be one, and longer than it says. */
			if ((int64_t)numbers[k] * (lengths[i] + NS) > WINDOW &&
			    numbers[k] > 1)
				continue;
			for (nr_stalls = 0, n = 0; n < numbers[k]; n++)
				stall_at((int64_t)(n + 1) * WINDOW /
							 (int64_t)(numbers[k] +
								   1) -
						 lengths[i] / 2,
					 lengths[i]);
			snprintf(what, sizeof(what), "%zu stalls of %lld us",
				 numbers[k], (long long)lengths[i] / 1000);
			simulate(what);
		}
}

static void stalls_over_the_edges(void **state)
{
	static const int64_t lengths[] = { 2 * NS, 50 * NS, 900 * NS,
					   5000 * NS };
	char what[96];
	size_t i;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		snprintf(what, sizeof(what), "%lld us over both edges",
			 (long long)lengths[i] / 1000);
		nr_stalls = 0;
		stall_at(-lengths[i] / 2, lengths[i]);
		stall_at(WINDOW - lengths[i] / 2, lengths[i]);
		simulate(what);
	}
	/* All of the window, from long before to long after it. */
	nr_stalls = 0;
	stall_at(-8000 * NS, 3 * WINDOW);
	simulate("before, during and after");
	assert_int_equal(served.count, 0);
	assert_int_equal(missed.count, PERIODS);
}

static void a_calm_machine_is_as_before(void **state)
{
	const struct ktb_summary *summary;
	struct ktb_findings findings;
	char text[256];

	nr_stalls = 0;
	simulate("no stall");
	assert_int_equal(missed.count, 0);
	/* An older result says the same, and nothing of its age. */
	write_result(true, 0);
	gather(&findings);
	summary = &findings.summaries[0];
	hold_quantiles(ktb_summary_figures(summary, summary->workload->primary),
		       "older");
	assert_false(ktb_schedule_is_of_served(summary));
	assert_string_equal(ktb_schedule_remark(summary, 1, text, sizeof(text)),
			    "");
	assert_string_equal(
		ktb_schedule_sentence(&findings, text, sizeof(text)), "");
	ktb_findings_free(&findings);
}

/* Interrupts off for 3 x 400 ms in 6 s at 1 kHz. */
static void make_the_example(void)
{
	nr_stalls = 0;
	stall_at(1000 * NS, 399 * NS);
	stall_at(3000 * NS, 399 * NS);
	stall_at(5000 * NS, 399 * NS);
	simulate("3 x 400 ms");
}

static void the_example_is_what_it_should_be(void **state)
{
	const struct ktb_estimate *at;
	const struct ktb_summary *summary;
	struct ktb_findings findings;
	char text[512];

	make_the_example();
	assert_int_equal(missed.count, 1197);
	gather(&findings);
	summary = &findings.summaries[0];
	at = ktb_summary_figures(summary, summary->workload->primary)->at;
	/* A fifth of the time, evenly late by 0 to 400 ms. */
	assert_in_range(at[KTB_QUANTILE_P90].value.high, 198 * NS, 203 * NS);
	assert_in_range(at[KTB_QUANTILE_P99].value.high, 377 * NS, 385 * NS);
	at = ktb_summary_figures(summary, summary->workload->served)->at;
	assert_true(at[KTB_QUANTILE_P99].value.high < 3000);
	ktb_schedule_sentence(&findings, text, sizeof(text));
	assert_string_equal(
		text,
		"more than 1 % of the schedule was missed in 1 of 1 cells, most in j cell 0: 1,197 of 6,000 periods, 19.9 %");
	ktb_findings_free(&findings);
}

static void an_older_result_says_what_it_is(void **state)
{
	const struct ktb_summary *summary;
	struct ktb_findings findings;
	char text[512];

	make_the_example();
	write_result(true, missed.count);
	gather(&findings);
	summary = &findings.summaries[0];
	assert_null(summary->workload->served);
	assert_true(ktb_schedule_is_of_served(summary));
	/* It is read, and wrong. */
	assert_false(
		agrees(ktb_summary_figures(summary, summary->workload->primary),
		       KTB_QUANTILE_P99));
	assert_string_equal(
		ktb_schedule_remark(summary, 1, text, sizeof(text)),
		"quantiles are of the periods served only: 1,197 periods were missed in 1 of 1 cells, and the result does not tell how late");
	assert_non_null(
		strstr(ktb_schedule_sentence(&findings, text, sizeof(text)),
		       "; its quantiles are of the periods served only"));
	assert_string_equal(ktb_schedule_over(summary,
					      summary->workload->primary),
			    "served");
	ktb_findings_free(&findings);
}

static void counts_that_differ_are_refused(void **state)
{
	make_the_example();
	write_result(false, missed.count + 1);
	refused(KTB_FAULT_USAGE,
		"metrics.lateness_missed: it has 1197 samples, and the counter missed says 1198");
}

/* One in a hundred is no sentence, one more is. */
static void the_sentence_begins_above_one_percent(void **state)
{
	struct ktb_findings findings;
	char text[512];
	size_t i;

	for (i = 0; i < 2; i++) {
		nr_stalls = 0;
		stall_at(1000 * NS, (int64_t)(60 + i) * NS);
		simulate("about 1 %");
		assert_int_equal(missed.count, 60 + i);
		gather(&findings);
		ktb_schedule_sentence(&findings, text, sizeof(text));
		assert_int_equal(*text != '\0', i);
		ktb_findings_free(&findings);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stalls_of_every_length, make,
						clean),
		cmocka_unit_test_setup_teardown(stalls_over_the_edges, make,
						clean),
		cmocka_unit_test_setup_teardown(a_calm_machine_is_as_before,
						make, clean),
		cmocka_unit_test_setup_teardown(
			the_example_is_what_it_should_be, make, clean),
		cmocka_unit_test_setup_teardown(an_older_result_says_what_it_is,
						make, clean),
		cmocka_unit_test_setup_teardown(counts_that_differ_are_refused,
						make, clean),
		cmocka_unit_test_setup_teardown(
			the_sentence_begins_above_one_percent, make, clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
