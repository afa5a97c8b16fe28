/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sizes that are promised: 100,000 timers armed on one CPU, 1,000,000 over
 * four, at most 256 bytes of kernel memory a timer, and no sample lost.
 */
#include "abi.h"

#define PER_CPU	   100000
#define BACKGROUND 150000
#define MOST_BYTES 256

static struct abi_job job;

static void tell(const char *counter)
{
	diag("%s: %llu", counter,
	     (unsigned long long)abi_counter(&job, counter));
}

/* Everything that was armed is accounted for, and nothing is lost. */
static void check_losses(__u64 timers)
{
	static const char *const losses[] = { "wrong_cpu", "spurious",
					      "unfired" };
	size_t i;

	ok(abi_counter(&job, "expiries") >= timers,
	   "each of %llu timers fired in the window",
	   (unsigned long long)timers);
	for (i = 0; i < ABI_NR(losses); i++)
		ok(!abi_counter(&job, losses[i]), "%s is 0", losses[i]);
	tell("expiries");
	tell("missed");
	tell("cancelled");
}

static void run_to_end(const char *what)
{
	__s64 begin_ns = abi_now_ns();
	struct ktb_stop stop;

	is_errno(abi_start(job.fd), 0, "START of %s", what);
	ok(abi_wait(job.fd, 120000) == POLLIN, "%s: the run ends", what);
	is_errno(abi_stop(job.fd, &stop), 0, "STOP of %s", what);
	ok(stop.reason == KTB_REASON_COMPLETE, "%s: it is complete (%u)", what,
	   stop.reason);
	diag("%s: %lld ms from START to STOP", what,
	     (long long)((abi_now_ns() - begin_ns) / ABI_MS));
}

static void test_memory(__u64 timers)
{
	ok(job.setup.timer_bytes && job.setup.timer_bytes <= MOST_BYTES,
	   "a timer takes %u bytes", job.setup.timer_bytes);
	ok(job.setup.memory_bytes >= timers * job.setup.timer_bytes &&
		   job.setup.memory_bytes -
				   job.setup.nr_areas * job.setup.area_bytes <=
			   timers * MOST_BYTES,
	   "all of them take %llu bytes, the areas %llu",
	   (unsigned long long)job.setup.memory_bytes,
	   (unsigned long long)(job.setup.nr_areas * job.setup.area_bytes));
}

static void test_one_cpu(int fd)
{
	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set(&job, "timers", PER_CPU);
	abi_set_choice(&job, "shape", "periodic");
	abi_set(&job, "delay", 2 * ABI_S);
	abi_set(&job, "duration", 4 * ABI_S);
	is_errno(abi_setup(&job), 0, "SETUP of %d timers on a CPU", PER_CPU);
	test_memory(PER_CPU);
	run_to_end("100,000 timers");
	check_losses(PER_CPU);
}

static void test_four_cpus(int fd)
{
	__u32 cpu;

	if (sysconf(_SC_NPROCESSORS_ONLN) < 4) {
		skip("1,000,000 timers over four CPUs", "there are fewer CPUs");
		return;
	}
	abi_job_init(&job, fd, "timer_wheel", 0);
	for (cpu = 1; cpu < 4; cpu++)
		abi_place(&job, cpu);
	abi_set(&job, "timers", PER_CPU);
	abi_set(&job, "background", BACKGROUND);
	abi_set_choice(&job, "shape", "periodic");
	abi_set(&job, "delay", 4 * ABI_S);
	abi_set(&job, "duration", 6 * ABI_S);
	is_errno(abi_setup(&job), 0, "SETUP of 1,000,000 timers");
	test_memory(4ULL * (PER_CPU + BACKGROUND));
	run_to_end("1,000,000 timers");
	check_losses(4 * PER_CPU);
}

int main(void)
{
	int fd = abi_open();

	test_one_cpu(fd);
	test_four_cpus(fd);
	close(fd);
	return tap_done();
}
