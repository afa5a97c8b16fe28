// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * In what results differ: an object of facts a column, and of these the members
 * that are not the same everywhere. It knows nothing of formats.
 */
#include <stdlib.h>
#include <string.h>

#include "schedule.h"
#include "shape.h"
#include "together_differ.h"

/* A member's text; NULL: it is not there. */
static const char *differ_text(const json_t *facts, const char *name)
{
	return json_string_value(json_object_get(facts, name));
}

/* Columns without facts take no part. */
static bool differ_is_same(json_t *const *facts, size_t nr, const char *name)
{
	const char *first = NULL, *text;
	bool has_first = false;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (!facts[i])
			continue;
		text = differ_text(facts[i], name);
		if (has_first &&
		    (!first != !text || (first && strcmp(first, text))))
			return false;
		first = text;
		has_first = true;
	}
	return true;
}

static bool differ_has(const struct ktb_differences *differences,
		       const char *name)
{
	size_t i;

	for (i = 0; i < differences->nr; i++)
		if (!strcmp(differences->rows[i].name, name))
			return true;
	return false;
}

static bool differ_add(struct ktb_differences *differences,
		       json_t *const *facts, size_t nr, const char *name)
{
	struct ktb_differ *rows, *row;
	const char *text;
	size_t i;

	if (differ_has(differences, name) || differ_is_same(facts, nr, name))
		return true;
	rows = reallocarray(differences->rows, differences->nr + 1,
			    sizeof(*rows));
	if (!rows)
		return false;
	differences->rows = rows;
	row = &rows[differences->nr++];
	memset(row, 0, sizeof(*row));
	row->name = strdup(name);
	for (i = 0; row->name && i < nr; i++) {
		text = differ_text(facts[i], name);
		row->values[i] = text ? strdup(text) : NULL;
		if (text && !row->values[i])
			return false;
	}
	return row->name != NULL;
}

/* Frees the facts. */
static bool differ_gather(struct ktb_differences *differences, json_t **facts,
			  size_t nr)
{
	bool fine = true;
	json_t *value;
	const char *name;
	size_t i;

	for (i = 0; i < nr; i++)
		json_object_foreach(facts[i], name, value)
			fine = fine && differ_add(differences, facts, nr, name);
	for (i = 0; i < nr; i++)
		json_decref(facts[i]);
	return fine;
}

static void differ_set(json_t *facts, const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	json_object_set_new(facts, name, json_string(text));
}

/* The members of an object that are one word or one number. */
static void differ_flatten(json_t *facts, const char *prefix, json_t *object)
{
	const char *name;
	char full[160];
	json_t *value;

	json_object_foreach(object, name, value) {
		snprintf(full, sizeof(full), "%s%s", prefix, name);
		if (json_is_string(value))
			json_object_set(facts, full, value);
		else if (json_is_integer(value))
			differ_set(facts, full, json_integer_value(value));
		else if (json_is_boolean(value))
			json_object_set_new(facts, full,
					    json_string(json_is_true(value) ?
								"yes" :
								"no"));
	}
}

static json_t *differ_of_result(const struct ktb_reader *reader,
				const struct ktb_reader *first)
{
	json_t *facts = json_object();

	differ_flatten(facts, "", json_object_get(reader->root, "environment"));
	json_object_set(facts, "lane_detail",
			json_object_get(reader->root, "lane_detail"));
	differ_set(facts, "usable CPUs",
		   (int64_t)json_array_size(
			   json_object_get(reader->root, "cpus")));
	differ_set(facts, "seed", ktb_shape_integer(reader->root, "seed"));
	json_object_set_new(
		facts, "job files",
		json_string(json_equal(json_object_get(reader->root, "jobs"),
				       json_object_get(first->root, "jobs")) ?
				    "those of A" :
				    "others than those of A"));
	differ_flatten(facts,
		       "module: ", json_object_get(reader->root, "module"));
	/* The module has measured it. */
	json_object_del(facts, "module: edge_remainder_ns");
	return facts;
}

bool ktb_differ_environment(struct ktb_differences *differences,
			    const struct ktb_together *together)
{
	json_t *facts[KTB_TOGETHER_MAX];
	size_t i;

	memset(differences, 0, sizeof(*differences));
	for (i = 0; i < together->nr; i++)
		facts[i] = differ_of_result(
			&together->columns[i].findings->reader,
			&together->columns[0].findings->reader);
	return differ_gather(differences, facts, together->nr);
}

static json_t *differ_of_cell(const struct ktb_summary *summary)
{
	json_t *facts = json_object();
	const json_t *swept;
	const char *name;
	json_t *value;
	size_t i;

	json_object_foreach(summary->params, name, value)
		json_object_set_new(
			facts, name,
			json_string(ktb_summary_setting(summary, name).s));
	/* Every cell has a seed of its own. */
	json_object_del(facts, "seed");
	json_array_foreach(summary->swept, i, swept)
		json_object_del(facts, json_string_value(swept));
	json_object_set_new(facts, "placement",
			    json_string(summary->placement));
	differ_set(facts, "CPUs", (int64_t)summary->nr_cpus);
	json_object_set_new(facts, "quantiles are of",
			    json_string(ktb_schedule_is_of_served(summary) ?
						"the periods served only" :
						"the schedule"));
	return facts;
}

bool ktb_differ_settings(struct ktb_differences *differences,
			 const struct ktb_together *together,
			 const struct ktb_shared *job)
{
	const struct ktb_summary *summary;
	json_t *facts[KTB_TOGETHER_MAX];
	size_t i, column;

	memset(differences, 0, sizeof(*differences));
	for (i = 0; i < job->nr; i++) {
		for (column = 0; column < together->nr; column++) {
			summary =
				ktb_together_summary(&job->rows[i].at[column]);
			facts[column] = summary ? differ_of_cell(summary) :
						  NULL;
		}
		if (!differ_gather(differences, facts, together->nr))
			return false;
	}
	return true;
}

void ktb_differ_free(struct ktb_differences *differences)
{
	size_t i, column;

	for (i = 0; i < differences->nr; i++) {
		for (column = 0; column < KTB_TOGETHER_MAX; column++)
			free(differences->rows[i].values[column]);
		free(differences->rows[i].name);
	}
	free(differences->rows);
	memset(differences, 0, sizeof(*differences));
}
