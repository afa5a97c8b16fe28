// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts the rule of comparisons (analysis/judge.h) to the test on invented boots:
 *
 *	simulate [--share PERCENT] [--break WHAT] TABLE...
 *
 * Prints a table with what was counted, what it proves, and whether what is claimed
 * holds; exits with 1 if it does not. The same figures on each run. It knows the
 * tables' names alone.
 */
#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulate.h"

static const struct {
	const char *name;
	bool (*print)(const struct sim_run *run);
} tables[] = {
	{ "alarms", sim_alarms },	{ "alarms-fast", sim_alarms_fast },
	{ "wrong", sim_wrong },		{ "coverage", sim_coverage },
	{ "power", sim_power },		{ "looks", sim_looks },
	{ "unchanged", sim_unchanged }, { "modes", sim_modes },
};

static const char *const breaks[] = {
	[SIM_BREAK_ALPHA] = "alpha", [SIM_BREAK_FAMILY] = "family",
	[SIM_BREAK_ORDER] = "order", [SIM_BREAK_UNIT] = "unit",
	[SIM_BREAK_LOOKS] = "looks",
};

#define NR(table) (sizeof(table) / sizeof((table)[0]))

struct arguments {
	struct sim_run run;
	char **names;
	int nr_names;
};

static const struct argp_option options[] = {
	{ "share", 'n', "PERCENT", 0, "of what each row simulates (100)", 0 },
	{ "break", 'b', "WHAT", 0,
	  "do it wrong: alpha, family, order, unit, looks", 0 },
	{ "seed", 's', "N", 0, "of everything that is random (1)", 0 },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct arguments *arguments = state->input;
	size_t i;

	switch (key) {
	case 'n':
		arguments->run.share = atof(arg) / 100;
		return 0;
	case 's':
		arguments->run.seed = strtoul(arg, NULL, 10);
		return 0;
	case 'b':
		for (i = 1; i < NR(breaks); i++)
			if (!strcmp(arg, breaks[i]))
				arguments->run.broken = (enum sim_break)i;
		if (!arguments->run.broken)
			argp_error(state, "nothing to break is called '%s'",
				   arg);
		return 0;
	case ARGP_KEY_ARGS:
		arguments->names = state->argv + state->next;
		arguments->nr_names = state->argc - state->next;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "name a table");
		return 0;
	}
	return ARGP_ERR_UNKNOWN;
}

uint64_t sim_run_count(const struct sim_run *run, uint64_t full)
{
	gsl_rng_set(run->rng, run->seed);
	return (uint64_t)fmax(1, round((double)full * run->share));
}

const struct sim_claim *sim_run_claim(const struct sim_run *run,
				      const struct sim_claim *claim)
{
	static const struct sim_claim nothing = { SIM_BOUND_NONE, { 0 } };

	return run->share < 1 ? &nothing : claim;
}

struct ktb_rule sim_run_rule(const struct sim_run *run, unsigned int nr_looks)
{
	struct ktb_rule rule = { .alpha = KTB_JUDGE_ALPHA,
				 .nr_looks = nr_looks,
				 .is_quick = true };

	if (run->broken == SIM_BREAK_ALPHA)
		rule.alpha = 0.5;
	if (run->broken == SIM_BREAK_FAMILY)
		rule.alpha *= SIM_FIGURES;
	if (run->broken == SIM_BREAK_LOOKS)
		rule.nr_looks = 1;
	return rule;
}

uint64_t sim_run_flagged(const struct sim_run *run, const struct sim_plan *plan,
			 uint64_t count)
{
	const struct ktb_rule rule = sim_run_rule(run, 1);
	struct sim_plan as_done = *plan;
	static struct sim_pair pair;
	struct ktb_outcome outcome;
	uint64_t flagged = 0, i;

	if (run->broken == SIM_BREAK_ORDER)
		as_done.is_blocked = true;
	if (run->broken == SIM_BREAK_UNIT)
		as_done.way = SIM_WAY_PIECES;
	for (i = 0; i < count; i++) {
		sim_pair_draw(&pair, &as_done, run->rng);
		outcome = sim_pair_judge(&pair, plan->boots, &rule);
		flagged += outcome.gated[KTB_VERDICT_REGRESSED] ||
			   outcome.gated[KTB_VERDICT_IMPROVED];
	}
	return flagged;
}

static bool print(const struct sim_run *run, const char *name)
{
	size_t i;

	for (i = 0; i < NR(tables); i++)
		if (!strcmp(name, tables[i].name))
			return tables[i].print(run);
	fprintf(stderr, "simulate: no table is called '%s'\n", name);
	exit(2);
}

int main(int argc, char **argv)
{
	const struct argp argp = { options, parse, "TABLE...", NULL,
				   NULL,    NULL,  NULL };
	struct arguments arguments = { .run = { .seed = 1, .share = 1 } };
	bool holds = true;
	int i;

	/* A table takes minutes: one wants to see its rows. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	argp_parse(&argp, argc, argv, 0, NULL, &arguments);
	arguments.run.rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!arguments.run.rng)
		return 5;
	for (i = 0; i < arguments.nr_names; i++)
		holds = print(&arguments.run, arguments.names[i]) && holds;
	gsl_rng_free(arguments.run.rng);
	return holds ? 0 : 1;
}
