// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One CPU's figures of one repetition: JSON in, histograms and counters out.
 * Everything is checked, for these figures go into every other. It knows
 * nothing of repetitions or of percentiles.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "area.h"
#include "shape.h"

static const struct ktb_shape area_shape[] = {
	{ "cpu", KTB_SHAPE_CPU },
	{ "node", KTB_SHAPE_PLACE },
	{ "metrics", KTB_SHAPE_OBJECT },
	{ "counters", KTB_SHAPE_OBJECT },
	{ "armed_from", KTB_SHAPE_ARRAY },
	{ "worst", KTB_SHAPE_OBJECTS },
	{ NULL, 0 },
};

static const struct ktb_shape area_histogram_shape[] = {
	{ "count", KTB_SHAPE_COUNT },
	{ "sum", KTB_SHAPE_INTEGER },
	{ "sumsq", KTB_SHAPE_STRING },
	{ "min", KTB_SHAPE_VALUE_OR_NULL },
	{ "max", KTB_SHAPE_VALUE_OR_NULL },
	{ "early", KTB_SHAPE_COUNT },
	{ "overflow", KTB_SHAPE_COUNT },
	{ "buckets", KTB_SHAPE_ARRAY },
	{ NULL, 0 },
};

/* clang-format off */
static const struct ktb_shape area_sample_shape[] = {
	{ "value_ns", KTB_SHAPE_VALUE },
	{ "allowed_ns", KTB_SHAPE_VALUE },
	{ "due_ns", KTB_SHAPE_VALUE },
	{ "fired_ns", KTB_SHAPE_VALUE },
	{ "armed_ns", KTB_SHAPE_VALUE },
	{ "steal_ns", KTB_SHAPE_VALUE },
	{ "timer", KTB_SHAPE_COUNT },
	{ "armed_cpu", KTB_SHAPE_CPU },
	{ "idle", KTB_SHAPE_BOOL },
	{ "in_thread", KTB_SHAPE_BOOL },
	{ "irqs", KTB_SHAPE_COUNT },
	{ "softirqs", KTB_SHAPE_COUNT },
	{ "switches", KTB_SHAPE_COUNT },
	{ "pid", KTB_SHAPE_COUNT },
	{ "comm", KTB_SHAPE_STRING },
	{ NULL, 0 },
};
/* clang-format on */

bool ktb_area_init(struct ktb_area *area, const struct ktb_workload *workload,
		   int cpu)
{
	memset(area, 0, sizeof(*area));
	area->cpu = cpu;
	area->hists = ktb_histogram_new(workload->nr_hists);
	area->counters =
		calloc(workload->nr_counters + 1, sizeof(*area->counters));
	return area->hists && area->counters;
}

void ktb_area_free(struct ktb_area *area)
{
	free(area->hists);
	free(area->counters);
	free(area->armed);
	memset(area, 0, sizeof(*area));
}

static bool area_read_sumsq(const char *text, unsigned __int128 *sumsq)
{
	*sumsq = 0;
	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' ||
		    __builtin_mul_overflow(*sumsq, (__uint128_t)10, sumsq) ||
		    __builtin_add_overflow(*sumsq, (__uint128_t)(*text - '0'),
					   sumsq))
			return false;
	}
	return true;
}

static bool area_read_pair(const json_t *pair, json_int_t *key,
			   json_int_t *count)
{
	const json_t *first = json_array_get(pair, 0);
	const json_t *second = json_array_get(pair, 1);

	if (json_array_size(pair) != 2 || !json_is_integer(first) ||
	    !json_is_integer(second))
		return false;
	*key = json_integer_value(first);
	*count = json_integer_value(second);
	return *count > 0 && *count <= KTB_SHAPE_MOST;
}

/* As results of schema version 1 have them: [index, count] each. */
static const char *area_read_pairs(struct ktb_histogram *h,
				   const json_t *buckets)
{
	json_int_t index, count;
	json_int_t last = -1;
	const json_t *pair;
	size_t i;

	json_array_foreach(buckets, i, pair) {
		if (!area_read_pair(pair, &index, &count))
			return "a bucket is not [index, count above 0]";
		if (index < 0)
			return "a bucket's index is below 0";
		if (index <= last)
			return "its buckets do not ascend";
		if (index >= KTB_HIST_NR)
			return "a bucket's index is past the last one, 3583";
		h->bucket[index] = (uint64_t)count;
		last = index;
	}
	return NULL;
}

