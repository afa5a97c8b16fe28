// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looking at the boots before they are all there.
 */
#include <stdio.h>

#include "simulate.h"

static const size_t looks[] = { 5, 10, 15, 20, 30 };

#define NR_LOOKS (sizeof(looks) / sizeof(looks[0]))

/**
 * struct looks_row - what is compared
 * @sizes: B is slower by so many deviations between boots
 * @figures: gated
 * @nr_shifted: of them are slower
 * @claim: of flagged ones
 */
struct looks_row {
	double sizes;
	size_t figures;
	size_t nr_shifted;
	struct sim_claim claim;
};

static const struct looks_row rows[] = {
	{ 0, 1, 0, { SIM_BOUND_BELOW, { 1 } } },
	{ 0, SIM_FIGURES, 0, { SIM_BOUND_BELOW, { 1 } } },
	{ 2, 1, 1, { SIM_BOUND_ABOVE, { 95 } } },
	{ 2, SIM_FIGURES, 1, { SIM_BOUND_ABOVE, { 95 } } },
	{ 2, SIM_FIGURES, SIM_FIGURES, { SIM_BOUND_ABOVE, { 95 } } },
	{ 3, 1, 1, { SIM_BOUND_ABOVE, { 95 } } },
	{ 3, SIM_FIGURES, 1, { SIM_BOUND_ABOVE, { 95 } } },
	{ 3, SIM_FIGURES, SIM_FIGURES, { SIM_BOUND_ABOVE, { 95 } } },
};

/**
 * struct ends - how sequences ended
 * @flagged: a gated figure was flagged at the look that was the last
 * @verdict: of the whole comparison, by enum ktb_verdict
 * @boots: a side, all together
 */
struct ends {
	uint64_t flagged;
	uint64_t verdict[KTB_NR_VERDICTS];
	uint64_t boots;
};

static void follow(const struct sim_run *run, const struct sim_plan *plan,
		   struct ends *ends)
{
	const struct ktb_rule rule = sim_run_rule(run, NR_LOOKS);
	static struct sim_pair pair;
	struct ktb_outcome outcome;
	size_t i = 0;

	sim_pair_draw(&pair, plan, run->rng);
	do
		outcome = sim_pair_judge(&pair, looks[i], &rule);
	while (outcome.verdict == KTB_VERDICT_NOISY && ++i < NR_LOOKS);
	ends->boots += looks[i < NR_LOOKS ? i : NR_LOOKS - 1];
	ends->verdict[outcome.verdict]++;
	ends->flagged += outcome.gated[KTB_VERDICT_REGRESSED] ||
			 outcome.gated[KTB_VERDICT_IMPROVED];
}

bool sim_looks(const struct sim_run *run)
{
	static const struct sim_scenario scenario = { .sd = 0.017 };
	bool holds = true;
	char cells[160];
	uint64_t count, k;
	size_t i;

	sim_claim_title(
		"Looks at 5, 10, 15, 20 and 30 boots a side",
		"slower by | in so many of the gated figures | boots on average | regressed, improved, unchanged, too noisy at the end",
		"flagged");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sim_plan plan = {
			.scenario = &scenario,
			.boots = looks[NR_LOOKS - 1],
			.figures = rows[i].figures,
			.shift = rows[i].sizes * scenario.sd,
			.nr_shifted = rows[i].nr_shifted,
			.delta_ppm = KTB_QUANTITY_AUTO,
		};
		struct ends ends = { 0 };
		double percent;

		count = sim_run_count(run, rows[i].nr_shifted  ? 4000 :
					   rows[i].figures > 1 ? 40000 :
								 100000);
		for (k = 0; k < count; k++)
			follow(run, &plan, &ends);
		percent = 100 / (double)count;
		snprintf(
			cells, sizeof(cells),
			"%g s | %zu of %zu | %.1f | %.1f %%, %.1f %%, %.1f %%, %.1f %%",
			rows[i].sizes, rows[i].nr_shifted, rows[i].figures,
			(double)ends.boots / (double)count,
			percent * (double)ends.verdict[KTB_VERDICT_REGRESSED],
			percent * (double)ends.verdict[KTB_VERDICT_IMPROVED],
			percent * (double)ends.verdict[KTB_VERDICT_UNCHANGED],
			percent * (double)ends.verdict[KTB_VERDICT_NOISY]);
		holds = sim_claim_row(cells, ends.flagged, count,
				      &rows[i].claim) &&
			holds;
	}
	return holds;
}
