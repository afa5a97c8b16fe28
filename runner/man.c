// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The man page, printed from the tables of verbs, options, exit codes and
 * variables. It may not know anything that does not stand in a table.
 */
#include <stdio.h>

#include "verbs.h"

/* Text for roff: backslashes, dashes, and dots or quotes at a line's begin. */
static void print_text(const char *text)
{
	bool at_begin = true;

	for (; *text; text++) {
		if (at_begin && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
		at_begin = *text == '\n';
	}
}

static void print_named(const char *title, const struct ktb_named *table)
{
	printf(".SH %s\n", title);
	for (; table->name; table++) {
		printf(".TP\n.B ");
		print_text(table->name);
		putchar('\n');
		print_text(table->help);
		putchar('\n');
	}
}

static void print_option(const struct ktb_option *option)
{
	printf(".TP\n");
	if (option->letter)
		printf("\\fB\\-%c\\fR, ", option->letter);
	fputs("\\fB\\-\\-", stdout);
	print_text(option->name);
	fputs("\\fR", stdout);
	if (ktb_options_takes_arg(option))
		printf(" \\fI%s\\fR", option->arg);
	putchar('\n');
	print_text(option->help);
	fputs(".\n", stdout);
}

static void print_verb(const struct ktb_verb *verb)
{
	const struct ktb_option *option;
	size_t i;

	printf(".SS \"ktbench %s [OPTION]...%s%s\"\n", verb->name,
	       *verb->args ? " " : "", verb->args);
	print_text(verb->summary);
	fputs(".\n", stdout);
	for (option = verb->table; option->name; option++)
		print_option(option);
	for (i = 0; verb->details && verb->details[i]; i++) {
		fputs(".PP\n", stdout);
		print_text(verb->details[i]);
		putchar('\n');
	}
}

void ktb_man_print(void)
{
	size_t i;

	printf(".TH KTBENCH 1 \"\" \"ktbench %s\" \"User Commands\"\n"
	       ".SH NAME\n"
	       "ktbench \\- measure the kernel's timers and threads\n"
	       ".SH SYNOPSIS\n"
	       ".B ktbench\n"
	       "\\fIVERB\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
	       ".br\n"
	       ".B ktbench\n"
	       "\\-\\-help | \\-\\-version | \\-\\-man | \\-\\-completion\n"
	       ".SH DESCRIPTION\n"
	       "Measures what the kernel's own timers and threads cost, and how late they\n"
	       "are, inside the kernel, on CPUs chosen by topology. The module ktbench.ko\n"
	       "measures; this command plans, runs, keeps and shows.\n"
	       ".SH VERBS\n",
	       KTB_VERSION);
	for (i = 0; ktb_verbs[i]; i++)
		print_verb(ktb_verbs[i]);
	print_named("EXIT STATUS", ktb_verbs_exits);
	print_named("ENVIRONMENT", ktb_verbs_variables);
}
