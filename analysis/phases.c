// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Means of phases. It knows figures and nothing of pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "phases.h"
#include "shape.h"

/* The mean over as many samples as the whole has, rounded to the nearest. */
static __int128 phases_share(const struct ktb_figures *figures, uint64_t count)
{
	__int128 sum = (__int128)figures->mean * figures->count;
	__int128 half = count / 2;

	if (!figures->count)
		return 0;
	return (sum + (sum < 0 ? -half : half)) / (__int128)count;
}

static bool phases_fit(__int128 share, __int128 sum)
{
	return share >= -KTB_SHAPE_MOST && share <= KTB_SHAPE_MOST &&
	       sum >= -KTB_SHAPE_MOST && sum <= KTB_SHAPE_MOST;
}

bool ktb_phases_make(struct ktb_phases *phases,
		     const struct ktb_summary *summary)
{
	const struct ktb_workload *workload = summary->workload;
	const struct ktb_figures *whole, *figures;
	const struct ktb_metric *metric;
	__int128 share, sum = 0;
	size_t i;

	memset(phases, 0, sizeof(*phases));
	whole = ktb_summary_figures(summary, ktb_reader_taken(workload));
	if (!whole || !whole->count || !workload->nr_phases)
		return false;
	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (!metric->is_distribution || !metric->is_phase)
			continue;
		figures = ktb_summary_figures(summary, metric);
		share = phases_share(figures, whole->count);
		/* More than the whole by far is no part of it. */
		if (phases->nr == KTB_PHASES_MAX ||
		    !phases_fit(share, sum + share)) {
			phases->nr_left_out++;
			continue;
		}
		sum += share;
		phases->metric[phases->nr] = metric;
		phases->mean[phases->nr++] = (int64_t)share;
	}
	phases->sum = (int64_t)sum;
	phases->whole = whole->mean;
	/* Each mean and each share is rounded. */
	phases->is_whole = llabs(phases->sum - phases->whole) <=
			   (int64_t)phases->nr + 1;
	return true;
}
