/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue: workloads, their parameters and their metrics, as a module
 * told them or as a file keeps them. It is all that the runner knows of them.
 */
#ifndef KTB_CATALOG_H
#define KTB_CATALOG_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"
#include "units.h"

/** enum ktb_param_kind - how a parameter's value is written */
enum ktb_param_kind {
	KTB_PARAM_KIND_INT,
	KTB_PARAM_KIND_BOOL,
	KTB_PARAM_KIND_ENUM,
	KTB_NR_PARAM_KINDS,
};

/** enum ktb_metric_what - what is kept of a metric */
enum ktb_metric_what {
	KTB_METRIC_WHAT_DISTRIBUTION,
	KTB_METRIC_WHAT_COUNTER,
	KTB_NR_METRIC_WHATS,
};

/** enum ktb_metric_where - where the code that took the sample was running */
enum ktb_metric_where {
	KTB_METRIC_WHERE_ANY,
	KTB_METRIC_WHERE_HARDIRQ,
	KTB_METRIC_WHERE_SOFTIRQ,
	KTB_METRIC_WHERE_THREAD,
	KTB_NR_METRIC_WHERES,
};

/**
 * struct ktb_param - one parameter of a workload
 * @name: for job files
 * @help: one sentence
 * @kind: how its value is written
 * @unit: what its value counts
 * @common: it means the same for every workload
 * @min: smallest value allowed, in the unit
 * @max: largest value allowed, in the unit
 * @def: value when a job says nothing
 * @choices: of an enum: the names of the values 0, 1, ...
 * @nr_choices: entries of @choices
 */
struct ktb_param {
	char *name;
	char *help;
	enum ktb_param_kind kind;
	enum ktb_unit_kind unit;
	bool common;
	int64_t min;
	int64_t max;
	int64_t def;
	char **choices;
	size_t nr_choices;
};

/**
 * struct ktb_metric - one measured quantity of a workload
 * @name: as results call it
 * @help: one sentence
 * @what: distribution or counter
 * @unit: what it counts
 * @where: context that took the sample
 * @primary: the distribution that worst and raw samples belong to
 * @part: the distribution is a part of the primary one
 * @loss: the counter counts lost samples: above zero the run is invalid
 * @phase: the part is a stretch of time that ends where the next one begins
 * @call: the distribution is what one call of the kernel's costs
 * @rate: more of it is better
 * @missed: of the periods of the primary one's schedule that nothing was done at
 */
struct ktb_metric {
	char *name;
	char *help;
	enum ktb_metric_what what;
	enum ktb_unit_kind unit;
	enum ktb_metric_where where;
	bool primary;
	bool part;
	bool loss;
	bool phase;
	bool call;
	bool rate;
	bool missed;
};

/**
 * struct ktb_workload - one workload
 * @name: for job files
 * @help: one sentence
 * @index: what its device calls it in SETUP; of no meaning if a file told it
 * @arm_elsewhere: it can arm on another CPU than the one that it measures
 * @is_user: it measures user space and needs no module
 * @contracts: checks, and subjects of checks, that its numbers stand on, parted by
 *	blanks; may be empty
 * @params: in the module's order, which is the order of SETUP's indices
 * @nr_params: entries of @params
 * @metrics: in the module's order
 * @nr_metrics: entries of @metrics
 */
struct ktb_workload {
	char *name;
	char *help;
	uint32_t index;
	bool arm_elsewhere;
	bool is_user;
	char *contracts;
	struct ktb_param *params;
	size_t nr_params;
	struct ktb_metric *metrics;
	size_t nr_metrics;
};

/**
 * struct ktb_catalog - all workloads
 * @source: where it comes from, for people: a device, or the file's path; NULL
 *	if the module's workloads are not known
 * @absent: why they are not; NULL if they are
 * @workloads: in the module's order
 * @nr_workloads: entries of @workloads
 */
struct ktb_catalog {
	char *source;
	const struct ktb_error *absent;
	struct ktb_workload *workloads;
	size_t nr_workloads;
};

/**
 * ktb_catalog_drop_user() - forget the workloads of user space
 * @catalog: as a file keeps it
 */
void ktb_catalog_drop_user(struct ktb_catalog *catalog);

/**
 * ktb_catalog_append() - put another catalogue's workloads behind one's own
 * @catalog: keeps its source
 * @other: empty after it
 */
