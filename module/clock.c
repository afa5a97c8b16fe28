// SPDX-License-Identifier: GPL-2.0
/*
 * Calibration, once, at load: where the edges of jiffies lie on
 * CLOCK_MONOTONIC, and what reading each clock costs.
 */
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timex.h>

#include "clock.h"

#define KTB_EDGE_TICKS	  24
#define KTB_EDGE_OTHERS	  8
/* No more than this, however late the edges are seen. */
#define KTB_EDGE_MOST	  250
/* Looks that must agree, and how far apart they may be. */
#define KTB_EDGE_AGREE	  3
#define KTB_EDGE_NEAR	  (TICK_NSEC / 16)
/* How far apart they are on a machine on which nothing is in their way. */
#define KTB_EDGE_SHARP	  (TICK_NSEC / 1024)
/* Seen within this of a multiple of TICK_NSEC, an edge lies there. */
#define KTB_EDGE_MULTIPLE (TICK_NSEC / 32)
#define KTB_EDGE_BLURRED  (TICK_NSEC / 8)
/* Jiffies that stand for longer show nothing. */
#define KTB_EDGE_PATIENCE NSEC_PER_SEC
#define KTB_COST_READS	  1000
#define KTB_COST_ROUNDS	  5

struct ktb_clock_edge ktb_clock_edge;
u64 ktb_clock_cost_ps[KTB_NR_CLOCKS];

/**
 * struct ktb_edge_search - looks at jiffies and the clock together
 * @lock: all CPUs look
 * @base: the jiffy that all looks are taken back to
 * @ticks: so many are looked at, and more if few looks agree
 * @old_ns: when the jiffy before was last seen, of the present tick
 * @best_ns: the earliest look
 * @low_ns: @old_ns of the tick of that look
 * @nr_near: looks that are near it
 * @nr_sharp: looks that are very near it
 */
struct ktb_edge_search {
	raw_spinlock_t lock;
	unsigned long base;
	u32 ticks;
	u64 old_ns;
	u64 best_ns;
	u64 low_ns;
	u32 nr_near;
	u32 nr_sharp;
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
	if (seen_ns + KTB_EDGE_SHARP < search->best_ns)
		search->nr_sharp = 0;
	if (seen_ns < search->best_ns) {
		search->best_ns = seen_ns;
		search->low_ns = search->old_ns;
	}
	if (seen_ns < search->best_ns + KTB_EDGE_NEAR)
		search->nr_near++;
	if (seen_ns < search->best_ns + KTB_EDGE_SHARP)
		search->nr_sharp++;
	raw_spin_unlock_irqrestore(&search->lock, flags);
}

/* Spins until jiffies change; false if they do not. */
static bool ktb_clock_meet_edge(struct ktb_edge_search *search)
{
	unsigned long before = READ_ONCE(jiffies);
	u64 now_ns = ktb_clock_ns(), end_ns = now_ns + KTB_EDGE_PATIENCE;
	u64 old_ns;

	/* An emulator leaves its loop at each pause: 100 ms took it 6 s. */
	do {
		old_ns = now_ns;
		now_ns = ktb_clock_ns();
	} while (READ_ONCE(jiffies) == before && now_ns < end_ns);
	search->old_ns = old_ns - (before + 1 - search->base) * TICK_NSEC;
	return READ_ONCE(jiffies) != before;
}

/*
 * Each look comes late, never early, so the earliest one (taken back to one
 * common jiffy) is nearest the edge. All CPUs look, just after jiffies have
 * changed: in a guest one of them may not see a change before the next tick, over
 * and over.
 */
static int ktb_clock_search(void *data)
{
	struct ktb_edge_search *search = data;
	u32 i;

	for (i = 0; i < search->ticks ||
		    (i < KTB_EDGE_MOST && search->nr_near < KTB_EDGE_AGREE);
	     i++) {
		if (!ktb_clock_meet_edge(search))
			break;
		ktb_clock_look(search);
		on_each_cpu(ktb_clock_look, search, 1);
		cond_resched();
	}
	return 0;
}

/*
 * Is the phase the kernel's, and not the CPU's? With skew_tick=1 each CPU ticks at
 * one of its own, and while the others are idle it is the one that searches which
 * counts jiffies; so another CPU searches too.
 */
static bool ktb_clock_shares_phase(const struct ktb_edge_search *search)
{
	struct ktb_edge_search others = {
		.base = search->base,
		.best_ns = U64_MAX,
		.ticks = KTB_EDGE_OTHERS,
	};
	u32 cpu = cpumask_any_but(cpu_online_mask, raw_smp_processor_id());

	if (cpu >= nr_cpu_ids)
		return true;
	raw_spin_lock_init(&others.lock);
	if (smp_call_on_cpu(cpu, ktb_clock_search, &others, false))
		return false;
	return abs((s64)(others.best_ns - search->best_ns)) <
	       (s64)KTB_EDGE_MULTIPLE;
}

/*
 * Where the edge lies, going by the looks. Kernels from 6.4 on, and those that
 * have e9523a0d8189 ("tick/common: Align tick period with the HZ tick.")
 * back-ported, tick at multiples of TICK_NSEC; those before tick at any phase, the
 * same until they are booted again. An edge that is seen near a multiple is that
 * multiple. Else, where nothing is in the way of the looks, it lies where it was
 * seen: not before the last look that found the jiffy before, which is what is
 * taken, since no timer fires before jiffies have changed. Where they are blurred,
 * a machine that is late cannot be told from one with a phase.
 */
static void ktb_clock_find_edge(void)
{
	struct ktb_edge_search search = {
		.base = jiffies,
		.best_ns = U64_MAX,
		.ticks = KTB_EDGE_TICKS,
	};
	bool has_phase;
	u64 rem;

	raw_spin_lock_init(&search.lock);
	ktb_clock_search(&search);
	div64_u64_rem(search.best_ns, TICK_NSEC, &rem);
	has_phase = rem >= KTB_EDGE_MULTIPLE &&
		    search.nr_sharp >= KTB_EDGE_AGREE &&
		    search.best_ns - search.low_ns < KTB_EDGE_SHARP;

	ktb_clock_edge.jiffy = search.base;
	ktb_clock_edge.remainder_ns = rem;
	ktb_clock_edge.ns = search.best_ns - rem;
	ktb_clock_edge.is_known = rem < KTB_EDGE_BLURRED;
	if (!has_phase)
		return;
	ktb_clock_edge.is_known = ktb_clock_shares_phase(&search);
	if (ktb_clock_edge.is_known)
		ktb_clock_edge.ns = search.low_ns;
}

/**
 * ktb_clock_edge_is_known() - may lateness be told in less than ticks?
 *
 * Return: true if an edge was seen within an eighth of a tick of a multiple of
 * TICK_NSEC, or at another phase and sharply; stalled vCPUs give false.
 */
bool ktb_clock_edge_is_known(void)
{
	return ktb_clock_edge.is_known;
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
 * ktb_clock_init() - calibrate; takes some 25 ticks, 250 and a second at most
 *
 * Context: a thread that may sleep.
 */
void ktb_clock_init(void)
{
	ktb_clock_find_edge();
	ktb_clock_find_costs();
}
