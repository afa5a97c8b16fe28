/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Change points of a series: where the distribution of its values changes, and
 * how sure that is. E-divisive: Matteson and James, A Nonparametric Approach for
 * Multiple Change Point Analysis of Multivariate Data, JASA 109 (2014), with
 * exponent 1; used on performance tests by Daly et al., The Use of Change Point
 * Detection to Identify Software Performance Regressions in a Continuous
 * Integration System, ICPE 2020. It knows arrays of numbers, and nothing of
 * results, metrics or files.
 */
#ifndef KTB_EDIVISIVE_H
#define KTB_EDIVISIVE_H

#include <stdbool.h>
#include <stddef.h>

/* A segment has at least so many points: what is newer cannot be judged yet. */
#define KTB_EDIVISIVE_LEAST	   3
/* Of the permutation test; p is a multiple of 1 / (this + 1). */
#define KTB_EDIVISIVE_PERMUTATIONS 999
/* With a larger lag-1 correlation of the residuals blocks are permuted. */
#define KTB_EDIVISIVE_CORRELATED   0.2

/**
 * struct ktb_edivisive_change - one change point
 * @at: index of the first point behind it
 * @first: index of the first point of the segment before it
 * @end: index behind the last point of the segment after it
 * @exceeded: permutations, the identity among them, whose statistic is as large:
 *	p is this / (KTB_EDIVISIVE_PERMUTATIONS + 1)
 * @block: length of the blocks that were permuted, 1 for single points
 */
struct ktb_edivisive_change {
	size_t at;
	size_t first;
	size_t end;
	unsigned int exceeded;
	size_t block;
};

/**
 * struct ktb_edivisive - the change points of a series
 * @changes: ascending
 * @nr: entries there
 */
struct ktb_edivisive {
	struct ktb_edivisive_change *changes;
	size_t nr;
};

/**
 * ktb_edivisive_find() - find the change points of a series
 * @found: filled in; free it in any case
 * @value: the series in the order of time, finite numbers
 * @nr: entries there; a series of fewer than 2 * KTB_EDIVISIVE_LEAST has no
 *	change that could be found
 * @alpha: the largest p of a change, from 0.001 to below 1
 * @seed: of the permutations; the same seed finds the same
 *
 * One change after another is looked for, the clearest first: the best split of
 * any segment, held against the best splits of the same segments permuted. The
 * test ends as soon as p can no longer be @alpha or less. A step takes
 * O(n log n) a permutation. When what is left between the changes is correlated,
 * all is done once more and blocks of points are permuted.
 *
 * Return: false when there is no memory.
 */
bool ktb_edivisive_find(struct ktb_edivisive *found, const double *value,
			size_t nr, double alpha, unsigned long seed);

/**
 * ktb_edivisive_free() - free the change points
 * @found: found, or tried to, or all zero
 */
void ktb_edivisive_free(struct ktb_edivisive *found);

/**
 * ktb_edivisive_p() - how likely a change is by chance
 * @change: the change
 *
 * Return: the p-value of the permutation test.
 */
double ktb_edivisive_p(const struct ktb_edivisive_change *change);

#endif /* KTB_EDIVISIVE_H */
