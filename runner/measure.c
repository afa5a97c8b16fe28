// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Measuring: one run with its loads, from SETUP to records. It may not know files
 * or the layout of anything in the kernel.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "alloc.h"
#include "interrupt.h"
#include "limits.h"
#include "measure.h"
#include "session.h"

/* The window of a load opens this long after its start, or never. */
#define BEGINS_WITHIN_NS (600LL * 1000000000)

/* One cell's SETUP; how many threads it takes. */
static int set_up(const struct ktb_measure *measure, size_t cell,
		  int64_t *threads, struct ktb_error *err)
{
	const struct ktb_run run = { .cell = cell };
	struct ktb_session session;
	int ret;

	ktb_session_init(&session, measure, &run, cell);
	ret = ktb_device_set_up(session.device, &session.setup);
	if (ret)
		ret = ktb_session_explain(&session, ret, err);
	*threads += session.setup.nr_threads;
	ktb_session_free(&session);
	return ret;
}

static int check_threads(const struct ktb_measure *measure,
			 const struct ktb_cell *cell, int64_t threads,
			 struct ktb_error *err)
{
	const struct ktb_job *job = ktb_plan_job(measure->plan, cell);
	struct ktb_limit limit;
	char swept[256];

	if (ktb_limits_allow(threads, &limit))
		return 0;
	ktb_plan_describe(measure->plan, cell, true, swept, sizeof(swept));
	return ktb_message_set(err, KTB_EXIT_SKIPPED,
			       "%s: [%s] cell %zu%s%s%s takes %" PRId64
			       " kernel threads, and %s (%" PRId64
			       ") leaves %" PRId64
			       ": ask for fewer, or set %s higher with sysctl",
			       job->where, job->name, cell->index,
			       *swept ? " (" : "", swept, *swept ? ")" : "",
			       threads, limit.name, limit.value, limit.left,
			       limit.name);
}

/* What an optional job cannot do here is left out; all others end the run. */
static int rehearse(const struct ktb_measure *measure,
		    const struct ktb_cell *cell, struct ktb_error *err)
{
	int64_t threads = 0;
	size_t i;
	int ret;

	ret = set_up(measure, cell->index, &threads, err);
	for (i = 0; !ret && i < cell->nr_loads; i++)
		ret = set_up(measure, cell->loads[i], &threads, err);
	if (!ret)
		ret = check_threads(measure, cell, threads, err);
	if (ret != KTB_EXIT_SKIPPED ||
	    !ktb_plan_job(measure->plan, cell)->is_optional)
		return ret;
	ktb_plan_leave_out(measure->plan, cell, err->text);
	*err = (struct ktb_error){ 0 };
	return 0;
}

int ktb_measure_rehearse(const struct ktb_measure *measure,
			 struct ktb_error *err)
{
	const struct ktb_plan *plan = measure->plan;
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < plan->nr_cells && !ktb_interrupt_signal(); i++)
		if (plan->cells[i].beside == KTB_PLAN_NONE)
			ret = rehearse(measure, &plan->cells[i], err);
	if (!ret && !plan->nr_runs)
		ret = ktb_message_set(err, KTB_EXIT_SKIPPED,
				      "nothing can be measured here: %s",
				      plan->left_out[plan->nr_left_out - 1]);
	return ret;
}

/* The window of a load is open when its areas say so. */
static int wait_for_begin(const struct ktb_session *load)
{
	const struct timespec pause = { .tv_nsec = 5000000 };
	const int64_t began_ns = ktb_progress_now();

	while (!ktb_device_has_begun(load->device) && !ktb_interrupt_signal()) {
		if (ktb_progress_now() - began_ns > BEGINS_WITHIN_NS)
			return -ETIMEDOUT;
		nanosleep(&pause, NULL);
	}
	return 0;
}

static int load_start(struct ktb_session *load)
{
	int ret = ktb_session_open(load);

	if (!ret)
		ret = ktb_session_start(load, true);
	return ret ? ret : wait_for_begin(load);
}

/* A cell and its loads: @all[0] is the cell. */
static int drive(struct ktb_session *all, size_t nr, struct ktb_error *err)
{
	size_t i, started;
	int ret = 0;

	all[nr > 1 ? 1 : 0].is_first = true;
	for (i = 1; !ret && i < nr; i++) {
		ret = load_start(&all[i]);
		if (ret)
			return ktb_session_explain(&all[i], ret, err);
	}
	ret = ktb_session_start(&all[0], false);
	started = !ret;
	if (!ret)
		ret = ktb_session_wait(&all[0]);
	if (started && !ret)
		ret = ktb_session_stop(&all[0]);
	if (ret) {
		/* What hangs is ended all the same. */
		ktb_device_stop(all[0].device, &all[0].end);
		return ktb_session_explain(&all[0], ret, err);
	}
	for (i = 1; i < nr; i++) {
		ret = ktb_session_stop(&all[i]);
		if (ret)
			return ktb_session_explain(&all[i], ret, err);
	}
	return 0;
}

/* A load that was not there to the end makes the cell another one. */
static void judge_all(struct ktb_session *all, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		ktb_session_judge(&all[i]);
		if (!i || all[i].measured != KTB_MEASURED_INVALID ||
		    all[0].measured == KTB_MEASURED_INVALID)
			continue;
		all[0].measured = KTB_MEASURED_INVALID;
		snprintf(all[0].reason, KTB_ERROR_LEN,
			 "its load [%.100s] is invalid: %.300s",
			 ktb_plan_job(all[i].measure->plan, all[i].cell)->name,
			 all[i].reason);
	}
}

int ktb_measure_run(const struct ktb_measure *measure,
		    const struct ktb_run *run, json_t **lines,
		    enum ktb_measured *measured, struct ktb_error *err)
{
	const struct ktb_cell *cell = &measure->plan->cells[run->cell];
	const size_t nr = 1 + cell->nr_loads;
	struct ktb_session *all = ktb_alloc_zeroed(nr, sizeof(*all));
	hwloc_bitmap_t busy = hwloc_bitmap_alloc();
	struct ktb_record record;
	size_t i;
	int ret;

	ktb_plan_used(measure->plan, cell, busy);
	ktb_affinity_keep_off(measure->affinity, busy, false);
	hwloc_bitmap_free(busy);
	for (i = 0; i < nr; i++)
		ktb_session_init(&all[i], measure, run,
				 i ? cell->loads[i - 1] : run->cell);
	ret = drive(all, nr, err);
	if (!ret) {
		judge_all(all, nr);
		*lines = json_array();
		for (i = 0; i < nr; i++) {
			record = ktb_session_record(&all[i]);
			json_array_append_new(*lines, ktb_record_json(&record));
		}
		record = ktb_session_record(&all[0]);
		*measured = all[0].measured;
		ktb_progress_done(measure->progress,
				  ktb_record_samples(&record),
				  ktb_record_missed(&record), record.state,
				  all[0].reason);
	}
	for (i = 0; i < nr; i++)
		ktb_session_free(&all[i]);
	free(all);
	return ret;
}
