// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a history keeps of one result: where it is from, and each quantile that the
 * sample supports of each good cell. It knows nothing of directories and files.
 */
#include <inttypes.h>
#include <string.h>

#include "history_take.h"
#include "schedule.h"
#include "shape.h"

static uint64_t digest_integer(uint64_t digest, json_int_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	return ktb_history_digest(digest, text);
}

static const char *hex(struct ktb_history *history, uint64_t digest)
{
	char text[32];

	snprintf(text, sizeof(text), "%016" PRIx64, digest);
	return ktb_history_word(history, text);
}

/* The machine as the plan saw it: which CPU shares what with which. */
static const char *topology(struct ktb_history *history, const json_t *root)
{
	static const char *const levels[] = { "cpu", "core", "package", "l3",
					      "node" };
	uint64_t digest = 0;
	const json_t *cpu;
	size_t i, j;

	json_array_foreach(json_object_get(root, "cpus"), i, cpu)
		for (j = 0; j < sizeof(levels) / sizeof(levels[0]); j++)
			digest = digest_integer(
				digest, ktb_shape_integer(cpu, levels[j]));
	return hex(history, digest);
}

/* Each run has its own on purpose; that is no other setting. */
#define SEED "seed"

/* A parameter that a later module has, and that is as it always was, is none. */
static bool is_default(const json_t *param, const json_t *value)
{
	const json_t *usual = json_object_get(param, "default");
	const char *choice = json_string_value(
		json_array_get(json_object_get(param, "choices"),
			       (size_t)json_integer_value(usual)));

	if (json_is_string(value))
		return choice && !strcmp(choice, json_string_value(value));
	return json_equal(usual, value);
}

/* What a cell was set to, but for what its job sweeps: that is in its label. */
static const char *settings(struct ktb_history *history,
			    const struct ktb_summary *summary)
{
	uint64_t digest = ktb_history_digest(0, summary->placement);
	const json_t *param, *value, *other;
	const char *name;
	size_t i;

	json_array_foreach(summary->workload->params, i, param) {
		name = ktb_shape_string(param, "name");
		value = json_object_get(summary->params, name);
		if (!value || !strcmp(name, SEED) || is_default(param, value))
			continue;
		digest = ktb_history_digest(digest, name);
		digest = json_is_string(value) ?
				 ktb_history_digest(digest,
						    json_string_value(value)) :
				 digest_integer(digest,
						json_integer_value(value));
	}
	json_array_foreach(summary->disturb, i, other)
		digest = digest_integer(digest, json_integer_value(other));
	json_array_foreach(summary->with, i, other)
		digest = ktb_history_digest(digest, json_string_value(other));
	digest = ktb_history_digest(digest, summary->workload->name);
	return hex(history, digest);
}

static bool take_quantile(struct ktb_history_result *result,
			  const struct ktb_history_figure *template,
			  const struct ktb_estimate *estimate)
{
	struct ktb_history_figure *figure;

	if (!estimate->is_supported)
		return true;
	if (estimate->value.kind != KTB_BOUND_BUCKET) {
		result->unfit++;
		return true;
	}
	figure = ktb_history_add_figure(result);
	if (!figure)
		return false;
	*figure = *template;
	figure->value = estimate->value.high;
	figure->has_low = estimate->low.kind == KTB_BOUND_BUCKET;
	figure->has_high = estimate->high.kind == KTB_BOUND_BUCKET;
	figure->low = figure->has_low ? estimate->low.low : 0;
	figure->high = figure->has_high ? estimate->high.high : 0;
	return true;
}

/*
 * A figure that leaves missed periods out goes on with the series of those served, and not
 * with that of the schedule: what differs is the method.
 */
static const char *name_of(const struct ktb_summary *summary,
			   const struct ktb_metric *metric, char *name,
			   size_t size)
{
	snprintf(name, size, "%s%s", metric->name,
		 metric->is_primary && ktb_schedule_is_of_served(summary) ?
			 KTB_READER_SERVED :
			 "");
	return name;
}

