/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The effect between two sets of boots, as statistics: estimate, interval, tests.
 * Pure numbers in, numbers out: it knows nothing of metrics, results or verdicts.
 *
 * A reading is one quantile of one boot, as its natural logarithm. The unit of all
 * of this is the boot: expiries of one boot are not independent of each other, and
 * tests on pooled samples flag every second comparison of a kernel with itself.
 */
#ifndef KTB_EFFECT_H
#define KTB_EFFECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All ways to deal the boots out are tried up to so many, else so many at random. */
#define KTB_EFFECT_DEALS_MAX	3000000
#define KTB_EFFECT_DEALS_RANDOM 9999

/**
 * struct ktb_readings - the boots of one side
 * @log: logarithms of the readings
 * @nr: boots
 */
struct ktb_readings {
	const double *log;
	size_t nr;
};

/**
 * struct ktb_effect - B against A
 * @estimate: mean of B's logarithms minus mean of A's; read it by
 *	ktb_effect_percent()
 * @se: its standard error
 * @df: degrees of freedom (Welch-Satterthwaite)
 * @p: two-sided, Welch's t test
 * @p_permutation: two-sided, of the same difference when boots are dealt out to the
 *	sides anew
 * @is_permutation_exact: all ways to deal them out were tried; else
 *	KTB_EFFECT_DEALS_RANDOM of them
 * @shift: Hodges-Lehmann: the median of all differences of a boot of B and one of A
 * @sd: standard deviation between the boots of a side, of A and of B
 */
struct ktb_effect {
	double estimate;
	double se;
	double df;
	double p;
	double p_permutation;
	bool is_permutation_exact;
	double shift;
	double sd[2];
};

/**
 * ktb_effect_make() - estimate and test
 * @effect: filled in, but for the permutation test
 * @side: A and B, two boots each at least
 * @resolution: the smallest difference of readings (in logarithms) that the clock
 *	can tell; a side's deviation is not taken for less than that of a value that
 *	was rounded to it, resolution / sqrt(12)
 *
 * Welch, The generalization of 'Student's' problem (Biometrika 34, 1947); Hodges and
 * Lehmann, Estimates of location based on rank tests (Ann. Math. Stat. 34, 1963).
 *
 * Return: false when there is no memory.
 */
bool ktb_effect_make(struct ktb_effect *effect,
		     const struct ktb_readings side[2], double resolution);

/**
 * ktb_effect_permute() - the permutation test
 * @effect: made; gets @p_permutation
 * @side: A and B
 * @max_deals: how many ways to deal the boots out may be tried one by one;
 *	KTB_EFFECT_DEALS_MAX at most
 * @seed: of those that are tried at random, if there are more
 *
 * Of those tried at random p is (1 + hits) / (1 + deals): never 0 (Phipson and Smyth,
 * Permutation p-values should never be zero, 2010).
 *
 * Return: false when there is no memory.
 */
bool ktb_effect_permute(struct ktb_effect *effect,
			const struct ktb_readings side[2], size_t max_deals,
			uint64_t seed);

/**
 * ktb_effect_half_width() - of the two-sided interval around the estimate
 * @effect: made
 * @alpha: it misses the truth so often
 *
 * Return: in logarithms.
 */
double ktb_effect_half_width(const struct ktb_effect *effect, double alpha);

/**
 * ktb_effect_percent() - a difference of logarithms as people read it
 * @log: the difference
 *
 * Return: B is so many percent more than A.
 */
double ktb_effect_percent(double log);

/**
 * ktb_effect_boots() - how many boots a side it takes to tell an effect
 * @sd: between boots, in logarithms
 * @size: of the effect, in logarithms, above 0
 * @alpha: two-sided, of one test; divide it by the tests
 *
 * ceil(2 (z_(1 - alpha/2) + z_.95)^2 (sd / size)^2) + 2: found 95 times in 100.
 *
 * Return: boots; SIZE_MAX if it is more than a million.
 */
size_t ktb_effect_boots(double sd, double size, double alpha);

/**
 * ktb_effect_modes() - do boots fall into two groups?
 * @readings: boots of one side
 * @split: set to a logarithm between the two
 *
 * They do if there are two boots or more in each, and the gap between the groups is
 * wider than a hundredth and than 45 / n times the deviation within the groups: among n
 * normal boots, 4 to 30, one time in 100 (simulated).
 *
 * Return: how many are in the lower group; 0 if there are no two.
 */
size_t ktb_effect_modes(const struct ktb_readings *readings, double *split);

#endif /* KTB_EFFECT_H */
