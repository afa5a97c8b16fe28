// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How much of this machine a run in user space may take. It may not know what
 * for.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "device_user.h"
#include "sysfs.h"

/* Bits of CapEff, see capabilities(7): those that RLIMIT_NPROC does not bind. */
#define CAP_SYS_ADMIN	 (1ULL << 21)
#define CAP_SYS_RESOURCE (1ULL << 24)

/**
 * ktb_user_limits_cpus() - most places of a run
 *
 * Return: as many as CPUs may ever be here; each is a place once.
 */
uint32_t ktb_user_limits_cpus(void)
{
	const long nr = sysconf(_SC_NPROCESSORS_CONF);

	return nr > 1 ? (uint32_t)nr : 1;
}

/**
 * ktb_user_limits_memory() - memory of a run
 *
 * Return: bytes; half of the machine's, as with the module.
 */
uint64_t ktb_user_limits_memory(void)
{
	return (uint64_t)sysconf(_SC_PHYS_PAGES) *
	       (uint64_t)sysconf(_SC_PAGESIZE) / 2;
}

static uint64_t read_number(const char *path)
{
	char text[KTB_SYSFS_LEN];

	return ktb_sysfs_read(path, text) ? UINT64_MAX :
					    strtoull(text, NULL, 10);
}

/* All threads of the machine: the fourth word is RUNNING/ALL. */
static uint64_t threads_there(void)
{
	char text[KTB_SYSFS_LEN];
	uint64_t all = 0;

	if (!ktb_sysfs_read("/proc/loadavg", text))
		sscanf(text, "%*s %*s %*s %*u/%" SCNu64, &all);
	return all;
}

/* The kernel asks it of everybody else, see copy_process(). */
static bool is_above_nproc(void)
{
	char text[KTB_SYSFS_LEN];
	const char *line;

	if (!getuid())
		return true;
	ktb_sysfs_read("/proc/self/status", text);
	line = strstr(text, "CapEff:");
	return line && strtoull(line + strlen("CapEff:"), NULL, 16) &
			       (CAP_SYS_ADMIN | CAP_SYS_RESOURCE);
}

static uint64_t less(uint64_t all, uint64_t used)
{
	return all > used ? all - used : 0;
}

/**
 * ktb_user_limits_threads() - threads that a run may have
 *
 * What kernel.pid_max and kernel.threads-max leave, at most RLIMIT_NPROC. How
 * many of the latter the user has already, and what a cgroup leaves, is not
 * looked up: where they do not suffice, the run ends with KTB_REASON_FAILED.
 *
 * Return: a number, KTB_MAX_THREADS at most.
 */
uint64_t ktb_user_limits_threads(void)
{
	const uint64_t limits[] = {
		less(read_number("/proc/sys/kernel/pid_max"), threads_there()),
		less(read_number("/proc/sys/kernel/threads-max"),
		     threads_there()),
	};
	uint64_t most = KTB_MAX_THREADS;
	struct rlimit nproc;
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (limits[i] < most)
			most = limits[i];
	if (!is_above_nproc() && !getrlimit(RLIMIT_NPROC, &nproc) &&
	    nproc.rlim_cur < most)
		most = nproc.rlim_cur;
	return most;
}
