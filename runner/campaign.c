// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A campaign: all runs of a plan, one after another, into a result directory.
 * It may not know options, ioctls or what stands in a result.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign.h"
#include "head.h"
#include "interrupt.h"
#include "ledger.h"
#include "measure.h"

/* Once a job: the first of its cells that leaves the runner no CPU. */
static void say_where_it_shares(struct ktb_campaign *campaign)
{
	const struct ktb_plan *plan = campaign->plan;
	hwloc_bitmap_t busy = hwloc_bitmap_alloc();
	const struct ktb_cell *cell;
	size_t i, told = KTB_PLAN_NONE;

	for (i = 0; i < plan->nr_cells; i++) {
		cell = &plan->cells[i];
		if (cell->beside != KTB_PLAN_NONE || cell->job == told)
			continue;
		hwloc_bitmap_zero(busy);
		ktb_plan_used(plan, cell, busy);
		if (ktb_affinity_keep_off(&campaign->affinity, busy, true))
			continue;
		told = cell->job;
		ktb_message_note(
			"[%s] uses every CPU: the runner shares one of them, asleep",
			plan->jobs->jobs[told].name);
	}
	hwloc_bitmap_free(busy);
}

static void say_what_was_checked(const struct ktb_campaign *campaign)
{
	const struct ktb_checks *checks = &campaign->contracts.checks;
	const size_t fails = ktb_checks_count(checks, KTB_FOUND_FAILS);
	const size_t skipped = ktb_checks_count(checks, KTB_FOUND_SKIPPED);
	const size_t kept = ktb_checks_count(checks, KTB_FOUND_HOLDS) +
			    ktb_checks_count(checks, KTB_FOUND_CHANGED);

	if (kept + fails + skipped)
		printf("contracts: %zu hold, %zu do not, %zu could not be checked, %.1f s\n",
		       kept, fails, skipped,
		       (double)campaign->contracts.took_ns / 1e9);
}

static void say_what_comes(struct ktb_campaign *campaign)
{
	const struct ktb_plan *plan = campaign->plan;
	char about[KTB_UNITS_LEN];
	size_t i;

	say_what_was_checked(campaign);
	for (i = 0; i < plan->nr_left_out; i++)
		ktb_message_note("left out: %s", plan->left_out[i]);
	say_where_it_shares(campaign);
	printf("%zu cells, %zu repetitions, about %s, seed %llu, lane %s%s%s%s%s\n",
	       plan->nr_cells, plan->nr_runs,
	       ktb_units_about(ktb_plan_estimate(plan, 0, KTB_PLAN_OVERHEAD_NS),
			       about),
	       (unsigned long long)plan->seed, campaign->lane->name,
	       *campaign->lane->detail ? " (" : "", campaign->lane->detail,
	       *campaign->lane->detail ? ")" : "",
	       strcmp(campaign->lane->name, "vm") ? "" :
						    ": times are shape only");
	fflush(stdout);
}

static void mark_measured(struct ktb_campaign *campaign)
{
	const struct ktb_plan *plan = campaign->plan;
	hwloc_bitmap_t measured = hwloc_bitmap_alloc();
	size_t i, j;

	for (i = 0; i < plan->nr_variants; i++)
		for (j = 0; j < plan->variants[i].placement.nr_places; j++)
			hwloc_bitmap_set(
				measured,
				plan->variants[i].placement.places[j].cpu);
	ktb_topology_mark(campaign->topology, measured);
	hwloc_bitmap_free(measured);
}

static int create_result(struct ktb_campaign *campaign, json_t *ledger,
			 struct ktb_error *err)
{
	const struct ktb_head head = {
		.plan = campaign->plan,
		.info = campaign->source->device ? &campaign->source->info :
						   NULL,
		.topology = campaign->topology,
		.affinity = &campaign->affinity,
		.lane = campaign->lane,
		.checks = campaign->is_unchecked ? NULL :
						   &campaign->contracts.checks,
		.ledger = ledger,
		.argc = campaign->argc,
		.argv = campaign->argv,
	};
	char *xml;
	int ret;

	mark_measured(campaign);
	xml = ktb_topology_xml(campaign->topology);
	ret = ktb_result_create(&campaign->result, campaign->directory,
				campaign->name, ktb_head_json(&head),
				xml ? xml : "", err);
	free(xml);
	return ret;
}

