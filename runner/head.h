/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The head of a result: everything that is true of the whole run, as
 * results/SCHEMA.md has it in result.json.
 */
#ifndef KTB_HEAD_H
#define KTB_HEAD_H

#include <jansson.h>

#include "affinity.h"
#include "checks.h"
#include "device.h"
#include "lane.h"
#include "plan.h"

/**
 * struct ktb_head - what is known when a run begins
 * @plan: the plan
 * @info: what the module is; NULL if no module takes part
 * @topology: the machine
 * @affinity: where the runner may run
 * @lane: where the numbers come from
 * @checks: of the contracts that the plan stands on; NULL if they were not asked for
 * @ledger: what measuring costs, JSON; taken over
 * @argc: the command line
 * @argv: the command line
 */
struct ktb_head {
	const struct ktb_plan *plan;
	const struct ktb_device_info *info;
	const struct ktb_topology *topology;
	struct ktb_affinity *affinity;
	const struct ktb_lane *lane;
	const struct ktb_checks *checks;
	json_t *ledger;
	int argc;
	char *const *argv;
};

/**
 * ktb_head_json() - result.json without what result.c sets itself
 * @head: what is known
 *
 * Return: a new object.
 */
json_t *ktb_head_json(const struct ktb_head *head);

#endif /* KTB_HEAD_H */
