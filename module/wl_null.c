// SPDX-License-Identifier: GPL-2.0
/*
 * null: the harness with nothing in it. A thread on each place, interrupts
 * off, takes the same steps as a callback does around a callback that is
 * empty: what is left is what every other workload's figures contain.
 *
 * Inside the intervals: `clock_pair` one clock read; `empty` one clock read,
 * an indirect call and its return; `record` one clock read and the recording
 * of a sample (histogram, matrix, worst samples, raw ring); `record_missed` one
 * clock read and the recording of one period that was missed, where nobody looks.
 */
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "missed.h"
#include "workload.h"

enum {
	KTB_NULL_BATCH,
	KTB_NULL_PERIOD,
};

enum {
	KTB_NULL_EMPTY,
	KTB_NULL_CLOCK_PAIR,
	KTB_NULL_RECORD,
	KTB_NULL_RECORD_MISSED,
};

enum {
	KTB_NULL_DISTURBED,
};

static const struct ktb_param ktb_null_params[] = {
	[KTB_NULL_BATCH] = {
		.name = "batch", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = 10000, .def = 100,
		.help = "samples taken each time the thread wakes up",
	},
	[KTB_NULL_PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = NSEC_PER_MSEC, .max = NSEC_PER_SEC,
		.def = 10 * NSEC_PER_MSEC,
		.help = "time between batches, rounded up to a tick",
	},
};

static const struct ktb_metric ktb_null_metrics[] = {
	KTB_DISTRIBUTION("empty", KTB_CONTEXT_THREAD, KTB_METRIC_PRIMARY,
			 "an empty callback between two clock reads"),
	KTB_DISTRIBUTION("clock_pair", KTB_CONTEXT_THREAD, 0,
			 "two clock reads with nothing between them"),
	KTB_DISTRIBUTION("record", KTB_CONTEXT_THREAD, 0,
			 "recording of one sample between two clock reads"),
	KTB_DISTRIBUTION(
		"record_missed", KTB_CONTEXT_THREAD, 0,
		"recording of one missed period between two clock reads"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
};

/**
 * struct ktb_null - what a place records missed periods in, that nobody reads
 * @cell: all that is used of it are the two below
 * @hist: the distribution
 * @counter: the counter
 */
struct ktb_null {
	struct ktb_cell cell;
	struct ktb_hist_area hist;
	u64 counter;
};

static noinline void ktb_null_callback(struct timer_list *timer)
{
	barrier();
}

static void (*volatile ktb_null_fire)(struct timer_list *) = ktb_null_callback;

static int ktb_null_check(struct ktb_run *run, u32 *what, u32 *which)
{
	run->grace_ns = 0;
	return 0;
}

static void ktb_null_take(struct ktb_run *run, struct ktb_cell *cell, u32 area,
			  struct ktb_null *aside)
{
	void (*fire)(struct timer_list *) = ktb_null_fire;
	struct ktb_evidence armed;
	struct ktb_missed missed = { .period_ns = NSEC_PER_MSEC, .nr = 1 };
	u64 at_ns[7];
	struct ktb_sample sample = {
		.armed = &armed,
		.armed_area = area,
	};

	at_ns[0] = ktb_clock_ns();
	at_ns[1] = ktb_clock_ns();
	fire(NULL);
	at_ns[2] = ktb_clock_ns();
	if (!ktb_run_records(run, at_ns[0]))
		return;

	ktb_evidence_take(&armed, at_ns[0]);
	sample.value_ns = at_ns[2] - at_ns[1];
	sample.due_ns = at_ns[0];
	sample.fired_ns = at_ns[2];
	at_ns[3] = ktb_clock_ns();
	ktb_metric_sample(cell, KTB_NULL_EMPTY, &sample);
	at_ns[4] = ktb_clock_ns();
	missed.due_ns = at_ns[0];
	at_ns[5] = ktb_clock_ns();
	ktb_missed_keep(run, &aside->cell, 0, 0, &missed, at_ns[4], 1);
	at_ns[6] = ktb_clock_ns();
	ktb_metric_add(&cell->hists[KTB_NULL_CLOCK_PAIR], at_ns[1] - at_ns[0]);
	ktb_metric_add(&cell->hists[KTB_NULL_RECORD], at_ns[4] - at_ns[3]);
	ktb_metric_add(&cell->hists[KTB_NULL_RECORD_MISSED],
		       at_ns[6] - at_ns[5]);
}

static long ktb_null_again(struct ktb_run *run, u32 place)
{
	u32 cpu = run->places[place].cpu;
	u32 area = ktb_areas_index(&run->areas, cpu);
	struct ktb_cell *cell = ktb_areas_cell(&run->areas, cpu);
	s64 left = ktb_run_value(run, KTB_NULL_BATCH);
	struct ktb_null *aside = run->work;
	unsigned long flags;
	bool home = true;

	for (; home && left; left--) {
		local_irq_save(flags);
		home = ktb_run_is_home(run, cpu);
		if (home)
			ktb_null_take(run, cell, area, &aside[place]);
		local_irq_restore(flags);
	}
	return nsecs_to_jiffies(ktb_run_value(run, KTB_NULL_PERIOD) +
				TICK_NSEC - 1);
}

static int ktb_null_prepare(struct ktb_run *run)
{
	struct ktb_null *aside;
	u32 place;

	aside = kvcalloc(run->nr_places, sizeof(*aside), KTB_GFP);
	if (!aside)
		return -ENOMEM;
	run->work = aside;
	for (place = 0; place < run->nr_places; place++) {
		aside[place].cell.hists = &aside[place].hist;
		aside[place].cell.counters = &aside[place].counter;
		ktb_record_reset(&aside[place].hist);
	}
	return 0;
}

static void ktb_null_release(struct ktb_run *run)
{
	kvfree(run->work);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_null = {
	.name = "null",
	.help = "the harness with nothing in it: what measuring costs",
	.params = ktb_null_params,
	.nr_params = ARRAY_SIZE(ktb_null_params),
	.metrics = ktb_null_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_null_metrics),
	.contracts = "jiffies.clock",
	.disturbed = KTB_NULL_DISTURBED,
	.check = ktb_null_check,
	.prepare = ktb_null_prepare,
	.again = ktb_null_again,
	.release = ktb_null_release,
};
