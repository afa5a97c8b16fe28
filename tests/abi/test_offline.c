/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CPUs that are offline, go offline or come online: SETUP and START refuse them,
 * and a run that they matter to ends by itself and says which.
 */
#include "kernel.h"

static struct abi_job job;
static __u32 last;

static int set_online(bool online)
{
	return kernel_set_online(last, online);
}

static void test_setup(int fd)
{
	if (set_online(false))
		bail("CPU %u cannot go offline", last);
	abi_job_init(&job, fd, "null", 0);
	abi_place(&job, last);
	is_errno(abi_setup(&job), ENXIO, "SETUP with a place that is offline");
	ok(job.setup.err_what == KTB_WHAT_PLACE && job.setup.err_index == 1,
	   "err_* name places[1]");
	abi_job_init(&job, fd, "null", 0);
	abi_set(&job, "disturb_irqoff", ABI_MS);
	abi_disturb(&job, last);
	is_errno(abi_setup(&job), ENXIO, "SETUP that disturbs an offline CPU");
	ok(job.setup.err_what == KTB_WHAT_DISTURB && job.setup.err_index == 0,
	   "err_* name disturb[0]");
	abi_job_init(&job, fd, "null", 0);
	is_errno(abi_setup(&job), 0, "SETUP on another CPU");
	is_errno(set_online(true), 0, "CPU %u comes back, which", last);
}

static void test_start(int fd)
{
	abi_job_init(&job, fd, "null", last);
	is_errno(abi_setup(&job), 0, "SETUP on CPU %u", last);
	set_online(false);
	is_errno(abi_start(fd), ENXIO, "START when it has gone offline");
	set_online(true);
	is_errno(abi_start(fd), 0, "START when it is back");
	ok(abi_wait(fd, 30000) == POLLIN, "that run ends");
	ok(abi_state(fd) == KTB_STATE_DONE, "and is DONE");
}

static void test_running(int fd, const char *workload, const char *kind)
{
	struct ktb_stop stop;

	abi_job_init(&job, fd, workload, 0);
	abi_place(&job, last);
	abi_set(&job, "duration", 600 * ABI_S);
	if (kind)
		abi_set_choice(&job, "kind", kind);
	abi_run(&job);
	abi_sleep_ms(300);
	is_errno(set_online(false), 0, "%s: taking CPU %u away in a run",
		 workload, last);
	ok(abi_wait(fd, 30000) == POLLIN, "%s: the run ends by itself",
	   workload);
	is_errno(abi_stop(fd, &stop), 0, "%s: STOP after it", workload);
	ok(stop.state == KTB_STATE_DONE && stop.reason == KTB_REASON_HOTPLUG &&
		   stop.cpu == last,
	   "%s: reason %u, CPU %u", workload, stop.reason, stop.cpu);
	set_online(true);
	abi_set(&job, "duration", 200 * ABI_MS);
	is_errno(abi_setup(&job), 0, "%s: SETUP after it came back", workload);
	is_errno(abi_start(fd), 0, "%s: START", workload);
	ok(abi_wait(fd, 30000) == POLLIN && !abi_stop(fd, &stop) &&
		   stop.reason == KTB_REASON_COMPLETE,
	   "%s: that run is complete", workload);
}

/* A CPU that comes has no area in runs whose samples may be taken anywhere. */
static void test_coming(int fd)
{
	struct ktb_stop stop;

	set_online(false);
	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set_choice(&job, "kind", "unpinned");
	abi_set(&job, "duration", 600 * ABI_S);
	abi_run(&job);
	abi_sleep_ms(100);
	is_errno(set_online(true), 0, "CPU %u comes during a run, which", last);
	ok(abi_wait(fd, 0) == POLLIN && !abi_stop(fd, &stop) &&
		   stop.reason == KTB_REASON_HOTPLUG && stop.cpu == last,
	   "it has waited for that run: reason %u, CPU %u", stop.reason,
	   stop.cpu);
	set_online(false);
	is_errno(abi_setup(&job), 0, "SETUP without CPU %u", last);
	set_online(true);
	is_errno(abi_start(fd), ENXIO, "START when it has come");
}

int main(void)
{
	int fd = abi_open();

	last = sysconf(_SC_NPROCESSORS_CONF) - 1;
	if (!last || set_online(true)) {
		skip("CPUs that are offline", "no CPU can go offline here");
		return tap_done();
	}
	test_setup(fd);
	test_start(fd);
	test_running(fd, "timer_wheel", "pinned");
	test_running(fd, "timer_wheel", "unpinned");
	test_running(fd, "hrtimer", NULL);
	test_running(fd, "null", NULL);
	test_coming(fd);
	close(fd);
	return tap_done();
}
