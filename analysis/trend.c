// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sorts the figures of a history into series, and has the changes of each found.
 * It knows nothing of how that is done, nor of how it is told.
 */
#include <fnmatch.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "history_take.h"
#include "trend.h"

static int compare_words(const char *a, const char *b)
{
	/* Each string is there once. */
	return a == b ? 0 : strcmp(a, b);
}

static int compare_series(const struct ktb_trend_point *a,
			  const struct ktb_trend_point *b)
{
	const char *const pairs[][2] = {
		{ a->result->lane, b->result->lane },
		{ a->result->cpu_model, b->result->cpu_model },
		{ a->result->topology, b->result->topology },
		{ a->figure->job, b->figure->job },
		{ a->figure->cell, b->figure->cell },
		{ a->figure->metric, b->figure->metric },
		{ a->figure->quantile, b->figure->quantile },
		{ a->figure->unit, b->figure->unit },
		{ a->figure->settings, b->figure->settings },
	};
	int order = 0;
	size_t i;

	for (i = 0; !order && i < sizeof(pairs) / sizeof(pairs[0]); i++)
		order = compare_words(pairs[i][0], pairs[i][1]);
	return order;
}

static int compare_points(const void *left, const void *right)
{
	const struct ktb_trend_point *a = left, *b = right;
	int order = compare_series(a, b);

	if (order)
		return order;
	if (a->result != b->result)
		return a->result < b->result ? -1 : 1;
	return (a->figure > b->figure) - (a->figure < b->figure);
}

/* All figures as points, those of a series one after another. */
static bool gather(struct ktb_trend *trend, size_t *nr_points)
{
	const struct ktb_history *history = trend->history;
	const struct ktb_history_result *result;
	size_t nr = 0, i, j;

	for (i = 0; i < history->nr; i++)
		nr += history->results[i].nr;
	trend->points = calloc(nr + 1, sizeof(*trend->points));
	if (!trend->points)
		return false;
	*nr_points = nr;
	for (i = 0, nr = 0; i < history->nr; i++) {
		result = &history->results[i];
		for (j = 0; j < result->nr; j++, nr++) {
			trend->points[nr].result = result;
			trend->points[nr].figure = &result->figures[j];
		}
	}
	if (nr)
		qsort(trend->points, nr, sizeof(*trend->points),
		      compare_points);
	return true;
}

static bool name(struct ktb_trend_series *series)
{
	const struct ktb_history_result *result = series->points->result;
	const struct ktb_history_figure *figure = series->points->figure;
	uint64_t machine = ktb_history_digest(
		ktb_history_digest(0, result->cpu_model), result->topology);
	char *at;

	snprintf(series->machine, sizeof(series->machine), "%08" PRIx32,
		 (uint32_t)(machine ^ machine >> 32));
	series->scale = ktb_scale_of_unit(figure->unit);
	if (asprintf(&series->key, "%s/%s/%s/%s/%s/%s/%s/%.8s", result->lane,
		     series->machine, figure->job, figure->cell, figure->metric,
		     figure->quantile, figure->unit, figure->settings) < 0) {
		series->key = NULL;
		return false;
	}
	/* What parts the fields of a line of triage. */
	for (at = series->key; *at; at++)
		if (*at == '|' || (unsigned char)*at < ' ')
			*at = '_';
	return true;
}

static int compare_values(const void *left, const void *right)
{
	int64_t a, b;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	return (a > b) - (a < b);
}

static int64_t median(const struct ktb_trend_point *points, size_t nr,
		      int64_t *room)
{
	size_t i;

	for (i = 0; i < nr; i++)
		room[i] = points[i].figure->value;
	qsort(room, nr, sizeof(*room), compare_values);
	i = (nr - 1) / 2;
	return room[i] + (room[nr / 2] - room[i]) / 2;
}

static enum ktb_trend_word word_of(const struct ktb_trend_series *series,
				   const struct ktb_trend_change *change)
{
	const bool is_more = change->after > change->before;

	if (change->after == change->before)
		return KTB_TREND_OTHER;
	return is_more == !series->points->figure->rate ? KTB_TREND_WORSE :
							  KTB_TREND_BETTER;
}

/* Is this what a row names: a run, or the first one of a kernel? */
static bool is_named(const struct ktb_triage_row *row,
		     const struct ktb_trend_series *series, size_t at)
{
	const struct ktb_trend_point *point = &series->points[at];

	if (!strcmp(row->run, point->result->run))
		return true;
	return !strcmp(row->run, point->result->kernel) &&
	       (!at || strcmp(row->run, point[-1].result->kernel));
}

/* How far what a row names is from a change, in points. */
static size_t distance(const struct ktb_triage_row *row,
		       const struct ktb_trend_series *series, size_t at)
{
	size_t least = SIZE_MAX, away, i;

	for (i = 0; i < series->nr; i++) {
		away = i > at ? i - at : at - i;
		if (away < least && is_named(row, series, i))
			least = away;
	}
	return least;
}

