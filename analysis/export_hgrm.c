// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * HdrHistogram's percentile distribution, of one metric, as its
 * outputPercentileDistribution() prints it. It may not know statistics.
 *
 * ktb_hist.h has the buckets of HdrHistogram(lowest 1, 2 significant digits). There is
 * a line a bucket, not a line a step of the percentile, so that no count is lost; early
 * samples are below 0 and those past the last bucket at the maximum, which is all that
 * is known of them.
 */
#include <stdlib.h>
#include <string.h>

#include "export_formats.h"
#include "schedule.h"

/* 2 significant digits: twice 128 buckets, then 128 a power of two. */
#define SUB_BUCKETS (2U << KTB_HIST_SUB_BITS)
#define BUCKETS	    (KTB_HIST_NR / (SUB_BUCKETS / 2) - 1)

/* A metric of a cell, by name. */
struct export_choice {
	const struct ktb_summary *summary;
	const struct ktb_metric *metric;
	char cell[256];
	char name[512];
};

/* What the user's words choose, and what there is to choose from. */
struct export_choices {
	const char *words;
	struct export_choice found;
	size_t nr_found;
	size_t nr;
	size_t nr_shown;
	char all[600];
};

static bool is_chosen(const struct export_choice *choice, const char *words)
{
	const size_t job = strlen(choice->summary->job);

	if (!words || !strcmp(choice->name, words))
		return true;
	/* The cell may be left out. */
	return !strncmp(words, choice->summary->job, job) &&
	       words[job] == '/' &&
	       !strcmp(words + job + 1, choice->metric->name);
}

/* The list is for people, who know the rest by what it begins with. */
static void mention(struct export_choices *choices, const char *name)
{
	const size_t length = strlen(choices->all);

	if (choices->nr_shown == choices->nr &&
	    length + strlen(name) + 3 < sizeof(choices->all)) {
		snprintf(choices->all + length, sizeof(choices->all) - length,
			 "%s%s", length ? ", " : "", name);
		choices->nr_shown++;
	}
	choices->nr++;
}

static void offer(struct export_choices *choices,
		  const struct ktb_summary *summary,
		  const struct ktb_metric *metric)
{
	struct export_choice choice = { .summary = summary, .metric = metric };

	ktb_summary_label(summary, NULL, choice.cell, sizeof(choice.cell));
	snprintf(choice.name, sizeof(choice.name), "%.200s/%s%s%.50s",
		 summary->job, choice.cell, *choice.cell ? "/" : "",
		 metric->name);
	mention(choices, choice.name);
	if (!is_chosen(&choice, choices->words))
		return;
	if (!choices->nr_found++)
		choices->found = choice;
}

static void offer_all(struct export_choices *choices,
		      const struct ktb_findings *result)
{
	const struct ktb_summary *summary = result->summaries;
	const struct ktb_metric *metric;
	size_t i;

	for (; summary < result->summaries + result->nr_summaries; summary++)
		for (i = 0;
		     summary->is_valid && i < summary->workload->nr_metrics;
		     i++) {
			metric = &summary->workload->metrics[i];
			if (metric->is_distribution &&
			    ktb_summary_figures(summary, metric)->count)
				offer(choices, summary, metric);
		}
}

static int choose(struct export_choices *choices,
		  const struct ktb_findings *result, struct ktb_fault *fault)
{
	offer_all(choices, result);
	if (choices->nr_found == 1)
		return 0;
	if (!choices->nr)
		return ktb_fault_set(
			fault, KTB_EXPORT_NOTHING,
			"%s: no valid cell has samples, and there is nothing to export",
			result->reader.dir);
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s: %s%s%s %s; an hgrm is of one metric: give --metric JOB[/CELL]/METRIC, one of these %zu: %s%s",
		result->reader.dir, choices->words ? "--metric '" : "",
		choices->words ? choices->words : "it has several metrics",
		choices->words ? "'" : "",
		!choices->words	  ? "and no --metric says which" :
		choices->nr_found ? "fits several" :
				    "fits none",
		choices->nr, choices->all,
		choices->nr_shown < choices->nr ? ", ..." : "");
}

/* The valid cell of another result that is the chosen one's boot. */
static const struct ktb_summary *find(const struct export_choice *choice,
				      const struct ktb_findings *result)
{
	const struct ktb_summary *summary = result->summaries;
	char cell[256];

	for (; summary < result->summaries + result->nr_summaries; summary++) {
		if (!summary->is_valid ||
		    strcmp(summary->job, choice->summary->job))
			continue;
		ktb_summary_label(summary, NULL, cell, sizeof(cell));
		if (!strcmp(cell, choice->cell))
			return summary;
	}
	return NULL;
}

