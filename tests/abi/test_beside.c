// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loads run beside a run and beside each other, with their windows open, and end
 * when told to. They do not keep a run from starting, nor does it them.
 */
#include "abi.h"

static int start_beside(int fd)
{
	struct ktb_start start = {
		.size = sizeof(start),
		.flags = KTB_START_BESIDE,
	};

	return abi_ioctl(fd, KTB_IOC_START, &start);
}

static __u64 begin_ns(const struct abi_job *job)
{
	const struct ktb_area *area = abi_map(job, 0);
	__u64 at_ns = area->begin_ns;

	abi_unmap(job, area);
	return at_ns;
}

int main(void)
{
	struct abi_job load[KTB_MAX_BESIDE + 1], job;
	int fd = abi_open(), i, wrong = 0;
	struct ktb_stop stop;

	for (i = 0; i <= KTB_MAX_BESIDE; i++) {
		abi_job_init(&load[i], abi_open(), ABI_WORKLOAD, 0);
		abi_set(&load[i], "duration", 600 * ABI_S);
		if (abi_setup(&load[i]))
			bail("SETUP of load %d fails", i);
		if (!i)
			ok(!begin_ns(&load[i]), "no window before START");
		if (i < KTB_MAX_BESIDE && start_beside(load[i].fd))
			wrong++;
	}
	ok(!wrong, "%d sessions start as load", KTB_MAX_BESIDE);
	is_errno(start_beside(load[KTB_MAX_BESIDE].fd), EBUSY, "one more");
	is_errno(start_beside(load[0].fd), EBUSY, "START of one that runs");
	abi_job_init(&job, fd, ABI_WORKLOAD, 0);
	abi_run(&job);
	is_errno(abi_start(load[KTB_MAX_BESIDE].fd), EBUSY,
		 "START beside a run without saying so");
	ok(abi_wait(fd, 30000) == POLLIN, "a run beside them ends by itself");
	for (i = 0; i < KTB_MAX_BESIDE; i++)
		if (abi_wait(load[i].fd, 0) || !begin_ns(&load[i]))
			wrong++;
	ok(!wrong, "the loads run on, with their windows open");
	for (i = 0; i < KTB_MAX_BESIDE; i++) {
		if (abi_stop(load[i].fd, &stop) ||
		    stop.reason != KTB_REASON_STOPPED ||
		    !abi_counter(&load[i], ABI_COUNTED))
			wrong++;
		close(load[i].fd);
	}
	ok(!wrong, "STOP ends each, and each has measured");
	is_errno(start_beside(load[KTB_MAX_BESIDE].fd), 0,
		 "START as load when there is room again");
	close(load[KTB_MAX_BESIDE].fd);
	close(fd);
	return tap_done();
}
