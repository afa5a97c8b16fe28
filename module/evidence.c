// SPDX-License-Identifier: GPL-2.0
/*
 * Counting of context switches, for as long as a run asks for it. The kernel
 * exports no count per CPU, so a probe on sched_switch makes one.
 */
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "evidence.h"

DEFINE_PER_CPU(u32, ktb_evidence_switches);

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
 * ktb_evidence_has_switches() - can this kernel's context switches be counted?
 *
 * Return: true if the kernel has the tracepoint.
 */
bool ktb_evidence_has_switches(void)
{
	return ktb_evidence_tracepoint;
}

/**
 * ktb_evidence_start() - begin to count context switches
 *
 * Return: 0, or the error of tracepoint_probe_register().
 */
int ktb_evidence_start(void)
{
	if (!ktb_evidence_tracepoint)
		return 0;
	return tracepoint_probe_register(ktb_evidence_tracepoint,
					 ktb_evidence_on_switch, NULL);
}

/** ktb_evidence_stop() - undo ktb_evidence_start(); no probe runs after it */
void ktb_evidence_stop(void)
{
	if (!ktb_evidence_tracepoint)
		return;
	tracepoint_probe_unregister(ktb_evidence_tracepoint,
				    ktb_evidence_on_switch, NULL);
	tracepoint_synchronize_unregister();
}

/** ktb_evidence_init() - look for the tracepoint; once, at load */
void ktb_evidence_init(void)
{
	for_each_kernel_tracepoint(ktb_evidence_match, NULL);
}
