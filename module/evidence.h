/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a CPU has been through since a timer was armed, so that a bad sample
 * can name its cause. Taken with loads and adds alone.
 */
#ifndef KTB_EVIDENCE_H
#define KTB_EVIDENCE_H

#include <linux/percpu.h>

#include "compat.h"

/**
 * struct ktb_evidence - the counts of a CPU at one moment
 * @at_ns: that moment, CLOCK_MONOTONIC
 * @steal_ns: time stolen by the hypervisor so far
 * @cpu: the CPU
 * @irqs: interrupts so far
 * @softirqs: softirqs so far
 * @switches: context switches so far, if they are counted
 */
struct ktb_evidence {
	u64 at_ns;
	u64 steal_ns;
	u32 cpu;
	u32 irqs;
	u32 softirqs;
	u32 switches;
};

DECLARE_PER_CPU(u32, ktb_evidence_switches);

static __always_inline u32 ktb_evidence_softirqs(void)
{
	unsigned int *counts = this_cpu_ptr(kstat.softirqs);
	u32 sum = 0;
	int i;

#pragma GCC unroll 16
	for (i = 0; i < NR_SOFTIRQS; i++)
		sum += counts[i];
	return sum;
}

/**
 * ktb_evidence_take() - note this CPU's counts
 * @ev: where to
 * @now_ns: the time, which the caller has read already
 *
 * Context: cannot migrate.
 */
static __always_inline void ktb_evidence_take(struct ktb_evidence *ev,
					      u64 now_ns)
{
	ev->at_ns = now_ns;
	ev->steal_ns = kcpustat_this_cpu->cpustat[CPUTIME_STEAL];
	ev->cpu = raw_smp_processor_id();
	ev->irqs = ktb_cpu_irqs();
	ev->softirqs = ktb_evidence_softirqs();
	ev->switches = __this_cpu_read(ktb_evidence_switches);
}

bool ktb_evidence_has_switches(void);
int ktb_evidence_init(void);
void ktb_evidence_exit(void);

#endif /* KTB_EVIDENCE_H */
