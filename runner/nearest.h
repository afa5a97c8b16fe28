/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The nearest known name to a word that is not known, by edit distance. It
 * knows neither the names nor where they come from: they are offered to it.
 */
#ifndef KTB_NEAREST_H
#define KTB_NEAREST_H

#include <stddef.h>

#define KTB_NEAREST_LEN 160

/**
 * struct ktb_nearest - a search for the nearest name
 * @word: what the user wrote
 * @best: the nearest name offered so far, NULL if none is near enough
 * @distance: its distance from @word, in edits
 * @hint: text for a message, see ktb_nearest_hint()
 */
struct ktb_nearest {
	const char *word;
	const char *best;
	size_t distance;
	char hint[KTB_NEAREST_LEN];
};

/**
 * ktb_nearest_begin() - begin to look for the nearest name
 * @nearest: the search
 * @word: what the user wrote; must outlive the search
 */
void ktb_nearest_begin(struct ktb_nearest *nearest, const char *word);

/**
 * ktb_nearest_offer() - offer a known name
 * @nearest: the search
 * @name: must outlive the search
 */
void ktb_nearest_offer(struct ktb_nearest *nearest, const char *name);

/**
 * ktb_nearest_hint() - what to put behind "there is no X"
 * @nearest: the search
 *
 * Return: " (did you mean 'NAME'?)", or an empty string when no name offered is
 * within a third of the longer one's length.
 */
const char *ktb_nearest_hint(struct ktb_nearest *nearest);

/**
 * ktb_nearest_distance() - edits between two words
 * @a: one word
 * @b: the other
 *
 * Insertions, deletions, substitutions and swaps of neighbours cost one each
 * (optimal string alignment: Damerau 1964). Words longer than 63 bytes are
 * told as far apart.
 *
 * Return: number of edits.
 */
size_t ktb_nearest_distance(const char *a, const char *b);

#endif /* KTB_NEAREST_H */
