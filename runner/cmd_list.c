// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench list`: workloads, their parameters and metrics, as the module or the
 * catalogue tells them.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "nearest.h"
#include "source.h"
#include "verbs.h"

#define IN_USER_SPACE " (user space, runs without the module)"

/**
 * struct list_options - options of `list`
 * @device: path of the device
 * @json: print the whole catalogue as JSON
 */
struct list_options {
	const char *device;
	bool json;
};

static const struct ktb_option table[] = {
	{ "json", 0, KTB_OPTION_FLAG, NULL, offsetof(struct list_options, json),
	  0, 0, "print the whole catalogue as JSON" },
	{ "device", 0, KTB_OPTION_FILE, "PATH",
	  offsetof(struct list_options, device), 0, 0,
	  "the device, /dev/ktbench by default" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"With names of workloads it shows their parameters (range, default) and\n"
	"metrics. Where the module is not loaded it shows the catalogue that is kept\n"
	"with the program and says so. What measures user space is there always.",
	NULL,
};

static const struct list_options defaults = { 0 };

static void print_param(const struct ktb_param *param)
{
	char range[256], def[KTB_UNITS_LEN];

	printf("    %-16s %s\n", param->name, param->help);
	printf("    %-16s %s; default %s\n", "",
	       ktb_catalog_format_range(param, range, sizeof(range)),
	       param->kind == KTB_PARAM_KIND_BOOL ?
		       (param->def ? "yes" : "no") :
		       ktb_catalog_format_value(param, param->def, def));
}

static void print_metric(const struct ktb_metric *metric)
{
	static const char *const kinds[] = { "distribution", "counter" };

	printf("    %-16s %s (%s%s%s%s%s)\n", metric->name, metric->help,
	       kinds[metric->what], metric->primary ? ", primary" : "",
	       metric->part ? ", a part of the primary one" : "",
	       metric->call ? ", the cost of a call" : "",
	       metric->loss ? ", above zero the run is invalid" : "");
}

static void print_workload(const struct ktb_workload *workload)
{
	size_t i;

	printf("%s: %s%s%s\n", workload->name, workload->help,
	       workload->arm_elsewhere ? " (can be armed on another CPU)" : "",
	       workload->is_user ? IN_USER_SPACE : "");
	if (*workload->contracts)
		printf("  stands on the contracts: %s\n", workload->contracts);
	printf("  parameters:\n");
	for (i = 0; i < workload->nr_params; i++)
		print_param(&workload->params[i]);
	printf("  metrics:\n");
	for (i = 0; i < workload->nr_metrics; i++)
		print_metric(&workload->metrics[i]);
}

static void print_line(const struct ktb_workload *workload)
{
	printf("%-16s %s%s\n", workload->name, workload->help,
	       workload->is_user ? IN_USER_SPACE : "");
}

static int print_named(const struct ktb_catalog *catalog, const char *name)
{
	const struct ktb_workload *workload;
	struct ktb_nearest nearest;
	size_t i;

	workload = ktb_catalog_workload(catalog, name);
	if (workload) {
		print_workload(workload);
		return 0;
	}
	ktb_nearest_begin(&nearest, name);
	for (i = 0; i < catalog->nr_workloads; i++)
		ktb_nearest_offer(&nearest, catalog->workloads[i].name);
	ktb_message_note(
		"there is no workload '%s'%s; `ktbench list` shows all", name,
		ktb_nearest_hint(&nearest));
	return KTB_EXIT_USAGE;
}

static int print_json(const struct ktb_catalog *catalog)
{
	json_t *json = ktb_catalog_json(catalog);

	json_dumpf(json, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(json);
	return 0;
}

static int run(const struct ktb_call *call)
{
	const struct list_options *options = call->options;
	struct ktb_source source;
	struct ktb_error err;
	int ret = 0;
	size_t i;

	if (ktb_source_open(&source, ktb_device_path(options->device), &err))
		return ktb_message_print(&err);
	ktb_source_remark(&source);
	if (options->json)
		ret = print_json(&source.catalog);
	for (i = 0; !ret && !options->json && i < call->nr_args; i++)
		ret = print_named(&source.catalog, call->args[i]);
	for (i = 0; !options->json && !call->nr_args &&
		    i < source.catalog.nr_workloads;
	     i++)
		print_line(&source.catalog.workloads[i]);
	ktb_source_close(&source);
	return ret;
}

const struct ktb_verb ktb_verb_list = {
	.name = "list",
	.summary = "Show what can be measured: workloads, parameters, metrics",
	.args = "[WORKLOAD]...",
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct list_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
