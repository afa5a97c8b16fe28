// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Adjusted p-values. It may not know what was tested.
 */
#include <stdlib.h>

#include <gsl/gsl_sort.h>

#include "family.h"

static double at_most_one(double p)
{
	return p < 1 ? p : 1;
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
		struct ktb_adjusted *this = &adjusted[order[i]];

		this->p = at_most_one(tests * p[order[i]]);
		if (this->p < worst)
			this->p = worst;
		worst = this->p;
		this->share = 1 / tests;
	}
	free(order);
	return true;
}

bool ktb_family_bh(const double *p, size_t nr, struct ktb_adjusted *adjusted)
{
	size_t *order = malloc((nr + 1) * sizeof(*order));
	double best = 1;
	size_t i;

	if (!order)
		return false;
	gsl_sort_index(order, p, 1, nr);
	for (i = nr; i--;) {
		const double share = (double)(i + 1) / (double)nr;
		struct ktb_adjusted *this = &adjusted[order[i]];

		this->p = at_most_one(p[order[i]] / share);
		if (this->p > best)
			this->p = best;
		best = this->p;
		this->share = share;
	}
	free(order);
	return true;
}
