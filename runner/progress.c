// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Progress on stderr. It may not know the device.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

int64_t ktb_progress_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* A terminal that knows nothing but text, as in an editor or a log. */
static bool can_clear(void)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb");
}

void ktb_progress_begin(struct ktb_progress *progress,
			const struct ktb_plan *plan, bool is_quiet)
{
	*progress = (struct ktb_progress){
		.plan = plan,
		.is_quiet = is_quiet,
		.is_terminal = isatty(STDERR_FILENO) && can_clear(),
		.began_ns = ktb_progress_now(),
	};
}

bool ktb_progress_looks(const struct ktb_progress *progress)
{
	return progress->is_terminal && !progress->is_quiet;
}

int64_t ktb_progress_left(const struct ktb_progress *progress, int64_t now_ns)
{
	int64_t each_ns = KTB_PLAN_OVERHEAD_NS;
	int64_t left_ns;

	if (progress->done)
		each_ns = progress->overhead_ns / (int64_t)progress->done;
	left_ns = ktb_plan_estimate(progress->plan, progress->done, each_ns) -
		  (now_ns - progress->began_ns);
	return left_ns > 0 ? left_ns : 0;
}

static void print_run(const struct ktb_progress *progress)
{
	const struct ktb_run *run = &progress->plan->runs[progress->done];
	const struct ktb_cell *cell = &progress->plan->cells[run->cell];
	const struct ktb_job *job = ktb_plan_job(progress->plan, cell);
	char text[256];

	ktb_plan_describe(progress->plan, cell, true, text, sizeof(text));
	fprintf(stderr, "[%zu/%zu] %s%s%s", progress->done + 1,
		progress->plan->nr_runs, job->name, *text ? " " : "", text);
	if (job->repetitions > 1)
		fprintf(stderr, ", repetition %" PRId64 " of %" PRId64,
			run->repetition + 1, job->repetitions);
}

/* To the line's begin, and the rest of the line is blank. */
static void clear_line(const struct ktb_progress *progress)
{
	if (progress->is_terminal)
		fputs("\r\033[K", stderr);
}

static void print_counts(uint64_t samples, uint64_t missed)
{
	fprintf(stderr, "%" PRIu64 " samples", samples);
	if (missed)
		fprintf(stderr, ", missed %" PRIu64, missed);
}

void ktb_progress_look(struct ktb_progress *progress, uint64_t samples,
		       uint64_t missed)
{
	char left[KTB_UNITS_LEN];

	if (!ktb_progress_looks(progress))
		return;
	clear_line(progress);
	print_run(progress);
	fputs(": ", stderr);
	print_counts(samples, missed);
	fprintf(stderr, "; about %s left",
		ktb_units_about(ktb_progress_left(progress, ktb_progress_now()),
				left));
	fflush(stderr);
}

void ktb_progress_run(struct ktb_progress *progress)
{
	progress->began_ns = ktb_progress_now();
	ktb_progress_look(progress, 0, 0);
}

void ktb_progress_done(struct ktb_progress *progress, uint64_t samples,
		       uint64_t missed, const char *state, const char *reason)
{
	const struct ktb_run *run = &progress->plan->runs[progress->done];
	const int64_t now_ns = ktb_progress_now();
	char left[KTB_UNITS_LEN];

	progress->overhead_ns += now_ns - progress->began_ns -
				 ktb_plan_nominal(progress->plan, run);
	/* A run that was cut short says nothing about what runs cost. */
	if (progress->overhead_ns < 0)
		progress->overhead_ns = 0;
	if (!progress->is_quiet) {
		clear_line(progress);
		print_run(progress);
		fprintf(stderr, ": %s, ", state);
		print_counts(samples, missed);
		fprintf(stderr, "%s%s", *reason ? ": " : "", reason);
	}
	progress->done++;
	progress->began_ns = now_ns;
	if (progress->is_quiet)
		return;
	if (progress->done < progress->plan->nr_runs &&
	    strcmp(state, "interrupted"))
		fprintf(stderr, "; about %s left",
			ktb_units_about(ktb_progress_left(progress, now_ns),
					left));
	fputc('\n', stderr);
}
