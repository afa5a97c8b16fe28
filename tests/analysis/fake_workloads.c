// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Workloads as the module tells them. The names are the module's or could be,
 * the rest is invented.
 */
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "fake_table.h"

const struct fake_param fake_common_params[] = {
	{ "duration", "int", "ns", NULL, 2000000000 },
	{ "warmup", "int", "ns", NULL, 100000000 },
	{ "seed", "int", "none", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static const struct fake_metric fake_common_metrics[] = {
	{ "expiries", "c", 0, NULL, 0 },   { "instants", "c", 0, NULL, 0 },
	{ "missed", "c", 0, NULL, 0 },	   { "migrated", "c", 0, NULL, 0 },
	{ "outside", "c", 0, NULL, 0 },	   { "cancelled", "c", 0, NULL, 0 },
	{ "wrong_cpu", "cl", 0, NULL, 0 }, { "spurious", "cl", 0, NULL, 0 },
	{ "unfired", "cl", 0, NULL, 0 },   { NULL, NULL, 0, NULL, 0 },
};

static const struct fake_metric fake_wheel_levels[] = {
	{ "level_0", "c", 0, NULL, 0 }, { "level_1", "c", 0, NULL, 0 },
	{ "level_2", "c", 0, NULL, 0 }, { "level_3", "c", 0, NULL, 0 },
	{ "level_4", "c", 0, NULL, 0 }, { "level_5", "c", 0, NULL, 0 },
	{ "level_6", "c", 0, NULL, 0 }, { "level_7", "c", 0, NULL, 0 },
	{ "level_8", "c", 0, NULL, 0 }, { NULL, NULL, 0, NULL, 0 },
};

/* clang-format off */
#define FAKE_POLICY { "policy", "enum", "none", "normal,fifo_low,fifo", 0 }
#define FAKE_THREADS { "threads", "int", "count", NULL, 100 }
#define FAKE_MISSED(primary) { primary "_missed", "dm", 0, NULL, 0 }
#define FAKE_CALL(name, cost_ns) { name, "dk", (cost_ns) * 1000LL, NULL, 0 }
/* A sorted tree: the more pend, the more it costs. */
#define FAKE_CALL_OF_TREE(name, cost_ns, per) \
	{ name, "dk", (cost_ns) * 1000LL, "pending", per }

static const struct fake_workload fake_table[] = {
	{ "null", "The harness with nothing in it.",
	  { { "batch", "int", "count", NULL, 100 },
	    { "period", "int", "ns", NULL, 1000000 } },
	  { { "empty", "dP", 0, NULL, 0 },
	    { "clock_pair", "d", 0, NULL, 0 },
	    { "record", "d", 0, NULL, 0 } } },
	{ "timer_wheel", "Timers of the timer wheel (timer_list).",
	  { { "timers", "int", "count", NULL, 100 },
	    { "kind", "enum", "none", "pinned,unpinned,deferrable,irqsafe", 0 },
	    { "shape", "enum", "none", "periodic,oneshot,storm", 0 },
	    { "delay", "int", "ns", NULL, 20000000 },
	    { "spread", "int", "ns", NULL, 0 },
	    { "slack", "int", "ns", NULL, 0 },
	    { "background", "int", "count", NULL, 0 } },
	  { { "lateness", "dP", 0, NULL, 0 },
	    { "slack_used", "dp", 0, NULL, 0 },
	    { "wheel_slack", "dp", 0, NULL, 0 },
	    { "delivery", "dp", 0, NULL, 0 },
	    { "pending_slack", "d", 0, NULL, 0 },
	    { "storm_drain", "d", 0, NULL, 0 },
	    FAKE_MISSED("lateness"),
	    { "deferred", "c", 0, NULL, 0 } } },
	{ "hrtimer", "High-resolution timers.",
	  { { "timers", "int", "count", NULL, 100 },
	    { "period", "int", "ns", NULL, 1000000 },
	    { "slack", "int", "ns", NULL, 0 },
	    { "pinned", "bool", "none", NULL, 1 } },
	  { { "lateness", "dP", 0, NULL, 0 },
	    { "slack_used", "dp", 0, NULL, 0 },
	    { "past_hard", "dp", 0, NULL, 0 },
	    FAKE_MISSED("lateness") } },
	{ "kthread_create", "Kernel threads are made, run and are gone again.",
	  { FAKE_THREADS,
	    { "creators", "int", "count", NULL, 1 },
	    { "population", "int", "count", NULL, 0 },
	    { "api", "enum", "none", "run,create_on_cpu", 0 },
	    { "node", "enum", "none", "same,other", 0 },
	    FAKE_POLICY },
	  { { "life", "dP", 0, NULL, 0 },
	    { "fork", "dph", 14000, "population", 20000 },
	    { "handover", "dph", 9000, "creators", 8 },
	    { "start", "dph", 3000, NULL, 0 },
	    { "leave", "dph", 800, NULL, 0 },
	    { "join", "dph", 6000, NULL, 0 },
	    { "create", "d", 25000, NULL, 0 },
	    { "stop", "d", 7000, NULL, 0 },
	    { "whole", "d", 2000000, NULL, 0 },
	    { "per_second", "dnr", 28000, "creators", 6 },
	    { "memory", "dbr", 17000, NULL, 0 } } },
	{ "kthread_park", "Kernel threads are parked and go on.",
	  { FAKE_THREADS, FAKE_POLICY },
	  { { "cycle", "dP", 0, NULL, 0 },
	    { "notice", "dph", 4000, "threads", 100 },
	    { "settle", "dph", 1500, NULL, 0 },
	    { "unpark", "dph", 5000, NULL, 0 },
	    FAKE_MISSED("cycle") } },
	{ "user_thread", "Threads of a program, for comparison.",
	  { FAKE_THREADS },
	  { { "life", "dP", 0, NULL, 0 },
	    { "clone", "dph", 11000, NULL, 0 },
	    { "start", "dph", 21000, NULL, 0 },
	    { "join", "dph", 9000, NULL, 0 } } },
	{ "sleep", "Kernel code that sleeps.",
	  { { "time", "int", "ns", NULL, 1000000 },
	    { "api", "enum", "none", "msleep,schedule_hrtimeout", 0 },
	    FAKE_POLICY },
	  { { "oversleep", "dP", 0, NULL, 0 },
	    { "rounding", "dp", 0, NULL, 0 },
	    { "slack_used", "dp", 0, NULL, 0 },
	    { "delivery", "dp", 0, NULL, 0 } } },
	{ "kthread_wake", "A kernel thread is woken.",
	  { { "source", "enum", "none", "thread,timer,hrtimer", 0 },
	    { "period", "int", "ns", NULL, 1000000 },
	    FAKE_POLICY },
	  { { "latency", "dP", 0, NULL, 0 },
	    { "irq", "dp", 0, NULL, 0 },
	    { "thread", "dp", 0, NULL, 0 },
	    FAKE_MISSED("latency") } },
	{ "api_cost", "What one call of the kernel's costs.",
	  { { "pending", "int", "count", NULL, 0 },
	    { "base", "enum", "none", "own,first", 0 },
	    { "batch", "int", "count", NULL, 100 } },
	  { { "mod_timer", "dPk", 45000, NULL, 0 },
	    FAKE_CALL("mod_timer_same", 6),
	    FAKE_CALL("mod_timer_pending", 41),
	    FAKE_CALL("timer_reduce", 43),
	    FAKE_CALL("add_timer", 39),
	    FAKE_CALL("add_timer_on", 47),
	    FAKE_CALL("timer_delete", 31),
	    FAKE_CALL("timer_delete_sync", 35),
	    FAKE_CALL("timer_pending", 1),
	    FAKE_CALL("timer_setup", 3),
	    FAKE_CALL_OF_TREE("hrtimer_start", 70, 9000),
	    FAKE_CALL_OF_TREE("hrtimer_start_last", 60, 7000),
	    FAKE_CALL_OF_TREE("hrtimer_start_first", 350, 80000),
	    FAKE_CALL_OF_TREE("hrtimer_cancel", 55, 11000),
	    FAKE_CALL_OF_TREE("hrtimer_try_to_cancel", 52, 11000),
	    FAKE_CALL("hrtimer_forward", 9),
	    FAKE_CALL("hrtimer_active", 2),
	    FAKE_CALL("hrtimer_init", 8),
	    FAKE_CALL("ktime_get", 21),
	    FAKE_CALL("ktime_get_fast", 20),
	    FAKE_CALL("ktime_get_coarse", 4),
	    FAKE_CALL("ktime_get_real", 22),
	    FAKE_CALL("ktime_get_boottime", 23),
	    FAKE_CALL("local_clock", 15),
	    FAKE_CALL("get_cycles", 8),
	    FAKE_CALL("round_jiffies", 7),
	    FAKE_CALL("msecs_to_jiffies", 1),
	    FAKE_CALL("queue_work", 95),
	    FAKE_CALL("queue_delayed_work", 130),
	    FAKE_CALL("mod_delayed_work", 160),
	    FAKE_CALL("cancel_delayed_work", 90),
	    FAKE_CALL("wake_up_process", 400),
	    FAKE_CALL("complete", 30),
	    FAKE_CALL("schedule_timeout", 2100) } },
};
/* clang-format on */

const struct fake_workload *fake_workload(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(fake_table) / sizeof(fake_table[0]); i++)
		if (!strcmp(fake_table[i].name, name))
			return &fake_table[i];
	abort();
}

bool fake_mark(const struct fake_metric *metric, char mark)
{
	return strchr(metric->marks, mark) != NULL;
}

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
				  (json_int_t)param->def, "choices",
				  fake_choices(param->choices), "common",
				  is_common, "help", "An invented parameter."));
}

