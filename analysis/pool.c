// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pools the repetitions of one cell. Histograms are added bucket by bucket and
 * never averaged; the range of each quantile over the repetitions is kept
 * beside the pool, because it says what the pool hides. It knows nothing of
 * what is printed.
 */
#include <stdlib.h>
#include <string.h>

#include "area.h"
#include "pool.h"
#include "shape.h"

static struct ktb_area *pool_area(struct ktb_pool *pool, size_t guess, int cpu)
{
	struct ktb_area *areas;
	size_t i;

	/* The CPUs of each repetition come in one order. */
	if (guess < pool->nr_areas && pool->areas[guess].cpu == cpu)
		return &pool->areas[guess];
	for (i = 0; i < pool->nr_areas; i++)
		if (pool->areas[i].cpu == cpu)
			return &pool->areas[i];
	areas = reallocarray(pool->areas, pool->nr_areas + 1, sizeof(*areas));
	if (!areas)
		return NULL;
	pool->areas = areas;
	if (!ktb_area_init(&areas[pool->nr_areas++], pool->workload, cpu))
		return NULL;
	return &areas[pool->nr_areas - 1];
}

static bool pool_add_samples(struct ktb_pool *pool, const json_t *line, int cpu,
			     const json_t *worst, char *why, size_t size)
{
	size_t nr = json_array_size(worst);
	struct ktb_sample *samples;
	const json_t *from;
	size_t i;

	if (!nr)
		return true;
	samples = reallocarray(pool->samples, pool->nr_samples + nr,
			       sizeof(*samples));
	if (!samples) {
		snprintf(why, size, "there is no memory to read it");
		return false;
	}
	pool->samples = samples;
	samples += pool->nr_samples;
	json_array_foreach(worst, i, from) {
		if (!ktb_area_sample(&samples[i], from, why, size))
			return false;
		samples[i].cpu = cpu;
		samples[i].cell = ktb_shape_integer(line, "cell");
		samples[i].repetition = ktb_shape_integer(line, "repetition");
		samples[i].begin_ns = ktb_shape_integer(line, "begin_ns");
		samples[i].end_ns = ktb_shape_integer(line, "end_ns");
		samples[i].is_valid = pool->is_valid;
		samples[i].nr_alike = 0;
	}
	pool->nr_samples += nr;
	return true;
}

/* Is a CPU among the first @nr of a line? */
static bool pool_has_cpu(const json_t *line, size_t nr, int cpu)
{
	const json_t *cpus = json_object_get(line, "cpus");
	size_t i;

	for (i = 0; i < nr; i++)
		if (ktb_shape_integer(json_array_get(cpus, i), "cpu") == cpu)
			return true;
	return false;
}

static bool pool_add_count(uint64_t *sum, uint64_t count)
{
	return !__builtin_add_overflow(*sum, count, sum) &&
	       *sum <= (uint64_t)KTB_SHAPE_MOST;
}

static bool pool_add_areas(struct ktb_pool *pool, const json_t *line,
			   struct ktb_histogram *once, char *why, size_t size)
{
	struct ktb_area *area;
	const json_t *from;
	char text[256];
	uint64_t dropped;
	int cpu, last = -1;
	size_t i;

	json_array_foreach(json_object_get(line, "cpus"), i, from) {
		cpu = (int)ktb_shape_integer(from, "cpu");
		/* They ascend, but for what nobody has written. */
		if (cpu <= last && pool_has_cpu(line, i, cpu)) {
			snprintf(why, size, "cpus[%zu]: CPU %d is there twice",
				 i, cpu);
			return false;
		}
		last = cpu;
		area = pool_area(pool, i, cpu);
		if (!area) {
			snprintf(why, size, "there is no memory to read it");
			return false;
		}
		if (!ktb_area_add(area, pool->workload, &pool->counts, from,
				  once, text, sizeof(text)) ||
		    !pool_add_samples(pool, line, cpu,
				      json_object_get(from, "worst"), text,
				      sizeof(text))) {
			snprintf(why, size, "cpus[%zu]: %s", i, text);
			return false;
		}
		from = json_object_get(from, "counters");
		dropped = (uint64_t)ktb_shape_integer(from, "raw_dropped");
		if (!pool_add_count(&pool->raw_dropped, dropped)) {
			snprintf(why, size,
				 "raw_dropped adds up to more than 2^61");
			return false;
		}
	}
	return true;
}

