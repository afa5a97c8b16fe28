/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The series of a history and the changes in them. A series is one quantile of one
 * cell in one lane on one kind of machine, a point a result: these are never mixed.
 * It knows nothing of files and formats.
 */
#ifndef KTB_TREND_H
#define KTB_TREND_H

#include "edivisive.h"
#include "history.h"
#include "scale.h"
#include "triage.h"

#define KTB_TREND_ALPHA 0.01

/* A series with fewer points is not judged: of nine no order is as rare as .01. */
#define KTB_TREND_LEAST 10

/** enum ktb_trend_word - which way a change goes */
enum ktb_trend_word {
	KTB_TREND_WORSE,
	KTB_TREND_BETTER,
	/* The median is the same, the rest is not. */
	KTB_TREND_OTHER,
};

/** enum ktb_trend_judged - whether a series was judged, and why not */
enum ktb_trend_judged {
	KTB_TREND_JUDGED,
	KTB_TREND_SHORT,
	/* A figure of 0 or less has no logarithm. */
	KTB_TREND_NO_LOG,
	KTB_NR_TREND_JUDGED,
};

/**
 * struct ktb_trend_point - what one result says of a series
 * @result: the result
 * @figure: the figure
 */
struct ktb_trend_point {
	const struct ktb_history_result *result;
	const struct ktb_history_figure *figure;
};

/**
 * struct ktb_trend_change - one change of a series
 * @found: where it is, between which others, and how sure
 * @word: which way
 * @before: median of the points between the change before and this one
 * @after: median of those from here to the next change
 * @percent: by how much the second one differs from the first
 * @is_new: it is among the newest points that were asked for
 * @row: what was said of it, NULL if nothing was
 */
struct ktb_trend_change {
	struct ktb_edivisive_change found;
	enum ktb_trend_word word;
	int64_t before;
	int64_t after;
	double percent;
	bool is_new;
	const struct ktb_triage_row *row;
};

/**
 * struct ktb_trend_series - one quantile of one cell over the results
 * @key: lane/machine/job/cell/metric/quantile/unit/settings
 * @machine: digest of CPU model and topology, as in @key
 * @scale: what its numbers count
 * @points: in the order of time
 * @nr: entries there
 * @median: of all its points
 * @judged: whether it was judged
 * @odd: the first point that has no logarithm, if that is why not
 * @changes: in the order of time
 * @nr_changes: entries there
 */
struct ktb_trend_series {
	char *key;
	char machine[12];
	enum ktb_scale scale;
	const struct ktb_trend_point *points;
	size_t nr;
	int64_t median;
	enum ktb_trend_judged judged;
	size_t odd;
	struct ktb_trend_change *changes;
	size_t nr_changes;
};

/**
 * struct ktb_trend_options - what is asked for
 * @alpha: the largest p of a change
 * @since: only of so many newest points a change is new; 0: of all
 * @series: pattern of the keys of series that are looked at, NULL for all
 */
struct ktb_trend_options {
	double alpha;
	int64_t since;
	const char *series;
};

/**
 * struct ktb_trend - everything that a history says
 * @history: the history
 * @options: what was asked for
 * @triage: what was said of changes; NULL if no file was given
 * @points: of all series
 * @series: by key
 * @nr: entries there
 * @nr_others: series that were not asked for
 * @counts: series by enum ktb_trend_judged
 * @nr_changed: series with a change
 * @nr_words: changes by enum ktb_trend_word
 * @nr_triaged: changes of which something was said
 * @nr_new_worse: new ones for the worse of which nothing was said
 */
struct ktb_trend {
	const struct ktb_history *history;
	const struct ktb_trend_options *options;
	struct ktb_triage *triage;
	struct ktb_trend_point *points;
	struct ktb_trend_series *series;
	size_t nr;
	size_t nr_others;
	size_t counts[KTB_NR_TREND_JUDGED];
	size_t nr_changed;
	size_t nr_words[3];
	size_t nr_triaged;
	size_t nr_new_worse;
};

/**
 * ktb_trend_make() - find the changes of all series
 * @trend: filled in; free it in any case
 * @history: sorted; stays
 * @options: what is asked for; stays
 * @triage: what was said of changes, NULL for nothing; its rows are counted
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when a figure is there twice; KTB_FAULT_SYSTEM when
 * there is no memory.
 */
int ktb_trend_make(struct ktb_trend *trend, const struct ktb_history *history,
		   const struct ktb_trend_options *options,
		   struct ktb_triage *triage, struct ktb_fault *fault);

/**
 * ktb_trend_free() - free everything
 * @trend: made, or tried to, or all zero
 */
void ktb_trend_free(struct ktb_trend *trend);

#endif /* KTB_TREND_H */
