/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Series of known levels with noise of one per cent, for what is said of change
 * points: seeded, and the same for the unit test and for docs/trend.md.
 */
#ifndef KTB_TEST_LEVELS_H
#define KTB_TEST_LEVELS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_randist.h>

#include "analysis/edivisive.h"

#define LEVELS_POINTS_MAX 512
/* A change that was found so near to where it is has been found. */
#define LEVELS_NEAR	  2

/**
 * struct levels - a kind of series
 * @name: of the kind
 * @nr: points
 * @at: the first point of each new level, 0 for none
 * @level: the levels, as factors
 * @phi: what a point's noise keeps of that of the point before it
 * @drift: how much more the last point is than the first one
 * @tail: of ten points one is so much larger
 */
struct levels {
	const char *name;
	size_t nr;
	size_t at[2];
	double level[3];
	double phi;
	double drift;
	double tail;
};

/**
 * levels_invent() - the logarithms of a series
 * @kind: what kind
 * @seed: which of them
 * @value: room for LEVELS_POINTS_MAX, filled in
 */
static inline void levels_invent(const struct levels *kind, unsigned long seed,
				 double *value)
{
	double fresh = 0.01 * sqrt(1 - kind->phi * kind->phi);
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double noise, level;
	size_t i;

	gsl_rng_set(rng, seed);
	noise = gsl_ran_gaussian(rng, 0.01);
	for (i = 0; i < kind->nr; i++) {
		noise = kind->phi * noise + gsl_ran_gaussian(rng, fresh);
		level = kind->level[0];
		if (kind->at[0] && i >= kind->at[0])
			level = kind->level[1];
		if (kind->at[1] && i >= kind->at[1])
			level = kind->level[2];
		level *= 1 + kind->drift * (double)i / (double)kind->nr;
		value[i] = log(level) + noise;
		if (kind->tail > 0 && !gsl_rng_uniform_int(rng, 10))
			value[i] += kind->tail;
	}
	gsl_rng_free(rng);
}

/**
 * levels_are_found() - is each change of level among those that were found?
 * @kind: what kind
 * @found: in a series of it
 *
 * Return: true if there is one, and all are.
 */
static inline bool levels_are_found(const struct levels *kind,
				    const struct ktb_edivisive *found)
{
	size_t i, j, at;

	for (i = 0; i < 2 && kind->at[i]; i++) {
		for (j = 0; j < found->nr; j++) {
			at = found->changes[j].at;
			if (at + LEVELS_NEAR >= kind->at[i] &&
			    at <= kind->at[i] + LEVELS_NEAR)
				break;
		}
		if (j == found->nr)
			return false;
	}
	return i > 0;
}

#endif /* KTB_TEST_LEVELS_H */
