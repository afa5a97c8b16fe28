/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a workload is, and the run that it works for. A workload is one file
 * wl_<name>.c that defines `const struct ktb_workload ktb_workload_<name>`, and
 * one word in Kbuild. It knows metrics, clock, areas and compat; it does not
 * know sessions, user space or the threads that call it.
 */
#ifndef KTB_WORKLOAD_H
#define KTB_WORKLOAD_H

#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/smp.h>
#include <linux/types.h>
#include <ktb_random.h>

#include "area.h"
#include "clock.h"

struct ktb_run;

/** struct ktb_param - as struct ktb_param_info of the ABI; fields as there */
struct ktb_param {
	const char *name;
	const char *help;
	const char *choices;
	enum ktb_param_type type;
	enum ktb_unit unit;
	s64 min;
	s64 max;
	s64 def;
};

/** struct ktb_metric - as struct ktb_metric_info of the ABI; fields as there */
struct ktb_metric {
	const char *name;
	const char *help;
	enum ktb_metric_kind kind;
	enum ktb_unit unit;
	enum ktb_context context;
	u32 flags;
};

/**
 * enum ktb_common_param - parameters that every workload has, in this order
 * before its own
 */
enum ktb_common_param {
	KTB_PARAM_DURATION,
	KTB_PARAM_WARMUP,
	KTB_PARAM_SEED,
	KTB_PARAM_RAW_SAMPLES,
	KTB_PARAM_DISTURB_IRQOFF,
	KTB_PARAM_DISTURB_PERIOD,
	KTB_NR_COMMON_PARAMS,
};

#define KTB_MAX_PARAMS 32

/**
 * enum ktb_timer_counter - the counters that a workload with timers has, in
 * this order before its own; see KTB_TIMER_COUNTERS
 */
enum ktb_timer_counter {
	KTB_COUNT_EXPIRIES,
	KTB_COUNT_INSTANTS,
	KTB_COUNT_MISSED,
	KTB_COUNT_MIGRATED,
	KTB_COUNT_OUTSIDE,
	KTB_COUNT_CANCELLED,
	KTB_COUNT_DISTURBED,
	KTB_COUNT_WRONG_CPU,
	KTB_COUNT_SPURIOUS,
	KTB_COUNT_UNFIRED,
	KTB_NR_TIMER_COUNTERS,
};

#define KTB_COUNTER(_name, _flags, _help)                              \
	{                                                              \
		.name = _name, .kind = KTB_METRIC_COUNTER,             \
		.unit = KTB_UNIT_COUNT, .flags = _flags, .help = _help \
	}

#define KTB_DISTRIBUTION(_name, _context, _flags, _help)                   \
	{                                                                  \
		.name = _name, .kind = KTB_METRIC_DISTRIBUTION,            \
		.unit = KTB_UNIT_NS, .context = _context, .flags = _flags, \
		.help = _help                                              \
	}

#define KTB_MISSED_DISTRIBUTION(_name, _context, _help) \
	KTB_DISTRIBUTION(_name, _context, KTB_METRIC_MISSED, _help)

#define KTB_TIMER_COUNTERS                                                         \
	KTB_COUNTER("expiries", 0,                                                 \
		    "callbacks whose due time lies in the recorded window"),       \
		KTB_COUNTER(                                                       \
			"instants", 0,                                             \
			"distinct moments at which one or more timers expired"),   \
		KTB_COUNTER(                                                       \
			"missed", 0,                                               \
			"periods, and operations, that could not be kept to"),     \
		KTB_COUNTER(                                                       \
			"migrated", 0,                                             \
			"samples taken on another CPU than the one that armed"),   \
		KTB_COUNTER(                                                       \
			"outside", 0,                                              \
			"callbacks whose due time lies outside the window"),       \
		KTB_COUNTER(                                                       \
			"cancelled", 0,                                            \
			"timers that were due after the window and pending then"), \
		KTB_COUNTER(                                                       \
			"disturbed", 0,                                            \
			"stretches of interrupts off made here on purpose"),       \
		KTB_COUNTER("wrong_cpu", KTB_METRIC_LOSS,                          \
			    "pinned timers that fired on another CPU"),            \
		KTB_COUNTER("spurious", KTB_METRIC_LOSS,                           \
			    "callbacks of timers that were not armed"),            \
		KTB_COUNTER("unfired", KTB_METRIC_LOSS,                            \
			    "timers due in the window that never fired")

