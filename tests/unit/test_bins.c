// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bins of the pictures: every sample in a bin, never too many bins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/bins.h"

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void check_range(int64_t low, int64_t high, uint64_t *seed)
{
	struct ktb_histogram *h = test_malloc(sizeof(*h));
	uint64_t counts[KTB_BINS_MAX];
	struct ktb_bins bins;
	uint64_t sum = 0;
	size_t i;

	ktb_histogram_init(h);
	ktb_histogram_add(h, low, 1);
	ktb_histogram_add(h, high, 1);
	for (i = 0; i < 500; i++)
		ktb_histogram_add(h,
				  low + (int64_t)(next_random(seed) %
						  (uint64_t)(high - low + 1)),
				  1);
	ktb_bins_choose(&bins, low, high);
	assert_true(bins.nr >= 1 && bins.nr <= KTB_BINS_MAX);
	assert_true(bins.edge[0] <= low);
	assert_true(bins.edge[bins.nr] > high);
	for (i = 0; i < bins.nr; i++)
		assert_true(bins.edge[i] < bins.edge[i + 1]);
	ktb_bins_count(&bins, h, counts);
	for (i = 0; i < bins.nr; i++)
		sum += counts[i];
	assert_int_equal(sum, h->count);
	/* A bucket goes by its smallest value, so the last bin may be empty. */
	assert_true(counts[0] > 0);
	assert_true(bins.nr < 2 || counts[bins.nr - 1] + counts[bins.nr - 2]);
	test_free(h);
}

static void test_ranges(void **state)
{
	const int64_t last = (1LL << 34) - 1;
	uint64_t seed = 5;
	int64_t low, high;
	int i;

	check_range(0, 0, &seed);
	check_range(0, last, &seed);
	check_range(1, last, &seed);
	check_range(last, last, &seed);
	check_range(100, 239 + 100, &seed);
	for (i = 0; i < 2000; i++) {
		low = (int64_t)(next_random(&seed) >> 30 >>
				(next_random(&seed) % 34));
		high = low + (int64_t)(next_random(&seed) >> 30 >>
				       (next_random(&seed) % 34));
		check_range(low, high < last ? high : last, &seed);
	}
}

/* A flat distribution looks flat: bins of one width, no steps at octaves. */
static void test_flat_is_flat(void **state)
{
	struct ktb_histogram *h = test_malloc(sizeof(*h));
	uint64_t counts[KTB_BINS_MAX];
	struct ktb_bins bins;
	int64_t value;
	size_t i;

	ktb_histogram_init(h);
	for (value = 4096; value < 65536; value++)
		ktb_histogram_add(h, value, 1);
	ktb_bins_choose(&bins, 4096, 65535);
	assert_false(bins.is_log);
	ktb_bins_count(&bins, h, counts);
	for (i = 0; i < bins.nr; i++)
		assert_int_equal(counts[i], counts[0]);
	test_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_flat_is_flat),
	};

	return cmocka_run_group_tests_name("bins", tests, NULL, NULL);
}