/* All lines of a run, or none: a run without its loads is another one. */
static int append(struct ktb_campaign *campaign, json_t *lines,
		  struct ktb_error *err)
{
	json_t *line;
	size_t i;
	int ret = 0;

	json_array_foreach(lines, i, line)
		if (!ret)
			ret = ktb_result_append(&campaign->result,
						json_incref(line), err);
	json_decref(lines);
	return ret;
}

static int measure_all(struct ktb_campaign *campaign,
		       const struct ktb_measure *measure, struct ktb_error *err)
{
	enum ktb_measured measured;
	json_t *lines;
	int ret = 0;

	ktb_progress_begin(&campaign->progress, campaign->plan,
			   campaign->is_quiet);
	while (!ret && campaign->nr_done < campaign->plan->nr_runs &&
	       !campaign->is_cut && !ktb_interrupt_signal()) {
		ktb_progress_run(&campaign->progress);
		ret = ktb_measure_run(measure,
				      &campaign->plan->runs[campaign->nr_done],
				      &lines, &measured, err);
		if (!ret)
			ret = append(campaign, lines, err);
		if (ret)
			break;
		campaign->nr_done++;
		campaign->nr_invalid += measured == KTB_MEASURED_INVALID;
		campaign->is_cut = measured == KTB_MEASURED_INTERRUPTED;
	}
	return ret;
}

/* How it ended, in the result and as an exit code. */
static int conclude(struct ktb_campaign *campaign, int ret,
		    struct ktb_error *err)
{
	const int signal = ktb_interrupt_signal();
	const bool is_short = campaign->is_cut ||
			      campaign->nr_done < campaign->plan->nr_runs;
	struct ktb_error second;
	char reason[128] = "";

	if (ret) {
		/* A full disk may not take this either: `running` it says. */
		ktb_result_finish(&campaign->result, "failed", err->text,
				  &second);
		return ret;
	}
	if (is_short)
		snprintf(
			reason, sizeof(reason),
			"Interrupted by signal %d after %zu of %zu repetitions.",
			signal, campaign->nr_done, campaign->plan->nr_runs);
	ret = ktb_result_finish(&campaign->result,
				is_short ? "interrupted" : "complete", reason,
				err);
	if (ret)
		return ret;
	if (campaign->nr_invalid)
		ktb_message_note(
			"%zu of %zu repetitions are invalid: their figures are kept and take part in no verdict",
			campaign->nr_invalid, campaign->nr_done);
	if (is_short)
		return KTB_EXIT_SIGNAL + signal;
	if (campaign->nr_invalid)
		return KTB_EXIT_INVALID;
	return campaign->contracts.nr_refused ? KTB_EXIT_WORSE : KTB_EXIT_OK;
}

static int measure(struct ktb_campaign *campaign, struct ktb_error *err)
{
	const struct ktb_measure shared = {
		.source = campaign->source,
		.plan = campaign->plan,
		.affinity = &campaign->affinity,
		.lane = campaign->lane,
		.progress = &campaign->progress,
	};
	json_t *ledger;
	int ret;

	ret = ktb_result_prepare(campaign->directory, err);
	if (!ret)
		ret = ktb_measure_rehearse(&shared, err);
	if (!ret && !campaign->is_unchecked)
		ret = ktb_contracts_check(&campaign->contracts, campaign->plan,
					  campaign->source, err);
	if (ret)
		return ret;
	ledger = ktb_ledger_make(&shared);
	if (ktb_interrupt_signal()) {
		json_decref(ledger);
		return KTB_EXIT_SIGNAL + ktb_interrupt_signal();
	}
	if (!campaign->is_quiet)
		say_what_comes(campaign);
	ret = create_result(campaign, ledger, err);
	if (!ret)
		ret = measure_all(campaign, &shared, err);
	return conclude(campaign, ret, err);
}

int ktb_campaign_run(struct ktb_campaign *campaign, struct ktb_error *err)
{
	int ret;

	campaign->result.cells_fd = -1;
	ktb_affinity_begin(&campaign->affinity, campaign->topology);
	ktb_interrupt_begin();
	ret = measure(campaign, err);
	ktb_interrupt_end();
	ktb_affinity_end(&campaign->affinity);
	ktb_contracts_free(&campaign->contracts);
	return ret;
}
