/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats that changes over a history are told in.
 */
#ifndef KTB_OUT_TREND_H
#define KTB_OUT_TREND_H

#include "plots.h"
#include "trend_told.h"

/**
 * ktb_out_trend_text() - a few lines a change, for the terminal
 * @page: what to tell
 * @to: where to
 */
void ktb_out_trend_text(const struct ktb_trend_page *page, FILE *to);

/**
 * ktb_out_trend_json() - one object, with the points of series that have changed
 * @page: what to tell
 * @to: where to
 *
 * Return: false when there is no memory.
 */
bool ktb_out_trend_json(const struct ktb_trend_page *page, FILE *to);

/**
 * struct ktb_trend_pictures - a page and its pictures
 * @page: what to tell
 * @frame: where the pictures lie, and their names
 * @plots: drawn, in the order of @drawn
 * @drawn: the series that have a picture
 * @nr_drawn: entries there
 * @nr_left_out: series that were one too many
 * @is_all: those without a change are among them
 */
struct ktb_trend_pictures {
	const struct ktb_trend_page *page;
	struct ktb_findings frame;
	struct ktb_plots plots;
	const struct ktb_trend_series **drawn;
	size_t nr_drawn;
	size_t nr_left_out;
	bool is_all;
};

/**
 * ktb_out_trend_html() - one page, no network
 * @pictures: what to show, a struct ktb_trend_pictures
 * @to: where to
 */
void ktb_out_trend_html(const void *pictures, FILE *to);

#endif /* KTB_OUT_TREND_H */
