// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether a repetition lost samples: then its figures take part in no verdict.
 * It may not know which counters there are: the module marks them.
 */
#include <inttypes.h>
#include <stdio.h>

#include "loss.h"

static bool adds_up(const struct ktb_device_hist *hist)
{
	uint64_t count = hist->early + hist->overflow;
	uint32_t i;

	for (i = 0; i < hist->nr_buckets; i++)
		count += hist->bucket[i];
	return count == hist->count;
}

static bool area_lost(const struct ktb_workload *workload,
		      const struct ktb_device_area *area, char *reason)
{
	uint32_t nr_hists = 0, nr_counters = 0;
	const struct ktb_metric *metric;
	struct ktb_device_hist hist;
	uint64_t count;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (metric->what == KTB_METRIC_WHAT_DISTRIBUTION) {
			hist = ktb_device_area_hist(area, nr_hists++);
			if (adds_up(&hist))
				continue;
			snprintf(
				reason, KTB_ERROR_LEN,
				"distribution %s of CPU %u does not add up to its %" PRIu64
				" samples",
				metric->name, area->cpu, hist.count);
			return true;
		}
		count = ktb_device_area_counter(area, nr_counters++);
		if (!metric->loss || !count)
			continue;
		snprintf(reason, KTB_ERROR_LEN,
			 "counter %s of CPU %u is %" PRIu64
			 ": samples were lost (%s)",
			 metric->name, area->cpu, count, metric->help);
		return true;
	}
	return false;
}

bool ktb_loss_find(const struct ktb_record *record, char *reason)
{
	const struct ktb_workload *workload = ktb_record_workload(record);
	size_t i;

	for (i = 0; i < record->nr_areas; i++)
		if (area_lost(workload, &record->areas[i], reason))
			return true;
	return false;
}
