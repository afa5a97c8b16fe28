// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The shift function: how B differs from A at each quantile (Doksum and Sievers,
 * Plotting with confidence: graphical comparisons of two populations, 1976), here
 * from boots. It may not judge.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"

/* Which quantiles, in parts per million. */
static const uint32_t points[KTB_COMPARE_POINTS] = {
	10000,	100000, 200000, 300000, 400000, 500000, 600000,
	700000, 800000, 900000, 950000, 990000, 999000,
};

/**
 * struct logs - readings of one quantile
 * @log: A's and B's
 * @nr: how many
 */
struct logs {
	double *log[2];
	size_t nr[2];
};

static const struct ktb_histogram *
histogram_of(const struct ktb_cell_data *data,
	     const struct ktb_quantity *quantity)
{
	const struct ktb_workload *workload = data->workload;
	const struct ktb_metric *metric;
	size_t i;

	metric = workload ? ktb_reader_metric(workload, quantity->metric) :
			    NULL;
	if (!metric || !metric->is_distribution)
		return NULL;
	if (quantity->cpu == KTB_QUANTITY_ALL_CPUS)
		return &data->hists[metric->slot];
	for (i = 0; i < data->nr_cpus; i++)
		if (data->cpus[i].cpu == quantity->cpu)
			return &data->cpus[i].hists[metric->slot];
	return NULL;
}

/* As many samples beyond the quantile as p99 of the least sample for it has. */
static bool is_supported(uint64_t count, uint32_t ppm)
{
	const double rest = (double)(ppm < 500000 ? ppm : 1000000 - ppm) / 1e6;

	return (double)count * rest >= 3.68;
}

static void take(struct logs *logs, size_t side, const struct ktb_histogram *h)
{
	double value;
	size_t i;

	for (i = 0; i < KTB_COMPARE_POINTS; i++)
		if (is_supported(h->count, points[i]) &&
		    ktb_quantity_read(h, points[i], &value) && value > 0)
			logs[i].log[side][logs[i].nr[side]++] = log(value);
}

static int read_side(const struct ktb_comparison *comparison,
		     const struct ktb_quantity *quantity, size_t side,
		     struct logs *logs, struct ktb_shift *shift,
		     struct ktb_fault *fault)
{
	const struct ktb_histogram *h;
	char key[KTB_SIDE_KEY_SIZE];
	struct ktb_cell_data data;
	size_t i;
	int ret = 0;

	snprintf(key, sizeof(key), "%s\n%s", quantity->job, quantity->cell);
	for (i = 0; !ret && i < comparison->used[side]; i++) {
		ret = ktb_side_load(&comparison->side[side], i, key, &data,
				    fault);
		h = ret ? NULL : histogram_of(&data, quantity);
		if (h && ktb_histogram_merge(&shift->hist[side], h))
			take(logs, side, h);
		else if (h)
			ret = ktb_fault_set(
				fault, KTB_FAULT_SYSTEM,
				"%s: sums of %s are too large to be put together",
				comparison->title[side], quantity->metric);
		ktb_side_unload(&data);
	}
	return ret;
}

static bool allocate(struct logs *logs, const size_t used[2])
{
	bool is_good = true;
	size_t i, k;

	for (i = 0; i < KTB_COMPARE_POINTS; i++)
		for (k = 0; k < 2; k++) {
			logs[i].log[k] =
				calloc(used[k] + 1, sizeof(*logs[i].log[k]));
			is_good = is_good && logs[i].log[k];
		}
	return is_good;
}

/* One point; what too few boots have is not told. */
static bool estimate(struct ktb_shift *shift, size_t point,
		     const struct logs *logs, double step)
{
	const struct ktb_readings side[2] = {
		{ logs->log[0], logs->nr[0] },
		{ logs->log[1], logs->nr[1] },
	};

	shift->ppm[point] = points[point];
	shift->is_told[point] = logs->nr[0] >= 2 && logs->nr[1] >= 2;
	return !shift->is_told[point] ||
	       ktb_effect_make(
		       &shift->effect[point], side,
		       step / exp(fmin(logs->log[0][0], logs->log[1][0])));
}

int ktb_compare_shift(const struct ktb_comparison *comparison,
		      const struct ktb_quantity *quantity,
		      struct ktb_shift *shift, struct ktb_fault *fault)
{
	struct logs logs[KTB_COMPARE_POINTS] = { 0 };
	int ret = 0;
	size_t i;

	memset(shift, 0, sizeof(*shift));
	for (i = 0; i < 2; i++)
		ktb_histogram_init(&shift->hist[i]);
	if (!allocate(logs, comparison->used))
		ret = ktb_fault_memory(fault);
	for (i = 0; !ret && i < 2; i++)
		ret = read_side(comparison, quantity, i, logs, shift, fault);
	for (i = 0; !ret && i < KTB_COMPARE_POINTS; i++)
		if (!estimate(shift, i, &logs[i], quantity->step))
			ret = ktb_fault_memory(fault);
	for (i = 0; i < KTB_COMPARE_POINTS; i++) {
		free(logs[i].log[0]);
		free(logs[i].log[1]);
	}
	return ret;
}
