// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The summary on the terminal: what was measured, the worst, a line a cell, or a
 * line a call.
 */
#include <string.h>

#include "burden.h"
#include "injected.h"
#include "out.h"
#include "schedule.h"
#include "shape.h"
#include "verdicts.h"

/* Cells of a job; the others are in report.html. */
#define TEXT_ROWS    24
/* Cells of a job with calls that stand side by side. */
#define TEXT_COLUMNS 6
/* Letters of what a line is of, at least. */
#define TEXT_LABEL   32

static void text_opening(const struct ktb_findings *findings, FILE *to)
{
	const struct ktb_reader *reader = &findings->reader;
	const json_t *environment =
		json_object_get(reader->root, "environment");
	const char *state = ktb_reader_string(reader, "state");
	const struct ktb_tally *tally;
	const json_t *element;
	char sentence[512];
	size_t i;

	fprintf(to, "%s, %s, kernel %s, lane %s%s%s\n",
		ktb_reader_string(reader, "run"),
		ktb_shape_string(environment, "cpu_model"),
		ktb_shape_string(environment, "kernel"),
		ktb_reader_lane_name(reader->lane),
		*ktb_reader_lane_remark(reader->lane) ? ": " : "",
		ktb_reader_lane_remark(reader->lane));
	if (strcmp(state, "complete"))
		fprintf(to, "the run is %s: %s\n", state,
			ktb_reader_string(reader, "state_reason"));
	if ((json_int_t)reader->nr_lines <
	    ktb_shape_integer(reader->root, "cells_planned"))
		fprintf(to, "%zu of %lld planned repetitions are there\n",
			reader->nr_lines,
			(long long)ktb_shape_integer(reader->root,
						     "cells_planned"));
	if (*ktb_schedule_sentence(findings, sentence, sizeof(sentence)))
		fprintf(to, "%s\n", sentence);
	if (*ktb_injected_sentence(reader->root, sentence, sizeof(sentence)))
		fprintf(to, "%s\n", sentence);
	if (*ktb_verdicts_sentence(json_object_get(reader->root, "checks"),
				   sentence, sizeof(sentence)))
		fprintf(to, "%s\n", sentence);
	json_array_foreach(json_object_get(reader->root, "left_out"), i,
			   element)
		fprintf(to, "left out: %s\n", json_string_value(element));
	for (i = 0; i < reader->nr_workloads; i++) {
		tally = &findings->tallies[i];
		fprintf(to,
			"%s%s: cells %zu, repetitions %zu (invalid %zu), "
			"samples %s, lost %s, missed %s, early %s, "
			"overflow %s\n",
			tally->workload->name,
			ktb_reader_workload_remark(tally->workload),
			tally->nr_cells, tally->nr_repetitions,
			tally->nr_invalid, ktb_scale_count(tally->samples).s,
			ktb_scale_count(tally->lost).s,
			ktb_scale_count(tally->missed).s,
			ktb_scale_count(tally->early).s,
			ktb_scale_count(tally->overflow).s);
	}
}

static void text_evidence(const struct ktb_workload *workload,
			  const struct ktb_sample *sample, FILE *to)
{
	if (workload->is_user)
		fprintf(to, "thread %s", sample->comm);
	else
		fprintf(to, "CPU %s, %s %s", sample->is_idle ? "idle" : "busy",
			sample->is_in_thread ? "in" : "ran", sample->comm);
}

static void text_worst(const struct ktb_findings *findings, FILE *to)
{
	const struct ktb_summary *summary;
	const struct ktb_sample *sample;
	struct ktb_text when;
	char label[160];
	bool same_clock;
	size_t i;

	if (!findings->nr_worst)
		return;
	fputs("\nthe worst, beyond what was allowed:\n", to);
	for (i = 0; i < findings->nr_worst; i++) {
		sample = &findings->worst[i];
		summary = ktb_findings_summary(findings, sample);
		ktb_summary_title(summary, label, sizeof(label));
		same_clock = ktb_findings_when(findings, sample, &when);
		fprintf(to, "  %12s  %s %s, CPU %d, %s%s after the start, ",
			ktb_scale_text(
				summary->workload->primary ?
					summary->workload->primary->scale :
					KTB_SCALE_NS,
				sample->excess)
				.s,
			summary->job, label, sample->cpu,
			same_clock ? "" : "in the window from ", when.s);
		text_evidence(summary->workload, sample, to);
		if (sample->nr_alike)
			fprintf(to, ", %u more within 1 ms", sample->nr_alike);
		fputs(sample->is_valid ? "\n" : ", INVALID\n", to);
	}
}

