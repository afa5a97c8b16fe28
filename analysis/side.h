/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One side of a comparison: a set of results, sorted into boots. It knows result
 * directories, and nothing of the other side or of statistics.
 *
 * A boot is what shares one load of the kernel and the module: results whose
 * environment has the same boot_id and load_id are repetitions within one boot, and
 * their samples are put together. A result without them is a boot of its own.
 */
#ifndef KTB_SIDE_H
#define KTB_SIDE_H

#include "findings.h"

/**
 * struct ktb_boot - one boot
 * @findings: its results, in the order in which they were made
 * @cells: of each result: from a cell's key to its summaries, see ktb_side_key()
 * @nr: entries there
 */
struct ktb_boot {
	struct ktb_findings **findings;
	json_t **cells;
	size_t nr;
};

/**
 * struct ktb_side - one side
 * @path: as it was given
 * @boots: in the order in which they were made
 * @nr_boots: entries there
 * @nr_machine_boots: boots of the machine in them: fewer, if the module was loaded
 *	more than once in one of these
 * @nr_results: results in them
 */
struct ktb_side {
	char *path;
	struct ktb_boot *boots;
	size_t nr_boots;
	size_t nr_machine_boots;
	size_t nr_results;
};

/**
 * ktb_side_read() - read a set of results
 * @side: filled in; free it in any case
 * @path: a result directory, or a directory whose subdirectories are some
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when there is no result, one is damaged, of another
 * schema or not complete, or lanes or kernels within the set differ.
 */
int ktb_side_read(struct ktb_side *side, const char *path,
		  struct ktb_fault *fault);

/** ktb_side_free() - free what a side holds; not the struct itself */
void ktb_side_free(struct ktb_side *side);

/**
 * ktb_side_first() - the result that speaks for a side
 * @side: read
 *
 * Return: the reader of its first result.
 */
const struct ktb_reader *ktb_side_first(const struct ktb_side *side);

/**
 * ktb_side_key() - what a cell is found by, on both sides
 * @summary: the cell
 * @key: filled in: its job and its label, a newline between them
 * @size: room at @key
 */
void ktb_side_key(const struct ktb_summary *summary, char *key, size_t size);

/**
 * ktb_side_cell() - the first result's cell with a key
 * @side: read
 * @key: see ktb_side_key()
 *
 * Return: the cell in the first result that has it; NULL if none has.
 */
const struct ktb_summary *ktb_side_cell(const struct ktb_side *side,
					const char *key);

/**
 * ktb_side_left_out() - did a side's plan leave a job out, and say so?
 * @side: read
 * @job: section of the job file
 *
 * Return: its machine or kernel does not have what the job asks for.
 */
bool ktb_side_left_out(const struct ktb_side *side, const char *job);

/* Room for a key, and for the label in it. */
#define KTB_SIDE_KEY_SIZE 320

/**
 * struct ktb_cell_cpu - the samples of one CPU
 * @cpu: that took them
 * @hists: by slot of the distribution
 */
struct ktb_cell_cpu {
	int cpu;
	struct ktb_histogram *hists;
};

/**
 * struct ktb_cell_data - the samples of one cell in one boot
 * @workload: of the cell
 * @cpus: that took samples, ascending
 * @nr_cpus: entries there
 * @hists: by slot of the distribution: all CPUs together
 * @lost: samples that were lost, of repetitions that are invalid too
 * @missed: periods that were missed, likewise
 * @is_of_served: its quantiles leave those out, see ktb_schedule_is_of_served()
 * @is_valid: no repetition is invalid
 * @is_load: it ran beside another one
 */
struct ktb_cell_data {
	const struct ktb_workload *workload;
	struct ktb_cell_cpu *cpus;
	size_t nr_cpus;
	struct ktb_histogram *hists;
	uint64_t lost;
	uint64_t missed;
	bool is_of_served;
	bool is_valid;
	bool is_load;
};

/**
 * ktb_side_load() - read a cell's samples of one boot
 * @side: read
 * @boot: index of the boot
 * @key: of the cell
 * @data: filled in; free it in any case
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*; a cell that is not there has no workload.
 */
int ktb_side_load(const struct ktb_side *side, size_t boot, const char *key,
		  struct ktb_cell_data *data, struct ktb_fault *fault);

/** ktb_side_unload() - free what a cell's data hold; not the struct itself */
void ktb_side_unload(struct ktb_cell_data *data);

#endif /* KTB_SIDE_H */
