// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what people have said of changes. It knows nothing of series but that
 * they have a key.
 */
#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "triage.h"

#define FIELDS 4

static const char *const words[] = { "regression", "improvement", "expected",
				     "noise", "machine" };

static char *trim(char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

static bool is_word(const char *text)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], text))
			return true;
	return false;
}

static int refuse_word(const struct ktb_triage *triage, size_t number,
		       const char *word, struct ktb_fault *fault)
{
	char list[128] = "";
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s", i ? ", " : "", words[i]);
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s:%zu: '%.64s' is no word for a change; say one of %s",
		triage->path, number, word, list);
}

static int add(struct ktb_triage *triage, size_t number, char *const *field,
	       struct ktb_fault *fault)
{
	struct ktb_triage_row *rows, *row;

	rows = reallocarray(triage->rows, triage->nr + 1, sizeof(*rows));
	if (!rows)
		return ktb_fault_memory(fault);
	triage->rows = rows;
	row = &rows[triage->nr++];
	memset(row, 0, sizeof(*row));
	row->line = number;
	row->series = strdup(field[0]);
	row->run = strdup(field[1]);
	row->word = strdup(field[2]);
	row->text = strdup(field[3]);
	return row->series && row->run && row->word && row->text ?
		       0 :
		       ktb_fault_memory(fault);
}

static int read_line(struct ktb_triage *triage, size_t number, char *line,
		     struct ktb_fault *fault)
{
	char *field[FIELDS], *rest = line;
	size_t nr;

	for (nr = 0; nr < FIELDS - 1 && rest; nr++)
		field[nr] = trim(strsep(&rest, "|"));
	if (nr < FIELDS - 1 || !rest)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s:%zu: '%.64s' has %zu fields; write SERIES | RUN | WORD | TEXT, as `ktbench trend` prints it",
			triage->path, number, field[0], nr);
	field[nr] = trim(rest);
	if (!*field[0] || !*field[1])
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s:%zu: the %s is empty; write SERIES | RUN | WORD | TEXT, as `ktbench trend` prints it",
			triage->path, number, *field[0] ? "run" : "series");
	if (!is_word(field[2]))
		return refuse_word(triage, number, field[2], fault);
	return add(triage, number, field, fault);
}

int ktb_triage_read(struct ktb_triage *triage, const char *path,
		    struct ktb_fault *fault)
{
	char *all, *rest, *line, *text;
	const char *why = NULL;
	size_t number = 0;
	int ret = 0;

	memset(triage, 0, sizeof(*triage));
	triage->path = strdup(path);
	if (!triage->path)
		return ktb_fault_memory(fault);
	all = ktb_encoding_read(path, &why);
	if (!all)
		return ktb_fault_set(
			fault,
			errno && errno != ENOENT ? KTB_FAULT_SYSTEM :
						   KTB_FAULT_USAGE,
			"cannot read %s: %s; make it, an empty one will do, or leave --triage out",
			path, why);
	rest = all;
	while (!ret && (line = strsep(&rest, "\n"))) {
		number++;
		text = trim(line);
		if (*text && *text != '#')
			ret = read_line(triage, number, text, fault);
	}
	free(all);
	return ret;
}

void ktb_triage_free(struct ktb_triage *triage)
{
	size_t i;

	for (i = 0; i < triage->nr; i++) {
		free(triage->rows[i].series);
		free(triage->rows[i].run);
		free(triage->rows[i].word);
		free(triage->rows[i].text);
	}
	free(triage->rows);
	free(triage->path);
	memset(triage, 0, sizeof(*triage));
}

bool ktb_triage_is_of(const struct ktb_triage_row *row, const char *key)
{
	return !strcmp(row->series, key) ||
	       (strchr(row->series, '*') && !fnmatch(row->series, key, 0));
}
