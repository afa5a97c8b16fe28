/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A result directory, opened: result.json read and checked, and an index of
 * the lines of the cells. A line's figures are read when they are asked for,
 * so that a result may be larger than the memory. It knows results/SCHEMA.md
 * and nothing of statistics.
 */
#ifndef KTB_READER_H
#define KTB_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include <jansson.h>

#include "counts.h"
#include "fault.h"
#include "ledger.h"
#include "scale.h"
#include "unpack.h"

#define KTB_READER_SCHEMA	  "ktbench-result"
#define KTB_READER_SCHEMA_VERSION 2

/* One line a repetition, compressed; older results have it as plain text. */
#define KTB_READER_CELLS	  "cells.jsonl.zst"
#define KTB_READER_CELLS_PLAIN	  "cells.jsonl"

/* What the name of a primary metric ends with that is of the periods served only. */
#define KTB_READER_SERVED	  "_served"

/* Names that a workload's reader makes. */
#define KTB_READER_WORDS	  3

/** enum ktb_lane - where the figures come from; lanes are never mixed */
enum ktb_lane {
	KTB_LANE_METAL,
	KTB_LANE_VM,
	KTB_LANE_EXACT,
	KTB_NR_LANES,
};

/**
 * struct ktb_metric - one measured quantity of a workload
 * @name: as in the cells
 * @title: the same for people: "lateness (served only)"
 * @help: one sentence
 * @scale: what its numbers count; ns of the exact lane are instructions
 * @slot: position among the workload's distributions, or among its counters
 * @is_distribution: it has histograms; else it is a counter
 * @is_primary: the distribution that the worst samples belong to
 * @is_part: one of the parts that the primary one is the sum of
 * @is_loss: a counter that must be zero, or the repetition is invalid
 * @is_phase: the part is a stretch of time that ends where the next one begins
 * @is_call: the distribution is what one call of the kernel's costs
 * @is_rate: more of it is better
 * @is_missed: how late the periods were that were not served
 * @is_served: the primary distribution without those; the reader makes it, the
 *	cells do not have it
 */
struct ktb_metric {
	const char *name;
	const char *title;
	const char *help;
	enum ktb_scale scale;
	unsigned int slot;
	bool is_distribution;
	bool is_primary;
	bool is_part;
	bool is_loss;
	bool is_phase;
	bool is_call;
	bool is_rate;
	bool is_missed;
	bool is_served;
};

/**
 * struct ktb_workload - one kind of work, as the module told it
 * @name: as in the cells
 * @help: one sentence
 * @is_user: it measures user space; its worst samples do not tell what the CPU
 *	has been through
 * @params: array of objects, see results/SCHEMA.md
 * @metrics: in the module's order
 * @nr_metrics: entries there
 * @nr_hists: distributions among them
 * @nr_counters: counters among them
 * @nr_phases: distributions that are phases
 * @nr_calls: distributions that are the cost of a call
 * @primary: the primary distribution, or NULL; where there is @missed, it is over the
 *	whole schedule: samples of those served and of those missed
 * @missed: the distribution of the periods that were not served, or NULL
 * @served: that of those that were; it is there if @missed is
 * @is_of_served: periods can be missed, and nothing tells how late they were: the
 *	result is older than that
 * @words: names that are made here
 */
struct ktb_workload {
	const char *name;
	const char *help;
	bool is_user;
	const json_t *params;
	struct ktb_metric *metrics;
	size_t nr_metrics;
	size_t nr_hists;
	size_t nr_counters;
	size_t nr_phases;
	size_t nr_calls;
	const struct ktb_metric *primary;
	const struct ktb_metric *missed;
	const struct ktb_metric *served;
	bool is_of_served;
	char *words[KTB_READER_WORDS];
};

/**
 * struct ktb_line - one repetition of a cell, not read yet
 * @place: where it begins
 * @bytes: of its text, without the newline
 * @number: of the line, from 1
 * @cell: number of the cell
 * @repetition: from 0
 * @is_valid: it did not end as invalid
 * @is_interrupted: it ended early, its samples are good
 * @workload: of the cell
 * @begin_ns: CLOCK_MONOTONIC of the recorded window
 */
struct ktb_line {
	struct ktb_unpack_place place;
	size_t bytes;
	size_t number;
	json_int_t cell;
	json_int_t repetition;
	bool is_valid;
	bool is_interrupted;
	const struct ktb_workload *workload;
	int64_t begin_ns;
};

