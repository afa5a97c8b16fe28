/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Knobs that `ktbench env --apply` turned: each is a pair of the original and
 * the new value, kept in a file until `--restore` turns it back.
 */
#ifndef KTB_KNOBS_H
#define KTB_KNOBS_H

#include "message.h"

#define KTB_KNOBS_FILE "/run/ktbench-env.json"

/**
 * ktb_knobs_apply() - set what fitness.c says can be set
 * @path: where the original values are kept; must not be there yet
 * @err: on a failure
 *
 * Prints a line a knob. Knobs that refuse are told and left out.
 *
 * Return: 0; KTB_EXIT_USAGE if values are kept there already; KTB_EXIT_DEVICE
 * if the file cannot be written (nothing is changed then) or a knob refused.
 */
int ktb_knobs_apply(const char *path, struct ktb_error *err);

/**
 * ktb_knobs_restore() - give each knob its original value again
 * @path: where the original values are kept; removed when all is restored
 * @err: on a failure
 *
 * A knob that has neither value any more was turned by somebody else: it is
 * told and left alone.
 *
 * Return: 0; KTB_EXIT_WORSE if a knob was left alone; KTB_EXIT_USAGE if nothing
 * is kept there; KTB_EXIT_DEVICE if a knob refused (the file stays).
 */
int ktb_knobs_restore(const char *path, struct ktb_error *err);

#endif /* KTB_KNOBS_H */