static const struct ktb_triage_row *
find_row(struct ktb_triage *triage, const struct ktb_trend_series *series,
	 size_t at)
{
	struct ktb_triage_row *row, *nearest = NULL;
	size_t least = KTB_TRIAGE_NEAR + 1, away, i;

	for (i = 0; triage && i < triage->nr; i++) {
		row = &triage->rows[i];
		if (!ktb_triage_is_of(row, series->key))
			continue;
		away = distance(row, series, at);
		if (away >= least)
			continue;
		least = away;
		nearest = row;
	}
	if (nearest)
		nearest->nr_matched++;
	return nearest;
}

static void tell(struct ktb_trend *trend, struct ktb_trend_series *series,
		 struct ktb_trend_change *change, int64_t *room)
{
	const struct ktb_edivisive_change *found = &change->found;
	int64_t since = trend->options->since;

	change->before = median(series->points + found->first,
				found->at - found->first, room);
	change->after = median(series->points + found->at,
			       found->end - found->at, room);
	change->percent =
		100 * ((double)change->after / (double)change->before - 1);
	change->word = word_of(series, change);
	change->is_new = !since || found->at + (size_t)since >= series->nr;
	change->row = find_row(trend->triage, series, found->at);
	trend->nr_words[change->word]++;
	trend->nr_triaged += change->row != NULL;
	trend->nr_new_worse += change->word == KTB_TREND_WORSE &&
			       change->is_new && !change->row;
}

static bool search(struct ktb_trend *trend, struct ktb_trend_series *series,
		   int64_t *room)
{
	double *value = calloc(series->nr, sizeof(*value));
	struct ktb_edivisive found = { 0 };
	bool fine = value != NULL;
	size_t i;

	for (i = 0; fine && i < series->nr; i++)
		value[i] = log((double)series->points[i].figure->value);
	/* The same series has the same permutations, whatever is beside it. */
	fine = fine &&
	       ktb_edivisive_find(
		       &found, value, series->nr, trend->options->alpha,
		       (unsigned long)ktb_history_digest(0, series->key));
	series->changes = calloc(found.nr + 1, sizeof(*series->changes));
	fine = fine && series->changes;
	for (i = 0; fine && i < found.nr; i++) {
		series->changes[i].found = found.changes[i];
		tell(trend, series, &series->changes[i], room);
	}
	series->nr_changes = fine ? found.nr : 0;
	trend->nr_changed += series->nr_changes > 0;
	ktb_edivisive_free(&found);
	free(value);
	return fine;
}

static bool judge(struct ktb_trend *trend, struct ktb_trend_series *series)
{
	int64_t *room = calloc(series->nr, sizeof(*room));
	bool fine = true;
	size_t i;

	if (!room)
		return false;
	series->median = median(series->points, series->nr, room);
	for (i = 0; i < series->nr; i++)
		if (series->points[i].figure->value <= 0)
			break;
	if (series->nr < KTB_TREND_LEAST) {
		series->judged = KTB_TREND_SHORT;
	} else if (i < series->nr) {
		series->judged = KTB_TREND_NO_LOG;
		series->odd = i;
	} else {
		fine = search(trend, series, room);
	}
	trend->counts[series->judged]++;
	free(room);
	return fine;
}

static int check(const struct ktb_trend_series *series, struct ktb_fault *fault)
{
	size_t i;

	for (i = 1; i < series->nr; i++)
		if (series->points[i].result == series->points[i - 1].result)
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"the index has the figure %s of run %s twice; make it anew from the results with --rebuild",
				series->key, series->points[i].result->run);
	return 0;
}

static bool is_asked(const struct ktb_trend *trend, const char *key)
{
	const char *pattern = trend->options->series;

	return !pattern || !strcmp(pattern, key) || !fnmatch(pattern, key, 0);
}

int ktb_trend_make(struct ktb_trend *trend, const struct ktb_history *history,
		   const struct ktb_trend_options *options,
		   struct ktb_triage *triage, struct ktb_fault *fault)
{
	struct ktb_trend_series *series;
	size_t nr_points, first, end;
	int ret = 0;

	memset(trend, 0, sizeof(*trend));
	trend->history = history;
	trend->options = options;
	trend->triage = triage;
	if (!gather(trend, &nr_points))
		return ktb_fault_memory(fault);
	trend->series = calloc(nr_points + 1, sizeof(*trend->series));
	if (!trend->series)
		return ktb_fault_memory(fault);
	for (first = 0; !ret && first < nr_points; first = end) {
		for (end = first + 1; end < nr_points; end++)
			if (compare_series(&trend->points[first],
					   &trend->points[end]))
				break;
		series = &trend->series[trend->nr];
		series->points = &trend->points[first];
		series->nr = end - first;
		if (!name(series))
			return ktb_fault_memory(fault);
		if (!is_asked(trend, series->key)) {
			free(series->key);
			memset(series, 0, sizeof(*series));
			trend->nr_others++;
			continue;
		}
		trend->nr++;
		ret = check(series, fault);
		if (!ret && !judge(trend, series))
			ret = ktb_fault_memory(fault);
	}
	return ret;
}

void ktb_trend_free(struct ktb_trend *trend)
{
	size_t i;

	for (i = 0; i < trend->nr; i++) {
		free(trend->series[i].key);
		free(trend->series[i].changes);
	}
	free(trend->series);
	free(trend->points);
	memset(trend, 0, sizeof(*trend));
}
