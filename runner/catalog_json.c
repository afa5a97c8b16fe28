// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The catalogue as JSON: what results keep of a workload, and the file that
 * lets `list` and `--dry-run` work where there is no module. It may not know
 * the device.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "catalog.h"
#include "text.h"

static const char *const kind_names[] = { "int", "bool", "enum" };
static const char *const unit_names[] = { "none", "ns", "count", "bytes",
					  "ps" };
static const char *const what_names[] = { "distribution", "counter" };
static const char *const where_names[] = { "any", "hardirq", "softirq",
					   "thread" };

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Where the catalogue lies, from the directory of the program. */
static const char *const beside_program[] = {
	"../runner/catalog.json",
	"../share/ktbench/catalog.json",
};

static json_t *param_json(const struct ktb_param *param)
{
	json_t *choices = json_array();
	size_t i;

	for (i = 0; i < param->nr_choices; i++)
		json_array_append_new(choices, json_string(param->choices[i]));
	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:o, s:b, s:s}",
			 "name", param->name, "type", kind_names[param->kind],
			 "unit", unit_names[param->unit], "min",
			 (json_int_t)param->min, "max", (json_int_t)param->max,
			 "default", (json_int_t)param->def, "choices", choices,
			 "common", param->common, "help", param->help);
}

static json_t *metric_json(const struct ktb_metric *metric)
{
	return json_pack(
		"{s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:s}",
		"name", metric->name, "kind", what_names[metric->what], "unit",
		unit_names[metric->unit], "context", where_names[metric->where],
		"primary", metric->primary, "part", metric->part, "loss",
		metric->loss, "phase", metric->phase, "call", metric->call,
		"rate", metric->rate, "missed", metric->missed, "help",
		metric->help);
}

json_t *ktb_catalog_workload_json(const struct ktb_workload *workload)
{
	json_t *params = json_array();
	json_t *metrics = json_array();
	size_t i;

	for (i = 0; i < workload->nr_params; i++)
		json_array_append_new(params, param_json(&workload->params[i]));
	for (i = 0; i < workload->nr_metrics; i++)
		json_array_append_new(metrics,
				      metric_json(&workload->metrics[i]));
	return json_pack("{s:s, s:b, s:s, s:o, s:o}", "help", workload->help,
			 "user", workload->is_user, "contracts",
			 workload->contracts, "params", params, "metrics",
			 metrics);
}

json_t *ktb_catalog_json(const struct ktb_catalog *catalog)
{
	const struct ktb_workload *workload;
	json_t *all = json_array();
	json_t *one;
	size_t i;

	for (i = 0; i < catalog->nr_workloads; i++) {
		workload = &catalog->workloads[i];
		one = json_pack("{s:s, s:b}", "name", workload->name,
				"arm_elsewhere", workload->arm_elsewhere);
		json_object_update_new(one,
				       ktb_catalog_workload_json(workload));
		json_array_append_new(all, one);
	}
	return all;
}

/* The index of a name, or -1. */
static int name_index(const char *name, const char *const *names, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(names[i], name))
			return (int)i;
	return -1;
}

static int param_from_json(json_t *json, struct ktb_param *param,
			   json_error_t *jerr)
{
	const char *name, *help, *kind_name, *unit_name;
	json_int_t min, max, def;
	json_t *choices, *choice;
	int common, kind, unit;
	size_t i;

	if (json_unpack_ex(json, jerr, 0,
			   "{s:s, s:s, s:s, s:I, s:I, s:I, s:o, s:b, s:s}",
			   "name", &name, "type", &kind_name, "unit",
			   &unit_name, "min", &min, "max", &max, "default",
			   &def, "choices", &choices, "common", &common, "help",
			   &help))
		return -1;
	kind = name_index(kind_name, kind_names, ARRAY_SIZE(kind_names));
	unit = name_index(unit_name, unit_names, ARRAY_SIZE(unit_names));
	if (kind < 0 || unit < 0 || !json_is_array(choices)) {
		snprintf(jerr->text, sizeof(jerr->text),
			 "parameter '%s' has an unknown type or unit", name);
		return -1;
	}
	*param = (struct ktb_param){ .name = ktb_alloc_text("%s", name),
				     .help = ktb_alloc_text("%s", help),
				     .kind = (enum ktb_param_kind)kind,
				     .unit = (enum ktb_unit_kind)unit,
				     .common = common,
				     .min = min,
				     .max = max,
				     .def = def };
	param->choices = ktb_alloc_zeroed(json_array_size(choices),
					  sizeof(*param->choices));
	json_array_foreach(choices, i, choice) {
		if (!json_is_string(choice)) {
			snprintf(jerr->text, sizeof(jerr->text),
				 "parameter '%s' has a choice that is no text",
				 name);
			return -1;
		}
		param->choices[i] =
			ktb_alloc_text("%s", json_string_value(choice));
		param->nr_choices = i + 1;
	}
	return 0;
}

