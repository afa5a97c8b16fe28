// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * CPUs as positions on an axis. It knows pictures' settings and nothing of what
 * is drawn.
 */
#include <stdlib.h>
#include <string.h>

#include "cpus.h"

/* Labels on an axis. */
#define CPUS_TICS 16

/* The first position whose CPU is not below. */
static size_t cpus_find(const struct ktb_cpus *cpus, int cpu)
{
	size_t low = 0, high = cpus->nr, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (cpus->at[middle] < cpu)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool ktb_cpus_add(struct ktb_cpus *cpus, int cpu)
{
	size_t at = cpus_find(cpus, cpu);
	int *more;

	if (at < cpus->nr && cpus->at[at] == cpu)
		return true;
	more = reallocarray(cpus->at, cpus->nr + 1, sizeof(*more));
	if (!more)
		return false;
	cpus->at = more;
	memmove(&more[at + 1], &more[at], (cpus->nr++ - at) * sizeof(*more));
	more[at] = cpu;
	return true;
}

size_t ktb_cpus_position(const struct ktb_cpus *cpus, int cpu)
{
	return cpus_find(cpus, cpu);
}

void ktb_cpus_set(struct ktb_plot *plot, const struct ktb_cpus *cpus)
{
	size_t step = (cpus->nr + CPUS_TICS - 1) / CPUS_TICS;
	size_t i;

	fputs("cpu_tics = \"(", plot->settings);
	for (i = 0; i < cpus->nr; i += step)
		fprintf(plot->settings, "%s'%d' %zu", i ? ", " : "",
			cpus->at[i], i);
	fputs(")\"\n", plot->settings);
	ktb_plots_set(plot, "cpus", (int64_t)cpus->nr);
}

void ktb_cpus_free(struct ktb_cpus *cpus)
{
	free(cpus->at);
	memset(cpus, 0, sizeof(*cpus));
}
