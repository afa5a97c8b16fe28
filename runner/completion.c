// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The completion for bash, printed from the tables of verbs and options. It may
 * not know anything that does not stand in a table.
 */
#include <stdio.h>

#include "verbs.h"

/* Patterns of options that take a thing of this type, for a case. */
static void print_case(const struct ktb_verb *verb, enum ktb_option_type type,
		       const char *action)
{
	const struct ktb_option *option;
	bool is_first = true;

	for (option = verb->table; option->name; option++) {
		if (option->type != type)
			continue;
		printf("%s--%s", is_first ? "\t\t" : "|", option->name);
		if (option->letter)
			printf("|-%c", option->letter);
		is_first = false;
	}
	if (!is_first)
		printf(") %s ;;\n", action);
}

static void print_verb(const struct ktb_verb *verb)
{
	static const enum ktb_option_type plain[] = { KTB_OPTION_TEXT,
						      KTB_OPTION_TEXTS,
						      KTB_OPTION_NUMBER };
	const struct ktb_option *option;
	size_t i;

	printf("\t%s)\n\t\tcase \"$prev\" in\n", verb->name);
	print_case(verb, KTB_OPTION_FILE,
		   "COMPREPLY=($(compgen -f -- \"$cur\")); return");
	print_case(verb, KTB_OPTION_DIRECTORY,
		   "COMPREPLY=($(compgen -d -- \"$cur\")); return");
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		print_case(verb, plain[i], "return");
	printf("\t\tesac\n\t\twords=\"");
	for (option = verb->table; option->name; option++)
		printf("--%s ", option->name);
	printf("--help\" ;;\n");
}

void ktb_completion_print(void)
{
	size_t i;

	printf("# Completion of ktbench for bash; made by `ktbench --completion`.\n"
	       "_ktbench()\n"
	       "{\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	       "\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	       "\tlocal words=\"\"\n\n"
	       "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"");
	for (i = 0; ktb_verbs[i]; i++)
		printf("%s ", ktb_verbs[i]->name);
	printf("--help --version --man --completion\" -- \"$cur\"))\n"
	       "\t\treturn\n"
	       "\tfi\n"
	       "\tcase \"${COMP_WORDS[1]}\" in\n");
	for (i = 0; ktb_verbs[i]; i++)
		print_verb(ktb_verbs[i]);
	printf("\tesac\n"
	       "\tif [[ $cur == -* ]]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\telse\n"
	       "\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
	       "\tfi\n"
	       "}\n"
	       "complete -o filenames -F _ktbench ktbench\n");
}
