// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often the search for change points is wrong, and how often it finds what is
 * there: the table of docs/trend.md.
 *
 *	trend_rates [SERIES [KIND]]
 *
 * A line a kind of series: its name, points, series, series in which a change was
 * found, series in which each change was found where it is, and all changes found.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "levels.h"

static const struct levels kinds[] = {
	{ "iid-20", 20, { 0 }, { 1 }, 0, 0, 0 },
	{ "iid-50", 50, { 0 }, { 1 }, 0, 0, 0 },
	{ "iid-120", 120, { 0 }, { 1 }, 0, 0, 0 },
	{ "iid-250", 250, { 0 }, { 1 }, 0, 0, 0 },
	{ "tail-120", 120, { 0 }, { 1 }, 0, 0, 0.1 },
	{ "phi.3-120", 120, { 0 }, { 1 }, 0.3, 0, 0 },
	{ "phi.5-50", 50, { 0 }, { 1 }, 0.5, 0, 0 },
	{ "phi.5-120", 120, { 0 }, { 1 }, 0.5, 0, 0 },
	{ "phi.5-250", 250, { 0 }, { 1 }, 0.5, 0, 0 },
	{ "+2%-3", 33, { 30 }, { 1, 1.02 }, 0, 0, 0 },
	{ "+2%-5", 35, { 30 }, { 1, 1.02 }, 0, 0, 0 },
	{ "+2%-10", 40, { 30 }, { 1, 1.02 }, 0, 0, 0 },
	{ "+3%-3", 33, { 30 }, { 1, 1.03 }, 0, 0, 0 },
	{ "+3%-5", 35, { 30 }, { 1, 1.03 }, 0, 0, 0 },
	{ "+3%-10", 40, { 30 }, { 1, 1.03 }, 0, 0, 0 },
	{ "+3%-5-of-125", 125, { 120 }, { 1, 1.03 }, 0, 0, 0 },
	{ "+5%-5", 35, { 30 }, { 1, 1.05 }, 0, 0, 0 },
	{ "+1%-60", 120, { 60 }, { 1, 1.01 }, 0, 0, 0 },
	{ "phi.5+3%-20", 80, { 60 }, { 1, 1.03 }, 0.5, 0, 0 },
	{ "+3%-back", 120, { 40, 80 }, { 1, 1.03, 1 }, 0, 0, 0 },
	{ "+3%-twice", 120, { 40, 80 }, { 1, 1.03, 1.06 }, 0, 0, 0 },
	{ "drift-5%", 120, { 0 }, { 1 }, 0, 0.05, 0 },
};

static void measure(const struct levels *kind, unsigned long nr_series)
{
	unsigned long seed, nr_found = 0, nr_right = 0, nr_changes = 0;
	double value[LEVELS_POINTS_MAX];
	struct ktb_edivisive found;

	for (seed = 1; seed <= nr_series; seed++) {
		levels_invent(kind, seed, value);
		if (!ktb_edivisive_find(&found, value, kind->nr, 0.01, seed))
			exit(1);
		nr_found += found.nr > 0;
		nr_right += levels_are_found(kind, &found);
		nr_changes += found.nr;
		ktb_edivisive_free(&found);
	}
	printf("%s\t%zu\t%lu\t%lu\t%lu\t%lu\n", kind->name, kind->nr, nr_series,
	       nr_found, nr_right, nr_changes);
}

int main(int argc, char **argv)
{
	unsigned long nr_series = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (argc < 3 || !strcmp(argv[2], kinds[i].name))
			measure(&kinds[i], nr_series);
	return 0;
}
