// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells and their samples, invented, whose parts add up. Integers only.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_sample.h"

#define FAKE_TICK_NS 4000000LL
#define FAKE_ROUNDS  12

static json_t *fake_histogram(const struct ktb_histogram *h)
{
	unsigned __int128 sumsq = h->sumsq;
	char digits[48] = "";
	char *at = digits + sizeof(digits) - 1;
	json_t *buckets = json_array();
	unsigned int i;

	do {
		*--at = (char)('0' + (int)(sumsq % 10));
		sumsq /= 10;
	} while (sumsq);
	for (i = 0; i < KTB_HIST_NR; i++)
		if (h->bucket[i])
			json_array_append_new(
				buckets,
				json_pack("[iI]", i, (json_int_t)h->bucket[i]));
	return json_pack("{s:I,s:I,s:s,s:o,s:o,s:I,s:I,s:o}", "count",
			 (json_int_t)h->count, "sum", (json_int_t)h->sum,
			 "sumsq", at, "min",
			 h->count ? json_integer(h->min) : json_null(), "max",
			 h->count ? json_integer(h->max) : json_null(), "early",
			 (json_int_t)h->early, "overflow",
			 (json_int_t)h->overflow, "buckets", buckets);
}

static int64_t fake_excess(const json_t *worst)
{
	return json_integer_value(json_object_get(worst, "value_ns")) -
	       json_integer_value(json_object_get(worst, "allowed_ns"));
}

/* Keep the eight worst, the worst first. */
static void fake_worst(const struct fake_options *opt, struct fake_area *area,
		       int64_t value, int64_t excess, unsigned int arm_cpu,
		       uint64_t *state)
{
	size_t at = json_array_size(area->worst);
	int64_t fired_ns =
		area->begin_ns + (int64_t)(fake_random(state) % 2000000000);

	while (at && fake_excess(json_array_get(area->worst, at - 1)) < excess)
		at--;
	if (at == 8)
		return;
	json_array_insert_new(
		area->worst, at,
		json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:i,s:i,s:b,s:b,s:i,s:i,s:i,"
			  "s:i,s:s}",
			  "value_ns", (json_int_t)value, "allowed_ns",
			  (json_int_t)(value - excess), "due_ns",
			  (json_int_t)(fired_ns - value), "fired_ns",
			  (json_int_t)fired_ns, "armed_ns",
			  (json_int_t)(fired_ns - value - 20000000), "steal_ns",
			  (json_int_t)0, "timer",
			  (int)(fake_random(state) % 100), "armed_cpu", arm_cpu,
			  "idle", (int)(fake_random(state) & 1), "in_thread", 0,
			  "irqs", (int)(fake_random(state) % 9), "softirqs",
			  (int)(fake_random(state) % 5), "switches",
			  (int)(fake_random(state) % 20), "pid", 0, "comm",
			  opt->with_odd ? "<b>&\"'" : "swapper/0"));
	if (json_array_size(area->worst) > 8)
		json_array_remove(area->worst, 8);
}

static unsigned int fake_arm_cpu(const struct fake_options *opt,
				 const struct fake_point *point,
				 unsigned int cpu)
{
	return (cpu + point->rotation) % opt->cpus;
}

static unsigned int fake_far(const struct fake_options *opt, unsigned int a,
			     unsigned int b)
{
	if (a == b)
		return 0;
	if (a / 2 == b / 2)
		return 1;
	return a * 2 / opt->cpus == b * 2 / opt->cpus ? 2 : 3;
}

static void fake_take(const struct fake_options *opt,
		      const struct fake_point *point, struct fake_area *area,
		      unsigned int cpu, uint64_t *state)
{
	uint64_t odd = opt->with_odd ? fake_random(state) % 500 : 0;
	unsigned int arm_cpu = fake_arm_cpu(opt, point, cpu);
	int64_t allowed, value;

	value = fake_sample(point, area, fake_far(opt, cpu, arm_cpu), state,
			    &allowed);
	if (odd == 1 && !strcmp(point->job->workload, "hrtimer"))
		value = -300;
	if (odd == 2 && !strcmp(point->job->workload, "hrtimer"))
		value = 20000000000;
	ktb_histogram_add(&area->hist[0], value, 1);
	fake_worst(opt, area, value, value - allowed, arm_cpu, state);
	if (fake_is(point, "kind", "unpinned") && !(fake_random(state) & 3))
		arm_cpu = (unsigned int)(fake_random(state) % opt->cpus);
	area->armed[arm_cpu]++;
}

