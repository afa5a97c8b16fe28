// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Waiting for the end of a run. It may not know workloads.
 */
#include <errno.h>

#include "interrupt.h"
#include "progress.h"
#include "wait.h"

int ktb_wait_for_end(struct ktb_device *device, int every_ms, int64_t limit_ns,
		     void (*look)(void *data), void *data)
{
	const int64_t began_ns = ktb_progress_now();
	int ret = 0;

	while (!ret && !ktb_interrupt_signal()) {
		ret = ktb_device_wait(device, every_ms, ktb_interrupt_mask());
		if (ret == -EINTR)
			ret = 0;
		else if (!ret && look)
			look(data);
		if (!ret && ktb_progress_now() - began_ns > limit_ns)
			ret = -ETIMEDOUT;
	}
	return ret < 0 ? ret : 0;
}
