/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which jobs run beside which, as load: the key `with` of job files. It knows
 * jobs, and nothing of plans or the device.
 */
#ifndef KTB_LOADS_H
#define KTB_LOADS_H

#include "job.h"

/**
 * ktb_loads_resolve() - find the jobs that others name as their load
 * @jobs: checked; loads and is_load of each job are filled in
 * @err: says file, line, key, value, what is right
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_loads_resolve(struct ktb_jobs *jobs, struct ktb_error *err);

#endif /* KTB_LOADS_H */