void ktb_catalog_append(struct ktb_catalog *catalog, struct ktb_catalog *other);

/** ktb_catalog_free() - free what a catalogue holds; not the struct itself */
void ktb_catalog_free(struct ktb_catalog *catalog);

/**
 * ktb_catalog_workload() - find a workload
 * @catalog: where
 * @name: its name
 *
 * Return: the workload or NULL.
 */
const struct ktb_workload *
ktb_catalog_workload(const struct ktb_catalog *catalog, const char *name);

/**
 * ktb_catalog_param() - find a parameter
 * @workload: where
 * @name: its name
 *
 * Return: the parameter or NULL.
 */
const struct ktb_param *ktb_catalog_param(const struct ktb_workload *workload,
					  const char *name);

/**
 * ktb_catalog_metric() - find a metric
 * @workload: where
 * @name: its name
 *
 * Return: the metric or NULL.
 */
const struct ktb_metric *ktb_catalog_metric(const struct ktb_workload *workload,
					    const char *name);

/**
 * ktb_catalog_primary() - the distribution that worst and raw samples belong to
 * @workload: where
 *
 * Return: the metric, or NULL if there is none.
 */
const struct ktb_metric *
ktb_catalog_primary(const struct ktb_workload *workload);

/**
 * ktb_catalog_missed() - the distribution of periods that nothing was done at
 * @workload: where
 *
 * Return: the metric, or NULL if the primary one has no schedule.
 */
const struct ktb_metric *
ktb_catalog_missed(const struct ktb_workload *workload);

/**
 * ktb_catalog_hist() - where an area has a distribution
 * @workload: where
 * @metric: one of its distributions
 *
 * Return: its number among them, for ktb_device_area_hist().
 */
uint32_t ktb_catalog_hist(const struct ktb_workload *workload,
			  const struct ktb_metric *metric);

/**
 * ktb_catalog_parse_value() - read one value of a parameter
 * @param: the parameter
 * @text: as in a job file
 * @value: the value
 * @err: says what is wrong and what is right, range and unit included
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_catalog_parse_value(const struct ktb_param *param, const char *text,
			    int64_t *value, struct ktb_error *err);

/**
 * ktb_catalog_format_value() - write one value of a parameter
 * @param: the parameter
 * @value: within its range
 * @text: KTB_UNITS_LEN bytes
 *
 * Return: @text, or the name of the choice.
 */
const char *ktb_catalog_format_value(const struct ktb_param *param,
				     int64_t value, char *text);

/**
 * ktb_catalog_format_range() - say which values a parameter takes
 * @param: the parameter
 * @text: where to
 * @size: bytes of @text
 *
 * Return: @text, such as "1 to 100000" or "pinned, unpinned".
 */
const char *ktb_catalog_format_range(const struct ktb_param *param, char *text,
				     size_t size);

/**
 * ktb_catalog_workload_json() - a workload as results/SCHEMA.md has it
 * @workload: the workload
 *
 * Return: a new object with "help", "user", "contracts", "params" and
 * "metrics".
 */
json_t *ktb_catalog_workload_json(const struct ktb_workload *workload);

/**
 * ktb_catalog_json() - the whole catalogue, the format of catalog.json
 * @catalog: the catalogue
 *
 * Return: a new array of objects: what ktb_catalog_workload_json() gives, and
 * "name" and "arm_elsewhere".
 */
json_t *ktb_catalog_json(const struct ktb_catalog *catalog);

/**
 * ktb_catalog_read() - read a catalogue from a file
 * @catalog: to be filled in
 * @path: the file
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_USAGE if it cannot be read or is no catalogue.
 */
int ktb_catalog_read(struct ktb_catalog *catalog, const char *path,
		     struct ktb_error *err);

/**
 * ktb_catalog_find() - read the catalogue that is kept with this program
 * @catalog: to be filled in
 * @err: on a failure
 *
 * Looked for in this order: the file that KTBENCH_CATALOG names; beside the
 * program, as in a build directory of a checkout (../runner/catalog.json) and
 * as installed (../share/ktbench/catalog.json).
 *
 * Return: 0; KTB_EXIT_USAGE if the file is no catalogue; KTB_EXIT_SKIPPED if
 * there is none.
 */
int ktb_catalog_find(struct ktb_catalog *catalog, struct ktb_error *err);

#endif /* KTB_CATALOG_H */
