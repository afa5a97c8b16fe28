// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The file that a history is kept in: a line a figure, each of which says all that
 * is known of its result, so that any program can read any line. It knows nothing
 * of result directories.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "history.h"
#include "shape.h"
#include "whole.h"

enum member_of {
	OF_RESULT,
	OF_FIGURE,
};

enum member_type {
	IS_TEXT,
	IS_COUNT,
	/* A count; an index of before does not have it. */
	IS_LATER_COUNT,
	IS_FLAG,
	IS_VALUE,
	/* A value; null if the bool behind it is false. */
	IS_BOUND,
};

/* What integers may be, by their type. */
static const struct {
	int64_t least;
	int64_t most;
	const char *what;
} member_ranges[] = {
	[IS_COUNT] = { 0, KTB_SHAPE_MOST, "an integer from 0 to 2^61" },
	[IS_LATER_COUNT] = { 0, KTB_SHAPE_MOST, "an integer from 0 to 2^61" },
	[IS_FLAG] = { 0, 1, "0 or 1" },
	[IS_VALUE] = { -KTB_SHAPE_MOST, KTB_SHAPE_MOST,
		       "an integer from -2^61 to 2^61" },
	[IS_BOUND] = { -KTB_SHAPE_MOST, KTB_SHAPE_MOST,
		       "an integer from -2^61 to 2^61, or null" },
};

struct member {
	const char *name;
	enum member_of of;
	enum member_type type;
	size_t offset;
	size_t has_offset;
};

#define RESULT(name, type)                                           \
	{                                                            \
#name, OF_RESULT, type,                              \
			offsetof(struct ktb_history_result, name), 0 \
	}
#define FIGURE(name, type)                                           \
	{                                                            \
#name, OF_FIGURE, type,                              \
			offsetof(struct ktb_history_figure, name), 0 \
	}
#define BOUND(name)                                                     \
	{                                                               \
#name, OF_FIGURE, IS_BOUND,                             \
			offsetof(struct ktb_history_figure, name),      \
			offsetof(struct ktb_history_figure, has_##name) \
	}

/* What stands in a line behind its schema, in this order. */
static const struct member members[] = {
	RESULT(run, IS_TEXT),
	RESULT(created, IS_TEXT),
	RESULT(ended, IS_TEXT),
	RESULT(lane, IS_TEXT),
	RESULT(lane_detail, IS_TEXT),
	RESULT(kernel, IS_TEXT),
	RESULT(kernel_version, IS_TEXT),
	RESULT(cpu_model, IS_TEXT),
	RESULT(topology, IS_TEXT),
	RESULT(hostname, IS_TEXT),
	RESULT(cells_bytes, IS_COUNT),
	RESULT(cells_mtime_ns, IS_COUNT),
	RESULT(invalid, IS_COUNT),
	RESULT(unfit, IS_COUNT),
	FIGURE(job, IS_TEXT),
	FIGURE(cell, IS_TEXT),
	FIGURE(settings, IS_TEXT),
	FIGURE(metric, IS_TEXT),
	FIGURE(quantile, IS_TEXT),
	FIGURE(unit, IS_TEXT),
	FIGURE(rate, IS_FLAG),
	FIGURE(count, IS_COUNT),
	FIGURE(lost, IS_COUNT),
	FIGURE(missed, IS_LATER_COUNT),
	FIGURE(value, IS_VALUE),
	BOUND(low),
	BOUND(high),
};

#define NR_MEMBERS (sizeof(members) / sizeof(members[0]))

/* One line, as it is read: the result that it tells of, and the figure. */
struct line {
	struct ktb_history_result result;
	struct ktb_history_figure figure;
};

static const char *member_base(const struct member *member,
			       const struct ktb_history_result *result,
			       const struct ktb_history_figure *figure)
{
	return member->of == OF_RESULT ? (const char *)result :
					 (const char *)figure;
}

static const char *text_at(const char *base, size_t offset)
{
	const char *text;

	memcpy(&text, base + offset, sizeof(text));
	return text;
}

static int64_t integer_at(const char *base, size_t offset)
{
	int64_t value;

	memcpy(&value, base + offset, sizeof(value));
	return value;
}

static bool bool_at(const char *base, size_t offset)
{
	bool value;

	memcpy(&value, base + offset, sizeof(value));
	return value;
}

static void write_line(const struct ktb_history_result *result,
		       const struct ktb_history_figure *figure, FILE *to)
{
	const struct member *member;
	const char *base;
	json_t *text;

	fprintf(to, "{\"schema\":\"%s\",\"schema_version\":%d",
		KTB_HISTORY_SCHEMA, KTB_HISTORY_SCHEMA_VERSION);
	for (member = members; member < members + NR_MEMBERS; member++) {
		base = member_base(member, result, figure);
		fprintf(to, ",\"%s\":", member->name);
		if (member->type == IS_TEXT) {
			text = json_string(text_at(base, member->offset));
			json_dumpf(text, to, JSON_ENCODE_ANY);
			json_decref(text);
		} else if (member->type == IS_BOUND &&
			   !bool_at(base, member->has_offset)) {
			fputs("null", to);
		} else {
			fprintf(to, "%lld",
				(long long)integer_at(base, member->offset));
		}
	}
	fputs("}\n", to);
}

static void write_all(const struct ktb_history *history, FILE *to)
{
	const struct ktb_history_result *result;
	size_t i, j;

	for (i = 0; i < history->nr; i++) {
		result = &history->results[i];
		for (j = 0; j < result->nr; j++)
			write_line(result, &result->figures[j], to);
	}
}

/* Does the file hold this already? */
static bool is_written(const char *path, const char *text, size_t size)
{
	FILE *from = fopen(path, "re");
	char block[65536];
	size_t got = 1, at = 0;
	bool same = from != NULL;

	while (same && got) {
		got = fread(block, 1, sizeof(block), from);
		same = got <= size - at && !memcmp(block, text + at, got);
		at += got;
	}
	if (from)
		fclose(from);
	return same && at == size;
}

int ktb_history_write(const struct ktb_history *history, const char *path,
		      struct ktb_fault *fault)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	int ret = 0;

	if (to)
		write_all(history, to);
	if (!to || fclose(to))
		ret = ktb_fault_memory(fault);
	else if (!is_written(path, text, size))
		ret = ktb_whole_replace(path, text, size, fault);
	free(text);
	return ret;
}

