/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Overrides from the command line: `--set JOB.KEY=VALUE` changes what the job
 * files say before they are checked.
 */
#ifndef KTB_OVERRIDE_H
#define KTB_OVERRIDE_H

#include "catalog.h"
#include "jobfile.h"

/**
 * ktb_override_apply() - change settings of job files
 * @files: job files that have been read
 * @nr_files: entries of @files
 * @catalog: tells which workload has which parameter, for `*`
 * @sets: `JOB.KEY=VALUE`; `*.KEY=VALUE` for each job that has the key
 * @nr_sets: entries of @sets
 * @err: on a failure
 *
 * Return: 0, or KTB_EXIT_USAGE: it is not of that form, or there is no such job.
 */
int ktb_override_apply(struct ktb_jobfile *files, size_t nr_files,
		       const struct ktb_catalog *catalog, char *const *sets,
		       size_t nr_sets, struct ktb_error *err);

#endif /* KTB_OVERRIDE_H */
