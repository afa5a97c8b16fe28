/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pairs of CPUs: what the primary metric is on one when another one wakes or
 * arms. Gathered from cells that differ in nothing but `arm_on`. It knows
 * summaries and nothing of pictures.
 */
#ifndef KTB_PAIRS_H
#define KTB_PAIRS_H

#include "series.h"

/* The key of job files in which the cells differ. */
#define KTB_PAIRS_PARAM "arm_on"

/**
 * struct ktb_pair - two CPUs, which may be the same
 * @cpu: that took the samples
 * @arm_cpu: that armed or woke
 * @brief: what was measured
 */
struct ktb_pair {
	int cpu;
	int arm_cpu;
	const struct ktb_brief *brief;
};

/**
 * struct ktb_pairs - all pairs of a series
 * @at: by @cpu, then by @arm_cpu, each pair once
 * @nr: entries there
 * @nr_again: pairs that other cells had with fewer samples, which are left out
 * @samples: of those in @at
 * @lost: by the cells
 */
struct ktb_pairs {
	struct ktb_pair *at;
	size_t nr;
	size_t nr_again;
	uint64_t samples;
	uint64_t lost;
};

/**
 * ktb_pairs_make() - gather the pairs of a series
 * @pairs: filled in; free it in any case
 * @series: cells that differ in KTB_PAIRS_PARAM
 *
 * Return: false when there is no memory.
 */
bool ktb_pairs_make(struct ktb_pairs *pairs, const struct ktb_series *series);

/**
 * ktb_pairs_is_matrix() - do they say more than a figure a CPU?
 * @pairs: made
 *
 * Return: whether some CPU has figures from two others.
 */
bool ktb_pairs_is_matrix(const struct ktb_pairs *pairs);

/**
 * ktb_pairs_free() - free everything
 * @pairs: made, or tried to
 */
void ktb_pairs_free(struct ktb_pairs *pairs);

/**
 * ktb_pairs_in() - does a job have pairs that are a matrix?
 * @findings: gathered
 * @job: the job
 *
 * Return: whether it does.
 */
bool ktb_pairs_in(const struct ktb_findings *findings,
		  const struct ktb_job *job);

#endif /* KTB_PAIRS_H */
