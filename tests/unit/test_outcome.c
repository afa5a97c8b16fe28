// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Many figures together: what the whole comparison is called, families, looks, and how
 * many boots it takes.
 */
#include "made_figures.h"

/* The verdict of all is the first of this order that one of them has. */
static void test_outcome(void **state)
{
	static const struct made noisy = {
		{ 1000, 1003 }, { .01, .01 }, { 12, 12 }, 1000, 0
	};
	static const struct made worse = {
		{ 1000, 1100 }, { .01, .01 }, { 12, 12 }, 10000, 0
	};
	static const struct made better = {
		{ 1100, 1000 }, { .01, .01 }, { 12, 12 }, 10000, 0
	};
	static const struct made same = {
		{ 1000, 1000 }, { .001, .001 }, { 12, 12 }, 10000, 0
	};
	struct ktb_outcome outcome;

	make(0, &same);
	make(1, &better);
	make(2, &noisy);
	make(3, &worse);
	ktb_judge(figures, 4, &rule, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_REGRESSED);
	ktb_judge(figures, 3, &rule, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_NOISY);
	assert_true(outcome.boots_needed > 12);
	assert_true(outcome.boots_needed == figures[2].boots_needed);
	ktb_judge(figures, 2, &rule, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_IMPROVED);
	ktb_judge(figures, 1, &rule, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_UNCHANGED);

	/* What is not gated is judged, counted apart, and decides on nothing. */
	make(3, &worse);
	figures[3].is_gated = false;
	ktb_judge(figures, 4, &rule, &outcome);
	assert_int_equal(figures[3].verdict, KTB_VERDICT_REGRESSED);
	assert_int_equal(outcome.rest[KTB_VERDICT_REGRESSED], 1);
	assert_int_equal(outcome.gated[KTB_VERDICT_REGRESSED], 0);
	assert_int_equal(outcome.verdict, KTB_VERDICT_NOISY);
}

/* Holm for those that are gated: what one figure alone shows, twelve do not. */
static void test_family(void **state)
{
	/* t = 3.3 with 22 degrees of freedom: p = 0.0033. */
	static const struct made made = {
		{ 1000, 1014 }, { .01, .01 }, { 12, 12 }, 5000, 0
	};
	static const struct made same = {
		{ 1000, 1000 }, { .01, .01 }, { 12, 12 }, 5000, 0
	};
	struct ktb_outcome outcome;
	size_t i;

	assert_int_equal(judge_one(&made), KTB_VERDICT_REGRESSED);
	make(0, &made);
	for (i = 1; i < 12; i++)
		make(i, &same);
	ktb_judge(figures, 12, &rule, &outcome);
	assert_int_equal(figures[0].verdict, KTB_VERDICT_NOISY);
	assert_near(figures[0].p, 12 * figures[0].effect.p);
	assert_near(figures[0].alpha, .01 / 12);
	assert_true(figures[0].low < 0);
	/* Two of them are no better: that would be Benjamini and Hochberg's. */
	make(1, &made);
	ktb_judge(figures, 12, &rule, &outcome);
	assert_near(figures[0].p, 12 * figures[0].effect.p);
	assert_near(figures[1].p, figures[0].p);
	/* Those that are not gated are a family of their own. */
	for (i = 1; i < 12; i++)
		figures[i].is_gated = false;
	ktb_judge(figures, 12, &rule, &outcome);
	assert_int_equal(figures[0].verdict, KTB_VERDICT_REGRESSED);
	make(0, &same);
	figures[0].is_gated = false;
	make(2, &made);
	figures[2].is_gated = false;
	ktb_judge(figures, 12, &rule, &outcome);
	assert_near(figures[1].p, 6 * figures[1].effect.p);
}

static void test_looks(void **state)
{
	static const struct made made = {
		{ 1000, 1014 }, { .01, .01 }, { 12, 12 }, 5000, 0
	};
	const struct ktb_rule five = { .alpha = KTB_JUDGE_ALPHA,
				       .nr_looks = 5 };
	struct ktb_outcome outcome;

	make(0, &made);
	ktb_judge(figures, 1, &five, &outcome);
	assert_int_equal(outcome.verdict, KTB_VERDICT_NOISY);
	assert_near(figures[0].alpha, .01 / 5);
	assert_true(figures[0].low < 0);
}

static void test_boots_needed(void **state)
{
	static const struct made rows[] = {
		{ { 1000, 1030 }, { .05, .05 }, { 4, 4 }, 10000, 0 },
		{ { 1000, 1003 }, { .05, .05 }, { 4, 4 }, 10000, 0 },
		{ { 1000, 1001 }, { .01, .01 }, { 4, 4 }, KTB_QUANTITY_AUTO, 0 },
	};
	struct made more;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(judge_one(&rows[i]), KTB_VERDICT_NOISY);
		assert_true(figures[0].boots_needed > 4);
	}
	/* That of the first row is the formula's: a change of 3 %. */
	judge_one(&rows[0]);
	assert_int_equal(figures[0].boots_needed,
			 ktb_effect_boots(log1p(.05) * sqrt(4.0 / 3), log(1.03),
					  .01));
	/* Too many already, by the formula: one more is asked for. */
	more = rows[0];
	more.center[1] = 1300;
	more.boots[0] = 2;
	more.boots[1] = 2;
	assert_int_equal(judge_one(&more), KTB_VERDICT_NOISY);
	assert_true(figures[0].boots_needed >= 3);
}

static void test_quick(void **state)
{
	static const struct made made = {
		{ 1000, 1030 }, { .01, .01 }, { 12, 12 }, 10000, 0
	};
	const struct ktb_rule quick = { .alpha = KTB_JUDGE_ALPHA,
					.is_quick = true };
	struct ktb_outcome outcome;
	struct ktb_quantity slow;

	judge_one(&made);
	slow = figures[0];
	ktb_judge(figures, 1, &quick, &outcome);
	assert_true(figures[0].effect.p_permutation == 1);
	assert_true(figures[0].p == slow.p && figures[0].low == slow.low);
	assert_int_equal(figures[0].verdict, slow.verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcome),
		cmocka_unit_test(test_family),
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_boots_needed),
		cmocka_unit_test(test_quick),
	};

	return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
