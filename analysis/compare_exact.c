// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The exact lane: runs with the same inputs are the same to the last bit, so equality
 * is the test, and there are no boots, intervals and p-values. It may not know
 * readings.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare_parts.h"
#include "figures.h"
#include "shape.h"

/* Figures of all results of a side, in a JSON array. */
static json_t *read_all(const struct ktb_side *side, struct ktb_fault *fault)
{
	json_t *all = json_array(), *figures;
	size_t i, k;

	for (i = 0; i < side->nr_boots; i++) {
		for (k = 0; k < side->boots[i].nr; k++) {
			figures = ktb_figures_make(side->boots[i].findings[k],
						   fault);
			if (!figures || json_array_append_new(all, figures)) {
				json_decref(all);
				return NULL;
			}
		}
	}
	return all;
}

static size_t count_equal(const json_t *all, const json_t *one)
{
	const json_t *other;
	size_t nr = 0, i;

	json_array_foreach(all, i, other)
		nr += json_equal(json_object_get(one, "figures"),
				 json_object_get(other, "figures"));
	return nr;
}

/* Is another result of the side no more than slightly different? */
static int hold(json_t *one, json_t *other, const struct ktb_side *side,
		struct ktb_fault *fault)
{
	struct ktb_changes changes;
	int ret;

	ret = ktb_changes_find(&changes, one, other, 0, fault);
	if (!ret && changes.counts[KTB_CHANGE_NONE] +
				    changes.counts[KTB_CHANGE_SLIGHT] <
			    changes.nr)
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: results of one side differ, and no half of them agrees; in the exact lane runs with the same inputs are the same: give one seed to all of them (--seed), or measure once more on a host that is less busy",
			side->path);
	ktb_changes_free(&changes);
	return ret;
}

/*
 * What more than half of a side's results say, whatever the others do: on a busy host
 * QEMU's own threads race for the guest's clock now and then, and a timer is some
 * instructions late (see vm/run). Where no half agrees, they have to be the same but for
 * a rare sample.
 */
static json_t *read_side(const struct ktb_side *side, size_t *nr_odd,
			 struct ktb_fault *fault)
{
	json_t *all = read_all(side, fault), *one = NULL, *other;
	size_t most = 0, nr, i;
	int ret = 0;

	json_array_foreach(all, i, other) {
		nr = count_equal(all, other);
		if (nr > most) {
			most = nr;
			one = other;
		}
	}
	*nr_odd = json_array_size(all) - most;
	if (2 * most <= json_array_size(all))
		json_array_foreach(all, i, other)
			if (!ret)
				ret = hold(one, other, side, fault);
	json_incref(one);
	json_decref(all);
	if (!ret)
		return one;
	json_decref(one);
	return NULL;
}

static enum ktb_verdict verdict_of(enum ktb_change change)
{
	static const enum ktb_verdict verdicts[] = {
		[KTB_CHANGE_NONE] = KTB_VERDICT_UNCHANGED,
		[KTB_CHANGE_SLIGHT] = KTB_VERDICT_UNCHANGED,
		[KTB_CHANGE_MORE] = KTB_VERDICT_REGRESSED,
		[KTB_CHANGE_LESS] = KTB_VERDICT_IMPROVED,
		[KTB_CHANGE_MISSING] = KTB_VERDICT_NONE,
		[KTB_CHANGE_NEW] = KTB_VERDICT_NONE,
	};

	return verdicts[change];
}

static enum ktb_scale scale_of(const json_t *figure)
{
	return ktb_figures_divisor(figure) == 1 ? KTB_SCALE_INSTRUCTIONS :
						  KTB_SCALE_MILLI_INSTRUCTIONS;
}

