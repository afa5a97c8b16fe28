// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "phases": a bar a cell, the phases one behind the other, on a
 * linear axis. Bars are means, because means add up to the whole and quantiles
 * do not; the quantiles of the whole are marks on the same axis. The largest
 * sample may lie a hundred times as far out and is told in words.
 */
#include <inttypes.h>
#include <string.h>

#include "draw.h"
#include "schedule.h"
#include "phases.h"
#include "plot_kinds.h"

#define PHASES_ROWS   16

/* What is left for bars of the picture's width, and of a letter's in it. */
#define PHASES_WIDTH  470
#define PHASES_LETTER 7

struct phases_rows {
	const struct ktb_summary *cell[PHASES_ROWS];
	struct ktb_phases phases[PHASES_ROWS];
	size_t nr;
	size_t nr_cells;
	uint64_t samples;
	uint64_t lost;
	size_t nr_not_whole;
	int64_t end;
};

/* The index'th good cell with samples. */
static const struct ktb_summary *
phases_cell(const struct ktb_findings *findings, const struct ktb_job *job,
	    size_t index)
{
	const struct ktb_summary *summary;
	struct ktb_phases phases;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &findings->summaries[i];
		if (summary->is_valid && ktb_phases_make(&phases, summary) &&
		    !index--)
			return summary;
	}
	return NULL;
}

static void phases_gather(struct phases_rows *rows,
			  const struct ktb_findings *findings,
			  const struct ktb_job *job)
{
	const struct ktb_figures *figures;
	size_t at;

	memset(rows, 0, sizeof(*rows));
	while (phases_cell(findings, job, rows->nr_cells))
		rows->nr_cells++;
	while ((at = ktb_plots_pick(rows->nr_cells, PHASES_ROWS, rows->nr)) <
	       rows->nr_cells) {
		rows->cell[rows->nr] = phases_cell(findings, job, at);
		ktb_phases_make(&rows->phases[rows->nr], rows->cell[rows->nr]);
		figures = ktb_summary_figures(rows->cell[rows->nr],
					      ktb_reader_taken(job->workload));
		rows->samples += figures->count;
		rows->lost += ktb_summary_lost(rows->cell[rows->nr]);
		rows->nr_not_whole += !rows->phases[rows->nr].is_whole;
		if (rows->phases[rows->nr].sum > rows->end)
			rows->end = rows->phases[rows->nr].sum;
		rows->nr++;
	}
}

/* The axis: all bars, and quantiles that do not press them together. */
static int64_t phases_axis(const struct phases_rows *rows)
{
	int64_t longest = rows->end > 0 ? rows->end : 1, end = longest;
	const struct ktb_estimate *p99;
	size_t i;

	for (i = 0; i < rows->nr; i++) {
		p99 = &ktb_summary_figures(
			       rows->cell[i],
			       ktb_reader_taken(rows->cell[i]->workload))
			       ->at[KTB_QUANTILE_P99];
		if (p99->is_supported && p99->value.high > end &&
		    p99->value.high / 3 <= longest)
			end = p99->value.high;
	}
	return end + end / 20 + 1;
}

static void phases_write(struct ktb_plot *plot, const struct phases_rows *rows,
			 size_t phase, int64_t axis)
{
	enum ktb_scale scale = plot->job->workload->primary->scale;
	const struct ktb_figures *figures;
	int64_t from, mean;
	struct ktb_text text;
	char label[160];
	size_t i, j;

	fprintf(plot->data, "%s# %s\n# at\tcell\tbegins\tends\tn\ttext\n",
		phase ? "\n\n" : "", rows->phases[0].metric[phase]->name);
	for (i = 0; i < rows->nr; i++) {
		for (from = 0, j = 0; j < phase; j++)
			from += rows->phases[i].mean[j];
		mean = rows->phases[i].mean[phase];
		figures = ktb_summary_figures(rows->cell[i],
					      rows->phases[i].metric[phase]);
		text = ktb_scale_text(scale, mean);
		if ((__int128)mean * PHASES_WIDTH / axis <
		    (int64_t)strlen(text.s) * PHASES_LETTER)
			text.s[0] = '\0';
		ktb_summary_title(rows->cell[i], label, sizeof(label));
		fprintf(plot->data,
			"%zu\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRIu64 "\t%s\n",
			i, label, from, from + mean, figures->count, text.s);
	}
}

static bool phases_mark(FILE *to, const struct ktb_estimate *estimate,
			int64_t axis)
{
	if (!estimate->is_supported) {
		fputs("\t?", to);
		return false;
	}
	fprintf(to, "\t%" PRId64, estimate->value.high);
	return estimate->value.high >= 0 && estimate->value.high <= axis;
}

