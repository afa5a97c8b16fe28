// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Measuring: one run from SETUP to a record. It may not know files or the
 * layout of anything in the kernel.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "environment.h"
#include "interrupt.h"
#include "loss.h"
#include "measure.h"
#include "record.h"
#include "refusal.h"

#define LOOK_EVERY_MS		  1000
/* A run that is so much over its time does not end by itself any more. */
#define HUNG_AFTER_NS(nominal_ns) (4 * (nominal_ns) + 600LL * 1000000000)

/* What a run's samples are worth, by how the module says that it ended. */
static const struct ending {
	enum ktb_measured measured;
	const char *reason;
} endings[] = {
	[KTB_ENDED_NOT] = { KTB_MEASURED_INVALID,
			    "the module says that the run has not ended" },
	[KTB_ENDED_COMPLETE] = { KTB_MEASURED_OK, "" },
	[KTB_ENDED_STOPPED] = { KTB_MEASURED_INTERRUPTED,
				"it was stopped before its time" },
	[KTB_ENDED_HOTPLUG] = { KTB_MEASURED_INVALID,
				"CPU %u went offline during the run" },
	[KTB_ENDED_STARVED] = { KTB_MEASURED_INVALID,
				"the expiries left CPU %u no time: ask for fewer timers or a longer delay" },
	[KTB_ENDED_FAILED] = { KTB_MEASURED_INVALID,
			       "the kernel could not make a thread for CPU %u" },
};

static const char *const state_names[] = {
	[KTB_MEASURED_OK] = "ok",
	[KTB_MEASURED_INVALID] = "invalid",
	[KTB_MEASURED_INTERRUPTED] = "interrupted",
};

static void fill_setup(const struct ktb_measure *measure,
		       const struct ktb_cell *cell, const int64_t *values,
		       struct ktb_device_setup *setup)
{
	const struct ktb_job *job = ktb_plan_job(measure->plan, cell);
	const struct ktb_placement *placement =
		&measure->plan->placements[cell->job];

	*setup = (struct ktb_device_setup){
		.workload =
			(uint32_t)(job->workload - measure->catalog->workloads),
		.values = values,
		.nr_values = job->workload->nr_params,
		.places = placement->places,
		.nr_places = placement->nr_places,
		.disturb = placement->disturb,
		.nr_disturb = placement->nr_disturb,
	};
}

static int64_t *run_values(const struct ktb_plan *plan,
			   const struct ktb_run *run)
{
	const struct ktb_job *job = ktb_plan_job(plan, &plan->cells[run->cell]);
	int64_t *values =
		ktb_alloc_zeroed(job->workload->nr_params, sizeof(*values));

	ktb_plan_values(plan, run, values);
	return values;
}

int ktb_measure_rehearse(const struct ktb_measure *measure,
			 struct ktb_error *err)
{
	const struct ktb_plan *plan = measure->plan;
	struct ktb_device_setup setup;
	int64_t *values;
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < plan->nr_cells && !ktb_interrupt_signal();
	     i++) {
		values = run_values(plan, &(struct ktb_run){ .cell = i });
		fill_setup(measure, &plan->cells[i], values, &setup);
		ret = ktb_device_set_up(measure->device, &setup);
		if (ret)
			ret = ktb_refusal_explain(plan, &plan->cells[i], &setup,
						  -ret, err);
		free(values);
	}
	return ret;
}

/* The primary distribution's number, for looks at the samples. */
static uint32_t primary_hist(const struct ktb_workload *workload)
{
	uint32_t number = 0;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		if (workload->metrics[i].what != KTB_METRIC_WHAT_DISTRIBUTION)
			continue;
		if (workload->metrics[i].primary)
			return number;
		number++;
	}
	return 0;
}

/* Sleep until the run has ended, a signal came, or it hangs. */
static int wait_for_end(const struct ktb_measure *measure,
			const struct ktb_run *run)
{
	const int64_t nominal_ns = ktb_plan_nominal(measure->plan, run);
	const struct ktb_cell *cell = &measure->plan->cells[run->cell];
	const uint32_t hist =
		primary_hist(ktb_plan_job(measure->plan, cell)->workload);
	const bool looks = ktb_progress_looks(measure->progress);
	const int64_t began_ns = ktb_progress_now();
	int ret = 0;

	while (!ret && !ktb_interrupt_signal()) {
		ret = ktb_device_wait(measure->device,
				      looks ? LOOK_EVERY_MS :
					      60 * LOOK_EVERY_MS,
				      ktb_interrupt_mask());
		if (ret == -EINTR)
			ret = 0;
		else if (!ret && looks)
			ktb_progress_look(measure->progress,
					  ktb_device_samples(measure->device,
							     hist));
		if (!ret &&
		    ktb_progress_now() - began_ns > HUNG_AFTER_NS(nominal_ns))
			ret = -ETIMEDOUT;
	}
	return ret < 0 ? ret : 0;
}

