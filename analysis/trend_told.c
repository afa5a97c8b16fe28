// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Words for series and changes, and sentences for what is not shown. It knows no
 * format.
 */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "reader.h"
#include "trend_told.h"

static const struct {
	const char *word;
	const char *glyph;
} told_words[] = {
	[KTB_TREND_WORSE] = { "worse", "\u25b2" },
	[KTB_TREND_BETTER] = { "better", "\u25bd" },
	[KTB_TREND_OTHER] = { "other", "\u25c7" },
};

/* What is told at a change if it differs, besides the kernel's release. */
static const struct {
	const char *name;
	size_t offset;
} told_origins[] = {
	{ "kernel_version",
	  offsetof(struct ktb_history_result, kernel_version) },
	{ "lane_detail", offsetof(struct ktb_history_result, lane_detail) },
	{ "hostname", offsetof(struct ktb_history_result, hostname) },
};

const char *ktb_trend_told_word(enum ktb_trend_word word)
{
	return told_words[word].word;
}

const char *ktb_trend_told_glyph(enum ktb_trend_word word)
{
	return told_words[word].glyph;
}

void ktb_trend_told_name(const struct ktb_trend_series *series, char *text,
			 size_t size)
{
	const struct ktb_history_figure *figure = series->points->figure;

	snprintf(text, size, "%s%s%s: %s %s", figure->job,
		 *figure->cell ? " " : "", figure->cell, figure->metric,
		 figure->quantile);
}

const char *ktb_trend_told_lane(const struct ktb_trend_series *series)
{
	const char *name = series->points->result->lane;
	enum ktb_lane lane;

	for (lane = 0; lane < KTB_NR_LANES; lane++)
		if (!strcmp(ktb_reader_lane_name(lane), name))
			return ktb_reader_lane_remark(lane);
	return "";
}

static bool is_same_machine(const struct ktb_history_result *a,
			    const struct ktb_history_result *b)
{
	/* Each string is there once. */
	return a->lane == b->lane && a->cpu_model == b->cpu_model &&
	       a->topology == b->topology;
}

static bool is_new_host(const struct ktb_history_result *results, size_t at)
{
	size_t i;

	for (i = 0; i < at; i++)
		if (is_same_machine(&results[i], &results[at]) &&
		    results[i].hostname == results[at].hostname)
			return false;
	return true;
}

bool ktb_trend_told_machine(const struct ktb_trend_page *page, size_t index,
			    char *text, size_t size)
{
	const struct ktb_history *history = page->trend->history;
	const struct ktb_trend_series *series = &page->trend->series[index];
	const struct ktb_history_result *one = series->points->result;
	size_t nr = 0, nr_hosts = 0, i;
	char hosts[128] = "";

	if (index && is_same_machine(series[-1].points->result, one))
		return false;
	for (i = 0; i < history->nr; i++) {
		if (!is_same_machine(&history->results[i], one))
			continue;
		nr++;
		if (is_new_host(history->results, i))
			snprintf(hosts + strlen(hosts),
				 sizeof(hosts) - strlen(hosts), "%s%s",
				 nr_hosts++ ? ", " : "",
				 history->results[i].hostname);
	}
	snprintf(text, size, "%s/%s: %s%s%s, %zu results of %s%s%s%s",
		 one->lane, series->machine,
		 *one->cpu_model ? one->cpu_model : "a CPU without a name",
		 *one->lane_detail ? ", " : "", one->lane_detail, nr,
		 nr_hosts > 1 ? "hosts " : "host ", hosts,
		 *ktb_trend_told_lane(series) ? "; " : "",
		 ktb_trend_told_lane(series));
	return true;
}

const struct ktb_history_result *
ktb_trend_told_last(const struct ktb_trend_ref *ref)
{
	return ref->series->points[ref->change->found.at - 1].result;
}

const struct ktb_history_result *
ktb_trend_told_first(const struct ktb_trend_ref *ref)
{
	return ref->series->points[ref->change->found.at].result;
}

