/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The contract between ktbench.ko and user space.
 *
 * One open file descriptor on /dev/ktbench is one session. Its life:
 *
 *	open -> SETUP -> START -> (poll until POLLIN) -> STOP -> mmap/read areas
 *	          ^                                               |
 *	          +-----------------------------------------------+
 *
 * Every ioctl takes one struct that begins with `__u32 size`. Short structs of
 * an older user are filled up with zeros; the unknown tail of a newer user's
 * struct must be zero (E2BIG otherwise). Fields called `reserved` must be zero.
 * Everything written back fits into the size that the caller gave.
 *
 * What each errno means, everywhere in this interface:
 *
 *	E2BIG		the struct has a tail that this module does not know, and it
 *			is not zero
 *	EINVAL		size below the first version's size, a reserved field that is
 *			not zero, an unknown flag, an index that names nothing, a
 *			parameter or a place given twice; at mmap: an offset or a
 *			length that is not that of exactly one area
 *	ENOENT		the enumeration has ended: there is no entry of this index
 *	ENOTTY		not an ioctl of this interface
 *	EFAULT		a pointer could not be followed
 *	ERANGE		a value or a sum is past a limit; &struct ktb_setup.err_* say
 *			which value and which limit
 *	ENXIO		a CPU does not exist or is offline, or a NUMA node does not
 *			exist or has no memory; err_what and err_index say which. START:
 *			a CPU has gone since SETUP, or one has come that samples might
 *			go to
 *	EOPNOTSUPP	each value is fine, the combination cannot be measured here;
 *			err_what and err_index say what stands in the way
 *	EBUSY		a run is in progress: of this session, or (START, CHECK) of another;
 *			with KTB_START_BESIDE: of KTB_MAX_BESIDE others beside it
 *	ENODATA		START or mmap before SETUP
 *	EALREADY	START after the run of this SETUP has ended: SETUP again
 *	EACCES		mmap that asks for write access or for MAP_PRIVATE
 *	EPERM		open without CAP_SYS_ADMIN in the initial user namespace; SETUP
 *			of a real-time policy without CAP_SYS_NICE (in user space:
 *			without any permission for it)
 *	ENOMEM		no memory; nothing is left allocated
 *	EAGAIN		START, and SETUP in user space: no thread could be made
 *	ETIME		SETUP: what must be measured first could not be, since the
 *			machine stands still too often for it
 *	EINTR		a signal ended the call before it took effect
 *
 * The descriptor is the permission. Open asks for CAP_SYS_ADMIN, and no call asks
 * for it again: who is handed an open descriptor may do all that this interface
 * offers, keeping interrupts off included. Hand it to nobody who may not stop the
 * machine. One thing is asked of the caller besides, since it is asked of him
 * everywhere else: a policy that would take CAP_SYS_NICE takes it here too.
 *
 * The runner has a device of its own, in user space, which speaks this interface
 * too: its workloads have KTB_WORKLOAD_USER, it tells zero for what only the
 * kernel knows, and what it says of kernel threads and memory is said of its own.
 */
#ifndef _UAPI_LINUX_KTBENCH_H
#define _UAPI_LINUX_KTBENCH_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define KTB_DEVICE_NAME		"ktbench"
#define KTB_DEVICE_PATH		"/dev/ktbench"
#define KTB_ABI_VERSION		1

#define KTB_NAME_LEN		32
#define KTB_HELP_LEN		192
#define KTB_CHOICES_LEN		192
#define KTB_BUILD_LEN		64
#define KTB_COMM_LEN		16
#define KTB_CONTRACTS_LEN	256
#define KTB_CHECK_NAME_LEN	64
#define KTB_SENTENCE_LEN	256
#define KTB_SOURCE_LEN		128
#define KTB_MAX_EVIDENCE	4096

/*
 * Limits that do not depend on the machine; QUERY tells all of them, and max_cpus,
 * which is as many as the kernel may ever have there.
 */
