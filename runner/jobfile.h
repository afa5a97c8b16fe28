/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A job file as text: sections, settings and the lines they stand on. It knows
 * INI, and nothing of workloads: what a setting means is job.c's business.
 */
#ifndef KTB_JOBFILE_H
#define KTB_JOBFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "message.h"

/* inih keeps this many bytes of a section's name and of a key. */
#define KTB_JOBFILE_NAME_LEN 50
/* ... and of a line. */
#define KTB_JOBFILE_LINE_LEN 200

/**
 * struct ktb_setting - `key = text`
 * @key: left of the equals sign
 * @text: right of it, continuation lines joined by a space
 * @where: "FILE:LINE", or "--set SECTION.KEY"
 * @is_for_all: said of every job; of no meaning for one that cannot have it
 */
struct ktb_setting {
	char *key;
	char *text;
	char *where;
	bool is_for_all;
};

/**
 * struct ktb_section - a section of a job file
 * @name: between the brackets
 * @where: "FILE:LINE" of the brackets
 * @settings: in the file's order
 * @nr_settings: entries of @settings
 */
struct ktb_section {
	char *name;
	char *where;
	struct ktb_setting *settings;
	size_t nr_settings;
};

/**
 * struct ktb_jobfile - a job file
 * @path: as the user wrote it
 * @text: the whole file
 * @sections: in the file's order
 * @nr_sections: entries of @sections
 */
struct ktb_jobfile {
	char *path;
	char *text;
	struct ktb_section *sections;
	size_t nr_sections;
};

/**
 * ktb_jobfile_parse() - read sections and settings from a text
 * @file: to be filled in; ktb_jobfile_free() frees it, after a failure too
 * @path: for messages
 * @text: the job file
 * @err: says file, line and what is wrong
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_jobfile_parse(struct ktb_jobfile *file, const char *path,
		      const char *text, struct ktb_error *err);

/**
 * ktb_jobfile_read() - the same from a file
 * @file: to be filled in
 * @path: the file
 * @err: says what is wrong
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_jobfile_read(struct ktb_jobfile *file, const char *path,
		     struct ktb_error *err);

/** ktb_jobfile_free() - free what a job file holds; not the struct itself */
void ktb_jobfile_free(struct ktb_jobfile *file);

/**
 * ktb_jobfile_find() - find a setting
 * @section: where
 * @key: which
 *
 * Return: the setting or NULL.
 */
struct ktb_setting *ktb_jobfile_find(const struct ktb_section *section,
				     const char *key);

/**
 * ktb_jobfile_add() - put a setting at a section's end
 * @section: where
 * @key: copied
 * @text: copied
 * @where: copied
 *
 * Return: the setting.
 */
struct ktb_setting *ktb_jobfile_add(struct ktb_section *section,
				    const char *key, const char *text,
				    const char *where);

#endif /* KTB_JOBFILE_H */
