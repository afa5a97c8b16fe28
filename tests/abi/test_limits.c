/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The limits that lie across parameters and places: all timers together, all
 * memory, the load on a CPU. Each is refused by name, with the limit, before
 * anything is allocated.
 */
#include "abi.h"

static struct abi_job job;

static __u32 nr_cpus(void)
{
	return sysconf(_SC_NPROCESSORS_ONLN);
}

static void job_on_all(int fd, const char *workload)
{
	__u32 cpu;

	abi_job_init(&job, fd, workload, 0);
	for (cpu = 1; cpu < nr_cpus() && cpu < ABI_MAX_PLACES; cpu++)
		abi_place(&job, cpu);
}

static void is_limit(__u32 what, __s64 limit, const char *name)
{
	is_errno(abi_setup(&job), ERANGE, "%s past its limit", name);
	ok(job.setup.err_what == what && job.setup.err_limit == limit,
	   "err_* name it: what %u, limit %lld", job.setup.err_what,
	   (long long)job.setup.err_limit);
	is_errno(abi_start(job.fd), ENODATA, "START after it");
}

static void test_per_cpu(int fd)
{
	struct ktb_param_info info;

	abi_job_init(&job, fd, "timer_wheel", 0);
	info = abi_param(&job, "timers");
	ok(info.min == 1 && info.max == KTB_MAX_TIMERS_PER_CPU,
	   "timer_wheel takes 1 to %d timers a CPU", KTB_MAX_TIMERS_PER_CPU);
	abi_job_init(&job, fd, "hrtimer", 0);
	info = abi_param(&job, "timers");
	ok(info.min == 1 && info.max >= 10000 &&
		   info.max <= KTB_MAX_TIMERS_PER_CPU,
	   "hrtimer takes 1 to %lld timers a CPU", (long long)info.max);
}

static void test_common(int fd)
{
	struct ktb_param_info info;

	abi_job_init(&job, fd, "null", 0);
	info = abi_param(&job, "duration");
	ok(info.min > 0 && info.max == KTB_MAX_DURATION_NS,
	   "duration ends at %lld ns", (long long)KTB_MAX_DURATION_NS);
	info = abi_param(&job, "warmup");
	ok(info.max == KTB_MAX_DURATION_NS, "so does warmup");
	info = abi_param(&job, "raw_samples");
	ok(info.min == 0 && info.max == KTB_MAX_RAW, "raw_samples ends at %d",
	   KTB_MAX_RAW);
	info = abi_param(&job, "disturb_irqoff");
	ok(info.min == 0 && info.max == KTB_MAX_DISTURB_NS,
	   "disturb_irqoff ends at %lld ns", (long long)KTB_MAX_DISTURB_NS);
}

/* The smallest background that takes all places past KTB_MAX_TIMERS. */
static void test_timers(int fd)
{
	struct ktb_param_info background;
	__s64 share, need;

	job_on_all(fd, "timer_wheel");
	share = KTB_MAX_TIMERS / job.setup.nr_places;
	background = abi_param(&job, "background");
	need = share + 1 - KTB_MAX_TIMERS_PER_CPU;
	if (need > background.max) {
		skip("all timers together past their limit",
		     "more CPUs are needed");
		return;
	}
	abi_set(&job, "timers", KTB_MAX_TIMERS_PER_CPU);
	abi_set(&job, "delay", 60 * ABI_S);
	abi_set(&job, "background", need);
	is_limit(KTB_WHAT_TIMERS, KTB_MAX_TIMERS, "the sum of all timers");
}

static void test_load(int fd)
{
	struct ktb_param_info period, timers;

	abi_job_init(&job, fd, "hrtimer", 0);
	period = abi_param(&job, "period");
	timers = abi_param(&job, "timers");
	abi_set(&job, "period", period.min);
	abi_set(&job, "timers", timers.max);
	is_errno(abi_setup(&job), ERANGE, "%lld hrtimers every %lld ns",
		 (long long)timers.max, (long long)period.min);
	ok(job.setup.err_what == KTB_WHAT_LOAD && job.setup.err_limit > 0,
	   "err_* name the load: what %u, at most %lld expiries a second",
	   job.setup.err_what, (long long)job.setup.err_limit);
}

/* Sessions take memory with raw samples until there is none left for one. */
static void test_memory(int fd)
{
	struct ktb_query query;
	__u64 taken = 0;
	int fds[64], error = 0;
	size_t nr = 0;

	abi_query(fd, &query);
	while (nr < ABI_NR(fds)) {
		fds[nr] = abi_open();
		job_on_all(fds[nr], "null");
		abi_set(&job, "raw_samples", KTB_MAX_RAW);
		error = abi_setup(&job);
		nr++;
		if (error)
			break;
		taken += job.setup.memory_bytes;
	}
	ok(taken <= query.max_memory_bytes,
	   "%zu sessions took %llu of %llu bytes", nr,
	   (unsigned long long)taken,
	   (unsigned long long)query.max_memory_bytes);
	is_errno(error, ERANGE, "the memory of one session more");
	ok(job.setup.err_what == KTB_WHAT_MEMORY &&
		   job.setup.err_limit == (__s64)query.max_memory_bytes,
	   "err_* name the memory: what %u, limit %lld", job.setup.err_what,
	   (long long)job.setup.err_limit);
	while (nr)
		close(fds[--nr]);
	job_on_all(fd, "null");
	abi_set(&job, "raw_samples", KTB_MAX_RAW / 2);
	is_errno(abi_setup(&job), 0, "a session after they are closed");
}

int main(void)
{
	int fd = abi_open();

	test_per_cpu(fd);
	test_common(fd);
	test_timers(fd);
	test_load(fd);
	test_memory(fd);
	close(fd);
	return tap_done();
}