static const char *fake_unit(const struct fake_metric *metric)
{
	static const struct {
		char mark;
		const char *unit;
	} units[] = {
		{ 'c', "count" },
		{ 'n', "count" },
		{ 'b', "bytes" },
		{ 'k', "ps" },
	};
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (fake_mark(metric, units[i].mark))
			return units[i].unit;
	return "ns";
}

/* Results that are older than the mark do not have it, of any metric. */
static void fake_mark_missed(json_t *array, const struct fake_metric *metric)
{
	json_object_set_new(json_array_get(array, json_array_size(array) - 1),
			    "missed", json_boolean(fake_mark(metric, 'm')));
}

static void fake_add_metrics(json_t *array, const struct fake_metric *metric,
			     const struct fake_options *opt)
{
	for (; metric->name; metric++) {
		if (opt->is_older && fake_mark(metric, 'm'))
			continue;
		json_array_append_new(
			array,
			json_pack(
				"{s:s,s:s,s:s,s:s,s:b,s:b,s:b,s:b,s:b,s:b,s:s}",
				"name", metric->name, "kind",
				fake_mark(metric, 'c') ? "counter" :
							 "distribution",
				"unit", fake_unit(metric), "context", "any",
				"primary", fake_mark(metric, 'P'), "part",
				fake_mark(metric, 'p'), "loss",
				fake_mark(metric, 'l'), "phase",
				fake_mark(metric, 'h'), "call",
				fake_mark(metric, 'k'), "rate",
				fake_mark(metric, 'n') &&
					fake_mark(metric, 'r'),
				"help", "An invented metric."));
		if (!opt->is_older)
			fake_mark_missed(array, metric);
	}
}

json_t *fake_workloads(const struct fake_options *opt)
{
	json_t *workloads = json_object();
	json_t *params, *metrics;
	size_t i;

	for (i = 0; i < sizeof(fake_table) / sizeof(fake_table[0]); i++) {
		params = json_array();
		metrics = json_array();
		fake_add_params(params, fake_common_params, true);
		fake_add_params(params, fake_table[i].params, false);
		fake_add_metrics(metrics, fake_common_metrics, opt);
		fake_add_metrics(metrics, fake_table[i].metrics, opt);
		if (!strcmp(fake_table[i].name, "timer_wheel"))
			fake_add_metrics(metrics, fake_wheel_levels, opt);
		json_object_set_new(workloads, fake_table[i].name,
				    json_pack("{s:s,s:o,s:o}", "help",
					      fake_table[i].help, "params",
					      params, "metrics", metrics));
	}
	return workloads;
}
