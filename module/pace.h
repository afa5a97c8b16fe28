/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a thread waits for a moment, and the pace of one that does something once
 * a period: on an absolute schedule, never "previous plus period". Does not know
 * what is done, nor what became of moments that passed: struct ktb_schedule does.
 */
#ifndef KTB_PACE_H
#define KTB_PACE_H

#include "workload.h"

/**
 * struct ktb_pace - the schedule of one thread, which alone writes it
 * @run: the run
 * @period_ns: from one moment to the next
 * @random: stream of phases
 * @next_ns: the moment that is next, CLOCK_MONOTONIC
 */
struct ktb_pace {
	struct ktb_run *run;
	u64 period_ns;
	u64 random;
	u64 next_ns;
};

/**
 * ktb_pace_has_passed() - has all been done that was due before a moment?
 * @pace: of any thread
 * @end_ns: that moment, CLOCK_MONOTONIC
 */
static inline bool ktb_pace_has_passed(struct ktb_pace *pace, u64 end_ns)
{
	/* Pairs with the release in ktb_pace_advance(). */
	return smp_load_acquire(&pace->next_ns) >= end_ns;
}

void ktb_pace_sleep_until(u64 due_ns);
void ktb_pace_init(struct ktb_pace *pace, struct ktb_run *run, u32 place,
		   u64 period_ns);
void ktb_pace_begin(struct ktb_pace *pace);
void ktb_pace_advance(struct ktb_pace *pace, u64 from_ns);
long ktb_pace_keep(struct ktb_pace *pace, void (*once)(void *data), void *data);

#endif /* KTB_PACE_H */