/* A count of the bucket at *index, or -N, which passes N empty ones over. */
static const char *area_read_count(struct ktb_histogram *h, json_int_t *index,
				   json_int_t number)
{
	if (!number)
		return "a bucket is not an integer other than 0";
	if (number < -KTB_HIST_NR ||
	    *index - (number < 0 ? number : -1) > KTB_HIST_NR)
		return "there are more buckets than 3584";
	if (number > KTB_SHAPE_MOST)
		return "a bucket has more than 2^61 samples";
	if (number < 0)
		*index -= number;
	else
		h->bucket[(*index)++] = (uint64_t)number;
	return NULL;
}

static const char *area_read_buckets(struct ktb_histogram *h,
				     const struct ktb_counts *counts,
				     const json_t *buckets)
{
	const json_int_t *numbers;
	const char *wrong = NULL;
	const json_t *element;
	json_int_t index = 0;
	size_t i, nr;

	numbers = ktb_counts_list(counts, buckets, &nr);
	if (numbers) {
		for (i = 0; !wrong && i < nr; i++)
			wrong = area_read_count(h, &index, numbers[i]);
		return wrong;
	}
	if (json_is_array(json_array_get(buckets, 0)))
		return area_read_pairs(h, buckets);
	json_array_foreach(buckets, i, element) {
		wrong = area_read_count(h, &index, json_integer_value(element));
		if (wrong)
			break;
	}
	return wrong;
}

/* Read a histogram; returns what is wrong with it, NULL when nothing is. */
static const char *area_read_histogram(struct ktb_histogram *h,
				       const struct ktb_counts *counts,
				       const json_t *from)
{
	const json_t *min = json_object_get(from, "min");
	const json_t *max = json_object_get(from, "max");
	const char *wrong;

	ktb_histogram_init(h);
	h->count = (uint64_t)ktb_shape_integer(from, "count");
	h->early = (uint64_t)ktb_shape_integer(from, "early");
	h->overflow = (uint64_t)ktb_shape_integer(from, "overflow");
	h->sum = ktb_shape_integer(from, "sum");
	if (!area_read_sumsq(ktb_shape_string(from, "sumsq"), &h->sumsq))
		return "sumsq is not a number of at most 128 bits";
	if (json_is_null(min) != !h->count || json_is_null(max) != !h->count)
		return "min and max are null when count is 0, and only then";
	if (h->count) {
		h->min = json_integer_value(min);
		h->max = json_integer_value(max);
	}
	wrong = area_read_buckets(h, counts, json_object_get(from, "buckets"));
	return wrong ? wrong : ktb_histogram_flaw(h);
}

static bool
area_add_histograms(struct ktb_area *area, const struct ktb_workload *workload,
		    const struct ktb_counts *counts, const json_t *metrics,
		    struct ktb_histogram *once, char *why, size_t size)
{
	const struct ktb_metric *metric;
	struct ktb_histogram h;
	const char *wrong;
	const json_t *from;
	char text[160];
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (!metric->is_distribution || metric->is_served)
			continue;
		from = json_object_get(metrics, metric->name);
		wrong = text;
		if (!from)
			wrong = "it is missing";
		else if (ktb_shape_check(from, area_histogram_shape, text,
					 sizeof(text)))
			wrong = area_read_histogram(&h, counts, from);
		if (!wrong)
			wrong = ktb_area_merge(area, workload, metric, once,
					       &h);
		if (wrong) {
			snprintf(why, size, "metrics.%.40s: %s", metric->name,
				 wrong);
			return false;
		}
	}
	return true;
}

/* Sums stay far from 64 bits, so that those of few of them fit too. */
static bool area_add_count(uint64_t *sum, json_int_t count)
{
	return !__builtin_add_overflow(*sum, (uint64_t)count, sum) &&
	       *sum <= (uint64_t)KTB_SHAPE_MOST;
}

static bool area_is_count(const json_t *value)
{
	return json_is_integer(value) && json_integer_value(value) >= 0 &&
	       json_integer_value(value) <= KTB_SHAPE_MOST;
}

