/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The phases that a workload's primary metric is made of, one behind the other.
 * It knows figures and nothing of pictures.
 */
#ifndef KTB_PHASES_H
#define KTB_PHASES_H

#include "summary.h"

#define KTB_PHASES_MAX 8

/**
 * struct ktb_phases - the means of a cell's phases, in order of time
 * @metric: the phases
 * @mean: what each contributes to the mean of the whole, in its unit
 * @nr: entries there
 * @nr_left_out: phases that are one too many
 * @sum: of the means
 * @whole: mean of the primary metric, of the periods that were served
 * @is_whole: the phases add up to the whole, but for rounding
 */
struct ktb_phases {
	const struct ktb_metric *metric[KTB_PHASES_MAX];
	int64_t mean[KTB_PHASES_MAX];
	size_t nr;
	size_t nr_left_out;
	int64_t sum;
	int64_t whole;
	bool is_whole;
};

/**
 * ktb_phases_make() - what a cell's primary metric is made of
 * @phases: filled in
 * @summary: a cell
 *
 * Means are taken over all samples of the primary metric: a phase that some of
 * them do not have contributes less.
 *
 * Return: false when the workload has no phases, or the cell no samples.
 */
bool ktb_phases_make(struct ktb_phases *phases,
		     const struct ktb_summary *summary);

#endif /* KTB_PHASES_H */
