/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples, invented. For fake_cell.c.
 */
#ifndef KTB_FAKE_SAMPLE_H
#define KTB_FAKE_SAMPLE_H

#include "analysis/histogram.h"
#include "fake_plan.h"

/**
 * struct fake_area - what one CPU has taken
 * @hist: by position among the workload's distributions
 * @begin_ns: of the window
 * @armed: samples by the CPU that armed them
 * @worst: the worst samples, as JSON
 */
struct fake_area {
	struct ktb_histogram hist[FAKE_HISTS];
	int64_t begin_ns;
	uint64_t *armed;
	json_t *worst;
};

/**
 * fake_pace() - from now on samples take longer, or shorter
 * @ppm: by so much
 */
void fake_pace(int64_t ppm);

/**
 * fake_sample() - one sample of each distribution
 * @point: the cell
 * @area: grows by them
 * @far: the CPU that arms: 0 the same, 1 its sibling, 2 of the same package,
 *	3 another
 * @state: of the random numbers
 * @allowed: set to the part of the value that was allowed
 *
 * Return: the primary one's value.
 */
int64_t fake_sample(const struct fake_point *point, struct fake_area *area,
		    unsigned int far, uint64_t *state, int64_t *allowed);

/**
 * fake_rounds() - what comes once a round
 * @point: the cell
 * @area: of the first CPU; grows
 * @nr: rounds
 * @state: of the random numbers
 */
void fake_rounds(const struct fake_point *point, struct fake_area *area,
		 unsigned int nr, uint64_t *state);

#endif /* KTB_FAKE_SAMPLE_H */
