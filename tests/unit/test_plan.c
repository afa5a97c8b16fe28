// SPDX-License-Identifier: GPL-2.0-or-later
/* The plan: cross product, order, seeds, times. */
#include "support.h"

#include "runner/plan.h"

static const char two_jobs[] =
	"[a]\nworkload = timer_wheel\nrepetitions = 2\n"
	"timers = 1, 10\nkind = pinned, unpinned\nduration = 1s\nwarmup = 0\n"
	"[b]\nworkload = null\nduration = 2s\n";

struct fixture {
	struct ktb_jobs jobs;
	struct ktb_topology topology;
	struct ktb_plan plan;
	struct ktb_error err;
};

static int make(struct fixture *fixture, const char *text, uint64_t seed)
{
	fixture->jobs = (struct ktb_jobs){
		.files = calloc(1, sizeof(*fixture->jobs.files)),
		.nr_files = 1,
	};
	assert_int_equal(ktb_jobfile_parse(&fixture->jobs.files[0], "t.ini",
					   text, &fixture->err),
			 0);
	assert_int_equal(
		ktb_job_check(&fixture->jobs, &test_catalog, &fixture->err), 0);
	assert_int_equal(ktb_topology_synthetic(&fixture->topology,
						"pack:1 [numa] core:2 pu:2",
						&fixture->err),
			 0);
	return ktb_plan_make(&fixture->plan, &fixture->jobs, &fixture->topology,
			     seed, &fixture->err);
}

static void unmake(struct fixture *fixture)
{
	ktb_plan_free(&fixture->plan);
	ktb_topology_free(&fixture->topology);
	ktb_job_free(&fixture->jobs);
}

static void expands(void **state)
{
	static const char *const cells[] = { "timers=1 kind=pinned",
					     "timers=1 kind=unpinned",
					     "timers=10 kind=pinned",
					     "timers=10 kind=unpinned", "" };
	struct fixture fixture;
	char text[256];
	size_t i;

	assert_int_equal(make(&fixture, two_jobs, 1), 0);
	assert_int_equal(fixture.plan.nr_cells, 5);
	for (i = 0; i < 5; i++) {
		assert_int_equal(fixture.plan.cells[i].index, i);
		assert_string_equal(ktb_plan_describe(&fixture.plan,
						      &fixture.plan.cells[i],
						      true, text, sizeof(text)),
				    cells[i]);
	}
	ktb_plan_describe(&fixture.plan, &fixture.plan.cells[4], false, text,
			  sizeof(text));
	assert_string_equal(text, "duration=2s");
	/* What a job does not say has its default. */
	assert_int_equal(fixture.plan.cells[4].values[1], 200000000);
	unmake(&fixture);
}

static const char two_loads[] =
	"[a]\nworkload = timer_wheel\nwith = x, y\ntimers = 1, 2\nduration = 1s\n"
	"warmup = 0\n"
	"[b]\nworkload = timer_wheel\nwith = y\nrepetitions = 2\n"
	"[x]\nworkload = null\nwarmup = 2s\n"
	"[y]\nworkload = timer_wheel\ntimers = 9\n";

/* Cells of loads come last, one beside each cell that they are load for. */
static void puts_loads_beside(void **state)
{
	static const size_t beside[] = { 0, 1, 0, 1, 2 };
	int64_t values[ARRAY_SIZE(test_wheel_params)];
	struct fixture fixture;
	char text[256];
	size_t i;

	assert_int_equal(make(&fixture, two_loads, 1), 0);
	assert_int_equal(fixture.plan.nr_cells, 8);
	assert_int_equal(fixture.plan.nr_runs, 4);
	assert_int_equal(ktb_plan_nr_lines(&fixture.plan), 3 * 2 + 2 * 2);
	for (i = 0; i < 3; i++)
		assert_true(fixture.plan.cells[i].beside == KTB_PLAN_NONE);
	for (i = 0; i < 5; i++)
		assert_int_equal(fixture.plan.cells[3 + i].beside, beside[i]);
	assert_int_equal(fixture.plan.cells[1].nr_loads, 2);
	assert_int_equal(fixture.plan.cells[1].loads[0], 4);
	assert_int_equal(fixture.plan.cells[1].loads[1], 6);
	assert_int_equal(fixture.plan.cells[2].nr_loads, 1);
	/* The loads warm up first; a load itself lasts until it is stopped. */
	assert_true(ktb_plan_nominal(&fixture.plan, &fixture.plan.runs[0]) ==
		    3000000000);
	ktb_plan_values(&fixture.plan, &(struct ktb_run){ .cell = 7 }, values);
	assert_true(values[0] == test_wheel_params[0].max);
	ktb_plan_describe(&fixture.plan, &fixture.plan.cells[7], false, text,
			  sizeof(text));
	assert_string_equal(text, "timers=9");
	unmake(&fixture);
}

static const char sweep_arming[] =
	"[e]\nworkload = timer_wheel\narm_on = every\ntimers = 1, 2\n"
	"[l]\nworkload = timer_wheel\narm_on = same, other-node, sibling\n"
	"optional = yes\n";

