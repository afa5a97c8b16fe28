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

static bool is_same(const json_t *gate, const json_t *other)
{
	static const char *const key[] = { "job", "metric", "quantile" };
	size_t i;

	for (i = 0; i < sizeof(key) / sizeof(key[0]); i++)
		if (strcmp(ktb_shape_string(gate, key[i]),
			   ktb_shape_string(other, key[i])))
			return false;
	return true;
}

/* The delta, or KTB_QUANTITY_AUTO. */
static int64_t delta_of(const json_t *gate)
{
	const json_t *delta = json_object_get(gate, "delta_ppm");

	return json_is_integer(delta) ? json_integer_value(delta) :
					KTB_QUANTITY_AUTO;
}

static int check(const struct ktb_reader *reader, const json_t *gates,
		 size_t number, struct ktb_fault *fault)
{
	const json_t *gate = json_array_get(gates, number);
	const json_t *delta = json_object_get(gate, "delta_ppm");
	size_t i;

	if (find_quantile(ktb_shape_string(gate, "quantile")) ==
	    KTB_NR_QUANTILES)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/result.json: gates[%zu]: there is no quantile '%s'",
			reader->dir, number,
			ktb_shape_string(gate, "quantile"));
	if (json_is_integer(delta) && json_integer_value(delta) < 1)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/result.json: gates[%zu]: delta_ppm is %lld; the least is 1",
			reader->dir, number,
			(long long)json_integer_value(delta));
	for (i = 0; i < number; i++)
		if (is_same(json_array_get(gates, i), gate))
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s/result.json: gates[%zu] is gates[%zu] again; a metric's quantile stands once",
				reader->dir, number, i);
	return 0;
}

int ktb_gates_check(const struct ktb_reader *reader, struct ktb_fault *fault)
{
	const json_t *gates = json_object_get(reader->root, "gates");
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < json_array_size(gates); i++)
		ret = check(reader, gates, i, fault);
	return ret;
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
	const json_t *gate;
	size_t nr = 0, i;

	if (!all && metric->is_primary)
		gates[nr++] = (struct ktb_gate){ KTB_QUANTILE_P50,
						 KTB_QUANTITY_AUTO };
	json_array_foreach(all, i, gate) {
		if (!is_of(gate, job, metric->name) || nr == KTB_NR_QUANTILES)
			continue;
		gates[nr++] = (struct ktb_gate){
			find_quantile(ktb_shape_string(gate, "quantile")),
			delta_of(gate),
		};
	}
	return nr;
}
