// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rule: each verdict is reached, from readings whose effect and interval can be
 * worked out by hand. Whether it keeps its promises is the simulator's to tell
 * (tests/analysis/simulate.c).
 */
#include "made_figures.h"

/* 12 boots 1 % above and below: se = 1 % sqrt(12 / 11 / 6) = 0.426 %, t = 2.82. */
static void test_each_verdict(void **state)
{
	static const struct {
		struct made made;
		enum ktb_verdict verdict;
	} rows[] = {
		{ { { 1000, 1030 }, { .01, .01 }, { 12, 12 }, 10000, 0 },
		  KTB_VERDICT_REGRESSED },
		{ { { 1030, 1000 }, { .01, .01 }, { 12, 12 }, 10000, 0 },
		  KTB_VERDICT_IMPROVED },
		{ { { 1000, 1003 }, { .01, .01 }, { 12, 12 }, 20000, 0 },
		  KTB_VERDICT_UNCHANGED },
		{ { { 1000, 1003 }, { .01, .01 }, { 12, 12 }, 10000, 0 },
		  KTB_VERDICT_NOISY },
		/* Surely slower, and by less than what matters. */
		{ { { 1000, 1030 }, { .01, .01 }, { 12, 12 }, 50000, 0 },
		  KTB_VERDICT_UNCHANGED },
		{ { { 1000, 1030 }, { .01, .01 }, { 12, 12 }, 35000, 0 },
		  KTB_VERDICT_NOISY },
		/* Much slower, and not sure. */
		{ { { 1000, 1100 }, { .1, .1 }, { 4, 4 }, 10000, 0 },
		  KTB_VERDICT_NOISY },
		/* Two boots a side that are very far apart are enough. */
		{ { { 1000, 3000 }, { .001, .001 }, { 2, 2 }, 10000, 0 },
		  KTB_VERDICT_REGRESSED },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (judge_one(&rows[i].made) != rows[i].verdict)
			fail_msg("row %zu: %s", i,
				 ktb_quantity_verdict_name(figures[0].verdict));
}

static void test_figures(void **state)
{
	static const struct made made = {
		{ 1000, 1030 }, { .01, .01 }, { 12, 12 }, 10000, 0
	};
	const double sd = log1p(.01) * sqrt(12.0 / 11);

	judge_one(&made);
	assert_near(figures[0].center[0], 1000);
	assert_near(figures[0].center[1], 1030);
	assert_near(figures[0].effect.estimate, log(1.03));
	assert_near(figures[0].effect.sd[1], sd);
	assert_near(figures[0].alpha, KTB_JUDGE_ALPHA);
	assert_near(figures[0].p, figures[0].effect.p);
	/* stats.t.isf(0.005, 22) of SciPy. */
	assert_near(figures[0].high - figures[0].low,
		    2 * 2.8187560605963693 * sd / sqrt(6));
	assert_near(figures[0].high + figures[0].low, 2 * log(1.03));
	assert_near(figures[0].delta, log1p(.01));
	assert_near(figures[0].margin, log1p(.01));
	assert_true(figures[0].effect.is_permutation_exact);
	assert_true(figures[0].effect.p_permutation < 1e-4);
}

/* Delta follows the quieter side, the margin is twice that; 1 to 10 %. */
static void test_auto(void **state)
{
	static const struct {
		double spread[2];
		double delta, margin;
	} rows[] = {
		{ { .02, .02 }, .02, .04 },   { { .001, .001 }, .01, .01 },
		{ { .02, .07 }, .02, .04 },   { { .07, .02 }, .02, .04 },
		{ { .007, .03 }, .01, .014 }, { { .07, .08 }, .07, .1 },
		{ { .2, .3 }, .1, .1 },
	};
	const double of_twelve = sqrt(12.0 / 11);
	struct made made = {
		{ 1000, 1000 }, { 0 }, { 12, 12 }, KTB_QUANTITY_AUTO, 0
	};
	double noise;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memcpy(made.spread, rows[i].spread, sizeof(made.spread));
		judge_one(&made);
		noise = log1p(fmin(made.spread[0], made.spread[1])) * of_twelve;
		assert_near(figures[0].delta,
			    fmin(fmax(noise, log1p(.01)), log1p(.1)));
		assert_near(figures[0].margin,
			    fmin(fmax(2 * noise, log1p(.01)), log1p(.1)));
		assert_true(fabs(figures[0].delta - rows[i].delta) <
			    .06 * rows[i].delta);
		assert_true(fabs(figures[0].margin - rows[i].margin) <
			    .06 * rows[i].margin);
	}
}

static void test_clock(void **state)
{
	static const struct made made = {
		{ 700, 760 }, { .001, .001 }, { 12, 12 }, 50000, 0
	};
	struct made coarse = made;

	assert_int_equal(judge_one(&made), KTB_VERDICT_REGRESSED);
	/* A clock that ticks each 70 ns does not tell 700 from 760. */
	coarse.step = 70;
	assert_int_equal(judge_one(&coarse), KTB_VERDICT_NOISY);
	assert_near(figures[0].delta, log1p(.1));
	assert_near(figures[0].margin, log1p(.05));
	assert_near(figures[0].effect.sd[0], log1p(.1) / sqrt(12));
	assert_true(figures[0].boots_needed == SIZE_MAX);
	coarse.center[1] = 710;
	assert_int_equal(judge_one(&coarse), KTB_VERDICT_UNCHANGED);
	coarse.center[1] = 771;
	assert_int_equal(judge_one(&coarse), KTB_VERDICT_REGRESSED);
}

