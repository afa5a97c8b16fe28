// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The best split of a segment. The distances of a point to those before it are
 * summed with a tree of counts and sums by rank (Fenwick, 1994), so that all
 * splits take O(n log n) and no matrix. It knows nothing of chance.
 */
#include <stdlib.h>
#include <string.h>

#include "edivisive.h"
#include "energy.h"

static bool is_long_enough(const struct ktb_energy_segment *segment)
{
	return segment->nr >= 2 * (size_t)KTB_EDIVISIVE_LEAST;
}

static struct ktb_energy_node take_below(const struct ktb_energy_node *tree,
					 size_t rank)
{
	struct ktb_energy_node below = { 0, 0 };

	for (; rank; rank &= rank - 1) {
		below.count += tree[rank].count;
		below.sum += tree[rank].sum;
	}
	return below;
}

static void put(struct ktb_energy_node *tree, size_t nr, size_t rank,
		double value)
{
	for (rank++; rank <= nr; rank += rank & -rank) {
		tree[rank].count++;
		tree[rank].sum += value;
	}
}

/*
 * The largest energy distance between the points left and right of a split,
 * times nr / 2, over all splits of the segment with its points in @order. It is
 * l r / (l + r) * (2 B / (l r) - W_l / (l over 2) - W_r / (r over 2)): B sums up
 * the distances between the sides, W those within one.
 */
double ktb_energy_split(struct ktb_energy *energy,
			const struct ktb_energy_segment *segment,
			const size_t *order, size_t *best_at)
{
	const double *sorted = energy->sorted + segment->first;
	const double *distances = energy->distances + segment->first;
	double within_left = 0, within_right = 0, total, near, q, best = 0;
	size_t nr = segment->nr, left, right, rank, i;
	struct ktb_energy_node seen = { 0, 0 }, below;

	memset(energy->tree, 0, (nr + 1) * sizeof(*energy->tree));
	for (i = 0; i < nr; i++)
		within_right += distances[i];
	within_right /= 2;
	total = within_right;
	for (i = 0; i < nr - KTB_EDIVISIVE_LEAST; i++) {
		rank = order[i];
		below = take_below(energy->tree, rank);
		near = sorted[rank] * (2 * below.count - seen.count) -
		       2 * below.sum + seen.sum;
		within_left += near;
		within_right -= distances[rank] - near;
		put(energy->tree, nr, rank, sorted[rank]);
		seen.count++;
		seen.sum += sorted[rank];
		left = i + 1;
		right = nr - left;
		if (left < KTB_EDIVISIVE_LEAST)
			continue;
		q = total - within_left - within_right -
		    within_left * (double)right * energy->inverse[left - 1] -
		    within_right * (double)left * energy->inverse[right - 1];
		if (q > best) {
			best = q;
			*best_at = segment->first + left;
		}
	}
	/* Segments of other lengths are to be held against each other. */
	return best * energy->inverse[nr];
}

struct ranked {
	double value;
	size_t at;
};

static int compare_ranked(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Rank a new segment's points and find its best split. */
bool ktb_energy_look(struct ktb_energy *energy,
		     struct ktb_energy_segment *segment)
{
	struct ranked *points = calloc(segment->nr, sizeof(*points));
	double *sorted = energy->sorted + segment->first;
	double *distances = energy->distances + segment->first;
	size_t nr = segment->nr, i;
	double sum = 0, below = 0;

	if (!points)
		return false;
	for (i = 0; i < nr; i++) {
		points[i].value = energy->value[segment->first + i];
		points[i].at = i;
		sum += points[i].value;
	}
	qsort(points, nr, sizeof(*points), compare_ranked);
	for (i = 0; i < nr; i++) {
		energy->rank[segment->first + points[i].at] = i;
		sorted[i] = points[i].value;
		distances[i] = sorted[i] * (2 * (double)i - (double)nr) -
			       2 * below + sum;
		below += sorted[i];
	}
	free(points);
	segment->best = 0;
	if (is_long_enough(segment) && sorted[0] != sorted[nr - 1])
		segment->best = ktb_energy_split(energy, segment,
						 energy->rank + segment->first,
						 &segment->best_at);
	return true;
}

bool ktb_energy_init(struct ktb_energy *energy, const double *value, size_t nr)
{
	double sum = 0;
	size_t i;

	memset(energy, 0, sizeof(*energy));
	energy->nr = nr;
	energy->value = calloc(nr, sizeof(*energy->value));
	energy->rank = calloc(nr, sizeof(*energy->rank));
	energy->sorted = calloc(nr, sizeof(*energy->sorted));
	energy->distances = calloc(nr, sizeof(*energy->distances));
	energy->inverse = calloc(nr + 1, sizeof(*energy->inverse));
	energy->tree = calloc(nr + 1, sizeof(*energy->tree));
	if (!energy->value || !energy->rank || !energy->sorted ||
	    !energy->distances || !energy->inverse || !energy->tree)
		return false;
	for (i = 0; i < nr; i++)
		sum += value[i];
	for (i = 0; i < nr; i++) {
		energy->value[i] = value[i] - sum / (double)nr;
		energy->inverse[i + 1] = 1.0 / (double)(i + 1);
	}
	return true;
}

void ktb_energy_free(struct ktb_energy *energy)
{
	free(energy->value);
	free(energy->rank);
	free(energy->sorted);
	free(energy->distances);
	free(energy->inverse);
	free(energy->tree);
	memset(energy, 0, sizeof(*energy));
}
