/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cells of a job that differ in one parameter only: what a curve is drawn
 * through. It knows summaries and nothing of pictures.
 */
#ifndef KTB_SERIES_H
#define KTB_SERIES_H

#include "findings.h"

/**
 * struct ktb_series - good cells that differ in one parameter
 * @label: what the other swept parameters are; empty if there are none
 * @cells: ascending by the parameter, if it is a number
 * @nr: entries there
 */
struct ktb_series {
	char label[160];
	const struct ktb_summary **cells;
	size_t nr;
};

/**
 * struct ktb_series_axis - a number that curves are drawn against
 * @param: the parameter
 * @words: what it is, for people
 * @is_asked: it is a time that was asked for, in ns, which a figure may be
 *	compared with
 */
struct ktb_series_axis {
	const char *param;
	const char *words;
	bool is_asked;
};

/**
 * ktb_series_axis() - what the curves of a job are drawn against
 * @findings: gathered
 * @job: the job
 *
 * Return: the number that it sweeps, the one that says most if there are
 * several; NULL if there is none.
 */
const struct ktb_series_axis *
ktb_series_axis(const struct ktb_findings *findings, const struct ktb_job *job);

/**
 * ktb_series_make() - sort a job's cells into series
 * @findings: gathered
 * @job: the job
 * @param: the parameter; cells whose value of it is no number keep their order
 * @series: set to an array, to be given to ktb_series_free()
 *
 * Return: how many there are; 0 when the job does not sweep the parameter, or
 * when there is no memory.
 */
size_t ktb_series_make(const struct ktb_findings *findings,
		       const struct ktb_job *job, const char *param,
		       struct ktb_series **series);

/**
 * ktb_series_has() - can a quantile be drawn
 * @series: one series
 * @metric: a distribution
 * @q: the quantile
 *
 * Return: whether some cell supports it with a value above 0.
 */
bool ktb_series_has(const struct ktb_series *series,
		    const struct ktb_metric *metric, enum ktb_quantile q);

/**
 * ktb_series_free() - free an array of series
 * @series: the array
 * @nr: entries there
 */
void ktb_series_free(struct ktb_series *series, size_t nr);

#endif /* KTB_SERIES_H */
