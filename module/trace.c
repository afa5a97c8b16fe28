// SPDX-License-Identifier: GPL-2.0
/*
 * Probes on tracepoints. A probe that comes or goes patches the kernel's code
 * on all CPUs. Without CONFIG_TRACEPOINTS the kernel exports none of the calls,
 * and the compiler drops them here: nothing is found then.
 */
#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "trace.h"

/**
 * struct ktb_trace_search - a search among the kernel's tracepoints
 * @name: of the one that is wanted
 * @point: that one, or NULL
 */
struct ktb_trace_search {
	const char *name;
	struct tracepoint *point;
};

static void ktb_trace_match(struct tracepoint *point, void *data)
{
	struct ktb_trace_search *search = data;

	if (!strcmp(point->name, search->name))
		search->point = point;
}

/**
 * ktb_trace_find() - a tracepoint of the kernel itself
 * @name: of it
 *
 * Return: the tracepoint, or NULL if the kernel has none of this name.
 */
struct tracepoint *ktb_trace_find(const char *name)
{
	struct ktb_trace_search search = { .name = name };

	if (IS_ENABLED(CONFIG_TRACEPOINTS))
		for_each_kernel_tracepoint(ktb_trace_match, &search);
	return search.point;
}

/**
 * ktb_trace_watch() - call a probe whenever a tracepoint is passed
 * @point: of ktb_trace_find()
 * @probe: takes @data, and then what the tracepoint tells
 * @data: for the probe
 *
 * Return: 0 or the error of tracepoint_probe_register().
 */
int ktb_trace_watch(struct tracepoint *point, void *probe, void *data)
{
	if (!IS_ENABLED(CONFIG_TRACEPOINTS))
		return -EOPNOTSUPP;
	return tracepoint_probe_register(point, probe, data);
}

/**
 * ktb_trace_unwatch() - undo ktb_trace_watch(); the probe runs no more after it
 * @point: as given there
 * @probe: likewise
 * @data: likewise
 */
void ktb_trace_unwatch(struct tracepoint *point, void *probe, void *data)
{
	if (!IS_ENABLED(CONFIG_TRACEPOINTS))
		return;
	tracepoint_probe_unregister(point, probe, data);
	tracepoint_synchronize_unregister();
}
