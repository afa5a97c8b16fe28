/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is told of a cell once its histograms are gone: quantiles, counters,
 * settings. Small enough to keep for each cell of a long run. It knows nothing
 * of files or of how things are printed.
 */
#ifndef KTB_SUMMARY_H
#define KTB_SUMMARY_H

#include "pool.h"

/**
 * struct ktb_figures - one distribution of a cell, over all its CPUs
 * @count: samples
 * @early: samples below zero
 * @overflow: samples past the last bucket
 * @min: exact, when @count is not 0
 * @max: exact, when @count is not 0
 * @sum: exact
 * @mean: rounded, when @count is not 0
 * @sd: rounded, when @count is not 0
 * @at: by enum ktb_quantile
 * @range: by enum ktb_quantile, over the repetitions
 * @nr_ranged: by enum ktb_quantile, repetitions that support it
 */
struct ktb_figures {
	uint64_t count;
	uint64_t early;
	uint64_t overflow;
	int64_t min;
	int64_t max;
	__int128 sum;
	int64_t mean;
	uint64_t sd;
	struct ktb_estimate at[KTB_NR_QUANTILES];
	struct ktb_range range[KTB_NR_QUANTILES];
	unsigned int nr_ranged[KTB_NR_QUANTILES];
};

/**
 * struct ktb_brief - the primary distribution on one CPU
 * @cpu: the CPU
 * @node: NUMA node that its memory lay on
 * @arm_cpu: the CPU that arms for it or wakes its thread, -1 if it is not one of
 *	the cell's places
 * @count: samples
 * @early: samples below zero
 * @missed: of the counter of that name, 0 if there is none
 * @max: exact, when @count is not 0
 * @has_p50: the sample supports it
 * @has_p99: the sample supports it
 * @p50: the median
 * @p99: the quantile
 */
struct ktb_brief {
	int cpu;
	int node;
	int arm_cpu;
	uint64_t count;
	uint64_t early;
	uint64_t missed;
	int64_t max;
	bool has_p50;
	bool has_p99;
	struct ktb_bound p50;
	struct ktb_bound p99;
};

/**
 * struct ktb_summary - one cell: its good repetitions, or its invalid ones
 * @cell: number of the cell
 * @workload: of the cell
 * @job: section of the job file
 * @placement: what the job asked for
 * @reason: why a repetition is invalid or was interrupted; may be empty
 * @params: name to value, as JSON
 * @swept: names, as JSON
 * @disturb: CPUs that were disturbed on purpose, as JSON
 * @with: names of the jobs that ran beside it as load, as JSON; may be NULL
 * @beside: number of the cell that it was load for, -1 if it was none
 * @is_valid: good repetitions
 * @nr_repetitions: pooled here
 * @nr_interrupted: of these, how many ended early
 * @nr_cpus: that took samples, or could have
 * @window_ns: recorded windows together
 * @spent: what the repetitions took of the machine
 * @memory_bytes: what the session held in the kernel
 * @timer_bytes: kernel memory per timer
 * @raw_dropped: raw samples that found no room
 * @armed: samples with a known CPU that armed them
 * @armed_elsewhere: of these, how many fired on another
 * @counters: by slot of the counter
 * @figures: by slot of the distribution
 * @briefs: one a CPU, @nr_cpus of them
 * @worst: the worst sample
 * @has_worst: there is one
 * @first_line: index into the reader's lines
 * @nr_lines: entries there
 */
struct ktb_summary {
	int64_t cell;
	const struct ktb_workload *workload;
	char *job;
	char *placement;
	char *reason;
	json_t *params;
	json_t *swept;
	json_t *disturb;
	json_t *with;
	int64_t beside;
	bool is_valid;
	unsigned int nr_repetitions;
	unsigned int nr_interrupted;
	size_t nr_cpus;
	int64_t window_ns;
	struct ktb_spent spent;
	int64_t memory_bytes;
	int64_t timer_bytes;
	uint64_t raw_dropped;
	uint64_t armed;
	uint64_t armed_elsewhere;
	uint64_t *counters;
	struct ktb_figures *figures;
	struct ktb_brief *briefs;
	struct ktb_sample worst;
	bool has_worst;
	size_t first_line;
	size_t nr_lines;
};

