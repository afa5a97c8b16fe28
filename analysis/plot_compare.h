/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pictures of a comparison: of the gated figures that stand out the most. It
 * knows comparisons and pictures, and nothing of the page that shows them.
 */
#ifndef KTB_PLOT_COMPARE_H
#define KTB_PLOT_COMPARE_H

#include "compare.h"
#include "plots.h"

/* Gated figures that are drawn. */
#define KTB_COMPARE_DRAWN 12

/**
 * struct ktb_versus - the pictures of a comparison
 * @comparison: made
 * @drawn: the figures: those with the largest effect against its interval first
 * @nr_drawn: entries there
 * @nr_left_out: gated figures with a verdict that are not drawn
 * @metrics: indices into @drawn: the first of each distribution
 * @nr_metrics: entries there
 * @frame: a result without cells: the lane, the directory, a job a distribution and
 *	last the one of the noise
 * @plots: the pictures
 */
struct ktb_versus {
	const struct ktb_comparison *comparison;
	const struct ktb_quantity *drawn[KTB_COMPARE_DRAWN];
	size_t nr_drawn;
	size_t nr_left_out;
	size_t metrics[KTB_COMPARE_DRAWN];
	size_t nr_metrics;
	struct ktb_findings frame;
	struct ktb_job jobs[KTB_COMPARE_DRAWN + 1];
	struct ktb_plots plots;
};

/**
 * ktb_versus_draw() - choose, write the data and draw
 * @versus: filled in; free it in any case
 * @comparison: made, not of the exact lane; outlives it
 * @dir: the directory that plots/ is made in; outlives it
 * @gnuplot: the program, NULL for the one in PATH
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*. A picture that gnuplot cannot draw is no failure.
 */
int ktb_versus_draw(struct ktb_versus *versus,
		    const struct ktb_comparison *comparison, const char *dir,
		    const char *gnuplot, struct ktb_fault *fault);

/** ktb_versus_free() - free what the pictures hold */
void ktb_versus_free(struct ktb_versus *versus);

/**
 * ktb_versus_is_same() - are these two of one distribution?
 * @a: a figure
 * @b: another one
 */
bool ktb_versus_is_same(const struct ktb_quantity *a,
			const struct ktb_quantity *b);

/* The row of a kind, with its script: part of the program, see plots.c. */
#define KTB_VERSUS_KIND(kind)                                                 \
	KTB_PLOT_SCRIPT(kind)                                                 \
	static const struct ktb_plot_kind kind##_kind = { #kind,              \
							  plot_script_##kind, \
							  NULL };

/* The kinds; for plot_compare.c alone. */
int ktb_plot_shift(struct ktb_versus *versus, const struct ktb_job *job,
		   const struct ktb_quantity *quantity,
		   const struct ktb_shift *shift);
int ktb_plot_versus(struct ktb_versus *versus, const struct ktb_job *job,
		    const struct ktb_quantity *quantity,
		    const struct ktb_shift *shift);
int ktb_plot_noise(struct ktb_versus *versus, const struct ktb_job *job);

#endif /* KTB_PLOT_COMPARE_H */
