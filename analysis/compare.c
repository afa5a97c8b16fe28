// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison, put together: read two sides, see that they may be compared, gather
 * readings, judge. It may not know formats, nor how figures of the exact lane differ
 * (compare_exact.c).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "compare_parts.h"
#include "gather.h"

/* Besides those of the command: 1, 3 and 6 are what was measured. */
#define STATUS_WORSE   1
#define STATUS_NOISY   3
#define STATUS_INVALID 6

static char *fact(const struct ktb_side *side, const char *name)
{
	const char *text = json_string_value(json_object_get(
		json_object_get(ktb_side_first(side)->root, "environment"),
		name));

	return strdup(text ? text : "?");
}

static bool introduce(struct ktb_comparison *comparison)
{
	const struct ktb_side *side = comparison->side;
	size_t i;

	for (i = 0; i < 2; i++) {
		comparison->kernel[i] = fact(&side[i], "kernel");
		if (!comparison->kernel[i])
			return false;
		comparison->used[i] = side[i].nr_boots;
	}
	comparison->lane = ktb_side_first(&side[0])->lane;
	comparison->lane_detail = strdup(
		ktb_reader_string(ktb_side_first(&side[0]), "lane_detail"));
	return comparison->lane_detail;
}

static int refuse_differences(const struct ktb_differences *differences,
			      struct ktb_fault *fault)
{
	const struct ktb_difference *one;
	char names[512] = "";
	size_t length = 0, i;
	int put;

	for (i = 0; i < differences->nr_refused; i++) {
		one = &differences->items[i];
		put = snprintf(names + length, sizeof(names) - length,
			       "%s%s%s%.1s ('%.60s' and '%.60s')",
			       i ? ", " : "", one->name,
			       one->within ? " within " : "", &one->within,
			       one->value[0], one->value[1]);
		if (put < 0 || (size_t)put >= sizeof(names) - length)
			break;
		length += (size_t)put;
	}
	names[length] = '\0';
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"A and B differ in what was not to be compared: %s%s; measure again alike, name what is meant to differ (--expect NAME,...), or go on all the same (--force)",
		names, i < differences->nr_refused ? ", ..." : "");
}

/* Of each side the boots up to the last look that both have reached. */
static void choose_look(struct ktb_comparison *comparison)
{
	const struct ktb_compare_options *options = &comparison->options;
	const struct ktb_side *side = comparison->side;
	size_t least = side[0].nr_boots < side[1].nr_boots ? side[0].nr_boots :
							     side[1].nr_boots;
	size_t i;

	for (i = 0; i < options->nr_looks && options->looks[i] <= least; i++)
		comparison->look = i + 1;
	if (!comparison->look)
		return;
	comparison->used[0] = options->looks[comparison->look - 1];
	comparison->used[1] = comparison->used[0];
	comparison->is_between_looks = side[0].nr_boots !=
					       comparison->used[0] ||
				       side[1].nr_boots != comparison->used[1];
}

/* Are there boots enough to say anything at all? */
static int count_boots(const struct ktb_comparison *comparison,
		       struct ktb_fault *fault)
{
	const struct ktb_compare_options *options = &comparison->options;
	const struct ktb_side *side = comparison->side;
	size_t i;

	for (i = 0; i < 2; i++)
		if (side[i].nr_boots < 2)
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s: one boot cannot be judged, since nothing tells how boots differ; two a side are the least, %zu a side find a change of twice the noise",
				side[i].path,
				ktb_effect_boots(1, 2, options->alpha));
	if (options->nr_looks && !comparison->look)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s has %zu boots and %s has %zu; the first look is at %zu a side",
			side[0].path, side[0].nr_boots, side[1].path,
			side[1].nr_boots, options->looks[0]);
	return 0;
}

static bool is_shared(const struct ktb_quantity *quantities, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (quantities[i].nr[0] && quantities[i].nr[1])
			return true;
	return false;
}

static int gather_and_judge(struct ktb_comparison *comparison,
			    struct ktb_fault *fault)
{
	const struct ktb_compare_options *options = &comparison->options;
	const struct ktb_rule rule = { .alpha = options->alpha,
				       .nr_looks =
					       (unsigned int)options->nr_looks,
				       .seed = options->seed };
	struct ktb_gathered gathered;
	size_t i;
	int ret;

	ret = ktb_gather(&gathered, comparison->side, comparison->used, fault);
	comparison->quantities = gathered.quantities;
	comparison->nr = gathered.nr;
	for (i = 0; i < 2; i++) {
		comparison->samples[i] = gathered.samples[i];
		comparison->lost[i] = gathered.lost[i];
		comparison->missed[i] = gathered.missed[i];
	}
	if (!ret && !is_shared(comparison->quantities, comparison->nr) &&
	    !comparison->lost[0] && !comparison->lost[1])
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s and %s have no figure in common; measure the same job file on both",
			comparison->title[0], comparison->title[1]);
	if (!ret && !ktb_judge(comparison->quantities, comparison->nr, &rule,
			       &comparison->outcome))
		ret = ktb_fault_memory(fault);
	return ret;
}

