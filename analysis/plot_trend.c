// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pictures of series over results. It knows series and gnuplot, and nothing of the
 * page that shows the pictures.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "plot_trend.h"

#define TREND_TICS 6

KTB_PLOT_SCRIPT(trend)

/* What is not of one job of one result is not collected with those. */
static const struct ktb_plot_kind trend_kind = {
	.name = "trend",
	.script = plot_script_trend,
};

/* A full triangle up, an empty one down, a diamond. */
static const int trend_marks[] = {
	[KTB_TREND_WORSE] = 9,
	[KTB_TREND_BETTER] = 10,
	[KTB_TREND_OTHER] = 12,
};

static void set_numbered(struct ktb_plot *plot, const char *name, size_t number,
			 int64_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%s%zu", name, number);
	ktb_plots_set(plot, text, value);
}

static void set_numbered_text(struct ktb_plot *plot, const char *name,
			      size_t number, const char *value)
{
	char text[32];

	snprintf(text, sizeof(text), "%s%zu", name, number);
	ktb_plots_set_text(plot, text, value);
}

static void write_points(struct ktb_plot *plot,
			 const struct ktb_trend_series *series)
{
	const struct ktb_trend_point *point;
	size_t i;

	fprintf(plot->data,
		"# Results\n# number\tvalue\trun\tcreated\tkernel\tsamples\n");
	for (i = 0; i < series->nr; i++) {
		point = &series->points[i];
		fprintf(plot->data,
			"%zu\t%" PRId64 "\t%s\t%s\t%s\t%" PRId64 "\n", i + 1,
			point->figure->value, point->result->run,
			point->result->created, point->result->kernel,
			point->figure->count);
	}
}

static void write_steps(struct ktb_plot *plot,
			const struct ktb_trend_series *series)
{
	const struct ktb_trend_change *change = series->changes;
	size_t i;

	fprintf(plot->data, "\n\n# Medians\n# first\tlast\tmedian\n");
	for (i = 0; i < series->nr_changes; i++, change++)
		fprintf(plot->data, "%zu\t%zu\t%" PRId64 "\n",
			change->found.first + 1, change->found.at,
			change->before);
	if (series->nr_changes)
		fprintf(plot->data, "%zu\t%zu\t%" PRId64 "\n",
			change[-1].found.at + 1, change[-1].found.end,
			change[-1].after);
	else
		fprintf(plot->data, "1\t%zu\t%" PRId64 "\n", series->nr,
			series->median);
}

static void set_axes(struct ktb_plot *plot,
		     const struct ktb_trend_series *series)
{
	const struct ktb_history_figure *figure = series->points->figure;
	int64_t least = INT64_MAX, most = INT64_MIN, span, divisor;
	const char *unit;
	char text[160];
	size_t i;

	for (i = 0; i < series->nr; i++) {
		if (series->points[i].figure->value < least)
			least = series->points[i].figure->value;
		if (series->points[i].figure->value > most)
			most = series->points[i].figure->value;
	}
	span = most - least;
	if (!span)
		span = most / 10 ? most / 10 : 1;
	divisor = ktb_scale_divisor(series->scale, most);
	unit = ktb_scale_label(series->scale, divisor);
	snprintf(text, sizeof(text), "%.60s %.16s%s%s", figure->metric,
		 figure->quantile, *unit ? ", " : "", unit);
	ktb_plots_set_text(plot, "ylab", text);
	ktb_plots_set(plot, "unit", divisor);
	ktb_plots_set(plot, "points", (int64_t)series->nr);
	/* There is room above for the words of the changes. */
	ktb_plots_set(plot, "from", least - span / 10 - 1);
	ktb_plots_set(plot, "to", most + span / 3 + 1);
}

static void set_tics(struct ktb_plot *plot,
		     const struct ktb_trend_series *series)
{
	const struct ktb_history_result *result;
	char kernel[16], date[11];
	size_t at, nr = 0;

	while ((at = ktb_plots_pick(series->nr, TREND_TICS, nr)) < series->nr) {
		result = series->points[at].result;
		snprintf(date, sizeof(date), "%s", result->created);
		snprintf(kernel, sizeof(kernel), "%s", result->kernel);
		nr++;
		set_numbered_text(plot, "date", nr, date);
		set_numbered_text(plot, "kernel", nr, kernel);
		set_numbered(plot, "tic", nr, (int64_t)at + 1);
	}
	ktb_plots_set(plot, "tics", (int64_t)nr);
}