static int merge(struct ktb_histogram *into, const struct export_choice *choice,
		 const struct ktb_findings *result, struct ktb_fault *fault)
{
	const struct ktb_summary *summary = find(choice, result);
	const struct ktb_reader *reader = &result->reader;
	const struct ktb_metric *metric;
	struct ktb_pool pool;
	int ret;

	/* Another module may have other metrics before it. */
	metric = summary ? ktb_reader_metric(summary->workload,
					     choice->metric->name) :
			   NULL;
	if (!metric || !metric->is_distribution ||
	    !ktb_export_figures_alike(summary, choice->summary))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: it has no valid cell of %s, or measured it with other settings; leave this result out",
			reader->dir, choice->name);
	if (!ktb_schedule_is_same(summary, choice->summary))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: periods of %s were missed, and not all results tell how late those were; leave this result out",
			reader->dir, choice->name);
	ret = ktb_pool_load(&pool, reader, summary->first_line,
			    summary->nr_lines, fault);
	if (!ret && !ktb_histogram_merge(into, &pool.totals[metric->slot]))
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: its histogram of %s is too large to be added",
			reader->dir, choice->name);
	ktb_pool_free(&pool);
	return ret;
}

/* @below samples are not above @value; the percentile may be a lower one. */
static void line(FILE *to, int64_t value, uint64_t below, uint64_t percentile,
		 uint64_t count)
{
	fprintf(to, "%12.2f %2.12f %10llu", (double)value,
		(double)percentile / (double)count, (unsigned long long)below);
	/* The last one has no such number. */
	if (percentile < count)
		fprintf(to, " %14.2f",
			(double)count / (double)(count - percentile));
	fputc('\n', to);
}

static void lines(FILE *to, const struct ktb_histogram *h)
{
	uint64_t below = h->early;
	unsigned int i;

	fprintf(to, "%12s %14s %10s %14s\n\n", "Value", "Percentile",
		"TotalCount", "1/(1-Percentile)");
	if (below)
		line(to, -1, below, below, h->count);
	for (i = 0; i < KTB_HIST_NR; i++) {
		if (!h->bucket[i])
			continue;
		/* HdrHistogram begins at 0, where curves do. */
		if (!below)
			line(to, (int64_t)ktb_hist_high(i), h->bucket[i], 0,
			     h->count);
		below += h->bucket[i];
		line(to, (int64_t)ktb_hist_high(i), below, below, h->count);
	}
	if (h->overflow)
		line(to, h->max, h->count, h->count, h->count);
}

static void foot(FILE *to, const struct ktb_histogram *h)
{
	fprintf(to, "#[Mean    = %12.2f, StdDeviation   = %12.2f]\n",
		(double)h->sum / (double)h->count, (double)ktb_histogram_sd(h));
	fprintf(to, "#[Max     = %12.2f, Total count    = %12llu]\n",
		(double)h->max, (unsigned long long)h->count);
	fprintf(to, "#[Buckets = %12u, SubBuckets     = %12u]\n", BUCKETS,
		SUB_BUCKETS);
}

static void remark(FILE *to, const struct ktb_export *export,
		   const struct export_choice *choice,
		   const struct ktb_histogram *h, uint64_t lost,
		   uint64_t missed)
{
	const struct ktb_reader *reader = &export->results[0].reader;

	fprintf(to,
		"#[ktbench %s, unit %s, results %zu, lost %llu, missed %llu, over %s, ",
		choice->name, ktb_export_unit(choice->metric->scale)->own,
		export->nr_results, (unsigned long long)lost,
		(unsigned long long)missed,
		ktb_schedule_over(choice->summary, choice->metric));
	fprintf(to, "early %llu, overflow %llu, lane %s, kernel %s]\n",
		(unsigned long long)h->early, (unsigned long long)h->overflow,
		ktb_reader_lane_name(reader->lane),
		ktb_export_kernel(&export->results[0]));
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	struct export_choices choices = { .words = export->metric };
	struct ktb_histogram *sum = malloc(sizeof(*sum));
	const struct ktb_summary *summary;
	uint64_t lost = 0, missed = 0;
	size_t i;
	int ret;

	if (!sum)
		return ktb_fault_memory(fault);
	ktb_histogram_init(sum);
	ret = choose(&choices, &export->results[0], fault);
	for (i = 0; !ret && i < export->nr_results; i++) {
		ret = merge(sum, &choices.found, &export->results[i], fault);
		if (ret)
			break;
		summary = find(&choices.found, &export->results[i]);
		lost += ktb_summary_lost(summary);
		missed += ktb_schedule_missed(summary);
	}
	if (!ret) {
		lines(to, sum);
		foot(to, sum);
		remark(to, export, &choices.found, sum, lost, missed);
	}
	free(sum);
	return ret;
}

const struct ktb_export_format ktb_export_format_hgrm = {
	.name = "hgrm",
	.what = "HdrHistogram's plotter (percentile distribution of --metric)",
	.takes = KTB_EXPORT_TAKES_BOOTS,
	.takes_metric = true,
	.write = write_document,
};
