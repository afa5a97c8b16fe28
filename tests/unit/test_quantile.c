// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Quantiles against sorted samples; intervals against the binomial distribution
 * summed by hand, and against a simulation.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/quantile.h"

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static int compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left;
	int64_t b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static void test_min_samples(void **state)
{
	static const uint64_t table[KTB_NR_QUANTILES] = { 6,	36,    368,
							  3688, 36887, 368887 };
	long double q;
	int i;

	for (i = 0; i < KTB_NR_QUANTILES; i++) {
		q = ktb_quantile_ppm(i) / 1e6L;
		assert_int_equal(ktb_quantile_min_samples(i), table[i]);
		assert_int_equal(ktb_quantile_min_samples(i),
				 (uint64_t)ceill(logl(0.025L) / logl(q)));
	}
}

static void test_rank(void **state)
{
	assert_int_equal(ktb_quantile_rank(1, 500000), 1);
	assert_int_equal(ktb_quantile_rank(2, 500000), 1);
	assert_int_equal(ktb_quantile_rank(3, 500000), 2);
	assert_int_equal(ktb_quantile_rank(1000, 999000), 999);
	assert_int_equal(ktb_quantile_rank(1001, 999000), 1000);
	assert_int_equal(ktb_quantile_rank(1ULL << 60, 500000), 1ULL << 59);
}

/* Every order statistic lies within the bounds that are told of it. */
static void test_bounds_against_sorting(void **state)
{
	struct ktb_histogram *h = test_malloc(sizeof(*h));
	struct ktb_bound bound;
	int64_t value[2000];
	uint64_t seed = 7;
	int i, round;

	for (round = 0; round < 20; round++) {
		ktb_histogram_init(h);
		for (i = 0; i < 2000; i++) {
			value[i] = (int64_t)(next_random(&seed) >>
					     (28 + next_random(&seed) % 36));
			if (next_random(&seed) % 100 < 3)
				value[i] = -value[i] - 1;
			ktb_histogram_add(h, value[i], 1);
		}
		qsort(value, 2000, sizeof(*value), compare);
		for (i = 0; i < 2000; i++) {
			bound = ktb_quantile_bound(h, (uint64_t)i + 1);
			assert_true(bound.low <= value[i]);
			assert_true(bound.high >= value[i]);
			if (value[i] < 0)
				assert_int_equal(bound.kind, KTB_BOUND_EARLY);
			else if (value[i] >= 1LL << 34)
				assert_int_equal(bound.kind,
						 KTB_BOUND_OVERFLOW);
			else
				assert_true(bound.high - bound.low <=
					    bound.low / 128);
		}
		assert_true(ktb_quantile_bound(h, 2000).high == value[1999]);
		assert_true(ktb_quantile_bound(h, 1).low == value[0]);
	}
	test_free(h);
}

/* P(X <= k) by adding up, in logarithms. */
static long double slow_binomial(int64_t k, uint64_t n, long double p)
{
	long double sum = 0;
	int64_t i;

	for (i = 0; i <= k; i++)
		sum += expl(lgammal(n + 1.0L) - lgammal(i + 1.0L) -
			    lgammal(n - i + 1.0L) + i * logl(p) +
			    (n - i) * log1pl(-p));
	return sum;
}

/* The ends are the closest ranks that leave 2.5 % on each side. */
static void test_ranks_are_exact(void **state)
{
	static const uint64_t sizes[] = { 6,   36,   100,  367, 368,
					  999, 3687, 3688, 5000 };
	struct ktb_ranks ranks;
	long double p;
	uint64_t n;
	size_t i;
	int q;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		n = sizes[i];
		ktb_quantile_ranks(&ranks, n);
		for (q = 0; q < KTB_NR_QUANTILES; q++) {
			assert_int_equal(ranks.at[q].is_supported,
					 n >= ktb_quantile_min_samples(q));
			if (!ranks.at[q].is_supported)
				continue;
			p = ktb_quantile_ppm(q) / 1e6L;
			assert_true(ranks.at[q].low >= 1 &&
				    ranks.at[q].low <= ranks.at[q].rank);
			assert_true(ranks.at[q].high >= ranks.at[q].rank &&
				    ranks.at[q].high <= n);
			assert_true(slow_binomial(ranks.at[q].low - 1, n, p) <=
					    0.025L + 1e-9L ||
				    ranks.at[q].low == 1);
			assert_true(slow_binomial(ranks.at[q].low, n, p) >
				    0.025L - 1e-9L);
			assert_true(slow_binomial(ranks.at[q].high - 1, n, p) >=
				    0.975L - 1e-9L);
			assert_true(slow_binomial(ranks.at[q].high - 2, n, p) <
				    0.975L + 1e-9L);
		}
	}
}

