/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Invented boots: what one boot of a kernel reads, on two levels. Boots differ, and
 * within a boot samples hang together. It knows nothing of tests and verdicts.
 */
#ifndef SIM_BOOT_H
#define SIM_BOOT_H

#include <gsl/gsl_rng.h>

#include "analysis/histogram.h"

/* Cells of the invented job; each has a level of its own, 800 ns to 200 us. */
#define SIM_CELLS   6
/* Of a cell in a boot: more than p99 needs. */
#define SIM_SAMPLES 500

/**
 * struct sim_scenario - what boots are like
 * @name: in the tables
 * @sd: deviation between boots, of logarithms
 * @tails: boots deviate like Student's t with so many degrees of freedom; 0: normal
 * @mode_share: so many boots are of another kind (KASLR, C-states)
 * @mode_shift: and lie higher by this, in logarithms
 * @is_mode_own: each cell falls into a mode by itself, else the boot as a whole
 * @drift: from the first boot of the sitting to the last, in logarithms
 * @step_ns: of the clock
 * @within: deviation of samples within a boot, of logarithms
 * @memory: correlation of a sample and the one before it, of logarithms
 * @tail_share: so many samples are 3 times as large or more; itself log-normal between
 *	boots
 */
struct sim_scenario {
	const char *name;
	double sd;
	double tails;
	double mode_share;
	double mode_shift;
	bool is_mode_own;
	double drift;
	int64_t step_ns;
	double within;
	double memory;
	double tail_share;
};

/**
 * struct sim_boot - one boot
 * @center: of each cell, logarithm
 * @tail_share: of this boot
 */
struct sim_boot {
	double center[SIM_CELLS];
	double tail_share;
};

/**
 * sim_boot_draw() - boot a kernel
 * @boot: filled in
 * @scenario: what boots are like
 * @place: in the sitting, 0 to 1
 * @rng: random numbers
 */
void sim_boot_draw(struct sim_boot *boot, const struct sim_scenario *scenario,
		   double place, gsl_rng *rng);

/**
 * sim_boot_read() - a reading at once, without samples: the fast way
 * @boot: drawn
 * @cell: which
 * @scenario: what boots are like
 *
 * Return: ns.
 */
double sim_boot_read(const struct sim_boot *boot, size_t cell,
		     const struct sim_scenario *scenario);

/**
 * sim_boot_sample() - measure a cell: the way of the two levels
 * @boot: drawn
 * @cell: which
 * @scenario: what boots are like
 * @shift: added to the cell's center, in logarithms
 * @pieces: of the sample, one after the other
 * @hist: as many histograms; SIM_SAMPLES / @pieces samples are added to each
 * @rng: random numbers
 */
void sim_boot_sample(const struct sim_boot *boot, size_t cell,
		     const struct sim_scenario *scenario, double shift,
		     size_t pieces, struct ktb_histogram *hist, gsl_rng *rng);

#endif /* SIM_BOOT_H */
