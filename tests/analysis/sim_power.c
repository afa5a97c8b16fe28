// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A kernel that is slower: how often is it found, and with how many boots? And one
 * that is not: when is it called unchanged?
 */
#include <math.h>
#include <stdio.h>

#include "simulate.h"

static const struct sim_claim told = { SIM_BOUND_NONE, { 0 } };
static const struct sim_claim powerful = { SIM_BOUND_ABOVE, { 95 } };

/* How many comparisons end with that verdict. */
static uint64_t count_verdicts(const struct sim_run *run,
			       const struct sim_plan *plan, uint64_t count,
			       enum ktb_verdict verdict)
{
	const struct ktb_rule rule = sim_run_rule(run, 1);
	struct sim_plan as_done = *plan;
	static struct sim_pair pair;
	uint64_t hits = 0, i;

	if (run->broken == SIM_BREAK_ORDER)
		as_done.is_blocked = true;
	for (i = 0; i < count; i++) {
		sim_pair_draw(&pair, &as_done, run->rng);
		hits += sim_pair_judge(&pair, plan->boots, &rule).verdict ==
			verdict;
	}
	return hits;
}

/**
 * struct power_row - a slower kernel
 * @sizes: by how many deviations between boots
 * @boots: a side; 0: as many as ktb_effect_boots() wants
 * @figures: gated
 * @nr_shifted: of them are slower
 * @delta: in deviations; 0: auto
 * @claim: that it is found
 */
struct power_row {
	double sizes;
	size_t boots;
	size_t figures;
	size_t nr_shifted;
	double delta;
	const struct sim_claim *claim;
};

static const struct power_row power_rows[] = {
	{ 2, 11, 1, 1, 0, &powerful },
	{ 2, 11, SIM_FIGURES, SIM_FIGURES, 0, &powerful },
	{ 2, 11, SIM_FIGURES, 1, 0, &told },
	{ 2, 15, SIM_FIGURES, 1, 0, &told },
	{ 2, 17, SIM_FIGURES, 1, 0, &powerful },
	{ 3, 5, 1, 1, 0, &told },
	{ 3, 11, SIM_FIGURES, 1, 0, &powerful },
	{ 1, 0, 1, 1, 0.2, &told },
	{ 1.5, 0, 1, 1, 0.2, &told },
	{ 2, 0, 1, 1, 0.2, &told },
	{ 3, 0, 1, 1, 0.2, &told },
	{ 1, 0, SIM_FIGURES, 1, 0.2, &told },
	{ 1.5, 0, SIM_FIGURES, 1, 0.2, &told },
	{ 2, 0, SIM_FIGURES, 1, 0.2, &told },
	{ 3, 0, SIM_FIGURES, 1, 0.2, &told },
};

bool sim_power(const struct sim_run *run)
{
	static const struct sim_scenario scenario = { .sd = 0.017 };
	const double sd = scenario.sd;
	bool holds = true;
	char cells[96];
	uint64_t count;
	size_t i;

	sim_claim_title(
		"A slower kernel is found",
		"slower by | in so many of the gated figures | delta | boots a side",
		"regressed");
	for (i = 0; i < sizeof(power_rows) / sizeof(power_rows[0]); i++) {
		const struct power_row *row = &power_rows[i];
		const struct sim_plan plan = {
			.scenario = &scenario,
			.boots = row->boots ?
					 row->boots :
					 ktb_effect_boots(
						 1, row->sizes,
						 KTB_JUDGE_ALPHA /
							 (double)row->figures),
			.figures = row->figures,
			.shift = row->sizes * sd,
			.nr_shifted = row->nr_shifted,
			.delta_ppm =
				row->delta > 0 ?
					llround(1e6 * expm1(row->delta * sd)) :
					KTB_QUANTITY_AUTO,
		};

		snprintf(cells, sizeof(cells), "%g s | %zu of %zu | %s | %zu%s",
			 row->sizes, row->nr_shifted, row->figures,
			 row->delta > 0 ? "0.2 s" : "auto", plan.boots,
			 row->boots ? "" : ", by the formula");
		count = sim_run_count(run, row->figures > 1 ? 2000 : 20000);
		holds = sim_claim_row(cells,
				      count_verdicts(run, &plan, count,
						     KTB_VERDICT_REGRESSED),
				      count,
				      row->boots > 11 ?
					      sim_run_claim(run, row->claim) :
					      row->claim) &&
			holds;
	}
	return holds;
}

bool sim_unchanged(const struct sim_run *run)
{
	static const double sd_percent[] = { 0.3, 1, 2, 5 };
	static const size_t boots[] = { 5, 11, 20, 30, 45 };
	static const size_t figures[] = { 1, SIM_FIGURES };
	char cells[96];
	uint64_t count;
	size_t i;

	sim_claim_title("A kernel against itself is called unchanged",
			"s | gated figures | boots a side", "unchanged");
	for (i = 0; i < 40; i++) {
		const struct sim_scenario scenario = {
			.sd = log1p(sd_percent[i / 10] / 100)
		};
		const struct sim_plan plan = {
			.scenario = &scenario,
			.boots = boots[i % 5],
			.figures = figures[i / 5 % 2],
			.delta_ppm = KTB_QUANTITY_AUTO,
		};

		count = sim_run_count(run, 2000);
		snprintf(cells, sizeof(cells), "%g %% | %zu | %zu",
			 sd_percent[i / 10], plan.figures, plan.boots);
		sim_claim_row(cells,
			      count_verdicts(run, &plan, count,
					     KTB_VERDICT_UNCHANGED),
			      count, &told);
	}
	return true;
}
