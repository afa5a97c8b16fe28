/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two kernels, compared: everything that is to be said of it, in memory, before a
 * word is printed. Formats are out_compare_<format>.c.
 */
#ifndef KTB_COMPARE_H
#define KTB_COMPARE_H

#include "changes.h"
#include "fingerprint.h"
#include "judge.h"

/* The looks of sequential mode, boots a side. */
#define KTB_COMPARE_LOOKS_MAX 20

/**
 * struct ktb_compare_options - how to compare
 * @alpha: of the whole comparison
 * @seed: of permutations that are drawn
 * @looks: boots a side at which one looks, ascending; empty: all there are, once
 * @nr_looks: entries there
 * @expected: names of facts that are meant to differ, parted by commas, or NULL
 * @is_forced: compare in spite of what differs, and say so
 * @is_both_ways: what has improved is to be looked at as well: status 1
 * @tolerance: of the exact lane, in percent
 */
struct ktb_compare_options {
	double alpha;
	uint64_t seed;
	size_t looks[KTB_COMPARE_LOOKS_MAX];
	size_t nr_looks;
	const char *expected;
	bool is_forced;
	bool is_both_ways;
	unsigned int tolerance;
};

/**
 * struct ktb_comparison - two kernels, compared
 * @side: A and B; of the exact lane, results or what `ktbench figures` wrote, no boots
 * @title: of A and of B: a path, as it was given
 * @kernel: of A and of B: release
 * @lane: of both
 * @lane_detail: of A
 * @differences: of their environments
 * @quantities: in the order of A's plan, those of all CPUs before those of single
 *	ones; each cell's together
 * @nr: entries there
 * @outcome: of all of them
 * @options: as they were given
 * @look: sequential mode: number of this look, from 1; else 0
 * @is_between_looks: sequential mode: there are not as many boots as a look wants;
 *	the last look that is past decides
 * @used: boots of each side that were used
 * @samples: of the primary metrics of all cells, on each side
 * @lost: samples that were lost on each side
 * @missed: periods that were missed on each side
 * @figures: of the exact lane: what is compared
 * @changes: of the exact lane: figure by figure
 * @nr_odd: of the exact lane: results of each side that are not as most of it
 */
struct ktb_comparison {
	struct ktb_side side[2];
	char *title[2];
	char *kernel[2];
	enum ktb_lane lane;
	char *lane_detail;
	struct ktb_differences differences;
	struct ktb_quantity *quantities;
	size_t nr;
	struct ktb_outcome outcome;
	struct ktb_compare_options options;
	size_t look;
	bool is_between_looks;
	size_t used[2];
	uint64_t samples[2];
	uint64_t lost[2];
	uint64_t missed[2];
	json_t *figures[2];
	struct ktb_changes changes;
	size_t nr_odd[2];
};

/**
 * ktb_compare() - compare two sets of results
 * @comparison: filled in; free it in any case
 * @path: A and B: see ktb_side_read()
 * @options: how
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when there is nothing to compare, or something differs
 * that should not and @options does not force it (@comparison->differences are then
 * filled in); KTB_FAULT_SYSTEM.
 */
int ktb_compare(struct ktb_comparison *comparison, const char *const path[2],
		const struct ktb_compare_options *options,
		struct ktb_fault *fault);

/** ktb_compare_free() - free what a comparison holds; not the struct itself */
void ktb_compare_free(struct ktb_comparison *comparison);

/**
 * ktb_compare_status() - what a comparison asks to exit with
 * @comparison: made
 *
 * Return: 0 unchanged or improved (1 if that was asked for), 1 regressed, 3 too noisy,
 * 6 no verdict.
 */
int ktb_compare_status(const struct ktb_comparison *comparison);

/**
 * ktb_compare_worst_cpu() - which CPU a change over all CPUs comes from
 * @comparison: made
 * @quantity: one of all CPUs
 *
 * Return: of those CPUs whose own figure has the same verdict, the one with the largest
 * effect; NULL if there is none, or if all CPUs have that verdict and none has an
 * effect twice as large as the median's.
 */
const struct ktb_quantity *
ktb_compare_worst_cpu(const struct ktb_comparison *comparison,
		      const struct ktb_quantity *quantity);

/* Points of a shift function. */
#define KTB_COMPARE_POINTS 13

/**
 * struct ktb_shift - the whole distribution of a metric of a cell, B against A
 * @hist: of each side, all boots together; for pictures, no test stands on it
 * @ppm: quantiles, ascending
 * @effect: of each quantile; @is_told says whether there is one
 * @is_told: the quantile is supported in two boots a side at least
 */
struct ktb_shift {
	struct ktb_histogram hist[2];
	uint32_t ppm[KTB_COMPARE_POINTS];
	struct ktb_effect effect[KTB_COMPARE_POINTS];
	bool is_told[KTB_COMPARE_POINTS];
};

/**
 * ktb_compare_shift() - read a metric's distributions again
 * @comparison: made, not of the exact lane
 * @quantity: names job, cell, metric and CPU
 * @shift: filled in
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_compare_shift(const struct ktb_comparison *comparison,
		      const struct ktb_quantity *quantity,
		      struct ktb_shift *shift, struct ktb_fault *fault);

#endif /* KTB_COMPARE_H */
