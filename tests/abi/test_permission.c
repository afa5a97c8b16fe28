// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Real-time threads, and nicer ones than normal, are for those who may have them:
 * whoever may open the device and lacks CAP_SYS_NICE gets EPERM from SETUP, and no
 * thread. Each workload that has threads with a policy is asked. All else is the
 * descriptor's: who is handed it may do everything, whoever he is.
 */
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "abi.h"

static struct abi_job job;

static void drop_sys_nice(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data))
		bail("capget: %s", strerror(errno));
	data[0].effective &= ~(1U << CAP_SYS_NICE);
	if (syscall(SYS_capset, &header, data))
		bail("capset: %s", strerror(errno));
}

/* SETUP with one value besides the defaults, which can only be the first. */
static void ask(int fd, const char *workload, const char *name, __s64 value,
		int expected)
{
	abi_job_init(&job, fd, workload, 0);
	job.setup.nr_params = 0;
	abi_set(&job, name, value);
	is_errno(abi_setup(&job), expected, "%s: %s = %lld", workload, name,
		 (long long)value);
	if (expected)
		ok(job.setup.err_what == KTB_WHAT_PARAM &&
			   job.setup.err_index == 0,
		   "%s: it is %s that stands in the way", workload, name);
}

static void ask_all(int fd, int expected)
{
	struct ktb_workload_info info;
	struct ktb_param_info policy;
	__u32 i, nr = 0;

	for (i = 0; !abi_workload_info(fd, i, &info); i++) {
		if (!abi_find_param(fd, i, "policy", &policy))
			continue;
		nr++;
		ask(fd, info.name, "policy", abi_choice(&policy, "fifo"),
		    expected);
		ask(fd, info.name, "policy", abi_choice(&policy, "fifo_low"),
		    expected);
		ask(fd, info.name, "policy", abi_choice(&policy, "normal"), 0);
		ask(fd, info.name, "nice", -1, expected);
		ask(fd, info.name, "nice", 1, 0);
	}
	ok(nr >= 5, "%u workloads have threads with a policy", nr);
}

#define NOBODY 65534

/* SETUP to STOP with interrupts kept off, by who may not open the device. */
static int nobody_uses(int fd)
{
	struct ktb_stop stop;

	if (syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) ||
	    open(KTB_DEVICE_PATH, O_RDWR) >= 0)
		return 1;
	abi_job_init(&job, fd, "null", 0);
	abi_set(&job, "duration", 200 * ABI_MS);
	abi_set(&job, "disturb_irqoff", ABI_MS);
	abi_set(&job, "disturb_period", 20 * ABI_MS);
	abi_disturb(&job, 0);
	if (abi_setup(&job))
		return 2;
	if (abi_start(fd))
		return 3;
	abi_wait(fd, 20000);
	if (abi_stop(fd, &stop) || stop.reason != KTB_REASON_COMPLETE)
		return 4;
	return abi_map(&job, 0) ? 0 : 5;
}

static void hand_over(int fd)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(nobody_uses(fd));
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		bail("fork: %s", strerror(errno));
	if (status)
		diag("it ended with wait status 0x%x", status);
	ok(!status,
	   "who cannot open the device and is handed the descriptor may keep interrupts off");
}

int main(void)
{
	int fd = abi_open();

	hand_over(fd);
	ask_all(fd, 0);
	drop_sys_nice();
	ask_all(fd, EPERM);
	close(fd);
	return tap_done();
}
