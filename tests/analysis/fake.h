/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An invented result: which jobs, workloads and samples it has. For the tests
 * of the analysis; nothing here was measured.
 */
#ifndef KTB_FAKE_H
#define KTB_FAKE_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

/**
 * struct fake_options - what to invent
 * @is_compare: the plan is bench/compare.ini's, with its gates
 * @cells: how many cells, from 1; after the plan's come more of one job
 * @cpus: how many CPUs, from 1
 * @repetitions: of each cell, from 1
 * @samples: of each cell on each CPU
 * @seed: of everything that is random
 * @lane: metal, vm or exact
 * @state: of the run
 * @with_losses: every third cell loses samples and is invalid
 * @missed: periods of each cell that were missed on each CPU, where there are any
 * @is_older: there is no distribution of those
 * @with_odd: early and overflowing samples, and names that need quoting
 * @kernel: release
 * @created: UTC, ISO 8601
 * @noise_ppm: deviation between boots; this one's effect comes from @seed
 * @slower_ppm: samples take so much longer,
 * @slower_job: those of this job, or NULL for all,
 * @slower_cpu: on this CPU, or all if it is below 0
 */
struct fake_options {
	bool is_compare;
	unsigned int cells;
	unsigned int cpus;
	unsigned int repetitions;
	unsigned int samples;
	uint64_t seed;
	const char *lane;
	const char *state;
	bool with_losses;
	unsigned int missed;
	bool is_older;
	bool with_odd;
	const char *kernel;
	const char *created;
	int64_t noise_ppm;
	int64_t slower_ppm;
	const char *slower_job;
	int slower_cpu;
};

/**
 * fake_random() - the next random number
 * @state: of the generator; any value is a good beginning
 *
 * Splitmix64 (Steele, Lea, Flood 2014): integers only, so that every machine
 * invents the same result.
 *
 * Return: 64 random bits.
 */
uint64_t fake_random(uint64_t *state);

/**
 * fake_cells() - how many cells the plan has
 * @opt: which plan
 *
 * Return: cells.
 */
unsigned int fake_cells(const struct fake_options *opt);

/**
 * fake_workloads() - what the module would tell of its workloads
 * @opt: what to invent
 *
 * Return: the member "workloads" of result.json.
 */
json_t *fake_workloads(const struct fake_options *opt);

/**
 * fake_cell() - one repetition of one cell
 * @opt: what to invent
 * @cell: number of the cell
 * @repetition: number of the repetition
 *
 * Return: one line of cells.jsonl.
 */
json_t *fake_cell(const struct fake_options *opt, unsigned int cell,
		  unsigned int repetition);

/**
 * fake_job_text() - the job file that the cells would come from
 * @opt: what to invent
 *
 * Return: its text, to be freed.
 */
char *fake_job_text(const struct fake_options *opt);

/**
 * fake_gates() - what the plan gates
 * @opt: which plan
 *
 * Return: the member "gates" of result.json.
 */
json_t *fake_gates(const struct fake_options *opt);

#endif /* KTB_FAKE_H */
