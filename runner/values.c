// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lists of values of one parameter. It may not know jobs or files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "text.h"
#include "values.h"

static int add_value(struct ktb_values *values, const struct ktb_param *param,
		     int64_t value, struct ktb_error *err)
{
	char text[KTB_UNITS_LEN];
	size_t i;

	for (i = 0; i < values->nr; i++)
		if (values->value[i] == value)
			return ktb_message_set(
				err, KTB_EXIT_USAGE, "%s is given twice",
				ktb_catalog_format_value(param, value, text));
	if (values->nr == KTB_VALUES_MAX)
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "more than %d values for one key",
				       KTB_VALUES_MAX);
	values->value = ktb_alloc_more(values->value, values->nr,
				       sizeof(*values->value));
	values->value[values->nr++] = value;
	return 0;
}

/* The value after this one; false past the end of 64 bits. */
static bool next_value(int64_t *value, char how, int64_t step)
{
	if (how == 'x')
		return !__builtin_mul_overflow(*value, step, value);
	return !__builtin_add_overflow(*value, step, value);
}

static int parse_step(const struct ktb_param *param, const char *text,
		      int64_t first, int64_t *step, struct ktb_error *err)
{
	const bool is_factor = *text == 'x';
	const char *why = "is neither xFACTOR nor +STEP";

	if (is_factor || *text == '+')
		why = ktb_units_parse(
			text + 1, is_factor ? KTB_UNIT_KIND_NONE : param->unit,
			step);
	if (why)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"'%s' %s; a range is FIRST..LAST xFACTOR or FIRST..LAST +STEP",
			text, why);
	if (*step < (is_factor ? 2 : 1) || (is_factor && first < 1))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"a range with '%s' does not grow: begin above 0 with a factor of 2 or more, or add a step above 0",
			text);
	return 0;
}

/* FIRST..LAST xFACTOR or FIRST..LAST +STEP; @item is cut up. */
static int parse_range(struct ktb_values *values, const struct ktb_param *param,
		       char *item, char *dots, struct ktb_error *err)
{
	char *step_text = dots + 2 + strcspn(dots + 2, " \t");
	int64_t first = 0, last = 0, step = 0, value;
	int ret;

	*dots = '\0';
	if (*step_text)
		*step_text++ = '\0';
	step_text += strspn(step_text, " \t");
	ret = ktb_catalog_parse_value(param, item, &first, err);
	if (!ret)
		ret = ktb_catalog_parse_value(param, dots + 2, &last, err);
	if (!ret)
		ret = parse_step(param, step_text, first, &step, err);
	if (!ret && last < first)
		ret = ktb_message_set(err, KTB_EXIT_USAGE,
				      "the range %s..%s is empty", item,
				      dots + 2);
	if (ret)
		return ret;
	value = first;
	do {
		ret = add_value(values, param, value, err);
	} while (!ret && next_value(&value, *step_text, step) && value <= last);
	return ret;
}

int ktb_values_parse(struct ktb_values *values, const struct ktb_param *param,
		     const char *text, struct ktb_error *err)
{
	char *copy = ktb_alloc_text("%s", text);
	char *rest = copy;
	char *item, *dots;
	int64_t value;
	int ret = 0;

	*values = (struct ktb_values){ 0 };
	while (!ret && (item = strsep(&rest, ","))) {
		item = ktb_text_trim(item);
		dots = param->kind == KTB_PARAM_KIND_INT ? strstr(item, "..") :
							   NULL;
		if (!*item) {
			ret = ktb_message_set(
				err, KTB_EXIT_USAGE,
				values->nr ? "a value is missing in the list" :
					     "the value is missing");
		} else if (dots) {
			ret = parse_range(values, param, item, dots, err);
		} else {
			ret = ktb_catalog_parse_value(param, item, &value, err);
			if (!ret)
				ret = add_value(values, param, value, err);
		}
	}
	free(copy);
	return ret;
}
