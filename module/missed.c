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
