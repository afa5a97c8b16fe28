/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures that are made up, for the tests of the rule: their effects and intervals can
 * be worked out by hand. Part of one test program.
 */
#ifndef MADE_FIGURES_H
#define MADE_FIGURES_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/judge.h"

#define BOOTS 12

/**
 * struct made - a figure that was made up
 * @center: of A and B, ns
 * @spread: of A and B: boots lie so much above and below, as a share
 * @boots: of A and B
 * @delta_ppm: as declared
 * @step: of the clock
 */
struct made {
	double center[2];
	double spread[2];
	size_t boots[2];
	int64_t delta_ppm;
	double step;
};

static const struct ktb_rule rule = { .alpha = KTB_JUDGE_ALPHA, .seed = 1 };

static struct ktb_reading readings[16][2][BOOTS];
static struct ktb_quantity figures[16];

/* Half of the boots above the center and half below: the logarithms' mean is its. */
static inline void make(size_t i, const struct made *made)
{
	size_t side, k;

	memset(&figures[i], 0, sizeof(figures[i]));
	figures[i].is_gated = true;
	figures[i].delta_ppm = made->delta_ppm;
	figures[i].step = made->step;
	for (side = 0; side < 2; side++) {
		figures[i].readings[side] = readings[i][side];
		figures[i].nr[side] = made->boots[side];
		for (k = 0; k < made->boots[side]; k++)
			readings[i][side][k].value =
				made->center[side] *
				exp((k % 2 ? 1 : -1) *
				    log1p(made->spread[side]));
	}
}

static inline enum ktb_verdict judge_one(const struct made *made)
{
	struct ktb_outcome outcome;

	make(0, made);
	assert_true(ktb_judge(figures, 1, &rule, &outcome));
	assert_int_equal(outcome.verdict, figures[0].verdict);
	assert_int_equal(outcome.gated[figures[0].verdict], 1);
	assert_true(isfinite(figures[0].low) && isfinite(figures[0].high));
	return figures[0].verdict;
}

static inline void assert_near(double found, double known)
{
	if (fabs(found - known) > 1e-9)
		fail_msg("%.12g, should be %.12g", found, known);
}

#endif /* MADE_FIGURES_H */
