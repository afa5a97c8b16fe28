/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device in memory for the tests of the runner: it speaks the ABI's ioctls,
 * has one workload, and writes areas whose figures the test can foretell.
 */
#ifndef KTB_FAKE_DEVICE_H
#define KTB_FAKE_DEVICE_H

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>

#include <uapi/linux/ktbench.h>

#include "support.h"

#include "runner/device.h"

#define FAKE_AREAS	2
#define FAKE_AREA_BYTES (16 * 4096)

/**
 * struct fake - what the fake does and has seen
 * @setups: SETUP calls
 * @starts: START calls
 * @running: between START and STOP
 * @refuse_cell: number of the SETUP that is refused, 0: none
 * @refuse_errno: with which errno
 * @refuse: what it says then
 * @reason: how runs end
 * @error: why a thread could not be made
 * @ended_by: the CPU that @reason speaks of, 0: CPU 1
 * @lost: value of the counter that means loss
 * @samples: of each area
 * @signal_at: START that a signal comes at, 0: none
 * @signal: which
 * @last_seed: the value of the parameter `seed` in the last SETUP
 * @areas: memory that is mapped
 * @ended: the run has ended by itself
 * @checks: CHECK calls
 * @verdict: of the second of its two checks
 */
static struct fake {
	int setups;
	int starts;
	bool running;
	int refuse_cell;
	int refuse_errno;
	struct ktb_setup refuse;
	enum ktb_reason reason;
	int error;
	__u32 ended_by;
	uint64_t lost;
	uint64_t samples;
	int signal_at;
	int signal;
	int64_t last_seed;
	char areas[FAKE_AREAS][FAKE_AREA_BYTES] __attribute__((aligned(4096)));
	bool ended;
	int checks;
	enum ktb_verdict verdict;
} fake;

static const struct ktb_param_info fake_params[] = {
	{ .name = "duration",
	  .unit = KTB_UNIT_NS,
	  .flags = KTB_PARAM_COMMON,
	  .min = 1000000,
	  .max = 1000000000,
	  .def = 1000000 },
	{ .name = "seed", .flags = KTB_PARAM_COMMON, .max = INT64_MAX },
	{ .name = "timers",
	  .unit = KTB_UNIT_COUNT,
	  .min = 1,
	  .max = 1000,
	  .def = 1 },
	{ .name = "kind",
	  .type = KTB_PARAM_ENUM,
	  .max = 1,
	  .choices = "pinned,unpinned" },
};

static const struct ktb_metric_info fake_metrics[] = {
	{ .name = "expiries",
	  .kind = KTB_METRIC_COUNTER,
	  .unit = KTB_UNIT_COUNT },
	{ .name = "lateness",
	  .kind = KTB_METRIC_DISTRIBUTION,
	  .unit = KTB_UNIT_NS,
	  .context = KTB_CONTEXT_SOFTIRQ,
	  .flags = KTB_METRIC_PRIMARY },
	{ .name = "unfired",
	  .kind = KTB_METRIC_COUNTER,
	  .unit = KTB_UNIT_COUNT,
	  .flags = KTB_METRIC_LOSS,
	  .help = "timers that never fired" },
};

static inline int fake_fail(int error)
{
	errno = error;
	return -1;
}

static inline int fake_open(const char *path)
{
	return strcmp(path, "/dev/fake") ? fake_fail(ENOENT) : 99;
}

static inline void fake_query(struct ktb_query *query)
{
	query->abi_version = KTB_ABI_VERSION;
	query->nr_workloads = 1;
	query->features = KTB_FEATURE_EDGE;
	query->hz = 250;
	query->tick_ns = 4000000;
	strcpy(query->build, "fake");
}

static inline void fake_workload(struct ktb_workload_info *info)
{
	info->nr_params = ARRAY_SIZE(fake_params);
	info->nr_metrics = ARRAY_SIZE(fake_metrics);
	info->nr_hists = 1;
	info->nr_counters = 2;
	strcpy(info->name, "fake");
	strcpy(info->contracts, "fake.on_time fake.late");
}

static inline int fake_param(struct ktb_param_info *info)
{
	const __u32 index = info->index;

	if (index >= ARRAY_SIZE(fake_params))
		return fake_fail(ENOENT);
	*info = fake_params[index];
	return 0;
}

static inline int fake_metric(struct ktb_metric_info *info)
{
	const __u32 index = info->index;

	if (index >= ARRAY_SIZE(fake_metrics))
		return fake_fail(ENOENT);
	*info = fake_metrics[index];
	return 0;
}

static inline int fake_setup(struct ktb_setup *setup)
{
	const struct ktb_param_value *params =
		(const void *)(uintptr_t)setup->params;

	assert_false(fake.running);
	assert_int_equal(setup->size, sizeof(*setup));
	assert_int_equal(setup->nr_params, ARRAY_SIZE(fake_params));
	fake.last_seed = params[1].value;
	if (++fake.setups == fake.refuse_cell) {
		setup->err_what = fake.refuse.err_what;
		setup->err_index = fake.refuse.err_index;
		setup->err_limit = fake.refuse.err_limit;
		return fake_fail(fake.refuse_errno);
	}
	setup->nr_areas = FAKE_AREAS;
	setup->area_bytes = FAKE_AREA_BYTES;
	setup->memory_bytes = sizeof(fake.areas);
	setup->timer_bytes = 128;
	return 0;
}

