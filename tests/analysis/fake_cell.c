// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells and their samples, invented, whose parts add up. Integers only.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/histogram.h"
#include "fake_plan.h"

#define FAKE_VALUES  8
#define FAKE_TICK_NS 4000000LL
#define FAKE_HISTS   6

struct fake_area {
	struct ktb_histogram hist[FAKE_HISTS];
	int64_t begin_ns;
	uint64_t *armed;
	json_t *worst;
};

/* Mostly near the base, now and then in a tail that halves per doubling. */
static int64_t fake_jitter(uint64_t *state, int64_t base)
{
	uint64_t bits = fake_random(state);
	int64_t value = base + (int64_t)(bits % (uint64_t)base) / 2 +
			(int64_t)((bits >> 20) % (uint64_t)base) / 2;

	if (!((bits >> 40) & 63))
		value += base
			 << __builtin_ctzll((fake_random(state) | (1 << 9)));
	return value;
}

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
		       int64_t value, int64_t excess, unsigned int cpu,
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
		json_pack(
			"{s:I,s:I,s:I,s:I,s:I,s:I,s:i,s:i,s:b,s:b,s:i,s:i,s:i,"
			"s:i,s:s}",
			"value_ns", (json_int_t)value, "allowed_ns",
			(json_int_t)(value - excess), "due_ns",
			(json_int_t)(fired_ns - value), "fired_ns",
			(json_int_t)fired_ns, "armed_ns",
			(json_int_t)(fired_ns - value - 20000000), "steal_ns",
			(json_int_t)0, "timer", (int)(fake_random(state) % 100),
			"armed_cpu", cpu, "idle", (int)(fake_random(state) & 1),
			"in_thread", 0, "irqs", (int)(fake_random(state) % 9),
			"softirqs", (int)(fake_random(state) % 5), "switches",
			(int)(fake_random(state) % 20), "pid", 0, "comm",
			opt->with_odd ? "<b>&\"'" : "swapper/0"));
	if (json_array_size(area->worst) > 8)
		json_array_remove(area->worst, 8);
}

static void fake_sample_wheel(const struct fake_point *point,
			      struct fake_area *area, uint64_t *state,
			      int64_t *lateness, int64_t *allowed)
{
	int64_t ticks = point->delay_ns / FAKE_TICK_NS;
	int64_t step = 1, wheel_slack, slack_used = 0, delivery;

	while (ticks / step >= 64)
		step *= 8;
	wheel_slack =
		(int64_t)(fake_random(state) % (uint64_t)(step * FAKE_TICK_NS));
	if (point->slack_ns)
		slack_used = (int64_t)(fake_random(state) %
				       (uint64_t)point->slack_ns);
	delivery = fake_jitter(state, 3000 + 8 * point->timers);
	*allowed = slack_used + wheel_slack;
	*lateness = *allowed + delivery;
	ktb_histogram_add(&area->hist[1], slack_used, 1);
	ktb_histogram_add(&area->hist[2], wheel_slack, 1);
	ktb_histogram_add(&area->hist[3], delivery, 1);
}

static void fake_sample(const struct fake_options *opt,
			const struct fake_point *point, struct fake_area *area,
			unsigned int cpu, uint64_t *state)
{
	uint64_t odd = opt->with_odd ? fake_random(state) % 500 : 0;
	int64_t lateness, slack_used = 0, past_hard;
	int64_t allowed = 0;

	if (!strcmp(point->job->workload, "null")) {
		lateness = 1 + (int64_t)(fake_random(state) % 3);
		ktb_histogram_add(&area->hist[1], fake_jitter(state, 20), 1);
		ktb_histogram_add(&area->hist[2], fake_jitter(state, 9), 1);
	} else if (!strcmp(point->job->workload, "hrtimer")) {
		if (point->slack_ns)
			slack_used = (int64_t)(fake_random(state) %
					       (uint64_t)point->slack_ns);
		past_hard = fake_jitter(state, 900 + 3 * point->timers);
		allowed = slack_used;
		lateness = slack_used + past_hard;
		if (odd == 1)
			lateness = -300;
		if (odd == 2)
			lateness = 20000000000;
		ktb_histogram_add(&area->hist[1], slack_used, 1);
		ktb_histogram_add(&area->hist[2], past_hard, 1);
	} else {
		fake_sample_wheel(point, area, state, &lateness, &allowed);
	}
	ktb_histogram_add(&area->hist[0], lateness, 1);
	fake_worst(opt, area, lateness, lateness - allowed, cpu, state);
	if (!strcmp(point->kind, "unpinned") && !(fake_random(state) & 3))
		cpu = (unsigned int)(fake_random(state) % opt->cpus);
	area->armed[cpu]++;
}

