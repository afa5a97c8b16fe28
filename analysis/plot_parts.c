// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "parts": what lateness is made of, by the wheel level that the
 * timers were queued at; by cell where a workload has no wheel.
 *
 * Bars are means, because means add up to the whole and quantiles do not; the
 * whisker ends at the largest sample.
 */
#include <inttypes.h>
#include <string.h>

#include "draw.h"
#include "plot_kinds.h"

#define PARTS_GROUPS 12
#define PARTS_MAX    6
#define PARTS_LEVELS 9

/* The means of several cells, weighed by their samples. */
struct parts_bar {
	__int128 sum;
	uint64_t count;
	int64_t max;
};

struct parts_group {
	char label[96];
	struct parts_bar bar[PARTS_MAX];
};

struct parts {
	const struct ktb_metric *metric[PARTS_MAX];
	size_t nr_metrics;
	struct parts_group group[PARTS_GROUPS];
	size_t nr_groups;
	size_t nr_left_out;
	uint64_t lost;
	bool by_level;
};

static void parts_find_metrics(struct parts *parts,
			       const struct ktb_workload *workload)
{
	const struct ktb_metric *metric;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (metric->is_distribution && metric->is_part &&
		    parts->nr_metrics < PARTS_MAX)
			parts->metric[parts->nr_metrics++] = metric;
	}
}

/* The levels that hold at least one in a hundred of the expiries, in words. */
static void parts_level(const struct ktb_summary *summary, char *text,
			size_t size)
{
	uint64_t at[PARTS_LEVELS] = { 0 };
	int low = PARTS_LEVELS, high = -1;
	uint64_t all = 0;
	char name[24];
	int i;

	for (i = 0; i < PARTS_LEVELS; i++) {
		snprintf(name, sizeof(name), "level_%d", i);
		ktb_summary_counter(summary, name, &at[i]);
		all += at[i];
	}
	for (i = 0; i < PARTS_LEVELS; i++) {
		if (!at[i] || at[i] < all / 100)
			continue;
		if (low > i)
			low = i;
		high = i;
	}
	if (high < 0)
		snprintf(text, size, "no level");
	else if (low == high)
		snprintf(text, size, "level %d", low);
	else
		snprintf(text, size, "levels %d to %d", low, high);
}

static struct parts_group *parts_group(struct parts *parts, const char *label)
{
	struct parts_group *group;
	size_t i;

	for (i = 0; i < parts->nr_groups; i++)
		if (!strcmp(parts->group[i].label, label))
			return &parts->group[i];
	if (parts->nr_groups == PARTS_GROUPS)
		return NULL;
	group = &parts->group[parts->nr_groups++];
	snprintf(group->label, sizeof(group->label), "%s", label);
	return group;
}

static void parts_add(struct parts *parts, const struct ktb_summary *summary)
{
	const struct ktb_figures *figures;
	struct parts_group *group;
	struct parts_bar *bar;
	char label[96];
	size_t i;

	if (parts->by_level)
		parts_level(summary, label, sizeof(label));
	else
		ktb_summary_title(summary, label, sizeof(label));
	group = parts_group(parts, label);
	if (!group) {
		parts->nr_left_out++;
		return;
	}
	parts->lost += ktb_summary_lost(summary);
	for (i = 0; i < parts->nr_metrics; i++) {
		figures = ktb_summary_figures(summary, parts->metric[i]);
		bar = &group->bar[i];
		if (!figures->count)
			continue;
		if (!bar->count || figures->max > bar->max)
			bar->max = figures->max;
		bar->sum += (__int128)figures->mean * figures->count;
		bar->count += figures->count;
	}
}

static int64_t parts_mean(const struct parts_bar *bar)
{
	return (int64_t)(bar->sum / (__int128)bar->count);
}

static void parts_write(struct ktb_plot *plot, const struct parts *parts)
{
	const struct parts_bar *bar;
	size_t i, j;

	fputs("# parts\n# at\tgroup", plot->data);
	for (j = 0; j < parts->nr_metrics; j++)
		fprintf(plot->data, "\t%s mean\t%s max\t%s mean, text\t%s n",
			parts->metric[j]->name, parts->metric[j]->name,
			parts->metric[j]->name, parts->metric[j]->name);
	fputc('\n', plot->data);
	for (i = 0; i < parts->nr_groups; i++) {
		fprintf(plot->data, "%zu\t%s", i, parts->group[i].label);
		for (j = 0; j < parts->nr_metrics; j++) {
			bar = &parts->group[i].bar[j];
			if (!bar->count) {
				fputs("\t?\t?\t?\t0", plot->data);
				continue;
			}
			fprintf(plot->data,
				"\t%" PRId64 "\t%" PRId64 "\t%s\t%" PRIu64,
				parts_mean(bar), bar->max,
				ktb_scale_text(parts->metric[j]->scale,
					       parts_mean(bar))
					.s,
				bar->count);
		}
		fputc('\n', plot->data);
	}
}

