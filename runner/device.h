/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device /dev/ktbench as plain structs. device.c is the only file of the
 * runner that knows ioctls, flags and the layout of the areas.
 */
#ifndef KTB_DEVICE_H
#define KTB_DEVICE_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "catalog.h"
#include "message.h"

struct ktb_device;

/** ktb_device_path() - @given, or where the module puts its device if that is NULL */
const char *ktb_device_path(const char *given);

/**
 * struct ktb_device_io - the system calls that a device is used with
 *
 * The device in user space has its own, and so have the tests. Each behaves as
 * the system call of its name.
 */
struct ktb_device_io {
	int (*open)(const char *path);
	int (*ioctl)(int fd, unsigned long request, void *arg);
	void *(*mmap)(int fd, size_t bytes, off_t offset);
	int (*munmap)(void *address, size_t bytes);
	int (*ppoll)(struct pollfd *fds, nfds_t nr,
		     const struct timespec *timeout, const sigset_t *mask);
	int (*close)(int fd);
};

/** ktb_device_io - of the module: the kernel's own unless a test says so */
extern const struct ktb_device_io *ktb_device_io;

/** ktb_device_user_io - of the device in user space, whose path is of no use */
extern const struct ktb_device_io ktb_device_user_io;

/**
 * struct ktb_device_info - what the module and the kernel are
 * @abi_version: version of the interface
 * @build: version of the module and its compiler
 * @hz: CONFIG_HZ
 * @tick_ns: length of a jiffy
 * @hrtimer_resolution_ns: 1 with high-resolution timers
 * @edge_known: the edges of jiffies are known in nanoseconds
 * @edge_remainder_ns: how far the edge lies from a multiple of @tick_ns
 * @preempt_rt: CONFIG_PREEMPT_RT
 * @irq_counts: worst samples count interrupts
 * @switches: worst samples count context switches
 * @clock_cost_ps: cost of one read: monotonic, monotonic_fast, boottime, cycles
 */
struct ktb_device_info {
	uint32_t abi_version;
	char build[64];
	uint32_t hz;
	uint64_t tick_ns;
	uint32_t hrtimer_resolution_ns;
	bool edge_known;
	uint64_t edge_remainder_ns;
	bool preempt_rt;
	bool irq_counts;
	bool switches;
	uint64_t clock_cost_ps[4];
};

/**
 * struct ktb_device_place - where to measure
 * @cpu: the CPU that is measured
 * @arm_cpu: the CPU that arms; the same one unless the job says otherwise
 */
struct ktb_device_place {
	uint32_t cpu;
	uint32_t arm_cpu;
};

/** enum ktb_refused - what a refused SETUP speaks of */
enum ktb_refused {
	KTB_REFUSED_NOTHING,
	KTB_REFUSED_PARAM,
	KTB_REFUSED_PLACE,
	KTB_REFUSED_DISTURB,
	KTB_REFUSED_TIMERS,
	KTB_REFUSED_MEMORY,
	KTB_REFUSED_LOAD,
	KTB_REFUSED_THREADS,
};

/**
 * struct ktb_device_setup - what is asked of a session and what it says
 * @workload: in: index in the catalogue
 * @values: in: a value for every parameter of the workload, in its order
 * @nr_values: in: entries of @values
 * @places: in: where to measure
 * @nr_places: in: entries of @places
 * @disturb: in: CPUs to disturb
 * @nr_disturb: in: entries of @disturb
 * @nr_areas: out: areas to read after the run
 * @memory_bytes: out: what the session holds in the kernel
 * @timer_bytes: out: kernel memory per timer
 * @nr_threads: out: most kernel threads that the run has at once
 * @refused: out, on a failure: what stands in the way
 * @refused_index: out, on a failure: which value, place or CPU
 * @limit: out, on ERANGE: the limit that was passed
 */
struct ktb_device_setup {
	uint32_t workload;
	const int64_t *values;
	size_t nr_values;
	const struct ktb_device_place *places;
	size_t nr_places;
	const uint32_t *disturb;
	size_t nr_disturb;
	uint32_t nr_areas;
	uint64_t memory_bytes;
	uint32_t timer_bytes;
	uint32_t nr_threads;
	enum ktb_refused refused;
	uint32_t refused_index;
	int64_t limit;
};

/** enum ktb_ended - how a run ended */
enum ktb_ended {
	KTB_ENDED_NOT,
	KTB_ENDED_COMPLETE,
	KTB_ENDED_STOPPED,
	KTB_ENDED_HOTPLUG,
	KTB_ENDED_STARVED,
	KTB_ENDED_FAILED,
};

/**
 * struct ktb_device_hist - one distribution of an area
 * @count: samples, early and overflowing ones included
 * @sum: exact sum, ns
 * @sumsq: exact sum of squares
 * @min: smallest sample, of no meaning when @count is 0
 * @max: largest sample, likewise
 * @early: samples below zero
 * @overflow: samples past the last bucket
 * @bucket: counts; see include/ktb_hist.h
 * @nr_buckets: entries of @bucket
 */
struct ktb_device_hist {
	uint64_t count;
	int64_t sum;
	unsigned __int128 sumsq;
	int64_t min;
	int64_t max;
	uint64_t early;
	uint64_t overflow;
	const uint64_t *bucket;
	uint32_t nr_buckets;
};

/** struct ktb_device_worst - a worst sample; the members of results/SCHEMA.md */
struct ktb_device_worst {
	int64_t value_ns;
	int64_t allowed_ns;
	uint64_t due_ns;
	uint64_t fired_ns;
	uint64_t armed_ns;
	uint64_t steal_ns;
	uint32_t timer;
	uint32_t armed_cpu;
	bool idle;
	bool in_thread;
	uint32_t irqs;
	uint32_t softirqs;
	uint32_t switches;
	uint32_t pid;
	char comm[17];
};

