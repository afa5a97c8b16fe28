/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One object of a line's "cpus": from JSON into histograms, counters and
 * samples. For pool.c alone; everyone else includes pool.h.
 */
#ifndef KTB_AREA_H
#define KTB_AREA_H

#include "pool.h"

/**
 * ktb_area_init() - make an area empty
 * @area: filled in
 * @workload: whose metrics it gets
 * @cpu: the CPU that it is of
 *
 * Return: false when there is no memory.
 */
bool ktb_area_init(struct ktb_area *area, const struct ktb_workload *workload,
		   int cpu);

/**
 * ktb_area_free() - free what an area holds
 * @area: initialised, or all zero
 */
void ktb_area_free(struct ktb_area *area);

/**
 * ktb_area_add() - add one repetition's figures of a CPU
 * @area: where to
 * @workload: whose metrics they are
 * @counts: what was taken out of the line
 * @from: an object of "cpus"
 * @once: this repetition's histograms over the CPUs so far, by slot; grows too
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false when the object contradicts itself or the workload.
 */
bool ktb_area_add(struct ktb_area *area, const struct ktb_workload *workload,
		  const struct ktb_counts *counts, const json_t *from,
		  struct ktb_histogram *once, char *why, size_t size);

/**
 * ktb_area_merge() - add a distribution of one repetition to those of its CPU
 * @area: of the CPU
 * @workload: whose metrics they are
 * @metric: that the distribution is of
 * @once: this repetition's histograms over the CPUs so far, by slot; grows too
 * @h: the distribution
 *
 * Periods served and periods missed go into the primary distribution too, which is over
 * the whole schedule.
 *
 * Return: what is wrong, in a few words; NULL when nothing is.
 */
const char *ktb_area_merge(struct ktb_area *area,
			   const struct ktb_workload *workload,
			   const struct ktb_metric *metric,
			   struct ktb_histogram *once,
			   const struct ktb_histogram *h);

/**
 * ktb_area_check_missed() - does each missed period have a lateness?
 * @workload: whose metrics they are
 * @counts: what was taken out of the line
 * @from: an object of "cpus", whose counters and metrics have been read
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false if the counter and the distribution of missed periods differ.
 */
bool ktb_area_check_missed(const struct ktb_workload *workload,
			   const json_t *from, char *why, size_t size);

/**
 * ktb_area_sample() - read one of the worst samples
 * @sample: filled in, but for what only its repetition knows
 * @from: an object of "worst"
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false when a member is missing or of a wrong type.
 */
bool ktb_area_sample(struct ktb_sample *sample, const json_t *from, char *why,
		     size_t size);

#endif /* KTB_AREA_H */
