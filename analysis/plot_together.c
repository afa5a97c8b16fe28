// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pictures of results that stand side by side, job by job; and the first kind of
 * them: one cell by percentile, a curve a column. One cell's histograms are in
 * memory at a time.
 */
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "percentile.h"
#include "plot_together.h"
#include "schedule.h"

bool ktb_beside_init(struct ktb_beside *beside,
		     const struct ktb_together *together, const char *dir)
{
	struct ktb_findings *frame = &beside->frame;
	size_t i;

	memset(beside, 0, sizeof(*beside));
	beside->together = together;
	frame->reader.lane = ktb_together_lane(together);
	frame->reader.dir = strdup(dir);
	frame->jobs = calloc(together->nr_jobs + 1, sizeof(*frame->jobs));
	if (!frame->reader.dir || !frame->jobs)
		return false;
	for (i = 0; i < together->nr_jobs; i++) {
		frame->jobs[i] = *together->jobs[i].first;
		/* The cells are those of the columns. */
		frame->jobs[i].first = 0;
		frame->jobs[i].nr = 0;
	}
	frame->nr_jobs = together->nr_jobs;
	return true;
}

void ktb_beside_free(struct ktb_beside *beside)
{
	ktb_plots_free(&beside->plots);
	/* What its jobs hold is of the columns. */
	free(beside->frame.jobs);
	free(beside->frame.reader.dir);
	memset(beside, 0, sizeof(*beside));
}

struct ktb_plot *ktb_beside_begin(struct ktb_beside *beside,
				  const struct ktb_plot_kind *kind,
				  const struct ktb_shared *job)
{
	return ktb_plots_begin(
		&beside->plots, kind,
		&beside->frame.jobs[job - beside->together->jobs]);
}

void ktb_beside_curve(struct ktb_beside *beside, struct ktb_plot *plot,
		      size_t number, size_t column)
{
	const struct ktb_column *at = &beside->together->columns[column];
	char name[16], text[160];

	snprintf(name, sizeof(name), "name%zu", number);
	snprintf(text, sizeof(text), "%c %.100s", at->letter, at->kernel);
	ktb_plots_set_text(plot, name, text);
	snprintf(name, sizeof(name), "style%zu", number);
	ktb_plots_set(plot, name, (int64_t)column + 1);
}

/* Can a curve by percentile be drawn of it? Invalid repetitions are not drawn. */
static const struct ktb_figures *beside_figures(const struct ktb_row *row,
						const struct ktb_metric *metric,
						size_t column)
{
	const struct ktb_figures *figures =
		ktb_together_figures(row->at[column].good, metric);

	return figures && figures->count >= 2 && figures->max > 0 ? figures :
								    NULL;
}

static size_t beside_curves(const struct ktb_together *together,
			    const struct ktb_row *row,
			    const struct ktb_metric *metric)
{
	size_t curves = 0, i;

	for (i = 0; i < together->nr; i++)
		curves += beside_figures(row, metric, i) != NULL;
	return curves;
}

static int beside_curve(struct ktb_beside *beside, struct ktb_plot *plot,
			const struct ktb_summary *summary, size_t column,
			struct ktb_percentile_extent *extent)
{
	const struct ktb_column *at = &beside->together->columns[column];
	const struct ktb_metric *metric = ktb_reader_metric(
		summary->workload, plot->job->workload->primary->name);
	const struct ktb_histogram *h;
	struct ktb_pool pool;
	int ret;

	ret = ktb_pool_load(&pool, &at->findings->reader, summary->first_line,
			    summary->nr_lines, beside->plots.fault);
	if (!ret) {
		h = &pool.totals[metric->slot];
		fprintf(plot->data, "%s# %c %s\n", extent->most ? "\n\n" : "",
			at->letter, at->kernel);
		ktb_percentile_write(plot->data, h);
		ktb_percentile_widen(extent, h, ktb_summary_lost(summary));
	}
	ktb_pool_free(&pool);
	return ret;
}

