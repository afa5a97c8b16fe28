/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a stretch of time took of the machine that nobody wanted to measure: how
 * often the runner woke, the CPU time that it used, the interrupts of each CPU. It
 * knows no workloads.
 */
#ifndef KTB_COST_H
#define KTB_COST_H

#include <jansson.h>

#include "irqs.h"

/**
 * struct ktb_cost_point - the counts at one moment
 * @at_ns: that moment, CLOCK_MONOTONIC
 * @wakeups: how often the calling thread has slept and was woken so far
 * @cpu_ns: CPU time of the calling thread so far
 * @irqs: interrupts so far
 */
struct ktb_cost_point {
	int64_t at_ns;
	int64_t wakeups;
	int64_t cpu_ns;
	struct ktb_irqs irqs;
};

/**
 * struct ktb_cost - a stretch of time of one thread
 * @begin: where it begins
 * @end: where it ends
 * @memory_bytes: most memory that the process had resident, by then
 */
struct ktb_cost {
	struct ktb_cost_point begin;
	struct ktb_cost_point end;
	int64_t memory_bytes;
};

/** ktb_cost_begin() - begin a stretch, of interrupts; ktb_cost_free() frees it */
void ktb_cost_begin(struct ktb_cost *cost);

/** ktb_cost_reader() - what the calling thread uses counts from here on */
void ktb_cost_reader(struct ktb_cost *cost);

/** ktb_cost_end() - end it, in the thread that began it */
void ktb_cost_end(struct ktb_cost *cost);

/**
 * ktb_cost_irqs_json() - interrupts of a stretch
 * @cost: ended
 * @cpus: of which CPUs
 * @nr: entries of @cpus
 *
 * Return: a new array of [CPU, interrupts].
 */
json_t *ktb_cost_irqs_json(const struct ktb_cost *cost, const uint32_t *cpus,
			   size_t nr);

/** ktb_cost_free() - free what a stretch holds */
void ktb_cost_free(struct ktb_cost *cost);

#endif /* KTB_COST_H */
