// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Samples, invented, whose parts add up. Integers only.
 */
#include <string.h>

#include "fake_sample.h"

#define FAKE_TICK_NS 4000000LL

static int64_t fake_pace_ppm;

void fake_pace(int64_t ppm)
{
	fake_pace_ppm = ppm;
}

/* Mostly near the base, now and then in a tail that halves per doubling. */
static int64_t fake_jitter(uint64_t *state, int64_t base)
{
	uint64_t bits = fake_random(state);
	int64_t value = base + (int64_t)(bits % (uint64_t)base) / 2 +
			(int64_t)((bits >> 20) % (uint64_t)base) / 2;

	if (!((bits >> 40) & 63))
		value += base
			 << __builtin_ctzll((fake_random(state) | (1 << 9)));
	return value + value * fake_pace_ppm / 1000000;
}

/* Evenly below a limit; none below nothing. */
static int64_t fake_below(uint64_t *state, int64_t limit)
{
	return limit ? (int64_t)(fake_random(state) % (uint64_t)limit) : 0;
}

/* A granule of the wheel's level for a delay. */
static int64_t fake_granule(int64_t delay_ns)
{
	int64_t ticks = delay_ns / FAKE_TICK_NS;
	int64_t step = 1;

	while (ticks / step >= 64)
		step *= 8;
	return step * FAKE_TICK_NS;
}

static int64_t fake_sample_null(const struct fake_point *point,
				struct fake_area *area, unsigned int far,
				uint64_t *state, int64_t *allowed)
{
	int64_t empty = 1 + (int64_t)(fake_random(state) % 3);

	ktb_histogram_add(&area->hist[1], fake_jitter(state, 20), 1);
	ktb_histogram_add(&area->hist[2], fake_jitter(state, 9), 1);
	return empty;
}

static int64_t fake_sample_hrtimer(const struct fake_point *point,
				   struct fake_area *area, unsigned int far,
				   uint64_t *state, int64_t *allowed)
{
	int64_t slack_used = fake_below(state, fake_number(point, "slack"));
	int64_t past_hard =
		fake_jitter(state, 900 + 3 * fake_number(point, "timers"));

	ktb_histogram_add(&area->hist[1], slack_used, 1);
	ktb_histogram_add(&area->hist[2], past_hard, 1);
	*allowed = slack_used;
	return slack_used + past_hard;
}

static int64_t fake_sample_wheel(const struct fake_point *point,
				 struct fake_area *area, unsigned int far,
				 uint64_t *state, int64_t *allowed)
{
	int64_t wheel_slack =
		fake_below(state, fake_granule(fake_number(point, "delay")));
	int64_t slack_used = fake_below(state, fake_number(point, "slack"));
	int64_t delivery =
		fake_jitter(state, 3000 + 8 * fake_number(point, "timers"));

	ktb_histogram_add(&area->hist[1], slack_used, 1);
	ktb_histogram_add(&area->hist[2], wheel_slack, 1);
	ktb_histogram_add(&area->hist[3], delivery, 1);
	*allowed = slack_used + wheel_slack;
	return *allowed + delivery;
}

/* Either rounding or slack, and the delivery. */
static int64_t fake_sample_sleep(const struct fake_point *point,
				 struct fake_area *area, unsigned int far,
				 uint64_t *state, int64_t *allowed)
{
	int64_t delivery = fake_jitter(state, 4000);

	if (fake_is(point, "api", "msleep")) {
		*allowed = FAKE_TICK_NS +
			   fake_below(state,
				      fake_granule(fake_number(point, "time")));
		ktb_histogram_add(&area->hist[1], *allowed, 1);
	} else {
		*allowed = fake_below(state, 50000);
		ktb_histogram_add(&area->hist[2], *allowed, 1);
	}
	ktb_histogram_add(&area->hist[3], delivery, 1);
	return *allowed + delivery;
}

static int64_t fake_sample_wake(const struct fake_point *point,
				struct fake_area *area, unsigned int far,
				uint64_t *state, int64_t *allowed)
{
	int64_t thread = fake_jitter(state, 3000 << far);
	int64_t irq = 0;

	if (!fake_is(point, "source", "thread")) {
		irq = fake_jitter(state, 900);
		ktb_histogram_add(&area->hist[1], irq, 1);
	}
	ktb_histogram_add(&area->hist[2], thread, 1);
	return irq + thread;
}

/* What the table's rows say of a workload. */
static int64_t fake_sample_rows(const struct fake_point *point,
				struct fake_area *area, unsigned int far,
				uint64_t *state, int64_t *allowed)
{
	const struct fake_metric *metric = point->workload->metrics;
	int64_t primary = 0, value, base;
	unsigned int slot = 0;

	for (; metric->name; metric++, slot++) {
		base = metric->base;
		if (!base || fake_mark(metric, 'r'))
			continue;
		if (metric->of)
			base += base * fake_number(point, metric->of) /
				metric->per;
		value = fake_jitter(state, base);
		if (fake_mark(metric, 'P') || fake_mark(metric, 'p'))
			primary += value;
		if (!fake_mark(metric, 'P'))
			ktb_histogram_add(&area->hist[slot], value, 1);
	}
	return primary;
}

int64_t fake_sample(const struct fake_point *point, struct fake_area *area,
		    unsigned int far, uint64_t *state, int64_t *allowed)
{
	static const struct {
		const char *workload;
		int64_t (*sample)(const struct fake_point *point,
				  struct fake_area *area, unsigned int far,
				  uint64_t *state, int64_t *allowed);
	} rows[] = {
		{ "null", fake_sample_null },
		{ "hrtimer", fake_sample_hrtimer },
		{ "timer_wheel", fake_sample_wheel },
		{ "sleep", fake_sample_sleep },
		{ "kthread_wake", fake_sample_wake },
	};
	size_t i;

	*allowed = 0;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].workload, point->job->workload))
			return rows[i].sample(point, area, far, state, allowed);
	return fake_sample_rows(point, area, far, state, allowed);
}

void fake_rounds(const struct fake_point *point, struct fake_area *area,
		 unsigned int nr, uint64_t *state)
{
	const struct fake_metric *metric = point->workload->metrics;
	int64_t creators = fake_number(point, "creators");
	int64_t value, base;
	unsigned int slot = 0, i;

	for (; metric->name; metric++, slot++) {
		if (!fake_mark(metric, 'r'))
			continue;
		base = metric->base;
		/* They get into each other's way. */
		if (metric->of)
			base = base * creators * metric->per /
			       (metric->per + creators);
		for (i = 0; i < nr; i++) {
			value = fake_below(state, base / 8) - base / 16;
			/* The machine has freed memory meanwhile. */
			value += fake_mark(metric, 'b') &&
						 !fake_below(state, 8) ?
					 -base / 4 :
					 base;
			ktb_histogram_add(&area->hist[slot], value, 1);
		}
	}
}
