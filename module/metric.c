// SPDX-License-Identifier: GPL-2.0
/* The parts of recording that are not in anybody's way: making it empty. */
#include <linux/build_bug.h>
#include <linux/limits.h>

#include "metric.h"

static_assert(KTB_HIST_BUCKETS == KTB_HIST_NR,
	      "ktbench.h and ktb_hist.h must tell the same number of buckets");

/**
 * ktb_metric_reset() - an empty distribution
 * @hist: zeroed memory
 */
void ktb_metric_reset(struct ktb_hist_area *hist)
{
	hist->min = S64_MAX;
	hist->max = S64_MIN;
}
