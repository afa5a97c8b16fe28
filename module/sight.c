// SPDX-License-Identifier: GPL-2.0
/*
 * What a callback sees of its own context. Knows no timers.
 */
#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "clock.h"
#include "contract.h"
#include "sight.h"

static atomic_t ktb_sights;

/**
 * ktb_sight_take() - look around; called by a callback, in any context
 * @sight: where to note it
 */
void ktb_sight_take(struct ktb_sight *sight)
{
	sight->time_ns = ktb_clock_ns();
	sight->jiffy = READ_ONCE(jiffies);
	sight->cpu = raw_smp_processor_id();
	sight->order = atomic_inc_return(&ktb_sights);
	sight->preempt_count = preempt_count();
	sight->in_softirq = in_serving_softirq();
	sight->in_hardirq = hardirq_count() != 0;
	sight->irqs_off = irqs_disabled();
	strscpy(sight->comm, current->comm, sizeof(sight->comm));
	/* Pairs with the acquire in ktb_sight_times(). */
	smp_store_release(&sight->times, sight->times + 1);
}

/**
 * ktb_sight_say() - the context that a callback saw, as a line of evidence
 * @trial: being performed
 * @sight: of a callback that has run
 */
void ktb_sight_say(struct ktb_trial *trial, const struct ktb_sight *sight)
{
	ktb_trial_say(
		trial,
		"on CPU %u in %s: preempt_count 0x%x, serving a softirq %d, in a hard interrupt %d, interrupts off %d",
		sight->cpu, sight->comm, sight->preempt_count,
		sight->in_softirq, sight->in_hardirq, sight->irqs_off);
}

/**
 * ktb_sight_wait() - sleep until a callback has run
 * @trial: being performed; FAILS if it does not
 * @sight: of the callback
 * @times: so often in all
 *
 * Return: did it?
 */
bool ktb_sight_wait(struct ktb_trial *trial, const struct ktb_sight *sight,
		    u32 times)
{
	if (ktb_until(ktb_sight_times(sight) >= times,
		      ktb_trial_patience(trial)))
		return true;
	return ktb_trial_expect(
		trial, false,
		"in the end the callback has run %u times, promised is %u",
		ktb_sight_times(sight), times);
}