/* What an optional job cannot have here is left out, and said. */
static void sweeps_arming(void **state)
{
	static const char *const cells[] = {
		"arm_on=every 0 timers=1",
		"arm_on=every 0 timers=2",
		"arm_on=every 1 timers=1",
		"arm_on=every 1 timers=2",
		"arm_on=same",
		"arm_on=sibling",
	};
	struct fixture fixture;
	char text[256];
	size_t i;

	assert_int_equal(make(&fixture, sweep_arming, 1), 0);
	assert_int_equal(fixture.plan.nr_cells, ARRAY_SIZE(cells));
	for (i = 0; i < ARRAY_SIZE(cells); i++)
		assert_string_equal(ktb_plan_describe(&fixture.plan,
						      &fixture.plan.cells[i],
						      true, text, sizeof(text)),
				    cells[i]);
	assert_int_equal(ktb_plan_placement(&fixture.plan,
					    &fixture.plan.cells[2])
				 ->places[1]
				 .arm_cpu,
			 0);
	assert_int_equal(fixture.plan.nr_left_out, 1);
	assert_string_equal(
		fixture.plan.left_out[0],
		"t.ini:7: [l]: arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node (the machine has one)");
	ktb_plan_leave_out(&fixture.plan, &fixture.plan.cells[0], "why");
	assert_int_equal(fixture.plan.nr_runs, ARRAY_SIZE(cells) - 1);
	assert_int_equal(fixture.plan.runs[0].cell, 1);
	assert_string_equal(fixture.plan.left_out[1], "why");
	unmake(&fixture);
}

/* All cells once before any is repeated: a drift spreads over all. */
static void repeats_outermost(void **state)
{
	static const struct ktb_run order[] = {
		{ 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 },
		{ 0, 1 }, { 1, 1 }, { 2, 1 }, { 3, 1 },
	};
	struct fixture fixture;
	size_t i;

	assert_int_equal(make(&fixture, two_jobs, 1), 0);
	assert_int_equal(fixture.plan.nr_runs, ARRAY_SIZE(order));
	for (i = 0; i < ARRAY_SIZE(order); i++) {
		assert_int_equal(fixture.plan.runs[i].cell, order[i].cell);
		assert_int_equal(fixture.plan.runs[i].repetition,
				 order[i].repetition);
	}
	unmake(&fixture);
}

static void estimates(void **state)
{
	struct fixture fixture;

	assert_int_equal(make(&fixture, two_jobs, 1), 0);
	assert_true(ktb_plan_nominal(&fixture.plan, &fixture.plan.runs[0]) ==
		    1000000000);
	assert_true(ktb_plan_nominal(&fixture.plan, &fixture.plan.runs[4]) ==
		    2200000000);
	assert_true(ktb_plan_estimate(&fixture.plan, 0, 1000) ==
		    8 * 1000000000LL + 2200000000LL + 9 * 1000);
	assert_true(ktb_plan_estimate(&fixture.plan, 8, 0) == 1000000000);
	assert_true(ktb_plan_estimate(&fixture.plan, 9, 0) == 0);
	unmake(&fixture);
}

/* The value of `seed` in a run. */
static int64_t seed_of(const struct fixture *fixture, size_t run)
{
	int64_t values[ARRAY_SIZE(test_wheel_params)];

	ktb_plan_values(&fixture->plan, &fixture->plan.runs[run], values);
	return values[2];
}

static void seeds(void **state)
{
	struct fixture one, same, other;
	size_t i, j;

	assert_int_equal(make(&one, two_jobs, 42), 0);
	assert_int_equal(make(&same, two_jobs, 42), 0);
	assert_int_equal(make(&other, two_jobs, 43), 0);
	for (i = 0; i < one.plan.nr_runs; i++) {
		assert_true(seed_of(&one, i) >= 0);
		assert_true(seed_of(&one, i) == seed_of(&same, i));
		assert_true(seed_of(&one, i) != seed_of(&other, i));
		for (j = 0; j < i; j++)
			assert_true(seed_of(&one, i) != seed_of(&one, j));
	}
	unmake(&one);
	unmake(&same);
	unmake(&other);
	assert_int_equal(
		make(&one, "[n]\nworkload = null\nseed = 7\nrepetitions = 2\n",
		     42),
		0);
	assert_int_equal(seed_of(&one, 0), 7);
	assert_int_equal(seed_of(&one, 1), 7);
	unmake(&one);
}

static void refuses(void **state)
{
	static const struct {
		const char *text;
		int code;
		const char *message;
	} rows[] = {
		{ "[n]\nworkload = null\narm_on = sibling\n", KTB_EXIT_USAGE,
		  "t.ini:3: [n] arm_on: workload null arms where it measures; leave arm_on out" },
		{ "[w]\nworkload = timer_wheel\n\ncpus = 4\n", KTB_EXIT_USAGE,
		  "t.ini:4: [w]: cpus: CPU 4 does not exist; online are CPUs 0-3" },
		{ "[w]\nworkload = timer_wheel\narm_on = other-node\n",
		  KTB_EXIT_SKIPPED,
		  "t.ini:3: [w]: arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node (the machine has one)" },
		{ "[w]\nworkload = timer_wheel\n\ndisturb_cpus = x\n",
		  KTB_EXIT_USAGE,
		  "t.ini:4: [w]: disturb_cpus: 'x' is neither a list of CPUs such as 0-3,8 nor one of all, one-per-core, one-per-l3, one-per-numa, siblings, isolated" },
		{ "[w]\nworkload = timer_wheel\ntimers = 1..999 +1\n"
		  "slack = 1ms..999ms +1ms\n",
		  KTB_EXIT_USAGE,
		  "t.ini:1: [w] sweeps make more than 100000 cells; list fewer values" },
		{ "[w]\nworkload = timer_wheel\narm_on = other-node\n"
		  "optional = yes\n",
		  KTB_EXIT_SKIPPED,
		  "nothing can be measured here: t.ini:3: [w]: arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node (the machine has one)" },
	};
	struct fixture fixture;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(make(&fixture, rows[i].text, 1), rows[i].code);
		assert_string_equal(fixture.err.text, rows[i].message);
		unmake(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expands),
		cmocka_unit_test(puts_loads_beside),
		cmocka_unit_test(sweeps_arming),
		cmocka_unit_test(repeats_outermost),
		cmocka_unit_test(estimates),
		cmocka_unit_test(seeds),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
