/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options as rows of a table: one typed row parses, checks, prints --help, and
 * makes a line of the man page and of the completion. getopt_long() splits the
 * command line.
 */
#ifndef KTB_OPTIONS_H
#define KTB_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

/** enum ktb_option_type - what an option takes, and where it is kept */
enum ktb_option_type {
	/** @KTB_OPTION_FLAG: nothing; kept in a bool */
	KTB_OPTION_FLAG,
	/** @KTB_OPTION_NUMBER: a whole number; kept in an int64_t */
	KTB_OPTION_NUMBER,
	/** @KTB_OPTION_TEXT: a text; kept in a const char pointer */
	KTB_OPTION_TEXT,
	/** @KTB_OPTION_FILE: a file; likewise */
	KTB_OPTION_FILE,
	/** @KTB_OPTION_DIRECTORY: a directory; likewise */
	KTB_OPTION_DIRECTORY,
	/** @KTB_OPTION_TEXTS: a text each time; kept in struct ktb_texts */
	KTB_OPTION_TEXTS,
};

/**
 * struct ktb_texts - the texts of a repeated option
 * @text: in the command line's order
 * @nr: entries of @text
 */
struct ktb_texts {
	char **text;
	size_t nr;
};

/**
 * struct ktb_option - one option of a verb
 * @name: behind the two dashes; NULL ends a table
 * @letter: behind one dash, or 0
 * @type: what it takes
 * @arg: name of what it takes, for help
 * @offset: of its member in the verb's options
 * @min: of a number: smallest
 * @max: of a number: largest
 * @help: one sentence without a full stop
 */
struct ktb_option {
	const char *name;
	char letter;
	enum ktb_option_type type;
	const char *arg;
	size_t offset;
	int64_t min;
	int64_t max;
	const char *help;
};

/**
 * ktb_options_parse() - read a command line
 * @table: the options
 * @options: the verb's options, defaults filled in
 * @argc: words
 * @argv: words, argv[0] is skipped; put in another order: options first
 * @first_arg: index of the first word that is no option
 * @err: names the nearest option when one is not known
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_options_parse(const struct ktb_option *table, void *options, int argc,
		      char **argv, int *first_arg, struct ktb_error *err);

/** ktb_options_takes_arg() - whether an option is followed by something */
bool ktb_options_takes_arg(const struct ktb_option *option);

/** ktb_options_print() - print a table for --help on stdout */
void ktb_options_print(const struct ktb_option *table);

#endif /* KTB_OPTIONS_H */
