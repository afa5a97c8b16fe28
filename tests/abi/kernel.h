/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests ask of the running kernel beside the ABI: its CPUs, and whether
 * the module can go. What its log says is vm/run's to see.
 */
#ifndef TESTS_ABI_KERNEL_H
#define TESTS_ABI_KERNEL_H

#include <sys/syscall.h>

#include "abi.h"

/* Takes a CPU away, or brings it back; which waits for whom it matters to. */
static inline int kernel_set_online(__u32 cpu, bool online)
{
	char path[64];
	int fd, error = 0;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online",
		 cpu);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (write(fd, online ? "1" : "0", 1) != 1)
		error = errno;
	close(fd);
	return error;
}

/* The module's reference count; -1 if it is not loaded. */
static inline int kernel_refcount(void)
{
	FILE *file = fopen("/sys/module/ktbench/refcnt", "re");
	int count = -1;

	if (!file)
		return -1;
	if (fscanf(file, "%d", &count) != 1)
		count = -1;
	fclose(file);
	return count;
}

static inline int kernel_unload(void)
{
	return syscall(SYS_delete_module, "ktbench", O_NONBLOCK) ? errno : 0;
}

static inline int kernel_load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;

	if (fd < 0)
		return errno;
	error = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	close(fd);
	return error;
}

#endif /* TESTS_ABI_KERNEL_H */
