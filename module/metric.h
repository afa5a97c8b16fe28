/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Recording of one sample: plain arithmetic on memory that one CPU writes in
 * one context. All of it is inlined into the callback, so that what a callback
 * does can be read off its disassembly: no call, atomic, lock or division.
 */
#ifndef KTB_METRIC_H
#define KTB_METRIC_H

#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/ktbench.h>
#include <ktb_record.h>

#include "evidence.h"

/**
 * struct ktb_cell - the writer's side of an area: one CPU, one context
 * @area: what user space sees
 * @hists: its histograms
 * @counters: its counters
 * @matrix: its armed x fired row
 * @worst: its worst samples
 * @raw: its raw samples
 * @worst_floor_ns: an excess must be above this to be among the worst
 * @heartbeat_ns: when a thread last ran on this CPU; S64_MAX if none tells
 * @instant: what told the last expiry instant from the one before
 * @storm: state of the storm in progress
 * @rank: heap by excess, the smallest on top
 */
struct ktb_cell {
	struct ktb_area *area;
	struct ktb_hist_area *hists;
	u64 *counters;
	u64 *matrix;
	struct ktb_worst *worst;
	struct ktb_raw *raw;
	s64 worst_floor_ns;
	s64 heartbeat_ns;
	u64 instant;
	struct {
		unsigned long expiry;
		u64 first_ns;
		u32 fired;
	} storm;
	struct ktb_rank rank[KTB_NR_WORST];
} ____cacheline_aligned;

/**
 * struct ktb_sample - what a callback knows of one sample
 * @value_ns: the primary metric
 * @allowed_ns: the part of it that was allowed; the worst are ranked by the rest
 * @due_ns: when it was due, CLOCK_MONOTONIC
 * @fired_ns: when it came
 * @armed: the counts when it was armed
 * @timer: its number within its place
 * @armed_area: the area of the CPU that armed it
 */
struct ktb_sample {
	s64 value_ns;
	s64 allowed_ns;
	u64 due_ns;
	u64 fired_ns;
	const struct ktb_evidence *armed;
	u32 timer;
	u32 armed_area;
};

static __always_inline void ktb_metric_count(struct ktb_cell *cell, u32 counter)
{
	cell->counters[counter]++;
}

/**
 * ktb_metric_add() - one value into one distribution
 * @hist: of this CPU and context
 * @value_ns: any; below zero it is counted as early
 */
static __always_inline void ktb_metric_add(struct ktb_hist_area *hist,
					   s64 value_ns)
{
	ktb_record_add(hist, value_ns);
}

/* Softirqs have threads of their own; both names are told by 8 letters. */
static __always_inline u32 ktb_metric_worst_flags(struct task_struct *task)
{
	u32 flags = 0;

	if (is_idle_task(task))
		flags |= KTB_WORST_IDLE;
	if (!memcmp(task->comm, "ksoftirq", 8) ||
	    !memcmp(task->comm, "ktimers/", 8))
		flags |= KTB_WORST_IN_THREAD;
	return flags;
}

static __always_inline void ktb_metric_keep_worst(struct ktb_cell *cell,
						  const struct ktb_sample *s)
{
	u32 slot = ktb_record_worst_slot(&cell->area, cell->rank,
					 &cell->worst_floor_ns,
					 s->value_ns - s->allowed_ns);
	struct ktb_worst *w = &cell->worst[slot];
	struct task_struct *task = current;
	struct ktb_evidence now;

	ktb_evidence_take(&now, s->fired_ns);
	w->value_ns = s->value_ns;
	w->allowed_ns = s->allowed_ns;
	w->due_ns = s->due_ns;
	w->fired_ns = s->fired_ns;
	w->armed_ns = s->armed->at_ns;
	w->timer = s->timer;
	w->cpu = now.cpu;
	w->armed_cpu = s->armed->cpu;
	w->flags = ktb_metric_worst_flags(task);
	w->pid = task->pid;
	memcpy(w->comm, task->comm, sizeof(w->comm));
	if (now.cpu == s->armed->cpu) {
		w->steal_ns = now.steal_ns - s->armed->steal_ns;
		w->irqs = now.irqs - s->armed->irqs;
		w->softirqs = now.softirqs - s->armed->softirqs;
		w->switches = now.switches - s->armed->switches;
	} else {
		w->steal_ns = 0;
		w->irqs = 0;
		w->softirqs = 0;
		w->switches = 0;
	}
}

static __always_inline void ktb_metric_keep_raw(struct ktb_cell *cell,
						const struct ktb_sample *s)
{
	ktb_record_raw(cell->area, cell->raw, s->fired_ns, s->value_ns,
		       s->timer, &s->armed->cpu);
}

/**
 * ktb_metric_sample() - one sample of the primary metric
 * @cell: of the CPU and context that the caller runs in
 * @primary: index of the primary metric's histogram
 * @s: the sample; it is in the recorded window
 */
static __always_inline void ktb_metric_sample(struct ktb_cell *cell,
					      u32 primary,
					      const struct ktb_sample *s)
{
	ktb_metric_add(&cell->hists[primary], s->value_ns);
	cell->matrix[s->armed_area]++;
	if (s->value_ns - s->allowed_ns > cell->worst_floor_ns)
		ktb_metric_keep_worst(cell, s);
	if (cell->raw)
		ktb_metric_keep_raw(cell, s);
}

#endif /* KTB_METRIC_H */
