/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is written as a whole or not at all: a reader of a file sees the old one or the
 * new one, whoever else writes it meanwhile; and what fails says what and why. It
 * knows nothing of what is in it.
 */
#ifndef KTB_WHOLE_H
#define KTB_WHOLE_H

#include <stdio.h>

#include "fault.h"

/**
 * ktb_whole_replace() - write or replace a file
 * @path: the file; a symbolic link is followed, and stays one
 * @text: what it is to hold
 * @size: bytes there
 * @fault: on failure, the sentence
 *
 * A file that is there keeps its mode and owner; one that may not be written to is
 * refused, although its directory would allow it. What cannot be replaced is written
 * into: a device, a file with several names or of an owner that we cannot be, one in a
 * directory that takes no new file.
 *
 * Return: 0, or KTB_FAULT_SYSTEM; the old file is as it was, unless it was written into.
 */
int ktb_whole_replace(const char *path, const char *text, size_t size,
		      struct ktb_fault *fault);

/**
 * ktb_whole_write() - the same, of what a function prints
 * @dir: where it lies
 * @name: its name there
 * @write: prints it; errors are looked for by the caller
 * @what: given to @write
 * @fault: on failure, the sentence
 *
 * Return: as above.
 */
int ktb_whole_write(const char *dir, const char *name,
		    void (*write)(const void *what, FILE *to), const void *what,
		    struct ktb_fault *fault);

/**
 * ktb_whole_print() - print on stdout what a function prints
 * @write: as above
 * @what: given to @write
 * @fault: on failure, the sentence
 *
 * What stands in stdout's buffer comes first.
 *
 * Return: 0, or KTB_FAULT_SYSTEM and a part of it was printed.
 */
int ktb_whole_print(void (*write)(const void *what, FILE *to), const void *what,
		    struct ktb_fault *fault);

/**
 * ktb_whole_say() - the same, for people
 * @write: as above
 * @what: given to @write
 * @fault: on failure, the sentence
 *
 * What no document may have is '?', see ktb_utf8_length(): names come from files, and
 * an escape sequence among them would be one of the terminal's.
 *
 * Return: as above.
 */
int ktb_whole_say(void (*write)(const void *what, FILE *to), const void *what,
		  struct ktb_fault *fault);

/**
 * ktb_whole_stdout() - print a text on stdout
 * @text: what
 * @size: bytes there
 * @fault: on failure, the sentence
 *
 * Return: as above.
 */
int ktb_whole_stdout(const char *text, size_t size, struct ktb_fault *fault);

#endif /* KTB_WHOLE_H */
