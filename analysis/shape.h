/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Are the members of a JSON object there, and of the right type? The table of
 * rows comes from the caller; members that no row names are ignored. It knows
 * JSON and nothing of results.
 */
#ifndef KTB_SHAPE_H
#define KTB_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/*
 * No clock, value or count of a run comes near: in ns it is 73 years. The sum and the
 * difference of two such numbers fit 64 bits, which is what most of the analysis does
 * with them; products and longer sums have 128 bits, or are checked.
 */
#define KTB_SHAPE_MOST ((json_int_t)1 << 61)

/** enum ktb_shape_type - the type that a member must have */
enum ktb_shape_type {
	KTB_SHAPE_STRING,
	KTB_SHAPE_STRING_OR_NULL,
	KTB_SHAPE_INTEGER,
	KTB_SHAPE_INTEGER_OR_NULL,
	/* An integer from 0 to KTB_SHAPE_MOST. */
	KTB_SHAPE_COUNT,
	/* A value of a metric, or a time: of magnitude up to KTB_SHAPE_MOST. */
	KTB_SHAPE_VALUE,
	KTB_SHAPE_VALUE_OR_NULL,
	/* The number of a CPU. */
	KTB_SHAPE_CPU,
	/* The number of a core, a node or the like; -1 if there is none. */
	KTB_SHAPE_PLACE,
	KTB_SHAPE_BOOL,
	KTB_SHAPE_OBJECT,
	KTB_SHAPE_OBJECT_OR_NULL,
	KTB_SHAPE_ARRAY,
	/* Arrays whose elements all have one type. */
	KTB_SHAPE_STRINGS,
	KTB_SHAPE_CPUS,
	KTB_SHAPE_OBJECTS,
	/* Those of before; the member may be null, or not be there. */
	KTB_SHAPE_MAYBE_OBJECT,
	KTB_SHAPE_MAYBE_COUNT,
	KTB_SHAPE_MAYBE_STRINGS,
	KTB_SHAPE_MAYBE_OBJECTS,
};

/**
 * struct ktb_shape - one member, which must be there unless its type says else
 * @name: its name; a row with NULL ends a table
 * @type: its type
 */
struct ktb_shape {
	const char *name;
	enum ktb_shape_type type;
};

/**
 * ktb_shape_check() - hold an object against a table
 * @value: any JSON value
 * @rows: the table
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: true when @value is an object with all members as the table says.
 */
bool ktb_shape_check(const json_t *value, const struct ktb_shape *rows,
		     char *why, size_t size);

/**
 * ktb_shape_is_schema() - is this a document that this program can read?
 * @object: has a string "schema" and a count "schema_version"
 * @schema: what it must be
 * @version: the latest that is known
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: true if it is.
 */
bool ktb_shape_is_schema(const json_t *object, const char *schema,
			 json_int_t version, char *why, size_t size);

/**
 * ktb_shape_string() - a string member of an object that has been checked
 * @object: the object
 * @name: its member
 *
 * Return: the string; empty if the member is null. Belongs to @object.
 */
const char *ktb_shape_string(const json_t *object, const char *name);

/**
 * ktb_shape_integer() - an integer member of an object that has been checked
 * @object: the object
 * @name: its member
 *
 * Return: the number.
 */
json_int_t ktb_shape_integer(const json_t *object, const char *name);

#endif /* KTB_SHAPE_H */
