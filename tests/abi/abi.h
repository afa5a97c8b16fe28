/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ABI, said shortly: what the tests in this directory need of
 * <linux/ktbench.h>. All functions return 0 or a positive errno, so that a
 * case is a comparison of two numbers. Nothing of the runner is used: the
 * tests hold module and header against each other and nothing else.
 *
 * Some of them are held against the device in user space as well, see
 * tests/unit/user_abi.h, which sets the ABI_* words below.
 */
#ifndef TESTS_ABI_ABI_H
#define TESTS_ABI_ABI_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"
#include "uapi/linux/ktbench.h"

/* The device, a workload to run for long, what it counts, the nth CPU for it. */
#ifndef ABI_IS_MODULE
#define ABI_IS_MODULE 1
#define ABI_WORKLOAD  "timer_wheel"
#define ABI_COUNTED   "expiries"
#define ABI_CPU(n)    (n)
#endif

#define ABI_MS	       1000000LL
#define ABI_S	       1000000000LL
#define ABI_NR(array)  (sizeof(array) / sizeof((array)[0]))
#define ABI_MAX_PARAMS 40
#define ABI_MAX_PLACES 16

/**
 * struct abi_job - everything that a SETUP points to
 * @fd: the session
 * @setup: what goes to the ioctl; filled by the abi_job_* functions
 * @params: what @setup.params points to
 * @places: what @setup.places points to
 * @disturb: what @setup.disturb points to
 */
struct abi_job {
	int fd;
	struct ktb_setup setup;
	struct ktb_param_value params[ABI_MAX_PARAMS];
	struct ktb_place places[ABI_MAX_PLACES];
	__u32 disturb[ABI_MAX_PLACES];
};

/* The name of an errno; "0" for none. */
static inline const char *abi_errno(int error)
{
	const char *name = error ? strerrorname_np(error) : "0";

	return name ? name : "?";
}

/* A case: @error is @expected. */
static inline __attribute__((format(printf, 3, 4))) bool
is_errno(int error, int expected, const char *format, ...)
{
	char what[256];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (error != expected)
		diag("got %s, expected %s", abi_errno(error),
		     abi_errno(expected));
	return ok(error == expected, "%s is %s", what,
		  expected ? abi_errno(expected) : "fine");
}

static inline int abi_ioctl(int fd, unsigned long cmd, void *arg)
{
	return ioctl(fd, cmd, arg) < 0 ? errno : 0;
}

static inline int abi_open(void)
{
	int fd = open(KTB_DEVICE_PATH, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		bail("open %s: %s", KTB_DEVICE_PATH, strerror(errno));
	return fd;
}

static inline int abi_query(int fd, struct ktb_query *query)
{
	*query = (struct ktb_query){ .size = sizeof(*query) };
	return abi_ioctl(fd, KTB_IOC_QUERY, query);
}

static inline int abi_workload_info(int fd, __u32 index,
				    struct ktb_workload_info *info)
{
	*info = (struct ktb_workload_info){
		.size = sizeof(*info),
		.index = index,
	};
	return abi_ioctl(fd, KTB_IOC_WORKLOAD_INFO, info);
}

static inline int abi_param_info(int fd, __u32 workload, __u32 index,
				 struct ktb_param_info *info)
{
	*info = (struct ktb_param_info){
		.size = sizeof(*info),
		.workload = workload,
		.index = index,
	};
	return abi_ioctl(fd, KTB_IOC_PARAM_INFO, info);
}

static inline int abi_metric_info(int fd, __u32 workload, __u32 index,
				  struct ktb_metric_info *info)
{
	*info = (struct ktb_metric_info){
		.size = sizeof(*info),
		.workload = workload,
		.index = index,
	};
	return abi_ioctl(fd, KTB_IOC_METRIC_INFO, info);
}

static inline int abi_start(int fd)
{
	struct ktb_start start = { .size = sizeof(start) };

	return abi_ioctl(fd, KTB_IOC_START, &start);
}

static inline int abi_stop(int fd, struct ktb_stop *stop)
{
	*stop = (struct ktb_stop){ .size = sizeof(*stop) };
	return abi_ioctl(fd, KTB_IOC_STOP, stop);
}

/* Stops the session and says in which state it is then; -1 on an error. */
static inline int abi_state(int fd)
{
	struct ktb_stop stop;

	return abi_stop(fd, &stop) ? -1 : (int)stop.state;
}

/* Waits at most @timeout_ms for the run's end; the events of poll(). */
static inline short abi_wait(int fd, int timeout_ms)
{
	struct pollfd pollfd = { .fd = fd, .events = POLLIN };

	return poll(&pollfd, 1, timeout_ms) == 1 ? pollfd.revents : 0;
}

static inline __s64 abi_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * ABI_S + now.tv_nsec;
}

