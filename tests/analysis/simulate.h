/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tables of the simulator share: how much is simulated, and what is broken
 * on purpose. One file a table: sim_<table>.c.
 */
#ifndef SIMULATE_H
#define SIMULATE_H

#include "sim_claim.h"
#include "sim_pair.h"

/** enum sim_break - what is done wrong on purpose, to see that it shows */
enum sim_break {
	SIM_BREAK_NONE,
	/* alpha is 50 %. */
	SIM_BREAK_ALPHA,
	/* Each figure is tested as if it were the only one. */
	SIM_BREAK_FAMILY,
	/* All boots of A, then all of B. */
	SIM_BREAK_ORDER,
	/* Pieces of a boot's samples are taken for boots. */
	SIM_BREAK_UNIT,
	/* Each look has the whole alpha. */
	SIM_BREAK_LOOKS,
};

/**
 * struct sim_run - how to simulate
 * @rng: random numbers; each row begins with the same seed
 * @seed: which
 * @share: of the numbers that each table has in its rows
 * @broken: what is wrong
 */
struct sim_run {
	gsl_rng *rng;
	unsigned long seed;
	double share;
	enum sim_break broken;
};

/**
 * sim_run_count() - how much a row simulates; begins its random numbers anew
 * @run: how
 * @full: of the whole table
 *
 * Return: at least 1.
 */
uint64_t sim_run_count(const struct sim_run *run, uint64_t full);

/**
 * sim_run_claim() - what is claimed of a single row
 * @run: how
 * @claim: of the whole table's numbers
 *
 * Return: @claim, or nothing where fewer are simulated: the sum of rows is to prove it.
 */
const struct sim_claim *sim_run_claim(const struct sim_run *run,
				      const struct sim_claim *claim);

/**
 * sim_run_flagged() - how many comparisons flag a gated figure, either way
 * @run: how
 * @plan: what is compared
 * @count: so many
 *
 * Return: comparisons.
 */
uint64_t sim_run_flagged(const struct sim_run *run, const struct sim_plan *plan,
			 uint64_t count);

/**
 * sim_run_rule() - the rule, or a broken one
 * @run: how
 * @nr_looks: as it is planned
 *
 * Return: the rule, without permutations: nothing rests on them.
 */
struct ktb_rule sim_run_rule(const struct sim_run *run, unsigned int nr_looks);

/* Each prints tables; false: a claim does not hold. */
bool sim_alarms(const struct sim_run *run);
bool sim_alarms_fast(const struct sim_run *run);
bool sim_wrong(const struct sim_run *run);
bool sim_coverage(const struct sim_run *run);
bool sim_power(const struct sim_run *run);
bool sim_looks(const struct sim_run *run);
bool sim_unchanged(const struct sim_run *run);
bool sim_modes(const struct sim_run *run);

#endif /* SIMULATE_H */
