// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Invented boots and their samples.
 */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "sim_boot.h"

/* How much the share of rare samples differs from boot to boot, of logarithms. */
#define TAIL_SD 0.5

static const double level_ns[SIM_CELLS] = { 800,   2000,  5000,
					    12000, 50000, 200000 };

static double draw_effect(const struct sim_scenario *scenario, gsl_rng *rng)
{
	if (scenario->tails > 0)
		return scenario->sd * gsl_ran_tdist(rng, scenario->tails);
	return gsl_ran_gaussian_ziggurat(rng, scenario->sd);
}

void sim_boot_draw(struct sim_boot *boot, const struct sim_scenario *scenario,
		   double place, gsl_rng *rng)
{
	double mode = gsl_rng_uniform(rng);
	size_t i;

	boot->tail_share = scenario->tail_share *
			   exp(gsl_ran_gaussian_ziggurat(rng, TAIL_SD));
	for (i = 0; i < SIM_CELLS; i++) {
		if (scenario->is_mode_own)
			mode = gsl_rng_uniform(rng);
		boot->center[i] = log(level_ns[i]) +
				  draw_effect(scenario, rng) +
				  scenario->drift * place;
		if (mode < scenario->mode_share)
			boot->center[i] += scenario->mode_shift;
	}
}

/* What a clock of that step says of a time; it ticked @phase of a step ago. */
static double tick(double ns, int64_t step_ns, double phase)
{
	if (step_ns <= 1)
		return ns;
	return floor(ns / (double)step_ns + phase) * (double)step_ns;
}

double sim_boot_read(const struct sim_boot *boot, size_t cell,
		     const struct sim_scenario *scenario)
{
	return tick(exp(boot->center[cell]), scenario->step_ns, 0);
}

void sim_boot_sample(const struct sim_boot *boot, size_t cell,
		     const struct sim_scenario *scenario, double shift,
		     size_t pieces, struct ktb_histogram *hist, gsl_rng *rng)
{
	const double memory = scenario->memory;
	const double fresh = sqrt(1 - memory * memory);
	double state = gsl_ran_ugaussian(rng), ns;
	size_t i;

	for (i = 0; i < SIM_SAMPLES; i++) {
		state = memory * state +
			fresh * gsl_ran_gaussian_ziggurat(rng, 1);
		ns = exp(boot->center[cell] + shift + scenario->within * state);
		if (boot->tail_share > 0 &&
		    gsl_rng_uniform(rng) < boot->tail_share)
			ns *= gsl_ran_pareto(rng, 2, 3);
		ns = tick(ns, scenario->step_ns, gsl_rng_uniform(rng));
		ktb_histogram_add(&hist[i * pieces / SIM_SAMPLES], llround(ns),
				  1);
	}
}
