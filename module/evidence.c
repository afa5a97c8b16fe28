// SPDX-License-Identifier: GPL-2.0
/*
 * Counting of context switches. The kernel exports no count per CPU, so a probe
 * on sched_switch makes one, for as long as the module is loaded and not for
 * each run: each change of a probe patches the kernel's code on all CPUs, which
 * is a disturbance of its own (and hangs some emulators).
 */
#include <linux/module.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "evidence.h"

DEFINE_PER_CPU(u32, ktb_evidence_switches);

static bool ktb_evidence_wanted = true;
module_param_named(count_switches, ktb_evidence_wanted, bool, 0444);
MODULE_PARM_DESC(count_switches,
		 "count context switches for the worst samples' context");

static struct tracepoint *ktb_evidence_tracepoint;

static void ktb_evidence_on_switch(void *data, KTB_SCHED_SWITCH_ARGS)
{
	__this_cpu_inc(ktb_evidence_switches);
}

static void ktb_evidence_match(struct tracepoint *tp, void *data)
{
	if (!strcmp(tp->name, "sched_switch"))
		ktb_evidence_tracepoint = tp;
}

/**
 * ktb_evidence_has_switches() - are context switches counted?
 *
 * Return: true if so.
 */
bool ktb_evidence_has_switches(void)
{
	return ktb_evidence_tracepoint;
}

/**
 * ktb_evidence_init() - begin to count context switches, if it is wanted
 *
 * Return: 0 (also where the kernel has no such tracepoint), or the error of
 * tracepoint_probe_register().
 */
int ktb_evidence_init(void)
{
	int err;

	if (!ktb_evidence_wanted)
		return 0;
	for_each_kernel_tracepoint(ktb_evidence_match, NULL);
	if (!ktb_evidence_tracepoint)
		return 0;
	err = tracepoint_probe_register(ktb_evidence_tracepoint,
					ktb_evidence_on_switch, NULL);
	if (err)
		ktb_evidence_tracepoint = NULL;
	return err;
}

/** ktb_evidence_exit() - undo ktb_evidence_init(); no probe runs after it */
void ktb_evidence_exit(void)
{
	if (!ktb_evidence_tracepoint)
		return;
	tracepoint_probe_unregister(ktb_evidence_tracepoint,
				    ktb_evidence_on_switch, NULL);
	tracepoint_synchronize_unregister();
}