static const struct fake_metric *
fake_missed_metric(const struct fake_point *point, unsigned int *slot)
{
	const struct fake_metric *metric = point->workload->metrics;

	for (*slot = 0; metric->name; metric++) {
		if (fake_mark(metric, 'm'))
			return metric;
		*slot += fake_mark(metric, 'd');
	}
	return NULL;
}

/* Periods of 1 ms that a stall swallowed: the first one waited longest. */
static void fake_miss(const struct fake_options *opt,
		      const struct fake_point *point, struct fake_area *area)
{
	unsigned int nr = opt->missed, slot, i;

	if (!fake_missed_metric(point, &slot))
		return;
	if (fake_number(point, "timers") >= 10000)
		nr += 7;
	for (i = 1; i <= nr; i++)
		ktb_histogram_add(&area->hist[slot], i * 1000000LL + 1234, 1);
}

static uint64_t fake_missed(const struct fake_point *point,
			    const struct fake_area *area)
{
	unsigned int slot;

	return fake_missed_metric(point, &slot) ? area->hist[slot].count : 0;
}

static json_t *fake_counters(const struct fake_options *opt,
			     const struct fake_point *point,
			     const struct fake_area *area, unsigned int cpu,
			     bool is_lossy)
{
	int64_t n = (int64_t)area->hist[0].count;
	int64_t instants = n / (1 + fake_number(point, "slack") / 4000000);
	int64_t ticks = fake_number(point, "delay") / FAKE_TICK_NS;
	json_t *counters;
	char name[24];
	int level = 0, i;

	counters = json_pack("{s:I,s:I,s:I,s:I,s:i,s:i,s:I,s:i,s:i,s:i}",
			     "expiries", (json_int_t)n, "instants",
			     (json_int_t)(instants ? instants :
					  n	   ? 1 :
						     0),
			     "missed", (json_int_t)fake_missed(point, area),
			     "migrated",
			     (json_int_t)(n - (int64_t)area->armed[fake_arm_cpu(
						      opt, point, cpu)]),
			     "outside", 3, "cancelled", 1, "wrong_cpu",
			     (json_int_t)(is_lossy ? 11 : 0), "spurious", 0,
			     "unfired", 0, "raw_dropped", 0);
	if (strcmp(point->job->workload, "timer_wheel"))
		return counters;
	while (ticks >= 64) {
		ticks /= 8;
		level++;
	}
	json_object_set_new(counters, "deferred", json_integer(0));
	for (i = 0; i < 9; i++) {
		snprintf(name, sizeof(name), "level_%d", i);
		json_object_set_new(counters, name,
				    json_integer(i == level ? n : 0));
	}
	return counters;
}

static json_t *fake_metrics(const struct fake_options *opt,
			    const struct fake_point *point,
			    const struct fake_area *area)
{
	const struct fake_metric *metric = point->workload->metrics;
	json_t *metrics = json_object();
	unsigned int slot = 0;

	for (; metric->name; metric++)
		if (fake_mark(metric, 'd') &&
		    !(opt->is_older && fake_mark(metric, 'm')))
			json_object_set_new(
				metrics, metric->name,
				fake_histogram(&area->hist[slot++]));
	return metrics;
}

static int64_t fake_begin_ns(const struct fake_point *point)
{
	return 1000000000000 + point->cell * 2100000000LL;
}

/* What a boot has of its own, and what was slowed down. */
static int64_t fake_pace_of(const struct fake_options *opt,
			    const struct fake_point *point, unsigned int cpu)
{
	uint64_t state = opt->seed;
	int64_t sum = 0, ppm = 0;
	int i;

	/* Twelve even ones are about normal, with a deviation of 1. */
	for (i = 0; i < 12; i++)
		sum += (int64_t)(fake_random(&state) % 1000001) - 500000;
	ppm = sum * opt->noise_ppm / 1000000;
	if ((!opt->slower_job || !strcmp(opt->slower_job, point->job->name)) &&
	    (opt->slower_cpu < 0 || opt->slower_cpu == (int)cpu))
		ppm += opt->slower_ppm;
	return ppm;
}