/** struct ktb_device_raw - a raw sample; the members of results/SCHEMA.md */
struct ktb_device_raw {
	uint64_t fired_ns;
	int64_t value_ns;
	uint32_t timer;
	uint32_t armed_cpu;
};

/**
 * struct ktb_device_area - a copy of one area
 * @cpu: the CPU that took the samples
 * @node: the NUMA node of its memory
 * @nr_hists: distributions
 * @nr_counters: counters
 * @nr_areas: entries of the armed x fired row
 * @nr_worst: worst samples
 * @nr_raw: raw samples
 * @raw_dropped: raw samples that found no room
 * @begin_ns: first due time that counts
 * @end_ns: first due time that counts no more
 * @memory: the copy, on the area's node where there are nodes
 * @bytes: its size
 * @is_on_node: libnuma gave @memory, and takes it back
 */
struct ktb_device_area {
	uint32_t cpu;
	int32_t node;
	uint32_t nr_hists;
	uint32_t nr_counters;
	uint32_t nr_areas;
	uint32_t nr_worst;
	uint32_t nr_raw;
	uint64_t raw_dropped;
	uint64_t begin_ns;
	uint64_t end_ns;
	void *memory;
	size_t bytes;
	bool is_on_node;
};

/**
 * ktb_device_open() - open a session and ask what the device is
 * @io: the calls that it is used with
 * @path: the device
 * @info: to be filled in
 * @error: on a failure: errno of the call that failed
 *
 * Return: the session, or NULL.
 */
struct ktb_device *ktb_device_open(const struct ktb_device_io *io,
				   const char *path,
				   struct ktb_device_info *info, int *error);

/** ktb_device_close() - end a session; @device may be NULL */
void ktb_device_close(struct ktb_device *device);

/**
 * ktb_device_catalog() - ask the device for its workloads
 * @device: the session
 * @catalog: to be filled in; the caller knows the source
 *
 * Return: 0 or -errno.
 */
int ktb_device_catalog(struct ktb_device *device, struct ktb_catalog *catalog);

/**
 * ktb_device_set_up() - validate and allocate everything
 * @device: the session
 * @setup: what is asked; its out members are filled in
 *
 * Return: 0 or -errno, whose meaning include/uapi/linux/ktbench.h tells.
 */
int ktb_device_set_up(struct ktb_device *device,
		      struct ktb_device_setup *setup);

/**
 * ktb_device_start() - begin to run
 * @device: the session, set up
 * @beside: it is load for others, and goes on until it is stopped
 *
 * Return: 0 or -errno.
 */
int ktb_device_start(struct ktb_device *device, bool beside);

/** ktb_device_has_begun() - has the window of a run been opened? */
bool ktb_device_has_begun(const struct ktb_device *device);

/**
 * ktb_device_wait() - sleep until the run has ended
 * @device: the session
 * @timeout_ms: at most so long
 * @mask: signal mask while sleeping
 *
 * Return: 1 if the run has ended, 0 after the timeout, -errno otherwise
 * (-EINTR: a signal came).
 */
int ktb_device_wait(struct ktb_device *device, int timeout_ms,
		    const sigset_t *mask);

/**
 * struct ktb_device_end - how and why a run ended
 * @ended: how
 * @cpu: the CPU that HOTPLUG, STARVED and FAILED speak of
 * @error: of FAILED: why a thread could not be made, an errno
 */
struct ktb_device_end {
	enum ktb_ended ended;
	uint32_t cpu;
	int error;
};

/**
 * ktb_device_stop() - end the run; the areas do not change any more
 * @device: the session
 * @end: how it ended
 *
 * Return: 0 or -errno.
 */
int ktb_device_stop(struct ktb_device *device, struct ktb_device_end *end);

/**
 * ktb_device_samples() - samples so far of one distribution, over all areas
 * @device: the session, set up
 * @hist: which distribution
 *
 * Return: a count that may lag behind while the run goes on.
 */
uint64_t ktb_device_samples(struct ktb_device *device, uint32_t hist);

/**
 * ktb_device_area_read() - copy an area
 * @device: the session, stopped
 * @index: below the setup's nr_areas
 * @area: to be filled in; ktb_device_area_free() frees it
 *
 * Return: 0, or -EPROTO if the area is not as the interface says.
 */
int ktb_device_area_read(struct ktb_device *device, uint32_t index,
			 struct ktb_device_area *area);

/** ktb_device_area_free() - free the copy of an area */
void ktb_device_area_free(struct ktb_device_area *area);

/** ktb_device_area_hist() - distribution @index of an area */
struct ktb_device_hist ktb_device_area_hist(const struct ktb_device_area *area,
					    uint32_t index);

/** ktb_device_area_counter() - counter @index of an area */
uint64_t ktb_device_area_counter(const struct ktb_device_area *area,
				 uint32_t index);

/** ktb_device_area_armed() - samples that the CPU of area @index armed */
uint64_t ktb_device_area_armed(const struct ktb_device_area *area,
			       uint32_t index);

/** ktb_device_area_worst() - worst sample @index of an area, in no order */
struct ktb_device_worst
ktb_device_area_worst(const struct ktb_device_area *area, uint32_t index);

/** ktb_device_area_raw() - raw sample @index of an area, in order of time */
struct ktb_device_raw ktb_device_area_raw(const struct ktb_device_area *area,
					  uint32_t index);

#endif /* KTB_DEVICE_H */
