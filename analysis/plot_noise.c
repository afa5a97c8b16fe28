// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "noise": each boot's reading of each figure in the order in which the
 * boots were made. A drift and boots that fall into groups are seen here first.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "plot_compare.h"
#include "told.h"

#define NOISE_PANEL_HEIGHT 105

KTB_VERSUS_KIND(noise)

/* When a boot's first result was made; text that can be compared. */
static const char *noise_when(const struct ktb_comparison *comparison,
			      size_t side, size_t boot)
{
	const struct ktb_boot *one = &comparison->side[side].boots[boot];

	return one->nr ?
		       ktb_reader_string(&one->findings[0]->reader, "created") :
		       "";
}

/* The place of a boot among those of both sides, from 1. */
static size_t noise_place(const struct ktb_comparison *comparison, size_t side,
			  size_t boot)
{
	const char *when = noise_when(comparison, side, boot);
	size_t place = 1, other, i;
	int order;

	for (other = 0; other < 2; other++)
		for (i = 0; i < comparison->used[other]; i++) {
			order = strcmp(noise_when(comparison, other, i), when);
			/* Of the same second those of A, and in their order. */
			place += order < 0 ||
				 (!order && (other < side ||
					     (other == side && i < boot)));
		}
	return place;
}

static double noise_percent(const struct ktb_quantity *quantity,
			    const struct ktb_reading *reading)
{
	return 100 * (reading->value / quantity->center[0] - 1);
}

/* 1, 2 or 5 tens: the largest that is not above. */
static double noise_step(double most)
{
	const double ten = pow(10, floor(log10(most)));

	return most >= 5 * ten ? 5 * ten : most >= 2 * ten ? 2 * ten : ten;
}

/* How far a panel reaches: all of its readings, and 0. */
static void noise_extent(struct ktb_plot *plot,
			 const struct ktb_quantity *quantity, size_t number)
{
	double low = 0, high = 0, pad, value;
	size_t side, i;

	for (side = 0; side < 2; side++)
		for (i = 0; i < quantity->nr[side]; i++) {
			value = noise_percent(quantity,
					      &quantity->readings[side][i]);
			low = fmin(low, value);
			high = fmax(high, value);
		}
	pad = fmax((high - low) / 8, 0.01);
	fprintf(plot->settings,
		"low%zu = %.6g\nhigh%zu = %.6g\nstep%zu = %.6g\n", number,
		low - pad, number, high + pad, number,
		noise_step((high - low + 2 * pad) / 2));
}

static void noise_side(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity, size_t side,
		       FILE *to)
{
	const struct ktb_reading *reading = quantity->readings[side];
	size_t i;

	fprintf(to, "# %s, %c\n# place\tpercent of A's center\t%s\tn\n",
		ktb_told_name(quantity).s, "AB"[side],
		ktb_scale_unit(quantity->scale));
	for (i = 0; i < quantity->nr[side]; i++, reading++)
		fprintf(to, "%zu\t%.4f\t%.3f\t%llu\n",
			noise_place(comparison, side, reading->boot),
			noise_percent(quantity, reading), reading->value,
			(unsigned long long)reading->count);
}

static void noise_name(struct ktb_plot *plot,
		       const struct ktb_quantity *quantity, size_t number)
{
	const struct ktb_effect *effect = &quantity->effect;
	struct ktb_told text = ktb_told_name(quantity);
	size_t length, side;
	char name[16];

	length = strlen(text.s);
	length += (size_t)snprintf(text.s + length, sizeof(text.s) - length,
				   ": sd %.2f %% and %.2f %%",
				   ktb_effect_percent(effect->sd[0]),
				   ktb_effect_percent(effect->sd[1]));
	for (side = 0; side < 2; side++)
		if (quantity->modes[side])
			length += (size_t)snprintf(text.s + length,
						   sizeof(text.s) - length,
						   ", %c in two groups",
						   "AB"[side]);
	snprintf(name, sizeof(name), "name%zu", number);
	ktb_plots_set_text(plot, name, text.s);
}

int ktb_plot_noise(struct ktb_versus *versus, const struct ktb_job *job)
{
	const struct ktb_comparison *comparison = versus->comparison;
	struct ktb_plots *plots = &versus->plots;
	const struct ktb_quantity *quantity;
	struct ktb_plot *plot;
	size_t i;

	plot = ktb_plots_begin(plots, &noise_kind, job);
	if (!plot)
		return plots->fault->code;
	for (i = 0; i < versus->nr_drawn; i++) {
		quantity = versus->drawn[i];
		fputs(i ? "\n\n" : "", plot->data);
		noise_side(comparison, quantity, 0, plot->data);
		fputs("\n\n", plot->data);
		noise_side(comparison, quantity, 1, plot->data);
		noise_name(plot, quantity, i + 1);
		noise_extent(plot, quantity, i + 1);
	}
	ktb_plots_title(plot, "Each boot's reading, in percent of A's center");
	ktb_plots_remark(
		plot,
		"A dot a boot: A circles, B triangles. Dots that climb or fall from left to right are a drift of the machine; two stripes are boots that fall into groups. Beside each name the deviation between the boots of A and of B; it is not taken for less than what the clock can tell.");
	ktb_plots_set(plot, "panels", (int64_t)versus->nr_drawn);
	ktb_plots_set(plot, "boots",
		      (int64_t)(comparison->used[0] + comparison->used[1]));
	ktb_plots_set(plot, "panel", NOISE_PANEL_HEIGHT);
	plot->height = 114 + NOISE_PANEL_HEIGHT * (int)versus->nr_drawn;
	return ktb_plots_end(plots, plot);
}
