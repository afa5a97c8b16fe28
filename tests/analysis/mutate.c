// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files that are damaged in one place or three, and all that the analysis makes of
 * them: each is read, or refused with one sentence.
 *
 *	mutate DIR SEED NR
 *
 * DIR has A/1, A/2, B/1 and B/2, which are results, figures.json, trend.jsonl,
 * check.json, and plan/plan.json. B/1, plan.json and copies of the others are damaged, NR times; the first number that is printed is
 * that of the damage at work, so that a crash has one: `mutate DIR SEED 1` with SEED
 * plus that number makes it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/compare.h"
#include "analysis/conformance.h"
#include "analysis/export.h"
#include "analysis/figures.h"
#include "analysis/history.h"
#include "analysis/out.h"
#include "analysis/out_compare.h"
#include "analysis/out_together.h"
#include "analysis/together.h"
#include "analysis/trend.h"
#include "runner/boots_file.h"
#include "tests/analysis/mutation.h"

static const char *mutate_dir;
static size_t mutate_read, mutate_refused;

static char *path_of(const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", mutate_dir, name) < 0)
		abort();
	return path;
}

static struct mutation_text load(const char *name)
{
	char *path = path_of(name);
	FILE *from = fopen(path, "re");
	struct mutation_text text = { NULL, 0 };
	size_t room = 0;
	ssize_t got;

	got = from ? getdelim(&text.at, &room, '\0', from) : -1;
	if (got < 0) {
		perror(path);
		exit(2);
	}
	text.size = (size_t)got;
	fclose(from);
	free(path);
	return text;
}

static void store(const char *name, const struct mutation_text *text)
{
	char *path = path_of(name);
	FILE *to = fopen(path, "we");

	if (!to || fwrite(text->at, 1, text->size, to) != text->size ||
	    fclose(to)) {
		perror(path);
		exit(2);
	}
	free(path);
}

/* Was it read, or refused with one sentence? */
static bool judge(const char *what, int ret, const struct ktb_fault *fault)
{
	if (!ret) {
		mutate_read++;
		return true;
	}
	if (ret == fault->code && (ret == KTB_FAULT_USAGE || ret == 6) &&
	    *fault->text && !strchr(fault->text, '\n')) {
		mutate_refused++;
		return false;
	}
	printf("%s: %d, code %d, '%s'\n", what, ret, fault->code, fault->text);
	exit(1);
}

static void tell_page(const char *dir)
{
	struct ktb_machine machine = { 0 };
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	struct ktb_plots plots = { 0 };
	struct ktb_page page = { &findings, &plots, &machine, false };
	FILE *to = fopen("/dev/null", "we");

	if (judge("report", ktb_findings_gather(&findings, dir, &fault),
		  &fault)) {
		free(findings.reader.dir);
		findings.reader.dir = strdup(mutate_dir);
		if (!mutation_draw(8))
			judge("plots",
			      ktb_plots_make(&plots, &findings, "true", &fault),
			      &fault);
		page.no_plots = !plots.nr;
		ktb_out_html(&page, to);
		ktb_out_text(&page, to);
	}
	fclose(to);
	ktb_plots_free(&plots);
	ktb_findings_free(&findings);
}

static void tell_exports(char *dir)
{
	const struct ktb_export_format *const *format = ktb_export_formats;
	struct ktb_fault fault;
	FILE *to = fopen("/dev/null", "we");

	for (; *format; format++) {
		fault = (struct ktb_fault){ 0 };
		judge((*format)->name,
		      ktb_export_write(*format, &dir, 1, NULL, to, &fault),
		      &fault);
	}
	fclose(to);
}

static void tell_together(char *dir, char *other)
{
	char *const dirs[] = { other, dir };
	struct ktb_fault fault = { 0 };
	struct ktb_together together;
	struct ktb_beside beside = { 0 };
	FILE *to = fopen("/dev/null", "we");

	if (judge("together", ktb_together_gather(&together, dirs, 2, &fault),
		  &fault) &&
	    ktb_beside_init(&beside, &together, mutate_dir)) {
		beside.no_plots = true;
		ktb_out_together_html(&beside, to);
		ktb_out_together_text(&beside, to);
	}
	ktb_beside_free(&beside);
	ktb_together_free(&together);
	fclose(to);
}

static void tell_compare(const char *a, const char *b)
{
	const struct ktb_compare_options options = {
		.alpha = KTB_JUDGE_ALPHA,
		.seed = 1,
		.is_forced = true,
		.tolerance = (unsigned int)mutation_draw(2) * 1000,
	};
	const struct ktb_compare_format *format = ktb_compare_formats;
	const char *const paths[] = { a, b };
	struct ktb_comparison comparison;
	struct ktb_fault fault = { 0 };
	FILE *to = fopen("/dev/null", "we");

	if (judge("compare", ktb_compare(&comparison, paths, &options, &fault),
		  &fault))
		for (; format->name; format++)
			format->write(&comparison, to);
	ktb_compare_free(&comparison);
	fclose(to);
}

