// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A kernel against itself: how often is a figure flagged?
 */
#include <stdio.h>

#include "simulate.h"

/* Samples within a boot of these hang together as those of a busy machine do. */
#define SAMPLES .within = 0.1, .step_ns = 1

static const struct sim_scenario sampled[] = {
	{ .name = "plain", .sd = 0.017, SAMPLES },
	{ .name = "autocorrelated", .sd = 0.017, SAMPLES, .memory = 0.9 },
	{ .name = "rare large samples",
	  .sd = 0.017,
	  SAMPLES,
	  .tail_share = 0.01 },
	{ .name = "bimodal boots",
	  .sd = 0.01,
	  SAMPLES,
	  .mode_share = 0.3,
	  .mode_shift = 0.05 },
	{ .name = "drift, in turn", .sd = 0.005, SAMPLES, .drift = 0.02 },
	{ .name = "clock of 70 ns", .sd = 0.017, .within = 0.1, .step_ns = 70 },
};

static const struct sim_scenario at_once[] = {
	{ .name = "plain", .sd = 0.017 },
	{ .name = "heavy tails (t, 3 df)", .sd = 0.01, .tails = 3 },
	{ .name = "bimodal boots",
	  .sd = 0.01,
	  .mode_share = 0.3,
	  .mode_shift = 0.05 },
	{ .name = "bimodal cells",
	  .sd = 0.01,
	  .mode_share = 0.3,
	  .mode_shift = 0.05,
	  .is_mode_own = true },
	{ .name = "bimodal cells, half and half",
	  .sd = 0.01,
	  .mode_share = 0.5,
	  .mode_shift = 0.05,
	  .is_mode_own = true },
	{ .name = "rare mode, far off",
	  .sd = 0.01,
	  .mode_share = 0.1,
	  .mode_shift = 0.3,
	  .is_mode_own = true },
	{ .name = "drift, in turn", .sd = 0.005, .drift = 0.02 },
	{ .name = "clock of 70 ns", .sd = 0.017, .step_ns = 70 },
};

static const size_t boots[] = { 5, 11 };

static const struct sim_claim below = { SIM_BOUND_BELOW, { 1 } };
static const struct sim_claim told = { SIM_BOUND_NONE, { 0 } };

/*
 * Where each cell has modes of its own, half and half, or in few boots, all boots of a
 * side can lie in one mode in one of twelve figures: nothing is claimed of that.
 */
static bool is_claimed(const struct sim_plan *plan)
{
	return !plan->scenario->is_mode_own ||
	       (plan->boots >= 11 && plan->scenario->mode_share < 0.5);
}

static bool print(const struct sim_run *run,
		  const struct sim_scenario *scenario, size_t nr,
		  enum sim_way way, uint64_t full)
{
	uint64_t count, flagged, all = 0, sum = 0;
	bool holds = true;
	char cells[96];
	size_t i;

	for (i = 0; i < nr * 2; i++) {
		const struct sim_plan plan = {
			.scenario = &scenario[i / 2],
			.way = way,
			.boots = boots[i % 2],
			.figures = SIM_FIGURES,
			.delta_ppm = KTB_QUANTITY_AUTO,
		};
		const bool is_row = way == SIM_WAY_FAST && is_claimed(&plan);

		snprintf(cells, sizeof(cells), "%s | %zu", plan.scenario->name,
			 plan.boots);
		count = sim_run_count(run, full);
		flagged = sim_run_flagged(run, &plan, count);
		holds = sim_claim_row(cells, flagged, count,
				      is_row ? sim_run_claim(run, &below) :
					       &told) &&
			holds;
		if (!is_claimed(&plan))
			continue;
		all += count;
		sum += flagged;
	}
	return sim_claim_row("all of which it is claimed | 5, 11", sum, all,
			     &below) &&
	       holds;
}

bool sim_alarms(const struct sim_run *run)
{
	sim_claim_title("False alarms, from samples", "boots are | a side",
			"flagged");
	return print(run, sampled, sizeof(sampled) / sizeof(sampled[0]),
		     SIM_WAY_SAMPLES, 1500);
}

bool sim_alarms_fast(const struct sim_run *run)
{
	sim_claim_title("False alarms, readings drawn at once",
			"boots are | a side", "flagged");
	return print(run, at_once, sizeof(at_once) / sizeof(at_once[0]),
		     SIM_WAY_FAST, 50000);
}

/* What is not done here, and why. */
static bool print_wrong(const struct sim_run *run,
			const struct sim_scenario *scenario, const char *what,
			bool is_blocked, enum sim_way way)
{
	static const struct sim_claim above = { SIM_BOUND_ABOVE, { 10 } };
	const struct sim_plan plan = {
		.scenario = scenario,
		.way = way,
		.boots = 11,
		.figures = SIM_FIGURES,
		.is_blocked = is_blocked,
		.delta_ppm = KTB_QUANTITY_AUTO,
	};
	const uint64_t count = sim_run_count(run, 1000);
	char cells[128];

	snprintf(cells, sizeof(cells), "%s | %s | 11", what, scenario->name);
	return sim_claim_row(cells, sim_run_flagged(run, &plan, count), count,
			     &above);
}

static bool print_pooled(const struct sim_run *run,
			 const struct sim_scenario *scenario)
{
	static const struct sim_claim above = { SIM_BOUND_ABOVE, { 10 } };
	const struct sim_plan plan = {
		.scenario = scenario,
		.way = SIM_WAY_SAMPLES,
		.boots = 11,
		.figures = SIM_FIGURES,
		.delta_ppm = KTB_QUANTITY_AUTO,
	};
	const uint64_t count = sim_run_count(run, 1000);
	static struct sim_pair pair;
	uint64_t flagged = 0, i;
	char cells[128];

	for (i = 0; i < count; i++) {
		sim_pair_draw(&pair, &plan, run->rng);
		flagged += sim_pair_rank_test(&pair) < KTB_JUDGE_ALPHA;
	}
	snprintf(cells, sizeof(cells),
		 "Mann-Whitney on all samples of one cell | %s | 11",
		 scenario->name);
	return sim_claim_row(cells, flagged, count, &above);
}

bool sim_wrong(const struct sim_run *run)
{
	static const struct sim_scenario drift = {
		.name = "drift", .sd = 0.005, SAMPLES, .drift = 0.02
	};
	bool holds;

	sim_claim_title("False alarms of what ktbench does not do",
			"method | boots are | a side", "flagged");
	holds = print_wrong(run, &drift, "all boots of A first", true,
			    SIM_WAY_SAMPLES);
	holds = print_wrong(run, &sampled[0],
			    "a quarter of a boot taken for a boot", false,
			    SIM_WAY_PIECES) &&
		holds;
	holds = print_pooled(run, &sampled[0]) && holds;
	return print_pooled(run, &sampled[1]) && holds;
}
