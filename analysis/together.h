/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several results side by side: a column a result, a row a cell. What belongs
 * together is found by job, workload and what is swept, never by a number of the
 * plan. It judges nothing, and knows nothing of formats and pictures.
 */
#ifndef KTB_TOGETHER_H
#define KTB_TOGETHER_H

#include "findings.h"

/* More columns than this can be told apart by nobody. */
#define KTB_TOGETHER_MAX   12
#define KTB_TOGETHER_LABEL 256

/**
 * struct ktb_column - one result
 * @findings: what it says; belongs to the column
 * @letter: how it is called: A is the first one
 * @kernel: release of its kernel; "unknown" if the result does not say
 * @group: number of its kernel on its machine; columns of one group stand
 *	side by side
 */
struct ktb_column {
	struct ktb_findings *findings;
	char letter;
	const char *kernel;
	size_t group;
};

/**
 * struct ktb_place - one cell in one column; both NULL: it is not there
 * @good: its good repetitions
 * @bad: its invalid ones
 */
struct ktb_place {
	const struct ktb_summary *good;
	const struct ktb_summary *bad;
};

/**
 * struct ktb_row - one cell over all columns
 * @label: "timers=100 slack=8 ms"; empty when nothing is swept
 * @at: by column
 */
struct ktb_row {
	char label[KTB_TOGETHER_LABEL];
	struct ktb_place at[KTB_TOGETHER_MAX];
};

/**
 * struct ktb_shared - one job over all columns
 * @in: by column; NULL: that result has no cell of it
 * @first: of the first column that has it
 * @rows: its cells, in the order of the first column, then what others add
 * @nr: entries there
 */
struct ktb_shared {
	const struct ktb_job *in[KTB_TOGETHER_MAX];
	const struct ktb_job *first;
	struct ktb_row *rows;
	size_t nr;
};

/**
 * struct ktb_together - results side by side
 * @columns: those of one group one after another
 * @nr: entries there
 * @nr_groups: kernels on a machine
 * @nr_machines: machines
 * @jobs: in the order of the first column, then what others add
 * @nr_jobs: entries there
 */
struct ktb_together {
	struct ktb_column columns[KTB_TOGETHER_MAX];
	size_t nr;
	size_t nr_groups;
	size_t nr_machines;
	struct ktb_shared *jobs;
	size_t nr_jobs;
};

/**
 * ktb_together_gather() - read results and align them
 * @together: filled in; free it in any case
 * @dirs: result directories
 * @nr: entries there
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when there are too few or too many, one is none or
 * is damaged, or their lanes differ.
 */
int ktb_together_gather(struct ktb_together *together, char *const *dirs,
			size_t nr, struct ktb_fault *fault);

/**
 * ktb_together_align() - find what belongs together
 * @together: its columns have findings; they are named, grouped, and the jobs
 *	are filled in
 *
 * Return: false when there is no memory.
 */
bool ktb_together_align(struct ktb_together *together);

/**
 * ktb_together_free() - free everything
 * @together: gathered, or tried to, or all zero
 */
void ktb_together_free(struct ktb_together *together);

/**
 * ktb_together_lane() - where all figures come from
 * @together: gathered
 *
 * Return: the lane, which all have.
 */
enum ktb_lane ktb_together_lane(const struct ktb_together *together);

/**
 * ktb_together_summary() - what is shown of a cell in one column
 * @place: of a row
 *
 * Return: its good repetitions, else its invalid ones, else NULL.
 */
const struct ktb_summary *ktb_together_summary(const struct ktb_place *place);

/**
 * ktb_together_figures() - a metric of a cell, found by its name
 * @summary: a cell of any column, or NULL
 * @metric: of any column's workload
 *
 * Return: its figures; NULL when the cell has no such distribution, or has it in
 * another unit.
 */
const struct ktb_figures *
ktb_together_figures(const struct ktb_summary *summary,
		     const struct ktb_metric *metric);

/**
 * ktb_together_label() - a row's name for people
 * @row: the row
 *
 * Return: its label; "the only cell" when nothing is swept.
 */
const char *ktb_together_label(const struct ktb_row *row);

/**
 * ktb_together_why() - why a result has no such cell, as far as it says
 * @together: gathered
 * @job: the job
 * @column: number of a column that lacks a cell of it
 * @text: filled in, one clause
 * @size: room at @text
 *
 * Return: @text.
 */
const char *ktb_together_why(const struct ktb_together *together,
			     const struct ktb_shared *job, size_t column,
			     char *text, size_t size);

/**
 * ktb_together_absence() - what a result lacks of a job, and why
 * @together: gathered
 * @job: the job
 * @column: number of the column
 * @text: filled in, one sentence; empty when it lacks nothing
 * @size: room at @text
 *
 * Return: @text.
 */
const char *ktb_together_absence(const struct ktb_together *together,
				 const struct ktb_shared *job, size_t column,
				 char *text, size_t size);

/**
 * ktb_together_schedule() - what a column's quantiles do not know of
 * @together: gathered
 * @job: one of its jobs
 * @column: which result
 * @text: filled in: a sentence; empty if they are of the schedule
 * @size: room at @text
 *
 * Return: @text.
 */
const char *ktb_together_schedule(const struct ktb_together *together,
				  const struct ktb_shared *job, size_t column,
				  char *text, size_t size);

/**
 * ktb_together_total() - counts of a whole result
 * @column: the result
 * @total: filled in, without workload and counters
 */
void ktb_together_total(const struct ktb_column *column,
			struct ktb_tally *total);

#endif /* KTB_TOGETHER_H */