static void tell_trend(const char *index)
{
	const struct ktb_trend_options options = { .alpha = 0.05 };
	struct ktb_history history;
	struct ktb_trend trend = { 0 };
	struct ktb_fault fault = { 0 };

	if (!ktb_history_init(&history))
		abort();
	if (judge("index", ktb_history_read(&history, index, &fault), &fault)) {
		ktb_history_sort(&history);
		judge("trend",
		      ktb_trend_make(&trend, &history, &options, NULL, &fault),
		      &fault);
	}
	ktb_trend_free(&trend);
	ktb_history_free(&history);
}

static void tell_check(char *path)
{
	struct ktb_conformance conformance = { 0 };
	struct ktb_fault fault = { 0 };

	judge("check", ktb_conformance_read(&conformance, &path, 1, &fault),
	      &fault);
	ktb_conformance_free(&conformance);
}

static void tell_plan(const char *dir)
{
	struct ktb_fault fault = { 0 };
	struct ktb_error err = { 0 };
	struct ktb_boots plan;
	int ret = ktb_boots_file_read(dir, &plan, &err);

	fault.code = err.code;
	snprintf(fault.text, sizeof(fault.text), "%.1000s", err.text);
	judge("plan", ret, &fault);
	ktb_boots_free(&plan);
}

/* What is damaged, and what it goes to. */
enum kind {
	OF_RESULT,
	OF_CELLS,
	OF_FIGURES,
	OF_INDEX,
	OF_CHECK,
	OF_PLAN,
	NR_KINDS,
};

static const struct {
	const char *good;
	const char *bad;
} files[NR_KINDS] = {
	[OF_RESULT] = { "B/1/result.json", "B/1/result.json" },
	[OF_CELLS] = { "B/1/cells.jsonl", "B/1/cells.jsonl" },
	[OF_FIGURES] = { "figures.json", "bad.figures" },
	[OF_INDEX] = { "trend.jsonl", "bad.index" },
	[OF_CHECK] = { "check.json", "bad.check" },
	[OF_PLAN] = { "plan/plan.json", "plan/plan.json" },
};

static void tell_result(void)
{
	char *good = path_of("A/1"), *bad = path_of("B/1");
	char *a = path_of("A"), *b = path_of("B");

	tell_page(bad);
	tell_exports(bad);
	tell_together(bad, good);
	tell_compare(a, b);
	free(good);
	free(bad);
	free(a);
	free(b);
}

static void tell_all(enum kind kind)
{
	char *good = path_of(files[kind].good), *bad = path_of(files[kind].bad);
	char *plan = path_of("plan");

	switch (kind) {
	case OF_FIGURES:
		tell_compare(good, bad);
		break;
	case OF_INDEX:
		tell_trend(bad);
		break;
	case OF_CHECK:
		tell_check(bad);
		break;
	case OF_PLAN:
		tell_plan(plan);
		break;
	default:
		tell_result();
	}
	free(good);
	free(bad);
	free(plan);
}

int main(int argc, char **argv)
{
	struct mutation_text good[NR_KINDS], bad;
	uint64_t seed, nr, i;
	enum kind kind;
	size_t times;

	if (argc != 4)
		return 2;
	mutate_dir = argv[1];
	seed = strtoull(argv[2], NULL, 10);
	nr = strtoull(argv[3], NULL, 10);
	setvbuf(stdout, NULL, _IONBF, 0);
	for (kind = 0; kind < NR_KINDS; kind++)
		good[kind] = load(files[kind].good);
	for (i = 0; i < nr; i++) {
		printf("\r%" PRIu64 " ", i);
		mutation_seed(seed + i);
		kind = (enum kind)mutation_draw(NR_KINDS + 4);
		kind = kind < NR_KINDS ? kind : kind % 2 ? OF_CELLS : OF_RESULT;
		bad = (struct mutation_text){ malloc(good[kind].size + 1),
					      good[kind].size };
		memcpy(bad.at, good[kind].at, bad.size);
		for (times = mutation_draw(3) + 1; times && bad.size; times--)
			mutation_make(&bad);
		store(files[kind].bad, &bad);
		tell_all(kind);
		store(files[kind].bad, &good[kind]);
		free(bad.at);
	}
	for (kind = 0; kind < NR_KINDS; kind++)
		free(good[kind].at);
	printf("\r%" PRIu64
	       " damaged files: %zu times read, %zu times refused\n",
	       nr, mutate_read, mutate_refused);
	return mutate_read && mutate_refused ? 0 : 1;
}
