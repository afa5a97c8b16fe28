/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of results that stand side by side.
 */
#ifndef KTB_OUT_TOGETHER_H
#define KTB_OUT_TOGETHER_H

#include "plot_together.h"

/**
 * ktb_out_together_no_verdict() - what side by side does not mean
 * @lane: of all results
 *
 * Return: sentences, to be said before any figure.
 */
const char *ktb_out_together_no_verdict(enum ktb_lane lane);

/**
 * ktb_out_together_html() - one page, no network
 * @beside: what to show, its pictures drawn
 * @to: where to
 */
void ktb_out_together_html(const struct ktb_beside *beside, FILE *to);

/**
 * ktb_out_together_text() - tables for the terminal
 * @beside: what to show, its pictures drawn
 * @to: where to
 */
void ktb_out_together_text(const struct ktb_beside *beside, FILE *to);

#endif /* KTB_OUT_TOGETHER_H */
