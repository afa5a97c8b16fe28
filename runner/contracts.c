// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which contracts a plan depends on, and what is left of it when one does not
 * hold. It may not know results or ioctls.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "contracts.h"
#include "interrupt.h"
#include "progress.h"

/* A check that fails is performed so often. */
#define TRIES 3
/* A name of a check, and more. */
#define NAME  128

/* The next name of a workload's list; false behind the last one. */
static bool next_name(const char **at, char *name)
{
	size_t length;

	*at += strspn(*at, " ");
	length = strcspn(*at, " ");
	snprintf(name, NAME, "%.*s", (int)length, *at);
	*at += length;
	return length;
}

/* Jobs that only others name, as their load, are jobs as well. */
static int want_all(struct ktb_checks *checks, const struct ktb_plan *plan,
		    struct ktb_error *err)
{
	const struct ktb_jobs *jobs = plan->jobs;
	char name[NAME];
	const char *at;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < jobs->nr_jobs; i++) {
		at = jobs->jobs[i].workload->contracts;
		while (!ret && next_name(&at, name))
			ret = ktb_checks_want(checks, name, err);
	}
	if (ret)
		err->code = ret = KTB_EXIT_DEVICE;
	return ret;
}

/* A machine that stalls can spoil a check; a broken contract fails each time. */
static int perform_one(struct ktb_checks *checks, size_t index,
		       struct ktb_device *device, struct ktb_error *err)
{
	const struct ktb_check *check = &checks->check[index];
	int tries = TRIES, ret;

	do
		ret = ktb_checks_perform(checks, index, device, err);
	while (!ret && check->verdict.found == KTB_FOUND_FAILS && --tries &&
	       !ktb_interrupt_signal());
	return ret;
}

static int perform(struct ktb_contracts *contracts, struct ktb_device *device,
		   struct ktb_error *err)
{
	struct ktb_checks *checks = &contracts->checks;
	const int64_t begin_ns = ktb_progress_now();
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < checks->nr && !ktb_interrupt_signal(); i++)
		if (checks->check[i].is_wanted)
			ret = perform_one(checks, i, device, err);
	contracts->took_ns = ktb_progress_now() - begin_ns;
	return ret;
}

static bool stands_on(const struct ktb_workload *workload,
		      const struct ktb_check *check)
{
	const char *at = workload->contracts;
	char name[NAME];

	while (next_name(&at, name))
		if (ktb_checks_means(check, name))
			return true;
	return false;
}

static bool is_broken(const struct ktb_check *check)
{
	return check->is_done && check->verdict.found == KTB_FOUND_FAILS;
}

/* The first contract of a workload that does not hold, or NULL. */
static const struct ktb_check *broken(const struct ktb_checks *checks,
				      const struct ktb_workload *workload)
{
	const struct ktb_check *check;
	size_t i;

	for (i = 0; i < checks->nr; i++) {
		check = &checks->check[i];
		if (is_broken(check) && stands_on(workload, check))
			return check;
	}
	return NULL;
}

/* Of a cell and of what runs beside it. */
static const struct ktb_check *broken_of_cell(const struct ktb_checks *checks,
					      const struct ktb_plan *plan,
					      const struct ktb_cell *cell)
{
	const struct ktb_check *check;
	size_t i;

	check = broken(checks, ktb_plan_job(plan, cell)->workload);
	for (i = 0; !check && i < cell->nr_loads; i++)
		check = broken(checks,
			       ktb_plan_job(plan, &plan->cells[cell->loads[i]])
				       ->workload);
	return check;
}

static void refuse(struct ktb_contracts *contracts, struct ktb_plan *plan)
{
	size_t i, told = KTB_PLAN_NONE;
	const struct ktb_check *check;
	const struct ktb_cell *cell;
	char *sentence;

	for (i = 0; i < plan->nr_cells; i++) {
		cell = &plan->cells[i];
		if (cell->beside != KTB_PLAN_NONE)
			continue;
		check = broken_of_cell(&contracts->checks, plan, cell);
		if (!check)
			continue;
		ktb_plan_drop(plan, cell);
		if (told == cell->job)
			continue;
		told = cell->job;
		contracts->nr_refused++;
		sentence = ktb_alloc_text(
			"[%s] is not measured: %s does not hold on this kernel (%s); `ktbench check %s` tells more",
			ktb_plan_job(plan, cell)->name, check->is.name,
			check->verdict.reason, check->is.name);
		ktb_plan_note_left_out(plan, sentence);
		free(sentence);
	}
}

int ktb_contracts_check(struct ktb_contracts *contracts, struct ktb_plan *plan,
			const struct ktb_source *source, struct ktb_error *err)
{
	int ret;

	*contracts = (struct ktb_contracts){ 0 };
	if (!source->device)
		return 0;
	ret = ktb_checks_read(&contracts->checks, source->device, err);
	if (!ret)
		ret = want_all(&contracts->checks, plan, err);
	if (!ret)
		ret = perform(contracts, source->device, err);
	if (ret)
		return ret;
	refuse(contracts, plan);
	if (!plan->nr_runs)
		return ktb_message_set(err, KTB_EXIT_WORSE,
				       "nothing is left: %s",
				       plan->left_out[plan->nr_left_out - 1]);
	return 0;
}

void ktb_contracts_free(struct ktb_contracts *contracts)
{
	ktb_checks_free(&contracts->checks);
}
