// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Summaries of cells. It knows metrics, quantiles and settings, and nothing of
 * files or of how things are printed.
 */
#include <stdlib.h>
#include <string.h>

#include "shape.h"
#include "summary.h"

static void summary_make_figures(struct ktb_summary *summary,
				 const struct ktb_pool *pool,
				 struct ktb_ranks *ranks)
{
	const struct ktb_histogram *h;
	struct ktb_figures *figures;
	size_t slot, at;

	for (slot = 0; slot < pool->workload->nr_hists; slot++) {
		h = &pool->totals[slot];
		at = slot * KTB_NR_QUANTILES;
		figures = &summary->figures[slot];
		figures->count = h->count;
		figures->early = h->early;
		figures->overflow = h->overflow;
		figures->sum = h->sum;
		memcpy(figures->range, &pool->ranges[at],
		       sizeof(figures->range));
		memcpy(figures->nr_ranged, &pool->nr_ranged[at],
		       sizeof(figures->nr_ranged));
		if (!h->count)
			continue;
		figures->min = h->min;
		figures->max = h->max;
		figures->mean = ktb_histogram_mean(h);
		figures->sd = ktb_histogram_sd(h);
		if (ranks->samples != h->count)
			ktb_quantile_ranks(ranks, h->count);
		ktb_quantile_estimate(h, ranks, figures->at);
	}
}

static int summary_arm_cpu(const json_t *places, int cpu)
{
	const json_t *place;
	size_t i;

	json_array_foreach(places, i, place)
		if (ktb_shape_integer(place, "cpu") == cpu)
			return (int)ktb_shape_integer(place, "arm_cpu");
	return -1;
}

static void summary_make_brief(struct ktb_brief *brief,
			       const struct ktb_area *area,
			       const struct ktb_pool *pool)
{
	const struct ktb_workload *workload = pool->workload;
	const struct ktb_metric *missed = ktb_reader_metric(workload, "missed");
	const struct ktb_histogram *h;

	brief->cpu = area->cpu;
	brief->node = area->node;
	brief->arm_cpu = summary_arm_cpu(json_object_get(pool->head, "places"),
					 area->cpu);
	if (missed && !missed->is_distribution)
		brief->missed = area->counters[missed->slot];
	if (!workload->primary)
		return;
	h = &area->hists[workload->primary->slot];
	brief->count = h->count;
	brief->early = h->early;
	brief->max = h->max;
	brief->has_p50 = h->count >= ktb_quantile_min_samples(KTB_QUANTILE_P50);
	brief->has_p99 = h->count >= ktb_quantile_min_samples(KTB_QUANTILE_P99);
	if (brief->has_p50)
		brief->p50 = ktb_quantile_bound(h, ktb_quantile_rank(h->count,
								     500000));
	if (brief->has_p99)
		brief->p99 = ktb_quantile_bound(h, ktb_quantile_rank(h->count,
								     990000));
}

static void summary_make_armed(struct ktb_summary *summary,
			       const struct ktb_pool *pool)
{
	const struct ktb_area *area;
	size_t i, j;

	for (i = 0; i < pool->nr_areas; i++) {
		area = &pool->areas[i];
		for (j = 0; j < area->nr_armed; j++) {
			summary->armed += area->armed[j].count;
			if (area->armed[j].cpu != area->cpu)
				summary->armed_elsewhere +=
					area->armed[j].count;
		}
	}
}

/* What the first repetition's line says of all of them. */
static void summary_make_head(struct ktb_summary *summary, const json_t *head)
{
	const json_t *beside = json_object_get(head, "beside");

	summary->cell = ktb_shape_integer(head, "cell");
	summary->beside = json_is_integer(beside) ? json_integer_value(beside) :
						    -1;
	summary->memory_bytes = ktb_shape_integer(head, "memory_bytes");
	summary->timer_bytes = ktb_shape_integer(head, "timer_bytes");
	summary->params = json_incref(json_object_get(head, "params"));
	summary->swept = json_incref(json_object_get(head, "swept"));
	summary->disturb = json_incref(json_object_get(head, "disturb"));
	summary->with = json_incref(json_object_get(head, "with"));
	summary->job = strdup(ktb_shape_string(head, "job"));
	summary->placement = strdup(ktb_shape_string(head, "placement"));
}

bool ktb_summary_make(struct ktb_summary *summary, const struct ktb_pool *pool,
		      struct ktb_ranks *ranks)
{
	const struct ktb_workload *workload = pool->workload;
	size_t i;

	memset(summary, 0, sizeof(*summary));
	summary_make_head(summary, pool->head);
	summary->workload = workload;
	summary->is_valid = pool->is_valid;
	summary->nr_repetitions = pool->nr_repetitions;
	summary->nr_cpus = pool->nr_areas;
	summary->window_ns = pool->window_ns;
	summary->spent = pool->spent;
	summary->raw_dropped = pool->raw_dropped;
	summary->reason = strdup(pool->reason);
	summary->figures =
		calloc(workload->nr_hists + 1, sizeof(*summary->figures));
	summary->counters =
		calloc(workload->nr_counters + 1, sizeof(*summary->counters));
	summary->briefs = calloc(pool->nr_areas + 1, sizeof(*summary->briefs));
	if (!summary->job || !summary->placement || !summary->reason ||
	    !summary->figures || !summary->counters || !summary->briefs)
		return false;
	for (i = 0; i < pool->nr_areas; i++)
		summary_make_brief(&summary->briefs[i], &pool->areas[i], pool);
	memcpy(summary->counters, pool->counters,
	       workload->nr_counters * sizeof(*summary->counters));
	summary_make_figures(summary, pool, ranks);
	summary_make_armed(summary, pool);
	summary->has_worst = pool->nr_samples > 0;
	if (summary->has_worst)
		summary->worst = pool->samples[0];
	return true;
}

