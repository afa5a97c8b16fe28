// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Statistics of two sets of boots. Distributions are GSL's; it may not know what
 * the numbers are of.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

#include "effect.h"

/* A difference is as large as another although the sums were added up differently. */
#define ROUNDING   1e-9

/* Normal boots show a gap of so many deviations over their number 1 time in 100. */
#define MODES_GAP  45.0

#define BOOTS_MOST 1000000.0
#define POWER	   0.95

static double variance(const struct ktb_readings *readings, double floor)
{
	double found = gsl_stats_variance(readings->log, 1, readings->nr);

	return found > floor ? found : floor;
}

/* The median of all differences of a boot of B and one of A. */
static bool find_shift(struct ktb_effect *effect,
		       const struct ktb_readings side[2])
{
	const size_t nr = side[0].nr * side[1].nr;
	double *difference = malloc(nr * sizeof(*difference));
	size_t i;

	if (!difference)
		return false;
	for (i = 0; i < nr; i++)
		difference[i] = side[1].log[i % side[1].nr] -
				side[0].log[i / side[1].nr];
	gsl_sort(difference, 1, nr);
	effect->shift = gsl_stats_median_from_sorted_data(difference, 1, nr);
	free(difference);
	return true;
}

bool ktb_effect_make(struct ktb_effect *effect,
		     const struct ktb_readings side[2], double resolution)
{
	const double floor = resolution * resolution / 12;
	double part[2], sum, of_mean = 0;
	size_t i;

	memset(effect, 0, sizeof(*effect));
	for (i = 0; i < 2; i++) {
		part[i] = variance(&side[i], floor);
		effect->sd[i] = sqrt(part[i]);
		part[i] /= (double)side[i].nr;
		of_mean += part[i] * part[i] / (double)(side[i].nr - 1);
	}
	sum = part[0] + part[1];
	effect->estimate = gsl_stats_mean(side[1].log, 1, side[1].nr) -
			   gsl_stats_mean(side[0].log, 1, side[0].nr);
	effect->se = sqrt(sum);
	/* Boots that are all the same leave nothing to estimate. */
	effect->df = of_mean > 0 ? sum * sum / of_mean :
				   (double)(side[0].nr + side[1].nr - 2);
	if (effect->se > 0)
		effect->p =
			2 * gsl_cdf_tdist_Q(fabs(effect->estimate) / effect->se,
					    effect->df);
	else
		effect->p = effect->estimate == 0 ? 1 : 0;
	effect->p_permutation = 1;
	return find_shift(effect, side);
}

/**
 * struct deal - boots of both sides in one row, to be dealt out anew
 * @log: B's boots first
 * @nr: of both sides
 * @picked: how many B gets
 * @mean: of all
 * @limit: a deal is as extreme as the real one if the sum of B's boots, less
 *	what it has to be, is so much
 */
struct deal {
	double *log;
	size_t nr;
	size_t picked;
	double mean;
	double limit;
};

/*
 * With all boots given, B's mean less A's is a multiple of B's sum less its share of
 * the whole: comparing those is enough.
 */
static bool is_extreme(const struct deal *deal, double sum)
{
	return fabs(sum - (double)deal->picked * deal->mean) >= deal->limit;
}

/* Number of ways, or 0 if there are more than @max. */
static size_t count_deals(size_t nr, size_t picked, size_t max)
{
	double deals = 1;
	size_t i;

	for (i = 1; i <= picked; i++)
		deals = deals * (double)(nr - picked + i) / (double)i;
	return deals > (double)max + 0.5 ? 0 : (size_t)(deals + 0.5);
}

/*
 * All ways, in the order of their indices. @sum[i] is the sum of the first i picked:
 * from one way to the next mostly the last index alone moves.
 */
static size_t deal_all(const struct deal *deal, size_t *index, double *sum)
{
	const size_t nr = deal->nr, picked = deal->picked;
	size_t hits = 0, i, k;

	for (i = 0; i < picked; i++)
		index[i] = i;
	sum[0] = 0;
	k = 1;
	while (k) {
		for (i = k; i <= picked; i++)
			sum[i] = sum[i - 1] + deal->log[index[i - 1]];
		hits += is_extreme(deal, sum[picked]);
		for (k = picked; k && index[k - 1] == nr - picked + k - 1; k--)
			;
		if (k)
			index[k - 1]++;
		for (i = k; k && i < picked; i++)
			index[i] = index[i - 1] + 1;
	}
	return hits;
}

