// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Curves through the cells of a series. It knows series and pictures, and
 * nothing of what is on them.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "curves.h"
#include "schedule.h"

int ktb_curves_draw(struct ktb_plots *plots, const struct ktb_plot_kind *kind,
		    const struct ktb_job *job, const char *param,
		    bool (*is_drawable)(const struct ktb_series *series,
					const struct ktb_metric *metric),
		    int (*add)(struct ktb_plots *plots,
			       const struct ktb_plot_kind *kind,
			       const struct ktb_job *job,
			       const struct ktb_series *series))
{
	const struct ktb_metric *metric = job->workload->primary;
	struct ktb_series *series;
	size_t nr, i, drawn = 0;
	int ret = 0;

	if (!metric)
		return 0;
	nr = ktb_series_make(plots->findings, job, param, &series);
	for (i = 0; i < nr && !ret; i++) {
		if (!is_drawable(&series[i], metric))
			continue;
		if (drawn++ < KTB_PLOTS_PER_JOB)
			ret = add(plots, kind, job, &series[i]);
		else
			plots->nr_left_out++;
	}
	ktb_series_free(series, nr);
	return ret;
}

bool ktb_curves_is_line(const struct ktb_series *series,
			const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	size_t nr = 0, i;

	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		nr += figures->count && figures->max > 0;
	}
	return nr >= 2;
}

void ktb_curves_extent(const struct ktb_series *series,
		       const struct ktb_metric *metric,
		       struct ktb_curves_extent *extent)
{
	const struct ktb_figures *figures;
	const struct ktb_estimate *p50;
	size_t i;

	*extent = (struct ktb_curves_extent){ .from = INT64_MAX, .to = 1 };
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		p50 = &figures->at[KTB_QUANTILE_P50];
		extent->samples += figures->count;
		extent->lost += ktb_summary_lost(series->cells[i]);
		extent->missed += ktb_schedule_missed(series->cells[i]);
		if (!figures->count)
			continue;
		if (p50->is_supported && p50->low.low > 0 &&
		    p50->low.low < extent->from)
			extent->from = p50->low.low;
		if (figures->max > 0 && figures->max < extent->from)
			extent->from = figures->max;
		if (figures->max > extent->to)
			extent->to = figures->max;
	}
	if (extent->from > extent->to)
		extent->from = extent->to;
}

static int curves_compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left;
	int64_t b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* Every value of a parameter once, ascending; NULL: there is no memory. */
static int64_t *curves_values(const struct ktb_series *series, size_t nr,
			      const char *param, size_t *nr_values)
{
	size_t room = 1, to = 0, i, j;
	int64_t *values;

	for (i = 0; i < nr; i++)
		room += series[i].nr;
	values = calloc(room, sizeof(*values));
	if (!values)
		return NULL;
	for (i = 0; i < nr; i++)
		for (j = 0; j < series[i].nr; j++)
			if (ktb_summary_param(series[i].cells[j], param,
					      &values[to]))
				to++;
	qsort(values, to, sizeof(*values), curves_compare);
	*nr_values = 0;
	for (i = 0; i < to; i++)
		if (!i || values[i] != values[i - 1])
			values[(*nr_values)++] = values[i];
	return values;
}

bool ktb_curves_numbers(struct ktb_plot *plot, const struct ktb_series *series,
			size_t nr, const char *param)
{
	enum ktb_scale scale =
		ktb_summary_param_scale(plot->job->workload, param);
	double zero = 1, at = 1, from = 1, last = 0, to;
	size_t nr_values, i;
	int64_t *values;

	values = curves_values(series, nr, param, &nr_values);
	if (!values)
		return false;
	for (i = 0; i < nr_values && values[i] <= 0; i++)
		;
	if (i < nr_values)
		zero = (double)values[i] / 10;
	to = nr_values && values[nr_values - 1] > 0 ?
		     (double)values[nr_values - 1] :
		     zero;
	fputs("xtics = \"(", plot->settings);
	for (i = 0; i < nr_values; i++) {
		at = values[i] > 0 ? (double)values[i] : zero;
		if (!i)
			from = at;
		/* Labels that would lie on each other are left out. */
		else if (log(at / last) < log(to / from) / 16)
			continue;
		fprintf(plot->settings, "%s'%s' %.15g", i ? ", " : "",
			ktb_scale_setting(scale, values[i]).s, at);
		last = at;
	}
	fprintf(plot->settings,
		")\"\nzero = %.15g\nx_from = %.15g\nx_to = %.15g\n", zero, from,
		to);
	free(values);
	return true;
}

void ktb_curves_head(FILE *to, const struct ktb_series *series,
		     const struct ktb_metric *metric, const char *names)
{
	fprintf(to, "# %s%s%s\n# %s\tmax\tn\tlost\tmissed\n", metric->name,
		*series->label ? ", " : "", series->label, names);
}

static void curves_bound(FILE *to, bool is_supported, int64_t value)
{
	if (is_supported)
		fprintf(to, "\t%" PRId64, value);
	else
		fputs("\t?", to);
}

void ktb_curves_value(FILE *to, const struct ktb_estimate *estimate)
{
	curves_bound(to, estimate->is_supported, estimate->value.high);
}

void ktb_curves_interval(FILE *to, const struct ktb_estimate *estimate)
{
	ktb_curves_value(to, estimate);
	curves_bound(to, estimate->is_supported, estimate->low.low);
	curves_bound(to, estimate->is_supported, estimate->high.high);
}

void ktb_curves_tail(FILE *to, const struct ktb_summary *summary,
		     const struct ktb_metric *metric)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);

	fprintf(to, "\t%" PRId64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n",
		figures->max, figures->count, ktb_summary_lost(summary),
		ktb_schedule_missed(summary));
}
