/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where delays are put, without a word in the files that they fall upon: Kbuild
 * includes this one ahead of them when it is told KTB_INJECT=yes. A row is a
 * function; a delay stands right before its look at the clock, or behind its
 * sleep where the look at the clock comes next.
 */
#ifndef KTB_INJECT_POINTS_H
#define KTB_INJECT_POINTS_H

#include <linux/sched.h>

#include "clock.h"
#include "inject.h"

/* ROW(where, at its, function) */
#define KTB_INJECT_POINTS(ROW)                             \
	ROW(hrtimer, KTB_INJECT_CLOCK, ktb_hr_fire)        \
	ROW(timer_wheel, KTB_INJECT_CLOCK, ktb_wheel_fire) \
	ROW(kthread_wake, KTB_INJECT_SLEEP, ktb_wake_thread)

enum {
	KTB_INJECT_CLOCK,
	KTB_INJECT_SLEEP,
};

/* Both are constants: in any other function nothing of it is left. */
static __always_inline void ktb_inject_at(u32 call, const char *function)
{
#define KTB_INJECT_POINT(_where, _call, _function)                      \
	if (call == (_call) && !__builtin_strcmp(function, #_function)) \
		ktb_inject(KTB_INJECT_##_where);
	KTB_INJECT_POINTS(KTB_INJECT_POINT)
#undef KTB_INJECT_POINT
}

/* A macro's own name in its body is the function's. */
#define ktb_clock_ns() \
	(ktb_inject_at(KTB_INJECT_CLOCK, __func__), ktb_clock_ns())
#define schedule()	 (schedule(), ktb_inject_at(KTB_INJECT_SLEEP, __func__))

/* The first thing that is done when the module comes up. */
#define ktb_clock_init() (ktb_inject_init(), ktb_clock_init())

#endif /* KTB_INJECT_POINTS_H */
