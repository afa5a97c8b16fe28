// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Exports: gather results, see that they may stand in one document, list their
 * figures, tell what is left out, write. It may not know what a format looks like.
 */
#include <stdlib.h>
#include <string.h>

#include "export_formats.h"
#include "same.h"
#include "shape.h"

#define EXPORT_FORMAT_ROW(format) &ktb_export_format_##format,
const struct ktb_export_format *const ktb_export_formats[] = {
	/* clang-format off */
	EXPORT_FORMATS(EXPORT_FORMAT_ROW)
	NULL,
	/* clang-format on */
};

static const char *lane(const struct ktb_reader *reader)
{
	return ktb_reader_lane_name(reader->lane);
}

static const char *lane_detail(const struct ktb_reader *reader)
{
	return ktb_reader_string(reader, "lane_detail");
}

static const char *hostname(const struct ktb_reader *reader)
{
	return ktb_reader_fact(reader, "hostname");
}

static const char *cpu_model(const struct ktb_reader *reader)
{
	return ktb_reader_fact(reader, "cpu_model");
}

static const char *kernel(const struct ktb_reader *reader)
{
	return ktb_reader_fact(reader, "kernel");
}

static const char *kernel_version(const struct ktb_reader *reader)
{
	return ktb_reader_fact(reader, "kernel_version");
}

const char *ktb_export_kernel(const struct ktb_findings *result)
{
	return kernel(&result->reader);
}

/* What results of one document have in common. */
static const struct export_common {
	const char *what;
	const char *(*of)(const struct ktb_reader *reader);
	bool is_of_kernel;
	const char *remedy;
} commons[] = {
	{ "lane", lane, false, "figures of two lanes never stand together" },
	{ "machine", lane_detail, false, "figures of two machines do not" },
	{ "host", hostname, false, "figures of two machines do not" },
	{ "CPU", cpu_model, false, "figures of two machines do not" },
	{ "kernel", kernel, true, "its boots are those of one kernel" },
	{ "kernel", kernel_version, true, "its boots are those of one kernel" },
};

static int judge_common(const struct export_common *common,
			const struct ktb_reader *first,
			const struct ktb_reader *other, struct ktb_fault *fault)
{
	const char *one = common->of(first), *two = common->of(other);

	if (!strcmp(one, two))
		return 0;
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s: its %s is '%s', and that of %s is '%s': one export holds figures that go together, and %s; export them one by one",
		other->dir, common->what, two, first->dir, one, common->remedy);
}

static int judge_pair(const struct ktb_export_format *format,
		      const struct ktb_reader *first,
		      const struct ktb_reader *other, struct ktb_fault *fault)
{
	const struct export_common *common = commons;
	int ret = 0;

	for (; !ret && common < commons + sizeof(commons) / sizeof(*commons);
	     common++)
		if (!common->is_of_kernel ||
		    format->takes == KTB_EXPORT_TAKES_BOOTS)
			ret = judge_common(common, first, other, fault);
	if (!ret && !json_equal(json_object_get(first->root, "cpus"),
				json_object_get(other->root, "cpus")))
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: its CPUs are not those of %s; export results of two machines one by one",
			other->dir, first->dir);
	if (!ret && format->takes == KTB_EXPORT_TAKES_KERNELS &&
	    !strcmp(kernel(first), kernel(other)))
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s and %s are both of kernel %s, and %s has one result a kernel; give one of them",
			first->dir, other->dir, kernel(other), format->name);
	return ret;
}

static int judge_same(const struct ktb_reader *first,
		      const struct ktb_reader *other, struct ktb_fault *fault)
{
	const char *same = ktb_same_run(first, other);

	return same ? ktb_fault_set(fault, KTB_FAULT_USAGE,
				    "%s and %s %s; name it once", first->dir,
				    other->dir, same) :
		      0;
}

