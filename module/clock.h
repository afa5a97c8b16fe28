/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The clock of all samples, and where jiffies lie on it. Knows no workload.
 */
#ifndef KTB_CLOCK_H
#define KTB_CLOCK_H

#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/ktbench.h>

/**
 * ktb_clock_ns() - now
 *
 * ktime_get() and not its NMI-safe relative: it is the clock that the kernel
 * compares hrtimers with, so that "early" means early; the fast one may stand
 * a little behind it during an update.
 *
 * Return: CLOCK_MONOTONIC, ns.
 */
static __always_inline u64 ktb_clock_ns(void)
{
	return ktime_to_ns(ktime_get());
}

/**
 * struct ktb_clock_edge - one known edge of jiffies on CLOCK_MONOTONIC
 * @jiffy: a value of jiffies
 * @ns: when jiffies became that, at the earliest
 * @remainder_ns: how much later than a multiple of TICK_NSEC it was seen to
 *	change, at best
 * @is_known: @ns is told in less than ticks
 */
struct ktb_clock_edge {
	unsigned long jiffy;
	u64 ns;
	u64 remainder_ns;
	bool is_known;
};

extern struct ktb_clock_edge ktb_clock_edge;
extern u64 ktb_clock_cost_ps[KTB_NR_CLOCKS];

/**
 * ktb_clock_edge_ns() - when a jiffy begins
 * @jiffy: a value of jiffies, past or to come
 *
 * Source: tick_init_jiffy_update() and tick_do_update_jiffies64() in
 * kernel/time/tick-sched.c, which keep the updates whole ticks apart.
 *
 * Return: CLOCK_MONOTONIC, ns.
 */
static __always_inline u64 ktb_clock_edge_ns(unsigned long jiffy)
{
	return ktb_clock_edge.ns +
	       (long)(jiffy - ktb_clock_edge.jiffy) * TICK_NSEC;
}

bool ktb_clock_edge_is_known(void);
void ktb_clock_init(void);

#endif /* KTB_CLOCK_H */
