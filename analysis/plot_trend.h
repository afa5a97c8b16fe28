/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures of series: points in the order of time, medians as steps, changes in
 * words. It knows series and gnuplot, and nothing of the page.
 */
#ifndef KTB_PLOT_TREND_H
#define KTB_PLOT_TREND_H

#include "out_trend.h"

/**
 * ktb_plot_trend_draw() - draw the series of a page
 * @pictures: @page is given, the rest is filled in; free it in any case
 * @dir: plots/ is made in it
 * @all: those without a change too
 * @gnuplot: the program, NULL for the one in PATH
 * @fault: on failure, the sentence
 *
 * At most KTB_PLOTS_MAX are drawn, those with a change first.
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_plot_trend_draw(struct ktb_trend_pictures *pictures, const char *dir,
			bool all, const char *gnuplot, struct ktb_fault *fault);

/**
 * ktb_plot_trend_free() - free what was drawn
 * @pictures: drawn, or tried to
 */
void ktb_plot_trend_free(struct ktb_trend_pictures *pictures);

#endif /* KTB_PLOT_TREND_H */
