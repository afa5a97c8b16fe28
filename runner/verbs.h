/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verbs of ktbench: one cmd_<verb>.c and one row of the table each. --help,
 * the man page and the completion are made from the rows.
 */
#ifndef KTB_VERBS_H
#define KTB_VERBS_H

#include <stddef.h>

#include "message.h"
#include "options.h"

#define KTB_VERSION "0.1"

/**
 * struct ktb_call - one call of a verb
 * @options: the verb's options, parsed
 * @nr_args: words that are no options
 * @args: those words
 * @argc: the whole command line
 * @argv: the whole command line, as it was typed
 */
struct ktb_call {
	const void *options;
	size_t nr_args;
	char *const *args;
	int argc;
	char *const *argv;
};

/**
 * struct ktb_verb - one verb
 * @name: the first word of the command line
 * @summary: one sentence without a full stop
 * @args: what follows the options, for help; empty if nothing does
 * @min_args: at least so many words
 * @max_args: at most so many words
 * @table: its options
 * @options_size: bytes of its options
 * @defaults: its options before the command line is read
 * @details: paragraphs for --help and the man page, NULL at the end
 * @run: does it; returns enum ktb_exit and has printed its own errors
 */
struct ktb_verb {
	const char *name;
	const char *summary;
	const char *args;
	size_t min_args;
	size_t max_args;
	const struct ktb_option *table;
	size_t options_size;
	const void *defaults;
	const char *const *details;
	int (*run)(const struct ktb_call *call);
};

extern const struct ktb_verb ktb_verb_run;
extern const struct ktb_verb ktb_verb_list;
extern const struct ktb_verb ktb_verb_topology;
extern const struct ktb_verb ktb_verb_env;
extern const struct ktb_verb ktb_verb_check;
extern const struct ktb_verb ktb_verb_report;
extern const struct ktb_verb ktb_verb_figures;
extern const struct ktb_verb ktb_verb_compare;
extern const struct ktb_verb ktb_verb_export;
extern const struct ktb_verb ktb_verb_trend;

/** ktb_verbs - all verbs, NULL at the end */
extern const struct ktb_verb *const ktb_verbs[];

/** struct ktb_named - a name and what it means, NULL at the end of a table */
struct ktb_named {
	const char *name;
	const char *help;
};

/** ktb_verbs_exits - the exit codes, for help */
extern const struct ktb_named ktb_verbs_exits[];

/** ktb_verbs_variables - the environment variables, for help */
extern const struct ktb_named ktb_verbs_variables[];

/**
 * ktb_verbs_main() - the program
 * @argc: words
 * @argv: words
 *
 * Return: what to exit with.
 */
int ktb_verbs_main(int argc, char **argv);

/** ktb_man_print() - print the man page, in roff, on stdout */
void ktb_man_print(void);

/** ktb_completion_print() - print the completion for bash on stdout */
void ktb_completion_print(void);

#endif /* KTB_VERBS_H */