static bool fill(struct ktb_quantity *quantity,
		 const struct ktb_change_of *change, const struct ktb_side *b)
{
	const json_t *figure[2] = { change->before, change->after };
	const json_t *named = figure[0] ? figure[0] : figure[1];
	size_t i;

	*quantity = (struct ktb_quantity){
		.job = strdup(ktb_shape_string(named, "job")),
		.cell = strdup(ktb_shape_string(named, "cell")),
		.metric = strdup(ktb_shape_string(named, "metric")),
		.scale = scale_of(named),
		.quantile = KTB_QUANTILE_P50,
		.cpu = KTB_QUANTITY_ALL_CPUS,
		/* What only came with B cannot have got worse. */
		.is_gated = figure[0],
		.delta_ppm = KTB_QUANTITY_AUTO,
		.verdict = verdict_of(change->change),
	};
	if (!quantity->job || !quantity->cell || !quantity->metric)
		return false;
	/* What B's machine or kernel does not have was told. */
	quantity->is_left_out = !figure[1] && b->nr_boots &&
				ktb_side_left_out(b, quantity->job);
	quantity->is_gated = quantity->is_gated && !quantity->is_left_out;
	for (i = 0; i < 2; i++) {
		if (!figure[i]) {
			snprintf(quantity->reason, sizeof(quantity->reason),
				 "only %c has it", "BA"[i]);
			continue;
		}
		quantity->center[i] =
			(double)ktb_shape_integer(figure[i], "p50");
		quantity->least[i] =
			(double)ktb_shape_integer(figure[i], "min");
	}
	if (quantity->center[0] > 0 && quantity->center[1] > 0)
		quantity->effect.estimate =
			log(quantity->center[1] / quantity->center[0]);
	return true;
}

static void sum_up(struct ktb_comparison *comparison)
{
	struct ktb_outcome *outcome = &comparison->outcome;
	const struct ktb_quantity *quantity;
	size_t i;

	for (i = 0; i < comparison->nr; i++) {
		quantity = &comparison->quantities[i];
		(quantity->is_gated ? outcome->gated :
				      outcome->rest)[quantity->verdict]++;
	}
	outcome->verdict = ktb_judge_sum_up(outcome->gated);
}

static int take_changes(struct ktb_comparison *comparison,
			struct ktb_fault *fault)
{
	const struct ktb_changes *changes = &comparison->changes;
	size_t i;

	comparison->quantities =
		calloc(changes->nr + 1, sizeof(*comparison->quantities));
	if (!comparison->quantities)
		return ktb_fault_memory(fault);
	for (i = 0; i < changes->nr; i++) {
		comparison->nr++;
		if (!fill(&comparison->quantities[i], &changes->figures[i],
			  &comparison->side[1]))
			return ktb_fault_memory(fault);
	}
	sum_up(comparison);
	return 0;
}

/* Of documents the environment is what they have kept of it. */
static int introduce(struct ktb_comparison *comparison, struct ktb_fault *fault)
{
	size_t i;

	comparison->lane = KTB_LANE_EXACT;
	for (i = 0; i < 2; i++) {
		if (comparison->kernel[i])
			continue;
		comparison->kernel[i] = strdup(
			ktb_shape_string(comparison->figures[i], "kernel"));
		if (!comparison->kernel[i])
			return ktb_fault_memory(fault);
	}
	if (!comparison->lane_detail)
		comparison->lane_detail = strdup(ktb_shape_string(
			comparison->figures[0], "lane_detail"));
	return comparison->lane_detail ? 0 : ktb_fault_memory(fault);
}

int ktb_compare_exact(struct ktb_comparison *comparison,
		      struct ktb_fault *fault)
{
	size_t i;
	int ret;

	for (i = 0; i < 2; i++) {
		comparison->figures[i] =
			comparison->side[i].nr_boots ?
				read_side(&comparison->side[i],
					  &comparison->nr_odd[i], fault) :
				ktb_figures_read(comparison->title[i], fault);
		if (!comparison->figures[i])
			return fault->code;
	}
	ret = introduce(comparison, fault);
	if (!ret && !comparison->options.is_forced)
		ret = ktb_changes_check(comparison->figures[0],
					comparison->figures[1], fault);
	if (!ret)
		ret = ktb_changes_find(&comparison->changes,
				       comparison->figures[0],
				       comparison->figures[1],
				       comparison->options.tolerance, fault);
	return ret ? ret : take_changes(comparison, fault);
}
