/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan of an invented run. For fake_cell.c.
 */
#ifndef KTB_FAKE_PLAN_H
#define KTB_FAKE_PLAN_H

#include "fake.h"

#define FAKE_VALUES 8

/**
 * struct fake_job - a section of the invented job file
 * @name: of the section
 * @workload: that it runs
 * @question: the comment above it, or NULL
 * @swept: the parameter that it sweeps, or NULL
 * @nr: cells
 * @value: of the parameter
 * @choice: of an enum, in place of @value
 */
struct fake_job {
	const char *name;
	const char *workload;
	const char *question;
	const char *swept;
	unsigned int nr;
	int64_t value[FAKE_VALUES];
	const char *choice[FAKE_VALUES];
};

/**
 * struct fake_point - one cell, worked out
 * @job: whose
 * @cell: number in the plan
 * @timers: parameter, where the workload has it
 * @slack_ns: parameter, where the workload has it
 * @delay_ns: parameter, where the workload has it
 * @kind: parameter, where the workload has it
 */
struct fake_point {
	const struct fake_job *job;
	unsigned int cell;
	int64_t timers;
	int64_t slack_ns;
	int64_t delay_ns;
	const char *kind;
};

/**
 * fake_point() - work out a cell
 * @point: filled in
 * @cell: its number
 */
void fake_point(struct fake_point *point, unsigned int cell);

/**
 * fake_params() - all parameters of a cell
 * @opt: what to invent
 * @point: the cell
 *
 * Return: the member "params" of a line.
 */
json_t *fake_params(const struct fake_options *opt,
		    const struct fake_point *point);

#endif /* KTB_FAKE_PLAN_H */
