// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JUnit's XML, as Jenkins' xunit plugin has it (junit-10.xsd), for Jenkins, GitLab and
 * whatever shows tests: a suite a result, a case a cell. It may not know where figures
 * come from.
 */
#include <stdlib.h>
#include <string.h>

#include "export_cases.h"
#include "export_formats.h"
#include "html.h"
#include "shape.h"

/* What became of a case, and which element says so. */
static const struct export_element {
	const char *name;
	const char *type;
} elements[KTB_NR_EXPORT_OUTCOMES] = {
	[KTB_EXPORT_PASSED] = { NULL, NULL },
	[KTB_EXPORT_INVALID] = { "failure", "invalid" },
	[KTB_EXPORT_INTERRUPTED] = { "error", "interrupted" },
	[KTB_EXPORT_LEFT_OUT] = { "skipped", "left-out" },
};

static void attribute(FILE *to, const char *name, const char *value)
{
	fprintf(to, " %s=\"", name);
	ktb_html_text(to, value);
	fputc('"', to);
}

static __int128 window_ns(const struct ktb_export_case *one)
{
	return (__int128)(one->good ? one->good->window_ns : 0) +
	       (one->bad ? one->bad->window_ns : 0);
}

static void seconds(FILE *to, __int128 ns)
{
	attribute(to, "time", ktb_export_decimal(ns / 1000000, 3).s);
}

static bool figures(FILE *to, const struct ktb_export_case *one)
{
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	bool fine;

	if (!memory)
		return false;
	ktb_export_cases_figures(memory, one, "");
	fine = !fclose(memory);
	if (fine && size) {
		fputs("   <system-out>", to);
		ktb_html_text(to, text);
		fputs("</system-out>\n", to);
	}
	free(text);
	return fine;
}

static bool test_case(FILE *to, const struct ktb_export_case *one)
{
	const struct export_element *element = &elements[one->outcome];
	bool fine;

	fputs("  <testcase", to);
	attribute(to, "classname", one->job);
	attribute(to, "name", *one->cell ? one->cell : one->job);
	seconds(to, window_ns(one));
	fputs(">\n", to);
	if (element->name) {
		fprintf(to, "   <%s", element->name);
		attribute(to, "type", element->type);
		attribute(to, "message", one->reason);
		fputs("/>\n", to);
	}
	fine = figures(to, one);
	fputs("  </testcase>\n", to);
	return fine;
}

static void property(FILE *to, const char *name, const char *value)
{
	fputs("   <property", to);
	attribute(to, "name", name);
	attribute(to, "value", value);
	fputs("/>\n", to);
}

static void properties(FILE *to, const struct ktb_findings *result)
{
	const struct ktb_reader *reader = &result->reader;
	const json_t *environment =
		json_object_get(reader->root, "environment");

	fputs("  <properties>\n", to);
	property(to, "lane", ktb_reader_lane_name(reader->lane));
	property(to, "lane_detail", ktb_reader_string(reader, "lane_detail"));
	property(to, "kernel", ktb_export_kernel(result));
	property(to, "kernel_version",
		 ktb_shape_string(environment, "kernel_version"));
	property(to, "cpu_model", ktb_shape_string(environment, "cpu_model"));
	fputs("  </properties>\n", to);
}

static void counts(FILE *to, const struct ktb_export_cases *cases)
{
	const size_t *of = cases->counts;

	fprintf(to,
		" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"",
		cases->nr, of[KTB_EXPORT_INVALID], of[KTB_EXPORT_INTERRUPTED],
		of[KTB_EXPORT_LEFT_OUT]);
}

static bool suite(FILE *to, const struct ktb_findings *result)
{
	const struct ktb_reader *reader = &result->reader;
	const json_t *environment =
		json_object_get(reader->root, "environment");
	const char *created = ktb_reader_string(reader, "created");
	struct ktb_export_cases cases;
	bool fine = ktb_export_cases_list(&cases, result);
	char when[32];
	__int128 ns = 0;
	size_t i;

	/* Readers want local time without a zone; this is UTC. */
	snprintf(when, sizeof(when), "%.*s", (int)strcspn(created, "Z"),
		 created);
	for (i = 0; fine && i < cases.nr; i++)
		ns += window_ns(&cases.at[i]);
	fputs(" <testsuite", to);
	attribute(to, "name", ktb_reader_string(reader, "run"));
	counts(to, &cases);
	seconds(to, ns);
	attribute(to, "timestamp", when);
	attribute(to, "hostname", ktb_shape_string(environment, "hostname"));
	fputs(">\n", to);
	properties(to, result);
	for (i = 0; fine && i < cases.nr; i++)
		fine = test_case(to, &cases.at[i]);
	fputs(" </testsuite>\n", to);
	ktb_export_cases_free(&cases);
	return fine;
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	bool fine = true;
	size_t i;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ktbench\">\n",
	      to);
	for (i = 0; fine && i < export->nr_results; i++)
		fine = suite(to, &export->results[i]);
	fputs("</testsuites>\n", to);
	return fine ? 0 : ktb_fault_memory(fault);
}

const struct ktb_export_format ktb_export_format_junit = {
	.name = "junit",
	.what = "Jenkins, GitLab, whatever shows tests (JUnit XML)",
	.takes = KTB_EXPORT_TAKES_ANY,
	.mapping = ktb_html_text,
	.shows_invalid = true,
	.write = write_document,
};
