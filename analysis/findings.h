/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that a result has to say, in memory, before a word is printed:
 * summaries of all cells, the jobs they belong to, totals per workload, the
 * worst samples. It knows nothing of formats and pictures.
 */
#ifndef KTB_FINDINGS_H
#define KTB_FINDINGS_H

#include "summary.h"

#define KTB_FINDINGS_WORST	 5

/* Worst samples of one CPU that came this close together are one incident. */
#define KTB_FINDINGS_INCIDENT_NS 1000000

/**
 * struct ktb_job - the cells of one section of a job file
 * @name: of the section
 * @workload: of its cells
 * @question: what it asks, one sentence
 * @remark: the rest of the comment in the job file; may be empty
 * @company: what ran at the same time, in a sentence; may be empty
 * @first: index of its first summary
 * @nr: summaries that it has
 * @worst: its worst sample
 * @has_worst: there is one
 */
struct ktb_job {
	const char *name;
	const struct ktb_workload *workload;
	char *question;
	char *remark;
	char *company;
	size_t first;
	size_t nr;
	struct ktb_sample worst;
	bool has_worst;
};

/**
 * struct ktb_tally - counts of one workload over the whole run
 * @workload: the workload
 * @nr_cells: cells with at least one repetition
 * @nr_repetitions: repetitions
 * @nr_invalid: of these, how many are invalid
 * @nr_interrupted: of these, how many ended early
 * @samples: of the primary distribution, of periods that were served
 * @early: of these, how many came before they were due
 * @overflow: of these, how many are past the last bucket
 * @lost: samples that were lost
 * @missed: periods that were missed
 * @raw_dropped: raw samples that found no room; they are in the histograms
 * @counters: by slot of the counter
 */
struct ktb_tally {
	const struct ktb_workload *workload;
	size_t nr_cells;
	size_t nr_repetitions;
	size_t nr_invalid;
	size_t nr_interrupted;
	uint64_t samples;
	uint64_t early;
	uint64_t overflow;
	uint64_t lost;
	uint64_t missed;
	uint64_t raw_dropped;
	uint64_t *counters;
};

/**
 * struct ktb_findings - what a result has to say
 * @reader: the result directory
 * @summaries: by job, by cell, good repetitions before invalid ones
 * @nr_summaries: entries there
 * @jobs: in the order of the plan
 * @nr_jobs: entries there
 * @tallies: one a workload, in the order of result.json
 * @worst: the worst incidents over all, the worst first, each by its worst
 *	sample
 * @nr_worst: entries there
 * @begin_ns: begin of the first recorded window, CLOCK_MONOTONIC
 */
struct ktb_findings {
	struct ktb_reader reader;
	struct ktb_summary *summaries;
	size_t nr_summaries;
	struct ktb_job *jobs;
	size_t nr_jobs;
	struct ktb_tally *tallies;
	struct ktb_sample worst[KTB_FINDINGS_WORST];
	size_t nr_worst;
	int64_t begin_ns;
};

/**
 * ktb_findings_gather() - read a result directory
 * @findings: filled in; free it in any case
 * @dir: the directory
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_findings_gather(struct ktb_findings *findings, const char *dir,
			struct ktb_fault *fault);

/**
 * ktb_findings_free() - free everything
 * @findings: gathered, or tried to
 */
void ktb_findings_free(struct ktb_findings *findings);

/**
 * ktb_findings_summary() - the cell that a sample belongs to
 * @findings: gathered
 * @sample: one of its samples
 *
 * Return: the summary.
 */
const struct ktb_summary *
ktb_findings_summary(const struct ktb_findings *findings,
		     const struct ktb_sample *sample);

/**
 * ktb_findings_null() - what the harness itself costs
 * @findings: gathered
 * @workload: beside which it is to stand
 *
 * Return: the first good cell of the workload "null", of user space "user_null";
 * NULL if there is none, or if that is @workload itself.
 */
const struct ktb_summary *
ktb_findings_null(const struct ktb_findings *findings,
		  const struct ktb_workload *workload);

/**
 * ktb_findings_when() - when a sample came, since the run began
 * @findings: gathered
 * @sample: one of its samples
 * @text: filled in
 *
 * Return: false when the sample's clock is not the one of the windows, so that
 * only its window is known; @text then says when that began.
 */
bool ktb_findings_when(const struct ktb_findings *findings,
		       const struct ktb_sample *sample, struct ktb_text *text);

#endif /* KTB_FINDINGS_H */