/* Widen the ranges by one repetition, where its sample is large enough. */
static void pool_add_ranges(struct ktb_pool *pool,
			    const struct ktb_histogram *once)
{
	struct ktb_bound bound;
	struct ktb_range *range;
	size_t slot, at;
	int q;

	for (slot = 0; slot < pool->workload->nr_hists; slot++) {
		for (q = 0; q < KTB_NR_QUANTILES; q++) {
			if (once[slot].count < ktb_quantile_min_samples(q))
				break;
			at = slot * KTB_NR_QUANTILES + (size_t)q;
			range = &pool->ranges[at];
			bound = ktb_quantile_bound(
				&once[slot],
				ktb_quantile_rank(once[slot].count,
						  ktb_quantile_ppm(q)));
			if (!pool->nr_ranged[at] ||
			    bound.high < range->low.high)
				range->low = bound;
			if (!pool->nr_ranged[at] ||
			    bound.high > range->high.high)
				range->high = bound;
			pool->nr_ranged[at]++;
		}
	}
}

static bool pool_check_places(const json_t *line, char *why, size_t size)
{
	static const struct ktb_shape rows[] = {
		{ "cpu", KTB_SHAPE_CPU },
		{ "arm_cpu", KTB_SHAPE_CPU },
		{ NULL, 0 },
	};
	const json_t *place;
	char text[256];
	size_t i;

	json_array_foreach(json_object_get(line, "places"), i, place) {
		if (ktb_shape_check(place, rows, text, sizeof(text)))
			continue;
		snprintf(why, size, "places[%zu]: %s", i, text);
		return false;
	}
	return true;
}

static bool pool_add_window(struct ktb_pool *pool, const json_t *line,
			    char *why, size_t size)
{
	const json_int_t window_ns = ktb_shape_integer(line, "end_ns") -
				     ktb_shape_integer(line, "begin_ns");

	if (window_ns < 0 && pool->is_valid)
		snprintf(why, size, "end_ns is below begin_ns");
	else if (__builtin_add_overflow(pool->window_ns, window_ns,
					&pool->window_ns) ||
		 pool->window_ns > KTB_SHAPE_MOST ||
		 pool->window_ns < -KTB_SHAPE_MOST)
		snprintf(
			why, size,
			"the windows of its repetitions are longer than 2^61 ns");
	else
		return true;
	return false;
}

static bool pool_add(struct ktb_pool *pool, const json_t *line,
		     struct ktb_histogram *once, char *why, size_t size)
{
	size_t slot;

	for (slot = 0; slot < pool->workload->nr_hists; slot++)
		ktb_histogram_init(&once[slot]);
	if (!pool_check_places(line, why, size) ||
	    !ktb_spent_add(&pool->spent, json_object_get(line, "cost"), why,
			   size) ||
	    !pool_add_areas(pool, line, once, why, size))
		return false;
	for (slot = 0; slot < pool->workload->nr_hists; slot++) {
		if (!ktb_histogram_merge(&pool->totals[slot], &once[slot])) {
			snprintf(why, size,
				 "its sums add up to more than a "
				 "histogram can hold");
			return false;
		}
	}
	pool_add_ranges(pool, once);
	if (!*pool->reason)
		snprintf(pool->reason, sizeof(pool->reason), "%s",
			 ktb_shape_string(line, "reason"));
	pool->nr_repetitions++;
	return pool_add_window(pool, line, why, size);
}

static int pool_compare_areas(const void *left, const void *right)
{
	const struct ktb_area *a = left;
	const struct ktb_area *b = right;

	return (a->cpu > b->cpu) - (a->cpu < b->cpu);
}

static int pool_compare_samples(const void *left, const void *right)
{
	const struct ktb_sample *a = left;
	const struct ktb_sample *b = right;

	if (a->excess != b->excess)
		return a->excess > b->excess ? -1 : 1;
	if (a->repetition != b->repetition)
		return a->repetition < b->repetition ? -1 : 1;
	return (a->fired_ns > b->fired_ns) - (a->fired_ns < b->fired_ns);
}