static void set_changes(struct ktb_plot *plot,
			const struct ktb_trend_series *series)
{
	const struct ktb_trend_change *change;
	char text[64];
	size_t i;

	for (i = 0; i < series->nr_changes; i++) {
		change = &series->changes[i];
		snprintf(text, sizeof(text), "%s %+.2f %%%s%s",
			 ktb_trend_told_word(change->word), change->percent,
			 change->row ? ", " : "",
			 change->row ? change->row->word : "");
		set_numbered_text(plot, "word", i + 1, text);
		set_numbered(plot, "at", i + 1, (int64_t)change->found.at + 1);
		set_numbered(plot, "mark", i + 1, trend_marks[change->word]);
	}
	ktb_plots_set(plot, "changes", (int64_t)series->nr_changes);
}

static int add(struct ktb_trend_pictures *pictures,
	       const struct ktb_trend_series *series, const struct ktb_job *job)
{
	const char *remark = ktb_trend_told_lane(series);
	struct ktb_plot *plot =
		ktb_plots_begin(&pictures->plots, &trend_kind, job);
	char name[256];

	if (!plot)
		return pictures->plots.fault->code;
	write_points(plot, series);
	write_steps(plot, series);
	set_axes(plot, series);
	set_tics(plot, series);
	set_changes(plot, series);
	ktb_plots_set_text(plot, "lane", remark);
	ktb_trend_told_name(series, name, sizeof(name));
	ktb_plots_title(plot, "%s, lane %s", name,
			series->points->result->lane);
	ktb_plots_remark(
		plot,
		"%zu results, of which the last is %s. A point is one result; steps are medians between the changes; the axis does not begin at 0. Lane %s%s%s.",
		series->nr, series->points[series->nr - 1].result->run,
		series->points->result->lane, *remark ? ": " : "", remark);
	return ktb_plots_end(&pictures->plots, plot);
}

/* Those with a change in the order of the changes, then all others. */
static void choose(struct ktb_trend_pictures *pictures)
{
	const struct ktb_trend_page *page = pictures->page;
	const struct ktb_trend_series *series;
	size_t nr = 0, i, j;

	for (i = 0; i < page->nr_refs; i++) {
		series = page->refs[i].series;
		for (j = 0; j < nr && pictures->drawn[j] != series; j++)
			;
		if (j == nr)
			pictures->drawn[nr++] = series;
	}
	for (i = 0; pictures->is_all && i < page->trend->nr; i++)
		if (!page->trend->series[i].nr_changes)
			pictures->drawn[nr++] = &page->trend->series[i];
	pictures->nr_drawn = nr < KTB_PLOTS_MAX ? nr : KTB_PLOTS_MAX;
	pictures->nr_left_out = nr - pictures->nr_drawn;
}

static bool prepare(struct ktb_trend_pictures *pictures, const char *dir)
{
	size_t nr = pictures->page->trend->nr + 1;
	struct ktb_findings *frame = &pictures->frame;

	frame->reader.dir = strdup(dir);
	pictures->drawn = calloc(nr, sizeof(*pictures->drawn));
	frame->jobs = calloc(nr, sizeof(*frame->jobs));
	if (!frame->reader.dir || !pictures->drawn || !frame->jobs)
		return false;
	choose(pictures);
	frame->nr_jobs = pictures->nr_drawn;
	return true;
}

int ktb_plot_trend_draw(struct ktb_trend_pictures *pictures, const char *dir,
			bool all, const char *gnuplot, struct ktb_fault *fault)
{
	struct ktb_findings *frame = &pictures->frame;
	int ret = 0;
	size_t i;

	pictures->is_all = all;
	if (!prepare(pictures, dir))
		return ktb_fault_memory(fault);
	ret = ktb_plots_open(&pictures->plots, frame, fault);
	for (i = 0; !ret && i < pictures->nr_drawn; i++) {
		frame->jobs[i].name = pictures->drawn[i]->points->figure->job;
		ret = add(pictures, pictures->drawn[i], &frame->jobs[i]);
	}
	return ret ? ret : ktb_draw_all(&pictures->plots, gnuplot);
}

void ktb_plot_trend_free(struct ktb_trend_pictures *pictures)
{
	ktb_plots_free(&pictures->plots);
	free(pictures->frame.reader.dir);
	free(pictures->frame.jobs);
	free(pictures->drawn);
	memset(pictures, 0, sizeof(*pictures));
}
