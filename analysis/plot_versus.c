// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "percentile" of a comparison: A's curve and B's, the boots of a side
 * put together. For the eye: no test stands on samples of several boots.
 */
#include "percentile.h"
#include "plot_compare.h"

/* What ktb_percentile_axes() wants to know. */
static struct ktb_metric versus_metric(const struct ktb_quantity *quantity)
{
	return (struct ktb_metric){ .name = quantity->metric,
				    .scale = quantity->scale };
}

int ktb_plot_versus(struct ktb_versus *versus, const struct ktb_job *job,
		    const struct ktb_quantity *quantity,
		    const struct ktb_shift *shift)
{
	struct ktb_percentile_extent extent = KTB_PERCENTILE_EXTENT_NONE;
	const struct ktb_metric metric = versus_metric(quantity);
	struct ktb_plots *plots = &versus->plots;
	struct ktb_plot *plot;
	char name[8];
	size_t i;

	for (i = 0; i < 2; i++)
		if (shift->hist[i].count < 2 || shift->hist[i].max <= 0)
			return 0;
	plot = ktb_plots_begin(plots, ktb_plots_kind("percentile"), job);
	if (!plot)
		return plots->fault->code;
	for (i = 0; i < 2; i++) {
		fprintf(plot->data, "%s# %c\n", i ? "\n\n" : "", "AB"[i]);
		ktb_percentile_write(plot->data, &shift->hist[i]);
		ktb_percentile_widen(&extent, &shift->hist[i],
				     quantity->lost[i]);
		snprintf(name, sizeof(name), "name%zu", i + 1);
		ktb_plots_set_text(plot, name, i ? "B" : "A");
	}
	if (extent.from > extent.to)
		extent.from = extent.to;
	ktb_plots_title(plot, "%s%s%s: %s by percentile", quantity->job,
			*quantity->cell ? " " : "", quantity->cell,
			quantity->metric);
	ktb_plots_remark(
		plot,
		"All boots of a side together. n %s, lost %s, missed %s and %s. %s samples are 0 or early and have no place on this axis. Each curve ends at its largest sample; its last decade rests on few.",
		ktb_scale_count(extent.samples).s,
		ktb_scale_count(extent.lost).s,
		ktb_scale_count(quantity->missed[0]).s,
		ktb_scale_count(quantity->missed[1]).s,
		ktb_scale_count(extent.below).s);
	ktb_percentile_axes(plot, &extent, &metric, 2);
	ktb_plots_set(plot, "glyphs", 1);
	plot->width = 620;
	plot->height = 400;
	return ktb_plots_end(plots, plot);
}