static inline void abi_sleep_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

/* The index of a workload by its name. */
static inline __u32 abi_workload(int fd, const char *name)
{
	struct ktb_workload_info info;
	__u32 i;

	for (i = 0; !abi_workload_info(fd, i, &info); i++)
		if (!strcmp(info.name, name))
			return i;
	bail("there is no workload '%s'", name);
}

/* A parameter of a workload by its name. */
static inline bool abi_find_param(int fd, __u32 workload, const char *name,
				  struct ktb_param_info *info)
{
	__u32 i;

	for (i = 0; !abi_param_info(fd, workload, i, info); i++)
		if (!strcmp(info->name, name))
			return true;
	return false;
}

static inline struct ktb_param_info abi_param(const struct abi_job *job,
					      const char *name)
{
	struct ktb_param_info info;

	if (!abi_find_param(job->fd, job->setup.workload, name, &info))
		bail("workload %u has no parameter '%s'", job->setup.workload,
		     name);
	return info;
}

/* Gives a parameter by its index, changing its value if it was given before. */
static inline void abi_set_index(struct abi_job *job, __u32 index, __s64 value)
{
	__u32 i;

	for (i = 0; i < job->setup.nr_params; i++)
		if (job->params[i].index == index)
			break;
	if (i == ABI_MAX_PARAMS)
		bail("the test gives more than %d parameters", ABI_MAX_PARAMS);
	job->params[i] = (struct ktb_param_value){
		.index = index,
		.value = value,
	};
	if (i == job->setup.nr_params)
		job->setup.nr_params++;
}

static inline void abi_set(struct abi_job *job, const char *name, __s64 value)
{
	abi_set_index(job, abi_param(job, name).index, value);
}

/* The value that a choice's name stands for; -1 if there is none. */
static inline __s64 abi_choice(const struct ktb_param_info *info,
			       const char *choice)
{
	const char *at = info->choices;
	size_t length = strlen(choice);
	__s64 value;

	for (value = 0; at; value++) {
		if (!strncmp(at, choice, length) &&
		    (at[length] == ',' || !at[length]))
			return value;
		at = strchr(at, ',');
		at = at ? at + 1 : NULL;
	}
	return -1;
}

static inline void abi_set_choice(struct abi_job *job, const char *name,
				  const char *choice)
{
	struct ktb_param_info info = abi_param(job, name);
	__s64 value = abi_choice(&info, choice);

	if (value < 0)
		bail("parameter '%s' has no choice '%s'", name, choice);
	abi_set_index(job, info.index, value);
}

static inline void abi_place(struct abi_job *job, __u32 cpu)
{
	job->places[job->setup.nr_places++] =
		(struct ktb_place){ ABI_CPU(cpu), ABI_CPU(cpu) };
}

static inline void abi_disturb(struct abi_job *job, __u32 cpu)
{
	job->disturb[job->setup.nr_disturb++] = cpu;
}

/*
 * A short run of a workload on one CPU: every other parameter at its default.
 * The pointers make the job stay where it is.
 */
