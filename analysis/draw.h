/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws pictures: writes one gnuplot script for all of them and runs it. It
 * knows gnuplot and nothing of what the pictures show.
 */
#ifndef KTB_DRAW_H
#define KTB_DRAW_H

#include "plots.h"

/**
 * ktb_draw_all() - draw all pictures in one gnuplot process
 * @plots: their data are written
 * @gnuplot: the program, NULL for the one in PATH
 *
 * A picture that fails is marked as skipped and told on stderr, and another
 * process goes on with the next one. Anything that gnuplot says on stderr is a
 * failure of the picture that it was drawing. The script stays beside the
 * pictures, to be changed and run by hand.
 *
 * Return: 0, or KTB_FAULT_SYSTEM when the script cannot be written.
 */
int ktb_draw_all(struct ktb_plots *plots, const char *gnuplot);

/**
 * ktb_draw_quote() - write a gnuplot string
 * @to: where to
 * @text: any characters; control characters become spaces
 */
void ktb_draw_quote(FILE *to, const char *text);

#endif /* KTB_DRAW_H */