/**
 * ktb_summary_make() - summarise a pool
 * @summary: filled in; free it in any case
 * @pool: loaded
 * @ranks: of the last sample size, which is often the next one's too
 *
 * Return: false when there is no memory.
 */
bool ktb_summary_make(struct ktb_summary *summary, const struct ktb_pool *pool,
		      struct ktb_ranks *ranks);

/**
 * ktb_summary_free() - free what a summary holds
 * @summary: made, or tried to, or all zero
 */
void ktb_summary_free(struct ktb_summary *summary);

/**
 * ktb_summary_figures() - the figures of a metric
 * @summary: made
 * @metric: a distribution of its workload, or NULL
 *
 * Return: the figures; NULL for NULL.
 */
const struct ktb_figures *ktb_summary_figures(const struct ktb_summary *summary,
					      const struct ktb_metric *metric);

/**
 * ktb_summary_counter() - a counter by name
 * @summary: made
 * @name: of the counter
 * @value: filled in when the workload has it
 *
 * Return: whether the workload has such a counter.
 */
bool ktb_summary_counter(const struct ktb_summary *summary, const char *name,
			 uint64_t *value);

/**
 * ktb_summary_lost() - samples that were lost
 * @summary: made
 *
 * Return: the sum of the counters marked as losses.
 */
uint64_t ktb_summary_lost(const struct ktb_summary *summary);

/**
 * ktb_summary_param() - a parameter as a number
 * @summary: made
 * @name: of the parameter
 * @value: filled in when the parameter is there and a number
 *
 * Return: whether it is.
 */
bool ktb_summary_param(const struct ktb_summary *summary, const char *name,
		       int64_t *value);

/**
 * ktb_summary_param_scale() - what a parameter's number counts
 * @workload: whose
 * @name: of the parameter
 *
 * Return: from the module's own table; KTB_SCALE_NONE if it is not there.
 */
enum ktb_scale ktb_summary_param_scale(const struct ktb_workload *workload,
				       const char *name);

/**
 * ktb_summary_setting() - a parameter's value for people
 * @summary: made
 * @name: of the parameter
 *
 * Return: "8 ms", "pinned"; "?" if the cell has no such parameter.
 */
struct ktb_text ktb_summary_setting(const struct ktb_summary *summary,
				    const char *name);

/**
 * ktb_summary_label() - what sets a cell apart from its job's others
 * @summary: made
 * @except: a swept parameter to leave out, or NULL
 * @text: filled in: "timers=100 slack=8 ms", and "beside cell 3" of load;
 *	empty when nothing is swept
 * @size: room at @text
 */
void ktb_summary_label(const struct ktb_summary *summary, const char *except,
		       char *text, size_t size);

/**
 * ktb_summary_title() - a cell in a few words
 * @summary: made
 * @text: filled in: its label, or "cell 3" when nothing is swept
 * @size: room at @text
 */
void ktb_summary_title(const struct ktb_summary *summary, char *text,
		       size_t size);

/**
 * ktb_summary_counts() - counts and losses in one clause
 * @summary: made
 * @metric: one of its distributions, or NULL for the primary one
 * @text: filled in: "n 40,000, lost 0, missed 3, early 0"
 * @size: room at @text
 */
void ktb_summary_counts(const struct ktb_summary *summary,
			const struct ktb_metric *metric, char *text,
			size_t size);

/**
 * ktb_summary_bound() - what is known of an order statistic, for people
 * @scale: what it counts
 * @bound: the order statistic
 *
 * Return: "1.235 ms", "< 0", "> 17.18 s".
 */
struct ktb_text ktb_summary_bound(enum ktb_scale scale,
				  const struct ktb_bound *bound);

/**
 * ktb_summary_in() - an order statistic in a unit that is told elsewhere
 * @divisor: how many make the unit, see ktb_scale_in()
 * @bound: the order statistic
 *
 * Return: "45.31", "early", "overflow".
 */
struct ktb_text ktb_summary_in(int64_t divisor, const struct ktb_bound *bound);

#endif /* KTB_SUMMARY_H */
