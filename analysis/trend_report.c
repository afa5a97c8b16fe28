// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The trend: read the index, look for results, write the index, find the changes,
 * tell them. It knows the order of things and nothing of how any of them is done.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "history_scan.h"
#include "out_trend.h"
#include "plot_trend.h"
#include "trend_report.h"
#include "whole.h"

/* Of 10 ms, for the lock of an index. */
#define LOCK_NAPS 3000

/*
 * From reading an index to writing it, nobody else does: what one has found would be
 * lost by the other. Who waits for too long goes on: a lock that something else holds
 * on the directory must not stop a report, and what is lost is found again.
 */
static int lock(const char *index)
{
	const struct timespec nap = { .tv_nsec = 10000000 };
	char *copy = strdup(index);
	int fd = -1, tries;

	if (copy)
		fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (tries = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) &&
			errno == EWOULDBLOCK && tries < LOCK_NAPS;
	     tries++)
		nanosleep(&nap, NULL);
	free(copy);
	return fd;
}

static int gather(struct ktb_history *history,
		  const struct ktb_trend_request *request,
		  struct ktb_history_scan *scan, struct ktb_fault *fault)
{
	const char *index;
	int locked = -1;
	char *own = NULL;
	bool is_other;
	int ret = 0;
	size_t i;

	if (!ktb_history_init(history) ||
	    asprintf(&own, "%s/" KTB_HISTORY_FILE, request->dirs[0]) < 0)
		return ktb_fault_memory(fault);
	index = request->index ? request->index : own;
	locked = lock(index);
	if (!request->is_rebuild)
		ret = ktb_history_read(history, index, fault);
	for (i = 0; !ret && i < request->nr_dirs; i++)
		ret = ktb_history_scan(history, request->dirs[i], scan, fault);
	if (!ret && !history->nr)
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: no result that could be used, of %zu that were found up to %d directories down; give a directory that has results of `ktbench run` in it",
			request->dirs[0], scan->found, KTB_HISTORY_SCAN_DEPTH);
	/* What was read and has not grown is what is written there. */
	is_other = ktb_history_sort(history) || scan->read ||
		   request->is_rebuild;
	if (!ret && is_other)
		ret = ktb_history_write(history, index, fault);
	if (ret == KTB_FAULT_SYSTEM && !request->index)
		ktb_fault_note(
			"the index is %s; --index FILE puts it somewhere else",
			own);
	if (locked >= 0)
		close(locked);
	free(own);
	return ret;
}

static int draw(const struct ktb_trend_page *page,
		const struct ktb_trend_request *request,
		struct ktb_fault *fault)
{
	struct ktb_trend_pictures pictures = { .page = page };
	int ret;

	if (mkdir(request->output, 0777) && errno != EEXIST)
		return ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot make the directory %s: %s; give another one with --output",
			request->output, strerror(errno));
	ret = ktb_plot_trend_draw(&pictures, request->output, request->is_all,
				  request->gnuplot, fault);
	if (!ret)
		ret = ktb_whole_write(request->output, "trend.html",
				      ktb_out_trend_html, &pictures, fault);
	ktb_plot_trend_free(&pictures);
	return ret;
}

static void tell_text(const void *page, FILE *to)
{
	ktb_out_trend_text(page, to);
}

/* Made before a byte of it is printed: what fails then is the printing. */
static int tell_json(const struct ktb_trend_page *page, struct ktb_fault *fault)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	bool fine = to && ktb_out_trend_json(page, to);
	int ret;

	fine = to && !fclose(to) && fine;
	ret = fine ? ktb_whole_stdout(text, size, fault) :
		     ktb_fault_memory(fault);
	free(text);
	return ret;
}

static int tell(const struct ktb_trend *trend,
		const struct ktb_history_scan *scan,
		const struct ktb_trend_request *request,
		struct ktb_fault *fault)
{
	struct ktb_trend_page page = { .trend = trend, .scan = scan };
	int ret = 0;

	if (!ktb_trend_told_make(&page))
		ret = ktb_fault_memory(fault);
	if (!ret && request->output)
		ret = draw(&page, request, fault);
	if (!ret && request->is_json)
		ret = tell_json(&page, fault);
	else if (!ret)
		ret = ktb_whole_say(tell_text, &page, fault);
	ktb_trend_told_free(&page);
	return ret;
}

int ktb_trend_report(const struct ktb_trend_request *request, bool *is_worse)
{
	struct ktb_history history = { 0 };
	struct ktb_history_scan scan = { 0 };
	struct ktb_triage triage = { 0 };
	struct ktb_trend trend = { 0 };
	struct ktb_fault fault = { 0 };
	int ret = 0;

	/* What is quickly seen to be wrong comes first. */
	if (request->triage)
		ret = ktb_triage_read(&triage, request->triage, &fault);
	if (!ret)
		ret = gather(&history, request, &scan, &fault);
	if (!ret)
		ret = ktb_trend_make(&trend, &history, &request->options,
				     request->triage ? &triage : NULL, &fault);
	if (!ret)
		ret = tell(&trend, &scan, request, &fault);
	*is_worse = !ret && trend.nr_new_worse;
	if (ret)
		ktb_fault_print(&fault);
	ktb_trend_free(&trend);
	ktb_triage_free(&triage);
	ktb_history_free(&history);
	return ret;
}
