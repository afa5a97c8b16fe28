// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Change points where it is known where they are, and where there are none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/analysis/levels.h"

#define ALPHA 0.01

static void find(struct ktb_edivisive *found, const double *value, size_t nr)
{
	assert_true(ktb_edivisive_find(found, value, nr, ALPHA, 1));
}

static void test_constant(void **state)
{
	double value[40] = { 0 };
	struct ktb_edivisive found;
	size_t i;

	for (i = 0; i < 40; i++)
		value[i] = log(12345);
	find(&found, value, 40);
	assert_int_equal(found.nr, 0);
	ktb_edivisive_free(&found);
	find(&found, value, 0);
	assert_int_equal(found.nr, 0);
	ktb_edivisive_free(&found);
}

/* The exact lane: no noise at all, and one instruction more. */
static void test_one_step(void **state)
{
	struct ktb_edivisive found;
	double value[30];
	size_t at, i;

	for (at = KTB_EDIVISIVE_LEAST; at <= 30 - KTB_EDIVISIVE_LEAST; at++) {
		for (i = 0; i < 30; i++)
			value[i] = log(i < at ? 1000 : 1001);
		find(&found, value, 30);
		assert_int_equal(found.nr, 1);
		assert_int_equal(found.changes[0].at, at);
		assert_int_equal(found.changes[0].first, 0);
		assert_int_equal(found.changes[0].end, 30);
		assert_int_equal(found.changes[0].block, 1);
		assert_true(ktb_edivisive_p(&found.changes[0]) <= ALPHA);
		ktb_edivisive_free(&found);
	}
}

/* Fewer points than a segment must have are no segment. */
static void test_too_new(void **state)
{
	struct ktb_edivisive found;
	double value[30] = { 0 };
	size_t i;

	for (i = 31 - KTB_EDIVISIVE_LEAST; i < 30; i++)
		value[i] = 1;
	find(&found, value, 30);
	for (i = 0; i < found.nr; i++)
		assert_true(found.changes[i].at <= 30 - KTB_EDIVISIVE_LEAST);
	ktb_edivisive_free(&found);
	/* Of so few no order is rare enough. */
	for (i = 0; i < 2 * KTB_EDIVISIVE_LEAST - 1; i++)
		value[i] = i < KTB_EDIVISIVE_LEAST ? 0 : 1;
	find(&found, value, 2 * KTB_EDIVISIVE_LEAST - 1);
	assert_int_equal(found.nr, 0);
	ktb_edivisive_free(&found);
}

static void test_two_steps(void **state)
{
	static const struct levels kinds[] = {
		{ "back", 60, { 20, 40 }, { 1, 1.1, 1 }, 0, 0, 0 },
		{ "further", 60, { 20, 40 }, { 1, 1.1, 1.2 }, 0, 0, 0 },
	};
	double value[LEVELS_POINTS_MAX];
	struct ktb_edivisive found;
	size_t i;

	for (i = 0; i < 2; i++) {
		levels_invent(&kinds[i], 7, value);
		find(&found, value, 60);
		assert_int_equal(found.nr, 2);
		assert_int_equal(found.changes[0].at, 20);
		assert_int_equal(found.changes[0].end, 40);
		assert_int_equal(found.changes[1].at, 40);
		assert_int_equal(found.changes[1].first, 20);
		assert_int_equal(found.changes[1].end, 60);
		ktb_edivisive_free(&found);
	}
}

/* A drift has no step, but its ends are not alike, and that is said. */
static void test_drift(void **state)
{
	static const struct levels kind = { "drift", 100, { 0 }, { 1 },
					    0,	     0.1, 0 };
	double value[LEVELS_POINTS_MAX], before, after;
	struct ktb_edivisive found;
	size_t i, j;

	levels_invent(&kind, 3, value);
	find(&found, value, 100);
	assert_true(found.nr > 0);
	for (i = 0; i < found.nr; i++) {
		before = after = 0;
		for (j = found.changes[i].first; j < found.changes[i].at; j++)
			before += value[j];
		before /= (double)(j - found.changes[i].first);
		for (; j < found.changes[i].end; j++)
			after += value[j];
		after /= (double)(j - found.changes[i].at);
		assert_true(after > before);
	}
	ktb_edivisive_free(&found);
}

