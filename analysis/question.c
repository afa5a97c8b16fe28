// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the question that a job asks. It knows that job files are INI, that a
 * comment stands above its section, and nothing else of them.
 */
#include <stdlib.h>
#include <string.h>

#include "question.h"
#include "shape.h"

/* Is this line the head of the section? */
static bool question_is_section(const char *line, size_t length,
				const char *name)
{
	size_t wanted = strlen(name);

	while (length && (*line == ' ' || *line == '\t')) {
		line++;
		length--;
	}
	return length >= wanted + 2 && line[0] == '[' &&
	       !strncmp(line + 1, name, wanted) && line[wanted + 1] == ']';
}

static bool question_is_comment(const char *line, size_t length)
{
	return length && (*line == '#' || *line == ';');
}

/* Append a comment's text to the paragraph, without its marks. */
static void question_append(FILE *to, const char *line, size_t length)
{
	while (length && strchr("#; \t", *line)) {
		line++;
		length--;
	}
	while (length && (line[length - 1] == '\r' || line[length - 1] == ' '))
		length--;
	if (!length)
		return;
	if (ftell(to))
		fputc(' ', to);
	fwrite(line, 1, length, to);
}

/* The block of comment lines that ends right above the section's head. */
static char *question_comment(const char *text, const char *section)
{
	const char *block = NULL;
	const char *line, *end;
	size_t length, size;
	char *comment = NULL;
	FILE *to;

	for (line = text; *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		length = (size_t)(end - line);
		if (question_is_section(line, length, section))
			break;
		if (!question_is_comment(line, length))
			block = NULL;
		else if (!block)
			block = line;
	}
	if (!*line || !block)
		return NULL;
	to = open_memstream(&comment, &size);
	if (!to)
		return NULL;
	for (text = line, line = block; line < text; line = end + 1) {
		end = strchrnul(line, '\n');
		question_append(to, line, (size_t)(end - line));
	}
	fclose(to);
	return comment;
}

static char *question_make(const struct ktb_summary *summary)
{
	const struct ktb_metric *primary = summary->workload->primary;
	char *question = NULL;
	const json_t *name;
	size_t size, i;
	FILE *to;

	to = open_memstream(&question, &size);
	if (!to)
		return NULL;
	fprintf(to, "What is the %s of %s", primary ? primary->name : "outcome",
		summary->workload->name);
	json_array_foreach(summary->swept, i, name)
		fprintf(to, "%s%s", i ? ", " : " as a function of ",
			json_string_value(name));
	fputs("?", to);
	fclose(to);
	return question;
}

bool ktb_question_find(const struct ktb_reader *reader,
		       const struct ktb_summary *summary, char **question,
		       char **remark)
{
	const json_t *files = json_object_get(reader->root, "jobs");
	char *comment = NULL;
	const json_t *file;
	const char *mark;
	size_t i;

	json_array_foreach(files, i, file) {
		comment = question_comment(ktb_shape_string(file, "text"),
					   summary->job);
		if (comment)
			break;
	}
	mark = comment ? strchr(comment, '?') : NULL;
	if (mark) {
		*question = strndup(comment, (size_t)(mark + 1 - comment));
		*remark = strdup(mark + 1 + strspn(mark + 1, " "));
	} else {
		*question = question_make(summary);
		*remark = strdup(comment ? comment : "");
	}
	free(comment);
	return *question && *remark;
}
