// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Gates, looked up in result.json. It may not judge.
 */
#include <string.h>

#include "gates.h"
#include "shape.h"

static enum ktb_quantile find_quantile(const char *name)
{
	int q;

	for (q = 0; q < KTB_NR_QUANTILES; q++)
		if (!strcmp(ktb_quantile_name(q), name))
			break;
	return q;
}

int ktb_gates_check(const struct ktb_reader *reader, struct ktb_fault *fault)
{
	const json_t *gates = json_object_get(reader->root, "gates"), *gate;
	size_t i;

	json_array_foreach(gates, i, gate) {
		if (find_quantile(ktb_shape_string(gate, "quantile")) ==
		    KTB_NR_QUANTILES)
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s/result.json: gates[%zu]: there is no quantile '%s'",
				reader->dir, i,
				ktb_shape_string(gate, "quantile"));
	}
	return 0;
}

static bool is_of(const json_t *gate, const char *job, const char *metric)
{
	return !strcmp(ktb_shape_string(gate, "job"), job) &&
	       !strcmp(ktb_shape_string(gate, "metric"), metric);
}

size_t ktb_gates_of(const struct ktb_reader *reader, const char *job,
		    const struct ktb_metric *metric, struct ktb_gate *gates)
{
	const json_t *all = json_object_get(reader->root, "gates");
	const json_t *gate, *delta;
	size_t nr = 0, i;

	if (!all && metric->is_primary)
		gates[nr++] = (struct ktb_gate){ KTB_QUANTILE_P50,
						 KTB_QUANTITY_AUTO };
	json_array_foreach(all, i, gate) {
		if (!is_of(gate, job, metric->name) || nr == KTB_NR_QUANTILES)
			continue;
		delta = json_object_get(gate, "delta_ppm");
		gates[nr++] = (struct ktb_gate){
			find_quantile(ktb_shape_string(gate, "quantile")),
			json_is_integer(delta) ? json_integer_value(delta) :
						 KTB_QUANTITY_AUTO,
		};
	}
	return nr;
}
