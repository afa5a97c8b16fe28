/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What pictures share whose curves are drawn through the cells of a series:
 * which series get a picture, how far the axes reach, quantiles in the data. It
 * knows series and pictures, and nothing of what is on them.
 */
#ifndef KTB_CURVES_H
#define KTB_CURVES_H

#include "plots.h"
#include "series.h"

/**
 * struct ktb_curves_extent - what a picture of a series holds
 * @from: smallest value above 0 that is drawn, at least 1 and at most @to
 * @to: largest one, at least 1
 * @samples: of all cells
 * @lost: by all cells
 * @missed: by all cells
 */
struct ktb_curves_extent {
	int64_t from;
	int64_t to;
	uint64_t samples;
	uint64_t lost;
	uint64_t missed;
};

/**
 * ktb_curves_draw() - make a picture of each series of a job
 * @plots: being made
 * @kind: what kind
 * @job: whose
 * @param: in which the cells of a series differ
 * @is_drawable: is there something to be seen in a series?
 * @add: makes the picture of one; returns 0 or a KTB_FAULT_*
 *
 * Those past KTB_PLOTS_PER_JOB are counted as left out. A job whose workload
 * has no primary metric gets none.
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_curves_draw(struct ktb_plots *plots, const struct ktb_plot_kind *kind,
		    const struct ktb_job *job, const char *param,
		    bool (*is_drawable)(const struct ktb_series *series,
					const struct ktb_metric *metric),
		    int (*add)(struct ktb_plots *plots,
			       const struct ktb_plot_kind *kind,
			       const struct ktb_job *job,
			       const struct ktb_series *series));

/**
 * ktb_curves_is_line() - is there more than a point to be seen?
 * @series: one series
 * @metric: a distribution
 *
 * Return: whether two of its cells have samples above 0.
 */
bool ktb_curves_is_line(const struct ktb_series *series,
			const struct ktb_metric *metric);

/**
 * ktb_curves_extent() - how far a picture reaches
 * @series: one series
 * @metric: a distribution, whose median and largest sample are in the picture
 * @extent: filled in
 */
void ktb_curves_extent(const struct ktb_series *series,
		       const struct ktb_metric *metric,
		       struct ktb_curves_extent *extent);

/**
 * ktb_curves_numbers() - a logarithmic axis for the number that is swept
 * @plot: begun
 * @series: what is in it
 * @nr: entries there
 * @param: in which the cells of a series differ
 *
 * Sets the gnuplot variables xtics, x_from and x_to, and zero: where on the
 * axis a 0 stands, a step below the smallest number.
 *
 * Return: false when there is no memory.
 */
bool ktb_curves_numbers(struct ktb_plot *plot, const struct ktb_series *series,
			size_t nr, const char *param);

/**
 * ktb_curves_head() - begin the data of a series
 * @to: the .dat file
 * @series: one series
 * @metric: what its cells show
 * @names: of the columns, separated by tabs
 */
void ktb_curves_head(FILE *to, const struct ktb_series *series,
		     const struct ktb_metric *metric, const char *names);

/**
 * ktb_curves_value() - write a quantile into the data
 * @to: the .dat file
 * @estimate: the quantile; missing if the sample does not support it
 */
void ktb_curves_value(FILE *to, const struct ktb_estimate *estimate);

/**
 * ktb_curves_interval() - write a quantile and its interval into the data
 * @to: the .dat file
 * @estimate: the quantile; missing if the sample does not support it
 */
void ktb_curves_interval(FILE *to, const struct ktb_estimate *estimate);

/**
 * ktb_curves_tail() - write largest sample, count and losses, and end the line
 * @to: the .dat file
 * @summary: a cell
 * @metric: a distribution with samples
 */
void ktb_curves_tail(FILE *to, const struct ktb_summary *summary,
		     const struct ktb_metric *metric);

#endif /* KTB_CURVES_H */
