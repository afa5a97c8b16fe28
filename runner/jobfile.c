// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A job file as text. inih parses; what it cannot tell (line numbers, empty
 * sections, lines cut off, continuation lines) is seen by the reader that hands
 * it the lines. It may not know what any setting means.
 */
#include <ctype.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "jobfile.h"
#include "text.h"

/* A job file of more than this is some other file. */
#define MAX_JOBFILE_BYTES (1L << 20)

/**
 * struct reading - a job file being read
 * @file: what is filled in
 * @at: the rest of the text
 * @line: number of the line last handed to inih
 * @is_continued: that line begins with a space and goes on with a list
 * @syntax_only: the first pass: lines are looked at, nothing is kept
 * @err: set on the first error; inih gets no more lines then
 */
struct reading {
	struct ktb_jobfile *file;
	const char *at;
	unsigned int line;
	bool is_continued;
	bool syntax_only;
	struct ktb_error *err;
};

static int fail(struct reading *reading, const char *what)
{
	return ktb_message_set(reading->err, KTB_EXIT_USAGE, "%s:%u: %s",
			       reading->file->path, reading->line, what);
}

static struct ktb_section *find_section(const struct ktb_jobfile *file,
					const char *name)
{
	size_t i;

	for (i = 0; i < file->nr_sections; i++)
		if (!strcmp(file->sections[i].name, name))
			return &file->sections[i];
	return NULL;
}

/* What is wrong with a line that begins with a bracket, whose match is @end. */
static const char *section_fault(const char *line, const char *end)
{
	const char *rest;

	if (!end || end == line + 1)
		return "expected [NAME OF THE JOB]";
	if (end - line > KTB_JOBFILE_NAME_LEN)
		return "a section's name has at most 49 bytes";
	if (isspace((unsigned char)line[1]) || isspace((unsigned char)end[-1]))
		return "a section's name neither begins nor ends with a space";
	for (rest = end + 1; isspace((unsigned char)*rest); rest++)
		;
	if (*rest && *rest != ';' && *rest != '#')
		return "there is more behind [NAME OF THE JOB]; a setting stands in a line of its own, and a name has no ]";
	return NULL;
}

static void begin_section(struct reading *reading, const char *line)
{
	struct ktb_jobfile *file = reading->file;
	const char *end = strchr(line, ']');
	const char *fault = section_fault(line, end);
	struct ktb_section *section, *same;
	char what[2 * KTB_JOBFILE_LINE_LEN];

	if (fault)
		fail(reading, fault);
	if (fault || reading->syntax_only)
		return;
	file->sections = ktb_alloc_more(file->sections, file->nr_sections,
					sizeof(*file->sections));
	section = &file->sections[file->nr_sections];
	section->name = ktb_alloc_text("%.*s", (int)(end - line - 1), line + 1);
	section->where = ktb_alloc_text("%s:%u", file->path, reading->line);
	same = find_section(file, section->name);
	file->nr_sections++;
	if (same) {
		snprintf(
			what, sizeof(what),
			"section [%s] was already begun at %s; a job has one section",
			section->name, same->where);
		fail(reading, what);
	}
}

static void look_at_line(struct reading *reading, const char *line)
{
	const char *text = line;
	const char *equals;

	while (isspace((unsigned char)*text))
		text++;
	reading->is_continued = text > line;
	if (*text == '[' && text == line) {
		begin_section(reading, text);
	} else if (*text == '[') {
		fail(reading, "a section begins in the first column");
	} else if (*text && *text != ';' && *text != '#') {
		equals = text + strcspn(text, "=:");
		if (*equals && equals - text >= KTB_JOBFILE_NAME_LEN)
			fail(reading, "a key has at most 49 bytes");
	}
}

/* fgets() for inih: one line of the text, newline included. */
static char *next_line(char *str, int size, void *stream)
{
	struct reading *reading = stream;
	size_t len = strcspn(reading->at, "\n");

	if (reading->err->code || !*reading->at)
		return NULL;
	reading->line++;
	if (len + 3 > (size_t)size || len + 3 > KTB_JOBFILE_LINE_LEN) {
		fail(reading,
		     "the line has more than 197 bytes; a list may go on in the next line, which then begins with a space");
		return NULL;
	}
	memcpy(str, reading->at, len);
	str[len] = '\0';
	look_at_line(reading, str);
	if (reading->err->code)
		return NULL;
	reading->at += len;
	if (*reading->at == '\n') {
		reading->at++;
		str[len++] = '\n';
	}
	str[len] = '\0';
	return str;
}