/* Samples of 100 ns and, one of them, 5 us: the worst. */
static inline void fake_write(unsigned int index)
{
	struct ktb_area *area = (void *)fake.areas[index];
	struct ktb_hist_area *hist;
	struct ktb_worst *worst;
	__u64 *counters, *matrix;

	memset(area, 0, FAKE_AREA_BYTES);
	*area = (struct ktb_area){ .magic = KTB_AREA_MAGIC,
				   .head_bytes = sizeof(*area),
				   .cpu = index,
				   .nr_hists = 1,
				   .nr_counters = 2,
				   .nr_areas = FAKE_AREAS,
				   .nr_worst = fake.samples ? 2 : 0,
				   .hist_off = 4096,
				   .counter_off = 40960,
				   .matrix_off = 41984,
				   .worst_off = 43008,
				   .begin_ns = 1000,
				   .end_ns = 2000 };
	hist = (void *)((char *)area + area->hist_off);
	hist->count = fake.samples;
	hist->min = fake.samples ? 100 : INT64_MAX;
	hist->max = fake.samples ? 5000 : INT64_MIN;
	hist->sumsq_hi = 1;
	if (fake.samples) {
		hist->bucket[100] = fake.samples - 1;
		hist->bucket[796] = 1;
	}
	counters = (void *)((char *)area + area->counter_off);
	counters[0] = fake.samples;
	counters[1] = fake.lost;
	matrix = (void *)((char *)area + area->matrix_off);
	matrix[index] = fake.samples;
	worst = (void *)((char *)area + area->worst_off);
	worst[0].value_ns = 100;
	worst[0].allowed_ns = 0;
	worst[1].value_ns = 5000;
	worst[1].allowed_ns = 40;
	worst[1].flags = KTB_WORST_IDLE;
	memcpy(worst[1].comm, "0123456789abcdef", KTB_COMM_LEN);
}

static inline int fake_start(void)
{
	unsigned int i;

	fake.starts++;
	fake.running = true;
	fake.ended = fake.starts != fake.signal_at;
	for (i = 0; i < FAKE_AREAS; i++)
		fake_write(i);
	if (!fake.ended)
		raise(fake.signal);
	return 0;
}

static inline int fake_stop(struct ktb_stop *stop)
{
	stop->state = KTB_STATE_DONE;
	stop->reason = fake.ended ? fake.reason : KTB_REASON_STOPPED;
	stop->cpu = fake.ended_by ? fake.ended_by : 1;
	stop->error = (__u32)fake.error;
	fake.running = false;
	return 0;
}

static inline int fake_check_info(struct ktb_check_info *info)
{
	static const char *const names[] = { "fake.on_time", "fake.late",
					     "fake.other" };

	if (info->index >= ARRAY_SIZE(names))
		return fake_fail(ENOENT);
	strcpy(info->name, names[info->index]);
	strcpy(info->contract, "It keeps its word.");
	strcpy(info->source, "tests/unit/fake_device.h");
	return 0;
}

static inline int fake_check(struct ktb_check_run *run)
{
	static const char evidence[] = "seen: 1\nasked for: 2\n";

	fake.checks++;
	/* Nobody depends on the third. */
	assert_true(run->index < 2);
	run->verdict = run->index ? fake.verdict : KTB_VERDICT_HOLDS;
	run->duration_ns = 1000;
	if (run->verdict)
		strcpy(run->reason, "1 was seen");
	run->evidence_bytes = sizeof(evidence) - 1;
	memcpy((void *)(uintptr_t)run->evidence, evidence, run->evidence_bytes);
	return 0;
}

static inline int fake_ioctl(int fd, unsigned long request, void *arg)
{
	assert_int_equal(fd, 99);
	switch (request) {
	case KTB_IOC_QUERY:
		fake_query(arg);
		return 0;
	case KTB_IOC_WORKLOAD_INFO:
		fake_workload(arg);
		return 0;
	case KTB_IOC_PARAM_INFO:
		return fake_param(arg);
	case KTB_IOC_METRIC_INFO:
		return fake_metric(arg);
	case KTB_IOC_SETUP:
		return fake_setup(arg);
	case KTB_IOC_START:
		return fake_start();
	case KTB_IOC_STOP:
		return fake_stop(arg);
	case KTB_IOC_CHECK_INFO:
		return fake_check_info(arg);
	case KTB_IOC_CHECK:
		return fake_check(arg);
	default:
		return fake_fail(ENOTTY);
	}
}

static inline void *fake_mmap(int fd, size_t bytes, off_t offset)
{
	return fake.areas[offset / FAKE_AREA_BYTES];
}

static inline int fake_munmap(void *address, size_t bytes)
{
	return 0;
}

static inline int fake_ppoll(struct pollfd *fds, nfds_t nr,
			     const struct timespec *timeout,
			     const sigset_t *mask)
{
	if (fake.ended) {
		fds->revents = POLLIN;
		return 1;
	}
	/* Really sleep, so that the pending signal is what ends it. */
	return ppoll(NULL, 0, timeout, mask);
}

static inline int fake_close(int fd)
{
	assert_false(fake.running);
	return 0;
}

static const struct ktb_device_io fake_io = {
	.open = fake_open,
	.ioctl = fake_ioctl,
	.mmap = fake_mmap,
	.munmap = fake_munmap,
	.ppoll = fake_ppoll,
	.close = fake_close,
};

#endif /* KTB_FAKE_DEVICE_H */
