// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Changes over a history as one JSON object. It decides nothing.
 */
#include <math.h>

#include "out_trend.h"

#define SCHEMA	       "ktbench-trend-report"
#define SCHEMA_VERSION 1

static json_t *make_change(const struct ktb_trend_ref *ref)
{
	const struct ktb_history_result *last = ktb_trend_told_last(ref);
	const struct ktb_history_result *first = ktb_trend_told_first(ref);
	const struct ktb_trend_change *change = ref->change;

	return json_pack(
		"{s:s,s:s,s:b,s:s?,s:s?,s:I,s:I,s:I,s:I,s:I,s:I,s:I,"
		"s:{s:s,s:s},s:{s:s,s:s}}",
		"series", ref->series->key, "word",
		ktb_trend_told_word(change->word), "new", change->is_new,
		"triage", change->row ? change->row->word : NULL, "triage_text",
		change->row ? change->row->text : NULL, "before",
		(json_int_t)change->before, "after", (json_int_t)change->after,
		"effect_ppm", (json_int_t)llround(1e4 * change->percent),
		"p_ppm",
		(json_int_t)llround(1e6 * ktb_edivisive_p(&change->found)),
		"points_before",
		(json_int_t)(change->found.at - change->found.first),
		"points_after",
		(json_int_t)(change->found.end - change->found.at), "block",
		(json_int_t)change->found.block, "last_before", "run",
		last->run, "kernel", last->kernel, "first_after", "run",
		first->run, "kernel", first->kernel);
}

static json_t *make_points(const struct ktb_trend_series *series)
{
	json_t *points = json_array();
	const struct ktb_trend_point *point;

	for (point = series->points; point < series->points + series->nr;
	     point++)
		json_array_append_new(
			points,
			json_pack("{s:s,s:s,s:s,s:I,s:I,s:I}", "run",
				  point->result->run, "created",
				  point->result->created, "kernel",
				  point->result->kernel, "value",
				  (json_int_t)point->figure->value, "count",
				  (json_int_t)point->figure->count, "missed",
				  (json_int_t)point->figure->missed));
	return points;
}

static json_t *make_series(const struct ktb_trend_series *series)
{
	static const char *const judged[] = {
		[KTB_TREND_JUDGED] = "judged",
		[KTB_TREND_SHORT] = "too short",
		[KTB_TREND_NO_LOG] = "not positive",
	};
	const struct ktb_history_result *result = series->points->result;
	const struct ktb_history_figure *figure = series->points->figure;
	json_t *root = json_pack(
		"{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:I,s:I}", "series",
		series->key, "lane", result->lane, "cpu_model",
		result->cpu_model, "topology", result->topology, "job",
		figure->job, "cell", figure->cell, "metric", figure->metric,
		"quantile", figure->quantile, "unit", figure->unit, "state",
		judged[series->judged], "nr_points", (json_int_t)series->nr,
		"nr_changes", (json_int_t)series->nr_changes);

	if (root && series->nr_changes)
		json_object_set_new(root, "points", make_points(series));
	return root;
}

bool ktb_out_trend_json(const struct ktb_trend_page *page, FILE *to)
{
	const struct ktb_trend *trend = page->trend;
	json_t *changes = json_array(), *series = json_array();
	bool fine = true;
	json_t *root;
	size_t i;

	for (i = 0; i < page->nr_refs; i++)
		fine &= !json_array_append_new(changes,
					       make_change(&page->refs[i]));
	for (i = 0; i < trend->nr; i++)
		fine &= !json_array_append_new(series,
					       make_series(&trend->series[i]));
	root = json_pack("{s:s,s:i,s:I,s:I,s:I,s:I,s:o,s:O,s:o}", "schema",
			 SCHEMA, "schema_version", SCHEMA_VERSION, "alpha_ppm",
			 (json_int_t)llround(1e6 * trend->options->alpha),
			 "permutations", (json_int_t)KTB_EDIVISIVE_PERMUTATIONS,
			 "results", (json_int_t)trend->history->nr, "new_worse",
			 (json_int_t)trend->nr_new_worse, "changes", changes,
			 "notes", page->notes, "series", series);
	fine &= root && !json_dumpf(root, to, JSON_INDENT(1));
	fputc('\n', to);
	json_decref(root);
	return fine;
}
