/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Probes on the kernel's tracepoints, found by their names. The only file that
 * calls what a kernel without CONFIG_TRACEPOINTS does not have. It knows no
 * workload.
 */
#ifndef KTB_TRACE_H
#define KTB_TRACE_H

#include <linux/types.h>

struct tracepoint;

struct tracepoint *ktb_trace_find(const char *name);
int ktb_trace_watch(struct tracepoint *point, void *probe, void *data);
void ktb_trace_unwatch(struct tracepoint *point, void *probe, void *data);

#endif /* KTB_TRACE_H */
