/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures as other programs want them: in which unit, and with all their digits.
 * Integers until they are printed. It knows scales and nothing of formats.
 */
#ifndef KTB_EXPORT_UNITS_H
#define KTB_EXPORT_UNITS_H

#include <stdio.h>

#include <jansson.h>

#include "scale.h"

/** KTB_EXPORT_SCALE() - a scale as a bit of a set of scales */
#define KTB_EXPORT_SCALE(scale) (1U << (scale))

/* Times, and what stands for them in the exact lane. */
#define KTB_EXPORT_TIMES                                                   \
	(KTB_EXPORT_SCALE(KTB_SCALE_NS) | KTB_EXPORT_SCALE(KTB_SCALE_PS) | \
	 KTB_EXPORT_SCALE(KTB_SCALE_INSTRUCTIONS) |                        \
	 KTB_EXPORT_SCALE(KTB_SCALE_MILLI_INSTRUCTIONS))

#define KTB_EXPORT_ALL_SCALES ((1U << KTB_NR_SCALES) - 1)

/**
 * struct ktb_export_unit - how the figures of a scale are told
 * @own: the unit of the number itself; empty if it has none
 * @whole: the unit that people know: ns, never ps
 * @family: Bencher's measure, and a part of the names of OpenMetrics
 * @base: unit of OpenMetrics, a base unit; empty if it has none
 * @whole_digits: decimal places of a figure in @whole
 * @base_digits: decimal places of a figure in @base
 */
struct ktb_export_unit {
	const char *own;
	const char *whole;
	const char *family;
	const char *base;
	unsigned int whole_digits;
	unsigned int base_digits;
};

/**
 * ktb_export_unit() - how the figures of a scale are told
 * @scale: the scale
 *
 * Return: its row.
 */
const struct ktb_export_unit *ktb_export_unit(enum ktb_scale scale);

/**
 * ktb_export_decimal() - a number with a decimal point, all digits kept
 * @value: the number
 * @digits: how many of its digits stand behind the point, at most 12
 *
 * Return: "0.000001235".
 */
struct ktb_text ktb_export_decimal(__int128 value, unsigned int digits);

/**
 * ktb_export_number() - a figure as a number of JSON, in its whole unit
 * @scale: what it counts
 * @value: the figure
 *
 * Return: an integer, or a real where a part of the unit is left; NULL when
 * there is no memory.
 */
json_t *ktb_export_number(enum ktb_scale scale, int64_t value);

/**
 * ktb_export_dump() - write a document of JSON
 * @root: the document, which is freed; or NULL when there was no memory for it
 * @to: where to
 *
 * Return: 0, or -1 when there is no memory.
 */
int ktb_export_dump(json_t *root, FILE *to);

#endif /* KTB_EXPORT_UNITS_H */
