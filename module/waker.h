/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A timer that wakes a thread, for the checks. It goes on until the thread is
 * awake, so that no wake-up is lost to one that was not asleep yet.
 */
#ifndef KTB_WAKER_H
#define KTB_WAKER_H

#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timer.h>

#include "compat.h"

/**
 * struct ktb_waker - a timer that wakes a thread over and over
 * @timer: fires every other tick
 * @task: whom
 * @armed: the jiffy that it was first armed for
 * @times: how often it has
 * @awake: the thread is: enough
 */
struct ktb_waker {
	struct timer_list timer;
	struct task_struct *task;
	unsigned long armed;
	u32 times;
	bool awake;
};

static inline void ktb_waker_wake(struct timer_list *timer)
{
	struct ktb_waker *waker = ktb_timer_container_of(waker, timer, timer);

	if (READ_ONCE(waker->awake))
		return;
	WRITE_ONCE(waker->times, waker->times + 1);
	wake_up_process(waker->task);
	mod_timer(timer, jiffies + 1);
}

/** ktb_waker_begin() - wake the caller, over and over, some jiffies from now */
static inline void ktb_waker_begin(struct ktb_waker *waker)
{
	memset(waker, 0, sizeof(*waker));
	waker->task = current;
	timer_setup(&waker->timer, ktb_waker_wake, TIMER_PINNED);
	waker->armed = jiffies + 3;
	mod_timer(&waker->timer, waker->armed);
}

/**
 * ktb_waker_end() - leave the caller alone
 * @waker: from ktb_waker_begin()
 *
 * Return: how often it was woken.
 */
static inline u32 ktb_waker_end(struct ktb_waker *waker)
{
	WRITE_ONCE(waker->awake, true);
	ktb_timer_delete_sync(&waker->timer);
	return waker->times;
}

#endif /* KTB_WAKER_H */