static void phases_write_marks(struct ktb_plot *plot,
			       const struct phases_rows *rows, int64_t axis)
{
	const struct ktb_metric *metric = ktb_reader_taken(plot->job->workload);
	bool has_p50 = false, has_p99 = false;
	const struct ktb_figures *figures;
	char label[160];
	size_t i;

	fprintf(plot->data,
		"\n\n# %s\n# at\tcell\tp50\tp99\tmean\tmax\tn\tlost\tmissed\n",
		plot->job->workload->primary->name);
	for (i = 0; i < rows->nr; i++) {
		figures = ktb_summary_figures(rows->cell[i], metric);
		ktb_summary_title(rows->cell[i], label, sizeof(label));
		fprintf(plot->data, "%zu\t%s", i, label);
		has_p50 |= phases_mark(plot->data,
				       &figures->at[KTB_QUANTILE_P50], axis);
		has_p99 |= phases_mark(plot->data,
				       &figures->at[KTB_QUANTILE_P99], axis);
		fprintf(plot->data,
			"\t%" PRId64 "\t%" PRId64 "\t%" PRIu64 "\t%" PRIu64
			"\t%" PRIu64 "\n",
			figures->mean, figures->max, figures->count,
			ktb_summary_lost(rows->cell[i]),
			ktb_schedule_missed(rows->cell[i]));
	}
	ktb_plots_set(plot, "p50", has_p50);
	ktb_plots_set(plot, "p99", has_p99);
}

/* What stands beside a bar, in two lines. */
static void phases_words(struct ktb_plot *plot, const struct phases_rows *rows)
{
	static const enum ktb_quantile quantiles[] = { KTB_QUANTILE_P50,
						       KTB_QUANTILE_P99 };
	const struct ktb_metric *metric = ktb_reader_taken(plot->job->workload);
	const struct ktb_figures *figures;
	char name[32], text[200];
	int length;
	size_t i, q;

	for (i = 0; i < rows->nr; i++) {
		figures = ktb_summary_figures(rows->cell[i], metric);
		for (text[0] = '\0', length = 0, q = 0; q < 2; q++)
			if (figures->at[quantiles[q]].is_supported)
				length += snprintf(
					text + length,
					sizeof(text) - (size_t)length,
					"%s%s %s", length ? ", " : "",
					ktb_quantile_name(quantiles[q]),
					ktb_summary_bound(
						metric->scale,
						&figures->at[quantiles[q]].value)
						.s);
		snprintf(name, sizeof(name), "upper%zu", i + 1);
		ktb_plots_set_text(plot, name, text);
		snprintf(text, sizeof(text), "max %s, n %s",
			 ktb_scale_text(metric->scale, figures->max).s,
			 ktb_scale_count(figures->count).s);
		snprintf(name, sizeof(name), "lower%zu", i + 1);
		ktb_plots_set_text(plot, name, text);
	}
}

static void phases_settings(struct ktb_plot *plot,
			    const struct phases_rows *rows, int64_t axis)
{
	const struct ktb_metric *metric = plot->job->workload->primary;
	int64_t unit = ktb_scale_divisor(metric->scale, axis);
	int lines = 2, letters = 0, own;
	char name[32], label[160];
	size_t i;

	ktb_plots_set_axis(plot, "xlab", metric, unit);
	ktb_plots_set(plot, "unit", unit);
	ktb_plots_set(plot, "end", axis);
	ktb_plots_set(plot, "rows", (int64_t)rows->nr);
	ktb_plots_set(plot, "phases", (int64_t)rows->phases[0].nr);
	for (i = 0; i < rows->phases[0].nr; i++) {
		snprintf(name, sizeof(name), "name%zu", i + 1);
		ktb_plots_set_text(plot, name, rows->phases[0].metric[i]->name);
	}
	fputs("labels = '(", plot->settings);
	for (i = 0; i < rows->nr; i++) {
		ktb_summary_title(rows->cell[i], label, sizeof(label));
		fputs(i ? ", \"" : "\"", plot->settings);
		own = ktb_plots_label(plot->settings, label, &letters);
		fprintf(plot->settings, "\" %zu", i);
		if (own > lines)
			lines = own;
	}
	fputs(")'\n", plot->settings);
	plot->height = 180 + (int)rows->nr * (8 + 18 * lines);
	phases_words(plot, rows);
}

static void phases_describe(struct ktb_plot *plot,
			    const struct phases_rows *rows)
{
	const char *whole = plot->job->workload->primary->name;
	char short_of[128] = "", left_out[96] = "";

	ktb_plots_title(plot, "%s: the phases of %s", plot->job->name, whole);
	if (rows->nr_not_whole)
		snprintf(short_of, sizeof(short_of),
			 " In %zu cells they do not: the rest of their time "
			 "is in no phase.",
			 rows->nr_not_whole);
	if (rows->nr < rows->nr_cells)
		snprintf(left_out, sizeof(left_out),
			 " %zu of %zu cells, spread evenly; the table has "
			 "all.",
			 rows->nr, rows->nr_cells);
	ktb_plots_remark(plot,
			 "Bars: means of the phases in order of time, which "
			 "add up to the mean of %s.%s Marks: its quantiles, "
			 "where they are on the axis. n %s, lost %s; n of each "
			 "phase is in the data.%s",
			 whole, short_of, ktb_scale_count(rows->samples).s,
			 ktb_scale_count(rows->lost).s, left_out);
}

int ktb_plot_phases(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		    const struct ktb_job *job)
{
	struct phases_rows rows;
	struct ktb_plot *plot;
	int64_t axis;
	size_t i;

	phases_gather(&rows, plots->findings, job);
	if (!rows.nr)
		return 0;
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	axis = phases_axis(&rows);
	phases_describe(plot, &rows);
	phases_settings(plot, &rows, axis);
	for (i = 0; i < rows.phases[0].nr; i++)
		phases_write(plot, &rows, i, axis);
	phases_write_marks(plot, &rows, axis);
	return ktb_plots_end(plots, plot);
}
