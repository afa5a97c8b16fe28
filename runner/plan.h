/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan: jobs expanded to cells, and the order in which their repetitions
 * run. It knows jobs and placements, and nothing of the device.
 */
#ifndef KTB_PLAN_H
#define KTB_PLAN_H

#include <stdio.h>

#include "job.h"
#include "placement.h"

/* Cells and runs of one plan; more is a mistake in a sweep. */
#define KTB_PLAN_MAX_CELLS   100000
#define KTB_PLAN_MAX_RUNS    1000000

/* What a repetition costs besides warm-up and duration, before it is known. */
#define KTB_PLAN_OVERHEAD_NS 300000000LL

#define KTB_PLAN_NONE	     ((size_t)-1)

/**
 * struct ktb_variant - where a job runs; several if it sweeps `arm_on`
 * @arm_on: one word of the job's, or one rotation of `every`
 * @job: index of the job
 * @placement: its CPUs
 */
struct ktb_variant {
	char *arm_on;
	size_t job;
	struct ktb_placement placement;
};

/**
 * struct ktb_cell - one configuration of the module
 * @index: number of the cell in the plan
 * @job: index of its job
 * @variant: index of where it runs
 * @values: a value for every parameter of the workload, defaults too
 * @loads: cells that run beside it
 * @nr_loads: entries of @loads
 * @beside: of a load, the cell beside which it runs; else KTB_PLAN_NONE
 */
struct ktb_cell {
	size_t index;
	size_t job;
	size_t variant;
	int64_t *values;
	size_t *loads;
	size_t nr_loads;
	size_t beside;
};

/**
 * struct ktb_run - one repetition of a cell
 * @cell: index of the cell
 * @repetition: from 0
 */
struct ktb_run {
	size_t cell;
	int64_t repetition;
};

/**
 * struct ktb_plan - everything that will run
 * @jobs: the jobs; they must outlive the plan
 * @variants: where jobs run, in the order of jobs
 * @nr_variants: entries of @variants
 * @cells: in the order of jobs, those of loads last; within a job `arm_on` varies
 *	slowest, then the first sweep
 * @nr_cells: entries of @cells
 * @runs: in the order in which they run: repetitions outermost, so that a
 *	drift of the machine spreads over all cells
 * @nr_runs: entries of @runs
 * @left_out: sentences: what optional jobs ask for and cannot be had here
 * @nr_left_out: entries of @left_out
 * @seed: every cell's randomness comes from it
 */
struct ktb_plan {
	const struct ktb_jobs *jobs;
	struct ktb_variant *variants;
	size_t nr_variants;
	struct ktb_cell *cells;
	size_t nr_cells;
	struct ktb_run *runs;
	size_t nr_runs;
	char **left_out;
	size_t nr_left_out;
	uint64_t seed;
};

/**
 * ktb_plan_make() - place and expand jobs
 * @plan: to be filled in; ktb_plan_free() frees it, after a failure too
 * @jobs: checked jobs
 * @topology: the machine
 * @seed: of the run
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_USAGE; KTB_EXIT_SKIPPED if the machine lacks what a
 * placement asks for.
 */
int ktb_plan_make(struct ktb_plan *plan, const struct ktb_jobs *jobs,
		  const struct ktb_topology *topology, uint64_t seed,
		  struct ktb_error *err);

/** ktb_plan_free() - free what a plan holds */
void ktb_plan_free(struct ktb_plan *plan);

/**
 * ktb_plan_values() - the values of one run
 * @plan: the plan
 * @run: which run
 * @values: a value for every parameter of the cell's workload: the cell's, and
 *	a `seed` of its own that comes from the plan's seed, the cell and the
 *	repetition by splitmix64 (Steele, Lea, Flood 2014), unless the job sets
 *	`seed` itself; the `duration` of a load is as long as can be, since it
 *	is stopped
 */
void ktb_plan_values(const struct ktb_plan *plan, const struct ktb_run *run,
		     int64_t *values);

/** ktb_plan_needs_module() - is there a job that is not of user space alone? */
bool ktb_plan_needs_module(const struct ktb_plan *plan);

/** ktb_plan_job() - the job of a cell */
const struct ktb_job *ktb_plan_job(const struct ktb_plan *plan,
				   const struct ktb_cell *cell);

/** ktb_plan_placement() - the CPUs of a cell */
const struct ktb_placement *ktb_plan_placement(const struct ktb_plan *plan,
					       const struct ktb_cell *cell);

/**
 * ktb_plan_arm_on() - the value of `arm_on` that a cell has
 * @plan: the plan
 * @cell: the cell
 *
 * Return: the word, or NULL if its job does not sweep it.
 */
const char *ktb_plan_arm_on(const struct ktb_plan *plan,
			    const struct ktb_cell *cell);

/**
 * ktb_plan_used() - all CPUs that a cell and its loads use
 * @plan: the plan
 * @cell: the cell
 * @used: CPUs are added to it
 */
void ktb_plan_used(const struct ktb_plan *plan, const struct ktb_cell *cell,
		   hwloc_bitmap_t used);

/** ktb_plan_nr_lines() - repetitions of all cells, loads too */
size_t ktb_plan_nr_lines(const struct ktb_plan *plan);

/**
 * ktb_plan_note_left_out() - note that something cannot be measured here
 * @plan: the plan
 * @sentence: copied
 */
void ktb_plan_note_left_out(struct ktb_plan *plan, const char *sentence);

/** ktb_plan_drop() - take a cell's runs out of a plan; @cell is no load */
void ktb_plan_drop(struct ktb_plan *plan, const struct ktb_cell *cell);

/**
 * ktb_plan_leave_out() - take a cell's runs out of a plan
 * @plan: the plan
 * @cell: no load
 * @sentence: why
 */
void ktb_plan_leave_out(struct ktb_plan *plan, const struct ktb_cell *cell,
			const char *sentence);

/**
 * ktb_plan_nominal() - how long a run takes at least
 * @plan: the plan
 * @run: which run
 *
 * Return: warm-up and duration, and the warm-up of loads before, ns.
 */
int64_t ktb_plan_nominal(const struct ktb_plan *plan,
			 const struct ktb_run *run);

/**
 * ktb_plan_estimate() - how long some runs will take
 * @plan: the plan
 * @first: index of the first run
 * @overhead_ns: what each takes besides warm-up and duration
 *
 * Return: from @first to the plan's end, ns.
 */
int64_t ktb_plan_estimate(const struct ktb_plan *plan, size_t first,
			  int64_t overhead_ns);

/**
 * ktb_plan_describe() - what a job sets in a cell
 * @plan: the plan
 * @cell: the cell
 * @is_swept: only the parameters that the job sweeps
 * @text: where to, empty if there is nothing
 * @size: bytes of @text
 *
 * Return: @text, such as "timers=100 kind=pinned".
 */
const char *ktb_plan_describe(const struct ktb_plan *plan,
			      const struct ktb_cell *cell, bool is_swept,
			      char *text, size_t size);

/**
 * ktb_plan_print() - print what would run and how long it takes
 * @plan: the plan
 * @stream: where to
 */
void ktb_plan_print(const struct ktb_plan *plan, FILE *stream);

#endif /* KTB_PLAN_H */
