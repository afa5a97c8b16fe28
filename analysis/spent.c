// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Adds up what repetitions took of the machine. It may not know metrics, or how
 * things are printed.
 */
#include <stdio.h>

#include "shape.h"
#include "spent.h"

static const struct ktb_shape spent_shape[] = {
	{ "elapsed_ns", KTB_SHAPE_COUNT },
	{ "reader_wakeups", KTB_SHAPE_COUNT },
	{ "reader_cpu_ns", KTB_SHAPE_COUNT },
	{ "reader_memory_bytes", KTB_SHAPE_COUNT },
	{ "irqs", KTB_SHAPE_ARRAY },
	{ NULL, 0 },
};

static bool spent_is_count(const json_t *value)
{
	return json_is_integer(value) && json_integer_value(value) >= 0 &&
	       json_integer_value(value) <= KTB_SHAPE_MOST;
}

static bool spent_sum(int64_t *sum, int64_t more)
{
	return !__builtin_add_overflow(*sum, more, sum) &&
	       *sum <= KTB_SHAPE_MOST;
}

bool ktb_spent_cpu_ns(int64_t elapsed_ns, size_t nr, int64_t *cpu_ns)
{
	return !__builtin_mul_overflow(elapsed_ns, (int64_t)nr, cpu_ns) &&
	       *cpu_ns <= KTB_SHAPE_MOST;
}

bool ktb_spent_sum_irqs(const json_t *irqs, int64_t *sum, char *why,
			size_t size)
{
	const json_t *pair, *count;
	size_t i;

	*sum = 0;
	json_array_foreach(irqs, i, pair) {
		count = json_array_get(pair, 1);
		if (json_array_size(pair) != 2 ||
		    !spent_is_count(json_array_get(pair, 0)) ||
		    !spent_is_count(count)) {
			snprintf(why, size,
				 "irqs[%zu] is not [CPU, interrupts]", i);
			return false;
		}
		if (!spent_sum(sum, json_integer_value(count))) {
			snprintf(why, size, "irqs adds up to more than 2^61");
			return false;
		}
	}
	return true;
}

bool ktb_spent_add(struct ktb_spent *spent, const json_t *cost, char *why,
		   size_t size)
{
	const json_t *irqs = json_object_get(cost, "irqs");
	int64_t elapsed_ns, memory, cpu_ns, sum;
	char text[160];

	if (!cost || json_is_null(cost))
		return true;
	if (!ktb_shape_check(cost, spent_shape, text, sizeof(text)) ||
	    !ktb_spent_sum_irqs(irqs, &sum, text, sizeof(text))) {
		snprintf(why, size, "cost: %s", text);
		return false;
	}
	elapsed_ns = ktb_shape_integer(cost, "elapsed_ns");
	memory = ktb_shape_integer(cost, "reader_memory_bytes");
	spent->nr++;
	if (!ktb_spent_cpu_ns(elapsed_ns, json_array_size(irqs), &cpu_ns) ||
	    !spent_sum(&spent->elapsed_ns, elapsed_ns) ||
	    !spent_sum(&spent->cpu_ns, cpu_ns) ||
	    !spent_sum(&spent->irqs, sum) ||
	    !spent_sum(&spent->reader_wakeups,
		       ktb_shape_integer(cost, "reader_wakeups")) ||
	    !spent_sum(&spent->reader_cpu_ns,
		       ktb_shape_integer(cost, "reader_cpu_ns"))) {
		snprintf(why, size, "cost: a member adds up to more than 2^61");
		return false;
	}
	if (memory > spent->reader_memory_bytes)
		spent->reader_memory_bytes = memory;
	return true;
}
