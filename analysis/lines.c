// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lines of the cells: an index made in one pass, and single lines read
 * again when their figures are wanted. One line at a time is in memory. It
 * knows the outermost level of a line and nothing of histograms.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "encoding.h"
#include "lines.h"
#include "shape.h"

static const struct ktb_shape lines_shape[] = {
	{ "cell", KTB_SHAPE_COUNT },
	{ "repetition", KTB_SHAPE_COUNT },
	{ "job", KTB_SHAPE_STRING },
	{ "workload", KTB_SHAPE_STRING },
	{ "params", KTB_SHAPE_OBJECT },
	{ "swept", KTB_SHAPE_STRINGS },
	{ "places", KTB_SHAPE_OBJECTS },
	{ "placement", KTB_SHAPE_STRING },
	{ "disturb", KTB_SHAPE_CPUS },
	{ "state", KTB_SHAPE_STRING },
	{ "reason", KTB_SHAPE_STRING },
	{ "begin_ns", KTB_SHAPE_COUNT },
	{ "end_ns", KTB_SHAPE_COUNT },
	{ "started", KTB_SHAPE_STRING },
	{ "memory_bytes", KTB_SHAPE_COUNT },
	{ "timer_bytes", KTB_SHAPE_COUNT },
	{ "cpus", KTB_SHAPE_OBJECTS },
	{ "beside", KTB_SHAPE_MAYBE_COUNT },
	{ "with", KTB_SHAPE_MAYBE_STRINGS },
	{ "cost", KTB_SHAPE_MAYBE_OBJECT },
	{ NULL, 0 },
};

static int lines_damaged(const struct ktb_reader *reader, size_t number,
			 const char *why, struct ktb_fault *fault)
{
	return ktb_fault_set(fault, KTB_FAULT_USAGE,
			     "%s/%s line %zu is damaged: %s; cut the file "
			     "before that line, or give another result "
			     "directory",
			     reader->dir, reader->cells_name, number, why);
}

static json_t *lines_parse(const struct ktb_reader *reader, size_t number,
			   const char *text, size_t bytes,
			   struct ktb_fault *fault)
{
	json_error_t error;
	char why[200];
	json_t *root;

	root = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		lines_damaged(reader, number,
			      ktb_encoding_why(text, bytes, error.text), fault);
		return NULL;
	}
	if (!ktb_shape_check(root, lines_shape, why, sizeof(why))) {
		lines_damaged(reader, number, why, fault);
		json_decref(root);
		return NULL;
	}
	return root;
}

/* Fill in what the index keeps of a line; offset and length are there. */
static int lines_note(const struct ktb_reader *reader, struct ktb_line *line,
		      const json_t *root, struct ktb_fault *fault)
{
	const char *state = ktb_shape_string(root, "state");
	const char *name = ktb_shape_string(root, "workload");
	char why[160];

	line->cell = ktb_shape_integer(root, "cell");
	line->repetition = ktb_shape_integer(root, "repetition");
	line->begin_ns = ktb_shape_integer(root, "begin_ns");
	line->is_interrupted = !strcmp(state, "interrupted");
	line->is_valid = line->is_interrupted || !strcmp(state, "ok");
	if (!line->is_valid && strcmp(state, "invalid"))
		return lines_damaged(reader, line->number,
				     "state is not one of ok, invalid, "
				     "interrupted",
				     fault);
	line->workload = ktb_reader_workload(reader, name);
	if (line->workload)
		return 0;
	snprintf(why, sizeof(why), "result.json has no workload \"%.64s\"",
		 name);
	return lines_damaged(reader, line->number, why, fault);
}

static int lines_append(struct ktb_reader *reader, const struct ktb_line *line)
{
	size_t room = reader->nr_lines;
	struct ktb_line *lines;

	/* Grow at powers of two. */
	if (!(room & (room - 1))) {
		lines = reallocarray(reader->lines, room ? room * 2 : 1,
				     sizeof(*lines));
		if (!lines)
			return -1;
		reader->lines = lines;
	}
	reader->lines[reader->nr_lines++] = *line;
	return 0;
}

/* The quote that ends a string which begins at @at; @end if none does. */
static const char *lines_skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		if (*at == '\\')
			at++;
	return at < end ? at : end;
}

