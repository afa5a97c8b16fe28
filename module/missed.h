/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Periods of a run that nothing was done at: they count, and how late they were
 * is recorded, if they are due in its window. Knows no workload.
 */
#ifndef KTB_MISSED_PERIODS_H
#define KTB_MISSED_PERIODS_H

#include <ktb_missed.h>

#include "workload.h"

/**
 * struct ktb_schedule - what became of the moments of a thread's schedule
 * @run: the run
 * @cell: where missed ones go; whoever tells what was served may write it
 * @metric: their distribution, among those of @cell
 * @counter: their counter, likewise
 * @times: each of them counts so often
 * @period_ns: from one moment to the next
 * @next_ns: the first moment that nothing is known of yet
 * @came_ns: when the last one that was served came
 *
 * What is served at one moment may take so long that others pass. A missed one is
 * as late as the first that came when it was due, or after that.
 */
struct ktb_schedule {
	struct ktb_run *run;
	struct ktb_cell *cell;
	u32 metric;
	u32 counter;
	u32 times;
	u64 period_ns;
	u64 next_ns;
	u64 came_ns;
};

void ktb_missed_keep(struct ktb_run *run, struct ktb_cell *cell, u32 metric,
		     u32 counter, const struct ktb_missed *missed, u64 came_ns,
		     u32 times);
void ktb_schedule_miss(struct ktb_schedule *schedule, u64 until_ns,
		       u64 came_ns);

/**
 * ktb_schedule_serve() - what was done at a moment has come
 * @schedule: whose moments before are told
 * @due_ns: the moment, or less than a period after it
 * @came_ns: when it came
 */
static __always_inline void ktb_schedule_serve(struct ktb_schedule *schedule,
					       u64 due_ns, u64 came_ns)
{
	if (unlikely((s64)(due_ns - schedule->next_ns) >=
		     (s64)schedule->period_ns))
		ktb_schedule_miss(schedule, due_ns - schedule->period_ns + 1,
				  came_ns);
	schedule->came_ns = came_ns;
	/* Pairs with the acquire in ktb_schedule_has_passed(). */
	smp_store_release(&schedule->next_ns,
			  schedule->next_ns + schedule->period_ns);
}

/**
 * ktb_schedule_has_passed() - has each moment before another been told?
 * @schedule: of any thread
 * @end_ns: that other
 */
static inline bool ktb_schedule_has_passed(struct ktb_schedule *schedule,
					   u64 end_ns)
{
	/* Pairs with the release in ktb_schedule_serve(). */
	return smp_load_acquire(&schedule->next_ns) >= end_ns;
}

/**
 * ktb_schedule_skip() - the first moment of a schedule that is not past
 * @next_ns: one of its moments
 * @period_ns: from one to the next
 * @now_ns: now
 */
static __always_inline u64 ktb_schedule_skip(u64 next_ns, u64 period_ns,
					     u64 now_ns)
{
	if (unlikely(next_ns <= now_ns))
		next_ns += period_ns *
			   (1 + ktb_missed_steps(now_ns - next_ns, period_ns));
	return next_ns;
}

#endif /* KTB_MISSED_PERIODS_H */
