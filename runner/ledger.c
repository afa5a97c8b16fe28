// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The cost ledger: some metrics of workloads that measure the harness and the
 * kernel's calls. It may not know files, or the layout of anything in the kernel.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alloc.h"
#include "cost.h"
#include "interrupt.h"
#include "ledger.h"
#include "wait.h"

#define MS	      1000000LL
#define IDLE_NS	      (100 * MS)
#define LOOK_EVERY_MS 1000
#define TRIES	      3
/* A run that is not over by then hangs, on whatever machine. */
#define HUNG_AFTER_NS (600LL * 1000 * MS)

/* Rows of one workload stand together: it runs once. */
static const struct row {
	const char *name;
	const char *workload;
	const char *metric;
	const char *what;
} rows[] = {
	{ "clock_read", "null", "clock_pair", "one read of the clock" },
	{ "callback", "null", "empty",
	  "an empty callback, and one read of the clock" },
	{ "record", "null", "record",
	  "recording one sample, and one read of the clock" },
	{ "record_missed", "null", "record_missed",
	  "recording one missed period, and one read of the clock" },
	{ "rearm_timer", "api_cost", "mod_timer_inactive",
	  "re-arming a wheel timer: mod_timer()" },
	{ "forward_hrtimer", "api_cost", "hrtimer_forward",
	  "moving an hrtimer on: hrtimer_forward()" },
	{ "rearm_hrtimer", "api_cost", "hrtimer_start",
	  "queueing an hrtimer: hrtimer_start()" },
	{ "user_clock_read", "user_null", "clock_pair",
	  "one read of the clock in user space" },
	{ "user_callback", "user_null", "empty",
	  "an empty function of user space, and one read of the clock" },
	{ "user_record", "user_null", "record",
	  "recording one sample in user space, and one read of the clock" },
	{ "user_rearm", "user_null", "rearm",
	  "re-arming a timer in user space: timerfd_settime(), and one read of the clock" },
	{ "user_record_missed", "user_null", "record_missed",
	  "recording one missed period in user space, and one read of the clock" },
};

#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))

/*
 * What the runs of the ledger set, NULL for all of them, the last row that fits; all
 * else is as a workload's default. Passes over all calls take all that they are given,
 * and one is enough: it has 64 calls of each.
 */
static const struct setting {
	const char *workload;
	const char *param;
	int64_t value;
} settings[] = {
	{ NULL, "duration", 50 * MS },	{ NULL, "warmup", 10 * MS },
	{ NULL, "period", 1 * MS },	{ NULL, "seed", 1 },
	{ "api_cost", "duration", MS }, { "api_cost", "warmup", MS },
};

#define NR_SETTINGS (sizeof(settings) / sizeof(settings[0]))

/**
 * struct ledger - a ledger that is being made
 * @measure: what all runs share
 * @costs: rows so far, as JSON
 * @reason: what could not be measured, empty if all could
 */
struct ledger {
	const struct ktb_measure *measure;
	json_t *costs;
	char reason[KTB_ERROR_LEN];
};

static bool sets(const struct setting *setting,
		 const struct ktb_workload *workload,
		 const struct ktb_param *param)
{
	return !strcmp(setting->param, param->name) &&
	       (!setting->workload ||
		!strcmp(setting->workload, workload->name)) &&
	       setting->value >= param->min && setting->value <= param->max;
}

static int64_t *make_values(const struct ktb_workload *workload)
{
	int64_t *values =
		ktb_alloc_zeroed(workload->nr_params, sizeof(*values));
	const struct setting *setting;
	const struct ktb_param *param;
	size_t i;

	for (i = 0; i < workload->nr_params; i++) {
		param = &workload->params[i];
		values[i] = param->def;
		for (setting = settings; setting < settings + NR_SETTINGS;
		     setting++)
			if (sets(setting, workload, param))
				values[i] = setting->value;
	}
	return values;
}

