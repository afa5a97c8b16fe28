/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comparison in words: what every format of it says, said once. It knows
 * comparisons, and nothing of how a format looks.
 *
 * All texts are UTF-8 without control characters, in one line. One that is too long
 * ends in "...". A number that does not exist is never in one.
 */
#ifndef KTB_TOLD_H
#define KTB_TOLD_H

#include <stdio.h>

#include "compare.h"

/* Of the figures that are not gated, at most so many are told one by one. */
#define KTB_TOLD_REST 20

/** struct ktb_told - a sentence that can be returned by value */
struct ktb_told {
	char s[2048];
};

/**
 * ktb_told_clean() - any bytes as a text that every format can hold
 * @text: any bytes
 * @room: of the longest text that is wanted, below sizeof(struct ktb_told)
 *
 * Return: control characters are blanks; what else may stand in no document is '?',
 * see ktb_utf8_length().
 */
struct ktb_told ktb_told_clean(const char *text, size_t room);

/** ktb_told_percent() - "+5.21 %"; empty if there is no such number */
struct ktb_text ktb_told_percent(double percent);

/** ktb_told_p() - "0.0012", "< 0.0001"; empty if there is no such number */
struct ktb_text ktb_told_p(double p);

/** ktb_told_center() - a side's center with its unit; empty if there is none */
struct ktb_text ktb_told_center(const struct ktb_quantity *quantity,
				size_t side);

/** ktb_told_boots() - boots needed: "24 boots a side" */
struct ktb_text ktb_told_boots(size_t boots);

/** ktb_told_glyph() - a verdict as a sign, beside its word */
const char *ktb_told_glyph(enum ktb_verdict verdict);

/** ktb_told_is_exact() - are these instructions, without boots? */
bool ktb_told_is_exact(const struct ktb_comparison *comparison);

/**
 * ktb_told_change() - how much more B is than A
 * @comparison: made
 * @quantity: of it
 *
 * Return: percent; NAN if there is no such number.
 */
double ktb_told_change(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity);

/** ktb_told_samples() - samples of a side that a figure is made of */
uint64_t ktb_told_samples(const struct ktb_quantity *quantity, size_t side);

/** ktb_told_name() - ktb_quantity_name(), cleaned */
struct ktb_told ktb_told_name(const struct ktb_quantity *quantity);

/** ktb_told_is_partial() - do boots that were used lack the figure? */
bool ktb_told_is_partial(const struct ktb_comparison *comparison,
			 const struct ktb_quantity *quantity);

/**
 * ktb_told_effect() - the effect in one clause
 * @comparison: made
 * @quantity: of it
 *
 * Return: "+5.21 % [+3.10 %, +7.35 %]"; of the exact lane "+10 (+1.71 %)"; empty if
 * there is none.
 */
struct ktb_told ktb_told_effect(const struct ktb_comparison *comparison,
				const struct ktb_quantity *quantity);

/* So many kinds of notes come first that a table of numbers has no column for. */
#define KTB_TOLD_SPECIAL 6

/**
 * ktb_told_note() - what else is to be said of a figure, clause by clause
 * @comparison: made
 * @quantity: of it
 * @at: from 0; set behind the note that was found
 * @told: filled in
 *
 * Return: false when there is no more.
 */
bool ktb_told_note(const struct ktb_comparison *comparison,
		   const struct ktb_quantity *quantity, size_t *at,
		   struct ktb_told *told);

/** ktb_told_verdict() - the verdict, and what was counted, in one sentence */
struct ktb_told ktb_told_verdict(const struct ktb_comparison *comparison);

/** ktb_told_rest() - what was counted of the figures that are not gated */
struct ktb_told ktb_told_rest(const struct ktb_comparison *comparison);

/** ktb_told_side() - a side: what it is called, its kernel, boots, samples */
struct ktb_told ktb_told_side(const struct ktb_comparison *comparison,
			      size_t side);

/**
 * ktb_told_remark() - what must be said of the whole, sentence by sentence
 * @comparison: made
 * @at: from 0; set behind the remark that was found
 * @told: filled in: the lane and its remark; that and why it was forced; the rule;
 *	that there were looks
 *
 * Return: false when there is no more.
 */
bool ktb_told_remark(const struct ktb_comparison *comparison, size_t *at,
		     struct ktb_told *told);

/**
 * ktb_told_head() - verdict, sides and remarks, a line each
 * @comparison: made
 * @prefix: of each line
 * @to: where to
 */
void ktb_told_head(const struct ktb_comparison *comparison, const char *prefix,
		   FILE *to);

/**
 * ktb_told_difference() - a difference in one clause
 * @difference: of the environments
 *
 * Return: "cmdline (refused): A has x, B has y", or "... within B one result has x,
 * another y".
 */
struct ktb_told ktb_told_difference(const struct ktb_difference *difference);

/** ktb_told_kind() - what a difference means, in a word or three */
const char *ktb_told_kind(enum ktb_difference_kind kind);

/**
 * struct ktb_told_walk - figures in the order in which they are told
 * @comparison: made
 * @is_gated: those that are, or the rest
 * @rank: of the verdict, where the walk is
 * @next: index of the next figure to look at
 * @changed: how many ktb_told_walk_changed() has found
 * @last: the last of them
 */
struct ktb_told_walk {
	const struct ktb_comparison *comparison;
	bool is_gated;
	size_t rank;
	size_t next;
	size_t changed;
	const struct ktb_quantity *last;
};

/**
 * ktb_told_walk() - the next figure
 * @walk: the rest of it 0 at the beginning
 *
 * Return: those without a verdict, then regressed, too noisy, improved, unchanged
 * ones, each in the order of the plan; NULL at the end.
 */
const struct ktb_quantity *ktb_told_walk(struct ktb_told_walk *walk);

/**
 * ktb_told_walk_changed() - the next of the rest that has changed
 * @walk: as for ktb_told_walk(); @is_gated false
 *
 * What has regressed comes first, the largest change first.
 *
 * Return: NULL at the end, and when KTB_TOLD_REST were found.
 */
const struct ktb_quantity *ktb_told_walk_changed(struct ktb_told_walk *walk);

/** ktb_told_left() - of the rest, how many have changed and are not told */
size_t ktb_told_left(const struct ktb_comparison *comparison);

/** ktb_told_gated() - how many figures are gated */
size_t ktb_told_gated(const struct ktb_comparison *comparison);

/** ktb_told_is_change() - has it regressed or improved? */
bool ktb_told_is_change(const struct ktb_quantity *quantity);

/**
 * ktb_told_worst() - a gated figure by how bad it is
 * @comparison: made
 * @index: 0 is the worst
 *
 * Return: of those that have regressed the one with the largest change first, then
 * of those too noisy, improved, unchanged; NULL past the last with an effect.
 */
const struct ktb_quantity *
ktb_told_worst(const struct ktb_comparison *comparison, size_t index);

#endif /* KTB_TOLD_H */