/**
 * struct ktb_reader - a result directory
 * @dir: its path as it was given
 * @root: result.json
 * @lane: where the figures come from
 * @workloads: those used
 * @nr_workloads: entries there
 * @ledger: what measuring costs there
 * @cells: the file of the cells, or NULL when the run ended before it was made
 * @cells_name: its name in @dir
 * @lines: sorted by cell, good before invalid, by repetition
 * @nr_lines: entries there
 * @torn_bytes: of a last line that is not whole, which is left out
 */
struct ktb_reader {
	char *dir;
	json_t *root;
	enum ktb_lane lane;
	struct ktb_workload *workloads;
	size_t nr_workloads;
	struct ktb_ledger ledger;
	struct ktb_unpack *cells;
	const char *cells_name;
	struct ktb_line *lines;
	size_t nr_lines;
	size_t torn_bytes;
};

/**
 * ktb_reader_open() - read result.json and index the cells
 * @reader: filled in; close it in any case
 * @dir: the result directory
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when this is no result directory, or a damaged
 * one, or one of a later schema; KTB_FAULT_SYSTEM when it could not be read.
 */
int ktb_reader_open(struct ktb_reader *reader, const char *dir,
		    struct ktb_fault *fault);

/**
 * ktb_reader_cells_name() - the file of a result's cells
 * @dir: the result directory
 * @is_twice: set if there is one of each kind
 *
 * Return: its name in @dir, NULL if there is none.
 */
const char *ktb_reader_cells_name(const char *dir, bool *is_twice);

/**
 * ktb_reader_close() - free everything
 * @reader: opened, or tried to, or all zero
 */
void ktb_reader_close(struct ktb_reader *reader);

/**
 * ktb_reader_load() - read one line of the cells
 * @reader: opened
 * @line: one of @reader->lines
 * @counts: filled in: what was taken out of the line
 * @fault: on failure, the sentence
 *
 * Return: a new reference to the object, whose members have the types that
 * results/SCHEMA.md gives the outermost level; NULL on failure.
 */
json_t *ktb_reader_load(const struct ktb_reader *reader,
			const struct ktb_line *line, struct ktb_counts *counts,
			struct ktb_fault *fault);

/**
 * ktb_reader_workload() - find a workload
 * @reader: opened
 * @name: its name
 *
 * Return: the workload, or NULL.
 */
const struct ktb_workload *ktb_reader_workload(const struct ktb_reader *reader,
					       const char *name);

/**
 * ktb_reader_workload_remark() - what stands beside a workload's name
 * @workload: the workload
 *
 * Return: " (user space)", or nothing.
 */
const char *ktb_reader_workload_remark(const struct ktb_workload *workload);

/**
 * ktb_reader_metric() - find a metric
 * @workload: the workload
 * @name: the metric's name
 *
 * Return: the metric, or NULL.
 */
const struct ktb_metric *ktb_reader_metric(const struct ktb_workload *workload,
					   const char *name);

/**
 * ktb_reader_taken() - the distribution of what was measured, and of nothing missed
 * @workload: the workload
 *
 * Return: that of the periods that were served, which is what parts, phases and worst
 * samples belong to; the primary one where nothing tells of missed ones.
 */
const struct ktb_metric *ktb_reader_taken(const struct ktb_workload *workload);

/**
 * ktb_reader_call_scale() - what the cost of calls is told in
 * @workload: one with calls
 *
 * Return: the scale of its calls, which all have the same.
 */
enum ktb_scale ktb_reader_call_scale(const struct ktb_workload *workload);

/**
 * ktb_reader_is_of_calls() - is the cost of calls all that a workload tells?
 * @workload: the workload
 *
 * Return: true if its primary metric is one of them; then the table of calls
 * stands in the place of the table of the primary one, else beside it.
 */
bool ktb_reader_is_of_calls(const struct ktb_workload *workload);

/**
 * ktb_reader_string() - a string member of result.json
 * @reader: opened
 * @name: the member
 *
 * Return: the string; empty if the member is null.
 */
const char *ktb_reader_string(const struct ktb_reader *reader,
			      const char *name);

/**
 * ktb_reader_fact() - a fact about the machine and its kernel
 * @reader: opened
 * @name: member of the environment
 *
 * Return: the string; empty if it is not known.
 */
const char *ktb_reader_fact(const struct ktb_reader *reader, const char *name);

/**
 * ktb_reader_lane_name() - the lane in one word
 * @lane: the lane
 *
 * Return: "metal", "vm" or "exact".
 */
const char *ktb_reader_lane_name(enum ktb_lane lane);

/**
 * ktb_reader_lane_remark() - what must be said of every figure of a lane
 * @lane: the lane
 *
 * Return: one clause; empty for metal.
 */
const char *ktb_reader_lane_remark(enum ktb_lane lane);

#endif /* KTB_READER_H */