static const char *text_quantile(const struct ktb_metric *metric,
				 const struct ktb_figures *figures,
				 enum ktb_quantile q, struct ktb_text *text)
{
	if (!figures->at[q].is_supported)
		return "n too small";
	*text = ktb_summary_bound(metric->scale, &figures->at[q].value);
	return text->s;
}

/* What a distribution of a cell comes to, under the head of text_cells(). */
static void text_figures(const struct ktb_summary *summary,
			 const struct ktb_metric *metric, FILE *to)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	struct ktb_text p50, p99, p99_9;

	fprintf(to, " %12s %8s %8s %12s %12s %12s %12s",
		ktb_scale_count(figures->count).s,
		ktb_scale_count(ktb_summary_lost(summary)).s,
		ktb_scale_count(ktb_schedule_missed(summary)).s,
		text_quantile(metric, figures, KTB_QUANTILE_P50, &p50),
		text_quantile(metric, figures, KTB_QUANTILE_P99, &p99),
		text_quantile(metric, figures, KTB_QUANTILE_P99_9, &p99_9),
		figures->count ? ktb_scale_text(metric->scale, figures->max).s :
				 "no samples");
}

static void text_row(const struct ktb_summary *summary, int width, FILE *to)
{
	const struct ktb_metric *served = summary->workload->served;
	char label[160];

	ktb_summary_title(summary, label, sizeof(label));
	fprintf(to, "  %-*s", width, label);
	text_figures(summary, summary->workload->primary, to);
	fputs(summary->is_valid ? "\n" : "  INVALID\n", to);
	if (!served || !ktb_schedule_tells(summary, served))
		return;
	fprintf(to, "    %-*s", width - 2, served->title);
	text_figures(summary, served, to);
	fputc('\n', to);
}

/* A line of a job's cells: what each has of something. */
static void text_columns(const struct ktb_summary *cells, size_t nr,
			 const char *what, const char *name,
			 void (*get)(const struct ktb_summary *cell,
				     const char *name, struct ktb_text *text),
			 FILE *to)
{
	struct ktb_text text;
	size_t i;

	fprintf(to, "  %-*s", TEXT_LABEL, what);
	for (i = 0; i < nr; i++) {
		get(&cells[i], name, &text);
		fprintf(to, " %12s", text.s);
	}
	fputc('\n', to);
}

static void text_get_cell(const struct ktb_summary *cell, const char *name,
			  struct ktb_text *text)
{
	snprintf(text->s, sizeof(text->s), "%lld", (long long)cell->cell);
}

static void text_get_setting(const struct ktb_summary *cell, const char *name,
			     struct ktb_text *text)
{
	*text = ktb_summary_setting(cell, name);
}

static void text_get_count(const struct ktb_summary *cell, const char *name,
			   struct ktb_text *text)
{
	*text = ktb_scale_count(
		ktb_summary_figures(cell,
				    ktb_reader_metric(cell->workload, name))
			->count);
}

static void text_get_lost(const struct ktb_summary *cell, const char *name,
			  struct ktb_text *text)
{
	*text = ktb_scale_count(ktb_summary_lost(cell));
}

static void text_get_missed(const struct ktb_summary *cell, const char *name,
			    struct ktb_text *text)
{
	*text = ktb_scale_count(ktb_schedule_missed(cell));
}

static void text_get_validity(const struct ktb_summary *cell, const char *name,
			      struct ktb_text *text)
{
	snprintf(text->s, sizeof(text->s), "%s",
		 cell->is_valid ? "ok" : "INVALID");
}

static void text_get_p50(const struct ktb_summary *cell, const char *name,
			 struct ktb_text *text)
{
	const struct ktb_metric *call = ktb_reader_metric(cell->workload, name);
	const struct ktb_figures *figures = ktb_summary_figures(cell, call);

	if (figures->at[KTB_QUANTILE_P50].is_supported)
		*text = ktb_summary_in(ktb_scale_nano(call->scale),
				       &figures->at[KTB_QUANTILE_P50].value);
	else
		snprintf(text->s, sizeof(text->s), "%s",
			 figures->count ? "n too small" : "no samples");
}

