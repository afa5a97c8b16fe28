/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The record of a repetition: from the device's areas to a line of the cells,
 * as results/SCHEMA.md has it.
 */
#ifndef KTB_RECORD_H
#define KTB_RECORD_H

#include <jansson.h>

#include "cost.h"
#include "device.h"
#include "plan.h"

/**
 * struct ktb_record - what is known of a repetition when it has ended
 * @plan: the plan
 * @run: which of its runs
 * @values: that the module was given
 * @setup: what SETUP said
 * @started: UTC, ISO 8601
 * @cost: what it took of the machine, from START to STOP
 * @areas: copies of all areas
 * @nr_areas: entries of @areas
 * @state: `ok`, `invalid` or `interrupted`
 * @reason: one sentence, empty when ok
 */
struct ktb_record {
	const struct ktb_plan *plan;
	const struct ktb_run *run;
	const int64_t *values;
	const struct ktb_device_setup *setup;
	const char *started;
	const struct ktb_cost *cost;
	const struct ktb_device_area *areas;
	size_t nr_areas;
	const char *state;
	const char *reason;
};

/**
 * ktb_record_json() - a line of the cells
 * @record: the repetition
 *
 * Return: a new object.
 */
json_t *ktb_record_json(const struct ktb_record *record);

/** ktb_record_workload() - the workload of a repetition */
const struct ktb_workload *ktb_record_workload(const struct ktb_record *record);

/**
 * ktb_record_samples() - samples of the primary distribution
 * @record: the repetition
 *
 * Return: over all areas.
 */
uint64_t ktb_record_samples(const struct ktb_record *record);

/**
 * ktb_record_missed() - periods of its schedule that nothing was done at
 * @record: the repetition
 *
 * Return: over all CPUs; 0 if the workload has no schedule.
 */
uint64_t ktb_record_missed(const struct ktb_record *record);

/**
 * ktb_record_is_empty() - was nothing measured at all?
 * @record: a repetition that has ended
 *
 * Timers that are due after the window have no lateness, but may still tell
 * something else: then the repetition is not empty.
 */
bool ktb_record_is_empty(const struct ktb_record *record);

#endif /* KTB_RECORD_H */
