/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device in user space, as its own files share it: what a companion is, and
 * the run that it works for. A companion is one file device_user_<what>.c that
 * defines `const struct ktb_user_workload ktb_user_<what>`, and one line in
 * KTB_USER_WORKLOADS. It knows samples, clocks and policies; it does not know
 * sessions. Nothing but device_user*.c may include this.
 */
#ifndef KTB_DEVICE_USER_H
#define KTB_DEVICE_USER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "ktb_missed.h"
#include "ktb_random.h"
#include "ktb_record.h"

#define KTB_USER_WORKLOADS(X) \
	X(null)               \
	X(timer)              \
	X(thread)

#define KTB_USER_NS_PER_S     1000000000LL
#define KTB_USER_NS_PER_MS    1000000LL
#define KTB_USER_NS_PER_US    1000LL

/* A run whose controller has not run for so long starves its machine. */
#define KTB_USER_STARVED_NS   (10 * KTB_USER_NS_PER_S)

/* What different threads write stands this far apart, on machines of today. */
#define KTB_USER_LINE_BYTES   64

/* No machine has as many CPUs; sets of them stay small. */
#define KTB_USER_MAX_CPU      65536

/* What a thread costs in the kernel, about: stack, structs, page tables. */
#define KTB_USER_THREAD_BYTES 32768

struct ktb_user_run;
struct ktb_user_place;
struct ktb_user_engine;

/** enum ktb_user_common_param - what every companion has, before its own */
enum ktb_user_common_param {
	KTB_USER_DURATION,
	KTB_USER_WARMUP,
	KTB_USER_SEED,
	KTB_USER_RAW_SAMPLES,
	KTB_USER_NR_COMMON_PARAMS,
};

#define KTB_USER_MAX_PARAMS 16

/* Rows of a companion's table of metrics. */
#define KTB_USER_COUNTER(_name, _flags, _help)                         \
	{                                                              \
		.name = _name, .kind = KTB_METRIC_COUNTER,             \
		.unit = KTB_UNIT_COUNT, .flags = _flags, .help = _help \
	}

#define KTB_USER_DISTRIBUTION(_name, _flags, _help)                 \
	{                                                           \
		.name = _name, .kind = KTB_METRIC_DISTRIBUTION,     \
		.unit = KTB_UNIT_NS, .context = KTB_CONTEXT_THREAD, \
		.flags = _flags, .help = _help                      \
	}

/**
 * struct ktb_user_workload - a companion; see the ABI for the told part
 * @name: [a-z][a-z0-9_]*
 * @help: one sentence
 * @params: its own parameters; size, workload and index are filled in when told
 * @nr_params: how many
 * @metrics: its metrics; likewise
 * @nr_metrics: how many
 * @check: are these values measurable together? Sets @what and @which and
 *	returns a negative errno if not. Fills run->nr_threads, thread_bytes and
 *	grace_ns. Called by SETUP, in the thread of the user who asks;
 *	allocates nothing
 * @prepare: allocate what a place needs; undone by @release. May be NULL
 * @work: measure, until ktb_user_must_stop(). Runs in a thread that is bound to
 *	the place's CPU and has all signals blocked; calls ktb_user_armed() and
 *	ktb_user_set_next(). Leaves nothing behind when it returns
 * @release: free what @prepare made, whatever it did. May be NULL
 */
struct ktb_user_workload {
	const char *name;
	const char *help;
	const struct ktb_param_info *params;
	uint32_t nr_params;
	const struct ktb_metric_info *metrics;
	uint32_t nr_metrics;

	int (*check)(struct ktb_user_run *run, uint32_t *what, uint32_t *which);
	int (*prepare)(struct ktb_user_place *place);
	void (*work)(struct ktb_user_place *place);
	void (*release)(struct ktb_user_place *place);
};

#define KTB_USER_DECLARE(_what) \
	extern const struct ktb_user_workload ktb_user_##_what;
KTB_USER_WORKLOADS(KTB_USER_DECLARE)
#undef KTB_USER_DECLARE

