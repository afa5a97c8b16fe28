/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Job files given as texts, for unit tests. Each test that includes it is a
 * program of its own.
 */
#ifndef KTB_TEST_JOB_TEXT_H
#define KTB_TEST_JOB_TEXT_H

#include "support.h"

#include "runner/job.h"
#include "runner/override.h"

/* Read and check one job file, t.ini, with at most one override. */
static inline int test_job_check(const struct ktb_catalog *catalog,
				 const char *text, const char *set,
				 struct ktb_jobs *jobs, struct ktb_error *err)
{
	char *sets[] = { (char *)set };
	int ret;

	*jobs = (struct ktb_jobs){
		.files = calloc(1, sizeof(*jobs->files)),
		.nr_files = 1,
	};
	ret = ktb_jobfile_parse(&jobs->files[0], "t.ini", text, err);
	if (!ret && set)
		ret = ktb_override_apply(jobs->files, 1, catalog, sets, 1, err);
	return ret ? ret : ktb_job_check(jobs, catalog, err);
}

#endif /* KTB_TEST_JOB_TEXT_H */
