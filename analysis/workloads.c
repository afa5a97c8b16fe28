// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The workloads and metrics of a result, as the module told them. It knows the
 * member "workloads" of result.json and nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "shape.h"
#include "workloads.h"

static const struct ktb_shape workloads_shape[] = {
	{ "help", KTB_SHAPE_STRING },
	{ "params", KTB_SHAPE_OBJECTS },
	{ "metrics", KTB_SHAPE_OBJECTS },
	{ NULL, 0 },
};

static const struct ktb_shape workloads_metric_shape[] = {
	{ "name", KTB_SHAPE_STRING }, { "kind", KTB_SHAPE_STRING },
	{ "unit", KTB_SHAPE_STRING }, { "primary", KTB_SHAPE_BOOL },
	{ "part", KTB_SHAPE_BOOL },   { "loss", KTB_SHAPE_BOOL },
	{ "help", KTB_SHAPE_STRING }, { NULL, 0 },
};

static const struct {
	const char *name;
	enum ktb_scale scale;
} workloads_units[] = {
	{ "none", KTB_SCALE_NONE },   { "ns", KTB_SCALE_NS },
	{ "count", KTB_SCALE_COUNT }, { "bytes", KTB_SCALE_BYTES },
	{ "ps", KTB_SCALE_PS },
};

const struct ktb_workload *ktb_reader_workload(const struct ktb_reader *reader,
					       const char *name)
{
	size_t i;

	for (i = 0; i < reader->nr_workloads; i++)
		if (!strcmp(reader->workloads[i].name, name))
			return &reader->workloads[i];
	return NULL;
}

const struct ktb_metric *ktb_reader_metric(const struct ktb_workload *workload,
					   const char *name)
{
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		if (!strcmp(workload->metrics[i].name, name))
			return &workload->metrics[i];
	return NULL;
}

const struct ktb_metric *ktb_reader_taken(const struct ktb_workload *workload)
{
	return workload->served ? workload->served : workload->primary;
}

enum ktb_scale ktb_reader_call_scale(const struct ktb_workload *workload)
{
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		if (workload->metrics[i].is_call)
			return workload->metrics[i].scale;
	return KTB_SCALE_NONE;
}

bool ktb_reader_is_of_calls(const struct ktb_workload *workload)
{
	return workload->primary && workload->primary->is_call;
}

const char *ktb_reader_workload_remark(const struct ktb_workload *workload)
{
	return workload->is_user ? " (user space)" : "";
}

static bool workloads_find_unit(const char *name, enum ktb_lane lane,
				enum ktb_scale *scale)
{
	size_t i;

	for (i = 0; i < sizeof(workloads_units) / sizeof(workloads_units[0]);
	     i++) {
		if (strcmp(workloads_units[i].name, name))
			continue;
		*scale = workloads_units[i].scale;
		if (*scale == KTB_SCALE_NS && lane == KTB_LANE_EXACT)
			*scale = KTB_SCALE_INSTRUCTIONS;
		if (*scale == KTB_SCALE_PS && lane == KTB_LANE_EXACT)
			*scale = KTB_SCALE_MILLI_INSTRUCTIONS;
		return true;
	}
	return false;
}

/* Names are the module's words: they become columns, labels and parts of lines. */
static bool workloads_is_word(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789_.-") == strlen(name);
}

/* Fill in one metric; returns what is wrong with it, NULL when nothing is. */
static const char *workloads_fill_metric(const struct ktb_reader *reader,
					 struct ktb_workload *workload,
					 struct ktb_metric *metric,
					 const json_t *from)
{
	const char *kind = ktb_shape_string(from, "kind");

	metric->name = ktb_shape_string(from, "name");
	metric->help = ktb_shape_string(from, "help");
	metric->is_primary = json_is_true(json_object_get(from, "primary"));
	metric->is_part = json_is_true(json_object_get(from, "part"));
	metric->is_loss = json_is_true(json_object_get(from, "loss"));
	metric->is_phase = json_is_true(json_object_get(from, "phase"));
	metric->is_call = json_is_true(json_object_get(from, "call"));
	metric->is_rate = json_is_true(json_object_get(from, "rate"));
	metric->is_missed = json_is_true(json_object_get(from, "missed"));
	metric->title = metric->name;
	metric->is_distribution = !strcmp(kind, "distribution");
	if (!workloads_is_word(metric->name))
		return "name is no word of letters, digits, '_', '.' and '-'";
	if (ktb_reader_metric(workload, metric->name))
		return "name is that of another metric";
	if (!metric->is_distribution && strcmp(kind, "counter"))
		return "kind is neither distribution nor counter";
	if (!workloads_find_unit(ktb_shape_string(from, "unit"), reader->lane,
				 &metric->scale))
		return "unit is not one of none, ns, count, bytes, ps";
	if (metric->is_missed && (!metric->is_distribution || workload->missed))
		return "missed is true of a counter, or of a second one";
	metric->slot = metric->is_distribution ? workload->nr_hists++ :
						 workload->nr_counters++;
	if (metric->is_primary && metric->is_distribution)
		workload->primary = metric;
	if (metric->is_missed)
		workload->missed = metric;
	workload->nr_phases += metric->is_phase && metric->is_distribution;
	workload->nr_calls += metric->is_call && metric->is_distribution;
	return NULL;
}

