/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Was this machine's CLOCK_REALTIME set while a test ran? A host that corrects its
 * clock in steps does that, and a run that says so is right. The kernel tells who
 * waits for that clock (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET).
 */
#ifndef KTB_TEST_CLOCK_WATCH_H
#define KTB_TEST_CLOCK_WATCH_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int clock_watch_fd = -1;
static bool clock_watch_seen;

/** clock_watch_begin() - from now on; a descriptor stays open */
static inline void clock_watch_begin(void)
{
	/* As good as never. */
	const struct itimerspec never = { .it_value.tv_sec = INT32_MAX };

	if (clock_watch_fd < 0)
		clock_watch_fd = timerfd_create(CLOCK_REALTIME,
						TFD_NONBLOCK | TFD_CLOEXEC);
	clock_watch_seen = false;
	timerfd_settime(clock_watch_fd,
			TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
			NULL);
}

/** clock_watch_was_set() - since clock_watch_begin() */
static inline bool clock_watch_was_set(void)
{
	uint64_t fired;

	if (read(clock_watch_fd, &fired, sizeof(fired)) < 0 &&
	    errno == ECANCELED)
		clock_watch_seen = true;
	return clock_watch_seen;
}

#endif /* KTB_TEST_CLOCK_WATCH_H */