static int64_t missed_at(const struct ktb_trend_ref *ref, size_t at)
{
	return ref->series->points[at].figure->missed;
}

static void told_missed(const struct ktb_trend_ref *ref, char *text,
			size_t size, size_t is_behind)
{
	const int64_t before = missed_at(ref, ref->change->found.at - 1);
	const int64_t after = missed_at(ref, ref->change->found.at);

	if (before != after)
		snprintf(text, size, "%speriods missed %s -> %s",
			 is_behind ? ", " : "",
			 ktb_scale_count((uint64_t)before).s,
			 ktb_scale_count((uint64_t)after).s);
}

void ktb_trend_told_others(const struct ktb_trend_ref *ref, char *text,
			   size_t size)
{
	const char *last = (const char *)ktb_trend_told_last(ref);
	const char *first = (const char *)ktb_trend_told_first(ref);
	const char *before, *after;
	size_t length = 0, i;

	*text = '\0';
	for (i = 0; i < sizeof(told_origins) / sizeof(told_origins[0]); i++) {
		memcpy(&before, last + told_origins[i].offset, sizeof(before));
		memcpy(&after, first + told_origins[i].offset, sizeof(after));
		if (!strcmp(before, after))
			continue;
		snprintf(text + length, size - length, "%s%s '%s' -> '%s'",
			 length ? ", " : "", told_origins[i].name, before,
			 after);
		length = strlen(text);
	}
	told_missed(ref, text + length, size - length, length);
}

/* Smaller comes first: new and worse and not spoken of, and so on. */
static int rank(const struct ktb_trend_change *change)
{
	if (change->row)
		return 8 + (int)change->word;
	return (change->is_new ? 0 : 4) + (int)change->word;
}

static int compare_refs(const void *left, const void *right)
{
	const struct ktb_trend_ref *a = left, *b = right;
	double size_a = fabs(a->change->percent);
	double size_b = fabs(b->change->percent);

	if (rank(a->change) != rank(b->change))
		return rank(a->change) < rank(b->change) ? -1 : 1;
	if (size_a < size_b || size_a > size_b)
		return size_a > size_b ? -1 : 1;
	if (a->series != b->series)
		return a->series < b->series ? -1 : 1;
	return (a->change > b->change) - (a->change < b->change);
}

static bool list(struct ktb_trend_page *page)
{
	const struct ktb_trend *trend = page->trend;
	struct ktb_trend_ref *ref;
	size_t nr = 0, i, j;

	for (i = 0; i < trend->nr; i++)
		nr += trend->series[i].nr_changes;
	page->refs = calloc(nr + 1, sizeof(*page->refs));
	if (!page->refs)
		return false;
	page->nr_refs = nr;
	ref = page->refs;
	for (i = 0; i < trend->nr; i++)
		for (j = 0; j < trend->series[i].nr_changes; j++, ref++) {
			ref->series = &trend->series[i];
			ref->change = &trend->series[i].changes[j];
		}
	if (nr)
		qsort(page->refs, nr, sizeof(*page->refs), compare_refs);
	return true;
}

static void note(struct ktb_trend_page *page, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void note(struct ktb_trend_page *page, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) >= 0)
		json_array_append_new(page->notes, json_string(text));
	va_end(args);
	free(text);
}

static bool has_missed(const struct ktb_history_result *result)
{
	size_t i;

	for (i = 0; i < result->nr; i++)
		if (result->figures[i].missed)
			return true;
	return false;
}

static void note_missed(struct ktb_trend_page *page)
{
	const struct ktb_history *history = page->trend->history;
	size_t nr = 0, i;

	for (i = 0; i < history->nr; i++)
		nr += has_missed(&history->results[i]);
	if (nr)
		note(page,
		     "%zu results missed periods: primary metrics are over the schedule, and series of *%s are of the periods served only, which is all that some results tell",
		     nr, KTB_READER_SERVED);
}

