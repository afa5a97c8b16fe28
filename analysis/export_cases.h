/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A result as a list of test cases: each cell, what was left out, and the run itself
 * if it is not complete. A case passes when it was measured, and measured validly; no
 * figure is judged. It knows findings and nothing of formats.
 */
#ifndef KTB_EXPORT_CASES_H
#define KTB_EXPORT_CASES_H

#include <stdio.h>

#include "findings.h"

/** enum ktb_export_outcome - what became of a case */
enum ktb_export_outcome {
	KTB_EXPORT_PASSED,
	/* A repetition is invalid: samples were lost. */
	KTB_EXPORT_INVALID,
	/* A repetition, or the run, ended early. */
	KTB_EXPORT_INTERRUPTED,
	/* It was not measured, and why is told. */
	KTB_EXPORT_LEFT_OUT,
	KTB_NR_EXPORT_OUTCOMES,
};

/**
 * struct ktb_export_case - one of them
 * @job: section of the job file; "run" of the run itself
 * @name: the job, and what sets the cell apart in it
 * @cell: what sets the cell apart in its job; may be empty
 * @outcome: what became of it
 * @reason: why it did not pass; a sentence, empty if it did
 * @good: its good repetitions, or NULL
 * @bad: its invalid ones, or NULL
 */
struct ktb_export_case {
	char *job;
	char *name;
	char *cell;
	enum ktb_export_outcome outcome;
	char *reason;
	const struct ktb_summary *good;
	const struct ktb_summary *bad;
};

/**
 * struct ktb_export_cases - all of a result
 * @at: those of a job together, in the order of the plan
 * @nr: entries there
 * @counts: by enum ktb_export_outcome
 */
struct ktb_export_cases {
	struct ktb_export_case *at;
	size_t nr;
	size_t counts[KTB_NR_EXPORT_OUTCOMES];
};

/**
 * ktb_export_cases_list() - list the cases of a result
 * @cases: filled in; free it in any case
 * @result: gathered
 *
 * Return: false when there is no memory.
 */
bool ktb_export_cases_list(struct ktb_export_cases *cases,
			   const struct ktb_findings *result);

/**
 * ktb_export_cases_free() - free a list
 * @cases: listed, or tried to
 */
void ktb_export_cases_free(struct ktb_export_cases *cases);

/**
 * ktb_export_cases_of_job() - how many cases a job has
 * @cases: listed
 * @first: index of the first of them
 *
 * Return: entries from there on that are of one job.
 */
size_t ktb_export_cases_of_job(const struct ktb_export_cases *cases,
			       size_t first);

/**
 * ktb_export_cases_missed() - periods that a cell missed
 * @one: the cell
 *
 * Return: of good and of invalid repetitions.
 */
uint64_t ktb_export_cases_missed(const struct ktb_export_case *one);

/**
 * ktb_export_cases_lost() - samples that a cell lost
 * @one: a case
 *
 * Return: in good and in invalid repetitions.
 */
uint64_t ktb_export_cases_lost(const struct ktb_export_case *one);

/**
 * ktb_export_cases_figures() - write the figures of a case for people
 * @to: where to
 * @one: a case; of one without good repetitions only counts and losses are told
 * @before: begins each line
 *
 * A line a metric that has samples.
 */
void ktb_export_cases_figures(FILE *to, const struct ktb_export_case *one,
			      const char *before);

#endif /* KTB_EXPORT_CASES_H */
