// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the primary distribution becomes one of the whole schedule. It knows which metric
 * is of what, and nothing of JSON's histograms.
 */
#include "area.h"
#include "shape.h"

/* Returns what is wrong, NULL when nothing is. */
static const char *area_merge(struct ktb_area *area, struct ktb_histogram *once,
			      const struct ktb_metric *metric,
			      const struct ktb_histogram *h)
{
	if (!ktb_histogram_merge(&area->hists[metric->slot], h))
		return "it adds up to more than a histogram can hold";
	if (!ktb_histogram_merge(&once[metric->slot], h))
		return "all CPUs add up to more than a histogram can hold";
	return NULL;
}

/*
 * Here, and nowhere else, the primary distribution becomes one of the whole schedule:
 * what was served and what was missed go into it, each as late as it was.
 */
const char *ktb_area_merge(struct ktb_area *area,
			   const struct ktb_workload *workload,
			   const struct ktb_metric *metric,
			   struct ktb_histogram *once,
			   const struct ktb_histogram *h)
{
	const char *wrong = area_merge(area, once, metric, h);

	if (!wrong && workload->served && metric == workload->primary)
		wrong = area_merge(area, once, workload->served, h);
	if (!wrong && metric == workload->missed)
		wrong = area_merge(area, once, workload->primary, h);
	return wrong;
}

/* Each missed period has a lateness, or the schedule is not whole. */
bool ktb_area_check_missed(const struct ktb_workload *workload,
			   const json_t *from, char *why, size_t size)
{
	const json_t *metrics = json_object_get(from, "metrics");
	const json_t *counters = json_object_get(from, "counters");
	json_int_t told, counted;

	if (!workload->missed)
		return true;
	told = ktb_shape_integer(
		json_object_get(metrics, workload->missed->name), "count");
	counted = ktb_shape_integer(counters, "missed");
	if (told == counted)
		return true;
	snprintf(
		why, size,
		"metrics.%.40s: it has %lld samples, and the counter missed says %lld",
		workload->missed->name, (long long)told, (long long)counted);
	return false;
}
