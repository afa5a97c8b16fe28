// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Checks JSON objects against tables of members. It knows JSON and nothing of
 * results.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "shape.h"

static const char *const shape_names[] = {
	[KTB_SHAPE_STRING] = "a string",
	[KTB_SHAPE_STRING_OR_NULL] = "a string or null",
	[KTB_SHAPE_INTEGER] = "an integer",
	[KTB_SHAPE_INTEGER_OR_NULL] = "an integer or null",
	[KTB_SHAPE_COUNT] = "an integer from 0 to 2^61",
	[KTB_SHAPE_VALUE] = "an integer from -2^61 to 2^61",
	[KTB_SHAPE_VALUE_OR_NULL] = "an integer from -2^61 to 2^61, or null",
	[KTB_SHAPE_CPU] = "the number of a CPU",
	[KTB_SHAPE_PLACE] = "a number from -1 to 2^31 - 1",
	[KTB_SHAPE_BOOL] = "true or false",
	[KTB_SHAPE_OBJECT] = "an object",
	[KTB_SHAPE_OBJECT_OR_NULL] = "an object or null",
	[KTB_SHAPE_ARRAY] = "an array",
	[KTB_SHAPE_STRINGS] = "an array of strings",
	[KTB_SHAPE_CPUS] = "an array of numbers of CPUs",
	[KTB_SHAPE_OBJECTS] = "an array of objects",
	[KTB_SHAPE_MAYBE_OBJECT] = "an object or null",
	[KTB_SHAPE_MAYBE_COUNT] = "an integer from 0 to 2^61, or null",
	[KTB_SHAPE_MAYBE_STRINGS] = "an array of strings or null",
	[KTB_SHAPE_MAYBE_OBJECTS] = "an array of objects or null",
};

static bool shape_all(const json_t *array, json_type type)
{
	const json_t *element;
	size_t i;

	if (!json_is_array(array))
		return false;
	json_array_foreach(array, i, element)
		if (json_typeof(element) != type)
			return false;
	return true;
}

static bool shape_is_within(const json_t *value, json_int_t least,
			    json_int_t most)
{
	return json_is_integer(value) && json_integer_value(value) >= least &&
	       json_integer_value(value) <= most;
}

static bool shape_is_cpus(const json_t *array)
{
	const json_t *element;
	size_t i;

	if (!json_is_array(array))
		return false;
	json_array_foreach(array, i, element)
		if (!shape_is_within(element, 0, INT32_MAX))
			return false;
	return true;
}

static bool shape_matches(const json_t *value, enum ktb_shape_type type)
{
	switch (type) {
	case KTB_SHAPE_STRING:
		return json_is_string(value);
	case KTB_SHAPE_STRING_OR_NULL:
		return json_is_string(value) || json_is_null(value);
	case KTB_SHAPE_INTEGER:
		return json_is_integer(value);
	case KTB_SHAPE_INTEGER_OR_NULL:
		return json_is_integer(value) || json_is_null(value);
	case KTB_SHAPE_COUNT:
		return shape_is_within(value, 0, KTB_SHAPE_MOST);
	case KTB_SHAPE_VALUE_OR_NULL:
		if (json_is_null(value))
			return true;
		/* fall through */
	case KTB_SHAPE_VALUE:
		return shape_is_within(value, -KTB_SHAPE_MOST, KTB_SHAPE_MOST);
	case KTB_SHAPE_CPU:
		return shape_is_within(value, 0, INT32_MAX);
	case KTB_SHAPE_PLACE:
		return shape_is_within(value, -1, INT32_MAX);
	case KTB_SHAPE_BOOL:
		return json_is_boolean(value);
	case KTB_SHAPE_OBJECT:
		return json_is_object(value);
	case KTB_SHAPE_OBJECT_OR_NULL:
		return json_is_object(value) || json_is_null(value);
	case KTB_SHAPE_ARRAY:
		return json_is_array(value);
	case KTB_SHAPE_STRINGS:
		return shape_all(value, JSON_STRING);
	case KTB_SHAPE_CPUS:
		return shape_is_cpus(value);
	case KTB_SHAPE_OBJECTS:
		return shape_all(value, JSON_OBJECT);
	case KTB_SHAPE_MAYBE_OBJECT:
		return shape_matches(value, KTB_SHAPE_OBJECT_OR_NULL);
	case KTB_SHAPE_MAYBE_COUNT:
		return json_is_null(value) ||
		       shape_matches(value, KTB_SHAPE_COUNT);
	case KTB_SHAPE_MAYBE_STRINGS:
		return json_is_null(value) ||
		       shape_matches(value, KTB_SHAPE_STRINGS);
	case KTB_SHAPE_MAYBE_OBJECTS:
		return json_is_null(value) ||
		       shape_matches(value, KTB_SHAPE_OBJECTS);
	}
	return false;
}

bool ktb_shape_check(const json_t *value, const struct ktb_shape *rows,
		     char *why, size_t size)
{
	const json_t *member;

	if (!json_is_object(value)) {
		snprintf(why, size, "it is not a JSON object");
		return false;
	}
	for (; rows->name; rows++) {
		member = json_object_get(value, rows->name);
		if (!member && (rows->type == KTB_SHAPE_MAYBE_OBJECT ||
				rows->type == KTB_SHAPE_MAYBE_COUNT ||
				rows->type == KTB_SHAPE_MAYBE_STRINGS ||
				rows->type == KTB_SHAPE_MAYBE_OBJECTS))
			continue;
		if (!member) {
			snprintf(why, size, "member \"%s\" is missing",
				 rows->name);
			return false;
		}
		if (!shape_matches(member, rows->type)) {
			snprintf(why, size, "member \"%s\" is not %s",
				 rows->name, shape_names[rows->type]);
			return false;
		}
	}
	return true;
}

bool ktb_shape_is_schema(const json_t *object, const char *schema,
			 json_int_t version, char *why, size_t size)
{
	if (strcmp(ktb_shape_string(object, "schema"), schema))
		snprintf(why, size, "its schema is '%s'",
			 ktb_shape_string(object, "schema"));
	else if (ktb_shape_integer(object, "schema_version") < 1)
		snprintf(why, size, "its schema_version is below 1");
	else if (ktb_shape_integer(object, "schema_version") > version)
		snprintf(why, size,
			 "its schema_version is newer than this program's");
	else
		return true;
	return false;
}

const char *ktb_shape_string(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

json_int_t ktb_shape_integer(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}
