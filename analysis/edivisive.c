// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * E-divisive on a series of single numbers: which split comes next, and whether
 * permutations do as well. It knows nothing of where the numbers come from.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "edivisive.h"
#include "energy.h"

/* A permutation that is the same split is not to lose by its last bit. */
#define ROUNDING 1e-9

/**
 * struct work - a series while it is split
 * @energy: the series
 * @order: ranks of a segment's points, permuted
 * @blocks: numbers of a segment's blocks, permuted
 * @segments: in the order of time
 * @nr_segments: entries there
 * @changes: behind each segment but the last, as it was found
 * @rng: for the permutations
 */
struct work {
	struct ktb_energy energy;
	size_t *order;
	size_t *blocks;
	struct ktb_energy_segment *segments;
	size_t nr_segments;
	struct ktb_edivisive_change *changes;
	gsl_rng *rng;
};

static size_t random_below(struct work *work, size_t limit)
{
	/* 32 random bits as a fraction; series are much shorter than 2^32. */
	return (size_t)(((unsigned long long)gsl_rng_get(work->rng) * limit) >>
			32);
}

static void shuffle(struct work *work, size_t *items, size_t nr)
{
	size_t swap, at;

	for (; nr > 1; nr--) {
		at = random_below(work, nr);
		swap = items[nr - 1];
		items[nr - 1] = items[at];
		items[at] = swap;
	}
}

/* Put a segment's blocks in another order; the first one is often shorter. */
static void permute(struct work *work, const struct ktb_energy_segment *segment,
		    size_t block)
{
	const size_t *rank = work->energy.rank + segment->first;
	size_t offset = 1 + random_below(work, block);
	size_t nr_blocks = 1, to = 0, at, end, i;

	if (block == 1) {
		memcpy(work->order, rank, segment->nr * sizeof(*rank));
		shuffle(work, work->order, segment->nr);
		return;
	}
	if (segment->nr > offset)
		nr_blocks += (segment->nr - offset + block - 1) / block;
	for (i = 0; i < nr_blocks; i++)
		work->blocks[i] = i;
	shuffle(work, work->blocks, nr_blocks);
	for (i = 0; i < nr_blocks; i++) {
		at = work->blocks[i] ? offset + (work->blocks[i] - 1) * block :
				       0;
		end = offset + work->blocks[i] * block;
		for (; at < end && at < segment->nr; at++)
			work->order[to++] = rank[at];
	}
}

static double best_permuted(struct work *work, size_t block)
{
	const struct ktb_energy_segment *segment;
	double best = 0, q;
	size_t at, i;

	for (i = 0; i < work->nr_segments; i++) {
		segment = &work->segments[i];
		if (segment->best <= 0)
			continue;
		permute(work, segment, block);
		q = ktb_energy_split(&work->energy, segment, work->order, &at);
		if (q > best)
			best = q;
	}
	return best;
}

/*
 * Of a point with the next one, when each segment has lost its mean. What has
 * not been split yet would look like a memory, so all changes come first.
 */
static double correlation(const struct work *work)
{
	double squares = 0, products = 0, all = 0, mean, last, residual;
	const struct ktb_energy_segment *segment;
	const double *value;
	size_t i, j;

	for (i = 0; i < work->nr_segments; i++) {
		segment = &work->segments[i];
		value = work->energy.value + segment->first;
		for (j = 0, mean = 0; j < segment->nr; j++)
			mean += value[j] * work->energy.inverse[segment->nr];
		for (j = 0, last = 0; j < segment->nr; j++, last = residual) {
			residual = value[j] - mean;
			all += value[j] * value[j];
			squares += residual * residual;
			products += residual * last;
		}
	}
	/* Levels without noise leave nothing but rounding. */
	if (squares <= ROUNDING * ROUNDING * all)
		return 0;
	/* A mean that is taken from the points themselves pulls it down. */
	return products / squares +
	       (double)work->nr_segments *
		       work->energy.inverse[work->energy.nr];
}

/* Carlstein (1986) for a series that remembers its last point. */
static size_t block_length(double phi, size_t nr)
{
	if (phi <= KTB_EDIVISIVE_CORRELATED)
		return 1;
	if (phi > 0.9)
		phi = 0.9;
	return (size_t)ceil(pow(2 * phi / (1 - phi * phi), 2.0 / 3) *
			    cbrt((double)nr));
}

