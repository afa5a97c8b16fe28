// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The report of several results side by side: gather all, then write. It knows
 * the order of things and nothing of how any of them is done.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out_together.h"
#include "report.h"
#include "whole.h"

static void together_html(const void *beside, FILE *to)
{
	ktb_out_together_html(beside, to);
}

static void together_text(const void *beside, FILE *to)
{
	ktb_out_together_text(beside, to);
}

/* A directory of its own: not a result, which has such files too. */
static int together_prepare(const char *dir, struct ktb_fault *fault)
{
	bool is_result;
	char *path;

	if (asprintf(&path, "%s/result.json", dir) < 0)
		return ktb_fault_memory(fault);
	is_result = !access(path, F_OK);
	free(path);
	if (is_result)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s is a result, whose own report would be overwritten; give another directory",
			dir);
	if (mkdir(dir, 0777) && errno != EEXIST)
		return ktb_fault_set(fault, KTB_FAULT_SYSTEM,
				     "cannot make the directory %s: %s", dir,
				     strerror(errno));
	return 0;
}

static int together_write(struct ktb_beside *beside,
			  const struct ktb_report_options *opt,
			  struct ktb_fault *fault)
{
	const char *dir = beside->frame.reader.dir;
	int ret = together_prepare(dir, fault);

	if (!ret && !opt->no_plots)
		ret = ktb_beside_draw(beside, opt->gnuplot, fault);
	if (!ret)
		ret = ktb_whole_write(dir, "report.html", together_html, beside,
				      fault);
	return ret || opt->quiet ? ret :
				   ktb_whole_say(together_text, beside, fault);
}

int ktb_report_together(const char *dir, char *const *dirs, size_t nr,
			const struct ktb_report_options *opt)
{
	const struct ktb_report_options defaults = { 0 };
	struct ktb_beside beside = { 0 };
	struct ktb_together together;
	struct ktb_fault fault = { 0 };
	int ret;

	if (!opt)
		opt = &defaults;
	ret = ktb_together_gather(&together, dirs, nr, &fault);
	if (!ret && !ktb_beside_init(&beside, &together, dir))
		ret = ktb_fault_memory(&fault);
	beside.no_plots = opt->no_plots;
	if (!ret)
		ret = together_write(&beside, opt, &fault);
	if (ret)
		ktb_fault_print(&fault);
	ktb_beside_free(&beside);
	ktb_together_free(&together);
	return ret;
}