/* The plan's first cell on the same device, or NULL. */
static const struct ktb_cell *find_cell(const struct ktb_plan *plan,
					const struct ktb_workload *workload)
{
	size_t i;

	for (i = 0; i < plan->nr_cells; i++)
		if (ktb_plan_job(plan, &plan->cells[i])->workload->is_user ==
		    workload->is_user)
			return &plan->cells[i];
	return NULL;
}

/* Set up, run, stop; the area of the one place is @area's then. */
static int run(const struct ktb_lane *lane, struct ktb_device *device,
	       struct ktb_device_setup *setup, struct ktb_device_area *area)
{
	struct ktb_device_end end = { 0 };
	int ret, stopped;

	ret = ktb_device_set_up(device, setup);
	if (ret)
		return ret;
	ktb_lane_wait(lane);
	ret = ktb_device_start(device, false);
	if (ret)
		return ret;
	ret = ktb_wait_for_end(device, LOOK_EVERY_MS, HUNG_AFTER_NS, NULL,
			       NULL);
	stopped = ktb_device_stop(device, &end);
	if (!ret)
		ret = stopped;
	if (!ret && end.ended != KTB_ENDED_COMPLETE)
		ret = ktb_interrupt_signal() ? -EINTR : -EIO;
	return ret ? ret : ktb_device_area_read(device, 0, area);
}

/* The metric of a row and what an area has of it; NULL if the device has none. */
static const struct ktb_metric *read_metric(const struct row *row,
					    const struct ktb_workload *workload,
					    const struct ktb_device_area *area,
					    struct ktb_device_hist *hist)
{
	const struct ktb_metric *metric =
		ktb_catalog_metric(workload, row->metric);
	uint32_t number;

	if (!metric || metric->what != KTB_METRIC_WHAT_DISTRIBUTION)
		return NULL;
	number = ktb_catalog_hist(workload, metric);
	if (number >= area->nr_hists)
		return NULL;
	*hist = ktb_device_area_hist(area, number);
	return metric;
}

static void add_row(struct ledger *ledger, const struct row *row,
		    const struct ktb_workload *workload,
		    const struct ktb_device_area *area)
{
	struct ktb_device_hist hist;
	const struct ktb_metric *metric =
		read_metric(row, workload, area, &hist);
	int64_t to_ps;

	if (!metric || !hist.count)
		return;
	to_ps = metric->unit == KTB_UNIT_KIND_PS ? 1 : 1000;
	json_array_append_new(
		ledger->costs,
		json_pack(
			"{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "name",
			row->name, "what", row->what, "workload", row->workload,
			"metric", row->metric, "cpu", (json_int_t)area->cpu,
			"count", (json_int_t)hist.count, "min_ps",
			(json_int_t)(hist.min * to_ps), "mean_ps",
			(json_int_t)(hist.sum * to_ps / (int64_t)hist.count)));
}

static bool is_of(const struct row *row, const struct ktb_workload *workload)
{
	return row < rows + NR_ROWS && !strcmp(row->workload, workload->name);
}

/* Has each metric that is there a sample? */
static bool is_enough(const struct row *row,
		      const struct ktb_workload *workload,
		      const struct ktb_device_area *area)
{
	struct ktb_device_hist hist;

	for (; is_of(row, workload); row++)
		if (read_metric(row, workload, area, &hist) && !hist.count)
			return false;
	return true;
}

/* On a slow machine a window may be too short: ten times that, and once more. */
static int run_until_enough(const struct ktb_measure *measure,
			    const struct row *row,
			    const struct ktb_workload *workload,
			    const struct ktb_device_place *place,
			    struct ktb_device_area *area)
{
	int64_t *values = make_values(workload);
	struct ktb_device_setup setup = {
		.workload = workload->index,
		.values = values,
		.nr_values = workload->nr_params,
		.places = place,
		.nr_places = 1,
	};
	const struct ktb_param *duration =
		ktb_catalog_param(workload, "duration");
	struct ktb_device *device =
		ktb_source_device(measure->source, workload);
	int tries = TRIES, ret;

