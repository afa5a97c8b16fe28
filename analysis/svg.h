/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Puts an SVG file into a page: without its prologue, with a title and a
 * description for those who cannot see it, and with names of its own, for two
 * pictures of one program use the same. It knows SVG as gnuplot and lstopo
 * write it.
 */
#ifndef KTB_SVG_H
#define KTB_SVG_H

#include <stdbool.h>
#include <stdio.h>

/**
 * ktb_svg_inline() - copy an SVG file into a page
 * @to: the page
 * @path: the file
 * @width: of the picture in the page at most, pixels; 0 for its own
 * @prefix: put in front of each id, unique in the page, letters and digits
 * @title: what it shows
 * @description: how it is read
 *
 * Return: false, and nothing written, when the file cannot be read or is no
 * SVG.
 */
bool ktb_svg_inline(FILE *to, const char *path, int width, const char *prefix,
		    const char *title, const char *description);

#endif /* KTB_SVG_H */
