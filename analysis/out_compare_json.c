// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison as JSON, see results/SCHEMA.md: all of it, a figure a line. A number
 * that does not exist is null.
 */
#include <math.h>
#include <stdlib.h>

#include "out_compare.h"
#include "told.h"

/* Enough for any ns; few enough to be the same on each machine. */
#define JSON_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(12))

static json_t *json_number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *json_percent(bool is_there, double log)
{
	return is_there ? json_number(ktb_effect_percent(log)) : json_null();
}

static json_t *json_if(bool is_there, double value)
{
	return is_there ? json_number(value) : json_null();
}

static json_t *json_text(const char *text)
{
	json_t *string = json_string(text);

	/* A path may be anything; a file of JSON may not. */
	return string ? string : json_string(ktb_told_clean(text, 2000).s);
}

static json_t *json_boots(enum ktb_verdict verdict, size_t boots)
{
	if (verdict != KTB_VERDICT_NOISY)
		return json_null();
	return boots == SIZE_MAX ? json_string("more than a million") :
				   json_integer((json_int_t)boots);
}

/* Writes a member's name and value; an @value that there was no memory for breaks
 * the file, so that nobody reads half of it. */
static void json_member(const char *before, const char *name, json_t *value,
			FILE *to)
{
	fprintf(to, "%s\"%s\": ", before, name);
	if (value)
		json_dumpf(value, to, JSON_FLAGS | JSON_ENCODE_ANY);
	json_decref(value);
}

static json_t *json_side(const struct ktb_comparison *comparison, size_t side)
{
	const bool has_boots = !ktb_told_is_exact(comparison);
	const struct ktb_side *set = &comparison->side[side];
	json_t *object = json_object();

	json_object_set_new(object, "title",
			    json_text(comparison->title[side]));
	json_object_set_new(object, "kernel",
			    json_text(comparison->kernel[side]));
	json_object_set_new(object, "boots",
			    has_boots ?
				    json_integer((json_int_t)set->nr_boots) :
				    json_null());
	json_object_set_new(
		object, "machine_boots",
		has_boots ? json_integer((json_int_t)set->nr_machine_boots) :
			    json_null());
	json_object_set_new(
		object, "boots_used",
		has_boots ? json_integer((json_int_t)comparison->used[side]) :
			    json_null());
	json_object_set_new(object, "results",
			    has_boots ?
				    json_integer((json_int_t)set->nr_results) :
				    json_null());
	json_object_set_new(
		object, "samples",
		has_boots ?
			json_integer((json_int_t)comparison->samples[side]) :
			json_null());
	json_object_set_new(
		object, "lost",
		has_boots ? json_integer((json_int_t)comparison->lost[side]) :
			    json_null());
	json_object_set_new(
		object, "missed",
		has_boots ? json_integer((json_int_t)comparison->missed[side]) :
			    json_null());
	return object;
}

static json_t *json_difference(const struct ktb_difference *difference)
{
	json_t *object = json_object();

	json_object_set_new(object, "name", json_text(difference->name));
	json_object_set_new(object, "kind",
			    json_string(ktb_told_kind(difference->kind)));
	json_object_set_new(object, "within",
			    difference->within ?
				    json_stringn(&difference->within, 1) :
				    json_null());
	json_object_set_new(object, "a", json_text(difference->value[0]));
	json_object_set_new(object, "b", json_text(difference->value[1]));
	return object;
}

static json_t *json_counts(const size_t *counts)
{
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < KTB_NR_VERDICTS; i++)
		json_object_set_new(object, ktb_quantity_verdict_name(i),
				    json_integer((json_int_t)counts[i]));
	return object;
}

static json_t *json_readings(const struct ktb_quantity *quantity, size_t side)
{
	const struct ktb_reading *reading = quantity->readings[side];
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < quantity->nr[side]; i++, reading++)
		json_array_append_new(
			array, json_pack("{s:I, s:o, s:I}", "boot",
					 (json_int_t)reading->boot, "value",
					 json_number(reading->value), "count",
					 (json_int_t)reading->count));
	return array;
}