void ktb_summary_free(struct ktb_summary *summary)
{
	json_decref(summary->params);
	json_decref(summary->swept);
	json_decref(summary->disturb);
	json_decref(summary->with);
	free(summary->job);
	free(summary->placement);
	free(summary->reason);
	free(summary->figures);
	free(summary->counters);
	free(summary->briefs);
	memset(summary, 0, sizeof(*summary));
}

const struct ktb_figures *ktb_summary_figures(const struct ktb_summary *summary,
					      const struct ktb_metric *metric)
{
	return metric ? &summary->figures[metric->slot] : NULL;
}

bool ktb_summary_counter(const struct ktb_summary *summary, const char *name,
			 uint64_t *value)
{
	const struct ktb_metric *metric =
		ktb_reader_metric(summary->workload, name);

	if (!metric || metric->is_distribution)
		return false;
	*value = summary->counters[metric->slot];
	return true;
}

uint64_t ktb_summary_lost(const struct ktb_summary *summary)
{
	const struct ktb_metric *metric;
	uint64_t lost = 0;
	size_t i;

	for (i = 0; i < summary->workload->nr_metrics; i++) {
		metric = &summary->workload->metrics[i];
		if (metric->is_loss && !metric->is_distribution)
			lost += summary->counters[metric->slot];
	}
	return lost;
}

bool ktb_summary_param(const struct ktb_summary *summary, const char *name,
		       int64_t *value)
{
	const json_t *param = json_object_get(summary->params, name);

	if (!json_is_integer(param))
		return false;
	*value = json_integer_value(param);
	return true;
}

enum ktb_scale ktb_summary_param_scale(const struct ktb_workload *workload,
				       const char *name)
{
	const json_t *param;
	const char *unit;
	size_t i;

	json_array_foreach(workload->params, i, param) {
		if (strcmp(ktb_shape_string(param, "name"), name))
			continue;
		unit = ktb_shape_string(param, "unit");
		if (!strcmp(unit, "ns"))
			return KTB_SCALE_NS;
		if (!strcmp(unit, "bytes"))
			return KTB_SCALE_BYTES;
		if (!strcmp(unit, "count"))
			return KTB_SCALE_COUNT;
		break;
	}
	return KTB_SCALE_NONE;
}

struct ktb_text ktb_summary_setting(const struct ktb_summary *summary,
				    const char *name)
{
	const json_t *param = json_object_get(summary->params, name);
	struct ktb_text text = { "?" };

	if (json_is_string(param))
		snprintf(text.s, sizeof(text.s), "%s",
			 json_string_value(param));
	else if (json_is_integer(param))
		return ktb_scale_setting(
			ktb_summary_param_scale(summary->workload, name),
			json_integer_value(param));
	return text;
}

void ktb_summary_label(const struct ktb_summary *summary, const char *except,
		       char *text, size_t size)
{
	const json_t *element;
	const char *name;
	size_t length = 0;
	size_t i;

	*text = '\0';
	json_array_foreach(summary->swept, i, element) {
		name = json_string_value(element);
		if (except && !strcmp(name, except))
			continue;
		length +=
			(size_t)snprintf(text + length, size - length,
					 "%s%s=%s", length ? " " : "", name,
					 ktb_summary_setting(summary, name).s);
		if (length >= size)
			return;
	}
	if (summary->beside >= 0)
		snprintf(text + length, size - length, "%sbeside cell %lld",
			 length ? " " : "", (long long)summary->beside);
}

void ktb_summary_title(const struct ktb_summary *summary, char *text,
		       size_t size)
{
	ktb_summary_label(summary, NULL, text, size);
	if (!*text)
		snprintf(text, size, "cell %lld", (long long)summary->cell);
}

void ktb_summary_counts(const struct ktb_summary *summary,
			const struct ktb_metric *metric, char *text,
			size_t size)
{
	const struct ktb_figures *figures = ktb_summary_figures(
		summary, metric ? metric : summary->workload->primary);
	uint64_t missed = 0;

	ktb_summary_counter(summary, "missed", &missed);
	snprintf(text, size, "n %s, lost %s, missed %s, early %s, overflow %s",
		 ktb_scale_count(figures ? figures->count : 0).s,
		 ktb_scale_count(ktb_summary_lost(summary)).s,
		 ktb_scale_count(missed).s,
		 ktb_scale_count(figures ? figures->early : 0).s,
		 ktb_scale_count(figures ? figures->overflow : 0).s);
}

struct ktb_text ktb_summary_bound(enum ktb_scale scale,
				  const struct ktb_bound *bound)
{
	struct ktb_text text = { "< 0" };

	if (bound->kind == KTB_BOUND_BUCKET)
		return ktb_scale_text(scale, bound->high);
	if (bound->kind == KTB_BOUND_OVERFLOW)
		snprintf(text.s, sizeof(text.s), "> %.40s",
			 ktb_scale_text(scale, (int64_t)1 << KTB_HIST_MAX_BITS)
				 .s);
	return text;
}

struct ktb_text ktb_summary_in(int64_t divisor, const struct ktb_bound *bound)
{
	static const struct ktb_text early = { "early" };
	static const struct ktb_text overflow = { "overflow" };

	if (bound->kind == KTB_BOUND_BUCKET)
		return ktb_scale_in(divisor, bound->high);
	return bound->kind == KTB_BOUND_EARLY ? early : overflow;
}