static int judge(const struct ktb_export_format *format,
		 const struct ktb_export *export, struct ktb_fault *fault)
{
	const struct ktb_findings *results = export->results;
	size_t i, j;
	int ret = 0;

	for (i = 1; !ret && i < export->nr_results; i++)
		for (j = 0; !ret && j < i; j++) {
			ret = judge_same(&results[j].reader, &results[i].reader,
					 fault);
			if (!ret)
				ret = judge_pair(format, &results[j].reader,
						 &results[i].reader, fault);
		}
	for (i = 0; !ret && i < export->nr_results; i++)
		ret = ktb_export_names_check(&results[i], format->name,
					     format->mapping, fault);
	return ret;
}

static void tell_result(const struct ktb_reader *reader)
{
	if (reader->torn_bytes)
		ktb_fault_note(
			"%s/%s: the last line is cut off after %zu bytes and is left out",
			reader->dir, reader->cells_name, reader->torn_bytes);
	if (strcmp(ktb_reader_string(reader, "state"), "complete"))
		ktb_fault_note(
			"%s: its run is %s; what it has measured is exported",
			reader->dir, ktb_reader_string(reader, "state"));
}

/* Nothing is left out in silence. */
static void tell(const struct ktb_export_format *format,
		 const struct ktb_export *export)
{
	const struct ktb_export_figures *figures = &export->figures;
	size_t i;

	for (i = 0; i < export->nr_results; i++)
		tell_result(&export->results[i].reader);
	if (figures->nr_invalid_cells && !format->shows_invalid)
		ktb_fault_note(
			"%zu invalid cells are left out: samples were lost, or the repetition failed",
			figures->nr_invalid_cells);
	if (figures->nr_beyond)
		ktb_fault_note(
			"%zu quantiles below zero or past the last bucket have no value and are left out",
			figures->nr_beyond);
	if (figures->nr_unwanted && format->wants.scales)
		ktb_fault_note(
			"%zu metrics of cells are left out: %s has no place for their unit",
			figures->nr_unwanted, format->name);
}

static int write_all(const struct ktb_export_format *format,
		     struct ktb_export *export, FILE *to,
		     struct ktb_fault *fault)
{
	int ret;

	ret = ktb_export_figures_list(&export->figures, export->results,
				      export->nr_results, &format->wants,
				      fault);
	if (ret)
		return ret;
	tell(format, export);
	if (format->shows_invalid || format->takes_metric || export->figures.nr)
		return format->write(export, to, fault);
	return ktb_fault_set(
		fault,
		export->figures.nr_invalid_cells ? KTB_EXPORT_NOTHING :
						   KTB_FAULT_USAGE,
		"%s: there is no figure to export: no valid cell has enough samples for a quantile that %s can carry",
		export->results[0].reader.dir, format->name);
}

int ktb_export_write(const struct ktb_export_format *format, char *const *dirs,
		     size_t nr_dirs, const char *metric, FILE *to,
		     struct ktb_fault *fault)
{
	struct ktb_export export = { .metric = metric };
	size_t i;
	int ret = 0;

	if (nr_dirs > 1 && format->takes == KTB_EXPORT_TAKES_ONE)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"a %s document is of one result, and there are %zu; export them one by one",
			format->name, nr_dirs);
	if (metric && !format->takes_metric)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"--metric '%s': %s has all metrics; leave it out",
			metric, format->name);
	export.results = calloc(nr_dirs, sizeof(*export.results));
	if (!export.results)
		return ktb_fault_memory(fault);
	for (i = 0; !ret && i < nr_dirs; i++) {
		export.nr_results++;
		ret = ktb_findings_gather(&export.results[i], dirs[i], fault);
	}
	if (!ret)
		ret = judge(format, &export, fault);
	if (!ret)
		ret = write_all(format, &export, to, fault);
	ktb_export_figures_free(&export.figures);
	for (i = 0; i < export.nr_results; i++)
		ktb_findings_free(&export.results[i]);
	free(export.results);
	return ret;
}