static int continue_setting(struct reading *reading,
			    struct ktb_setting *setting, const char *text)
{
	char *joined;

	if (strchr(text, '=')) {
		fail(reading,
		     "a line that begins with a space continues the one above; begin keys in the first column");
		return 0;
	}
	joined = ktb_alloc_text("%s %s", setting->text, text);
	free(setting->text);
	setting->text = joined;
	return 1;
}

static int keep_setting(void *user, const char *name, const char *key,
			const char *text)
{
	struct reading *reading = user;
	struct ktb_jobfile *file = reading->file;
	char what[2 * KTB_JOBFILE_LINE_LEN];
	struct ktb_section *section;
	struct ktb_setting *same;
	char *where;

	if (reading->syntax_only || reading->err->code)
		return 1;
	if (!file->nr_sections) {
		fail(reading,
		     "a setting stands before the first section; put it below [global] or [NAME OF THE JOB]");
		return 0;
	}
	section = &file->sections[file->nr_sections - 1];
	same = ktb_jobfile_find(section, key);
	if (same && reading->is_continued &&
	    same == &section->settings[section->nr_settings - 1])
		return continue_setting(reading, same, text);
	if (same) {
		snprintf(
			what, sizeof(what),
			"'%s' was already set at %s; each key stands once in a section",
			key, same->where);
		fail(reading, what);
		return 0;
	}
	where = ktb_alloc_text("%s:%u", file->path, reading->line);
	ktb_jobfile_add(section, key, text, where);
	free(where);
	return 1;
}

/* One pass of inih over the text. */
static int pass(struct ktb_jobfile *file, bool syntax_only,
		struct ktb_error *err)
{
	struct reading reading = {
		.file = file,
		.at = file->text,
		.syntax_only = syntax_only,
		.err = err,
	};
	int bad;

	err->code = 0;
	bad = ini_parse_stream(next_line, &reading, keep_setting, &reading);
	if (!err->code && bad) {
		reading.line = bad > 0 ? (unsigned int)bad : reading.line;
		fail(&reading,
		     "expected `key = value`, [NAME OF THE JOB], or a comment that begins with # or ;");
	}
	return err->code;
}

int ktb_jobfile_parse(struct ktb_jobfile *file, const char *path,
		      const char *text, struct ktb_error *err)
{
	int ret;

	*file = (struct ktb_jobfile){
		.path = ktb_alloc_text("%s", path),
		.text = ktb_alloc_text("%s", text),
	};
	ret = ktb_text_check(path, text, err);
	if (!ret)
		ret = pass(file, true, err);
	return ret ? ret : pass(file, false, err);
}

int ktb_jobfile_read(struct ktb_jobfile *file, const char *path,
		     struct ktb_error *err)
{
	char *text;
	int ret;

	*file = (struct ktb_jobfile){ 0 };
	ret = ktb_text_read(&text, path, MAX_JOBFILE_BYTES, "job file", err);
	if (!ret)
		ret = ktb_jobfile_parse(file, path, text, err);
	free(text);
	return ret;
}

static void free_section(struct ktb_section *section)
{
	size_t i;

	for (i = 0; i < section->nr_settings; i++) {
		free(section->settings[i].key);
		free(section->settings[i].text);
		free(section->settings[i].where);
	}
	free(section->settings);
	free(section->name);
	free(section->where);
}

void ktb_jobfile_free(struct ktb_jobfile *file)
{
	size_t i;

	for (i = 0; i < file->nr_sections; i++)
		free_section(&file->sections[i]);
	free(file->sections);
	free(file->path);
	free(file->text);
	memset(file, 0, sizeof(*file));
}

struct ktb_setting *ktb_jobfile_find(const struct ktb_section *section,
				     const char *key)
{
	size_t i;

	for (i = 0; i < section->nr_settings; i++)
		if (!strcmp(section->settings[i].key, key))
			return &section->settings[i];
	return NULL;
}

struct ktb_setting *ktb_jobfile_add(struct ktb_section *section,
				    const char *key, const char *text,
				    const char *where)
{
	struct ktb_setting *setting;

	section->settings = ktb_alloc_more(section->settings,
					   section->nr_settings,
					   sizeof(*section->settings));
	setting = &section->settings[section->nr_settings++];
	setting->key = ktb_alloc_text("%s", key);
	setting->text = ktb_alloc_text("%s", text);
	setting->where = ktb_alloc_text("%s", where);
	setting->is_for_all = false;
	return setting;
}