#define KTB_MAX_TIMERS_PER_CPU	100000
#define KTB_MAX_TIMERS		1000000
#define KTB_MAX_THREADS		65536
#define KTB_MAX_DURATION_NS	(24LL * 3600 * 1000000000)
#define KTB_MAX_DISTURB_NS	1000000000LL
#define KTB_MAX_RAW		1000000
#define KTB_NR_WORST		64
#define KTB_MAX_BESIDE		8

#define KTB_IOC_TYPE		0xBC
#define KTB_IOC_QUERY		_IO(KTB_IOC_TYPE, 0x00)
#define KTB_IOC_WORKLOAD_INFO	_IO(KTB_IOC_TYPE, 0x01)
#define KTB_IOC_PARAM_INFO	_IO(KTB_IOC_TYPE, 0x02)
#define KTB_IOC_METRIC_INFO	_IO(KTB_IOC_TYPE, 0x03)
#define KTB_IOC_SETUP		_IO(KTB_IOC_TYPE, 0x04)
#define KTB_IOC_START		_IO(KTB_IOC_TYPE, 0x05)
#define KTB_IOC_STOP		_IO(KTB_IOC_TYPE, 0x06)
#define KTB_IOC_CHECK_INFO	_IO(KTB_IOC_TYPE, 0x07)
#define KTB_IOC_CHECK		_IO(KTB_IOC_TYPE, 0x08)

/** enum ktb_unit - the unit of a parameter or of a metric */
enum ktb_unit {
	KTB_UNIT_NONE		= 0,
	KTB_UNIT_NS		= 1,
	KTB_UNIT_COUNT		= 2,
	KTB_UNIT_BYTES		= 3,
	KTB_UNIT_PS		= 4,	/* of a metric only: a share of a batch */
};

/** enum ktb_clock - the clocks whose reading cost QUERY tells */
enum ktb_clock {
	KTB_CLOCK_MONOTONIC	 = 0,	/* ktime_get_ns(), the clock of all samples */
	KTB_CLOCK_MONOTONIC_FAST = 1,	/* ktime_get_mono_fast_ns() */
	KTB_CLOCK_BOOTTIME	 = 2,	/* ktime_get_boottime_ns() */
	KTB_CLOCK_CYCLES	 = 3,	/* get_cycles() */
	KTB_NR_CLOCKS		 = 4,
};

/**
 * struct ktb_query - what this module and this kernel are; KTB_IOC_QUERY
 * @size: in: sizeof(struct ktb_query)
 * @reserved: zero
 * @abi_version: KTB_ABI_VERSION
 * @nr_workloads: indices 0 to nr_workloads - 1 are valid in WORKLOAD_INFO
 * @features: KTB_FEATURE_* bits
 * @hz: CONFIG_HZ; zero of a device in user space, as are @tick_ns,
 *	@edge_remainder_ns, @max_disturb_ns and @clock_cost_ps
 * @hrtimer_resolution_ns: 1 with high-resolution timers, else a tick
 * @tick_ns: TICK_NSEC
 * @edge_remainder_ns: how far from a multiple of @tick_ns the edge of a jiffy
 *	was seen on CLOCK_MONOTONIC at load. Kernels before 6.4 may tick at any
 *	phase: this is it then, and edges lie where they were seen, else on
 *	multiples. Lateness of wheel timers is exact if KTB_FEATURE_EDGE is set
 * @max_timers_per_cpu: limit of a workload's timers on a CPU
 * @max_timers: limit over all CPUs, background population included
 * @max_cpus: limit of places, and of CPUs to disturb
 * @nr_worst: worst samples kept per area
 * @max_memory_bytes: limit of all sessions' memory together
 * @max_duration_ns: limit of warm-up, and of duration
 * @max_raw: limit of raw samples kept per area
 * @max_disturb_ns: limit of one stretch with interrupts off
 * @max_threads: limit of a workload's threads over all CPUs
 * @reserved2: zero
 * @clock_cost_ps: indexed by enum ktb_clock: mean cost of one read, picoseconds
 * @build: version of the module and the compiler that made it
 */
