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

bool ktb_spent_sum_irqs(const json_t *irqs, int64_t *sum, char *why,
			size_t size)
{
	const json_t *pair, *count;
	size_t i;

	*sum = 0;
	json_array_foreach(irqs, i, pair) {
		count = json_array_get(pair, 1);
		if (json_array_size(pair) != 2 ||
		    !json_is_integer(json_array_get(pair, 0)) ||
		    !json_is_integer(count) || json_integer_value(count) < 0) {
			snprintf(why, size,
				 "irqs[%zu] is not [CPU, interrupts]", i);
			return false;
		}
		*sum += json_integer_value(count);
	}
	return true;
}

bool ktb_spent_add(struct ktb_spent *spent, const json_t *cost, char *why,
		   size_t size)
{
	const json_t *irqs = json_object_get(cost, "irqs");
	int64_t elapsed_ns, memory, sum;
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
	spent->elapsed_ns += elapsed_ns;
	spent->cpu_ns += elapsed_ns * (int64_t)json_array_size(irqs);
	spent->irqs += sum;
	spent->reader_wakeups += ktb_shape_integer(cost, "reader_wakeups");
	spent->reader_cpu_ns += ktb_shape_integer(cost, "reader_cpu_ns");
	if (memory > spent->reader_memory_bytes)
		spent->reader_memory_bytes = memory;
	return true;
}
