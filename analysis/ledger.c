// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the cost ledger of a result. It knows JSON, and nothing of cells or of how
 * things are printed.
 */
#include <stdio.h>
#include <string.h>

#include "ledger.h"
#include "shape.h"
#include "spent.h"

static const struct ktb_shape ledger_shape[] = {
	{ "reason", KTB_SHAPE_STRING },
	{ "idle", KTB_SHAPE_OBJECT },
	{ "costs", KTB_SHAPE_OBJECTS },
	{ NULL, 0 },
};

static const struct ktb_shape ledger_cost_shape[] = {
	{ "name", KTB_SHAPE_STRING },
	{ "what", KTB_SHAPE_STRING },
	{ "workload", KTB_SHAPE_STRING },
	{ "metric", KTB_SHAPE_STRING },
	{ "cpu", KTB_SHAPE_CPU },
	{ "count", KTB_SHAPE_COUNT },
	{ "min_ps", KTB_SHAPE_COUNT },
	{ "mean_ps", KTB_SHAPE_COUNT },
	{ NULL, 0 },
};

static bool ledger_read_idle(struct ktb_ledger *ledger, const json_t *idle,
			     char *why, size_t size)
{
	static const struct ktb_shape rows[] = {
		{ "elapsed_ns", KTB_SHAPE_COUNT },
		{ "irqs", KTB_SHAPE_ARRAY },
		{ NULL, 0 },
	};
	const json_t *irqs = json_object_get(idle, "irqs");
	size_t nr;

	if (!ktb_shape_check(idle, rows, why, size) ||
	    !ktb_spent_sum_irqs(irqs, &ledger->idle_irqs, why, size))
		return false;
	nr = json_array_size(irqs);
	if (!ktb_spent_cpu_ns(ktb_shape_integer(idle, "elapsed_ns"), nr,
			      &ledger->idle_ns)) {
		snprintf(why, size, "idle: elapsed_ns is too long");
		return false;
	}
	ledger->has_idle = ledger->idle_ns > 0;
	return true;
}

bool ktb_ledger_read(struct ktb_ledger *ledger, const json_t *from, char *why,
		     size_t size)
{
	const json_t *cost;
	char text[160];
	size_t i;

	*ledger = (struct ktb_ledger){ .reason = "" };
	if (!from || json_is_null(from))
		return true;
	if (!ktb_shape_check(from, ledger_shape, text, sizeof(text)) ||
	    !ledger_read_idle(ledger, json_object_get(from, "idle"), text,
			      sizeof(text))) {
		snprintf(why, size, "ledger: %s", text);
		return false;
	}
	ledger->reason = ktb_shape_string(from, "reason");
	ledger->costs = json_object_get(from, "costs");
	json_array_foreach(ledger->costs, i, cost) {
		if (ktb_shape_check(cost, ledger_cost_shape, text,
				    sizeof(text)))
			continue;
		snprintf(why, size, "ledger.costs[%zu]: %s", i, text);
		return false;
	}
	return true;
}

int64_t ktb_ledger_mean(const struct ktb_ledger *ledger, const char *name)
{
	const json_t *cost;
	size_t i;

	json_array_foreach(ledger->costs, i, cost)
		if (!strcmp(ktb_shape_string(cost, "name"), name))
			return ktb_shape_integer(cost, "mean_ps");
	return -1;
}