static void test_ranks_of_long_runs(void **state)
{
	uint64_t n = 1000000;
	struct ktb_ranks ranks;
	long double sd, mean;
	int q;

	for (; n <= 1000000000000ULL; n *= 10) {
		ktb_quantile_ranks(&ranks, n);
		for (q = 0; q < KTB_NR_QUANTILES; q++) {
			assert_true(ranks.at[q].is_supported);
			mean = n * (ktb_quantile_ppm(q) / 1e6L);
			sd = sqrtl(mean * (1 - ktb_quantile_ppm(q) / 1e6L));
			if (sd < 30)
				continue;
			assert_true(fabsl((mean - ranks.at[q].low) / sd -
					  1.96L) < 0.05L);
			assert_true(fabsl((ranks.at[q].high - mean) / sd -
					  1.96L) < 0.05L);
		}
	}
}

/*
 * How often the interval holds the true quantile of uniform values: 95 % or
 * more for a distribution-free interval, and hardly more for p50 of a large
 * sample. The seed is fixed, so this passes always or never.
 */
static void test_coverage(void **state)
{
	static const struct {
		enum ktb_quantile q;
		int samples;
	} rows[] = {
		{ KTB_QUANTILE_P50, 20 },   { KTB_QUANTILE_P50, 1000 },
		{ KTB_QUANTILE_P90, 200 },  { KTB_QUANTILE_P99, 400 },
		{ KTB_QUANTILE_P99, 3000 },
	};
	const int64_t width = 1LL << 30;
	struct ktb_histogram *h = test_malloc(sizeof(*h));
	struct ktb_estimate estimate[KTB_NR_QUANTILES];
	uint64_t seed = 20260102;
	struct ktb_ranks ranks;
	int64_t truth;
	size_t i;
	int j, k, held;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		truth = width / 1000000 * ktb_quantile_ppm(rows[i].q) +
			width % 1000000 * ktb_quantile_ppm(rows[i].q) / 1000000;
		ktb_quantile_ranks(&ranks, (uint64_t)rows[i].samples);
		held = 0;
		for (j = 0; j < 1000; j++) {
			ktb_histogram_init(h);
			for (k = 0; k < rows[i].samples; k++)
				ktb_histogram_add(
					h, (int64_t)(next_random(&seed) >> 34),
					1);
			ktb_quantile_estimate(h, &ranks, estimate);
			held += estimate[rows[i].q].low.low <= truth &&
				truth <= estimate[rows[i].q].high.high;
		}
		print_message(
			"# p%g of %d samples: %d of 1000 intervals hold\n",
			ktb_quantile_ppm(rows[i].q) / 1e4, rows[i].samples,
			held);
		/* 95 % less three standard deviations of 1000 trials. */
		assert_true(held >= 929 && held <= 1000);
		if (rows[i].samples == 1000)
			assert_true(held >= 929 && held <= 980);
	}
	test_free(h);
}

static void test_too_small_is_not_told(void **state)
{
	struct ktb_histogram *h = test_malloc(sizeof(*h));
	struct ktb_estimate estimate[KTB_NR_QUANTILES];
	struct ktb_ranks ranks;

	ktb_histogram_init(h);
	ktb_histogram_add(h, 1000, 367);
	ktb_quantile_ranks(&ranks, h->count);
	ktb_quantile_estimate(h, &ranks, estimate);
	assert_true(estimate[KTB_QUANTILE_P90].is_supported);
	assert_false(estimate[KTB_QUANTILE_P99].is_supported);
	ktb_histogram_add(h, 1000, 1);
	ktb_quantile_ranks(&ranks, h->count);
	ktb_quantile_estimate(h, &ranks, estimate);
	assert_true(estimate[KTB_QUANTILE_P99].is_supported);
	assert_false(estimate[KTB_QUANTILE_P99_9].is_supported);
	test_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_min_samples),
		cmocka_unit_test(test_rank),
		cmocka_unit_test(test_bounds_against_sorting),
		cmocka_unit_test(test_ranks_are_exact),
		cmocka_unit_test(test_ranks_of_long_runs),
		cmocka_unit_test(test_coverage),
		cmocka_unit_test(test_too_small_is_not_told),
	};

	return cmocka_run_group_tests_name("quantile", tests, NULL, NULL);
}
