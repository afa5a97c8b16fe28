// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One cell on the device. It may not know files, loads or the layout of anything
 * in the kernel.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "allowed.h"
#include "environment.h"
#include "interrupt.h"
#include "loss.h"
#include "refusal.h"
#include "session.h"
#include "wait.h"

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
			       "the kernel could not make a thread or a timer for CPU %u" },
};

static const char *const state_names[] = {
	[KTB_MEASURED_OK] = "ok",
	[KTB_MEASURED_INVALID] = "invalid",
	[KTB_MEASURED_INTERRUPTED] = "interrupted",
};

const struct ktb_workload *
ktb_session_workload(const struct ktb_session *session)
{
	return ktb_plan_job(session->measure->plan, session->cell)->workload;
}

void ktb_session_init(struct ktb_session *session,
		      const struct ktb_measure *measure,
		      const struct ktb_run *run, size_t cell)
{
	const struct ktb_plan *plan = measure->plan;
	const struct ktb_placement *placement;
	const struct ktb_workload *workload;

	*session = (struct ktb_session){
		.measure = measure,
		.run = { .cell = cell, .repetition = run->repetition },
		.cell = &plan->cells[cell],
	};
	workload = ktb_session_workload(session);
	session->device = ktb_source_device(measure->source, workload);
	placement = ktb_plan_placement(plan, session->cell);
	session->values =
		ktb_alloc_zeroed(workload->nr_params, sizeof(*session->values));
	ktb_plan_values(plan, &session->run, session->values);
	session->setup = (struct ktb_device_setup){
		.workload = workload->index,
		.values = session->values,
		.nr_values = workload->nr_params,
		.places = placement->places,
		.nr_places = placement->nr_places,
		.disturb = placement->disturb,
		.nr_disturb = placement->nr_disturb,
	};
}

void ktb_session_free(struct ktb_session *session)
{
	uint32_t i;

	for (i = 0; session->areas && i < session->setup.nr_areas; i++)
		ktb_device_area_free(&session->areas[i]);
	free(session->areas);
	ktb_cost_free(&session->cost);
	free(session->values);
	if (session->is_own)
		ktb_device_close(session->device);
}

int ktb_session_open(struct ktb_session *session)
{
	int error = 0;

	session->device = ktb_source_open_more(session->measure->source,
					       ktb_session_workload(session),
					       &error);
	session->is_own = session->device != NULL;
	return -error;
}

int ktb_session_explain(const struct ktb_session *session, int error,
			struct ktb_error *err)
{
	return ktb_refusal_explain(session->measure->plan, session->cell,
				   &session->setup, -error, err);
}

struct look {
	const struct ktb_session *session;
	const struct ktb_metric *primary;
	const struct ktb_metric *missed;
};

static uint64_t look_at_metric(const struct look *look,
			       const struct ktb_metric *metric)
{
	const struct ktb_workload *workload =
		ktb_session_workload(look->session);

	if (!metric)
		return 0;
	return ktb_device_samples(look->session->device,
				  ktb_catalog_hist(workload, metric));
}

static void look_at(void *data)
{
	const struct look *look = data;

	ktb_progress_look(look->session->measure->progress,
			  look_at_metric(look, look->primary),
			  look_at_metric(look, look->missed));
}

