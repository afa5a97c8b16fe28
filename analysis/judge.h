/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From readings to verdicts: the rule. It knows nothing of files and formats, so that
 * the simulator of the tests can put it to the test.
 *
 * A figure has *regressed* if the interval around its effect (Welch on logarithms of
 * boots, adjusted for the family) excludes 0 and the estimate is more than delta;
 * *improved* mirrors that (of a rate, where more is better, they are the other way
 * round); it is *unchanged* if the interval lies within the margin; else it is *too
 * noisy*. A delta that the job file declares is both. Where it is `auto`, delta is the
 * deviation between the boots of the quieter side, and the margin twice that; both are
 * 1 % at least and 10 % at most. In any case delta is at least what the clock can tell.
 * None of it depends on which side is called A: swapped, a regression is an improvement
 * of the same size.
 */
#ifndef KTB_JUDGE_H
#define KTB_JUDGE_H

#include "quantity.h"

#define KTB_JUDGE_ALPHA	     0.01
/* Of delta and margin that follow the noise. */
#define KTB_JUDGE_AUTO_LEAST 0.01
#define KTB_JUDGE_AUTO_MOST  0.10

/**
 * struct ktb_rule - how strict
 * @alpha: of a whole comparison
 * @nr_looks: how often the boots may be looked at before they are all there; alpha
 *	is shared out evenly among the looks (Bonferroni over looks); 1 or 0: once
 * @seed: of permutations that are drawn
 * @is_quick: leave out the permutation test, on which no verdict rests; its p is 1
 */
struct ktb_rule {
	double alpha;
	unsigned int nr_looks;
	uint64_t seed;
	bool is_quick;
};

/**
 * struct ktb_outcome - of all figures together
 * @verdict: of the gated ones: no verdict if one of them has none, else regressed if
 *	one has, else too noisy, improved, unchanged
 * @gated: counts by enum ktb_verdict
 * @rest: likewise, of the others
 * @boots_needed: a side, so that no gated figure is too noisy any more
 */
struct ktb_outcome {
	enum ktb_verdict verdict;
	size_t gated[KTB_NR_VERDICTS];
	size_t rest[KTB_NR_VERDICTS];
	size_t boots_needed;
};

/**
 * ktb_judge() - judge figures
 * @quantities: their readings are there; the rest is filled in. One that has a
 *	@reason already, or lost samples, gets no verdict
 * @nr: how many
 * @rule: how strict
 * @outcome: filled in
 *
 * Return: false when there is no memory.
 */
bool ktb_judge(struct ktb_quantity *quantities, size_t nr,
	       const struct ktb_rule *rule, struct ktb_outcome *outcome);

/**
 * ktb_judge_sum_up() - one verdict of many
 * @gated: counts of the gated figures by enum ktb_verdict
 *
 * Return: see struct ktb_outcome; no verdict if there are no figures.
 */
enum ktb_verdict ktb_judge_sum_up(const size_t *gated);

#endif /* KTB_JUDGE_H */
