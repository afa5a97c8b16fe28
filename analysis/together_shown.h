/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is told of one cell in one column, in words: the figures of the tables,
 * in a unit that the table tells, and in the exact lane by how many instructions
 * they differ from the first column. It knows nothing of formats.
 */
#ifndef KTB_TOGETHER_SHOWN_H
#define KTB_TOGETHER_SHOWN_H

#include "together.h"

/** enum ktb_shown_figure - the figures of a table, in its order */
enum ktb_shown_figure {
	/* In the exact lane only, where one sample is not chance. */
	KTB_SHOWN_MIN,
	KTB_SHOWN_P50,
	KTB_SHOWN_P99,
	KTB_SHOWN_MAX,
	KTB_SHOWN_COUNT,
	KTB_SHOWN_LOST,
	KTB_SHOWN_MISSED,
	KTB_NR_SHOWN,
};

/** enum ktb_shown_set - which metrics stand in one table */
enum ktb_shown_set {
	KTB_SHOWN_PRIMARY,
	KTB_SHOWN_PARTS,
	KTB_SHOWN_CALLS,
	KTB_NR_SHOWN_SETS,
};

/**
 * struct ktb_table - a table of one job
 * @together: gathered
 * @job: whose
 * @metrics: the metrics in it, all of one scale; each row of the job is there
 *	once for each
 * @nr: entries there
 * @divisor: how many make the unit of its figures
 */
struct ktb_table {
	const struct ktb_together *together;
	const struct ktb_shared *job;
	const struct ktb_metric **metrics;
	size_t nr;
	int64_t divisor;
};

/**
 * struct ktb_shown - one figure
 * @text: for people: the figure, or why there is none
 * @change: "+12" against the first column, "=" if it is the same; empty where
 *	nothing can be said
 * @is_known: there is a figure
 * @is_loss: it should be zero and is not
 * @value: the figure, if @is_known
 */
struct ktb_shown {
	struct ktb_text text;
	struct ktb_text change;
	bool is_known;
	bool is_loss;
	int64_t value;
};

/**
 * ktb_shown_name() - how a figure is called
 * @figure: which
 *
 * Return: "p50" and the like.
 */
const char *ktb_shown_name(enum ktb_shown_figure figure);

/**
 * ktb_shown_is_for() - does a figure stand in the tables of a lane?
 * @figure: which
 * @lane: of all results
 *
 * Return: whether it does.
 */
bool ktb_shown_is_for(enum ktb_shown_figure figure, enum ktb_lane lane);

/**
 * ktb_shown_table() - choose the metrics and the unit of a table
 * @table: filled in; free it in any case
 * @together: gathered
 * @job: whose
 * @set: which metrics
 *
 * Beside the primary metric that of the periods served is there, if some were missed.
 * The unit is that of the smallest median, so that no digit of it is lost. A
 * metric that only a later column has is there too.
 *
 * Return: false when there is no memory.
 */
bool ktb_shown_table(struct ktb_table *table,
		     const struct ktb_together *together,
		     const struct ktb_shared *job, enum ktb_shown_set set);

/**
 * ktb_shown_table_free() - free what a table holds
 * @table: made, or tried to
 */
void ktb_shown_table_free(struct ktb_table *table);

/**
 * ktb_shown_label() - what a row of a table is called
 * @table: made
 * @row: of its job
 * @metric: of the table
 *
 * Return: the cell's label; of the periods that were served, which stand below the cell's
 * row, their title; NULL if all of the cell were, and the row is not shown.
 */
const char *ktb_shown_label(const struct ktb_table *table,
			    const struct ktb_row *row,
			    const struct ktb_metric *metric);

/**
 * ktb_shown_get() - a figure of a table
 * @shown: filled in
 * @table: made
 * @row: of its job
 * @metric: of the table
 * @column: which result
 * @figure: which figure
 */
void ktb_shown_get(struct ktb_shown *shown, const struct ktb_table *table,
		   const struct ktb_row *row, const struct ktb_metric *metric,
		   size_t column, enum ktb_shown_figure figure);

#endif /* KTB_TOGETHER_SHOWN_H */
