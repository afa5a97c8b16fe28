/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Measuring: one run of the plan from SETUP to a record, on the device of its
 * workload. It knows no files.
 */
#ifndef KTB_MEASURE_H
#define KTB_MEASURE_H

#include <jansson.h>

#include "affinity.h"
#include "device.h"
#include "lane.h"
#include "plan.h"
#include "progress.h"
#include "source.h"

/**
 * struct ktb_measure - what all runs of a plan share
 * @source: tells the device of a workload
 * @plan: the plan
 * @affinity: where the runner may run
 * @lane: says when a run may begin
 * @progress: told about each run
 */
struct ktb_measure {
	const struct ktb_source *source;
	struct ktb_plan *plan;
	struct ktb_affinity *affinity;
	const struct ktb_lane *lane;
	struct ktb_progress *progress;
};

/** enum ktb_measured - how a run ended */
enum ktb_measured {
	KTB_MEASURED_OK,
	KTB_MEASURED_INVALID,
	KTB_MEASURED_INTERRUPTED,
};

/**
 * ktb_measure_rehearse() - set up every cell once without running it
 * @measure: what runs share
 * @err: says job, parameter, value and limit
 *
 * What the module refuses, it refuses before anything was measured. Cells of
 * optional jobs that cannot be measured here are taken out of the plan.
 *
 * Return: 0, or as ktb_refusal_explain().
 */
int ktb_measure_rehearse(const struct ktb_measure *measure,
			 struct ktb_error *err);

/**
 * ktb_measure_run() - do one run, with its loads beside it
 * @measure: what runs share
 * @run: which
 * @lines: lines of the cells, an array: the run's, then one a load
 * @measured: how it ended
 * @err: on a failure
 *
 * Return: 0, or as ktb_refusal_explain(); @lines is not set then.
 */
int ktb_measure_run(const struct ktb_measure *measure,
		    const struct ktb_run *run, json_t **lines,
		    enum ktb_measured *measured, struct ktb_error *err);

#endif /* KTB_MEASURE_H */