static bool area_add_counters(struct ktb_area *area,
			      const struct ktb_workload *workload,
			      const json_t *counters, char *why, size_t size)
{
	const struct ktb_metric *metric;
	const json_t *from;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (metric->is_distribution)
			continue;
		from = json_object_get(counters, metric->name);
		if (!area_is_count(from)) {
			snprintf(
				why, size,
				"counters.%.40s is not an integer from 0 to 2^61",
				metric->name);
			return false;
		}
		if (!area_add_count(&area->counters[metric->slot],
				    json_integer_value(from))) {
			snprintf(why, size,
				 "counters.%.40s adds up to more than 2^61",
				 metric->name);
			return false;
		}
	}
	from = json_object_get(counters, "raw_dropped");
	if (!from || area_is_count(from))
		return true;
	snprintf(why, size,
		 "counters.raw_dropped is not an integer from 0 to 2^61");
	return false;
}

static const char *area_add_armed(struct ktb_area *area, int cpu,
				  json_int_t count)
{
	struct ktb_armed *armed;
	size_t i;

	for (i = 0; i < area->nr_armed; i++) {
		if (area->armed[i].cpu != cpu)
			continue;
		return area_add_count(&area->armed[i].count, count) ?
			       NULL :
			       "adds up to more than 2^61";
	}
	armed = reallocarray(area->armed, area->nr_armed + 1, sizeof(*armed));
	if (!armed)
		return "cannot be read: there is no memory";
	area->armed = armed;
	armed[area->nr_armed++] = (struct ktb_armed){ cpu, (uint64_t)count };
	return NULL;
}

/* Returns what is wrong with one, NULL when nothing is. */
static const char *area_read_armed(struct ktb_area *area, const json_t *pairs,
				   size_t at)
{
	json_int_t cpu, count, other;
	size_t i;

	if (!area_read_pair(json_array_get(pairs, at), &cpu, &count) ||
	    cpu < 0 || cpu > INT32_MAX)
		return "is not [cpu, count above 0]";
	for (i = 0; i < at; i++) {
		other = json_integer_value(
			json_array_get(json_array_get(pairs, i), 0));
		if (other == cpu)
			return "is of a CPU that is there already";
	}
	return area_add_armed(area, (int)cpu, count);
}

bool ktb_area_add(struct ktb_area *area, const struct ktb_workload *workload,
		  const struct ktb_counts *counts, const json_t *from,
		  struct ktb_histogram *once, char *why, size_t size)
{
	const json_t *armed = json_object_get(from, "armed_from");
	const char *wrong;
	size_t i;

	if (!ktb_shape_check(from, area_shape, why, size))
		return false;
	area->node = (int)ktb_shape_integer(from, "node");
	if (!area_add_histograms(area, workload, counts,
				 json_object_get(from, "metrics"), once, why,
				 size) ||
	    !area_add_counters(area, workload,
			       json_object_get(from, "counters"), why, size) ||
	    !ktb_area_check_missed(workload, from, why, size))
		return false;
	for (i = 0; i < json_array_size(armed); i++) {
		wrong = area_read_armed(area, armed, i);
		if (!wrong)
			continue;
		snprintf(why, size, "armed_from[%zu] %s", i, wrong);
		return false;
	}
	return true;
}

bool ktb_area_sample(struct ktb_sample *sample, const json_t *from, char *why,
		     size_t size)
{
	if (!ktb_shape_check(from, area_sample_shape, why, size))
		return false;
	sample->value = ktb_shape_integer(from, "value_ns");
	sample->excess = sample->value - ktb_shape_integer(from, "allowed_ns");
	sample->due_ns = ktb_shape_integer(from, "due_ns");
	sample->fired_ns = ktb_shape_integer(from, "fired_ns");
	sample->armed_ns = ktb_shape_integer(from, "armed_ns");
	sample->steal_ns = ktb_shape_integer(from, "steal_ns");
	sample->timer = ktb_shape_integer(from, "timer");
	sample->armed_cpu = (int)ktb_shape_integer(from, "armed_cpu");
	sample->irqs = ktb_shape_integer(from, "irqs");
	sample->softirqs = ktb_shape_integer(from, "softirqs");
	sample->switches = ktb_shape_integer(from, "switches");
	sample->pid = ktb_shape_integer(from, "pid");
	sample->is_idle = json_is_true(json_object_get(from, "idle"));
	sample->is_in_thread = json_is_true(json_object_get(from, "in_thread"));
	snprintf(sample->comm, sizeof(sample->comm), "%s",
		 ktb_shape_string(from, "comm"));
	return true;
}