/**
 * struct ktb_workload - one kind of work; see the ABI for the told part
 * @name: [a-z][a-z0-9_]*
 * @help: one sentence
 * @flags: KTB_WORKLOAD_*
 * @params: its own parameters
 * @nr_params: how many
 * @metrics: its metrics, distributions and counters
 * @nr_metrics: how many
 * @disturbed: index of the counter of disturbances
 * @contracts: checks without which its numbers mean nothing; as in the ABI
 * @check: are these values measurable together? Sets @what and @which and
 *	returns an errno if not. Fills run->nr_timers, timer_bytes,
 *	nr_threads, migrates, grace_ns and rate_hz. Called by SETUP, in the
 *	thread of the user who asks; allocates nothing
 * @prepare: allocate; undone by @release
 * @arm: arm everything of a place. Runs on its arm_cpu, in a thread
 * @again: called over and over on arm_cpu after @arm; returns jiffies until it
 *	wants to be called again
 * @drained: has everything fired that was due before run->end? Any thread
 * @quiesce: cancel everything; no callback runs after it. @arm and @again have
 *	returned for good before it is called. A CPU that goes offline may wait for
 *	it, so it takes no cpus_read_lock(); nor do @arm, @again and @collect
 * @collect: count what was cancelled; all writers are quiet
 * @release: free; callable whatever @prepare did
 *
 * All but @check may be NULL.
 */
struct ktb_workload {
	const char *name;
	const char *help;
	u32 flags;
	const struct ktb_param *params;
	u32 nr_params;
	const struct ktb_metric *metrics;
	u32 nr_metrics;
	u32 disturbed;
	const char *contracts;

	int (*check)(struct ktb_run *run, u32 *what, u32 *which);
	int (*prepare)(struct ktb_run *run);
	void (*arm)(struct ktb_run *run, u32 place);
	long (*again)(struct ktb_run *run, u32 place);
	bool (*drained)(struct ktb_run *run);
	void (*quiesce)(struct ktb_run *run);
	void (*collect)(struct ktb_run *run);
	void (*release)(struct ktb_run *run);
};

/* KTB_WORKLOADS comes from the one list in Kbuild. */
#define KTB_WORKLOAD(name) extern const struct ktb_workload ktb_workload_##name;
KTB_WORKLOADS
#undef KTB_WORKLOAD

/**
 * struct ktb_run - one SETUP, and the run that it is for
 * @workload: what to do
 * @values: of all parameters, common ones first
 * @places: where
 * @nr_places: how many
 * @disturb: CPUs to disturb
 * @nr_disturb: how many
 * @areas: where the samples go
 * @nr_timers: timers over all places, background included
 * @timer_bytes: memory of one timer
 * @nr_threads: most kernel threads at once, besides those of the engine
 * @migrates: samples may be taken on CPUs that are no place
 * @limit: of a check that fails with -ERANGE, the limit that was passed
 * @grace_ns: how late, by design, a timer may fire
 * @rate_hz: expiries per second on one CPU
 * @begin_ns: first due time that is recorded
 * @span_ns: length of the recorded window; zero until it is known
 * @stopping: callbacks must not re-arm
 * @abort: if the run must end now, enum ktb_reason and, in the lower half, the CPU
 *	that it speaks of: in one word, so that they are of one mind
 * @abort_error: why a thread could not be made, an errno
 * @memory_bytes: all that this run has allocated
 * @charged_bytes: of these, what is given back with the run; the areas' pages
 *	are when the last one who maps them lets go
 * @watched: in the list of those that a CPU's going offline ends
 * @work: the workload's own
 * @course: where the run stands
 * @engine: the engine's own
 */
struct ktb_run {
	const struct ktb_workload *workload;
	s64 values[KTB_MAX_PARAMS];
	struct ktb_place *places;
	u32 nr_places;
	u32 *disturb;
	u32 nr_disturb;
	struct ktb_areas areas;

