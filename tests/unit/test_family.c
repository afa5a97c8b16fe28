// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Adjusted p-values against statsmodels 0.13, multipletests(method="holm", "fdr_bh");
 * the fifteen are those of Benjamini and Hochberg's paper of 1995, of which Holm flags
 * three at .05 and they flag four.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/family.h"

#define MOST 15

static const double paper[MOST] = { 0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
				    0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
				    0.4262, 0.5719, 0.6528, 0.7590, 1.0 };
static const double paper_holm[MOST] = { 0.0015, 0.0056, 0.0247, 0.114,	 0.2211,
					 0.278,	 0.278,	 0.278,	 0.3213, 1,
					 1,	 1,	 1,	 1,	 1 };
static const double paper_bh[MOST] = { 0.0015,
				       0.003,
				       0.0095,
				       0.035625,
				       0.0603,
				       0.06385714285714286,
				       0.06385714285714286,
				       0.0645,
				       0.0765,
				       0.486,
				       0.5811818181818182,
				       0.714875,
				       0.7532307692307693,
				       0.8132142857142857,
				       1 };

/* In no order, and two of them the same. */
static const double mixed[] = { 0.01, 0.04, 0.03, 0.005, 0.8, 0.0002, 0.04 };
static const double mixed_holm[] = { 0.05, 0.12, 0.12, 0.03, 0.8, 0.0014, 0.12 };
static const double mixed_bh[] = { 0.0233333333333333,
				   0.0466666666666667,
				   0.0466666666666667,
				   0.0175,
				   0.8,
				   0.0014,
				   0.0466666666666667 };

typedef bool adjusts(const double *p, size_t nr, struct ktb_adjusted *adjusted);

static void assert_p(adjusts *adjust, const double *p, const double *known,
		     size_t nr)
{
	struct ktb_adjusted found[MOST];
	size_t i;

	assert_true(adjust(p, nr, found));
	for (i = 0; i < nr; i++)
		if (fabs(found[i].p - known[i]) > 1e-12)
			fail_msg("p %zu of %zu is %.12g, should be %.12g", i,
				 nr, found[i].p, known[i]);
}

static void test_holm(void **state)
{
	assert_p(ktb_family_holm, paper, paper_holm, MOST);
	assert_p(ktb_family_holm, mixed, mixed_holm, 7);
	assert_p(ktb_family_holm, paper, paper, 1);
}

static void test_bh(void **state)
{
	assert_p(ktb_family_bh, paper, paper_bh, MOST);
	assert_p(ktb_family_bh, mixed, mixed_bh, 7);
	assert_p(ktb_family_bh, paper, paper, 1);
}

static void test_shares(void **state)
{
	static const double apart[3] = { 0.5, 0.001, 0.1 };
	struct ktb_adjusted found[3];

	ktb_family_holm(apart, 3, found);
	assert_true(found[1].share == 1 / 3.0);
	assert_true(fabs(found[2].share - 1 / 2.0) < 1e-12);
	assert_true(found[0].share == 1);
	ktb_family_bh(apart, 3, found);
	assert_true(fabs(found[1].share - 1 / 3.0) < 1e-12);
	assert_true(fabs(found[2].share - 2 / 3.0) < 1e-12);
	assert_true(found[0].share == 1);
}

/* The interval, which leaves out 0 just if p <= alpha * share, agrees with the p. */
static void assert_agree(adjusts *adjust, const double *p, size_t nr)
{
	struct ktb_adjusted found[MOST];
	double alpha;
	size_t i;

	adjust(p, nr, found);
	for (i = 0; i < nr; i++)
		assert_true(found[i].share > 0 && found[i].share <= 1 + 1e-12);
	for (alpha = 0.00011; alpha < 0.9; alpha *= 1.07)
		for (i = 0; i < nr; i++)
			assert_true((p[i] <= alpha * found[i].share) ==
				    (found[i].p <= alpha));
}

static void test_intervals_agree(void **state)
{
	/* The second is raised to the first's by Holm. */
	static const double close[3] = { 0.0035, 0.0036, 0.9 };

	assert_agree(ktb_family_holm, paper, MOST);
	assert_agree(ktb_family_holm, mixed, 7);
	assert_agree(ktb_family_holm, close, 3);
	assert_agree(ktb_family_bh, paper, MOST);
	assert_agree(ktb_family_bh, mixed, 7);
	assert_agree(ktb_family_bh, close, 3);
}

static void test_edges(void **state)
{
	static const double zeros[3] = { 0, 1, 0 };
	struct ktb_adjusted found[3];

	assert_true(ktb_family_holm(zeros, 0, found));
	assert_true(ktb_family_bh(zeros, 0, found));
	ktb_family_holm(zeros, 3, found);
	assert_true(found[0].p == 0 && found[1].p == 1 && found[2].p == 0);
	assert_true(found[0].share > 0 && found[2].share > 0);
	ktb_family_bh(zeros, 3, found);
	assert_true(found[0].p == 0 && found[1].p == 1 && found[2].p == 0);
	assert_true(found[0].share > 0 && found[2].share > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holm),
		cmocka_unit_test(test_bh),
		cmocka_unit_test(test_shares),
		cmocka_unit_test(test_intervals_agree),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests_name("family", tests, NULL, NULL);
}
