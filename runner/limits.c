// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Limits on threads: a file each, and how many there are already. It may not
 * know what the threads are for.
 */
#include <stdio.h>
#include <stdlib.h>

#include "limits.h"
#include "sysfs.h"

/* What other programs start meanwhile. */
#define LIMITS_SPARE 64

/* Kernel threads belong to no cgroup but the first, which has no limit. */
static const struct row {
	const char *path;
	const char *name;
} rows[] = {
	{ "/proc/sys/kernel/pid_max", "kernel.pid_max" },
	{ "/proc/sys/kernel/threads-max", "kernel.threads-max" },
};

/* "0.00 0.01 0.05 1/123 4567": the number behind the slash. */
static int64_t threads_now(void)
{
	char text[KTB_SYSFS_LEN];
	long long nr;

	if (ktb_sysfs_read("/proc/loadavg", text) ||
	    sscanf(text, "%*s %*s %*s %*d/%lld", &nr) != 1)
		return 0;
	return nr;
}

bool ktb_limits_allow(int64_t threads, struct ktb_limit *limit)
{
	const int64_t now = threads_now();
	char text[KTB_SYSFS_LEN];
	int64_t value, left;
	bool allows = true;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (ktb_sysfs_read(rows[i].path, text))
			continue;
		value = strtoll(text, NULL, 10);
		left = value - now - LIMITS_SPARE;
		if (threads <= left || (!allows && left >= limit->left))
			continue;
		*limit = (struct ktb_limit){ .name = rows[i].name,
					     .value = value,
					     .left = left > 0 ? left : 0 };
		allows = false;
	}
	return allows;
}