/* How many permutations are as good; false as soon as they are too many. */
static bool is_rare(struct work *work, double best, double alpha,
		    struct ktb_edivisive_change *change)
{
	const unsigned int rounds = KTB_EDIVISIVE_PERMUTATIONS;
	unsigned int round;

	change->exceeded = 1;
	for (round = 0; round < rounds; round++) {
		if (best_permuted(work, change->block) < best * (1 - ROUNDING))
			continue;
		change->exceeded++;
		if (ktb_edivisive_p(change) > alpha)
			return false;
	}
	return true;
}

static bool split(struct work *work, size_t index)
{
	struct ktb_energy_segment *segment = &work->segments[index];
	struct ktb_energy_segment *after = segment + 1;
	size_t rest = work->nr_segments - index - 1;

	memmove(after + 1, after, rest * sizeof(*after));
	memmove(&work->changes[index + 1], &work->changes[index],
		rest * sizeof(*work->changes));
	after->first = segment->best_at;
	after->nr = segment->first + segment->nr - segment->best_at;
	segment->nr = segment->best_at - segment->first;
	work->nr_segments++;
	return ktb_energy_look(&work->energy, segment) &&
	       ktb_energy_look(&work->energy, after);
}

static bool search(struct work *work, double alpha, size_t block)
{
	struct ktb_edivisive_change change = { .block = block };
	struct ktb_energy_segment *best;
	size_t i;

	work->nr_segments = 1;
	work->segments[0].first = 0;
	work->segments[0].nr = work->energy.nr;
	if (!ktb_energy_look(&work->energy, work->segments))
		return false;
	for (;;) {
		best = work->segments;
		for (i = 1; i < work->nr_segments; i++)
			if (work->segments[i].best > best->best)
				best = &work->segments[i];
		change.at = best->best_at;
		if (best->best <= 0 ||
		    !is_rare(work, best->best, alpha, &change))
			return true;
		i = (size_t)(best - work->segments);
		if (!split(work, i))
			return false;
		work->changes[i] = change;
	}
}

/* What points with a memory only seem to show is not found by blocks. */
static bool search_all(struct work *work, double alpha)
{
	size_t block;

	if (!search(work, alpha, 1))
		return false;
	block = work->nr_segments > 1 ?
			block_length(correlation(work), work->energy.nr) :
			1;
	return block == 1 || search(work, alpha, block);
}

static bool prepare(struct work *work, const double *value, size_t nr,
		    unsigned long seed)
{
	if (!ktb_energy_init(&work->energy, value, nr))
		return false;
	work->order = calloc(nr, sizeof(*work->order));
	work->blocks = calloc(nr + 1, sizeof(*work->blocks));
	work->segments = calloc(nr + 1, sizeof(*work->segments));
	work->changes = calloc(nr + 1, sizeof(*work->changes));
	work->rng = gsl_rng_alloc(gsl_rng_taus2);
	if (!work->order || !work->blocks || !work->segments ||
	    !work->changes || !work->rng)
		return false;
	gsl_rng_set(work->rng, seed);
	return true;
}

static void release(struct work *work)
{
	ktb_energy_free(&work->energy);
	free(work->order);
	free(work->blocks);
	free(work->segments);
	free(work->changes);
	if (work->rng)
		gsl_rng_free(work->rng);
}

static void hand_over(struct ktb_edivisive *found, struct work *work)
{
	size_t i;

	found->nr = work->nr_segments - 1;
	found->changes = work->changes;
	work->changes = NULL;
	for (i = 0; i < found->nr; i++) {
		found->changes[i].first = work->segments[i].first;
		found->changes[i].end =
			work->segments[i + 1].first + work->segments[i + 1].nr;
	}
}

bool ktb_edivisive_find(struct ktb_edivisive *found, const double *value,
			size_t nr, double alpha, unsigned long seed)
{
	struct work work = { 0 };
	bool fine;

	memset(found, 0, sizeof(*found));
	if (nr < 2 * (size_t)KTB_EDIVISIVE_LEAST)
		return true;
	fine = prepare(&work, value, nr, seed) && search_all(&work, alpha);
	if (fine)
		hand_over(found, &work);
	release(&work);
	return fine;
}

void ktb_edivisive_free(struct ktb_edivisive *found)
{
	free(found->changes);
	memset(found, 0, sizeof(*found));
}

double ktb_edivisive_p(const struct ktb_edivisive_change *change)
{
	return (double)change->exceeded / (KTB_EDIVISIVE_PERMUTATIONS + 1.0);
}