struct ktb_query {
	__u32	size;
	__u32	reserved;
	__u32	abi_version;
	__u32	nr_workloads;
	__u64	features;
	__u32	hz;
	__u32	hrtimer_resolution_ns;
	__u64	tick_ns;
	__u64	edge_remainder_ns;
	__u32	max_timers_per_cpu;
	__u32	max_timers;
	__u32	max_cpus;
	__u32	nr_worst;
	__u64	max_memory_bytes;
	__u64	max_duration_ns;
	__u64	max_raw;
	__u64	max_disturb_ns;
	__u64	clock_cost_ps[KTB_NR_CLOCKS];
	char	build[KTB_BUILD_LEN];
	__u32	max_threads;
	__u32	reserved2;
};

#define KTB_FEATURE_EDGE	(1ULL << 0)	/* jiffy edges are known in ns */
#define KTB_FEATURE_PREEMPT_RT	(1ULL << 1)	/* CONFIG_PREEMPT_RT */
#define KTB_FEATURE_IRQ_COUNTS	(1ULL << 2)	/* ktb_worst.irqs is filled */
#define KTB_FEATURE_SWITCHES	(1ULL << 3)	/* ktb_worst.switches is filled */

/**
 * struct ktb_workload_info - one workload; KTB_IOC_WORKLOAD_INFO
 * @size: in: sizeof(struct ktb_workload_info)
 * @index: in: 0 and up until ENOENT
 * @flags: KTB_WORKLOAD_* bits
 * @nr_params: PARAM_INFO indices are below this
 * @nr_metrics: METRIC_INFO indices are below this
 * @nr_hists: metrics of kind KTB_METRIC_DISTRIBUTION; their histograms stand in
 *	an area in the order of enumeration
 * @nr_counters: metrics of kind KTB_METRIC_COUNTER, likewise
 * @reserved: zero
 * @name: for job files, [a-z][a-z0-9_]*
 * @help: one sentence
 * @contracts: checks without which its numbers mean nothing, parted by blanks:
 *	names as in struct ktb_check_info, or a subject for all of its checks
 */
struct ktb_workload_info {
	__u32	size;
	__u32	index;
	__u32	flags;
	__u32	nr_params;
	__u32	nr_metrics;
	__u32	nr_hists;
	__u32	nr_counters;
	__u32	reserved;
	char	name[KTB_NAME_LEN];
	char	help[KTB_HELP_LEN];
	char	contracts[KTB_CONTRACTS_LEN];
};

/* A place's arm_cpu may differ from its cpu. */
#define KTB_WORKLOAD_ARM_ELSEWHERE	(1U << 0)
/* It is user space that is measured; never of the module's workloads. */
#define KTB_WORKLOAD_USER		(1U << 1)

/** enum ktb_param_type - how a parameter's value is written */
enum ktb_param_type {
	KTB_PARAM_INT		= 0,	/* a number with the parameter's unit */
	KTB_PARAM_BOOL		= 1,	/* 0 or 1 */
	KTB_PARAM_ENUM		= 2,	/* an index into @choices */
};

/* The parameter means the same for every workload (duration, seed, ...). */
#define KTB_PARAM_COMMON	(1U << 0)

/**
 * struct ktb_param_info - one parameter of a workload; KTB_IOC_PARAM_INFO
 * @size: in: sizeof(struct ktb_param_info)
 * @workload: in: index of the workload
 * @index: in: 0 and up until ENOENT; the index that SETUP takes
 * @type: enum ktb_param_type
 * @unit: enum ktb_unit
 * @flags: KTB_PARAM_* bits
 * @min: smallest value allowed
 * @max: largest value allowed
 * @def: value when the job says nothing
 * @name: for job files, [a-z][a-z0-9_]*
 * @choices: of an enum: the names of values 0, 1, ... parted by commas
 * @help: one sentence
 */
struct ktb_param_info {
	__u32	size;
	__u32	workload;
	__u32	index;
	__u32	type;
	__u32	unit;
	__u32	flags;
	__s64	min;
	__s64	max;
	__s64	def;
	char	name[KTB_NAME_LEN];
	char	choices[KTB_CHOICES_LEN];
	char	help[KTB_HELP_LEN];
};

