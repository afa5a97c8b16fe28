// SPDX-License-Identifier: GPL-2.0-or-later
/* Tics of a logarithmic axis. It knows scales and nothing of what is drawn. */
#include <inttypes.h>

#include "plots.h"

/* Less than two octaves: even steps, no more than @most, of 1, 2 or 5 tens. */
static void plots_narrow_tics(FILE *to, enum ktb_scale scale, int64_t low,
			      int64_t high, int64_t most)
{
	static const int64_t steps[] = { 1, 2, 5 };
	const char *comma = "";
	int64_t step = 1, ten = 1;
	size_t i = 0;

	while ((high - low) / step > most) {
		i = (i + 1) % 3;
		ten *= i ? 1 : 10;
		step = ten * steps[i];
	}
	for (low = (low + step - 1) / step * step; low <= high; low += step) {
		fprintf(to, "%s'%s' %" PRId64, comma,
			ktb_scale_text(scale, low).s, low);
		comma = ", ";
	}
}

void ktb_plots_set_tics(struct ktb_plot *plot, const char *name,
			enum ktb_scale scale, int64_t from, int64_t to)
{
	static const int64_t steps[] = { 1, 2, 5 };
	/* Where a decade or two is all, one label in each would be too few. */
	size_t nr = to / 50 < from ? 3 : 1;
	const char *comma = "";
	int64_t value, ten;
	size_t i;

	fprintf(plot->settings, "%s_from = %" PRId64 "\n%s_to = %" PRId64 "\n",
		name, from, name, to);
	fprintf(plot->settings, "%s = \"(", name);
	if (to / 4 < from) {
		/* The scripts leave some room on either side. */
		plots_narrow_tics(plot->settings, scale, from - from / 6,
				  to + to / 4, 8);
		fputs(")\"\n", plot->settings);
		return;
	}
	for (ten = 1; ten <= INT64_MAX / 100; ten *= 10) {
		for (i = 0; i < nr; i++) {
			value = ten * steps[i];
			if (value < from / 10 || value / 10 > to)
				continue;
			fprintf(plot->settings, "%s'%s' %" PRId64, comma,
				ktb_scale_tic(scale, value).s, value);
			comma = ", ";
		}
	}
	fprintf(plot->settings, ")\"\n");
}
