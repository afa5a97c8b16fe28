/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The repetitions of one cell, pooled: histograms added up, per CPU and over
 * all CPUs, counters summed, worst samples gathered. Good and invalid
 * repetitions are never pooled together. It knows cells and nothing of
 * percentiles' intervals or of what is printed.
 */
#ifndef KTB_POOL_H
#define KTB_POOL_H

#include "histogram.h"
#include "quantile.h"
#include "reader.h"
#include "spent.h"

/**
 * struct ktb_armed - samples that one CPU armed
 * @cpu: that CPU
 * @count: samples
 */
struct ktb_armed {
	int cpu;
	uint64_t count;
};

/**
 * struct ktb_area - what one CPU has taken
 * @cpu: the CPU
 * @node: NUMA node that its memory lay on
 * @hists: by slot of the distribution
 * @counters: by slot of the counter
 * @armed: by the CPU that armed them
 * @nr_armed: entries there
 */
struct ktb_area {
	int cpu;
	int node;
	struct ktb_histogram *hists;
	uint64_t *counters;
	struct ktb_armed *armed;
	size_t nr_armed;
};

/**
 * struct ktb_sample - one of the worst samples, with what was going on
 * @value: the workload's primary metric
 * @excess: what of it nobody had allowed; the worst have the largest
 * @due_ns: when it was due, in the workload's clock
 * @fired_ns: when it came, same clock
 * @armed_ns: when it was armed, CLOCK_MONOTONIC
 * @steal_ns: what the hypervisor took from the CPU since arming
 * @begin_ns: of its repetition's window, CLOCK_MONOTONIC
 * @end_ns: of its repetition's window, CLOCK_MONOTONIC
 * @cell: number of its cell
 * @repetition: number of its repetition
 * @cpu: the CPU that took it
 * @armed_cpu: the CPU that armed it
 * @timer: number of the timer within its place
 * @irqs: interrupts since arming
 * @softirqs: softirqs since arming
 * @switches: context switches since arming
 * @pid: the task that was current
 * @comm: its name
 * @is_idle: the CPU was idle when the interrupt came
 * @is_in_thread: the callback ran in a thread of its own
 * @is_valid: its repetition is not invalid
 * @nr_alike: more of the worst samples that belong to the same incident
 */
struct ktb_sample {
	int64_t value;
	int64_t excess;
	int64_t due_ns;
	int64_t fired_ns;
	int64_t armed_ns;
	int64_t steal_ns;
	int64_t begin_ns;
	int64_t end_ns;
	int64_t cell;
	int64_t repetition;
	int cpu;
	int armed_cpu;
	int64_t timer;
	int64_t irqs;
	int64_t softirqs;
	int64_t switches;
	int64_t pid;
	char comm[32];
	bool is_idle;
	bool is_in_thread;
	bool is_valid;
	unsigned int nr_alike;
};

/**
 * struct ktb_range - a quantile over the repetitions
 * @low: smallest
 * @high: largest
 */
struct ktb_range {
	struct ktb_bound low;
	struct ktb_bound high;
};

/**
 * struct ktb_pool - the repetitions of one cell
 * @workload: of the cell
 * @counts: of the repetition that is being read
 * @head: the first repetition as JSON: job, params, swept, placement, ...
 * @reason: the first reason that a repetition gives; empty if none does
 * @is_valid: they did not end as invalid
 * @nr_repetitions: pooled here
 * @window_ns: recorded windows together
 * @spent: what they took of the machine
 * @areas: by CPU, ascending
 * @nr_areas: entries there
 * @totals: by slot of the distribution, over all CPUs
 * @counters: by slot of the counter, over all CPUs
 * @raw_dropped: raw samples that found no room; they are in the histograms
 * @ranges: by slot * KTB_NR_QUANTILES + quantile, over the repetitions that
 *	support the quantile
 * @nr_ranged: by the same index: how many those are
 * @samples: worst samples, the worst first
 * @nr_samples: entries there
 */
struct ktb_pool {
	const struct ktb_workload *workload;
	struct ktb_counts counts;
	json_t *head;
	char reason[256];
	bool is_valid;
	unsigned int nr_repetitions;
	int64_t window_ns;
	struct ktb_spent spent;
	struct ktb_area *areas;
	size_t nr_areas;
	struct ktb_histogram *totals;
	uint64_t *counters;
	uint64_t raw_dropped;
	struct ktb_range *ranges;
	unsigned int *nr_ranged;
	struct ktb_sample *samples;
	size_t nr_samples;
};

/**
 * ktb_pool_load() - read and pool lines of one cell
 * @pool: filled in; free it in any case
 * @reader: opened
 * @first: index into @reader->lines
 * @nr_lines: lines of one cell, all valid or all invalid
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when a line contradicts itself or result.json.
 */
int ktb_pool_load(struct ktb_pool *pool, const struct ktb_reader *reader,
		  size_t first, size_t nr_lines, struct ktb_fault *fault);

/**
 * ktb_pool_free() - free everything
 * @pool: loaded, or tried to, or all zero
 */
void ktb_pool_free(struct ktb_pool *pool);

#endif /* KTB_POOL_H */