/** enum ktb_metric_kind - what an area holds of a metric */
enum ktb_metric_kind {
	KTB_METRIC_DISTRIBUTION	= 0,	/* struct ktb_hist_area */
	KTB_METRIC_COUNTER	= 1,	/* __u64 */
};

/** enum ktb_context - where the code that took the sample was running */
enum ktb_context {
	KTB_CONTEXT_ANY		= 0,
	KTB_CONTEXT_HARDIRQ	= 1,
	KTB_CONTEXT_SOFTIRQ	= 2,
	KTB_CONTEXT_THREAD	= 3,
};

/* The distribution that the worst samples and the raw samples belong to. */
#define KTB_METRIC_PRIMARY	(1U << 0)
/* The distribution is one of the parts that the primary one is the sum of. */
#define KTB_METRIC_PART		(1U << 1)
/* The counter counts samples that were lost: above zero the run is invalid. */
#define KTB_METRIC_LOSS		(1U << 2)
/* The part is a stretch of time that ends where the next one begins. */
#define KTB_METRIC_PHASE	(1U << 3)
/* The distribution is what one call of the kernel's costs: a row of a table. */
#define KTB_METRIC_CALL		(1U << 4)
/* The distribution is of a rate: more of it is better; less is of all others. */
#define KTB_METRIC_RATE		(1U << 5)
/*
 * The distribution is of the periods that the primary one's schedule has, due in
 * the window, and that nothing was done at: from when each was due to when that
 * came which came instead. With it the primary one is over the whole schedule.
 * Named as the primary one with _missed; counter `missed` has as many.
 */
#define KTB_METRIC_MISSED	(1U << 6)

/**
 * struct ktb_metric_info - one metric of a workload; KTB_IOC_METRIC_INFO
 * @size: in: sizeof(struct ktb_metric_info)
 * @workload: in: index of the workload
 * @index: in: 0 and up until ENOENT
 * @kind: enum ktb_metric_kind
 * @unit: enum ktb_unit
 * @context: enum ktb_context
 * @flags: KTB_METRIC_* bits
 * @reserved: zero
 * @name: [a-z][a-z0-9_]*
 * @help: one sentence
 */
struct ktb_metric_info {
	__u32	size;
	__u32	workload;
	__u32	index;
	__u32	kind;
	__u32	unit;
	__u32	context;
	__u32	flags;
	__u32	reserved;
	char	name[KTB_NAME_LEN];
	char	help[KTB_HELP_LEN];
};

/**
 * struct ktb_param_value - one parameter given to SETUP
 * @index: as in struct ktb_param_info
 * @reserved: zero
 * @value: within the parameter's range, in its unit
 */
struct ktb_param_value {
	__u32	index;
	__u32	reserved;
	__s64	value;
};

/**
 * struct ktb_place - where to measure
 * @cpu: the CPU whose timers (or threads) are measured
 * @arm_cpu: the CPU on which they are armed; the same one unless the workload
 *	has KTB_WORKLOAD_ARM_ELSEWHERE
 */
struct ktb_place {
	__u32	cpu;
	__u32	arm_cpu;
};

/** enum ktb_what - what &struct ktb_setup.err_index speaks of */
enum ktb_what {
	KTB_WHAT_NOTHING	= 0,
	KTB_WHAT_PARAM		= 1,	/* err_index: params[] position */
	KTB_WHAT_PLACE		= 2,	/* err_index: places[] position */
	KTB_WHAT_DISTURB	= 3,	/* err_index: disturb[] position */
	KTB_WHAT_TIMERS		= 4,	/* all timers together; err_limit timers */
	KTB_WHAT_MEMORY		= 5,	/* all memory; err_limit bytes */
	KTB_WHAT_LOAD		= 6,	/* expiries on a CPU; err_limit a second */
	KTB_WHAT_THREADS	= 7,	/* all threads together; err_limit threads */
};