/**
 * struct ktb_user_cell - the writer's side of an area: one thread
 * @area: what the runner sees
 * @hists: its histograms
 * @counters: its counters
 * @matrix: its armed x fired row
 * @worst: its worst samples
 * @raw: its raw samples; NULL if none are kept
 * @worst_floor_ns: an excess must be above this to be among the worst
 * @rank: heap by excess, the smallest on top
 */
struct ktb_user_cell {
	struct ktb_area *area;
	struct ktb_hist_area *hists;
	__u64 *counters;
	__u64 *matrix;
	struct ktb_worst *worst;
	struct ktb_raw *raw;
	__s64 worst_floor_ns;
	struct ktb_rank rank[KTB_NR_WORST];
};

/**
 * struct ktb_user_place - where to measure, and who does it
 * @run: the run
 * @cell: where the samples go
 * @cpu: the CPU
 * @index: of the place, and of its area
 * @name: of the thread that measures, padded with zeros
 * @tid: the thread that measures
 * @thread: the same; it is there if @is_made
 * @is_made: the thread is there and has not been joined
 * @is_armed: ktb_user_armed() was called
 * @random: stream of phases
 * @next_ns: all that was due before this has been served, CLOCK_MONOTONIC
 * @work: the companion's own
 */
struct ktb_user_place {
	struct ktb_user_run *run;
	struct ktb_user_cell cell;
	uint32_t cpu;
	uint32_t index;
	char name[KTB_COMM_LEN];
	pid_t tid;
	pthread_t thread;
	bool is_made;
	bool is_armed;
	__u64 random;
	uint64_t next_ns;
	void *work;
} __attribute__((aligned(KTB_USER_LINE_BYTES)));

/**
 * struct ktb_user_areas - the areas of a run: one a place, in a file in memory
 * @fd: the file, which the runner maps; below zero if there is none
 * @base: the device's own mapping
 * @bytes: size of one area
 * @nr: areas
 */
struct ktb_user_areas {
	int fd;
	char *base;
	size_t bytes;
	uint32_t nr;
};

/**
 * struct ktb_user_run - one SETUP, and the run that it is for
 * @workload: what to do
 * @values: of all parameters, common ones first
 * @places: where
 * @nr_places: how many
 * @areas: where the samples go
 * @nr_threads: most threads at once, besides one a place and the controller
 * @thread_bytes: memory of one of them
 * @memory_bytes: all that this run takes
 * @grace_ns: how late the last sample of the window may end
 * @begin_ns: first due time that is recorded, CLOCK_MONOTONIC
 * @span_ns: length of the recorded window; zero until it is known
 * @heartbeat_ns: when the controller last ran
 * @stopping: the threads are to end
 * @abort: enum ktb_reason if the run must end now
 * @abort_cpu: the CPU that @abort speaks of
 * @abort_error: why something could not be made, an errno
 * @engine: the engine's own
 */
struct ktb_user_run {
	const struct ktb_user_workload *workload;
	int64_t values[KTB_USER_MAX_PARAMS];
	struct ktb_user_place *places;
	uint32_t nr_places;
	struct ktb_user_areas areas;

	uint64_t nr_threads;
	size_t thread_bytes;
	uint64_t memory_bytes;
	uint64_t grace_ns;

	uint64_t begin_ns;
	uint64_t span_ns;
	uint64_t heartbeat_ns;
	bool stopping;
	uint32_t abort;
	uint32_t abort_cpu;
	uint32_t abort_error;
	struct ktb_user_engine *engine;
};

/**
 * ktb_user_value() - the value of one of the companion's own parameters
 * @run: the run
 * @param: its index among the companion's own
 */
static inline int64_t ktb_user_value(const struct ktb_user_run *run,
				     uint32_t param)
{
	return run->values[KTB_USER_NR_COMMON_PARAMS + param];
}

/** ktb_user_to_ns() - a time of the C library's in nanoseconds */
static inline uint64_t ktb_user_to_ns(const struct timespec *time)
{
	return (uint64_t)time->tv_sec * KTB_USER_NS_PER_S +
	       (uint64_t)time->tv_nsec;
}

/** ktb_user_to_timespec() - nanoseconds as a time of the C library's */
static inline struct timespec ktb_user_to_timespec(uint64_t ns)
{
	return (struct timespec){
		.tv_sec = (time_t)(ns / KTB_USER_NS_PER_S),
		.tv_nsec = (long)(ns % KTB_USER_NS_PER_S),
	};
}

