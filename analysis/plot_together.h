/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures of results that stand side by side: a curve a column, which looks the
 * same in each picture. It knows aligned results and pictures, and nothing of
 * the page that shows them.
 */
#ifndef KTB_PLOT_TOGETHER_H
#define KTB_PLOT_TOGETHER_H

#include "plots.h"
#include "together.h"

/**
 * struct ktb_beside - the pictures, and what they are part of
 * @together: gathered
 * @frame: a result without cells: the lane, the directory that all is written
 *	into, and the jobs of @together one for one
 * @plots: the pictures
 * @no_plots: pictures were not asked for
 */
struct ktb_beside {
	const struct ktb_together *together;
	struct ktb_findings frame;
	struct ktb_plots plots;
	bool no_plots;
};

/**
 * ktb_beside_init() - make the frame of pictures and pages
 * @beside: filled in; free it in any case
 * @together: gathered; outlives it
 * @dir: the directory that all is written into
 *
 * Return: false when there is no memory.
 */
bool ktb_beside_init(struct ktb_beside *beside,
		     const struct ktb_together *together, const char *dir);

/**
 * ktb_beside_draw() - write the data of all pictures and draw them
 * @beside: initialised
 * @gnuplot: the program, NULL for the one in PATH
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_beside_draw(struct ktb_beside *beside, const char *gnuplot,
		    struct ktb_fault *fault);

/**
 * ktb_beside_free() - free everything but @together
 * @beside: initialised, or tried to, or all zero
 */
void ktb_beside_free(struct ktb_beside *beside);

/**
 * ktb_beside_begin() - begin a picture of a job
 * @beside: being drawn
 * @kind: "percentile", or what draws curves against a number
 * @job: whose
 *
 * Return: as ktb_plots_begin().
 */
struct ktb_plot *ktb_beside_begin(struct ktb_beside *beside,
				  const struct ktb_plot_kind *kind,
				  const struct ktb_shared *job);

/**
 * ktb_beside_curve() - name the next curve of a picture
 * @beside: being drawn
 * @plot: begun
 * @number: of the curve, from 1
 * @column: whose it is, which tells its colour, dash and glyph
 */
void ktb_beside_curve(struct ktb_beside *beside, struct ktb_plot *plot,
		      size_t number, size_t column);

/**
 * ktb_beside_clauses() - a clause a column, for the remark of a picture
 * @together: gathered
 * @clause: writes that of one column
 * @of: given to @clause
 *
 * Return: "A n 8,000, lost 0; B not there" and the like, to be freed; NULL when
 * there is no memory.
 */
char *ktb_beside_clauses(const struct ktb_together *together,
			 void (*clause)(const void *of, size_t column,
					FILE *to),
			 const void *of);

/**
 * ktb_beside_scaling() - pictures against the number that a job sweeps
 * @beside: being drawn
 * @job: the job
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_beside_scaling(struct ktb_beside *beside, const struct ktb_shared *job);

#endif /* KTB_PLOT_TOGETHER_H */