/* The bracket that closes the one at @at; @end if none does. */
static const char *lines_skip_value(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		if (*at == '"')
			at = lines_skip_string(at, end);
		else if (*at == '[' || *at == '{')
			depth++;
		else if ((*at == ']' || *at == '}') && !--depth)
			return at;
	}
	return end;
}

/*
 * Empty the array "cpus" of a line, which is nearly all of it: the index needs
 * the rest only, and JSON costs more to parse than to skip. What is in the
 * array is checked when it is read. Returns the bytes that are left.
 */
static size_t lines_empty_cpus(char *text, size_t bytes)
{
	static const char key[] = "\"cpus\"";
	const char *end = text + bytes;
	const char *at = text, *close;
	int depth = 0;

	for (; at < end; at++) {
		if (*at == '[' || *at == '{')
			depth++;
		if (*at == ']' || *at == '}')
			depth--;
		if (*at != '"')
			continue;
		close = lines_skip_string(at, end);
		if (depth != 1 || (size_t)(close + 1 - at) != strlen(key) ||
		    memcmp(at, key, strlen(key))) {
			at = close;
			continue;
		}
		for (at = close + 1; at < end && strchr(": \t", *at); at++)
			;
		close = lines_skip_value(at, end);
		if (at == end || *at != '[' || close == end)
			return bytes;
		memmove(text + (at + 1 - text), close, (size_t)(end - close));
		return bytes - (size_t)(close - at - 1);
	}
	return bytes;
}

/* What ends the reading of lines: 0 if that is how a file may end. */
static int lines_ended(struct ktb_reader *reader, enum ktb_unpacked how,
		       const struct ktb_line *line, struct ktb_fault *fault)
{
	switch (how) {
	case KTB_UNPACKED_TORN:
		reader->torn_bytes = ktb_unpack_torn(reader->cells);
		/* A line whose checksum is not there. */
		if (!line->bytes && reader->nr_lines &&
		    line->place.frame ==
			    reader->lines[reader->nr_lines - 1].place.frame)
			reader->nr_lines--;
		return 0;
	case KTB_UNPACKED_DAMAGED:
		return lines_damaged(reader, line->number + 1,
				     ktb_unpack_why(reader->cells), fault);
	case KTB_UNPACKED_FAILED:
		return ktb_fault_set(fault, KTB_FAULT_SYSTEM,
				     "cannot read %s/%s: %s", reader->dir,
				     reader->cells_name, strerror(errno));
	default:
		return 0;
	}
}

/* Bytes without a line may be none of a result at all: NULL if they may. */
static const char *lines_foreign(const struct ktb_line *line, const char *text)
{
	return line->number || !line->bytes ?
		       NULL :
		       ktb_encoding_why(text, line->bytes, NULL);
}

static int lines_read(struct ktb_reader *reader, struct ktb_fault *fault)
{
	struct ktb_line line = { 0 };
	enum ktb_unpacked how;
	const char *why;
	char *text = NULL;
	size_t room = 0;
	json_t *root;
	int ret = 0;

	while (!ret) {
		how = ktb_unpack_line(reader->cells, &text, &room, &line.bytes,
				      &line.place);
		if (how != KTB_UNPACKED_LINE) {
			why = lines_foreign(&line, text);
			ret = why ? lines_damaged(reader, 1, why, fault) :
				    lines_ended(reader, how, &line, fault);
			break;
		}
		line.number++;
		root = lines_parse(reader, line.number, text,
				   lines_empty_cpus(text, line.bytes), fault);
		if (!root) {
			ret = fault->code;
			break;
		}
		ret = lines_note(reader, &line, root, fault);
		json_decref(root);
		if (!ret && lines_append(reader, &line))
			ret = ktb_fault_memory(fault);
	}
	free(text);
	return ret;
}