static bool workloads_has_missed(const json_t *metrics)
{
	const json_t *element;
	size_t i;

	json_array_foreach(metrics, i, element)
		if (json_is_true(json_object_get(element, "missed")))
			return true;
	return false;
}

/* A name that is made here; it lives as long as the workload. */
static const char *workloads_word(struct ktb_workload *workload, size_t which,
				  const char *name, const char *remark)
{
	if (asprintf(&workload->words[which], "%s%s", name, remark) < 0)
		workload->words[which] = NULL;
	return workload->words[which];
}

/*
 * The primary distribution is read as one of the whole schedule. What it was in the
 * cells, that of the periods that were served, is told beside it.
 */
static const char *workloads_add_served(struct ktb_workload *workload)
{
	struct ktb_metric *served = &workload->metrics[workload->nr_metrics++];

	*served = (struct ktb_metric){
		.name = workloads_word(workload, 0, workload->primary->name,
				       KTB_READER_SERVED),
		.title = workloads_word(workload, 1, workload->primary->name,
					" (served only)"),
		.help = "of the periods that were served, without those missed",
		.scale = workload->primary->scale,
		.slot = workload->nr_hists++,
		.is_distribution = true,
		.is_served = true,
	};
	workload->served = served;
	return served->name && served->title ? NULL :
					       "there is no memory to read it";
}

/* What of its schedule a workload tells, once all its metrics are there. */
static const char *workloads_check_schedule(struct ktb_workload *workload)
{
	struct ktb_metric *missed;

	if (!workload->missed) {
		/* What is counted in "operations" misses those, no periods. */
		workload->is_of_served =
			workload->primary &&
			ktb_reader_metric(workload, "missed") &&
			!ktb_reader_metric(workload, "operations");
		return NULL;
	}
	if (!workload->primary || workload->missed->is_primary)
		return "a metric is of missed periods, and none of served ones";
	if (workload->missed->scale != workload->primary->scale)
		return "missed periods have another unit than served ones";
	missed = &workload->metrics[workload->missed - workload->metrics];
	missed->title = workloads_word(workload, 2, workload->primary->name,
				       " (missed only)");
	return missed->title ? NULL : "there is no memory to read it";
}

/* The array has room for one more metric than the result has. */
static const char *workloads_fill_metrics(const struct ktb_reader *reader,
					  struct ktb_workload *workload,
					  const json_t *metrics, size_t *at,
					  char *why, size_t size)
{
	const bool has_missed = workloads_has_missed(metrics);
	struct ktb_metric *metric;
	const json_t *element;
	const char *wrong;

	for (*at = 0; *at < json_array_size(metrics); ++*at) {
		element = json_array_get(metrics, *at);
		metric = &workload->metrics[workload->nr_metrics];
		if (!ktb_shape_check(element, workloads_metric_shape, why,
				     size))
			return why;
		wrong = workloads_fill_metric(reader, workload, metric,
					      element);
		if (wrong)
			return wrong;
		workload->nr_metrics++;
		if (has_missed && metric == workload->primary &&
		    !workload->served)
			wrong = workloads_add_served(workload);
		if (wrong)
			return wrong;
	}
	return workloads_check_schedule(workload);
}

static bool workloads_fill(const struct ktb_reader *reader,
			   struct ktb_workload *workload, const char *name,
			   const json_t *from, char *text, size_t size)
{
	const json_t *metrics = json_object_get(from, "metrics");
	const char *wrong;
	char why[160];
	size_t i;

	workload->name = name;
	if (!workloads_is_word(name)) {
		snprintf(
			text, size,
			"workloads: \"%.64s\" is no word of letters, digits, '_', '.' and '-'",
			name);
		return false;
	}
	if (!ktb_shape_check(from, workloads_shape, why, sizeof(why))) {
		snprintf(text, size, "workloads.%.64s: %s", name, why);
		return false;
	}
	workload->help = ktb_shape_string(from, "help");
	workload->is_user = json_is_true(json_object_get(from, "user"));
	workload->params = json_object_get(from, "params");
	workload->metrics = calloc(json_array_size(metrics) + 2,
				   sizeof(*workload->metrics));
	if (!workload->metrics) {
		snprintf(text, size, "there is no memory to read it");
		return false;
	}
	wrong = workloads_fill_metrics(reader, workload, metrics, &i, why,
				       sizeof(why));
	if (wrong) {
		snprintf(text, size, "workloads.%.64s.metrics[%zu]: %s", name,
			 i, wrong);
		return false;
	}
	return true;
}

bool ktb_workloads_read(struct ktb_reader *reader, char *why, size_t size)
{
	json_t *workloads = json_object_get(reader->root, "workloads");
	const char *name;
	json_t *from;

	reader->workloads = calloc(json_object_size(workloads) + 1,
				   sizeof(*reader->workloads));
	if (!reader->workloads) {
		snprintf(why, size, "there is no memory to read it");
		return false;
	}
	json_object_foreach(workloads, name, from)
		if (!workloads_fill(reader,
				    &reader->workloads[reader->nr_workloads++],
				    name, from, why, size))
			return false;
	return true;
}

void ktb_workloads_free(struct ktb_workload *workload)
{
	size_t i;

	for (i = 0; i < KTB_READER_WORDS; i++)
		free(workload->words[i]);
	free(workload->metrics);
	memset(workload, 0, sizeof(*workload));
}