static json_t *fake_cpu(const struct fake_options *opt,
			const struct fake_point *point, unsigned int cpu,
			bool is_lossy, uint64_t *state)
{
	struct fake_area *area = calloc(1, sizeof(*area));
	json_t *armed = json_array();
	json_t *line;
	unsigned int i;

	if (!area)
		abort();
	area->armed = calloc(opt->cpus, sizeof(*area->armed));
	area->begin_ns = fake_begin_ns(point);
	area->worst = json_array();
	for (i = 0; i < FAKE_HISTS; i++)
		ktb_histogram_init(&area->hist[i]);
	fake_pace(fake_pace_of(opt, point, cpu));
	for (i = 0; i < opt->samples; i++)
		fake_take(opt, point, area, cpu, state);
	fake_miss(opt, point, area);
	if (!cpu)
		fake_rounds(point, area,
			    opt->samples < FAKE_ROUNDS ? opt->samples :
							 FAKE_ROUNDS,
			    state);
	for (i = 0; i < opt->cpus; i++)
		if (area->armed[i])
			json_array_append_new(
				armed, json_pack("[iI]", i,
						 (json_int_t)area->armed[i]));
	line = json_pack("{s:i,s:i,s:o,s:o,s:o,s:o}", "cpu", cpu, "node",
			 cpu * 2 / opt->cpus, "metrics",
			 fake_metrics(opt, point, area), "counters",
			 fake_counters(opt, point, area, cpu, is_lossy),
			 "armed_from", armed, "worst", area->worst);
	free(area->armed);
	free(area);
	return line;
}

/* The first repetition is cheaper than the others. */
static json_t *fake_cost(const struct fake_options *opt,
			 unsigned int repetition)
{
	json_t *irqs = json_array();
	unsigned int i;

	for (i = 0; i < opt->cpus; i++)
		json_array_append_new(irqs, json_pack("[i,i]", i,
						      4000 + repetition * 400));
	return json_pack("{s:I,s:i,s:i,s:i,s:o}", "elapsed_ns",
			 (json_int_t)2500000000, "reader_wakeups",
			 3 + repetition, "reader_cpu_ns", 250000,
			 "reader_memory_bytes", 6291456, "irqs", irqs);
}

json_t *fake_cell(const struct fake_options *opt, unsigned int cell,
		  unsigned int repetition)
{
	uint64_t state = opt->seed + cell * 1000003ULL + repetition * 7919ULL;
	bool is_lossy = opt->with_losses && cell % 3 == 2;
	json_t *places = json_array(), *cpus = json_array();
	struct fake_point point;
	unsigned int i;
	json_t *line;

	fake_point(&point, opt, cell);
	for (i = 0; i < opt->cpus; i++) {
		json_array_append_new(
			places, json_pack("{s:i,s:i}", "cpu", i, "arm_cpu",
					  fake_arm_cpu(opt, &point, i)));
		json_array_append_new(cpus, fake_cpu(opt, &point, i, is_lossy,
						     &state));
	}
	line = json_pack(
		"{s:i,s:i,s:s,s:s,s:o,s:o,s:o,s:s,s:[],s:n,s:[],s:s,s:s,s:I,s:I,s:s,"
		"s:I,s:i,s:o,s:o}",
		"cell", cell, "repetition", repetition, "job", point.job->name,
		"workload", point.job->workload, "params",
		fake_params(opt, &point), "swept", fake_swept(point.job),
		"places", places, "placement", "all", "with", "beside",
		"disturb", "state", is_lossy ? "invalid" : "ok", "reason",
		is_lossy ? "wrong_cpu counts 11 on each CPU" : "", "begin_ns",
		(json_int_t)fake_begin_ns(&point), "end_ns",
		(json_int_t)fake_begin_ns(&point) + 2000000000, "started",
		"2026-01-02T03:04:05Z", "memory_bytes",
		(json_int_t)(fake_number(&point, "timers") * 128 * opt->cpus +
			     65536),
		"timer_bytes", 128, "cost", fake_cost(opt, repetition), "cpus",
		cpus);
	if (point.job->is_load)
		json_object_set_new(line, "beside", json_integer(cell - 1));
	if (point.job->load)
		json_object_set_new(line, "with",
				    json_pack("[s]", point.job->load));
	return line;
}
