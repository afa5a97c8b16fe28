/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A campaign: all runs of a plan, one after another, into a result directory.
 */
#ifndef KTB_CAMPAIGN_H
#define KTB_CAMPAIGN_H

#include "affinity.h"
#include "contracts.h"
#include "lane.h"
#include "plan.h"
#include "progress.h"
#include "result.h"
#include "source.h"

/**
 * struct ktb_campaign - what is run and how far it is
 * @plan: in: what runs
 * @source: in: the devices that the plan needs, open, and their catalogue
 * @topology: in: this machine; measured CPUs get marked
 * @lane: in: where the numbers come from
 * @directory: in: where the result directory is made
 * @name: in: end of its name
 * @is_quiet: in: print no progress
 * @is_unchecked: in: the contracts that the plan stands on are not checked
 * @argc: in: the command line
 * @argv: in: the command line
 * @result: out: the result directory; its path is set when it was made.
 *	ktb_result_close() frees it
 * @contracts: what was checked
 * @affinity: where the runner runs
 * @progress: how far it is
 * @nr_done: runs that were kept
 * @nr_invalid: of those, invalid ones
 * @is_cut: the last run was interrupted
 */
struct ktb_campaign {
	struct ktb_plan *plan;
	const struct ktb_source *source;
	struct ktb_topology *topology;
	const struct ktb_lane *lane;
	const char *directory;
	const char *name;
	bool is_quiet;
	bool is_unchecked;
	int argc;
	char *const *argv;
	struct ktb_result result;
	struct ktb_contracts contracts;
	struct ktb_affinity affinity;
	struct ktb_progress progress;
	size_t nr_done;
	size_t nr_invalid;
	bool is_cut;
};

/**
 * ktb_campaign_run() - rehearse all cells, then run them all
 * @campaign: what to run
 * @err: set when the return is not 0, not KTB_EXIT_INVALID and no signal came
 *
 * Return: enum ktb_exit.
 */
int ktb_campaign_run(struct ktb_campaign *campaign, struct ktb_error *err);

#endif /* KTB_CAMPAIGN_H */
