// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Changes as lines for a person. It decides nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "out_changes.h"
#include "scale.h"
#include "shape.h"

static const char *const words[] = {
	[KTB_CHANGE_NONE] = "the same",	  [KTB_CHANGE_SLIGHT] = "slight",
	[KTB_CHANGE_MORE] = "MORE",	  [KTB_CHANGE_LESS] = "LESS",
	[KTB_CHANGE_MISSING] = "MISSING", [KTB_CHANGE_NEW] = "new",
};

static void print_origins(const struct ktb_changes *changes, FILE *to)
{
	static const char *const members[] = { "kernel",      "kernel_version",
					       "cmdline",     "mitigations",
					       "lane_detail", "build" };
	const char *before, *after;
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		before = ktb_shape_string(changes->before, members[i]);
		after = ktb_shape_string(changes->after, members[i]);
		if (strcmp(before, after))
			fprintf(to, "%s was: %s\n%s is: %s\n", members[i],
				before, members[i], after);
	}
}

/* "585 -> 595 (+10, +1.7 %)" */
static void print_step(const struct ktb_change_of *figure, const char *member,
		       const char *name, FILE *to)
{
	int64_t divisor = ktb_figures_divisor(figure->before);
	int64_t before = ktb_shape_integer(figure->before, member);
	int64_t after = ktb_shape_integer(figure->after, member);
	int64_t difference = after - before;

	fprintf(to, "  %s %s", name, ktb_scale_in(divisor, before).s);
	if (!difference)
		return;
	fprintf(to, " -> %s (%s%s", ktb_scale_in(divisor, after).s,
		difference > 0 ? "+" : "", ktb_scale_in(divisor, difference).s);
	if (before)
		fprintf(to, ", %+.2f %%",
			100.0 * (double)difference / (double)llabs(before));
	fputc(')', to);
}

static void print_figure(const struct ktb_change_of *figure, FILE *to)
{
	const json_t *named = figure->before ? figure->before : figure->after;
	const char *cell = ktb_shape_string(named, "cell");

	fprintf(to, "%-8s %s%s%s: %s", words[figure->change],
		ktb_shape_string(named, "job"), *cell ? " " : "", cell,
		ktb_shape_string(named, "metric"));
	if (figure->before && figure->after) {
		print_step(figure, "min", "least", to);
		print_step(figure, "p50", "median", to);
	}
	fputc('\n', to);
}

void ktb_out_changes(const struct ktb_changes *changes, FILE *to)
{
	const size_t *counts = changes->counts;
	size_t i;

	print_origins(changes, to);
	for (i = 0; i < changes->nr; i++)
		if (changes->figures[i].change != KTB_CHANGE_NONE)
			print_figure(&changes->figures[i], to);
	fprintf(to,
		"%zu figures, in instructions: %zu the same, %zu differ slightly, %zu more, %zu less, %zu missing, %zu new\n",
		changes->nr, counts[KTB_CHANGE_NONE], counts[KTB_CHANGE_SLIGHT],
		counts[KTB_CHANGE_MORE], counts[KTB_CHANGE_LESS],
		counts[KTB_CHANGE_MISSING], counts[KTB_CHANGE_NEW]);
}
