// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The list of differences, and those between the settings of cells. It may not know
 * environments.
 */
#include <stdlib.h>
#include <string.h>

#include "fingerprint_parts.h"
#include "schedule.h"

/* Is a name among those that are parted by commas? */
static bool is_listed(const char *list, const char *name)
{
	const size_t length = strlen(name);
	const char *at = list;

	while (at && *at) {
		if (!strncmp(at, name, length) &&
		    (at[length] == ',' || !at[length]))
			return true;
		at = strchr(at, ',');
		if (at)
			at++;
	}
	return false;
}

static bool is_known(const struct ktb_fingerprint_scope *scope,
		     const char *name)
{
	const struct ktb_differences *differences = scope->differences;
	size_t i;

	for (i = 0; i < differences->nr; i++)
		if (differences->items[i].within == scope->within &&
		    !strcmp(differences->items[i].name, name))
			return true;
	return false;
}

static struct ktb_difference *make(struct ktb_differences *differences,
				   const char *name)
{
	struct ktb_difference *grown, *item;

	grown = realloc(differences->items,
			(differences->nr + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	differences->items = grown;
	item = &grown[differences->nr];
	*item = (struct ktb_difference){ .name = strdup(name) };
	if (!item->name)
		return NULL;
	differences->nr++;
	return item;
}

bool ktb_fingerprint_add(const struct ktb_fingerprint_scope *scope,
			 const char *name, enum ktb_difference_kind kind,
			 char *a, char *b)
{
	const bool is_new = a && b && !is_known(scope, name);
	struct ktb_difference *item = is_new ? make(scope->differences, name) :
					       NULL;
	const bool is_good = a && b && (item || !is_new);

	if (!item) {
		free(a);
		free(b);
		return is_good;
	}
	item->kind = kind;
	if (kind == KTB_DIFFERENCE_REFUSED && is_listed(scope->expected, name))
		item->kind = KTB_DIFFERENCE_TOLD;
	scope->differences->nr_refused += item->kind == KTB_DIFFERENCE_REFUSED;
	item->within = scope->within;
	item->value[0] = a;
	item->value[1] = b;
	return true;
}

/**
 * struct setting - something of a cell besides its parameters
 * @name: what it is called behind the job's name
 * @take: reads it as JSON, a reference of one's own
 */
struct setting {
	const char *name;
	json_t *(*take)(const struct ktb_summary *cell);
};

static json_t *take_workload(const struct ktb_summary *cell)
{
	return json_string(cell->workload->name);
}

static json_t *take_placement(const struct ktb_summary *cell)
{
	return json_string(cell->placement);
}

static json_t *take_disturb(const struct ktb_summary *cell)
{
	return cell->disturb ? json_incref(cell->disturb) : json_array();
}

static json_t *take_with(const struct ktb_summary *cell)
{
	return cell->with ? json_incref(cell->with) : json_array();
}

static const struct setting settings[] = {
	{ "workload", take_workload },
	{ "placement", take_placement },
	{ "disturb", take_disturb },
	{ "with", take_with },
};

static char *as_text(const json_t *value)
{
	return json_is_string(value) ?
		       strdup(json_string_value(value)) :
		       json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
}

static bool compare_setting(const struct ktb_fingerprint_scope *scope,
			    const char *job, const char *setting,
			    const json_t *a, const json_t *b)
{
	char name[320];

	if (json_equal(a, b))
		return true;
	snprintf(name, sizeof(name), "%s.%s", job, setting);
	return ktb_fingerprint_add(scope, name, KTB_DIFFERENCE_REFUSED,
				   as_text(a), as_text(b));
}

/* Over the schedule or not is a matter of method, once something was missed. */
static bool compare_schedule(const struct ktb_fingerprint_scope *scope,
			     const struct ktb_summary *a,
			     const struct ktb_summary *b)
{
	static const char *const words[] = {
		"over the schedule",
		"of the periods served only",
	};
	char name[320];

	if (ktb_schedule_is_same(a, b))
		return true;
	snprintf(name, sizeof(name), "%s.quantiles", a->job);
	return ktb_fingerprint_add(scope, name, KTB_DIFFERENCE_REFUSED,
				   strdup(words[a->workload->is_of_served]),
				   strdup(words[b->workload->is_of_served]));
}

static bool compare_cell(const struct ktb_fingerprint_scope *scope,
			 const struct ktb_summary *a,
			 const struct ktb_summary *b)
{
	json_t *value, *other;
	const char *param;
	bool is_good = compare_schedule(scope, a, b);
	size_t i;

	json_object_foreach(a->params, param, value) {
		other = json_object_get(b->params, param);
		/* A newer module may have more; chance has to differ from boot to boot. */
		if (other && strcmp(param, "seed") &&
		    !compare_setting(scope, a->job, param, value, other))
			return false;
	}
	for (i = 0; is_good && i < sizeof(settings) / sizeof(settings[0]);
	     i++) {
		value = settings[i].take(a);
		other = settings[i].take(b);
		is_good = value && other &&
			  compare_setting(scope, a->job, settings[i].name,
					  value, other);
		json_decref(value);
		json_decref(other);
	}
	return is_good;
}

bool ktb_fingerprint_settings(const struct ktb_fingerprint_scope *scope,
			      const struct ktb_side *a,
			      const struct ktb_side *b)
{
	const struct ktb_summary *first, *summaries;
	json_t *list, *index;
	const char *key;
	size_t i, k, n;

	for (i = 0; i < b->nr_boots; i++)
		for (k = 0; k < b->boots[i].nr; k++) {
			summaries = b->boots[i].findings[k]->summaries;
			json_object_foreach(b->boots[i].cells[k], key, list) {
				first = ktb_side_cell(a, key);
				json_array_foreach(list, n, index)
					if (first &&
					    !compare_cell(
						    scope, first,
						    &summaries[json_integer_value(
							    index)]))
						return false;
			}
		}
	return true;
}
