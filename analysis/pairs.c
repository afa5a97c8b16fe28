// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Gathers pairs of CPUs. It knows summaries and nothing of pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "pairs.h"

static int pairs_compare(const void *left, const void *right)
{
	const struct ktb_pair *a = left;
	const struct ktb_pair *b = right;

	if (a->cpu != b->cpu)
		return a->cpu < b->cpu ? -1 : 1;
	if (a->arm_cpu != b->arm_cpu)
		return a->arm_cpu < b->arm_cpu ? -1 : 1;
	/* The one with more samples comes first, and stays. */
	return (a->brief->count < b->brief->count) -
	       (a->brief->count > b->brief->count);
}

bool ktb_pairs_make(struct ktb_pairs *pairs, const struct ktb_series *series)
{
	const struct ktb_brief *brief;
	size_t room = 1, to = 0, i, j;
	struct ktb_pair *at;

	memset(pairs, 0, sizeof(*pairs));
	for (i = 0; i < series->nr; i++)
		room += series->cells[i]->nr_cpus;
	pairs->at = calloc(room, sizeof(*pairs->at));
	if (!pairs->at)
		return false;
	for (i = 0; i < series->nr; i++) {
		pairs->lost += ktb_summary_lost(series->cells[i]);
		for (j = 0; j < series->cells[i]->nr_cpus; j++) {
			brief = &series->cells[i]->briefs[j];
			/* A CPU that is no place armed nothing on purpose. */
			if (brief->arm_cpu < 0 || !brief->count)
				continue;
			at = &pairs->at[to++];
			at->cpu = brief->cpu;
			at->arm_cpu = brief->arm_cpu;
			at->brief = brief;
		}
	}
	qsort(pairs->at, to, sizeof(*pairs->at), pairs_compare);
	for (i = 0; i < to; i++) {
		at = &pairs->at[pairs->nr];
		if (pairs->nr && at[-1].cpu == pairs->at[i].cpu &&
		    at[-1].arm_cpu == pairs->at[i].arm_cpu) {
			pairs->nr_again++;
			continue;
		}
		*at = pairs->at[i];
		pairs->samples += at->brief->count;
		pairs->nr++;
	}
	return true;
}

bool ktb_pairs_is_matrix(const struct ktb_pairs *pairs)
{
	size_t i;

	for (i = 1; i < pairs->nr; i++)
		if (pairs->at[i].cpu == pairs->at[i - 1].cpu)
			return true;
	return false;
}

void ktb_pairs_free(struct ktb_pairs *pairs)
{
	free(pairs->at);
	memset(pairs, 0, sizeof(*pairs));
}

bool ktb_pairs_in(const struct ktb_findings *findings,
		  const struct ktb_job *job)
{
	struct ktb_series *series;
	struct ktb_pairs pairs;
	bool is_matrix = false;
	size_t nr, i;

	nr = ktb_series_make(findings, job, KTB_PAIRS_PARAM, &series);
	for (i = 0; i < nr && !is_matrix; i++) {
		is_matrix = ktb_pairs_make(&pairs, &series[i]) &&
			    ktb_pairs_is_matrix(&pairs);
		ktb_pairs_free(&pairs);
	}
	ktb_series_free(series, nr);
	return is_matrix;
}
