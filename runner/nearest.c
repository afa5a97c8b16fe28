// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The nearest known name to a word that is not known. It may not know what the
 * names stand for.
 */
#include <stdio.h>
#include <string.h>

#include "nearest.h"

#define KTB_NEAREST_WORD 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t ktb_nearest_distance(const char *a, const char *b)
{
	size_t cost[KTB_NEAREST_WORD][KTB_NEAREST_WORD];
	size_t na = strlen(a);
	size_t nb = strlen(b);
	size_t i, j, here;

	if (na >= KTB_NEAREST_WORD || nb >= KTB_NEAREST_WORD)
		return KTB_NEAREST_WORD;
	for (i = 0; i <= na; i++)
		cost[i][0] = i;
	for (j = 0; j <= nb; j++)
		cost[0][j] = j;
	for (i = 1; i <= na; i++) {
		for (j = 1; j <= nb; j++) {
			here = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			here = least(here, cost[i - 1][j] + 1);
			here = least(here, cost[i][j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				here = least(here, cost[i - 2][j - 2] + 1);
			cost[i][j] = here;
		}
	}
	return cost[na][nb];
}

void ktb_nearest_begin(struct ktb_nearest *nearest, const char *word)
{
	nearest->word = word;
	nearest->best = NULL;
	nearest->distance = 0;
	nearest->hint[0] = '\0';
}

/* As GCC's get_edit_distance_cutoff(): a third, more if letters are missing. */
static size_t limit_of(size_t one, size_t other)
{
	const size_t more = one > other ? one : other;
	const size_t less = one > other ? other : one;

	if (more <= 1)
		return 0;
	if (more - less <= 1)
		return more / 3 ? more / 3 : 1;
	return (more + 2) / 3;
}

void ktb_nearest_offer(struct ktb_nearest *nearest, const char *name)
{
	const size_t limit = limit_of(strlen(nearest->word), strlen(name));
	const size_t distance = ktb_nearest_distance(nearest->word, name);

	/* A letter is as near to any other one. */
	if (distance > limit || distance >= strlen(nearest->word))
		return;
	if (nearest->best && nearest->distance <= distance)
		return;
	nearest->best = name;
	nearest->distance = distance;
}

const char *ktb_nearest_hint(struct ktb_nearest *nearest)
{
	if (nearest->best)
		snprintf(nearest->hint, sizeof(nearest->hint),
			 " (did you mean '%s'?)", nearest->best);
	return nearest->hint;
}