/* Below the axis; the script makes room for them. */
static void parts_labels(struct ktb_plot *plot, const struct parts *parts)
{
	int lines = 1, letters = 0, own;
	size_t i;

	fputs("labels = '(", plot->settings);
	for (i = 0; i < parts->nr_groups; i++) {
		fputs(i ? ", \"" : "\"", plot->settings);
		own = ktb_plots_label(plot->settings, parts->group[i].label,
				      &letters);
		fprintf(plot->settings, "\" %zu", i);
		if (own > lines)
			lines = own;
	}
	fputs(")'\n", plot->settings);
	ktb_plots_set(plot, "lines", lines);
	ktb_plots_set(plot, "letters", letters);
}

static void parts_axis(struct ktb_plot *plot, const struct parts *parts)
{
	int64_t from = INT64_MAX, to = 10, floor = 1;
	const struct parts_bar *bar;
	size_t i, j;

	for (i = 0; i < parts->nr_groups; i++) {
		for (j = 0; j < parts->nr_metrics; j++) {
			bar = &parts->group[i].bar[j];
			if (!bar->count)
				continue;
			if (parts_mean(bar) > 0 && parts_mean(bar) < from)
				from = parts_mean(bar);
			if (bar->max > to)
				to = bar->max;
		}
	}
	while (from != INT64_MAX && floor <= from / 10)
		floor *= 10;
	ktb_plots_set_text(plot, "ylab",
			   ktb_scale_is_instructions(parts->metric[0]->scale) ?
				   "mean, and up to the largest, instructions" :
				   "mean, and up to the largest");
	ktb_plots_set(plot, "floor_at", floor);
	ktb_plots_set_tics(plot, "tics", parts->metric[0]->scale, floor, to);
	ktb_plots_set(plot, "top", to);
	ktb_plots_set(plot, "parts", (int64_t)parts->nr_metrics);
	ktb_plots_set(plot, "groups", (int64_t)parts->nr_groups);
	parts_labels(plot, parts);
	for (j = 0; j < parts->nr_metrics; j++) {
		fprintf(plot->settings, "name%zu = ", j + 1);
		ktb_draw_quote(plot->settings, parts->metric[j]->name);
		fputc('\n', plot->settings);
	}
}

static void parts_gather(struct parts *parts,
			 const struct ktb_findings *findings,
			 const struct ktb_job *job, bool by_level)
{
	size_t i;

	memset(parts, 0, sizeof(*parts));
	parts->by_level = by_level;
	parts_find_metrics(parts, job->workload);
	for (i = job->first; i < job->first + job->nr; i++)
		if (findings->summaries[i].is_valid)
			parts_add(parts, &findings->summaries[i]);
}

int ktb_plot_parts(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		   const struct ktb_job *job)
{
	struct parts parts;
	struct ktb_plot *plot;
	char level[96] = "", left_out[64] = "";

	/* Phases are parts, and shown by a picture of their own. */
	if (!job->workload->primary || job->workload->nr_phases)
		return 0;
	parts_gather(&parts, plots->findings, job,
		     ktb_reader_metric(job->workload, "level_0") != NULL);
	/* All at one level: what the job sweeps says more. */
	if (parts.by_level && parts.nr_groups == 1) {
		snprintf(level, sizeof(level), ", all at %.80s",
			 parts.group[0].label);
		parts_gather(&parts, plots->findings, job, false);
	}
	if (!parts.nr_metrics || !parts.nr_groups)
		return 0;
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	ktb_plots_title(plot, "%s: the parts of %s, by %s%s", job->name,
			job->workload->primary->name,
			parts.by_level ? "wheel level" : "cell", level);
	if (parts.nr_left_out)
		snprintf(left_out, sizeof(left_out),
			 " %zu more cells are in the table only.",
			 parts.nr_left_out);
	ktb_plots_remark(plot,
			 "Bars: means, which add up to the whole. Whiskers: up "
			 "to the largest sample. Lost %s; n of each bar is in "
			 "the data.%s",
			 ktb_scale_count(parts.lost).s, left_out);
	parts_axis(plot, &parts);
	parts_write(plot, &parts);
	return ktb_plots_end(plots, plot);
}