	u64 nr_timers;
	u32 timer_bytes;
	u32 nr_threads;
	bool migrates;
	s64 limit;
	u64 grace_ns;
	u64 rate_hz;

	u64 begin_ns;
	u64 span_ns;
	bool stopping;
	u64 abort;
	u32 abort_error;

	size_t memory_bytes;
	size_t charged_bytes;
	struct list_head watched;
	void *work;
	struct ktb_course *course;
	struct ktb_engine *engine;
};

/* What a kernel thread costs in memory, about: its stack and its struct. */
#define KTB_THREAD_BYTES (THREAD_SIZE + sizeof(struct task_struct) + 1024)

/* A CPU on which no thread has run for this long is starved. */
#define KTB_STARVED_NS	 (10LL * NSEC_PER_SEC)

/**
 * ktb_run_value() - the value of one of the workload's own parameters
 * @run: the run
 * @param: its index among the workload's own
 */
static inline s64 ktb_run_value(const struct ktb_run *run, u32 param)
{
	return run->values[KTB_NR_COMMON_PARAMS + param];
}

/**
 * ktb_run_records() - does a due time lie in the recorded window?
 * @run: the run
 * @due_ns: CLOCK_MONOTONIC
 */
static __always_inline bool ktb_run_records(struct ktb_run *run, u64 due_ns)
{
	/* Pairs with the release in ktb_engine_open_window(). */
	u64 span_ns = smp_load_acquire(&run->span_ns);

	return due_ns - READ_ONCE(run->begin_ns) < span_ns;
}

/**
 * ktb_run_abort() - end a run that must not go on; the first reason stays
 * @run: the run
 * @reason: enum ktb_reason, but the first
 * @cpu: where
 *
 * Only stores: the controlling thread looks twice a second, or is woken.
 */
static __always_inline void ktb_run_abort(struct ktb_run *run, u32 reason,
					  u32 cpu)
{
	if (READ_ONCE(run->abort))
		return;
	WRITE_ONCE(run->abort, (u64)reason << 32 | cpu);
	WRITE_ONCE(run->stopping, true);
}

/**
 * ktb_run_is_home() - is the caller on the CPU that was planned for it?
 * @run: ended, for hotplug, if it is not
 * @cpu: that was planned
 *
 * A kernel thread that is bound to a CPU may run elsewhere once the CPU is about
 * to go; see area.h.
 *
 * Context: cannot migrate, for as long as the answer is to hold.
 */
static __always_inline bool ktb_run_is_home(struct ktb_run *run, u32 cpu)
{
	if (likely(raw_smp_processor_id() == cpu))
		return true;
	ktb_run_abort(run, KTB_REASON_HOTPLUG, cpu);
	return false;
}

/**
 * ktb_run_fail() - end a run whose threads cannot be made
 * @run: the run
 * @error: why, a negative errno
 * @cpu: where
 */
static inline void ktb_run_fail(struct ktb_run *run, int error, u32 cpu)
{
	if (!READ_ONCE(run->abort))
		WRITE_ONCE(run->abort_error, -error);
	ktb_run_abort(run, KTB_REASON_FAILED, cpu);
}

/**
 * ktb_run_check_starved() - called by every callback, with the time it knows
 * @run: the run
 * @cell: of this CPU
 * @now_ns: CLOCK_MONOTONIC
 */
static __always_inline void
ktb_run_check_starved(struct ktb_run *run, struct ktb_cell *cell, u64 now_ns)
{
	s64 quiet_ns = (s64)now_ns - READ_ONCE(cell->heartbeat_ns);

	if (unlikely(quiet_ns > KTB_STARVED_NS))
		ktb_run_abort(run, KTB_REASON_STARVED, cell->area->cpu);
}

u64 ktb_random_seed(const struct ktb_run *run, u32 place);

u32 ktb_workload_count(void);
const struct ktb_workload *ktb_workload_get(u32 index);
u32 ktb_workload_nr_params(const struct ktb_workload *wl);
const struct ktb_param *ktb_workload_param(const struct ktb_workload *wl,
					   u32 index);
u32 ktb_workload_nr_kind(const struct ktb_workload *wl,
			 enum ktb_metric_kind kind);

#endif /* KTB_WORKLOAD_H */
