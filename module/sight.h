/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a callback saw: how often it ran, and of the last time where, when and in
 * which context. One writer, the callback; the check reads when it has run.
 */
#ifndef KTB_SIGHT_H
#define KTB_SIGHT_H

#include <linux/sched.h>
#include <linux/types.h>

struct ktb_trial;

/**
 * struct ktb_sight - what one callback saw
 * @times: how often it has run
 * @cpu: where, the last time
 * @order: running number over all callbacks of the machine
 * @jiffy: jiffies
 * @time_ns: CLOCK_MONOTONIC
 * @preempt_count: what interrupts are nested there, and more
 * @in_softirq: a softirq is being served, be it in a thread
 * @in_hardirq: an interrupt is being served
 * @irqs_off: no interrupt could come
 * @comm: of the task that ran it or was interrupted
 */
struct ktb_sight {
	u32 times;
	u32 cpu;
	u32 order;
	unsigned long jiffy;
	u64 time_ns;
	u32 preempt_count;
	bool in_softirq;
	bool in_hardirq;
	bool irqs_off;
	char comm[TASK_COMM_LEN];
};

void ktb_sight_take(struct ktb_sight *sight);
void ktb_sight_say(struct ktb_trial *trial, const struct ktb_sight *sight);
bool ktb_sight_wait(struct ktb_trial *trial, const struct ktb_sight *sight,
		    u32 times);

/**
 * ktb_sight_times() - how often the callback has run
 * @sight: any
 *
 * Return: a count; all that the callback saw so far can be read after it.
 */
static inline u32 ktb_sight_times(const struct ktb_sight *sight)
{
	/* Pairs with the release in ktb_sight_take(). */
	return smp_load_acquire(&sight->times);
}

#endif /* KTB_SIGHT_H */
