/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text files that a person or a program wrote, and what they turn out to be
 * instead. It knows nothing of what stands in them.
 */
#ifndef KTB_TEXT_H
#define KTB_TEXT_H

#include <jansson.h>
#include <stddef.h>

#include "message.h"

/**
 * ktb_text_read() - read a whole text
 * @text: for free(); a byte-order mark of UTF-8 is skipped
 * @path: the file
 * @most_bytes: a file of more is some other file
 * @what: what the file should be, for the sentence: "job file"
 * @err: says what it is instead: unreadable, a directory, too large, UTF-16,
 *	with zero bytes
 *
 * Return: 0 or KTB_EXIT_USAGE; *@text is NULL then.
 */
int ktb_text_read(char **text, const char *path, size_t most_bytes,
		  const char *what, struct ktb_error *err);

/**
 * ktb_text_json() - read JSON from a file; a byte-order mark is skipped
 * @path: the file
 * @error: where it is no JSON and why; what the file is, if it is no text
 *
 * Return: the JSON, or NULL.
 */
json_t *ktb_text_json(const char *path, json_error_t *error);

/**
 * ktb_text_fault() - what cannot be shown in a part of a text
 * @text: where it begins
 * @length: its bytes
 *
 * Allowed is UTF-8 without control characters (but tabs) and without U+FFFE
 * and U+FFFF: what every format that results are exported to can hold, so that
 * no writer has to put something else in its place.
 *
 * Return: NULL, or what is wrong: the end of a sentence.
 */
const char *ktb_text_fault(const char *text, size_t length);

/**
 * ktb_text_refuse() - the same of a text that stands on the command line
 * @text: the text, or NULL: it is fine
 * @what: what it is, for the sentence: "--kernels"
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_text_refuse(const char *text, const char *what, struct ktb_error *err);

/**
 * ktb_text_check() - look at each line of a text by ktb_text_fault()
 * @path: for the sentence
 * @text: lines end with LF or CR LF
 * @err: says file, line and what is wrong
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_text_check(const char *path, const char *text, struct ktb_error *err);

/**
 * ktb_text_trim() - take blanks off both ends
 * @text: its end is cut
 *
 * Return: where it begins now.
 */
char *ktb_text_trim(char *text);

#endif /* KTB_TEXT_H */
