// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench check`: the contracts of the kernel's timers and threads, put to the
 * test in this kernel, as KTAP or as JSON.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "../analysis/conformance.h"
#include "access.h"
#include "checks.h"
#include "lane.h"
#include "verbs.h"

#define SCHEMA_VERSION 1

/**
 * struct check_options - options of `check`
 * @list: tell what there is, and perform nothing
 * @json: print what was found as JSON
 * @table: the arguments are files of @json, to be put side by side
 * @claims: claims that they decide; NULL: none
 * @device: path of the device; NULL: the usual one
 * @module: module to load and unload
 */
struct check_options {
	bool list;
	bool json;
	bool table;
	const char *claims;
	const char *device;
	const char *module;
};

static const struct ktb_option table[] = {
	{ "list", 'l', KTB_OPTION_FLAG, NULL,
	  offsetof(struct check_options, list), 0, 0,
	  "print the contracts and where the kernel tells them, check nothing" },
	{ "json", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct check_options, json), 0, 0,
	  "print what was found as JSON" },
	{ "table", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct check_options, table), 0, 0,
	  "put files that --json has written in other kernels side by side, as Markdown" },
	{ "claims", 0, KTB_OPTION_FILE, "FILE",
	  offsetof(struct check_options, claims), 0, 0,
	  "with --table: claims that the checks decide, a row each" },
	{ "module", 'm', KTB_OPTION_FILE, "FILE",
	  offsetof(struct check_options, module), 0, 0,
	  "load this ktbench.ko for the checks and unload it after" },
	{ "device", 0, KTB_OPTION_FILE, "PATH",
	  offsetof(struct check_options, device), 0, 0,
	  "the device, /dev/ktbench by default" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Checks in this kernel what it promises of its timers and threads, and prints\n"
	"KTAP: for each contract what was seen, and whether it holds. PATTERN is a name,\n"
	"a subject (the part before the dot), or a pattern of the shell's for either;\n"
	"without one all are checked.",
	"A contract that this kernel has in another form is `ok`, with a line that says\n"
	"what it promises instead. What cannot be checked here is skipped, with a reason.",
	"With --table the arguments are files, one a kernel, and nothing is checked.",
	"While a check lasts no CPU can go online or offline.",
	NULL,
};

static const struct check_options defaults = { 0 };

/**
 * struct checking - what the verb has taken, to be given back
 * @options: its options
 * @device: the session
 * @info: what the module and the kernel are
 * @lane: where this is
 * @checks: what there is, and what was found
 * @err: the first error
 */
struct checking {
	const struct check_options *options;
	struct ktb_device *device;
	struct ktb_device_info info;
	struct ktb_lane lane;
	struct ktb_checks checks;
	struct ktb_error err;
};

static int open_device(struct checking *checking)
{
	const char *path = ktb_device_path(checking->options->device);
	int error;

	checking->device =
		ktb_device_open(ktb_device_io, path, &checking->info, &error);
	if (checking->device)
		return 0;
	return ktb_access_explain(KTB_ACCESS_OPEN, error, path, NULL,
				  &checking->err);
}

static int want(struct checking *checking, const struct ktb_call *call)
{
	size_t i;
	int ret;

	ret = ktb_checks_read(&checking->checks, checking->device,
			      &checking->err);
	for (i = 0; !ret && i < call->nr_args; i++)
		ret = ktb_checks_want(&checking->checks, call->args[i],
				      &checking->err);
	if (!ret && !call->nr_args)
		ret = ktb_checks_want(&checking->checks, "*", &checking->err);
	return ret;
}

static void list(const struct ktb_checks *checks)
{
	const struct ktb_device_check *is;
	size_t i;

	for (i = 0; i < checks->nr; i++) {
		is = &checks->check[i].is;
		if (checks->check[i].is_wanted)
			printf("%s\n    %s\n    %s\n", is->name, is->contract,
			       is->source);
	}
}

/* Remarks stand in front of the line that they belong to. */
static void print_evidence(const struct ktb_check *check)
{
	const char *text = check->verdict.evidence;
	size_t length;

	printf("# %s: %s\n", check->is.name, check->is.contract);
	for (; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		printf("#   %.*s\n", (int)length, text);
	}
	if (check->verdict.found == KTB_FOUND_CHANGED)
		printf("#   changed: %s\n", check->verdict.reason);
	if (check->verdict.found == KTB_FOUND_FAILS)
		printf("#   does not hold: %s [%s]\n", check->verdict.reason,
		       check->is.source);
}

static void print_ktap(const struct ktb_check *check, size_t number)
{
	bool fails = check->verdict.found == KTB_FOUND_FAILS;

	print_evidence(check);
	printf("%sok %zu %s", fails ? "not " : "", number, check->is.name);
	if (check->verdict.found == KTB_FOUND_SKIPPED)
		printf(" # SKIP %s", check->verdict.reason);
	putchar('\n');
	fflush(stdout);
}

