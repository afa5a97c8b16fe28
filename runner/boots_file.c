// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plan.json of a comparison. It may not know how far the plan is, nor what its
 * job files say.
 */
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "boots_file.h"
#include "environment.h"
#include "file.h"
#include "text.h"

#define SCHEMA	"ktbench-boots"
#define VERSION 1

/* Texts of a user, which need not be UTF-8. */
static json_t *texts_json(char *const *texts, size_t nr)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < nr; i++)
		json_array_append_new(all, ktb_environment_text(texts[i]));
	return all;
}

static json_t *jobs_json(const struct ktb_boots *plan)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < plan->nr_jobs; i++)
		json_array_append_new(
			all,
			json_pack("{s:o, s:o}", "path",
				  ktb_environment_text(plan->jobs[i].path),
				  "text",
				  ktb_environment_text(plan->jobs[i].text)));
	return all;
}

static json_t *sides_json(const struct ktb_boots *plan)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < KTB_BOOTS_NR_SIDES; i++)
		json_array_append_new(
			all, json_pack("{s:s, s:o}", "name",
				       ktb_boots_side_names[i], "kernel",
				       ktb_environment_text(plan->kernels[i])));
	return all;
}

static json_t *looks_json(const struct ktb_looks *looks)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < looks->nr; i++)
		json_array_append_new(
			all, json_integer((json_int_t)looks->boots[i]));
	return all;
}

static json_t *order_json(const struct ktb_boots *plan)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < ktb_boots_total(plan); i++)
		json_array_append_new(
			all, json_string(ktb_boots_side_names[plan->order[i]]));
	return all;
}

static char *plan_text(const struct ktb_boots *plan)
{
	json_t *all = json_pack(
		"{s:s, s:i, s:s, s:I, s:o, s:o, s:o, s:b, s:o, s:I, s:o, s:o}",
		"schema", SCHEMA, "schema_version", VERSION, "created",
		plan->created, "seed", (json_int_t)plan->seed, "jobs",
		jobs_json(plan), "sets", texts_json(plan->sets, plan->nr_sets),
		"module",
		plan->module ? ktb_environment_text(plan->module) : json_null(),
		"checks", !plan->no_checks, "sides", sides_json(plan), "boots",
		(json_int_t)plan->boots, "looks", looks_json(&plan->looks),
		"order", order_json(plan));
	char *text = json_dumps(all, JSON_INDENT(1) | JSON_ENSURE_ASCII);

	json_decref(all);
	return text;
}

static bool is_empty(const char *dir)
{
	DIR *stream = opendir(dir);
	const struct dirent *entry;
	size_t nr = 0;

	while (stream && (entry = readdir(stream)))
		nr += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	if (stream)
		closedir(stream);
	return !nr;
}

static int make_dir(const char *dir, struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/" KTB_BOOTS_FILE, dir);
	const bool has_plan = !access(path, F_OK);
	int ret;

	free(path);
	if (has_plan)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s has a plan already: go on with `ktbench run --continue %s`, or name another directory with --compare-dir",
			dir, dir);
	ret = ktb_file_make_directories(dir);
	if (!ret && access(dir, W_OK | X_OK))
		ret = -errno;
	if (ret)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"cannot write a plan in %s: %s; name another directory with --compare-dir",
			dir, strerror(-ret));
	if (is_empty(dir))
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s is not empty, and has no plan: name another directory with --compare-dir",
		dir);
}

int ktb_boots_file_write(const char *dir, const struct ktb_boots *plan,
			 struct ktb_error *err)
{
	char *path, *text;
	int ret;

	ret = make_dir(dir, err);
	if (ret)
		return ret;
	text = plan_text(plan);
	path = ktb_alloc_text("%s/" KTB_BOOTS_FILE, dir);
	ret = text ? ktb_file_replace(path, text) : -ENOMEM;
	if (ret)
		ktb_message_set(err, KTB_EXIT_DEVICE, "cannot write %s: %s",
				path, strerror(-ret));
	free(path);
	free(text);
	return ret ? err->code : 0;
}

static char *copy(const json_t *string)
{
	const char *text = json_string_value(string);

	return text ? ktb_alloc_text("%s", text) : NULL;
}

static bool read_jobs(struct ktb_boots *plan, const json_t *jobs)
{
	const json_t *job;
	size_t i;

	json_array_foreach(jobs, i, job) {
		plan->jobs = ktb_alloc_more(plan->jobs, plan->nr_jobs,
					    sizeof(*plan->jobs));
		plan->jobs[i].path = copy(json_object_get(job, "path"));
		plan->jobs[i].text = copy(json_object_get(job, "text"));
		plan->nr_jobs++;
		if (!plan->jobs[i].path || !plan->jobs[i].text)
			return false;
	}
	return plan->nr_jobs > 0;
}

