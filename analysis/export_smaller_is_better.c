// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * github-action-benchmark's customSmallerIsBetter: an array of {name, value, unit,
 * range, extra}. It may not know where figures come from.
 */
#include "export_formats.h"
#include "schedule.h"

static char *extra_of(const struct ktb_export_figure *figure,
		      const struct ktb_export_estimate *estimate)
{
	const struct ktb_reader *reader = &figure->result->reader;
	const char *detail = ktb_reader_string(reader, "lane_detail");
	char *text;

	if (asprintf(
		    &text,
		    "samples: %llu\nlost: %llu\nmissed: %llu\nover: %s\nboots: %zu\nlane: %s%s%s\nkernel: %s",
		    (unsigned long long)estimate->count,
		    (unsigned long long)estimate->lost,
		    (unsigned long long)estimate->missed,
		    ktb_schedule_over(figure->summary, figure->metric),
		    estimate->nr_boots, ktb_reader_lane_name(reader->lane),
		    *detail ? ", " : "", detail,
		    ktb_export_kernel(figure->result)) < 0)
		return NULL;
	return text;
}

static json_t *entry_of(const struct ktb_export_figure *figure, size_t nr_boots)
{
	const struct ktb_export_estimate estimate =
		ktb_export_figures_estimate(figure, nr_boots);
	const enum ktb_scale scale = figure->metric->scale;
	const unsigned int digits = ktb_export_unit(scale)->whole_digits;
	char *extra = extra_of(figure, &estimate);
	char range[sizeof(struct ktb_text) * 2 + 8];
	json_t *entry;

	snprintf(range, sizeof(range), "%s .. %s",
		 ktb_export_decimal(estimate.low, digits).s,
		 ktb_export_decimal(estimate.high, digits).s);
	entry = json_pack("{s:s, s:o, s:s, s:s, s:s}", "name", figure->name,
			  "value", ktb_export_number(scale, estimate.value),
			  "unit", ktb_export_unit(scale)->whole, "range", range,
			  "extra", extra ? extra : "");
	free(extra);
	return entry;
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	const struct ktb_export_figures *figures = &export->figures;
	json_t *root = json_array();
	size_t i, nr;
	int bad = 0;

	for (i = 0; i < figures->nr; i += nr) {
		nr = ktb_export_figures_boots(figures, i);
		bad |= json_array_append_new(root,
					     entry_of(&figures->at[i], nr));
	}
	bad |= ktb_export_dump(root, to);
	return bad ? ktb_fault_memory(fault) : 0;
}

/* A rate is better when it is larger. */
const struct ktb_export_format ktb_export_format_smaller_is_better = {
	.name = "smaller-is-better",
	.what = "github-action-benchmark (customSmallerIsBetter)",
	.takes = KTB_EXPORT_TAKES_BOOTS,
	.wants = { .scales = KTB_EXPORT_TIMES |
			     KTB_EXPORT_SCALE(KTB_SCALE_BYTES) },
	.write = write_document,
};
