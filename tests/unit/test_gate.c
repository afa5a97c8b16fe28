// SPDX-License-Identifier: GPL-2.0-or-later
/* The key `gate`: what it means, and one exact sentence for each mistake. */
#include "job_text.h"

#include "analysis/quantile.h"
#include "runner/gate.h"

#define DISTRIBUTION(...)                                         \
	{                                                         \
		.what = KTB_METRIC_WHAT_DISTRIBUTION, __VA_ARGS__ \
	}
#define COUNTER(...)                                         \
	{                                                    \
		.what = KTB_METRIC_WHAT_COUNTER, __VA_ARGS__ \
	}

static struct ktb_metric wheel_metrics[] = {
	DISTRIBUTION(.name = "lateness", .primary = true),
	DISTRIBUTION(.name = "delivery", .part = true),
	DISTRIBUTION(.name = "arm", .call = true),
	DISTRIBUTION(.name = "cancel", .call = true),
	COUNTER(.name = "expiries"),
};

static struct ktb_metric wake_metrics[] = {
	DISTRIBUTION(.name = "latency", .primary = true),
	DISTRIBUTION(.name = "thread", .part = true),
};

static struct ktb_metric plain_metrics[] = {
	DISTRIBUTION(.name = "width"),
};

static struct ktb_workload workloads[] = {
	{ .name = "wheel",
	  .metrics = wheel_metrics,
	  .nr_metrics = ARRAY_SIZE(wheel_metrics) },
	{ .name = "wake",
	  .metrics = wake_metrics,
	  .nr_metrics = ARRAY_SIZE(wake_metrics) },
	{ .name = "plain",
	  .metrics = plain_metrics,
	  .nr_metrics = ARRAY_SIZE(plain_metrics) },
};

static const struct ktb_catalog catalog = {
	.source = "the test",
	.workloads = workloads,
	.nr_workloads = ARRAY_SIZE(workloads),
};

#define WHEEL  "[w]\nworkload = wheel\n"
#define WAKE   "[k]\nworkload = wake\n"
#define PLAIN  "[p]\nworkload = plain\n"
#define ALL(v) "[global]\ngate = " v "\n"

/* All gates of the jobs in one line: what result.json is to have. */
static char *gates(const struct ktb_jobs *jobs)
{
	json_t *all = ktb_gate_json(jobs);
	char *line = calloc(1, 1);
	const char *job, *metric, *quantile;
	json_t *row, *delta;
	char text[40];
	char *longer;
	size_t i;

	json_array_foreach(all, i, row) {
		assert_int_equal(json_unpack(row, "{s:s, s:s, s:s, s:o !}",
					     "job", &job, "metric", &metric,
					     "quantile", &quantile, "delta_ppm",
					     &delta),
				 0);
		snprintf(text, sizeof(text), "%lld",
			 (long long)json_integer_value(delta));
		assert_true(asprintf(&longer, "%s%s%s %s %s %s", line,
				     i ? ", " : "", job, metric, quantile,
				     json_is_null(delta) ? "auto" : text) > 0);
		free(line);
		line = longer;
	}
	json_decref(all);
	return line;
}

