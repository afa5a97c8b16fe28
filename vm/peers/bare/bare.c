// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The floor below every tool that samples a timer: a hard hrtimer that comes once a
 * millisecond on the CPU that loads this, and does nothing but go on.
 */
#include <linux/hrtimer.h>
#include <linux/module.h>

static struct hrtimer bare_timer;
static const u64 bare_period_ns = NSEC_PER_MSEC;

static enum hrtimer_restart bare_fire(struct hrtimer *timer)
{
	hrtimer_forward_now(timer, ns_to_ktime(bare_period_ns));
	return HRTIMER_RESTART;
}

static int __init bare_init(void)
{
#ifndef BARE_HAVE_HRTIMER_SETUP
	hrtimer_init(&bare_timer, CLOCK_MONOTONIC,
		     HRTIMER_MODE_ABS_PINNED_HARD);
	bare_timer.function = bare_fire;
#else
	hrtimer_setup(&bare_timer, bare_fire, CLOCK_MONOTONIC,
		      HRTIMER_MODE_ABS_PINNED_HARD);
#endif
	hrtimer_start(&bare_timer, ktime_add_ns(ktime_get(), bare_period_ns),
		      HRTIMER_MODE_ABS_PINNED_HARD);
	return 0;
}

static void __exit bare_exit(void)
{
	hrtimer_cancel(&bare_timer);
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A bare hrtimer, the floor of vm/peers");
