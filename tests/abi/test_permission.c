// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Real-time threads, and nicer ones than normal, are for those who may have them:
 * whoever may open the device and lacks CAP_SYS_NICE gets EPERM from SETUP, and no
 * thread. Each workload that has threads with a policy is asked.
 */
#include <linux/capability.h>
#include <sys/syscall.h>

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

int main(void)
{
	int fd = abi_open();

	ask_all(fd, 0);
	drop_sys_nice();
	ask_all(fd, EPERM);
	close(fd);
	return tap_done();
}