/** ktb_user_clock_ns() - now, on a clock of the C library's */
static inline uint64_t ktb_user_clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return ktb_user_to_ns(&now);
}

/** ktb_user_now_ns() - now, CLOCK_MONOTONIC */
static inline uint64_t ktb_user_now_ns(void)
{
	return ktb_user_clock_ns(CLOCK_MONOTONIC);
}

/** ktb_user_must_stop() - has the thread of a place to end? */
static inline bool ktb_user_must_stop(const struct ktb_user_run *run)
{
	return __atomic_load_n(&run->stopping, __ATOMIC_ACQUIRE);
}

/**
 * ktb_user_records() - does a due time lie in the recorded window?
 * @run: the run
 * @due_ns: CLOCK_MONOTONIC
 */
static inline bool ktb_user_records(const struct ktb_user_run *run,
				    uint64_t due_ns)
{
	/* Pairs with the releases of the engine's course. */
	uint64_t span_ns = __atomic_load_n(&run->span_ns, __ATOMIC_ACQUIRE);

	return due_ns - __atomic_load_n(&run->begin_ns, __ATOMIC_RELAXED) <
	       span_ns;
}

/**
 * ktb_user_set_next() - all that was due before a time has been served
 * @place: of the caller
 * @next_ns: that time, CLOCK_MONOTONIC
 */
static inline void ktb_user_set_next(struct ktb_user_place *place,
				     uint64_t next_ns)
{
	/* Pairs with the acquire in the engine's drain. */
	__atomic_store_n(&place->next_ns, next_ns, __ATOMIC_RELEASE);
}

static inline void ktb_user_count(struct ktb_user_place *place,
				  uint32_t counter)
{
	place->cell.counters[counter]++;
}

/**
 * struct ktb_user_sample - one sample of the primary metric
 * @value_ns: the primary metric
 * @allowed_ns: the part of it that was allowed; the worst are ranked by the rest
 * @due_ns: when it was due, CLOCK_MONOTONIC
 * @fired_ns: when it came, same clock
 * @armed_ns: when it was armed, same clock
 * @timer: its number within its place
 */
struct ktb_user_sample {
	int64_t value_ns;
	int64_t allowed_ns;
	uint64_t due_ns;
	uint64_t fired_ns;
	uint64_t armed_ns;
	uint32_t timer;
};

/* device_user_area.c */
void ktb_user_sample(struct ktb_user_place *place, uint32_t primary,
		     const struct ktb_user_sample *sample);
uint64_t ktb_user_miss(struct ktb_user_place *place, uint32_t metric,
		       const struct ktb_missed *missed, uint64_t came_ns);
uint64_t ktb_user_areas_bytes(const struct ktb_user_run *run);
int ktb_user_areas_alloc(struct ktb_user_run *run);
void ktb_user_areas_free(struct ktb_user_areas *areas);

/* device_user_describe.c */
const struct ktb_user_workload *ktb_user_workload(uint32_t index);
uint32_t ktb_user_nr_params(const struct ktb_user_workload *workload);
const struct ktb_param_info *
ktb_user_param(const struct ktb_user_workload *workload, uint32_t index);
uint32_t ktb_user_nr_kind(const struct ktb_user_workload *workload,
			  enum ktb_metric_kind kind);
int ktb_user_describe_device(struct ktb_query *query);
int ktb_user_describe_workload(struct ktb_workload_info *info);
int ktb_user_describe_param(struct ktb_param_info *info);
int ktb_user_describe_metric(struct ktb_metric_info *info);

/* device_user_request.c */
int ktb_user_request(struct ktb_user_run *run, struct ktb_setup *setup);

/* device_user_limits.c */
uint32_t ktb_user_limits_cpus(void);
uint64_t ktb_user_limits_memory(void);
uint64_t ktb_user_limits_threads(void);

/* device_user_course.c */
void ktb_user_armed(struct ktb_user_place *place);
void ktb_user_abort(struct ktb_user_run *run, uint32_t reason, uint32_t cpu);
void ktb_user_fail(struct ktb_user_place *place, int error);

#endif /* KTB_DEVICE_USER_H */