static int check_lanes(const struct ktb_comparison *comparison,
		       struct ktb_fault *fault)
{
	const struct ktb_reader *a = ktb_side_first(&comparison->side[0]);
	const struct ktb_reader *b = ktb_side_first(&comparison->side[1]);

	if (a->lane == b->lane)
		return 0;
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"the lane of %s is %s, that of %s is %s; lanes are never mixed, with --force neither",
		comparison->title[0], ktb_reader_lane_name(a->lane),
		comparison->title[1], ktb_reader_lane_name(b->lane));
}

/* Sides are read. What they say in the exact lane is compare_exact.c's to compare. */
static int compare_sides(struct ktb_comparison *comparison,
			 struct ktb_fault *fault)
{
	struct ktb_side *side = comparison->side;
	int ret;

	ret = check_lanes(comparison, fault);
	if (!ret && !introduce(comparison))
		ret = ktb_fault_memory(fault);
	if (!ret)
		ret = ktb_fingerprint_compare(&comparison->differences, side,
					      comparison->options.expected,
					      fault);
	if (!ret && comparison->differences.nr_refused &&
	    !comparison->options.is_forced)
		ret = refuse_differences(&comparison->differences, fault);
	if (ret || comparison->lane == KTB_LANE_EXACT)
		return ret;
	choose_look(comparison);
	ret = count_boots(comparison, fault);
	return ret ? ret : gather_and_judge(comparison, fault);
}

/* Figures that were kept are a file, results are directories. */
static bool is_file(const char *path)
{
	struct stat status;

	return !stat(path, &status) && !S_ISDIR(status.st_mode);
}

int ktb_compare(struct ktb_comparison *comparison, const char *const path[2],
		const struct ktb_compare_options *options,
		struct ktb_fault *fault)
{
	bool are_sides = true;
	size_t i;
	int ret = 0;

	memset(comparison, 0, sizeof(*comparison));
	comparison->options = *options;
	for (i = 0; i < 2; i++) {
		comparison->title[i] = strdup(path[i]);
		if (!comparison->title[i])
			return ktb_fault_memory(fault);
	}
	for (i = 0; !ret && i < 2; i++) {
		if (is_file(path[i]))
			are_sides = false;
		else
			ret = ktb_side_read(&comparison->side[i], path[i],
					    fault);
	}
	if (!ret && are_sides)
		ret = compare_sides(comparison, fault);
	if (!ret && (!are_sides || comparison->lane == KTB_LANE_EXACT))
		ret = ktb_compare_exact(comparison, fault);
	return ret;
}

void ktb_compare_free(struct ktb_comparison *comparison)
{
	size_t i;

	for (i = 0; i < comparison->nr; i++)
		ktb_quantity_free(&comparison->quantities[i]);
	free(comparison->quantities);
	for (i = 0; i < 2; i++) {
		ktb_side_free(&comparison->side[i]);
		free(comparison->title[i]);
		free(comparison->kernel[i]);
		json_decref(comparison->figures[i]);
	}
	ktb_changes_free(&comparison->changes);
	ktb_fingerprint_free(&comparison->differences);
	free(comparison->lane_detail);
	memset(comparison, 0, sizeof(*comparison));
}

int ktb_compare_status(const struct ktb_comparison *comparison)
{
	switch (comparison->outcome.verdict) {
	case KTB_VERDICT_REGRESSED:
		return STATUS_WORSE;
	case KTB_VERDICT_NOISY:
		return STATUS_NOISY;
	case KTB_VERDICT_NONE:
		return STATUS_INVALID;
	case KTB_VERDICT_IMPROVED:
		return comparison->options.is_both_ways ? STATUS_WORSE : 0;
	default:
		return 0;
	}
}

static bool is_of_cpu(const struct ktb_quantity *quantity,
		      const struct ktb_quantity *whole)
{
	return quantity->cpu != KTB_QUANTITY_ALL_CPUS &&
	       quantity->quantile == whole->quantile && !*quantity->reason &&
	       !strcmp(quantity->job, whole->job) &&
	       !strcmp(quantity->cell, whole->cell) &&
	       !strcmp(quantity->metric, whole->metric);
}

const struct ktb_quantity *
ktb_compare_worst_cpu(const struct ktb_comparison *comparison,
		      const struct ktb_quantity *quantity)
{
	const struct ktb_quantity *worst = NULL, *at;
	double size, others = 0;
	size_t nr = 0, i;

	for (i = 0; i < comparison->nr; i++) {
		at = &comparison->quantities[i];
		if (!is_of_cpu(at, quantity))
			continue;
		size = fabs(at->effect.estimate);
		others += size;
		nr++;
		if (at->verdict == quantity->verdict &&
		    (!worst || size > fabs(worst->effect.estimate)))
			worst = at;
	}
	if (!worst || nr < 2)
		return NULL;
	/* Where all CPUs have changed alike none of them is to be named. */
	others -= fabs(worst->effect.estimate);
	return fabs(worst->effect.estimate) * (double)(nr - 1) > 2 * others ?
		       worst :
		       NULL;
}
