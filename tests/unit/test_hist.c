// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bucket arithmetic of ktb_hist.h against a slow oracle that looks for the
 * bucket instead of computing it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ktb_hist.h"

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The lower edge by the rule in words: exact below 256, then 128 an octave. */
static uint64_t slow_low(uint32_t index)
{
	uint64_t low = 0, width = 1;
	uint32_t i;

	for (i = 0; i < index; i++) {
		if (i >= 256 && i % 128 == 0)
			width *= 2;
		low += width;
	}
	return low;
}

static uint32_t slow_index(uint64_t value)
{
	uint64_t low = 0, width = 1;
	uint32_t i;

	for (i = 0; i < KTB_HIST_NR; i++) {
		if (i >= 256 && i % 128 == 0)
			width *= 2;
		if (value < low + width)
			return i;
		low += width;
	}
	return KTB_HIST_NR;
}

static void test_size(void **state)
{
	assert_int_equal(KTB_HIST_NR, 3584);
	assert_true(ktb_hist_high(KTB_HIST_NR - 1) == (1ULL << 34) - 1);
}

static void test_every_bucket(void **state)
{
	uint64_t width;
	uint32_t i;

	for (i = 0; i < KTB_HIST_NR; i++) {
		assert_true(ktb_hist_low(i) == slow_low(i));
		assert_int_equal(ktb_hist_index(ktb_hist_low(i)), i);
		assert_int_equal(ktb_hist_index(ktb_hist_high(i)), i);
		assert_int_equal(ktb_hist_index(ktb_hist_high(i) + 1), i + 1);
		width = ktb_hist_high(i) - ktb_hist_low(i) + 1;
		/* At most 1/128 of the value wide. */
		assert_true(width == 1 || width * 128 <= ktb_hist_low(i));
	}
}

static void test_random_values(void **state)
{
	uint64_t seed = 88172645463325252ULL;
	uint64_t value;
	int i;

	for (i = 0; i < 100000; i++) {
		value = next_random(&seed) >> (next_random(&seed) % 64);
		if (ktb_hist_index(value) < KTB_HIST_NR)
			assert_int_equal(ktb_hist_index(value),
					 slow_index(value));
		else
			assert_true(value >= 1ULL << 34);
	}
}

static void test_overflow(void **state)
{
	assert_true(ktb_hist_index(1ULL << 34) >= KTB_HIST_NR);
	assert_true(ktb_hist_index(UINT64_MAX) >= KTB_HIST_NR);
	assert_int_equal(ktb_hist_index((1ULL << 34) - 1), KTB_HIST_NR - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_every_bucket),
		cmocka_unit_test(test_random_values),
		cmocka_unit_test(test_overflow),
	};

	return cmocka_run_group_tests_name("hist", tests, NULL, NULL);
}