static const struct {
	const char *text;
	const char *set;
	const char *gates;
} meanings[] = {
	{ WHEEL WAKE PLAIN, NULL, "w lateness p50 auto, k latency p50 auto" },
	{ WHEEL "gate = none\n" WAKE, NULL, "k latency p50 auto" },
	{ WHEEL "gate = none\n", "w.gate= none ", "" },
	{ WHEEL "gate = primary p50\n", NULL, "w lateness p50 auto" },
	{ WHEEL "gate = primary p50 auto\n", NULL, "w lateness p50 auto" },
	{ WHEEL "gate = calls p99 2%\n", NULL,
	  "w arm p99 20000, w cancel p99 20000" },
	{ WHEEL "gate = lateness p50,  delivery\tp99 5% , arm p90 0.001%,\n"
		"  primary p99.9 100%, lateness p99 1.25%\n",
	  NULL,
	  "w lateness p50 auto, w delivery p99 50000, w arm p90 10, w lateness p99.9 1000000, w lateness p99 12500" },
	{ PLAIN "gate = width p90 .5%\n", "p.gate=width p90 0.5%",
	  "p width p90 5000" },
	/* What is said of all holds where it can be; the rest has the default. */
	{ ALL("delivery p99 5%, latency p90") WHEEL WAKE PLAIN, NULL,
	  "w delivery p99 50000, k latency p90 auto" },
	{ ALL("calls p50") WHEEL WAKE, NULL,
	  "w arm p50 auto, w cancel p50 auto, k latency p50 auto" },
	{ ALL("none") WHEEL "gate = primary p99\n" WAKE, NULL,
	  "w lateness p99 auto" },
	{ WHEEL "gate = primary p99\n" WAKE, "*.gate=delivery p90",
	  "w delivery p90 auto, k latency p50 auto" },
	/* A load has none. */
	{ ALL("primary p99") WHEEL "with = k\n" WAKE, NULL,
	  "w lateness p99 auto" },
	{ WHEEL "with = k\n" WAKE, "*.gate=primary p90",
	  "w lateness p90 auto" },
};

static void means(void **state)
{
	struct ktb_error err = { 0 };
	struct ktb_jobs jobs;
	char *line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(meanings); i++) {
		test_job_check(&catalog, meanings[i].text, meanings[i].set,
			       &jobs, &err);
		assert_string_equal(err.text, "");
		line = gates(&jobs);
		assert_string_equal(line, meanings[i].gates);
		free(line);
		ktb_job_free(&jobs);
	}
}