	do {
		ktb_device_area_free(area);
		*area = (struct ktb_device_area){ 0 };
		ret = run(measure->lane, device, &setup, area);
		if (duration)
			values[duration - workload->params] *= 10;
	} while (!ret && --tries && !is_enough(row, workload, area));
	free(values);
	return ret;
}

static void measure_workload(struct ledger *ledger, const struct row *row,
			     const struct ktb_workload *workload, uint32_t cpu)
{
	const struct ktb_device_place place = { .cpu = cpu, .arm_cpu = cpu };
	struct ktb_device_area area = { 0 };
	int ret;

	ret = run_until_enough(ledger->measure, row, workload, &place, &area);
	if (ret && !*ledger->reason)
		snprintf(
			ledger->reason, sizeof(ledger->reason),
			"%s could not be run on CPU %u for the cost ledger: %s",
			workload->name, cpu, strerror(-ret));
	for (; !ret && is_of(row, workload); row++)
		add_row(ledger, row, workload, &area);
	ktb_device_area_free(&area);
}

/* Where the first cell of the same device lets the runner be. */
static void keep_off(const struct ktb_measure *measure,
		     const struct ktb_cell *cell)
{
	hwloc_bitmap_t busy = hwloc_bitmap_alloc();

	ktb_plan_used(measure->plan, cell, busy);
	ktb_affinity_keep_off(measure->affinity, busy, false);
	hwloc_bitmap_free(busy);
}

static void measure_costs(struct ledger *ledger)
{
	const struct ktb_measure *measure = ledger->measure;
	const struct ktb_workload *workload;
	const struct ktb_cell *cell;
	const char *before = "";
	size_t i;

	for (i = 0; i < NR_ROWS && !ktb_interrupt_signal(); i++) {
		if (!strcmp(rows[i].workload, before))
			continue;
		before = rows[i].workload;
		workload =
			ktb_catalog_workload(&measure->source->catalog, before);
		cell = workload ? find_cell(measure->plan, workload) : NULL;
		if (!cell)
			continue;
		keep_off(measure, cell);
		measure_workload(
			ledger, &rows[i], workload,
			ktb_plan_placement(measure->plan, cell)->places[0].cpu);
	}
}

/* Interrupts of the CPUs to be measured while nothing is. */
static json_t *measure_idle(const struct ktb_measure *measure)
{
	const struct timespec rest = { .tv_nsec = IDLE_NS };
	hwloc_bitmap_t used = hwloc_bitmap_alloc();
	struct ktb_cost cost;
	uint32_t *cpus;
	unsigned int cpu;
	size_t i, nr = 0;
	json_t *idle;

	for (i = 0; i < measure->plan->nr_cells; i++)
		ktb_plan_used(measure->plan, &measure->plan->cells[i], used);
	cpus = ktb_alloc_zeroed((size_t)hwloc_bitmap_weight(used) + 1,
				sizeof(*cpus));
	hwloc_bitmap_foreach_begin(cpu, used) cpus[nr++] = cpu;
	hwloc_bitmap_foreach_end();
	ktb_cost_begin(&cost);
	nanosleep(&rest, NULL);
	ktb_cost_end(&cost);
	idle = json_pack("{s:I, s:o}", "elapsed_ns",
			 (json_int_t)(cost.end.at_ns - cost.begin.at_ns),
			 "irqs", ktb_cost_irqs_json(&cost, cpus, nr));
	ktb_cost_free(&cost);
	free(cpus);
	hwloc_bitmap_free(used);
	return idle;
}

json_t *ktb_ledger_make(const struct ktb_measure *measure)
{
	struct ledger ledger = { .measure = measure, .costs = json_array() };
	json_t *idle = measure_idle(measure);

	measure_costs(&ledger);
	if (*ledger.reason && !ktb_interrupt_signal())
		ktb_message_note("%s", ledger.reason);
	return json_pack("{s:s, s:o, s:o}", "reason", ledger.reason, "idle",
			 idle, "costs", ledger.costs);
}
