// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Histograms: adding, merging, mean, standard deviation, self-consistency.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/histogram.h"

#define SAMPLES 5000

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Any size from 0 to past the last bucket, now and then early. */
static int64_t next_value(uint64_t *state)
{
	int64_t value = (int64_t)(next_random(state) >> 29 >>
				  (next_random(state) % 35));

	return next_random(state) % 50 ? value : -value;
}

static struct ktb_histogram *new_histogram(void)
{
	struct ktb_histogram *h = test_malloc(sizeof(*h));

	ktb_histogram_init(h);
	return h;
}

static void test_empty(void **state)
{
	struct ktb_histogram *h = new_histogram();

	assert_true(h->count == 0);
	assert_null(ktb_histogram_flaw(h));
	test_free(h);
}

/* Each of several is as one that was made by itself. */
static void test_several_are_empty(void **state)
{
	struct ktb_histogram *one = new_histogram();
	struct ktb_histogram *all = ktb_histogram_new(3);
	size_t i;

	assert_non_null(all);
	for (i = 0; i < 3; i++)
		assert_memory_equal(&all[i], one, sizeof(*one));
	free(all);
	test_free(one);
	all = ktb_histogram_new(0);
	assert_non_null(all);
	free(all);
}

static void test_merge_is_sum(void **state)
{
	struct ktb_histogram *parts[3] = { new_histogram(), new_histogram(),
					   new_histogram() };
	struct ktb_histogram *all = new_histogram();
	struct ktb_histogram *merged = new_histogram();
	uint64_t seed = 1234567;
	int64_t value;
	int i;

	for (i = 0; i < SAMPLES; i++) {
		value = next_value(&seed);
		assert_true(ktb_histogram_add(parts[i % 3], value, 1));
		assert_true(ktb_histogram_add(all, value, 1));
	}
	for (i = 0; i < 3; i++)
		assert_true(ktb_histogram_merge(merged, parts[i]));
	assert_true(all->early > 0 && all->overflow > 0);
	assert_memory_equal(all, merged, sizeof(*all));
	assert_null(ktb_histogram_flaw(merged));
	/* An empty one changes nothing, not even the extremes. */
	ktb_histogram_init(parts[0]);
	assert_true(ktb_histogram_merge(merged, parts[0]));
	assert_memory_equal(all, merged, sizeof(*all));
	for (i = 0; i < 3; i++)
		test_free(parts[i]);
	test_free(all);
	test_free(merged);
}

static void test_merge_refuses_overflow(void **state)
{
	struct ktb_histogram *a = new_histogram();
	struct ktb_histogram *b = new_histogram();

	assert_true(ktb_histogram_add(a, INT64_MAX, 3));
	assert_true(ktb_histogram_add(b, INT64_MAX, 3));
	assert_false(ktb_histogram_merge(a, b));
	assert_true(a->count == 3);
	assert_false(ktb_histogram_add(a, INT64_MAX, 3));
	assert_true(a->count == 3 && a->overflow == 3);
	test_free(a);
	test_free(b);
}

static void test_mean_rounds(void **state)
{
	static const struct {
		int64_t value[3];
		int nr;
		int64_t mean;
	} rows[] = {
		{ { 1, 2 }, 2, 2 },	   { { 1, 1, 2 }, 3, 1 },
		{ { 1, 2, 2 }, 3, 2 },	   { { -1, -2 }, 2, -1 },
		{ { -3, -3, -4 }, 3, -3 }, { { 7 }, 1, 7 },
		{ { -5, 5 }, 2, 0 },
	};
	struct ktb_histogram *h = new_histogram();
	size_t i;
	int j;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ktb_histogram_init(h);
		for (j = 0; j < rows[i].nr; j++)
			ktb_histogram_add(h, rows[i].value[j], 1);
		assert_int_equal(ktb_histogram_mean(h), rows[i].mean);
	}
	test_free(h);
}

static void test_sd_against_two_passes(void **state)
{
	struct ktb_histogram *h = new_histogram();
	uint64_t seed = 99;
	long double mean = 0, around = 0;
	static int64_t value[SAMPLES];
	int64_t base;
	int i, round;

	/* Far from zero, where the naive formula loses all its digits. */
	for (round = 0; round < 4; round++) {
		base = (int64_t[]){ 0, -100, 1000000000, 15000000000 }[round];
		ktb_histogram_init(h);
		mean = around = 0;
		for (i = 0; i < SAMPLES; i++) {
			value[i] = base + (int64_t)(next_random(&seed) % 2000);
			ktb_histogram_add(h, value[i], 1);
			mean += value[i];
		}
		mean /= SAMPLES;
		for (i = 0; i < SAMPLES; i++)
			around += (value[i] - mean) * (value[i] - mean);
		assert_int_equal(ktb_histogram_mean(h), llroundl(mean));
		assert_int_equal(ktb_histogram_sd(h),
				 llroundl(sqrtl(around / (SAMPLES - 1))));
	}
	ktb_histogram_init(h);
	ktb_histogram_add(h, 17179869183, 1000000000);
	assert_int_equal(ktb_histogram_sd(h), 0);
	test_free(h);
}

/* Each of these must be found, or a damaged file would pass as measured. */
static void test_flaws(void **state)
{
	struct ktb_histogram *good = new_histogram();
	struct ktb_histogram *bad = new_histogram();
	int i;

	for (i = 0; i < 100; i++)
		ktb_histogram_add(good, 1000 + i * 1000, 1);
	assert_null(ktb_histogram_flaw(good));
	for (i = 0; i < 8; i++) {
		memcpy(bad, good, sizeof(*bad));
		switch (i) {
		case 0:
			bad->count++;
			break;
		case 1:
			bad->bucket[0]++;
			break;
		case 2:
			bad->early++;
			break;
		case 3:
			bad->min = 2000000;
			break;
		case 4:
			bad->max = 1000;
			break;
		case 5:
			bad->sum = 1;
			break;
		case 6:
			bad->overflow++;
			bad->count++;
			break;
		case 7:
			bad->early++;
			bad->count++;
			break;
		}
		assert_non_null(ktb_histogram_flaw(bad));
	}
	test_free(good);
	test_free(bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_several_are_empty),
		cmocka_unit_test(test_merge_is_sum),
		cmocka_unit_test(test_merge_refuses_overflow),
		cmocka_unit_test(test_mean_rounds),
		cmocka_unit_test(test_sd_against_two_passes),
		cmocka_unit_test(test_flaws),
	};

	return cmocka_run_group_tests_name("histogram", tests, NULL, NULL);
}