/* Fill in one member; returns what must be there instead, NULL if it is. */
static const char *read_member(struct ktb_history *history,
			       const struct member *member, const json_t *value,
			       struct line *line)
{
	char *base = member->of == OF_RESULT ? (char *)&line->result :
					       (char *)&line->figure;
	bool is_there = !json_is_null(value);
	const char *text;
	int64_t number;

	if (member->type == IS_TEXT) {
		if (!json_is_string(value))
			return "a string";
		text = ktb_history_word(history, json_string_value(value));
		if (!text)
			return "less than the memory";
		memcpy(base + member->offset, &text, sizeof(text));
		return NULL;
	}
	/* What an index of before does not have is 0. */
	if (member->type == IS_LATER_COUNT && !value)
		return NULL;
	if (member->type == IS_BOUND)
		memcpy(base + member->has_offset, &is_there, sizeof(is_there));
	if (member->type == IS_BOUND && !is_there && value)
		return NULL;
	number = json_integer_value(value);
	if (!json_is_integer(value) ||
	    number < member_ranges[member->type].least ||
	    number > member_ranges[member->type].most)
		return member_ranges[member->type].what;
	memcpy(base + member->offset, &number, sizeof(number));
	return NULL;
}

static bool is_same_result(const struct ktb_history_result *a,
			   const struct ktb_history_result *b)
{
	const struct member *member;

	for (member = members; member < members + NR_MEMBERS; member++) {
		if (member->of != OF_RESULT)
			continue;
		if (member->type == IS_TEXT &&
		    text_at((const char *)a, member->offset) !=
			    text_at((const char *)b, member->offset))
			return false;
		if (member->type != IS_TEXT &&
		    integer_at((const char *)a, member->offset) !=
			    integer_at((const char *)b, member->offset))
			return false;
	}
	return true;
}

/* Keep a line: most often it is of the same result as the one before. */
static const char *keep(struct ktb_history *history, const struct line *line)
{
	struct ktb_history_result *result =
		history->nr ? &history->results[history->nr - 1] : NULL;
	struct ktb_history_figure *figure;

	if (!result || !is_same_result(result, &line->result)) {
		if (ktb_history_find(history, line->result.run,
				     line->result.created))
			return "an earlier line tells something else of the same run";
		result = ktb_history_add(history);
		if (!result)
			return "there is no memory to read it";
		*result = line->result;
	}
	if (line->figure.has_low && line->figure.has_high &&
	    line->figure.low > line->figure.high)
		return "low is above high";
	figure = ktb_history_add_figure(result);
	if (!figure)
		return "there is no memory to read it";
	*figure = line->figure;
	return NULL;
}

static bool read_line(struct ktb_history *history, const char *text,
		      size_t length, char *why, size_t size)
{
	static const struct ktb_shape schema_shape[] = {
		{ "schema", KTB_SHAPE_STRING },
		{ "schema_version", KTB_SHAPE_COUNT },
		{ NULL, 0 },
	};
	struct line line = { 0 };
	const struct member *member = members;
	const char *wanted = NULL;
	json_error_t error;
	json_t *root;
	bool fine;

	root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		snprintf(why, size, "%.120s",
			 ktb_encoding_why(text, length, error.text));
		return false;
	}
	fine = ktb_shape_check(root, schema_shape, why, size) &&
	       ktb_shape_is_schema(root, KTB_HISTORY_SCHEMA,
				   KTB_HISTORY_SCHEMA_VERSION, why, size);
	for (; fine && !wanted && member < members + NR_MEMBERS; member++) {
		wanted = read_member(history, member,
				     json_object_get(root, member->name),
				     &line);
		if (wanted)
			snprintf(why, size, "member \"%s\" is not %s",
				 member->name, wanted);
	}
	json_decref(root);
	if (!fine || wanted)
		return false;
	wanted = keep(history, &line);
	if (wanted)
		snprintf(why, size, "%s", wanted);
	return !wanted;
}

int ktb_history_read(struct ktb_history *history, const char *path,
		     struct ktb_fault *fault)
{
	FILE *from = fopen(path, "re");
	size_t number = 0, room = 0;
	char *text = NULL;
	char why[256];
	ssize_t length;
	int ret = 0;

	if (!from && errno == ENOENT)
		return 0;
	if (!from)
		return ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot read %s: %s; give another one with --index",
			path, strerror(errno));
	while (!ret && (length = getline(&text, &room, from)) > 0) {
		number++;
		snprintf(why, sizeof(why), "%s",
			 ktb_encoding_why(text, (size_t)length,
					  "the line is cut off"));
		if (text[length - 1] != '\n' ||
		    !read_line(history, text, (size_t)length - 1, why,
			       sizeof(why)))
			ret = ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s:%zu: cannot be used: %s; make it anew from the results with --rebuild",
				path, number, why);
	}
	if (!ret && ferror(from))
		ret = ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot read %s: %s; give another one with --index",
			path, strerror(errno));
	free(text);
	fclose(from);
	return ret;
}
