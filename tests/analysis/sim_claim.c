// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Shares, their bounds, and what was claimed of them, as a table in Markdown.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include <gsl/gsl_cdf.h>

#include "sim_claim.h"

/* P(X <= k) of n with share p. */
static double binomial(double k, double n, double p)
{
	return gsl_cdf_beta_Q(p, k + 1, n - k);
}

double sim_claim_limit(uint64_t hits, uint64_t all, double confidence,
		       bool is_upper)
{
	const double k = (double)hits, n = (double)all;
	double low = 0, high = 1, middle = 0.5;
	size_t i;

	if (hits == (is_upper ? all : 0))
		return is_upper ? 1 : 0;
	/* GSL's inverse does not always converge; halving does. */
	for (i = 0; i < 60; i++) {
		middle = (low + high) / 2;
		if (is_upper ? binomial(k, n, middle) > 1 - confidence :
			       binomial(k - 1, n, middle) > confidence)
			low = middle;
		else
			high = middle;
	}
	return middle;
}

void sim_claim_title(const char *name, const char *columns, const char *hit)
{
	const char *at;

	printf("\n%s\n\n| %s | simulated | %s | share | 95 %% bound | claim | holds |\n|",
	       name, columns, hit);
	for (at = columns; *at; at++)
		if (*at == '|')
			printf("---|");
	printf("---|---:|---:|---:|---:|---:|---|\n");
}

bool sim_claim_row(const char *cells, uint64_t hits, uint64_t all,
		   const struct sim_claim *claim)
{
	const bool is_two = claim->bound == SIM_BOUND_WITHIN ||
			    claim->bound == SIM_BOUND_NONE;
	const double confidence = is_two ? 0.975 : 0.95;
	const double low = 100 * sim_claim_limit(hits, all, confidence, false);
	const double high = 100 * sim_claim_limit(hits, all, confidence, true);
	bool holds = true;

	printf("| %s | %" PRIu64 " | %" PRIu64 " | %.2f %% | ", cells, all,
	       hits, 100 * (double)hits / (double)all);
	switch (claim->bound) {
	case SIM_BOUND_BELOW:
		holds = high < claim->percent[0];
		printf("< %.2f %% | < %g %% | ", high, claim->percent[0]);
		break;
	case SIM_BOUND_ABOVE:
		holds = low > claim->percent[0];
		printf("> %.2f %% | > %g %% | ", low, claim->percent[0]);
		break;
	case SIM_BOUND_WITHIN:
		holds = low >= claim->percent[0] && high <= claim->percent[1];
		printf("%.2f to %.2f %% | %g to %g %% | ", low, high,
		       claim->percent[0], claim->percent[1]);
		break;
	case SIM_BOUND_NONE:
		printf("%.2f to %.2f %% | | |\n", low, high);
		return true;
	}
	printf("%s |\n", holds ? "yes" : "**NO**");
	return holds;
}