static const struct {
	const char *text;
	const char *set;
	const char *message;
} mistakes[] = {
	{ WHEEL "gate =\n", NULL,
	  "t.ini:3: [w] gate: the value is missing; write METRIC QUANTILE [DELTA], or none" },
	{ WHEEL "gate = arm p50,, arm p90\n", NULL,
	  "t.ini:3: [w] gate: a value is missing in the list" },
	{ WHEEL "gate = none, arm p50\n", NULL,
	  "t.ini:3: [w] gate: 'none' stands alone" },
	{ WHEEL "gate = none p50\n", NULL,
	  "t.ini:3: [w] gate: 'none' stands alone" },
	{ WHEEL "gate = arm p50, lateness\n", NULL,
	  "t.ini:3: [w] gate: 'lateness' is not METRIC QUANTILE [DELTA], such as primary p99 5%" },
	{ WHEEL "gate = arm p50 5 %\n", NULL,
	  "t.ini:3: [w] gate: 'arm p50 5 %' is not METRIC QUANTILE [DELTA], such as primary p99 5%" },
	{ WHEEL "gate = lateness p95\n", NULL,
	  "t.ini:3: [w] gate: 'p95' is not one of p50, p90, p99, p99.9 (did you mean 'p90'?)" },
	{ WHEEL "gate = lateness p99.99\n", NULL,
	  "t.ini:3: [w] gate: 'p99.99' is not one of p50, p90, p99, p99.9 (did you mean 'p99.9'?)" },
	{ WHEEL "gate = lateness maximum\n", NULL,
	  "t.ini:3: [w] gate: 'maximum' is not one of p50, p90, p99, p99.9" },
	{ WHEEL "gate = latenes p50\n", NULL,
	  "t.ini:3: [w] gate: workload wheel has no distribution 'latenes' (did you mean 'lateness'?); `ktbench list wheel` shows all" },
	{ WHEEL "gate = primry p50\n", NULL,
	  "t.ini:3: [w] gate: workload wheel has no distribution 'primry' (did you mean 'primary'?); `ktbench list wheel` shows all" },
	{ WHEEL "gate = expiries p50\n", NULL,
	  "t.ini:3: [w] gate: 'expiries' is a counter and has no quantiles; name a distribution, `ktbench list wheel` shows all" },
	{ WAKE "gate = calls p50\n", NULL,
	  "t.ini:3: [k] gate: workload wake has no call whose cost it measures; name a distribution, `ktbench list wake` shows all" },
	{ PLAIN "gate = primary p50\n", NULL,
	  "t.ini:3: [p] gate: workload plain has no primary distribution; name a distribution, `ktbench list plain` shows all" },
	{ WHEEL "gate = arm p50 5\n", NULL,
	  "t.ini:3: [w] gate: '5' is no percentage of at most three decimals, such as 0.5%, nor auto" },
	{ WHEEL "gate = arm p50 %\n", NULL,
	  "t.ini:3: [w] gate: '%' is no percentage of at most three decimals, such as 0.5%, nor auto" },
	{ WHEEL "gate = arm p50 5k%\n", NULL,
	  "t.ini:3: [w] gate: '5k%' is no percentage of at most three decimals, such as 0.5%, nor auto" },
	{ WHEEL "gate = arm p50 0.0005%\n", NULL,
	  "t.ini:3: [w] gate: '0.0005%' is no percentage of at most three decimals, such as 0.5%, nor auto" },
	{ WHEEL "gate = arm p50 0%\n", NULL,
	  "t.ini:3: [w] gate: 0% is out of range, which is 0.001% to 100%" },
	{ WHEEL "gate = arm p50 100.001%\n", NULL,
	  "t.ini:3: [w] gate: 100.001% is out of range, which is 0.001% to 100%" },
	{ WHEEL "gate = arm p50 -5%\n", NULL,
	  "t.ini:3: [w] gate: -5% is out of range, which is 0.001% to 100%" },
	{ WHEEL "gate = arm p50, arm p90, arm p50 5%\n", NULL,
	  "t.ini:3: [w] gate: arm p50 of workload wheel is given twice" },
	{ WHEEL "gate = primary p50, lateness p50\n", NULL,
	  "t.ini:3: [w] gate: lateness p50 of workload wheel is given twice" },
	{ WHEEL "gate = arm p90, calls p90\n", NULL,
	  "t.ini:3: [w] gate: arm p90 of workload wheel is given twice" },
	{ ALL("latenes p50") WAKE WHEEL, NULL,
	  "t.ini:2: [global] gate: no job that it is said of has a distribution 'latenes' (did you mean 'lateness'?)" },
	{ ALL("arm p50") WAKE, NULL,
	  "t.ini:2: [global] gate: no job that it is said of has a distribution 'arm'" },
	/* That a load, or a job that says something else, could is not enough. */
	{ ALL("delivery p50") WAKE "with = w\n" WHEEL, NULL,
	  "t.ini:2: [global] gate: no job that it is said of has a distribution 'delivery'" },
	{ ALL("delivery p50") WAKE WHEEL "gate = arm p50\n", NULL,
	  "t.ini:2: [global] gate: no job that it is said of has a distribution 'delivery'" },
	{ ALL("lateness p5") WHEEL, NULL,
	  "t.ini:2: [global] gate: 'p5' is not one of p50, p90, p99, p99.9 (did you mean 'p50'?)" },
	{ WAKE, "*.gate=lateness p50",
	  "--set *.gate: [k] gate: no job that it is said of has a distribution 'lateness'" },
	{ WAKE, "k.gate=lateness p50",
	  "--set k.gate: [k] gate: workload wake has no distribution 'lateness'; `ktbench list wake` shows all" },
};

static void names_each_mistake(void **state)
{
	struct ktb_error err;
	struct ktb_jobs jobs;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mistakes); i++) {
		err.text[0] = '\0';
		assert_int_equal(test_job_check(&catalog, mistakes[i].text,
						mistakes[i].set, &jobs, &err),
				 KTB_EXIT_USAGE);
		assert_string_equal(err.text, mistakes[i].message);
		ktb_job_free(&jobs);
	}
}

/* The runner may not ask the analysis what it prints. */
static void knows_the_quantiles_of_the_analysis(void **state)
{
	size_t i;

	for (i = 0; ktb_gate_quantile(i); i++)
		assert_string_equal(ktb_gate_quantile(i), ktb_quantile_name(i));
	assert_int_equal(i, KTB_QUANTILE_P99_9 + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(means),
		cmocka_unit_test(names_each_mistake),
		cmocka_unit_test(knows_the_quantiles_of_the_analysis),
	};

	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
