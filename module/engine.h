/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The threads of a run: they arm, keep the load up, watch, and end it. Knows
 * runs and workloads, not sessions.
 */
#ifndef KTB_ENGINE_H
#define KTB_ENGINE_H

#include "workload.h"

int ktb_engine_start(struct ktb_run *run, void (*done)(void *), void *data);
int ktb_engine_stop_killable(struct ktb_run *run);
bool ktb_engine_was_cut(const struct ktb_run *run);
void ktb_engine_destroy(struct ktb_run *run);

#endif /* KTB_ENGINE_H */