/**
 * struct ktb_setup - validate and allocate everything; KTB_IOC_SETUP
 * @size: in: sizeof(struct ktb_setup)
 * @workload: in: index of the workload
 * @nr_params: in: entries at @params; parameters not named keep their default
 * @nr_places: in: entries at @places, 1 to max_cpus; each cpu once
 * @nr_disturb: in: entries at @disturb, 0 to max_cpus; each CPU once. With none,
 *	disturb_* parameters that are set are refused (EOPNOTSUPP)
 * @reserved: zero
 * @params: in: pointer to struct ktb_param_value[]
 * @places: in: pointer to struct ktb_place[]
 * @disturb: in: pointer to __u32[], CPUs to disturb
 * @nr_areas: out: per-CPU areas of this session; more than @nr_places if the
 *	samples may be taken on other CPUs than the ones named
 * @err_what: out: on an error, enum ktb_what
 * @area_bytes: out: size of one area, a multiple of the page size; area i is
 *	mapped at offset i * @area_bytes
 * @memory_bytes: out: what this session has allocated
 * @timer_bytes: out: kernel memory per timer, 0 if the workload has none
 * @err_index: out: on an error, which one; of a parameter that was not given and
 *	whose default stands in the way, ~0
 * @reserved2: zero
 * @err_limit: out: on ERANGE, the limit that was passed
 * @nr_threads: out: most kernel threads that the run has at once. The module
 *	cannot know how many pid_max and threads-max leave; the run ends with
 *	KTB_REASON_FAILED where they do not suffice
 * @reserved3: zero
 *
 * A failed SETUP leaves the session as it was before any SETUP; a mapping made
 * of an earlier SETUP stays readable until it is unmapped.
 */
struct ktb_setup {
	__u32	size;
	__u32	workload;
	__u32	nr_params;
	__u32	nr_places;
	__u32	nr_disturb;
	__u32	reserved;
	__u64	params;
	__u64	places;
	__u64	disturb;
	__u32	nr_areas;
	__u32	err_what;
	__u64	area_bytes;
	__u64	memory_bytes;
	__u32	timer_bytes;
	__u32	err_index;
	__s64	err_limit;
	__u64	reserved2;
	__u32	nr_threads;
	__u32	reserved3;
};

/**
 * struct ktb_start - begin to run; KTB_IOC_START
 * @size: in: sizeof(struct ktb_start)
 * @flags: KTB_START_* bits
 *
 * Returns when the threads exist; arming, warm-up and measuring go on without
 * the caller. poll() reports POLLIN when the run has ended by itself.
 */
struct ktb_start {
	__u32	size;
	__u32	flags;
};

/*
 * The run is load for others: it goes on beside them, and does not keep them from
 * starting. Whoever measures beside it should know. Its window ends with STOP.
 */
#define KTB_START_BESIDE	(1U << 0)

/** enum ktb_state - the state of a session */
enum ktb_state {
	KTB_STATE_OPEN		= 0,	/* no SETUP yet */
	KTB_STATE_READY		= 1,	/* after SETUP */
	KTB_STATE_RUNNING	= 2,	/* after START */
	KTB_STATE_DONE		= 3,	/* all writers are quiet */
};

/** enum ktb_reason - why a run ended, and whether its samples may be used */
enum ktb_reason {
	KTB_REASON_NONE		= 0,	/* it has not ended */
	KTB_REASON_COMPLETE	= 1,	/* the duration is over */
	KTB_REASON_STOPPED	= 2,	/* STOP came first; samples are good */
	KTB_REASON_HOTPLUG	= 3,	/* a CPU in use went offline, or one came
					   that samples might go to: invalid */
	KTB_REASON_STARVED	= 4,	/* expiries left a CPU no time: invalid */
	KTB_REASON_FAILED	= 5,	/* threads, or in user space timers,
					   could not be made: invalid */
};

/**
 * struct ktb_stop - end the run, or ask how it ended; KTB_IOC_STOP
 * @size: in: sizeof(struct ktb_stop)
 * @flags: zero
 * @state: out: enum ktb_state after the call
 * @reason: out: enum ktb_reason
 * @cpu: out: the CPU that KTB_REASON_HOTPLUG, _STARVED and _FAILED speak of
 * @error: in: zero; out: of KTB_REASON_FAILED, the errno of the thread (in user
 *	space: or timer) that could not be made
 *
 * Idempotent in every state. When it returns, no callback of the session runs
 * or will run, and the areas do not change any more.
 */