static void json_names(const struct ktb_quantity *quantity, json_t *object)
{
	json_object_set_new(object, "job", json_text(quantity->job));
	json_object_set_new(object, "cell", json_text(quantity->cell));
	json_object_set_new(object, "metric", json_text(quantity->metric));
	json_object_set_new(object, "quantile",
			    json_string(ktb_quantile_name(quantity->quantile)));
	json_object_set_new(object, "cpu",
			    quantity->cpu == KTB_QUANTITY_ALL_CPUS ?
				    json_null() :
				    json_integer(quantity->cpu));
	json_object_set_new(object, "gated", json_boolean(quantity->is_gated));
	json_object_set_new(object, "unit",
			    json_string(ktb_scale_unit(quantity->scale)));
}

/* What there is in each lane. */
static void json_sizes(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity, json_t *object)
{
	const bool has_effect = quantity->verdict != KTB_VERDICT_NONE;
	const bool is_exact = ktb_told_is_exact(comparison);
	const double *center = quantity->center;

	json_object_set_new(object, "a", json_if(has_effect, center[0]));
	json_object_set_new(object, "b", json_if(has_effect, center[1]));
	json_object_set_new(object, "least_a",
			    json_if(has_effect && is_exact,
				    quantity->least[0]));
	json_object_set_new(object, "least_b",
			    json_if(has_effect && is_exact,
				    quantity->least[1]));
	json_object_set_new(object, "difference",
			    json_if(has_effect, center[1] - center[0]));
	json_object_set_new(object, "effect_percent",
			    json_number(ktb_told_change(comparison, quantity)));
}

/* What there is where there are boots. */
static void json_statistics(const struct ktb_comparison *comparison,
			    const struct ktb_quantity *quantity, json_t *object)
{
	const bool is_there = quantity->verdict != KTB_VERDICT_NONE &&
			      !ktb_told_is_exact(comparison);
	const struct ktb_effect *effect = &quantity->effect;
	const struct {
		const char *name;
		double log;
	} percents[] = {
		{ "low_percent", quantity->low },
		{ "high_percent", quantity->high },
		{ "shift_percent", effect->shift },
		{ "sd_a_percent", effect->sd[0] },
		{ "sd_b_percent", effect->sd[1] },
		{ "delta_percent", quantity->delta },
		{ "margin_percent", quantity->margin },
	};
	size_t i;

	for (i = 0; i < sizeof(percents) / sizeof(percents[0]); i++)
		json_object_set_new(object, percents[i].name,
				    json_percent(is_there, percents[i].log));
	json_object_set_new(object, "p", json_if(is_there, effect->p));
	json_object_set_new(object, "p_adjusted",
			    json_if(is_there, quantity->p));
	json_object_set_new(object, "p_permutation",
			    json_if(is_there, effect->p_permutation));
	json_object_set_new(object, "permutation_exact",
			    is_there ?
				    json_boolean(effect->is_permutation_exact) :
				    json_null());
	json_object_set_new(object, "interval_alpha",
			    json_if(is_there, quantity->alpha));
}

static void json_boots_of(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity, json_t *object)
{
	static const char *const names[2][6] = {
		{ "boots_a", "lost_a", "modes_a", "readings_a", "missed_a",
		  "served_only_a" },
		{ "boots_b", "lost_b", "modes_b", "readings_b", "missed_b",
		  "served_only_b" },
	};
	size_t i;

	for (i = 0; i < 2; i++) {
		json_object_set_new(
			object, names[i][0],
			ktb_told_is_exact(comparison) ?
				json_null() :
				json_integer((json_int_t)quantity->nr[i]));
		json_object_set_new(
			object, names[i][1],
			json_integer((json_int_t)quantity->lost[i]));
		json_object_set_new(
			object, names[i][2],
			json_integer((json_int_t)quantity->modes[i]));
		json_object_set_new(object, names[i][3],
				    json_readings(quantity, i));
		json_object_set_new(
			object, names[i][4],
			json_integer((json_int_t)quantity->missed[i]));
		json_object_set_new(object, names[i][5],
				    json_boolean(quantity->is_served ||
						 quantity->is_of_served[i]));
	}
}

