/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts of what was simulated, what they prove, and tables of them. It knows nothing
 * of boots.
 */
#ifndef SIM_CLAIM_H
#define SIM_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

/** enum sim_bound - what is claimed of a share */
enum sim_bound {
	/* Nothing, it is told. */
	SIM_BOUND_NONE,
	/* With 95 % confidence it is less: the upper end of a one-sided interval. */
	SIM_BOUND_BELOW,
	/* Likewise, it is more. */
	SIM_BOUND_ABOVE,
	/* The two-sided 95 % interval lies between the two. */
	SIM_BOUND_WITHIN,
};

/**
 * struct sim_claim - what is claimed
 * @bound: in which direction
 * @percent: the bound, and of SIM_BOUND_WITHIN the upper one
 */
struct sim_claim {
	enum sim_bound bound;
	double percent[2];
};

/**
 * sim_claim_limit() - Clopper and Pearson's interval
 * @hits: of @all
 * @all: how often
 * @confidence: of this end alone, 0.95
 * @is_upper: the upper end
 *
 * Clopper and Pearson, The use of confidence or fiducial limits (Biometrika 26, 1934).
 *
 * Return: a share, 0 to 1.
 */
double sim_claim_limit(uint64_t hits, uint64_t all, double confidence,
		       bool is_upper);

/**
 * sim_claim_title() - begin a table
 * @name: what it shows
 * @columns: heads of the columns before the count, parted by " | "
 * @hit: head of the column of hits
 */
void sim_claim_title(const char *name, const char *columns, const char *hit);

/**
 * sim_claim_row() - a row of it
 * @cells: of the columns before the count, parted by " | "
 * @hits: so often
 * @all: of so many
 * @claim: what is claimed
 *
 * Whether it holds is the last column.
 *
 * Return: it holds.
 */
bool sim_claim_row(const char *cells, uint64_t hits, uint64_t all,
		   const struct sim_claim *claim);

#endif /* SIM_CLAIM_H */
