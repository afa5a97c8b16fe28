// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures of cells that stand side by side, in words. It knows nothing of
 * formats.
 */
#include <stdlib.h>
#include <string.h>

#include "schedule.h"
#include "together_shown.h"

/* What is a figure of a distribution, and compared; what is a count. */
static const struct shown_figure {
	const char *name;
	bool is_exact_only;
	bool is_value;
} shown_figures[KTB_NR_SHOWN] = {
	[KTB_SHOWN_MIN] = { "min", true, true },
	[KTB_SHOWN_P50] = { "p50", false, true },
	[KTB_SHOWN_P99] = { "p99", false, true },
	[KTB_SHOWN_MAX] = { "max", false, true },
	[KTB_SHOWN_COUNT] = { "n", false, false },
	[KTB_SHOWN_LOST] = { "lost", false, false },
	[KTB_SHOWN_MISSED] = { "missed", false, false },
};

const char *ktb_shown_name(enum ktb_shown_figure figure)
{
	return shown_figures[figure].name;
}

bool ktb_shown_is_for(enum ktb_shown_figure figure, enum ktb_lane lane)
{
	return !shown_figures[figure].is_exact_only || lane == KTB_LANE_EXACT;
}

static bool shown_is_told(const struct ktb_findings *findings,
			  const struct ktb_job *job,
			  const struct ktb_metric *metric)
{
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++)
		if (ktb_schedule_tells(&findings->summaries[i], metric))
			return true;
	return false;
}

static bool shown_is_in(const struct ktb_findings *findings,
			const struct ktb_job *job,
			const struct ktb_metric *metric, enum ktb_shown_set set)
{
	const struct ktb_workload *workload = job->workload;

	if (!metric->is_distribution)
		return false;
	if (set == KTB_SHOWN_CALLS)
		return metric->is_call;
	if (set == KTB_SHOWN_PARTS)
		return metric->is_part && !metric->is_primary &&
		       !metric->is_call;
	return (metric->is_primary ||
		(metric->is_served && shown_is_told(findings, job, metric))) &&
	       !ktb_reader_is_of_calls(workload);
}

static bool shown_has(const struct ktb_table *table, const char *name)
{
	size_t i;

	for (i = 0; i < table->nr; i++)
		if (!strcmp(table->metrics[i]->name, name))
			return true;
	return false;
}

static bool shown_add(struct ktb_table *table,
		      const struct ktb_findings *findings,
		      const struct ktb_job *job, enum ktb_shown_set set)
{
	const struct ktb_workload *workload = job->workload;
	const struct ktb_metric **metrics;
	const struct ktb_metric *metric;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (!shown_is_in(findings, job, metric, set) ||
		    shown_has(table, metric->name) ||
		    (table->nr && table->metrics[0]->scale != metric->scale))
			continue;
		metrics = reallocarray(table->metrics, table->nr + 1,
				       sizeof(*metrics));
		if (!metrics)
			return false;
		table->metrics = metrics;
		metrics[table->nr++] = metric;
	}
	return true;
}

/* What a figure that is small for this distribution is. */
static int64_t shown_small(const struct ktb_figures *figures)
{
	const struct ktb_estimate *p50 = &figures->at[KTB_QUANTILE_P50];

	if (!figures->count)
		return 0;
	return p50->is_supported && p50->value.kind == KTB_BOUND_BUCKET ?
		       p50->value.high :
		       figures->max;
}

static int64_t shown_smallest(const struct ktb_table *table,
			      const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	int64_t smallest = INT64_MAX, small;
	size_t i, column;

	for (i = 0; i < table->job->nr; i++) {
		for (column = 0; column < table->together->nr; column++) {
			figures = ktb_together_figures(
				ktb_together_summary(
					&table->job->rows[i].at[column]),
				metric);
			small = figures ? shown_small(figures) : 0;
			if (small > 0 && small < smallest)
				smallest = small;
		}
	}
	return smallest;
}

static int64_t shown_divisor(const struct ktb_table *table)
{
	enum ktb_scale scale = table->metrics[0]->scale;
	int64_t smallest = INT64_MAX, small;
	size_t i;

	if (ktb_scale_is_instructions(scale) || scale == KTB_SCALE_PS)
		return ktb_scale_nano(scale);
	for (i = 0; i < table->nr; i++) {
		small = shown_smallest(table, table->metrics[i]);
		if (small < smallest)
			smallest = small;
	}
	return ktb_scale_divisor(scale, smallest == INT64_MAX ? 1 : smallest);
}

