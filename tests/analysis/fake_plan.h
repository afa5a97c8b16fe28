/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan of an invented run. For the other fake_*.c.
 */
#ifndef KTB_FAKE_PLAN_H
#define KTB_FAKE_PLAN_H

#include "fake.h"
#include "fake_table.h"

#define FAKE_VALUES 8

/**
 * struct fake_job - a section of the invented job file
 * @name: of the section
 * @workload: that it runs
 * @question: the comment above it, or NULL
 * @swept: a number that it sweeps, or NULL
 * @nr: values of it; 0 if there is none
 * @value: of the number
 * @by: a choice that it sweeps, or NULL; it varies faster than the number
 * @choice: of that, ends with NULL
 * @rotations: CPUs away from which it is armed, one after another, varying
 *	fastest; 0: on its own
 * @load: the job below runs beside this one's cells, a cell beside each
 * @is_load: it is such a job
 */
struct fake_job {
	const char *name;
	const char *workload;
	const char *question;
	const char *swept;
	unsigned int nr;
	int64_t value[FAKE_VALUES];
	const char *by;
	const char *choice[FAKE_VALUES];
	unsigned int rotations;
	const char *load;
	bool is_load;
};

/**
 * struct fake_point - one cell, worked out
 * @job: whose
 * @workload: of the job
 * @cell: number in the plan
 * @value: of the number that is swept
 * @choice: of the choice that is swept
 * @rotation: CPUs away from which it is armed
 */
struct fake_point {
	const struct fake_job *job;
	const struct fake_workload *workload;
	unsigned int cell;
	int64_t value;
	const char *choice;
	unsigned int rotation;
};

/**
 * fake_point() - work out a cell
 * @point: filled in
 * @opt: which plan
 * @cell: its number
 */
void fake_point(struct fake_point *point, const struct fake_options *opt,
		unsigned int cell);

/**
 * fake_number() - a parameter of a cell
 * @point: the cell
 * @name: of the parameter
 *
 * Return: its value; 0 if the workload has no such number.
 */
int64_t fake_number(const struct fake_point *point, const char *name);

/**
 * fake_is() - is a choice of a cell a certain one
 * @point: the cell
 * @name: of the parameter
 * @choice: one of its choices
 *
 * Return: whether it is; false if the workload has no such choice.
 */
bool fake_is(const struct fake_point *point, const char *name,
	     const char *choice);

/**
 * fake_params() - all parameters of a cell
 * @opt: what to invent
 * @point: the cell
 *
 * Return: the member "params" of a line.
 */
json_t *fake_params(const struct fake_options *opt,
		    const struct fake_point *point);

/**
 * fake_swept() - what a job sweeps
 * @job: the job
 *
 * Return: the member "swept" of a line.
 */
json_t *fake_swept(const struct fake_job *job);

#endif /* KTB_FAKE_PLAN_H */
