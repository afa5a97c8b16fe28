// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sorts the cells of a job into series. It knows summaries and nothing of
 * pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "series.h"

static bool series_is_swept(const struct ktb_summary *summary,
			    const char *param)
{
	const json_t *name;
	size_t i;

	json_array_foreach(summary->swept, i, name)
		if (!strcmp(json_string_value(name), param))
			return true;
	return false;
}

/* The first one that a job sweeps is drawn. */
static const struct ktb_series_axis series_axes[] = {
	{ "timers", "number of timers", false },
	{ "threads", "number of threads", false },
	{ "population", "number of other threads", false },
	{ "time", "asked time", true },
	{ "creators", "number of creators", false },
	{ "pending", "number of pending timers", false },
	{ "background", "number of background timers", false },
	{ "period", "period", false },
	{ "delay", "asked delay", true },
};

const struct ktb_series_axis *
ktb_series_axis(const struct ktb_findings *findings, const struct ktb_job *job)
{
	const struct ktb_summary *summary = &findings->summaries[job->first];
	int64_t value;
	size_t i;

	for (i = 0; i < sizeof(series_axes) / sizeof(series_axes[0]); i++)
		if (series_is_swept(summary, series_axes[i].param) &&
		    ktb_summary_param(summary, series_axes[i].param, &value))
			return &series_axes[i];
	return NULL;
}

/* Insert a cell behind the ones with a smaller value. */
static bool series_insert(struct ktb_series *series,
			  const struct ktb_summary *summary, const char *param)
{
	const struct ktb_summary **cells;
	int64_t value = 0, other = 0;
	size_t at = series->nr;

	cells = reallocarray(series->cells, series->nr + 1, sizeof(*cells));
	if (!cells)
		return false;
	series->cells = cells;
	ktb_summary_param(summary, param, &value);
	for (; at; at--) {
		ktb_summary_param(cells[at - 1], param, &other);
		if (other <= value)
			break;
		cells[at] = cells[at - 1];
	}
	cells[at] = summary;
	series->nr++;
	return true;
}

static struct ktb_series *series_find(struct ktb_series **series, size_t *nr,
				      const char *label)
{
	struct ktb_series *more;
	size_t i;

	for (i = 0; i < *nr; i++)
		if (!strcmp((*series)[i].label, label))
			return &(*series)[i];
	more = reallocarray(*series, *nr + 1, sizeof(*more));
	if (!more)
		return NULL;
	*series = more;
	memset(&more[*nr], 0, sizeof(*more));
	snprintf(more[*nr].label, sizeof(more[*nr].label), "%s", label);
	return &more[(*nr)++];
}

size_t ktb_series_make(const struct ktb_findings *findings,
		       const struct ktb_job *job, const char *param,
		       struct ktb_series **series)
{
	char label[sizeof((*series)->label)];
	const struct ktb_summary *summary;
	struct ktb_series *one;
	size_t nr = 0;
	size_t i;

	*series = NULL;
	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &findings->summaries[i];
		if (!summary->is_valid || !series_is_swept(summary, param))
			continue;
		ktb_summary_label(summary, param, label, sizeof(label));
		one = series_find(series, &nr, label);
		if (!one || !series_insert(one, summary, param)) {
			ktb_series_free(*series, nr);
			*series = NULL;
			return 0;
		}
	}
	return nr;
}

bool ktb_series_has(const struct ktb_series *series,
		    const struct ktb_metric *metric, enum ktb_quantile q)
{
	const struct ktb_estimate *estimate;
	size_t i;

	for (i = 0; i < series->nr; i++) {
		estimate =
			&ktb_summary_figures(series->cells[i], metric)->at[q];
		if (estimate->is_supported && estimate->value.high > 0)
			return true;
	}
	return false;
}

void ktb_series_free(struct ktb_series *series, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free(series[i].cells);
	free(series);
}
