/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What people have said of changes: a file of lines that is kept in git, each of
 * them
 *
 *	SERIES | RUN | WORD | TEXT
 *
 * It knows lines and words, and nothing of how changes are found.
 */
#ifndef KTB_TRIAGE_H
#define KTB_TRIAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"

/* A row may name a run that is so many points away: the place of a change moves
 * a little when points are added. Changes are further apart than that. */
#define KTB_TRIAGE_NEAR 2

/**
 * struct ktb_triage_row - what was said of a change
 * @line: where it stands in the file
 * @series: key of the series; may be a pattern with *
 * @run: the run, or the kernel's release, that the change was first seen at
 * @word: what it was
 * @text: more of it; may be empty
 * @nr_matched: changes that it was said of
 */
struct ktb_triage_row {
	size_t line;
	char *series;
	char *run;
	char *word;
	char *text;
	size_t nr_matched;
};

/**
 * struct ktb_triage - a file of them
 * @path: of the file
 * @rows: in its order
 * @nr: entries there
 */
struct ktb_triage {
	char *path;
	struct ktb_triage_row *rows;
	size_t nr;
};

/**
 * ktb_triage_read() - read a file
 * @triage: filled in; free it in any case
 * @path: of the file
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when there is no such file, or a line is malformed;
 * KTB_FAULT_SYSTEM when it cannot be read.
 */
int ktb_triage_read(struct ktb_triage *triage, const char *path,
		    struct ktb_fault *fault);

/**
 * ktb_triage_free() - free everything
 * @triage: read, or tried to, or all zero
 */
void ktb_triage_free(struct ktb_triage *triage);

/**
 * ktb_triage_is_of() - does a row speak of a series?
 * @row: the row
 * @key: of the series
 *
 * Return: true if it does.
 */
bool ktb_triage_is_of(const struct ktb_triage_row *row, const char *key);

#endif /* KTB_TRIAGE_H */