bool ktb_shown_table(struct ktb_table *table,
		     const struct ktb_together *together,
		     const struct ktb_shared *job, enum ktb_shown_set set)
{
	size_t i;

	memset(table, 0, sizeof(*table));
	table->together = together;
	table->job = job;
	for (i = 0; i < together->nr; i++)
		if (job->in[i] &&
		    !shown_add(table, together->columns[i].findings, job->in[i],
			       set))
			return false;
	table->divisor = table->nr ? shown_divisor(table) : 1;
	return true;
}

void ktb_shown_table_free(struct ktb_table *table)
{
	free(table->metrics);
	memset(table, 0, sizeof(*table));
}

const char *ktb_shown_label(const struct ktb_table *table,
			    const struct ktb_row *row,
			    const struct ktb_metric *metric)
{
	const struct ktb_summary *summary;
	size_t i;

	if (!metric->is_served)
		return ktb_together_label(row);
	for (i = 0; i < table->together->nr; i++) {
		summary = ktb_together_summary(&row->at[i]);
		if (summary && ktb_schedule_missed(summary))
			return metric->title;
	}
	return NULL;
}

static void shown_say(struct ktb_shown *shown, const char *text)
{
	snprintf(shown->text.s, sizeof(shown->text.s), "%s", text);
}

static void shown_set(struct ktb_shown *shown, int64_t value,
		      struct ktb_text text)
{
	shown->value = value;
	shown->text = text;
	shown->is_known = true;
}

static void shown_quantile(struct ktb_shown *shown,
			   const struct ktb_figures *figures,
			   enum ktb_quantile q, int64_t divisor)
{
	const struct ktb_estimate *estimate = &figures->at[q];

	if (!estimate->is_supported) {
		shown_say(shown, "n too small");
		return;
	}
	shown->text = ktb_summary_in(divisor, &estimate->value);
	shown->is_known = estimate->value.kind == KTB_BOUND_BUCKET;
	shown->value = estimate->value.high;
}

static void shown_figure(struct ktb_shown *shown,
			 const struct ktb_summary *summary,
			 const struct ktb_figures *figures,
			 enum ktb_shown_figure figure, int64_t divisor)
{
	uint64_t lost = ktb_summary_lost(summary);
	uint64_t missed = ktb_schedule_missed(summary);

	if (figure == KTB_SHOWN_COUNT)
		shown_set(shown, (int64_t)figures->count,
			  ktb_scale_count(figures->count));
	else if (figure == KTB_SHOWN_LOST)
		shown_set(shown, (int64_t)lost, ktb_scale_count(lost));
	else if (figure == KTB_SHOWN_MISSED)
		shown_set(shown, (int64_t)missed, ktb_scale_count(missed));
	else if (!figures->count)
		shown_say(shown, "no samples");
	else if (figure == KTB_SHOWN_P50)
		shown_quantile(shown, figures, KTB_QUANTILE_P50, divisor);
	else if (figure == KTB_SHOWN_P99)
		shown_quantile(shown, figures, KTB_QUANTILE_P99, divisor);
	else if (figure == KTB_SHOWN_MIN)
		shown_set(shown, figures->min,
			  ktb_scale_in(divisor, figures->min));
	else
		shown_set(shown, figures->max,
			  ktb_scale_in(divisor, figures->max));
	shown->is_loss = figure == KTB_SHOWN_LOST && lost;
}

static void shown_one(struct ktb_shown *shown, const struct ktb_table *table,
		      const struct ktb_place *place,
		      const struct ktb_metric *metric,
		      enum ktb_shown_figure figure)
{
	const struct ktb_summary *summary = ktb_together_summary(place);
	const struct ktb_figures *figures =
		ktb_together_figures(summary, metric);

	memset(shown, 0, sizeof(*shown));
	if (figures)
		shown_figure(shown, summary, figures, figure, table->divisor);
	else
		shown_say(shown, summary ? "no such metric" : "not there");
}

void ktb_shown_get(struct ktb_shown *shown, const struct ktb_table *table,
		   const struct ktb_row *row, const struct ktb_metric *metric,
		   size_t column, enum ktb_shown_figure figure)
{
	struct ktb_shown first;

	shown_one(shown, table, &row->at[column], metric, figure);
	/* What lost samples is not held against anything. */
	if (!column || !shown_figures[figure].is_value || !shown->is_known ||
	    !row->at[column].good || !row->at[0].good ||
	    ktb_together_lane(table->together) != KTB_LANE_EXACT)
		return;
	shown_one(&first, table, &row->at[0], metric, figure);
	if (!first.is_known)
		return;
	if (shown->value == first.value)
		strcpy(shown->change.s, "=");
	else
		snprintf(shown->change.s, sizeof(shown->change.s), "%s%.60s",
			 shown->value > first.value ? "+" : "",
			 ktb_scale_in(table->divisor,
				      shown->value - first.value)
				 .s);
}