static void note_results(struct ktb_trend_page *page)
{
	const struct ktb_history *history = page->trend->history;
	const struct ktb_history_result *result;
	size_t nr_unseen = 0, nr_invalid = 0, nr_unfit = 0, i;
	long long invalid = 0, unfit = 0;

	for (i = 0; i < history->nr; i++) {
		result = &history->results[i];
		nr_unseen += !result->is_seen;
		nr_invalid += result->invalid > 0;
		nr_unfit += result->unfit > 0;
		invalid += result->invalid;
		unfit += result->unfit;
	}
	if (page->scan->refused)
		note(page,
		     "%zu of %zu results that were found are left out; stderr says why",
		     page->scan->refused, page->scan->found);
	if (nr_unseen)
		note(page,
		     "%zu results are in the index only; their directories were not found",
		     nr_unseen);
	if (invalid)
		note(page,
		     "%lld cells of %zu results are left out, for they are invalid or lost samples",
		     invalid, nr_invalid);
	note_missed(page);
	if (unfit)
		note(page,
		     "%lld quantiles of %zu results are left out, for they lie among early samples or past the last bucket",
		     unfit, nr_unfit);
}

static void note_no_log(struct ktb_trend_page *page)
{
	const struct ktb_trend *trend = page->trend;
	const struct ktb_trend_series *series = trend->series;
	size_t nr = trend->counts[KTB_TREND_NO_LOG];

	if (!nr)
		return;
	while (series->judged != KTB_TREND_NO_LOG)
		series++;
	note(page,
	     "%zu series are not judged, for a figure of 0 or less has no logarithm; the first: %s, which is %lld in run %s",
	     nr, series->key,
	     (long long)series->points[series->odd].figure->value,
	     series->points[series->odd].result->run);
}

static void note_series(struct ktb_trend_page *page)
{
	const struct ktb_trend *trend = page->trend;
	size_t nr_blocks = 0, i, j;

	if (trend->nr_others)
		note(page, "%zu series were not asked for (--series)",
		     trend->nr_others);
	if (trend->counts[KTB_TREND_SHORT])
		note(page,
		     "%zu series have fewer than %d points and are not judged yet",
		     trend->counts[KTB_TREND_SHORT], KTB_TREND_LEAST);
	note_no_log(page);
	for (i = 0; i < trend->nr; i++)
		for (j = 0; j < trend->series[i].nr_changes; j++)
			if (trend->series[i].changes[j].found.block > 1) {
				nr_blocks++;
				break;
			}
	if (nr_blocks)
		note(page,
		     "%zu series with a change have points that depend on the one before: blocks were permuted, and chance finds more there (docs/trend.md)",
		     nr_blocks);
	if (trend->counts[KTB_TREND_JUDGED])
		note(page,
		     "of %zu series that do not change about %.1f would be found changed by chance (alpha %g)",
		     trend->counts[KTB_TREND_JUDGED],
		     (double)trend->counts[KTB_TREND_JUDGED] *
			     trend->options->alpha,
		     trend->options->alpha);
}

/* Only those series were looked at that were asked for. */
static void note_triage(struct ktb_trend_page *page)
{
	const struct ktb_triage *triage = page->trend->triage;
	size_t i;

	if (page->trend->options->series)
		return;
	for (i = 0; triage && i < triage->nr; i++)
		if (!triage->rows[i].nr_matched)
			note(page,
			     "%s:%zu: no change is there any more for %s at %s; correct the line or take it away",
			     triage->path, triage->rows[i].line,
			     triage->rows[i].series, triage->rows[i].run);
}

bool ktb_trend_told_make(struct ktb_trend_page *page)
{
	page->notes = json_array();
	if (!page->notes || !list(page))
		return false;
	note_results(page);
	note_series(page);
	note_triage(page);
	return true;
}

void ktb_trend_told_free(struct ktb_trend_page *page)
{
	json_decref(page->notes);
	free(page->refs);
	memset(page, 0, sizeof(*page));
}
