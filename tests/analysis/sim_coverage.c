// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often the 99 % interval of a figure holds the truth; and how often boots are
 * taken for two groups.
 */
#include <math.h>
#include <stdio.h>

#include "simulate.h"

#define LEVEL 0.01

/* B is slower by this: an interval that always holds 0 would not do. */
#define TRUTH 0.05

static const struct sim_scenario scenarios[] = {
	{ .name = "log-normal, 1.7 %", .sd = 0.017 },
	{ .name = "log-normal, 5 %", .sd = 0.05 },
	{ .name = "heavy tails (t, 3 df)", .sd = 0.01, .tails = 3 },
	{ .name = "bimodal, 30 % are 5 % higher",
	  .sd = 0.01,
	  .mode_share = 0.3,
	  .mode_shift = 0.05 },
	{ .name = "clock of 70 ns at 800 ns", .sd = 0.017, .step_ns = 70 },
};

/* The first ones are what is claimed, the rest is told. */
#define NR_CLAIMED 2

static uint64_t count_held(const struct sim_run *run,
			   const struct sim_plan *plan, uint64_t count)
{
	const struct ktb_rule rule = sim_run_rule(run, 1);
	const struct ktb_effect *effect;
	static struct sim_pair pair;
	uint64_t held = 0, i;

	effect = &pair.quantities[0].effect;
	for (i = 0; i < count; i++) {
		sim_pair_draw(&pair, plan, run->rng);
		sim_pair_judge(&pair, plan->boots, &rule);
		held += fabs(effect->estimate - plan->shift) <=
			ktb_effect_half_width(effect,
					      run->broken ? 0.5 : LEVEL);
	}
	return held;
}

bool sim_coverage(const struct sim_run *run)
{
	static const struct sim_claim within = { SIM_BOUND_WITHIN,
						 { 98.5, 99.5 } };
	static const struct sim_claim told = { SIM_BOUND_NONE, { 0 } };
	static const size_t boots[] = { 3, 5, 11, 20 };
	uint64_t held, all = 0, sum = 0;
	bool holds = true;
	char cells[96];
	size_t i;

	sim_claim_title("Coverage of the 99 % interval of one figure",
			"boots are | a side", "held");
	for (i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]) * 4; i++) {
		const struct sim_plan plan = {
			.scenario = &scenarios[i / 4],
			.boots = boots[i % 4],
			.figures = 1,
			.shift = TRUTH,
			.nr_shifted = 1,
			.delta_ppm = KTB_QUANTITY_AUTO,
		};
		/* Of 3 boots it is 99.46 %: close to what is claimed. */
		const uint64_t count =
			sim_run_count(run, plan.boots > 3 ? 100000 : 400000);

		snprintf(cells, sizeof(cells), "%s | %zu", plan.scenario->name,
			 plan.boots);
		held = count_held(run, &plan, count);
		holds = sim_claim_row(cells, held, count,
				      i / 4 < NR_CLAIMED ?
					      sim_run_claim(run, &within) :
					      &told) &&
			holds;
		if (i / 4 < NR_CLAIMED) {
			all += count;
			sum += held;
		}
	}
	return sim_claim_row("log-normal, together | 3 to 20", sum, all,
			     &within) &&
	       holds;
}

bool sim_modes(const struct sim_run *run)
{
	static const struct sim_scenario kinds[] = {
		{ .name = "log-normal, 1.7 %", .sd = 0.017 },
		{ .name = "1 %, 30 % of them are 5 % higher",
		  .sd = 0.01,
		  .mode_share = 0.3,
		  .mode_shift = 0.05 },
		{ .name = "1 %, 30 % of them are 10 % higher",
		  .sd = 0.01,
		  .mode_share = 0.3,
		  .mode_shift = 0.1 },
	};
	static const struct sim_claim told = { SIM_BOUND_NONE, { 0 } };
	static const struct sim_claim few = { SIM_BOUND_BELOW, { 2 } };
	static const size_t boots[] = { 5, 11, 20 };
	bool holds = true;
	const struct ktb_rule rule = sim_run_rule(run, 1);
	static struct sim_pair pair;
	uint64_t count, seen, k;
	char cells[96];
	size_t i;

	sim_claim_title("A side's boots are taken for two groups",
			"boots are | a side", "two groups");
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]) * 3; i++) {
		const struct sim_plan plan = {
			.scenario = &kinds[i / 3],
			.boots = boots[i % 3],
			.figures = 1,
			.delta_ppm = KTB_QUANTITY_AUTO,
		};

		count = sim_run_count(run, 20000);
		for (seen = 0, k = 0; k < count; k++) {
			sim_pair_draw(&pair, &plan, run->rng);
			sim_pair_judge(&pair, plan.boots, &rule);
			seen += pair.quantities[0].modes[0] > 0;
		}
		snprintf(cells, sizeof(cells), "%s | %zu", plan.scenario->name,
			 plan.boots);
		holds = sim_claim_row(cells, seen, count,
				      i / 3 ? &told : &few) &&
			holds;
	}
	return holds;
}
