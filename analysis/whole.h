/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file that is written as a whole or not at all: a reader sees the old one or
 * the new one. It knows nothing of what is in it.
 */
#ifndef KTB_WHOLE_H
#define KTB_WHOLE_H

#include <stdio.h>

#include "fault.h"

/**
 * ktb_whole_write() - write or replace a file
 * @dir: where it lies
 * @name: its name there
 * @write: writes it; errors are looked for by the caller
 * @what: given to @write
 * @fault: on failure, the sentence
 *
 * Return: 0, or KTB_FAULT_SYSTEM and the old file is as it was.
 */
int ktb_whole_write(const char *dir, const char *name,
		    void (*write)(const void *what, FILE *to), const void *what,
		    struct ktb_fault *fault);

#endif /* KTB_WHOLE_H */