int ktb_session_wait(const struct ktb_session *session)
{
	const struct ktb_measure *measure = session->measure;
	const struct ktb_workload *workload = ktb_session_workload(session);
	struct look look = {
		.session = session,
		.primary = ktb_catalog_primary(workload),
		.missed = ktb_catalog_missed(workload),
	};
	const bool looks = ktb_progress_looks(measure->progress);

	return ktb_wait_for_end(
		session->device, looks ? LOOK_EVERY_MS : 60 * LOOK_EVERY_MS,
		HUNG_AFTER_NS(ktb_plan_nominal(measure->plan, &session->run)),
		looks ? look_at : NULL, &look);
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

int ktb_session_start(struct ktb_session *session, bool beside)
{
	int ret;

	ret = ktb_device_set_up(session->device, &session->setup);
	if (ret)
		return ret;
	session->setup.refused = KTB_REFUSED_NOTHING;
	if (session->is_first)
		ktb_lane_wait(session->measure->lane);
	ktb_environment_utc(session->started);
	ktb_cost_begin(&session->cost);
	ret = ktb_device_start(session->device, beside);
	ktb_cost_reader(&session->cost);
	return ret;
}

int ktb_session_stop(struct ktb_session *session)
{
	uint32_t i;
	int ret;

	ktb_cost_end(&session->cost);
	ret = ktb_device_stop(session->device, &session->end);
	if (ret)
		return ret;
	session->areas = ktb_alloc_zeroed(session->setup.nr_areas,
					  sizeof(*session->areas));
	for (i = 0; !ret && i < session->setup.nr_areas; i++) {
		ret = ktb_device_area_read(session->device, i,
					   &session->areas[i]);
		if (!ret && !fits_catalog(&session->areas[i],
					  ktb_session_workload(session)))
			ret = -EPROTO;
	}
	return ret;
}

static bool has_area(const struct ktb_session *session, uint32_t cpu)
{
	uint32_t i;

	for (i = 0; i < session->setup.nr_areas; i++)
		if (session->areas[i].cpu == cpu)
			return true;
	return false;
}

/* A CPU that is none of the run's has not gone but come. */
static const char *ending_text(const struct ktb_session *session)
{
	const struct ktb_device_end *end = &session->end;

	if (end->ended == KTB_ENDED_HOTPLUG && !has_area(session, end->cpu))
		return "CPU %u came online during the run, whose samples may be taken on any CPU";
	/* A thread of user space leaves its CPU for two reasons. */
	if (end->ended == KTB_ENDED_HOTPLUG &&
	    ktb_session_workload(session)->is_user &&
	    ktb_allowed_is_online(end->cpu))
		return "CPU %u was taken from this process during the run: its cpuset has changed, or the CPU was offline for a moment";
	return endings[end->ended].reason;
}

/* The sentence of an ending, with its CPU and its error in it. */
static void tell_ending(const struct ktb_session *session, char *reason)
{
	const struct ktb_device_end *end = &session->end;
	const char *text = ending_text(session);
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
				" (kernel.pid_max, kernel.threads-max, a cgroup's pids.max or, in user space, RLIMIT_NPROC or RLIMIT_SIGPENDING is reached)" :
				"");
}

/* By the module's word, then by what was lost. */
void ktb_session_judge(struct ktb_session *session)
{
	const struct ktb_record record = ktb_session_record(session);
	char *reason = session->reason;

	/* Nothing but STOP ends a load: it was there as long as it should. */
	if (session->cell->beside != KTB_PLAN_NONE &&
	    session->end.ended == KTB_ENDED_STOPPED && !ktb_interrupt_signal())
		session->end.ended = KTB_ENDED_COMPLETE;
	session->measured = endings[session->end.ended].measured;
	tell_ending(session, reason);
	if (session->measured != KTB_MEASURED_INVALID &&
	    ktb_loss_find(&record, reason))
		session->measured = KTB_MEASURED_INVALID;
	/* A run that measured nothing must not pass for one that is fine. */
	if (session->measured == KTB_MEASURED_OK &&
	    ktb_record_is_empty(&record)) {
		snprintf(
			reason, KTB_ERROR_LEN,
			"no sample falls into the recorded window: lengthen the duration");
		session->measured = KTB_MEASURED_INVALID;
	}
}

struct ktb_record ktb_session_record(const struct ktb_session *session)
{
	return (struct ktb_record){
		.plan = session->measure->plan,
		.run = &session->run,
		.values = session->values,
		.setup = &session->setup,
		.started = session->started,
		.cost = &session->cost,
		.areas = session->areas,
		.nr_areas = session->setup.nr_areas,
		.state = state_names[session->measured],
		.reason = session->reason,
	};
}