static size_t nr_wanted(const struct ktb_checks *checks)
{
	size_t i, nr = 0;

	for (i = 0; i < checks->nr; i++)
		nr += checks->check[i].is_wanted;
	return nr;
}

static int perform(struct checking *checking)
{
	struct ktb_checks *checks = &checking->checks;
	bool ktap = !checking->options->json;
	size_t i, number = 0;
	int ret = 0;

	if (ktap)
		printf("KTAP version 1\n1..%zu\n", nr_wanted(checks));
	for (i = 0; i < checks->nr && !ret; i++) {
		if (!checks->check[i].is_wanted)
			continue;
		ret = ktb_checks_perform(checks, i, checking->device,
					 &checking->err);
		if (!ret && ktap)
			print_ktap(&checks->check[i], ++number);
	}
	return ret;
}

static json_t *summary_json(const struct ktb_checks *checks)
{
	json_t *summary = json_object();
	int found;

	for (found = 0; found < KTB_NR_FOUNDS; found++)
		json_object_set_new(summary, ktb_checks_found[found],
				    json_integer((json_int_t)ktb_checks_count(
					    checks, (enum ktb_found)found)));
	return summary;
}

static void print_json(const struct checking *checking)
{
	struct utsname name = { 0 };
	json_t *json;

	uname(&name);
	json = json_pack(
		"{s:s, s:i, s:{s:s, s:s, s:s, s:i, s:b}, s:{s:s}, s:s, s:s, s:I, s:o, s:o}",
		"schema", "ktbench-check", "schema_version", SCHEMA_VERSION,
		"kernel", "release", name.release, "version", name.version,
		"machine", name.machine, "hz", (int)checking->info.hz,
		"preempt_rt", checking->info.preempt_rt, "module", "build",
		checking->info.build, "lane", checking->lane.name,
		"lane_detail", checking->lane.detail, "cpus_online",
		(json_int_t)sysconf(_SC_NPROCESSORS_ONLN), "checks",
		ktb_checks_json(&checking->checks), "summary",
		summary_json(&checking->checks));
	json_dumpf(json, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(json);
}

static int tell(const struct checking *checking)
{
	const struct ktb_checks *checks = &checking->checks;
	size_t fails = ktb_checks_count(checks, KTB_FOUND_FAILS);
	size_t skipped = ktb_checks_count(checks, KTB_FOUND_SKIPPED);
	size_t holds = ktb_checks_count(checks, KTB_FOUND_HOLDS);
	size_t changed = ktb_checks_count(checks, KTB_FOUND_CHANGED);

	if (checking->options->json)
		print_json(checking);
	else
		printf("# %zu contracts: %zu hold, %zu changed, %zu skipped, %zu do not hold\n"
		       "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n",
		       holds + changed + skipped + fails, holds, changed,
		       skipped, fails, holds + changed, fails, skipped);
	if (fails)
		return KTB_EXIT_WORSE;
	return holds + changed ? 0 : KTB_EXIT_SKIPPED;
}

static int check(struct checking *checking, const struct ktb_call *call)
{
	int ret = ktb_lane_find(&checking->lane, &checking->err);

	if (!ret)
		ret = open_device(checking);
	if (!ret)
		ret = want(checking, call);
	if (!ret && checking->options->list) {
		list(&checking->checks);
		return 0;
	}
	if (!ret)
		ret = perform(checking);
	return ret ? ktb_message_print(&checking->err) : tell(checking);
}

static int table_of_kernels(const struct ktb_call *call)
{
	const struct check_options *options = call->options;

	if (options->table && call->nr_args)
		return ktb_conformance_write(call->args, call->nr_args,
					     options->claims);
	ktb_message_note(
		options->table ?
			"--table puts files side by side and none is given" :
			"--claims goes with --table only");
	return KTB_EXIT_USAGE;
}

static int run(const struct ktb_call *call)
{
	struct checking checking = { .options = call->options };
	const char *module = checking.options->module;
	int ret;

	if (checking.options->table || checking.options->claims)
		return table_of_kernels(call);
	if (module && ktb_access_load(module, &checking.err))
		return ktb_message_print(&checking.err);
	ret = check(&checking, call);
	ktb_checks_free(&checking.checks);
	ktb_device_close(checking.device);
	if (module && ktb_access_unload(&checking.err)) {
		ktb_message_print(&checking.err);
		ret = ret ? ret : KTB_EXIT_DEVICE;
	}
	return ret;
}

const struct ktb_verb ktb_verb_check = {
	.name = "check",
	.summary = "Check what this kernel promises of its timers and threads",
	.args = "[PATTERN | FILE]...",
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct check_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
