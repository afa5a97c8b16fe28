// SPDX-License-Identifier: GPL-2.0
/*
 * Counting of context switches. The kernel exports no count per CPU, so a probe
 * on sched_switch makes one, for as long as the module is loaded and not for
 * each run: each change of a probe patches the kernel's code on all CPUs, which
 * is a disturbance of its own (and hangs some emulators).
 */
#include <linux/module.h>
#include <trace/events/sched.h>

#include "evidence.h"
#include "trace.h"

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
 * ktb_trace_watch().
 */
int ktb_evidence_init(void)
{
	struct tracepoint *point;
	int err;

	/* Warns where the kernel calls its probes with other types. */
	check_trace_callback_type_sched_switch(ktb_evidence_on_switch);
	if (!ktb_evidence_wanted)
		return 0;
	point = ktb_trace_find("sched_switch");
	if (!point)
		return 0;
	err = ktb_trace_watch(point, ktb_evidence_on_switch, NULL);
	if (!err)
		ktb_evidence_tracepoint = point;
	return err;
}

/** ktb_evidence_exit() - undo ktb_evidence_init(); no probe runs after it */
void ktb_evidence_exit(void)
{
	if (!ktb_evidence_tracepoint)
		return;
	ktb_trace_unwatch(ktb_evidence_tracepoint, ktb_evidence_on_switch,
			  NULL);
}
