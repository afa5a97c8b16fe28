// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of verbs, and what is common to all of them. It may not know what
 * any of them does.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "nearest.h"
#include "verbs.h"

const struct ktb_verb *const ktb_verbs[] = {
	&ktb_verb_run,
	&ktb_verb_list,
	&ktb_verb_topology,
	&ktb_verb_env,
	&ktb_verb_check,
	&ktb_verb_report,
	&ktb_verb_figures,
	&ktb_verb_compare,
	&ktb_verb_export,
	&ktb_verb_trend,
	NULL,
};

const struct ktb_named ktb_verbs_exits[] = {
	{ "0", "fine" },
	{ "1", "measured, and it is worse; or a check failed" },
	{ "2", "the command line, a job file or a directory is wrong" },
	{ "3", "too noisy to tell" },
	{ "4", "skipped: it cannot be measured here" },
	{ "5",
	  "the device, the kernel or the file system failed, or nobody takes the output" },
	{ "6", "the run is invalid: samples were lost" },
	{ "128+N", "interrupted by signal N; what was measured is kept" },
	{ NULL, NULL },
};

const struct ktb_named ktb_verbs_variables[] = {
	{ "KTBENCH_CATALOG",
	  "the catalogue of workloads to use where the module is not loaded" },
	{ "KTBENCH_LANE",
	  "metal, vm or exact: where the numbers come from; found out if unset" },
	{ "KTBENCH_LANE_DETAIL", "what the machine is, for the report" },
	{ "KTBENCH_SYSROOT",
	  "a directory to read /proc and /sys below, for tests" },
	{ NULL, NULL },
};

static const struct ktb_option help_row[] = {
	{ "help", 'h', KTB_OPTION_FLAG, NULL, 0, 0, 0, "show this help" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static void print_named(const char *title, const struct ktb_named *table)
{
	printf("\n%s:\n", title);
	for (; table->name; table++)
		printf("  %-20s %s\n", table->name, table->help);
}

static void print_help(void)
{
	size_t i;

	printf("Usage: ktbench VERB [OPTION]... [ARGUMENT]...\n\n"
	       "Measures what the kernel's timers and threads cost, and how late they are.\n"
	       "\nVerbs:\n");
	for (i = 0; ktb_verbs[i]; i++)
		printf("  %-20s %s\n", ktb_verbs[i]->name,
		       ktb_verbs[i]->summary);
	printf("\n`ktbench VERB --help` tells more. Without a verb:\n"
	       "  --help, --version, --man (roff), --completion (bash)\n");
	print_named("Exit codes", ktb_verbs_exits);
	print_named("Environment", ktb_verbs_variables);
}

static void print_verb_help(const struct ktb_verb *verb)
{
	size_t i;

	printf("Usage: ktbench %s [OPTION]...%s%s\n\n%s.\n", verb->name,
	       *verb->args ? " " : "", verb->args, verb->summary);
	printf("\nOptions:\n");
	ktb_options_print(verb->table);
	ktb_options_print(help_row);
	for (i = 0; verb->details && verb->details[i]; i++)
		printf("\n%s\n", verb->details[i]);
}

static void print_version(void)
{
	puts("ktbench " KTB_VERSION);
}

static const struct plain {
	const char *name;
	void (*print)(void);
} plains[] = {
	{ "--help", print_help },   { "-h", print_help },
	{ "help", print_help },	    { "--version", print_version },
	{ "--man", ktb_man_print }, { "--completion", ktb_completion_print },
};

static bool asks_help(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return true;
	return false;
}

static int run_verb(const struct ktb_verb *verb, int argc, char **argv)
{
	char **words = ktb_alloc_zeroed((size_t)argc + 1, sizeof(*words));
	void *options = ktb_alloc_zeroed(1, verb->options_size);
	struct ktb_error err;
	size_t nr_args;
	int first;
	int ret;

	/* getopt_long() sorts the words; the result keeps them as typed. */
	memcpy(words, argv + 1, ((size_t)argc - 1) * sizeof(*words));
	memcpy(options, verb->defaults, verb->options_size);
	ret = ktb_options_parse(verb->table, options, argc - 1, words, &first,
				&err);
	nr_args = ret ? 0 : (size_t)(argc - 1 - first);
	if (!ret && (nr_args < verb->min_args || nr_args > verb->max_args))
		ret = ktb_message_set(&err, KTB_EXIT_USAGE,
				      "%s: usage: ktbench %s [OPTION]...%s%s",
				      nr_args < verb->min_args ?
					      "something is missing" :
					      "too many words",
				      verb->name, *verb->args ? " " : "",
				      verb->args);
	if (ret)
		ktb_message_print(&err);
	else
		ret = verb->run(&(struct ktb_call){ .options = options,
						    .nr_args = nr_args,
						    .args = words + first,
						    .argc = argc,
						    .argv = argv });
	free(options);
	free(words);
	return ret;
}

static int unknown_verb(const char *word)
{
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, word);
	for (i = 0; ktb_verbs[i]; i++)
		ktb_nearest_offer(&nearest, ktb_verbs[i]->name);
	ktb_message_note("there is no verb '%s'%s; `ktbench --help` shows all",
			 word, ktb_nearest_hint(&nearest));
	return KTB_EXIT_USAGE;
}

static int dispatch(int argc, char **argv)
{
	size_t i;

	if (argc < 2) {
		print_help();
		return KTB_EXIT_USAGE;
	}
	for (i = 0; i < sizeof(plains) / sizeof(plains[0]); i++) {
		if (!strcmp(plains[i].name, argv[1])) {
			plains[i].print();
			return KTB_EXIT_OK;
		}
	}
	for (i = 0; ktb_verbs[i]; i++) {
		if (strcmp(ktb_verbs[i]->name, argv[1]))
			continue;
		if (!asks_help(argc - 1, argv + 1))
			return run_verb(ktb_verbs[i], argc, argv);
		print_verb_help(ktb_verbs[i]);
		return KTB_EXIT_OK;
	}
	return unknown_verb(argv[1]);
}

int ktb_verbs_main(int argc, char **argv)
{
	int ret = dispatch(argc, argv);

	/* What could not be printed was not said. */
	errno = 0;
	if (fflush(stdout) || ferror(stdout)) {
		ktb_message_note("cannot write the output: %s",
				 errno ? strerror(errno) :
					 "a part of it is lost");
		/* A finding that nobody could read is none. */
		if (!ret || ret == KTB_EXIT_WORSE || ret == KTB_EXIT_NOISY)
			ret = KTB_EXIT_DEVICE;
	}
	return ret;
}