/* Returns the name of what adds up to too much, NULL if nothing does. */
static const char *pool_count(struct ktb_pool *pool)
{
	const struct ktb_metric *metric = pool->workload->metrics;
	const struct ktb_metric *end = metric + pool->workload->nr_metrics;
	const struct ktb_area *area = pool->areas;
	uint64_t armed = 0;
	size_t i;

	for (; area < pool->areas + pool->nr_areas; area++)
		for (i = 0; i < area->nr_armed; i++)
			if (!pool_add_count(&armed, area->armed[i].count))
				return "armed_from";

	for (; metric < end; metric++)
		for (i = 0; !metric->is_distribution && i < pool->nr_areas; i++)
			if (!pool_add_count(
				    &pool->counters[metric->slot],
				    pool->areas[i].counters[metric->slot]))
				return metric->name;
	return NULL;
}

static int pool_finish(struct ktb_pool *pool, const struct ktb_reader *reader,
		       const struct ktb_line *line, struct ktb_fault *fault)
{
	const char *name = pool_count(pool);

	if (name)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/%s line %zu is damaged: %s of all CPUs and repetitions of its cell adds up to more than 2^61; give another result directory",
			reader->dir, reader->cells_name, line->number, name);
	if (pool->nr_areas)
		qsort(pool->areas, pool->nr_areas, sizeof(*pool->areas),
		      pool_compare_areas);
	if (pool->nr_samples)
		qsort(pool->samples, pool->nr_samples, sizeof(*pool->samples),
		      pool_compare_samples);
	return 0;
}

static bool pool_init(struct ktb_pool *pool, const struct ktb_line *line)
{
	const struct ktb_workload *workload = line->workload;
	size_t nr_hists = workload->nr_hists + 1;

	memset(pool, 0, sizeof(*pool));
	pool->workload = workload;
	pool->is_valid = line->is_valid;
	pool->totals = ktb_histogram_new(workload->nr_hists);
	pool->counters =
		calloc(workload->nr_counters + 1, sizeof(*pool->counters));
	pool->ranges =
		calloc(nr_hists * KTB_NR_QUANTILES, sizeof(*pool->ranges));
	pool->nr_ranged =
		calloc(nr_hists * KTB_NR_QUANTILES, sizeof(*pool->nr_ranged));
	return pool->totals && pool->counters && pool->ranges &&
	       pool->nr_ranged;
}

int ktb_pool_load(struct ktb_pool *pool, const struct ktb_reader *reader,
		  size_t first, size_t nr_lines, struct ktb_fault *fault)
{
	const struct ktb_line *line = &reader->lines[first];
	struct ktb_histogram *once;
	char why[320];
	json_t *root;
	size_t i;
	int ret = 0;

	once = calloc(line->workload->nr_hists + 1, sizeof(*once));
	if (!pool_init(pool, line) || !once) {
		free(once);
		return ktb_fault_memory(fault);
	}
	for (i = 0; i < nr_lines && !ret; i++, line++) {
		root = ktb_reader_load(reader, line, &pool->counts, fault);
		if (!root) {
			ret = fault->code;
			break;
		}
		if (!pool_add(pool, root, once, why, sizeof(why)))
			ret = ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s/%s line %zu is damaged: %s; cut the file "
				"before that line, or give another result "
				"directory",
				reader->dir, reader->cells_name, line->number,
				why);
		if (!pool->head)
			pool->head = root;
		else
			json_decref(root);
	}
	ktb_counts_free(&pool->counts);
	free(once);
	return ret ? ret : pool_finish(pool, reader, line - 1, fault);
}

void ktb_pool_free(struct ktb_pool *pool)
{
	size_t i;

	for (i = 0; i < pool->nr_areas; i++)
		ktb_area_free(&pool->areas[i]);
	free(pool->areas);
	free(pool->totals);
	free(pool->counters);
	free(pool->ranges);
	free(pool->nr_ranged);
	free(pool->samples);
	json_decref(pool->head);
	memset(pool, 0, sizeof(*pool));
}
