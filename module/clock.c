// SPDX-License-Identifier: GPL-2.0
/*
 * Calibration, once, at load: where the edges of jiffies lie on
 * CLOCK_MONOTONIC, and what reading each clock costs.
 */
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timex.h>

#include "clock.h"

#define KTB_EDGE_TICKS	24
/* No more than this, however late the edges are seen. */
#define KTB_EDGE_MOST	250
/* Looks that must agree, and how far apart they may be. */
#define KTB_EDGE_AGREE	3
#define KTB_EDGE_NEAR	(TICK_NSEC / 16)
#define KTB_COST_READS	1000
#define KTB_COST_ROUNDS 5

struct ktb_clock_edge ktb_clock_edge;
u64 ktb_clock_cost_ps[KTB_NR_CLOCKS];

/**
 * struct ktb_edge_search - looks at jiffies and the clock together
 * @lock: all CPUs look
 * @base: the jiffy that all looks are taken back to
 * @best_ns: the earliest look
 * @nr_near: looks that are near it
 */
struct ktb_edge_search {
	raw_spinlock_t lock;
	unsigned long base;
	u64 best_ns;
	u32 nr_near;
};

/* Jiffies first: they may be behind the clock, and never ahead of it. */
static void ktb_clock_look(void *data)
{
	struct ktb_edge_search *search = data;
	unsigned long jiffy = READ_ONCE(jiffies);
	u64 seen_ns = ktb_clock_ns();
	unsigned long flags;

	seen_ns -= (jiffy - search->base) * TICK_NSEC;
	raw_spin_lock_irqsave(&search->lock, flags);
	if (seen_ns + KTB_EDGE_NEAR < search->best_ns)
		search->nr_near = 0;
	search->best_ns = min(search->best_ns, seen_ns);
	if (seen_ns < search->best_ns + KTB_EDGE_NEAR)
		search->nr_near++;
	raw_spin_unlock_irqrestore(&search->lock, flags);
}

/*
 * Each look comes late, never early, so the earliest one (taken back to one
 * common jiffy) is nearest the edge; the edge itself is the multiple of
 * TICK_NSEC before it. All CPUs look, just after jiffies have changed: in a guest
 * one of them may not see a change before the next tick, over and over.
 */
static void ktb_clock_find_edge(void)
{
	struct ktb_edge_search search = {
		.base = jiffies,
		.best_ns = U64_MAX,
	};
	unsigned long before;
	u64 rem;
	int i;

	raw_spin_lock_init(&search.lock);
	for (i = 0; i < KTB_EDGE_TICKS ||
		    (i < KTB_EDGE_MOST && search.nr_near < KTB_EDGE_AGREE);
	     i++) {
		before = READ_ONCE(jiffies);
		/* An emulator leaves its loop at each pause: 100 ms took it 6 s. */
		while (READ_ONCE(jiffies) == before)
			;
		ktb_clock_look(&search);
		on_each_cpu(ktb_clock_look, &search, 1);
	}

	div64_u64_rem(search.best_ns, TICK_NSEC, &rem);
	ktb_clock_edge.jiffy = search.base;
	ktb_clock_edge.ns = search.best_ns - rem;
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
 * ktb_clock_init() - calibrate; takes some 25 ticks, a second at most
 *
 * Context: a thread that may sleep.
 */
void ktb_clock_init(void)
{
	ktb_clock_find_edge();
	ktb_clock_find_costs();
}
