/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of text, whole: a byte-order mark is skipped, and what is no text is told
 * by its name. It knows nothing of what the text says.
 */
#ifndef KTB_ANALYSIS_ENCODING_H
#define KTB_ANALYSIS_ENCODING_H

#include <jansson.h>
#include <stddef.h>

#include "ktb_encoding.h"

/**
 * ktb_encoding_read() - read a text
 * @path: the file
 * @why: on failure: why it cannot be read, or what it is instead
 *
 * Return: the text, for free(), or NULL; errno is that of a failed read, or 0.
 */
char *ktb_encoding_read(const char *path, const char **why);

/**
 * ktb_encoding_json() - read JSON, as json_load_file() does
 * @path: the file
 * @error: on failure, where and why
 *
 * Return: the JSON, or NULL.
 */
json_t *ktb_encoding_json(const char *path, json_error_t *error);

/**
 * ktb_encoding_why() - why a line of JSON is none
 * @line: the line
 * @length: its bytes
 * @otherwise: what the parser says
 *
 * Return: the end of a sentence.
 */
const char *ktb_encoding_why(const char *line, size_t length,
			     const char *otherwise);

#endif /* KTB_ANALYSIS_ENCODING_H */
