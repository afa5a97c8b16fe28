// SPDX-License-Identifier: GPL-2.0
/*
 * Interrupts off for a given time at a given period: a fault of known size, so
 * that a test can ask whether the tool sees it, all of it, and where it is.
 */
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "disturb.h"
#include "pace.h"

/* One stretch, counted; none on a CPU that nobody asked to disturb. */
static void ktb_disturb_once(struct ktb_run *run, u32 cpu, u64 length_ns)
{
	unsigned long flags;
	u64 from_ns;

	local_irq_save(flags);
	if (ktb_run_is_home(run, cpu)) {
		from_ns = ktb_clock_ns();
		while (ktb_clock_ns() - from_ns < length_ns)
			cpu_relax();
		ktb_metric_count(ktb_areas_cell(&run->areas, cpu),
				 run->workload->disturbed);
	}
	local_irq_restore(flags);
}

/* The window is not known before all have armed. */
static u64 ktb_disturb_wait_begin(struct ktb_run *run)
{
	while (!kthread_should_stop() && !smp_load_acquire(&run->span_ns))
		ktb_pace_sleep_until(ktb_clock_ns() + NSEC_PER_MSEC);
	return READ_ONCE(run->begin_ns);
}

/**
 * ktb_disturb_run() - disturb this CPU until the thread is stopped
 * @run: says how long and how often
 * @cpu: the CPU that the caller is bound to
 *
 * The first stretch begins half a period into the recorded window; those that
 * begin in the window are counted.
 */
void ktb_disturb_run(struct ktb_run *run, u32 cpu)
{
	u64 period_ns = run->values[KTB_PARAM_DISTURB_PERIOD];
	u64 length_ns = run->values[KTB_PARAM_DISTURB_IRQOFF];
	u64 due_ns = ktb_disturb_wait_begin(run) + period_ns / 2;

	while (!kthread_should_stop()) {
		ktb_pace_sleep_until(due_ns);
		if (kthread_should_stop() || READ_ONCE(run->stopping))
			return;
		if (ktb_clock_ns() < due_ns)
			continue;
		if (ktb_run_records(run, due_ns))
			ktb_disturb_once(run, cpu, length_ns);
		due_ns += period_ns;
	}
}