static json_t *fake_counters(const struct fake_options *opt,
			     const struct fake_point *point,
			     const struct fake_area *area, unsigned int cpu,
			     bool is_lossy)
{
	int64_t n = (int64_t)area->hist[0].count;
	int64_t instants = n / (1 + point->slack_ns / 4000000);
	int64_t ticks = point->delay_ns / FAKE_TICK_NS;
	json_t *counters;
	char name[16];
	int level = 0, i;

	counters = json_pack("{s:I,s:I,s:I,s:I,s:i,s:i,s:I,s:i,s:i,s:i}",
			     "expiries", (json_int_t)n, "instants",
			     (json_int_t)(instants ? instants :
					  n	   ? 1 :
						     0),
			     "missed",
			     (json_int_t)(point->timers >= 10000 ? 7 : 0),
			     "migrated",
			     (json_int_t)(n - (int64_t)area->armed[cpu]),
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

static json_t *fake_metrics(const struct fake_point *point,
			    const struct fake_area *area)
{
	static const char *const names[][FAKE_HISTS] = {
		{ "empty", "clock_pair", "record" },
		{ "lateness", "slack_used", "past_hard" },
		{ "lateness", "slack_used", "wheel_slack", "delivery",
		  "pending_slack", "storm_drain" },
	};
	int which = !strcmp(point->job->workload, "null")    ? 0 :
		    !strcmp(point->job->workload, "hrtimer") ? 1 :
							       2;
	json_t *metrics = json_object();
	int i;

	for (i = 0; i < FAKE_HISTS && names[which][i]; i++)
		json_object_set_new(metrics, names[which][i],
				    fake_histogram(&area->hist[i]));
	return metrics;
}

static int64_t fake_begin_ns(const struct fake_point *point)
{
	return 1000000000000 + point->cell * 2100000000LL;
}

static json_t *fake_cpu(const struct fake_options *opt,
			const struct fake_point *point, unsigned int cpu,
			bool is_lossy, uint64_t *state)
{
	struct fake_area *area = calloc(1, sizeof(*area));
	json_t *armed = json_array();
	json_t *line;
	unsigned int i;

	area->armed = calloc(opt->cpus, sizeof(*area->armed));
	area->begin_ns = fake_begin_ns(point);
	area->worst = json_array();
	for (i = 0; i < FAKE_HISTS; i++)
		ktb_histogram_init(&area->hist[i]);
	for (i = 0; i < opt->samples; i++)
		fake_sample(opt, point, area, cpu, state);
	for (i = 0; i < opt->cpus; i++)
		if (area->armed[i])
			json_array_append_new(
				armed, json_pack("[iI]", i,
						 (json_int_t)area->armed[i]));
	line = json_pack("{s:i,s:i,s:o,s:o,s:o,s:o}", "cpu", cpu, "node",
			 cpu * 2 / opt->cpus, "metrics",
			 fake_metrics(point, area), "counters",
			 fake_counters(opt, point, area, cpu, is_lossy),
			 "armed_from", armed, "worst", area->worst);
	free(area->armed);
	free(area);
	return line;
}

json_t *fake_cell(const struct fake_options *opt, unsigned int cell,
		  unsigned int repetition)
{
	uint64_t state = opt->seed + cell * 1000003ULL + repetition * 7919ULL;
	bool is_lossy = opt->with_losses && cell % 3 == 2;
	json_t *places = json_array(), *cpus = json_array();
	struct fake_point point;
	unsigned int i;

	fake_point(&point, cell);
	for (i = 0; i < opt->cpus; i++) {
		json_array_append_new(places, json_pack("{s:i,s:i}", "cpu", i,
							"arm_cpu", i));
		json_array_append_new(cpus, fake_cpu(opt, &point, i, is_lossy,
						     &state));
	}
	return json_pack(
		"{s:i,s:i,s:s,s:s,s:o,s:o,s:o,s:s,s:[],s:n,s:[],s:s,s:s,s:I,s:I,s:s,"
		"s:I,s:i,s:o}",
		"cell", cell, "repetition", repetition, "job", point.job->name,
		"workload", point.job->workload, "params",
		fake_params(opt, &point), "swept",
		point.job->swept ? json_pack("[s]", point.job->swept) :
				   json_array(),
		"places", places, "placement", "all", "with", "beside",
		"disturb", "state", is_lossy ? "invalid" : "ok", "reason",
		is_lossy ? "wrong_cpu counts 11 on each CPU" : "", "begin_ns",
		(json_int_t)fake_begin_ns(&point), "end_ns",
		(json_int_t)fake_begin_ns(&point) + 2000000000, "started",
		"2026-01-02T03:04:05Z", "memory_bytes",
		(json_int_t)(point.timers * 128 * opt->cpus + 65536),
		"timer_bytes", 128, "cpus", cpus);
}