struct ktb_stop {
	__u32	size;
	__u32	flags;
	__u32	state;
	__u32	reason;
	__u32	cpu;
	__u32	error;
};

/**
 * struct ktb_check_info - one check of a contract; KTB_IOC_CHECK_INFO
 * @size: in: sizeof(struct ktb_check_info)
 * @index: in: 0 and up until ENOENT; the index that CHECK takes
 * @flags: zero
 * @reserved: zero
 * @name: subject and check, [a-z][a-z0-9_]*\.[a-z][a-z0-9_]*
 * @contract: what the kernel promises, one sentence
 * @source: where it says so: a file of the kernel's, with the function
 */
struct ktb_check_info {
	__u32	size;
	__u32	index;
	__u32	flags;
	__u32	reserved;
	char	name[KTB_CHECK_NAME_LEN];
	char	contract[KTB_SENTENCE_LEN];
	char	source[KTB_SOURCE_LEN];
};

/** enum ktb_verdict - what a check has found */
enum ktb_verdict {
	KTB_VERDICT_HOLDS	= 0,	/* the contract, as it is told */
	KTB_VERDICT_CHANGED	= 1,	/* this kernel promises something else, and
					   keeps that: the reason says what */
	KTB_VERDICT_SKIPPED	= 2,	/* cannot be checked here */
	KTB_VERDICT_FAILS	= 3,	/* the kernel does not keep it */
};

/**
 * struct ktb_check_run - perform a check; KTB_IOC_CHECK
 * @size: in: sizeof(struct ktb_check_run)
 * @index: in: as in struct ktb_check_info
 * @flags: zero
 * @verdict: out: enum ktb_verdict
 * @evidence: in: pointer to char[], for what was seen: lines, each with its end
 * @evidence_bytes: in: room there; out: bytes that were written. What finds no
 *	room is cut off; KTB_MAX_EVIDENCE is always enough
 * @reserved: zero
 * @duration_ns: out: how long it took, some seconds at most
 * @reason: out: why it is no other verdict than HOLDS, one sentence
 *
 * It is performed on the CPU of the caller, and with another one that is online.
 * Until it returns no CPU goes on or off: who asks for that gets EBUSY. Nothing
 * that it makes outlives it. One at a time on a machine, and never beside a run
 * that measures; loads may be there.
 */
struct ktb_check_run {
	__u32	size;
	__u32	index;
	__u32	flags;
	__u32	verdict;
	__u64	evidence;
	__u32	evidence_bytes;
	__u32	reserved;
	__u64	duration_ns;
	char	reason[KTB_SENTENCE_LEN];
};

/* ---- The areas: what mmap shows, read-only ---- */

#define KTB_AREA_MAGIC		0x6b746231	/* "ktb1" */

/* Same figures in ktb_hist.h, which explains them and is checked against. */
#define KTB_HIST_BUCKETS	3584

/**
 * struct ktb_hist_area - one distribution on one CPU
 * @count: samples, early ones and overflowing ones included
 * @sum: exact sum, ns
 * @sumsq_lo: low 64 bits of the exact sum of squares
 * @sumsq_hi: high 64 bits
 * @min: smallest sample (S64_MAX if none)
 * @max: largest sample (S64_MIN if none)
 * @early: samples below zero; they are in no bucket
 * @overflow: samples past the last bucket; they are in no bucket
 * @bucket: counts, see ktb_hist.h
 */
struct ktb_hist_area {
	__u64	count;
	__s64	sum;
	__u64	sumsq_lo;
	__u64	sumsq_hi;
	__s64	min;
	__s64	max;
	__u64	early;
	__u64	overflow;
	__u64	bucket[KTB_HIST_BUCKETS];
};