char *ktb_beside_clauses(const struct ktb_together *together,
			 void (*clause)(const void *of, size_t column,
					FILE *to),
			 const void *of)
{
	char *text = NULL;
	size_t size, i;
	FILE *to;

	to = open_memstream(&text, &size);
	if (!to)
		return NULL;
	for (i = 0; i < together->nr; i++) {
		fprintf(to, "%s%c ", i ? "; " : "",
			together->columns[i].letter);
		clause(of, i, to);
	}
	fclose(to);
	return text;
}

struct beside_cell {
	const struct ktb_row *row;
	const struct ktb_metric *metric;
};

static void beside_clause(const void *of, size_t column, FILE *to)
{
	const struct beside_cell *cell = of;
	const struct ktb_place *place = &cell->row->at[column];
	const struct ktb_summary *summary = ktb_together_summary(place);
	const struct ktb_figures *figures =
		ktb_together_figures(summary, cell->metric);

	if (figures)
		fprintf(to, "n %s, lost %s, missed %s%s",
			ktb_scale_count(figures->count).s,
			ktb_scale_count(ktb_summary_lost(summary)).s,
			ktb_scale_count(ktb_schedule_missed(summary)).s,
			place->good ? "" : ", invalid, not drawn");
	else
		fputs(summary ? "no such metric" : "not there", to);
}

static int beside_percentile(struct ktb_beside *beside,
			     const struct ktb_shared *job,
			     const struct ktb_row *row)
{
	struct ktb_percentile_extent extent = KTB_PERCENTILE_EXTENT_NONE;
	const struct ktb_metric *metric = job->first->workload->primary;
	size_t curves = 0, i;
	struct ktb_plot *plot;
	char *counts;
	int ret = 0;

	plot = ktb_beside_begin(beside, ktb_plots_kind("percentile"), job);
	if (!plot)
		return beside->plots.fault->code;
	for (i = 0; i < beside->together->nr && !ret; i++) {
		if (!beside_figures(row, metric, i))
			continue;
		ret = beside_curve(beside, plot, row->at[i].good, i, &extent);
		ktb_beside_curve(beside, plot, ++curves, i);
	}
	if (ret)
		return ret;
	counts = ktb_beside_clauses(beside->together, beside_clause,
				    &(struct beside_cell){ .row = row,
							   .metric = metric });
	if (!counts)
		return ktb_fault_memory(beside->plots.fault);
	ktb_plots_title(plot, "%s: %s by percentile, %s", job->first->name,
			metric->name, ktb_together_label(row));
	ktb_plots_remark(
		plot,
		"%s. Samples that are 0 or early (%s) have no place on this axis. Each curve ends at its largest sample; its last decade rests on few.",
		counts, ktb_scale_count(extent.below).s);
	free(counts);
	ktb_plots_set(plot, "glyphs", 1);
	ktb_percentile_axes(plot, &extent, metric, curves);
	return ktb_plots_end(&beside->plots, plot);
}

/* The first cell that can be drawn, one in the middle, the last. */
static int beside_percentiles(struct ktb_beside *beside,
			      const struct ktb_shared *job)
{
	const struct ktb_metric *metric = job->first->workload->primary;
	size_t drawable = 0, picked = 0, at = 0, i;
	int ret = 0;

	for (i = 0; i < job->nr; i++)
		drawable += beside_curves(beside->together, &job->rows[i],
					  metric) > 0;
	for (i = 0; i < job->nr && !ret; i++) {
		if (!beside_curves(beside->together, &job->rows[i], metric))
			continue;
		if (at++ ==
		    ktb_plots_pick(drawable, KTB_PLOTS_PER_JOB, picked)) {
			picked++;
			ret = beside_percentile(beside, job, &job->rows[i]);
		}
	}
	return ret;
}

int ktb_beside_draw(struct ktb_beside *beside, const char *gnuplot,
		    struct ktb_fault *fault)
{
	const struct ktb_shared *job;
	size_t i;
	int ret;

	ret = ktb_plots_open(&beside->plots, &beside->frame, fault);
	for (i = 0; i < beside->together->nr_jobs && !ret; i++) {
		job = &beside->together->jobs[i];
		if (!job->first->workload->primary)
			continue;
		ret = ktb_beside_scaling(beside, job);
		if (!ret)
			ret = beside_percentiles(beside, job);
	}
	return ret ? ret : ktb_draw_all(&beside->plots, gnuplot);
}
