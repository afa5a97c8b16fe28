// SPDX-License-Identifier: GPL-2.0
/*
 * Calibration, once, at load: where the edges of jiffies lie on
 * CLOCK_MONOTONIC, and what reading each clock costs.
 */
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/preempt.h>
#include <linux/timex.h>

#include "clock.h"

#define KTB_EDGE_TICKS	24
#define KTB_COST_READS	1000
#define KTB_COST_ROUNDS 5

struct ktb_clock_edge ktb_clock_edge;
u64 ktb_clock_cost_ps[KTB_NR_CLOCKS];

/* Spin until jiffies change; return the time just after. */
static u64 ktb_clock_next_edge(unsigned long *jiffy)
{
	unsigned long before = READ_ONCE(jiffies);

	while (READ_ONCE(jiffies) == before)
		cpu_relax();
	*jiffy = READ_ONCE(jiffies);
	return ktb_clock_ns();
}

/*
 * Each change is seen late, never early, so the earliest one (taken back to
 * one common jiffy) is nearest the edge; the edge itself is the multiple of
 * TICK_NSEC before it.
 */
static void ktb_clock_find_edge(void)
{
	unsigned long base = jiffies, jiffy;
	u64 best_ns = U64_MAX, seen_ns, rem;
	int i;

	for (i = 0; i < KTB_EDGE_TICKS; i++) {
		seen_ns = ktb_clock_next_edge(&jiffy);
		seen_ns -= (jiffy - base) * TICK_NSEC;
		best_ns = min(best_ns, seen_ns);
	}

	div64_u64_rem(best_ns, TICK_NSEC, &rem);
	ktb_clock_edge.jiffy = base;
	ktb_clock_edge.ns = best_ns - rem;
	ktb_clock_edge.remainder_ns = rem;
}

/**
 * ktb_clock_edge_is_known() - may lateness be told in less than ticks?
 *
 * Return: true if an edge was seen within an eighth of a tick of where theory
 * puts it; a skewed tick (skew_tick=1) or a stalled vCPU gives false.
 */
bool ktb_clock_edge_is_known(void)
{
	return ktb_clock_edge.remainder_ns < TICK_NSEC / 8;
}

#define KTB_CLOCK_COST(which, read)                                         \
	do {                                                                \
		u64 best_ns = U64_MAX, from_ns;                             \
		int round, i;                                               \
                                                                            \
		for (round = 0; round < KTB_COST_ROUNDS; round++) {         \
			local_irq_disable();                                \
			from_ns = ktb_clock_ns();                           \
			for (i = 0; i < KTB_COST_READS; i++)                \
				(void)(read);                               \
			best_ns = min(best_ns, ktb_clock_ns() - from_ns);   \
			local_irq_enable();                                 \
		}                                                           \
		ktb_clock_cost_ps[which] = best_ns * 1000 / KTB_COST_READS; \
	} while (0)

static void ktb_clock_find_costs(void)
{
	KTB_CLOCK_COST(KTB_CLOCK_MONOTONIC, ktime_get());
	KTB_CLOCK_COST(KTB_CLOCK_MONOTONIC_FAST, ktime_get_mono_fast_ns());
	KTB_CLOCK_COST(KTB_CLOCK_BOOTTIME, ktime_get_boottime());
	KTB_CLOCK_COST(KTB_CLOCK_CYCLES, get_cycles());
}

/**
 * ktb_clock_init() - calibrate; takes some 25 ticks
 *
 * Context: a thread that may sleep.
 */
void ktb_clock_init(void)
{
	ktb_clock_find_edge();
	ktb_clock_find_costs();
}
