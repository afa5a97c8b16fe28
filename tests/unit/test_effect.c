// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Effects between two sets of boots against known answers. Those of Student's sleep
 * data are in every textbook (R: t.test(extra ~ group, sleep)); the rest was computed
 * with SciPy 1.10: stats.ttest_ind(equal_var=False), stats.t.isf(), stats.norm.isf(),
 * and itertools.combinations() over all ways to deal the values out.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/effect.h"

#define SIDE(values)                                         \
	{                                                    \
		values, sizeof(values) / sizeof((values)[0]) \
	}

static const double sleep_1[] = { 0.7, -1.6, -0.2, -1.2, -0.1,
				  3.4, 3.7,  0.8,  0.0,	 2.0 };
static const double sleep_2[] = { 1.9, 0.8, 1.1, 0.1, -0.1,
				  4.4, 5.5, 1.6, 4.6, 3.4 };
static const double five[] = { 0.88, 0.82, 0.85, 0.89, 0.81 };
static const double six[] = { 0.93, 0.97, 0.90, 0.94, 0.95, 0.91 };
static const double ties_1[] = { 1, 2, 3, 4 };
static const double ties_2[] = { 3, 5, 6, 6 };

static const struct ktb_readings sleeps[2] = { SIDE(sleep_1), SIDE(sleep_2) };
static const struct ktb_readings fives[2] = { SIDE(five), SIDE(six) };
static const struct ktb_readings ties[2] = { SIDE(ties_1), SIDE(ties_2) };

static void assert_near(double found, double known)
{
	if (fabs(found - known) > 1e-9 * (1 + fabs(known)))
		fail_msg("%.12g, should be %.12g", found, known);
}

static void test_welch(void **state)
{
	struct ktb_effect effect;

	assert_true(ktb_effect_make(&effect, sleeps, 0));
	assert_near(effect.estimate, 1.58);
	assert_near(effect.estimate / effect.se, 1.8608134674868526);
	assert_near(effect.df, 17.776473516178495);
	assert_near(effect.p, 0.07939414018735823);
	assert_near(effect.sd[0], 1.7890096577591623);
	assert_near(effect.sd[1], 2.002248735796829);
	assert_near(ktb_effect_half_width(&effect, 0.05), 1.785483230711636);
	assert_near(ktb_effect_half_width(&effect, 0.01), 2.447632919895158);

	assert_true(ktb_effect_make(&effect, fives, 0));
	assert_near(effect.estimate, 0.08333333333333326);
	assert_near(effect.estimate / effect.se, 4.385290096535144);
	assert_near(effect.df, 7.206823027718545);
	assert_near(effect.p, 0.0029970214683920863);
	assert_near(ktb_effect_half_width(&effect, 0.01), 0.06585529970494818);
	assert_near(ktb_effect_half_width(&effect, 0.01 / 12),
		    0.1042600377249549);
}

static void test_hodges_lehmann(void **state)
{
	struct ktb_effect effect;

	ktb_effect_make(&effect, sleeps, 0);
	assert_near(effect.shift, 1.35);
	ktb_effect_make(&effect, fives, 0);
	assert_near(effect.shift, 0.085);
	ktb_effect_make(&effect, ties, 0);
	assert_near(effect.shift, 2.5);
}

static void test_all_deals(void **state)
{
	struct ktb_effect effect;

	ktb_effect_make(&effect, fives, 0);
	assert_true(ktb_effect_permute(&effect, fives, 462, 1));
	assert_true(effect.is_permutation_exact);
	assert_near(effect.p_permutation, 1.0 / 462);

	/* 6 of 70, of which some are as far off as the real one, not farther. */
	assert_true(ktb_effect_permute(&effect, ties, 1000, 1));
	assert_near(effect.p_permutation, 6.0 / 70);

	assert_true(
		ktb_effect_permute(&effect, sleeps, KTB_EFFECT_DEALS_MAX, 1));
	assert_true(effect.is_permutation_exact);
	assert_near(effect.p_permutation, 15048.0 / 184756);
}

/* 9,999 deals: their p has a deviation of 0.0027 around the exact one. */
static void test_random_deals(void **state)
{
	double log[30];
	const struct ktb_readings apart[2] = { { log, 15 }, { log + 15, 15 } };
	struct ktb_effect effect, again;
	size_t i;

	assert_true(ktb_effect_permute(&effect, sleeps, 184755, 1));
	assert_false(effect.is_permutation_exact);
	assert_true(fabs(effect.p_permutation - 0.0814) < 4 * 0.0027);
	ktb_effect_permute(&again, sleeps, 184755, 1);
	assert_true(again.p_permutation == effect.p_permutation);
	ktb_effect_permute(&again, sleeps, 184755, 2);
	assert_true(again.p_permutation != effect.p_permutation);

	/* 1 in 462, of which some 21 are expected. */
	ktb_effect_permute(&effect, fives, 461, 1);
	assert_true(effect.p_permutation > 8e-4);
	assert_true(effect.p_permutation < 4e-3);
	/* 2 in 155,117,520: none is drawn, and p is not 0. */
	for (i = 0; i < 30; i++)
		log[i] = (double)i;
	ktb_effect_permute(&effect, apart, KTB_EFFECT_DEALS_MAX, 1);
	assert_near(effect.p_permutation, 1.0 / (KTB_EFFECT_DEALS_RANDOM + 1));
}