static bool read_sets(struct ktb_boots *plan, const json_t *sets)
{
	const json_t *set;
	size_t i;

	json_array_foreach(sets, i, set) {
		if (!json_is_string(set))
			return false;
		plan->sets = ktb_alloc_more(plan->sets, plan->nr_sets,
					    sizeof(*plan->sets));
		plan->sets[plan->nr_sets++] = copy(set);
	}
	return json_is_array(sets);
}

static bool read_sides(struct ktb_boots *plan, const json_t *sides)
{
	const char *name;
	const json_t *side;
	size_t i;

	if (json_array_size(sides) != KTB_BOOTS_NR_SIDES)
		return false;
	json_array_foreach(sides, i, side) {
		name = json_string_value(json_object_get(side, "name"));
		plan->kernels[i] = copy(json_object_get(side, "kernel"));
		if (!name || strcmp(name, ktb_boots_side_names[i]) ||
		    !plan->kernels[i] || !*plan->kernels[i])
			return false;
	}
	return true;
}

static bool read_looks(struct ktb_boots *plan, const json_t *looks)
{
	json_int_t boots, last = 0;
	const json_t *look;
	size_t i;

	if (!json_is_array(looks) || json_array_size(looks) > KTB_LOOKS_MAX)
		return false;
	json_array_foreach(looks, i, look) {
		boots = json_integer_value(look);
		if (boots <= last || boots > (json_int_t)plan->boots)
			return false;
		plan->looks.boots[plan->looks.nr++] = (size_t)boots;
		last = boots;
	}
	return !plan->looks.nr || last == (json_int_t)plan->boots;
}

static bool read_order(struct ktb_boots *plan, const json_t *order)
{
	const json_t *side;
	const char *name;
	size_t i;

	if (json_array_size(order) != ktb_boots_total(plan))
		return false;
	plan->order = ktb_alloc_zeroed(ktb_boots_total(plan), 1);
	json_array_foreach(order, i, side) {
		name = json_string_value(side);
		if (!name)
			return false;
		plan->order[i] =
			(uint8_t) !!strcmp(name, ktb_boots_side_names[0]);
		if (strcmp(name, ktb_boots_side_names[plan->order[i]]))
			return false;
	}
	return ktb_boots_is_order(plan);
}

static bool read_numbers(struct ktb_boots *plan, const json_t *all)
{
	const json_int_t boots =
		json_integer_value(json_object_get(all, "boots"));
	const json_t *seed = json_object_get(all, "seed");

	if (boots < 1 || boots > KTB_BOOTS_MAX || !json_is_integer(seed) ||
	    json_integer_value(seed) < 0)
		return false;
	plan->boots = (size_t)boots;
	plan->seed = (uint64_t)json_integer_value(seed);
	return true;
}

/* Return: NULL, or the member that is missing or wrong. */
static const char *read_members(struct ktb_boots *plan, const json_t *all)
{
	const json_t *module = json_object_get(all, "module");
	const json_t *checks = json_object_get(all, "checks");

	plan->created = copy(json_object_get(all, "created"));
	plan->module = copy(module);
	plan->no_checks = !json_is_true(checks);
	if (!plan->created)
		return "created";
	if (!plan->module && !json_is_null(module))
		return "module";
	if (!json_is_boolean(checks))
		return "checks";
	if (!read_numbers(plan, all))
		return "seed or boots";
	if (!read_jobs(plan, json_object_get(all, "jobs")))
		return "jobs";
	if (!read_sets(plan, json_object_get(all, "sets")))
		return "sets";
	if (!read_sides(plan, json_object_get(all, "sides")))
		return "sides";
	if (!read_looks(plan, json_object_get(all, "looks")))
		return "looks";
	if (!read_order(plan, json_object_get(all, "order")))
		return "order";
	return NULL;
}

static int read_plan(struct ktb_boots *plan, const char *path,
		     const json_t *all, struct ktb_error *err)
{
	const char *schema = json_string_value(json_object_get(all, "schema"));
	const json_int_t version =
		json_integer_value(json_object_get(all, "schema_version"));
	const char *member;

	if (!schema || strcmp(schema, SCHEMA))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is no plan of boots: its schema is '%s', not " SCHEMA,
			path, schema ? schema : "");
	if (version != VERSION)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s has schema_version %lld, and this program knows %d: go on with the program that made it",
			path, (long long)version, VERSION);
	member = read_members(plan, all);
	if (!member)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s is damaged: %s is not what `ktbench run --boots` writes; a plan is never changed: take the file from a copy, or make a new plan",
		path, member);
}

int ktb_boots_file_read(const char *dir, struct ktb_boots *plan,
			struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/" KTB_BOOTS_FILE, dir);
	json_error_t error;
	json_t *all;
	int ret;

	memset(plan, 0, sizeof(*plan));
	all = ktb_text_json(path, &error);
	if (!all && access(path, R_OK))
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"cannot read %s: %s; `ktbench run --boots` makes a plan",
			path, strerror(errno));
	else if (!all)
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is damaged: line %d: %s; take the file from a copy, or make a new plan",
			path, error.line, error.text);
	else
		ret = read_plan(plan, path, all, err);
	json_decref(all);
	free(path);
	return ret;
}
