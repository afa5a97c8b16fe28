// SPDX-License-Identifier: GPL-2.0
/*
 * The record of missed periods. Callbacks call it in interrupts when there are
 * some, so it is as bare as they are, and bounded: see ktb_missed.h.
 */
#include "missed.h"

/**
 * ktb_missed_keep() - record some periods, as far as they are in the window
 * @run: the run
 * @cell: that the caller may write
 * @metric: the distribution, among those of @cell
 * @counter: likewise: how many
 * @missed: the periods, in order
 * @came_ns: when that came which came instead
 * @times: each of them counts so often
 *
 * Context: any.
 */
void ktb_missed_keep(struct ktb_run *run, struct ktb_cell *cell, u32 metric,
		     u32 counter, const struct ktb_missed *missed, u64 came_ns,
		     u32 times)
{
	/* Pairs with the release in ktb_course_open_window(). */
	u64 span_ns = smp_load_acquire(&run->span_ns);
	struct ktb_missed in = *missed;

	ktb_missed_clip(&in, READ_ONCE(run->begin_ns), span_ns);
	ktb_missed_record(&cell->hists[metric], &in, came_ns, times);
	cell->counters[counter] += in.nr * times;
}

/**
 * ktb_schedule_miss() - moments of a thread's schedule were not served
 * @schedule: whose moments before are told
 * @until_ns: all that nothing is known of before this
 * @came_ns: when something came that they did not wait for in vain
 */
void ktb_schedule_miss(struct ktb_schedule *schedule, u64 until_ns, u64 came_ns)
{
	struct ktb_missed missed = {
		.due_ns = schedule->next_ns,
		.period_ns = schedule->period_ns,
		.nr = U32_MAX,
	};
	struct ktb_missed before;

	missed.nr = ktb_missed_before(&missed, until_ns);
	schedule->next_ns += missed.nr * missed.period_ns;
	/* What was due while something was done waited for that. */
	before = ktb_missed_take(
		&missed, ktb_missed_before(&missed, schedule->came_ns + 1));
	ktb_missed_keep(schedule->run, schedule->cell, schedule->metric,
			schedule->counter, &before, schedule->came_ns,
			schedule->times);
	ktb_missed_keep(schedule->run, schedule->cell, schedule->metric,
			schedule->counter, &missed, came_ns, schedule->times);
}