/* The CPU was idle when the sample's interrupt came. */
#define KTB_WORST_IDLE		(1U << 0)
/* The callback ran in a thread of its own (ksoftirqd, ktimers), see comm. */
#define KTB_WORST_IN_THREAD	(1U << 1)

/**
 * struct ktb_worst - one of the worst samples, with what was going on
 * @value_ns: the primary metric, in ns or in its own unit
 * @allowed_ns: the part of it that somebody allowed: slack that was asked for,
 *	granularity of the wheel, all of it of a deferrable timer. The worst
 *	are those with the largest rest
 * @due_ns: when it was due, CLOCK_MONOTONIC (or the workload's own clock)
 * @fired_ns: when it came, same clock
 * @armed_ns: when it was armed, CLOCK_MONOTONIC; for a periodic timer the
 *	previous expiry
 * @steal_ns: time the hypervisor took from this CPU since arming
 * @timer: number of the timer within its place
 * @cpu: CPU that took the sample
 * @armed_cpu: CPU on which it was armed
 * @flags: KTB_WORST_*
 * @irqs: interrupts on this CPU since arming (KTB_FEATURE_IRQ_COUNTS)
 * @softirqs: softirqs on this CPU since arming
 * @switches: context switches on this CPU since arming (KTB_FEATURE_SWITCHES)
 * @pid: the task that was current
 * @comm: its name, padded with zeros
 *
 * Since-arming figures are those of @cpu, and zero if @armed_cpu is another.
 */
struct ktb_worst {
	__s64	value_ns;
	__s64	allowed_ns;
	__u64	due_ns;
	__u64	fired_ns;
	__u64	armed_ns;
	__u64	steal_ns;
	__u32	timer;
	__u32	cpu;
	__u32	armed_cpu;
	__u32	flags;
	__u32	irqs;
	__u32	softirqs;
	__u32	switches;
	__u32	pid;
	char	comm[KTB_COMM_LEN];
};

/**
 * struct ktb_raw - one sample as it was taken
 * @fired_ns: when
 * @value_ns: the primary metric, in ns or in its own unit
 * @timer: number of the timer within its place
 * @armed_cpu: CPU on which it was armed
 */
struct ktb_raw {
	__u64	fired_ns;
	__s64	value_ns;
	__u32	timer;
	__u32	armed_cpu;
};

/**
 * struct ktb_area - the head of an area; all offsets are from its first byte
 * @magic: KTB_AREA_MAGIC
 * @head_bytes: size of this struct
 * @cpu: the CPU that writes this area
 * @node: NUMA node that its memory lies on
 * @nr_hists: struct ktb_hist_area entries at @hist_off
 * @nr_counters: __u64 entries at @counter_off
 * @nr_areas: __u64 entries at @matrix_off: samples by the CPU that armed them;
 *	entry i belongs to the CPU of area i
 * @nr_worst: entries used at @worst_off, in no order
 * @nr_raw: entries used at @raw_off, in order of time
 * @max_raw: entries there is room for
 * @hist_off: offset of the histograms
 * @counter_off: offset of the counters
 * @matrix_off: offset of the armed x fired row
 * @worst_off: offset of the worst samples
 * @raw_off: offset of the raw samples
 * @raw_dropped: samples that came after @max_raw; they are in the histograms
 * @begin_ns: first due time that counts, CLOCK_MONOTONIC; zero until all have
 *	armed
 * @end_ns: first due time that counts no more
 *
 * While the run goes on the figures may be read at any time: each is written
 * by one CPU, but a reader may see a count without its sum.
 */
struct ktb_area {
	__u32	magic;
	__u32	head_bytes;
	__u32	cpu;
	__s32	node;
	__u32	nr_hists;
	__u32	nr_counters;
	__u32	nr_areas;
	__u32	nr_worst;
	__u32	nr_raw;
	__u32	max_raw;
	__u32	hist_off;
	__u32	counter_off;
	__u32	matrix_off;
	__u32	worst_off;
	__u32	raw_off;
	__u32	reserved;
	__u64	raw_dropped;
	__u64	begin_ns;
	__u64	end_ns;
};

#endif /* _UAPI_LINUX_KTBENCH_H */