/* Whether an area has what the catalogue says that the workload measures. */
static bool fits_catalog(const struct ktb_device_area *area,
			 const struct ktb_workload *workload)
{
	uint32_t nr[KTB_NR_METRIC_WHATS] = { 0 };
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		nr[workload->metrics[i].what]++;
	return area->nr_hists == nr[KTB_METRIC_WHAT_DISTRIBUTION] &&
	       area->nr_counters == nr[KTB_METRIC_WHAT_COUNTER];
}

static void free_areas(struct ktb_device_area *areas, size_t nr)
{
	while (nr--)
		ktb_device_area_free(&areas[nr]);
	free(areas);
}

static int read_areas(const struct ktb_measure *measure,
		      const struct ktb_workload *workload, uint32_t nr,
		      struct ktb_device_area **areas)
{
	uint32_t i;
	int ret = 0;

	*areas = ktb_alloc_zeroed(nr, sizeof(**areas));
	for (i = 0; !ret && i < nr; i++) {
		ret = ktb_device_area_read(measure->device, i, &(*areas)[i]);
		if (!ret && !fits_catalog(&(*areas)[i], workload))
			ret = -EPROTO;
	}
	if (ret)
		free_areas(*areas, nr);
	return ret;
}

/* SETUP, START, sleep, STOP; the areas are left to be read. */
static int drive(const struct ktb_measure *measure, const struct ktb_run *run,
		 struct ktb_device_setup *setup, struct ktb_device_end *end)
{
	int ret, stop_ret;

	ret = ktb_device_set_up(measure->device, setup);
	if (ret)
		return ret;
	setup->refused = KTB_REFUSED_NOTHING;
	ret = ktb_device_start(measure->device);
	if (!ret)
		ret = wait_for_end(measure, run);
	stop_ret = ktb_device_stop(measure->device, end);
	return ret ? ret : stop_ret;
}

/* The sentence of an ending, with its CPU and its error in it. */
static void tell_ending(const struct ktb_device_end *end, char *reason)
{
	const char *text = endings[end->ended].reason;
	const char *sign = strstr(text, "%u");
	int len;

	if (sign)
		len = snprintf(reason, KTB_ERROR_LEN, "%.*s%u%s",
			       (int)(sign - text), text, end->cpu, sign + 2);
	else
		len = snprintf(reason, KTB_ERROR_LEN, "%s", text);
	if (end->error)
		snprintf(
			reason + len, KTB_ERROR_LEN - (size_t)len, ": %s%s",
			strerror(end->error),
			end->error == EAGAIN ?
				" (kernel.pid_max, kernel.threads-max or a cgroup's pids.max is reached)" :
				"");
}

/* What it is worth: by the module's word, then by what was lost. */
static enum ktb_measured judge(struct ktb_record *record,
			       const struct ktb_device_end *end, char *reason)
{
	enum ktb_measured measured = endings[end->ended].measured;

	tell_ending(end, reason);
	if (measured != KTB_MEASURED_INVALID && ktb_loss_find(record, reason))
		measured = KTB_MEASURED_INVALID;
	/* A run that measured nothing must not pass for one that is fine. */
	if (measured == KTB_MEASURED_OK && ktb_record_is_empty(record)) {
		snprintf(
			reason, KTB_ERROR_LEN,
			"no sample falls into the recorded window: lengthen the duration");
		measured = KTB_MEASURED_INVALID;
	}
	record->state = state_names[measured];
	record->reason = reason;
	return measured;
}

int ktb_measure_run(const struct ktb_measure *measure,
		    const struct ktb_run *run, json_t **json,
		    enum ktb_measured *measured, struct ktb_error *err)
{
	const struct ktb_cell *cell = &measure->plan->cells[run->cell];
	const struct ktb_job *job = ktb_plan_job(measure->plan, cell);
	int64_t *values = run_values(measure->plan, run);
	char reason[KTB_ERROR_LEN], started[32];
	struct ktb_device_area *areas = NULL;
	struct ktb_device_setup setup;
	struct ktb_record record;
	struct ktb_device_end end;
	int ret;

	ktb_affinity_keep_off(measure->affinity,
			      &measure->plan->placements[cell->job], false);
	fill_setup(measure, cell, values, &setup);
	ktb_environment_utc(started);
	ret = drive(measure, run, &setup, &end);
	if (!ret)
		ret = read_areas(measure, job->workload, setup.nr_areas,
				 &areas);
	if (ret) {
		free(values);
		return ktb_refusal_explain(measure->plan, cell, &setup, -ret,
					   err);
	}
	record = (struct ktb_record){ .plan = measure->plan,
				      .run = run,
				      .values = values,
				      .setup = &setup,
				      .started = started,
				      .areas = areas,
				      .nr_areas = setup.nr_areas };
	*measured = judge(&record, &end, reason);
	*json = ktb_record_json(&record);
	ktb_progress_done(measure->progress, ktb_record_samples(&record),
			  record.state, reason);
	free_areas(areas, setup.nr_areas);
	free(values);
	return 0;
}