/* A shuffle (Fisher and Yates) that ends when B has its boots. */
static size_t deal_at_random(const struct deal *deal, gsl_rng *rng)
{
	double *log = deal->log, sum, taken;
	size_t hits = 0, i, k, from;

	for (i = 0; i < KTB_EFFECT_DEALS_RANDOM; i++) {
		for (sum = 0, k = 0; k < deal->picked; k++) {
			from = k + gsl_rng_uniform_int(rng, deal->nr - k);
			taken = log[from];
			log[from] = log[k];
			log[k] = taken;
			sum += taken;
		}
		hits += is_extreme(deal, sum);
	}
	return hits;
}

static void lay_out(struct deal *deal, const struct ktb_readings side[2])
{
	double sum, off;
	size_t i;

	memcpy(deal->log, side[1].log, side[1].nr * sizeof(*deal->log));
	memcpy(deal->log + side[1].nr, side[0].log,
	       side[0].nr * sizeof(*deal->log));
	deal->mean = gsl_stats_mean(deal->log, 1, deal->nr);
	for (sum = 0, i = 0; i < side[1].nr; i++)
		sum += side[1].log[i];
	off = fabs(sum - (double)side[1].nr * deal->mean);
	deal->limit = off - ROUNDING * (off + fabs(sum) + 1e-3);
}

bool ktb_effect_permute(struct ktb_effect *effect,
			const struct ktb_readings side[2], size_t max_deals,
			uint64_t seed)
{
	struct deal deal = { .nr = side[0].nr + side[1].nr,
			     .picked = side[1].nr };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t *index = calloc(deal.nr, sizeof(*index));
	double *sum = calloc(deal.nr + 1, sizeof(*sum));
	bool is_good = rng && index && sum;
	size_t deals, hits;

	deal.log = malloc(deal.nr * sizeof(*deal.log));
	is_good = is_good && deal.log;
	if (is_good) {
		lay_out(&deal, side);
		deals = count_deals(deal.nr, deal.picked, max_deals);
		effect->is_permutation_exact = deals;
		if (deals) {
			hits = deal_all(&deal, index, sum);
			effect->p_permutation = (double)hits / (double)deals;
		} else {
			gsl_rng_set(rng, (unsigned long)seed);
			hits = deal_at_random(&deal, rng);
			effect->p_permutation =
				(double)(hits + 1) /
				(double)(KTB_EFFECT_DEALS_RANDOM + 1);
		}
	}
	if (rng)
		gsl_rng_free(rng);
	free(index);
	free(sum);
	free(deal.log);
	return is_good;
}

double ktb_effect_half_width(const struct ktb_effect *effect, double alpha)
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	const double width = gsl_cdf_tdist_Qinv(alpha / 2, effect->df);

	gsl_set_error_handler(handler);
	/* Where GSL finds no root nothing is known. */
	return isfinite(width) ? effect->se * width : INFINITY;
}

double ktb_effect_percent(double log)
{
	return 100 * expm1(log);
}

size_t ktb_effect_boots(double sd, double size, double alpha)
{
	const double z = gsl_cdf_ugaussian_Qinv(alpha / 2) +
			 gsl_cdf_ugaussian_Pinv(POWER);
	const double boots = 2 * z * z * (sd / size) * (sd / size);

	/* A size of 0 makes it infinite, or not a number if nothing deviates. */
	return boots < BOOTS_MOST ? (size_t)ceil(boots) + 2 : SIZE_MAX;
}

/* Of two groups, the first @lower and the others, together. */
static double deviation_within(const double *sorted, size_t nr, size_t lower)
{
	const double sum = gsl_stats_tss(sorted, 1, lower) +
			   gsl_stats_tss(sorted + lower, 1, nr - lower);

	return sqrt(sum / (double)(nr - 2));
}

size_t ktb_effect_modes(const struct ktb_readings *readings, double *split)
{
	double *sorted, gap, widest = 0.01;
	size_t lower = 0, i;

	*split = 0;
	if (readings->nr < 4)
		return 0;
	sorted = malloc(readings->nr * sizeof(*sorted));
	if (!sorted)
		return 0;
	memcpy(sorted, readings->log, readings->nr * sizeof(*sorted));
	gsl_sort(sorted, 1, readings->nr);
	for (i = 2; i + 2 <= readings->nr; i++) {
		gap = sorted[i] - sorted[i - 1];
		if (gap > widest &&
		    gap > MODES_GAP / (double)readings->nr *
				    deviation_within(sorted, readings->nr, i)) {
			widest = gap;
			lower = i;
			*split = (sorted[i] + sorted[i - 1]) / 2;
		}
	}
	free(sorted);
	return lower;
}
