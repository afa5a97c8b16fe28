/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Periods that nothing was done at, compiled in the kernel and in the user space
 * companions alike. What they are late by is an arithmetic progression, so that
 * any number of them costs at most a step for each bucket: a CPU that was away
 * for ten seconds is not kept for longer by its record. No call, lock or
 * division; it knows nothing of who measures.
 */
#ifndef KTB_MISSED_H
#define KTB_MISSED_H

#include <linux/types.h>

#include "ktb_record.h"

/**
 * struct ktb_missed - periods in a row that nothing was done at
 * @due_ns: of the first of them
 * @period_ns: from one to the next, above zero
 * @nr: how many
 */
struct ktb_missed {
	__u64 due_ns;
	__u64 period_ns;
	__u64 nr;
};

/**
 * ktb_missed_steps() - how often a step fits into a span
 * @span: any
 * @step: above zero
 *
 * Return: @span / @step, rounded down.
 */
static inline __u64 ktb_missed_steps(__u64 span, __u64 step)
{
	__u64 part = step, some = 1, steps = 0;

	while (part <= span >> 1) {
		part <<= 1;
		some <<= 1;
	}
	for (; some; part >>= 1, some >>= 1) {
		if (span < part)
			continue;
		span -= part;
		steps += some;
	}
	return steps;
}

/**
 * ktb_missed_before() - how many of some periods are due before a moment
 * @missed: the periods
 * @moment_ns: on their clock
 */
static inline __u64 ktb_missed_before(const struct ktb_missed *missed,
				      __u64 moment_ns)
{
	if (!missed->nr || moment_ns <= missed->due_ns)
		return 0;
	/* Mostly all of them: nothing to divide. */
	if ((unsigned __int128)(missed->nr - 1) * missed->period_ns <
	    moment_ns - missed->due_ns)
		return missed->nr;
	return 1 + ktb_missed_steps(moment_ns - missed->due_ns - 1,
				    missed->period_ns);
}

/**
 * ktb_missed_take() - the first of some periods; the rest are left
 * @missed: the periods; those that are left after it
 * @nr: how many to take, at most all
 */
static inline struct ktb_missed ktb_missed_take(struct ktb_missed *missed,
						__u64 nr)
{
	struct ktb_missed taken = *missed;

	taken.nr = nr;
	missed->due_ns += nr * missed->period_ns;
	missed->nr -= nr;
	return taken;
}

/**
 * ktb_missed_clip() - leave those of some periods that are due in a window
 * @missed: the periods
 * @begin_ns: first due time that counts
 * @span_ns: length of the window; zero if there is none
 */
static inline void ktb_missed_clip(struct ktb_missed *missed, __u64 begin_ns,
				   __u64 span_ns)
{
	ktb_missed_take(missed, ktb_missed_before(missed, begin_ns));
	missed->nr = span_ns ? ktb_missed_before(missed, begin_ns + span_ns) :
			       0;
}

/* A third, among the whole numbers below 2^128: 3 times this is 1. */
#define KTB_MISSED_THIRD                                    \
	(((unsigned __int128)0xaaaaaaaaaaaaaaaaULL << 64) | \
	 0xaaaaaaaaaaaaaaabULL)

/*
 * Sums over k = 0 ... n - 1 of v + kp and of its square, by the sums of k and of
 * k^2, n(n - 1)/2 and n(n - 1)(2n - 1)/6. The last division has no remainder,
 * which makes it a multiplication.
 */
static inline void ktb_missed_sum(struct ktb_hist_area *hist, __s64 value_ns,
				  __u64 step_ns, __u64 nr, __u32 times)
{
	const unsigned __int128 n = nr, step = step_ns;
	const unsigned __int128 value = (unsigned __int128)(__int128)value_ns;
	const unsigned __int128 sum_k = n * (n - 1) >> 1;
	const unsigned __int128 sum_kk = sum_k * (2 * n - 1) * KTB_MISSED_THIRD;
	const unsigned __int128 sumsq =
		(n * value * value + 2 * value * step * sum_k +
		 step * step * sum_kk) *
		times;
	const __u64 low = (__u64)sumsq;

	hist->count += nr * times;
	hist->sum = (__s64)((__u64)hist->sum +
			    (__u64)(n * value + step * sum_k) * times);
	hist->sumsq_lo += low;
	hist->sumsq_hi += (__u64)(sumsq >> 64) + (hist->sumsq_lo < low);
}

/* A step for each bucket that holds one of them. */
static inline void ktb_missed_fill(struct ktb_hist_area *hist, __u64 value_ns,
				   __u64 step_ns, __u64 nr, __u32 times)
{
	__u64 some;
	__u32 index;

	for (; nr; nr -= some) {
		index = ktb_hist_index(value_ns);
		if (index >= KTB_HIST_NR) {
			hist->overflow += nr * times;
			return;
		}
		some = 1 + ktb_missed_steps(ktb_hist_high(index) - value_ns,
					    step_ns);
		if (some > nr)
			some = nr;
		hist->bucket[index] += some * times;
		value_ns += some * step_ns;
	}
}

/**
 * ktb_missed_record() - how late some periods were, into a distribution
 * @hist: of this CPU and context
 * @missed: the periods; there may be none
 * @came_ns: when that came which came instead
 * @times: each of them counts so often
 *
 * Leaves what ktb_record_add() would leave that is called for each of them. What
 * came before a period was due is counted as early.
 */
static inline void ktb_missed_record(struct ktb_hist_area *hist,
				     const struct ktb_missed *missed,
				     __u64 came_ns, __u32 times)
{
	const __u64 step_ns = missed->period_ns;
	const __s64 max_ns = (__s64)(came_ns - missed->due_ns);
	__u64 nr = missed->nr, early;
	__s64 min_ns;

	if (!nr)
		return;
	min_ns = max_ns - (__s64)((nr - 1) * step_ns);
	ktb_missed_sum(hist, min_ns, step_ns, nr, times);
	if (min_ns < hist->min)
		hist->min = min_ns;
	if (max_ns > hist->max)
		hist->max = max_ns;

	early = nr - ktb_missed_before(missed, came_ns + 1);
	hist->early += early * times;
	ktb_missed_fill(hist, (__u64)min_ns + early * step_ns, step_ns,
			nr - early, times);
}

#endif /* KTB_MISSED_H */
