// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Takes histograms' counts out of a line before its JSON is read. It may not know
 * what the counts mean.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counts.h"

/* What a list becomes, ["N"], has room in a text of this length. */
#define SHORTEST    24
/* More digits may be more than a number can hold. */
#define MOST_DIGITS 18

static const char key[] = "\"buckets\":[";

static bool make_room(void **array, size_t *room, size_t nr, size_t size)
{
	size_t wanted = *room ? *room * 2 : 1024;
	void *grown;

	if (nr < *room)
		return true;
	grown = reallocarray(*array, wanted, size);
	if (!grown)
		return false;
	*array = grown;
	*room = wanted;
	return true;
}

static bool add_number(struct ktb_counts *counts, json_int_t number)
{
	if (!make_room((void **)&counts->numbers, &counts->room, counts->nr,
		       sizeof(*counts->numbers)))
		return false;
	counts->numbers[counts->nr++] = number;
	return true;
}

/* The end of an integer; NULL if there is none, or a long one. */
static const char *read_number(const char *at, const char *end,
			       json_int_t *number)
{
	const bool is_negative = at < end && *at == '-';
	const char *first = at + is_negative;

	*number = 0;
	for (at = first; at < end && isdigit((unsigned char)*at); at++)
		*number = *number * 10 + (*at - '0');
	if (at == first || at - first > MOST_DIGITS ||
	    (*first == '0' && at - first > 1))
		return NULL;
	if (is_negative)
		*number = -*number;
	return at;
}

/* The bracket that ends a list of integers; NULL if it is something else. */
static const char *read_list(struct ktb_counts *counts, const char *at,
			     const char *end)
{
	json_int_t number;

	for (;; at++) {
		at = read_number(at, end, &number);
		if (!at || at == end || !add_number(counts, number))
			return NULL;
		if (*at == ']')
			return at;
		if (*at != ',')
			return NULL;
	}
}

size_t ktb_counts_take(struct ktb_counts *counts, char *text, size_t bytes)
{
	const char *end = text + bytes, *from = text, *at, *close;
	char *to = text;
	size_t nr;

	counts->nr = counts->nr_lists = 0;
	counts->is_foreign = false;
	while ((at = memmem(from, (size_t)(end - from), key,
			    sizeof(key) - 1))) {
		at += sizeof(key) - 1;
		memmove(to, from, (size_t)(at - from));
		to += at - from;
		from = at;
		counts->is_foreign = counts->is_foreign ||
				     (at < end && *at == '"');
		nr = counts->nr;
		close = read_list(counts, at, end);
		if (!close || close - at < SHORTEST ||
		    !make_room((void **)&counts->begin, &counts->lists_room,
			       counts->nr_lists + 1, sizeof(*counts->begin))) {
			counts->nr = nr;
			continue;
		}
		counts->begin[counts->nr_lists] = nr;
		to += sprintf(to, "\"%zu\"", counts->nr_lists++);
		counts->begin[counts->nr_lists] = counts->nr;
		from = close;
	}
	memmove(to, from, (size_t)(end - from));
	return (size_t)(to - text) + (size_t)(end - from);
}

const json_int_t *ktb_counts_list(const struct ktb_counts *counts,
				  const json_t *buckets, size_t *nr)
{
	const char *name = json_string_value(json_array_get(buckets, 0));
	size_t list;

	if (!name || counts->is_foreign)
		return NULL;
	list = strtoul(name, NULL, 10);
	if (list >= counts->nr_lists)
		return NULL;
	*nr = counts->begin[list + 1] - counts->begin[list];
	return counts->numbers + counts->begin[list];
}

void ktb_counts_free(struct ktb_counts *counts)
{
	free(counts->numbers);
	free(counts->begin);
	*counts = (struct ktb_counts){ 0 };
}
