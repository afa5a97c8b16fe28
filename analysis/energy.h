/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a stretch of a series is split best: where its two sides have the largest
 * energy distance (Székely and Rizzo, 2005; exponent 1). For edivisive.c alone. It
 * knows nothing of chance.
 */
#ifndef KTB_ENERGY_H
#define KTB_ENERGY_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct ktb_energy_node - points so far whose rank is in a node's range
 * @count: how many
 * @sum: of their values
 */
struct ktb_energy_node {
	double count;
	double sum;
};

/**
 * struct ktb_energy - a series while it is split
 * @value: the series, less its mean
 * @nr: entries there
 * @rank: of each point within its segment
 * @sorted: the values of each segment, ascending
 * @distances: of each of these the sum of the distances to all others there
 * @inverse: 1 / i, for i from 1 to @nr
 * @tree: of the segment at work
 */
struct ktb_energy {
	double *value;
	size_t nr;
	size_t *rank;
	double *sorted;
	double *distances;
	double *inverse;
	struct ktb_energy_node *tree;
};

/**
 * struct ktb_energy_segment - neighbours without a change between them
 * @first: index of the first
 * @nr: how many
 * @best_at: first point behind the best split, if @best is not 0
 * @best: how far apart its sides are; 0 when there is no split
 */
struct ktb_energy_segment {
	size_t first;
	size_t nr;
	size_t best_at;
	double best;
};

/**
 * ktb_energy_init() - begin with a series
 * @energy: filled in; free it in any case
 * @value: the series
 * @nr: entries there, not 0
 *
 * Return: false when there is no memory.
 */
bool ktb_energy_init(struct ktb_energy *energy, const double *value, size_t nr);

/**
 * ktb_energy_free() - free everything
 * @energy: begun, or tried to, or all zero
 */
void ktb_energy_free(struct ktb_energy *energy);

/**
 * ktb_energy_look() - rank a segment's points and find its best split
 * @energy: the series
 * @segment: @first and @nr are given, the rest is filled in
 *
 * Return: false when there is no memory.
 */
bool ktb_energy_look(struct ktb_energy *energy,
		     struct ktb_energy_segment *segment);

/**
 * ktb_energy_split() - the best split of a segment in another order
 * @energy: the series
 * @segment: looked at
 * @order: ranks of its points
 * @best_at: set to the first point behind the split, if there is one
 *
 * Return: how far apart its sides are, times l r / (l + r), so that segments and
 * splits can be held against each other; 0 when there is no split.
 */
double ktb_energy_split(struct ktb_energy *energy,
			const struct ktb_energy_segment *segment,
			const size_t *order, size_t *best_at);

#endif /* KTB_ENERGY_H */
