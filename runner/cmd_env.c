// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench env`: what is unfit to measure here, and how to mend it.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "environment.h"
#include "fitness.h"
#include "knobs.h"
#include "verbs.h"

/**
 * struct env_options - options of `env`
 * @json: print facts and checks as JSON
 * @facts: print the facts too
 * @apply: set what can be set
 * @restore: put back what --apply set
 * @state: where the original values are kept
 */
struct env_options {
	bool json;
	bool facts;
	bool apply;
	bool restore;
	const char *state;
};

static const struct ktb_option table[] = {
	{ "json", 0, KTB_OPTION_FLAG, NULL, offsetof(struct env_options, json),
	  0, 0, "print facts and checks as JSON" },
	{ "facts", 'f', KTB_OPTION_FLAG, NULL,
	  offsetof(struct env_options, facts), 0, 0,
	  "print the facts that results keep, too" },
	{ "apply", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct env_options, apply), 0, 0,
	  "set what can be set; the original values are kept" },
	{ "restore", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct env_options, restore), 0, 0,
	  "put back what --apply has set" },
	{ "state", 0, KTB_OPTION_FILE, "FILE",
	  offsetof(struct env_options, state), 0, 0,
	  "where --apply keeps the original values, " KTB_KNOBS_FILE
	  " by default" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Each check says ok, warn, unfit or unknown, and what to do. It exits with 1\n"
	"when a check says unfit. --restore leaves a knob alone that somebody else has\n"
	"turned since, says so, and exits with 1.",
	NULL,
};

static const struct env_options defaults = { .state = KTB_KNOBS_FILE };

static void print_facts(void)
{
	json_t *facts = ktb_environment_json();
	const char *name;
	json_t *text;

	json_object_foreach(facts, name, text)
		printf("%-16s %s\n", name, json_string_value(text));
	putchar('\n');
	json_decref(facts);
}

static int print_checks(void)
{
	const struct ktb_fitness_check *check;
	struct ktb_fitness found;
	int nr[KTB_NR_FITNESS_STATES] = { 0 };

	for (check = ktb_fitness_checks; check->name; check++) {
		found = ktb_fitness_look(check);
		nr[found.state]++;
		printf("%-8s %-20s %s\n", ktb_fitness_state_name(found.state),
		       check->name, found.value);
		if (found.state == check->bad)
			printf("%-8s %-20s -> %s%s\n", "", "", check->advice,
			       check->is_set && found.state !=
							KTB_FITNESS_UNKNOWN ?
				       " (--apply does it)" :
				       "");
	}
	printf("\n%d ok, %d warn, %d unfit, %d unknown\n", nr[KTB_FITNESS_OK],
	       nr[KTB_FITNESS_WARN], nr[KTB_FITNESS_UNFIT],
	       nr[KTB_FITNESS_UNKNOWN]);
	return nr[KTB_FITNESS_UNFIT] ? KTB_EXIT_WORSE : KTB_EXIT_OK;
}

static int print_json(void)
{
	json_t *all = json_pack("{s:o, s:o}", "environment",
				ktb_environment_json(), "fitness",
				ktb_fitness_json());
	const char *state;
	json_t *one;
	int ret = 0;
	size_t i;

	json_array_foreach(json_object_get(all, "fitness"), i, one) {
		state = json_string_value(json_object_get(one, "state"));
		if (!strcmp(state, ktb_fitness_state_name(KTB_FITNESS_UNFIT)))
			ret = KTB_EXIT_WORSE;
	}
	json_dumpf(all, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(all);
	return ret;
}

static int run(const struct ktb_call *call)
{
	const struct env_options *options = call->options;
	struct ktb_error err;
	int ret;

	if (options->apply && options->restore) {
		ktb_message_note("--apply and --restore exclude each other");
		return KTB_EXIT_USAGE;
	}
	if (options->apply || options->restore) {
		ret = options->apply ? ktb_knobs_apply(options->state, &err) :
				       ktb_knobs_restore(options->state, &err);
		return ret ? ktb_message_print(&err) : 0;
	}
	if (options->json)
		return print_json();
	if (options->facts)
		print_facts();
	return print_checks();
}

const struct ktb_verb ktb_verb_env = {
	.name = "env",
	.summary = "Show what is unfit to measure on this machine, and mend it",
	.args = "",
	.table = table,
	.options_size = sizeof(struct env_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