/* A row a call, a column a cell. */
static void text_call_columns(const struct ktb_summary *cells, size_t nr,
			      FILE *to)
{
	const struct ktb_workload *workload = cells->workload;
	const struct ktb_metric *metric;
	const json_t *name;
	char what[64];
	size_t i;

	text_columns(cells, nr, "cell", NULL, text_get_cell, to);
	json_array_foreach(cells->swept, i, name)
		text_columns(cells, nr, json_string_value(name),
			     json_string_value(name), text_get_setting, to);
	if (workload->primary) {
		snprintf(what, sizeof(what), "n of %s",
			 workload->primary->name);
		text_columns(cells, nr, what, workload->primary->name,
			     text_get_count, to);
	}
	text_columns(cells, nr, "lost", NULL, text_get_lost, to);
	text_columns(cells, nr, "missed", NULL, text_get_missed, to);
	text_columns(cells, nr, "state", NULL, text_get_validity, to);
	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (metric->is_distribution && metric->is_call)
			text_columns(cells, nr, metric->name, metric->name,
				     text_get_p50, to);
	}
}

static void text_calls(const struct ktb_findings *findings,
		       const struct ktb_job *job, FILE *to)
{
	const struct ktb_summary *cells = &findings->summaries[job->first];
	enum ktb_scale scale = ktb_reader_call_scale(job->workload);
	size_t nr = job->nr < TEXT_ROWS ? job->nr : TEXT_ROWS;
	size_t i;

	for (i = 0; i < nr; i += TEXT_COLUMNS) {
		fprintf(to, "%s  p50 of one call, %s\n", i ? "\n" : "",
			ktb_scale_label(scale, ktb_scale_nano(scale)));
		text_call_columns(&cells[i],
				  nr - i < TEXT_COLUMNS ? nr - i : TEXT_COLUMNS,
				  to);
	}
	if (job->nr > nr)
		fprintf(to, "  ... %zu more cells in report.html\n",
			job->nr - nr);
}

static void text_cells(const struct ktb_findings *findings,
		       const struct ktb_job *job, FILE *to)
{
	const struct ktb_summary *cells = &findings->summaries[job->first];
	size_t nr = job->nr < TEXT_ROWS ? job->nr : TEXT_ROWS;
	char label[160], remark[256];
	int width = TEXT_LABEL;
	size_t i;

	for (i = 0; i < nr; i++) {
		ktb_summary_title(&cells[i], label, sizeof(label));
		if ((int)strlen(label) > width)
			width = (int)strlen(label);
	}
	if (*ktb_schedule_remark(cells, job->nr, remark, sizeof(remark)))
		fprintf(to, "  %s\n", remark);
	fprintf(to, "  %-*s %12s %8s %8s %12s %12s %12s %12s\n", width,
		job->workload->primary->name, "n", "lost", "missed", "p50",
		"p99", "p99.9", "max");
	for (i = 0; i < nr; i++)
		text_row(&cells[i], width, to);
	if (job->nr > nr)
		fprintf(to, "  ... %zu more in report.html\n", job->nr - nr);
}

static void text_job(const struct ktb_findings *findings,
		     const struct ktb_job *job, FILE *to)
{
	char sentence[512];

	fprintf(to, "\n%s%s: %s\n", job->name,
		ktb_reader_workload_remark(job->workload), job->question);
	if (*job->company)
		fprintf(to, "  %s\n", job->company);
	if (*ktb_burden_sentence(findings, job, sentence, sizeof(sentence)))
		fprintf(to, "  measuring: %s\n", sentence);
	if (job->workload->primary && !ktb_reader_is_of_calls(job->workload))
		text_cells(findings, job, to);
	if (job->workload->nr_calls)
		text_calls(findings, job, to);
}

void ktb_out_text(const struct ktb_page *page, FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	size_t skipped = 0, i;

	text_opening(findings, to);
	text_worst(findings, to);
	for (i = 0; i < findings->nr_jobs; i++)
		text_job(findings, &findings->jobs[i], to);
	for (i = 0; i < page->plots->nr; i++)
		skipped += page->plots->items[i]->skipped != NULL;
	fputc('\n', to);
	if (!page->no_plots)
		fprintf(to, "pictures: %zu drawn, %zu skipped, %zu left out\n",
			page->plots->nr - skipped, skipped,
			page->plots->nr_left_out);
	fprintf(to, "report: %s/report.html\n", findings->reader.dir);
}
