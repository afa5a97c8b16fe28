/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key `gate`: which quantiles of which metrics of a job a comparison of two
 * results judges, and which change of them is one. It may not know how that is
 * judged.
 */
#ifndef KTB_GATE_H
#define KTB_GATE_H

#include <jansson.h>

#include "job.h"

/**
 * ktb_gate_resolve() - find out what the jobs' `gate` means
 * @jobs: loads are resolved; @gates is filled in of every job that is no load
 * @err: says file, line, value and what is right
 *
 * What is said of every job, by [global] or `*`, is of no meaning for a job
 * whose workload lacks the metric, and a mistake if that is true of all. A job
 * of which nothing is said has `primary p50 auto`.
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_gate_resolve(struct ktb_jobs *jobs, struct ktb_error *err);

/**
 * ktb_gate_quantile() - the quantiles that a gate may name
 * @index: from 0
 *
 * Return: the name, NULL past the last one.
 */
const char *ktb_gate_quantile(size_t index);

/**
 * ktb_gate_json() - the gates of all jobs as results/SCHEMA.md has them
 * @jobs: resolved
 *
 * Return: a new array.
 */
json_t *ktb_gate_json(const struct ktb_jobs *jobs);

#endif /* KTB_GATE_H */