static inline void abi_job_init(struct abi_job *job, int fd,
				const char *workload, __u32 cpu)
{
	*job = (struct abi_job){ .fd = fd };
	job->setup = (struct ktb_setup){
		.size = sizeof(job->setup),
		.workload = abi_workload(fd, workload),
		.params = (__u64)(unsigned long)job->params,
		.places = (__u64)(unsigned long)job->places,
		.disturb = (__u64)(unsigned long)job->disturb,
	};
	abi_place(job, cpu);
	abi_set(job, "warmup", abi_param(job, "warmup").min);
	abi_set(job, "duration", 200 * ABI_MS);
}

/* Clears what SETUP answers with, then calls it. */
static inline int abi_setup(struct abi_job *job)
{
	job->setup.nr_areas = 0;
	job->setup.err_what = 0;
	job->setup.area_bytes = 0;
	job->setup.memory_bytes = 0;
	job->setup.timer_bytes = 0;
	job->setup.err_index = 0;
	job->setup.err_limit = 0;
	return abi_ioctl(job->fd, KTB_IOC_SETUP, &job->setup);
}

/* Maps area @index of a job that is set up; NULL if that fails (errno). */
static inline const struct ktb_area *abi_map(const struct abi_job *job,
					     __u32 index)
{
	void *area = mmap(NULL, job->setup.area_bytes, PROT_READ, MAP_SHARED,
			  job->fd, (off_t)(index * job->setup.area_bytes));

	return area == MAP_FAILED ? NULL : area;
}

static inline void abi_unmap(const struct abi_job *job,
			     const struct ktb_area *area)
{
	munmap((void *)(unsigned long)area, job->setup.area_bytes);
}

static inline const struct ktb_hist_area *abi_hist(const struct ktb_area *area,
						   __u32 index)
{
	const char *base = (const char *)area + area->hist_off;

	return (const struct ktb_hist_area *)(const void *)base + index;
}

static inline __u64 abi_counter_at(const struct ktb_area *area, __u32 index)
{
	const char *base = (const char *)area + area->counter_off;

	return ((const __u64 *)(const void *)base)[index];
}

/* The sum of a counter over all areas of a job, by its name. */
static inline __u64 abi_counter(const struct abi_job *job, const char *name)
{
	const struct ktb_area *area;
	struct ktb_metric_info info;
	__u32 i, counter = 0;
	__u64 sum = 0;

	for (i = 0;; i++) {
		if (abi_metric_info(job->fd, job->setup.workload, i, &info))
			bail("there is no counter '%s'", name);
		if (info.kind != KTB_METRIC_COUNTER)
			continue;
		if (!strcmp(info.name, name))
			break;
		counter++;
	}
	for (i = 0; i < job->setup.nr_areas; i++) {
		area = abi_map(job, i);
		if (!area)
			bail("area %u cannot be mapped: %s", i,
			     strerror(errno));
		sum += abi_counter_at(area, counter);
		abi_unmap(job, area);
	}
	return sum;
}

/*
 * Whether a SETUP was refused for what cannot be measured together, or for a
 * real-time policy where this process may have none.
 */
static inline bool abi_is_refused(int error)
{
	const struct sched_param low = { .sched_priority = 1 };
	const struct sched_param none = { .sched_priority = 0 };

	if (error != EPERM)
		return error == EOPNOTSUPP;
	if (sched_setscheduler(0, SCHED_FIFO, &low))
		return true;
	sched_setscheduler(0, SCHED_OTHER, &none);
	return false;
}

/* SETUP and START, or the end of the test. */
static inline void abi_run(struct abi_job *job)
{
	int error = abi_setup(job);

	if (error)
		bail("SETUP failed: %s (what %u, index %u, limit %lld)",
		     abi_errno(error), job->setup.err_what,
		     job->setup.err_index, (long long)job->setup.err_limit);
	error = abi_start(job->fd);
	if (error)
		bail("START failed: %s", abi_errno(error));
}

#endif /* TESTS_ABI_ABI_H */