/* What is found depends on neither the unit nor the other series. */
static void test_same_again(void **state)
{
	static const struct levels kind = {
		"twice", 90, { 30, 60 }, { 1, 1.03, 1.06 }, 0, 0, 0
	};
	double value[LEVELS_POINTS_MAX], other[LEVELS_POINTS_MAX];
	struct ktb_edivisive found, again;
	size_t i;

	levels_invent(&kind, 11, value);
	for (i = 0; i < 90; i++)
		other[i] = value[i] + log(1000);
	find(&found, value, 90);
	find(&again, other, 90);
	assert_int_equal(found.nr, 2);
	assert_int_equal(again.nr, found.nr);
	for (i = 0; i < found.nr; i++) {
		assert_int_equal(again.changes[i].at, found.changes[i].at);
		assert_int_equal(again.changes[i].exceeded,
				 found.changes[i].exceeded);
	}
	ktb_edivisive_free(&found);
	ktb_edivisive_free(&again);
}

/* In how many of @nr_series something is found, or what is there is found. */
static unsigned int count(const struct levels *kind, unsigned int nr_series,
			  bool is_there)
{
	double value[LEVELS_POINTS_MAX];
	struct ktb_edivisive found;
	unsigned int nr = 0, seed;

	for (seed = 1; seed <= nr_series; seed++) {
		levels_invent(kind, seed, value);
		assert_true(ktb_edivisive_find(&found, value, kind->nr, ALPHA,
					       seed));
		nr += is_there ? levels_are_found(kind, &found) : found.nr > 0;
		ktb_edivisive_free(&found);
	}
	print_message("%s: %u of %u\n", kind->name, nr, nr_series);
	return nr;
}

static void test_false_alarms(void **state)
{
	static const struct levels kinds[] = {
		{ "noise of 20 points", 20, { 0 }, { 1 }, 0, 0, 0 },
		{ "noise of 60 points", 60, { 0 }, { 1 }, 0, 0, 0 },
		{ "noise of 200 points", 200, { 0 }, { 1 }, 0, 0, 0 },
		{ "noise with a tail", 60, { 0 }, { 1 }, 0, 0, 0.1 },
	};
	unsigned int nr = 0;
	size_t i;

	/* Of 1,200 at .01 more than 24 come once in a thousand tests. */
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		nr += count(&kinds[i], 300, false);
	assert_true(nr <= 24);
}

/* Without blocks it would be some 92 of 300 (docs/trend.md). */
static void test_points_with_a_memory(void **state)
{
	static const struct levels kind = { "phi .5", 120, { 0 }, { 1 },
					    0.5,      0,   0 };

	assert_true(count(&kind, 300, false) <= 18);
}

static void test_power(void **state)
{
	static const struct levels three = {
		"+3 % after 5", 35, { 30 }, { 1, 1.03 }, 0, 0, 0
	};
	static const struct levels memory = {
		"+3 % after 20 at phi .5", 80, { 60 }, { 1, 1.03 }, 0.5, 0, 0
	};

	assert_true(count(&three, 200, true) >= 160);
	assert_true(count(&memory, 100, true) >= 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_constant),
		cmocka_unit_test(test_one_step),
		cmocka_unit_test(test_too_new),
		cmocka_unit_test(test_two_steps),
		cmocka_unit_test(test_drift),
		cmocka_unit_test(test_same_again),
		cmocka_unit_test(test_false_alarms),
		cmocka_unit_test(test_points_with_a_memory),
		cmocka_unit_test(test_power),
	};

	return cmocka_run_group_tests_name("edivisive", tests, NULL, NULL);
}