static int metric_from_json(json_t *json, struct ktb_metric *metric,
			    json_error_t *jerr)
{
	const char *name, *help, *what_name, *unit_name, *where_name;
	int primary, part, loss, phase, call, rate = 0, missed = 0;
	int what, unit, where;

	if (json_unpack_ex(
		    json, jerr, 0,
		    "{s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:b, s?:b, s?:b, s:s}",
		    "name", &name, "kind", &what_name, "unit", &unit_name,
		    "context", &where_name, "primary", &primary, "part", &part,
		    "loss", &loss, "phase", &phase, "call", &call, "rate",
		    &rate, "missed", &missed, "help", &help))
		return -1;
	what = name_index(what_name, what_names, ARRAY_SIZE(what_names));
	unit = name_index(unit_name, unit_names, ARRAY_SIZE(unit_names));
	where = name_index(where_name, where_names, ARRAY_SIZE(where_names));
	if (what < 0 || unit < 0 || where < 0) {
		snprintf(jerr->text, sizeof(jerr->text),
			 "metric '%s' has an unknown kind, unit or context",
			 name);
		return -1;
	}
	*metric = (struct ktb_metric){ .name = ktb_alloc_text("%s", name),
				       .help = ktb_alloc_text("%s", help),
				       .what = (enum ktb_metric_what)what,
				       .unit = (enum ktb_unit_kind)unit,
				       .where = (enum ktb_metric_where)where,
				       .primary = primary,
				       .part = part,
				       .loss = loss,
				       .phase = phase,
				       .call = call,
				       .rate = rate,
				       .missed = missed };
	return 0;
}

static int workload_from_json(json_t *json, struct ktb_workload *workload,
			      json_error_t *jerr)
{
	json_t *params, *metrics, *item;
	const char *name, *help, *contracts = "";
	int arm_elsewhere, is_user = 0;
	size_t i;

	if (json_unpack_ex(json, jerr, 0, "{s:s, s:s, s:b, s?b, s?s, s:o, s:o}",
			   "name", &name, "help", &help, "arm_elsewhere",
			   &arm_elsewhere, "user", &is_user, "contracts",
			   &contracts, "params", &params, "metrics", &metrics))
		return -1;
	workload->name = ktb_alloc_text("%s", name);
	workload->help = ktb_alloc_text("%s", help);
	workload->arm_elsewhere = arm_elsewhere;
	workload->is_user = is_user;
	workload->contracts = ktb_alloc_text("%s", contracts);
	workload->params = ktb_alloc_zeroed(json_array_size(params),
					    sizeof(*workload->params));
	workload->metrics = ktb_alloc_zeroed(json_array_size(metrics),
					     sizeof(*workload->metrics));
	json_array_foreach(params, i, item) {
		workload->nr_params = i + 1;
		if (param_from_json(item, &workload->params[i], jerr))
			return -1;
	}
	json_array_foreach(metrics, i, item) {
		workload->nr_metrics = i + 1;
		if (metric_from_json(item, &workload->metrics[i], jerr))
			return -1;
	}
	return 0;
}

int ktb_catalog_read(struct ktb_catalog *catalog, const char *path,
		     struct ktb_error *err)
{
	json_error_t jerr;
	json_t *all, *one;
	bool bad;
	size_t i;

	all = ktb_text_json(path, &jerr);
	bad = !json_is_array(all) || !json_array_size(all);
	if (all && bad)
		snprintf(jerr.text, sizeof(jerr.text),
			 "it is not an array of workloads");
	*catalog = (struct ktb_catalog){ .source = ktb_alloc_text("%s", path) };
	catalog->workloads = ktb_alloc_zeroed(json_array_size(all),
					      sizeof(*catalog->workloads));
	json_array_foreach(all, i, one) {
		catalog->nr_workloads = i + 1;
		bad = workload_from_json(one, &catalog->workloads[i], &jerr);
		if (bad)
			break;
	}
	json_decref(all);
	if (!bad)
		return 0;
	ktb_catalog_free(catalog);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s is not a catalogue of workloads: %s; make one with `ktbench list --json` where the module is loaded",
		path, jerr.text);
}

int ktb_catalog_find(struct ktb_catalog *catalog, struct ktb_error *err)
{
	const char *named = getenv("KTBENCH_CATALOG");
	char program[PATH_MAX], path[2 * PATH_MAX];
	ssize_t len;
	size_t i;

	if (named && *named)
		return ktb_catalog_read(catalog, named, err);
	len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[len > 0 ? len : 0] = '\0';
	if (strrchr(program, '/'))
		*strrchr(program, '/') = '\0';
	for (i = 0; i < ARRAY_SIZE(beside_program); i++) {
		snprintf(path, sizeof(path), "%s/%s", program,
			 beside_program[i]);
		if (access(path, R_OK) == 0)
			return ktb_catalog_read(catalog, path, err);
	}
	return ktb_message_set(
		err, KTB_EXIT_SKIPPED,
		"no catalogue of workloads is kept with this program; name one with KTBENCH_CATALOG=FILE");
}
