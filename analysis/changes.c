// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figure by figure. It may not know how the outcome is shown.
 */
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "figures.h"
#include "shape.h"

static bool is_same(const json_t *a, const json_t *b)
{
	static const char *const key[] = { "job", "cell", "metric", "unit" };
	size_t i;

	for (i = 0; i < sizeof(key) / sizeof(key[0]); i++)
		if (strcmp(ktb_shape_string(a, key[i]),
			   ktb_shape_string(b, key[i])))
			return false;
	return true;
}

/* How many of the first @nr figures have the name of @wanted? */
static size_t count(const json_t *figures, size_t nr, const json_t *wanted)
{
	size_t same = 0, i;

	for (i = 0; i < nr; i++)
		same += is_same(json_array_get(figures, i), wanted);
	return same;
}

/*
 * A job's cells that differ in CPUs only have one name: the first is the other
 * document's first, the second its second.
 */
static const json_t *find(const json_t *figures, const json_t *wanted,
			  size_t number)
{
	const json_t *figure;
	size_t i;

	json_array_foreach(figures, i, figure)
		if (is_same(figure, wanted) && !number--)
			return figure;
	return NULL;
}

static __int128 magnitude(__int128 value)
{
	return value < 0 ? -value : value;
}

static __int128 base_of(const json_t *figure, const char *member)
{
	__int128 least = KTB_CHANGES_LEAST_BASE * ktb_figures_divisor(figure);
	__int128 value = magnitude(ktb_shape_integer(figure, member));

	return value > least ? value : least;
}

static enum ktb_change change_of(const struct ktb_change_of *figure,
				 const char *member, uint32_t tolerance)
{
	__int128 base = base_of(figure->before, member);
	__int128 difference =
		(__int128)ktb_shape_integer(figure->after, member) -
		ktb_shape_integer(figure->before, member);

	if (!difference)
		return KTB_CHANGE_NONE;
	if (magnitude(difference) * 100 <= base * tolerance)
		return KTB_CHANGE_SLIGHT;
	return difference > 0 ? KTB_CHANGE_MORE : KTB_CHANGE_LESS;
}

static __int128 step_of(const struct ktb_change_of *figure, const char *member)
{
	return magnitude((__int128)ktb_shape_integer(figure->after, member) -
			 ktb_shape_integer(figure->before, member));
}

/* Has the median gone a quarter of the way that the least sample has, in percent? */
static bool follows(const struct ktb_change_of *figure)
{
	return (__int128)step_of(figure, "p50") *
		       base_of(figure->before, "min") * 4 >=
	       (__int128)step_of(figure, "min") *
		       base_of(figure->before, "p50");
}

static enum ktb_change judge(const struct ktb_change_of *figure,
			     uint32_t tolerance)
{
	enum ktb_change least, median;

	if (!figure->before)
		return KTB_CHANGE_NEW;
	if (!figure->after)
		return KTB_CHANGE_MISSING;
	least = change_of(figure, "min", tolerance);
	median = change_of(figure, "p50", tolerance);
	if (median >= KTB_CHANGE_MORE)
		return median;
	/* A rare sample below all others comes and goes with the phases. */
	if (least >= KTB_CHANGE_MORE && change_of(figure, "p50", 0) == least &&
	    follows(figure))
		return least;
	return least == KTB_CHANGE_NONE ? median : KTB_CHANGE_SLIGHT;
}

static void add(struct ktb_changes *changes, const json_t *before,
		const json_t *after, uint32_t tolerance)
{
	struct ktb_change_of *figure = &changes->figures[changes->nr++];

	figure->before = before;
	figure->after = after;
	figure->change = judge(figure, tolerance);
	changes->counts[figure->change]++;
}

int ktb_changes_find(struct ktb_changes *changes, const json_t *before,
		     const json_t *after, uint32_t tolerance,
		     struct ktb_fault *fault)
{
	const json_t *old = json_object_get(before, "figures");
	const json_t *new = json_object_get(after, "figures");
	const json_t *figure;
	size_t i;

	memset(changes, 0, sizeof(*changes));
	changes->before = before;
	changes->after = after;
	changes->figures =
		calloc(json_array_size(old) + json_array_size(new) + 1,
		       sizeof(*changes->figures));
	if (!changes->figures)
		return ktb_fault_memory(fault);
	json_array_foreach(old, i, figure)
		add(changes, figure, find(new, figure, count(old, i, figure)),
		    tolerance);
	json_array_foreach(new, i, figure)
		if (!find(old, figure, count(new, i, figure)))
			add(changes, NULL, figure, tolerance);
	return 0;
}

/* Nothing is told where nothing was missed: then both are the same. */
static bool is_over(const json_t *figure, const char *what)
{
	return !strcmp(ktb_shape_string(figure, "over"), what);
}

int ktb_changes_check(const json_t *before, const json_t *after,
		      struct ktb_fault *fault)
{
	const json_t *old = json_object_get(before, "figures");
	const json_t *new = json_object_get(after, "figures");
	const json_t *a, *b;
	size_t i;

	json_array_foreach(old, i, a) {
		b = find(new, a, count(old, i, a));
		if (!b || !((is_over(a, "served") && is_over(b, "schedule")) ||
			    (is_over(a, "schedule") && is_over(b, "served"))))
			continue;
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s %s of %s: periods were missed, and only %c tells how late they were, so that its figure is another one; measure again, or go on all the same (--force)",
			ktb_shape_string(a, "metric"),
			ktb_shape_string(a, "cell"), ktb_shape_string(a, "job"),
			is_over(a, "schedule") ? 'A' : 'B');
	}
	return 0;
}

void ktb_changes_free(struct ktb_changes *changes)
{
	free(changes->figures);
	changes->figures = NULL;
}
