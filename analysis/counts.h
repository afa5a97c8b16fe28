/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The counts of a line's histograms, which are nearly all of it, read without a
 * JSON value for each. It knows the member `buckets` of results/SCHEMA.md.
 */
#ifndef KTB_COUNTS_H
#define KTB_COUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/**
 * struct ktb_counts - lists of integers
 * @numbers: of all lists
 * @nr: entries there
 * @room: of @numbers
 * @begin: the first number of each list
 * @nr_lists: entries there
 * @lists_room: of @begin
 * @is_foreign: the line has what this file would put there
 */
struct ktb_counts {
	json_int_t *numbers;
	size_t nr, room;
	size_t *begin;
	size_t nr_lists, lists_room;
	bool is_foreign;
};

/**
 * ktb_counts_take() - take the lists out of a line
 * @counts: filled in; what was there is gone
 * @text: the line; each list of some length becomes its number
 * @bytes: of @text
 *
 * A list that is anything else than integers stays, and so do all others without
 * memory: they are read like the rest of the line then.
 *
 * Return: bytes that are left.
 */
size_t ktb_counts_take(struct ktb_counts *counts, char *text, size_t bytes);

/**
 * ktb_counts_list() - a list that was taken out
 * @counts: of the line
 * @buckets: what stands there
 * @nr: set to its length
 *
 * Return: its numbers; NULL if it was not taken out.
 */
const json_int_t *ktb_counts_list(const struct ktb_counts *counts,
				  const json_t *buckets, size_t *nr);

/** ktb_counts_free() - give back the memory */
void ktb_counts_free(struct ktb_counts *counts);

#endif /* KTB_COUNTS_H */
