// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Boots of two kernels in their order, and their readings.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "sim_pair.h"

/* Quantiles that are read of a cell; the third one is not gated. */
static const uint32_t read_ppm[3] = { 500000, 990000, 900000 };

/* Boot @i of the sitting is B's: two kernels in turn, ABBA or BAAB at random. */
static bool is_second(const struct sim_plan *plan, size_t i, bool is_swapped)
{
	if (plan->is_blocked)
		return i >= plan->boots;
	return ((i % 4 == 1 || i % 4 == 2) ? 1 : 0) ^ is_swapped;
}

static void put(struct sim_pair *pair, size_t figure, size_t side, size_t boot,
		double value)
{
	pair->reading[figure][side][boot] = (struct ktb_reading){
		.boot = boot, .value = value, .count = SIM_SAMPLES
	};
}

/* One draw a figure, so that figures are independent: the worst case for a family. */
static void read_fast(struct sim_pair *pair, size_t side, size_t boot,
		      double place, gsl_rng *rng)
{
	const struct sim_plan *plan = &pair->plan;
	struct sim_boot drawn;
	double value;
	size_t i;

	for (i = 0; i < plan->figures; i++) {
		if (i % SIM_CELLS == 0)
			sim_boot_draw(&drawn, plan->scenario, place, rng);
		if (side && i < plan->nr_shifted)
			drawn.center[i % SIM_CELLS] += plan->shift;
		value = sim_boot_read(&drawn, i % SIM_CELLS, plan->scenario);
		put(pair, i, side, boot, value);
	}
}

static void read_samples(struct sim_pair *pair, size_t side, size_t boot,
			 double place, gsl_rng *rng)
{
	const struct sim_plan *plan = &pair->plan;
	const size_t pieces = plan->way == SIM_WAY_PIECES ? SIM_PIECES : 1;
	static struct ktb_histogram hist[SIM_PIECES];
	struct sim_boot drawn;
	size_t cell, i, k;
	double value;

	sim_boot_draw(&drawn, plan->scenario, place, rng);
	for (cell = 0; cell < SIM_CELLS; cell++) {
		for (k = 0; k < pieces; k++)
			ktb_histogram_init(&hist[k]);
		sim_boot_sample(&drawn, cell, plan->scenario,
				side && cell < plan->nr_shifted ? plan->shift :
								  0,
				pieces, hist, rng);
		for (k = 0; k < pieces; k++) {
			for (i = 0; i < 3; i++) {
				if (!ktb_quantity_read(&hist[k], read_ppm[i],
						       &value))
					value = 0;
				put(pair, i * SIM_CELLS + cell, side,
				    boot * pieces + k, value);
			}
			if (!cell)
				ktb_histogram_merge(&pair->pooled[side],
						    &hist[k]);
		}
	}
}

static void lay_out(struct sim_pair *pair)
{
	const struct sim_plan *plan = &pair->plan;
	size_t i, side;

	pair->nr = plan->way == SIM_WAY_FAST ? plan->figures : 3 * SIM_CELLS;
	memset(pair->quantities, 0, sizeof(pair->quantities));
	for (i = 0; i < pair->nr; i++) {
		pair->quantities[i].is_gated = i < plan->figures;
		pair->quantities[i].delta_ppm = plan->delta_ppm;
		/* A clock of 1 ns is the finest that there is. */
		pair->quantities[i].step =
			fmax(1, (double)plan->scenario->step_ns);
		for (side = 0; side < 2; side++)
			pair->quantities[i].readings[side] =
				pair->reading[i][side];
	}
	for (side = 0; side < 2; side++)
		ktb_histogram_init(&pair->pooled[side]);
}

void sim_pair_draw(struct sim_pair *pair, const struct sim_plan *plan,
		   gsl_rng *rng)
{
	const size_t all = 2 * plan->boots;
	size_t booted[2] = { 0, 0 }, i, side;
	bool is_swapped = false;
	double place;

	pair->plan = *plan;
	lay_out(pair);
	for (i = 0; i < all; i++) {
		if (i % 4 == 0)
			is_swapped = gsl_rng_uniform(rng) < 0.5;
		side = is_second(plan, i, is_swapped);
		place = (double)i / (double)(all - 1);
		if (plan->way == SIM_WAY_FAST)
			read_fast(pair, side, booted[side]++, place, rng);
		else
			read_samples(pair, side, booted[side]++, place, rng);
	}
}

struct ktb_outcome sim_pair_judge(struct sim_pair *pair, size_t boots,
				  const struct ktb_rule *rule)
{
	const size_t pieces = pair->plan.way == SIM_WAY_PIECES ? SIM_PIECES : 1;
	struct ktb_outcome outcome;
	size_t i;

	for (i = 0; i < pair->nr; i++) {
		pair->quantities[i].nr[0] = boots * pieces;
		pair->quantities[i].nr[1] = boots * pieces;
	}
	if (!ktb_judge(pair->quantities, pair->nr, rule, &outcome)) {
		fprintf(stderr, "simulate: no memory\n");
		exit(5);
	}
	return outcome;
}

double sim_pair_rank_test(const struct sim_pair *pair)
{
	const struct ktb_histogram *a = &pair->pooled[0], *b = &pair->pooled[1];
	const double na = (double)a->count, nb = (double)b->count, n = na + nb;
	double before = 0, sum = 0, ties = 0, both, variance;
	size_t i;

	for (i = 0; i < KTB_HIST_NR; i++) {
		both = (double)(a->bucket[i] + b->bucket[i]);
		sum += (double)b->bucket[i] * (before + (both + 1) / 2);
		ties += both * (both * both - 1);
		before += both;
	}
	variance = na * nb / 12 * (n + 1 - ties / (n * (n - 1)));
	return 2 * gsl_cdf_ugaussian_Q(fabs(sum - nb * (n + 1) / 2) /
				       sqrt(variance));
}
