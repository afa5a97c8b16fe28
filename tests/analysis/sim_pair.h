/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two invented kernels, booted in turn, read, and judged by ktb_judge(). It knows
 * nothing of what is claimed and counted.
 */
#ifndef SIM_PAIR_H
#define SIM_PAIR_H

#include "analysis/judge.h"
#include "sim_boot.h"

/* Gated figures: p50 and p99 of each cell, or two readings of it. */
#define SIM_FIGURES   (2 * SIM_CELLS)
#define SIM_BOOTS_MAX 60

/** enum sim_way - how readings come about */
enum sim_way {
	/* From the boots' distribution, at once; figures do not hang together. */
	SIM_WAY_FAST,
	/* From samples: histograms, and quantiles of them; p90 is there, ungated. */
	SIM_WAY_SAMPLES,
	/* Wrong: a boot's samples are cut into pieces, and each counts as a boot. */
	SIM_WAY_PIECES,
};

/**
 * struct sim_plan - what is compared
 * @scenario: what boots are like, of both kernels
 * @way: how readings come about
 * @boots: a side
 * @figures: gated ones; SIM_FIGURES, or 1 of the fast way
 * @is_blocked: wrong: all boots of A first
 * @shift: B is slower by this, in logarithms
 * @nr_shifted: in so many figures (of the fast way) or cells
 * @delta_ppm: of all figures, or KTB_QUANTITY_AUTO
 */
struct sim_plan {
	const struct sim_scenario *scenario;
	enum sim_way way;
	size_t boots;
	size_t figures;
	bool is_blocked;
	double shift;
	size_t nr_shifted;
	int64_t delta_ppm;
};

/* Pieces of the wrong way. */
#define SIM_PIECES 4

/**
 * struct sim_pair - the two kernels
 * @plan: what is compared
 * @quantities: gated ones first
 * @nr: how many
 * @reading: of each figure and side, all boots
 * @pooled: of each side, all samples of the first cell; not of the fast way
 */
struct sim_pair {
	struct sim_plan plan;
	struct ktb_quantity quantities[3 * SIM_CELLS];
	size_t nr;
	struct ktb_reading reading[3 * SIM_CELLS][2][SIM_BOOTS_MAX];
	struct ktb_histogram pooled[2];
};

/**
 * sim_pair_draw() - boot both kernels as often as it is planned
 * @pair: filled in
 * @plan: what is compared
 * @rng: random numbers
 */
void sim_pair_draw(struct sim_pair *pair, const struct sim_plan *plan,
		   gsl_rng *rng);

/**
 * sim_pair_judge() - compare them
 * @pair: drawn
 * @boots: so many a side, the first ones
 * @rule: how strict
 *
 * Return: the outcome. The program ends if there is no memory.
 */
struct ktb_outcome sim_pair_judge(struct sim_pair *pair, size_t boots,
				  const struct ktb_rule *rule);

/**
 * sim_pair_rank_test() - Mann and Whitney's test on the pooled samples
 * @pair: drawn, not of the fast way
 *
 * What must not be done with two kernels: it takes samples of one boot for independent.
 *
 * Return: p, two-sided, of the normal approximation with ties.
 */
double sim_pair_rank_test(const struct sim_pair *pair);

#endif /* SIM_PAIR_H */
