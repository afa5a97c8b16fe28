// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Workloads as the module tells them. The names are the module's, the rest is
 * invented.
 */
#include <string.h>

#include "fake.h"

struct fake_param {
	const char *name;
	const char *type;
	const char *unit;
	const char *choices;
};

struct fake_metric {
	const char *name;
	/* d distribution, c counter; P primary, p part, l loss. */
	const char *marks;
};

struct fake_workload {
	const char *name;
	const char *help;
	struct fake_param params[10];
	struct fake_metric metrics[12];
};

static const struct fake_param fake_common_params[] = {
	{ "duration", "int", "ns", NULL },
	{ "warmup", "int", "ns", NULL },
	{ "seed", "int", "none", NULL },
	{ NULL, NULL, NULL, NULL },
};

static const struct fake_metric fake_common_metrics[] = {
	{ "expiries", "c" },   { "instants", "c" },  { "missed", "c" },
	{ "migrated", "c" },   { "outside", "c" },   { "cancelled", "c" },
	{ "wrong_cpu", "cl" }, { "spurious", "cl" }, { "unfired", "cl" },
	{ NULL, NULL },
};

static const struct fake_metric fake_wheel_levels[] = {
	{ "level_0", "c" }, { "level_1", "c" }, { "level_2", "c" },
	{ "level_3", "c" }, { "level_4", "c" }, { "level_5", "c" },
	{ "level_6", "c" }, { "level_7", "c" }, { "level_8", "c" },
	{ NULL, NULL },
};

static const struct fake_workload fake_table[] = {
	{ "null",
	  "The harness with nothing in it.",
	  { { "batch", "int", "count", NULL },
	    { "period", "int", "ns", NULL } },
	  { { "empty", "dP" }, { "clock_pair", "d" }, { "record", "d" } } },
	{ "timer_wheel",
	  "Timers of the timer wheel (timer_list).",
	  { { "timers", "int", "count", NULL },
	    { "kind", "enum", "none", "pinned,unpinned,deferrable,irqsafe" },
	    { "shape", "enum", "none", "periodic,oneshot,storm" },
	    { "delay", "int", "ns", NULL },
	    { "spread", "int", "ns", NULL },
	    { "slack", "int", "ns", NULL },
	    { "background", "int", "count", NULL } },
	  { { "lateness", "dP" },
	    { "slack_used", "dp" },
	    { "wheel_slack", "dp" },
	    { "delivery", "dp" },
	    { "pending_slack", "d" },
	    { "storm_drain", "d" },
	    { "deferred", "c" } } },
	{ "hrtimer",
	  "High-resolution timers.",
	  { { "timers", "int", "count", NULL },
	    { "period", "int", "ns", NULL },
	    { "slack", "int", "ns", NULL },
	    { "pinned", "bool", "none", NULL } },
	  { { "lateness", "dP" },
	    { "slack_used", "dp" },
	    { "past_hard", "dp" } } },
};

static json_t *fake_choices(const char *choices)
{
	json_t *array = json_array();
	size_t length;

	while (choices && *choices) {
		length = strcspn(choices, ",");
		json_array_append_new(array, json_stringn(choices, length));
		choices += length + (choices[length] == ',');
	}
	return array;
}

static void fake_add_params(json_t *array, const struct fake_param *param,
			    bool is_common)
{
	for (; param->name; param++)
		json_array_append_new(
			array,
			json_pack("{s:s,s:s,s:s,s:I,s:I,s:I,s:o,s:b,s:s}",
				  "name", param->name, "type", param->type,
				  "unit", param->unit, "min", (json_int_t)0,
				  "max", (json_int_t)1000000000000, "default",
				  (json_int_t)0, "choices",
				  fake_choices(param->choices), "common",
				  is_common, "help", "An invented parameter."));
}

static void fake_add_metrics(json_t *array, const struct fake_metric *metric)
{
	const char *marks;
	bool is_counter;

	for (; metric->name; metric++) {
		marks = metric->marks;
		is_counter = *marks == 'c';
		json_array_append_new(
			array,
			json_pack("{s:s,s:s,s:s,s:s,s:b,s:b,s:b,s:b,s:b,s:s}",
				  "name", metric->name, "kind",
				  is_counter ? "counter" : "distribution",
				  "unit",
				  is_counter		     ? "count" :
				  strchr(marks, 'k') != NULL ? "ps" :
							       "ns",
				  "context", "any", "primary",
				  strchr(marks, 'P') != NULL, "part",
				  strchr(marks, 'p') != NULL, "loss",
				  strchr(marks, 'l') != NULL, "phase",
				  strchr(marks, 'h') != NULL, "call",
				  strchr(marks, 'k') != NULL, "help",
				  "An invented metric."));
	}
}

json_t *fake_workloads(void)
{
	json_t *workloads = json_object();
	json_t *params, *metrics;
	size_t i;

	for (i = 0; i < sizeof(fake_table) / sizeof(fake_table[0]); i++) {
		params = json_array();
		metrics = json_array();
		fake_add_params(params, fake_common_params, true);
		fake_add_params(params, fake_table[i].params, false);
		fake_add_metrics(metrics, fake_common_metrics);
		fake_add_metrics(metrics, fake_table[i].metrics);
		if (!strcmp(fake_table[i].name, "timer_wheel"))
			fake_add_metrics(metrics, fake_wheel_levels);
		json_object_set_new(workloads, fake_table[i].name,
				    json_pack("{s:s,s:o,s:o}", "help",
					      fake_table[i].help, "params",
					      params, "metrics", metrics));
	}
	return workloads;
}
