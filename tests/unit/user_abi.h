/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lets tests of tests/abi/ run on the device in user space: what they do by
 * system calls goes to its table of calls. To be included before one of them,
 * each in a program of its own.
 */
#ifndef KTB_USER_ABI_H
#define KTB_USER_ABI_H

/* All that declares what is put in its place below. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner/device.h"

/*
 * One run at a time on a machine is told by the network namespace: with one of
 * its own, other runs do not matter. Where it is not to be had, they do.
 */
static inline int user_abi_open(void)
{
	static bool is_apart;

	if (!is_apart)
		unshare(CLONE_NEWNET);
	is_apart = true;
	return ktb_device_user_io.open("");
}

/* The nth CPU that this process may use; the test ends where there is none. */
static inline unsigned int user_abi_cpu(unsigned int n)
{
	cpu_set_t set;
	unsigned int cpu;

	sched_getaffinity(0, sizeof(set), &set);
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &set) && !n--)
			return cpu;
	puts("ok 1 - on two CPUs # SKIP this process may use one alone\n1..1");
	exit(0);
}

#define ABI_IS_MODULE		0
#define ABI_WORKLOAD		"user_timer"
#define ABI_COUNTED		"wakes"
#define ABI_CPU(n)		user_abi_cpu(n)

#define open(path, ...)		user_abi_open()
#define ioctl(fd, request, arg) ktb_device_user_io.ioctl(fd, request, arg)
#define close(fd)		ktb_device_user_io.close(fd)
#define mmap(address, bytes, prot, flags, fd, offset) \
	ktb_device_user_io.mmap(fd, bytes, offset)

#endif /* KTB_USER_ABI_H */
