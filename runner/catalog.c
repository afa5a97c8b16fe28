// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The catalogue of workloads in memory, and the values that parameters take.
 * It may not know where the catalogue comes from.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "catalog.h"
#include "nearest.h"

static const char *const unit_words[KTB_NR_UNIT_KINDS] = {
	[KTB_UNIT_KIND_NONE] = "",	     [KTB_UNIT_KIND_NS] = "",
	[KTB_UNIT_KIND_COUNT] = "",	     [KTB_UNIT_KIND_BYTES] = " bytes",
	[KTB_UNIT_KIND_PS] = " picoseconds",
};

/* What a bool may be called, besides its number. */
static const struct bool_word {
	const char *word;
	int64_t value;
} bool_words[] = {
	{ "0", 0 },   { "1", 1 },  { "no", 0 },	   { "yes", 1 },
	{ "off", 0 }, { "on", 1 }, { "false", 0 }, { "true", 1 },
};

static void free_workload(struct ktb_workload *workload)
{
	size_t i, j;

	for (i = 0; i < workload->nr_params; i++) {
		free(workload->params[i].name);
		free(workload->params[i].help);
		for (j = 0; j < workload->params[i].nr_choices; j++)
			free(workload->params[i].choices[j]);
		free(workload->params[i].choices);
	}
	for (i = 0; i < workload->nr_metrics; i++) {
		free(workload->metrics[i].name);
		free(workload->metrics[i].help);
	}
	free(workload->params);
	free(workload->metrics);
	free(workload->name);
	free(workload->help);
	free(workload->contracts);
}

void ktb_catalog_free(struct ktb_catalog *catalog)
{
	size_t i;

	for (i = 0; i < catalog->nr_workloads; i++)
		free_workload(&catalog->workloads[i]);
	free(catalog->workloads);
	free(catalog->source);
	memset(catalog, 0, sizeof(*catalog));
}

void ktb_catalog_drop_user(struct ktb_catalog *catalog)
{
	size_t i, nr = 0;

	for (i = 0; i < catalog->nr_workloads; i++) {
		if (catalog->workloads[i].is_user)
			free_workload(&catalog->workloads[i]);
		else
			catalog->workloads[nr++] = catalog->workloads[i];
	}
	catalog->nr_workloads = nr;
}

void ktb_catalog_append(struct ktb_catalog *catalog, struct ktb_catalog *other)
{
	const size_t nr = catalog->nr_workloads + other->nr_workloads;
	struct ktb_workload *all = ktb_alloc_zeroed(nr, sizeof(*all));
	size_t i;

	for (i = 0; i < nr; i++)
		all[i] = i < catalog->nr_workloads ?
				 catalog->workloads[i] :
				 other->workloads[i - catalog->nr_workloads];
	free(catalog->workloads);
	catalog->workloads = all;
	catalog->nr_workloads = nr;
	/* What they pointed to has moved. */
	other->nr_workloads = 0;
	ktb_catalog_free(other);
}

const struct ktb_workload *
ktb_catalog_workload(const struct ktb_catalog *catalog, const char *name)
{
	size_t i;

	for (i = 0; i < catalog->nr_workloads; i++)
		if (!strcmp(catalog->workloads[i].name, name))
			return &catalog->workloads[i];
	return NULL;
}

const struct ktb_param *ktb_catalog_param(const struct ktb_workload *workload,
					  const char *name)
{
	size_t i;

	for (i = 0; i < workload->nr_params; i++)
		if (!strcmp(workload->params[i].name, name))
			return &workload->params[i];
	return NULL;
}

const struct ktb_metric *ktb_catalog_metric(const struct ktb_workload *workload,
					    const char *name)
{
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		if (!strcmp(workload->metrics[i].name, name))
			return &workload->metrics[i];
	return NULL;
}

const struct ktb_metric *
ktb_catalog_primary(const struct ktb_workload *workload)
{
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		if (workload->metrics[i].primary)
			return &workload->metrics[i];
	return NULL;
}

