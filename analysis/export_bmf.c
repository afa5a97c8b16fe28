// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bencher Metric Format: an object of benchmarks, each an object of measures
 * (https://bencher.dev/docs/reference/bencher-metric-format). It may not know where
 * figures come from.
 *
 * Counts and losses are measures of their own. The lane begins the name; the machine
 * is what Bencher calls a testbed, and is told on its command line.
 */
#include "export_formats.h"

static json_t *measures_of(const struct ktb_export_figure *figure,
			   size_t nr_boots)
{
	const struct ktb_export_estimate estimate =
		ktb_export_figures_estimate(figure, nr_boots);
	const enum ktb_scale scale = figure->metric->scale;

	return json_pack("{s:{s:o, s:o, s:o}, s:{s:I}, s:{s:I}, s:{s:I}}",
			 ktb_export_unit(scale)->family, "value",
			 ktb_export_number(scale, estimate.value),
			 "lower_value", ktb_export_number(scale, estimate.low),
			 "upper_value", ktb_export_number(scale, estimate.high),
			 "samples", "value", (json_int_t)estimate.count, "lost",
			 "value", (json_int_t)estimate.lost, "missed", "value",
			 (json_int_t)estimate.missed);
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	const struct ktb_export_figures *figures = &export->figures;
	json_t *root = json_object();
	size_t i, nr;
	int bad = 0;

	for (i = 0; i < figures->nr; i += nr) {
		nr = ktb_export_figures_boots(figures, i);
		bad |= json_object_set_new(root, figures->at[i].name,
					   measures_of(&figures->at[i], nr));
	}
	bad |= ktb_export_dump(root, to);
	return bad ? ktb_fault_memory(fault) : 0;
}

const struct ktb_export_format ktb_export_format_bmf = {
	.name = "bmf",
	.what = "Bencher (Bencher Metric Format, --adapter json)",
	.takes = KTB_EXPORT_TAKES_BOOTS,
	.wants = { .scales = KTB_EXPORT_ALL_SCALES },
	.write = write_document,
};
