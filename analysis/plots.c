// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Collects the pictures of a report: which there are, their data files, what
 * their scripts are told. The kinds know their data, draw.c knows gnuplot.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "draw.h"
#include "leftover.h"
#include "plot_kinds.h"
#include "schedule.h"

PLOT_KINDS(KTB_PLOT_SCRIPT)

#define PLOT_KIND_ROW(kind) { #kind, plot_script_##kind, ktb_plot_##kind },
static const struct ktb_plot_kind plots_kinds[] = { PLOT_KINDS(PLOT_KIND_ROW) };

static void plots_free_one(struct ktb_plot *plot)
{
	if (plot->data)
		fclose(plot->data);
	if (plot->settings)
		fclose(plot->settings);
	free(plot->settings_text);
	free(plot->title);
	free(plot->remark);
	free(plot->skipped);
	free(plot);
}

/* Job names may hold anything; file names hold letters, digits, - and _. */
static void plots_name(struct ktb_plots *plots, struct ktb_plot *plot)
{
	size_t number = (size_t)(plot->job - plots->findings->jobs);
	size_t same = 1;
	char safe[64];
	size_t i;

	snprintf(safe, sizeof(safe), "%s", plot->job->name);
	for (i = 0; safe[i]; i++)
		if (!isalnum((unsigned char)safe[i]) && !strchr("-_", safe[i]))
			safe[i] = '_';
	for (i = 0; i < plots->nr; i++)
		if (plots->items[i]->job == plot->job &&
		    plots->items[i]->kind == plot->kind)
			same++;
	snprintf(plot->name, sizeof(plot->name), "%02zu-%s-%s", number + 1,
		 safe, plot->kind->name);
	if (same > 1)
		snprintf(plot->name + strlen(plot->name),
			 sizeof(plot->name) - strlen(plot->name), "-%zu", same);
}

static int plots_open(struct ktb_plots *plots, struct ktb_plot *plot)
{
	char *path;

	plot->settings =
		open_memstream(&plot->settings_text, &plot->settings_size);
	if (!plot->settings ||
	    asprintf(&path, "%s/%s.dat", plots->work, plot->name) < 0)
		return ktb_fault_memory(plots->fault);
	plot->data = fopen(path, "we");
	if (!plot->data)
		ktb_fault_set(plots->fault, KTB_FAULT_SYSTEM,
			      "cannot write %s: %s", path, strerror(errno));
	free(path);
	return plot->data ? 0 : plots->fault->code;
}

struct ktb_plot *ktb_plots_begin(struct ktb_plots *plots,
				 const struct ktb_plot_kind *kind,
				 const struct ktb_job *job)
{
	struct ktb_plot **items;
	struct ktb_plot *plot;

	if (plots->nr >= KTB_PLOTS_MAX) {
		plots->nr_left_out++;
		return NULL;
	}
	items = reallocarray(plots->items, plots->nr + 1, sizeof(*items));
	if (items)
		plots->items = items;
	plot = items ? calloc(1, sizeof(*plot)) : NULL;
	if (!plot) {
		ktb_fault_memory(plots->fault);
		return NULL;
	}
	plot->kind = kind;
	plot->job = job;
	plot->width = 900;
	plot->height = 420;
	plots_name(plots, plot);
	plots->items[plots->nr++] = plot;
	return plots_open(plots, plot) ? NULL : plot;
}

/* What became of missed periods in a picture of this kind. */
static const char *plots_words_of_missed(const struct ktb_plot *plot)
{
	static const struct {
		const char *kind;
		const char *words;
	} rows[] = {
		{ "parts",
		  ", which have no parts: these are of the periods that were served" },
		{ "phases",
		  ", which have no phases: these are of the periods that were served" },
		{ "calls", "" },
		{ "rate", "" },
		{ "matrix", "" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].kind, plot->kind->name))
			return rows[i].words;
	return plot->job->workload->missed ?
		       ", each of them as late as what came instead of it" :
		       "";
}

/* A sentence on missed periods below each picture of a job that has some. */
static void plots_tell_missed(const struct ktb_plots *plots,
			      struct ktb_plot *plot)
{
	const struct ktb_findings *findings = plots->findings;
	const struct ktb_summary *cells;
	char text[256], *remark;
	uint64_t missed = 0;
	size_t i;

	/* Where results stand side by side, each tells its own. */
	if (!findings->nr_summaries || !plot->remark)
		return;
	cells = &findings->summaries[plot->job->first];
	for (i = 0; i < plot->job->nr; i++)
		missed += cells[i].is_valid ? ktb_schedule_missed(&cells[i]) :
					      0;
	if (!missed)
		return;
	if (*ktb_schedule_remark(cells, plot->job->nr, text, sizeof(text)))
		*text = (char)toupper((unsigned char)*text);
	else
		snprintf(text, sizeof(text), "Missed %s periods%s",
			 ktb_scale_count(missed).s,
			 plots_words_of_missed(plot));
	if (asprintf(&remark, "%s %s.", plot->remark, text) < 0)
		remark = NULL;
	free(plot->remark);
	plot->remark = remark;
}

int ktb_plots_end(struct ktb_plots *plots, struct ktb_plot *plot)
{
	bool bad = ferror(plot->data);

	plots_tell_missed(plots, plot);

	bad |= fclose(plot->data) != 0;
	plot->data = NULL;
	if (fclose(plot->settings) || !plot->title || !plot->remark) {
		plot->settings = NULL;
		return ktb_fault_memory(plots->fault);
	}
	plot->settings = NULL;
	if (!bad)
		return 0;
	return ktb_fault_set(plots->fault, KTB_FAULT_SYSTEM,
			     "cannot write %s/%s.dat: %s; make room and report "
			     "again",
			     plots->dir, plot->name, strerror(errno));
}

