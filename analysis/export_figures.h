/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The figures of results as one list: a quantile of a metric of a good cell each,
 * only those that the sample supports, with interval, count and losses; the boots
 * of one figure stand together. It knows findings and nothing of formats.
 */
#ifndef KTB_EXPORT_FIGURES_H
#define KTB_EXPORT_FIGURES_H

#include "export_units.h"
#include "findings.h"

/**
 * struct ktb_export_wants - which figures are listed
 * @scales: set of scales, see KTB_EXPORT_SCALE()
 * @by_result: in the order of the results and their cells; else boots together
 * @of_cpus: those of single CPUs too: of the primary metric, without interval;
 *	only by result
 */
struct ktb_export_wants {
	unsigned int scales;
	bool by_result;
	bool of_cpus;
};

/**
 * struct ktb_export_figure - one quantile of one metric of one cell of one result
 * @name: LANE/JOB[/CELL]/METRIC/QUANTILE
 * @cell: what sets the cell apart in its job; may be empty
 * @result: where it is from
 * @summary: its cell
 * @metric: a distribution of the cell's workload
 * @quantile: which
 * @cpu: the CPU; -1: over all of them
 * @has_interval: @low and @high are told
 * @value: upper edge of the quantile's bucket, as in the report
 * @low: it is not below this, with 95 % confidence
 * @high: it is not above this, with 95 % confidence
 * @count: samples of the distribution
 * @lost: samples that the cell lost
 * @missed: periods that the cell missed
 * @order: for sorting
 */
struct ktb_export_figure {
	char *name;
	char *cell;
	const struct ktb_findings *result;
	const struct ktb_summary *summary;
	const struct ktb_metric *metric;
	enum ktb_quantile quantile;
	int cpu;
	bool has_interval;
	int64_t value;
	int64_t low;
	int64_t high;
	uint64_t count;
	uint64_t lost;
	uint64_t missed;
	size_t order;
};

/**
 * struct ktb_export_figures - a list of them
 * @at: by result; or in the order of the first result's cells, those of one name
 *	together, a boot each
 * @nr: entries there
 * @nr_room: entries that there is room for
 * @nr_invalid_cells: cells that are invalid, and are not in the list
 * @nr_beyond: quantiles below zero or past the last bucket, which have no value
 * @nr_unwanted: figures of scales that were not wanted
 */
struct ktb_export_figures {
	struct ktb_export_figure *at;
	size_t nr;
	size_t nr_room;
	size_t nr_invalid_cells;
	size_t nr_beyond;
	size_t nr_unwanted;
};

/**
 * struct ktb_export_estimate - a figure over its boots
 * @value: of one boot its own; of several the median boot's, the lower of the two
 *	in the middle
 * @low: of one boot the lower end of its interval; of several the least boot's
 * @high: likewise
 * @count: samples of all boots
 * @lost: samples that all boots lost
 * @missed: periods that all boots missed
 * @nr_boots: how many there are
 */
struct ktb_export_estimate {
	int64_t value;
	int64_t low;
	int64_t high;
	uint64_t count;
	uint64_t lost;
	uint64_t missed;
	size_t nr_boots;
};

/**
 * ktb_export_figures_list() - list the figures of results
 * @figures: filled in; free it in any case
 * @results: gathered
 * @nr_results: entries there
 * @wants: which figures
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when two cells have one name, or two results
 * measured different things under one name; KTB_FAULT_SYSTEM.
 */
int ktb_export_figures_list(struct ktb_export_figures *figures,
			    const struct ktb_findings *results,
			    size_t nr_results,
			    const struct ktb_export_wants *wants,
			    struct ktb_fault *fault);

/**
 * ktb_export_figures_free() - free a list
 * @figures: listed, or tried to, or all zero
 */
void ktb_export_figures_free(struct ktb_export_figures *figures);

/**
 * ktb_export_figures_boots() - how many boots a figure has
 * @figures: listed
 * @first: index of the first of them
 *
 * Return: entries from there on that have one name.
 */
size_t ktb_export_figures_boots(const struct ktb_export_figures *figures,
				size_t first);

/**
 * ktb_export_figures_estimate() - a figure over its boots
 * @first: the first of them
 * @nr_boots: how many there are
 *
 * Return: the estimate. Nothing is averaged.
 */
struct ktb_export_estimate
ktb_export_figures_estimate(const struct ktb_export_figure *first,
			    size_t nr_boots);

/**
 * ktb_export_figures_alike() - did two cells measure the same thing?
 * @a: one cell
 * @b: a cell of another result
 *
 * Return: whether workload, parameters but the seed, placement and disturbed CPUs are
 * the same.
 */
bool ktb_export_figures_alike(const struct ktb_summary *a,
			      const struct ktb_summary *b);

#endif /* KTB_EXPORT_FIGURES_H */
