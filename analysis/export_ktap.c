// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * KTAP version 1 (Documentation/dev-tools/ktap.rst of the kernel), for LAVA and
 * KernelCI: a test a job, a subtest a cell. It may not know where figures come from.
 */
#include "export_cases.h"
#include "export_formats.h"
#include "ktap.h"
#include "schedule.h"
#include "told.h"

static void sentence(FILE *to, const char *text)
{
	fputs(ktb_told_clean(text, sizeof(struct ktb_told) - 1).s, to);
}

/* The primary metric in the result line; all of them stand above it. */
static void primary(FILE *to, const struct ktb_summary *summary)
{
	const struct ktb_metric *metric = summary->workload->primary;
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	const struct ktb_estimate *at;
	unsigned int q;

	if (!figures || !figures->count)
		return;
	fprintf(to, " # %s", metric->name);
	for (q = KTB_QUANTILE_P50; q <= KTB_QUANTILE_P99; q++) {
		at = &figures->at[q];
		if (at->is_supported)
			fprintf(to, " %s=%s", ktb_quantile_name(q),
				ktb_summary_bound(metric->scale, &at->value).s);
	}
	fprintf(to, " n=%llu lost=%llu missed=%llu",
		(unsigned long long)figures->count,
		(unsigned long long)ktb_summary_lost(summary),
		(unsigned long long)ktb_schedule_missed(summary));
	if (ktb_schedule_is_of_served(summary))
		fputs(" (" KTB_SCHEDULE_OF_SERVED ")", to);
}

static bool subtest(FILE *to, const struct ktb_export_case *one, size_t number,
		    json_t *names)
{
	const bool is_bad = one->outcome == KTB_EXPORT_INVALID ||
			    one->outcome == KTB_EXPORT_INTERRUPTED;

	ktb_export_cases_figures(to, one, "  # ");
	fprintf(to, "  %sok %zu ", is_bad ? "not " : "", number);
	if (!ktb_ktap_name(names, one->name, to))
		return false;
	if (one->outcome == KTB_EXPORT_PASSED) {
		primary(to, one->good);
	} else {
		fputs(one->outcome == KTB_EXPORT_LEFT_OUT ? " # SKIP " : " # ",
		      to);
		sentence(to, one->reason);
	}
	fputc('\n', to);
	return true;
}

static size_t count(const struct ktb_export_case *first, size_t nr,
		    enum ktb_export_outcome outcome)
{
	size_t found = 0;
	size_t i;

	for (i = 0; i < nr; i++)
		found += first[i].outcome == outcome;
	return found;
}

static bool test(FILE *to, const struct ktb_export_case *first, size_t nr,
		 size_t number, json_t *names)
{
	json_t *own = json_object();
	bool fine = own != NULL;
	const size_t skipped = count(first, nr, KTB_EXPORT_LEFT_OUT);
	const size_t passed = count(first, nr, KTB_EXPORT_PASSED);
	size_t i;

	fprintf(to, "  KTAP version 1\n  1..%zu\n", nr);
	for (i = 0; fine && i < nr; i++)
		fine = subtest(to, &first[i], i + 1, own);
	fprintf(to, "%sok %zu ", passed + skipped < nr ? "not " : "", number);
	fine = fine && ktb_ktap_name(names, first->job, to);
	if (skipped == nr)
		fputs(" # SKIP nothing of it was measured", to);
	fputc('\n', to);
	json_decref(own);
	return fine;
}

static void head(FILE *to, const struct ktb_findings *result, size_t nr_tests)
{
	const struct ktb_reader *reader = &result->reader;

	fprintf(to, "KTAP version 1\n1..%zu\n# ktbench ", nr_tests);
	sentence(to, ktb_reader_string(reader, "run"));
	fprintf(to, ", lane %s", ktb_reader_lane_name(reader->lane));
	if (*ktb_reader_string(reader, "lane_detail")) {
		fputs(": ", to);
		sentence(to, ktb_reader_string(reader, "lane_detail"));
	}
	fputs(", kernel ", to);
	sentence(to, ktb_export_kernel(result));
	fputc('\n', to);
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	struct ktb_export_cases cases;
	size_t nr_tests = 0, number = 0;
	json_t *names = json_object();
	size_t i, nr;
	bool fine = ktb_export_cases_list(&cases, &export->results[0]);

	for (i = 0; fine && i < cases.nr; i += nr) {
		nr = ktb_export_cases_of_job(&cases, i);
		nr_tests++;
	}
	head(to, &export->results[0], nr_tests);
	for (i = 0; fine && i < cases.nr; i += nr) {
		nr = ktb_export_cases_of_job(&cases, i);
		fine = test(to, &cases.at[i], nr, ++number, names);
	}
	json_decref(names);
	ktb_export_cases_free(&cases);
	return fine ? 0 : ktb_fault_memory(fault);
}

const struct ktb_export_format ktb_export_format_ktap = {
	.name = "ktap",
	.what = "LAVA, KernelCI, kunit.py parse (KTAP version 1)",
	.takes = KTB_EXPORT_TAKES_ONE,
	.shows_invalid = true,
	.write = write_document,
};