static json_t *json_quantity(const struct ktb_comparison *comparison,
			     const struct ktb_quantity *quantity)
{
	const struct ktb_quantity *worst = NULL;
	json_t *object = json_object();

	if (ktb_told_is_change(quantity) && quantity->is_gated &&
	    quantity->cpu == KTB_QUANTITY_ALL_CPUS)
		worst = ktb_compare_worst_cpu(comparison, quantity);
	json_names(quantity, object);
	json_object_set_new(
		object, "verdict",
		json_string(ktb_quantity_verdict_name(quantity->verdict)));
	json_object_set_new(object, "reason", json_text(quantity->reason));
	json_sizes(comparison, quantity, object);
	json_statistics(comparison, quantity, object);
	json_object_set_new(object, "boots_needed",
			    json_boots(quantity->verdict,
				       quantity->boots_needed));
	json_object_set_new(object, "worst_cpu",
			    worst ? json_integer(worst->cpu) : json_null());
	json_boots_of(comparison, quantity, object);
	return object;
}

static void json_head(const struct ktb_comparison *comparison, FILE *to)
{
	const struct ktb_compare_options *options = &comparison->options;
	const struct ktb_outcome *outcome = &comparison->outcome;
	const bool is_exact = ktb_told_is_exact(comparison);
	json_t *looks = json_array();
	size_t i;

	for (i = 0; i < options->nr_looks; i++)
		json_array_append_new(
			looks, json_integer((json_int_t)options->looks[i]));
	json_member("{\n", "schema", json_string("ktbench-compare"), to);
	json_member(",\n", "schema_version", json_integer(1), to);
	json_member(",\n", "lane",
		    json_string(ktb_reader_lane_name(comparison->lane)), to);
	json_member(",\n", "lane_detail",
		    json_text(comparison->lane_detail ?
				      comparison->lane_detail :
				      ""),
		    to);
	json_member(",\n", "lane_remark",
		    json_string(ktb_reader_lane_remark(comparison->lane)), to);
	json_member(",\n", "verdict",
		    json_string(ktb_quantity_verdict_name(outcome->verdict)),
		    to);
	json_member(",\n", "forced", json_boolean(options->is_forced), to);
	json_member(",\n", "alpha", json_if(!is_exact, options->alpha), to);
	json_member(",\n", "looks", looks, to);
	json_member(",\n", "look",
		    comparison->look ?
			    json_integer((json_int_t)comparison->look) :
			    json_null(),
		    to);
	json_member(",\n", "boots_needed",
		    json_boots(outcome->gated[KTB_VERDICT_NOISY] ?
				       KTB_VERDICT_NOISY :
				       outcome->verdict,
			       outcome->boots_needed),
		    to);
}

void ktb_out_compare_json(const struct ktb_comparison *comparison, FILE *to)
{
	const struct ktb_differences *differences = &comparison->differences;
	json_t *sides = json_array(), *array = json_array();
	size_t i;

	json_head(comparison, to);
	for (i = 0; i < 2; i++)
		json_array_append_new(sides, json_side(comparison, i));
	json_member(",\n", "sides", sides, to);
	for (i = 0; i < differences->nr; i++)
		json_array_append_new(array,
				      json_difference(&differences->items[i]));
	json_member(",\n", "differences", array, to);
	json_member(",\n", "counts",
		    json_pack("{s:o, s:o}", "gated",
			      json_counts(comparison->outcome.gated), "rest",
			      json_counts(comparison->outcome.rest)),
		    to);
	fputs(",\n\"quantities\": [", to);
	for (i = 0; i < comparison->nr; i++) {
		json_t *object =
			json_quantity(comparison, &comparison->quantities[i]);

		fputs(i ? ",\n" : "\n", to);
		if (object)
			json_dumpf(object, to, JSON_FLAGS);
		json_decref(object);
	}
	fputs("\n]\n}\n", to);
}