static void test_no_verdict(void **state)
{
	static const struct made made = {
		{ 1000, 1030 }, { .01, .01 }, { 12, 12 }, 10000, 0
	};
	struct made few = made;
	struct ktb_outcome outcome;

	few.boots[1] = 1;
	assert_int_equal(judge_one(&few), KTB_VERDICT_NONE);
	assert_non_null(strstr(figures[0].reason, "B has one boot"));
	assert_non_null(strstr(figures[0].reason, "11 find a change"));
	few.boots[0] = 0;
	assert_int_equal(judge_one(&few), KTB_VERDICT_NONE);
	assert_non_null(strstr(figures[0].reason, "A has no boot"));
	few = made;
	few.center[0] = 0;
	assert_int_equal(judge_one(&few), KTB_VERDICT_NONE);
	assert_non_null(strstr(figures[0].reason, "not above zero"));

	make(0, &made);
	figures[0].lost[1] = 3;
	ktb_judge(figures, 1, &rule, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_NONE);
	assert_non_null(strstr(figures[0].reason, "B lost 3 samples"));

	/* What the caller has against a figure stays as it is. */
	make(0, &made);
	make(1, &made);
	snprintf(figures[1].reason, sizeof(figures[1].reason), "because");
	ktb_judge(figures, 2, &rule, &outcome);
	assert_string_equal(figures[1].reason, "because");
	assert_int_equal(figures[1].verdict, KTB_VERDICT_NONE);
	assert_int_equal(figures[0].verdict, KTB_VERDICT_REGRESSED);
	assert_int_equal(outcome.verdict, KTB_VERDICT_NONE);
	/* It is no member of the family. */
	assert_near(figures[0].p, figures[0].effect.p);

	assert_true(ktb_judge(figures, 0, &rule, &outcome));
	assert_int_equal(outcome.verdict, KTB_VERDICT_NONE);
}

/* Swapped, all of it is the other way round and as large as before. */
static void test_swapped(void **state)
{
	static const int64_t deltas[] = { 10000, 30000, KTB_QUANTITY_AUTO };
	static const enum ktb_verdict mirror[KTB_NR_VERDICTS] = {
		[KTB_VERDICT_UNCHANGED] = KTB_VERDICT_UNCHANGED,
		[KTB_VERDICT_IMPROVED] = KTB_VERDICT_REGRESSED,
		[KTB_VERDICT_REGRESSED] = KTB_VERDICT_IMPROVED,
		[KTB_VERDICT_NOISY] = KTB_VERDICT_NOISY,
		[KTB_VERDICT_NONE] = KTB_VERDICT_NONE,
	};
	size_t seen[KTB_NR_VERDICTS] = { 0 }, i;
	struct made made = { { 0 }, { .01, .023 }, { 11, 7 }, 0, 1 };
	struct made swapped;
	struct ktb_quantity there;

	for (i = 0; i < 60; i++) {
		made.delta_ppm = deltas[i % 3];
		made.center[0] = 1000;
		made.center[1] = 900 + 5.0 * (double)(i / 3 * 2);
		made.spread[1] = i % 2 ? .023 : .004;
		swapped = made;
		for (size_t side = 0; side < 2; side++) {
			swapped.center[side] = made.center[!side];
			swapped.spread[side] = made.spread[!side];
			swapped.boots[side] = made.boots[!side];
		}
		judge_one(&made);
		there = figures[0];
		seen[there.verdict]++;
		judge_one(&swapped);
		assert_true(figures[0].effect.estimate ==
			    -there.effect.estimate);
		assert_true(figures[0].effect.shift == -there.effect.shift);
		assert_near(figures[0].effect.p_permutation,
			    there.effect.p_permutation);
		assert_near(figures[0].p, there.p);
		assert_near(figures[0].low, -there.high);
		assert_near(figures[0].high, -there.low);
		assert_true(figures[0].delta == there.delta);
		assert_true(figures[0].margin == there.margin);
		assert_int_equal(figures[0].verdict, mirror[there.verdict]);
		assert_int_equal(figures[0].boots_needed, there.boots_needed);
	}
	assert_true(seen[KTB_VERDICT_REGRESSED] && seen[KTB_VERDICT_IMPROVED]);
	assert_true(seen[KTB_VERDICT_NOISY] && seen[KTB_VERDICT_UNCHANGED]);
}

/* Of a rate more is better. */
static void test_rate(void **state)
{
	static const struct made made = {
		{ 1000, 1030 }, { .01, .01 }, { 12, 12 }, 10000, 0
	};
	struct ktb_outcome outcome;

	make(0, &made);
	figures[0].is_rate = true;
	ktb_judge(figures, 1, &rule, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_IMPROVED);
	assert_near(figures[0].effect.estimate, log(1.03));
}

/* Boots that read all the same, and a clock without a step, leave no NaN. */
static void test_all_the_same(void **state)
{
	struct made made = {
		{ 1000, 1000 }, { 0 }, { 3, 3 }, KTB_QUANTITY_AUTO, 0
	};

	assert_int_equal(judge_one(&made), KTB_VERDICT_UNCHANGED);
	assert_true(figures[0].effect.p == 1);
	made.center[1] = 1020;
	assert_int_equal(judge_one(&made), KTB_VERDICT_REGRESSED);
	made.step = 1;
	assert_int_equal(judge_one(&made), KTB_VERDICT_REGRESSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_verdict),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_auto),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_no_verdict),
		cmocka_unit_test(test_swapped),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_all_the_same),
	};

	return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
