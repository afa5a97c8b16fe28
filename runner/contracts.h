/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contracts that a plan's numbers stand on: checked before the first of them
 * is taken. It knows nothing of what a check does.
 */
#ifndef KTB_CONTRACTS_H
#define KTB_CONTRACTS_H

#include "checks.h"
#include "plan.h"
#include "source.h"

/**
 * struct ktb_contracts - what was checked for a plan, and what it costs it
 * @checks: all that the module has; those that the plan depends on are wanted
 * @nr_refused: jobs that are not measured since a contract does not hold
 * @took_ns: how long it took
 */
struct ktb_contracts {
	struct ktb_checks checks;
	size_t nr_refused;
	int64_t took_ns;
};

/**
 * ktb_contracts_check() - check what the plan's workloads depend on
 * @contracts: to be filled in; ktb_contracts_free() frees it, after a failure too
 * @plan: jobs whose contracts do not hold are taken out of it
 * @source: the devices, of which the module's may be NULL
 * @err: on a failure; that a contract does not hold is none, unless nothing is
 *	left to measure
 *
 * A check that fails is performed up to three times: a machine that stalls can spoil
 * one. Ends early, and returns 0, when a signal came.
 *
 * Return: 0, KTB_EXIT_DEVICE, or KTB_EXIT_WORSE if nothing is left to measure.
 */
int ktb_contracts_check(struct ktb_contracts *contracts, struct ktb_plan *plan,
			const struct ktb_source *source, struct ktb_error *err);

/** ktb_contracts_free() - free what is held; not the struct itself */
void ktb_contracts_free(struct ktb_contracts *contracts);

#endif /* KTB_CONTRACTS_H */