static int lines_compare(const void *left, const void *right)
{
	const struct ktb_line *a = left;
	const struct ktb_line *b = right;

	if (a->cell != b->cell)
		return a->cell < b->cell ? -1 : 1;
	if (a->is_valid != b->is_valid)
		return a->is_valid ? -1 : 1;
	if (a->repetition != b->repetition)
		return a->repetition < b->repetition ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

/* A cell is one workload, and has each repetition once. */
static int lines_check_order(const struct ktb_reader *reader,
			     struct ktb_fault *fault)
{
	const struct ktb_line *line, *other;
	char why[160];
	size_t i, j;

	for (i = 1; i < reader->nr_lines; i++) {
		line = &reader->lines[i];
		for (j = i; j-- > 0;) {
			other = &reader->lines[j];
			if (other->cell != line->cell)
				break;
			if (other->workload != line->workload) {
				snprintf(why, sizeof(why),
					 "cell %lld has another workload at "
					 "line %zu",
					 (long long)line->cell, other->number);
				return lines_damaged(reader, line->number, why,
						     fault);
			}
			if (other->repetition != line->repetition)
				continue;
			snprintf(why, sizeof(why),
				 "repetition %lld of cell %lld is there twice, "
				 "first at line %zu",
				 (long long)line->repetition,
				 (long long)line->cell, other->number);
			return lines_damaged(reader, line->number, why, fault);
		}
	}
	return 0;
}

static const char *const lines_names[] = { KTB_READER_CELLS,
					   KTB_READER_CELLS_PLAIN };

const char *ktb_reader_cells_name(const char *dir, bool *is_twice)
{
	const char *found = NULL;
	char *path;
	size_t i;

	*is_twice = false;
	for (i = 0; i < sizeof(lines_names) / sizeof(lines_names[0]); i++) {
		if (asprintf(&path, "%s/%s", dir, lines_names[i]) < 0)
			return found;
		if (!access(path, F_OK)) {
			*is_twice = found;
			if (!found)
				found = lines_names[i];
		}
		free(path);
	}
	return found;
}

/* 0 if they are open, or if there are none yet. */
static int lines_open(struct ktb_reader *reader, struct ktb_fault *fault)
{
	const char *state = ktb_reader_string(reader, "state");
	bool is_twice;
	char *path;

	reader->cells_name = ktb_reader_cells_name(reader->dir, &is_twice);
	if (is_twice)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s has %s and %s; remove the one that is not the result's",
			reader->dir, KTB_READER_CELLS, KTB_READER_CELLS_PLAIN);
	if (!reader->cells_name) {
		reader->cells_name = KTB_READER_CELLS;
		/* A run that broke off before its first cell. */
		if (strcmp(state, "complete"))
			return 0;
		return ktb_fault_set(fault, KTB_FAULT_USAGE,
				     "cannot read %s/%s: %s; without it there "
				     "is nothing to report",
				     reader->dir, reader->cells_name,
				     strerror(ENOENT));
	}
	if (asprintf(&path, "%s/%s", reader->dir, reader->cells_name) < 0)
		return ktb_fault_memory(fault);
	reader->cells = ktb_unpack_open(path);
	free(path);
	if (reader->cells)
		return 0;
	return ktb_fault_set(
		fault, KTB_FAULT_SYSTEM,
		"cannot read %s/%s: %s; without it there is nothing to report",
		reader->dir, reader->cells_name, strerror(errno));
}

int ktb_lines_index(struct ktb_reader *reader, struct ktb_fault *fault)
{
	int ret = lines_open(reader, fault);

	if (ret || !reader->cells)
		return ret;
	ret = lines_read(reader, fault);
	if (ret)
		return ret;
	if (reader->nr_lines)
		qsort(reader->lines, reader->nr_lines, sizeof(*reader->lines),
		      lines_compare);
	return lines_check_order(reader, fault);
}

json_t *ktb_reader_load(const struct ktb_reader *reader,
			const struct ktb_line *line, struct ktb_counts *counts,
			struct ktb_fault *fault)
{
	struct ktb_unpack_place place;
	json_t *root = NULL;
	char *text = NULL;
	size_t room = 0, bytes;

	if (ktb_unpack_seek(reader->cells, &line->place) &&
	    ktb_unpack_line(reader->cells, &text, &room, &bytes, &place) ==
		    KTB_UNPACKED_LINE &&
	    bytes == line->bytes)
		root = lines_parse(reader, line->number, text,
				   ktb_counts_take(counts, text, bytes), fault);
	else
		ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot read %s/%s line %zu again: it has changed",
			reader->dir, reader->cells_name, line->number);
	free(text);
	return root;
}
