/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What many results have told, in few words: of each result where it is from, and
 * each quantile of each cell as one integer. It is kept in a file of JSON lines
 * (docs/trend.md), which can be made anew from the results at any time. It knows
 * nothing of series and changes.
 */
#ifndef KTB_HISTORY_H
#define KTB_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include <jansson.h>

#include "fault.h"

#define KTB_HISTORY_SCHEMA	   "ktbench-trend"
#define KTB_HISTORY_SCHEMA_VERSION 1
#define KTB_HISTORY_FILE	   "trend.jsonl"

/**
 * struct ktb_history_figure - one quantile of a metric of a cell
 * @job: section of the job file
 * @cell: what is swept; empty if nothing is
 * @settings: digest of what else the cell was set to
 * @metric: the metric
 * @quantile: p50 and the like
 * @unit: what the numbers count
 * @rate: 1 if more of it is better, else 0
 * @count: samples
 * @lost: samples that were lost
 * @missed: periods that were missed; 0 too where an index is older than that
 * @value: the quantile
 * @low: lower end of its 95 % interval
 * @high: upper end of its 95 % interval
 * @has_low: the lower end is not among the early samples
 * @has_high: the upper end is not past the last bucket
 *
 * Strings are the same if their pointers are.
 */
struct ktb_history_figure {
	const char *job;
	const char *cell;
	const char *settings;
	const char *metric;
	const char *quantile;
	const char *unit;
	int64_t rate;
	int64_t count;
	int64_t lost;
	int64_t missed;
	int64_t value;
	int64_t low;
	int64_t high;
	bool has_low;
	bool has_high;
};

/**
 * struct ktb_history_result - one result
 * @run: its name
 * @created: UTC, ISO 8601
 * @ended: the same
 * @lane: metal, vm or exact
 * @lane_detail: what the machine is
 * @kernel: release
 * @kernel_version: version
 * @cpu_model: of the machine
 * @topology: digest of its CPUs, cores, caches and nodes
 * @hostname: of the machine
 * @cells_bytes: size of the file of its cells
 * @cells_mtime_ns: when it was written last
 * @invalid: cells left out, for they were invalid or lost samples
 * @unfit: quantiles left out, for they are no figures: early, or past the buckets
 * @figures: in the order of the plan
 * @nr: entries there
 * @room: that there is room for
 * @is_seen: it was found among the directories
 * @seen_device: if it was, the device that its directory is on
 * @seen_inode: and its number there
 */
struct ktb_history_result {
	const char *run;
	const char *created;
	const char *ended;
	const char *lane;
	const char *lane_detail;
	const char *kernel;
	const char *kernel_version;
	const char *cpu_model;
	const char *topology;
	const char *hostname;
	int64_t cells_bytes;
	int64_t cells_mtime_ns;
	int64_t invalid;
	int64_t unfit;
	struct ktb_history_figure *figures;
	size_t nr;
	size_t room;
	bool is_seen;
	dev_t seen_device;
	ino_t seen_inode;
};

/**
 * struct ktb_history - all of them
 * @results: by @created, then by @run, numbers in it as such, once they are sorted
 * @nr: entries there
 * @room: that there is room for
 * @words: each string once
 */
struct ktb_history {
	struct ktb_history_result *results;
	size_t nr;
	size_t room;
	json_t *words;
};

/**
 * ktb_history_init() - begin with nothing
 * @history: filled in; free it in any case
 *
 * Return: false when there is no memory.
 */
bool ktb_history_init(struct ktb_history *history);

/**
 * ktb_history_free() - free everything
 * @history: begun, or all zero
 */
void ktb_history_free(struct ktb_history *history);

/**
 * ktb_history_word() - a string that stays
 * @history: where
 * @text: any UTF-8
 *
 * Return: the same pointer for the same text; NULL when there is no memory.
 */
const char *ktb_history_word(struct ktb_history *history, const char *text);

/**
 * ktb_history_find() - a result that is there already
 * @history: where
 * @run: its name
 * @created: when it was made, NULL for any
 *
 * Return: the result; NULL if there is none.
 */
struct ktb_history_result *ktb_history_find(const struct ktb_history *history,
					    const char *run,
					    const char *created);

/**
 * ktb_history_add() - one more result, all zero
 * @history: where
 *
 * Return: the result, which moves when the next one is added; NULL when there is
 * no memory.
 */
struct ktb_history_result *ktb_history_add(struct ktb_history *history);

/**
 * ktb_history_add_figure() - one more figure, all zero
 * @result: of what
 *
 * Return: the figure; NULL when there is no memory.
 */
struct ktb_history_figure *
ktb_history_add_figure(struct ktb_history_result *result);

/**
 * ktb_history_sort() - bring the results into the order of time
 * @history: where
 *
 * Return: false if they were in it already.
 */
bool ktb_history_sort(struct ktb_history *history);

/**
 * ktb_history_digest() - go on with a digest
 * @digest: so far, 0 at the beginning
 * @text: what comes next
 *
 * FNV-1a of 64 bits, the string's end counted in.
 *
 * Return: the digest.
 */
uint64_t ktb_history_digest(uint64_t digest, const char *text);

/**
 * ktb_history_read() - read an index
 * @history: begun; grows
 * @path: of the file; none is like an empty one
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when a line is damaged or of a later schema;
 * KTB_FAULT_SYSTEM when the file cannot be read.
 */
int ktb_history_read(struct ktb_history *history, const char *path,
		     struct ktb_fault *fault);

/**
 * ktb_history_write() - write an index as a whole
 * @history: sorted
 * @path: of the file
 * @fault: on failure, the sentence
 *
 * A file that holds the same already is left alone.
 *
 * Return: 0 or KTB_FAULT_SYSTEM.
 */
int ktb_history_write(const struct ktb_history *history, const char *path,
		      struct ktb_fault *fault);

#endif /* KTB_HISTORY_H */
