/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Summaries of cells, made by hand, for the unit tests of what is gathered from
 * them. Each test that includes it is a program of its own.
 */
#ifndef KTB_TEST_SUMMARIES_H
#define KTB_TEST_SUMMARIES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "analysis/findings.h"

#define ARRAY_SIZE(a)	   (sizeof(a) / sizeof((a)[0]))

#define TEST_SUMMARIES_MAX 16

/* A result without a directory. */
static inline struct ktb_findings *test_findings(void)
{
	struct ktb_findings *findings = calloc(1, sizeof(*findings));

	assert_non_null(findings);
	findings->reader.root = json_pack("{s:[]}", "jobs");
	findings->reader.nr_lines = TEST_SUMMARIES_MAX;
	findings->summaries =
		calloc(TEST_SUMMARIES_MAX + 1, sizeof(*findings->summaries));
	assert_non_null(findings->summaries);
	return findings;
}

/*
 * One more good cell, numbered one after the other. @params and @swept are new
 * references; all distributions are empty.
 */
static inline struct ktb_summary *
test_summary(struct ktb_findings *findings, const char *job,
	     const struct ktb_workload *workload, json_t *params, json_t *swept)
{
	struct ktb_summary *summary =
		&findings->summaries[findings->nr_summaries];

	assert_true(findings->nr_summaries < TEST_SUMMARIES_MAX);
	assert_non_null(params);
	assert_non_null(swept);
	summary->cell = (int64_t)findings->nr_summaries++;
	summary->workload = workload;
	summary->job = strdup(job);
	summary->params = params;
	summary->swept = swept;
	summary->beside = -1;
	summary->is_valid = true;
	summary->nr_repetitions = 1;
	summary->figures =
		calloc(workload->nr_hists + 1, sizeof(*summary->figures));
	summary->counters =
		calloc(workload->nr_counters + 1, sizeof(*summary->counters));
	assert_non_null(summary->figures);
	assert_non_null(summary->counters);
	return summary;
}

static inline void test_findings_free(struct ktb_findings *findings)
{
	ktb_findings_free(findings);
	free(findings);
}

#endif /* KTB_TEST_SUMMARIES_H */
