// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Adjusted p-values. It may not know what was tested.
 */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sort.h>

#include "family.h"

/*
 * The interval excludes 0 just if the adjusted p is at most alpha: of a test whose p
 * was raised or lowered to that of another one, its share of alpha moves with it.
 */
static void set(struct ktb_adjusted *adjusted, double p, double raised,
		double share)
{
	adjusted->share = raised > 0 ? p / raised : share;
	adjusted->p = raised < 1 ? raised : 1;
}

bool ktb_family_holm(const double *p, size_t nr, struct ktb_adjusted *adjusted)
{
	size_t *order = malloc((nr + 1) * sizeof(*order));
	double worst = 0;
	size_t i;

	if (!order)
		return false;
	gsl_sort_index(order, p, 1, nr);
	for (i = 0; i < nr; i++) {
		const double tests = (double)(nr - i);
		const double this = p[order[i]];

		worst = fmax(worst, tests * this);
		set(&adjusted[order[i]], this, worst, 1 / tests);
	}
	free(order);
	return true;
}

bool ktb_family_bh(const double *p, size_t nr, struct ktb_adjusted *adjusted)
{
	size_t *order = malloc((nr + 1) * sizeof(*order));
	double best = INFINITY;
	size_t i;

	if (!order)
		return false;
	gsl_sort_index(order, p, 1, nr);
	for (i = nr; i--;) {
		const double share = (double)(i + 1) / (double)nr;
		const double this = p[order[i]];

		best = fmin(best, this / share);
		set(&adjusted[order[i]], this, best, share);
	}
	free(order);
	return true;
}