static void test_all_the_same(void **state)
{
	static const double three[] = { 5, 5, 5 }, others[] = { 6, 6 };
	const struct ktb_readings same[2] = { SIDE(three), SIDE(three) };
	const struct ktb_readings apart[2] = { SIDE(three), SIDE(others) };
	struct ktb_effect effect;

	assert_true(ktb_effect_make(&effect, same, 0));
	assert_true(effect.se == 0 && effect.estimate == 0 && effect.p == 1);
	assert_true(effect.df == 4 && effect.shift == 0);
	assert_true(ktb_effect_half_width(&effect, 0.01) == 0);
	ktb_effect_permute(&effect, same, 1000, 1);
	assert_true(effect.p_permutation == 1);

	assert_true(ktb_effect_make(&effect, apart, 0));
	assert_true(effect.p == 0 && effect.estimate == 1);
	ktb_effect_permute(&effect, apart, 1000, 1);
	assert_near(effect.p_permutation, 0.1);
}

/* A value that was rounded to a step deviates by step / sqrt(12) at least. */
static void test_resolution(void **state)
{
	static const double three[] = { 5, 5, 5 };
	const struct ktb_readings same[2] = { SIDE(three), SIDE(three) };
	struct ktb_effect effect;

	ktb_effect_make(&effect, same, 0.06);
	assert_near(effect.sd[0], 0.06 / sqrt(12));
	assert_near(effect.se, 0.06 / sqrt(12) * sqrt(2.0 / 3));
	assert_near(effect.df, 4);
	ktb_effect_make(&effect, sleeps, 0.06);
	assert_near(effect.sd[0], 1.7890096577591623);
}

/* Two boots a side leave one degree of freedom and more; the quantiles are finite. */
static void test_few_degrees(void **state)
{
	static const double quiet[] = { 5, 5.000001 }, loud[] = { 5, 9 };
	const struct ktb_readings side[2] = { SIDE(quiet), SIDE(loud) };
	struct ktb_effect effect;

	ktb_effect_make(&effect, side, 0);
	assert_near(effect.df, 1);
	/* t of one degree of freedom is Cauchy's distribution. */
	assert_near(ktb_effect_half_width(&effect, 0.01) / effect.se,
		    tan(M_PI * 0.495));
	assert_near(effect.p, 1 - 2 / M_PI * atan(effect.estimate / effect.se));
}

static void test_swapped(void **state)
{
	const struct ktb_readings side[2] = { fives[1], fives[0] };
	struct ktb_effect there, back;

	ktb_effect_make(&there, fives, 0);
	ktb_effect_permute(&there, fives, 1000, 1);
	ktb_effect_make(&back, side, 0);
	ktb_effect_permute(&back, side, 1000, 1);
	assert_true(back.estimate == -there.estimate);
	assert_true(back.shift == -there.shift);
	assert_true(back.se == there.se && back.p == there.p);
	assert_true(back.p_permutation == there.p_permutation);
}

static void test_boots(void **state)
{
	double ratio;

	/* 35.628 and 49.727 are 2 (z_(1 - alpha/2) + z_.95)^2. */
	for (ratio = 0.2; ratio < 10; ratio *= 1.3) {
		assert_int_equal(
			ktb_effect_boots(ratio, 1, 0.01),
			(size_t)ceil(35.62832879963443 * ratio * ratio) + 2);
		assert_int_equal(
			ktb_effect_boots(0.01 * ratio, 0.01, 0.01 / 12),
			(size_t)ceil(49.727025256376805 * ratio * ratio) + 2);
	}
	assert_int_equal(ktb_effect_boots(1, 2, 0.01), 11);
	assert_int_equal(ktb_effect_boots(1, 2, 0.01 / 12), 15);
	assert_int_equal(ktb_effect_boots(0, 1, 0.01), 2);
	assert_true(ktb_effect_boots(1, 0, 0.01) == SIZE_MAX);
	assert_true(ktb_effect_boots(0, 0, 0.01) == SIZE_MAX);
	assert_true(ktb_effect_boots(1000, 1, 0.01) == SIZE_MAX);
}

static void test_percent(void **state)
{
	assert_near(ktb_effect_percent(log(1.05)), 5);
	assert_near(ktb_effect_percent(log(0.5)), -50);
}

static void test_modes(void **state)
{
	static const double one[] = { 1.00, 1.01, 1.02, 1.03, 1.04, 1.05 };
	static const double two[] = { 1.00, 1.21, 1.01, 1.20, 1.02, 1.22 };
	static const double lone[] = { 1.00, 1.01, 1.02, 1.03, 1.04, 1.50 };
	static const double tiny[] = { 1.000, 1.005, 1.000, 1.005 };
	static const double three[] = { 1, 1, 2 };
	const struct ktb_readings rows[] = { SIDE(one), SIDE(two), SIDE(lone),
					     SIDE(tiny), SIDE(three) };
	static const size_t lower[] = { 0, 3, 0, 0, 0 };
	double split;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(ktb_effect_modes(&rows[i], &split), lower[i]);
	ktb_effect_modes(&rows[1], &split);
	assert_near(split, 1.11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_welch),
		cmocka_unit_test(test_hodges_lehmann),
		cmocka_unit_test(test_all_deals),
		cmocka_unit_test(test_random_deals),
		cmocka_unit_test(test_all_the_same),
		cmocka_unit_test(test_resolution),
		cmocka_unit_test(test_few_degrees),
		cmocka_unit_test(test_swapped),
		cmocka_unit_test(test_boots),
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_modes),
	};

	return cmocka_run_group_tests_name("effect", tests, NULL, NULL);
}