/* How late missed periods were is in the primary one; those served, if it differs. */
static bool is_taken(const struct ktb_summary *summary,
		     const struct ktb_metric *metric)
{
	return metric->is_distribution && !metric->is_missed &&
	       ktb_schedule_tells(summary, metric);
}

static bool take_metric(struct ktb_history *history,
			struct ktb_history_result *result,
			struct ktb_history_figure *template,
			const struct ktb_summary *summary,
			const struct ktb_metric *metric)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	char name[128];
	int q;

	template->metric = ktb_history_word(
		history, name_of(summary, metric, name, sizeof(name)));
	template->unit =
		ktb_history_word(history, ktb_scale_unit(metric->scale));
	template->rate = metric->is_rate;
	template->count = (int64_t)figures->count;
	for (q = 0; q < KTB_NR_QUANTILES; q++) {
		template->quantile =
			ktb_history_word(history, ktb_quantile_name(q));
		if (!template->metric || !template->unit ||
		    !template->quantile ||
		    !take_quantile(result, template, &figures->at[q]))
			return false;
	}
	return true;
}

/* Two sections of one name, set to the same, are one cell that is there twice. */
static bool is_there(const struct ktb_history_result *result,
		     const struct ktb_history_figure *template)
{
	const struct ktb_history_figure *figure;
	size_t i;

	for (i = 0; i < result->nr; i++) {
		figure = &result->figures[i];
		if (figure->job == template->job &&
		    figure->cell == template->cell &&
		    figure->settings == template->settings)
			return true;
	}
	return false;
}

static bool take_cell(struct ktb_history *history,
		      struct ktb_history_result *result,
		      const struct ktb_summary *summary)
{
	const struct ktb_workload *workload = summary->workload;
	struct ktb_history_figure template = { 0 };
	char label[160];
	size_t i;

	template.lost = (int64_t)ktb_summary_lost(summary);
	template.missed = (int64_t)ktb_schedule_missed(summary);
	if (!summary->is_valid || template.lost) {
		result->invalid++;
		return true;
	}
	ktb_summary_label(summary, NULL, label, sizeof(label));
	template.job = ktb_history_word(history, summary->job);
	template.cell = ktb_history_word(history, label);
	template.settings = settings(history, summary);
	if (!template.job || !template.cell || !template.settings)
		return false;
	if (is_there(result, &template)) {
		ktb_fault_note(
			"%s: job %s has cell \"%s\" twice; the second one is left out",
			result->run, summary->job, label);
		return true;
	}
	for (i = 0; i < workload->nr_metrics; i++)
		if (is_taken(summary, &workload->metrics[i]) &&
		    !take_metric(history, result, &template, summary,
				 &workload->metrics[i]))
			return false;
	return true;
}

static const char *fact(struct ktb_history *history,
			const struct ktb_reader *reader, const char *name)
{
	return ktb_history_word(history, ktb_reader_fact(reader, name));
}

bool ktb_history_take(struct ktb_history *history,
		      struct ktb_history_result *result,
		      const struct ktb_findings *findings)
{
	const struct ktb_reader *reader = &findings->reader;
	size_t i;

	result->run =
		ktb_history_word(history, ktb_reader_string(reader, "run"));
	result->created =
		ktb_history_word(history, ktb_reader_string(reader, "created"));
	result->ended =
		ktb_history_word(history, ktb_reader_string(reader, "ended"));
	result->lane =
		ktb_history_word(history, ktb_reader_lane_name(reader->lane));
	result->lane_detail = ktb_history_word(
		history, ktb_reader_string(reader, "lane_detail"));
	result->kernel = fact(history, reader, "kernel");
	result->kernel_version = fact(history, reader, "kernel_version");
	result->cpu_model = fact(history, reader, "cpu_model");
	result->hostname = fact(history, reader, "hostname");
	result->topology = topology(history, reader->root);
	if (!result->run || !result->created || !result->ended ||
	    !result->lane || !result->lane_detail || !result->kernel ||
	    !result->kernel_version || !result->cpu_model ||
	    !result->hostname || !result->topology)
		return false;
	for (i = 0; i < findings->nr_summaries; i++)
		if (!take_cell(history, result, &findings->summaries[i]))
			return false;
	return true;
}
