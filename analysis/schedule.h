/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a cell's schedule came to: how many of its periods were missed, whether its
 * quantiles know of them, and what must be said of that. It knows summaries and
 * nothing of formats.
 */
#ifndef KTB_SCHEDULE_H
#define KTB_SCHEDULE_H

#include "findings.h"

/* More of a schedule missed than this has a sentence of its own: 1 %. */
#define KTB_SCHEDULE_MISSED_PPM 10000

/* What is said where quantiles do not know of missed periods. */
#define KTB_SCHEDULE_OF_SERVED	"quantiles are of the periods served only"

/**
 * ktb_schedule_missed() - periods of a cell that were missed
 * @summary: made
 *
 * Return: the counter of that name; 0 if the workload has none.
 */
uint64_t ktb_schedule_missed(const struct ktb_summary *summary);

/**
 * ktb_schedule_served() - periods of a cell that were served
 * @summary: made
 *
 * Return: samples of the primary distribution without the missed ones; where
 * operations are missed, the operations that were done.
 */
uint64_t ktb_schedule_served(const struct ktb_summary *summary);

/**
 * ktb_schedule_is_of_served() - do a cell's quantiles leave missed periods out?
 * @summary: made
 *
 * Return: periods were missed, and the result is older than the distribution that
 * says how late they were.
 */
bool ktb_schedule_is_of_served(const struct ktb_summary *summary);

/**
 * ktb_schedule_tells() - does a distribution of a cell say something of its own?
 * @summary: made
 * @metric: a distribution of its workload
 *
 * Return: false for those served and those missed if nothing was missed: the first
 * one is the primary one then, the second one is empty.
 */
bool ktb_schedule_tells(const struct ktb_summary *summary,
			const struct ktb_metric *metric);

/**
 * ktb_schedule_over() - what a distribution of a cell is over, in one word
 * @summary: made
 * @metric: a distribution of its workload
 *
 * Return: "schedule"; "served" or "missed", if it is of such periods only; "samples"
 * where there is no schedule.
 */
const char *ktb_schedule_over(const struct ktb_summary *summary,
			      const struct ktb_metric *metric);

/**
 * ktb_schedule_is_same() - do the quantiles of two cells know of missed periods alike?
 * @a: one cell
 * @b: another one
 *
 * Return: false if those of one are over its schedule, and those of the other one leave
 * out what was missed.
 */
bool ktb_schedule_is_same(const struct ktb_summary *a,
			  const struct ktb_summary *b);

/**
 * ktb_schedule_sentence() - what stands at the top if much was missed
 * @findings: gathered
 * @text: filled in; empty if no cell missed more than KTB_SCHEDULE_MISSED_PPM
 * @size: room at @text
 *
 * Return: @text: how many cells, and which of them missed the largest share.
 */
const char *ktb_schedule_sentence(const struct ktb_findings *findings,
				  char *text, size_t size);

/**
 * ktb_schedule_most_ppm() - the largest share of a schedule that a cell has missed
 * @findings: gathered
 *
 * Return: parts per million.
 */
uint64_t ktb_schedule_most_ppm(const struct ktb_findings *findings);

/**
 * ktb_schedule_remark() - what stands where the quantiles of some cells are shown
 * @cells: the cells
 * @nr: entries there
 * @text: filled in; empty if all quantiles are of the schedule
 * @size: room at @text
 *
 * Return: @text: a sentence without its full stop.
 */
const char *ktb_schedule_remark(const struct ktb_summary *cells, size_t nr,
				char *text, size_t size);

#endif /* KTB_SCHEDULE_H */