const struct ktb_metric *ktb_catalog_missed(const struct ktb_workload *workload)
{
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		if (workload->metrics[i].missed)
			return &workload->metrics[i];
	return NULL;
}

uint32_t ktb_catalog_hist(const struct ktb_workload *workload,
			  const struct ktb_metric *metric)
{
	const struct ktb_metric *at;
	uint32_t number = 0;

	for (at = workload->metrics; at < metric; at++)
		number += at->what == KTB_METRIC_WHAT_DISTRIBUTION;
	return number;
}

static int parse_enum(const struct ktb_param *param, const char *text,
		      int64_t *value, struct ktb_error *err)
{
	struct ktb_nearest nearest;
	char range[256];
	size_t i;

	ktb_nearest_begin(&nearest, text);
	for (i = 0; i < param->nr_choices; i++) {
		if (!strcmp(param->choices[i], text)) {
			*value = (int64_t)i;
			return 0;
		}
		ktb_nearest_offer(&nearest, param->choices[i]);
	}
	return ktb_message_set(
		err, KTB_EXIT_USAGE, "'%s' is not one of %s%s", text,
		ktb_catalog_format_range(param, range, sizeof(range)),
		ktb_nearest_hint(&nearest));
}

static int parse_bool(const char *text, int64_t *value, struct ktb_error *err)
{
	size_t i;

	for (i = 0; i < sizeof(bool_words) / sizeof(bool_words[0]); i++) {
		if (!strcmp(bool_words[i].word, text)) {
			*value = bool_words[i].value;
			return 0;
		}
	}
	return ktb_message_set(err, KTB_EXIT_USAGE, "'%s' is not yes or no",
			       text);
}

static int check_range(const struct ktb_param *param, const char *text,
		       int64_t value, struct ktb_error *err)
{
	char range[256];

	if (value >= param->min && value <= param->max)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE, "%s is out of range, which is %s%s", text,
		ktb_catalog_format_range(param, range, sizeof(range)),
		unit_words[param->unit]);
}

int ktb_catalog_parse_value(const struct ktb_param *param, const char *text,
			    int64_t *value, struct ktb_error *err)
{
	const char *why;
	char range[256];
	int ret = 0;

	if (param->kind == KTB_PARAM_KIND_ENUM)
		return parse_enum(param, text, value, err);
	if (param->kind == KTB_PARAM_KIND_BOOL) {
		ret = parse_bool(text, value, err);
	} else {
		why = ktb_units_parse(text, param->unit, value);
		if (why)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"'%s' %s; the range is %s%s", text, why,
				ktb_catalog_format_range(param, range,
							 sizeof(range)),
				unit_words[param->unit]);
	}
	return ret ? ret : check_range(param, text, *value, err);
}

const char *ktb_catalog_format_value(const struct ktb_param *param,
				     int64_t value, char *text)
{
	if (param->kind != KTB_PARAM_KIND_ENUM)
		return ktb_units_format(value, param->unit, text);
	if (value < 0 || (uint64_t)value >= param->nr_choices)
		return "?";
	return param->choices[value];
}

const char *ktb_catalog_format_range(const struct ktb_param *param, char *text,
				     size_t size)
{
	char low[KTB_UNITS_LEN], high[KTB_UNITS_LEN];
	size_t i, len = 0;

	text[0] = '\0';
	if (param->kind == KTB_PARAM_KIND_BOOL) {
		snprintf(text, size, "yes or no");
	} else if (param->kind == KTB_PARAM_KIND_INT) {
		snprintf(text, size, "%s to %s",
			 ktb_units_format(param->min, param->unit, low),
			 ktb_units_format(param->max, param->unit, high));
	} else {
		for (i = 0; i < param->nr_choices && len < size; i++)
			len += (size_t)snprintf(text + len, size - len, "%s%s",
						i ? ", " : "",
						param->choices[i]);
	}
	return text;
}
