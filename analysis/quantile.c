// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Quantiles from buckets and their distribution-free intervals. It knows
 * nothing of metrics, files or pictures.
 */
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "quantile.h"

/* What the interval leaves out on each side. */
#define QUANTILE_TAIL 0.025

/* The normal distribution's quantile of 1 - QUANTILE_TAIL. */
#define QUANTILE_Z    1.959963984540054

struct quantile_row {
	const char *name;
	uint32_t ppm;
	uint64_t min_samples;
};

static const struct quantile_row quantile_rows[KTB_NR_QUANTILES] = {
	[KTB_QUANTILE_P50] = { "p50", 500000, 6 },
	[KTB_QUANTILE_P90] = { "p90", 900000, 36 },
	[KTB_QUANTILE_P99] = { "p99", 990000, 368 },
	[KTB_QUANTILE_P99_9] = { "p99.9", 999000, 3688 },
	[KTB_QUANTILE_P99_99] = { "p99.99", 999900, 36887 },
	[KTB_QUANTILE_P99_999] = { "p99.999", 999990, 368887 },
};

const char *ktb_quantile_name(enum ktb_quantile q)
{
	return quantile_rows[q].name;
}

uint32_t ktb_quantile_ppm(enum ktb_quantile q)
{
	return quantile_rows[q].ppm;
}

uint64_t ktb_quantile_min_samples(enum ktb_quantile q)
{
	return quantile_rows[q].min_samples;
}

uint64_t ktb_quantile_rank(uint64_t samples, uint32_t ppm)
{
	__uint128_t scaled = (__uint128_t)samples * ppm;
	uint64_t rank = (uint64_t)((scaled + 999999) / 1000000);

	return rank ? rank : 1;
}

/*
 * P(X <= k) for a binomial X. gsl_cdf_binomial_P() is the same function with
 * an unsigned int n, which a long run passes.
 */
static double quantile_binomial(int64_t k, uint64_t n, double p)
{
	if (k < 0)
		return 0;
	if ((uint64_t)k >= n)
		return 1;
	return gsl_cdf_beta_Q(p, (double)k + 1, (double)(n - (uint64_t)k));
}

/*
 * The smallest k with P(X <= k) >= target: from the normal approximation,
 * which is at most a few steps off, by doubling steps and then halving.
 */
static int64_t quantile_inverse(uint64_t n, double p, double target)
{
	double z = target < 0.5 ? -QUANTILE_Z : QUANTILE_Z;
	double sd = sqrt((double)n * p * (1 - p));
	int64_t high = llround((double)n * p + z * sd);
	int64_t step = 1;
	int64_t low, middle;

	while (quantile_binomial(high, n, p) < target) {
		high += step;
		step *= 2;
	}
	low = high - 1;
	step = 1;
	while (low >= 0 && quantile_binomial(low, n, p) >= target) {
		high = low;
		low -= step;
		step *= 2;
	}
	if (low < -1)
		low = -1;
	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (quantile_binomial(middle, n, p) >= target)
			high = middle;
		else
			low = middle;
	}
	return high;
}

void ktb_quantile_ranks(struct ktb_ranks *ranks, uint64_t samples)
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	const struct quantile_row *row;
	struct ktb_rank *rank;
	int i;

	ranks->samples = samples;
	for (i = 0; i < KTB_NR_QUANTILES; i++) {
		row = &quantile_rows[i];
		rank = &ranks->at[i];
		*rank = (struct ktb_rank){ .is_supported = samples >=
							   row->min_samples };
		if (!rank->is_supported)
			continue;
		rank->rank = ktb_quantile_rank(samples, row->ppm);
		rank->low = quantile_inverse(samples, row->ppm / 1e6,
					     QUANTILE_TAIL);
		rank->high = quantile_inverse(samples, row->ppm / 1e6,
					      1 - QUANTILE_TAIL) +
			     1;
	}
	gsl_set_error_handler(handler);
}

struct ktb_bound ktb_quantile_bound(const struct ktb_histogram *h,
				    uint64_t rank)
{
	struct ktb_bound bound = { .kind = KTB_BOUND_BUCKET };
	uint64_t seen = h->early;
	unsigned int i;

	if (rank <= h->early) {
		bound.kind = KTB_BOUND_EARLY;
		bound.low = h->min;
		bound.high = h->max < 0 ? h->max : -1;
		return bound;
	}
	for (i = 0; i < KTB_HIST_NR; i++) {
		seen += h->bucket[i];
		if (seen >= rank)
			break;
	}
	if (i == KTB_HIST_NR) {
		bound.kind = KTB_BOUND_OVERFLOW;
		bound.low = (int64_t)1 << KTB_HIST_MAX_BITS;
		bound.high = h->max;
	} else {
		bound.low = (int64_t)ktb_hist_low(i);
		bound.high = (int64_t)ktb_hist_high(i);
	}
	if (bound.low < h->min)
		bound.low = h->min;
	if (bound.high > h->max)
		bound.high = h->max;
	return bound;
}

void ktb_quantile_estimate(const struct ktb_histogram *h,
			   const struct ktb_ranks *ranks,
			   struct ktb_estimate *estimate)
{
	const struct ktb_rank *rank;
	int i;

	for (i = 0; i < KTB_NR_QUANTILES; i++) {
		rank = &ranks->at[i];
		estimate[i] =
			(struct ktb_estimate){ .is_supported =
						       rank->is_supported };
		if (!rank->is_supported)
			continue;
		estimate[i].value = ktb_quantile_bound(h, rank->rank);
		estimate[i].low = ktb_quantile_bound(h, rank->low);
		estimate[i].high = ktb_quantile_bound(h, rank->high);
	}
}
