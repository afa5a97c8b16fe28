// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "shift": how much B is above A at each quantile, with the interval
 * between boots, and what is too small to count.
 */
#include <math.h>

#include "plot_compare.h"
#include "told.h"

/* Each point for itself: none of them decides, and no family is asked. */
#define SHIFT_ALPHA 0.01

KTB_VERSUS_KIND(shift)

/* The delta of the quantile in logarithms, if one was judged there. */
static double shift_delta(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity, uint32_t ppm)
{
	const struct ktb_quantity *one;
	size_t i;

	for (i = 0; i < comparison->nr; i++) {
		one = &comparison->quantities[i];
		if (ktb_quantile_ppm(one->quantile) == ppm &&
		    one->verdict != KTB_VERDICT_NONE &&
		    ktb_versus_is_same(one, quantity))
			return one->delta;
	}
	return NAN;
}

/* Returns how far the point and its band reach, its interval left out. */
static double shift_point(const struct ktb_effect *effect, size_t at,
			  double delta, double *widest, FILE *to)
{
	const double half = ktb_effect_half_width(effect, SHIFT_ALPHA);
	const double middle = ktb_effect_percent(effect->estimate);
	const double low = ktb_effect_percent(effect->estimate - half);
	const double high = ktb_effect_percent(effect->estimate + half);

	if (!isfinite(middle + low + high)) {
		fprintf(to, "%zu\t?\t?\t?\t?\t?\n", at);
		return 0;
	}
	fprintf(to, "%zu\t%.4f\t%.4f\t%.4f", at, middle, low, high);
	if (isfinite(delta))
		fprintf(to, "\t%.4f\t%.4f\n", ktb_effect_percent(-delta),
			ktb_effect_percent(delta));
	else
		fputs("\t?\t?\n", to);
	*widest = fmax(*widest, fmax(fabs(low), fabs(high)));
	return fmax(fabs(middle),
		    isfinite(delta) ? ktb_effect_percent(delta) : 0);
}

static void shift_quantiles(struct ktb_plot *plot,
			    const struct ktb_shift *shift)
{
	size_t i;

	fputs("quantiles = \"(", plot->settings);
	for (i = 0; i < KTB_COMPARE_POINTS; i++)
		fprintf(plot->settings, "%s'p%.6g' %zu", i ? ", " : "",
			shift->ppm[i] / 1e4, i);
	fputs(")\"\n", plot->settings);
}

static void shift_describe(struct ktb_plot *plot, const struct ktb_shift *shift,
			   const struct ktb_quantity *quantity, double reach,
			   double widest)
{
	const double most = fmax(5 * reach, 1);

	ktb_plots_title(plot, "%s%s%s: %s, B against A", quantity->job,
			*quantity->cell ? " " : "", quantity->cell,
			quantity->metric);
	ktb_plots_remark(
		plot,
		"Above 0 B %s. n %s and %s, boots %zu and %zu. The intervals are of each quantile for itself; verdicts stand on the gated ones. "
		"A quantile that the samples of two boots a side do not support is not there.%s",
		quantity->is_rate ? "does more, which is better" : "is slower",
		ktb_scale_count(shift->hist[0].count).s,
		ktb_scale_count(shift->hist[1].count).s, quantity->nr[0],
		quantity->nr[1],
		widest > most ?
			" Intervals that end at the frame go on beyond it." :
			"");
	fprintf(plot->settings, "reach = %.6g\n",
		1.1 * (widest > most ? most : fmax(widest, reach)));
	ktb_plots_set(plot, "points", KTB_COMPARE_POINTS);
	shift_quantiles(plot, shift);
}

int ktb_plot_shift(struct ktb_versus *versus, const struct ktb_job *job,
		   const struct ktb_quantity *quantity,
		   const struct ktb_shift *shift)
{
	struct ktb_plots *plots = &versus->plots;
	double reach = 0, widest = 0, delta;
	struct ktb_plot *plot;
	int64_t bands = 0;
	size_t nr = 0, i;

	for (i = 0; i < KTB_COMPARE_POINTS; i++)
		nr += shift->is_told[i];
	if (!nr)
		return 0;
	plot = ktb_plots_begin(plots, &shift_kind, job);
	if (!plot)
		return plots->fault->code;
	fputs("# B against A, percent\n"
	      "# point\teffect\tlow\thigh\t-delta\tdelta\n",
	      plot->data);
	for (i = 0; i < KTB_COMPARE_POINTS; i++) {
		delta = shift_delta(versus->comparison, quantity,
				    shift->ppm[i]);
		bands |= shift->is_told[i] && isfinite(delta);
		if (shift->is_told[i])
			reach = fmax(reach,
				     shift_point(&shift->effect[i], i, delta,
						 &widest, plot->data));
	}
	/* Two sides without any difference have an axis too. */
	reach = fmax(reach, 0.1);
	plot->width = 620;
	plot->height = 400;
	shift_describe(plot, shift, quantity, reach, widest);
	ktb_plots_set(plot, "bands", bands);
	return ktb_plots_end(plots, plot);
}
