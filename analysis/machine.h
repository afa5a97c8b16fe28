/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The picture of the machine: lstopo draws topology.xml; without it the report
 * draws boxes from the list of CPUs. It knows lstopo and nothing of cells.
 */
#ifndef KTB_MACHINE_H
#define KTB_MACHINE_H

#include <stdio.h>

#include "reader.h"

/**
 * struct ktb_machine - the picture of a machine
 * @svg: path of the picture, NULL if there is none
 * @skipped: why lstopo drew none, NULL if it did
 */
struct ktb_machine {
	char *svg;
	char *skipped;
};

/**
 * ktb_machine_draw() - let lstopo draw the machine
 * @machine: filled in; free it in any case
 * @reader: opened
 * @no_plots: do not run lstopo
 *
 * A picture that cannot be drawn is told on stderr, and is no failure.
 */
void ktb_machine_draw(struct ktb_machine *machine,
		      const struct ktb_reader *reader, bool no_plots);

/**
 * ktb_machine_free() - free everything
 * @machine: drawn, or all zero
 */
void ktb_machine_free(struct ktb_machine *machine);

/**
 * ktb_machine_boxes() - draw the machine as nested boxes of HTML
 * @to: the page
 * @reader: opened
 */
void ktb_machine_boxes(FILE *to, const struct ktb_reader *reader);

#endif /* KTB_MACHINE_H */
