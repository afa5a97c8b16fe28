/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How series and changes are told, in every format alike: words, glyphs, order,
 * and the sentences on what is not shown. It knows no format.
 */
#ifndef KTB_TREND_TOLD_H
#define KTB_TREND_TOLD_H

#include "history_scan.h"
#include "trend.h"

/**
 * struct ktb_trend_ref - a change and its series
 * @series: the series
 * @change: one of its changes
 */
struct ktb_trend_ref {
	const struct ktb_trend_series *series;
	const struct ktb_trend_change *change;
};

/**
 * struct ktb_trend_page - what is told
 * @trend: the series and their changes
 * @scan: what was found in the directories
 * @refs: all changes, those that want somebody first
 * @nr_refs: entries there
 * @notes: sentences, as JSON
 */
struct ktb_trend_page {
	const struct ktb_trend *trend;
	const struct ktb_history_scan *scan;
	struct ktb_trend_ref *refs;
	size_t nr_refs;
	json_t *notes;
};

/**
 * ktb_trend_told_make() - sort the changes, and say what is not shown
 * @page: @trend and @scan are given, the rest is filled in; free it in any case
 *
 * Return: false when there is no memory.
 */
bool ktb_trend_told_make(struct ktb_trend_page *page);

/**
 * ktb_trend_told_free() - free what was made
 * @page: made, or tried to, or all zero
 */
void ktb_trend_told_free(struct ktb_trend_page *page);

/**
 * ktb_trend_told_word() - which way a change goes
 * @word: the word
 *
 * Return: "worse", "better" or "other".
 */
const char *ktb_trend_told_word(enum ktb_trend_word word);

/**
 * ktb_trend_told_glyph() - the same in a sign
 * @word: the word
 *
 * Return: a triangle or the like, in UTF-8.
 */
const char *ktb_trend_told_glyph(enum ktb_trend_word word);

/**
 * ktb_trend_told_name() - a series for people
 * @series: the series
 * @text: filled in: "job timers=1: lateness p99"
 * @size: room at @text
 */
void ktb_trend_told_name(const struct ktb_trend_series *series, char *text,
			 size_t size);

/**
 * ktb_trend_told_lane() - the remark that belongs to each figure of a series
 * @series: the series
 *
 * Return: what its lane's figures are not; empty for the metal lane.
 */
const char *ktb_trend_told_lane(const struct ktb_trend_series *series);

/**
 * ktb_trend_told_machine() - where a series is from
 * @page: what is told
 * @index: of the series
 * @text: filled in: "lane metal, CPU model, hosts a, b, 12 results"
 * @size: room at @text
 *
 * Return: false, and nothing filled in, if the series before it is from there too.
 */
bool ktb_trend_told_machine(const struct ktb_trend_page *page, size_t index,
			    char *text, size_t size);

/**
 * ktb_trend_told_last() - the last point before a change
 * @ref: the change
 *
 * Return: its result.
 */
const struct ktb_history_result *
ktb_trend_told_last(const struct ktb_trend_ref *ref);

/**
 * ktb_trend_told_first() - the first point behind a change
 * @ref: the change
 *
 * Return: its result.
 */
const struct ktb_history_result *
ktb_trend_told_first(const struct ktb_trend_ref *ref);

/**
 * ktb_trend_told_others() - what else differs between the two
 * @ref: the change
 * @text: filled in: "hostname a -> b, lane_detail ..."; empty if nothing does
 * @size: room at @text
 */
void ktb_trend_told_others(const struct ktb_trend_ref *ref, char *text,
			   size_t size);

#endif /* KTB_TREND_TOLD_H */