static char *__attribute__((format(printf, 1, 0)))
plots_format(const char *fmt, va_list args)
{
	char *text;

	return vasprintf(&text, fmt, args) < 0 ? NULL : text;
}

void ktb_plots_title(struct ktb_plot *plot, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	free(plot->title);
	plot->title = plots_format(fmt, args);
	va_end(args);
}

void ktb_plots_remark(struct ktb_plot *plot, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	free(plot->remark);
	plot->remark = plots_format(fmt, args);
	va_end(args);
}

void ktb_plots_set(struct ktb_plot *plot, const char *name, int64_t value)
{
	fprintf(plot->settings, "%s = %" PRId64 "\n", name, value);
}

void ktb_plots_set_text(struct ktb_plot *plot, const char *name,
			const char *text)
{
	fprintf(plot->settings, "%s = ", name);
	ktb_draw_quote(plot->settings, text);
	fputc('\n', plot->settings);
}

int ktb_plots_label(FILE *to, const char *label, int *letters)
{
	int lines = 1, length = 0;
	const char *space;

	for (; *label; label++) {
		space = strpbrk(label + 1, " =");
		if (*label == ' ' && space && *space == '=') {
			fputs("\\n", to);
			lines++;
			length = 0;
		} else if (!strchr("'\"\\", *label)) {
			fputc(*label, to);
			length++;
		}
		if (length > *letters)
			*letters = length;
	}
	return lines;
}

void ktb_plots_set_axis(struct ktb_plot *plot, const char *name,
			const struct ktb_metric *metric, int64_t divisor)
{
	const char *unit = ktb_scale_label(metric->scale, divisor);
	char text[160];

	/* Labelled tics carry units of time, but do not say instructions. */
	if (!divisor && ktb_scale_is_instructions(metric->scale))
		unit = ktb_scale_label(metric->scale,
				       ktb_scale_divisor(metric->scale, 1));
	snprintf(text, sizeof(text), "%.60s%s%s", metric->name,
		 *unit ? ", " : "", unit);
	ktb_plots_set_text(plot, name, text);
}

int ktb_plots_load(struct ktb_plots *plots, const struct ktb_summary *summary,
		   struct ktb_pool *pool)
{
	return ktb_pool_load(pool, &plots->findings->reader,
			     summary->first_line, summary->nr_lines,
			     plots->fault);
}

size_t ktb_plots_pick(size_t nr, size_t max, size_t index)
{
	if (nr <= max)
		return index < nr ? index : nr;
	return index < max ? index * (nr - 1) / (max - 1) : nr;
}

static int plots_collect(struct ktb_plots *plots)
{
	const struct ktb_findings *findings = plots->findings;
	size_t job, kind;
	int ret;

	for (job = 0; job < findings->nr_jobs; job++) {
		for (kind = 0;
		     kind < sizeof(plots_kinds) / sizeof(plots_kinds[0]);
		     kind++) {
			ret = plots_kinds[kind].collect(plots,
							&plots_kinds[kind],
							&findings->jobs[job]);
			if (ret)
				return ret;
		}
	}
	return 0;
}

const struct ktb_plot_kind *ktb_plots_kind(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(plots_kinds) / sizeof(plots_kinds[0]); i++)
		if (!strcmp(plots_kinds[i].name, name))
			return &plots_kinds[i];
	return NULL;
}

int ktb_plots_open(struct ktb_plots *plots, const struct ktb_findings *findings,
		   struct ktb_fault *fault)
{
	memset(plots, 0, sizeof(*plots));
	plots->leftover = KTB_LEFTOVER_NONE;
	plots->findings = findings;
	plots->fault = fault;
	fault->code = KTB_FAULT_NONE;
	if (asprintf(&plots->dir, "%s/plots", findings->reader.dir) < 0) {
		plots->dir = NULL;
		return ktb_fault_memory(fault);
	}
	if (asprintf(&plots->work, "%s/.new-XXXXXX", plots->dir) < 0) {
		plots->work = NULL;
		return ktb_fault_memory(fault);
	}
	if (mkdir(plots->dir, 0777) && errno != EEXIST)
		return ktb_fault_set(fault, KTB_FAULT_SYSTEM,
				     "cannot make the directory %s: %s",
				     plots->dir, strerror(errno));
	plots->leftover = ktb_leftover_directory(plots->work);
	if (plots->leftover == KTB_LEFTOVER_NONE)
		return ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot write into %s: %s; report as a user who may, or copy the directory",
			plots->dir, strerror(errno));
	return 0;
}

int ktb_plots_make(struct ktb_plots *plots, const struct ktb_findings *findings,
		   const char *gnuplot, struct ktb_fault *fault)
{
	int ret = ktb_plots_open(plots, findings, fault);

	if (!ret)
		ret = plots_collect(plots);
	return ret ? ret : ktb_draw_all(plots, gnuplot);
}

void ktb_plots_free(struct ktb_plots *plots)
{
	size_t i;

	for (i = 0; i < plots->nr; i++)
		plots_free_one(plots->items[i]);
	free(plots->items);
	/* All zero: pictures were not asked for. */
	if (plots->work)
		ktb_leftover_remove(plots->leftover);
	free(plots->work);
	free(plots->dir);
	memset(plots, 0, sizeof(*plots));
}
