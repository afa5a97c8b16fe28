// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Options as rows of a table. It may not know which verbs there are.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "nearest.h"
#include "options.h"
#include "units.h"

/* getopt's values of options that have no letter begin here. */
#define FIRST_VALUE 256

bool ktb_options_takes_arg(const struct ktb_option *option)
{
	return option->type != KTB_OPTION_FLAG;
}

static size_t count(const struct ktb_option *table)
{
	size_t nr = 0;

	while (table[nr].name)
		nr++;
	return nr;
}

static int take_number(const struct ktb_option *option, int64_t *number,
		       const char *text, struct ktb_error *err)
{
	const char *why = ktb_units_parse(text, KTB_UNIT_KIND_NONE, number);

	if (!why && *number >= option->min && *number <= option->max)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"--%s: '%s' %s; it takes %" PRId64 " to %" PRId64, option->name,
		text, why ? why : "is out of range", option->min, option->max);
}

static int take(const struct ktb_option *option, void *options, char *text,
		struct ktb_error *err)
{
	void *member = (char *)options + option->offset;
	struct ktb_texts *texts;

	switch (option->type) {
	case KTB_OPTION_FLAG:
		*(bool *)member = true;
		return 0;
	case KTB_OPTION_NUMBER:
		return take_number(option, member, text, err);
	case KTB_OPTION_TEXTS:
		texts = member;
		texts->text = ktb_alloc_more(texts->text, texts->nr,
					     sizeof(*texts->text));
		texts->text[texts->nr++] = text;
		return 0;
	default:
		*(const char **)member = text;
		return 0;
	}
}

static int unknown_option(const struct ktb_option *table, const char *word,
			  struct ktb_error *err)
{
	char *name = ktb_alloc_text("%s", word);
	struct ktb_nearest nearest;

	name[strcspn(name, "=")] = '\0';
	ktb_nearest_begin(&nearest, name + strspn(name, "-"));
	for (; table->name; table++)
		ktb_nearest_offer(&nearest, table->name);
	if (nearest.best)
		ktb_message_set(err, KTB_EXIT_USAGE,
				"unknown option '%s'; did you mean '--%s'?",
				name, nearest.best);
	else
		ktb_message_set(err, KTB_EXIT_USAGE,
				"unknown option '%s'; --help shows all", name);
	free(name);
	return err->code;
}

/* The table as getopt_long() wants it; an option's value is its row. */
static struct option *getopt_table(const struct ktb_option *table,
				   char *letters)
{
	struct option *options;
	size_t i;

	options = ktb_alloc_zeroed(count(table) + 1, sizeof(*options));
	/* The colon makes getopt_long() tell a missing argument apart. */
	*letters++ = ':';
	for (i = 0; table[i].name; i++) {
		options[i] = (struct option){
			.name = table[i].name,
			.has_arg = ktb_options_takes_arg(&table[i]) ?
					   required_argument :
					   no_argument,
			.val = FIRST_VALUE + (int)i,
		};
		if (!table[i].letter)
			continue;
		*letters++ = table[i].letter;
		if (ktb_options_takes_arg(&table[i]))
			*letters++ = ':';
	}
	*letters = '\0';
	return options;
}

static const struct ktb_option *find_row(const struct ktb_option *table,
					 int value)
{
	if (value >= FIRST_VALUE)
		return &table[value - FIRST_VALUE];
	for (; table->name; table++)
		if (table->letter && table->letter == value)
			return table;
	return NULL;
}

/* What getopt_long() would not take. */
static int refuse(const struct ktb_option *table, int found, char **argv,
		  struct ktb_error *err)
{
	const struct ktb_option *row = optopt ? find_row(table, optopt) : NULL;
	const char letter[] = { '-', (char)optopt, '\0' };

	if (row && found == ':')
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "--%s needs %s behind it: %s", row->name,
				       row->arg, row->help);
	if (row)
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "--%s takes nothing behind it",
				       row->name);
	return unknown_option(table, optopt ? letter : argv[optind - 1], err);
}

int ktb_options_parse(const struct ktb_option *table, void *options, int argc,
		      char **argv, int *first_arg, struct ktb_error *err)
{
	char *letters = ktb_alloc_zeroed(2 * count(table) + 2, 1);
	struct option *longs = getopt_table(table, letters);
	const struct ktb_option *row;
	int found, ret = 0;

	opterr = 0;
	/* Zero makes glibc begin anew, which tests need. */
	optind = 0;
	while (!ret) {
		found = getopt_long(argc, argv, letters, longs, NULL);
		if (found < 0)
			break;
		row = found == '?' || found == ':' ? NULL :
						     find_row(table, found);
		if (row)
			ret = take(row, options, optarg, err);
		else
			ret = refuse(table, found, argv, err);
	}
	*first_arg = optind;
	free(longs);
	free(letters);
	return ret;
}

void ktb_options_print(const struct ktb_option *table)
{
	char left[64];

	for (; table->name; table++) {
		snprintf(left, sizeof(left), "%c%c%s--%s%s%s",
			 table->letter ? '-' : ' ',
			 table->letter ? table->letter : ' ',
			 table->letter ? ", " : "  ", table->name,
			 ktb_options_takes_arg(table) ? " " : "",
			 ktb_options_takes_arg(table) ? table->arg : "");
		printf("  %-26s %s\n", left, table->help);
	}
}
